//! Matches of a cup on neutral ground.

use super::super::ConditionError;
use super::super::item::wrong;
use super::listed_match;
use crate::cup::Cup;
use crate::format::{Format, Rules};
use crate::ids::{ClubId, StageId, UnitId};
use crate::tournament::{either, plain_name};

/// Matches in which nobody has the advantage of being at home, hosts in their own country included. Home and away stay
/// as they are for the rules, such as away goals; only the rates change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Every match still to be played.
    Everywhere,
    /// All matches of a stage.
    Stage(StageId),
    /// A tie or a table.
    Unit(UnitId),
    /// Two clubs wherever they meet, in a stage or in any; in a table the match in which the first is listed first.
    Pair {
        /// The stage, if one is named.
        stage: Option<StageId>,
        /// The clubs.
        clubs: [ClubId; 2],
    },
}

impl Ground {
    /// Whether a match of these clubs, the first the entrant or the side listed first, is one of those.
    pub fn covers(self, format: &Format, unit: UnitId, clubs: [ClubId; 2]) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Stage(stage) => format.unit(unit).stage == stage,
            Self::Unit(named) => named == unit,
            Self::Pair { stage, clubs: pair } => {
                let of = format.unit(unit);
                let in_tie = matches!(of.rules, Rules::Tie(_));
                stage.is_none_or(|stage| stage == of.stage)
                    && (pair == clubs || in_tie && pair == [clubs[1], clubs[0]])
            }
        }
    }

    /// Reads a stage (`final`), a tie or table (`QF-1`), or two clubs, with a stage before them or not.
    pub(super) fn parse(text: &str, cup: &Cup) -> Result<Self, ConditionError> {
        let plain = plain_name(text);
        let format = cup.format();
        let stage = format.stage_ids().find(|id| {
            let stage = format.stage(*id);
            let names = [plain_name(&stage.key), plain_name(&stage.name)];
            let plays = format
                .units_of(*id)
                .any(|(_, unit)| matches!(unit.rules, Rules::Table(_) | Rules::Tie(_)));
            plays
                && names
                    .iter()
                    .any(|name| *name == plain || format!("{name}s") == plain)
        });
        if let Some(stage) = stage {
            return Ok(Self::Stage(stage));
        }
        let unit = format.unit_ids().find(|id| {
            let unit = format.unit(*id);
            let plays = matches!(unit.rules, Rules::Table(_) | Rules::Tie(_));
            plays
                && [&unit.key, &unit.name]
                    .iter()
                    .any(|name| plain_name(name) == plain)
        });
        if let Some(unit) = unit {
            return Ok(Self::Unit(unit));
        }
        let (stage, rest) = cup.take_stage(text.trim());
        let Ok(mut clubs) = cup.two_clubs(rest) else {
            let names: Vec<String> = format
                .stage_ids()
                .map(|id| format.stage(id))
                .filter(|stage| stage.shown)
                .map(|stage| format!("`{}`", stage.key))
                .collect();
            let way_out = format!("write {}, or two clubs with a dash between", either(&names));
            let fact = "names no stage, tie or match".to_owned();
            return Err(wrong(text, fact, &way_out));
        };
        let turned = [clubs[1], clubs[0]];
        let listed = |clubs| listed_match(cup, clubs, |_| true).is_some();
        if !listed(clubs) && listed(turned) {
            clubs = turned;
        }
        Ok(Self::Pair { stage, clubs })
    }

    /// In words, such as `the final on neutral ground`.
    pub(super) fn words(self, cup: &Cup) -> String {
        let format = cup.format();
        match self {
            Self::Everywhere => "no home advantage in any match".to_owned(),
            Self::Stage(stage) => format!("the {} on neutral ground", format.stage(stage).name),
            Self::Unit(unit) => format!("{} on neutral ground", format.unit(unit).name),
            Self::Pair { stage, clubs } => {
                let [one, other] = clubs.map(|club| cup.club(club).name.as_str());
                let stage = stage.map(|stage| format!(" ({})", format.stage(stage).name));
                let stage = stage.unwrap_or_default();
                format!("{one} - {other}{stage} on neutral ground")
            }
        }
    }
}
