//! What can be recognised in one page, small enough to be kept for every page of an archive. Reads a
//! page once; knows no other page.

use crate::vocab::digest;
use crate::vocab::evidence::{Space, Trace, traces};
use crate::vocab::page::Page;
use crate::vocab::prose::passages;

/// What can be recognised in one text: all that arranging knows of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signature {
    /// The title and the passages of the body.
    pub(super) passages: Vec<Outline>,
    /// What is recognised, sorted by key and passage, each once a passage.
    pub(super) marks: Vec<Mark>,
    /// The first numbers, days and names as they stand in the text, by key: what reasons are told in.
    pub(super) surfaces: Vec<(u32, Box<str>)>,
}

/// A passage without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// A hash of its text with digits masked: the same furniture has the same print.
    pub(super) print: u32,
    /// Its length, counted so that scripts can be compared.
    pub(super) length: u16,
}

/// Something recognised in a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    /// What it is: a hash of space and key of the trace.
    pub(super) key: u32,
    /// Which passage.
    pub(super) passage: u16,
    /// Its space as a number.
    pub(super) space: u8,
    /// How much it counts, from 0 to 255.
    pub(super) weight: u8,
}

/// How many surfaces are kept, and how long they may be in bytes.
const SURFACES: usize = 72;
/// The longest surface that is kept, in bytes.
const LONGEST_SURFACE: usize = 40;

/// The first bytes of a written signature; the last one counts versions.
const MAGIC: &[u8; 4] = b"HXS1";
/// Bytes of a written outline.
const OUTLINE: usize = 6;
/// Bytes of a written mark.
const MARK: usize = 8;

/// What can be recognised in a page.
pub fn sign(page: &Page) -> Signature {
    let body = passages(&page.body);
    let texts =
        std::iter::once(page.head.title.as_str()).chain(body.iter().map(|it| it.text.as_str()));
    let mut signature = Signature::default();
    for (index, text) in texts.take(usize::from(u16::MAX)).enumerate() {
        signature.passages.push(outline(text));
        let found = traces(text, &page.head.lang);
        signature.marks.extend(found.iter().map(|trace| Mark::new(trace, index as u16)));
        keep_surfaces(&mut signature.surfaces, &found, text);
    }
    signature.surfaces.sort();
    // The heaviest of equal marks comes first and is kept.
    signature.marks.sort_unstable_by_key(|it| (it.key, it.passage, u8::MAX - it.weight, it.space));
    signature.marks.dedup_by_key(|it| (it.key, it.passage));
    signature
}

impl Mark {
    /// The mark that a trace leaves in a passage.
    fn new(trace: &Trace, passage: u16) -> Self {
        let space = trace.space as u8;
        let weight = (trace.weight * 255.0).round() as u8;
        Self { key: mark_key(trace.space, trace.key), passage, space, weight }
    }
}

/// Keeps how numbers, days and names look, as long as there is room.
fn keep_surfaces(surfaces: &mut Vec<(u32, Box<str>)>, found: &[Trace], text: &str) {
    for trace in found {
        let named = match trace.space {
            Space::Number | Space::Day | Space::Latin => true,
            Space::Skeleton => trace.weight >= 0.5,
            Space::Stub | Space::Concept | Space::Word => false,
        };
        let surface = trace.surface(text);
        if surfaces.len() >= SURFACES || !named || surface.len() > LONGEST_SURFACE {
            continue;
        }
        let key = mark_key(trace.space, trace.key);
        if !surfaces.iter().any(|it| it.0 == key) {
            surfaces.push((key, surface.into()));
        }
    }
}

/// Space and key of a trace in 32 bits; two of a million keys meet by chance in a large archive.
pub(super) fn mark_key(space: Space, key: u64) -> u32 {
    let mixed = (key ^ (space as u64) << 59).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}

/// A passage without its words.
fn outline(text: &str) -> Outline {
    let mut masked = String::with_capacity(text.len());
    let mut quarters = 0_u32;
    for c in text.chars() {
        masked.push(if c.is_numeric() { '0' } else { c });
        quarters = quarters.saturating_add(quarter_letters(c));
    }
    let print = digest::hash64(masked.trim().as_bytes()) as u32;
    Outline { print, length: u16::try_from(quarters / 4).unwrap_or(u16::MAX) }
}

/// How much a character says, in quarters of a Latin letter.
fn quarter_letters(c: char) -> u32 {
    match u32::from(c) {
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff => 5,
        0x1100..=0x11ff | 0xac00..=0xd7af => 9,
        0x1200..=0x139f | 0x3040..=0x30ff => 7,
        0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff => 12,
        _ => 4,
    }
}

impl Signature {
    /// The signature as bytes for a cache.
    pub fn to_bytes(&self) -> Vec<u8> {
        let size = MAGIC.len()
            + 16
            + self.surfaces.len() * 16
            + self.passages.len() * OUTLINE
            + self.marks.len() * MARK;
        let mut bytes = Vec::with_capacity(size);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&(self.passages.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(self.marks.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(self.surfaces.len() as u32).to_le_bytes());
        for outline in &self.passages {
            bytes.extend_from_slice(&outline.print.to_le_bytes());
            bytes.extend_from_slice(&outline.length.to_le_bytes());
        }
        for mark in &self.marks {
            bytes.extend_from_slice(&mark.key.to_le_bytes());
            bytes.extend_from_slice(&mark.passage.to_le_bytes());
            bytes.extend_from_slice(&[mark.space, mark.weight]);
        }
        for (key, surface) in &self.surfaces {
            bytes.extend_from_slice(&key.to_le_bytes());
            bytes.push(surface.len() as u8);
            bytes.extend_from_slice(surface.as_bytes());
        }
        let sum = checksum(&bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        bytes
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` where the bytes are damaged or of another release.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (content, sum) = bytes.split_last_chunk()?;
        if checksum(content) != u32::from_le_bytes(*sum) {
            return None;
        }
        let rest = content.strip_prefix(MAGIC)?;
        let (passages, rest) = rest.split_first_chunk().map(|(it, rest)| (number(*it), rest))?;
        let (marks, rest) = rest.split_first_chunk().map(|(it, rest)| (number(*it), rest))?;
        let (surfaces, rest) = rest.split_first_chunk().map(|(it, rest)| (number(*it), rest))?;
        let (first, rest) = rest.split_at_checked(passages.checked_mul(OUTLINE)?)?;
        let (second, rest) = rest.split_at_checked(marks.checked_mul(MARK)?)?;
        let signature = Self {
            passages: first.chunks_exact(OUTLINE).filter_map(read_outline).collect(),
            marks: second.chunks_exact(MARK).filter_map(read_mark).collect(),
            surfaces: read_surfaces(rest)?,
        };
        (signature.surfaces.len() == surfaces).then_some(signature)
    }
}

/// Reads surfaces to the end of the bytes.
fn read_surfaces(mut bytes: &[u8]) -> Option<Vec<(u32, Box<str>)>> {
    let mut surfaces = Vec::new();
    while !bytes.is_empty() {
        let (key, rest) = bytes.split_first_chunk()?;
        let (&length, rest) = rest.split_first()?;
        let (surface, rest) = rest.split_at_checked(usize::from(length))?;
        surfaces.push((u32::from_le_bytes(*key), std::str::from_utf8(surface).ok()?.into()));
        bytes = rest;
    }
    Some(surfaces)
}

/// Four bytes as a count.
fn number(bytes: [u8; 4]) -> usize {
    u32::from_le_bytes(bytes) as usize
}

/// The checksum behind a written signature.
fn checksum(bytes: &[u8]) -> u32 {
    digest::hash64(bytes) as u32
}

/// Reads a passage.
fn read_outline(bytes: &[u8]) -> Option<Outline> {
    let (print, length) = bytes.split_first_chunk()?;
    let length = u16::from_le_bytes(*length.first_chunk()?);
    Some(Outline { print: u32::from_le_bytes(*print), length })
}

/// Reads a mark.
fn read_mark(bytes: &[u8]) -> Option<Mark> {
    let (key, rest) = bytes.split_first_chunk()?;
    let (passage, rest) = rest.split_first_chunk()?;
    let (&space, &weight) = (rest.first()?, rest.get(1)?);
    let (key, passage) = (u32::from_le_bytes(*key), u16::from_le_bytes(*passage));
    Some(Mark { key, passage, space, weight })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::lang::Lang;
    use crate::vocab::page::Head;

    fn signature() -> Signature {
        let head = Head::new("2 500 żołnierzy w Ałmaty", Lang::parse("pl").unwrap());
        sign(&Page { head, body: "Kassym-Żomart Tokajew, 10 stycznia.\n\nDrugi akapit.".into() })
    }

    #[test]
    fn a_written_signature_reads_back() {
        let signature = signature();
        assert_eq!(signature.passages.len(), 3);
        assert!(signature.surfaces.iter().any(|it| &*it.1 == "2 500"));
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), Some(signature));
    }

    proptest::proptest! {
        #[test]
        fn damaged_bytes_are_refused(at in 0_usize..200, value in 1_u8..=255) {
            let mut bytes = signature().to_bytes();
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= value;
                assert_eq!(Signature::from_bytes(&bytes), None);
            }
            bytes.truncate(at);
            assert_eq!(Signature::from_bytes(&bytes), None);
        }
    }
}
