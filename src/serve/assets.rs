//! The files of the page, embedded in the program.

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
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
    asset!("/cup.css", "text/css; charset=utf-8", "cup.css"),
    asset!("/cup.js", "text/javascript; charset=utf-8", "cup.js"),
    asset!(
        "/cup_stages.js",
        "text/javascript; charset=utf-8",
        "cup_stages.js"
    ),
    asset!("/words.js", "text/javascript; charset=utf-8", "words.js"),
    asset!(
        "/download.js",
        "text/javascript; charset=utf-8",
        "download.js"
    ),
];

/// The page of a cup of any format, whichever the end of its address names.
const CUP_PAGE: Asset = asset!("/cups/{id}", "text/html; charset=utf-8", "cup.html");

/// A route for each file of the pages. Where there is a cup to open with, the front door leads to its page, and that of
/// the editions of format 1 stands at `/editions`.
pub(super) fn routes(opens_with: Option<&str>) -> Router {
    let front = opens_with.map(|id| format!("/cups/{id}"));
    let router = ASSETS.iter().fold(Router::new(), |router, asset| {
        let path = match (asset.path, &front) {
            ("/", Some(_)) => "/editions",
            (path, _) => path,
        };
        router.route(path, get(|| async { file(asset) }))
    });
    let router = router.route(CUP_PAGE.path, get(|| async { file(&CUP_PAGE) }));
    match front {
        Some(front) => router.route("/", get(|| async move { Redirect::temporary(&front) })),
        None => router,
    }
}

fn file(asset: &'static Asset) -> impl IntoResponse {
    // The files change with the program, so a browser asks again rather than keep old ones.
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, asset.text)
}
