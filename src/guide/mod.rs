//! Pages for people who come with a purpose: analysts, organisers, engineers. Their commands and examples are run by the tests.

#[doc = include_str!("analysts.md")]
pub mod analysts {}

#[doc = include_str!("organisers.md")]
pub mod organisers {}

#[doc = include_str!("engineers.md")]
pub mod engineers {}
