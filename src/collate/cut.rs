//! Cutting a sentence that stands for two rows, and parting a row that holds two.
//!
//! Sentences are cut where punctuation marks a pause, and between words only where much speaks for it: some
//! texts join sentences without any mark.

use super::affinity::{Rarity, damped};
use super::evidence::Text;
use super::lexicon::Glosses;
use super::segment::{Segment, Summing};
use super::sentence::{self, Mark};
use super::weave::{Loom, Row};

/// What a row holds by the number of each key, and its length in letters, without one version.
type Profile = (Vec<f32>, f32);

/// Why a segment stands in more than one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ground {
    /// Its words say so: they tell where it is cut, too.
    Words,
    /// Its length says so, and few words tell little of where it is cut.
    Length,
}

impl Ground {
    /// What the words are weighed against: about what three are worth that speak for one row as clearly as a
    /// word can.
    fn doubt(self) -> f32 {
        match self {
            Self::Words => 0.0,
            Self::Length => 60.0,
        }
    }

    /// What it costs to cut between two words where nothing marks a pause, a logarithm.
    fn space(self) -> f32 {
        match self {
            Self::Words => 3.0,
            Self::Length => 4.0,
        }
    }
}

/// What a cut is judged by.
pub(crate) struct Knife<'a> {
    pub(crate) texts: &'a [Text<'a>],
    pub(crate) rarity: &'a Rarity,
    pub(crate) glosses: &'a Glosses,
}

impl Knife<'_> {
    /// Cuts every segment that stands in more than one row; each row keeps its piece. Those that are `long` are
    /// there for their length.
    pub(crate) fn cut(&self, segments: &mut Vec<Segment>, rows: &mut [Row], long: &[usize]) {
        let mut summing = Summing::new(self.glosses);
        for (at, places) in spread(segments.len(), rows) {
            let Some(segment) = segments.get(at).cloned() else { continue };
            let own = places.iter().filter_map(|&place| rows.get(place));
            let own = own.map(|row| self.profile(segments, row, segment.witness, &mut summing));
            let ground = if long.contains(&at) { Ground::Length } else { Ground::Words };
            let profiles: Vec<Profile> = own.collect();
            let pieces = self.pieces(&segment, &profiles, places.len(), ground);
            for (place, piece) in places.iter().zip(&pieces) {
                let fresh = piece.as_ref().map(|piece| {
                    segments.push(piece.clone());
                    segments.len() - 1
                });
                let cell = rows.get_mut(*place).and_then(|row| row.cells.get_mut(segment.witness));
                if let Some(slot) = cell.and_then(|it| it.iter_mut().find(|it| **it == at)) {
                    *slot = fresh.unwrap_or(usize::MAX);
                }
            }
        }
    }

    /// The pieces of a segment, one a row, of which these are the profiles; `None` for rows that get nothing.
    fn pieces(
        &self,
        segment: &Segment,
        profiles: &[Profile],
        count: usize,
        ground: Ground,
    ) -> Vec<Option<Segment>> {
        let text = self.text(segment);
        let mut rest = segment.clone();
        let mut pieces = Vec::new();
        for place in 0..profiles.len() {
            let after = profiles.get(place + 1..).unwrap_or_default();
            let here = profiles.get(place);
            let cut = here.filter(|_| !after.is_empty());
            let cut = cut.and_then(|it| self.split(&rest, it, after, ground));
            let Some((at, _)) = cut else { break };
            pieces.push(Some(rest.piece(text, (rest.range.0, at))));
            rest = rest.piece(text, (at, rest.range.1));
        }
        pieces.push(Some(rest));
        pieces.resize(count, None);
        pieces
    }

    /// The text in which a segment stands.
    fn text(&self, segment: &Segment) -> &str {
        let own = self.texts.get(segment.witness);
        own.and_then(|it| it.passages.get(segment.passage as usize)).map_or("", String::as_str)
    }

    /// What a row holds without one version.
    fn profile(
        &self,
        segments: &[Segment],
        row: &Row,
        but: usize,
        summing: &mut Summing,
    ) -> Profile {
        let mut sums = vec![0.0; self.glosses.keys()];
        let mut letters = 0.0;
        let mut versions = 0.0;
        for (_, cell) in
            row.cells.iter().enumerate().filter(|&(it, cell)| it != but && !cell.is_empty())
        {
            versions += 1.0;
            for segment in cell.iter().filter_map(|&at| segments.get(at)) {
                letters += segment.length.exp();
                for (key, weight) in summing.vector(segment) {
                    if let Some(sum) = sums.get_mut(key as usize) {
                        *sum += damped(weight) * self.rarity.of(key);
                    }
                }
            }
        }
        (sums, letters / f32::max(versions, 1.0))
    }

    /// How well a segment falls into a piece for one row and a piece for another after it, by their words:
    /// from -1, where each piece is like the other row, to 1.
    pub(crate) fn parts(&self, segments: &[Segment], rows: [&Row; 2], at: usize) -> f32 {
        let Some(segment) = segments.get(at) else { return 0.0 };
        let mut summing = Summing::new(self.glosses);
        let [here, after] =
            rows.map(|row| self.profile(segments, row, segment.witness, &mut summing));
        self.split(segment, &here, &[after], Ground::Words).map_or(0.0, |it| it.1)
    }

    /// Where a segment is best cut between a row and those after it, and how well it falls into the two by
    /// its words, from -1 to 1.
    fn split(
        &self,
        segment: &Segment,
        (here, length): &Profile,
        after: &[Profile],
        ground: Ground,
    ) -> Option<(u32, f32)> {
        let text = self.text(segment);
        let pull = |key: u32, weight: f32| {
            let worth = weight * self.rarity.of(key);
            let there: f32 = after.iter().filter_map(|it| it.0.get(key as usize)).sum();
            worth * (here.get(key as usize).copied().unwrap_or(0.0) - there)
        };
        let pulls: Vec<(u32, f32)> = segment
            .marks
            .iter()
            .map(|mark| {
                let glossed = self.glosses.of(mark.key).iter();
                let gloss: f32 =
                    glossed.map(|&(key, weight)| pull(key, weight * mark.weight)).sum();
                (mark.at, pull(mark.key, mark.weight) + gloss)
            })
            .collect();
        let mass: f32 = pulls.iter().map(|it| it.1.abs()).sum::<f32>().max(1e-6);
        let total = (segment.range.1 - segment.range.0).max(1) as f32;
        let beyond: f32 = after.iter().map(|it| it.1).sum();
        let expected = length / (length + beyond).max(1.0);
        let words = |cut: &sentence::Cut| -> f32 {
            let left: f32 = pulls.iter().filter(|it| it.0 < cut.at).map(|it| it.1).sum();
            let right: f32 = pulls.iter().filter(|it| it.0 >= cut.at).map(|it| it.1).sum();
            (left - right) / mass
        };
        let trust = 10.0 * mass / (mass + ground.doubt());
        let worth = |cut: &sentence::Cut| -> i32 {
            let share = (cut.at - segment.range.0) as f32 / total;
            let off = (share - expected) / 0.12;
            let price = match cut.mark {
                Mark::Stop => 0.0,
                Mark::Comma => 1.0,
                Mark::Space => ground.space(),
            };
            ((trust * words(cut) - (off * off / 2.0).min(6.0) - price) * 1000.0) as i32
        };
        let marked = sentence::cuts(text, segment.range);
        marked
            .into_iter()
            .max_by_key(|cut| (worth(cut), std::cmp::Reverse(cut.at)))
            .map(|cut| (cut.at, words(&cut)))
    }
}

/// The segments, of so many, that stand in more than one row, with their rows, in order.
pub(crate) fn spread(segments: usize, rows: &[Row]) -> Vec<(usize, Vec<usize>)> {
    let mut places = vec![Vec::new(); segments];
    for (place, row) in rows.iter().enumerate() {
        for &at in row.cells.iter().flatten() {
            if let Some(own) = places.get_mut(at).filter(|it| it.last() != Some(&place)) {
                own.push(place);
            }
        }
    }
    places.into_iter().enumerate().filter(|it| it.1.len() > 1).collect()
}

/// Parts rows in which many versions have two passages or more: the version that has most of them
/// lends its passages as rows, and the others are laid on them.
pub(crate) fn part(loom: &Loom, rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter().flat_map(|row| parted(loom, row)).collect()
}

/// One row, or the rows it falls into.
fn parted(loom: &Loom, row: Row) -> Vec<Row> {
    let passages = |cell: &Vec<usize>| {
        let mut all: Vec<u32> =
            cell.iter().filter_map(|&at| loom.segments.get(at)).map(|it| it.passage).collect();
        all.dedup();
        all.len()
    };
    let counts: Vec<usize> = row.cells.iter().map(passages).collect();
    let present = counts.iter().filter(|&&count| count > 0).count();
    let many = counts.iter().filter(|&&count| count > 1).count();
    let most = counts.iter().copied().max().unwrap_or(0);
    let Some(lead) = counts.iter().position(|&count| count == most) else { return vec![row] };
    if many < 2 || many * 3 < present {
        return vec![row];
    }
    let mut rows = by_passage(loom, &row, lead);
    for (witness, list) in row.cells.iter().enumerate().filter(|&(witness, _)| witness != lead) {
        rows = loom.laid(rows, witness, list);
    }
    rows
}

/// The passages of one version in a row as rows.
fn by_passage(loom: &Loom, row: &Row, lead: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut last = None;
    for &at in row.cells.get(lead).into_iter().flatten() {
        let passage = loom.segments.get(at).map(|it| it.passage);
        match rows.last_mut().and_then(|row| row.cells.get_mut(lead)) {
            Some(cell) if passage == last => cell.push(at),
            _ => rows.push(Row::of(row.cells.len(), lead, at)),
        }
        last = passage;
    }
    rows
}
