//! Saved models: what was written is read, to the last digit, and what is not what was written is refused by its part.

use cupcast::goals::{self, GoalModel, Occasion, SavedModel, Specification, fingerprint};
use cupcast::ids::ClubId;
use cupcast::tournament::{Moment, bundled};

#[test]
fn a_saved_model_survives_the_way_to_disk_and_back() {
    let tournament = bundled::open("ccl-2013-14").expect("it is bundled");
    let history = bundled::open_history(&tournament, None).expect("its history is bundled");
    let current = tournament.as_of(Moment::Matchday(4)).to_edition();
    let model = goals::fit(&Specification::default_model(), &history, &current);
    let saved = SavedModel {
        model: model.expect("it can be fitted"),
        tournament: current.id.clone(),
        as_of: "md4".to_owned(),
        fingerprint: fingerprint(&history, &current),
    };
    let read = SavedModel::from_json(&saved.to_json()).expect("it was just written");
    assert_eq!(read.model.coefficients(), saved.model.coefficients());
    assert_eq!(read.model.ratings(), saved.model.ratings());
    assert_eq!(read.to_json(), saved.to_json());
    let pair = (ClubId::new(0), ClubId::new(1), Occasion::FirstLeg);
    let [one, two] = [&read, &saved].map(|saved| saved.model.rates(pair.0, pair.1, pair.2));
    assert_eq!(one, two);
    // A form of version 1 as it was first written: later programs have to read it too.
    let kept = SavedModel::from_json(include_str!("data/saved_model_version_1.json"));
    assert_eq!(kept.expect("it is readable").model.clubs().len(), 24);
}

/// A change of a saved model, the part it is in, and what is said of it where there are no checksums; nothing for what is
/// possible.
type Change<'a> = (&'a str, serde_json::Value, &'a str, Option<&'a str>);

/// Changes of every part; `estimate` is where a coefficient stands.
fn changes(estimate: &str) -> Vec<Change<'_>> {
    let hidden = "a text in it holds a character that cannot be seen";
    vec![
        ("/tournament", "ccl\u{1b}[2J".into(), "origin", Some(hidden)),
        ("/as_of", "md1".into(), "origin", None),
        (
            "/specification/title",
            "\u{202e}x".into(),
            "specification",
            Some(hidden),
        ),
        (
            "/specification/terms/0/deviation",
            0.0.into(),
            "specification",
            Some("`deviation` has 0"),
        ),
        (
            "/specification/terms/0/kind",
            "levle".into(),
            "specification",
            Some("it has a word that"),
        ),
        (
            "/log_likelihood",
            5.0.into(),
            "summary",
            Some("`log_likelihood` has 5"),
        ),
        (
            "/warnings",
            vec!["\u{1b}[2J"].into(),
            "summary",
            Some(hidden),
        ),
        (estimate, 0.4.into(), "coefficients", None),
        (
            estimate,
            19.0.into(),
            "coefficients",
            Some("expected goals; a side's rate lies between"),
        ),
        (
            estimate,
            1e300.into(),
            "coefficients",
            Some("which is not between -20 and 20"),
        ),
        (
            "/coefficients/0/term",
            99.into(),
            "coefficients",
            Some("there is no term 99"),
        ),
        (
            "/precision_factor/0",
            0.0.into(),
            "precision_factor",
            Some("a standard deviation of"),
        ),
        (
            "/precision_factor/0",
            (-1e300).into(),
            "precision_factor",
            Some("an entry has -1"),
        ),
        (
            "/precision_factor",
            vec![1.0].into(),
            "precision_factor",
            Some("it has 1 entries"),
        ),
        (
            "/clubs/0/attack/0/0",
            1_000_000.into(),
            "clubs",
            Some("TIJ needs coefficient 1000000"),
        ),
        (
            "/clubs/0/attack/0/1",
            1e9.into(),
            "clubs",
            Some("TIJ has 1000000000"),
        ),
    ]
}

/// A change anywhere in a saved model is found, and the part is named; an old one without checksums has its ranges.
#[test]
fn a_damaged_model_is_refused_by_its_part() {
    let tournament = bundled::open("ccl-2013-14").expect("it is bundled");
    let history = bundled::open_history(&tournament, None).expect("its history is bundled");
    let current = tournament.as_of(Moment::Start).to_edition();
    let model = goals::fit(&Specification::default_model(), &history, &current);
    let saved = SavedModel {
        model: model.expect("it can be fitted"),
        tournament: current.id.clone(),
        as_of: "start".to_owned(),
        fingerprint: fingerprint(&history, &current),
    };
    let sound: serde_json::Value =
        serde_json::from_str(&saved.to_json()).expect("it is JSON, in whatever layout");
    assert!(SavedModel::from_json(&sound.to_string()).is_ok());
    let level = sound["coefficients"].as_array().expect("a list").len() - 20;
    let estimate = format!("/coefficients/{level}/estimate");
    for (pointer, value, part, fact) in changes(&estimate) {
        let mut damaged = sound.clone();
        *damaged.pointer_mut(pointer).expect("it is there") = value;
        let found = SavedModel::from_json(&damaged.to_string()).expect_err("it was changed");
        let expected = format!("is damaged in its part `{part}`: it is not what was saved");
        assert!(found.to_string().contains(&expected), "{pointer}: {found}");
        if part == "coefficients" {
            let column = damaged
                .to_string()
                .find("\"coefficients\"")
                .expect("its key")
                + 1;
            let place = format!("line 1, column {column}: ");
            assert!(found.to_string().starts_with(&place), "{found}");
        }
        damaged["version"] = 1.into();
        match (SavedModel::from_json(&damaged.to_string()), fact) {
            (Ok(_), None) => {}
            (Err(found), Some(fact)) => {
                let found = found.to_string();
                let expected = format!("is damaged in its part `{part}`: ");
                assert!(
                    found.contains(&expected) && found.contains(fact),
                    "{pointer}: {found}"
                );
            }
            (found, _) => panic!("{pointer}: {found:?}"),
        }
    }
    let written = saved.to_json().replacen("-0.1", "-0.2", 1);
    let found = SavedModel::from_json(&written).expect_err("it was changed");
    assert!(found.to_string().starts_with("line "), "{found}");
    let cut = &saved.to_json()[..5000];
    assert!(SavedModel::from_json(cut).is_err(), "the end is missing");
}
