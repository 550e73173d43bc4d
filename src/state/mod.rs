//! How a cup comes out: one loop over its units, whoever says how open matches end.
//!
//! [`walk`] goes through the units in order. A [`Referee`] gives it what happens: the results that are known (the state of
//! a real cup), or luck (a simulated run). So there is one place that knows what a table, a tie, an order, a draw or an
//! allocation is.

mod ballot_odds;
mod course;
pub(crate) mod draw;
mod ending;
mod known;
mod open_table;
mod places;
mod premises;
pub(crate) mod ranking;
mod reach;
mod record;
mod run;
pub(crate) mod tie;
mod walk;

pub use ballot_odds::SharedOdds;
pub use course::{Course, Fixture};
pub use ending::Ending;
pub use known::{Reason, State};
pub(crate) use known::{keep_rulings, order_by_rulings, side_of};
pub use open_table::OpenTable;
pub use places::{Placing, Watch};
pub use premises::{First, Premises};
pub use reach::Reach;
pub use record::Record;
pub use run::{LegPlay, Run, TiePlay};
pub use tie::Leg;
pub use walk::{Referee, walk};

#[cfg(test)]
mod tests;
