//! The exact solver against slow twins that read the rules aloud.

mod cups;
mod group;
mod whole;
