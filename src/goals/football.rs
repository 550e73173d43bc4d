//! What is known of football in general: the prior of a cup that has no earlier editions to learn from.

use crate::tournament::Edition;

/// The logarithm of the goals of an average side, over the bundled editions of the CONCACAF Champions League.
pub(super) const LEVEL: f64 = 0.375;

/// The home advantage over the same editions, as the term `home` has it.
pub(super) const HOME: f64 = 0.539;

/// By how much competitions differ in the level: few have less than half as many goals, or more than twice as many.
pub(super) const LEVEL_DEVIATION: f64 = 0.4;

/// By how much they differ in the home advantage: in few there is none, or twice as much.
pub(super) const HOME_DEVIATION: f64 = 0.3;

/// A normal prior with this standard deviation or more says nothing about the level or the home advantage: it thinks
/// matches of eight goals a side likely.
pub(super) const SAYS_NOTHING: f64 = 1.0;

/// What somebody should know about a forecast that rests on football in general.
pub(super) fn warning(current: &Edition) -> String {
    let clubs = if current.matches.is_empty() {
        "all clubs count as equally strong"
    } else {
        "clubs differ only by their results in this edition"
    };
    let goals = [LEVEL + HOME / 2.0, LEVEL - HOME / 2.0].map(f64::exp);
    format!(
        "no earlier edition to learn from: home sides are expected to score {:.1} goals and away sides {:.1}, as in the \
         CONCACAF Champions League of 2008-2013, and {clubs}; name earlier editions as `history` in the tournament's file",
        goals[0], goals[1]
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::{fit, open_specification};
    use crate::tournament::{Moment, bundled};

    #[test]
    fn football_in_general_is_that_of_the_bundled_editions() {
        let tournament = bundled::open("ccl-2013-14").expect("it is bundled");
        let history = bundled::open_history(&tournament, None).expect("it is bundled");
        let current = tournament.as_of(Moment::Start).to_edition();
        let home = open_specification("home").expect("it is bundled");
        let model = fit(&home, &history, &current).expect("it can be fitted");
        assert!((model.strengths().level - LEVEL).abs() < 0.001);
        assert!((model.strengths().home - HOME).abs() < 0.001);
    }
}
