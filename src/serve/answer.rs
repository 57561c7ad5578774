//! One request answered: a file of the site, or the news of the last build; `tiny_http` lives here.

use std::net::SocketAddr;

use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response};

use super::Site;
use crate::disk;

/// The script that loads a page anew after a build.
const LIVE: &str = include_str!("live.js");

/// An answer before it is sent.
type Answer = Response<std::io::Cursor<Vec<u8>>>;

/// Answers a request.
pub(super) fn answer(request: Request, site: &Site) {
    let answer = match request.method() {
        Method::Get | Method::Head if is_ours(&request, site.address) => reply(request.url(), site),
        Method::Get | Method::Head => plain(403, "this address is served to this machine only\n"),
        _ => plain(405, "there are only files here\n"),
    };
    // Whoever asked may have gone away meanwhile.
    let _ = request.respond(answer);
}

/// Whether a request names this machine as the one it is for. A page elsewhere whose name is made to
/// point at this machine does not, and must not read an unpublished archive.
fn is_ours(request: &Request, address: Option<SocketAddr>) -> bool {
    let Some(address) = address.filter(|it| it.ip().is_loopback()) else { return true };
    let host = request.headers().iter().find(|it| it.field.equiv("Host"));
    let host = host.map_or("", |it| it.value.as_str());
    let name = host.strip_suffix(&format!(":{}", address.port())).unwrap_or(host);
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

/// What is at an address.
fn reply(url: &str, site: &Site) -> Answer {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    match path {
        "/.hexapla/live.js" => script(LIVE.to_owned()),
        "/.hexapla/news.js" => {
            let seen = query.strip_prefix("seen=").and_then(|it| it.parse().ok());
            let (number, report) = site.news.after(seen);
            script(format!("hexaplaNews({number},{})", serde_json::Value::from(report)))
        }
        _ => file(path, site),
    }
}

/// A file of the site; its page for what is not found where there is none.
fn file(path: &str, site: &Site) -> Answer {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let name = decoded.trim_start_matches('/');
    let name = if name.is_empty() { "index.html" } else { name };
    if let Some(bytes) = inside(name).then(|| read(name, site)).flatten() {
        return typed(200, name, bytes);
    }
    match read("404.html", site) {
        Some(bytes) => typed(404, "404.html", bytes),
        None => plain(404, "nothing is built yet, or nothing is at this address\n"),
    }
}

/// Whether a name cannot lead out of the site, nor to what Hexapla keeps there for itself.
fn inside(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') || part == ".nojekyll";
    !name.contains(['\\', ':', '\0']) && name.split('/').all(part)
}

/// The bytes of a file of the site, with the live script in a page.
fn read(name: &str, site: &Site) -> Option<Vec<u8>> {
    let mut bytes = disk::read_if_there(&site.out.join(name)).ok().flatten()?;
    if ending(name) == "html" {
        let number = site.news.number();
        let tag = format!("<script src=\"/.hexapla/live.js\" data-build=\"{number}\"></script>\n");
        bytes.extend_from_slice(tag.as_bytes());
    }
    Some(bytes)
}

/// What stands after the last dot of a name.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// An answer with a media type after the name's ending.
fn typed(status: u16, name: &str, bytes: Vec<u8>) -> Answer {
    let kind = match ending(name) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "xml" => "application/xml",
        _ => "text/plain; charset=utf-8",
    };
    let headers = [("Content-Type", kind), ("Cache-Control", "no-store")];
    let headers = headers
        .iter()
        .filter_map(|(field, value)| Header::from_bytes(field.as_bytes(), value.as_bytes()).ok());
    headers.fold(Response::from_data(bytes).with_status_code(status), Response::with_header)
}

/// A line of text.
fn plain(status: u16, text: &str) -> Answer {
    typed(status, "answer.txt", text.as_bytes().to_vec())
}

/// A script.
fn script(text: String) -> Answer {
    typed(200, "answer.js", text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn nothing_outside_the_site_is_served() {
        let good = ["index.html", "documents/pl/a.html", ".nojekyll"];
        let bad = ["../Cargo.toml", "a//b", "a/../../b", "C:/x", "a\\..\\b", ".hexapla-manifest"];
        assert!(good.iter().all(|name| inside(name)));
        assert!(bad.iter().all(|name| !inside(name)));
    }
}
