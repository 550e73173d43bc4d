//! What a file seems to be that is not what was wanted: pictures, spreadsheets, web pages, match lists of others.

use std::fmt;

/// What a file is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A tournament.
    Tournament,
    /// A past edition to learn from.
    PastEdition,
    /// A what-if.
    WhatIf,
    /// The specification of a goal model.
    GoalModel,
    /// A fitted model.
    SavedModel,
    /// Numbers in columns.
    Csv,
}

/// What a file seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing, or nothing but spaces and remarks.
    Empty,
    /// A compressed archive, as spreadsheets and documents are.
    Archive,
    /// A spreadsheet or document of an old office program.
    Office,
    /// A PDF.
    Pdf,
    /// A picture.
    Picture,
    /// Text in UTF-16 or UTF-32.
    WideText,
    /// Anything else that is no text.
    Binary,
    /// A web page.
    Html,
    /// XML of any kind, SVG among it.
    Xml,
    /// JSON.
    Json,
    /// A model saved by `cupcast fit`.
    SavedModel,
    /// A match list as the openfootball project writes them.
    FootballTxt,
    /// Values in columns, with the character that separates them.
    Csv(char),
    /// YAML.
    Yaml,
    /// A tournament in TOML.
    Tournament,
    /// A past edition in TOML.
    PastEdition,
    /// A what-if file.
    WhatIf,
    /// The specification of a goal model.
    GoalModel,
    /// TOML for something else.
    Toml,
    /// Text without any key and value.
    Prose,
}

/// How files begin that are no text.
const BEGINNINGS: [(&[u8], Kind); 16] = [
    (b"PK\x03\x04", Kind::Archive),
    (b"PK\x05\x06", Kind::Archive),
    (b"\x1f\x8b", Kind::Archive),
    (b"7z\xbc\xaf", Kind::Archive),
    (b"Rar!", Kind::Archive),
    (b"BZh", Kind::Archive),
    (b"\xfd7zXZ", Kind::Archive),
    (b"\xd0\xcf\x11\xe0", Kind::Office),
    (b"%PDF", Kind::Pdf),
    (b"\x89PNG", Kind::Picture),
    (b"\xff\xd8\xff", Kind::Picture),
    (b"GIF8", Kind::Picture),
    (b"RIFF", Kind::Picture),
    (b"II*\0", Kind::Picture),
    (b"\xff\xfe", Kind::WideText),
    (b"\xfe\xff", Kind::WideText),
];

/// The keys by which a TOML file is known. Tournaments and what-ifs both have `tournament` and `rules`.
const TOML_KEYS: [(&str, Kind); 21] = [
    ("round", Kind::Tournament),
    ("group", Kind::Tournament),
    ("history", Kind::PastEdition),
    ("club", Kind::Tournament),
    ("schedule", Kind::Tournament),
    ("term", Kind::GoalModel),
    ("distribution", Kind::GoalModel),
    ("half_life_days", Kind::GoalModel),
    ("training", Kind::GoalModel),
    ("fixes", Kind::WhatIf),
    ("wins_group", Kind::WhatIf),
    ("not_wins_group", Kind::WhatIf),
    ("eliminate", Kind::WhatIf),
    ("withdraw", Kind::WhatIf),
    ("annul", Kind::WhatIf),
    ("neutral", Kind::WhatIf),
    ("home_advantage", Kind::WhatIf),
    ("strength", Kind::WhatIf),
    ("pot", Kind::WhatIf),
    ("best_finish", Kind::WhatIf),
    ("as_of", Kind::WhatIf),
];

impl Kind {
    /// What a file that is no text in UTF-8 is; `None` if its bytes may be text.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let begins = |(beginning, _): &&(&[u8], Self)| bytes.starts_with(beginning);
        if let Some((_, kind)) = BEGINNINGS.iter().find(begins) {
            return Some(*kind);
        }
        let sample = &bytes[..bytes.len().min(4096)];
        let zeros = |parity: usize| {
            sample
                .iter()
                .skip(parity)
                .step_by(2)
                .filter(|byte| **byte == 0)
                .count()
        };
        if sample.len() >= 4
            && zeros(0).max(zeros(1)) * 5 > sample.len() * 2
            && zeros(0) * zeros(1) == 0
        {
            return Some(Self::WideText);
        }
        bytes.contains(&0).then_some(Self::Binary)
    }

    /// What a text is that cannot be read as what was wanted; `None` if it may be what was wanted, with mistakes.
    pub fn of_text(text: &str, wanted: Wanted) -> Option<Self> {
        let kind = Self::guess(text);
        let is_toml = matches!(
            kind,
            Self::Tournament | Self::PastEdition | Self::WhatIf | Self::GoalModel | Self::Toml
        );
        let fits = match wanted {
            Wanted::Tournament | Wanted::PastEdition | Wanted::WhatIf | Wanted::GoalModel => {
                is_toml
            }
            Wanted::SavedModel => matches!(kind, Self::Json | Self::SavedModel),
            Wanted::Csv => matches!(kind, Self::Csv(',') | Self::Prose | Self::Yaml),
        };
        (!fits).then_some(kind)
    }

    /// What a sound TOML document is by its keys, if it is for something else than what was wanted.
    pub fn of_keys(has: impl Fn(&str) -> bool, wanted: Wanted) -> Option<Self> {
        let known: Vec<Self> = TOML_KEYS
            .iter()
            .filter(|(key, _)| has(key))
            .map(|(_, kind)| *kind)
            .collect();
        let kind = *known.first()?;
        let of_wanted: &[Self] = match wanted {
            Wanted::Tournament | Wanted::PastEdition => &[Self::Tournament, Self::PastEdition],
            Wanted::WhatIf => &[Self::WhatIf],
            Wanted::GoalModel => &[Self::GoalModel],
            Wanted::SavedModel | Wanted::Csv => &[],
        };
        let fits = known.iter().any(|kind| of_wanted.contains(kind));
        (!fits).then_some(kind)
    }

    /// What a text is.
    fn guess(text: &str) -> Self {
        let trimmed = text.trim_start();
        let beginning: String = trimmed
            .chars()
            .take(200)
            .flat_map(char::to_lowercase)
            .collect();
        let lines = || {
            text.lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
        };
        let is_table =
            |line: &str| line.starts_with("[[") || line.starts_with('[') && line.ends_with(']');
        let first = lines().next().unwrap_or_default();
        if lines().next().is_none() {
            Self::Empty
        } else if beginning.starts_with("<!doctype html") || beginning.contains("<html") {
            Self::Html
        } else if beginning.starts_with('<') {
            Self::Xml
        } else if trimmed.starts_with('{') || is_json_list(trimmed) {
            if text.contains("\"cupcast fitted model\"") {
                Self::SavedModel
            } else {
                Self::Json
            }
        } else if lines().any(is_pair) {
            let has = |key: &str| lines().any(|line| line_key(line) == key);
            let known = TOML_KEYS.iter().find(|(key, _)| has(key));
            known.map_or(Self::Toml, |(_, kind)| *kind)
        } else if is_football_txt(lines()) {
            Self::FootballTxt
        } else if let Some(separator) = separator(lines()) {
            Self::Csv(separator)
        } else if first == "---"
            || lines().nth(1).is_some()
                && lines().all(|line| line.starts_with("- ") || line.contains(':'))
        {
            Self::Yaml
        } else if lines().any(is_table) {
            Self::Toml
        } else {
            Self::Prose
        }
    }

    /// What to do with a file that is no text.
    pub(super) fn way_out(self) -> &'static str {
        match self {
            Self::Archive | Self::Office => {
                "export the sheet as CSV, or save the document as plain text in UTF-8"
            }
            _ => "name another file",
        }
    }

    /// What to do with a text of this kind where another was wanted.
    pub fn help(self, wanted: Wanted) -> String {
        let form = wanted.form();
        match (self, wanted) {
            (Self::SavedModel, Wanted::Csv) => "use it with `--fitted FILE`".to_owned(),
            (Self::SavedModel, _) => format!("use it with `--fitted FILE`; {form}"),
            (Self::Tournament, _) => format!("name it with `--tournament FILE`; {form}"),
            (Self::PastEdition, _) => {
                format!("name it in the `history` of a tournament; {form}")
            }
            (Self::WhatIf, _) => format!("use it with `--what-if FILE`; {form}"),
            (Self::GoalModel, _) => format!("use it with `--model FILE`; {form}"),
            (Self::Csv(';'), Wanted::Csv) => {
                "save it with commas between the columns and points in the numbers".to_owned()
            }
            (Self::Csv(_), Wanted::Csv) => "save it with commas between the columns".to_owned(),
            (Self::FootballTxt | Self::Csv(_), Wanted::Tournament | Wanted::PastEdition) => {
                format!("write its matches as lines of `matches = [...]`; {form}")
            }
            _ => form.to_owned(),
        }
    }
}

impl Wanted {
    /// What such a file is.
    fn form(self) -> &'static str {
        match self {
            Self::Tournament | Self::PastEdition => {
                "a tournament is written in TOML: models/README.md shows how, and models/tiny/two-groups.toml is a small one"
            }
            Self::WhatIf => {
                "a what-if is written in TOML, such as `fixes = [\"TOL-CAL 2-1\"]`: see models/README.md"
            }
            Self::GoalModel => "a goal model is written in TOML: see models/goal-models/README.md",
            Self::SavedModel => "a fitted model is what `cupcast fit --output FILE` wrote",
            Self::Csv => {
                "write one line of values between commas for each line, below a line that names the columns"
            }
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "empty",
            Self::Archive => "a compressed archive (spreadsheets and documents are such)",
            Self::Office => "a spreadsheet or document of an office program",
            Self::Pdf => "a PDF",
            Self::Picture => "a picture",
            Self::WideText => "UTF-16",
            Self::Binary => "binary data",
            Self::Html => "a web page (HTML)",
            Self::Xml => "XML",
            Self::Json => "JSON",
            Self::SavedModel => "a fitted model (JSON)",
            Self::FootballTxt => "a match list in the football.txt format",
            Self::Csv(';') => "a CSV with semicolons",
            Self::Csv('\t') => "a table with tabs between its columns",
            Self::Csv(_) => "a CSV",
            Self::Yaml => "YAML",
            Self::Tournament => "a tournament",
            Self::PastEdition => "a past edition",
            Self::WhatIf => "a what-if",
            Self::GoalModel => "a goal model",
            Self::Toml => "TOML",
            Self::Prose => "plain text without any key and value",
        })
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Tournament => "a tournament",
            Self::PastEdition => "a past edition",
            Self::WhatIf => "a what-if file",
            Self::GoalModel => "a goal model",
            Self::SavedModel => "a fitted model",
            Self::Csv => "a CSV",
        })
    }
}

/// Whether a text is a list in JSON: TOML files may begin with a bracket too, but not like this.
fn is_json_list(text: &str) -> bool {
    let inside = text.strip_prefix('[').map(str::trim_start);
    inside.is_some_and(|rest| rest.starts_with(['{', '"', ']']) && rest.contains(['}', ',', ']']))
        && !text.lines().any(is_pair)
}

/// Whether a line is a key with a value, as in TOML.
fn is_pair(line: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "_-.\"' ".contains(c);
    let pair = line.split_once('=');
    pair.is_some_and(|(key, value)| {
        let key = key.trim();
        !key.is_empty() && key.chars().all(plain) && !value.trim().is_empty()
    })
}

/// The key or the table that a line of TOML begins with.
fn line_key(line: &str) -> &str {
    let table = line.trim_start_matches('[');
    let end = table.find(['=', ']', '.']).unwrap_or(0);
    table[..end].trim()
}

/// Whether lines are those of a match list: headings, matchdays, days in brackets, and scores between names.
fn is_football_txt<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut matches = 0;
    let mut headings = 0;
    for line in lines.take(400) {
        let lower = line.to_lowercase();
        let is_heading = line.starts_with("= ")
            || line.starts_with(['»', '▪'])
            || line.starts_with('[') && line.ends_with(']') && line.contains(['/', ' '])
            || ["matchday ", "group ", "round ", "matchday|", "group|"]
                .iter()
                .any(|word| lower.starts_with(word));
        headings += usize::from(is_heading);
        matches += usize::from(has_score_between_names(line));
    }
    matches >= 2 || headings >= 1 && matches >= 1 || headings >= 2
}

/// Whether a line is a match with its score, or with a `v` for one to come: `Toluca  2-1 (1-0)  Caledonia`.
fn has_score_between_names(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |text: &str| {
        (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_score = |word: &str| {
        word.split_once(['-', '–'])
            .is_some_and(|(home, away)| is_number(home) && is_number(away))
    };
    let middle = words.get(1..).unwrap_or_default();
    middle
        .iter()
        .any(|word| is_score(word) || matches!(*word, "v" | "vs" | "vs."))
        && !line.contains([',', ';', '\t'])
}

/// The character between the columns of a table, if the first lines are such.
fn separator<'a>(lines: impl Iterator<Item = &'a str>) -> Option<char> {
    let lines: Vec<&str> = lines.take(5).collect();
    let count = |line: &str, separator: char| {
        let mut quoted = false;
        line.chars()
            .filter(|c| {
                quoted ^= *c == '"';
                *c == separator && !quoted
            })
            .count()
    };
    [';', '\t', ','].into_iter().find(|separator| {
        let columns = count(lines[0], *separator);
        let enough = if *separator == ',' && lines.len() < 3 {
            2
        } else {
            1
        };
        columns >= enough && lines.iter().all(|line| count(line, *separator) == columns)
    })
}
