//! The odds of a draw as programs read them, JSON and CSV: every pair of clubs with its chance to share a group.

use super::number::figure;
use super::rows::Rows;
use crate::draw::{DrawOdds, Drawing};
use crate::ids::ClubId;
use crate::report::about::to_json;
use crate::tournament::Tournament;
use serde::Serialize;

/// The odds of one draw with all that is needed to print them.
#[derive(Debug, Clone, Copy)]
pub struct DrawReport<'a> {
    /// The tournament, with its real groups.
    pub tournament: &'a Tournament,
    /// The draw.
    pub drawing: &'a Drawing,
    /// Its odds.
    pub odds: &'a DrawOdds,
    /// Only the pairs with this club.
    pub club: Option<ClubId>,
}

/// The whole JSON document.
#[derive(Serialize)]
struct Document<'a> {
    tournament: &'a str,
    pots: Vec<Pot<'a>>,
    /// Missing where there are too many to be counted.
    valid_draws: Option<u128>,
    valid_draws_without_labels: Option<u128>,
    /// Violations of the constraints by the real groups; empty if they are a valid draw, `null` if it is still to be held.
    real_draw_violations: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uniform: Option<Method>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequential: Option<Method>,
    pairs: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Pot<'a> {
    pot: &'a str,
    clubs: Vec<&'a str>,
}

/// How odds were obtained.
#[derive(Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "`method` is the word of the JSON contract"
)]
struct Method {
    method: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    draws: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
}

/// One pair of clubs.
#[derive(Serialize)]
struct Row<'a> {
    club: &'a str,
    other: &'a str,
    /// Whether the two share a group of the file; `null` if the draw is still to be held.
    same_group: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uniform: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequential: Option<f64>,
    /// Of the sequential probability and of the bias; zero if they are exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    standard_error: Option<f64>,
    /// The sequential probability minus the uniform one.
    #[serde(skip_serializing_if = "Option::is_none")]
    bias: Option<f64>,
}

/// The odds as JSON: counts, methods, and every pair of clubs (of the named club, if one is).
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn json(report: &DrawReport) -> String {
    let tournament = report.tournament;
    let names = tournament.draw.iter().flat_map(|rules| &rules.pots);
    let pots = names.zip(report.drawing.pots()).map(|(pot, clubs)| Pot {
        pot,
        clubs: clubs.iter().map(|club| code(tournament, *club)).collect(),
    });
    let exact = || Method {
        method: "exact",
        draws: None,
        seed: None,
    };
    let sequential = report.odds.sequential.as_ref();
    let document = Document {
        tournament: &tournament.id,
        pots: pots.collect(),
        valid_draws: report.odds.count.map(|count| count.labelled),
        valid_draws_without_labels: report.odds.count.map(|count| count.without_labels),
        real_draw_violations: (!tournament.awaits_draw()).then(|| report.violations()),
        uniform: report.odds.uniform.as_ref().map(|_| exact()),
        sequential: sequential.map(|odds| match odds.simulated {
            None => exact(),
            Some(simulated) => Method {
                method: "simulated",
                draws: Some(simulated.draws),
                seed: Some(simulated.seed),
            },
        }),
        pairs: report.rows(),
    };
    to_json(&document)
}

/// The odds as CSV: a row a pair of clubs, as in the JSON form; what was not asked for is left empty.
pub fn csv(report: &DrawReport) -> String {
    let header = [
        "club",
        "other",
        "same_group",
        "uniform",
        "sequential",
        "standard_error",
        "bias",
    ];
    let mut rows = Rows::new(header);
    for row in report.rows() {
        let numbers = [row.uniform, row.sequential, row.standard_error, row.bias];
        let numbers = numbers.map(|number| number.map_or(String::new(), figure));
        let words = [
            row.club,
            row.other,
            match row.same_group {
                Some(true) => "true",
                Some(false) => "false",
                None => "",
            },
        ];
        let fields = words.into_iter().chain(numbers.iter().map(String::as_str));
        rows.push(fields);
    }
    rows.finish()
}

impl<'a> DrawReport<'a> {
    /// What is wrong with the real groups.
    pub(super) fn violations(&self) -> Vec<String> {
        let groups: Vec<_> = self
            .tournament
            .groups
            .iter()
            .map(|group| group.clubs.clone())
            .collect();
        self.drawing.violations(self.tournament, &groups)
    }

    /// Every pair to report, in file order; the named club always comes first in its pairs.
    pub(super) fn pairs(&self) -> Vec<(ClubId, ClubId)> {
        match self.club {
            Some(club) => {
                let others = self.tournament.club_ids().filter(|other| *other != club);
                others.map(|other| (club, other)).collect()
            }
            None => self
                .tournament
                .club_ids()
                .flat_map(|one| {
                    let others = self.tournament.club_ids().filter(move |other| one < *other);
                    others.map(move |other| (one, other))
                })
                .collect(),
        }
    }

    fn rows(&self) -> Vec<Row<'a>> {
        let bias = self.odds.bias();
        let sequential = self.odds.sequential.as_ref();
        let errors = self.odds.standard_errors();
        let row = |(one, other)| Row {
            club: code(self.tournament, one),
            other: code(self.tournament, other),
            same_group: self.share_a_group(one, other),
            uniform: self.odds.uniform.as_ref().map(|odds| odds.get(one, other)),
            sequential: sequential.map(|odds| odds.pairs.get(one, other)),
            standard_error: sequential
                .map(|_| errors.as_ref().map_or(0.0, |errors| errors.get(one, other))),
            bias: bias.as_ref().map(|bias| bias.get(one, other)),
        };
        self.pairs().into_iter().map(row).collect()
    }

    /// Whether two clubs were really drawn together; `None` if the draw is still to be held.
    pub(super) fn share_a_group(&self, one: ClubId, other: ClubId) -> Option<bool> {
        let group = |club| self.tournament.group_of(club);
        (!self.tournament.awaits_draw()).then(|| group(one) == group(other))
    }
}

fn code(tournament: &Tournament, club: ClubId) -> &str {
    &tournament.club(club).code
}
