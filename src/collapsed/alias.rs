//! Alias tables (Walker 1977, Vose 1991): a draw from any discrete distribution with one look-up.

/// Bits of a key.
pub(super) const KEY_BITS: u32 = 18;

/// Bits of a threshold: so fine that no probability is off by more than 2^-28 of one slot.
const THRESHOLD_BITS: u32 = 64 - 2 * KEY_BITS;

/// A distribution over keys of [`KEY_BITS`] bits.
#[derive(Debug, Clone)]
pub(super) struct Alias {
    /// From the top: the threshold, its own key (drawn below the threshold), the other key. Eight bytes a slot, so
    /// that all groups' tables stay in the second-level cache.
    slots: Vec<u64>,
}

impl Alias {
    /// The table of keys with positive weights, at least one; the weights need not add up to 1.
    pub(super) fn new(weighted: &[(u32, f64)]) -> Self {
        let total: f64 = weighted.iter().map(|(_, weight)| weight).sum();
        let scale = weighted.len() as f64 / total;
        let mut shares: Vec<f64> = weighted.iter().map(|(_, weight)| weight * scale).collect();
        let mut slots: Vec<u64> = weighted
            .iter()
            .map(|(key, _)| pack(0, *key, *key))
            .collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) =
            (0..shares.len()).partition(|slot| shares[*slot] < 1.0);
        while let (Some(&poor), Some(&rich)) = (small.last(), large.last()) {
            small.pop();
            let threshold = (shares[poor] * f64::from(1 << THRESHOLD_BITS)) as u64;
            slots[poor] = pack(threshold, weighted[poor].0, weighted[rich].0);
            shares[rich] -= 1.0 - shares[poor];
            if shares[rich] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        Self { slots }
    }

    /// Draws a key in every lane for two words of luck each.
    #[inline(always)]
    pub(super) fn draw<const LANES: usize>(
        &self,
        which: &[u32; LANES],
        luck: &[u32; LANES],
        keys: &mut [u32; LANES],
    ) {
        let count = self.slots.len() as u64;
        let mut at = [0; LANES];
        for lane in 0..LANES {
            at[lane] = ((u64::from(which[lane]) * count) >> 32) as u32;
        }
        let mut drawn = [0; LANES];
        for lane in 0..LANES {
            drawn[lane] = self.slots[at[lane] as usize];
        }
        for lane in 0..LANES {
            let slot = drawn[lane];
            let threshold = (slot >> (2 * KEY_BITS)) as u32;
            let (own, other) = ((slot >> KEY_BITS) as u32, slot as u32);
            let below = u32::from(luck[lane] >> (32 - THRESHOLD_BITS) < threshold).wrapping_neg();
            keys[lane] = (other ^ ((own ^ other) & below)) & ((1 << KEY_BITS) - 1);
        }
    }
}

/// One slot.
fn pack(threshold: u64, own: u32, other: u32) -> u64 {
    threshold << (2 * KEY_BITS) | u64::from(own) << KEY_BITS | u64::from(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_gets_its_share() {
        let weighted = [(7, 0.5), (9, 0.25), (4, 0.2), (1, 0.05)];
        let table = Alias::new(&weighted);
        let mask = (1 << KEY_BITS) - 1;
        for (key, weight) in weighted {
            let share: f64 = table
                .slots
                .iter()
                .map(|slot| {
                    let below = (slot >> (2 * KEY_BITS)) as f64 / f64::from(1 << THRESHOLD_BITS);
                    let part =
                        |drawn: u64, share| if drawn == u64::from(key) { share } else { 0.0 };
                    part(slot >> KEY_BITS & mask, below) + part(slot & mask, 1.0 - below)
                })
                .sum();
            // A threshold is off by 2^-28 at most, and there are four.
            assert!((share / 4.0 - weight).abs() < 4e-9, "{key}: {share}");
        }
    }

    #[test]
    fn a_draw_takes_the_slot_and_the_side_that_luck_says() {
        // Two keys at 3/4 and 1/4: the second slot holds key 5 up to half of it, then key 3.
        let table = Alias::new(&[(3, 0.75), (5, 0.25)]);
        let mut keys = [0; 4];
        let half = 1 << 31;
        table.draw(
            &[0, 0, half, half],
            &[0, u32::MAX, half - 1, half],
            &mut keys,
        );
        assert_eq!(keys, [3, 3, 5, 3]);
    }
}
