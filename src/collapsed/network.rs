//! A sorting network for any number of items: Batcher's merge exchange (Knuth, volume 3, algorithm 5.2.2M).

/// The comparisons in order, as pairs of positions, the smaller first; eight items take 19.
pub(super) fn merge_exchange(items: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let top = items.next_power_of_two() / 2;
    let mut p = top;
    while p > 0 {
        let (mut q, mut r, mut d) = (top, 0, p);
        loop {
            let here = (0..items.saturating_sub(d)).filter(|i| i & p == r);
            pairs.extend(here.map(|i| (i, i + d)));
            if q == p {
                break;
            }
            d = q - p;
            q /= 2;
            r = p;
        }
        p /= 2;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_all_zeros_and_ones() {
        // A network that sorts every sequence of zeros and ones sorts everything (the 0-1 principle).
        assert_eq!(merge_exchange(8).len(), 19);
        for items in 1..=9 {
            for bits in 0..1u32 << items {
                let mut list: Vec<u32> = (0..items).map(|i| bits >> i & 1).collect();
                for (low, high) in merge_exchange(items) {
                    if list[low] > list[high] {
                        list.swap(low, high);
                    }
                }
                assert!(list.is_sorted(), "{items} items, {bits:b}");
            }
        }
    }
}
