//! How a command fails: the input is wrong (exit code 2), or the machine could not (exit code 1).

use crate::tournament::bundled::OpenError;
use std::fmt::Display;
use std::io::IsTerminal;
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
            Self::Mistakes(text) => eprintln!("{}", text.trim_end()),
            Self::Input(message) | Self::Trouble(message) => eprintln!("error: {message}"),
        }
        match self {
            Self::Input(_) | Self::Mistakes(_) => ExitCode::from(2),
            Self::Trouble(_) => ExitCode::from(1),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Invalid(diagnostics) => Self::Mistakes(diagnostics.render(colours())),
            other => Self::input(other),
        }
    }
}

/// Whether messages on stderr should be coloured: only for a terminal, and not against the user's wish
/// (see no-color.org).
pub(crate) fn colours() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !unwanted
}
