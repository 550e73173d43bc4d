//! What must happen to win a group, from outside: real cases of both editions, and the three formats.

use super::command::{json, refusal, stdout};
use serde_json::Value;

/// The clubs of a report.
fn clubs(arguments: &[&str]) -> Vec<Value> {
    let full: Vec<&str> = ["scenarios", "--format", "json"]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    json(&full)["clubs"].as_array().expect("clubs").clone()
}

/// One club of a report: status, in its own hands, magic number, what suffices.
fn case(edition: &str, moment: &str, club: &str) -> (String, bool, Option<u64>, String) {
    let found = clubs(&[club, "--tournament", edition, "--as-of", moment]);
    assert_eq!(found.len(), 1, "one club");
    let text = |key: &str| found[0][key].as_str().unwrap_or("").to_owned();
    (
        text("status"),
        found[0]["in_own_hands"].as_bool().expect("yes or no"),
        found[0]["magic_number"].as_u64(),
        text("suffices"),
    )
}

#[test]
fn after_the_last_matchday_every_group_is_won() {
    for (edition, winners) in [
        ("ccl-2012-13", "SAN HER HOU SEA LA TIG MON XEL"),
        ("ccl-2013-14", "ARA KC CA ALA SJ TOL TIJ LA"),
    ] {
        let all = clubs(&["--tournament", edition, "--as-of", "groups"]);
        assert_eq!(all.len(), 24);
        let with = |status: &str| {
            let some = all.iter().filter(|club| club["status"] == status);
            some.map(|club| club["code"].as_str().expect("a code"))
                .collect::<Vec<_>>()
        };
        assert_eq!(with("clinched").join(" "), winners);
        assert_eq!(with("eliminated").len(), 16);
        for club in &all {
            let first = f64::from(u8::from(club["status"] == "clinched"));
            assert_eq!(club["group_place_1"].as_f64(), Some(first));
        }
    }
}

#[test]
fn real_cases_of_2013_14() {
    // Group 8 after matchday 4: LA Galaxy 6 points, Cartagines 4, Isidro Metapan 1. Isidro Metapan can still
    // reach 4 points only. LA Galaxy beat Cartagines 2-0 and has both to play away.
    let (status, own, magic, suffices) = case("ccl-2013-14", "md4", "LA");
    assert_eq!((status.as_str(), own, magic), ("open", true, Some(2)));
    assert_eq!(
        suffices,
        "do not lose at Cartaginés, \
         or either lose at Cartaginés by exactly 1 or by 2 scoring 1 or more, and do not lose at Isidro Metapán, \
         or either lose at Cartaginés 0-2 or by 3 or more, and win at Isidro Metapán"
    );
    assert_eq!(case("ccl-2013-14", "md4", "MET").0, "eliminated");
    assert!(
        !case("ccl-2013-14", "md4", "CAR").1,
        "Cartagines needs help"
    );
    assert_eq!(case("ccl-2013-14", "md5", "LA").0, "clinched");
    // Group 5 after matchday 4: Heredia 6 points, both to play away; Montreal and San Jose 3.
    let (status, own, magic, suffices) = case("ccl-2013-14", "md4", "Heredia");
    assert_eq!((status.as_str(), own, magic), ("open", true, Some(1)));
    assert_eq!(
        suffices,
        "do not lose at Montreal Impact, or lose at Montreal Impact and do not lose at San Jose Earthquakes"
    );
    let (_, own, magic, suffices) = case("ccl-2013-14", "md4", "SJ");
    assert_eq!((own, magic), (false, None));
    assert_eq!(
        suffices,
        "win against Heredia and Montreal Impact beat Heredia and come out ahead on head-to-head goal difference"
    );
    // After matchday 5 Montreal (0-1, 0-3, 1-0, 2-0) can no longer be first: if San Jose wins, all three have
    // six points, and San Jose's goal difference is at least +2, that of Montreal -1.
    assert_eq!(case("ccl-2013-14", "md5", "MTL").0, "eliminated");
    assert_eq!(case("ccl-2013-14", "md5", "SJ").3, "win against Heredia");
    assert_eq!(
        case("ccl-2013-14", "md5", "Heredia").3,
        "do not lose at San Jose Earthquakes"
    );
    // Tijuana: 7 points after matchday 4 and head-to-head ahead of Firpo, who can reach 7.
    assert_eq!(case("ccl-2013-14", "md4", "TIJ").0, "clinched");
}

#[test]
fn real_cases_of_2012_13() {
    // Group 2 after matchday 5: Herediano 9 points, Real Salt Lake 6 after losing 0-1 at Herediano. A win by 2 is
    // enough; at 1-0 they are level head-to-head, and Real Salt Lake has +3 to Herediano's +2; at 2-1
    // Herediano has an away goal.
    let (status, own, magic, suffices) = case("ccl-2012-13", "md5", "RSL");
    assert_eq!((status.as_str(), own, magic), ("open", true, None));
    assert_eq!(suffices, "win against Herediano by 2 or more or 1-0");
    assert_eq!(case("ccl-2012-13", "md5", "HER").2, Some(1));
    // Seattle had won its group after four matchdays.
    assert_eq!(case("ccl-2012-13", "md4", "SEA").0, "clinched");
    assert_eq!(case("ccl-2012-13", "md4", "MAR").0, "eliminated");
}

#[test]
fn probabilities_are_those_of_a_forecast() {
    for moment in ["md1", "md4"] {
        // 200,000 runs, seed 11.
        let forecast = json(&[
            "forecast", "--as-of", moment, "--sims", "200000", "--seed", "11", "--format", "json",
        ]);
        for club in clubs(&["--as-of", moment]) {
            let same = forecast["clubs"].as_array().expect("clubs").iter();
            let mut same = same.filter(|other| other["code"] == club["code"]);
            let simulated = same.next().expect("the club")["group_place"][0].as_f64();
            let (exact, simulated) = club["group_place_1"].as_f64().zip(simulated).expect("odds");
            // Within 4 standard errors; what is certain is certain in every run.
            let error = (exact * (1.0 - exact) / 200_000.0).sqrt();
            let near = (exact - simulated).abs() <= 4.0 * error + 1e-9;
            assert!(near, "{} {moment}: {exact} and {simulated}", club["code"]);
        }
    }
}

#[test]
fn collecting_the_magic_number_is_one_way_to_win_the_group() {
    for moment in ["start", "md2", "md4"] {
        for club in clubs(&["--as-of", moment]) {
            let chance = club["magic_number_probability"].as_f64();
            assert_eq!(chance.is_some(), club["magic_number"].is_u64(), "{club}");
            let first = club["group_place_1"].as_f64().expect("odds");
            assert!(chance.unwrap_or(0.0) <= first + 1e-9, "{moment} {club}");
        }
    }
    let text = stdout(&["scenarios", "TOL", "--as-of", "md4"]);
    assert!(
        text.contains("\nmagic    1 point, which it collects with "),
        "{text}"
    );
}

#[test]
fn statements_add_up() {
    for club in clubs(&["--as-of", "md4"]) {
        let statements = club["statements"].as_array().expect("two matches are left");
        let chances = statements
            .iter()
            .map(|one| one["probability"].as_f64().expect("a chance"));
        let total: f64 = chances.sum();
        if club["status"] == "open" {
            let odds = club["group_place_1"].as_f64().expect("odds");
            assert!(
                (total - odds).abs() < 1e-12,
                "{}: {total} and {odds}",
                club["code"]
            );
        } else {
            assert!(statements.is_empty(), "nothing is left to say");
        }
    }
}

#[test]
fn text_has_a_line_a_club_and_fits() {
    for arguments in [
        &["scenarios"][..],
        &["scenarios", "--as-of", "md4"],
        &["scenarios", "LA Galaxy", "--as-of", "md4"],
        &["scenarios", "KC", "--as-of", "md4"],
        &[
            "scenarios",
            "SAN",
            "--tournament",
            "ccl-2012-13",
            "--as-of",
            "md4",
        ],
    ] {
        let text = stdout(arguments);
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "fits 80 columns:\n{text}"
        );
    }
    let text = stdout(&["scenarios", "--as-of", "md4"]);
    assert_eq!(text.matches("\nGroup ").count(), 8, "{text}");
    let tijuana = text.lines().find(|line| line.starts_with("Tijuana "));
    let words: Vec<&str> = tijuana.expect("a line").split_whitespace().collect();
    assert_eq!(words.join(" "), "Tijuana 7 1 100% has won the group");
    let toluca = stdout(&["scenarios", "TOL"]);
    assert!(
        toluca.contains("in its own hands: 10 points suffice"),
        "{toluca}"
    );
    assert!(
        toluca.contains("once at most 2 matches of the group are left"),
        "{toluca}"
    );
}

#[test]
fn csv_has_a_row_a_statement() {
    let text = stdout(&["scenarios", "LA", "--as-of", "md4", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    assert_eq!(header.iter().next_back(), Some("probability"));
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| &row[0] == "LA" && &row[7] == "2"));
    let whole = stdout(&["scenarios", "--format", "csv"]);
    assert_eq!(whole.lines().count(), 25, "before that a row a club");
}

#[test]
fn a_wrong_club_is_refused_with_a_way_out() {
    let message = refusal(&["scenarios", "ccl-2012-15"]);
    assert!(message.contains("did you mean `ccl-2012-13`?"), "{message}");
    let message = refusal(&["scenarios", "Tolucca"]);
    assert!(message.contains("did you mean Toluca (TOL)"), "{message}");
}
