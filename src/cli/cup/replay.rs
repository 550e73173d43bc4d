//! `cupcast replay` of a cup.

use super::{Asked, Named, ask};
use crate::cli::Failure;
use crate::cli::basis::BasisArgs;
use crate::cli::output;
use crate::play::units::replay as play_again;
use crate::report::cup::replay_text;
use crate::state::State;

/// Plays the one run again and prints it.
pub(crate) fn replay(
    found: &Named,
    basis: &BasisArgs,
    seed: u64,
    number: u64,
) -> Result<(), Failure> {
    let Asked { outlook, .. } = ask(found, basis)?;
    let state = State {
        course: outlook.state().course.clone(),
        run: play_again(&outlook.engine(), seed, number),
        reasons: Vec::new(),
    };
    let when = outlook.known().instant_words(outlook.instant());
    let heading = format!("simulated tournament number {number} of seed {seed}\nas of    {when}");
    output::print_text(&replay_text(outlook.known(), &state, &heading))
}
