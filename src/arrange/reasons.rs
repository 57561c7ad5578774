//! What carried a decision, as readers are told it. Knows signatures and weighed texts, decides nothing.

use serde::{Deserialize, Serialize};

use super::DocumentId;
use super::align::Grid;
use super::bag::{Bag, Feature};
use super::corpus::{CONCEPT, LATIN, NUMBER, SKELETON, Text};
use super::pair::{Meeting, bags};
use super::rarity::Census;
use super::signature::Signature;

/// How many examples of each kind are told.
const EXAMPLES: usize = 4;
/// The weight from which on a shared feature is worth telling.
const WORTH: f32 = 1.0;

/// Why a document is put beside another: what the two share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The other document.
    pub with: DocumentId,
    /// What they share that is rare in the archive, kind by kind; a kind that they do not share is left out.
    pub shared: Vec<Shared>,
    /// How many passages of the two agree.
    pub agree: u32,
    /// How many passages the longer of them has.
    pub of: u32,
}

/// What two texts share of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// Of which kind.
    pub kind: SharedKind,
    /// How many they share.
    pub count: u32,
    /// The rarest of them, as the first text writes them; none of concepts and words.
    pub examples: Vec<String>,
}

/// The kinds of what two texts can share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedKind {
    /// Numbers.
    Numbers,
    /// Dates.
    Dates,
    /// Names of people, places and bodies.
    Names,
    /// Countries, languages, currencies and the like, whatever they are called.
    Concepts,
    /// Words of one language.
    Words,
    /// Words that the archive has learned to translate.
    Glosses,
}

impl SharedKind {
    /// What one of the kind is called in English, and what some are.
    fn nouns(self) -> [&'static str; 2] {
        match self {
            Self::Numbers => ["number", "numbers"],
            Self::Dates => ["date", "dates"],
            Self::Names => ["name", "names"],
            Self::Concepts => ["concept", "concepts"],
            Self::Words => ["word", "words"],
            Self::Glosses => ["translated word", "translated words"],
        }
    }
}

impl Reason {
    /// The reason in English, for tables and terminals: `shares 7 numbers (2500, 164…), 11 names (…) with
    /// pl/komentarz; 9 of 12 passages agree`.
    pub fn in_words(&self, with: &str) -> String {
        let told = |it: &Shared| {
            let more = if it.count as usize > it.examples.len() { "…" } else { "" };
            let [one, many] = it.kind.nouns();
            let noun = if it.count == 1 { one } else { many };
            let examples = match it.examples.as_slice() {
                [] => String::new(),
                some => format!(" ({}{more})", some.join(", ")),
            };
            format!("{} {noun}{examples}", it.count)
        };
        let parts: Vec<String> = self.shared.iter().map(told).collect();
        let shared = if parts.is_empty() { "no rare words".to_owned() } else { parts.join(", ") };
        format!("shares {shared} with {with}; {} of {} passages agree", self.agree, self.of)
    }
}

/// Two texts and what is known of them.
pub(super) struct Witness<'a> {
    /// The text itself, weighed.
    pub(super) text: &'a Text,
    /// Its signature.
    pub(super) signature: &'a Signature,
    /// The keys of the archive.
    pub(super) census: &'a Census,
}

/// What two texts share, counted, with examples from the first of them.
#[derive(Default)]
struct Kinds<'a> {
    numbers: Kind<'a>,
    days: Kind<'a>,
    names: Kind<'a>,
    concepts: usize,
    glosses: usize,
    words: usize,
}

/// One kind of what is shared.
#[derive(Default)]
struct Kind<'a> {
    count: usize,
    examples: Vec<(i32, &'a str)>,
}

impl<'a> Kind<'a> {
    /// Counts something, with its weight and its look.
    fn add(&mut self, weight: f32, surface: &'a str) {
        self.count += 1;
        self.examples.push(((weight * 256.0) as i32, surface));
    }

    /// The rarest of them, each once.
    fn rarest(mut self) -> Vec<String> {
        self.examples.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let mut shown: Vec<String> = Vec::new();
        for (_, surface) in self.examples {
            if shown.len() < EXAMPLES && !shown.iter().any(|it| it == surface) {
                shown.push(surface.to_owned());
            }
        }
        shown
    }
}

/// How many names, numbers and days two texts share: what ties them to one event. Words and concepts
/// are left out, because all texts of one office share them.
pub(super) fn ties(a: &Witness<'_>, b: &Witness<'_>) -> usize {
    let kinds = kinds(a, b, |_, _| ());
    kinds.names.count + kinds.numbers.count + kinds.days.count
}

/// The ties that a reason tells of.
pub(super) fn told_ties(reason: &Reason) -> usize {
    let ties = [SharedKind::Names, SharedKind::Numbers, SharedKind::Dates];
    let told = reason.shared.iter().filter(|it| ties.contains(&it.kind));
    told.map(|it| it.count as usize).sum()
}

/// What the first text shares with the second; how many of their passages agree in order, and how many the
/// longer of them has.
pub(super) fn told(a: &Witness<'_>, b: &Witness<'_>, offset: f32) -> (Vec<Shared>, u32, u32) {
    let mut grid = Grid::default();
    grid.set_rows(a.text);
    grid.set_columns(b.text);
    let shared = shared(kinds(a, b, |bags, both| grid.note(bags, both)));
    let of = a.text.lengths.len().max(b.text.lengths.len());
    (shared, grid.agreeing(offset) as u32, of as u32)
}

/// What two texts share, kind by kind.
fn shared(kinds: Kinds<'_>) -> Vec<Shared> {
    let Kinds { numbers, days, names, concepts, glosses, words } = kinds;
    let seen = [
        (SharedKind::Numbers, numbers.count, numbers.rarest()),
        (SharedKind::Dates, days.count, days.rarest()),
        (SharedKind::Names, names.count, names.rarest()),
        (SharedKind::Concepts, concepts, Vec::new()),
        (SharedKind::Words, words, Vec::new()),
        (SharedKind::Glosses, glosses, Vec::new()),
    ];
    let some = seen.into_iter().filter(|it| it.1 > 0);
    some.map(|(kind, count, examples)| Shared { kind, count: count as u32, examples }).collect()
}

/// Counts what two texts share; all of it is noted.
fn kinds<'a>(
    a: &Witness<'a>,
    b: &Witness<'_>,
    mut note: impl FnMut((&Bag, &Bag), (&Feature, &Feature)),
) -> Kinds<'a> {
    let [features, words, glosses] = bags(a.text, b.text);
    let mut kinds = Kinds::default();
    let mut names: Vec<&str> = Vec::new();
    let surfaces: Vec<(u32, &str)> = a.signature.surfaces().collect();
    for (feature, other) in Meeting::new(features.0, features.1) {
        note(features, (feature, other));
        let weight = feature.weight();
        let Some(key) = a.census.key(feature.key).filter(|_| weight >= WORTH) else { continue };
        let surface = || {
            let at = surfaces.binary_search_by_key(&key, |it| it.0).ok()?;
            surfaces.get(at).map(|it| it.1)
        };
        match feature.space() {
            CONCEPT => kinds.concepts += 1,
            NUMBER => {
                let own = if feature.is_day() { &mut kinds.days } else { &mut kinds.numbers };
                if let Some(surface) = surface() {
                    own.add(weight, surface);
                }
            }
            LATIN | SKELETON => {
                if let Some(name) = surface().filter(|it| !names.contains(it)) {
                    names.push(name);
                    kinds.names.add(weight, name);
                }
            }
            _ => {}
        }
    }
    let same = a.text.lang == b.text.lang;
    for both in Meeting::new(words.0, words.1) {
        note(words, both);
        kinds.words += usize::from(same && both.0.weight() >= WORTH);
    }
    for both in Meeting::new(glosses.0, glosses.1) {
        note(glosses, both);
        kinds.glosses += usize::from(both.0.weight() >= WORTH);
    }
    kinds
}
