//! Finds a club by whatever a person calls it: code, name or alias, in any case, with or without accents.

use super::{Club, Tournament};
use crate::ids::ClubId;
use unicode_normalization::UnicodeNormalization;

/// Why a text names no single club.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClubError {
    /// No club has this code, name or alias.
    #[error("no club is called `{found}`; did you mean {nearest}?")]
    Unknown {
        /// What was written.
        found: String,
        /// The most similar names, as a list for people.
        nearest: String,
    },
    /// Several clubs have this name or alias.
    #[error("`{found}` can be {choices}; write the code")]
    Ambiguous {
        /// What was written.
        found: String,
        /// The clubs it may mean, as a list for people.
        choices: String,
    },
}

/// A name without accents, case and surplus spaces, so that `Árabe  Unido` and `arabe unido` are one.
///
/// Only the marks of alphabets that know accents are dropped: in other scripts a mark makes another letter.
pub fn plain_name(text: &str) -> String {
    let is_accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let folded: String = text
        .nfd()
        .filter(|c| !is_accent(c))
        .flat_map(char::to_lowercase)
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as people list them: `a`, `a or b`, `a, b or c`.
pub fn either(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

impl Tournament {
    /// The club that a code, name or alias means.
    ///
    /// # Errors
    /// A text that names no club (the nearest names are suggested) or more than one.
    pub fn find_club(&self, text: &str) -> Result<ClubId, ClubError> {
        find_club(&self.clubs, text)
    }

    /// The name of a club with its code behind it, as in `Toluca (TOL)`.
    pub fn name_and_code(&self, id: ClubId) -> String {
        name_and_code(&self.clubs[id.index()])
    }
}

/// The club among these that a code, name or alias means.
///
/// # Errors
/// A text that names no club (the nearest names are suggested) or more than one.
pub fn find_club(clubs: &[Club], text: &str) -> Result<ClubId, ClubError> {
    let wanted = plain_name(text);
    let with = |matches: &dyn Fn(&Club) -> bool| -> Vec<ClubId> {
        let found = clubs.iter().enumerate().filter(|(_, club)| matches(club));
        found.map(|(index, _)| ClubId::new(index)).collect()
    };
    let by_code = with(&|club| plain_name(&club.code) == wanted);
    let found = if by_code.is_empty() {
        with(&|club| {
            let mut names = club.aliases.iter().chain([&club.name]);
            names.any(|name| plain_name(name) == wanted)
        })
    } else {
        by_code
    };
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(ClubError::Unknown {
            found: text.to_owned(),
            nearest: nearest(clubs, &wanted),
        }),
        several => {
            let names = several.iter().map(|id| name_and_code(&clubs[id.index()]));
            Err(ClubError::Ambiguous {
                found: text.to_owned(),
                choices: either(&names.collect::<Vec<_>>()),
            })
        }
    }
}

fn name_and_code(club: &Club) -> String {
    format!("{} ({})", club.name, club.code)
}

/// The three clubs whose code, name or alias is most like a plain name.
fn nearest(clubs: &[Club], wanted: &str) -> String {
    let likeness = |club: &Club| {
        let names = club.aliases.iter().chain([&club.name, &club.code]);
        let best = names.map(|name| strsim::jaro_winkler(&plain_name(name), wanted));
        best.fold(0.0, f64::max)
    };
    let mut clubs: Vec<&Club> = clubs.iter().collect();
    clubs.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
    let nearest = clubs.into_iter().take(3).map(name_and_code);
    either(&nearest.collect::<Vec<_>>())
}
