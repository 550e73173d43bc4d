//! Forecasts of football cups: who wins, with what probability, and what would change it.
//!
//! ```
//! # fn main() -> Result<(), cupcast::CupError> {
//! use cupcast::Cup;
//!
//! let cup = Cup::open("world-cup-2022")?; // or the path of a file of your own
//! let odds = cup.as_of("md2")?.runs(5_000).forecast()?;
//! let brazil = odds.chance("title", "Brazil")?;
//! assert!(brazil.probability > 0.15 && brazil.standard_error < 0.01);
//!
//! // The same luck, if it is told beforehand that Cameroon beats Brazil, as it did.
//! let without = cup.as_of("md2")?.fix("CMR-BRA 1-0").runs(5_000).forecast()?;
//! assert!(without.place("G", 1, "Brazil")?.probability < odds.place("G", 1, "Brazil")?.probability);
//! # Ok(())
//! # }
//! ```
//!
//! [`Cup::open`] takes the name of a bundled cup (`cupcast list` tells them) or the path of a file, which `models/README.md` of the sources
//! describes; [`Cup::as_of`] goes to a moment, and what comes out are [`CupOdds`]: chances by milestone and by place, each with its
//! standard error. [`outlook`] is where any other question begins, and [`play::units::Observer`] is how to ask one of your own.
//!
//! A cup is a [`format`](mod@format) (a graph of units: tables, ties, orders, draws, allocations), its matches and its facts ([`cup`]). [`open`] reads it from a file, [`state`] says
//! how it stands, [`play::units`] plays it.
//!
//! # Groups of three and seeded winners
//!
//! The CONCACAF Champions League since 2012-13 has faster engines and an exact solver of its own. What follows is their story. The crate is shaped like a small
//! compiler, and each arrow is one function between two plain types:
//!
//! ```text
//! tournament file ─► Tournament ─┐
//! matches so far ──► GoalModel ──┼─► Playbook ─► (play | exact) ─► Tally ─► Forecast ─► report
//! what-if ─────────► Conditions ─┘
//! ```
//!
//! 1. **File to [`Tournament`](tournament::Tournament).** [`tournament::file`] reads a competition, rules included, and reports
//!    every mistake in it at once; [`tournament::bundled`] has the editions that come with the crate. What comes out is valid.
//! 2. **A moment is a filter.** [`Tournament::as_of`](tournament::Tournament::as_of) takes every later result out before
//!    anything else sees the tournament, so no forecast can know what had not happened.
//! 3. **Matches to [`GoalModel`](goals::GoalModel).** [`goals::fit`] fits a penalised Poisson regression to the matches known so
//!    far; a model of your own needs one function, the expected goals of a pairing.
//! 4. **What-if to [`Conditions`](conditions::Conditions).** What is taken for granted, whatever really happened.
//! 5. **All three to [`Playbook`](playbook::Playbook).** [`playbook::compile`] turns them into flat arrays: a score distribution for
//!    every match. A known or fixed result is one that has all its mass on one score; nobody after this knows the difference.
//! 6. **Playbook to counts.** [`play`] plays tournaments, each from its own random stream ([`rng`]), so any one can be replayed;
//!    [`simulate`] plays many on all cores; a [`Tally`](tally::Tally) counts in integers, so that threads cannot show.
//! 7. **Or without random numbers.** [`exact`] convolves groups and contracts the bracket; each engine is the other's judge in the tests.
//! 8. **Counts to [`Forecast`](forecast::Forecast).** One division at the end gives [`Odds`](odds::Odds) and their standard errors.
//! 9. **Questions asked of many forecasts**: [`backtest`], [`leverage`], [`timeline`], [`scenarios`], [`mod@ask`], [`paths`], [`mod@draw`].
//! 10. **Forecast to bytes.** [`report`] writes text, JSON, CSV, HTML and Markdown, [`plot`] draws SVG, and the feature `serve` opens a
//!     web page.
//!
//! The whole way in one program:
//!
//! ```
//! use cupcast::conditions::Conditions;
//! use cupcast::forecast::{Effort, ModelNote, Request, Unwatched, simulated};
//! use cupcast::goals::{self, Specification};
//! use cupcast::tournament::{Moment, bundled};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let tournament = bundled::open("ccl-2013-14")?;
//! let known = tournament.as_of(Moment::Matchday(4));
//! let history = bundled::open_history(&tournament, None)?;
//! let model = goals::fit(&Specification::default_model(), &history, &known.to_edition())?;
//! let request = Request {
//!     known: &known,
//!     moment: Moment::Matchday(4),
//!     model: &model,
//!     note: ModelNote {
//!         name: "default".into(),
//!         matches: model.summary().training_matches,
//!         editions: history.len() + 1,
//!     },
//!     conditions: &Conditions::default(),
//!     effort: Effort::Runs(20_000),
//!     seed: 1,
//!     threads: None,
//! };
//! let forecast = simulated(&request, &Unwatched);
//! let toluca = known.find_club("Toluca")?;
//! assert!(forecast.odds.title[toluca.index()] > 0.2);
//! # Ok(())
//! # }
//! ```
//!
//! The pages of the [`guide`] go on from here: for [analysts](guide::analysts) who take the numbers elsewhere, for
//! [organisers](guide::organisers) who ask about rules and draws, and for [engineers](guide::engineers) who use or change the library.

// A full or closed stderr must not end the program: `cli::failure::tell` says everything.
#![warn(clippy::print_stderr)]

pub mod ask;
pub mod backtest;
pub mod bench;
#[cfg(feature = "cli")]
pub mod cli;
pub mod collapsed;
pub mod conditions;
pub mod consistency;
pub mod csv_file;
pub mod cup;
pub mod diagnostic;
pub mod draw;
pub mod exact;
pub mod forecast;
pub mod format;
pub mod front;
pub mod goals;
pub mod guide;
pub mod ids;
mod instructions;
pub mod knockout;
pub mod leverage;
pub mod odds;
pub mod open;
pub mod outlook;
pub mod pairings;
pub mod paths;
pub mod play;
pub mod playbook;
pub mod plot;
pub mod report;
pub mod rng;
pub mod scenarios;
pub mod seeding;
#[cfg(feature = "serve")]
pub mod serve;
pub mod settled;
pub mod simulate;
pub mod slots;
pub mod standings;
pub mod state;
pub mod tally;
pub mod text_file;
pub mod threads;
pub mod timeline;
pub mod tournament;
pub mod verify;
pub mod visible;
pub mod what_if;

pub use cup::Cup;
pub use front::{AsOf, CupError, CupOdds};
pub use odds::Chance;
