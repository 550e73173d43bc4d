//! Nothing is learned from after the moment: not from other editions, and not by a saved model.

use super::super::command::{json, stdout};
use super::*;
use cupcast::goals::{self, Learner, Specification};
use cupcast::tournament::{Edition, Moment, bundled, known_by};
use jiff::civil::date;

#[test]
fn nothing_is_learned_from_after_the_moment() {
    // A league that goes on beside the cup: six matches before it, one on its first day, one later.
    let beside = "  { group = \"A\", matchday = 7, date = 2020-08-04, home = \"ONE\", away = \"TWO\", score = \"6-0\" },\n  \
                    { group = \"A\", matchday = 8, date = 2020-08-20, home = \"TWO\", away = \"ONE\", score = \"6-0\" },\n";
    let league = |more: &str| {
        let matches = lines(2020).concat() + more;
        past_of("league", "2020", "name = \"Ants\"", &matches).replace("Tiny Cup", "League")
    };
    let named = cup("history = [\"league.toml\"]");
    let folder = folder(&[("league.toml", &league(beside)), ("cup.toml", &named)]);
    let alone = self::folder(&[("league.toml", &league("")), ("cup.toml", &named)]);
    let model = path(&folder, "clubs-model.toml");
    let at = |folder: &TempDir, moment: &str| {
        rates_of(
            &path(folder, "cup.toml"),
            &["--model", &model, "--as-of", moment],
        )
    };
    assert_eq!(at(&folder, "start"), at(&alone, "start"));
    assert_eq!(at(&folder, "2020-08-03"), at(&alone, "start"));
    assert_ne!(at(&folder, "2020-08-04"), at(&alone, "start"));
    assert_ne!(at(&folder, "2020-08-20"), at(&folder, "2020-08-19"));
    assert_eq!(at(&folder, "now"), at(&folder, "2020-08-20"));
    // Before anything was played nothing is known.
    assert_eq!(at(&folder, "2020-01-31"), at(&alone, "2019-01-01"));
    let sound = cupcast(&["check", &path(&folder, "cup.toml")]);
    assert!(sound.status.success());
    let told = String::from_utf8_lossy(&sound.stderr).into_owned();
    assert!(
        told.contains(
            "2 matches of `league.toml` were played after this tournament began on 2020-08-04"
        ),
        "{told}"
    );
}

#[test]
fn bundled_editions_are_learned_as_far_as_they_were_known() {
    let at = |moment: &str| {
        json(&["fit", "--as-of", moment, "--format", "json"])["data"]["training_matches"].clone()
    };
    assert_eq!(at("start"), 373);
    assert_eq!(at("2010-06-01"), 77 + 78);
    assert_eq!(at("2009-07-27"), 77);
    assert_eq!(
        at("2009-05-12"),
        77,
        "the day of the final is known in the evening"
    );
    assert_eq!(at("2009-05-11"), 76);
}

#[test]
fn one_cut_off_is_for_all() {
    let cup = bundled::open("ccl-2013-14").expect("it is bundled");
    let day = |moment| cup.cut_off(moment);
    assert_eq!(day(Moment::Draw), Some(date(2013, 6, 3)));
    assert_eq!(day(Moment::Start), Some(date(2013, 8, 5)));
    assert_eq!(day(Moment::Matchday(1)), Some(date(2013, 8, 8)));
    assert_eq!(day(Moment::Date(date(2010, 1, 1))), Some(date(2010, 1, 1)));
    assert_eq!(day(Moment::Now), None);
    let history = bundled::open_history(&cup, None).expect("they are bundled");
    assert_eq!(known_by(&history, None).len(), 5);
    assert_eq!(known_by(&history, day(Moment::Start)).as_ref(), history);
    assert!(known_by(&history, Some(date(2000, 1, 1))).is_empty());
    // A learner is the fit of that day, whatever it was asked before.
    let specification = Specification::default_model();
    let learner = Learner::new(specification.clone(), history.clone());
    let current = cup.as_of(Moment::Start).to_edition();
    for day in [date(2012, 7, 1), date(2010, 3, 1), date(2012, 7, 1)] {
        let then: Vec<Edition> = known_by(&history, Some(day)).into_owned();
        let fitted = goals::fit(&specification, &then, &current).expect("it can be fitted");
        let learned = learner.as_of(Some(day)).expect("it can be trained");
        assert_eq!(learned.fit(&current).expect("it can be fitted"), fitted);
    }
}

#[test]
fn a_saved_model_that_knows_later_matches_is_refused() {
    let folder = folder(&[
        ("cup.toml", &cup("history = [\"2019.toml\"]")),
        ("2019.toml", &past(2019)),
    ]);
    let (cup, saved) = (path(&folder, "cup.toml"), path(&folder, "saved.json"));
    stdout(&["fit", &cup, "--as-of", "start", "--output", &saved]);
    stdout(&["rates", &cup, "--as-of", "start", "--fitted", &saved]);
    stdout(&["rates", &cup, "--as-of", "2019-07-01", "--fitted", &saved]);
    let told = refusal(&["rates", &cup, "--as-of", "2019-06-30", "--fitted", &saved]);
    assert!(
        told.contains("trained on matches up to 2019-07-01") && told.contains("--as-of"),
        "{told}"
    );
}
