//! From witnesses to rows: weaving, learning the statement's own words, cutting, and weaving again.

use super::affinity::{Affinity, Rarity};
use super::again;
use super::certainty;
use super::cut::{self, Knife};
use super::evidence::Text;
use super::index::Index;
use super::keys::Keys;
use super::lexicon::{Dictionary, Glosses};
use super::overlong;
use super::pairing::RowWords;
use super::quires::{self, Quire};
use super::relay::{self, Known};
use super::segment::{self, Segment};
use super::stretch;
use super::weave::{Loom, Row};

/// Segments and the rows they stand in.
#[derive(Default)]
pub(crate) struct Woven {
    pub(crate) segments: Vec<Segment>,
    pub(crate) rows: Vec<Row>,
    /// The keys of all evidence.
    pub(crate) keys: Keys,
    /// How sure each row is, from 0 to 100.
    pub(crate) certainty: Vec<u8>,
}

/// How sure a segment is, in hundredths, that its words alone have laid where no way leads.
const BY_WORDS: u8 = 50;

/// How often every version is taken out and laid anew with what the statement itself has taught.
const REFINED: usize = 2;

/// How often all versions are laid by likelihood, each time with what the rows before have taught.
const RELAID: usize = 2;

/// Weaves the versions of a statement.
pub(crate) fn weave(texts: &[Text], dictionary: &Dictionary) -> Woven {
    let mut pieces = pieces(texts, &|own| woven(own, dictionary));
    if pieces.len() == 1 {
        return pieces.swap_remove(0).0;
    }
    let mut whole = Woven::default();
    for (woven, begins) in pieces {
        whole.bind(woven, &begins);
    }
    whole.tidy();
    whole
}

/// What the rows of a statement teach, woven whole.
pub(crate) fn lessons(texts: &[Text], dictionary: &Dictionary) -> Lessons {
    taught(texts, &|own| woven(own, dictionary))
}

/// What they teach when they are only woven for the first time, by what is known before.
pub(crate) fn sketches(texts: &[Text], dictionary: &Dictionary) -> Lessons {
    taught(texts, &|own| sketched(own, dictionary).0)
}

/// Rows of words, and the keys by which they are numbered.
pub(crate) type Lessons = Vec<(Vec<RowWords>, Keys)>;

/// What the rows of a statement teach.
fn taught(texts: &[Text], weave: Weaving) -> Lessons {
    let pieces = pieces(texts, weave).into_iter();
    pieces.map(|(woven, _)| (woven.row_words(texts), woven.keys)).collect()
}

/// How versions are woven.
type Weaving<'a> = &'a dyn Fn(&[Text]) -> Woven;

/// The versions of a statement woven in one piece or quire by quire, and with which passages each begins.
fn pieces(texts: &[Text], weave: Weaving) -> Vec<(Woven, Vec<u32>)> {
    let quires = quires::quires(texts);
    if quires.is_empty() {
        return vec![(weave(texts), vec![0; texts.len()])];
    }
    let own = |quire: Quire| (weave(&quire.texts), quire.begins);
    quires.into_iter().map(own).collect()
}

/// Weaves versions in one piece. They are laid by likelihood once before the statement teaches anything: what
/// it teaches speaks for where its versions stand, be that right or wrong.
fn woven(texts: &[Text], dictionary: &Dictionary) -> Woven {
    let (mut woven, known, stretch) = sketched(texts, dictionary);
    let index = Index::new(&woven.segments, &known, texts.len());
    woven.lay((&index, Known::Before), &stretch);
    woven.again(texts, &known, stretch.clone());
    for _ in 0..RELAID {
        woven.relay(texts, &known, &stretch);
    }
    let affinity = Affinity::new(&woven.segments, &known);
    for at in again::settle(&woven.segments, &affinity, &mut woven.rows) {
        if let Some(segment) = woven.segments.get_mut(at) {
            segment.sure = segment.sure.max(BY_WORDS);
        }
    }
    woven.certainty = certainty::certainties(&woven.segments, &affinity, &woven.rows);
    woven
}

/// The rows of a first weaving, the glosses that it stands on, and how much longer than the mean each
/// version says things.
fn sketched(texts: &[Text], dictionary: &Dictionary) -> (Woven, Glosses, Vec<f32>) {
    let traces: usize = texts.iter().flat_map(Text::read).map(|it| it.1.len()).sum();
    let mut keys = Keys::with_room(traces / 2);
    let read = texts.iter().enumerate();
    let segments = read.flat_map(|(place, it)| segment::segments(place, it, &mut keys)).collect();
    let known = dictionary.glosses(&mut keys);
    let mut woven = Woven { segments, rows: Vec::new(), keys, certainty: Vec::new() };
    let affinity = Affinity::new(&woven.segments, &known);
    let own = woven.by_witness(texts.len());
    let guessed = stretch::guessed(&woven.segments, texts.len());
    let loom = Loom::new(&woven.segments, &affinity, guessed);
    let rows = loom.refine(loom.weave(&own), &own);
    let stretch = loom.stretches(&rows);
    woven.rows = rows;
    woven.tidy();
    (woven, known, stretch)
}

impl Woven {
    /// Adds a quire in which each version begins with a passage.
    fn bind(&mut self, mut quire: Self, begins: &[u32]) {
        let base = self.segments.len();
        for segment in &mut quire.segments {
            segment.passage += begins.get(segment.witness).copied().unwrap_or(0);
        }
        for at in quire.rows.iter_mut().flat_map(|row| &mut row.cells).flatten() {
            *at += base;
        }
        self.segments.append(&mut quire.segments);
        self.rows.append(&mut quire.rows);
        self.certainty.append(&mut quire.certainty);
    }

    /// Weaves once more with what the rows have taught, parts rows and cuts segments.
    fn again(&mut self, texts: &[Text], known: &Glosses, stretch: Vec<f32>) {
        let glosses = known.with(&self.row_words(texts));
        let affinity = Affinity::new(&self.segments, &glosses);
        let own = self.by_witness(texts.len());
        let mut loom = Loom::new(&self.segments, &affinity, stretch);
        let mut rows = std::mem::take(&mut self.rows);
        for _ in 0..REFINED {
            rows = loom.refine(rows, &own);
        }
        loom.stretch = loom.stretches(&rows);
        let mut rows = cut::part(&loom, rows);
        let knife = Knife { texts, rarity: affinity.rarity(), glosses: &glosses };
        let long = overlong::stretch_out(&loom, &knife, &mut rows);
        knife.cut(&mut self.segments, &mut rows, &long);
        self.rows = rows;
        self.tidy();
    }

    /// Lays every version anew by likelihood, with what the rows have taught.
    fn relay(&mut self, texts: &[Text], known: &Glosses, stretch: &[f32]) {
        let glosses = known.with(&self.row_words(texts));
        let index = Index::new(&self.segments, &glosses, texts.len());
        self.lay((&index, Known::Taught), stretch);
        if !cut::spread(self.segments.len(), &self.rows).is_empty() {
            let rarity = &Rarity::new(&self.segments, &glosses);
            let knife = Knife { texts, rarity, glosses: &glosses };
            knife.cut(&mut self.segments, &mut self.rows, &[]);
        }
        self.tidy();
    }

    /// Lays every version anew by likelihood, with what an index knows.
    fn lay(&mut self, index: (&Index, Known), stretch: &[f32]) {
        let rows = std::mem::take(&mut self.rows);
        self.rows = relay::relay(&mut self.segments, index, rows, stretch);
    }

    /// Forgets segments that stand in no row, and numbers the rest in the order of the texts.
    fn tidy(&mut self) {
        let mut used: Vec<usize> =
            self.rows.iter().flat_map(|row| row.cells.iter().flatten().copied()).collect();
        used.sort_unstable();
        used.dedup();
        used.retain(|&at| at < self.segments.len());
        used.sort_by_key(|&at| {
            self.segments.get(at).map(|it| (it.witness, it.passage, it.range.0))
        });
        let mut number = vec![usize::MAX; self.segments.len()];
        for (new, &old) in used.iter().enumerate() {
            if let Some(place) = number.get_mut(old) {
                *place = new;
            }
        }
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            let renumbered = cell.iter().filter_map(|&at| number.get(at).copied());
            let mut fresh: Vec<usize> = renumbered.filter(|&at| at != usize::MAX).collect();
            fresh.sort_unstable();
            *cell = fresh;
        }
        self.rows.retain(|row| !row.is_empty());
        let kept = used.iter().filter_map(|&at| self.segments.get_mut(at).map(std::mem::take));
        self.segments = kept.collect();
    }

    /// Segment numbers by witness, in each version's order.
    fn by_witness(&self, witnesses: usize) -> Vec<Vec<usize>> {
        let mut own = vec![Vec::new(); witnesses];
        for (at, segment) in self.segments.iter().enumerate() {
            if let Some(list) = own.get_mut(segment.witness) {
                list.push(at);
            }
        }
        own
    }

    /// The words of every row in which versions meet, for learning.
    pub(crate) fn row_words(&self, texts: &[Text]) -> Vec<RowWords> {
        let number = |witness: usize| {
            let base = texts.get(witness).map_or("", |it| it.lang.base());
            base.bytes().fold(0u16, |sum, byte| sum.wrapping_mul(37).wrapping_add(u16::from(byte)))
        };
        let words = |cell: &Vec<usize>| -> Vec<u32> {
            let segments = cell.iter().filter_map(|&at| self.segments.get(at));
            let marks = segments.flat_map(|segment| segment.marks.iter().filter(|mark| mark.word));
            let mut found: Vec<u32> = marks.map(|mark| mark.key).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        self.rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
                let versions =
                    cells.map(|(witness, cell)| (number(witness), words(cell))).collect();
                RowWords { statement: 0, versions }
            })
            .filter(|row| row.versions.len() > 1)
            .collect()
    }
}
