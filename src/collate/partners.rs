//! Which words of two languages gloss each other: those that stand in the same rows more often than
//! chance (Dice coefficient over rows, discounted; after Levy, Søgaard and Goldberg 2017), and that are
//! the best for each other in those rows.
//!
//! Knows where words stand, and nothing of texts. One word at a time walks through all that it meets, one
//! language after the other, with a list of the words of that language at hand (the sparse accumulator of
//! Gustavson 1978), three times: to count what it shares with each, to tell in every row how strong its best
//! partner is there, and to share the row among its partners. A pair that is too weak to be kept is dropped
//! at once: a share is never more than the count, so that a weak pair is never the best of a word that has a
//! strong one.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::pairing::{Counts, Joint};
use super::taught::{Pair, Taught};
use crate::vocab::lists::Lists;

/// The least association that is kept.
const LEAST: f32 = 0.15;
/// A whole row, in the unit in which shares of rows are counted.
const WHOLE: f32 = 256.0;
/// What is taken from the shared rows of two words, for those that chance brings together.
const CHANCE: f32 = 1.0;
/// How many words a worker takes at a time.
const BATCH: u32 = 64;

/// The words of later languages that could gloss a word, language by language, and how strong their rows
/// make each.
type Partners = Vec<(u32, f32)>;

/// A word, by its place among all and in its language, and two languages: its own and one it meets.
#[derive(Clone, Copy)]
struct Walk {
    word: u32,
    place: usize,
    langs: (usize, usize),
}

/// How strong the best partner of each cell is in each version of its row, as the bits of a number: those of
/// positive numbers are in the order of the numbers.
struct Tops(Vec<AtomicU32>);

impl Tops {
    /// Before any partner is known.
    fn new(count: usize) -> Self {
        Self((0..count).map(|_| AtomicU32::new(0)).collect())
    }

    /// Some of them, one behind the other.
    fn of(&self, tops: Range<usize>) -> &[AtomicU32] {
        self.0.get(tops).unwrap_or_default()
    }

    /// One of them.
    fn at(&self, top: usize) -> f32 {
        self.0.get(top).map_or(0.0, read)
    }
}

/// The number of a top.
fn read(top: &AtomicU32) -> f32 {
    f32::from_bits(top.load(Ordering::Relaxed))
}

/// Makes a top at least as high as a number.
fn raise(top: &AtomicU32, strength: f32) {
    let bits = strength.to_bits();
    if top.load(Ordering::Relaxed) < bits {
        top.fetch_max(bits, Ordering::Relaxed);
    }
}

/// Lists of the words of one language, for one word at a time.
struct Room {
    joint: Vec<Joint>,
    met: Vec<u32>,
    /// How strong each word is, and what it has of the rows.
    shares: Vec<(f32, u32)>,
    found: Partners,
}

impl Counts {
    /// What glosses each word: pairs compete in every row, and count as much as each is the best that both
    /// words can find.
    pub(crate) fn glosses(&self) -> Taught {
        let pairs = self.pairs();
        Taught::new(self.numbers(), &|| pairs.iter().copied())
    }

    /// The pairs that gloss each other, of languages of which that is not known.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let tops = Tops::new(self.tops());
        let partners = self.each(&|room, own| self.partners(room, own, &tops));
        let won = self.each(&|room, own| self.won(room, (own, partners.of(own)), &tops));
        let all = 0..self.numbers().len() as u32;
        all.flat_map(|own| won.of(own).iter().map(move |it| (own, *it))).collect()
    }

    /// What is found for each word, by one worker or all; it is left in the room.
    fn each(&self, find: &(dyn Fn(&mut Room, u32) + Sync)) -> Lists<(u32, f32)> {
        let room = || Room {
            joint: vec![Joint::default(); self.most()],
            met: Vec::new(),
            shares: vec![(0.0, 0); self.most()],
            found: Vec::new(),
        };
        let some = |room: &mut Room, words: Range<u32>| {
            let mut lists = Lists::default();
            for own in words {
                find(room, own);
                lists.push(&mut room.found);
            }
            lists
        };
        let count = self.numbers().len() as u32;
        if !self.demand().shared {
            return some(&mut room(), 0..count);
        }
        let batches = (0..count.div_ceil(BATCH)).into_par_iter();
        let batch = |at: u32| at * BATCH..count.min((at + 1) * BATCH);
        let found = batches.map_init(room, |room, at| some(room, batch(at)));
        let mut all = Lists::default();
        for some in found.collect::<Vec<_>>() {
            all.append(some);
        }
        all
    }

    /// The walks of a word through the languages behind its own, as far as it is to be found what they teach.
    fn walks(&self, word: u32) -> impl Iterator<Item = Walk> {
        let lang = self.lang(word);
        let place = (word - self.own(lang).start) as usize;
        let others = (lang + 1..self.tongues()).filter(move |other| !self.knows(lang, *other));
        others.map(move |other| Walk { word, place, langs: (lang, other) })
    }

    /// The words that could gloss a word; tells in every row how strong the best of them is.
    fn partners(&self, room: &mut Room, own: u32, tops: &Tops) {
        let demand = self.demand();
        for walk in self.walks(own) {
            let dice = self.dice(walk);
            if dice.own < demand.statements {
                continue;
            }
            self.count(room, walk);
            let (begin, words) = (room.found.len(), self.own(walk.langs.1));
            for place in room.met.drain(..) {
                let joint = room.joint.get_mut(place as usize).map(std::mem::take);
                let often = joint.filter(|it| it.is_often(demand.statements));
                let Some(joint) = often else { continue };
                let strength = dice.of(place, joint.count as f32 - demand.discount);
                if strength >= LEAST {
                    room.found.push((words.start + place, strength));
                    if let Some(slot) = room.shares.get_mut(place as usize) {
                        slot.0 = strength;
                    }
                }
            }
            if room.found.len() > begin {
                self.raise(room, walk, tops);
            }
            for (other, _) in room.found.get(begin..).unwrap_or_default() {
                if let Some(slot) = room.shares.get_mut((other - words.start) as usize) {
                    slot.0 = 0.0;
                }
            }
        }
    }

    /// Counts what a word shares with each word of a language.
    fn count(&self, room: &mut Room, walk: Walk) {
        self.beside(walk.word, walk.langs.1).for_each(|beside| {
            for &place in beside.cells {
                let Some(joint) = room.joint.get_mut(place as usize) else { continue };
                if joint.count == 0 {
                    room.met.push(place);
                }
                joint.add(beside.statement);
            }
        });
    }

    /// Raises the tops of a word and of its partners in a language.
    fn raise(&self, room: &Room, walk: Walk, tops: &Tops) {
        self.beside(walk.word, walk.langs.1).for_each(|beside| {
            let mut best = 0.0_f32;
            for (&place, top) in beside.cells.iter().zip(tops.of(beside.tops)) {
                // Most are no partners and have no strength, which raises nothing.
                let strength = room.shares.get(place as usize).map_or(0.0, |it| it.0);
                raise(top, strength);
                best = best.max(strength);
            }
            if let Some(top) = tops.0.get(beside.top) {
                raise(top, best);
            }
        });
    }

    /// What is left of a word's partners when they have competed in every row.
    fn won(&self, room: &mut Room, (own, partners): (u32, &[(u32, f32)]), tops: &Tops) {
        let mut rest = partners;
        for walk in self.walks(own) {
            let words = self.own(walk.langs.1);
            let some;
            (some, rest) = rest.split_at(rest.partition_point(|it| it.0 < words.end));
            if some.is_empty() {
                continue;
            }
            for (other, strength) in some {
                if let Some(slot) = room.shares.get_mut((other - words.start) as usize) {
                    slot.0 = *strength;
                }
            }
            self.share(room, walk, tops);
            let dice = self.dice(walk);
            for &(other, _) in some {
                let place = other - words.start;
                let share = room.shares.get_mut(place as usize);
                let share = share.map_or(0, |it| std::mem::take(it).1);
                let strength = dice.of(place, share as f32 / WHOLE - CHANCE);
                if strength >= LEAST {
                    room.found.push((other, strength));
                }
            }
        }
    }

    /// Shares the rows of a word among its partners in a language.
    fn share(&self, room: &mut Room, walk: Walk, tops: &Tops) {
        self.beside(walk.word, walk.langs.1).for_each(|beside| {
            let best = tops.at(beside.top);
            for (&place, top) in beside.cells.iter().zip(tops.of(beside.tops)) {
                let Some((strength, sum)) = room.shares.get_mut(place as usize) else { continue };
                if *strength > 0.0 {
                    let share = *strength * *strength / (best * read(top));
                    *sum += (share * share * WHOLE) as u32;
                }
            }
        });
    }

    /// What the association of a word with those of a language is told from.
    fn dice(&self, Walk { place, langs: (own, other), .. }: Walk) -> Dice<'_> {
        let rows = self.rows(own, other).get(place).copied().unwrap_or(0);
        Dice { own: rows, others: self.rows(other, own) }
    }
}

/// In how many rows of a word another language is present, and in how many of each word of that language the
/// word's own.
struct Dice<'a> {
    own: u32,
    others: &'a [u32],
}

impl Dice<'_> {
    /// The Dice coefficient of the word and another one over the rows where both languages stand.
    fn of(&self, other: u32, joint: f32) -> f32 {
        let rows = self.own + self.others.get(other as usize).copied().unwrap_or(0);
        2.0 * joint / (rows as f32).max(1.0)
    }
}
