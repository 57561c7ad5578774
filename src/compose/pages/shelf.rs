//! Browsing: all languages, years, outlets and tags, and the documents of each.

use std::collections::BTreeSet;

use super::home::{length, tag};
use super::lists::part;
use crate::arrange::DocumentId;
use crate::compose::press::Press;
use crate::compose::route;
use crate::compose::shelves::{self, Shelf};
use crate::compose::site::{Kind, PAGE, pages_of};
use crate::compose::view::{Letter, ShelfEntry, ShelfPart, ShelfView, ShelvesView};
use crate::vocab::diagnostic::Diagnostic;

/// From how many entries on a list has letters.
const LONG: usize = 30;

/// Sets one page of the list of all shelves of a kind, counted from 1.
pub(crate) fn shelves(
    press: &Press,
    path: &str,
    (kind, number): (Kind, usize),
) -> Result<Vec<u8>, Diagnostic> {
    let title = press.say(&format!("{}.title", kind.stem()));
    let page = list(press, path, (kind, number));
    press.set("shelves.html", &press.frame(path, &title), &page)
}

/// What one page of that list names.
pub(crate) fn list<'p>(
    press: &'p Press,
    path: &str,
    (kind, number): (Kind, usize),
) -> ShelvesView<'p> {
    let all = kind.shelves(press);
    let headings = headings(press, kind);
    let from = number.saturating_sub(1) * PAGE;
    let own = from..(from + PAGE).min(all.len());
    let most = all.iter().map(|it| it.documents.len()).max().unwrap_or(0);
    let entry = |at| entry(press, path, (kind, at, most), &headings);
    ShelvesView {
        kind: kind.stem(),
        total: all.len(),
        entries: own.filter_map(entry).collect(),
        letters: letters(press, path, kind, &headings),
        pager: press.pager(kind.stem(), number, pages_of(all.len())),
    }
}

/// For each shelf of a long list in the order of names the number of the letter under which it stands, and
/// the letter; empty for any other list.
fn headings(press: &Press, kind: Kind) -> Vec<(usize, String)> {
    let all = kind.shelves(press);
    if all.len() <= LONG || matches!(kind, Kind::Date | Kind::Language) {
        return Vec::new();
    }
    let mut number = 0;
    let mut last = None;
    let mut heading = |shelf| {
        let letter = initial(name(press, kind, shelf).0);
        if last.as_ref() != Some(&letter) {
            number += 1;
            last = Some(letter.clone());
        }
        (number, letter)
    };
    all.iter().map(&mut heading).collect()
}

/// One shelf as the list of all names it: which kind, which of them, and how many documents the fullest has.
fn entry<'p>(
    press: &'p Press,
    path: &str,
    (kind, at, most): (Kind, usize, usize),
    headings: &[(usize, String)],
) -> Option<ShelfEntry<'p>> {
    let shelf = kind.shelves(press).get(at)?;
    let (name, lang) = name(press, kind, shelf);
    let heading = headings.get(at);
    let before = at.checked_sub(1).and_then(|at| headings.get(at));
    let opens = heading.filter(|it| before != Some(*it));
    Some(ShelfEntry {
        name,
        lang,
        href: press.routes.href(path, &route::numbered(&shelf.stem, 1)),
        count: shelf.documents.len(),
        length: length(shelf.documents.len(), most),
        statements: statements(press, &shelf.documents),
        letter: opens.map_or_else(String::new, |(_, letter)| letter.clone()),
        heading: opens.map_or(0, |(number, _)| *number),
    })
}

/// The letters of a long list with the ways to them, which may lead to another page of it.
fn letters(press: &Press, path: &str, kind: Kind, headings: &[(usize, String)]) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for (at, (number, letter)) in headings.iter().enumerate() {
        if *number > letters.len() {
            let page = route::numbered(kind.stem(), at / PAGE + 1);
            let href = format!("{}#l{number}", press.routes.href(path, &page));
            letters.push(Letter { name: letter.clone(), href });
        }
    }
    letters
}

/// Sets one page of a shelf: which kind, which of them, which page counted from 1.
pub(crate) fn shelf(
    press: &Press,
    path: &str,
    (kind, at, number): (Kind, usize, usize),
) -> Result<Vec<u8>, Diagnostic> {
    let Some(shelf) = kind.shelves(press).get(at) else { return Ok(Vec::new()) };
    let (name, lang) = name(press, kind, shelf);
    let page = ShelfView {
        kind: kind.stem(),
        name,
        lang,
        total: shelf.documents.len(),
        parts: parts(press, path, kind, part(&shelf.documents, number)),
        pager: press.pager(&shelf.stem, number, pages_of(shelf.documents.len())),
        up: press.routes.href(path, &route::numbered(kind.stem(), 1)),
    };
    let title = name.map_or_else(|| unknown(press, kind), str::to_owned);
    press.set("shelf.html", &press.frame(path, &title), &page)
}

/// What a shelf is called, and the language of that name where it is known.
fn name<'p>(press: &'p Press, kind: Kind, shelf: &'p Shelf) -> (Option<&'p str>, &'p str) {
    let key = Some(shelf.key.as_str()).filter(|key| !key.is_empty());
    match (kind, tag(press, shelf)) {
        (Kind::Language, Some(lang)) if lang.is_undetermined() => (None, ""),
        (Kind::Language, Some(lang)) => (Some(lang.autonym()), lang.as_str()),
        _ => (key, ""),
    }
}

/// What is said where the name of a shelf is not known.
fn unknown(press: &Press, kind: Kind) -> String {
    press.say(match kind {
        Kind::Language => "unknown.language",
        Kind::Date => "unknown.date",
        Kind::Outlet | Kind::Tag => "unknown.outlet",
    })
}

/// The letter under which a name stands.
fn initial(name: Option<&str>) -> String {
    let first = name.and_then(|it| it.chars().find(|it| it.is_alphanumeric()));
    first.map_or_else(|| "…".to_owned(), |it| it.to_uppercase().collect())
}

/// How many statements some documents belong to.
fn statements(press: &Press, documents: &[DocumentId]) -> usize {
    let archive = press.material.archive;
    let of = |id: &DocumentId| shelves::find(archive, *id)?.statement;
    documents.iter().filter_map(of).collect::<BTreeSet<_>>().len()
}

/// The documents of a page: those of a year by month, any others together.
fn parts<'a>(press: &Press<'a>, path: &str, kind: Kind, ids: &[DocumentId]) -> Vec<ShelfPart<'a>> {
    let month = |id: &DocumentId| match kind {
        Kind::Date => shelves::find(press.material.archive, *id).map_or("", month_of),
        _ => "",
    };
    ids.chunk_by(|a, b| month(a) == month(b))
        .map(|chunk| ShelfPart {
            name: chunk.first().map_or_else(String::new, |id| month_name(press, month(id))),
            edtf: chunk.first().map_or("", month),
            cards: press.cards(path, chunk),
        })
        .collect()
}

/// The year and month of a document; empty where its month is not known.
fn month_of(document: &crate::arrange::Document) -> &str {
    shelves::day(document).get(..7).unwrap_or_default()
}

/// A month in the language of the interface; empty where it is not known.
fn month_name(press: &Press, month: &str) -> String {
    month.split_once('-').map_or_else(String::new, |(year, month)| {
        press.words.month(year, month.trim_start_matches('0'))
    })
}
