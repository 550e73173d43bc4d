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
    /// The ladder of a club from its winning records under each condition; `own` are all of them and `all` those of
    /// all clubs of the cup, the best first, each once.
    ///
    /// `base` are the records without any condition. In each match (three conditions in a row, with the probabilities
    /// `results`) the likeliest result was not solved: it is what the base leaves to it.
    pub(super) fn new(
        winners: &[Vec<(Record, f64)>],
        base: &[(Record, f64)],
        results: &[[f64; 3]],
        own: &[Record],
        all: &[Record],
    ) -> Self {
        let conditions = winners.len();
        let mut sums = vec![0.0; (own.len() + 1) * conditions];
        for (condition, list) in winners.iter().enumerate() {
            cumulate(list, own, |index, sum| {
                sums[index * conditions + condition] = sum;
            });
        }
        cumulate(base, own, |index, sum| {
            let row = &mut sums[index * conditions..(index + 1) * conditions];
            for (given, probabilities) in row.chunks_exact_mut(3).zip(results) {
                let rest = likeliest(probabilities);
                let others = (0..3).filter(|result| *result != rest);
                let solved: f64 = others
                    .map(|result| given[result] * probabilities[result])
                    .sum();
                given[rest] = (sum - solved) / probabilities[rest];
            }
        });
        let mut better = Vec::with_capacity(all.len() + 1);
        let mut ahead = 0;
        for record in all {
            while own.get(ahead).is_some_and(|better| better > record) {
                ahead += 1;
            }
            better.push(ahead as u32);
        }
        better.push(own.len() as u32);
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

/// The position of the likeliest of three results, the first of equally likely ones.
pub(super) fn likeliest(probabilities: &[f64; 3]) -> usize {
    let better = |best: usize, next: usize| {
        if probabilities[next] > probabilities[best] {
            next
        } else {
            best
        }
    };
    (1..3).fold(0, better)
}

/// Records of several lists, each sorted with the best first, as one such list in which each is named once.
pub(super) fn union(lists: impl Iterator<Item = Record>) -> Vec<Record> {
    let mut records: Vec<Record> = lists.collect();
    // A stable sort finds the runs that are sorted already and merges them.
    records.sort_by(|a, b| b.cmp(a));
    records.dedup();
    records
}

/// Tells for every number of the best records the probability of one of them.
fn cumulate(list: &[(Record, f64)], own: &[Record], mut tell: impl FnMut(usize, f64)) {
    let mut list = list.iter().peekable();
    let mut sum = 0.0;
    tell(0, sum);
    for (index, record) in own.iter().enumerate() {
        if let Some((_, mass)) = list.next_if(|(next, _)| next == record) {
            sum += mass;
        }
        tell(index + 1, sum);
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
