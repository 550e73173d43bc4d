//! `cupcast report`: everything about a forecast in one file for people.

use super::form::Form;
use super::material::{Gathered, MaterialArgs, Wanted};
use super::model::DEFAULT_MODEL;
use super::output::OutputArgs;
use super::setting::WhenFinished;
use super::{Failure, cup};
use crate::report::document::Document;
use crate::report::{html, markdown, sections};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Arguments of `cupcast report`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast report --output report.html\n  \
    cupcast report --as-of groups --output after-the-groups.html\n  \
    cupcast report world-cup-2022 --as-of md2 --output world-cup.html\n  \
    cupcast report ccl-2012-13 --as-of md4 --output forecast.md")]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    material: MaterialArgs,
    #[command(flatten)]
    output: OutputArgs<ReportFormat>,
}

/// The forms a report can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// One self-contained page with pictures and tables
    Html,
    /// Tables for README-like places
    Md,
}

impl Form for ReportFormat {
    const USUAL: Self = Self::Html;

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["html", "htm"],
            Self::Md => &["md", "markdown"],
        }
    }
}

/// Computes everything, renders and writes it.
pub(crate) fn run(args: &ReportArgs) -> Result<(), Failure> {
    let (basis, simulation) = (&args.material.basis, &args.material.simulation);
    if let Some(found) = cup::find(basis.tournament.name())? {
        let output = args.output.open(&found.files)?;
        let command = command(args, output.format);
        let document = cup::report(&found, basis, simulation, &command)?;
        return output.write(&render(&document, output.format));
    }
    let wanted = Wanted {
        slots: true,
        timeline: Some(WhenFinished::FromStart),
        leverage: true,
        calibration: true,
    };
    let basis = args.material.basis.open()?;
    let output = args.output.open(&basis.files)?;
    let gathered = Gathered::new(&args.material, basis, wanted)?;
    let command = command(args, output.format);
    let document = sections::document(&gathered.material(&command));
    output.write(&render(&document, output.format))
}

fn render(document: &Document, format: ReportFormat) -> String {
    match format {
        ReportFormat::Html => html::render(document),
        ReportFormat::Md => markdown::render(document),
    }
}

/// The command that makes the report again. Where it is written and how many threads work on it are left out:
/// neither changes a byte of it.
fn command(args: &ReportArgs, format: ReportFormat) -> String {
    let material = &args.material;
    let mut words = vec![
        "cupcast".to_owned(),
        "report".to_owned(),
        quoted(material.basis.tournament.name()),
    ];
    if let Some(moment) = &material.basis.tournament.as_of {
        words.extend(["--as-of".to_owned(), quoted(moment)]);
    }
    for (option, value) in material.basis.conditions.words() {
        words.push(option);
        words.extend(value.as_deref().map(quoted));
    }
    let mut option = |name: &str, value: String| words.extend([name.to_owned(), quoted(&value)]);
    let model = &material.basis.model;
    let path = |path: &PathBuf| path.display().to_string();
    if let Some(fitted) = &model.fitted {
        option("--fitted", path(fitted));
    } else if let Some(rates) = &model.rates {
        option("--rates", path(rates));
    } else if model.model != DEFAULT_MODEL {
        option("--model", model.model.clone());
    }
    if let Some(runs) = material.simulation.sims {
        option("--sims", runs.to_string());
    }
    if let Some(precision) = material.simulation.precision {
        option("--precision", precision.to_string());
    }
    option("--seed", material.simulation.seed.to_string());
    if format == ReportFormat::Md {
        option("--format", "md".to_owned());
    }
    words.join(" ")
}

/// A word as a shell reads it: in quotes where it is not plain.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
