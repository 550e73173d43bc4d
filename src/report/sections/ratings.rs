//! The section of the clubs' strengths: how strong the goal model thinks each club is, with intervals.

use super::model::{MOST_LEVELS, coefficients};
use super::{Material, signed};
use crate::goals::FittedModel;
use crate::ids::ClubId;
use crate::plot::{Interval, Intervals, Picture, intervals};
use crate::report::document::{Cell, Column, PicturePair, Section, Table};
use crate::rng::{self, Purpose};

/// A club's strength against the mean of all clubs, on the scale of the logarithm of goals.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rating {
    club: ClubId,
    value: f64,
    /// The ends of the 90% interval.
    interval: [f64; 2],
}

/// How many draws from the posterior the intervals rest on: their ends are then within about a fiftieth of their width.
const DRAWS: u64 = 4000;

/// The share of the draws below and above the interval.
const TAIL: f64 = 0.05;

/// The ratings of all clubs, the strongest first. Half the sum of attack and defence counts as strength; the mean over
/// the clubs of the tournament is taken off, draw by draw.
fn ratings(material: &Material<'_>, model: &FittedModel) -> Vec<Rating> {
    let centred = |strengths: &crate::goals::Strengths| -> Vec<f64> {
        let sums = strengths.attack.iter().zip(&strengths.defence);
        let halves: Vec<f64> = sums
            .map(|(attack, defence)| f64::midpoint(*attack, *defence))
            .collect();
        let mean = halves.iter().sum::<f64>() / halves.len().max(1) as f64;
        halves.iter().map(|half| half - mean).collect()
    };
    let mut draws: Vec<Vec<f64>> = vec![Vec::new(); material.tournament.clubs.len()];
    for index in 0..DRAWS {
        let mut stream = rng::stream(1, Purpose::Parameters, index);
        for (club, value) in centred(&model.draw(&mut stream)).into_iter().enumerate() {
            draws[club].push(value);
        }
    }
    let values = centred(model.strengths());
    let mut ratings: Vec<Rating> = material
        .tournament
        .club_ids()
        .map(|club| {
            let sample = &mut draws[club.index()];
            sample.sort_by(f64::total_cmp);
            let at = |share: f64| sample[((sample.len() - 1) as f64 * share).round() as usize];
            Rating {
                club,
                value: values[club.index()],
                interval: [at(TAIL), at(1.0 - TAIL)],
            }
        })
        .collect();
    ratings.sort_by(|a, b| b.value.total_cmp(&a.value));
    ratings
}

/// Dots and intervals of the ratings; nothing without the model.
pub fn picture(material: &Material<'_>, width: f64) -> Option<Picture> {
    let ratings = ratings(material, material.model?);
    let rows = ratings.iter().map(|rating| Interval {
        label: material.name(rating.club).to_owned(),
        value: rating.value,
        low: rating.interval[0],
        high: rating.interval[1],
        text: figure(rating),
    });
    let leaders = ratings
        .iter()
        .take(5)
        .map(|rating| format!("{} {}", material.name(rating.club), figure(rating)));
    let data = Intervals {
        title: "How strong each club is".to_owned(),
        note: format!(
            "{}. Strength against the mean of all clubs, with 90% intervals. A club that is stronger by 0.35 on this scale than \
             its opponent scores on average twice as many goals as the opponent, home advantage aside.",
            material.heading()
        ),
        description: format!(
            "Dots with intervals. The strongest clubs: {}.",
            leaders.collect::<Vec<_>>().join("; ")
        ),
        rows: rows.collect(),
    };
    Some(intervals(&data, width))
}

/// `+0.61 (0.32 to 0.90)`.
fn figure(rating: &Rating) -> String {
    let [low, high] = rating.interval;
    format!(
        "{} ({} to {})",
        signed(rating.value, 2),
        signed(low, 2),
        signed(high, 2)
    )
}

/// The picture, and the same as a table; nothing without a fitted model.
pub fn section(material: &Material<'_>) -> Option<Section> {
    let model = material.model?;
    let rows = ratings(material, model)
        .into_iter()
        .map(|rating| -> Vec<Cell> {
            let club = material.tournament.club(rating.club);
            vec![
                club.name.as_str().into(),
                club.association.as_str().into(),
                club.best_finish.to_string().into(),
                figure(&rating).into(),
            ]
        });
    let ratings = Table {
        caption: "Strength of each club against the mean, with its 90% interval".to_owned(),
        columns: vec![
            Column::words("club"),
            Column::words("association"),
            Column::words("best finish before"),
            Column::numbers("strength"),
        ],
        rows: rows.collect(),
    };
    let by_club = coefficients(model, |levels| levels > MOST_LEVELS);
    Some(Section {
        id: "ratings".into(),
        title: "Strength of the clubs".into(),
        text: Vec::new(),
        picture: PicturePair::draw_if(|width| picture(material, width)),
        tables: std::iter::once(ratings).chain(by_club).collect(),
    })
}
