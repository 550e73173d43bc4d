//! Text files that people give: read whole, as UTF-8, with a word about what they are if they are not.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// No file that is read here is as large as this, in bytes; a device never ends.
const MOST: u64 = 64 << 20;

/// Why a file gives no text.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be read at all.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is larger than any file of its kind.
    #[error("{} is larger than {} MB, which no file of its kind is; name another", path.display(), MOST >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It is text in another encoding.
    #[error("{}:1:1: this is UTF-16, not UTF-8; save the file as UTF-8", path.display())]
    Utf16 {
        /// The file.
        path: PathBuf,
    },
    /// It is no text, or text in another encoding.
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

/// Reads a text file. The mark with which some programs begin UTF-8 files is left out.
///
/// # Errors
/// What keeps the file from being read as text.
pub fn read(path: &Path) -> Result<String, ReadError> {
    let unreadable = |source| ReadError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MOST {
        return Err(ReadError::TooLarge {
            path: path.to_owned(),
        });
    }
    decode(path, bytes)
}

/// The text of a file's bytes.
fn decode(path: &Path, mut bytes: Vec<u8>) -> Result<String, ReadError> {
    if is_utf16(&bytes) {
        return Err(ReadError::Utf16 {
            path: path.to_owned(),
        });
    }
    if bytes.starts_with("\u{feff}".as_bytes()) {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(path, error.utf8_error(), error.as_bytes()))
}

/// Whether bytes begin with the mark of UTF-16, or look like Latin letters in it: every second byte is zero.
fn is_utf16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let pairs = bytes.chunks_exact(2).take(8);
    let unmarked = bytes.len() >= 4
        && (pairs.clone().all(|pair| pair[0] == 0 && pair[1] != 0)
            || pairs.clone().all(|pair| pair[0] != 0 && pair[1] == 0));
    marked || unmarked
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
