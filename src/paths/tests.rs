//! A tiny cup whose roads are known, and the sums that hold on every road.

use super::paths;
use crate::conditions::Conditions;
use crate::forecast::{Effort, ModelNote, Request, Unwatched, simulated};
use crate::goals::{GoalModel, Occasion, Rates};
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::tournament::{Moment, Tournament, file};

struct Even;

impl GoalModel for Even {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(1.0, 1.0)
    }
}

fn tiny(text: &str) -> Tournament {
    file::read("tiny", text).expect("a tiny cup is valid")
}

fn request<'a>(known: &'a Tournament, conditions: &'a Conditions, runs: u64) -> Request<'a> {
    Request {
        known,
        moment: Moment::Now,
        model: &Even,
        note: ModelNote {
            name: "even".to_owned(),
            matches: 0,
            editions: 0,
        },
        conditions,
        effort: Effort::Runs(runs),
        seed: 1,
        threads: None,
    }
}

#[test]
fn the_road_of_a_tiny_cup_is_worked_out_by_hand() {
    // models/tiny/last-match at even rates of 1: ANT has 7 points (goals 4-2) and is at home to CAT. P(draw) = d = 0.308508, a win
    // of either side w = 0.345746. ANT ends on 10 (w), 8 (d) or 7 points (w); CAT wins the group with w.
    // DOG, seed 1, meets ANT with 1 - w and CAT with w in the final, and beats either with 1/2.
    // Within 4 standard errors, 200,000 runs, seed 1.
    let cup = tiny(include_str!("../../models/tiny/last-match.toml"));
    let conditions = Conditions::default();
    let (draw, win) = (0.308_508, 0.345_746);
    let runs = 200_000;
    let near = |chance: Chance, expected: f64, runs: f64| {
        let share = chance.probability;
        let error = (expected * (1.0 - expected) / runs).sqrt();
        assert!(
            (share - expected).abs() <= 4.0 * error,
            "{share} is not {expected}"
        );
    };
    let road = paths(&request(&cup, &conditions, runs), ClubId(0));
    near(road.points[10], win, runs as f64);
    near(road.points[8], draw, runs as f64);
    near(road.points[7], win, runs as f64);
    // Nobody gets from 7 to 9 points in one match.
    assert_eq!(road.points[9], Chance::settled(false));
    assert!(
        (road
            .points
            .iter()
            .map(|chance| chance.probability)
            .sum::<f64>()
            - 1.0)
            .abs()
            < 1e-12
    );
    let expected = 7.0 + 3.0 * win + draw;
    let points = road.expected_points;
    assert!((points.mean - expected).abs() <= 4.0 * points.standard_error);
    // ANT has 4 goals and 2 against, and one more of each is expected.
    let (scored, conceded) = (road.goals_for, road.goals_against);
    assert!(
        (scored.mean - 5.0).abs() <= 4.0 * scored.standard_error,
        "{scored:?}"
    );
    assert!(
        (conceded.mean - 3.0).abs() <= 4.0 * conceded.standard_error,
        "{conceded:?}"
    );
    let road = paths(&request(&cup, &conditions, runs), ClubId(3));
    assert_eq!(road.rounds[0].reaches, Chance::settled(true));

    near(road.rounds[0].wins, 0.5, runs as f64);
    let opponents = &road.rounds[0].opponents;
    assert_eq!(opponents.len(), 2);
    assert_eq!(opponents[0].club, ClubId(0));
    near(opponents[0].meets, 1.0 - win, runs as f64);
    near(opponents[0].beats, 0.5, runs as f64 * (1.0 - win));
    near(opponents[1].meets, win, runs as f64);
    // Two finals, two seed lists, four courses of the only tie... of two finals with two winners each: DOG twice.
    assert_eq!(road.finals.len(), 2);
    assert_eq!(road.finals[0].clubs, [ClubId(0), ClubId(3)]);
    assert_eq!(road.seed_lists[0].clubs, [ClubId(3), ClubId(0)]);
    near(road.brackets[0].probability, 0.5, runs as f64);
    assert_eq!(road.brackets[0].clubs, [ClubId(3)]);
}

#[test]
fn roads_agree_with_the_forecast_of_the_same_seed() {
    // The same tournaments are counted, so the shares are equal to the last bit but for the order of division.
    let cup = tiny(include_str!("../../models/tiny/four-groups.toml")).as_of(Moment::Start);
    let conditions = Conditions::default();
    let request = request(&cup, &conditions, 20_000);
    let forecast = simulated(&request, &Unwatched);
    for club in cup.club_ids() {
        let road = paths(&request, club);
        for (round, share) in road.rounds.iter().zip(&forecast.odds.round[club.index()]) {
            assert!((round.reaches.probability - share).abs() < 1e-12);
            let met = round.opponents.iter();
            let met: f64 = met.map(|opponent| opponent.meets.probability).sum();
            assert!((met - round.reaches.probability).abs() < 1e-12);
        }
        let last = road.rounds.last().expect("a final");
        assert!((last.wins.probability - forecast.odds.title[club.index()]).abs() < 1e-12);
    }
}

/// The outlook of a cup of format 2 in which all are equal, on neutral ground.
fn even_outlook(stages: &str) -> crate::outlook::Outlook {
    let text = format!(
        "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\nkind = \"nations\"\nrules = \"fifa-2022\"\n{stages}"
    );
    let cup = crate::open::read("t", &text, &|file| Err(file.to_owned())).expect("a sound file");
    crate::outlook::Outlook::new(&cup, crate::cup::Instant::Now).expect("a model")
}

fn cup_road(outlook: &crate::outlook::Outlook, club: ClubId, runs: u64) -> super::CupPaths {
    let runs = crate::play::units::Runs {
        runs,
        seed: 4,
        threads: None,
    };
    let road = outlook.observe(runs, &|_| (), &|| {
        super::CupRoad::new(outlook.known(), club)
    });
    road.paths(outlook)
}

/// Four equal clubs, two semifinals and a final: A surely meets B, wins half of the time, and then meets C or D with a
/// quarter of all runs each. The final A - C is one of four, all equally likely.
#[test]
fn the_road_through_a_cup_of_four_equals_is_known() {
    let outlook = even_outlook(
        "[[stage]]\nkey = \"sf\"\nname = \"semifinals\"\nties = [\"A - B\", \"C - D\"]\n\
         [[stage]]\nkey = \"f\"\nname = \"final\"\nties = [\"W1 - W2\"]\n",
    );
    let runs = 20_000;
    let road = cup_road(&outlook, ClubId(0), runs);
    let near = |chance: Chance, expected: f64| {
        // Within 4 standard errors, 20,000 runs, seed 4.
        let error = (expected * (1.0 - expected) / runs as f64).sqrt();
        assert!((chance.probability - expected).abs() < 4.0 * error);
    };
    let [
        super::StagePaths::Ties {
            plays,
            wins,
            opponents,
            ..
        },
        super::StagePaths::Ties {
            plays: plays_final,
            wins: title,
            opponents: finalists,
            ..
        },
    ] = road.stages.as_slice()
    else {
        panic!("two stages of ties: {road:?}");
    };
    assert_eq!(*plays, Chance::settled(true));
    assert_eq!(opponents.len(), 1);
    assert_eq!(opponents[0].meets, Chance::settled(true));
    near(*wins, 0.5);
    near(*plays_final, 0.5);
    near(*title, 0.25);
    assert_eq!(finalists.len(), 2);
    for other in finalists {
        near(other.meets, 0.25);
        assert!((other.beats.probability - 0.5).abs() < 4.0 * other.beats.standard_error);
    }
    assert_eq!(road.finals.len(), 4);
    near(road.finals[0].probability, 0.25);
}

/// Two of four have played: A has three points and B none. The places of A in its table add up to one.
#[test]
fn the_places_of_a_table_add_up() {
    let outlook = even_outlook(
        "[[stage]]\nkey = \"g\"\nname = \"league\"\ntable = [\"A\", \"B\", \"C\"]\n\
         [schedule]\nmatches = [{ home = \"A\", away = \"B\", score = \"1-0\" }]\n",
    );
    let road = cup_road(&outlook, ClubId(0), 2_000);
    let [
        super::StagePaths::Places {
            enters,
            places,
            figures: Some([points, ..]),
            ..
        },
    ] = road.stages.as_slice()
    else {
        panic!("one table: {road:?}");
    };
    assert_eq!(*enters, Chance::settled(true));
    let sum: f64 = places.iter().map(|place| place.probability).sum();
    assert!((sum - 1.0).abs() < 1e-12);
    assert!(points.mean > 3.0 && points.mean < 6.0);
}
