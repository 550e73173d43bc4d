//! Reads a text from a file that a user named; what is no text, or a text of another kind, is recognised and said.

mod kind;

pub use kind::{Kind, Wanted};

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest file that is read: every file of the program's own is a thousand times smaller.
const MOST_BYTES: u64 = 64 << 20;

/// Why no text can be had from a file.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not there, or may not be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is a folder.
    #[error("{} is a folder; name a file in it", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// It is far larger than any file the program reads.
    #[error("{} is larger than {} MB, which no file for this program is; name another one", path.display(), MOST_BYTES >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It is text in another encoding, which shows in its first bytes.
    #[error("{}:1:1: this is UTF-16, not UTF-8; save the file as UTF-8", path.display())]
    Utf16 {
        /// The file.
        path: PathBuf,
    },
    /// It is no text.
    #[error("{} is {kind}, not a text; {}", path.display(), kind.way_out())]
    NoText {
        /// The file.
        path: PathBuf,
        /// What it seems to be.
        kind: Kind,
    },
    /// It is text in another encoding.
    #[error("{}:{line}:{column}: this is not UTF-8; save the file as UTF-8", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The line of the first byte that is not UTF-8, counted from 1.
        line: usize,
        /// Its column, counted in characters from 1.
        column: usize,
    },
}

/// The text of a file, without the mark that some editors put before it.
///
/// # Errors
/// A file that cannot be read or is no text in UTF-8.
pub fn read(path: &Path) -> Result<String, ReadError> {
    decode(path, read_bytes(path)?)
}

/// The text of a file's bytes.
fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, ReadError> {
    let to_owned = || path.to_owned();
    match Kind::of_bytes(&bytes) {
        Some(Kind::WideText) => return Err(ReadError::Utf16 { path: to_owned() }),
        Some(kind) => {
            let path = to_owned();
            return Err(ReadError::NoText { path, kind });
        }
        None => {}
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| not_utf8(path, error.utf8_error(), error.as_bytes()))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let unreadable = |source| ReadError::Unreadable {
        path: path.to_owned(),
        source,
    };
    if path.is_dir() {
        let path = path.to_owned();
        return Err(ReadError::Folder { path });
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    let too_large = read.map_err(unreadable)? as u64 > MOST_BYTES;
    // What is no text at all is better told as what it is.
    if too_large && Kind::of_bytes(&bytes).is_none() {
        let path = path.to_owned();
        return Err(ReadError::TooLarge { path });
    }
    Ok(bytes)
}

/// Where a file stops being UTF-8.
fn not_utf8(path: &Path, error: std::str::Utf8Error, bytes: &[u8]) -> ReadError {
    let sound = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
    let last_line = sound.rsplit('\n').next().unwrap_or_default();
    ReadError::NotUtf8 {
        path: path.to_owned(),
        line: sound.matches('\n').count() + 1,
        column: last_line.chars().count() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<String, String> {
        decode(Path::new("cup.toml"), bytes.to_vec()).map_err(|error| error.to_string())
    }

    #[test]
    fn utf_8_is_read_with_or_without_its_mark() {
        assert_eq!(decoded("Árabe".as_bytes()), Ok("Árabe".to_owned()));
        assert_eq!(decoded("\u{feff}a,b".as_bytes()), Ok("a,b".to_owned()));
        assert_eq!(decoded(b""), Ok(String::new()));
    }

    #[test]
    fn other_encodings_are_named_or_shown_in_place() {
        let sixteen = "cup.toml:1:1: this is UTF-16, not UTF-8; save the file as UTF-8";
        for text in ["format = 1\n", "fo"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(decoded(&little), Err(sixteen.to_owned()));
            assert_eq!(decoded(&big), Err(sixteen.to_owned()));
            assert_eq!(
                decoded(&[&[0xff, 0xfe][..], &little].concat()),
                Err(sixteen.to_owned())
            );
            assert_eq!(
                decoded(&[&[0xfe, 0xff][..], &big].concat()),
                Err(sixteen.to_owned())
            );
        }
        let latin = "cup.toml:2:9: this is not UTF-8; save the file as UTF-8";
        assert_eq!(
            decoded(b"format = 1\nname = \"\xc1rabe\""),
            Err(latin.to_owned())
        );
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let missing = read(Path::new("no/such/file")).expect_err("there is none");
        assert!(
            missing
                .to_string()
                .starts_with("cannot read no/such/file: ")
        );
        assert!(read(Path::new("src")).is_err(), "a folder is no file");
    }
}
