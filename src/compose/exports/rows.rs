//! The rows of the archive's tables, in the order of the archive.

use super::record::role;
use super::sheet::Sheet;
use crate::arrange::{Document, DocumentId, Reason, Statement, StatementId};
use crate::collate::Synopsis;
use crate::collate::names::{Form, Name, Place};
use crate::compose::pages::statement::kind;
use crate::compose::pages::synopsis::first;
use crate::compose::press::{Press, basis};
use crate::compose::shelves;
use crate::vocab::date::Date;

/// The statements of the archive, each with its place.
fn each<'a>(press: &Press<'a>) -> impl Iterator<Item = (StatementId, &'a Statement)> {
    (0..).map(StatementId).zip(&press.material.archive.statements)
}

/// The statements that were collated, each with its synopsis and the number of its first unit.
fn collated<'a>(press: &Press<'a>) -> impl Iterator<Item = (&'a Statement, &'a Synopsis, usize)> {
    let synopses = press.material.synopses;
    press.material.archive.statements.iter().zip(synopses).map(|(a, b)| (a, b, first(b)))
}

/// The name of a document.
fn name<'a>(press: &Press<'a>, id: DocumentId) -> &'a str {
    shelves::find(press.material.archive, id).map_or("", |it| it.name.as_str())
}

/// Why a document stands beside another, in words.
fn in_words(press: &Press, reason: &Reason) -> String {
    reason.in_words(name(press, reason.with))
}

/// The name of the document of a statement's version, by its place among them.
fn version<'a>(press: &Press<'a>, statement: &Statement, at: usize) -> &'a str {
    statement.versions.get(at).map_or("", |it| name(press, it.document))
}

/// Every document.
pub(super) fn documents(press: &Press, sheet: &mut Sheet) {
    for (id, document) in (0..).map(DocumentId).zip(&press.material.archive.documents) {
        document_row(press, (id, document), sheet);
    }
}

/// The row of a document.
fn document_row(press: &Press, (id, document): (DocumentId, &Document), sheet: &mut Sheet) {
    let head = &document.head;
    let or_empty = |it: &Option<String>| it.clone().unwrap_or_default();
    sheet.row(
        [
            document.name.clone(),
            press.routes.document(id),
            head.lang.to_string(),
            head.title.clone(),
            or_empty(&head.subtitle),
            head.date.as_ref().map_or_else(String::new, Date::to_string),
            head.date_basis.map_or("", basis).to_owned(),
            or_empty(&head.outlet),
            or_empty(&head.section),
            or_empty(&head.dateline),
            or_empty(&head.author),
            document
                .statement
                .and_then(|it| press.statement(it))
                .map_or_else(String::new, |it| it.slug.clone()),
            role(head.role).unwrap_or_default().to_owned(),
            or_empty(&head.source_url),
            or_empty(&head.captured_at),
            or_empty(&head.rights),
            head.tags.join("; "),
            or_empty(&head.seed),
            or_empty(&head.encoding),
            or_empty(&head.sha256),
            head.removed.len().to_string(),
        ]
        .iter()
        .map(String::as_str),
    );
}

/// Every statement.
pub(super) fn statements(press: &Press, sheet: &mut Sheet) {
    for (id, statement) in each(press) {
        let synopsis = press.synopsis(id);
        let date = shelves::dated(press.material.archive, statement);
        sheet.row([
            statement.slug.as_str(),
            &press.routes.statement(id),
            &statement.title,
            date.and_then(|it| it.head.date.as_ref()).map_or("", Date::as_str),
            &statement.versions.len().to_string(),
            &synopsis.map_or(0, |it| it.units.len()).to_string(),
            &synopsis.map_or(0, |it| it.findings.len()).to_string(),
        ]);
    }
}

/// Every version of every statement.
pub(super) fn versions(press: &Press, sheet: &mut Sheet) {
    for (id, statement) in each(press) {
        for (at, version) in statement.versions.iter().enumerate() {
            let tally = press.synopsis(id).map(|it| it.tally(at)).unwrap_or_default();
            let numbers = [
                tally.present,
                tally.missing,
                tally.only,
                tally.moved,
                tally.repeated,
                tally.merged,
                tally.split,
            ];
            let mut cells = vec![
                statement.slug.clone(),
                name(press, version.document).to_owned(),
                version.confidence.to_string(),
                version.pinned.to_string(),
                version.relation.word().to_owned(),
                version.reason.as_ref().map_or_else(String::new, |it| in_words(press, it)),
            ];
            cells.extend(numbers.iter().map(u32::to_string));
            sheet.row(cells.iter().map(String::as_str));
        }
    }
}

/// Every document that is named beside a statement.
pub(super) fn related(press: &Press, sheet: &mut Sheet) {
    for (_, statement) in each(press) {
        for it in &statement.related {
            sheet.row([
                statement.slug.as_str(),
                name(press, it.document),
                &in_words(press, &it.reason),
            ]);
        }
    }
}

/// Every unit.
pub(super) fn units(press: &Press, sheet: &mut Sheet) {
    for (statement, synopsis, first) in collated(press) {
        for (row, unit) in synopsis.units.iter().enumerate() {
            let filled = unit.cells.iter().filter(|it| !it.parts.is_empty()).count();
            sheet.row([
                statement.slug.as_str(),
                &(row + first).to_string(),
                &unit.confidence.to_string(),
                &unit.reviewed.to_string(),
                &filled.to_string(),
            ]);
        }
    }
}

/// Every part of every cell.
pub(super) fn alignments(press: &Press, sheet: &mut Sheet) {
    for (statement, synopsis, first) in collated(press) {
        for (row, unit) in synopsis.units.iter().enumerate() {
            for (at, cell) in unit.cells.iter().enumerate() {
                for part in &cell.parts {
                    sheet.row([
                        statement.slug.as_str(),
                        &(row + first).to_string(),
                        version(press, statement, at),
                        &part.passage.to_string(),
                        &part.from.to_string(),
                        &part.to.to_string(),
                        &cell.moved.to_string(),
                        &part.again.to_string(),
                    ]);
                }
            }
        }
    }
}

/// Every reading of every finding.
pub(super) fn findings(press: &Press, sheet: &mut Sheet) {
    for (statement, synopsis, first) in collated(press) {
        for (finding, number) in synopsis.findings.iter().zip(1..) {
            for (witness, words) in &finding.readings {
                sheet.row([
                    &i32::to_string(&number),
                    statement.slug.as_str(),
                    &(finding.unit as usize + first).to_string(),
                    kind(finding.kind),
                    &finding.confidence.to_string(),
                    version(press, statement, *witness as usize),
                    words,
                ]);
            }
        }
    }
}

/// Every place of every form of every name.
pub(super) fn names(press: &Press, sheet: &mut Sheet) {
    for name in &press.material.names.entries {
        for form in &name.forms {
            for place in &form.places {
                name_row(press, (name, form, place), sheet);
            }
        }
    }
}

/// The row of a place where a name stands.
fn name_row(press: &Press, (name, form, place): (&Name, &Form, &Place), sheet: &mut Sheet) {
    let id = StatementId(place.statement);
    let Some(statement) = press.statement(id) else { return };
    let first = press.synopsis(id).map_or(0, first);
    sheet.row([
        name.slug.as_str(),
        &name.heading.0,
        form.lang.as_str(),
        &form.written,
        &statement.slug,
        &(place.unit as usize + first).to_string(),
        version(press, statement, place.version as usize),
    ]);
}

/// Every piece that was cut.
pub(super) fn removed(press: &Press, sheet: &mut Sheet) {
    for document in &press.material.archive.documents {
        for it in &document.head.removed {
            sheet.row([document.name.as_str(), &it.line.to_string(), &it.rule, &it.text]);
        }
    }
}
