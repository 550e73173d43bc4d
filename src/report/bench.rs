//! Measured speeds as a table for people, as JSON, and as a picture of how cost grows with the cup.

use super::number::tolerance_points;
use crate::bench::{PRECISION, Report};
use crate::plot::{Line, Lines, Picture, lines};
use crate::report::about::to_json;

/// The report as a table.
pub fn text(report: &Report) -> String {
    let sections = [
        one_core(report),
        threads(report),
        exact(report),
        precision(report),
        cups(report),
        memory(report),
    ];
    let sections = sections.into_iter().filter(|lines| lines.len() > 1);
    let heading = format!(
        "{}: {} matches a tournament, from the start\n",
        report.tournament, report.matches
    );
    [heading]
        .into_iter()
        .chain(sections.map(|lines| lines.join("\n") + "\n"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The report as a JSON document that ends in a newline.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn json(report: &Report) -> String {
    to_json(report)
}

fn one_core(report: &Report) -> Vec<String> {
    let mut lines = vec![format!(
        "{:<31} {:>8} {:>14} {:>13} {:>8}",
        "one core", "ns", "tournaments/s", "matches/s", "x plain"
    )];
    lines.extend(report.one_core.iter().map(|speed| {
        let star = if speed.same_job { "" } else { " *" };
        format!(
            "{:<31} {:>8.1} {:>13.2}M {:>12.0}M {:>8.1}",
            format!("{}{star}", speed.way),
            speed.nanoseconds,
            speed.tournaments_per_second / 1e6,
            speed.matches_per_second / 1e6,
            speed.times_plain
        )
    }));
    if report.one_core.iter().any(|speed| !speed.same_job) {
        lines.push(
            "* answers the same question with less work: scorelines are not drawn".to_owned(),
        );
    }
    lines
}

fn threads(report: &Report) -> Vec<String> {
    let mut lines = vec![format!(
        "{:<31} {:>8} {:>14} {:>13}",
        "on several threads", "threads", "tournaments/s", "efficiency"
    )];
    lines.extend(report.threads.iter().map(|scaling| {
        format!(
            "{:<31} {:>8} {:>13.2}M {:>13.2}",
            scaling.way,
            scaling.threads,
            scaling.tournaments_per_second / 1e6,
            scaling.efficiency
        )
    }));
    lines
}

fn exact(report: &Report) -> Vec<String> {
    let mut lines = vec![format!(
        "{:<31} {:>8} {:>14} {:>13}",
        "exact, no random numbers", "threads", "places, seeds", "everything"
    )];
    lines.extend(report.exact.iter().map(|cost| {
        format!(
            "{:<31} {:>8} {:>12.2} s {:>11.2} s",
            format!("to {} percentage points", tolerance_points(cost.tolerance)),
            cost.threads,
            cost.groups_seconds,
            cost.seconds
        )
    }));
    lines
}

fn precision(report: &Report) -> Vec<String> {
    let title = format!("one core, to {} pp", PRECISION * 100.0);
    let mut lines = vec![
        format!(
            "{title:<31} {:>23} {:>23}",
            "favourite's title", "every chance in a table"
        ),
        format!(
            "{:<31} {:>12} {:>10} {:>12} {:>10}",
            "", "runs", "seconds", "runs", "seconds"
        ),
    ];
    let millions =
        |runs: Option<f64>| runs.map_or("-".to_owned(), |runs| format!("{:.2}M", runs / 1e6));
    lines.extend(report.precision.iter().map(|time| {
        format!(
            "{:<31} {:>12} {:>10.3} {:>12} {:>10.3}",
            time.way,
            millions(time.title_runs),
            time.title_seconds,
            millions(time.table_runs),
            time.table_seconds
        )
    }));
    lines
}

fn cups(report: &Report) -> Vec<String> {
    let mut lines = vec![
        format!(
            "{:<23} {:>7} {:>9} {:>13} {:>13} {:>9}",
            "made-up cups, one core", "matches", "match by", "collapsed,", "Rao-", "start"
        ),
        format!(
            "{:<23} {:>7} {:>9} {:>13} {:>13} {:>9}",
            "groups, rounds", "", "match, ns", "drawn, ns", "Blackwell, ns", "ms"
        ),
    ];
    let or_dash = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.0}"));
    lines.extend(report.cups.iter().map(|cup| {
        format!(
            "{:<23} {:>7} {:>9.0} {:>13} {:>13} {:>9.1}",
            format!("{} clubs, {}, {}", cup.clubs, cup.groups, cup.rounds),
            cup.matches,
            cup.nanoseconds,
            or_dash(cup.drawn_nanoseconds),
            or_dash(cup.expected_nanoseconds),
            cup.start_milliseconds
        )
    }));
    lines
}

fn memory(report: &Report) -> Vec<String> {
    let mut lines = vec![format!(
        "{:<31} {:>8} {:>14}",
        "memory, match by match", "runs", "peak"
    )];
    lines.extend(report.memory.iter().map(|memory| {
        format!(
            "{:<31} {:>7.2}M {:>11.1} MB",
            "",
            memory.runs as f64 / 1e6,
            memory.peak_bytes as f64 / 1e6
        )
    }));
    lines
}

/// How the cost of a match grows with the cup, at a natural width.
pub fn picture(report: &Report, width: f64) -> Picture {
    let cups = &report.cups;
    let line = |label: &str, short: &str, cost: &dyn Fn(usize) -> Option<f64>| {
        let per_match = |cup: usize| Some(cost(cup)? / cups[cup].matches as f64);
        let values: Vec<f64> = (0..cups.len()).map_while(per_match).collect();
        let text = format!("{:.2} ns", values.last()?);
        let all = values.len() == cups.len();
        all.then(|| Line {
            label: label.to_owned(),
            short: short.to_owned(),
            values,
            text,
        })
    };
    let lines_drawn = [
        line("match by match", "matches", &|cup| {
            Some(cups[cup].nanoseconds)
        }),
        line("Rao-Blackwell", "RB", &|cup| cups[cup].expected_nanoseconds),
        line("collapsed, drawn", "drawn", &|cup| {
            cups[cup].drawn_nanoseconds
        }),
    ];
    let sizes = cups.iter().map(|cup| {
        format!(
            "{} clubs, {} groups, {} rounds",
            cup.clubs, cup.groups, cup.rounds
        )
    });
    lines(
        &Lines {
            title: "What a match costs as cups grow".to_owned(),
            note: "Nanoseconds a match on one core: the time of a tournament over its matches, extra time not counted. \
                   Collapsed groups after matchday 4, match by match from the start."
                .to_owned(),
            description: "Lines over made-up cups of 24, 48, 96 and 192 clubs. The cost of a match grows slowly \
                          with the size of a cup; only computed chances grow with the pairings of the bracket."
                .to_owned(),
            unit: " ns".to_owned(),
            moments: sizes.collect(),
            lines: lines_drawn.into_iter().flatten().collect(),
        },
        width,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::cups::{Strengths, cup};
    use crate::bench::run;

    #[test]
    fn a_table_names_every_way_and_fits_the_terminal() {
        let report = run(&cup(2), &Strengths::like_2013_14(6), 0.01);
        let text = text(&report);
        for part in [
            "match by match, portable",
            "collapsed, Rao-Blackwell, strata",
            "192 clubs, 64, 6",
            "favourite's title",
            "exact, to 0.001pp",
        ] {
            assert!(text.contains(part), "{part}:\n{text}");
        }
        assert!(text.lines().all(|line| line.len() <= 80), "{text}");
        assert!(json(&report).contains("\"same_job\": false"));
        let svg = picture(&report, 720.0).standalone(crate::plot::Theme::OfReader, None);
        assert!(svg.contains("192 clubs, 64 groups, 6 rounds") && svg.contains("Rao-Blackwell"));
    }
}
