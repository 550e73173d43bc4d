//! A cup before its draws were held.

use super::Cup;
use crate::format::Rules;
use crate::ids::UnitId;

impl Cup {
    /// The cup with these draws still to be held; whatever else its files know stays.
    #[must_use]
    pub fn undrawn(&self, is_meant: impl Fn(UnitId) -> bool) -> Self {
        let mut undrawn = self.clone();
        undrawn.facts.held.retain(|held| {
            let is_draw = matches!(self.format.unit(held.unit).rules, Rules::Draw(_));
            !(is_draw && is_meant(held.unit))
        });
        undrawn
    }
}
