//! Where a drawing of lots comes from: reality, or a random order that the caller makes.

use crate::ids::ClubId;

/// The last criterion: an order among clubs that nothing else separates.
pub enum Lots<'a> {
    /// Lots as they fell in reality (`Tournament::lots`): a club listed earlier beats one listed later.
    /// Clubs that are level stay so unless every one of them is listed.
    Known(&'a [ClubId]),
    /// A drawing of lots: gets the clubs that are level, in the order in which they were given, and
    /// returns the same clubs, best first.
    Drawn(&'a mut dyn FnMut(&[ClubId]) -> Vec<ClubId>),
}

impl Lots<'_> {
    /// The order of clubs that nothing else separates, best first; `None` if no lots were drawn about them.
    pub(crate) fn order(&mut self, level: &[ClubId]) -> Option<Vec<ClubId>> {
        match self {
            Self::Known(list) => {
                let drawn = level.iter().all(|club| list.contains(club));
                let in_order = list.iter().filter(|club| level.contains(club));
                drawn.then(|| in_order.copied().collect())
            }
            Self::Drawn(draw) => {
                let order = draw(level);
                debug_assert!(
                    order.len() == level.len() && level.iter().all(|club| order.contains(club)),
                    "a drawing of lots returns the clubs it was given"
                );
                Some(order)
            }
        }
    }
}
