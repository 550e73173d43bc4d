//! The files of the page, embedded in the program.

use axum::Router;
use axum::http::header;
use axum::routing::get;

/// A file of the page: where it is found, what it is, and its text.
struct Asset {
    path: &'static str,
    kind: &'static str,
    text: &'static str,
}

/// An asset from the folder `assets`.
macro_rules! asset {
    ($path:literal, $kind:literal, $file:literal) => {
        Asset {
            path: $path,
            kind: $kind,
            text: include_str!(concat!("assets/", $file)),
        }
    };
}

/// Every file of the page.
const ASSETS: &[Asset] = &[
    asset!("/", "text/html; charset=utf-8", "index.html"),
    asset!("/style.css", "text/css; charset=utf-8", "style.css"),
    asset!("/icon.svg", "image/svg+xml", "icon.svg"),
    asset!("/main.js", "text/javascript; charset=utf-8", "main.js"),
    asset!(
        "/address.js",
        "text/javascript; charset=utf-8",
        "address.js"
    ),
    asset!("/alarm.js", "text/javascript; charset=utf-8", "alarm.js"),
    asset!("/bar.js", "text/javascript; charset=utf-8", "bar.js"),
    asset!("/fit.js", "text/javascript; charset=utf-8", "fit.js"),
    asset!(
        "/moments.js",
        "text/javascript; charset=utf-8",
        "moments.js"
    ),
    asset!("/past.js", "text/javascript; charset=utf-8", "past.js"),
    asset!(
        "/what_if.js",
        "text/javascript; charset=utf-8",
        "what_if.js"
    ),
    asset!("/server.js", "text/javascript; charset=utf-8", "server.js"),
    asset!(
        "/controls.js",
        "text/javascript; charset=utf-8",
        "controls.js"
    ),
    asset!(
        "/stepper.js",
        "text/javascript; charset=utf-8",
        "stepper.js"
    ),
    asset!("/groups.js", "text/javascript; charset=utf-8", "groups.js"),
    asset!(
        "/bracket.js",
        "text/javascript; charset=utf-8",
        "bracket.js"
    ),
    asset!(
        "/suppose.js",
        "text/javascript; charset=utf-8",
        "suppose.js"
    ),
    asset!("/odds.js", "text/javascript; charset=utf-8", "odds.js"),
    asset!("/weight.js", "text/javascript; charset=utf-8", "weight.js"),
    asset!(
        "/explain.js",
        "text/javascript; charset=utf-8",
        "explain.js"
    ),
    asset!("/grid.js", "text/javascript; charset=utf-8", "grid.js"),
    asset!("/words.js", "text/javascript; charset=utf-8", "words.js"),
    asset!(
        "/download.js",
        "text/javascript; charset=utf-8",
        "download.js"
    ),
];

/// A route for each file of the page.
pub(super) fn routes() -> Router {
    ASSETS.iter().fold(Router::new(), |router, asset| {
        let answer = || async {
            // The files change with the program, so a browser asks again rather than keep old ones.
            let headers = [
                (header::CONTENT_TYPE, asset.kind),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (headers, asset.text)
        };
        router.route(asset.path, get(answer))
    })
}
