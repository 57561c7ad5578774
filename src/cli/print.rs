//! What `group`, `align`, `lang`, `check`, `verify` and `explain` print: tab-separated fields, or JSON lines.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::accession::Intake;
use crate::accession::identify::Identification;
use crate::arrange::{Archive, Document, DocumentId, Reason, Version};
use crate::collate::{Part, Synopsis};
use crate::pipeline::{Gathered, Watch};
use crate::report;
use crate::verify::Raw;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::escape::{Mark, escaped};

/// The form of what is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Output {
    /// Fields parted by tabs, a line each
    #[default]
    Tsv,
    /// One JSON object a line, with scores and reasons
    Json,
}

/// Prints one line: the fields, or the object.
fn line(out: &mut dyn Write, form: Output, fields: &[&str], object: &Value) -> io::Result<()> {
    match form {
        Output::Tsv => {
            let fields: Vec<Cow<str>> = fields.iter().map(|it| escaped(it, MARKS)).collect();
            writeln!(out, "{}", fields.join("\t"))
        }
        Output::Json => writeln!(out, "{object}"),
    }
}

/// What would break a line of fields.
const MARKS: &[Mark] = &[('\t', 't'), ('\n', 'n'), ('\r', 'r')];

/// `severity`, `code`, `path`, `line`, `column`, `message` of everything that was found.
pub(super) fn findings(found: &[Diagnostic], form: Output, out: &mut dyn Write) -> io::Result<()> {
    for it in found {
        let (code, place) = (it.code, &it.place);
        let (at, column) = (place.line.to_string(), place.column.to_string());
        let fields = [code.severity().word(), code.id(), &place.path, &at, &column, &it.message];
        line(out, form, &fields, &report::object(it))?;
    }
    Ok(())
}

/// `state`, `file`, `sha256`, `pages` of every raw file.
pub(super) fn raw_files(files: &[Raw], form: Output, out: &mut dyn Write) -> io::Result<()> {
    for raw in files {
        let found = raw.found.as_deref().unwrap_or_default();
        let pages: Vec<&str> = raw.pages.iter().map(|it| it.0.as_str()).collect();
        let recorded: Vec<Value> = raw
            .pages
            .iter()
            .map(|(page, sha256)| json!({ "page": page, "sha256": sha256 }))
            .collect();
        let object = json!({
            "state": raw.state.word(), "file": raw.file, "sha256": raw.found, "pages": recorded,
        });
        line(out, form, &[raw.state.word(), &raw.file, found, &pages.join(" ")], &object)?;
    }
    Ok(())
}

/// The name a lone document goes by where a statement is expected: its own, which is unique.
fn lone_name(document: &Document) -> String {
    document.name.replace('/', "-")
}

/// `file`, `statement`, `language` of every document.
pub(super) fn group(
    gathered: &Gathered,
    form: Output,
    _: Watch,
    out: &mut dyn Write,
) -> io::Result<()> {
    let archive = &gathered.archive;
    let mut versions: BTreeMap<DocumentId, &Version> = BTreeMap::new();
    for version in archive.statements.iter().flat_map(|statement| &statement.versions) {
        versions.insert(version.document, version);
    }
    let mut rows = Vec::with_capacity(archive.documents.len());
    for (at, document) in archive.documents.iter().enumerate() {
        let Some(intake) = gathered.intakes.get(&document.name) else { continue };
        let statement = document.statement.and_then(|id| archive.statements.get(id.0 as usize));
        rows.push((intake, document, statement, versions.get(&DocumentId(at as u32))));
    }
    rows.sort_by(|a, b| (&a.0.seed, a.0.part).cmp(&(&b.0.seed, b.0.part)));
    for (intake, document, statement, version) in rows {
        let slug = statement.map_or_else(|| lone_name(document), |it| it.slug.clone());
        let lang = document.head.lang.as_str();
        let related: Vec<Value> = statement.map_or_else(Vec::new, |it| {
            it.related.iter().filter_map(|related| {
                let document = archive.documents.get(related.document.0 as usize)?;
                Some(json!({ "file": gathered.intakes.get(&document.name)?.seed, "reason": told(archive, &related.reason) }))
            }).collect()
        });
        let object = json!({
            "file": intake.seed, "part": intake.part, "statement": slug, "language": lang,
            "title": document.head.title, "alone": statement.is_none(),
            "confidence": version.map(|it| it.confidence),
            "relation": version.map(|it| it.relation.word()),
            "reason": version.and_then(|it| it.reason.as_ref()).map(|it| told(archive, it)),
            "pinned": version.is_some_and(|it| it.pinned), "related": related,
        });
        line(out, form, &[&intake.seed, &slug, lang], &object)?;
    }
    Ok(())
}

/// Why a document stands beside another: in words, and in numbers for programs.
fn told(archive: &Archive, reason: &Reason) -> Value {
    let with = archive.documents.get(reason.with.0 as usize).map_or("", |it| it.name.as_str());
    let Reason { shared, agree, of, .. } = reason;
    json!({
        "words": reason.in_words(with), "with": with, "shared": shared, "agree": agree, "of": of,
    })
}

/// `statement`, `unit`, `file`, `line` of every aligned passage.
pub(super) fn align(
    gathered: &Gathered,
    form: Output,
    watch: Watch,
    out: &mut dyn Write,
) -> io::Result<()> {
    let archive = &gathered.archive;
    for (statement, synopsis) in archive.statements.iter().zip(gathered.synopses(watch)) {
        let intakes: Vec<Option<&Intake>> = statement
            .versions
            .iter()
            .filter_map(|version| archive.documents.get(version.document.0 as usize))
            .map(|document| gathered.intakes.get(&document.name))
            .collect();
        align_statement(&statement.slug, &synopsis, &intakes, (form, out))?;
    }
    for document in archive.documents.iter().filter(|it| it.statement.is_none()) {
        let Some(intake) = gathered.intakes.get(&document.name) else { continue };
        let slug = lone_name(document);
        let lines = intake.title_line.iter().chain(&intake.lines);
        for (at, number) in lines.enumerate() {
            let (unit, number) = (format!("u{}", at + 1), number.to_string());
            let object =
                json!({ "statement": slug, "unit": unit, "file": intake.seed, "line": number });
            line(out, form, &[&slug, &unit, &intake.seed, &number], &object)?;
        }
    }
    Ok(())
}

/// The cells of one statement.
fn align_statement(
    slug: &str,
    synopsis: &Synopsis,
    intakes: &[Option<&Intake>],
    (form, out): (Output, &mut dyn Write),
) -> io::Result<()> {
    for (at, unit) in synopsis.units.iter().enumerate() {
        let name = unit_name(at);
        for (witness, (cell, intake)) in unit.cells.iter().zip(intakes).enumerate() {
            let Some(intake) = intake else { continue };
            let entry = synopsis.entry(at, witness);
            let behind = entry.as_ref().and_then(|it| it.behind);
            let mut before = None;
            for part in &cell.parts {
                let Some(number) = line_of(intake, part).filter(|&number| Some(number) != before)
                else {
                    continue;
                };
                before = Some(number);
                let object = json!({
                    "statement": slug, "unit": name, "file": intake.seed, "line": number,
                    "moved": cell.moved, "again": part.again, "confidence": unit.confidence,
                    "entry": entry.as_ref().map(|it| it.mark.word()),
                    "entry_confidence": entry.as_ref().map(|it| it.confidence),
                    "behind": behind.map(|it| unit_name(it as usize)),
                });
                line(out, form, &[slug, &name, &intake.seed, &number.to_string()], &object)?;
            }
        }
    }
    Ok(())
}

/// How a unit is named, by its place.
fn unit_name(at: usize) -> String {
    format!("u{}", at + 1)
}

/// The line of the seed where a part's passage begins; `None` for a title that has no line.
fn line_of(intake: &Intake, part: &Part) -> Option<u32> {
    match part.passage.checked_sub(1) {
        None => intake.title_line,
        Some(at) => intake.lines.get(at as usize).copied(),
    }
}

/// `file`, `language`, `confidence` of every file.
pub(super) fn languages(
    files: &[PathBuf],
    told: &[Identification],
    form: Output,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (file, identification) in files.iter().zip(told) {
        let (file, lang) = (file.display().to_string(), identification.lang.as_str());
        let confidence = f64::from(identification.confidence) / 1000.0;
        let object = json!({ "file": file, "language": lang, "confidence": confidence });
        line(out, form, &[&file, lang, &format!("{confidence:.3}")], &object)?;
    }
    Ok(())
}

/// The page of every code.
pub(super) fn codes(codes: &[&Code], out: &mut dyn Write) -> io::Result<()> {
    for code in codes {
        writeln!(
            out,
            "{} {} ({})\n{}\n",
            code.id(),
            code.name(),
            code.severity().word(),
            code.why()
        )?;
    }
    Ok(())
}
