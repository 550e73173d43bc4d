//! Alias tables (Walker 1977, Vose 1991): a draw from any discrete distribution with one look-up.

/// A distribution over keys of 32 bits.
#[derive(Debug, Clone)]
pub(super) struct Alias {
    slots: Vec<Slot>,
}

/// A slot: below the threshold (of 2^32) its own key is drawn, else the other.
#[derive(Debug, Clone, Copy)]
struct Slot {
    threshold: u32,
    own: u32,
    other: u32,
}

impl Alias {
    /// The table of keys with positive weights, at least one; the weights need not add up to 1.
    pub(super) fn new(weighted: &[(u32, f64)]) -> Self {
        let total: f64 = weighted.iter().map(|(_, weight)| weight).sum();
        let scale = weighted.len() as f64 / total;
        let mut shares: Vec<f64> = weighted.iter().map(|(_, weight)| weight * scale).collect();
        let mut slots: Vec<Slot> = weighted
            .iter()
            .map(|(key, _)| Slot {
                threshold: u32::MAX,
                own: *key,
                other: *key,
            })
            .collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) =
            (0..shares.len()).partition(|slot| shares[*slot] < 1.0);
        while let (Some(&poor), Some(&rich)) = (small.last(), large.last()) {
            small.pop();
            slots[poor].threshold = (shares[poor] * 4_294_967_296.0) as u32;
            slots[poor].other = slots[rich].own;
            shares[rich] -= 1.0 - shares[poor];
            if shares[rich] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        Self { slots }
    }

    /// The key for two words of luck.
    #[inline]
    pub(super) fn draw(&self, which: u32, luck: u32) -> u32 {
        let slot = (u64::from(which) * self.slots.len() as u64) >> 32;
        let slot = &self.slots[slot as usize];
        if luck < slot.threshold {
            slot.own
        } else {
            slot.other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_gets_its_share() {
        let weighted = [(7, 0.5), (9, 0.25), (4, 0.2), (1, 0.05)];
        let table = Alias::new(&weighted);
        for (key, weight) in weighted {
            let share: f64 = table
                .slots
                .iter()
                .map(|slot| {
                    let below = f64::from(slot.threshold) / 4_294_967_296.0;
                    let own = if slot.own == key { below } else { 0.0 };
                    own + if slot.other == key { 1.0 - below } else { 0.0 }
                })
                .sum();
            // A threshold of 32 bits is off by 2^-32 at most, and there are four.
            assert!((share / 4.0 - weight).abs() < 1e-9, "{key}: {share}");
        }
    }
}
