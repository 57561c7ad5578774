//! The texts as the search shows them: small files that each hold a few statements with all their
//! versions, and which passages of those are aligned.
//!
//! A hit and the same passage in the reader's language stand in one file, so that showing both reads one
//! file. Which file holds what is told by a hash of its name, so that a new text changes one file.

use serde::Serialize;

use super::Found;
use crate::arrange::{Archive, Document, DocumentId, StatementId};
use crate::collate::{Part, Synopsis, Unit};
use crate::compose::press::Press;
use crate::compose::shelves;
use crate::vocab::digest::{self, Fingerprint, Inputs};

/// About how many words the texts of one file have together.
const WORDS: u64 = 2800;

/// What stands together: the versions of a statement, or a document that has no other version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    /// A statement.
    Statement(StatementId),
    /// A lone document.
    Document(DocumentId),
}

/// Where the text of a document stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Which file.
    pub(super) file: u32,
    /// Which group of the file.
    pub(super) group: u32,
    /// Which document of the group.
    pub(super) member: u32,
}

/// Which file holds which texts.
pub(super) struct Leaves {
    files: Vec<Vec<Group>>,
}

impl Leaves {
    /// Lays out the texts of an archive that have some words together.
    pub(super) fn lay(archive: &Archive, words: u64) -> Self {
        let count = (words / WORDS).max(1).next_power_of_two();
        let mut files = vec![Vec::new(); count as usize];
        for (name, group) in named(archive) {
            let file = digest::hash64(name.as_bytes()) & (count - 1);
            if let Some(file) = files.get_mut(file as usize) {
                file.push(group);
            }
        }
        Self { files }
    }

    /// How many files there are.
    pub(super) fn count(&self) -> usize {
        self.files.len()
    }

    /// Where the text of each document stands.
    pub(super) fn places(&self, archive: &Archive) -> Vec<Place> {
        let mut places = vec![Place::default(); archive.documents.len()];
        for (file, groups) in self.files.iter().enumerate() {
            for (group, it) in groups.iter().enumerate() {
                for (member, id) in members(archive, *it).into_iter().enumerate() {
                    if let Some(place) = places.get_mut(id.0 as usize) {
                        *place =
                            Place { file: file as u32, group: group as u32, member: member as u32 };
                    }
                }
            }
        }
        places
    }

    /// A file as JSON.
    pub(super) fn write(&self, press: &Press, file: usize) -> Vec<u8> {
        let groups = self.files.get(file).map_or(&[][..], Vec::as_slice);
        let groups: Vec<Written> = groups.iter().map(|&it| write_group(press, it)).collect();
        serde_json::to_vec(&groups).unwrap_or_default()
    }

    /// What a file is made from, in short: equal as long as the file would come out equal with the same
    /// words of the interface. `found` tells the print of what was found of a statement.
    pub(super) fn fingerprint(&self, press: &Press, file: usize, found: Found) -> Fingerprint {
        let archive = press.material.archive;
        let mut inputs = Inputs::default();
        for group in self.files.get(file).into_iter().flatten() {
            if let Group::Statement(id) = *group {
                let title = press.statement(id).map(|it| &it.title);
                inputs.add(&(press.routes.statement(id), title, found(id)));
            }
            inputs.add_all(members(archive, *group).into_iter().map(|id| {
                (press.routes.document(id), shelves::find(archive, id).map(|it| &it.digest))
            }));
        }
        inputs.fingerprint()
    }
}

/// All groups with their names, in order.
fn named(archive: &Archive) -> Vec<(&str, Group)> {
    let statements = archive.statements.iter().enumerate();
    let statements =
        statements.map(|(at, it)| (it.slug.as_str(), Group::Statement(StatementId(at as u32))));
    let alone = |it: &(usize, &Document)| it.1.statement.is_none();
    let documents = archive.documents.iter().enumerate().filter(alone);
    let documents =
        documents.map(|(at, it)| (it.name.as_str(), Group::Document(DocumentId(at as u32))));
    let mut all: Vec<_> = statements.chain(documents).collect();
    all.sort_unstable();
    all
}

/// The documents of a group.
fn members(archive: &Archive, group: Group) -> Vec<DocumentId> {
    match group {
        Group::Document(id) => vec![id],
        Group::Statement(id) => archive
            .statements
            .get(id.0 as usize)
            .map(|it| it.versions.iter().map(|it| it.document).collect())
            .unwrap_or_default(),
    }
}

/// A group as the script reads it.
#[derive(Serialize)]
struct Written {
    /// The way to the page of the statement; empty for a lone document.
    h: String,
    /// The title of the statement.
    t: String,
    /// The documents.
    v: Vec<WrittenText>,
    /// What is aligned: for each line the number of its unit on the page of the statement, then version,
    /// passage, begin and end of each part.
    r: Vec<Vec<u32>>,
}

/// A document as the script reads it.
#[derive(Serialize)]
struct WrittenText {
    /// The way to its page.
    h: String,
    /// Its language.
    l: String,
    /// Its date in the words of the interface.
    d: String,
    /// The same date as EDTF, for an interface in another language.
    e: String,
    /// Its outlet.
    o: String,
    /// Its title and its passages.
    p: Vec<String>,
}

/// Writes a group.
fn write_group(press: &Press, group: Group) -> Written {
    let members = members(press.material.archive, group);
    let v: Vec<WrittenText> = members.iter().filter_map(|&id| write_text(press, id)).collect();
    let Group::Statement(id) = group else {
        return Written { h: String::new(), t: String::new(), v, r: Vec::new() };
    };
    let t = press.statement(id).map_or_else(String::new, |it| it.title.clone());
    let mut r = press.synopsis(id).map(lines).unwrap_or_default();
    for line in &mut r {
        for part in line.get_mut(1..).unwrap_or_default().chunks_exact_mut(4) {
            count_as_strings_do(part, &v);
        }
    }
    Written { h: press.routes.statement(id), t, v, r }
}

/// Writes a document.
fn write_text(press: &Press, id: DocumentId) -> Option<WrittenText> {
    let document = shelves::find(press.material.archive, id)?;
    let head = &document.head;
    Some(WrittenText {
        h: press.routes.document(id),
        l: head.lang.to_string(),
        d: head.date.as_ref().map_or_else(String::new, |date| press.words.date(date)),
        e: head.date.as_ref().map_or_else(String::new, ToString::to_string),
        o: head.outlet.as_deref().map_or("", str::trim).to_owned(),
        p: press.text(id, head).lines(),
    })
}

/// The aligned lines of a synopsis: each sentence by sentence where it is known so, else each unit.
fn lines(synopsis: &Synopsis) -> Vec<Vec<u32>> {
    let first = crate::compose::pages::synopsis::first(synopsis);
    let unit = |(at, unit): (usize, &Unit)| {
        let number = (at + first) as u32;
        let whole = unit.cells.iter().enumerate();
        let whole =
            whole.flat_map(|(witness, cell)| cell.parts.iter().map(move |it| (witness, *it)));
        let whole: Vec<(u32, Part)> = whole.map(|(witness, it)| (witness as u32, it)).collect();
        let lines: Vec<&[(u32, Part)]> = if unit.lines.is_empty() {
            vec![&whole]
        } else {
            unit.lines.iter().map(|it| it.parts.as_slice()).collect()
        };
        let line = |parts: &[(u32, Part)]| {
            let parts =
                parts.iter().flat_map(|(witness, it)| [*witness, it.passage, it.from, it.to]);
            std::iter::once(number).chain(parts).collect()
        };
        lines.into_iter().map(line).collect::<Vec<Vec<u32>>>()
    };
    synopsis.units.iter().enumerate().flat_map(unit).collect()
}

/// Turns the bytes of a part — version, passage, begin, end — into places as scripts count them, in
/// units of UTF-16.
fn count_as_strings_do(part: &mut [u32], texts: &[WrittenText]) {
    let &mut [version, passage, ref mut from, ref mut to] = part else { return };
    let text = texts.get(version as usize).and_then(|it| it.p.get(passage as usize));
    let Some(text) = text else { return };
    for place in [from, to] {
        let front = text.get(..*place as usize).unwrap_or(text);
        *place = front.encode_utf16().count() as u32;
    }
}
