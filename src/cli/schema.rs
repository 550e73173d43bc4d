//! `cupcast schema`: the JSON schema of an output, derived from the types that are written.

use super::{Failure, output};
use crate::report::cup::{ForecastDocument, TableDocument};
use clap::{Args, ValueEnum};
use schemars::{Schema, schema_for};

/// Arguments of `cupcast schema`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast schema forecast > forecast.schema.json    what `cupcast forecast --format json` writes of a cup\n  \
    cupcast schema table                              what `cupcast table --format json` writes of a cup\n\n\
The folder `schema` of the sources has these files. They describe format 2, the JSON of cups of any format.")]
pub(crate) struct SchemaArgs {
    /// The command whose JSON is described
    #[arg(value_enum)]
    of: Document,
}

/// A command whose JSON has a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Document {
    /// `cupcast forecast`
    Forecast,
    /// `cupcast table`
    Table,
}

/// Prints a schema.
pub(crate) fn run(args: &SchemaArgs) -> Result<(), Failure> {
    let schema: Schema = match args.of {
        Document::Forecast => schema_for!(ForecastDocument),
        Document::Table => schema_for!(TableDocument),
    };
    let text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON") + "\n";
    output::print(text.as_bytes())
}
