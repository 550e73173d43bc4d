//! The section and picture of the timeline: how the title odds moved from moment to moment.

use super::{Material, odds_cell};
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::plot::{Line, Lines, Picture, lines};
use crate::report::document::{Cell, Column, PicturePair, Section, Table};
use crate::report::number::percent;
use crate::tournament::Club;

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
fn order(clubs: &[Club], data: &TimelineData) -> Vec<(ClubId, f64)> {
    let peak = |club: ClubId| {
        let odds = data.moments.iter();
        let odds = odds.map(|moment| moment.title[club.index()].probability);
        (club, odds.fold(0.0, f64::max))
    };
    let mut clubs: Vec<(ClubId, f64)> = (0..clubs.len()).map(ClubId::new).map(peak).collect();
    clubs.sort_by(|a, b| b.1.total_cmp(&a.1));
    clubs
}

/// Lines of title odds; nothing without a timeline.
pub fn picture(material: &Material<'_>, width: f64) -> Option<Picture> {
    let tournament = material.tournament;
    let cup = format!("{} {}", tournament.competition, tournament.edition);
    Some(picture_of(
        &tournament.clubs,
        &cup,
        material.timeline?,
        width,
    ))
}

/// The same for the clubs of any cup, which is called `cup`.
pub(in crate::report) fn picture_of(
    clubs: &[Club],
    cup: &str,
    data: &TimelineData,
    width: f64,
) -> Picture {
    let named = order(clubs, data)
        .into_iter()
        .enumerate()
        .filter(|(rank, (_, peak))| *rank < NAMED && *peak >= WORTH_A_NAME)
        .map(|(_, (club, _))| line(&clubs[club.index()], data, club))
        .collect();
    let picture = Lines {
        title: "Title odds over time".to_owned(),
        note: format!(
            "{cup}. Every point is a forecast that knows nothing of what came later. Clubs that once had at least 3%, at most {NAMED}."
        ),
        description: describe(clubs, data),
        unit: "%".to_owned(),
        moments: data
            .moments
            .iter()
            .map(|moment| moment.key.clone())
            .collect(),
        lines: named,
    };
    lines(&picture, width)
}

fn line(about: &Club, data: &TimelineData, club: ClubId) -> Line {
    let values: Vec<Chance> = data
        .moments
        .iter()
        .map(|moment| moment.title[club.index()])
        .collect();
    let last = values.last().copied();
    Line {
        label: about.name.clone(),
        short: about.code.clone(),
        values: values
            .iter()
            .map(|chance| chance.probability * 100.0)
            .collect(),
        text: last.map_or_else(String::new, percent),
    }
}

fn describe(clubs: &[Club], data: &TimelineData) -> String {
    let leader = |moment: &TimelineMoment| {
        let title = |club: &ClubId| moment.title[club.index()].probability;
        let all = (0..clubs.len()).map(ClubId::new);
        let best = all.max_by(|a, b| title(a).total_cmp(&title(b)));
        best.map_or(String::new(), |club| {
            let odds = percent(moment.title[club.index()]);
            format!("{}: {} {odds}", moment.words, clubs[club.index()].name)
        })
    };
    let leaders: Vec<String> = data.moments.iter().map(leader).collect();
    format!("Lines of title odds. The favourite {}.", leaders.join("; "))
}

/// The picture, and a table with a row a club and a column a moment.
pub fn section(material: &Material<'_>) -> Option<Section> {
    Some(Section {
        picture: PicturePair::draw_if(|width| picture(material, width)),
        ..section_of(&material.tournament.clubs, material.timeline?)
    })
}

/// The table alone, for the clubs of any cup.
pub(in crate::report) fn section_of(clubs: &[Club], data: &TimelineData) -> Section {
    let mut columns = vec![Column::words("club")];
    columns.extend(
        data.moments
            .iter()
            .map(|moment| Column::numbers(&moment.key)),
    );
    let rows = order(clubs, data).into_iter().map(|(club, _)| {
        let mut cells: Vec<Cell> = vec![clubs[club.index()].name.as_str().into()];
        let moments = data.moments.iter();
        cells.extend(moments.map(|moment| odds_cell(moment.title[club.index()])));
        cells
    });
    Section {
        id: "timeline".into(),
        title: "Timeline".into(),
        text: Vec::new(),
        picture: None,
        tables: vec![Table {
            caption: "Title odds at each moment".to_owned(),
            columns,
            rows: rows.collect(),
        }],
    }
}
