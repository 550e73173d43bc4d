//! Which moments a timeline has, and that each is the forecast of its day.

use super::*;
use crate::exact::tie::host_wins;
use crate::forecast::Unwatched;
use crate::goals::{Occasion, Rates};
use crate::playbook::compile;
use crate::tournament::bundled;
use std::convert::Infallible;

/// The home club scores more, and the lower the club's number the better it is.
struct ByNumber;

impl GoalModel for ByNumber {
    fn rates(&self, home: ClubId, away: ClubId, _: Occasion) -> Rates {
        let edge = (away.index() as f64 - home.index() as f64) * 0.02;
        Rates::nearest(1.6 * edge.exp(), 1.1 * (-edge).exp())
    }
}

fn note() -> ModelNote {
    ModelNote {
        name: "by number".to_owned(),
        matches: 0,
        editions: 0,
    }
}

fn keys(tournament: &Tournament) -> Vec<String> {
    let moments = moments(tournament).into_iter();
    moments.map(|moment| moment.key(tournament)).collect()
}

#[test]
fn moments_are_those_at_which_more_is_known() {
    let full = bundled::open("ccl-2013-14").expect("bundled");
    let all = "draw start md1 md2 md3 md4 md5 groups qf-leg1 qf sf-leg1 sf final-leg1 final";
    assert_eq!(keys(&full).join(" "), all);
    let early = full.as_of(Moment::Matchday(2));
    assert_eq!(keys(&early).join(" "), "draw start md1 md2");
    assert_eq!(keys(&full.as_of(Moment::Start)).join(" "), "draw start");
    // On 21 August 2013 some matches of the second matchday were still to come.
    let day = full.as_of("2013-08-21".parse().map(Moment::Date).expect("a date"));
    assert_eq!(keys(&day).join(" "), "draw start md1 md2");
}

#[test]
fn quantities_are_read_by_name() {
    let full = bundled::open("ccl-2013-14").expect("bundled");
    let read = |text: &str| Quantity::parse(text, &full);
    assert_eq!(read("title"), Ok(Quantity::Title));
    assert_eq!(read("Group"), Ok(Quantity::Group));
    assert_eq!(read("semifinal"), Ok(Quantity::Round(RoundId(1))));
    assert_eq!(read("qf"), Ok(Quantity::Round(RoundId(0))));
    let error = read("cup").expect_err("nothing is called so");
    assert_eq!(
        error.to_string(),
        "`cup` is no quantity; write one of title, group, quarterfinal, semifinal, final"
    );
}

/// 100,000 runs a moment, seed 4.
fn points(full: &Tournament) -> Vec<Point> {
    let effort = TimelineEffort {
        effort: Effort::Runs(100_000),
        seed: 4,
        threads: None,
    };
    let fit = |_: &Tournament, _| Ok::<_, Infallible>((ByNumber, note()));
    timeline(full, fit, effort, &Unwatched).expect("the model needs no fit")
}

#[test]
fn each_moment_is_the_forecast_of_its_day() {
    let full = bundled::open("ccl-2013-14").expect("bundled");
    let points = points(&full);
    for (point, moment) in points.iter().zip(moments(&full)) {
        let known = full.as_of(moment);
        let request = Request {
            known: &known,
            moment,
            model: &ByNumber,
            note: note(),
            conditions: &Conditions::default(),
            effort: Effort::Runs(100_000),
            seed: 4,
            threads: None,
        };
        let alone = if moment == Moment::Draw {
            let drawing = Drawing::new(&known).expect("a possible draw");
            let sampler = Sampler::Sequential(Sequential::new(&drawing));
            before_draw(&request, &sampler, &Unwatched).forecast
        } else {
            simulated(&request, &Unwatched)
        };
        assert!(point.forecast == alone, "{}", point.key);
    }
    let dates: Vec<Date> = points.iter().map(|point| point.date).collect();
    assert!(dates.is_sorted(), "{dates:?}");
    assert_eq!(dates[0].to_string(), "2013-06-03", "the day of the draw");
    assert_eq!(
        dates[1].to_string(),
        "2013-08-05",
        "the day before the first match"
    );
    assert_eq!(
        dates[13].to_string(),
        "2014-04-23",
        "the day of the last leg"
    );
}

#[test]
fn odds_before_the_last_leg_are_those_of_the_tie() {
    let full = bundled::open("ccl-2013-14").expect("bundled");
    let points = points(&full);
    let point = points
        .iter()
        .find(|point| point.key == "final-leg1")
        .expect("a final of two legs");
    let [cruz_azul, toluca] =
        ["Cruz Azul", "Toluca"].map(|name| full.find_club(name).expect("a finalist"));
    let known = full.as_of(Moment::Leg(RoundId(2), 1));
    let playbook = compile(&known, &ByNumber, &Conditions::default());
    // Toluca is at home in the second leg, after 0-0 at Cruz Azul.
    let exact = 1.0 - host_wins(&playbook, RoundId(2), toluca, cruz_azul);
    let odds = point.forecast.odds.title[cruz_azul.index()];
    // Within 4 standard errors, 100,000 runs, seed 4.
    let error = (exact * (1.0 - exact) / 100_000.0).sqrt();
    assert!(
        (odds - exact).abs() < 4.0 * error,
        "{odds} and {exact} ± {error}"
    );
    let last = points.last().expect("a last moment");
    assert!((last.forecast.odds.title[cruz_azul.index()] - 1.0).abs() < 1e-15);
}

/// Every side of every match scores once on average.
struct Even;

impl GoalModel for Even {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(1.0, 1.0)
    }
}

#[test]
fn a_tiny_timeline_is_worked_out_by_hand() {
    // models/tiny/last-match: before the first match six equal clubs have 1/3 of their group and 1/6 of the title. After the
    // last match known, CAT is first in group X if it wins at ANT, otherwise ANT; DOG has won group Y. With
    // P(draw) = d = e^-2 I0(2) = 0.308508 and P(win) = w = (1 - d) / 2: ANT (w + d) / 2, CAT w / 2, DOG 1/2.
    let text = include_str!("../../models/tiny/last-match.toml");
    let cup = crate::tournament::file::read("last-match", text).expect("a tiny cup");
    // 200,000 runs a moment, seed 2: within 4 standard errors.
    let effort = TimelineEffort {
        effort: Effort::Runs(200_000),
        seed: 2,
        threads: None,
    };
    let fit = |_: &Tournament, _| Ok::<_, Infallible>((Even, note()));
    let points = timeline(&cup, fit, effort, &Unwatched).expect("the model needs no fit");
    let (first, last) = (&points[0], points.last().expect("moments"));
    assert_eq!((first.key.as_str(), last.key.as_str()), ("start", "groups"));
    let check = |point: &Point, quantity: Quantity, club: u16, expected: f64| {
        let found = quantity.of(&point.forecast.odds, ClubId(club));
        let error = (expected * (1.0 - expected) / 200_000.0).sqrt();
        assert!(
            (found - expected).abs() <= 4.0 * error,
            "{found} is not {expected}"
        );
    };
    for club in 0..6 {
        check(first, Quantity::Group, club, 1.0 / 3.0);
        check(first, Quantity::Title, club, 1.0 / 6.0);
    }
    let draw: f64 = 0.308_508;
    let win = (1.0 - draw) / 2.0;
    let (ant, cat, dog) = (0, 2, 3);
    check(last, Quantity::Group, ant, win + draw);
    check(last, Quantity::Group, dog, 1.0);
    check(last, Quantity::Title, ant, f64::midpoint(win, draw));
    check(last, Quantity::Title, cat, win / 2.0);
    check(last, Quantity::Title, dog, 0.5);
}

/// A league of three whose matchdays are known one after the other. A wins all; after the last match it is champion surely.
#[test]
fn the_timeline_of_a_cup_of_format_2_is_its_forecasts_one_by_one() {
    let text = "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n[[stage]]\nkey = \"l\"\n\
        name = \"league\"\ntable = [\"A\", \"B\", \"C\"]\n\
        [milestones]\ntitle = { words = \"wins\", places = [\"l 1\"] }\n\
        [schedule]\nmatches = [\
        { matchday = 1, date = 2027-05-01, home = \"A\", away = \"B\", score = \"2-0\" }, \
        { matchday = 2, date = 2027-05-08, home = \"C\", away = \"A\", score = \"0-1\" }, \
        { matchday = 3, date = 2027-05-15, home = \"B\", away = \"C\", score = \"1-1\" }]\n";
    let cup = crate::open::read("t", text, &|file| Err(file.to_owned())).expect("a sound file");
    let runs = crate::play::units::Runs {
        runs: 500,
        seed: 3,
        threads: None,
    };
    let look = |moment| crate::outlook::Outlook::new(&cup, moment);
    let points = super::cup_timeline(&cup, &[0], runs, look, &crate::forecast::Unwatched);
    let points = points.expect("a model at every moment");
    let keys: Vec<&str> = points.iter().map(|point| point.key.as_str()).collect();
    assert_eq!(keys, ["start", "md1", "md2", "l"]);
    assert_eq!(points[0].date, None);
    assert_eq!(points[1].date, Some(jiff::civil::date(2027, 5, 1)));
    for point in &points {
        let moment = cup.instant(&point.key).expect("a moment");
        let outlook = look(moment).expect("a model");
        let tally = outlook.tally(runs, &|_| ());
        let milestone = &cup.format().milestones()[0];
        for club in cup.club_ids() {
            let share = tally.reached(milestone, club) as f64 / 500.0;
            let chance = point.chances[0][club.index()];
            assert!((chance.probability - share).abs() < 1e-12);
        }
    }
    // After two matchdays A has 6 points, and neither B nor C can have more than 3.
    assert_eq!(points[2].chances[0][0], crate::odds::Chance::settled(true));
    assert!(!points[1].chances[0][0].is_settled());
}
