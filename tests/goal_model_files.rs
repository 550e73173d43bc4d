//! Goal models as files: what they mean, and what is said of those with a mistake.

use cupcast::goals::{
    self, ActsOn, Deviation, DistributionChoice, GoalModel, Occasion, RateTable, Specification,
    TermKind, read_specification,
};
use cupcast::ids::ClubId;
use cupcast::tournament::{Moment, Tournament, bundled};
use std::path::Path;

/// The beginning of a specification that lacks nothing but what a test adds.
const HEAD: &str = "format = 1\nname = \"mine\"\n\n[[term]]\nkind = \"level\"\nsd = 3\n";

fn read(text: &str) -> Result<Specification, String> {
    read_specification("mine.toml", text, Path::new("")).map_err(|problems| problems.to_string())
}

/// The message for a specification with a mistake.
fn message(added: &str) -> String {
    read(&format!("{HEAD}{added}")).expect_err("there is a mistake")
}

#[test]
fn every_key_is_read() {
    let text = format!(
        "half_life_days = 700\ntraining = [\"2011-12\"]\ndistribution = {{ kind = \"dixon-coles\", rho = 0.02 }}\n{HEAD}\
         [[term]]\nkind = \"pot\"\nsd = \"flat\"\nacts_on = \"attack\"\n\
         [[term]]\nkind = \"association\"\nsd = \"estimated\"\nscale = 0.25\n\
         [[term]]\nkind = \"elo\"\nsd = 1\nstep = 20\nhome_advantage = 60.0\n"
    );
    let found = read(&text).expect("nothing is wrong with it");
    assert_eq!(found.half_life_days, Some(700.0));
    assert_eq!(found.training, Some(vec!["2011-12".to_owned()]));
    assert_eq!(
        found.distribution,
        DistributionChoice::DixonColes(Some(0.02))
    );
    let terms: Vec<_> = found
        .terms
        .iter()
        .map(|term| (term.name(), term.acts_on, term.deviation))
        .collect();
    let expected = [
        ("level".to_owned(), ActsOn::Strength, Deviation::Fixed(3.0)),
        ("pot (attack)".to_owned(), ActsOn::Attack, Deviation::Flat),
        (
            "association".to_owned(),
            ActsOn::Strength,
            Deviation::Estimated { scale: 0.25 },
        ),
        ("elo".to_owned(), ActsOn::Strength, Deviation::Fixed(1.0)),
    ];
    assert_eq!(terms, expected);
    let elo = TermKind::Elo {
        step: 20.0,
        home_advantage: 60.0,
    };
    assert_eq!(found.terms[3].kind, elo);
}

#[test]
fn mistakes_are_shown_in_place() {
    let found = message("[[term]]\nkind = \"best-finnish\"\nsd = 1\n");
    assert_eq!(
        found,
        "error: there is no kind of term `best-finnish`\n \
         --> mine.toml:8:8\n  |\n8 | kind = \"best-finnish\"\n  |        ^^^^^^^^^^^^^^\n  |\n  \
         = help: did you mean `best-finish`?\n"
    );
}

/// Checks the sentence, the line with its column, and the help of a message.
fn check(added: &str, sentence: &str, place: &str, help: &str) {
    let found = message(added);
    for part in [sentence, place, help] {
        assert!(found.contains(part), "`{part}` is missing in\n{found}");
    }
}

#[test]
fn every_mistake_has_its_sentence() {
    let cases = [
        (
            "title = \"a\\u001b[31m\"\n",
            "`title` holds a character that cannot be seen",
            ":7:9",
            "write it in one line",
        ),
        (
            "[[term]]\nkind = \"zone\"\nsd = 1\nreference = \"No\\u200Brth\"\n",
            "`reference` holds a character that cannot be seen",
            ":10:13",
            "write it in one line",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = -1\n",
            "a prior's deviation is a number from 0.001 to 10 or a word",
            ":9:6",
            "sd = \"flat\"",
        ),
        (
            "[[term]]\nkind = \"pot\"\n",
            "missing field `sd`",
            ":7:1",
            "README.md describes every key",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = 1\nsdd = 1\n",
            "unknown field `sdd`",
            ":10:1",
            "README.md",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = 1\nreference = \"x\"\n",
            "the term `pot` has no key `reference`, only `zone` has",
            ":10:13",
            "leave it out",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = 1\nscale = 1\n",
            "a scale belongs to an estimated deviation only",
            ":10:9",
            "sd = \"estimated\"",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = 1\nacts_on = \"atack\"\n",
            "there is no side of play `atack`",
            ":10:11",
            "did you mean `attack`?",
        ),
        (
            "[[term]]\nkind = \"home\"\nsd = 1\nacts_on = \"attack\"\n",
            "the term `home` is no property of a club",
            ":10:11",
            "leave `acts_on` out",
        ),
        (
            "[[term]]\nkind = \"level\"\nsd = 1\n",
            "the term `level` is there twice",
            ":8:8",
            "leave one out",
        ),
        (
            "[[term]]\nkind = \"elo\"\nsd = 1\n",
            "the term `elo` needs the key `step`",
            ":8:8",
            "step = 30.0",
        ),
        (
            "[[term]]\nkind = \"column\"\nsd = 1\n",
            "the term `column` needs the keys `file` and `column`",
            ":8:8",
            "ratings.csv",
        ),
        (
            "[[term]]\nkind = \"elo\"\nsd = 1\nstep = -30.0\nhome_advantage = 80\n",
            "`step`, in rating points, lies between 0.1 and 400",
            ":10:8",
            "step = 30.0",
        ),
        (
            "[[term]]\nkind = \"elo\"\nsd = 1\nstep = 30\nhome_advantage = inf\n",
            "`home_advantage`, in rating points, lies between -1000 and 1000",
            ":11:18",
            "home_advantage = 80.0",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = \"estimated\"\nscale = 1e9\n",
            "a prior's scale lies between 0.001 and 10",
            ":10:9",
            "scale = 0.5",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = nan\n",
            "a prior's deviation is a number from",
            ":9:6",
            "sd = \"flat\"",
        ),
        (
            "[[term]]\nkind = \"column\"\nsd = 1\nfile = \"x.csv\"\ncolumn = \"elo\"\nunit = 0\n",
            "a unit, by which ratings differ for one step, lies between 0.001 and 1000000",
            ":12:8",
            "unit = 400",
        ),
        (
            "[[term]]\nkind = \"column\"\nsd = 1\nfile = \"x.csv\"\ncolumn = \"elo\"\ncenter = -inf\n",
            "a center lies between -1000000 and 1000000",
            ":12:10",
            "center = 1500",
        ),
        (
            "[[term]]\nkind = \"column\"\nsd = 1\nfile = \"no-such.csv\"\ncolumn = \"elo\"\n",
            "cannot read no-such.csv",
            ":10:8",
            "relative to the specification's folder",
        ),
    ];
    for (added, sentence, place, help) in cases {
        check(added, sentence, place, help);
    }
    let heads = [
        (
            "format = 2\nname = \"x\"\n[[term]]\nkind = \"level\"\nsd = 1\n",
            "this version reads format 1 only",
        ),
        (
            "format = 1\nname = \"x\"\n",
            "a goal model needs a term `level`",
        ),
        (
            "format = 1\nname = \"x\"\ndistribution = \"poison\"\n[[term]]\nkind = \"level\"\nsd = 1\n",
            "there is no score distribution `poison`",
        ),
        (
            "format = 1\nname = \"x\"\ndistribution = { kind = \"dixon-coles\", rho = 2 }\n[[term]]\nkind = \"level\"\nsd = 1\n",
            "the number of `dixon-coles` lies between -0.5 and 0.5",
        ),
        (
            "format = 1\nname = \"x\"\nhalf_life_days = 0\n[[term]]\nkind = \"level\"\nsd = 1\n",
            "a half-life in days lies between 1 and 100000",
        ),
    ];
    for (text, sentence) in heads {
        let found = read(text).expect_err("there is a mistake");
        assert!(found.contains(sentence), "{found}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let found = message("[[term]]\nkind = \"pott\"\nsd = 1\n[[term]]\nkind = \"zone\"\nsd = 0\n");
    assert!(
        found.contains("`pott`") && found.contains("a prior's deviation"),
        "{found}"
    );
}

fn tournament() -> Tournament {
    bundled::open("ccl-2013-14")
        .expect("it is bundled")
        .as_of(Moment::Start)
}

/// A temporary folder with one file in it.
fn folder_with(name: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join(name), text).expect("it can be written to");
    folder
}

#[test]
fn a_column_of_ratings_moves_the_rates() {
    // A rating of 100 for Toluca and 0 for all others, in every edition.
    let tournament = tournament();
    let history = bundled::open_history(&tournament, None).expect("it is bundled");
    let current = tournament.to_edition();
    let mut lines = vec!["club,power".to_owned()];
    let all = history
        .iter()
        .chain([&current])
        .flat_map(|edition| &edition.clubs);
    let names: std::collections::BTreeSet<_> = all.map(|club| club.name.clone()).collect();
    for name in names {
        let power = if name == "Toluca" { 100 } else { 0 };
        lines.push(format!("{name},{power}"));
    }
    let folder = folder_with("power.csv", &lines.join("\n"));
    let term = "[[term]]\nkind = \"column\"\nfile = \"power.csv\"\ncolumn = \"power\"\nunit = 50\nsd = 0.5\n";
    let text = format!("{HEAD}{term}");
    let specification = read_specification("mine.toml", &text, folder.path()).expect("it is right");
    let model = goals::fit(&specification, &history, &current).expect("it can be fitted");
    let coefficient = model
        .coefficients()
        .into_iter()
        .find(|found| found.term == "power");
    let estimate = coefficient.expect("it is in the model").estimate;
    let toluca = tournament
        .clubs
        .iter()
        .position(|club| club.name == "Toluca")
        .expect("it takes part");
    assert!((model.strengths().attack[toluca] - 2.0 * estimate).abs() < 1e-12);
    assert!(estimate.abs() > 1e-3);

    let text = text.replace("power\"\nunit", "elo\"\nunit");
    let problems =
        read_specification("mine.toml", &text, folder.path()).expect_err("no such column");
    assert!(
        problems
            .to_string()
            .contains("power.csv:1:6: there is no column `power` in such a file"),
        "{problems}"
    );

    let folder = folder_with("power.csv", "club,power\nToluca,1\n");
    let text = text.replace("elo\"\nunit", "power\"\nunit");
    let specification = read_specification("mine.toml", &text, folder.path()).expect("it is right");
    let error = goals::fit(&specification, &[], &current).expect_err("most clubs have no rating");
    assert_eq!(
        error.to_string(),
        "the term `power` needs the power of every club, but Tijuana (2013-14) has none it can use; \
         add it or choose a model without this term"
    );
}

/// A table of rates for all pairs, home sides twice as strong.
fn rates_csv(tournament: &Tournament) -> String {
    let clubs = &tournament.clubs;
    let pairs = clubs
        .iter()
        .flat_map(|home| clubs.iter().map(move |away| (home, away)));
    let lines = pairs
        .filter(|(home, away)| home.code != away.code)
        .map(|(home, away)| format!("{},{},1.5,0.75\n", home.code, away.name));
    let header = "home,away,home_goals,away_goals\n".to_owned();
    std::iter::once(header).chain(lines).collect()
}

#[test]
fn a_table_of_rates_takes_the_place_of_a_model() {
    let tournament = tournament();
    let text = rates_csv(&tournament);
    let open = |text: &str| {
        let folder = folder_with("rates.csv", text);
        let found = RateTable::open(&folder.path().join("rates.csv"), &tournament.clubs);
        found.map_err(|error| error.to_string())
    };
    let table = open(&text).expect("all pairs are there");
    let rates = table.rates(ClubId::new(3), ClubId::new(0), Occasion::FirstLeg);
    assert_eq!((rates.home.get(), rates.away.get()), (1.5, 0.75));
    let line = |number: usize| {
        text.lines()
            .nth(number - 1)
            .expect("there are many lines")
            .to_owned()
    };
    let with_first_leg = |columns: &str, cells: &str| {
        let text = text.replacen('\n', &format!(",{columns}\n"), 1);
        text.replace("0.75\n", &format!("0.75,{cells}\n"))
    };
    // The mistake, its message, its place, and its way out.
    let cases = [
        (
            text.replacen(&format!("{}\n", line(3)), "", 1),
            "there is no line for Tijuana at home to América",
            ":1:1",
            "a line for every ordered pair",
        ),
        (
            text.lines().take(3).collect::<Vec<_>>().join("\n"),
            "there is no line for Tijuana at home to Cruz Azul (and 549 more)",
            ":1:1",
            "a line for every ordered pair",
        ),
        (
            text.replacen("1.5,0.75", "-1,0.75", 1),
            "`-1` is no number from 0.0001 to 30",
            ":2:12",
            "such as 1.5",
        ),
        (
            text.replacen("1.5,0.75", "1.5,NaN", 1),
            "`NaN` is no number from 0.0001 to 30",
            ":2:16",
            "such as 1.5",
        ),
        (
            text.replacen("Toluca", "Tolucca", 1),
            "no club `Tolucca` takes part",
            ":2:5",
            "did you mean `Toluca`?",
        ),
        (
            format!("{text}{}\n", line(2)),
            "Tijuana at home to Toluca is there twice",
            ":554:1",
            "leave one of the lines out",
        ),
        (
            format!("{text}Tijuana,TOL,1.5,0.75\n"),
            "Tijuana at home to Toluca is there twice",
            ":554:1",
            "leave one of the lines out",
        ),
        (
            format!("{text}TOL,Toluca,1.5,0.75\n"),
            "Toluca does not play itself",
            ":554:5",
            "leave the line out",
        ),
        (
            text.replacen("away_goals", "away_goal", 1),
            "there is no column `away_goal` in such a file",
            ":1:22",
            "did you mean `away_goals`?",
        ),
        (
            with_first_leg("first_leg_home_goals,first_leg_away_goal", "1,1"),
            "there is no column `first_leg_away_goal` in such a file",
            ":1:54",
            "did you mean `first_leg_away_goals`?",
        ),
        (
            with_first_leg("first_leg_home_goals", "1"),
            "the column `first_leg_home_goals` is there without `first_leg_away_goals`",
            ":1:33",
            "leave both out",
        ),
        (
            text.replace(',', ";").replace('.', ","),
            "semicolons stand between the columns",
            ":1:1",
            "save the file with commas",
        ),
    ];
    for (text, message, place, help) in cases {
        let error = open(&text).expect_err("there is a mistake");
        for part in [message, help, &format!("rates.csv{place}\n")] {
            assert!(error.contains(part), "`{part}` is missing in\n{error}");
        }
        assert_eq!(error.matches("error:").count(), 1, "{error}");
    }
    // What Excel calls CSV UTF-8 begins with a mark.
    assert_eq!(open(&format!("\u{feff}{text}")), Ok(table));
}

/// Ratings are read by column; nothing in their file is passed over.
#[test]
fn a_ratings_file_with_a_mistake_is_refused_in_place() {
    let term = |column: &str| {
        format!(
            "[[term]]\nkind = \"column\"\nfile = \"power.csv\"\ncolumn = \"{column}\"\nsd = 0.5\n"
        )
    };
    let read = |text: &str, terms: &str| {
        let folder = folder_with("power.csv", text);
        let text = format!("{HEAD}{terms}");
        read_specification("mine.toml", &text, folder.path())
            .map_err(|problems| problems.to_string())
    };
    let cases = [
        (
            "club,power\nTOL,1\nTOL,2\n",
            "power.csv:3:1: the rating of TOL is there twice",
        ),
        (
            "club,power,editon\nTOL,1,2013-14\n",
            "power.csv:1:12: there is no column `editon`",
        ),
        (
            "club,power,power\nTOL,1,2\n",
            "power.csv:1:12: the column `power` is there twice",
        ),
        (
            "club;power\nTOL;1,5\n",
            "power.csv:1:1: semicolons stand between the columns",
        ),
        (
            "club,power\nTOL,x\n",
            "power.csv:2:5: `x` is no number from -1000000 to 1000000",
        ),
        (
            "club,power\nTOL,inf\nCA,nan\n",
            "`inf` is no number from -1000000 to 1000000 (and 1 more)",
        ),
        (
            "club,power\nTOL,2500\n",
            "power.csv:2:5: (rating - center) / unit is 2500",
        ),
        ("", "power.csv:1:1: the file is empty"),
    ];
    for (text, message) in cases {
        let found = read(text, &term("power")).expect_err("there is a mistake");
        assert!(
            found.contains(message),
            "`{message}` is missing in\n{found}"
        );
        assert!(found.contains("mine.toml:9:8"), "{found}");
    }
    // Two columns of one file, each for a term.
    let both = format!("{}{}", term("power"), term("form"));
    assert!(read("club,power,form\nTOL,1,2\n", &both).is_ok());
}
