//! How a command fails: the input is wrong (exit code 2), or the machine could not (exit code 1).

use crate::csv_file::CsvError;
use crate::diagnostic::Diagnostics;
use crate::tournament::bundled::OpenError;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
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

/// Says something on stderr. Where nobody can hear it (stderr is closed, or its disk is full) the work goes on.
pub(crate) fn tell(message: impl Display) {
    let message = message.to_string();
    let _ = writeln!(io::stderr(), "{}", message.trim_end());
}

/// Whether messages on stderr should be coloured: only for a terminal, and not against the user's wish
/// (see no-color.org).
pub(crate) fn colours() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !unwanted
}
