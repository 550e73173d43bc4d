//! The odds of draws of a cup, for people and programs.

use super::document::{FORMAT, TournamentForm, program, tournament};
use super::forecast::pad;
use crate::cup::Cup;
use crate::ids::ClubId;
use crate::pairings::{DrawOdds, PairOdds};
use crate::report::fold::hanging;
use crate::report::number::{grouped, open_percent};
use crate::report::rows::Rows;
use serde::Serialize;
use std::fmt::Write;

/// Odds of draws with everything needed to judge and repeat them.
#[derive(Debug, Clone, Copy)]
pub struct CupDraws<'a> {
    /// The cup with all that its files know.
    pub cup: &'a Cup,
    /// The draws that were asked for.
    pub draws: &'a [DrawOdds],
    /// The seed of simulated cups.
    pub seed: u64,
    /// Only pairs with this club.
    pub club: Option<ClubId>,
}

/// A matrix is shown up to so many columns.
const MOST_COLUMNS: usize = 9;

/// So many likely opponents are named where there is no matrix.
const MOST_NAMED: usize = 5;

/// The odds as text.
pub fn text(report: &CupDraws<'_>, width: usize) -> String {
    let cup = report.cup;
    let mut out = format!("{} {}\n", cup.competition(), cup.edition());
    for draw in report.draws {
        let unit = cup.format().unit(draw.unit);
        let stage = &cup.format().stage(unit.stage).name;
        let _ = writeln!(
            out,
            "\n{}: who meets whom, {}",
            stage,
            cup.instant_words(draw.instant)
        );
        let method = match (draw.runs, draw.outcomes) {
            (Some(runs), _) => format!(
                "simulated {} times from seed {}",
                grouped(runs),
                report.seed
            ),
            (None, Some(outcomes)) => {
                let ways = if outcomes < 1e15 {
                    grouped(outcomes as u64)
                } else {
                    format!("{outcomes:.3e}")
                };
                format!("exact, over {ways} ways in which the balls may be drawn")
            }
            (None, None) => "exact".to_owned(),
        };
        let _ = writeln!(out, "{}", hanging("method   ", &method, width));
        out += &body(report, draw, width);
    }
    out
}

fn body(report: &CupDraws<'_>, draw: &DrawOdds, width: usize) -> String {
    let by_pots = draw.pots.as_ref().and_then(|pots| match pots.as_slice() {
        [one] => Some([one, one]),
        [one, other] => Some([one, other]),
        _ => None,
    });
    match by_pots {
        Some([rows, columns]) if report.club.is_none() && columns.len() <= MOST_COLUMNS => {
            matrix(report, draw, rows, columns)
        }
        _ => opponents(report, draw, width),
    }
}

fn chance_of(draw: &DrawOdds, one: ClubId, other: ClubId) -> Option<&PairOdds> {
    let pairs = [[one, other], [other, one]];
    draw.pairs.iter().find(|pair| pairs.contains(&pair.clubs))
}

/// A row a club of the first pot, a column a club of the last.
fn matrix(report: &CupDraws<'_>, draw: &DrawOdds, rows: &[ClubId], columns: &[ClubId]) -> String {
    let cup = report.cup;
    let names = rows.iter().map(|club| cup.club(*club).name.chars().count());
    let name_width = names
        .max()
        .unwrap_or(0)
        .clamp(8, 78 - 7 * columns.len().min(MOST_COLUMNS));
    let mut out = format!("\n{}", " ".repeat(name_width));
    for column in columns {
        let _ = write!(out, "{:>7}", cup.club(*column).code);
    }
    out.push('\n');
    for row in rows {
        out += &pad(&cup.club(*row).name, name_width);
        for column in columns {
            let pair = chance_of(draw, *row, *column);
            let words = pair.map_or_else(
                || "-".to_owned(),
                |pair| {
                    let mark = if pair.really == Some(true) { "*" } else { "" };
                    format!("{}{mark}", open_percent(pair.chance.probability))
                },
            );
            let _ = write!(out, "{words:>7}");
        }
        out.push('\n');
    }
    if draw.pairs.iter().any(|pair| pair.really == Some(true)) {
        out += "* really drawn\n";
    }
    out
}

/// The likeliest opponents of every club.
fn opponents(report: &CupDraws<'_>, draw: &DrawOdds, width: usize) -> String {
    let cup = report.cup;
    let mut out = "\n".to_owned();
    for club in cup.club_ids() {
        if report.club.is_some_and(|only| only != club) {
            continue;
        }
        let mut its: Vec<(&PairOdds, ClubId)> = draw
            .pairs
            .iter()
            .filter(|pair| pair.clubs.contains(&club))
            .map(|pair| (pair, pair.clubs[usize::from(pair.clubs[0] == club)]))
            .collect();
        if its.is_empty() {
            continue;
        }
        its.sort_by(|(one, _), (other, _)| {
            other.chance.probability.total_cmp(&one.chance.probability)
        });
        let most = if report.club.is_some() {
            its.len()
        } else {
            MOST_NAMED
        };
        let named = its.iter().take(most).map(|(pair, other)| {
            let mark = if pair.really == Some(true) { "*" } else { "" };
            let chance = open_percent(pair.chance.probability);
            format!("{} {chance}{mark}", cup.club(*other).name)
        });
        let label = pad(&cup.club(club).name, 20) + " ";
        let named: Vec<String> = named.collect();
        let _ = writeln!(out, "{}", hanging(&label, &named.join(", "), width));
    }
    if draw.pairs.iter().any(|pair| pair.really == Some(true)) {
        out += "* really drawn\n";
    }
    out
}

/// The odds of draws as JSON.
#[derive(Debug, Serialize)]
pub struct DrawDocument {
    format: u32,
    program: String,
    tournament: TournamentForm,
    draws: Vec<DrawForm>,
}

#[derive(Debug, Serialize)]
struct DrawForm {
    stage: String,
    unit: String,
    as_of: String,
    method: &'static str,
    sims: Option<u64>,
    seed: Option<u64>,
    /// In how many ways the balls may be drawn; null where they were not followed.
    outcomes: Option<f64>,
    /// The codes of the clubs of each pot; null where they are not known yet.
    pots: Option<Vec<Vec<String>>>,
    pairs: Vec<PairForm>,
}

#[derive(Debug, Serialize)]
struct PairForm {
    club: String,
    other: String,
    probability: f64,
    standard_error: f64,
    /// If every valid outcome were equally likely; null where they were not followed.
    evenly: Option<f64>,
    /// Null where the draw is still to be held.
    really: Option<bool>,
}

/// The JSON of draws.
pub fn document(report: &CupDraws<'_>) -> DrawDocument {
    let cup = report.cup;
    let code = |club: ClubId| cup.club(club).code.clone();
    let draws = report.draws.iter().map(|draw| {
        let unit = cup.format().unit(draw.unit);
        let pots = draw.pots.as_ref().map(|pots| {
            let codes = pots
                .iter()
                .map(|pot| pot.iter().copied().map(code).collect());
            codes.collect()
        });
        DrawForm {
            stage: cup.format().stage(unit.stage).key.clone(),
            unit: unit.key.clone(),
            as_of: cup.instant_key(draw.instant),
            method: if draw.runs.is_some() {
                "simulated"
            } else {
                "exact"
            },
            sims: draw.runs,
            seed: draw.runs.map(|_| report.seed),
            outcomes: draw.outcomes,
            pots,
            pairs: pairs(report, draw),
        }
    });
    DrawDocument {
        format: FORMAT,
        program: program(),
        tournament: tournament(cup),
        draws: draws.collect(),
    }
}

fn pairs(report: &CupDraws<'_>, draw: &DrawOdds) -> Vec<PairForm> {
    let code = |club: ClubId| report.cup.club(club).code.clone();
    let asked = |pair: &&PairOdds| report.club.is_none_or(|club| pair.clubs.contains(&club));
    let pairs = draw.pairs.iter().filter(asked).map(|pair| PairForm {
        club: code(pair.clubs[0]),
        other: code(pair.clubs[1]),
        probability: pair.chance.probability,
        standard_error: pair.chance.standard_error,
        evenly: pair.evenly,
        really: pair.really,
    });
    pairs.collect()
}

/// The odds of draws as CSV: a row a pair.
pub fn csv(report: &CupDraws<'_>) -> String {
    let header = [
        "stage",
        "as_of",
        "club",
        "other",
        "probability",
        "standard_error",
        "evenly",
        "really",
    ];
    let mut rows = Rows::new(header);
    for draw in document(report).draws {
        for pair in draw.pairs {
            rows.push([
                draw.stage.clone(),
                draw.as_of.clone(),
                pair.club,
                pair.other,
                pair.probability.to_string(),
                pair.standard_error.to_string(),
                pair.evenly
                    .map_or_else(String::new, |chance| chance.to_string()),
                pair.really
                    .map_or_else(String::new, |really| really.to_string()),
            ]);
        }
    }
    rows.finish()
}
