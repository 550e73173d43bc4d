//! What `cupcast ask` prints, and how it refuses.

use super::command::{json, refusal, stdout};

#[test]
fn questions_agree_with_the_forecast_of_the_same_seed() {
    // The same tournaments are counted, so the shares are equal.
    let questions = [
        "ask",
        "TOL champion",
        "TOL wins its group",
        "CA is seed 2",
        "CA in the final",
    ];
    let options = ["--sims", "30000", "--seed", "3", "--format", "json"];
    let found = json(&[&questions[..], &options[..]].concat());
    let forecast = json(&[
        "forecast", "--sims", "30000", "--seed", "3", "--format", "json",
    ]);
    let clubs = forecast["clubs"].as_array().expect("clubs");
    let club = |code: &str| {
        clubs
            .iter()
            .find(|club| club["code"] == code)
            .expect("a club")
    };
    let expected = [
        &club("TOL")["title"],
        &club("TOL")["group_place"][0],
        &club("CA")["seed"][1],
        &club("CA")["final"],
    ];
    for (answer, expected) in found["answers"]
        .as_array()
        .expect("answers")
        .iter()
        .zip(expected)
    {
        assert_eq!(&answer["probability"], expected, "{answer}");
    }
}

#[test]
fn text_names_every_question_and_its_error() {
    let question = "CA champion given TOL out in the semifinal";
    let text = stdout(&["ask", question, "TOL-CAL 2-1", "--sims", "20000"]);
    for words in [question, "TOL-CAL 2-1", "what is given happened in", "±"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let csv = stdout(&["ask", question, "--sims", "20000", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 2);
}

#[test]
fn mistakes_in_all_questions_are_shown_at_once() {
    let message = refusal(&["ask", "TOL champoin", "Tolucca champion"]);
    assert!(message.contains("did you mean `champion`?"), "{message}");
    assert!(message.contains("`tolucca` is no club"), "{message}");
}

#[test]
fn help_documents_the_language() {
    let help = stdout(&["ask", "--help"]);
    for words in [
        "given",
        "seed 1-4",
        "goes to extra time",
        "total goals in the final over 2",
    ] {
        assert!(help.contains(words), "{words}: {help}");
    }
}
