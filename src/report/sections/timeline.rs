//! The section and picture of the timeline: how the title odds moved from moment to moment.

use super::{Material, odds_cell};
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::plot::{Line, Lines, Picture, lines};
use crate::report::document::{Cell, Column, PicturePair, Section, Table};
use crate::report::number::percent;

/// Title odds at a row of moments, each forecast blind to what came later.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineData {
    /// The moments, earliest first.
    pub moments: Vec<TimelineMoment>,
}

/// Title odds at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineMoment {
    /// A short name, such as `md3`.
    pub key: String,
    /// The name in words, such as `after matchday 3`.
    pub words: String,
    /// The title odds of each club, by club id.
    pub title: Vec<Chance>,
}

/// A club whose odds never reach this is drawn as a thin line without a name.
const WORTH_A_NAME: f64 = 0.03;

/// How many clubs have a name at most.
const NAMED: usize = 8;

/// The clubs by the highest odds they ever had.
fn order(material: &Material<'_>, data: &TimelineData) -> Vec<(ClubId, f64)> {
    let peak = |club: ClubId| {
        let odds = data.moments.iter();
        let odds = odds.map(|moment| moment.title[club.index()].probability);
        (club, odds.fold(0.0, f64::max))
    };
    let mut clubs: Vec<(ClubId, f64)> = material.tournament.club_ids().map(peak).collect();
    clubs.sort_by(|a, b| b.1.total_cmp(&a.1));
    clubs
}

/// Lines of title odds; nothing without a timeline.
pub fn picture(material: &Material<'_>, width: f64) -> Option<Picture> {
    let data = material.timeline?;
    let named = order(material, data)
        .into_iter()
        .enumerate()
        .filter(|(rank, (_, peak))| *rank < NAMED && *peak >= WORTH_A_NAME)
        .map(|(_, (club, _))| line(material, data, club))
        .collect();
    let picture = Lines {
        title: "Title odds over time".to_owned(),
        note: format!(
            "{} {}. Every point is a forecast that knows nothing of what came later. Clubs that once had at least 3%, at most {NAMED}.",
            material.tournament.competition, material.tournament.edition
        ),
        description: describe(material, data),
        unit: "%".to_owned(),
        moments: data
            .moments
            .iter()
            .map(|moment| moment.key.clone())
            .collect(),
        lines: named,
    };
    Some(lines(&picture, width))
}

fn line(material: &Material<'_>, data: &TimelineData, club: ClubId) -> Line {
    let values: Vec<Chance> = data
        .moments
        .iter()
        .map(|moment| moment.title[club.index()])
        .collect();
    let last = values.last().copied();
    Line {
        label: material.name(club).to_owned(),
        short: material.tournament.club(club).code.clone(),
        values: values
            .iter()
            .map(|chance| chance.probability * 100.0)
            .collect(),
        text: last.map_or_else(String::new, percent),
    }
}

fn describe(material: &Material<'_>, data: &TimelineData) -> String {
    let leader = |moment: &TimelineMoment| {
        let title = |club: &ClubId| moment.title[club.index()].probability;
        let clubs = material.tournament.club_ids();
        let best = clubs.max_by(|a, b| title(a).total_cmp(&title(b)));
        best.map_or(String::new(), |club| {
            let odds = percent(moment.title[club.index()]);
            format!("{}: {} {odds}", moment.words, material.name(club))
        })
    };
    let leaders: Vec<String> = data.moments.iter().map(leader).collect();
    format!("Lines of title odds. The favourite {}.", leaders.join("; "))
}

/// The picture, and a table with a row a club and a column a moment.
pub fn section(material: &Material<'_>) -> Option<Section> {
    let data = material.timeline?;
    let mut columns = vec![Column::words("club")];
    columns.extend(
        data.moments
            .iter()
            .map(|moment| Column::numbers(&moment.key)),
    );
    let rows = order(material, data).into_iter().map(|(club, _)| {
        let mut cells: Vec<Cell> = vec![material.name(club).into()];
        let moments = data.moments.iter();
        cells.extend(moments.map(|moment| odds_cell(moment.title[club.index()])));
        cells
    });
    Some(Section {
        id: "timeline",
        title: "Timeline",
        text: Vec::new(),
        picture: PicturePair::draw_if(|width| picture(material, width)),
        tables: vec![Table {
            caption: "Title odds at each moment".to_owned(),
            columns,
            rows: rows.collect(),
        }],
    })
}
