//! Matches of earlier editions, by names: what a goal model learns about clubs before an edition begins.

use super::{Cup, Standing};
use crate::format::{Rules, Side};
use crate::tournament::Goals;
use jiff::civil::Date;

/// A match of an earlier edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The edition it was played in, such as `2021-22`.
    pub edition: String,
    /// The day it was played.
    pub date: Date,
    /// The clubs by name, the one at home first.
    pub clubs: [String; 2],
    /// Their associations, where they are known.
    pub associations: [Option<String>; 2],
    /// Goals after 90 minutes.
    pub goals: Goals,
    /// Who was at home.
    pub home: Side,
    /// How far whoever played it had come.
    pub round: PastRound,
    /// In a final: who won, by position, where the goals do not say.
    pub winner: Option<usize>,
}

/// How far the clubs of a match had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PastRound {
    /// They took part.
    #[default]
    Begun,
    /// A play-off before the round of 16.
    PlayOff,
    /// The round of 16.
    Sixteen,
    /// The quarterfinals.
    Quarterfinal,
    /// The semifinals.
    Semifinal,
    /// The final.
    Final,
}

impl PastRound {
    /// The round that words mean, such as `Round of 16` or `quarterfinals`; any other is as good as having taken part.
    pub fn of_words(words: &str) -> Self {
        let words = words.to_lowercase();
        let has = |part: &str| words.contains(part);
        if has("quarter") || words == "qf" {
            Self::Quarterfinal
        } else if has("semi") || words == "sf" {
            Self::Semifinal
        } else if has("16") {
            Self::Sixteen
        } else if has("play-off") || has("playoff") {
            Self::PlayOff
        } else if words == "final" || words == "f" {
            Self::Final
        } else {
            Self::Begun
        }
    }
}

impl Past {
    /// Who won a final, by position: by its goals, or by what is said of it.
    pub fn champion(&self) -> Option<usize> {
        let by_goals = match self.goals.margin() {
            0 => None,
            margin => Some(usize::from(margin < 0)),
        };
        self.winner
            .or(by_goals)
            .filter(|_| self.round == PastRound::Final)
    }
}

impl Cup {
    /// Matches of earlier editions.
    pub fn past(&self) -> &[Past] {
        &self.past
    }

    /// The matches that were really played, for learning about a later edition.
    pub fn to_past(&self) -> Vec<Past> {
        let played = self.matches.iter().filter_map(|game| {
            let score = game.score.filter(|_| game.standing == Standing::Played)?;
            let clubs = game.clubs?;
            let unit = self.format.unit(game.unit);
            let is_tie = matches!(unit.rules, Rules::Tie(_));
            let stage = self.format.stage(unit.stage);
            let decisive = [score.penalties, score.after_extra_time];
            let decisive = decisive
                .into_iter()
                .flatten()
                .find(|goals| goals.margin() != 0);
            let association =
                |club| Some(self.club(club).association.clone()).filter(|name| !name.is_empty());
            Some(Past {
                edition: self.edition.clone(),
                date: game.date?,
                clubs: clubs.map(|club| self.club(club).name.clone()),
                associations: clubs.map(association),
                goals: score.ninety,
                home: self.home_side(game.home, game.country.as_deref(), clubs),
                round: if is_tie {
                    PastRound::of_words(&stage.name)
                } else {
                    PastRound::Begun
                },
                winner: decisive.map(|goals| usize::from(goals.margin() < 0)),
            })
        });
        played.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_known_by_many_words() {
        for (words, round) in [
            ("Quarterfinals", PastRound::Quarterfinal),
            ("semi-finals", PastRound::Semifinal),
            ("round of 16", PastRound::Sixteen),
            ("Final", PastRound::Final),
            ("knockout play-offs", PastRound::PlayOff),
            ("group", PastRound::Begun),
            ("match for third place", PastRound::Begun),
        ] {
            assert_eq!(PastRound::of_words(words), round, "{words}");
        }
    }
}
