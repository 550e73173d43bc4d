//! The exact solver against slow twins that read the rules aloud.

mod canvas;
mod cups;
mod group;
mod whole;
