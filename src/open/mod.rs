//! Opens a cup of any format: a file of format 2 with its results, or a bundled one by name.
//!
//! Reading goes from names to rules to stages to results. Units of a format are made as their stages are read; matches
//! are put where they belong when the clubs that play them are known, which is found out by walking through the cup.

mod bind;
mod bundled;
mod clubs;
mod criteria;
mod document;
mod drawn_groups;
mod format1;
mod matchdays;
mod milestones;
mod orders;
mod past;
mod presets;
mod references;
mod results;
mod rules;
mod stages;
mod tables;
mod template;
mod ties;

pub use bundled::{BUNDLED, Bundled, find as find_bundled};
pub use document::{Sibling, read};
pub use presets::{PRESETS, Preset};
pub use template::{Shape, ShapeError, template};

use crate::cup::Cup;
use crate::diagnostic::Diagnostics;
use crate::text_file;
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// Opens a bundled cup.
///
/// # Errors
/// What is wrong with its file; nothing, as the tests say.
pub fn open_bundled(cup: &Bundled) -> Result<Cup, Diagnostics> {
    read(cup.name, cup.text, &|file| {
        let text = if file == "history.csv" {
            cup.history
        } else {
            cup.results
        };
        Ok((file.to_owned(), text.to_owned()))
    })
}

/// Opens the text of a file of format 2; results and history stand in files beside it. With the cup come the paths of all
/// that was read.
///
/// # Errors
/// Everything that is wrong with it, or with a file that it names.
pub fn open_file(path: &Path, text: &str) -> Result<(Cup, Vec<PathBuf>), Diagnostics> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let files = RefCell::new(vec![path.to_owned()]);
    let cup = read(&path.display().to_string(), text, &|file| {
        let path = folder.join(file);
        let text = text_file::read(&path).map_err(|error| error.to_string())?;
        let called = path.display().to_string();
        files.borrow_mut().push(path);
        Ok((called, text))
    })?;
    Ok((cup, files.into_inner()))
}

/// Whether a text says that it is of format 2.
pub fn is_format_2(text: &str) -> bool {
    let (document, _) = toml::de::DeTable::parse_recoverable(text);
    let format = document.get_ref().get("format");
    let number = format.and_then(|format| format.get_ref().as_integer());
    number.is_some_and(|number| number.as_str() == "2")
}

#[cfg(test)]
mod tests;
