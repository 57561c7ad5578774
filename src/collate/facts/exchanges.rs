//! Names that were exchanged: where all others name one, a version names another that they name elsewhere.
//!
//! A name that is left out, or said again where others have a pronoun, is no finding: both names must be
//! known to the statement, and neither may stand near the place where it is lacking.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{finding, is_single, words};
use crate::collate::names::generic::is_generic;
use crate::collate::{Evidence, Finding, Kind, Line, Part, Unit, Witness};
use crate::vocab::evidence::names::mentions;
use crate::vocab::evidence::{Space, Trace, is_time};

/// What makes a name comparable.
type Key = (Space, u64);

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// With a small letter in front: no name.
    Small,
    /// Its place asks for a capital, or its script has none.
    Open,
    /// With a capital inside a sentence.
    Proper,
}

/// A word that may be a name, in a passage of a version.
struct Word {
    from: u32,
    to: u32,
    keys: Vec<Key>,
    case: Case,
}

/// Where a key stands.
struct Place {
    witness: usize,
    unit: usize,
    case: Case,
    /// Passage, and the bytes of the word in it.
    at: (u32, u32, u32),
}

/// What stands at two words alike, before them or behind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    /// Not the same.
    Nothing,
    /// The same word.
    Word,
    /// The same word with a capital, such as the first name of a person.
    Name,
}

/// A name that no other version has near.
struct Strange {
    /// Passage, and the bytes of the name in it.
    at: (u32, u32, u32),
    /// Whether others have it elsewhere.
    known: bool,
    /// Whether they have it there in the same letters.
    spelled: bool,
    /// Whether it is the only one in its line.
    alone: bool,
}

/// Where the names of a statement stand.
pub(super) struct Exchanges<'a> {
    witnesses: &'a [Witness],
    units: &'a [Unit],
    /// By version and passage.
    words: Vec<Vec<Vec<Word>>>,
    places: FxHashMap<Key, Vec<Place>>,
}

impl<'a> Exchanges<'a> {
    /// Reads the names of the versions.
    pub(super) fn read(witnesses: &'a [Witness], evidence: &Evidence, units: &'a [Unit]) -> Self {
        let of = |(place, own): (usize, &Witness)| {
            let passages = own.passages.iter().zip(evidence.version(place));
            passages.map(|(text, traces)| spelled(text, traces)).collect()
        };
        let words = witnesses.iter().enumerate().map(of).collect();
        let mut read = Self { witnesses, units, words, places: FxHashMap::default() };
        for (unit, row) in units.iter().enumerate() {
            for (witness, cell) in row.cells.iter().enumerate() {
                for part in &cell.parts {
                    for word in within(&read.words, witness, part) {
                        let at = (part.passage, word.from, word.to);
                        for &key in &word.keys {
                            let place = Place { witness, unit, case: word.case, at };
                            read.places.entry(key).or_default().push(place);
                        }
                    }
                }
            }
        }
        read
    }

    /// What is told of one line of a unit in which every version has one part.
    pub(super) fn findings(&self, place: usize, line: &Line, findings: &mut Vec<Finding>) {
        if line.parts.len() < 3 || !is_single(line) {
            return;
        }
        for &(witness, part) in &line.parts {
            let own = (witness as usize, part);
            let others = line.parts.iter().filter(|it| it.0 != witness);
            let others: Vec<(usize, Part)> = others.map(|it| (it.0 as usize, it.1)).collect();
            let strange = self.strange(place, own);
            let mut exchanged =
                strange.iter().filter_map(|it| Some((it, self.lost(place, own, it, &others)?)));
            let (Some((strange, mut readings)), None) = (exchanged.next(), exchanged.next()) else {
                continue;
            };
            let words = self.text(own.0, strange.at);
            if is_office(words) || readings.values().any(|it| akin(it, words) || is_office(it)) {
                continue;
            }
            readings.insert(own.0, words);
            let readings = readings.into_iter().map(|(it, words)| (it, words.to_owned()));
            let sure = 60 + 5 * others.len().min(6) as u8;
            findings.push(finding(place, Kind::Name, readings.collect(), sure));
        }
    }

    /// The names of a part that no version has near but this one: those that others have elsewhere, and those
    /// that none of them has at all.
    fn strange(&self, place: usize, (witness, part): (usize, Part)) -> Vec<Strange> {
        let mut found: Vec<Strange> = Vec::new();
        for word in within(&self.words, witness, &part).filter(|it| it.case == Case::Proper) {
            let own = self.text(witness, (part.passage, word.from, word.to));
            let near = |it: &Place| {
                it.unit.abs_diff(place) <= 1 && (it.witness, it.unit) != (witness, place)
            };
            if word.keys.iter().any(|&key| self.at(key, own).any(near)) {
                continue;
            }
            let mut known = word.keys.iter().filter(|key| self.is_known(**key, own, witness));
            let spelled = known.clone().any(|it| it.0 == Space::Latin);
            let known = known.next().is_some();
            let new = || word.keys.iter().all(|&key| self.is_new(key, own, witness));
            if (known || new()) && !self.is_written(&stem(own), place, witness) {
                match found.last_mut() {
                    Some(last) if word.from <= last.at.2 + 2 => last.at.2 = last.at.2.max(word.to),
                    _ => {
                        let at = (part.passage, word.from, word.to);
                        found.push(Strange { at, known, spelled, alone: false });
                    }
                }
            }
        }
        let alone = found.len() == 1;
        for it in &mut found {
            it.alone = alone;
        }
        found
    }

    /// Whether another version has a word in a unit or beside it, inflected or joined to others.
    fn is_written(&self, stem: &str, place: usize, witness: usize) -> bool {
        let units = self.units.get(place.saturating_sub(1)..).unwrap_or_default();
        let cells = units.iter().take(3).flat_map(|unit| unit.cells.iter().enumerate());
        cells.filter(|it| it.0 != witness).any(|(other, cell)| {
            cell.parts.iter().any(|part| {
                let text = self.text(other, (part.passage, part.from, part.to));
                text.to_lowercase().contains(stem)
            })
        })
    }

    /// Whether two other versions and more have a key as a name, and none as a common word.
    fn is_known(&self, (space, key): Key, word: &str, witness: usize) -> bool {
        let places = || self.at((space, key), word);
        let others: BTreeSet<usize> =
            places().map(|it| it.witness).filter(|it| *it != witness).collect();
        matches!(space, Space::Latin | Space::Skeleton)
            && others.len() >= 2
            && places().any(|it| it.witness != witness && it.case == Case::Proper)
            && places().all(|it| it.case != Case::Small)
    }

    /// Whether no other version has a key anywhere, nor this one as a common word or a second time.
    fn is_new(&self, key: Key, word: &str, witness: usize) -> bool {
        let capital =
            !matches!(self.witnesses.get(witness).map(|it| it.lang.base()), Some("de" | "lb"));
        let mut places = self.at(key, word);
        capital && places.next().is_some_and(|it| it.witness == witness) && places.next().is_none()
    }

    /// The name that all others have in a line and this version lacks, though it has it elsewhere: what each
    /// of the others writes.
    fn lost(
        &self,
        place: usize,
        (witness, part): (usize, Part),
        strange: &Strange,
        others: &[(usize, Part)],
    ) -> Option<BTreeMap<usize, &'a str>> {
        let (first, rest) = others.split_first()?;
        let line = self.text(witness, (part.passage, part.from, part.to)).to_lowercase();
        let candidates = within(&self.words, first.0, &first.1).filter(|it| it.case != Case::Small);
        candidates.into_iter().find_map(|word| {
            let mut keys: Vec<Key> = word.keys.clone();
            let mut proper = usize::from(word.case == Case::Proper);
            let at = (first.1.passage, word.from, word.to);
            let mut readings = BTreeMap::from([(first.0, self.text(first.0, at))]);
            let beside = |other, at| self.beside((other, at), (witness, strange.at));
            let mut sure = beside(first.0, at);
            for (other, part) in rest {
                let same = within(&self.words, *other, part).find(|it| {
                    it.case != Case::Small && it.keys.iter().any(|key| keys.contains(key))
                })?;
                keys.extend(&same.keys);
                sure = sure.max(beside(*other, (part.passage, same.from, same.to)));
                proper += usize::from(same.case == Case::Proper);
                readings.insert(*other, self.text(*other, (part.passage, same.from, same.to)));
            }
            (proper >= 2
                && self.is_lost(&keys, (place, witness), (&line, strange, sure), &readings))
            .then_some(readings)
        })
    }

    /// What the same word is that stands before two words, or behind them.
    fn beside(&self, one: (usize, (u32, u32, u32)), other: (usize, (u32, u32, u32))) -> Beside {
        let around = |(witness, (passage, from, to)): (usize, (u32, u32, u32))| {
            let before = self.text(witness, (passage, 0, from)).trim_end();
            let text = self.witnesses.get(witness).and_then(|it| it.passages.get(passage as usize));
            let behind = text.and_then(|it| it.get(to as usize..)).unwrap_or_default().trim_start();
            let parts = |c: char| !c.is_alphanumeric();
            [before.rsplit(parts).next().unwrap_or(""), behind.split(parts).next().unwrap_or("")]
        };
        let pairs = around(one).into_iter().zip(around(other));
        let same = pairs.filter(|(a, b)| !a.is_empty() && a == b).map(|(word, _)| {
            if word.starts_with(char::is_uppercase) { Beside::Name } else { Beside::Word }
        });
        same.max().unwrap_or(Beside::Nothing)
    }

    /// Whether a name is not in a line of a version, nor near it but where the strange one stands beside the
    /// same name. How the version writes it must be known: from elsewhere in it, or because all others write it
    /// alike, in letters that it has, too, and together nowhere else where it could be seen that this version
    /// has another name for it; three others, or two where the strange name stands beside the same word. A
    /// strange name that nobody else has must stand beside the same name, for one that the version has.
    fn is_lost(
        &self,
        keys: &[Key],
        (place, witness): (usize, usize),
        (line, strange, beside): (&str, &Strange, Beside),
        readings: &BTreeMap<usize, &str>,
    ) -> bool {
        let (sure, named) = (beside > Beside::Nothing, beside == Beside::Name);
        let mut spellings = readings.values();
        let first = spellings.next().copied().unwrap_or_default();
        let places = || keys.iter().flat_map(|&key| self.at(key, first));
        let own = || places().filter(|it| it.witness == witness);
        let same = spellings.all(|it| *it == first);
        let latin = self.text(witness, strange.at).is_ascii()
            || line.chars().filter(char::is_ascii_alphabetic).count() * 2 > line.chars().count();
        let speaks = |unit: usize| {
            let cell = self.units.get(unit).and_then(|it| it.cells.get(witness));
            cell.is_some_and(|it| !it.parts.is_empty())
        };
        let far = |it: &&Place| it.unit.abs_diff(place) > 1 && speaks(it.unit);
        let elsewhere: BTreeSet<(usize, usize)> =
            places().filter(far).map(|it| (it.unit, it.witness)).collect();
        let units: BTreeSet<usize> = elsewhere.iter().map(|it| it.0).collect();
        let once = units.len() == elsewhere.len();
        let known = own().any(|it| it.case != Case::Small)
            || (sure && strange.known || readings.len() > 2 && strange.spelled)
                && (same && latin && once);
        let mut written =
            own().map(|it| self.text(witness, it.at)).chain(readings.values().copied());
        known
            && (named || strange.known && (sure || strange.alone))
            && places().all(|it| it.case != Case::Small)
            && (named || own().all(|it| it.unit.abs_diff(place) > 1))
            && !written.any(|it| line.contains(&stem(it)))
    }

    /// The words of a version at some bytes of a passage.
    fn text(&self, witness: usize, at: (u32, u32, u32)) -> &'a str {
        words(self.witnesses, witness, at)
    }

    /// Where a key stands that a word has, in words that can be one name with it.
    fn at(&self, key: Key, word: &str) -> impl Iterator<Item = &Place> {
        let places = self.places.get(&key).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter(move |it| can_be_one(self.text(it.witness, it.at), word))
    }
}

/// The beginning of a word that stays when it is inflected or joined to others.
pub(super) fn stem(word: &str) -> String {
    let letters = word.chars().count();
    word.to_lowercase().chars().take(letters.saturating_sub(2).max(letters.min(4))).collect()
}

/// Whether two words with a key in common can be one name: in one script they begin with one letter.
fn can_be_one(one: &str, other: &str) -> bool {
    let first = |it: &str| it.chars().next().map(|c| c.to_ascii_lowercase());
    match (first(one), first(other)) {
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => a == b,
        _ => true,
    }
}

/// Whether two names may be one: they begin alike, or one may be the abbreviation of the other.
pub(super) fn akin(one: &str, other: &str) -> bool {
    let capitals = |it: &str| it.chars().all(|c| !c.is_lowercase());
    let begin = |it: &str| it.to_lowercase().chars().take(3).collect::<String>();
    begin(one) == begin(other) || capitals(one) != capitals(other)
}

/// Whether a word is that of an office or a body: every language has its own for it.
pub(super) fn is_office(words: &str) -> bool {
    mentions(words).iter().any(|it| is_generic(it.sound.letters()))
}

/// The words of a part.
fn within<'a>(
    words: &'a [Vec<Vec<Word>>],
    witness: usize,
    part: &Part,
) -> impl Iterator<Item = &'a Word> {
    let passage = words.get(witness).and_then(|it| it.get(part.passage as usize));
    let (from, to) = (part.from, part.to);
    passage
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter(move |it| it.from >= from && it.to <= to)
}

/// The words of a passage that leave traces of names.
fn spelled(text: &str, traces: &[Trace]) -> Vec<Word> {
    let named = |it: &&Trace| match it.space {
        Space::Latin | Space::Skeleton => true,
        Space::Concept => !is_time(it.key),
        _ => false,
    };
    let mut words: Vec<Word> = Vec::new();
    for trace in traces.iter().filter(named) {
        let key = (trace.space, trace.key);
        match words.last_mut() {
            Some(last) if last.from == trace.at => last.keys.push(key),
            _ => words.push(Word {
                from: trace.at,
                to: trace.at + trace.len,
                keys: vec![key],
                case: case(text, trace.at as usize),
            }),
        }
    }
    words
}

/// How the word that begins at a byte of a text is written.
fn case(text: &str, at: usize) -> Case {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let inside = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ',');
    match text.get(at..).and_then(|it| it.chars().next()) {
        Some(c) if c.is_lowercase() && is_joined(text, at) => Case::Open,
        Some(c) if c.is_lowercase() => Case::Small,
        Some(c) if c.is_uppercase() && inside => Case::Proper,
        _ => Case::Open,
    }
}

/// Whether the word that begins at a byte of a text is a part of an address or of a name of a file, in which a
/// name is written with a small letter: `debian` of `lists.debian.org`.
fn is_joined(text: &str, at: usize) -> bool {
    let (before, word) = text.split_at_checked(at).unwrap_or_default();
    let behind = word.trim_start_matches(char::is_alphanumeric);
    let joins = ['.', '@', '/', '_'];
    let next = behind.strip_prefix(joins).is_some_and(|it| it.starts_with(char::is_alphanumeric));
    let last = before.strip_suffix(joins).is_some_and(|it| it.ends_with(char::is_alphanumeric));
    next || last
}
