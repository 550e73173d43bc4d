//! The odds of a draw for people: the number of valid draws, then the pairs of clubs that matter most.

use super::draw::DrawReport;
use super::number::{grouped, percent, percentage_points};
use crate::draw::PairOdds;
use crate::ids::ClubId;
use crate::odds::Chance;
use std::fmt::Write;

/// How many pairs are shown when no club is named.
const MOST_PAIRS: usize = 12;
/// The width of a column of club names.
const NAME_WIDTH: usize = 22;
/// The width of a column of probabilities.
const PERCENT_WIDTH: usize = 11;
/// The width of the column of biases, room for a standard error included.
const BIAS_WIDTH: usize = 13;

/// The number of valid draws and how the odds were obtained, then the companions of the named club, pot by
/// pot, or the pairs with the largest bias (the likeliest pairs, if only one procedure was asked for).
pub fn text(report: &DrawReport) -> String {
    let mut text = heading(report) + "\n";
    match report.club {
        Some(club) => text.push_str(&companions(report, club)),
        None => text.push_str(&leading_pairs(report)),
    }
    text.push('\n');
    if !report.tournament.awaits_draw() {
        text.push_str("* share a group in reality\n");
    }
    let simulated = report
        .odds
        .sequential
        .as_ref()
        .and_then(|odds| odds.simulated);
    if simulated.is_some() && report.odds.uniform.is_some() {
        text.push_str("~ within two standard errors of no bias\n");
    }
    text
}

/// The lines above the table.
fn heading(report: &DrawReport) -> String {
    let tournament = report.tournament;
    let mut lines = vec![
        format!(
            "{} {}: the draw of the groups",
            tournament.competition, tournament.edition
        ),
        match report.odds.count {
            Some(count) => format!(
                "valid       {} draws; {} if labels do not matter",
                in_thousands(count.labelled),
                in_thousands(count.without_labels)
            ),
            None => "valid       more draws than can be counted".to_owned(),
        },
    ];
    if report.odds.uniform.is_some() {
        lines.push("uniform     every valid draw equally likely; exact".to_owned());
    }
    if let Some(odds) = &report.odds.sequential {
        let rule = "sequential  pot by pot, each club to the first group without a dead end";
        lines.push(match odds.simulated {
            None => format!("{rule}; exact"),
            Some(luck) => format!(
                "{rule}\n            ({} random draws, seed {})",
                grouped(luck.draws),
                luck.seed
            ),
        });
    }
    if tournament.awaits_draw() {
        lines.push("real draw   still to be held".to_owned());
        return lines.join("\n") + "\n";
    }
    let violations = report.violations();
    if violations.is_empty() {
        lines.push("real draw   satisfies every constraint".to_owned());
    }
    lines.extend(
        violations
            .iter()
            .map(|wrong| format!("real draw   {wrong}")),
    );
    lines.join("\n") + "\n"
}

/// The clubs that may join a club, pot by pot, likeliest first.
fn companions(report: &DrawReport, club: ClubId) -> String {
    let pot = |club: ClubId| report.tournament.club(club).pot.as_deref().unwrap_or("-");
    let name = report.tournament.name_and_code(club);
    let mut text = format!("Who joins {name} of pot {}\n", pot(club));
    text.push_str(&line(report, ["pot", "club"], None));
    let others = report
        .drawing
        .pots()
        .iter()
        .filter(|clubs| !clubs.contains(&club));
    for clubs in others {
        let mut clubs = clubs.clone();
        clubs.sort_by(|a, b| {
            let [a, b] = [*a, *b].map(|other| rounded(probability(report, club, other)));
            b.total_cmp(&a)
        });
        for other in clubs {
            let words = [pot(other), report.tournament.club(other).name.as_str()];
            text.push_str(&line(report, words, Some((club, other))));
        }
    }
    text
}

/// The pairs with the largest bias, or the likeliest ones where there is no bias to show.
fn leading_pairs(report: &DrawReport) -> String {
    let bias = report.odds.bias();
    let weight = |(one, other)| match &bias {
        Some(bias) => rounded(bias.get(one, other).abs()),
        None => rounded(probability(report, one, other)),
    };
    let mut pairs = report.pairs();
    pairs.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
    let title = if bias.is_some() {
        "Pairs with the largest bias: sequential minus uniform, in percentage points"
    } else {
        "The likeliest pairs"
    };
    let mut text = format!("{title}\n{}", line(report, ["club", "club"], None));
    for (one, other) in pairs.into_iter().take(MOST_PAIRS) {
        let words = [one, other].map(|club| report.tournament.club(club).name.as_str());
        text.push_str(&line(report, words, Some((one, other))));
    }
    text
}

/// The probability to order pairs by: that of the procedure that is held on stage, if it is there.
fn probability(report: &DrawReport, one: ClubId, other: ClubId) -> f64 {
    let sequential = report.odds.sequential.as_ref().map(|odds| &odds.pairs);
    let odds = sequential.or(report.odds.uniform.as_ref());
    odds.map_or(0.0, |odds| odds.get(one, other))
}

/// Numbers that are equal in theory may differ in their last digits, and should keep file order.
fn rounded(number: f64) -> f64 {
    (number * 1e12).round()
}

/// One line of the table: two columns of words, then the numbers of a pair, or else their titles.
fn line(report: &DrawReport, words: [&str; 2], pair: Option<(ClubId, ClubId)>) -> String {
    let first_width = if report.club.is_some() { 5 } else { NAME_WIDTH };
    let together = pair.and_then(|(one, other)| report.share_a_group(one, other));
    let mut line = format!(
        "{}{}{}",
        left(words[0], first_width),
        if together == Some(true) { "* " } else { "  " },
        left(words[1], NAME_WIDTH)
    );
    let mut cell = |text: &str, width: usize| {
        write!(line, "{text:>width$}").expect("memory can be written");
    };
    if let Some(odds) = &report.odds.uniform {
        cell(&percentage(odds, pair, None, "uniform"), 9);
    }
    if let Some(odds) = &report.odds.sequential {
        // A pair that was never seen may still be possible, unless the exact odds beside it say no.
        let simulated = odds.simulated.filter(|_| !is_impossible(report, pair));
        let draws = simulated.map(|simulated| simulated.draws);
        cell(
            &percentage(&odds.pairs, pair, draws, "sequential"),
            PERCENT_WIDTH,
        );
    }
    if let Some(bias) = report.odds.bias() {
        let errors = report.odds.standard_errors();
        cell(&bias_cell(&bias, errors.as_ref(), pair), BIAS_WIDTH);
    }
    line.trim_end().to_owned() + "\n"
}

/// Whether the exact odds rule a pair out: both procedures give the same draws a chance.
fn is_impossible(report: &DrawReport, pair: Option<(ClubId, ClubId)>) -> bool {
    match (&report.odds.uniform, pair) {
        (Some(odds), Some((one, other))) => odds.get(one, other) <= 0.0,
        _ => false,
    }
}

/// The odds of a pair, counted over so many random draws or exact; or else their title.
fn percentage(
    odds: &PairOdds,
    pair: Option<(ClubId, ClubId)>,
    draws: Option<u64>,
    title: &str,
) -> String {
    pair.map_or(title.to_owned(), |(one, other)| {
        let share = odds.get(one, other);
        percent(match draws {
            Some(draws) => Chance::of_share(share, draws),
            None => Chance::estimate(share, 0.0),
        })
    })
}

/// The bias of a pair with its standard error, if it has one; a tilde marks what may be luck.
fn bias_cell(bias: &PairOdds, errors: Option<&PairOdds>, pair: Option<(ClubId, ClubId)>) -> String {
    let Some((one, other)) = pair else {
        return "bias, pp".to_owned();
    };
    let value = bias.get(one, other);
    // Rounding leaves a bias of some 1e-17 where there is none.
    let value = if rounded(value) == 0.0 { 0.0 } else { value };
    let Some(error) = errors.map(|errors| errors.get(one, other)) else {
        return percentage_points(value);
    };
    let mark = if value.abs() <= 2.0 * error { "~" } else { "" };
    format!("{mark}{} ±{:.2}", percentage_points(value), error * 100.0)
}

/// A count with separators, however long.
fn in_thousands(count: u128) -> String {
    u64::try_from(count).map_or_else(|_| count.to_string(), grouped)
}

/// A text cut or filled up to a width.
fn left(text: &str, width: usize) -> String {
    let cut = if text.chars().count() > width {
        let start: String = text.chars().take(width - 1).collect();
        start + "…"
    } else {
        text.to_owned()
    };
    format!("{cut:<width$}")
}
