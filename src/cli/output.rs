//! Where results go: stdout, or a file that is written whole or not at all.

use super::Failure;
use super::file::OutputFile;
use super::form::{Form, chosen};
use clap::Args;
use std::ffi::OsStr;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

pub(crate) use super::form::Format;

/// Options shared by all commands that print a result.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs<F: Form = Format> {
    /// The form of the result [default: what the ending of --output says, else the first of these]
    #[arg(long, value_enum)]
    format: Option<F>,
    /// Write the result to this file (`-` is stdout), whole or not at all; its ending says in which form
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl<F: Form> OutputArgs<F> {
    /// The same with another form in place of the one that `--format` names.
    pub(crate) fn in_form(&self, format: Option<F>) -> Self {
        Self {
            format: format.or(self.format),
            output: self.output.clone(),
        }
    }

    /// The form and the place of the result, made sure of before the work: `inputs` are the files it is made from.
    ///
    /// # Errors
    /// A form that the file's ending contradicts, a file that is one of the inputs, or one that cannot be written.
    pub(crate) fn open(&self, inputs: &[PathBuf]) -> Result<Output<F>, Failure> {
        let file = self.output.as_deref();
        let file = file.filter(|path| *path != Path::new("-"));
        Ok(Output {
            format: chosen(self.format, file)?,
            file: file
                .map(|path| OutputFile::open(path, inputs))
                .transpose()?,
        })
    }
}

/// Where a result will be written, and in which form.
pub(crate) struct Output<F: Form = Format> {
    /// The form.
    pub(crate) format: F,
    file: Option<OutputFile>,
}

impl<F: Form> Output<F> {
    /// The file, if it is one.
    pub(crate) fn file(&self) -> Option<&OutputFile> {
        self.file.as_ref()
    }

    /// The width to fill with text: that of the terminal, or the usual one in a file.
    pub(crate) fn width(&self) -> usize {
        match self.file {
            Some(_) => USUAL_WIDTH,
            None => terminal_width(),
        }
    }

    /// Whether a text has colours: on a terminal that is not against them, never in a file.
    pub(crate) fn colours(&self) -> bool {
        self.file.is_none() && colours_on(&io::stdout())
    }

    /// Writes the finished text where it was asked for.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        self.write_bytes(self.format.shown(text, self.colours()).as_bytes())
    }

    /// Writes what is no text.
    pub(crate) fn write_bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        match &self.file {
            Some(file) => file.write(bytes),
            None => print(bytes),
        }
    }
}

/// The width to fill with text on stdout: what `COLUMNS` says, else the width of the terminal, else 80 columns.
fn terminal_width() -> usize {
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

/// Whether what goes to a stream should be coloured: only on a terminal that knows colours, and not against the user's wish.
pub(crate) fn colours_on(stream: &impl IsTerminal) -> bool {
    let unwanted = std::env::var_os("NO_COLOR");
    stream.is_terminal() && !is_dumb() && !forbids(unwanted.as_deref())
}

/// Whether the terminal says that it only prints what it is sent.
pub(crate) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether this value of `NO_COLOR` forbids colours (see no-color.org).
fn forbids(no_color: Option<&OsStr>) -> bool {
    no_color.is_some_and(|value| !value.is_empty())
}

/// Prints a result that has no form of its own: a line or a page of text, nothing hidden in it.
pub(crate) fn print_text(text: &str) -> Result<(), Failure> {
    print(Format::Text.shown(text, false).as_bytes())
}

/// Prints on stdout. A reader that has closed the pipe has seen enough: no error.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Trouble(format!("cannot write to stdout: {error}")))
        }
        _ => Ok(()),
    }
}
