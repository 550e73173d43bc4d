//! All group winners' records on one ladder, the best first.

use super::group::GroupOutcome;
use super::record::Record;
use crate::ids::ClubId;

/// One way to win a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rung {
    /// The record of the winner.
    pub(super) record: Record,
    /// Where real lots put the club among clubs with its record; a club without lots comes after all others.
    pub(super) lot: u32,
    /// The winner.
    pub(super) club: ClubId,
    /// The position of its group.
    pub(super) group: u16,
    /// The probability.
    pub(super) mass: f64,
}

impl Rung {
    /// Rungs with equal keys are level, and only lots that are yet to be drawn can separate them.
    fn key(&self) -> (std::cmp::Reverse<Record>, u32) {
        (std::cmp::Reverse(self.record), self.lot)
    }
}

/// Every group's winner records, sorted from best to worst.
pub(super) fn ladder(groups: &[GroupOutcome], lots: &[Option<u16>]) -> Vec<Rung> {
    let mut rungs = Vec::new();
    for (group, outcome) in groups.iter().enumerate() {
        for (club, records) in outcome.clubs.iter().zip(&outcome.winners) {
            let lot = lots[club.index()].map_or(u32::MAX, u32::from);
            rungs.extend(records.iter().map(|&(record, mass)| Rung {
                record,
                lot,
                club: *club,
                group: group as u16,
                mass,
            }));
        }
    }
    // A stable sort finds the runs that are sorted already and merges them.
    rungs.sort_by_key(Rung::key);
    rungs
}

/// The rungs level by level: each item holds all that share a record.
pub(super) fn levels(rungs: &[Rung]) -> impl Iterator<Item = &[Rung]> {
    rungs.chunk_by(|a, b| a.key() == b.key())
}
