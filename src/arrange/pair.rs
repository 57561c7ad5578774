//! One pair of texts in numbers: what a verdict stands on. Knows two weighed texts, no third.

use super::align::Grid;
use super::alike::{ALIKE, alike};
use super::bag::{Bag, Feature};
use super::corpus::{SPACES, Text, WORD};
use super::rarity::ln;
use super::seats::Best;

/// How many numbers describe a pair.
pub(super) const MEASURES: usize = 72;

/// Which measure says that both texts are in one language.
pub(super) const SAME_LANGUAGE: usize = SPACES * 3 + 2;

/// Which measure says what the best alignment gains, section by section.
pub(super) const GAIN: usize = SPACES * 3 + 13;

/// How far apart two places are that still are near, as a share of the text.
const NEAR: f32 = 0.12;

/// A pair in numbers: first its own, then how it stands among its rivals.
pub(super) type Measures = [f32; MEASURES];

/// How many of the measures are the pair's own.
pub(super) const OWN: usize = MEASURES - COMPETITION - CONTEST;
/// How many of them say something across languages; the others, the last, are of two texts in one language.
pub(super) const ACROSS: usize = OWN - ALIKE;
/// How many of the measures compare the pair with its rivals.
const COMPETITION: usize = 11;
/// How many measures compare the pair's first verdict with that of its rivals.
const CONTEST: usize = 3;

/// What the features shared by two texts sum up to.
#[derive(Default)]
struct Shared {
    dots: [f32; SPACES],
    mass: f32,
    /// What shared days weigh.
    days: f32,
    near: f32,
    distance: f32,
    /// Sums for a weighed correlation: x, y, xx, yy, xy.
    moments: [f32; 5],
}

impl Shared {
    /// Adds a feature that both texts have.
    fn add(&mut self, a: &Feature, b: &Feature) {
        if let Some(dot) = self.dots.get_mut(usize::from(a.space())) {
            *dot += a.weight() * b.weight();
        }
        if a.space() == WORD {
            return;
        }
        let weight = a.weight().min(b.weight());
        let (x, y) = (a.position(), b.position());
        let distance = (x - y).abs();
        self.mass += weight;
        if a.is_day() {
            self.days += weight;
        }
        self.distance += weight * distance;
        if distance < NEAR {
            self.near += weight;
        }
        for (sum, value) in self.moments.iter_mut().zip([x, y, x * x, y * y, x * y]) {
            *sum += weight * value;
        }
    }

    /// The correlation of the positions in both texts.
    fn correlation(&self) -> f32 {
        let mass = self.mass.max(1e-6);
        let [x, y, xx, yy, xy] = self.moments.map(|it| it / mass);
        let spread = ((xx - x * x) * (yy - y * y)).max(0.0).sqrt();
        if spread < 1e-4 { 0.0 } else { ((xy - x * y) / spread).clamp(-1.0, 1.0) }
    }
}

/// A text that others are measured against, one after the other.
#[derive(Default)]
pub(super) struct Bench {
    text: Option<u32>,
    seats: [Seats; 3],
    /// Places of features of another text that are shared, and room behind them.
    hits: Vec<u32>,
    grid: Grid,
}

impl Bench {
    /// Sets the text, by its number, unless it is there.
    pub(super) fn set(&mut self, number: u32, text: &Text) {
        if self.text.replace(number) != Some(number) {
            self.grid.set_rows(text);
            for (seats, bag) in
                self.seats.iter_mut().zip([&text.features, &text.words, &text.glosses])
            {
                seats.fill(bag);
            }
        }
    }

    /// What the text shares with another one; both are laid on the grid.
    fn meet(&mut self, a: &Text, b: &Text) -> Shared {
        let mut shared = Shared::default();
        self.grid.set_columns(b);
        for (seats, bags) in self.seats.iter().zip(bags(a, b)) {
            for (one, other) in seats.meet(bags, &mut self.hits) {
                shared.add(one, other);
                self.grid.note(bags, (one, other));
            }
        }
        shared
    }
}

/// Where the keys of a bag stand in it, found in one step: for each 64 keys which of them it has, and the
/// place of the first of these.
#[derive(Default)]
struct Seats {
    keys: Vec<u64>,
    places: Vec<u32>,
    filled: Vec<u32>,
}

impl Seats {
    /// Takes the keys of a bag instead of those of the last one.
    fn fill(&mut self, bag: &Bag) {
        for row in self.filled.drain(..) {
            if let Some(keys) = self.keys.get_mut(row as usize) {
                *keys = 0;
            }
        }
        let highest = bag.features().last().map_or(0, |it| it.key as usize / 64 + 1);
        if self.keys.len() < highest {
            self.keys.resize(highest, 0);
            self.places.resize(highest, 0);
        }
        for (at, key) in (0..).zip(bag.features().iter().map(|it| it.key)) {
            let row = key as usize / 64;
            if let (Some(keys), Some(place)) = (self.keys.get_mut(row), self.places.get_mut(row)) {
                if *keys == 0 {
                    *place = at;
                    self.filled.push(key / 64);
                }
                *keys |= 1 << (key % 64);
            }
        }
    }

    /// The features that the bag shares with another one, by key.
    fn meet<'a>(
        &'a self,
        (own, other): (&'a Bag, &'a Bag),
        hits: &'a mut Vec<u32>,
    ) -> impl Iterator<Item = (&'a Feature, &'a Feature)> {
        let others = other.features();
        if hits.len() <= others.len() {
            hits.resize(others.len() + 1, 0);
        }
        let mut count = 0;
        for (at, key) in (0..).zip(others.iter().map(|it| it.key)) {
            // Written always and kept when shared: so the loop has no branch that cannot be foreseen.
            if let Some(slot) = hits.get_mut(count) {
                *slot = at;
            }
            let keys = self.keys.get(key as usize / 64).copied().unwrap_or(0);
            count += (keys >> (key % 64) & 1) as usize;
        }
        hits.iter().take(count).filter_map(|at| {
            let it = others.get(*at as usize)?;
            let row = it.key as usize / 64;
            let (keys, bit) = (*self.keys.get(row)?, 1 << (it.key % 64));
            let place = self.places.get(row)? + (keys & (bit - 1)).count_ones();
            Some((own.features().get(place as usize)?, it))
        })
    }
}

/// Measures a pair of which the first text is set on the bench; `offset` is the logarithm of the ratio of
/// their lengths that their languages let expect.
pub(super) fn measure(a: &Text, b: &Text, offset: f32, bench: &mut Bench) -> Measures {
    let shared = bench.meet(a, b);
    let mut writer = Writer { measures: [0.0; MEASURES], at: 0 };
    let cosines = cosines(&shared, a, b);
    for (space, cosine) in cosines.iter().enumerate() {
        let least = a.norm(space).min(b.norm(space));
        writer.write(&[*cosine, cosine.sqrt(), cosine * ln(1.0 + least).min(5.0)]);
    }
    length_measures(a, b, offset, &mut writer);
    let same = f32::from(u8::from(a.speaks_as(b)));
    writer.write(&[same, same * cosines.get(usize::from(WORD)).copied().unwrap_or(0.0)]);
    order_measures(&shared, a, b, &mut writer);
    let fit = bench.grid.fit(a, b, offset);
    let sections = a.passages().min(b.passages()).max(1) as f32;
    let whole = a.passages().max(b.passages()).max(1) as f32;
    writer.write(&[
        fit.gain / 10.0,
        fit.gain / sections,
        fit.lengths / fit.pairs.max(1.0),
        fit.first.min(fit.second),
        fit.first.max(fit.second),
        ln(1.0 + fit.pairs),
        fit.shared,
        fit.mutual,
        sections / whole,
        fit.pairs / whole,
        if a.passages() == b.passages() { ln(sections) } else { 0.0 },
        fit.title,
    ]);
    number_measures(&shared, a, b, &mut writer);
    if a.speaks_as(b) {
        writer.write(&alike(a, b, shared.dots[usize::from(WORD)]));
    }
    writer.measures
}

/// The cosine in each space.
fn cosines(shared: &Shared, a: &Text, b: &Text) -> [f32; SPACES] {
    let mut cosines = shared.dots;
    for (cosine, (one, other)) in cosines.iter_mut().zip(a.norms.iter().zip(&b.norms)) {
        let norm = one * other;
        *cosine = if norm > 0.0 { (*cosine / norm).min(1.0) } else { 0.0 };
    }
    cosines
}

/// How well the lengths of both texts fit.
fn length_measures(a: &Text, b: &Text, offset: f32, writer: &mut Writer) {
    let ratio = ln((a.length() + 1.0) / (b.length() + 1.0)) - offset;
    let distance = ratio.abs().min(2.0);
    writer.write(&[distance, 1.0 / (1.0 + 9.0 * distance * distance)]);
}

/// How well the order of what they share fits.
fn order_measures(shared: &Shared, a: &Text, b: &Text, writer: &mut Writer) {
    let (one, other) = (a.mass(), b.mass());
    let correlation = shared.correlation();
    let mass = ln(1.0 + shared.mass);
    writer.write(&[
        correlation,
        shared.distance / shared.mass.max(1.0),
        mass,
        ln(1.0 + shared.near),
        shared.near / one.min(other).max(1.0),
        shared.near / one.max(other).max(1.0),
        correlation * mass,
        shared.mass / one.min(other).max(1.0),
    ]);
}

/// How far numbers and days agree: what one text says and the other does not counts against the pair.
fn number_measures(shared: &Shared, a: &Text, b: &Text, writer: &mut Writer) {
    let (dot, [one, other]) = (shared.dots[0], [a.norms[0], b.norms[0]]);
    let (less, more) = (one.min(other), one.max(other));
    let part = |norm: f32| if norm > 0.0 { (dot / (norm * norm + 4.0)).min(1.0) } else { 0.0 };
    let days = a.days.min(b.days);
    let agreed = if days > 0.0 { (shared.days / days).min(1.0) } else { 0.0 };
    let apart = if days > 0.0 { 1.0 - agreed } else { 0.0 };
    writer.write(&[part(less), part(more), agreed, apart, ln(1.0 + less)]);
}

/// Writes measures one after the other.
struct Writer {
    measures: Measures,
    at: usize,
}

impl Writer {
    /// Writes some measures.
    fn write(&mut self, values: &[f32]) {
        for value in values {
            if let Some(slot) = self.measures.get_mut(self.at) {
                *slot = *value;
            }
            self.at += 1;
        }
    }
}

/// The features that two bags share, by key.
pub(super) struct Meeting<'a> {
    a: &'a [Feature],
    b: &'a [Feature],
}

impl<'a> Meeting<'a> {
    /// Before the first shared feature.
    pub(super) fn new(a: &'a Bag, b: &'a Bag) -> Self {
        Self { a: a.features(), b: b.features() }
    }
}

impl<'a> Iterator for Meeting<'a> {
    type Item = (&'a Feature, &'a Feature);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let ((one, a), (other, b)) = (self.a.split_first()?, self.b.split_first()?);
            // Both may step on; said so, the loop has no branch that cannot be foreseen.
            self.a = if one.key <= other.key { a } else { self.a };
            self.b = if other.key <= one.key { b } else { self.b };
            if one.key == other.key {
                return Some((one, other));
            }
        }
    }
}

/// The bags in which two texts meet. Words are of one language, as a rule; what two languages write alike,
/// they mostly share.
pub(super) fn bags<'a>(a: &'a Text, b: &'a Text) -> [(&'a Bag, &'a Bag); 3] {
    [(&a.features, &b.features), (&a.words, &b.words), (&a.glosses, &b.glosses)]
}

/// The cosine of the words of two texts.
pub(super) fn words(a: &Text, b: &Text) -> f32 {
    let mut shared = Shared::default();
    Meeting::new(&a.words, &b.words).for_each(|(a, b)| shared.add(a, b));
    cosines(&shared, a, b).get(usize::from(WORD)).copied().unwrap_or(0.0)
}

/// How much two texts share over all kinds: what their rivals are compared by.
pub(super) fn likeness(measures: &Measures) -> f32 {
    const SHARES: [f32; SPACES] = [1.0, 1.0, 1.0, 0.7, 0.7, 0.7, 1.5];
    SHARES.iter().enumerate().filter_map(|(at, share)| Some(share * measures.get(at * 3)?)).sum()
}

/// What is known of the rivals of a pair: the likeness of the best and second best text in the partner's
/// language, for both.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rivals {
    /// The best of the first text's row.
    pub(super) first_best: f32,
    /// The second best of the first text's row.
    pub(super) first_second: f32,
    /// The best of the second text's row.
    pub(super) second_best: f32,
    /// The second best of the second text's row.
    pub(super) second_second: f32,
}

/// How far a value is before the second best where it is the best, or behind the best.
pub(super) fn lead(value: f32, (best, second): Best) -> f32 {
    if value >= best { value - second } else { value - best }
}

/// How a pair stands among its rivals. `small` says how small the archive is, from 0 to 1: the fewer texts,
/// the less is known of what is common, and of rivals.
pub(super) fn compete(base: f32, gain: f32, small: f32, rivals: &Rivals) -> [f32; COMPETITION] {
    let first = lead(base, (rivals.first_best, rivals.first_second));
    let second = lead(base, (rivals.second_best, rivals.second_second));
    let wins = |best: f32| f32::from(u8::from(base >= best));
    let (one, other) = (wins(rivals.first_best), wins(rivals.second_best));
    let share = |best: f32| base / best.max(1e-3);
    let low = rivals.first_best.min(rivals.second_best);
    let high = rivals.first_best.max(rivals.second_best);
    [
        base,
        first + second,
        first.min(second),
        one * other,
        one + other,
        share(low),
        share(high),
        base * one * other,
        small,
        small * base,
        small * gain,
    ]
}

/// How the first verdict on a pair stands among those on its rivals; all of them are logits.
pub(super) fn contest(logit: f32, rivals: &Rivals) -> [f32; CONTEST] {
    let calm = |lead: f32| (lead / 4.0).clamp(-2.0, 2.0);
    let first = calm(lead(logit, (rivals.first_best, rivals.first_second)));
    let second = calm(lead(logit, (rivals.second_best, rivals.second_second)));
    [first + second, first.min(second), (logit / 4.0).clamp(-4.0, 4.0)]
}
