//! The goal models that come with the program, and how any other is opened.

use super::specification::Specification;
use super::specification_file::{check_references, read_specification};
use crate::diagnostic::{Diagnostics, nearest};
use crate::text_file::{self, ReadError};
use crate::tournament::Edition;
use std::path::{Path, PathBuf};

/// Every bundled specification by name, the default first.
const MODELS: [(&str, &str); 5] = [
    (
        "default",
        include_str!("../../models/goal-models/default.toml"),
    ),
    (
        "pot-finish",
        include_str!("../../models/goal-models/pot-finish.toml"),
    ),
    (
        "association",
        include_str!("../../models/goal-models/association.toml"),
    ),
    ("home", include_str!("../../models/goal-models/home.toml")),
    ("elo", include_str!("../../models/goal-models/elo.toml")),
];

/// Why a goal model cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenModelError {
    /// A name that is neither bundled nor a file.
    #[error(
        "there is no goal model `{name}`; {suggestion}write one of {choices}, or a path to a .toml file"
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// `did you mean ...? ` where something is near, else empty.
        suggestion: String,
        /// What there is.
        choices: String,
    },
    /// A file that cannot be read, or is no text.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// A file with mistakes in it.
    #[error(transparent)]
    Invalid(#[from] Diagnostics),
}

/// The names of the bundled models, the default first.
pub fn model_names() -> impl Iterator<Item = &'static str> {
    MODELS.iter().map(|(name, _)| *name)
}

/// Opens a specification: a bundled one by its name, any other by the path of its file.
///
/// # Errors
/// An unknown name, an unreadable file, or a file with mistakes.
pub fn open_specification(name_or_path: &str) -> Result<Specification, OpenModelError> {
    if let Some((name, text)) = MODELS.iter().find(|(name, _)| *name == name_or_path) {
        return Ok(read_specification(name, text, Path::new(""))?);
    }
    let path = Path::new(name_or_path);
    let is_path = path.extension().is_some_and(|end| end == "toml") || path.exists();
    if !is_path {
        return Err(OpenModelError::Unknown {
            name: name_or_path.to_owned(),
            suggestion: nearest(name_or_path, model_names())
                .map(|near| format!("did you mean `{near}`? "))
                .unwrap_or_default(),
            choices: model_names().collect::<Vec<_>>().join(", "),
        });
    }
    let text = text_file::read(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(read_specification(name_or_path, &text, folder)?)
}

/// Opens a specification for some editions, so that a file can be held to what they have: a zone named as a reference
/// has to be that of some club. The bundled models are made for the bundled editions, and any other cup may use them.
///
/// # Errors
/// As [`open_specification`].
pub fn open_specification_for(
    name_or_path: &str,
    editions: &[&Edition],
) -> Result<Specification, OpenModelError> {
    let specification = open_specification(name_or_path)?;
    if model_names().all(|name| name != name_or_path) {
        let text = text_file::read(Path::new(name_or_path))?;
        check_references(name_or_path, &text, editions)?;
    }
    Ok(specification)
}

/// The files that a specification is read from: its own and those of the ratings that it names; none of a bundled one.
pub fn specification_files(name_or_path: &str) -> Vec<PathBuf> {
    let path = Path::new(name_or_path);
    let is_bundled = model_names().any(|name| name == name_or_path);
    let text = text_file::read(path).ok().filter(|_| !is_bundled);
    let Some(text) = text else {
        return Vec::new();
    };
    let document: toml::Table = text.parse().unwrap_or_default();
    let terms = document.get("term").and_then(toml::Value::as_array);
    let ratings = terms.into_iter().flatten();
    let ratings = ratings.filter_map(|term| term.get("file")?.as_str());
    let folder = path.parent().unwrap_or(Path::new(""));
    let ratings = ratings.map(|file| folder.join(file));
    [path.to_owned()].into_iter().chain(ratings).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_default_is_the_default() {
        let bundled = open_specification("default").expect("it is bundled");
        assert_eq!(bundled, Specification::default_model());
    }

    #[test]
    fn every_bundled_model_has_the_name_it_is_found_by() {
        for name in model_names() {
            assert_eq!(open_specification(name).expect("it is bundled").name, name);
        }
    }

    #[test]
    fn an_unknown_name_lists_what_there_is() {
        let error = open_specification("defualt").expect_err("no such model");
        assert_eq!(
            error.to_string(),
            "there is no goal model `defualt`; did you mean `default`? write one of default, pot-finish, \
             association, home, elo, or a path to a .toml file"
        );
    }
}
