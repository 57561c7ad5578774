//! The home page: what this archive is, how much of it there is, and what is new.

use std::collections::BTreeMap;

use super::lists::statement_card;
use super::timeline;
use crate::arrange::StatementId;
use crate::compose::press::Press;
use crate::compose::route;
use crate::compose::shelves::{self, Shelf};
use crate::compose::view::{Card, Coverage, CoverageRow, Home, LanguageView};
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::lang::Lang;

/// How many statements are named as new.
const NEWEST: usize = 12;

/// How many languages are named.
const LANGUAGES: usize = 20;

/// How many statements and languages the matrix shows at most.
const MATRIX: (usize, usize) = (40, 40);

/// Sets the home page.
pub(crate) fn home(press: &Press, path: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut frame = press.frame(path, &press.options.title);
    frame.description.clone_from(&press.options.description);
    press.set("home.html", &frame, &view(press, path))
}

/// What the home page says.
pub(crate) fn view<'p>(press: &'p Press, path: &str) -> Home<'p> {
    let shelves = &press.shelves;
    let newest = shelves.statements.iter().take(NEWEST);
    Home {
        documents: shelves.documents.len(),
        statements: shelves.statements.len(),
        outlets: shelves.outlets.iter().filter(|it| !it.key.is_empty()).count(),
        years: years(&shelves.years),
        newest: newest.filter_map(|&id| statement_card(press, path, id)).collect(),
        lone: lone(press, path),
        languages: languages(press, path).into_iter().take(LANGUAGES).collect(),
        more_languages: shelves.languages.len() > LANGUAGES,
        language_count: shelves.languages.len(),
        coverage: coverage(press, path),
        timeline: timeline::timeline(press, path),
        all_statements: press.routes.href(path, "statements.html"),
        all_documents: press.routes.href(path, "documents.html"),
    }
}

/// The first and the last year.
fn years(shelves: &[Shelf]) -> Option<(String, String)> {
    let mut known = shelves.iter().filter(|it| !it.key.is_empty()).map(|it| it.key.clone());
    let last = known.next()?;
    Some((known.next_back().unwrap_or_else(|| last.clone()), last))
}

/// The newest documents that have no other version.
fn lone<'a>(press: &Press<'a>, path: &str) -> Vec<Card<'a>> {
    let archive = press.material.archive;
    let alone = |id: &&_| shelves::find(archive, **id).is_some_and(|it| it.statement.is_none());
    let ids: Vec<_> = press.shelves.documents.iter().filter(alone).take(NEWEST).copied().collect();
    press.cards(path, &ids)
}

/// All languages, those with most documents first.
fn languages<'p>(press: &'p Press, path: &str) -> Vec<LanguageView<'p>> {
    let mut found: Vec<LanguageView> = press
        .shelves
        .languages
        .iter()
        .filter_map(|shelf| {
            let lang = tag(press, shelf)?;
            Some(LanguageView {
                tag: lang.as_str(),
                dir: lang.direction(),
                name: lang.autonym(),
                href: press.routes.href(path, &route::numbered(&shelf.stem, 1)),
                count: shelf.documents.len(),
            })
        })
        .collect();
    found.sort_by(|a, b| b.count.cmp(&a.count).then(a.tag.cmp(b.tag)));
    found
}

/// The language of a shelf of languages.
pub(super) fn tag<'a>(press: &Press<'a>, shelf: &Shelf) -> Option<&'a Lang> {
    let first = shelf.documents.first()?;
    shelves::find(press.material.archive, *first).map(|document| &document.head.lang)
}

/// Which of the newest statements exists in which language.
fn coverage<'p>(press: &'p Press, path: &str) -> Coverage<'p> {
    let counted: Vec<(StatementId, BTreeMap<&str, usize>)> =
        press.shelves.statements.iter().take(MATRIX.0).map(|&id| (id, counts(press, id))).collect();
    let mut languages = languages(press, path);
    languages.retain(|it| counted.iter().any(|(_, counts)| counts.contains_key(it.tag)));
    languages.truncate(MATRIX.1);
    let rows = counted.iter().filter_map(|(id, counts)| {
        let card = statement_card(press, path, *id)?;
        let cells = languages.iter().map(|it| counts.get(it.tag).copied().unwrap_or(0)).collect();
        Some(CoverageRow {
            title: card.title,
            lang: card.lang,
            dir: card.dir,
            href: card.href,
            cells,
        })
    });
    let rows = rows.collect();
    Coverage { languages, rows, more: press.shelves.statements.len() > MATRIX.0 }
}

/// How many versions a statement has in each language.
fn counts<'a>(press: &Press<'a>, id: StatementId) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for version in press.statement(id).iter().flat_map(|it| &it.versions) {
        if let Some(document) = shelves::find(press.material.archive, version.document) {
            *counts.entry(document.head.lang.as_str()).or_insert(0) += 1;
        }
    }
    counts
}

/// The length of a bar, from 1 to 100.
pub(super) fn length(count: usize, most: usize) -> usize {
    (count * 100).checked_div(most).unwrap_or(0).clamp(1, 100)
}
