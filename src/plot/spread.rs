//! Moves labels apart along one axis so that none overlaps, each as near to where it belongs as the others allow.

/// Positions for labels that would like to stand at `wanted` (ascending), at least `gap` apart and, as far as
/// there is room at all, inside `low..=high`. Positions keep the order of `wanted`.
///
/// This is the least-squares answer: labels that are too close form a block that stands at the mean of what its
/// members want (pool adjacent violators, the algorithm of isotonic regression, applied to `wanted[i] - i * gap`).
pub(super) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    struct Block {
        sum: f64,
        count: usize,
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (index, position) in wanted.iter().enumerate() {
        let mut block = Block {
            sum: position - index as f64 * gap,
            count: 1,
        };
        while let Some(last) = blocks.last() {
            if last.sum / last.count as f64 <= block.sum / block.count as f64 {
                break;
            }
            block.sum += last.sum;
            block.count += last.count;
            blocks.pop();
        }
        blocks.push(block);
    }
    let room = (high - wanted.len().saturating_sub(1) as f64 * gap).max(low);
    let starts = blocks.iter().flat_map(|block| {
        let start = (block.sum / block.count as f64).clamp(low, room);
        std::iter::repeat_n(start, block.count)
    });
    starts
        .enumerate()
        .map(|(index, start)| start + index as f64 * gap)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_that_are_apart_stay_and_a_crowd_is_centred() {
        assert_eq!(
            spread(&[10.0, 50.0, 90.0], 10.0, 0.0, 100.0),
            [10.0, 50.0, 90.0]
        );
        assert_eq!(
            spread(&[50.0, 50.0, 50.0], 10.0, 0.0, 100.0),
            [40.0, 50.0, 60.0]
        );
        assert_eq!(
            spread(&[98.0, 99.0, 100.0], 10.0, 0.0, 100.0),
            [80.0, 90.0, 100.0]
        );
        assert!(spread(&[], 10.0, 0.0, 100.0).is_empty());
    }

    proptest! {
        #[test]
        fn labels_never_overlap_and_stay_inside(mut wanted in prop::collection::vec(0.0_f64..300.0, 0..20)) {
            wanted.sort_by(f64::total_cmp);
            let placed = spread(&wanted, 15.0, 0.0, 300.0);
            prop_assert_eq!(placed.len(), wanted.len());
            prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= 15.0 - 1e-9));
            prop_assert!(placed.iter().all(|position| (-1e-9..=300.0 + 1e-9).contains(position)));
        }
    }
}
