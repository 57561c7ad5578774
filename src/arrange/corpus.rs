//! The signatures of an archive weighed against each other: what is rare counts, what is furniture does
//! not. Knows signatures, no pairs.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::bag::{Bag, Feature, Filling, Kind};
use super::outline::{Outline, Prints};
use super::rarity::{AT_ONCE, Census, ln};
use super::signature::Signature;
use crate::vocab::evidence::Space;

/// How many kinds of evidence are kept apart; days count as numbers, and glosses come last.
pub(super) const SPACES: usize = 7;
/// The kind of numbers and days.
pub(super) const NUMBER: u8 = 0;
/// The kind of tokens in Latin letters.
pub(super) const LATIN: u8 = 1;
/// The kind of consonant skeletons.
pub(super) const SKELETON: u8 = 2;
/// The kind of concepts.
pub(super) const CONCEPT: u8 = 4;
/// The kind of glosses: words as the archive's own lexicon translates them.
pub(super) const GLOSS: u8 = 6;
/// The kind of words.
pub(super) const WORD: u8 = 5;

/// The number of a language that is not known: it is no other text's language, not even that of another
/// text whose language is not known.
pub(super) const UNKNOWN: u16 = u16::MAX;

/// The most sections a text is looked at in; longer texts are folded into so many.
pub(super) const SECTIONS: usize = 48;

/// A text as bags of weighed features.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// Its language, as a number.
    pub(super) lang: u16,
    /// What can be compared across languages, by number.
    pub(super) features: Bag,
    /// Its words, which can be compared within one language, by number.
    pub(super) words: Bag,
    /// Its words in the archive's own pivot language, by number; see [`Self::deferred`].
    pub(super) glosses: Bag,
    /// Whether its glosses are made only where they are asked for: until then it has none, but knows how long
    /// their vector is.
    pub(super) deferred: bool,
    /// The lengths of its sections; 0 for furniture.
    pub(super) lengths: Box<[f32]>,
    /// What the features of each section weigh together, words not counted.
    pub(super) masses: Box<[f32]>,
    /// What its days of the year weigh together.
    pub(super) days: f32,
    /// The length of the feature vector in each space.
    pub(super) norms: [f32; SPACES],
    /// Its passages that are no furniture.
    pub(super) prints: Prints,
    /// The keys of its numbers and days, sorted, also of those that no other text has.
    pub(super) numbers: Box<[u32]>,
    /// Those in its title.
    pub(super) dated: Box<[u32]>,
}

impl Text {
    /// Whether it is in the language of another text.
    pub(super) fn speaks_as(&self, other: &Self) -> bool {
        self.lang == other.lang && self.lang != UNKNOWN
    }

    /// The share of the numbers and days of its title and of another that both state; `None` where one of them
    /// states none.
    pub(super) fn dates_shared(&self, other: &Self) -> Option<f32> {
        let most = self.dated.len().max(other.dated.len());
        let both = !self.dated.is_empty() && !other.dated.is_empty();
        both.then(|| common(&self.dated, &other.dated) as f32 / most as f32)
    }

    /// Whether its title states numbers or days, and that of another text does, and none is the same: so two
    /// issues of one bulletin differ.
    pub(super) fn is_other_issue(&self, other: &Self) -> bool {
        self.dates_shared(other) == Some(0.0)
    }

    /// What its features weigh together, words not counted.
    pub(super) fn mass(&self) -> f32 {
        self.masses.iter().sum()
    }

    /// The whole length of what is no furniture.
    pub(super) fn length(&self) -> f32 {
        self.lengths.iter().sum()
    }

    /// Puts its glosses off: only how long their vector is is known.
    pub(super) fn defer(&mut self, norm: f32) {
        self.gloss(Bag::default());
        if let Some(slot) = self.norms.get_mut(usize::from(GLOSS)) {
            *slot = norm;
        }
        self.deferred = true;
    }

    /// How long its feature vector is in a space.
    pub(super) fn norm(&self, space: usize) -> f32 {
        self.norms.get(space).copied().unwrap_or(0.0)
    }

    /// How long the vector of its glosses is.
    pub(super) fn gloss_norm(&self) -> f32 {
        self.norm(usize::from(GLOSS))
    }

    /// The number of its passages that are no furniture.
    pub(super) fn passages(&self) -> usize {
        self.prints.each().len()
    }

    /// Gives it its glosses.
    pub(super) fn gloss(&mut self, glosses: Bag) {
        let square = |sum: f32, it: &Feature| sum + it.weight() * it.weight();
        let squares = glosses.features().iter().fold(0.0, square);
        if let Some(norm) = self.norms.get_mut(usize::from(GLOSS)) {
            *norm = squares.sqrt();
        }
        self.glosses = glosses;
        self.deferred = false;
        self.masses = self.weigh_sections();
    }

    /// Sums up its features: norms and masses.
    fn sum_up(&mut self) {
        let mut squares = [0.0_f32; SPACES];
        for feature in self.features.features().iter().chain(self.words.features()) {
            let weight = feature.weight();
            if let Some(square) = squares.get_mut(usize::from(feature.space())) {
                *square += weight * weight;
            }
            if feature.is_day() {
                self.days += weight;
            }
        }
        self.norms = squares.map(f32::sqrt);
        self.masses = self.weigh_sections();
    }

    /// What the features of each section weigh together, words not counted.
    fn weigh_sections(&self) -> Box<[f32]> {
        let mut masses = vec![0.0; self.lengths.len()];
        for bag in [&self.features, &self.glosses] {
            for feature in bag.features() {
                let sections = bag.sections(feature);
                let part = feature.weight() / sections.count().max(1) as f32;
                for section in sections.iter() {
                    if let Some(mass) = masses.get_mut(section) {
                        *mass += part;
                    }
                }
            }
        }
        masses.into()
    }
}

/// How many keys are in both of two sorted lists.
pub(super) fn common(one: &[u32], other: &[u32]) -> usize {
    one.iter().filter(|it| other.binary_search(it).is_ok()).count()
}

/// Weighs the texts of an archive. `langs` numbers the languages. Each signature is cut down as soon as its
/// text is weighed, so that they are not held whole beside the texts.
pub(super) fn weigh(signatures: &mut [Signature], langs: &[u16], census: &Census) -> Vec<Text> {
    let prints = repeated_prints(signatures);
    let scale = Scale::new(census);
    let one = |(signature, &lang): (&Signature, &u16), found: Vec<_>| {
        let outlines: Vec<Outline> = signature.outlines().collect();
        let furniture = furniture(&outlines, &prints);
        let kept = outlines.iter().zip(&furniture).filter(|it| !it.1).map(|it| it.0);
        let prints = Prints::of(kept);
        let ground = Ground::new(&outlines, furniture);
        Text { prints, ..text((signature, lang), &ground, &scale, found) }
    };
    let chunks = signatures.par_chunks_mut(AT_ONCE).zip(langs.par_chunks(AT_ONCE));
    let weighed = chunks.flat_map_iter(|(some, langs)| {
        let rows = census.find_all(some);
        some.iter_mut().zip(langs).zip(rows).map(|((signature, lang), found)| {
            let text = one((signature, lang), found);
            signature.cut_down();
            text
        })
    });
    weighed.collect()
}

/// The prints of passages that stand in three and more documents.
fn repeated_prints(signatures: &[Signature]) -> FxHashSet<u32> {
    let own = |signature: &Signature| {
        let mut own: Vec<u32> = signature.outlines().map(|it| it.print).collect();
        own.sort_unstable();
        own.dedup();
        own
    };
    let mut all: Vec<u32> = signatures.par_iter().flat_map_iter(own).collect();
    all.par_sort_unstable();
    let runs = all.chunk_by(|a, b| a == b).filter(|run| run.len() >= 3);
    runs.filter_map(|run| run.first().copied()).collect()
}

/// Which passages of a text are furniture: those that other texts have too, unless that would be half of
/// the text, which then is a republication.
fn furniture(outlines: &[Outline], prints: &FxHashSet<u32>) -> Vec<bool> {
    let marked: Vec<bool> = outlines.iter().map(|it| prints.contains(&it.print)).collect();
    let length = |wanted: bool| -> u64 {
        let both = outlines.iter().zip(&marked);
        both.filter(|it| *it.1 == wanted).map(|it| u64::from(it.0.length)).sum()
    };
    if length(true) > length(false) { vec![false; marked.len()] } else { marked }
}

/// What the features of a text weigh by their rarity, worked out once for the counts that are common.
struct Scale<'a> {
    census: &'a Census,
    rare: Vec<f32>,
    rare_numbers: Vec<f32>,
    /// What so many places weigh against one.
    places: Vec<f32>,
}

/// The counts of texts whose weight is worked out once.
const COUNTS: u32 = 4096;

impl<'a> Scale<'a> {
    /// For an archive.
    fn new(census: &'a Census) -> Self {
        let all = |prior: f32| (0..COUNTS).map(|count| census.weight(count, prior)).collect();
        let places = (0..256).map(|count| 1.0 + ln(count.max(1) as f32)).collect();
        Self { census, rare: all(0.5), rare_numbers: all(2.0), places }
    }

    /// The weight of a key that so many texts have.
    fn of(&self, count: u32, space: u8) -> f32 {
        let numeral = space == Space::Number as u8;
        let (known, prior) = if numeral { (&self.rare_numbers, 2.0) } else { (&self.rare, 0.5) };
        let known = known.get(count as usize).copied();
        known.unwrap_or_else(|| self.census.weight(count, prior))
    }
}

/// The passages of a text: where they stand, and which of them count.
struct Ground {
    furniture: Vec<bool>,
    middles: Vec<f32>,
    sections: Vec<u8>,
    lengths: Box<[f32]>,
}

impl Ground {
    /// For the passages of a text. Middles are relative to the text without furniture.
    fn new(outlines: &[Outline], furniture: Vec<bool>) -> Self {
        let count = outlines.len();
        let section =
            |at: usize| if count <= SECTIONS { at as u8 } else { (at * SECTIONS / count) as u8 };
        let sections: Vec<u8> = (0..count).map(section).collect();
        let mut lengths = vec![0.0; count.min(SECTIONS)];
        let (mut middles, mut behind) = (Vec::with_capacity(count), 0.0);
        for ((outline, cut), section) in outlines.iter().zip(&furniture).zip(&sections) {
            let length = if *cut { 0.0 } else { f32::from(outline.length) };
            if let Some(sum) = lengths.get_mut(usize::from(*section)) {
                *sum += length;
            }
            let room = if *cut { 0.0 } else { length + 1.0 };
            behind += room;
            middles.push(behind - room / 2.0);
        }
        let whole = f32::max(behind, 1.0);
        for middle in &mut middles {
            *middle /= whole;
        }
        Self { furniture, middles, sections, lengths: lengths.into() }
    }
}

/// Weighs one text.
fn text(
    (signature, lang): (&Signature, u16),
    ground: &Ground,
    scale: &Scale<'_>,
    found: Vec<Option<(u32, u32)>>,
) -> Text {
    let (mut features, mut words) = (Filling::default(), Filling::default());
    let (mut numbers, mut dated) = (Vec::new(), Vec::new());
    for (mark, found) in signature.marks().zip(found) {
        if mark.counts() {
            numbers.push(mark.key);
            dated.extend((mark.passages().next() == Some(0)).then_some(mark.key));
        }
        let Some((key, count)) = found else { continue };
        let rare = scale.of(count, mark.space);
        let kept = mark.passages().filter(|it| ground.furniture.get(*it) == Some(&false));
        let (mut count, mut sum) = (0, 0.0);
        for middle in kept.clone().filter_map(|it| ground.middles.get(it)) {
            count += 1;
            sum += middle;
        }
        if count == 0 {
            continue;
        }
        let often = scale.places.get(count).copied().unwrap_or(1.0);
        // Days are a kind of numbers; all others move down one place.
        let kind = Kind {
            key,
            weight: rare * often * f32::from(mark.weight) / 255.0,
            position: sum / count as f32,
            space: mark.space.saturating_sub(1),
            day: mark.space == Space::Day as u8,
        };
        let bag = if kind.space == WORD { &mut words } else { &mut features };
        bag.add(kind, kept.filter_map(|it| ground.sections.get(it)).map(|it| usize::from(*it)));
    }
    let mut text = Text {
        lang,
        features: features.done(),
        words: words.done(),
        lengths: ground.lengths.clone(),
        numbers: numbers.into(),
        dated: dated.into(),
        ..Text::default()
    };
    text.sum_up();
    text
}
