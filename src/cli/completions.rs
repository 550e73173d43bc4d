//! `cupcast completions`: completions for a shell, or manual pages.

use super::{CommandLine, Failure, output};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::path::{Path, PathBuf};

/// Arguments of `cupcast completions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast completions bash > ~/.local/share/bash-completion/completions/cupcast\n  \
    cupcast completions fish > ~/.config/fish/completions/cupcast.fish\n  \
    cupcast completions --man ~/.local/share/man/man1")]
pub(crate) struct CompletionsArgs {
    /// Print completions for this shell
    #[arg(value_enum, required_unless_present = "man")]
    shell: Option<Shell>,
    /// Write the manual pages of all commands into this folder instead
    #[arg(long, value_name = "FOLDER", conflicts_with = "shell")]
    man: Option<PathBuf>,
}

/// Prints completions or writes manual pages.
pub(crate) fn run(args: &CompletionsArgs) -> Result<(), Failure> {
    if let Some(shell) = args.shell {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut CommandLine::command(), "cupcast", &mut script);
        output::print(&script)?;
    }
    args.man.as_deref().map_or(Ok(()), write_pages)
}

/// Writes `cupcast.1` and a page a subcommand, such as `cupcast-forecast.1`.
fn write_pages(folder: &Path) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Err(Failure::input(format!(
            "{} is no folder; make it first",
            folder.display()
        )));
    }
    let trouble = |error: std::io::Error| {
        Failure::Trouble(format!("cannot write to {}: {error}", folder.display()))
    };
    clap_mangen::generate_to(CommandLine::command(), folder).map_err(trouble)
}
