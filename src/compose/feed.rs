//! What search engines and feed readers fetch: Atom (RFC 4287), sitemaps (protocol 0.9), `robots.txt`.
//!
//! Only made where the site's own address is known. No clock: an entry is as new as its text, and a text
//! without a date stands in no feed, because it cannot be said to be new. The id of an entry is made of
//! the document's name, so that it stays when the site moves.

use crate::arrange::{Document, DocumentId};
use crate::vocab::digest;

use super::press::Press;
use super::route::{self, FEED};
use super::shelves::{self, Shelf};
use super::site::Kind;
use super::xml::{DECLARATION, close, element, empty, open};

/// How many documents a feed names.
const ENTRIES: usize = 50;

/// What a feed is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The whole archive.
    All,
    /// One shelf of a kind.
    Shelf(Kind, usize),
}

/// The feeds of the archive with their paths: of everything, of each language and of each outlet.
pub(super) fn plan(press: &Press) -> Vec<(String, Of)> {
    let kinds = [Kind::Language, Kind::Outlet];
    let shelves = kinds.into_iter().flat_map(|kind| {
        let all = kind.shelves(press).iter().enumerate();
        all.filter(|(_, shelf)| !shelf.key.is_empty())
            .map(move |(at, shelf)| (route::feed(&shelf.stem), Of::Shelf(kind, at)))
    });
    std::iter::once((FEED.to_owned(), Of::All)).chain(shelves).collect()
}

/// A feed: the newest documents with a date.
pub(super) fn atom(press: &Press, path: &str, of: Of) -> String {
    let shelf = shelf(press, of);
    let newest = newest(press, of);
    let home = shelf.map_or_else(|| "index.html".to_owned(), |it| route::numbered(&it.stem, 1));
    let mut out = String::from(DECLARATION);
    let lang = ("xml:lang", press.words.lang().as_str());
    open(&mut out, "feed", &[("xmlns", "http://www.w3.org/2005/Atom"), lang]);
    element(&mut out, "title", &title(press, shelf, of));
    element(&mut out, "id", &urn(&format!("feed {} {path}", press.options.title)));
    element(
        &mut out,
        "updated",
        &newest.first().map_or_else(|| instant(""), |(_, it)| instant(shelves::day(it))),
    );
    element(&mut out, "generator", "Hexapla");
    author(&mut out, &press.options.title);
    link(&mut out, "self", &press.routes.absolute(path), &[]);
    link(&mut out, "alternate", &press.routes.absolute(&home), &[]);
    for (id, document) in newest {
        entry(press, id, document, &mut out);
    }
    close(&mut out, "feed");
    out.push('\n');
    out
}

/// The shelf that a feed is of; `None` where it is of the whole archive.
pub(super) fn shelf<'p>(press: &'p Press, of: Of) -> Option<&'p Shelf> {
    match of {
        Of::All => None,
        Of::Shelf(kind, at) => kind.shelves(press).get(at),
    }
}

/// The documents that a feed names.
pub(super) fn newest<'a>(press: &Press<'a>, of: Of) -> Vec<(DocumentId, &'a Document)> {
    let all = shelf(press, of).map_or(&press.shelves.documents, |shelf| &shelf.documents);
    let found = all.iter().filter_map(|&id| Some((id, shelves::find(press.material.archive, id)?)));
    found.filter(|(_, it)| !shelves::day(it).is_empty()).take(ENTRIES).collect()
}

/// What a feed is called.
fn title(press: &Press, shelf: Option<&Shelf>, of: Of) -> String {
    let archive = &press.options.title;
    let Some(shelf) = shelf else { return archive.clone() };
    let first = shelf.documents.first().and_then(|&id| shelves::find(press.material.archive, id));
    match (of, first) {
        (Of::Shelf(Kind::Language, _), Some(it)) => {
            format!("{archive}: {}", it.head.lang.autonym())
        }
        _ => format!("{archive}: {}", shelf.key),
    }
}

/// One entry of a feed. Its category is the statement, so that a reader can gather versions.
fn entry(press: &Press, id: DocumentId, document: &Document, out: &mut String) {
    let head = &document.head;
    open(out, "entry", &[("xml:lang", head.lang.as_str())]);
    element(out, "title", &head.title);
    element(out, "id", &urn(&format!("document {}", document.name)));
    let when = instant(shelves::day(document));
    if head.date.as_ref().is_some_and(|date| date.exact_day().is_some()) {
        element(out, "published", &when);
    }
    element(out, "updated", &when);
    let address = press.routes.absolute(&press.routes.document(id));
    link(out, "alternate", &address, &[("hreflang", head.lang.as_str())]);
    if let Some(outlet) = &head.outlet {
        author(out, outlet);
    }
    let statement = document.statement.and_then(|it| press.statement(it));
    let categories = statement.map(|it| it.slug.as_str()).into_iter();
    for term in categories.chain(head.tags.iter().map(String::as_str)) {
        empty(out, "category", &[("term", term)]);
    }
    if let Some(rights) = &head.rights {
        element(out, "rights", rights);
    }
    close(out, "entry");
    out.push('\n');
}

/// A name for something that no address is part of: a UUID of version 8 (RFC 9562) made of a text.
fn urn(text: &str) -> String {
    let digits = digest::short(text.as_bytes(), 32);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-8{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// The first instant of a day, a month or a year; the epoch where it is not known.
fn instant(day: &str) -> String {
    let full = match day.len() {
        10 => day.to_owned(),
        7 => format!("{day}-01"),
        4 => format!("{day}-01-01"),
        _ => "1970-01-01".to_owned(),
    };
    format!("{full}T00:00:00Z")
}

/// An author.
fn author(out: &mut String, name: &str) {
    open(out, "author", &[]);
    element(out, "name", name);
    close(out, "author");
    out.push('\n');
}

/// A link of a feed.
fn link(out: &mut String, rel: &str, href: &str, more: &[(&str, &str)]) {
    let attributes: Vec<(&str, &str)> =
        [("rel", rel), ("href", href)].into_iter().chain(more.iter().copied()).collect();
    empty(out, "link", &attributes);
    out.push('\n');
}

/// The namespace of sitemaps.
const SITEMAPS: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// A sitemap of some pages.
pub(super) fn sitemap<'p>(press: &Press, pages: impl Iterator<Item = &'p str>) -> String {
    located("urlset", "url", pages.map(|page| press.routes.absolute(page)))
}

/// The index of several sitemaps.
pub(super) fn sitemap_index(press: &Press, count: usize) -> String {
    let path = |number| press.routes.absolute(&format!("sitemap-{number}.xml"));
    located("sitemapindex", "sitemap", (1..=count).map(path))
}

/// A list of addresses in the form of a sitemap.
fn located(list: &str, item: &str, addresses: impl Iterator<Item = String>) -> String {
    let mut out = String::from(DECLARATION);
    open(&mut out, list, &[SITEMAPS]);
    out.push('\n');
    for address in addresses {
        open(&mut out, item, &[]);
        element(&mut out, "loc", &address);
        close(&mut out, item);
        out.push('\n');
    }
    close(&mut out, list);
    out.push('\n');
    out
}

/// What robots are told: all may read everything.
pub(super) fn robots(press: &Press) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {}\n", press.routes.absolute("sitemap.xml"))
}
