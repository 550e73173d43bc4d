//! How the odds of a cup moved, as a chart for the terminal and as tidy CSV and JSON.

use super::document::{FORMAT, TournamentForm, program, tournament};
use crate::cup::Cup;
use crate::format::Milestone;
use crate::odds::Chance;
use crate::play::units::Runs;
use crate::report::about::to_json;
use crate::report::fold::hanging;
use crate::report::grouped;
use crate::report::timeline::{Followed, Row, chart, rows_csv, scale};
use crate::timeline::CupPoint;
use serde::Serialize;

/// The odds of some milestones of a cup, moment by moment.
pub struct CupTimeline<'a> {
    /// The cup.
    pub cup: &'a Cup,
    /// The milestones that are followed, by position.
    pub milestones: &'a [usize],
    /// The moments.
    pub points: &'a [CupPoint],
    /// How much was simulated at each.
    pub runs: Runs,
}

impl<'a> CupTimeline<'a> {
    /// The milestones that are followed.
    fn followed(&self) -> impl Iterator<Item = &'a Milestone> + use<'a> {
        let (cup, milestones) = (self.cup, self.milestones);
        let all = cup.format().milestones();
        milestones.iter().map(|number| &all[*number])
    }

    fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        let clubs = self.cup.clubs();
        self.points.iter().flat_map(move |point| {
            let followed = self.followed().zip(&point.chances);
            followed.flat_map(move |(milestone, chances)| {
                let of_club = clubs.iter().zip(chances);
                of_club.map(|(club, chance)| Row {
                    moment: &point.key,
                    date: point.date.map(|date| date.to_string()),
                    club: &club.code,
                    quantity: milestone.key.clone(),
                    probability: chance.probability,
                    standard_error: chance.standard_error,
                })
            })
        })
    }
}

/// The chart of each milestone in lines of at most `width` columns.
pub fn text(timeline: &CupTimeline<'_>, width: usize) -> String {
    let (cup, points) = (timeline.cup, timeline.points);
    let keys: Vec<&str> = points.iter().map(|point| point.key.as_str()).collect();
    let names: Vec<&str> = cup.clubs().iter().map(|club| club.name.as_str()).collect();
    let model = points.last().map_or("", |point| point.model.as_str());
    let model = format!("{model}; blind to what came later");
    let mut text = format!(
        "{} {}\nmethod   {} simulated tournaments a moment, seed {}\n{}\n",
        cup.competition(),
        cup.edition(),
        grouped(timeline.runs.runs),
        timeline.runs.seed,
        hanging("model    ", &model, width),
    );
    text += &scale(&keys, width);
    for (number, milestone) in timeline.followed().enumerate() {
        let history = |club: usize| -> Vec<Chance> {
            let moments = points.iter();
            moments.map(|point| point.chances[number][club]).collect()
        };
        let followed = Followed {
            words: &milestone.words,
            keys: &keys,
            names: &names,
            values: (0..names.len()).map(history).collect(),
        };
        text.push('\n');
        text += &chart(&followed, width);
    }
    text
}

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    program: String,
    tournament: TournamentForm,
    method: &'static str,
    sims: u64,
    seed: u64,
    milestones: Vec<MilestoneJson<'a>>,
    moments: Vec<MomentJson<'a>>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct MilestoneJson<'a> {
    key: &'a str,
    words: &'a str,
}

#[derive(Serialize)]
struct MomentJson<'a> {
    moment: &'a str,
    words: &'a str,
    date: Option<String>,
    model: &'a str,
    matches: usize,
}

/// The timeline as JSON.
pub fn json(timeline: &CupTimeline<'_>) -> String {
    let moments = timeline.points.iter().map(|point| MomentJson {
        moment: &point.key,
        words: &point.words,
        date: point.date.map(|date| date.to_string()),
        model: &point.model,
        matches: point.matches,
    });
    let milestones = timeline.followed().map(|milestone| MilestoneJson {
        key: &milestone.key,
        words: &milestone.words,
    });
    to_json(&Document {
        format: FORMAT,
        program: program(),
        tournament: tournament(timeline.cup),
        method: "simulated",
        sims: timeline.runs.runs,
        seed: timeline.runs.seed,
        milestones: milestones.collect(),
        moments: moments.collect(),
        rows: timeline.rows().collect(),
    })
}

/// The timeline as tidy CSV: a row a moment, milestone and club.
pub fn csv(timeline: &CupTimeline<'_>) -> String {
    rows_csv(timeline.rows())
}
