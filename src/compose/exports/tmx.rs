//! Translation memory: TMX 1.4b, aligned sentences, any number of languages side by side.
//!
//! A unit of TMX asserts that its variants say the same, so that what one version alone has stays out,
//! and so does what a version says again; both are in the ledger.

use super::{one_line, witnesses};
use crate::arrange::StatementId;
use crate::collate::{Part, Unit, Witness};
use crate::compose::pages::synopsis::first;
use crate::compose::press::Press;
use crate::compose::xml::{self, DECLARATION};

/// The translation memory of a statement.
pub(super) fn tmx(press: &Press, id: StatementId) -> String {
    let (Some(statement), Some(synopsis)) = (press.statement(id), press.synopsis(id)) else {
        return String::new();
    };
    let witnesses = witnesses(press, id);
    let mut out = String::from(DECLARATION);
    xml::open(&mut out, "tmx", &[("version", "1.4")]);
    out.push('\n');
    xml::empty(&mut out, "header", HEADER);
    out.push_str("\n<body>\n");
    for (row, unit) in synopsis.units.iter().enumerate() {
        for (number, line) in lines(unit).iter().enumerate() {
            let name = format!("{}.u{}.{}", statement.slug, row + first(synopsis), number + 1);
            self::unit(&mut out, &name, unit, &variants(line, &witnesses));
        }
    }
    out.push_str("</body>\n</tmx>\n");
    out
}

/// What is said of the whole file.
const HEADER: &[(&str, &str)] = &[
    ("creationtool", "hexapla"),
    ("creationtoolversion", env!("CARGO_PKG_VERSION")),
    ("segtype", "sentence"),
    ("o-tmf", "hexapla"),
    ("adminlang", "en"),
    ("srclang", "*all*"),
    ("datatype", "plaintext"),
];

/// The sentences of a unit that say the same; the unit as a whole where it was not taken apart.
fn lines(unit: &Unit) -> Vec<Vec<(u32, Part)>> {
    if unit.lines.is_empty() {
        let parts = |(witness, cell): (usize, &crate::collate::Cell)| {
            cell.parts.iter().map(|part| (witness as u32, *part)).collect::<Vec<_>>()
        };
        return vec![unit.cells.iter().enumerate().flat_map(parts).collect()];
    }
    unit.lines.iter().map(|line| line.parts.clone()).collect()
}

/// The words of each version that has some, in the order of the versions.
fn variants<'a>(line: &[(u32, Part)], witnesses: &'a [Witness]) -> Vec<(&'a Witness, String)> {
    let mut variants: Vec<(&Witness, String)> = Vec::new();
    for (at, part) in line.iter().filter(|(_, part)| !part.again) {
        let Some(witness) = witnesses.get(*at as usize) else { continue };
        let passage = witness.passages.get(part.passage as usize).map_or("", String::as_str);
        let words = passage.get(part.from as usize..part.to as usize).unwrap_or(passage).trim();
        match variants.last_mut().filter(|(last, _)| std::ptr::eq(*last, witness)) {
            Some((_, text)) => {
                text.push(' ');
                text.push_str(words);
            }
            None => variants.push((witness, words.to_owned())),
        }
    }
    variants.retain(|(_, text)| !text.is_empty());
    variants
}

/// One unit of translation; none where fewer than two versions have it.
fn unit(out: &mut String, name: &str, unit: &Unit, variants: &[(&Witness, String)]) {
    if variants.len() < 2 {
        return;
    }
    xml::open(out, "tu", &[("tuid", name)]);
    prop(out, "x-status", if unit.reviewed { "reviewed" } else { "machine" });
    prop(out, "x-confidence", &unit.confidence.to_string());
    out.push('\n');
    for (witness, words) in variants {
        xml::open(out, "tuv", &[("xml:lang", witness.lang.as_str())]);
        prop(out, "x-document", &witness.name);
        xml::element(out, "seg", &one_line(words));
        out.push_str("</tuv>\n");
    }
    out.push_str("</tu>\n");
}

/// A property.
fn prop(out: &mut String, kind: &str, value: &str) {
    xml::open(out, "prop", &[("type", kind)]);
    xml::text(out, value);
    xml::close(out, "prop");
}
