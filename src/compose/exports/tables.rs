//! The archive as tables: what is in it, what belongs together, and which passages say the same.
//!
//! Passages are named by their numbers and by bytes, not by their texts: the texts stand on the pages
//! and in the files of each statement, and tables that held them again would be as large as the site
//! and need every body in memory. What is known of them all fits: front matter and synopses.

use super::record::role;
use super::sheet::Sheet;
use crate::arrange::{Document, DocumentId, Statement, StatementId};
use crate::collate::Synopsis;
use crate::compose::pages::statement::{kind, relation};
use crate::compose::pages::synopsis::first;
use crate::compose::press::{Press, basis};
use crate::compose::shelves;
use crate::vocab::date::Date;

/// A table.
pub(super) struct Table {
    /// Its name, and that of its file without `.csv`.
    pub(super) name: &'static str,
    /// What a row is.
    pub(super) says: &'static str,
    /// Its columns.
    pub(super) columns: &'static [Column],
    /// The columns that name a row.
    pub(super) key: &'static [&'static str],
    /// Columns whose values are ids in another table.
    pub(super) foreign: &'static [(&'static str, &'static str)],
    /// Writes its rows.
    rows: fn(&Press, &mut Sheet),
}

/// A column: its name, its type after Table Schema, and what it says.
pub(super) type Column = (&'static str, &'static str, &'static str);

const DOCUMENT: Column = ("document", "string", "Id of the document");
const STATEMENT: Column = ("statement", "string", "Id of the statement");
const UNIT: Column = ("unit", "integer", "Number of the unit; 0 is the row of the titles");
const CONFIDENCE: Column = ("confidence", "integer", "How sure the machine is, from 0 to 100");

/// All tables, in the order in which they are offered.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "documents",
        says: "One row a document: what its front matter says.",
        columns: &[
            ("id", "string", "Name of the document, stable over builds"),
            ("path", "string", "Path of its page in the site"),
            ("lang", "string", "Language, BCP 47"),
            ("title", "string", "Title as the outlet printed it"),
            ("subtitle", "string", "Second title line"),
            ("date", "string", "Date as far as it is known, EDTF level 1"),
            ("date_basis", "string", "What the date stands on"),
            ("outlet", "string", "Who published it"),
            ("section", "string", "Section of the outlet"),
            ("dateline", "string", "Place in the dateline"),
            ("author", "string", "Who signed it"),
            STATEMENT,
            ("role", "string", "What it is to the statement, where a curator says so"),
            ("source_url", "string", "Address it was taken from"),
            ("captured_at", "string", "When it was taken from there"),
            ("rights", "string", "Rights as stated: an address or a sentence"),
            ("tags", "string", "Tags of the curator, with semicolons between"),
            ("seed", "string", "Path of the raw file inside the folder of seeds"),
            ("encoding", "string", "Encoding of the raw file where it is not UTF-8"),
            ("sha256", "string", "SHA-256 of the raw file"),
            ("removed", "integer", "How many pieces of the raw file were cut away"),
        ],
        key: &["id"],
        foreign: &[("statement", "statements")],
        rows: documents,
    },
    Table {
        name: "statements",
        says: "One row a statement: what several texts say in common.",
        columns: &[
            ("id", "string", "Name of the statement, stable over builds"),
            ("path", "string", "Path of its page in the site"),
            ("title", "string", "Title of the leading version"),
            ("date", "string", "Earliest date that a version names, EDTF level 1"),
            ("versions", "integer", "How many versions it has"),
            ("units", "integer", "How many units its versions were aligned to"),
            ("findings", "integer", "How many facts its versions state differently"),
        ],
        key: &["id"],
        foreign: &[],
        rows: statements,
    },
    Table {
        name: "versions",
        says: "One row a document that is a version of a statement, and what it does with the units.",
        columns: &[
            STATEMENT,
            DOCUMENT,
            CONFIDENCE,
            ("pinned", "boolean", "Whether a curator put it there"),
            ("relation", "string", "What it is to the other versions"),
            ("reasons", "string", "What carried the decision, with semicolons between"),
            ("present", "integer", "Units that it has"),
            ("missing", "integer", "Units that it lacks"),
            ("only", "integer", "Units that it alone has"),
            ("moved", "integer", "Units that stand elsewhere in it"),
            ("repeated", "integer", "Units that it says more than once"),
            ("merged", "integer", "Units that share a passage with another one"),
            ("split", "integer", "Units that are spread over several passages"),
        ],
        key: &["statement", "document"],
        foreign: &[("statement", "statements"), ("document", "documents")],
        rows: versions,
    },
    Table {
        name: "related",
        says: "One row a document on the same event as a statement that is no version of it.",
        columns: &[
            STATEMENT,
            DOCUMENT,
            ("reason", "string", "Why it is named, and why it is no version"),
        ],
        key: &["statement", "document"],
        foreign: &[("statement", "statements"), ("document", "documents")],
        rows: related,
    },
    Table {
        name: "units",
        says: "One row a unit: what all versions say in one place.",
        columns: &[
            STATEMENT,
            UNIT,
            CONFIDENCE,
            ("reviewed", "boolean", "Whether a curator has looked at it"),
            ("versions", "integer", "How many versions have it"),
        ],
        key: &["statement", "unit"],
        foreign: &[("statement", "statements")],
        rows: units,
    },
    Table {
        name: "alignments",
        says: "One row a piece of a passage that belongs to a unit. Rows can be copied into content/align.csv.",
        columns: &[
            STATEMENT,
            UNIT,
            DOCUMENT,
            ("passage", "integer", "Number of the passage on the document's page; 0 is the title"),
            (
                "from",
                "integer",
                "Where the piece begins in the plain text of the passage, in bytes of UTF-8",
            ),
            ("to", "integer", "Where it ends"),
            ("moved", "boolean", "Whether the version has the unit elsewhere than the leading one"),
            ("again", "boolean", "Whether the version says here again what it has said"),
        ],
        key: &[],
        foreign: &[("statement", "statements"), ("document", "documents")],
        rows: alignments,
    },
    Table {
        name: "findings",
        says: "One row a version's reading of a fact that versions state differently.",
        columns: &[
            ("finding", "integer", "Number of the finding in its statement, from 1"),
            STATEMENT,
            UNIT,
            ("kind", "string", "What kind of fact"),
            CONFIDENCE,
            DOCUMENT,
            ("words", "string", "What the version says; empty where it lacks what the others have"),
        ],
        key: &["statement", "finding", "document"],
        foreign: &[("statement", "statements"), ("document", "documents")],
        rows: findings,
    },
    Table {
        name: "removed",
        says: "One row a piece of a raw file that is not in the document.",
        columns: &[
            DOCUMENT,
            ("line", "integer", "Line of the raw file, from 1"),
            ("rule", "string", "Rule that cut it"),
            ("text", "string", "What was cut"),
        ],
        key: &[],
        foreign: &[("document", "documents")],
        rows: removed,
    },
];

/// A table as CSV.
pub(super) fn table(press: &Press, at: usize) -> Vec<u8> {
    let Some(table) = TABLES.get(at) else { return Vec::new() };
    let mut sheet = Sheet::new(table.columns.iter().map(|(name, ..)| *name));
    (table.rows)(press, &mut sheet);
    sheet.finish()
}

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

/// The name of the document of a statement's version, by its place among them.
fn version<'a>(press: &Press<'a>, statement: &Statement, at: usize) -> &'a str {
    statement.versions.get(at).map_or("", |it| name(press, it.document))
}

fn documents(press: &Press, sheet: &mut Sheet) {
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

fn statements(press: &Press, sheet: &mut Sheet) {
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

fn versions(press: &Press, sheet: &mut Sheet) {
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
                relation(version.relation).to_owned(),
                version.reasons.join("; "),
            ];
            cells.extend(numbers.iter().map(u32::to_string));
            sheet.row(cells.iter().map(String::as_str));
        }
    }
}

fn related(press: &Press, sheet: &mut Sheet) {
    for (_, statement) in each(press) {
        for it in &statement.related {
            sheet.row([statement.slug.as_str(), name(press, it.document), &it.reason]);
        }
    }
}

fn units(press: &Press, sheet: &mut Sheet) {
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

fn alignments(press: &Press, sheet: &mut Sheet) {
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

fn findings(press: &Press, sheet: &mut Sheet) {
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

fn removed(press: &Press, sheet: &mut Sheet) {
    for document in &press.material.archive.documents {
        for it in &document.head.removed {
            sheet.row([document.name.as_str(), &it.line.to_string(), &it.rule, &it.text]);
        }
    }
}
