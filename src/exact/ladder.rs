//! All group winners' records on one ladder, the best first.

use super::Unsupported;
use super::group::GroupOutcome;
use super::record::Record;
use crate::ids::ClubId;
use rayon::prelude::*;

/// One way to win a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rung {
    /// The record of the winner.
    pub(super) record: Record,
    /// Where real lots put the club among those with its record; 0 for all where none were drawn.
    pub(super) lot: u16,
    /// The winner.
    pub(super) club: ClubId,
    /// The position of its group.
    pub(super) group: u16,
    /// The probability.
    pub(super) mass: f64,
}

impl Rung {
    /// Rungs with equal keys are level, and only lots that are yet to be drawn can separate them.
    fn key(&self) -> (std::cmp::Reverse<Record>, u16) {
        (std::cmp::Reverse(self.record), self.lot)
    }
}

/// Every group's winner records, sorted from best to worst.
///
/// # Errors
/// If real lots were drawn about some, but not all, of the clubs that may be level.
pub(super) fn ladder(
    groups: &[GroupOutcome],
    lots: &[Option<u16>],
) -> Result<Vec<Rung>, Unsupported> {
    let records = groups.iter().flat_map(|outcome| &outcome.winners);
    let mut rungs = Vec::with_capacity(records.map(Vec::len).sum());
    for (group, outcome) in groups.iter().enumerate() {
        for (club, records) in outcome.clubs.iter().zip(&outcome.winners) {
            rungs.extend(records.iter().map(|&(record, mass)| Rung {
                record,
                lot: 0,
                club: *club,
                group: group as u16,
                mass,
            }));
        }
    }
    // A stable sort finds the runs that are sorted already and merges them.
    rungs.par_sort_by_key(Rung::key);
    if lots.iter().flatten().count() > 1 {
        for level in rungs.chunk_by_mut(|a, b| a.record == b.record) {
            settle_lots(level, lots)?;
        }
    }
    Ok(rungs)
}

/// Puts clubs with one record into the order in which their lots were really drawn.
fn settle_lots(level: &mut [Rung], lots: &[Option<u16>]) -> Result<(), Unsupported> {
    let drawn = |rung: &Rung| lots[rung.club.index()];
    let Some(first) = level.iter().find(|rung| drawn(rung).is_some()) else {
        return Ok(());
    };
    let group = first.group;
    if level
        .iter()
        .all(|rung| drawn(rung).is_none() || rung.group == group)
    {
        // Lots about a single group's winner say nothing.
        return Ok(());
    }
    for rung in level.iter_mut() {
        rung.lot = drawn(rung).ok_or_else(|| {
            Unsupported::new("lots drawn about some, but not all, of the winners that may be level")
        })?;
    }
    level.sort_by_key(|rung| rung.lot);
    Ok(())
}

/// The rungs level by level: each item holds all that share a record.
pub(super) fn levels(rungs: &[Rung]) -> impl Iterator<Item = &[Rung]> {
    rungs.chunk_by(|a, b| a.key() == b.key())
}
