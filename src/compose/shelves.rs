//! The shelves of the archive: its documents by language, year, outlet and tag.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::arrange::{Archive, Document, DocumentId, Statement, StatementId};

use super::route;

/// Documents that share something, newest first.
pub(super) struct Shelf {
    /// What they share: a language tag, a year, an outlet, a tag; empty where it is not known.
    pub(super) key: String,
    /// The stem of the shelf's path: `languages/pl`.
    pub(super) stem: String,
    /// The documents.
    pub(super) documents: Vec<DocumentId>,
}

/// All shelves, and everything in the order in which it is listed.
pub(super) struct Shelves {
    /// By language, in the order of the tags.
    pub(super) languages: Vec<Shelf>,
    /// By year, newest first; without a date last.
    pub(super) years: Vec<Shelf>,
    /// By outlet, in the order of their names without regard to case; unknown last.
    pub(super) outlets: Vec<Shelf>,
    /// By tag.
    pub(super) tags: Vec<Shelf>,
    /// All documents, newest first.
    pub(super) documents: Vec<DocumentId>,
    /// All statements, newest first.
    pub(super) statements: Vec<StatementId>,
    /// The place of each outlet among the outlets.
    outlet_places: FxHashMap<String, usize>,
}

impl Shelves {
    /// Puts an archive on its shelves.
    pub(super) fn new(archive: &Archive) -> Self {
        let documents = newest_first(archive);
        let mut languages = BTreeMap::new();
        let mut years = BTreeMap::new();
        let mut outlets = BTreeMap::new();
        let mut tags = BTreeMap::new();
        for (id, document) in documents.iter().filter_map(|&id| Some((id, find(archive, id)?))) {
            let head = &document.head;
            put(&mut languages, head.lang.as_str(), id);
            put(&mut years, &year(document), id);
            put(&mut outlets, head.outlet.as_deref().unwrap_or("").trim(), id);
            for tag in head.tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
                put(&mut tags, tag, id);
            }
        }
        let mut years = shelve("dates", years);
        years.sort_by(|a, b| b.key.cmp(&a.key));
        let mut outlets = shelve("outlets", outlets);
        outlets.sort_by_cached_key(|it| (it.key.is_empty(), it.key.to_lowercase()));
        let outlet_places = outlets.iter().map(|it| it.key.clone()).zip(0..).collect();
        Self {
            outlet_places,
            languages: shelve("languages", languages),
            years,
            outlets,
            tags: shelve("tags", tags),
            statements: statements(archive),
            documents,
        }
    }
}

impl Shelves {
    /// The shelf of an outlet.
    pub(super) fn outlet(&self, name: &str) -> Option<&Shelf> {
        self.outlets.get(*self.outlet_places.get(name)?)
    }

    /// The shelf of a tag.
    pub(super) fn tag(&self, name: &str) -> Option<&Shelf> {
        of_key(&self.tags, name)
    }

    /// The shelf of a language.
    pub(super) fn language(&self, tag: &str) -> Option<&Shelf> {
        of_key(&self.languages, tag)
    }
}

/// The shelf of a key among shelves in the order of their keys.
fn of_key<'s>(shelves: &'s [Shelf], key: &str) -> Option<&'s Shelf> {
    let at = shelves.binary_search_by(|it| it.key.as_str().cmp(key)).ok()?;
    shelves.get(at)
}

/// Puts a document on the shelf of a key.
fn put(shelves: &mut BTreeMap<String, Vec<DocumentId>>, key: &str, id: DocumentId) {
    match shelves.get_mut(key) {
        Some(shelf) => shelf.push(id),
        None => drop(shelves.insert(key.to_owned(), vec![id])),
    }
}

/// Gives each shelf its path.
fn shelve(folder: &str, found: BTreeMap<String, Vec<DocumentId>>) -> Vec<Shelf> {
    let unknown = |key: &str| if key.is_empty() { "unknown".to_owned() } else { key.to_owned() };
    let names: Vec<String> = found.keys().map(|key| unknown(key)).collect();
    let slugs = route::slugs(names.iter().map(String::as_str));
    found
        .into_iter()
        .zip(slugs)
        .map(|((key, mut documents), slug)| {
            documents.dedup();
            Shelf { key, stem: format!("{folder}/{slug}"), documents }
        })
        .collect()
}

/// A document of the archive.
pub(super) fn find(archive: &Archive, id: DocumentId) -> Option<&Document> {
    archive.documents.get(id.0 as usize)
}

/// The date of a document as digits that sort: `2022-01-10`, empty where it is not known.
pub(super) fn day(document: &Document) -> &str {
    let date = document.head.date.as_ref().map_or("", |date| date.as_str());
    let is_part = |it: u8| it.is_ascii_digit() || it == b'-';
    let end = date.bytes().position(|it| !is_part(it)).unwrap_or(date.len());
    date.get(..end).unwrap_or_default()
}

/// The year of a document; empty where it is not known.
fn year(document: &Document) -> String {
    day(document).get(..4).unwrap_or_default().to_owned()
}

/// The date of a statement: the earliest day that a version names, or the earliest month or year where
/// none names a day.
pub(super) fn dated<'a>(archive: &'a Archive, statement: &Statement) -> Option<&'a Document> {
    let versions = statement.versions.iter().filter_map(|it| find(archive, it.document));
    let known = versions.filter(|document| !day(document).is_empty());
    known.min_by_key(|document| {
        let day = day(document);
        (Reverse(day.len()), day)
    })
}

/// All documents, newest first, those without a date last, then by name.
fn newest_first(archive: &Archive) -> Vec<DocumentId> {
    let all = archive.documents.iter().zip(0..);
    let mut order: Vec<(Reverse<&str>, &str, u32)> =
        all.map(|(it, at)| (Reverse(day(it)), it.name.as_str(), at)).collect();
    order.sort_unstable();
    order.into_iter().map(|it| DocumentId(it.2)).collect()
}

/// All statements, newest first, those without a date last, then by slug.
fn statements(archive: &Archive) -> Vec<StatementId> {
    let mut order: Vec<(&str, usize)> = archive
        .statements
        .iter()
        .enumerate()
        .map(|(at, it)| (dated(archive, it).map_or("", day), at))
        .collect();
    order.sort_by(|a, b| b.0.cmp(a.0).then(a.1.cmp(&b.1)));
    order.into_iter().map(|(_, at)| StatementId(at as u32)).collect()
}
