//! What search engines and feed readers fetch: Atom (RFC 4287), sitemaps (protocol 0.9), `robots.txt`.
//!
//! Only made where the site's own address is known. No clock: a feed is as new as its newest text.

use std::fmt::Write as _;

use crate::arrange::{Document, DocumentId};
use crate::vocab::prose::html::escape;

use super::press::Press;
use super::shelves;

/// How many documents the feed names.
pub(super) const ENTRIES: usize = 50;

/// The Atom feed: the newest documents.
pub(super) fn atom(press: &Press) -> String {
    let newest: Vec<_> = press.shelves.documents.iter().take(ENTRIES).copied().collect();
    let first = newest.first().and_then(|&id| shelves::find(press.material.archive, id));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let lang = press.words.lang().as_str();
    let _ = writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">");
    element(&mut out, "title", &press.options.title);
    element(&mut out, "id", &press.routes.absolute("index.html"));
    element(&mut out, "updated", &instant(first));
    element(&mut out, "generator", "Hexapla");
    out.push_str("<author>");
    element(&mut out, "name", &press.options.title);
    out.push_str("</author>\n");
    link(&mut out, "self", &press.routes.absolute("feed.xml"));
    link(&mut out, "alternate", &press.routes.absolute("index.html"));
    for id in newest {
        entry(press, id, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

/// One entry of the feed.
fn entry(press: &Press, id: DocumentId, out: &mut String) {
    let Some(document) = shelves::find(press.material.archive, id) else { return };
    let address = press.routes.absolute(&press.routes.document(id));
    let _ = writeln!(out, "<entry xml:lang=\"{}\">", document.head.lang);
    element(out, "title", &document.head.title);
    element(out, "id", &address);
    element(out, "updated", &instant(Some(document)));
    link(out, "alternate", &address);
    if let Some(outlet) = &document.head.outlet {
        out.push_str("<author>");
        element(out, "name", outlet);
        out.push_str("</author>\n");
    }
    out.push_str("</entry>\n");
}

/// The first instant of a document's date; the epoch where it has none.
fn instant(document: Option<&Document>) -> String {
    let day = document.map_or("", shelves::day);
    let full = match day.len() {
        10 => day.to_owned(),
        7 => format!("{day}-01"),
        4 => format!("{day}-01-01"),
        _ => "1970-01-01".to_owned(),
    };
    format!("{full}T00:00:00Z")
}

/// A sitemap of some pages.
pub(super) fn sitemap<'p>(press: &Press, pages: impl Iterator<Item = &'p str>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        out.push_str("<url>");
        element(&mut out, "loc", &press.routes.absolute(page));
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// The index of several sitemaps.
pub(super) fn sitemap_index(press: &Press, count: usize) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for number in 1..=count {
        out.push_str("<sitemap>");
        element(&mut out, "loc", &press.routes.absolute(&format!("sitemap-{number}.xml")));
        out.push_str("</sitemap>\n");
    }
    out.push_str("</sitemapindex>\n");
    out
}

/// What robots are told: all may read everything.
pub(super) fn robots(press: &Press) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {}\n", press.routes.absolute("sitemap.xml"))
}

/// An element with text; characters that XML 1.0 forbids are left out.
fn element(out: &mut String, name: &str, text: &str) {
    let allowed: String = text.chars().filter(|&it| is_xml(it)).collect();
    let _ = write!(out, "<{name}>");
    escape(&allowed, out);
    let _ = write!(out, "</{name}>");
}

/// A link of a feed.
fn link(out: &mut String, rel: &str, href: &str) {
    let _ = write!(out, "<link rel=\"{rel}\" href=\"");
    escape(href, out);
    out.push_str("\"/>\n");
}

/// Whether XML 1.0 allows a character.
fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
