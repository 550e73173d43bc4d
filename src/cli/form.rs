//! The forms that results can have, and which of them the ending of a file asks for.

use super::Failure;
use crate::visible;
use clap::ValueEnum;
use std::borrow::Cow;
use std::fmt::Debug;
use std::path::Path;

/// The forms that one command can write.
pub(crate) trait Form: ValueEnum + Copy + PartialEq + Debug + Send + Sync + 'static {
    /// The form when nobody says, nor a file's ending.
    const USUAL: Self;

    /// The endings of its files, the usual one first.
    fn endings(self) -> &'static [&'static str];

    /// The text with nothing hidden in it, where the form itself does not see to that; `coloured` if it has colours.
    fn shown(self, text: &str, _coloured: bool) -> Cow<'_, str> {
        Cow::Borrowed(text)
    }
}

/// The forms of most results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for people
    Text,
    /// For programs, in full precision
    Json,
    /// For spreadsheets, in full precision
    Csv,
}

impl Form for Format {
    const USUAL: Self = Self::Text;

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt", "text"],
            Self::Json => &["json"],
            Self::Csv => &["csv"],
        }
    }

    fn shown(self, text: &str, coloured: bool) -> Cow<'_, str> {
        match self {
            Self::Text if coloured => Cow::Owned(visible::in_colour(text)),
            Self::Text => visible::in_lines(text),
            Self::Json => visible::in_json(text),
            Self::Csv => Cow::Borrowed(text),
        }
    }
}

/// The forms of what is no single table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// Tables for people
    Text,
    /// For programs, in full precision
    Json,
}

impl From<TextOrJson> for Format {
    fn from(format: TextOrJson) -> Self {
        match format {
            TextOrJson::Text => Self::Text,
            TextOrJson::Json => Self::Json,
        }
    }
}

impl Form for TextOrJson {
    const USUAL: Self = Self::Text;

    fn endings(self) -> &'static [&'static str] {
        Format::from(self).endings()
    }

    fn shown(self, text: &str, coloured: bool) -> Cow<'_, str> {
        Format::from(self).shown(text, coloured)
    }
}

/// Endings that promise a form, of ours or of other programs. Any other, such as `.out` or `.tmp`, promises nothing.
const PROMISES: [&str; 46] = [
    "txt", "text", "json", "csv", "md", "markdown", "html", "htm", "svg", "png", "pdf", "doc",
    "docx", "odt", "rtf", "tex", "xls", "xlsx", "ods", "ppt", "pptx", "tsv", "xml", "yaml", "yml",
    "toml", "ndjson", "jsonl", "parquet", "arrow", "feather", "sqlite", "db", "zip", "gz", "bz2",
    "xz", "zst", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "eps", "ps",
];

/// What other commands write, for those who named such a file here.
const ELSEWHERE: [(&[&str], &str); 3] = [
    (
        &["html", "htm", "md", "markdown"],
        "`cupcast report` writes .html and .md",
    ),
    (&["svg", "png"], "`cupcast plot` writes .svg and .png"),
    (
        &["csv", "json", "txt"],
        "`cupcast forecast` writes .txt, .json and .csv",
    ),
];

/// The form of a result: what was asked for, and what the ending of its file says.
///
/// # Errors
/// A file whose ending is none of this command's, or another than that of the form that was asked for.
pub(crate) fn chosen<F: Form>(asked: Option<F>, file: Option<&Path>) -> Result<F, Failure> {
    let named = file.and_then(|path| Some((path, ending(path)?)));
    let Some((path, ending)) = named else {
        return Ok(asked.unwrap_or(F::USUAL));
    };
    let mut forms = F::value_variants().iter().copied();
    let of_ending = forms.find(|form| form.endings().contains(&ending.as_str()));
    match (asked, of_ending) {
        (None, Some(form)) => Ok(form),
        (Some(asked), Some(form)) if asked == form => Ok(asked),
        (Some(asked), None) if !PROMISES.contains(&ending.as_str()) => Ok(asked),
        (Some(asked), Some(_)) => Err(contradiction(path, &ending, asked)),
        (_, None) => Err(unknown::<F>(path, &ending)),
    }
}

/// The ending of a file in small letters, without the dot.
fn ending(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    Some(ending).filter(|ending| !ending.is_empty())
}

fn contradiction<F: Form>(path: &Path, ending: &str, asked: F) -> Failure {
    let value = asked.to_possible_value();
    let name = value.as_ref().map_or("", |value| value.get_name());
    Failure::input(format!(
        "`{}`: --format {name} contradicts the ending .{ending}; leave --format out, or name a file that ends in .{}",
        path.display(),
        asked.endings()[0]
    ))
}

fn unknown<F: Form>(path: &Path, ending: &str) -> Failure {
    let forms = F::value_variants().iter();
    let endings: Vec<String> = forms
        .map(|form| format!(".{}", form.endings()[0]))
        .collect();
    let other = ELSEWHERE
        .iter()
        .find(|(endings, _)| endings.contains(&ending));
    let other = other.map_or(String::new(), |(_, words)| format!(" ({words})"));
    Failure::input(format!(
        "`{}`: this command cannot write .{ending} files{other}; name a file that ends in {}",
        path.display(),
        endings.join(" or ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(asked: Option<Format>, file: &str) -> Result<Format, String> {
        chosen(asked, Some(Path::new(file))).map_err(|failure| format!("{failure:?}"))
    }

    #[test]
    fn the_form_follows_the_ending() {
        assert_eq!(form(None, "odds.csv"), Ok(Format::Csv));
        assert_eq!(form(None, "a/b.c/odds.JSON"), Ok(Format::Json));
        assert_eq!(form(None, "odds.txt"), Ok(Format::Text));
        assert_eq!(form(None, "odds"), Ok(Format::Text));
        assert_eq!(form(None, ".csv"), Ok(Format::Text));
        assert_eq!(form(None, "/dev/stdout"), Ok(Format::Text));
        assert_eq!(form(Some(Format::Csv), "odds"), Ok(Format::Csv));
        assert_eq!(form(Some(Format::Csv), "odds.csv.tmp"), Ok(Format::Csv));
        assert_eq!(form(Some(Format::Json), "odds.json"), Ok(Format::Json));
        assert_eq!(chosen::<Format>(None, None).expect("text"), Format::Text);
    }

    #[test]
    fn what_cannot_be_written_is_refused_by_name() {
        for (asked, file, words) in [
            (
                None,
                "r.pdf",
                "cannot write .pdf files; name a file that ends in .txt or .json or .csv",
            ),
            (None, "r.DOCX", "cannot write .docx files"),
            (None, "r.out", "cannot write .out files"),
            (None, "r.html", "(`cupcast report` writes .html and .md)"),
            (None, "r.png", "(`cupcast plot` writes .svg and .png)"),
            (Some(Format::Csv), "r.xlsx", "cannot write .xlsx files"),
            (
                Some(Format::Csv),
                "r.json",
                "--format csv contradicts the ending .json; leave --format out, or name a file that ends in .csv",
            ),
        ] {
            let refused = form(asked, file).expect_err(file);
            assert!(refused.contains(words), "{refused}");
        }
    }
}
