//! What `cupcast table` shows: the tournament as it stands, in text and in JSON.

use cupcast::report::table::{json, sentences, text};
use cupcast::tournament::{Goals, Moment, Tournament, bundled};

fn cup(moment: &str) -> Tournament {
    let cup = bundled::open("ccl-2013-14").expect("a bundled tournament");
    let moment = Moment::parse(moment, &cup).expect("a moment");
    cup.as_of(moment)
}

/// The lines of a text from the one that is `first` to the next empty one.
fn part(text: &str, first: &str) -> String {
    let lines = text.lines().skip_while(|line| line.trim() != first);
    let lines: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    assert!(!lines.is_empty(), "no line `{first}` in\n{text}");
    lines.join("\n")
}

#[test]
fn a_group_table() {
    let expected = "
  Group 5
1 San Jose Earthquakes   4 2 0 2   4-2  +2    0   6
2 Montreal Impact        4 2 0 2   3-4  -1    0   6
3 Heredia                4 2 0 2   2-3  -1    0   6";
    let text = text(&cup("now"), false, 80);
    assert_eq!(part(&text, "Group 5"), expected.trim_start_matches('\n'));
}

#[test]
fn the_bracket_says_how_each_tie_was_decided() {
    let text = text(&cup("now"), false, 90);
    let quarterfinals = "
Quarterfinal
QF1  Toluca (1) beat San Jose Earthquakes (8) 5-4 on penalties, 2-2 on aggregate
     2014-03-11  San Jose Earthquakes 1-1 Toluca
     2014-03-19  Toluca 1-1 San Jose Earthquakes, 1-1 after extra time, 5-4 on penalties
QF2  Cruz Azul (2) beat Sporting Kansas City (7) 5-2 on aggregate
     2014-03-12  Sporting Kansas City 1-0 Cruz Azul
     2014-03-19  Cruz Azul 5-1 Sporting Kansas City
QF3  Tijuana (3) beat LA Galaxy (6) 4-3 on aggregate
     2014-03-12  LA Galaxy 1-0 Tijuana
     2014-03-18  Tijuana 4-2 LA Galaxy
QF4  Alajuelense (5) beat Árabe Unido (4) 2-0 on aggregate
     2014-03-10  Alajuelense 0-0 Árabe Unido
     2014-03-20  Árabe Unido 0-2 Alajuelense";
    assert_eq!(part(&text, "Quarterfinal"), quarterfinals.trim_start());
    let last = "
Final
F  Cruz Azul (2) beat Toluca (1) 1-0 on away goals, 1-1 on aggregate
   2014-04-15  Cruz Azul 0-0 Toluca
   2014-04-23  Toluca 1-1 Cruz Azul";
    assert_eq!(part(&text, "Final"), last.trim_start());
}

#[test]
fn a_bracket_in_progress() {
    let text = text(&cup("sf-leg1"), false, 80);
    let semifinals = "
Semifinal
SF1  Toluca (1) v Alajuelense (5), 1-0 after the first leg
     2014-04-01  Alajuelense 0-1 Toluca
     2014-04-08  Toluca - Alajuelense
SF2  Cruz Azul (2) v Tijuana (3), 0-1 after the first leg
     2014-04-01  Tijuana 1-0 Cruz Azul
     2014-04-09  Cruz Azul - Tijuana";
    assert_eq!(part(&text, "Semifinal"), semifinals.trim_start());
    assert_eq!(
        part(&text, "Final"),
        "Final\nF  winner of SF1 v winner of SF2"
    );
}

#[test]
fn provisional_seeds_are_marked() {
    let text = text(&cup("md4"), false, 80);
    let title = "Seeds as they stand (the leaders of groups that are not over)";
    let seeds = part(&text, title);
    assert_eq!(seeds.matches("provisional").count(), 8);
    assert!(
        text.contains("QF1  seed 1 v seed 8 (as it stands, Toluca v Heredia)"),
        "{text}"
    );
}

#[test]
fn every_pair_level_on_points_is_explained() {
    let told = sentences(&cup("now"));
    let of_groups: Vec<&str> = told
        .iter()
        .filter(|(place, _)| place.starts_with("Group"))
        .map(|(_, sentence)| sentence.as_str())
        .collect();
    let expected = [
        "San Jose Earthquakes above Montreal Impact, both on 6 points. Among San Jose Earthquakes, \
         Montreal Impact and Heredia: points 6 each, goal difference +2 against -1 decides",
        "San Jose Earthquakes above Heredia, both on 6 points. Among San Jose Earthquakes, \
         Montreal Impact and Heredia: points 6 each, goal difference +2 against -1 decides",
        "Montreal Impact above Heredia, both on 6 points. Among San Jose Earthquakes, \
         Montreal Impact and Heredia: points 6 each, goal difference -1 each, away goals 0 each; \
         then between the two alone: points 3 each, goal difference +1 against -1 decides",
        "Cartaginés above Isidro Metapán, both on 4 points. Between the two alone: \
         points 4 against 1 decides",
    ];
    assert_eq!(of_groups, expected);
    assert_eq!(
        told.last()
            .map(|(place, sentence)| (place.as_str(), sentence.as_str())),
        Some((
            "Seeds",
            "Alajuelense above LA Galaxy, both on 9 points. Over all group matches: \
             goal difference +3 against +2 decides"
        ))
    );
}

/// Group 1 with every match 1-0 for the home club, so that nothing separates its three clubs.
fn level_group() -> Tournament {
    let mut cup = cup("groups");
    for fixture in cup.fixtures.iter_mut().filter(|it| it.group.index() == 0) {
        fixture.result = Some(Goals { home: 1, away: 0 });
    }
    cup
}

#[test]
fn clubs_that_only_lots_could_separate_are_marked() {
    let mut cup = level_group();
    let before = text(&cup, true, 80);
    assert!(before.contains("1= Árabe Unido"), "{before}");
    assert!(before.contains("1= W Connection"), "{before}");
    assert!(before.contains("= level on every criterion; only lots could separate these clubs"));
    assert!(
        before.contains("QF1  seed 1 v seed 8 (as it stands, "),
        "{before}"
    );
    let sentence = "Árabe Unido and Houston Dynamo, both on 6 points. Among Árabe Unido, Houston \
         Dynamo and W Connection: points 6 each, goal difference 0 each, away goals 0 each; then \
         over all group matches: goal difference 0 each, goals 2 each, away goals 0 each; only lots \
         could separate them";
    assert_eq!(sentences(&cup)[0].1, sentence);

    cup.lots = [2, 0, 1].map(|index| cup.groups[0].clubs[index]).to_vec();
    let after = text(&cup, true, 80);
    assert!(!after.contains('='), "{after}");
    assert!(after.contains("1 W Connection"), "{after}");
    assert!(
        sentences(&cup)[0]
            .1
            .ends_with("away goals 0 each; lots decided")
    );
}

#[test]
fn every_moment_fits_eighty_columns_and_has_no_trailing_space() {
    let whole = cup("now");
    for moment in Moment::all(&whole) {
        let text = text(&whole.as_of(moment), true, 80);
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
            assert_eq!(line, line.trim_end());
        }
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"));
    }
}

#[test]
fn json_says_the_same() {
    let report = serde_json::to_value(json(&cup("now"))).expect("plain data");
    assert_eq!(report["tournament"]["group_matches_played"], 48);
    let montreal = &report["groups"][4]["rows"][1];
    assert_eq!(montreal["name"], "Montreal Impact");
    assert_eq!(montreal["goal_difference"], -1);
    assert_eq!(montreal["place"], 2);
    let pair = &report["groups"][4]["separations"][2];
    assert_eq!(pair["decided_by"], "head-to-head goal difference");
    assert_eq!(pair["steps"].as_array().map(Vec::len), Some(5));
    assert_eq!(pair["steps"][4]["among"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["seeds"]["settled"], true);
    assert_eq!(report["seeds"]["rows"][0]["name"], "Toluca");
    let last = &report["ties"][6];
    assert_eq!(last["decided_by"], "away goals");
    assert_eq!(last["aggregate"], serde_json::json!([1, 1]));
    assert_eq!(last["legs"][1]["goals"], serde_json::json!([1, 1]));
    let shoot_out = &report["ties"][0]["legs"][1]["penalties"];
    assert_eq!(*shoot_out, serde_json::json!([5, 4]));

    let report = serde_json::to_value(json(&cup("md3"))).expect("plain data");
    assert_eq!(report["seeds"]["settled"], false);
    assert_eq!(report["ties"][0]["clubs"], serde_json::json!([null, null]));
    assert_eq!(
        report["ties"][0]["sides"],
        serde_json::json!(["seed 1", "seed 8"])
    );
}
