//! What can be taken away: citations, parallel texts and tables, one file of this folder a format.
//!
//! A statement has one file a format, with all its versions in it; the archive as a whole has its
//! tables. A document has no files of its own but where it stands alone, and then one: a file for each
//! document and format would be most of the files of a large archive.

mod bibtex;
mod cff;
mod csl;
mod ledger;
mod manifest;
mod opensearch;
mod package;
mod record;
mod ris;
mod rows;
mod sheet;
mod tables;
mod tei;
mod tmx;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use self::manifest::{MANIFEST, read as read_manifest};
use self::record::Record;
use super::press::Press;
use super::route::{DATA, OPENSEARCH};
use super::shelves;
use super::view::Link;
use crate::arrange::{DocumentId, StatementId};
use crate::collate::{Cell, Witness};
use crate::vocab::page::Head;

/// A format in which a statement can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Citations for LaTeX (biblatex).
    Bibtex,
    /// Citations for reference managers.
    Ris,
    /// Citations for programs (CSL-JSON).
    Csl,
    /// Translation memory: aligned sentences (TMX 1.4b).
    Tmx,
    /// Scholarly edition: whole texts and their alignment (TEI P5).
    Tei,
    /// The ledger for a spreadsheet: what each version has of each unit.
    Ledger,
}

impl Format {
    /// All formats, citations first.
    pub const ALL: [Self; 6] =
        [Self::Bibtex, Self::Ris, Self::Csl, Self::Tmx, Self::Tei, Self::Ledger];

    /// The folder of its files.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::Csl => "csl",
            Self::Tmx => "tmx",
            Self::Tei => "tei",
            Self::Ledger => "ledger",
        }
    }

    /// The extension of its files.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Bibtex => "bib",
            Self::Ris => "ris",
            Self::Csl => "json",
            Self::Tmx => "tmx",
            Self::Tei => "xml",
            Self::Ledger => "csv",
        }
    }

    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
            Self::Csl => "CSL-JSON",
            Self::Tmx => "TMX",
            Self::Tei => "TEI",
            Self::Ledger => "CSV",
        }
    }

    /// Its media type.
    pub(super) fn media(self) -> &'static str {
        match self {
            Self::Bibtex => "application/x-bibtex",
            Self::Ris => "application/x-research-info-systems",
            Self::Csl => "application/vnd.citationstyles.csl+json",
            Self::Tmx => "application/x-tmx+xml",
            Self::Tei => "application/tei+xml",
            Self::Ledger => "text/csv",
        }
    }

    /// Whether it holds the texts and not only who said them.
    pub(super) fn has_texts(self) -> bool {
        matches!(self, Self::Tmx | Self::Tei | Self::Ledger)
    }
}

/// The format in which a document that stands alone is cited: the one that every reference manager reads.
const ALONE: Format = Format::Ris;

/// The id of the place on a statement's page that offers its files.
const TAKE: &str = "take";

/// The formats in which statements are given out: all, unless the configuration names some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Formats(BTreeSet<Format>);

impl Default for Formats {
    fn default() -> Self {
        Self(Format::ALL.into())
    }
}

impl FromIterator<Format> for Formats {
    fn from_iter<T: IntoIterator<Item = Format>>(formats: T) -> Self {
        Self(formats.into_iter().collect())
    }
}

/// A file that can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Export {
    /// A statement in a format.
    Statement(Format, StatementId),
    /// The citation of a document that stands alone.
    Document(DocumentId),
    /// A table of the whole archive, by its place among them.
    Table(usize),
    /// The description of the tables.
    Package,
    /// All citations.
    Bibliography,
    /// How to cite the archive.
    Citation,
    /// The hashes of the raw files.
    Manifest,
    /// How a browser can search the archive.
    OpenSearch,
}

/// What a file of the whole archive tells of; each but the last tells of those before it, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    /// What documents say of themselves.
    Heads,
    /// What the statements are called to which they belong.
    Titles,
    /// Which of them belong together, and why.
    Groups,
    /// What was found of those.
    Findings,
    /// Where names stand in them, and nothing else.
    Names,
}

/// What a table tells of, by its place among them.
pub(super) fn about(at: usize) -> About {
    tables::TABLES.get(at).map_or(About::Findings, |it| it.about)
}

/// The formats of statements that this archive gives out.
pub(super) fn formats(press: &Press) -> impl Iterator<Item = Format> {
    let chosen = &press.options.exports.0;
    Format::ALL.into_iter().filter(|format| chosen.contains(format))
}

/// Those of them that hold the texts.
pub(super) fn texts(press: &Press) -> impl Iterator<Item = Format> {
    formats(press).filter(|format| format.has_texts())
}

/// Every file that can be taken away, with its path.
pub(super) fn plan(press: &Press) -> Vec<(String, Export)> {
    let archive = press.material.archive;
    let mut plan: Vec<(String, Export)> = whole(press);
    for at in 0..archive.statements.len() {
        let id = StatementId(at as u32);
        let file =
            |format| (press.routes.statement_file(id, format), Export::Statement(format, id));
        plan.extend(formats(press).map(file));
    }
    if formats(press).any(|format| format == ALONE) {
        let alone = archive.documents.iter().enumerate().filter(|(_, it)| it.statement.is_none());
        let ids = alone.map(|(at, _)| DocumentId(at as u32));
        plan.extend(ids.map(|id| (press.routes.document_file(id, ALONE), Export::Document(id))));
    }
    if press.searchable_from_outside() {
        plan.push((OPENSEARCH.to_owned(), Export::OpenSearch));
    }
    plan
}

/// The files that tell of the whole archive, in the order in which they are offered.
pub(super) fn whole(press: &Press) -> Vec<(String, Export)> {
    let named = |name: &str| format!("{DATA}/{name}");
    let tables = tables::TABLES.iter().enumerate();
    let mut files: Vec<(String, Export)> = tables
        .map(|(at, table)| (named(&format!("{}.csv", table.name)), Export::Table(at)))
        .collect();
    files.push((named("datapackage.json"), Export::Package));
    files.push((named("hexapla.bib"), Export::Bibliography));
    files.push((named("CITATION.cff"), Export::Citation));
    if manifest::is_there(press) {
        files.push((MANIFEST.to_owned(), Export::Manifest));
    }
    files
}

/// The bytes of a file.
pub(super) fn render(press: &Press, export: Export) -> Vec<u8> {
    match export {
        Export::Statement(format, id) => statement(press, format, id),
        Export::Document(id) => {
            ris::ris(&Record::document(press, id).into_iter().collect::<Vec<_>>()).into_bytes()
        }
        Export::Table(at) => tables::table(press, at),
        Export::Package => package::package(press).into_bytes(),
        Export::Bibliography => bibtex::all(press).into_bytes(),
        Export::Citation => cff::cff(press).into_bytes(),
        Export::Manifest => manifest::manifest(press).into_bytes(),
        Export::OpenSearch => opensearch::opensearch(press).into_bytes(),
    }
}

/// The files of a statement, as a page names them.
pub(super) fn of_statement(press: &Press, from: &str, id: StatementId) -> Vec<Link<'static>> {
    let link = |format: Format| Link {
        name: format.name(),
        href: press.routes.href(from, &press.routes.statement_file(id, format)),
    };
    formats(press).map(link).collect()
}

/// The way to where the citation of a document is given out as a file: the page of its statement, for
/// all versions, or a file of its own.
pub(super) fn of_document(press: &Press, from: &str, id: DocumentId) -> Option<String> {
    let statement = shelves::find(press.material.archive, id).and_then(|it| it.statement);
    let is_wanted = |format: Format| match statement {
        Some(_) => !format.has_texts(),
        None => format == ALONE,
    };
    formats(press).find(|format| is_wanted(*format))?;
    let to = statement.map_or_else(
        || press.routes.document_file(id, ALONE),
        |statement| format!("{}#{TAKE}", press.routes.statement(statement)),
    );
    Some(press.routes.href(from, &to))
}

/// The day on which a document was taken from its address, where that is known.
pub(super) fn captured(head: &Head) -> Option<String> {
    record::captured(head.captured_at.as_deref()?).map(|day| day.to_string())
}

/// The media type of a file of the whole archive.
pub(super) fn media(export: Export) -> &'static str {
    match export {
        Export::Table(_) => "text/csv",
        Export::Package => "application/json",
        Export::Bibliography => Format::Bibtex.media(),
        Export::Citation => "application/yaml",
        _ => "text/plain",
    }
}

/// A statement in a format.
fn statement(press: &Press, format: Format, id: StatementId) -> Vec<u8> {
    let text = match format {
        Format::Bibtex => bibtex::bibtex(&Record::statement(press, id)),
        Format::Ris => ris::ris(&Record::statement(press, id)),
        Format::Csl => csl::csl(&Record::statement(press, id)),
        Format::Tmx => tmx::tmx(press, id),
        Format::Tei => tei::tei(press, id),
        Format::Ledger => return ledger::ledger(press, id),
    };
    text.into_bytes()
}

/// The versions of a statement with their passages, read anew.
fn witnesses(press: &Press, id: StatementId) -> Vec<Witness> {
    let versions = press.statement(id).map_or(&[][..], |it| &it.versions);
    let witness = |id: DocumentId| {
        let document = shelves::find(press.material.archive, id)?;
        Some(press.text(id, &document.head).witness(&document.name))
    };
    versions.iter().filter_map(|it| witness(it.document)).collect()
}

/// What a cell says, without what it says again: sentences of one passage with a space between them,
/// passages each on a line.
fn words(cell: &Cell, witness: &Witness) -> String {
    let mut text = String::new();
    let mut last = None;
    for part in cell.parts.iter().filter(|part| !part.again) {
        let passage = witness.passages.get(part.passage as usize).map_or("", String::as_str);
        if let Some(before) = last.replace(part.passage) {
            text.push(if before == part.passage { ' ' } else { '\n' });
        }
        text.push_str(passage.get(part.from as usize..part.to as usize).unwrap_or(passage).trim());
    }
    text
}

/// A text on one line, without control characters.
fn one_line(text: &str) -> String {
    let blank = |it: char| it.is_whitespace() || it.is_control();
    let spaced = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    // Most texts are on one line as they are.
    if !spaced && text.chars().all(|it| it == ' ' || !blank(it)) {
        return text.to_owned();
    }
    text.split(blank).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}
