//! How a group is won, given each result of each of its matches, in a form that is quick to compare with other winners.

use crate::exact::record::Record;

/// The ways in which one club can win its group, the best record first, under several conditions at once.
pub(super) struct Ladder {
    conditions: usize,
    /// `better[at]`: how many of this club's records are better than the record at `at` of all records of the cup.
    better: Vec<u32>,
    /// `sums[n * conditions + condition]`: the probability, given the condition, of winning with one of the best `n` records.
    sums: Vec<f64>,
}

impl Ladder {
    /// The ladder of a club from its winning records under each condition; `all` are the records of all clubs
    /// of the cup, the best first, each once.
    pub(super) fn new(winners: &[Vec<(Record, f64)>], all: &[Record]) -> Self {
        let conditions = winners.len();
        let mut records: Vec<Record> = winners
            .iter()
            .flatten()
            .map(|(record, _)| *record)
            .collect();
        records.sort_unstable_by(|a, b| b.cmp(a));
        records.dedup();
        let mut sums = vec![0.0; (records.len() + 1) * conditions];
        for (condition, list) in winners.iter().enumerate() {
            let mut list = list.iter().peekable();
            let mut below = 0.0;
            for (index, record) in records.iter().enumerate() {
                if let Some((_, mass)) = list.next_if(|(own, _)| own == record) {
                    below += mass;
                }
                sums[(index + 1) * conditions + condition] = below;
            }
        }
        let mut better = Vec::with_capacity(all.len() + 1);
        let mut own = 0;
        for record in all {
            while records.get(own).is_some_and(|better| better > record) {
                own += 1;
            }
            better.push(own as u32);
        }
        better.push(records.len() as u32);
        Self {
            conditions,
            better,
            sums,
        }
    }

    /// Given each condition: the probability of winning with a record better than the one at this place of all records.
    pub(super) fn better_than(&self, at: usize) -> &[f64] {
        let start = self.better[at] as usize * self.conditions;
        &self.sums[start..start + self.conditions]
    }

    /// Given each condition: the probability of winning at all.
    pub(super) fn total(&self) -> &[f64] {
        &self.sums[self.sums.len() - self.conditions..]
    }
}

/// The record of another group's winner among all records of the cup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rung {
    /// The place of the best record that is not better.
    pub(super) above: usize,
    /// The place of the best record that is worse.
    pub(super) below: usize,
}

impl Rung {
    /// Finds a record among all, the best first, each once.
    pub(super) fn find(record: Record, all: &[Record]) -> Self {
        let above = all.partition_point(|other| *other > record);
        let present = all.get(above) == Some(&record);
        Self {
            above,
            below: above + usize::from(present),
        }
    }
}
