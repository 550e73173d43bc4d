//! How a group is won, given each result of each of its matches, in a form that is quick to compare with other winners.

use crate::exact::record::Record;

/// The ways in which one club can win its group, the best record first, under several conditions at once.
pub(super) struct Ladder {
    conditions: usize,
    /// The records of winners, the best first, each once; of many unlikely neighbours the worst stands for all.
    records: Vec<Record>,
    /// `sums[n * conditions + condition]`: the probability, given the condition, of winning with one of the best `n` records.
    sums: Vec<f64>,
}

impl Ladder {
    /// The ladder of a club from its winning records under each condition, with about so many rungs at most.
    ///
    /// `base` are the records without any condition. In each match (three conditions in a row, with the probabilities
    /// `results`) the likeliest result was not solved: it is what the base leaves to it.
    pub(super) fn new(
        winners: &[&[(Record, f64)]],
        base: &[(Record, f64)],
        results: &[[f64; 3]],
        most: usize,
    ) -> Self {
        let conditions = winners.len();
        let lists = winners.iter().copied().chain([base]).flatten();
        let records = thinned(union(lists.map(|(record, _)| *record)), base, most);
        let mut sums = vec![0.0; (records.len() + 1) * conditions];
        for (condition, list) in winners.iter().enumerate() {
            cumulate(list, &records, |index, sum| {
                sums[index * conditions + condition] = sum;
            });
        }
        cumulate(base, &records, |index, sum| {
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
        Self {
            conditions,
            records,
            sums,
        }
    }

    fn row(&self, records: usize) -> &[f64] {
        &self.sums[records * self.conditions..(records + 1) * self.conditions]
    }

    /// Given each condition: nothing.
    pub(super) fn nothing(&self) -> &[f64] {
        self.row(0)
    }

    /// Given each condition: the probability of winning with a record better than this one.
    pub(super) fn better_than(&self, record: Record) -> &[f64] {
        self.row(self.records.partition_point(|own| *own > record))
    }

    /// Given each condition: the probability of winning with this record or a better one.
    pub(super) fn at_least(&self, record: Record) -> &[f64] {
        self.row(self.records.partition_point(|own| *own >= record))
    }

    /// Given each condition: the probability of winning at all.
    pub(super) fn total(&self) -> &[f64] {
        self.row(self.records.len())
    }
}

/// Of more than `most` records those that are likely enough, and of their unlikely neighbours every so manieth: nowhere more than
/// a part in `most` of the whole probability is put together.
fn thinned(records: Vec<Record>, base: &[(Record, f64)], most: usize) -> Vec<Record> {
    if records.len() <= most {
        return records;
    }
    let total: f64 = base.iter().map(|(_, mass)| mass).sum();
    let limit = total / most as f64;
    let mut kept = Vec::with_capacity(most);
    let mut waiting = 0.0;
    let mut last = None;
    cumulate(base, &records, |index, sum| {
        let Some(record) = index.checked_sub(1).map(|before| records[before]) else {
            return;
        };
        // The record before is the end of what waits, if this one would make it too much.
        if sum - waiting > limit
            && let Some((before, sum_before)) = last
        {
            kept.push(before);
            waiting = sum_before;
        }
        last = Some((record, sum));
    });
    kept.extend(records.last());
    kept
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

/// Tells for every number of the best records the probability of those in the list that are no worse.
fn cumulate(list: &[(Record, f64)], records: &[Record], mut tell: impl FnMut(usize, f64)) {
    let mut list = list.iter().peekable();
    let mut sum = 0.0;
    tell(0, sum);
    for (index, record) in records.iter().enumerate() {
        while let Some((_, mass)) = list.next_if(|(next, _)| next >= record) {
            sum += mass;
        }
        tell(index + 1, sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(numbers: &[u64]) -> Vec<Record> {
        numbers.iter().map(|number| Record(*number)).collect()
    }

    #[test]
    fn a_thinned_ladder_keeps_what_is_likely_and_puts_the_rest_together() {
        // Of ten records two have nearly all the mass. With four rungs no more than a quarter may be put together.
        let mut base: Vec<(Record, f64)> = (1..=10)
            .rev()
            .map(|number| (Record(number), 0.01))
            .collect();
        base[2].1 = 0.5;
        base[7].1 = 0.42;
        let all: Vec<Record> = base.iter().map(|(record, _)| *record).collect();
        assert_eq!(thinned(all.clone(), &base, 4), records(&[9, 8, 4, 3, 1]));
        assert_eq!(thinned(all.clone(), &base, 10), all);
        let ladder = Ladder::new(&[&base], &base, &[[1.0, 0.0, 0.0]], 4);
        let near = |found: &[f64], expected: f64| {
            assert!((found[0] - expected).abs() < 1e-12, "{found:?}");
        };
        near(ladder.nothing(), 0.0);
        near(ladder.better_than(Record(8)), 0.02);
        near(ladder.at_least(Record(8)), 0.52);
        near(ladder.at_least(Record(3)), 0.98);
        near(ladder.total(), 1.0);
    }
}
