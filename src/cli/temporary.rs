//! Temporary files beside the files that are written: named after the program, and gone whatever ends it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::NamedTempFile;

/// The temporary file that is there at the moment; locked while that changes.
static PRESENT: Mutex<Option<PathBuf>> = Mutex::new(None);

/// A temporary file. It is removed when it is dropped, and when the program is told to end.
#[derive(Debug)]
pub(super) struct Temporary(NamedTempFile);

/// Makes a temporary file in a folder, as readable as any file that the user makes.
pub(super) fn create_in(folder: &Path) -> io::Result<Temporary> {
    signals::watch();
    let mut present = present();
    let mut builder = tempfile::Builder::new();
    builder.prefix(".cupcast-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's mask takes away is taken away when the file is made.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    // The error would name the temporary file, which nobody asked for.
    let file = builder.tempfile_in(folder);
    let file = file.map_err(|error| io::Error::from(error.kind()))?;
    *present = Some(file.path().to_owned());
    Ok(Temporary(file))
}

impl Temporary {
    /// The file, to be written to.
    pub(super) fn as_file(&mut self) -> &mut File {
        self.0.as_file_mut()
    }

    /// Gives the file its name.
    pub(super) fn persist(self, path: &Path) -> io::Result<()> {
        let kept = self.0.persist(path).map(drop);
        let kept = kept.map_err(|error| error.error);
        forget();
        kept
    }

    /// Removes the file.
    pub(super) fn discard(self) -> io::Result<()> {
        let removed = self.0.close();
        forget();
        removed
    }
}

fn forget() {
    *present() = None;
}

fn present() -> MutexGuard<'static, Option<PathBuf>> {
    PRESENT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the file that is there, if one is. As long as the answer is held, no other is made.
#[cfg(unix)]
fn sweep() -> MutexGuard<'static, Option<PathBuf>> {
    let present = present();
    if let Some(path) = present.as_deref() {
        // It may have got its name in this very moment.
        let _ = std::fs::remove_file(path);
    }
    present
}

#[cfg(unix)]
mod signals {
    //! Removes the temporary file before a signal ends the program.

    use super::sweep;
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;
    use std::sync::Once;

    /// Begins to watch for signals, once.
    pub(super) fn watch() {
        static WATCHING: Once = Once::new();
        WATCHING.call_once(|| {
            let heeded = [SIGINT, SIGTERM]
                .into_iter()
                .filter(|signal| !is_ignored(*signal));
            // Without a watch the program still does its work.
            if let Ok(signals) = Signals::new(heeded) {
                std::thread::spawn(move || clean_up(signals));
            }
        });
    }

    fn clean_up(mut signals: Signals) {
        if let Some(signal) = signals.forever().next() {
            let _until_the_end = sweep();
            let _ = emulate_default_handler(signal);
        }
    }

    /// Whether this process was started with a signal turned off, as by a shell in the background; it stays off.
    fn is_ignored(signal: i32) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mut lines = status.lines();
        let mask = lines.find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
    }
}

#[cfg(not(unix))]
mod signals {
    //! Elsewhere a program that is ended has no time to remove anything.

    pub(super) fn watch() {}
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_when_a_signal_comes_is_swept_away() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let names = || {
            let entries = std::fs::read_dir(folder.path()).expect("the folder");
            let names = entries.map(|entry| entry.expect("an entry").file_name());
            names
                .map(|name| name.to_string_lossy().into_owned())
                .collect::<Vec<_>>()
        };
        let file = create_in(folder.path()).expect("the folder can be written");
        assert!(
            matches!(names().as_slice(), [name] if name.starts_with(".cupcast-")),
            "{:?}",
            names()
        );
        drop(sweep());
        assert!(names().is_empty());
        drop(file);
        let file = create_in(folder.path()).expect("as before");
        file.persist(&folder.path().join("odds.csv"))
            .expect("a free name");
        drop(sweep());
        assert_eq!(names(), ["odds.csv"]);
    }
}
