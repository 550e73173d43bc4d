//! Worked numbers of the family, to the digits that the study of them printed.

use super::earlier::Earlier;
use super::internationals::internationals;
use super::learned::{Effect, Learned};
use super::material::{Facts, Material};
use super::of_cup::default_for;
use super::specification::Family;
use super::teams::Teams;
use crate::cup::{Cup, Instant};
use crate::goals::{Covariate, GoalModel, Occasion};
use crate::ids::ClubId;
use crate::open;
use jiff::civil::date;

fn nations_before(day: jiff::civil::Date) -> Learned {
    let family = Family::bundled("national-teams").expect("it is bundled");
    let learned = family.learn(&internationals().material, day, None);
    learned.expect("it can be fitted")
}

/// Rates of two national teams; the first is at home or nobody.
fn rates(learned: &Learned, teams: [&str; 2], at_home: bool) -> [f64; 2] {
    let all = internationals();
    let clubs = teams.map(|team| (all.find(team).expect("it is known"), Facts::default()));
    let model = Teams::new(&learned.effects, &all.material, &clubs);
    let rates = if at_home {
        model.rates(ClubId(0), ClubId(1), Occasion::Group)
    } else {
        model.neutral_rates(ClubId(0), ClubId(1), Occasion::Group)
    };
    [rates.home.get(), rates.away.get()]
}

fn close(found: f64, printed: f64, digits: i32, what: &str) {
    let half = 0.5 * 10f64.powi(-digits) + 1e-9;
    assert!(
        (found - printed).abs() <= half,
        "{what}: {found} is not {printed}"
    );
}

fn all_close(learned: &Learned, expected: &[([&str; 2], bool, [f64; 2])]) {
    for (teams, at_home, printed) in expected {
        let found = rates(learned, *teams, *at_home);
        for (found, printed) in found.iter().zip(printed) {
            close(*found, *printed, 4, &teams.join(" - "));
        }
    }
}

#[test]
fn national_teams_before_the_world_cup_2022() {
    let all = internationals();
    let learned = nations_before(date(2022, 11, 20));
    assert_eq!(learned.matches, 6973);
    close(learned.effects.level, 0.1067, 4, "level");
    close(learned.effects.home, 0.3590, 4, "home");
    close(
        learned.estimate(Effect::Level).expect("it has one").1,
        0.0190,
        4,
        "deviation of the level",
    );
    close(
        learned.estimate(Effect::Home).expect("it has one").1,
        0.0270,
        4,
        "deviation of home",
    );
    let groups = [
        ("UEFA", 0.5368),
        ("CONMEBOL", 0.7136),
        ("CONCACAF", -0.3904),
        ("CAF", 0.1603),
        ("AFC", -0.2136),
        ("OFC", -0.8066),
    ];
    for (name, printed) in groups {
        let group = all.confederation(name).expect("it is known");
        close(learned.effects.groups[group], printed, 4, name);
    }
    let teams = [
        ("Brazil", 1.617, -0.074),
        ("Argentina", 1.400, -0.030),
        ("Spain", 1.359, 0.023),
        ("Portugal", 1.313, -0.004),
        ("England", 1.258, -0.015),
        ("Belgium", 1.256, 0.119),
        ("France", 1.231, 0.042),
        ("Netherlands", 1.208, 0.083),
        ("Denmark", 1.172, -0.007),
        ("Germany", 1.164, 0.125),
        ("Uruguay", 1.130, -0.011),
        ("Switzerland", 1.010, 0.024),
    ];
    for (name, strength, openness) in teams {
        let team = all.find(name).expect("it is known");
        let group = all.material.group_of[team].expect("it has a confederation");
        close(
            learned.effects.teams[team] + learned.effects.groups[group],
            strength,
            3,
            name,
        );
        close(learned.effects.openness[team], openness, 3, name);
    }
    all_close(
        &learned,
        &[
            (["Qatar", "Ecuador"], true, [0.9233, 1.4382]),
            (["England", "Iran"], false, [1.4949, 0.6913]),
            (["Argentina", "Saudi Arabia"], false, [2.3585, 0.4225]),
            (["Germany", "Japan"], false, [1.7179, 0.9407]),
            (["Spain", "Costa Rica"], false, [2.2929, 0.4787]),
            (["Brazil", "Serbia"], false, [2.1265, 0.5796]),
            (["France", "Denmark"], false, [1.2240, 1.0862]),
            (["Belgium", "Morocco"], false, [1.7400, 0.7979]),
            (["Netherlands", "Senegal"], false, [1.8155, 0.7170]),
            (["Portugal", "Ghana"], false, [2.2598, 0.4750]),
            (["Mexico", "Poland"], false, [1.1405, 1.2357]),
            (["Croatia", "Canada"], false, [1.4916, 0.9641]),
        ],
    );
}

#[test]
fn national_teams_before_the_euro_2024() {
    let learned = nations_before(date(2024, 6, 14));
    assert_eq!(learned.matches, 7191);
    close(learned.effects.level, 0.1205, 4, "level");
    close(learned.effects.home, 0.3369, 4, "home");
    all_close(
        &learned,
        &[
            (["Germany", "Scotland"], true, [2.3166, 0.7708]),
            (["Spain", "Croatia"], false, [1.6145, 0.8965]),
            (["England", "Serbia"], false, [1.7193, 0.8665]),
            (["Portugal", "Georgia"], false, [2.4273, 0.6225]),
        ],
    );
}

/// A cup of these clubs, that knows of earlier editions in a bundled file.
fn with_history(edition: &str, clubs: &[&str], history: &'static str) -> Cup {
    let names: Vec<String> = clubs.iter().map(|club| format!("\"{club}\"")).collect();
    let facts: Vec<String> = names
        .iter()
        .map(|name| {
            // The only club whose association no earlier edition tells.
            let association = if name == "\"Rangers\"" {
                "Scotland"
            } else {
                ""
            };
            format!("{name} = {{ association = \"{association}\" }}\n")
        })
        .collect();
    let facts = facts.concat();
    let text = format!(
        "format = 2\n[tournament]\nid = \"cup\"\ncompetition = \"Cup\"\nedition = \"{edition}\"\nrules = \"premier-league\"\n\
         history = [\"history.csv\"]\n[clubs]\n{facts}[[stage]]\nname = \"group stage\"\nkey = \"group\"\n[stage.groups]\n\
         A = [{}]\n",
        names.join(", ")
    );
    let cup = open::read("cup.toml", &text, &|name| {
        Ok((name.to_owned(), history.to_owned()))
    });
    cup.unwrap_or_else(|problems| panic!("{problems}"))
}

/// A club's effect, as printed with three digits.
fn close_team(learned: &Learned, earlier: &Earlier, club: usize, printed: f64, name: &str) {
    let effect = learned.effects.teams[earlier.numbers[club]];
    close(effect, printed, 3, name);
}

/// What a model learns before a day, and the rates between clubs of the cup.
fn club_rates(family: &Family, cup: &Cup, day: jiff::civil::Date) -> (Learned, Earlier, Teams) {
    let earlier = Earlier::new(cup, day);
    let learned = family
        .learn(&earlier.material, day, None)
        .expect("it can be fitted");
    let clubs: Vec<_> = earlier
        .numbers
        .iter()
        .copied()
        .zip(earlier.facts.iter().copied())
        .collect();
    let teams = Teams::new(&learned.effects, &earlier.material, &clubs);
    (learned, earlier, teams)
}

fn all_home_rates(teams: &Teams, clubs: &[&str], expected: &[([&str; 2], [f64; 2])]) {
    for (pair, printed) in expected {
        let [home, away] =
            pair.map(|name| clubs.iter().position(|club| *club == name).expect("a club"));
        let rates = teams.rates(ClubId::new(home), ClubId::new(away), Occasion::Group);
        close(rates.home.get(), printed[0], 4, &pair.join(" - "));
        close(rates.away.get(), printed[1], 4, &pair.join(" - "));
    }
}

#[test]
fn clubs_before_the_champions_league_2022_23() {
    let clubs = [
        "AFC Ajax",
        "Rangers",
        "SSC Napoli",
        "Liverpool FC",
        "FC Bayern München",
        "Paris Saint-Germain FC",
        "Villarreal",
    ];
    let cup = with_history(
        "2022-23",
        &clubs,
        include_str!("../../../models/champions-league/history.csv"),
    );
    let family = Family::bundled("club-cup").expect("it is bundled");
    let (learned, earlier, teams) = club_rates(&family, &cup, date(2022, 9, 6));
    assert_eq!(learned.matches, 994);
    close(learned.effects.level, 0.3295, 4, "level");
    close(learned.effects.home, 0.1850, 4, "home");
    close(learned.effects.slopes.best_finish, 0.2912, 4, "best finish");
    let group = |club: usize| {
        let group = earlier.material.group_of[earlier.numbers[club]].expect("an association");
        learned.effects.groups[group]
    };
    for (club, printed) in [(3, 0.299), (6, 0.219), (2, 0.200), (4, 0.185), (0, 0.124)] {
        close(group(club), printed, 3, clubs[club]);
    }
    for (club, printed) in [(4, 0.346), (5, 0.332), (0, 0.219), (6, 0.202)] {
        close_team(&learned, &earlier, club, printed, clubs[club]);
    }
    all_home_rates(
        &teams,
        &clubs,
        &[
            (["AFC Ajax", "Rangers"], [2.7611, 0.7186]),
            (["SSC Napoli", "Liverpool FC"], [1.0400, 1.8133]),
            (["Liverpool FC", "AFC Ajax"], [1.8515, 1.0761]),
            (["Rangers", "SSC Napoli"], [1.0189, 1.8430]),
            (["AFC Ajax", "SSC Napoli"], [1.8447, 1.0449]),
            (["Liverpool FC", "Rangers"], [3.2656, 0.5944]),
        ],
    );
}

#[test]
fn clubs_before_the_premier_league_2023_24() {
    let clubs = [
        "Man City",
        "Liverpool",
        "Arsenal",
        "Tottenham",
        "Everton",
        "Bournemouth",
        "Burnley",
        "Nott'm Forest",
        "Brighton",
        "Luton",
        "Newcastle",
        "Aston Villa",
        "Chelsea",
    ];
    let cup = with_history(
        "2023-24",
        &clubs,
        include_str!("../../../models/premier-league/history.csv"),
    );
    let family = Family::bundled("league").expect("it is bundled");
    let day = date(2023, 8, 11);
    let (learned, earlier, teams) = club_rates(&family, &cup, day);
    assert_eq!(learned.matches, 1899);
    close(learned.effects.level, 0.2838, 4, "level");
    close(learned.effects.home, 0.2063, 4, "home");
    let strengths = [0.558, 0.381, 0.287, 0.177, -0.110, -0.193];
    for (club, printed) in strengths.into_iter().enumerate() {
        close_team(&learned, &earlier, club, printed, clubs[club]);
    }
    all_home_rates(
        &teams,
        &clubs,
        &[
            (["Burnley", "Man City"], [0.7368, 2.2651]),
            (["Arsenal", "Nott'm Forest"], [2.4536, 0.8263]),
            (["Brighton", "Luton"], [1.6793, 1.0916]),
            (["Newcastle", "Aston Villa"], [1.5179, 1.0870]),
            (["Chelsea", "Liverpool"], [1.1477, 1.5245]),
        ],
    );
    let estimated = family
        .estimated_deviation(&earlier.material, day)
        .expect("it can be fitted");
    assert!(
        estimated.is_some_and(|deviation| (0.21..0.25).contains(&deviation)),
        "{estimated:?}"
    );
}

#[test]
fn clubs_before_major_league_soccer_2023() {
    let clubs = [
        "Nashville SC",
        "New York City FC",
        "Atlanta United FC",
        "San Jose Earthquakes",
        "Philadelphia Union",
        "Columbus Crew",
    ];
    let cup = with_history(
        "2023",
        &clubs,
        include_str!("../../../models/mls/history.csv"),
    );
    let family = Family::bundled("league").expect("it is bundled");
    let day = date(2023, 2, 25);
    let (learned, earlier, teams) = club_rates(&family, &cup, day);
    assert_eq!(learned.matches, 2098);
    close(learned.effects.level, 0.3531, 4, "level");
    close(learned.effects.home, 0.3559, 4, "home");
    all_home_rates(
        &teams,
        &clubs,
        &[
            (["Nashville SC", "New York City FC"], [1.4998, 1.1387]),
            (
                ["Atlanta United FC", "San Jose Earthquakes"],
                [2.0088, 1.1245],
            ),
            (["Philadelphia Union", "Columbus Crew"], [1.9430, 0.8515]),
        ],
    );
    let estimated = family
        .estimated_deviation(&earlier.material, day)
        .expect("it can be fitted");
    assert!(
        estimated.is_some_and(|deviation| (0.075..0.105).contains(&deviation)),
        "{estimated:?}"
    );
}

/// The rates of a model whose numbers are all in its priors, the first team at home or nobody.
fn by_facts(name: &str, facts: [Facts; 2], at_home: bool) -> [f64; 2] {
    let family = Family::bundled(name).expect("it is bundled");
    let mut material = Material::default();
    let clubs = facts.map(|facts| (material.add_team(None), facts));
    let learned = family
        .learn(&material, date(2022, 11, 20), None)
        .expect("nothing to fit");
    let teams = Teams::new(&learned.effects, &material, &clubs);
    let rates = if at_home {
        teams.rates(ClubId(0), ClubId(1), Occasion::Group)
    } else {
        teams.neutral_rates(ClubId(0), ClubId(1), Occasion::Group)
    };
    [rates.home.get(), rates.away.get()]
}

#[test]
fn pots_and_best_finishes_give_the_rates_of_the_study() {
    let side = |finish: f64, pot: f64| Facts {
        best_finish: finish / 5.0,
        rating: 0.0,
        pot: 2.5 - pot,
    };
    for (facts, at_home, printed) in [
        ([side(5.0, 1.0), side(1.0, 3.0)], false, [2.0077, 0.6928]),
        ([side(4.0, 1.0), side(1.0, 4.0)], false, [1.8386, 0.7565]),
        ([side(0.0, 1.0), side(1.0, 4.0)], true, [1.4290, 0.9734]),
    ] {
        let found = by_facts("seeding", facts, at_home);
        close(found[0], printed[0], 4, "seeding");
        close(found[1], printed[1], 4, "seeding");
    }
}

#[test]
fn ratings_give_the_rates_of_the_study() {
    // exp(0.14 +- (0.20 at home + 0.65 * difference / 400)); the study printed these three at a slope of 0.74.
    let side = |points: f64| Facts {
        rating: points / 400.0,
        ..Facts::default()
    };
    for (points, at_home, printed) in [
        ([1777.4, 1903.2], true, [1.1132, 1.1886]),
        ([2194.7, 1743.6], false, [2.6499, 0.4993]),
        ([2010.9, 1889.6], false, [1.4397, 0.9190]),
    ] {
        let difference: f64 = (points[0] - points[1]) / 400.0;
        let gap = 0.65 * difference + if at_home { 0.2 } else { 0.0 };
        let found = by_facts("ratings", points.map(side), at_home);
        close(found[0], (0.14 + gap).exp(), 6, "ratings");
        close(found[1], (0.14 - gap).exp(), 6, "ratings");
        let steeper = gap + 0.09 * difference;
        close((0.14 + steeper).exp(), printed[0], 3, "the study");
        close((0.14 - steeper).exp(), printed[1], 3, "the study");
    }
}

#[test]
fn draws_have_the_mean_and_the_spread_of_what_is_likely() {
    // Without a match the level is normal with mean 0.14 and sd 0.05: within 4 standard errors, 2,000 draws, seed 1.
    let family = Family::bundled("ratings").expect("it is bundled");
    let mut material = Material::default();
    material.add_team(None);
    let learned = family
        .learn(&material, date(2022, 11, 20), None)
        .expect("nothing to fit");
    let mut rng = crate::rng::stream(1, crate::rng::Purpose::Parameters, 0);
    let levels: Vec<f64> = (0..2000).map(|_| learned.draw(&mut rng).level).collect();
    let mean = levels.iter().sum::<f64>() / 2000.0;
    let variance = levels
        .iter()
        .map(|level| (level - mean).powi(2))
        .sum::<f64>()
        / 1999.0;
    assert!((mean - 0.14).abs() < 4.0 * 0.05 / 2000f64.sqrt(), "{mean}");
    assert!(
        (variance.sqrt() - 0.05).abs() < 4.0 * 0.05 / 4000f64.sqrt(),
        "{variance}"
    );
}

#[test]
fn another_best_finish_is_worth_what_the_slope_says() {
    let text = "format = 2\n[tournament]\nid = \"cup\"\ncompetition = \"Cup\"\nedition = \"1\"\n[clubs]\nApe = { best_finish = \"champion\" }\n\
                Bee = {}\n[[stage]]\nname = \"group stage\"\nkey = \"group\"\n[stage.groups]\nA = [\"Ape\", \"Bee\"]\n";
    let cup = open::read("cup.toml", text, &|_| Err(String::new()))
        .unwrap_or_else(|problems| panic!("{problems}"));
    let chosen = default_for(&cup, Instant::Now).expect("nothing to fit");
    let slope = chosen
        .model
        .slope(Covariate::BestFinish)
        .expect("the model looks at it");
    close(slope.attack, 0.59, 6, "best finish");
    let rates = chosen
        .model
        .neutral_rates(ClubId(0), ClubId(1), Occasion::Group);
    close(
        rates.home.get().ln() - rates.away.get().ln(),
        2.0 * 0.59,
        6,
        "champion against nobody",
    );
}
