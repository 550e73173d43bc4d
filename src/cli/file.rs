//! A file that a result is written to: sure to be writable before the work, then written whole or not at all.

use super::Failure;
use super::temporary;
use std::fmt::Display;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that can be written to, as far as anybody can know before.
#[derive(Debug)]
pub(crate) struct OutputFile {
    /// The name as it was given, for messages.
    name: PathBuf,
    /// The file itself, links followed.
    target: PathBuf,
    /// Whether it is a device or a pipe, which is written to as it is.
    special: bool,
}

impl OutputFile {
    /// Makes sure that the file can be written and is none of the inputs; nothing of it changes.
    ///
    /// What a link points to is written, not the link, and what is no plain file (`/dev/stdout`, a named pipe) is written to as it is.
    pub(crate) fn open(path: &Path, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let target = target(path).map_err(|error| trouble(path, &error))?;
        let there = match fs::metadata(&target) {
            Ok(there) => Some(there),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(trouble(path, &error)),
        };
        if there.as_ref().is_some_and(Metadata::is_dir) || ends_as_folder(path) {
            return Err(trouble(path, &"it is a folder; name a file in it"));
        }
        let special = there.as_ref().is_some_and(|there| !there.is_file());
        if !special && inputs.iter().any(|input| is_same(input, &target)) {
            return Err(Failure::input(format!(
                "--output {} would replace a file that this command reads; name another file",
                path.display()
            )));
        }
        let file = Self {
            name: path.to_owned(),
            target,
            special,
        };
        if !special {
            file.try_out(there.is_some())
                .map_err(|error| trouble(path, &error))?;
        }
        Ok(file)
    }

    /// Whether two names are of one file.
    pub(crate) fn is(&self, other: &Self) -> bool {
        !self.special && self.target == other.target
    }

    /// Opens what is there for writing, and makes a temporary file beside it: what can be done twice can be done later.
    fn try_out(&self, is_there: bool) -> io::Result<()> {
        if is_there {
            OpenOptions::new().append(true).open(&self.target)?;
        }
        temporary::create_in(folder_of(&self.target))?.discard()
    }

    /// Writes the file by way of a temporary one beside it, so that no reader ever sees half of it.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.replace(bytes)
            .map_err(|error| trouble(&self.name, &error))
    }

    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        if self.special {
            return OpenOptions::new()
                .write(true)
                .open(&self.target)?
                .write_all(bytes);
        }
        let mut file = temporary::create_in(folder_of(&self.target))?;
        file.as_file().write_all(bytes)?;
        file.as_file().sync_all()?;
        if let Ok(replaced) = fs::metadata(&self.target) {
            take_after(file.as_file(), &replaced)?;
        }
        file.persist(&self.target)
    }
}

fn trouble(path: &Path, error: &dyn Display) -> Failure {
    Failure::Trouble(format!("cannot write {}: {error}", path.display()))
}

/// A name that ends in a slash means a folder, there or not.
fn ends_as_folder(path: &Path) -> bool {
    let name = path.to_string_lossy();
    name.ends_with(std::path::is_separator) || path.file_name().is_none()
}

/// The most links that are followed, as everywhere.
const MOST_LINKS: usize = 40;

/// Where a path leads, through links, also through a link to a file that is still to be made.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(link) = fs::read_link(&path) else {
            break;
        };
        // Such as `/proc/self/fd/1`, which leads to no path.
        if fs::metadata(&path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            return Ok(path);
        }
        path = folder_of(&path).join(link);
    }
    let Some(name) = path.file_name() else {
        return Ok(path);
    };
    Ok(fs::canonicalize(folder_of(&path))?.join(name))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Whether two paths lead to one file, by whatever names and links.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |path| fs::metadata(path).map(|there| (there.dev(), there.ino()));
    matches!((id(one), id(other)), (Ok(one), Ok(other)) if one == other)
}

#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Gives a file the mode and, where that is allowed, the owner of the one that it replaces.
fn take_after(file: &File, replaced: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only the administrator may give files away; for others the file stays their own.
        let _ = fchown(file, Some(replaced.uid()), Some(replaced.gid()));
    }
    file.set_permissions(replaced.permissions())
}
