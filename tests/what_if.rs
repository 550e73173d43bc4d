//! What-ifs have the effect they should: tiny cups worked out by hand, the real edition, and independent twins.

use cupcast::bench::cups;
use cupcast::conditions::{Conditions, Item, ItemKind, ItemKind as Kind};
use cupcast::exact::bracket::{TieOdds, fates};
use cupcast::forecast::{Effort, Forecast, ModelNote, Request, Unwatched, exactly, simulated};
use cupcast::goals::{
    self, FittedModel, GoalModel, JointScores, Occasion, Rates, Specification, Strengths,
};
use cupcast::ids::{ClubId, RoundId};
use cupcast::odds::Chance;
use cupcast::playbook::{Playbook, compile};
use cupcast::standings::Standings;
use cupcast::tournament::{Goals, Moment, SeedingCriterion, Tournament, bundled, file};

/// Whether rounds and title of a club are settled, whichever way.
fn all_settled(forecast: &Forecast, club: usize) -> bool {
    let rounds = 0..forecast.odds.round[club].len();
    let mut rounds = rounds.map(|round| forecast.chance(|odds| odds.round[club][round]));
    rounds.all(Chance::is_settled) && forecast.chance(|odds| odds.title[club]).is_settled()
}

/// Every match, extra time included, ends 1-0 with probability 0.5, 1-1 with 0.2, 0-1 with 0.3.
struct ThreeScores;

impl GoalModel for ThreeScores {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(1.0, 1.0)
    }

    fn scores(&self, _: Rates) -> JointScores {
        JointScores::from_table(2, 2, vec![0.0, 0.3, 0.5, 0.2])
    }
}

/// Conditions by kind and text.
type Written<'a> = &'a [(ItemKind, &'a str)];

fn conditions(tournament: &Tournament, items: Written<'_>) -> Conditions {
    let items: Vec<Item> = items
        .iter()
        .map(|(kind, text)| Item::new(*kind, text))
        .collect();
    Conditions::read(&items, tournament).expect("good conditions")
}

fn request<'a>(
    known: &'a Tournament,
    model: &'a dyn GoalModel,
    conditions: &'a Conditions,
    runs: u64,
) -> Request<'a> {
    Request {
        known,
        moment: Moment::Now,
        model,
        note: ModelNote {
            name: "a model".to_owned(),
            matches: 0,
            editions: 0,
        },
        conditions,
        effort: Effort::Runs(runs),
        seed: 1,
        threads: None,
    }
}

/// One group match (ANT - CAT) is left; ANT has 7 points, CAT 5, BEE 1. DOG has won the other group with 12 and hosts
/// the final, a single match with extra time.
fn last_match() -> Tournament {
    let text = include_str!("../models/tiny/last-match.toml");
    file::read("last-match.toml", text).expect("a good file")
}

fn tiny(items: Written<'_>) -> (Tournament, Forecast) {
    let cup = last_match();
    let conditions = conditions(&cup, items);
    let forecast = simulated(
        &request(&cup, &ThreeScores, &conditions, 40_000),
        &Unwatched,
    );
    (cup, forecast)
}

/// Compares probabilities with known ones: within 4 standard errors, 40,000 runs at seed 1.
fn assert_near(what: &str, found: f64, expected: f64) {
    let error = (expected * (1.0 - expected) / 40_000.0).sqrt();
    assert!(
        (found - expected).abs() <= 4.0 * error + 1e-12,
        "{what}: {found}, not {expected}"
    );
}

/// The final at DOG: 0.5 + 0.2 * (0.5 + 0.2 * 0.5) = 0.62 for the host. CAT wins group X if it wins the last match.
#[test]
fn tiny_cups_give_what_can_be_worked_out_by_hand() {
    // (conditions, P(ANT first), P(CAT first), titles of ANT, CAT and DOG).
    let cases: &[(Written<'_>, [f64; 5])] = &[
        (&[], [0.7, 0.3, 0.266, 0.114, 0.62]),
        // Given its win, CAT is as likely to win the final as any guest.
        (&[(Kind::WinsGroup, "CAT")], [0.0, 1.0, 0.0, 0.38, 0.62]),
        (&[(Kind::NotWinsGroup, "CAT")], [1.0, 0.0, 0.38, 0.0, 0.62]),
        // BEE cannot be first, so this gives nothing away.
        (
            &[(Kind::NotWinsGroup, "BEE")],
            [0.7, 0.3, 0.266, 0.114, 0.62],
        ),
        (&[(Kind::Eliminate, "ANT")], [0.0, 1.0, 0.0, 0.38, 0.62]),
        (&[(Kind::Withdraw, "CAT")], [1.0, 0.0, 0.38, 0.0, 0.62]),
        (&[(Kind::Annul, "ANT")], [0.0, 1.0, 0.0, 0.38, 0.62]),
        // Without the matches of BEE, only ANT - CAT 1-1 and the last match count: another 1-1 leaves the two level on
        // everything, and lots decide: 0.5 + 0.2 / 2 against 0.3 + 0.2 / 2.
        (&[(Kind::Annul, "BEE")], [0.6, 0.4, 0.228, 0.152, 0.62]),
        // The match has been played: the group stands, and DOG's opponent goes on.
        (
            &[(Kind::Fix, "ANT-CAT 0-1"), (Kind::Withdraw, "DOG")],
            [0.0, 1.0, 0.0, 1.0, 0.0],
        ),
        // A shoot-out at once: 0.5 + 0.2 / 2 = 0.6.
        (
            &[(Kind::Rule, "no-extra-time")],
            [0.7, 0.3, 0.28, 0.12, 0.6],
        ),
        // Level strengths on any ground: only the lots of the bracket decide who hosts, and 0.62 of each final is the host's:
        // DOG 0.5 * 0.62 + 0.5 * 0.38 = 0.5.
        (
            &[(Kind::Rule, "random-bracket")],
            [0.7, 0.3, 0.35, 0.15, 0.5],
        ),
    ];
    for (items, [ant_first, cat_first, ant, cat, dog]) in cases {
        let (cup, forecast) = tiny(items);
        let club = |code: &str| cup.find_club(code).expect("a club").index();
        let what = format!("{items:?}");
        let odds = &forecast.odds;
        assert_near(&what, odds.place[club("ANT")][0], *ant_first);
        assert_near(&what, odds.place[club("CAT")][0], *cat_first);
        assert_near(&what, odds.title[club("ANT")], *ant);
        assert_near(&what, odds.title[club("CAT")], *cat);
        assert_near(&what, odds.title[club("DOG")], *dog);
        assert!(
            (odds.title.iter().sum::<f64>() - 1.0).abs() < 1e-9,
            "{what}"
        );
    }
    // Whoever leaves is last, and the table of the others is that of all matches that count.
    for kind in [Kind::Eliminate, Kind::Withdraw, Kind::Annul] {
        let (cup, forecast) = tiny(&[(kind, "ANT")]);
        let club = |code: &str| cup.find_club(code).expect("a club").index();
        assert_eq!(
            forecast.odds.place[club("ANT")],
            [0.0, 0.0, 1.0],
            "{kind:?}"
        );
        assert_eq!(
            forecast.odds.place[club("BEE")],
            [0.0, 1.0, 0.0],
            "{kind:?}"
        );
        assert!(all_settled(&forecast, club("ANT")));
    }
}

/// The real edition with what was known at a moment, and the model fitted to it.
fn real(moment: &str) -> (Tournament, FittedModel) {
    let full = bundled::open("ccl-2013-14").expect("a bundled edition");
    let known = full.as_of(Moment::parse(moment, &full).expect("a moment"));
    let history = bundled::open_history(&full, None).expect("bundled editions");
    let specification = Specification::default_model();
    let model = goals::fit(&specification, &history, &known.to_edition());
    (known, model.expect("the bundled data fit"))
}

fn index(tournament: &Tournament, code: &str) -> usize {
    tournament.find_club(code).expect("a club").index()
}

/// The largest difference between the score distributions that two playbooks give the same matches.
fn difference(one: &Playbook, other: &Playbook) -> f64 {
    let group_scores = |book: &Playbook| -> Vec<JointScores> {
        let matches = book.groups.iter().flat_map(|group| &group.matches);
        matches.map(|game| book.score(game.score).clone()).collect()
    };
    let mut largest = group_scores(one)
        .iter()
        .zip(&group_scores(other))
        .map(|(a, b)| apart(a, b))
        .fold(0.0, f64::max);
    for round in 0..one.rounds.len() {
        largest = largest.max(round_difference(one, other, RoundId::new(round)));
    }
    largest
}

fn round_difference(one: &Playbook, other: &Playbook, round: RoundId) -> f64 {
    let (a, b) = (one.pairing(round), other.pairing(round));
    let lists = [
        (&a.first_leg, &b.first_leg),
        (&a.last_leg, &b.last_leg),
        (&a.extra_time, &b.extra_time),
    ];
    let mut largest = 0.0;
    for host in 0..one.clubs {
        for guest in (0..one.clubs).filter(|guest| *guest != host) {
            let at = a.at(ClubId::new(host), ClubId::new(guest));
            for (mine, theirs) in lists {
                largest = f64::max(largest, apart(one.score(mine[at]), other.score(theirs[at])));
            }
        }
    }
    largest
}

fn apart(one: &JointScores, other: &JointScores) -> f64 {
    let cells = (0..10).flat_map(|home| (0..10).map(move |away| (home, away)));
    cells
        .map(|(home, away)| (one.probability(home, away) - other.probability(home, away)).abs())
        .fold(0.0, f64::max)
}

/// A playbook under conditions, beside one from a model that was changed by hand.
fn against(items: Written<'_>, change: impl Fn(&Tournament, &FittedModel, &mut Strengths)) {
    let (known, model) = real("md2");
    let conditions = conditions(&known, items);
    let mut twin = model.strengths().clone();
    change(&known, &model, &mut twin);
    let found = compile(&known, &model, &conditions);
    let expected = compile(&known, &twin, &Conditions::default());
    let off = difference(&found, &expected);
    assert!(off < 1e-12, "{items:?}: off by {off}");
    let plain = compile(&known, &model, &Conditions::default());
    assert!(
        difference(&found, &plain) > 1e-4,
        "{items:?} changes something"
    );
}

fn coefficient(model: &FittedModel, term: &str) -> f64 {
    let coefficients = model.coefficients();
    let found = coefficients.iter().find(|one| one.term == term);
    found.expect("a term of the default model").estimate
}

#[test]
fn strengths_facts_and_grounds_are_those_of_a_model_changed_by_hand() {
    let shift = |twin: &mut Strengths, club: usize, by: f64| {
        twin.attack[club] += by;
        twin.defence[club] += by;
    };
    against(&[(Kind::Strength, "TOL=-0.2")], |known, _, twin| {
        shift(twin, index(known, "TOL"), -0.2);
    });
    against(
        &[(Kind::Strength, "TOL=TIJ"), (Kind::Strength, "TOL=0.1")],
        |known, _, twin| {
            let (toluca, tijuana) = (index(known, "TOL"), index(known, "TIJ"));
            twin.attack[toluca] = twin.attack[tijuana];
            twin.defence[toluca] = twin.defence[tijuana];
            shift(twin, toluca, 0.1);
        },
    );
    // Two clubs change places.
    against(
        &[(Kind::Strength, "TOL=VAL"), (Kind::Strength, "VAL=TOL")],
        |known, _, twin| {
            let (toluca, valencia) = (index(known, "TOL"), index(known, "VAL"));
            twin.attack.swap(toluca, valencia);
            twin.defence.swap(toluca, valencia);
        },
    );
    // From pot B (0) to pot C (-1): one coefficient less.
    against(&[(Kind::Pot, "TOL=C")], |known, model, twin| {
        shift(twin, index(known, "TOL"), -coefficient(model, "pot"));
    });
    // From semifinal (3) to champion (5): two fifths of the coefficient.
    against(
        &[(Kind::BestFinish, "TOL=champion")],
        |known, model, twin| {
            shift(
                twin,
                index(known, "TOL"),
                0.4 * coefficient(model, "best finish"),
            );
        },
    );
    against(&[(Kind::NoHomeAdvantage, "")], |_, _, twin| twin.home = 0.0);
}

#[test]
fn a_change_by_nothing_changes_nothing() {
    let (known, model) = real("md2");
    let conditions = conditions(&known, &[(Kind::Strength, "TOL=0"), (Kind::Pot, "TIJ=A")]);
    let [plain, changed] =
        [&Conditions::default(), &conditions].map(|conditions| compile(&known, &model, conditions));
    assert_eq!(plain.scores, changed.scores);
    assert_eq!(plain.groups, changed.groups);
    let forecast = simulated(&request(&known, &model, &conditions, 2000), &Unwatched);
    let what_if = forecast.what_if.expect("conditions were given");
    assert_eq!(what_if.baseline, forecast.odds);
    assert_eq!(what_if.change_standard_errors.largest(), 0.0);
}

#[test]
fn neutral_ground_is_where_it_was_said_to_be() {
    let (known, model) = real("md2");
    let mut away = model.strengths().clone();
    away.home = 0.0;
    let nothing = Conditions::default();
    let (home, neutral) = (
        compile(&known, &model, &nothing),
        compile(&known, &away, &nothing),
    );
    let only = conditions(
        &known,
        &[(Kind::Neutral, "final"), (Kind::Neutral, "TOL-COM")],
    );
    let found = compile(&known, &model, &only);
    let rounds: Vec<RoundId> = known.bracket.round_ids().collect();
    assert!(round_difference(&found, &neutral, rounds[2]) < 1e-12);
    assert_eq!(round_difference(&found, &home, rounds[0]), 0.0);
    assert_eq!(round_difference(&found, &home, rounds[1]), 0.0);
    let scores = |book: &Playbook, group: usize, game: usize| {
        book.score(book.groups[group].matches[game].score).clone()
    };
    for group in 0..8 {
        let fixtures: Vec<_> = known
            .fixtures_of(cupcast::ids::GroupId::new(group))
            .collect();
        for (game, (_, fixture)) in fixtures.iter().enumerate() {
            let pair = [fixture.home, fixture.away].map(|id| known.club(id).code.as_str());
            let expected = if pair == ["TOL", "COM"] {
                &neutral
            } else {
                &home
            };
            assert!(apart(&scores(&found, group, game), &scores(expected, group, game)) < 1e-12);
        }
    }
    // Two clubs in one round: the other pairings of the round keep their grounds.
    let pair = conditions(&known, &[(Kind::Neutral, "sf CA-TOL")]);
    let found = compile(&known, &model, &pair);
    let clubs = ["CA", "TOL", "TIJ"].map(|code| ClubId::new(index(&known, code)));
    let leg = |book: &Playbook, host: ClubId, guest: ClubId| {
        let pairings = book.pairing(rounds[1]);
        book.score(pairings.last_leg[pairings.at(host, guest)])
            .clone()
    };
    for (host, guest) in [(clubs[0], clubs[1]), (clubs[1], clubs[0])] {
        assert!(apart(&leg(&found, host, guest), &leg(&neutral, host, guest)) < 1e-12);
    }
    assert_eq!(
        leg(&found, clubs[0], clubs[2]),
        leg(&home, clubs[0], clubs[2])
    );
}

/// P(the host wins), P(level) over a stretch of play.
fn play(rates: Rates) -> [f64; 2] {
    let scores = JointScores::independent_poisson(rates);
    let sum = |wanted: fn(&Goals) -> bool| -> f64 {
        let cells = scores.iter().filter(|(goals, _)| wanted(goals));
        cells.map(|(_, probability)| probability).sum()
    };
    [
        sum(|goals| goals.home > goals.away),
        sum(|goals| goals.home == goals.away),
    ]
}

/// The final of 2014 was 0-0 at Cruz Azul and 1-1 at Toluca: Cruz Azul won it on the away goal. Without that rule there
/// would have been extra time at Toluca, and perhaps a shoot-out.
#[test]
fn without_away_goals_the_final_of_2014_goes_on() {
    let (known, model) = real("final");
    let [cruz_azul, toluca] = ["CA", "TOL"].map(|code| ClubId::new(index(&known, code)));
    let conditions = conditions(&known, &[(Kind::Rule, "no-away-goals")]);
    let forecast = exactly(&request(&known, &model, &conditions, 0), 1e-6).expect("supported");
    let [won, level] = play(
        model
            .rates(toluca, cruz_azul, Occasion::LastLeg)
            .scaled(1.0 / 3.0),
    );
    let expected = won + level / 2.0;
    let found = forecast.odds.title[toluca.index()];
    assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
    assert!((forecast.odds.title[cruz_azul.index()] - (1.0 - expected)).abs() < 1e-6);
    let baseline = forecast.what_if.expect("a rule was changed").baseline;
    assert_eq!(baseline.title[cruz_azul.index()], 1.0);
}

/// Toluca, the winner of SF1, would host a final of one match; on neutral ground nobody would.
#[test]
fn a_final_of_one_match_is_at_the_host_of_the_second_leg() {
    let (known, model) = real("sf");
    let [cruz_azul, toluca] = ["CA", "TOL"].map(|code| ClubId::new(index(&known, code)));
    let title = |items: Written<'_>| {
        let conditions = conditions(&known, items);
        let request = request(&known, &model, &conditions, 0);
        exactly(&request, 1e-6).expect("supported").odds.title[toluca.index()]
    };
    let single = |rates: Rates| {
        let ([won, level], [later, still]) = (play(rates), play(rates.scaled(1.0 / 3.0)));
        won + level * (later + still / 2.0)
    };
    let at_home = model.rates(toluca, cruz_azul, Occasion::LastLeg);
    let found = title(&[(Kind::Rule, "single-leg-final")]);
    assert!((found - single(at_home)).abs() < 1e-6, "{found}");
    let strengths = Strengths {
        home: 0.0,
        ..model.strengths().clone()
    };
    let found = title(&[(Kind::Rule, "single-leg-final"), (Kind::Neutral, "final")]);
    let neutral = single(strengths.rates(toluca, cruz_azul, Occasion::LastLeg));
    assert!((found - neutral).abs() < 1e-6, "{found}, not {neutral}");
    // 0-0 after two legs, and no extra time: a coin toss.
    let found = title(&[
        (Kind::Rule, "no-extra-time"),
        (Kind::Fix, "final CA-TOL 0-0"),
        (Kind::Fix, "final TOL-CA 0-0"),
    ]);
    assert!((found - 0.5).abs() < 1e-9, "{found}");
}

/// Two points for a win: Kansas City's two wins and two draws (6 points) are level with the three wins of seeds 4 to 6,
/// and its goal difference (+4) with that of Árabe Unido, which scored more.
/// Goal difference first: Isidro Metapán comes before Cartaginés, which is ahead of it head-to-head only.
#[test]
fn rules_hold_for_known_results_too() {
    let (known, model) = real("groups");
    let seeds = |items: Written<'_>| -> Vec<String> {
        let conditions = conditions(&known, items);
        let forecast = simulated(&request(&known, &model, &conditions, 64), &Unwatched);
        let of_seed = |seed: usize| {
            let mut clubs = known.club_ids();
            let club = clubs.find(|club| forecast.odds.seed[club.index()][seed] == 1.0);
            known.club(club.expect("a certain seed")).code.clone()
        };
        (0..8).map(of_seed).collect()
    };
    let two_points = seeds(&[(Kind::Rule, "two-points")]);
    assert_eq!(
        two_points,
        ["TOL", "CA", "TIJ", "ARA", "KC", "ALA", "LA", "SJ"]
    );
    assert_eq!(seeds(&[])[6], "KC");
    for (rules, second) in [
        (&[][..], "CAR"),
        (&[(Kind::Rule, "goal-difference-first")][..], "MET"),
    ] {
        let conditions = conditions(&known, rules);
        let forecast = simulated(&request(&known, &model, &conditions, 64), &Unwatched);
        assert_eq!(
            forecast.odds.place[index(&known, second)][1],
            1.0,
            "{second}"
        );
        // The engine's tables are those of the other implementation of the rules.
        let ruled = conditions.under_rules(&known);
        for group in known.group_ids() {
            let order = Standings::of_group(&ruled, group).order();
            for (place, club) in order.iter().enumerate() {
                assert_eq!(forecast.odds.place[club.index()][place], 1.0);
            }
        }
    }
}

/// Four groups that are over, the winners drawn into the bracket: the odds are the mean over all 24 orders of the
/// exact odds of each. 40,000 runs at seed 1.
#[test]
fn a_bracket_drawn_at_random_averages_over_all_orders() {
    let mut cup = cups::cup(4);
    for fixture in &mut cup.fixtures {
        let better = fixture.home < fixture.away;
        fixture.result = Some(Goals {
            home: u8::from(better),
            away: u8::from(!better),
        });
    }
    let model = cups::Strengths::like_2013_14(12);
    let conditions = conditions(&cup, &[(Kind::Rule, "random-bracket")]);
    let request = request(&cup, &model, &conditions, 40_000);
    let forecast = simulated(&request, &Unwatched);
    let book = compile(&cup, &model, &conditions);
    assert_eq!(book.seeding, [SeedingCriterion::Lots]);
    let winners = [0, 3, 6, 9].map(ClubId::new);
    let odds = TieOdds::new(&book, &winners);
    let mut expected = [0.0; 12];
    for order in 0..24 {
        let mut left = winners.to_vec();
        let seeds: Vec<ClubId> = [order / 6, order / 2 % 3, order % 2, 0]
            .map(|at| left.remove(at))
            .to_vec();
        for (club, title) in seeds.iter().zip(fates(&book, &odds, &seeds).title) {
            expected[club.index()] += title / 24.0;
        }
    }
    for club in winners {
        assert_near(
            &format!("{club:?}"),
            forecast.odds.title[club.index()],
            expected[club.index()],
        );
        for seed in &forecast.odds.seed[club.index()] {
            assert_near("a place in the bracket", *seed, 0.25);
        }
    }
    let refused = exactly(&request, 1e-4).expect_err("not covered");
    assert_eq!(
        refused.to_string(),
        "exact answers do not cover brackets drawn at random"
    );
}

/// Toluca was to play Alajuelense in SF1 and Cruz Azul had beaten Kansas City by then: what is complete stands.
#[test]
fn a_club_that_leaves_the_bracket_lets_its_next_opponent_go_on() {
    for (moment, kind) in [
        ("qf", Kind::Withdraw),
        ("sf-leg1", Kind::Annul),
        ("qf", Kind::Eliminate),
    ] {
        let (known, model) = real(moment);
        let conditions = conditions(&known, &[(kind, "TOL")]);
        let forecast = exactly(&request(&known, &model, &conditions, 0), 1e-6).expect("supported");
        let club = |code: &str| index(&known, code);
        let odds = &forecast.odds;
        assert_eq!(
            odds.round[club("TOL")],
            [1.0, 1.0, 0.0],
            "{moment}: it won its quarterfinal"
        );
        assert_eq!(odds.title[club("TOL")], 0.0);
        assert_eq!(odds.round[club("ALA")][2], 1.0, "{moment}");
        assert_eq!(odds.round[club("SJ")], [1.0, 0.0, 0.0]);
        assert!((odds.title.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(all_settled(&forecast, club("TOL")));
    }
}

/// América's group after matchday 4, open between three clubs: the odds given each winner, weighted by how likely
/// it is to win, give back the odds. 40,000 runs each at seed 1.
#[test]
fn odds_given_each_winner_average_to_the_odds() {
    let (known, model) = real("md4");
    let runs = 40_000;
    let plain = simulated(
        &request(&known, &model, &Conditions::default(), runs),
        &Unwatched,
    );
    let group = known.group_of(known.find_club("América").expect("a club"));
    let mut sum = vec![0.0; known.clubs.len()];
    for club in &known.group(group).clubs {
        let chance = plain.odds.place[club.index()][0];
        if chance == 0.0 {
            continue;
        }
        let given = conditions(&known, &[(Kind::WinsGroup, &known.club(*club).code)]);
        let forecast = simulated(&request(&known, &model, &given, runs), &Unwatched);
        assert_eq!(
            forecast.chance(|odds| odds.place[club.index()][0]),
            Chance::settled(true),
            "what is given is certain"
        );
        for (sum, title) in sum.iter_mut().zip(&forecast.odds.title) {
            *sum += chance * title;
        }
    }
    for (club, (sum, title)) in sum.iter().zip(&plain.odds.title).enumerate() {
        // Of two forecasts, one of them an average of several: twice the error of one is more than enough.
        let error = 2.0 * plain.standard_errors.title[club].max(1.0 / runs as f64);
        assert!(
            (sum - title).abs() <= 4.0 * error + 1e-9,
            "{}: {sum}, not {title}",
            known.clubs[club].name
        );
    }
}

/// Everything that the exact solver covers, at once. 40,000 runs at seed 1.
#[test]
fn exact_and_simulated_what_ifs_agree() {
    let (known, model) = real("md5");
    let conditions = conditions(
        &known,
        &[
            (Kind::Fix, "TOL-COM 0-3"),
            (Kind::Strength, "CA=-0.3"),
            (Kind::Strength, "TIJ=TOL"),
            (Kind::Pot, "LA=C"),
            (Kind::BestFinish, "LA=champion"),
            (Kind::Neutral, "qf"),
            (Kind::Neutral, "sf CA-TIJ"),
            (Kind::Rule, "no-away-goals"),
            (Kind::Rule, "no-extra-time"),
            (Kind::Rule, "single-leg-final"),
            (Kind::Rule, "higher-seed-hosts"),
            (Kind::Rule, "two-points"),
        ],
    );
    let request = request(&known, &model, &conditions, 40_000);
    let exact = exactly(&request, 1e-5).expect("supported");
    let simulated = simulated(&request, &Unwatched);
    let off = exact.odds.zip_with(&simulated.odds, |a, b| (a - b).abs());
    // 24 clubs with 15 numbers each: 4.5 standard errors leave one false alarm in four hundred.
    let errors = exact.odds.zip_with(&exact.odds, |p, _| {
        4.5 * (p * (1.0 - p) / 40_000.0).sqrt() + 2e-5
    });
    let excess = off.zip_with(&errors, |off, error| off - error);
    assert!(excess.largest() <= 0.0, "off by {}", off.largest());
}
