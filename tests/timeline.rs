//! The timeline from outside: every moment is the forecast of its day, and the chart fits a terminal.

use super::command::{json, refusal, stdout};

const SHORT: [&str; 5] = ["timeline", "--sims", "2000", "--seed", "3"];

#[test]
fn every_moment_is_the_forecast_as_of_then() {
    let arguments = [
        &SHORT[..],
        &[
            "--format",
            "json",
            "--quantity",
            "title",
            "--quantity",
            "sf",
        ],
    ];
    let timeline = json(&arguments.concat());
    let moments = timeline["moments"].as_array().expect("moments");
    assert_eq!(moments.len(), 14);
    assert_eq!(moments[0]["moment"], "draw");
    assert_eq!(moments[0]["date"], "2013-06-03");
    assert_eq!(moments[0]["sims"], 2048, "whole draws");
    let rows = timeline["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 14 * 2 * 24);
    for moment in ["draw", "start", "md3", "groups", "final-leg1"] {
        let common = [
            "forecast", "--sims", "2000", "--seed", "3", "--format", "json",
        ];
        let then: &[&str] = match moment {
            "draw" => &["--before-draw"],
            moment => &["--as-of", moment],
        };
        let forecast = json(&[&common, then].concat());
        for club in forecast["clubs"].as_array().expect("clubs") {
            for quantity in ["title", "semifinal"] {
                let row = rows.iter().find(|row| {
                    row["moment"] == moment
                        && row["club"] == club["code"]
                        && row["quantity"] == quantity
                });
                let row = row.expect("a row for every club");
                assert_eq!(row["probability"], club[quantity], "{moment} {quantity}");
                assert_eq!(row["standard_error"], club["standard_error"][quantity]);
            }
        }
    }
}

#[test]
fn csv_is_tidy_and_the_same_every_time() {
    let arguments = [&SHORT[..], &["--format", "csv"]].concat();
    let text = stdout(&arguments);
    assert_eq!(text, stdout(&arguments), "byte for byte");
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("moment,date,club,quantity,probability,standard_error")
    );
    assert_eq!(lines.count(), 14 * 2 * 24, "title and group by default");
    assert!(
        text.contains("\nfinal,2014-04-23,CA,title,1,0\n"),
        "Cruz Azul is champion"
    );
}

#[test]
fn the_chart_fits_a_terminal_and_stops_where_asked() {
    let text = stdout(&SHORT);
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "fits 80 columns:\n{text}"
    );
    assert!(
        text.contains("wins the title") && text.contains("wins its group"),
        "{text}"
    );
    let cruz_azul = text.lines().find(|line| line.starts_with("Cruz Azul"));
    assert!(cruz_azul.is_some_and(|line| line.contains("██")), "{text}");
    let early = stdout(&[&SHORT[..], &["--as-of", "md2"]].concat());
    assert!(early.contains("moments  draw start md1 md2\n"), "{early}");
}

#[test]
fn a_heading_longer_than_all_names_is_whole() {
    let text = stdout(&["timeline", "models/tiny/two-groups.toml", "--sims", "64"]);
    assert!(text.contains("\nwins its group  start"), "{text}");
}

#[test]
fn an_unknown_quantity_is_refused() {
    let message = refusal(&["timeline", "--quantity", "cup"]);
    assert!(
        message.contains("write one of title, group, quarterfinal, semifinal, final"),
        "{message}"
    );
}
