//! Points taken from a club by a decision, not by a result: a dated fact like a result.

use super::{Moment, Tournament};
use crate::ids::ClubId;
use jiff::civil::Date;

/// Points taken from a club's total in its group. Head-to-head comparisons look at matches alone, so they do not see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    /// The club.
    pub club: ClubId,
    /// How many points.
    pub points: u8,
    /// The day of the decision.
    pub date: Date,
    /// Why, in the words of the file.
    pub reason: Option<String>,
}

impl Tournament {
    /// How many points have been taken from a club.
    pub fn deducted(&self, club: ClubId) -> u32 {
        let of_club = self.deductions.iter().filter(|one| one.club == club);
        of_club.map(|one| u32::from(one.points)).sum()
    }

    /// Keeps the deductions decided by a moment: up to the end of its day or, where it is named by matches, before the first of
    /// the matches that are still to come. `to_come` are the days of those.
    pub(super) fn keep_deductions(&mut self, moment: Moment, to_come: impl Iterator<Item = Date>) {
        let next = to_come.min();
        self.deductions.retain(|one| match moment {
            Moment::Now => true,
            Moment::Date(date) => one.date <= date,
            _ => next.is_none_or(|next| one.date < next),
        });
    }

    /// Every deduction in words, such as `Toluca: 3 points deducted on 2013-09-20 (an ineligible player)`.
    pub fn deductions_in_words(&self) -> Vec<String> {
        let words = |one: &Deduction| {
            let plural = if one.points == 1 { "" } else { "s" };
            let reason = one.reason.as_deref();
            format!(
                "{}: {} point{plural} deducted on {}{}",
                self.club(one.club).name,
                one.points,
                one.date,
                reason.map_or_else(String::new, |reason| format!(" ({reason})"))
            )
        };
        self.deductions.iter().map(words).collect()
    }
}
