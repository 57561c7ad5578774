//! Scholarly edition: TEI P5, every version whole, and which segments say the same.
//!
//! Segments and links to them, not anchors: where a version omits matter an anchor would have nothing to
//! stand for. A segment is what lies between two places where any unit begins or ends.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::record::{Record, role};
use super::witnesses;
use crate::arrange::{DocumentId, StatementId};
use crate::collate::{Cell, Part, Synopsis, Witness};
use crate::compose::pages::synopsis::{first, sure};
use crate::compose::press::Press;
use crate::compose::shelves;
use crate::compose::xml::{self, DECLARATION};
use crate::vocab::date::Date;
use crate::vocab::lang::Lang;

/// The edition of a statement.
pub(super) fn tei(press: &Press, id: StatementId) -> String {
    let (Some(statement), Some(synopsis)) = (press.statement(id), press.synopsis(id)) else {
        return String::new();
    };
    let witnesses = witnesses(press, id);
    let texts: Vec<Text> =
        witnesses.iter().enumerate().map(|(at, it)| Text::cut(it, synopsis, at)).collect();
    let mut out = String::from(DECLARATION);
    xml::open(&mut out, "TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")]);
    out.push_str("\n<teiHeader>\n");
    description(&mut out, press, id, &statement.title);
    out.push_str("<encodingDesc><appInfo>");
    let program = [("ident", "hexapla"), ("version", env!("CARGO_PKG_VERSION"))];
    xml::open(&mut out, "application", &program);
    xml::element(&mut out, "label", "Hexapla");
    out.push_str("</application></appInfo></encodingDesc>\n");
    languages(&mut out, &witnesses);
    out.push_str("</teiHeader>\n<standOff>\n");
    links(&mut out, synopsis, &texts);
    out.push_str("</standOff>\n<text>\n<group>\n");
    for it in &texts {
        it.write(&mut out);
    }
    out.push_str("</group>\n</text>\n</TEI>\n");
    out
}

/// The description of the file: its title, who gives it out, and what it was made from.
fn description(out: &mut String, press: &Press, id: StatementId, title: &str) {
    out.push_str("<fileDesc>\n<titleStmt>");
    xml::element(out, "title", title);
    out.push_str("</titleStmt>\n<publicationStmt>");
    xml::element(out, "publisher", &press.options.title);
    if press.routes.is_public() {
        xml::open(out, "idno", &[("type", "URI")]);
        xml::text(out, &press.routes.absolute(&press.routes.statement(id)));
        xml::close(out, "idno");
    }
    out.push_str("<availability status=\"unknown\"><p>The rights in each text are those named with its source.</p></availability></publicationStmt>\n<sourceDesc><listBibl>\n");
    let versions = press.statement(id).map_or(&[][..], |it| &it.versions);
    for (number, version) in (1..).zip(versions) {
        source(out, press, number, version.document);
    }
    out.push_str("</listBibl></sourceDesc>\n</fileDesc>\n");
}

/// Where one version comes from.
fn source(out: &mut String, press: &Press, number: usize, id: DocumentId) {
    let found = shelves::find(press.material.archive, id).zip(Record::document(press, id));
    let Some((document, record)) = found else { return };
    let name = format!("src{number}");
    let mut attributes = vec![("xml:id", name.as_str())];
    attributes.extend(role(document.head.role).map(|role| ("type", role)));
    xml::open(out, "bibl", &attributes);
    xml::element(out, "title", &record.title);
    let optional =
        [("author", &record.author), ("publisher", &record.outlet), ("pubPlace", &record.place)];
    for (element, value) in optional {
        if let Some(value) = value {
            xml::element(out, element, value);
        }
    }
    if let Some(it) = record.date {
        date(out, it);
    }
    if let Some(source) = &record.source {
        xml::empty(out, "ref", &[("target", &pointer(source))]);
    }
    xml::open(out, "idno", &[("type", "document")]);
    xml::text(out, &document.name);
    xml::close(out, "idno");
    if let Some(sha256) = &record.sha256 {
        xml::open(out, "idno", &[("type", "sha256")]);
        xml::text(out, sha256);
        xml::close(out, "idno");
    }
    if let Some(rights) = &record.rights {
        out.push_str("<availability>");
        xml::element(out, "p", rights);
        out.push_str("</availability>");
    }
    out.push_str("</bibl>\n");
}

/// An address as a pointer, in which some characters must be written as their bytes.
fn pointer(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for character in url.chars() {
        if matches!(character, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`') {
            // Writing into a String cannot fail.
            let _ = write!(out, "%{:02X}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// A date: in the attributes as far as they can say it, and in the text as it is known.
fn date(out: &mut String, date: &Date) {
    let points = date.points();
    let when = |end: &str| end.trim_end_matches(['?', '~', '%']).to_owned();
    let ends: Vec<String> = date.as_str().split('/').map(when).collect();
    let names: &[&str] = if points.len() > 1 { &["notBefore", "notAfter"] } else { &["when"] };
    let known = names.iter().zip(&ends).zip(&points).filter(|(_, point)| point.is_some());
    let mut attributes: Vec<(&str, &str)> =
        known.map(|((name, end), _)| (*name, end.as_str())).collect();
    let doubts: Vec<char> = points.iter().flatten().filter_map(|it| it.doubt).collect();
    if doubts.iter().any(|it| matches!(it, '?' | '%')) {
        attributes.push(("cert", "low"));
    } else if !doubts.is_empty() {
        attributes.push(("cert", "medium"));
    }
    xml::open(out, "date", &attributes);
    xml::text(out, date.as_str());
    xml::close(out, "date");
}

/// The languages of the versions, each once.
fn languages(out: &mut String, witnesses: &[Witness]) {
    let langs: BTreeSet<&Lang> = witnesses.iter().map(|it| &it.lang).collect();
    out.push_str("<profileDesc><langUsage>");
    for lang in langs {
        xml::open(out, "language", &[("ident", lang.as_str())]);
        xml::text(out, lang.name());
        xml::close(out, "language");
    }
    out.push_str("</langUsage></profileDesc>\n");
}

/// A version cut into segments.
struct Text<'a> {
    /// Its number, from 1.
    number: usize,
    witness: &'a Witness,
    /// For each passage its segments, as bytes.
    segments: Vec<Vec<(usize, usize)>>,
}

impl<'a> Text<'a> {
    /// Cuts a version wherever a unit begins or ends.
    fn cut(witness: &'a Witness, synopsis: &Synopsis, at: usize) -> Self {
        let cells = synopsis.units.iter().filter_map(|unit| unit.cells.get(at));
        let parts: Vec<&Part> = cells.flat_map(|cell| &cell.parts).collect();
        let segments = witness.passages.iter().enumerate().map(|(number, passage)| {
            let own = parts.iter().filter(|part| part.passage as usize == number);
            let mut cuts: BTreeSet<usize> =
                own.flat_map(|part| [part.from as usize, part.to as usize]).collect();
            cuts.extend([0, passage.len()]);
            cuts.retain(|&cut| passage.is_char_boundary(cut));
            let cuts: Vec<usize> = cuts.into_iter().collect();
            cuts.windows(2).filter_map(|it| trimmed(passage, *it.first()?, *it.last()?)).collect()
        });
        Self { number: at + 1, witness, segments: segments.collect() }
    }

    /// Appends it.
    fn write(&self, out: &mut String) {
        let name = format!("v{}", self.number);
        let source = format!("#src{}", self.number);
        let lang = self.witness.lang.as_str();
        let attributes = [
            ("xml:id", name.as_str()),
            ("xml:lang", lang),
            ("n", &self.witness.name),
            ("decls", &source),
        ];
        xml::open(out, "text", &attributes);
        out.push_str("<body>\n");
        for (number, passage) in self.witness.passages.iter().enumerate() {
            self.passage(out, number, passage);
        }
        if self.segments.iter().skip(1).all(Vec::is_empty) {
            out.push_str("<p/>\n");
        }
        out.push_str("</body></text>\n");
    }

    /// Appends a passage; the first is the title.
    fn passage(&self, out: &mut String, number: usize, passage: &str) {
        let segments = self.segments.get(number).map_or(&[][..], Vec::as_slice);
        if segments.is_empty() {
            return;
        }
        let element = if number == 0 { "head" } else { "p" };
        let id = format!("v{}.p{number}", self.number);
        xml::open(out, element, &[("xml:id", &id)]);
        let mut last = 0;
        for (at, &(from, to)) in segments.iter().enumerate() {
            xml::text(out, passage.get(last..from).unwrap_or_default());
            xml::open(out, "seg", &[("xml:id", &format!("{id}.{}", at + 1))]);
            xml::text(out, passage.get(from..to).unwrap_or_default());
            xml::close(out, "seg");
            last = to;
        }
        xml::close(out, element);
        out.push('\n');
    }

    /// The segments of a cell that it says for the first time, or again.
    fn targets(&self, cell: &Cell, again: bool) -> Vec<String> {
        let mut targets = Vec::new();
        for part in cell.parts.iter().filter(|part| part.again == again) {
            let segments = self.segments.get(part.passage as usize).map_or(&[][..], Vec::as_slice);
            for (at, &(from, to)) in segments.iter().enumerate() {
                if from >= part.from as usize && to <= part.to as usize {
                    targets.push(format!("#v{}.p{}.{}", self.number, part.passage, at + 1));
                }
            }
        }
        targets.dedup();
        targets
    }
}

/// A piece of a passage without the spaces around it; `None` where nothing else is in it.
fn trimmed(passage: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let piece = passage.get(from..to)?;
    let start = from + piece.len() - piece.trim_start().len();
    let length = piece.trim().len();
    (length > 0).then_some((start, start + length))
}

/// Which segments say the same: one link a unit, and one for each repetition.
fn links(out: &mut String, synopsis: &Synopsis, texts: &[Text]) {
    out.push_str("<linkGrp type=\"alignment\">\n");
    for (row, unit) in synopsis.units.iter().enumerate() {
        let pairs: Vec<(&Text, &Cell)> = texts.iter().zip(&unit.cells).collect();
        let own: Vec<String> =
            pairs.iter().flat_map(|(text, cell)| text.targets(cell, false)).collect();
        let cert = match sure(unit.confidence) {
            "middle" => "medium",
            other => other,
        };
        let id = format!("u{}", row + first(synopsis));
        link(out, &[("xml:id", &id), ("cert", cert)], &own);
        for (text, cell) in pairs {
            let again = text.targets(cell, true);
            if !again.is_empty() {
                let both: Vec<String> =
                    text.targets(cell, false).into_iter().chain(again).collect();
                link(out, &[("type", "repeat")], &both);
            }
        }
    }
    // A group wants a link; a statement whose versions share nothing has none.
    if out.ends_with("<linkGrp type=\"alignment\">\n") {
        let _ = writeln!(out, "<link target=\"#v1 #v{}\" type=\"statement\"/>", texts.len());
    }
    out.push_str("</linkGrp>\n");
}

/// A link between two segments or more; none where there is nothing to tie.
fn link(out: &mut String, attributes: &[(&str, &str)], targets: &[String]) {
    if targets.len() < 2 {
        return;
    }
    let target = targets.join(" ");
    let all: Vec<(&str, &str)> =
        attributes.iter().copied().chain([("target", target.as_str())]).collect();
    xml::empty(out, "link", &all);
    out.push('\n');
}
