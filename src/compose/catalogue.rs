//! The catalogue: `archive.json`, every document and statement with its address and hash.

use serde::Serialize;

use crate::arrange::{DocumentId, StatementId};

use super::press::Press;
use crate::vocab::date::Date;

/// The whole catalogue.
#[derive(Serialize)]
struct Catalogue<'a> {
    documents: Vec<DocumentEntry<'a>>,
    statements: Vec<StatementEntry<'a>>,
}

/// A document.
#[derive(Serialize)]
struct DocumentEntry<'a> {
    id: &'a str,
    path: String,
    lang: &'a str,
    title: &'a str,
    date: Option<&'a str>,
    outlet: Option<&'a str>,
    statement: Option<&'a str>,
    seed: Option<&'a str>,
    sha256: Option<&'a str>,
}

/// A statement.
#[derive(Serialize)]
struct StatementEntry<'a> {
    id: &'a str,
    path: String,
    title: &'a str,
    documents: Vec<&'a str>,
    languages: Vec<&'a str>,
}

/// The catalogue as JSON, one entry a line, sorted by id.
pub(super) fn catalogue(press: &Press) -> Vec<u8> {
    let catalogue = Catalogue { documents: documents(press), statements: statements(press) };
    let mut out = Vec::new();
    out.extend_from_slice(b"{\"documents\": [\n");
    lines(&catalogue.documents, &mut out);
    out.extend_from_slice(b"\n], \"statements\": [\n");
    lines(&catalogue.statements, &mut out);
    out.extend_from_slice(b"\n]}\n");
    out
}

/// Writes values as JSON, one a line.
fn lines<T: Serialize>(values: &[T], out: &mut Vec<u8>) {
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            out.extend_from_slice(b",\n");
        }
        // Writing into memory cannot fail.
        let _ = serde_json::to_writer(&mut *out, value);
    }
}

/// All documents, by id.
fn documents<'a>(press: &Press<'a>) -> Vec<DocumentEntry<'a>> {
    let archive = press.material.archive;
    let mut entries: Vec<_> = archive
        .documents
        .iter()
        .enumerate()
        .map(|(at, document)| DocumentEntry {
            id: &document.name,
            path: press.routes.document(DocumentId(at as u32)),
            lang: document.head.lang.as_str(),
            title: &document.head.title,
            date: document.head.date.as_ref().map(Date::as_str),
            outlet: document.head.outlet.as_deref(),
            statement: document
                .statement
                .and_then(|id| press.statement(id))
                .map(|statement| statement.slug.as_str()),
            seed: document.head.seed.as_deref(),
            sha256: document.head.sha256.as_deref(),
        })
        .collect();
    entries.sort_by_key(|entry| entry.id);
    entries
}

/// All statements, by id.
fn statements<'a>(press: &Press<'a>) -> Vec<StatementEntry<'a>> {
    let archive = press.material.archive;
    let mut entries: Vec<_> = archive
        .statements
        .iter()
        .enumerate()
        .map(|(at, statement)| {
            let versions = statement.versions.iter();
            let found = versions.filter_map(|it| super::shelves::find(archive, it.document));
            let mut documents: Vec<_> = found.clone().map(|it| it.name.as_str()).collect();
            let mut languages: Vec<_> = found.map(|it| it.head.lang.as_str()).collect();
            documents.sort_unstable();
            languages.sort_unstable();
            languages.dedup();
            StatementEntry {
                id: &statement.slug,
                path: press.routes.statement(StatementId(at as u32)),
                title: &statement.title,
                documents,
                languages,
            }
        })
        .collect();
    entries.sort_by_key(|entry| entry.id);
    entries
}
