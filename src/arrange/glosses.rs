//! What the words of texts mean in the archive's own pivot language, as further features of the texts. Knows
//! weighed texts and the lexicon.

use std::borrow::Cow;

use rayon::prelude::*;

use super::bag::{Bag, Feature, Filling, Kind};
use super::corpus::{GLOSS, SECTIONS, Text};
use super::lexicon::{Lexicon, Meaning};
use super::mix::Mix;
use super::rarity::{Census, FINE, ROUGH, coarse, ln};

/// Into how many ranges the words are parted, so that what is known of one range stays in the nearest caches.
const RANGES: usize = 16;
/// How many texts are gone through together, range by range.
const TOGETHER: usize = 256;

/// What the words of all texts mean, and what that weighs.
pub(super) struct Glossary {
    /// Of which there are only the meanings that count.
    lexicon: Lexicon,
    scale: Scale,
    /// How many keys the archive has.
    keys: usize,
    /// For each meaning that is the first of a word a hash of all of them; 0 for the others.
    meant: Vec<u64>,
    /// In how many texts each word of the pivot language stands as a gloss, by number.
    pub(super) texts: Vec<u32>,
}

impl Glossary {
    /// What a lexicon says of the words of all texts; and a hash of each text as it is with its glosses, out
    /// of that without them. It is made of all that glosses are made of, so that they need not be there.
    pub(super) fn new(
        mut lexicon: Lexicon,
        (texts, census): (&[Text], &Census),
        plain: &[u64],
    ) -> (Self, Vec<u64>) {
        let keys = census.len();
        let scale = Scale::new(&counts(&lexicon, texts, keys), texts.len());
        lexicon.keep(|pivot| scale.of(pivot).is_some());
        let mut meant = vec![0; lexicon.all().len()];
        let mut first = 0;
        for (at, meaning) in lexicon.all().iter().enumerate() {
            first = if meaning.first { at } else { first };
            if let Some((slot, rare)) = meant.get_mut(first).zip(scale.of(meaning.pivot)) {
                *slot = hash(*slot, (census, meaning.pivot), meaning.closeness, rare);
            }
        }
        let mut glossary = Self { lexicon, scale, keys, meant, texts: Vec::new() };
        let share = texts.len().div_ceil(rayon::current_num_threads()).max(1);
        let both = texts.par_chunks(share).zip(plain.par_chunks(share));
        let parts: Vec<(Vec<u64>, Vec<u32>)> =
            both.map(|(texts, plain)| glossary.read(texts, census, plain)).collect();
        let mut prints = Vec::with_capacity(texts.len());
        glossary.texts = vec![0; keys];
        for (some, counts) in parts {
            prints.extend(some);
            glossary.texts.iter_mut().zip(counts).for_each(|(sum, more)| *sum += more);
        }
        (glossary, prints)
    }

    /// The hashes of some texts, and in how many of them each word of the pivot language is a gloss.
    fn read(&self, texts: &[Text], census: &Census, plain: &[u64]) -> (Vec<u64>, Vec<u32>) {
        // In how many texts, and the last of these.
        let mut counts = vec![(0, 0); self.keys];
        let print = |(number, (text, plain)): (u32, (&Text, &u64))| {
            let mut print = Mix(*plain);
            let mut count = |pivot: u32| {
                if let Some((count, last)) = counts.get_mut(pivot as usize) {
                    *count += u32::from(*last != number);
                    *last = number;
                }
            };
            for (place, word) in (0..).zip(text.words.features().iter().map(|it| it.key)) {
                let meant = if text.lang == self.lexicon.pivot() {
                    let rare = self.scale.of(word).inspect(|_| count(word));
                    rare.map_or(0, |it| hash(0, (census, word), ITSELF, it))
                } else {
                    let own = self.lexicon.meant(word, text.lang);
                    let meant = own.clone().and_then(|it| self.meant.get(it.start));
                    self.lexicon.among(own).iter().for_each(|it| count(it.pivot));
                    meant.copied().unwrap_or(0)
                };
                if meant != 0 {
                    print.add(place);
                    print.add(meant);
                }
            }
            print.0
        };
        let prints = (1..).zip(texts.iter().zip(plain)).map(print).collect();
        (prints, counts.into_iter().map(|it| it.0).collect())
    }

    /// Gives texts their glosses as further features. Those that are not wanted put them off again as soon as it
    /// is known how long their vector is: the glosses of all texts take as much room as their words.
    pub(super) fn gloss(&self, texts: &mut [Text], wanted: &[bool]) {
        let wish = |it: &bool| if *it { Wish::Glosses } else { Wish::Norm };
        self.make(texts, &wanted.iter().map(wish).collect::<Vec<_>>());
    }

    /// Makes the glosses of texts as far as they are asked for.
    fn make(&self, texts: &mut [Text], wishes: &[Wish]) {
        let chunks = texts.par_chunks_mut(TOGETHER).zip(wishes.par_chunks(TOGETHER));
        chunks.for_each_init(Desk::default, |desk, (some, wishes)| {
            let asked = some.iter_mut().zip(wishes).filter(|it| *it.1 != Wish::Nothing);
            let mut asked: Vec<(&mut Text, &Wish)> = asked.collect();
            // The last glosses go before the new ones come, so that no text has both.
            for (text, _) in &mut asked {
                text.glosses = Bag::default();
            }
            desk.look_up(&asked.iter().map(|it| &*it.0).collect::<Vec<_>>(), self, None);
            for (at, (text, wish)) in asked.into_iter().enumerate() {
                text.gloss(desk.weighed(at, text, &self.scale));
                if *wish == Wish::Norm {
                    text.defer(text.gloss_norm());
                }
            }
        });
    }

    /// Puts glosses off of which it is known how long their vector is, and makes the others.
    pub(super) fn defer(&self, texts: &mut [Text], norms: &[Option<f32>]) {
        texts.par_iter_mut().zip(norms).for_each(|(text, norm)| match norm {
            Some(norm) => text.defer(*norm),
            None => text.gloss(self.all(text)),
        });
    }

    /// Gives those of some texts their glosses that have put them off.
    pub(super) fn catch_up(&self, texts: &mut [Text], some: impl Iterator<Item = u32>) {
        let mut wishes = vec![Wish::Nothing; texts.len()];
        for text in some.map(|it| it as usize) {
            let is_late = texts.get(text).is_some_and(|it| it.deferred);
            wishes.get_mut(text).filter(|_| is_late).into_iter().for_each(|it| *it = Wish::Glosses);
        }
        self.make(texts, &wishes);
    }

    /// The glosses of a text.
    fn all(&self, text: &Text) -> Bag {
        self.of(text, None, &mut Desk::default())
    }

    /// The glosses of a text, as far as they are wanted.
    pub(super) fn of(&self, text: &Text, wanted: Option<&Wanted>, desk: &mut Desk) -> Bag {
        desk.look_up(&[text], self, wanted);
        desk.weighed(0, text, &self.scale)
    }

    /// All that is asked for where some words of the pivot language are wanted as glosses.
    pub(super) fn wanted(&self, is_wanted: impl Fn(u32) -> bool) -> Wanted {
        let glosses: Vec<bool> = (0..self.keys as u32).map(is_wanted).collect();
        let is = |it: &Meaning| is_in(&glosses, it.pivot);
        let words = (0..self.keys as u32).map(|it| self.lexicon.of(it).iter().any(is));
        Wanted { words: words.collect(), glosses }
    }
}

/// What is asked for of a text's glosses: nothing, how long their vector is, or all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Nothing,
    Norm,
    Glosses,
}

/// A text with its glosses, even where they were put off.
pub(super) fn whole<'a>(glossary: Option<&Glossary>, text: &'a Text) -> Cow<'a, Text> {
    let Some(glossary) = glossary.filter(|_| text.deferred) else { return Cow::Borrowed(text) };
    let mut text = text.clone();
    text.gloss(glossary.all(&text));
    Cow::Owned(text)
}

/// Which glosses are wanted.
pub(super) struct Wanted {
    /// Which words of the pivot language, by number.
    glosses: Vec<bool>,
    /// Which words mean one of them in some language, by number.
    words: Vec<bool>,
}

impl Wanted {
    /// Whether a word can be one of them, or mean one; `own` where it is of the pivot language.
    fn asks(&self, own: bool, word: u32) -> bool {
        is_in(if own { &self.glosses } else { &self.words }, word)
    }
}

/// Whether a word, by number, is one of those that are marked.
fn is_in(marked: &[bool], word: u32) -> bool {
    marked.get(word as usize) == Some(&true)
}

/// How close a word of the pivot language is to itself.
const ITSELF: u16 = 1000;

/// A hash of meanings with one more: by the key of its word, not by the number, which any text can change.
fn hash(before: u64, (census, pivot): (&Census, u32), closeness: u16, rare: f32) -> u64 {
    let mut hash = Mix(before);
    hash.add(u64::from(census.key(pivot).unwrap_or(0)) << 16 | u64::from(closeness));
    hash.add(u64::from(rare.to_bits()));
    hash.0
}

/// Goes through the words of some texts range by range; tells the place of the text, the place of the word
/// in it and its number.
fn sweep<'t>(
    texts: impl Iterator<Item = &'t Text>,
    keys: usize,
    mut tell: impl FnMut(usize, u32, u32),
) {
    let all = texts.map(|it| (0, it.words.features()));
    let mut left: Vec<(u32, &[Feature])> = all.collect();
    for end in (1..=RANGES).map(|it| (keys * it / RANGES) as u32) {
        for (at, (place, words)) in left.iter_mut().enumerate() {
            while let Some((word, behind)) = words.split_first().filter(|it| it.0.key < end) {
                tell(at, *place, word.key);
                *place += 1;
                *words = behind;
            }
        }
    }
}

/// How often each word of the pivot language, by number, is what a word of a text means.
fn counts(lexicon: &Lexicon, texts: &[Text], keys: usize) -> Vec<u32> {
    let share = texts.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = texts.par_chunks(share).map(|some| {
        let (mut own, mut uses) = (vec![0_u32; keys], vec![0_u32; lexicon.all().len()]);
        for some in some.chunks(TOGETHER) {
            let langs: Vec<u16> = some.iter().map(|it| it.lang).collect();
            sweep(some.iter(), keys, |at, _, word| {
                let lang = langs.get(at).copied().unwrap_or_default();
                let slot = if lang == lexicon.pivot() {
                    own.get_mut(word as usize)
                } else {
                    lexicon.meant(word, lang).and_then(|it| uses.get_mut(it.start))
                };
                if let Some(slot) = slot {
                    *slot += 1;
                }
            });
        }
        (own, uses)
    });
    let add = |mut sums: Vec<u32>, more: Vec<u32>| {
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        sums
    };
    let both = parts.reduce_with(|a, b| (add(a.0, b.0), add(a.1, b.1)));
    let (mut counts, uses) = both.unwrap_or_default();
    // A word is counted at the first of its meanings in its language, and all of them mean it so often.
    let mut often = 0;
    for (meaning, uses) in lexicon.all().iter().zip(uses) {
        often = if meaning.first { uses } else { often };
        if let Some(count) = counts.get_mut(meaning.pivot as usize) {
            *count += often;
        }
    }
    counts
}

/// What a word of a text means in the pivot language: the word of the pivot language, by number; how close it
/// is, in thousandths; and which of the text's words it is, packed so that they sort in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Gloss(u64);

impl Gloss {
    /// The bits that say which of the text's words it is.
    const WORD: u32 = 22;

    /// A gloss of a word.
    fn new(pivot: u32, closeness: u16, word: u32) -> Self {
        let word = word & ((1 << Self::WORD) - 1);
        Self(u64::from(pivot) << 32 | u64::from(closeness) << Self::WORD | u64::from(word))
    }

    /// The word of the pivot language.
    fn pivot(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// How close it is, in thousandths.
    fn closeness(self) -> u32 {
        self.0 as u32 >> Self::WORD
    }

    /// Which of the text's words it is.
    fn word(self) -> usize {
        self.0 as usize & ((1 << Self::WORD) - 1)
    }
}

/// What glosses weigh, worked out once for all texts.
struct Scale {
    /// How rare each word of the pivot language is as a gloss; 0 for those that are too rare or too common.
    rare: Vec<f32>,
    /// What so many places weigh against one.
    places: Vec<f32>,
}

impl Scale {
    /// For words of the pivot language that stand so often in an archive of so many texts.
    fn new(counts: &[u32], texts: usize) -> Self {
        let all = coarse(texts as u32 + 50, FINE);
        let rarity = |count: &u32| {
            let frequency = coarse(*count, ROUGH);
            let counts = *count >= 2 && frequency < 0.25 * all;
            if counts { ln(all / (frequency + 0.5)) } else { 0.0 }
        };
        let places = (0..=SECTIONS).map(|it| 1.0 + ln(it.max(1) as f32)).collect();
        Self { rare: counts.iter().map(rarity).collect(), places }
    }

    /// How rare a word is; `None` where it does not count.
    fn of(&self, pivot: u32) -> Option<f32> {
        self.rare.get(pivot as usize).copied().filter(|it| *it > 0.0)
    }
}

/// Room for the glosses of some texts while they are weighed.
#[derive(Default)]
pub(super) struct Desk {
    /// The glosses of each text.
    glosses: Vec<Vec<Gloss>>,
    sections: Vec<usize>,
    bag: Filling,
}

impl Desk {
    /// Looks up what the words of some texts mean in the pivot language, as far as it counts and is wanted.
    fn look_up(&mut self, texts: &[&Text], glossary: &Glossary, wanted: Option<&Wanted>) {
        let Glossary { lexicon, .. } = glossary;
        self.glosses.resize_with(texts.len(), Vec::new);
        self.glosses.iter_mut().for_each(Vec::clear);
        sweep(texts.iter().copied(), glossary.keys, |at, place, word| {
            let (Some(text), Some(glosses)) = (texts.get(at), self.glosses.get_mut(at)) else {
                return;
            };
            let is_asked = |own, word| wanted.is_none_or(|it| it.asks(own, word));
            let own = text.lang == lexicon.pivot();
            if !is_asked(own, word) {
                return;
            }
            if own {
                glosses.push(Gloss::new(word, ITSELF, place));
            } else {
                let meant = lexicon.among(lexicon.meant(word, text.lang)).iter();
                let meant = meant.filter(|it| is_asked(true, it.pivot));
                glosses.extend(meant.map(|it| Gloss::new(it.pivot, it.closeness, place)));
            }
        });
    }

    /// The glosses of a text, weighed.
    fn weighed(&mut self, at: usize, text: &Text, scale: &Scale) -> Bag {
        let Self { glosses, sections, bag } = self;
        let Some(glosses) = glosses.get_mut(at) else { return Bag::default() };
        glosses.sort_unstable();
        let middles = middles(text);
        for same in glosses.chunk_by(|a, b| a.pivot() == b.pivot()) {
            let Some(gloss) = same.last() else { continue };
            let Some(rare) = scale.of(gloss.pivot()) else { continue };
            sections.clear();
            let words = same.iter().filter_map(|it| text.words.features().get(it.word()));
            sections.extend(words.flat_map(|it| text.words.sections(it).iter()));
            if same.len() > 1 {
                sections.sort_unstable();
                sections.dedup();
            }
            let at = |section: &usize| middles.get(*section).copied().unwrap_or(0.5);
            let places = scale.places.get(sections.len()).copied().unwrap_or(1.0);
            let kind = Kind {
                key: gloss.pivot(),
                weight: rare * places * gloss.closeness() as f32 / 1000.0,
                position: sections.iter().map(at).sum::<f32>() / sections.len().max(1) as f32,
                space: GLOSS,
                day: false,
            };
            bag.add(kind, sections.iter().copied());
        }
        bag.take()
    }
}

/// The relative position of each section's middle.
fn middles(text: &Text) -> Vec<f32> {
    let whole = text.length().max(1.0);
    let mut behind = 0.0;
    let middle = |length: &f32| {
        behind += length;
        (behind - length / 2.0) / whole
    };
    text.lengths.iter().map(middle).collect()
}
