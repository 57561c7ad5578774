//! The table of concepts: words of many languages for countries, languages, cities, months, weekdays,
//! magnitudes and common nouns, made from Unicode CLDR by `src/tables/make-concepts.py`.
//!
//! The table is searched where it lies, without being unpacked. Layout, all numbers little-endian:
//! `HXC1`; number of transliteration characters (u16) and these characters (u16 each, sorted); number of
//! languages (u16) and one row a language, sorted by tag: tag (8 bytes, padded with NUL), offset of its
//! keys (u32), offset of its lists (u32), number of keys (u16), longest key in characters (u8), 0. A key
//! is a fingerprint (3 bytes, sorted) and a value (u16): a concept, or 0x8000 + the place of a list in
//! u16 steps: length, then concepts.

use std::sync::OnceLock;

use super::hash::hash_chars;
use crate::vocab::lang::Lang;

/// The compiled table.
static TABLE: &[u8] = include_bytes!("../../tables/concepts.bin");

/// The first weekday's concept; the twelve concepts before are the months.
pub(super) const MONTHS: u16 = 12;
/// The concepts of thousand, million, 10⁹ and 10¹².
const MAGNITUDES: [(u16, u64); 4] =
    [(19, 1000), (20, 1_000_000), (21, 1_000_000_000), (22, 1_000_000_000_000)];

/// For every first two bytes of a fingerprint, whether a language has a key that begins so: most stems have
/// none, and are not looked for.
type Sieve = [u64; 1024];

/// The sieves of the languages, by their places in the table, each made when it is first asked for.
static SIEVES: [OnceLock<Box<Sieve>>; 256] = [const { OnceLock::new() }; 256];

/// The bytes of one key and its value.
const KEY: usize = 5;
/// The bytes of one language's row.
const ROW: usize = 20;

/// A concept: the same number in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Concept(pub(super) u16);

impl Concept {
    /// The month, counted from 1, where the concept is one.
    pub(super) fn month(self) -> Option<u32> {
        (self.0 < MONTHS).then(|| u32::from(self.0) + 1)
    }

    /// Whether the concept is a month or a weekday.
    pub(super) fn is_time(self) -> bool {
        self.0 < MONTHS + 7
    }

    /// The factor, where the concept is a magnitude.
    pub(super) fn magnitude(self) -> Option<u64> {
        MAGNITUDES.iter().find(|(concept, _)| *concept == self.0).map(|(_, factor)| *factor)
    }
}

/// What a stem may mean: one concept, or a list of them where it is not empty.
#[derive(Clone, Copy)]
pub(super) struct Meanings {
    single: Concept,
    list: &'static [u8],
}

impl Meanings {
    /// How many concepts there are.
    pub(super) fn count(self) -> usize {
        if self.list.is_empty() { 1 } else { self.list.len() / 2 }
    }

    /// The concepts.
    pub(super) fn concepts(self) -> impl Iterator<Item = Concept> {
        let single = self.list.is_empty().then_some(self.single);
        let list = self.list.chunks_exact(2).filter_map(|it| short(it, 0)).map(Concept);
        single.into_iter().chain(list)
    }
}

/// The words of one language.
#[derive(Clone, Copy)]
pub(super) struct Words {
    keys: &'static [u8],
    lists: &'static [u8],
    sieve: Option<&'static Sieve>,
    /// The longest key, in characters.
    pub(super) longest: usize,
}

impl Words {
    /// The words of a language; `None` where the table does not know it.
    pub(super) fn of(lang: &Lang) -> Option<Self> {
        let (rows, _) = rows()?.as_chunks::<ROW>();
        let find = |tag: &str| {
            let mut wanted = [0; 8];
            wanted.get_mut(..tag.len())?.copy_from_slice(tag.as_bytes());
            let at = rows.binary_search_by(|row| row[..8].cmp(&wanted)).ok()?;
            Self::read(rows.get(at)?, at)
        };
        find(lang.as_str()).or_else(|| find(alias(lang.base())))
    }

    /// Reads a language's row, the one at a place in the table.
    fn read(row: &[u8], place: usize) -> Option<Self> {
        let keys = long(row, 8)?;
        let lists = long(row, 12)?;
        let count = usize::from(short(row, 16)?);
        let longest = usize::from(*row.get(18)?);
        let keys = TABLE.get(keys..keys + count * KEY)?;
        let sieve = SIEVES.get(place).map(|it| &**it.get_or_init(|| sieve(keys)));
        Some(Self { keys, lists: TABLE.get(lists..)?, sieve, longest })
    }

    /// What a stem, given by its hash, may mean; nothing for most stems.
    pub(super) fn meanings(self, stem: u64) -> Option<Meanings> {
        let passes = |sieve: &Sieve| sieve[(stem >> 54) as usize] >> (stem >> 48 & 63) & 1 == 1;
        self.sieve.is_none_or(passes).then_some(())?;
        let value = self.value(stem >> 40)?;
        let list = if value < 0x8000 { &[] } else { self.list(usize::from(value & 0x7fff))? };
        Some(Meanings { single: Concept(value), list })
    }

    /// The concepts that a stem may mean.
    pub(super) fn concepts(self, stem: &[char]) -> impl Iterator<Item = Concept> {
        self.meanings(hash_chars(stem)).into_iter().flat_map(Meanings::concepts)
    }

    /// The value of a fingerprint, by interpolation: fingerprints are spread evenly, so that each look
    /// tells about how far away the wanted one must be.
    fn value(self, wanted: u64) -> Option<u16> {
        let count = self.keys.len() / KEY;
        let places = |distance: u64| ((distance * count as u64) >> 24) as usize;
        let (mut from, mut to) = (0, count);
        let mut at = places(wanted);
        while from < to {
            at = at.clamp(from, to - 1);
            let key: &[u8; KEY] = self.keys.get(at * KEY..)?.first_chunk()?;
            let print = u64::from(u32::from_le_bytes([key[0], key[1], key[2], 0]));
            match print.cmp(&wanted) {
                std::cmp::Ordering::Less => {
                    from = at + 1;
                    at += 1 + places(wanted - print);
                }
                std::cmp::Ordering::Greater => {
                    to = at;
                    at = at.saturating_sub(1 + places(print - wanted));
                }
                std::cmp::Ordering::Equal => return Some(u16::from_le_bytes([key[3], key[4]])),
            }
        }
        None
    }

    /// A list of concepts.
    fn list(self, place: usize) -> Option<&'static [u8]> {
        let length = usize::from(short(self.lists, place * 2)?);
        self.lists.get(place * 2 + 2..place * 2 + 2 + length * 2)
    }
}

/// The sieve of some keys.
fn sieve(keys: &[u8]) -> Box<Sieve> {
    let mut sieve = Box::new([0; 1024]);
    let (keys, _) = keys.as_chunks::<KEY>();
    for key in keys {
        let begin = u16::from_le_bytes([key[1], key[2]]);
        sieve[usize::from(begin / 64)] |= 1 << (begin % 64);
    }
    sieve
}

/// The tag under which the table holds a language that CLDR calls otherwise.
fn alias(base: &str) -> &str {
    match base {
        "nb" => "no",
        "tl" => "fil",
        "iw" => "he",
        "in" => "id",
        "sh" => "hr",
        "prs" | "pes" => "fa",
        "arb" => "ar",
        "cmn" => "zh",
        _ => base,
    }
}

/// Whether Chinese writes foreign names with this character.
pub(super) fn transliterates(c: char) -> bool {
    let Ok(wanted) = u16::try_from(u32::from(c)) else { return false };
    let Some(set) = transliteration() else { return false };
    let (mut from, mut to) = (0, set.len() / 2);
    while from < to {
        let middle = usize::midpoint(from, to);
        match short(set, middle * 2).map(|it| it.cmp(&wanted)) {
            Some(std::cmp::Ordering::Less) => from = middle + 1,
            Some(std::cmp::Ordering::Greater) => to = middle,
            Some(std::cmp::Ordering::Equal) => return true,
            None => return false,
        }
    }
    false
}

/// The characters with which Chinese writes foreign names.
fn transliteration() -> Option<&'static [u8]> {
    TABLE.get(6..6 + usize::from(short(TABLE, 4)?) * 2)
}

/// The rows of the languages.
fn rows() -> Option<&'static [u8]> {
    let at = 6 + usize::from(short(TABLE, 4)?) * 2;
    TABLE.get(at + 2..at + 2 + usize::from(short(TABLE, at)?) * ROW)
}

/// Two bytes as a number.
fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|it| u16::from_le_bytes(*it))
}

/// Four bytes as a number.
fn long(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|it| u32::from_le_bytes(*it) as usize)
}
