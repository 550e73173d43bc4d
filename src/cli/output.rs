//! Where results go: stdout, or a file that is written whole or not at all.

use super::Failure;
use clap::{Args, ValueEnum};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The form of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// A table for people
    #[default]
    Text,
    /// For programs, in full precision
    Json,
    /// For spreadsheets, in full precision
    Csv,
}

/// Options shared by all commands that print a result.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// The form of the result
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Write the result to this file instead of stdout, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl OutputArgs {
    /// Whether the result is text for a person to read now. Only then does it say how long it took: what
    /// is kept in a file or read by a program is the same, byte for byte, whenever it is made again.
    pub(crate) fn shows_time(&self) -> bool {
        self.format == Format::Text && self.output.is_none()
    }

    /// The width to fill with text: that of the terminal, or the usual one in a file.
    pub(crate) fn width(&self) -> usize {
        if self.output.is_some() {
            USUAL_WIDTH
        } else {
            terminal_width()
        }
    }

    /// Writes the finished text where it was asked for.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        match &self.output {
            Some(path) => write_file(path, text),
            None => print(text),
        }
    }
}

/// The width to fill with text on stdout: what `COLUMNS` says, else the width of the terminal, else 80 columns.
pub(crate) fn terminal_width() -> usize {
    let asked = std::env::var("COLUMNS").ok();
    let asked = asked.and_then(|columns| columns.trim().parse().ok());
    let seen = || console::Term::stdout().size_checked();
    let columns = asked.or_else(|| seen().map(|(_, columns)| usize::from(columns)));
    columns
        .filter(|columns| *columns > 0)
        .unwrap_or(USUAL_WIDTH)
        .clamp(40, 160)
}

/// The width of text in files, which is the same on every terminal.
const USUAL_WIDTH: usize = 80;

/// Whether a result on stdout should be coloured: only on a terminal, and not against the user's wish (see no-color.org).
pub(crate) fn stdout_colours() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !unwanted
}

/// Prints a result on stdout. A reader that has closed the pipe has seen enough: no error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Trouble(format!("cannot write to stdout: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a file by way of a temporary one beside it, so that no reader ever sees half of it.
///
/// What a link points to is written, not the link, and what is no plain file (`/dev/stdout`, a named pipe) is written to as it is.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    let trouble = |error: &dyn std::fmt::Display| {
        Failure::Trouble(format!("cannot write {}: {error}", path.display()))
    };
    let target = std::fs::canonicalize(path);
    let path = target.as_deref().unwrap_or(path);
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return std::fs::write(path, text).map_err(|error| trouble(&error));
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| trouble(&error))?;
    file.write_all(text.as_bytes())
        .map_err(|error| trouble(&error))?;
    file.as_file().sync_all().map_err(|error| trouble(&error))?;
    give_usual_permissions(file.as_file(), path).map_err(|error| trouble(&error))?;
    file.persist(path).map_err(|error| trouble(&error.error))?;
    Ok(())
}

/// A temporary file is private; a result should be as readable as any file the user makes, or as the
/// file that it replaces was.
#[cfg(unix)]
fn give_usual_permissions(file: &std::fs::File, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = match std::fs::metadata(path) {
        Ok(replaced) => replaced.permissions(),
        Err(_) => std::fs::Permissions::from_mode(0o644),
    };
    file.set_permissions(permissions)
}

/// Elsewhere a new file has the usual permissions already.
#[cfg(not(unix))]
fn give_usual_permissions(_: &std::fs::File, _: &Path) -> io::Result<()> {
    Ok(())
}
