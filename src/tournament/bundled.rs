//! The competitions that come with the program, embedded in the binary, and opening any other by path.

use super::{Edition, Tournament, file, history};
use crate::diagnostic::{Diagnostics, Severity, nearest};
use crate::text_file::{self, ReadError};
use std::path::{Path, PathBuf};

/// The short name and the text of every file that comes with the program, oldest edition first.
const FILES: [(&str, &str); 6] = [
    (
        "ccl-2008-09",
        include_str!("../../models/ccl/history/2008-09.toml"),
    ),
    (
        "ccl-2009-10",
        include_str!("../../models/ccl/history/2009-10.toml"),
    ),
    (
        "ccl-2010-11",
        include_str!("../../models/ccl/history/2010-11.toml"),
    ),
    (
        "ccl-2011-12",
        include_str!("../../models/ccl/history/2011-12.toml"),
    ),
    ("ccl-2012-13", include_str!("../../models/ccl/2012-13.toml")),
    ("ccl-2013-14", include_str!("../../models/ccl/2013-14.toml")),
];

/// Why a tournament or past edition could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A name that is neither bundled nor a file.
    #[error(
        "there is no tournament `{name}`; {suggestion}write one of {choices}, or a path to a .toml file"
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// `did you mean ...? ` where something is near, else empty.
        suggestion: String,
        /// What there is.
        choices: String,
    },
    /// A past edition where a tournament is needed.
    #[error(
        "{name} is a past edition without rules and groups: it can be learned from, but not forecast; write one of {choices}, or a path to a .toml file"
    )]
    NotATournament {
        /// What was asked for.
        name: String,
        /// The bundled tournaments.
        choices: String,
    },
    /// A file that cannot be read, or is no text.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// An edition that cannot be part of the history that names it.
    #[error("the history of {tournament}: {mistake}")]
    History {
        /// The tournament.
        tournament: String,
        /// What is wrong, and the way out.
        mistake: String,
    },
    /// A file with mistakes in it.
    #[error(transparent)]
    Invalid(#[from] Diagnostics),
}

/// The short names of everything that comes with the program, oldest edition first.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The short names of those that can be forecast (the others are past editions to learn from).
pub fn tournaments() -> impl Iterator<Item = &'static str> {
    FILES
        .iter()
        .filter(|(_, text)| !file::is_edition(text))
        .map(|(name, _)| *name)
}

/// The text of a bundled file; case makes no difference.
pub fn text(name: &str) -> Option<&'static str> {
    FILES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, text)| *text)
}

/// A file that was found: what messages call it, and its text.
struct Found {
    name: String,
    text: String,
}

/// Finds a bundled file by name, or any other by path; `choices` are suggested where there is neither.
fn find(name: &str, path: &Path, choices: &[&str]) -> Result<Found, OpenError> {
    if let Some(text) = text(name) {
        return Ok(Found {
            name: name.to_owned(),
            text: text.to_owned(),
        });
    }
    let is_path = path.extension().is_some_and(|end| end == "toml") || path.exists();
    if !is_path {
        return Err(OpenError::Unknown {
            name: name.to_owned(),
            suggestion: nearest(name, choices.iter().copied())
                .map(|near| format!("did you mean `{near}`? "))
                .unwrap_or_default(),
            choices: choices.join(", "),
        });
    }
    Ok(Found {
        name: path.display().to_string(),
        text: text_file::read(path)?,
    })
}

/// Opens a tournament: a bundled one by its short name, any other by the path of its file.
///
/// # Errors
/// An unknown name, a past edition, an unreadable file, or a file with mistakes.
pub fn open(name_or_path: &str) -> Result<Tournament, OpenError> {
    open_with_sources(name_or_path).map(|reading| reading.tournament)
}

/// Opens a tournament with the places of its matches and with warnings, as [`open`] does.
///
/// # Errors
/// As [`open`].
pub fn open_with_sources(name_or_path: &str) -> Result<file::Reading, OpenError> {
    Ok(open_draft(name_or_path)?.finish(Vec::new())?)
}

/// Opens a tournament as far as it can be read, for a check that has more to find in it.
///
/// # Errors
/// As [`open`], but for mistakes in the file, which the draft holds.
pub fn open_draft(name_or_path: &str) -> Result<file::Draft, OpenError> {
    let choices: Vec<&str> = tournaments().collect();
    let found = find(name_or_path, Path::new(name_or_path), &choices)?;
    if file::is_edition(&found.text) {
        return Err(OpenError::NotATournament {
            name: found.name,
            choices: choices.join(", "),
        });
    }
    Ok(file::Draft::read(&found.name, &found.text))
}

/// Opens the earlier editions a tournament names as its history, in the order it names them: bundled ones
/// by name, any other by a path relative to the folder of the tournament's own file. Tournaments and past
/// editions both will do.
///
/// # Errors
/// As [`open`], and editions that cannot stand where they are named: see [`history::check`].
pub fn open_history(
    tournament: &Tournament,
    relative_to: Option<&Path>,
) -> Result<Vec<Edition>, OpenError> {
    let names = tournament.history.iter();
    let history: Vec<Edition> = names
        .map(|name| open_edition(name, relative_to))
        .collect::<Result<_, _>>()?;
    let remarks = history::check(tournament, &history).into_iter();
    let mut mistakes = remarks.filter(|remark| remark.severity == Severity::Error);
    mistakes.next().map_or(Ok(history), |mistake| {
        Err(OpenError::History {
            tournament: tournament.id.clone(),
            mistake: format!("{}; {}", mistake.message, mistake.help),
        })
    })
}

/// An earlier edition as its file has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Past {
    /// A whole tournament, with rules and bracket.
    Tournament(Box<Tournament>),
    /// Clubs and matches alone.
    Edition(Edition),
}

impl Past {
    /// What can be learned from it.
    pub fn into_edition(self) -> Edition {
        match self {
            Self::Tournament(tournament) => tournament.to_edition(),
            Self::Edition(edition) => edition,
        }
    }
}

/// Opens one edition to learn from, a tournament or a past edition: a bundled one by name, any other by a path
/// relative to a folder.
///
/// # Errors
/// As [`open`].
pub fn open_edition(name: &str, relative_to: Option<&Path>) -> Result<Edition, OpenError> {
    open_past(name, relative_to).map(Past::into_edition)
}

/// Opens an earlier edition as its file has it: see [`open_edition`].
///
/// # Errors
/// As [`open`].
pub fn open_past(name: &str, relative_to: Option<&Path>) -> Result<Past, OpenError> {
    let choices: Vec<&str> = names().collect();
    let path = relative_to.map_or_else(|| PathBuf::from(name), |folder| folder.join(name));
    let found = find(name, &path, &choices)?;
    Ok(if file::is_edition(&found.text) {
        Past::Edition(file::read_edition(&found.name, &found.text)?)
    } else {
        Past::Tournament(Box::new(file::read(&found.name, &found.text)?))
    })
}
