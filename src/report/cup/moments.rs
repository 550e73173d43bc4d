//! The moments of a cup at which something new is known.

use crate::cup::{Cup, Instant};

/// Every moment with a name at which more results are known than at the one before, with that name; the start first.
pub fn moments(full: &Cup) -> Vec<(Instant, String)> {
    let mut last = None;
    let all = full.instants().into_iter();
    all.filter(|(instant, _)| {
        let known = full.as_of(*instant).known_matches();
        let is_new = last != Some(known);
        last = Some(known);
        is_new
    })
    .collect()
}
