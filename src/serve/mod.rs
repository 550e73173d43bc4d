//! The web page to play with: a small server on this machine alone, its JSON API, and the page itself.
//!
//! A request passes the `guard` (is it our own page, or a program on this machine, that asks?), is read
//! into plain data, answered by functions of the lower floors, and leaves as JSON. Fitted models and
//! compiled tournaments are kept in the [`Desk`], so that a change of one score costs its simulation alone.

mod api;
mod assets;
mod desk;
mod guard;
mod refusal;
mod stop;

pub use desk::{Desk, Limits, Shelf};
pub use refusal::{Mistake, Part, Refusal};
pub use stop::Ending;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Uri;
use axum::middleware;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;

/// The most bytes a request body may have: far more than the longest what-if needs.
const MOST_BODY_BYTES: usize = 64 * 1024;

/// Why the server cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another program listens on the port.
    #[error(
        "port {port} is in use by another program; choose another with `--port`, or `--port 0` for any free one"
    )]
    PortInUse {
        /// The port that was asked for.
        port: u16,
    },
    /// The port cannot be opened for another reason, such as a port below 1024 without the right to it.
    #[error("port {port} cannot be opened: {source}; choose another with `--port`")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The machinery under the server failed.
    #[error("the server stopped: {0}")]
    Stopped(#[from] io::Error),
}

/// Every route of the server. Wrap it as you like, but mind that it answers only requests whose `Host`
/// header names this machine (see [`serve`]).
pub fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .merge(assets::routes(desk.opens_with()))
        .nest("/api", api::routes(desk))
        .fallback(nothing_here)
        .method_not_allowed_fallback(|| async { Refusal::wrong_method() })
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(middleware::from_fn(guard::protect))
}

/// What is said about an address that leads nowhere.
async fn nothing_here(uri: Uri) -> Refusal {
    Refusal::not_found(format!(
        "there is nothing at `{}`; the page is at `/`, and `/api` describes what programs can ask",
        uri.path()
    ))
}

/// Listens on a port of the loopback address (0: any free one), says where through `announce`, and
/// answers until the process is asked to stop (Ctrl-C or SIGTERM); requests under way are still answered, within ten
/// seconds and unless it is asked again.
///
/// # Errors
/// A port that cannot be opened, or a failure of the system underneath.
pub fn serve(
    desk: Arc<Desk>,
    port: u16,
    announce: impl FnOnce(SocketAddr),
) -> Result<Ending, ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let ending = runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(address).await.map_err(|source| {
            if source.kind() == io::ErrorKind::AddrInUse {
                ServeError::PortInUse { port }
            } else {
                ServeError::Port { port, source }
            }
        })?;
        // Whoever knows the address may ask to stop.
        let asked = stop::signals()?;
        announce(listener.local_addr()?);
        stop::answer_until(asked, listener, router(desk), stop::GRACE).await
    });
    // A forecast that is still computed would keep the runtime, and so the program, from ending.
    runtime.shutdown_background();
    ending
}
