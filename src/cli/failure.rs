//! How a command fails: the input is wrong (exit code 2), or the machine could not (exit code 1).

use super::output::colours_on;
use crate::csv_file::CsvError;
use crate::diagnostic::Diagnostics;
use crate::tournament::bundled::OpenError;
use crate::visible;
use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What the user gave is wrong; the text says where, what and what to do instead.
    Input(String),
    /// Several mistakes in a file, already laid out for people.
    Mistakes(String),
    /// The input was fine, but the machine could not.
    Trouble(String),
}

impl Failure {
    /// A failure of the input with this message.
    pub(crate) fn input(message: impl Display) -> Self {
        Self::Input(message.to_string())
    }

    /// Prints the failure on stderr and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        match self {
            Self::Mistakes(text) => tell(text),
            Self::Input(message) | Self::Trouble(message) => tell(format!("error: {message}")),
        }
        match self {
            Self::Input(_) | Self::Mistakes(_) => ExitCode::from(2),
            Self::Trouble(_) => ExitCode::from(1),
        }
    }
}

impl From<Diagnostics> for Failure {
    fn from(mistakes: Diagnostics) -> Self {
        Self::Mistakes(mistakes.render(colours()))
    }
}

impl From<CsvError> for Failure {
    fn from(error: CsvError) -> Self {
        match error {
            CsvError::Invalid(mistakes) => mistakes.into(),
            CsvError::Unreadable(error) => Self::input(error),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Invalid(diagnostics) => diagnostics.into(),
            other => Self::input(other),
        }
    }
}

/// Answers what clap did not take: help and versions are printed, and mistakes are told with nothing hidden in what they
/// repeat of the command line.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    let hides = |word: std::ffi::OsString| word.to_string_lossy().contains(visible::is_hidden);
    if error.use_stderr() && std::env::args_os().any(hides) {
        tell(error.render());
    } else {
        // A closed pipe has seen enough, and a full disk cannot be told.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Says something on stderr, nothing hidden in it. Where nobody can hear it (stderr is closed, or its disk is full) the work
/// goes on.
pub(crate) fn tell(message: impl Display) {
    let message = message.to_string();
    let message = message.trim_end();
    let shown = if colours() {
        visible::in_colour(message)
    } else {
        visible::in_lines(message).into_owned()
    };
    let _ = writeln!(io::stderr(), "{shown}");
}

/// Whether messages on stderr should be coloured.
pub(crate) fn colours() -> bool {
    colours_on(&io::stderr())
}
