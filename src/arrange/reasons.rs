//! What carried a decision, in words for readers. Knows signatures and weighed texts, decides nothing.

use super::align::Grid;
use super::corpus::{CONCEPT, Feature, LATIN, NUMBER, SKELETON, Text};
use super::pair::Meeting;
use super::rarity::Census;
use super::signature::Signature;

/// How many examples of each kind are told.
const EXAMPLES: usize = 4;
/// The weight from which on a shared feature is worth telling.
const WORTH: f32 = 1.0;

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
struct Kinds {
    numbers: Kind,
    days: Kind,
    names: Kind,
    concepts: usize,
    glosses: usize,
    words: usize,
}

/// One kind of what is shared.
#[derive(Default)]
struct Kind {
    count: usize,
    examples: Vec<(i32, String)>,
}

impl Kind {
    /// Counts something, with its weight and its look.
    fn add(&mut self, weight: f32, surface: &str) {
        self.count += 1;
        self.examples.push(((weight * 256.0) as i32, surface.to_owned()));
    }

    /// The count with examples: `7 numbers (2500, 164…)`; nothing where there is none.
    fn told(mut self, one: &str, many: &str) -> Option<String> {
        self.examples.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut shown: Vec<String> = Vec::new();
        for (_, surface) in self.examples {
            if shown.len() < EXAMPLES && !shown.contains(&surface) {
                shown.push(surface);
            }
        }
        let noun = if self.count == 1 { one } else { many };
        let more = if self.count > shown.len() { "…" } else { "" };
        (self.count > 0).then(|| format!("{} {noun} ({}{more})", self.count, shown.join(", ")))
    }
}

/// How many names, numbers and days two texts share: what ties them to one event. Words and concepts
/// are left out, because all texts of one office share them.
pub(super) fn ties(a: &Witness<'_>, b: &Witness<'_>) -> usize {
    let kinds = kinds(a, b);
    kinds.names.count + kinds.numbers.count + kinds.days.count
}

/// What the first text shares with the second, in words: `shares 7 numbers (2500…), 11 names (…)`.
pub(super) fn shared(a: &Witness<'_>, b: &Witness<'_>) -> String {
    let kinds = kinds(a, b);
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let parts = [
        kinds.numbers.told("number", "numbers"),
        kinds.days.told("date", "dates"),
        kinds.names.told("name", "names"),
        counted(kinds.concepts, "concept", "concepts"),
        counted(kinds.words, "word", "words"),
        counted(kinds.glosses, "translated word", "translated words"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return "shares no rare words".to_owned();
    }
    format!("shares {}", parts.join(", "))
}

/// Counts what two texts share.
fn kinds(a: &Witness<'_>, b: &Witness<'_>) -> Kinds {
    let mut kinds = Kinds::default();
    let mut names: Vec<&str> = Vec::new();
    for (feature, _) in Meeting::new(&a.text.features, &b.text.features) {
        let weight = feature.weight();
        let Some(key) = a.census.key(feature.key).filter(|_| weight >= WORTH) else { continue };
        match (feature.space(), a.signature.surface(key)) {
            (NUMBER, Some(surface)) if feature.is_day() => kinds.days.add(weight, surface),
            (NUMBER, Some(surface)) => kinds.numbers.add(weight, surface),
            (LATIN | SKELETON, Some(surface)) if !names.contains(&surface) => {
                names.push(surface);
                kinds.names.add(weight, surface);
            }
            (CONCEPT, _) => kinds.concepts += 1,
            _ => {}
        }
    }
    let worth = |it: &(&Feature, &Feature)| it.0.weight() >= WORTH;
    if a.text.lang == b.text.lang {
        kinds.words = Meeting::new(&a.text.words, &b.text.words).filter(worth).count();
    }
    kinds.glosses = Meeting::new(&a.text.glosses, &b.text.glosses).filter(worth).count();
    kinds
}

/// How many passages of two texts fit each other in order: `9 of 12 passages fit in order`.
pub(super) fn fitting(a: &Text, b: &Text, offset: f32) -> String {
    let mut grid = Grid::default();
    grid.lay(a, b, |_, _| {});
    let pairs = grid.agreeing(offset);
    let whole = a.lengths.len().max(b.lengths.len());
    format!("{pairs} of {whole} passages agree")
}
