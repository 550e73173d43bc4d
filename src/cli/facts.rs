//! What an answer rests on, gathered for the lines above it.

use super::basis::Basis;
use crate::report::about::About;

/// The words that [`About`] borrows.
pub(crate) struct Facts<'a> {
    basis: &'a Basis,
    fixes: Vec<String>,
    notes: Vec<String>,
}

impl<'a> Facts<'a> {
    /// Puts the words together.
    pub(crate) fn of(basis: &'a Basis) -> Self {
        Self {
            basis,
            fixes: basis.conditions.words(&basis.setting.known),
            notes: basis.setting.notes(),
        }
    }

    /// All that is known before anything was simulated.
    pub(crate) fn about(&self) -> About<'_> {
        About {
            tournament: &self.basis.ruled,
            moment: self.basis.setting.moment,
            model: &self.basis.note,
            fixes: &self.fixes,
            runs: 0,
            seed: 0,
            method: "simulated",
            notes: &self.notes,
        }
    }
}
