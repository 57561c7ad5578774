//! An entry: all that the index needs to know of one page, made from that page alone.
//!
//! Its terms are parted into sections by their hash, so that merging can give each worker a section of every
//! entry.

use super::fold::fold;
use super::varint;
use crate::vocab::digest;
use crate::vocab::page::Page;
use crate::vocab::prose::passages;

/// Into how many sections the terms of all entries are parted.
pub(super) const SECTIONS: usize = 16;

/// The weight of a term that stands in the title.
pub(super) const TITLE: u8 = 7;

/// The space between two passages, in positions, so that no phrase runs from one into the next.
const PAUSE: u32 = 4;

/// What an outlet's term begins with; no text has it.
const OUTLET: char = '\u{1}';

/// All that the index needs to know of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry(Box<[u8]>);

/// A term of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting<'a> {
    /// The term.
    pub(super) term: &'a [u8],
    /// How much the page is about it, from 0 to [`TITLE`].
    pub(super) weight: u8,
    /// Where it stands, as it is written in the index.
    pub(super) positions: &'a [u8],
}

impl Entry {
    /// Makes the entry of a page.
    pub fn of(page: &Page) -> Self {
        let mut terms = Terms::default();
        if page.has_own_title() {
            terms.add(&page.head.title);
        }
        terms.body = terms.position;
        for passage in passages(&page.body) {
            terms.add(&passage.text);
        }
        if let Some(outlet) = page.head.outlet.as_deref().and_then(outlet) {
            terms.push(&outlet, 0);
        }
        terms.write()
    }

    /// How long the text is, in positions.
    pub(super) fn length(&self) -> u32 {
        varint::read(&mut &*self.0)
    }

    /// The postings of one section, in any order.
    pub(super) fn section(&self, number: usize) -> impl Iterator<Item = Posting<'_>> {
        let mut rest = &*self.0;
        varint::read(&mut rest);
        let sizes: [u32; SECTIONS] = std::array::from_fn(|_| varint::read(&mut rest));
        let before: u32 = sizes.iter().take(number).sum();
        varint::take(&mut rest, before as usize);
        let mut section = varint::take(&mut rest, sizes.get(number).copied().unwrap_or(0) as usize);
        std::iter::from_fn(move || {
            let (&[length, weight], rest) = section.split_first_chunk()?;
            section = rest;
            let term = varint::take(&mut section, usize::from(length));
            Some(Posting { term, weight, positions: positions(&mut section) })
        })
    }
}

/// Takes the positions of one posting from the front of some bytes: the last one says so.
pub(super) fn positions<'a>(bytes: &mut &'a [u8]) -> &'a [u8] {
    let all = *bytes;
    while !bytes.is_empty() && varint::read(bytes) & 1 == 0 {}
    all.get(..all.len() - bytes.len()).unwrap_or_default()
}

/// The term of an outlet; `None` where its name is blank.
pub(super) fn outlet(name: &str) -> Option<String> {
    let name = name.trim();
    (!name.is_empty()).then(|| format!("{OUTLET}{}", digest::short(name.as_bytes(), 10)))
}

/// The terms of a page while it is read.
#[derive(Default)]
struct Terms {
    text: String,
    found: Vec<Found>,
    position: u32,
    /// The first position behind the title.
    body: u32,
}

/// A term at a place of the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    hash: u32,
    from: u32,
    length: u8,
    position: u32,
}

impl Terms {
    /// Adds the terms of a passage.
    fn add(&mut self, text: &str) {
        let from = self.position;
        self.position = fold(text, from, &mut |term| self.push(term.text, term.position)) + PAUSE;
    }

    /// Adds a term.
    fn push(&mut self, term: &str, position: u32) {
        let Ok(length) = u8::try_from(term.len()) else { return };
        let from = self.text.len() as u32;
        self.text.push_str(term);
        self.found.push(Found { hash: hash(term.as_bytes()), from, length, position });
    }

    /// The text of a term.
    fn term(&self, found: &Found) -> &[u8] {
        let from = found.from as usize;
        self.text.as_bytes().get(from..from + usize::from(found.length)).unwrap_or_default()
    }

    /// Writes the entry.
    fn write(mut self) -> Entry {
        let mut found = std::mem::take(&mut self.found);
        found.sort_unstable_by(|a, b| {
            let order = a.hash.cmp(&b.hash).then_with(|| self.term(a).cmp(self.term(b)));
            order.then(a.position.cmp(&b.position))
        });
        let mut sections: [Vec<u8>; SECTIONS] = std::array::from_fn(|_| Vec::new());
        for same in found.chunk_by(|a, b| a.hash == b.hash && self.term(a) == self.term(b)) {
            let Some(first) = same.first() else { continue };
            if let Some(section) = sections.get_mut(first.hash as usize >> 28) {
                section.extend([first.length, self.weight(same)]);
                section.extend(self.term(first));
                write_positions(section, same);
            }
        }
        let mut bytes = Vec::new();
        varint::write(&mut bytes, self.position);
        for section in &sections {
            varint::write(&mut bytes, section.len() as u32);
        }
        bytes.extend(sections.concat());
        Entry(bytes.into())
    }

    /// How much the page is about a term: its frequency as BM25 (Robertson and others 1994) dampens it,
    /// with k1 = 1.2, b = 0.75 and a usual length of 300, brought to whole numbers from 0 to 6. The
    /// usual length is fixed, so that the weight hangs on this page alone.
    fn weight(&self, same: &[Found]) -> u8 {
        if same.iter().any(|it| it.position < self.body) {
            return TITLE;
        }
        let count = same.len() as u64;
        let weight = count * 7000 / (count * 1000 + 300 + 3 * u64::from(self.position));
        weight.min(u64::from(TITLE) - 1) as u8
    }
}

/// Writes the positions of a term, each as the distance from the one before, with a bit that marks the
/// last.
fn write_positions(bytes: &mut Vec<u8>, same: &[Found]) {
    let mut before = 0;
    for (at, found) in same.iter().enumerate() {
        let last = u32::from(at + 1 == same.len());
        varint::write(bytes, (found.position - before) << 1 | last);
        before = found.position;
    }
}

/// A hash of a term (FNV-1a, 32 bits, with its bits mixed once more): the same in every release.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    let hash = bytes
        .iter()
        .fold(0x811c_9dc5_u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ hash >> 15).wrapping_mul(0x2c1b_3c6d)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::lang::Lang;
    use crate::vocab::page::Head;

    #[test]
    fn an_entry_holds_each_term_once_with_its_places() {
        let head = Head::new("The quay", Lang::parse("en").unwrap());
        let page = Page { head, body: "Ships wait. Ships leave the quay.\n\nSilence.".into() };
        let entry = Entry::of(&page);
        let mut found: Vec<(String, u8, Vec<u32>)> = (0..SECTIONS)
            .flat_map(|it| entry.section(it).collect::<Vec<_>>())
            .map(|it| {
                let (mut rest, mut at) = (it.positions, 0);
                let mut places = Vec::new();
                while !rest.is_empty() {
                    at += varint::read(&mut rest) >> 1;
                    places.push(at);
                }
                (String::from_utf8(it.term.to_vec()).unwrap(), it.weight, places)
            })
            .collect();
        found.sort();
        let row = |term: &str, weight, places: &[u32]| (term.to_owned(), weight, places.to_vec());
        assert_eq!(
            found,
            [
                row("leave", 5, &[9]),
                row("quay", TITLE, &[1, 11]),
                row("ships", 5, &[6, 8]),
                row("silence", 5, &[16]),
                row("the", TITLE, &[0, 10]),
                row("wait", 5, &[7]),
            ]
        );
        assert_eq!(entry.length(), 21);
    }
}
