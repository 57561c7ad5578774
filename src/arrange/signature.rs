//! What can be recognised in one page, small enough to be kept for every page of an archive. Reads a
//! page once; knows no other page.

use std::fmt;

use super::outline::{Outline, outline};
use crate::vocab::digest;
use crate::vocab::evidence::{Space, Trace, traces_into};
use crate::vocab::page::Page;
use crate::vocab::prose::passages;

/// What can be recognised in one text: all that arranging knows of it. It is kept as it is cached, in
/// bytes, all numbers little-endian: [`MAGIC`]; how many passages, keys, bytes of places and surfaces
/// there are (u32 each); passages (print u32, length u16); keys (u32, sorted); of each key its space, its
/// weight and the number of its places (u8 each); the places, passages as u8, or u16 in texts of more
/// than 256 passages; the keys of the surfaces (u32, sorted), their lengths (u8), their texts; a checksum.
#[derive(Clone, PartialEq, Eq)]
pub struct Signature {
    bytes: Box<[u8]>,
    /// Whether it can be fetched again, so that it need not be held.
    elsewhere: bool,
}

/// Something recognised in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'a> {
    /// What it is: a hash of space and key of the trace.
    pub(super) key: u32,
    /// Its space as a number.
    pub(super) space: u8,
    /// How much it counts, from 0 to 255.
    pub(super) weight: u8,
    /// The bytes of its places.
    places: &'a [u8],
    /// Whether a place takes two bytes.
    wide: bool,
}

impl Mark<'_> {
    /// Whether it is a number or a day.
    pub(super) fn counts(&self) -> bool {
        self.space == Space::Number as u8 || self.space == Space::Day as u8
    }

    /// The passages in which it stands, in their order.
    pub(super) fn passages(&self) -> impl Iterator<Item = usize> + Clone {
        let at = |bytes: &[u8]| bytes.iter().rev().fold(0, |sum, it| sum << 8 | usize::from(*it));
        self.places.chunks_exact(if self.wide { 2 } else { 1 }).map(at)
    }
}

/// The version of what signatures hold. It changes whenever one page gives another signature than before,
/// and signatures of other versions are not read.
pub const VERSION: u8 = 3;
/// The first bytes of a signature.
const MAGIC: [u8; 4] = [b'H', b'X', b'S', VERSION];
/// Bytes of an outline.
const OUTLINE: usize = 6;
/// Bytes that say what a key is.
const FACTS: usize = 3;
/// The most places that are kept of a key; of more, so many are kept evenly.
const MOST_PLACES: usize = 255;
/// How many surfaces are kept.
const SURFACES: usize = 72;
/// The longest surface that is kept, in bytes.
const LONGEST_SURFACE: usize = 40;

/// What can be recognised in a page.
pub fn sign(page: &Page) -> Signature {
    let body = passages(&page.body);
    let title = own_title(&page.head.title, body.first().map_or("", |it| &it.text));
    let texts = std::iter::once(title).chain(body.iter().map(|it| it.text.as_str()));
    let mut draft = Draft::default();
    let mut found = Vec::new();
    for (index, text) in texts.take(usize::from(u16::MAX)).enumerate() {
        draft.outlines.push(outline(text));
        found = traces_into(found, text, &page.head.lang);
        draft.marks.extend(found.iter().map(|trace| packed(trace, index)));
        draft.keep_surfaces(&found, text);
    }
    draft.written()
}

/// A title, unless it is only how the text begins.
fn own_title<'t>(title: &'t str, opening: &str) -> &'t str {
    if opening.starts_with(title.trim_end_matches('…')) { "" } else { title }
}

/// A signature while its page is read.
#[derive(Default)]
struct Draft {
    outlines: Vec<Outline>,
    /// Marks, packed so that they sort by key and passage, the heaviest of equal ones first.
    marks: Vec<u64>,
    /// The first numbers, days and names as they stand in the text.
    surfaces: Vec<(u32, Box<str>)>,
}

/// The mark that a trace leaves in a passage: key, passage, lightness and space, from the highest bit on.
fn packed(trace: &Trace, passage: usize) -> u64 {
    let lightness = 255 - (trace.weight * 255.0 + 0.5) as u64;
    let key = u64::from(mark_key(trace.space, trace.key));
    key << 32 | (passage as u64) << 16 | lightness << 8 | trace.space as u64
}

impl Draft {
    /// Keeps how numbers, days and names look, as long as there is room.
    fn keep_surfaces(&mut self, found: &[Trace], text: &str) {
        for trace in found {
            if self.surfaces.len() >= SURFACES {
                return;
            }
            let named = match trace.space {
                Space::Number | Space::Day | Space::Latin => true,
                Space::Skeleton => trace.weight >= 0.5,
                Space::Stub | Space::Concept | Space::Word => false,
            };
            if !named || trace.len as usize > LONGEST_SURFACE {
                continue;
            }
            let key = mark_key(trace.space, trace.key);
            if !self.surfaces.iter().any(|it| it.0 == key) {
                self.surfaces.push((key, trace.surface(text).into()));
            }
        }
    }

    /// The signature.
    fn written(mut self) -> Signature {
        self.marks.sort_unstable();
        self.marks.dedup_by_key(|it| *it >> 16);
        self.surfaces.sort_unstable();
        let (mut keys, mut facts, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let wide = self.outlines.len() > 256;
        for marks in self.marks.chunk_by(|a, b| a >> 32 == b >> 32) {
            let lightest = |it: &u64| (it & 0xffff, *it);
            let Some(best) = marks.iter().copied().min_by_key(lightest) else { continue };
            let step = marks.len().div_ceil(MOST_PLACES);
            let kept = marks.iter().step_by(step).map(|it| (it >> 16) as u16);
            keys.extend_from_slice(&((best >> 32) as u32).to_le_bytes());
            let count = marks.len().div_ceil(step) as u8;
            facts.extend_from_slice(&[best as u8, 255 - (best >> 8) as u8, count]);
            for place in kept {
                let [low, high] = place.to_le_bytes();
                places.push(low);
                places.extend(wide.then_some(high));
            }
        }
        let mut bytes = MAGIC.to_vec();
        let counts = [self.outlines.len(), keys.len() / 4, places.len(), self.surfaces.len()];
        bytes.extend(counts.iter().flat_map(|it| (*it as u32).to_le_bytes()));
        for outline in &self.outlines {
            bytes.extend_from_slice(&outline.print.to_le_bytes());
            bytes.extend_from_slice(&outline.length.to_le_bytes());
        }
        bytes.extend_from_slice(&keys);
        bytes.extend_from_slice(&facts);
        bytes.extend_from_slice(&places);
        bytes.extend(self.surfaces.iter().flat_map(|it| it.0.to_le_bytes()));
        bytes.extend(self.surfaces.iter().map(|it| it.1.len() as u8));
        bytes.extend(self.surfaces.iter().flat_map(|it| it.1.bytes()));
        bytes.extend_from_slice(&checksum(&bytes));
        Signature::held(bytes)
    }
}

/// Space and key of a trace in 32 bits; two of a million keys meet by chance in a large archive.
pub(super) fn mark_key(space: Space, key: u64) -> u32 {
    let mixed = (key ^ (space as u64) << 59).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}

impl Default for Signature {
    fn default() -> Self {
        Draft::default().written()
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Areas { outlines, keys, .. } = self.areas();
        let (passages, keys) = (outlines.len() / OUTLINE, keys.len() / 4);
        write!(out, "Signature of {passages} passages and {keys} keys")
    }
}

/// The areas of a signature's bytes.
#[derive(Default)]
struct Areas<'a> {
    outlines: &'a [u8],
    keys: &'a [u8],
    facts: &'a [u8],
    places: &'a [u8],
    surface_keys: &'a [u8],
    surface_lengths: &'a [u8],
    surfaces: &'a [u8],
}

impl<'a> Areas<'a> {
    /// Parts the bytes of a signature; `None` where they are no signature of this version.
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let (content, _) = bytes.split_last_chunk::<SUM>()?;
        let (counts, rest) = content.strip_prefix(&MAGIC)?.split_first_chunk::<16>()?;
        let mut counts = counts.as_chunks().0.iter().map(|it| u32::from_le_bytes(*it) as usize);
        let mut count = || counts.next().unwrap_or_default();
        let (outlines, keys, places, surfaces) = (count(), count(), count(), count());
        let sizes = [outlines.checked_mul(OUTLINE)?, keys.checked_mul(4)?, keys * FACTS, places];
        let mut rest = rest;
        let mut cut = |size: usize| -> Option<&'a [u8]> {
            let (area, behind) = rest.split_at_checked(size)?;
            rest = behind;
            Some(area)
        };
        Some(Self {
            outlines: cut(sizes[0])?,
            keys: cut(sizes[1])?,
            facts: cut(sizes[2])?,
            places: cut(sizes[3])?,
            surface_keys: cut(surfaces.checked_mul(4)?)?,
            surface_lengths: cut(surfaces)?,
            surfaces: rest,
        })
    }
}

impl Signature {
    /// The signature as bytes for a cache.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes.to_vec()
    }

    /// Reads what [`Self::to_bytes`] gave; `None` where the bytes are damaged or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (content, sum) = bytes.split_last_chunk()?;
        let sound = checksum(content) == *sum && Areas::of(bytes).is_some();
        sound.then(|| Self::held(bytes.to_vec()))
    }

    /// Takes what [`Self::to_bytes`] gave, where it is known to be undamaged; `None` where it is of another
    /// version.
    pub fn from_sound_bytes(bytes: Vec<u8>) -> Option<Self> {
        Areas::of(&bytes).is_some().then(|| Self::held(bytes))
    }

    /// One that is held in memory.
    fn held(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into(), elsewhere: false }
    }

    /// The same where it can be fetched again when it is asked for.
    #[must_use]
    pub fn kept_elsewhere(self) -> Self {
        Self { elsewhere: true, ..self }
    }

    /// Whether it can be fetched again.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.elsewhere
    }

    /// Leaves of it what is asked for when all texts are weighed: its print, how things look, and its keys
    /// but for those of words; only its print where it can be fetched again.
    pub(super) fn cut_down(&mut self) {
        if self.elsewhere {
            let print = self.print();
            self.bytes = print.to_le_bytes().into();
            return;
        }
        let areas = self.areas();
        let facts = areas.facts.as_chunks::<FACTS>().0;
        let keys = areas.keys.as_chunks::<4>().0.iter().zip(facts);
        let kept = || keys.clone().filter(|it| it.1.first() != Some(&(Space::Word as u8)));
        let counts = [0, kept().count(), 0, areas.surface_lengths.len()];
        let mut bytes = MAGIC.to_vec();
        bytes.extend(counts.iter().flat_map(|it| (*it as u32).to_le_bytes()));
        bytes.extend(kept().flat_map(|it| it.0));
        bytes.extend(kept().flat_map(|(_, &[space, weight, _])| [space, weight, 0]));
        bytes.extend([areas.surface_keys, areas.surface_lengths, areas.surfaces].concat());
        bytes.extend_from_slice(&self.print().to_le_bytes());
        self.bytes = bytes.into();
    }

    /// A hash of all of it.
    pub(super) fn print(&self) -> u32 {
        self.bytes.last_chunk().map_or(0, |sum| u32::from_le_bytes(*sum))
    }

    /// Its bytes in areas.
    fn areas(&self) -> Areas<'_> {
        Areas::of(&self.bytes).unwrap_or_default()
    }

    /// The title and the passages of the body.
    pub(super) fn outlines(&self) -> impl Iterator<Item = Outline> + '_ {
        let (outlines, _) = self.areas().outlines.as_chunks::<OUTLINE>();
        outlines.iter().map(|&[a, b, c, d, low, high]| Outline {
            print: u32::from_le_bytes([a, b, c, d]),
            length: u16::from_le_bytes([low, high]),
        })
    }

    /// The keys of what is recognised, sorted.
    pub(super) fn keys(&self) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.areas().keys.as_chunks().0.iter().map(|it| u32::from_le_bytes(*it))
    }

    /// The keys from one on.
    pub(super) fn keys_from(&self, first: u32) -> impl Iterator<Item = u32> + '_ {
        let keys = self.areas().keys.as_chunks().0;
        let from = keys.partition_point(|it| u32::from_le_bytes(*it) < first);
        keys.iter().skip(from).map(|it| u32::from_le_bytes(*it))
    }

    /// What is recognised, sorted by key.
    pub(super) fn marks(&self) -> impl Iterator<Item = Mark<'_>> {
        let areas = self.areas();
        let wide = areas.outlines.len() > 256 * OUTLINE;
        let mut rest = areas.places;
        let facts = areas.facts.as_chunks::<FACTS>().0;
        self.keys().zip(facts).map(move |(key, &[space, weight, count])| {
            let size = if wide { 2 * usize::from(count) } else { usize::from(count) };
            let (places, behind) = rest.split_at_checked(size).unwrap_or_default();
            rest = behind;
            Mark { key, space, weight, places, wide }
        })
    }

    /// How things look in the text, by key.
    pub(super) fn surfaces(&self) -> impl Iterator<Item = (u32, &str)> {
        let areas = self.areas();
        let keys = areas.surface_keys.as_chunks().0.iter().map(|it| u32::from_le_bytes(*it));
        let mut rest = areas.surfaces;
        keys.zip(areas.surface_lengths).filter_map(move |(key, &length)| {
            let (own, behind) = rest.split_at_checked(usize::from(length))?;
            rest = behind;
            Some((key, std::str::from_utf8(own).ok()?))
        })
    }
}

/// Bytes of the checksum.
const SUM: usize = 4;

/// The checksum behind a signature.
fn checksum(bytes: &[u8]) -> [u8; SUM] {
    (digest::hash64(bytes) as u32).to_le_bytes()
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
        assert_eq!(signature.outlines().count(), 3);
        let all: Vec<&str> = signature.surfaces().map(|it| it.1).collect();
        assert!(all.contains(&"2 500") && all.contains(&"Tokajew"), "{all:?}");
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), Some(signature));
    }

    #[test]
    fn a_signature_that_is_cut_down_keeps_names_and_looks() {
        let whole = signature();
        let mut less = whole.clone();
        less.cut_down();
        let named = |it: &Mark<'_>| it.space != Space::Word as u8;
        let keys =
            |it: &Signature| -> Vec<u32> { it.marks().filter(named).map(|it| it.key).collect() };
        assert!(!keys(&whole).is_empty() && keys(&whole).len() < whole.keys().count());
        assert_eq!((less.keys().collect(), keys(&less)), (keys(&whole), keys(&whole)));
        assert!(less.surfaces().eq(whole.surfaces()) && less.surfaces().count() > 0);
        assert_eq!(less.print(), whole.print());
        let mut least = whole.clone().kept_elsewhere();
        least.cut_down();
        assert_eq!((least.print(), least.bytes.len()), (whole.print(), SUM));
    }

    proptest::proptest! {
        #[test]
        fn damaged_bytes_are_refused(at in 0_usize..10_000, value in 1_u8..=255) {
            let mut bytes = signature().to_bytes();
            let at = at % bytes.len();
            bytes[at] ^= value;
            assert_eq!(Signature::from_bytes(&bytes), None);
            bytes[at] ^= value;
            bytes.truncate(at);
            assert_eq!(Signature::from_bytes(&bytes), None);
        }
    }
}
