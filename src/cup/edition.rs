//! A cup as a goal model learns from it: its clubs and the matches that were really played.

use super::{Cup, Standing};
use crate::format::Rules;
use crate::tournament::{DatedMatch, Edition, MatchStage};

impl Cup {
    /// The clubs and the known results, for training a goal model. Awarded results teach nothing. Matches without a date
    /// are given the latest one there is: they are known, so they were played.
    pub fn to_edition(&self) -> Edition {
        let latest = self.last_date();
        let matches = self.matches.iter().filter_map(|game| {
            let score = game.score.filter(|_| game.standing == Standing::Played)?;
            let [home, away] = game.clubs?;
            let unit = self.format.unit(game.unit);
            let stage = match &unit.rules {
                Rules::Tie(tie) => MatchStage::Knockout {
                    round: self.format.stage(unit.stage).name.clone(),
                    leg: game.number as u8,
                    legs: tie.legs.len() as u8,
                },
                _ => MatchStage::Group {
                    group: unit.key.clone(),
                    matchday: game.number.min(255) as u8,
                },
            };
            Some(DatedMatch {
                date: game.date.or(latest)?,
                stage,
                home,
                away,
                goals: score.ninety,
            })
        });
        Edition {
            id: self.id.clone(),
            competition: self.competition.clone(),
            name: self.edition.clone(),
            clubs: self.clubs.clone(),
            pots: self.pots.clone(),
            matches: matches.collect(),
        }
    }
}
