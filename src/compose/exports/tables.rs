//! The archive as tables: what is in it, what belongs together, and which passages say the same.
//!
//! Passages are named by their numbers and by bytes, not by their texts: the texts stand on the pages
//! and in the files of each statement, and tables that held them again would be as large as the site
//! and need every body in memory. What is known of them all fits: front matter and synopses.

use super::sheet::Sheet;
use super::{About, rows};
use crate::compose::press::Press;

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
    /// What it tells of.
    pub(super) about: About,
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
        about: About::Heads,
        rows: rows::documents,
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
        about: About::Findings,
        rows: rows::statements,
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
        about: About::Findings,
        rows: rows::versions,
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
        about: About::Groups,
        rows: rows::related,
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
        about: About::Findings,
        rows: rows::units,
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
        about: About::Findings,
        rows: rows::alignments,
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
        about: About::Findings,
        rows: rows::findings,
    },
    Table {
        name: "names",
        says: "One row a place where a name stands.",
        columns: &[
            ("name", "string", "Id of the name: what its page is called"),
            ("heading", "string", "Form under which it is listed"),
            ("lang", "string", "Language of the version, BCP 47"),
            ("written", "string", "Form as it is written there"),
            STATEMENT,
            UNIT,
            DOCUMENT,
        ],
        key: &[],
        foreign: &[("statement", "statements"), ("document", "documents")],
        about: About::Names,
        rows: rows::names,
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
        about: About::Heads,
        rows: rows::removed,
    },
];

/// A table as CSV.
pub(super) fn table(press: &Press, at: usize) -> Vec<u8> {
    let Some(table) = TABLES.get(at) else { return Vec::new() };
    let mut sheet = Sheet::new(table.columns.iter().map(|(name, ..)| *name));
    (table.rows)(press, &mut sheet);
    sheet.finish()
}
