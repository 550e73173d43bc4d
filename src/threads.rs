//! How many threads do the work, and what happens where the system does not start so many.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::num::NonZeroUsize;

/// How many threads to use: `None` for one a core.
pub type Threads = Option<NonZeroUsize>;

/// The system does not start as many threads as were asked for.
#[derive(Debug, thiserror::Error)]
#[error(
    "the system does not start {} ({source}); ask for fewer with `--threads`, the result is the same",
    asked.map_or("one thread a core".to_owned(), |number| format!("{number} threads"))
)]
pub struct TooManyThreads {
    asked: Threads,
    source: rayon::ThreadPoolBuildError,
}

/// Sees whether the system starts so many threads, before there is any work for them.
///
/// # Errors
/// What the system says if it does not.
pub fn try_threads(asked: Threads) -> Result<(), TooManyThreads> {
    let started = match asked {
        Some(number) => pool(number.get()).map(drop),
        None => ThreadPoolBuilder::new().build_global(),
    };
    started.map_err(|source| TooManyThreads { asked, source })
}

/// Does some work on so many threads, or on fewer where the system does not start so many: no result depends on it.
pub fn on_threads<T: Send>(threads: Threads, work: impl FnOnce() -> T + Send) -> T {
    let numbers = std::iter::successors(threads.map(NonZeroUsize::get), |number| {
        (*number > 1).then_some(number / 2)
    });
    match numbers.into_iter().find_map(|number| pool(number).ok()) {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

fn pool(number: usize) -> Result<ThreadPool, rayon::ThreadPoolBuildError> {
    ThreadPoolBuilder::new().num_threads(number).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_on_as_many_threads_as_were_asked_for() {
        for number in [1, 3] {
            let threads = NonZeroUsize::new(number);
            assert!(try_threads(threads).is_ok());
            assert_eq!(on_threads(threads, rayon::current_num_threads), number);
        }
        assert_eq!(on_threads(None, || 7), 7);
    }
}
