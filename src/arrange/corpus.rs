//! The signatures of an archive weighed against each other: what is rare counts, what is furniture does
//! not. Knows signatures, no pairs.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::signature::{Mark, Signature};
use crate::vocab::evidence::Space;

/// How many kinds of evidence are kept apart; days count as numbers, and glosses come last.
pub(super) const SPACES: usize = 7;
/// The kind of glosses: words as the archive's own lexicon translates them.
pub(super) const GLOSS: u8 = 6;
/// The kind of words.
pub(super) const WORD: u8 = 5;

/// The number of a language that is not known: it is no other text's language, not even that of another
/// text whose language is not known.
pub(super) const UNKNOWN: u16 = u16::MAX;

/// The most sections a text is looked at in; longer texts are folded into so many.
pub(super) const SECTIONS: usize = 48;

/// Documents that an archive is thought to have besides its own, so that rarity means something in a
/// small one.
const BACKGROUND: f32 = 200.0;

/// A text as a bag of weighed features.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// Its language, as a number.
    pub(super) lang: u16,
    /// Its features, by key.
    pub(super) features: Vec<Feature>,
    /// The sections where the features stand.
    pub(super) places: Vec<u8>,
    /// The lengths of its sections; 0 for furniture.
    pub(super) lengths: Vec<f32>,
    /// What the features of each section weigh together, words not counted.
    pub(super) masses: Vec<f32>,
    /// What its days of the year weigh together.
    pub(super) days: f32,
    /// The length of the feature vector in each space.
    pub(super) norms: [f32; SPACES],
    /// The number of its passages that are no furniture.
    pub(super) passages: u32,
}

/// A feature of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Feature {
    /// What it is.
    pub(super) key: u32,
    /// Where its sections begin in [`Text::places`].
    pub(super) from: u32,
    /// How much it weighs.
    pub(super) weight: f32,
    /// Where it stands on average, from 0 to 1.
    pub(super) position: f32,
    /// Its kind.
    pub(super) space: u8,
    /// Whether it is a day of the year.
    pub(super) day: bool,
    /// In how many sections it stands.
    pub(super) sections: u8,
}

impl Text {
    /// The sections in which a feature stands.
    pub(super) fn sections(&self, feature: &Feature) -> &[u8] {
        let from = feature.from as usize;
        self.places.get(from..from + usize::from(feature.sections)).unwrap_or_default()
    }

    /// What its features weigh together, words not counted.
    pub(super) fn mass(&self) -> f32 {
        self.masses.iter().sum()
    }

    /// The whole length of what is no furniture.
    pub(super) fn length(&self) -> f32 {
        self.lengths.iter().sum()
    }
}

/// In how many documents each key stands.
pub(super) type Frequencies = FxHashMap<u32, u32>;

/// The kind that a mark counts as.
fn kind(mark: Mark) -> u8 {
    mark.space.saturating_sub(1)
}

/// A natural logarithm in steps of 1/256, so that no machine's last bit decides anything.
pub(super) fn ln(x: f32) -> f32 {
    (x.ln() * 256.0).round() / 256.0
}

/// Weighs the texts of an archive. `langs` numbers the languages.
pub(super) fn weigh(signatures: &[&Signature], langs: &[u16]) -> (Vec<Text>, Frequencies) {
    let prints = repeated_prints(signatures);
    let frequencies = frequencies(signatures);
    let count = signatures.len() as f32;
    let texts = signatures
        .par_iter()
        .zip(langs)
        .map(|(signature, &lang)| {
            let furniture = furniture(signature, &prints);
            text(signature, lang, &furniture, &Rarity { frequencies: &frequencies, count })
        })
        .collect();
    (texts, frequencies)
}

/// The prints of passages that stand in three and more documents.
fn repeated_prints(signatures: &[&Signature]) -> FxHashSet<u32> {
    let mut seen: FxHashMap<u32, u32> = FxHashMap::default();
    for signature in signatures {
        let mut own: Vec<u32> = signature.passages.iter().map(|it| it.print).collect();
        own.sort_unstable();
        own.dedup();
        for print in own {
            *seen.entry(print).or_default() += 1;
        }
    }
    seen.retain(|_, count| *count >= 3);
    seen.into_keys().collect()
}

/// Which passages of a text are furniture: those that other texts have too, unless that would be half of
/// the text, which then is a republication.
fn furniture(signature: &Signature, prints: &FxHashSet<u32>) -> Vec<bool> {
    let marked: Vec<bool> =
        signature.passages.iter().map(|it| prints.contains(&it.print)).collect();
    let length = |wanted: bool| -> u64 {
        let both = signature.passages.iter().zip(&marked);
        both.filter(|it| *it.1 == wanted).map(|it| u64::from(it.0.length)).sum()
    };
    if length(true) > length(false) { vec![false; marked.len()] } else { marked }
}

/// In how many documents each key stands.
fn frequencies(signatures: &[&Signature]) -> Frequencies {
    let mut frequencies = Frequencies::default();
    for signature in signatures {
        for chunk in signature.marks.chunk_by(|a, b| a.key == b.key) {
            if let Some(mark) = chunk.first() {
                *frequencies.entry(mark.key).or_default() += 1;
            }
        }
    }
    frequencies.retain(|_, count| *count >= 2);
    frequencies
}

/// What rarity is measured against.
struct Rarity<'a> {
    frequencies: &'a Frequencies,
    count: f32,
}

impl Rarity<'_> {
    /// The weight of a feature by its rarity; `None` where no other document has it or most have.
    fn of(&self, key: u32, space: u8) -> Option<f32> {
        let frequency = *self.frequencies.get(&key)? as f32;
        if frequency > 0.4 * self.count + 20.0 {
            return None;
        }
        let prior = if space == Space::Number as u8 { 2.0 } else { 0.5 };
        Some(ln((self.count + BACKGROUND) / (frequency + prior)))
    }
}

/// Weighs one text.
fn text(signature: &Signature, lang: u16, furniture: &[bool], rarity: &Rarity<'_>) -> Text {
    let folds = Folds::new(signature.passages.len());
    let mut text = Text { lang, lengths: vec![0.0; folds.sections()], ..Text::default() };
    for (index, (outline, cut)) in signature.passages.iter().zip(furniture).enumerate() {
        if !cut {
            text.passages += 1;
            if let Some(length) = text.lengths.get_mut(folds.section(index)) {
                *length += f32::from(outline.length);
            }
        }
    }
    let middles = middles(signature, furniture);
    for marks in signature.marks.chunk_by(|a, b| a.key == b.key) {
        let Some(first) = marks.first() else { continue };
        let Some(rare) = rarity.of(first.key, first.space) else { continue };
        let kept =
            || marks.iter().filter(|it| furniture.get(usize::from(it.passage)) == Some(&false));
        let count = kept().count();
        if count > 0 {
            let from = text.places.len();
            text.places.extend(kept().map(|it| folds.section(usize::from(it.passage)) as u8));
            fold_places(&mut text.places, from);
            let strength = kept().map(|it| it.weight).max().unwrap_or(0);
            let position: f32 =
                kept().filter_map(|it| middles.get(usize::from(it.passage))).sum::<f32>();
            text.features.push(Feature {
                key: first.key,
                from: from as u32,
                weight: rare * (1.0 + ln(count as f32)) * f32::from(strength) / 255.0,
                position: position / count as f32,
                space: kind(*first),
                day: first.space == Space::Day as u8,
                sections: (text.places.len() - from) as u8,
            });
        }
    }
    finish(&mut text);
    text
}

/// Sums up the features of a text: norms and masses.
pub(super) fn finish(text: &mut Text) {
    text.norms = norms(&text.features);
    let mut masses = vec![0.0; text.lengths.len()];
    for feature in text.features.iter().filter(|it| it.space != WORD) {
        let part = feature.weight / f32::from(feature.sections.max(1));
        for &section in text.sections(feature) {
            if let Some(mass) = masses.get_mut(usize::from(section)) {
                *mass += part;
            }
        }
    }
    text.masses = masses;
    text.days = text.features.iter().filter(|it| it.day).map(|it| it.weight).sum();
}

/// Drops equal neighbours among the places from an index on.
fn fold_places(places: &mut Vec<u8>, from: usize) {
    let mut kept = from;
    for at in from..places.len() {
        let (Some(&place), last) = (places.get(at), kept.checked_sub(1)) else { continue };
        let repeated = kept > from && last.and_then(|last| places.get(last)) == Some(&place);
        if !repeated {
            if let Some(slot) = places.get_mut(kept) {
                *slot = place;
            }
            kept += 1;
        }
    }
    places.truncate(kept);
}

/// The relative position of each passage's middle in the text without furniture.
fn middles(signature: &Signature, furniture: &[bool]) -> Vec<f32> {
    let length = |(outline, cut): (&super::signature::Outline, &bool)| {
        if *cut { 0.0 } else { f32::from(outline.length) + 1.0 }
    };
    let lengths: Vec<f32> = signature.passages.iter().zip(furniture).map(length).collect();
    let whole: f32 = lengths.iter().sum::<f32>().max(1.0);
    let mut behind = 0.0;
    lengths
        .iter()
        .map(|length| {
            behind += length;
            (behind - length / 2.0) / whole
        })
        .collect()
}

/// The length of the feature vector in each space.
pub(super) fn norms(features: &[Feature]) -> [f32; SPACES] {
    let mut squares = [0.0_f32; SPACES];
    for feature in features {
        if let Some(square) = squares.get_mut(usize::from(feature.space)) {
            *square += feature.weight * feature.weight;
        }
    }
    squares.map(f32::sqrt)
}

/// How passages fold into sections.
struct Folds {
    passages: usize,
}

impl Folds {
    /// For a text of so many passages.
    fn new(passages: usize) -> Self {
        Self { passages }
    }

    /// How many sections there are.
    fn sections(&self) -> usize {
        self.passages.min(SECTIONS)
    }

    /// The section of a passage.
    fn section(&self, passage: usize) -> usize {
        if self.passages <= SECTIONS { passage } else { passage * SECTIONS / self.passages }
    }
}
