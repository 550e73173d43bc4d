//! The door: answers our own page and programs on this machine, and nobody else's page.
//!
//! The server listens on the loopback address, but any web page a user visits can make the browser send
//! requests there. Two checks close that door. `Host` must name this machine, so that a foreign name that
//! was made to point at 127.0.0.1 (DNS rebinding) gets no answer. `Origin`, which browsers send with
//! requests a page makes, must be our own.

use super::refusal::Refusal;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// What the page may do: load its own scripts, styles and images, ask its own server, and nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The headers every answer carries.
const SECURITY_HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// Lets a request pass if it may, and puts the security headers on every answer.
pub(super) async fn protect(request: Request, next: Next) -> Response {
    let mut response = match check(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether a request comes from our own page or a program on this machine.
fn check(headers: &HeaderMap) -> Result<(), Refusal> {
    let host = only(headers, &header::HOST)?.unwrap_or("");
    if !names_this_machine(host) {
        return Err(Refusal::forbidden(format!(
            "this server answers on this machine only: use `127.0.0.1` or `localhost` as the address, not `{host}`"
        )));
    }
    match only(headers, &header::ORIGIN)? {
        None => Ok(()),
        Some(origin) if origin.eq_ignore_ascii_case(&format!("http://{host}")) => Ok(()),
        Some(origin) => Err(Refusal::forbidden(format!(
            "this server answers its own page only, not one from `{origin}`"
        ))),
    }
}

/// The one value of a header, if it is there; more than one, or bytes that are no text, are refused.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let value = values.next();
    let refused = || Refusal::unreadable(format!("the header `{name}` cannot be read"));
    if values.next().is_some() {
        return Err(refused());
    }
    value
        .map(HeaderValue::to_str)
        .transpose()
        .map_err(|_| refused())
}

/// Whether a `Host` header is a name of the loopback address, with or without a port.
fn names_this_machine(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let port_is_sound = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let ours = ["localhost", "127.0.0.1", "[::1]"];
    port_is_sound && ours.iter().any(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_pass() {
        let cases = [
            ("127.0.0.1", true),
            ("127.0.0.1:8000", true),
            ("localhost:8000", true),
            ("LocalHost", true),
            ("[::1]:8000", true),
            ("[::1]", true),
            ("", false),
            ("evil.example", false),
            ("evil.example:8000", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:8000", false),
            ("localhost:80000", false),
            ("localhost:", false),
            ("user@localhost", false),
            ("192.168.1.7:8000", false),
        ];
        for (host, expected) in cases {
            assert_eq!(names_this_machine(host), expected, "{host}");
        }
    }

    #[test]
    fn an_origin_has_to_be_our_own() {
        let headers = |origin: &'static str| {
            let host = (header::HOST, HeaderValue::from_static("localhost:8000"));
            let origin = (header::ORIGIN, HeaderValue::from_static(origin));
            HeaderMap::from_iter([host, origin])
        };
        assert_eq!(check(&headers("http://localhost:8000")), Ok(()));
        for foreign in [
            "https://evil.example",
            "http://localhost:9000",
            "http://127.0.0.1:8000",
            "https://localhost:8000",
            "null",
            "",
        ] {
            assert!(check(&headers(foreign)).is_err(), "{foreign}");
        }
    }
}
