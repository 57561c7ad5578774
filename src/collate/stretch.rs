//! How much longer than the mean each version says things: a natural logarithm by witness.

use super::segment::Segment;
use super::weave::{Loom, Row};

/// How many passages count as much as knowing nothing, and how many rows as much as what was known before.
const PRIOR: f32 = 5.0;
const ROWS: f32 = 3.0;
/// How far what passages say may be from what sentences say.
const APART: f32 = 0.5;

/// What can be told before anything is laid: how long a version's passages are beside those of the others. How
/// a text is parted into passages is the outlet's choice, so that its sentences have a say, too.
pub(crate) fn guessed(segments: &[Segment], witnesses: usize) -> Vec<f32> {
    let mut own = vec![Counted::default(); witnesses];
    for segment in segments {
        if let Some(own) = own.get_mut(segment.witness) {
            own.add(segment);
        }
    }
    let there = own.iter().filter(|it| it.passages > 0.0);
    let count = there.clone().count().max(1) as f32;
    let mean = |size: fn(&Counted) -> f32| there.clone().map(size).sum::<f32>() / count;
    let (sentences, passages) = (mean(Counted::of_sentences), mean(Counted::of_passages));
    let stretch = |own: &Counted| {
        let said = own.of_sentences() - sentences;
        let told = (own.of_passages() - passages).clamp(said - APART, said + APART);
        told * own.passages / (own.passages + PRIOR)
    };
    own.iter().map(stretch).collect()
}

/// How much there is of a version.
#[derive(Clone, Debug, Default)]
struct Counted {
    sentences: f32,
    passages: f32,
    /// The logarithms of the lengths of all sentences, summed, and those of all passages but the last.
    logarithms: [f32; 2],
    /// The last passage, and its letters.
    last: (u32, f32),
}

impl Counted {
    /// Counts a segment behind those before it.
    fn add(&mut self, segment: &Segment) {
        if self.passages == 0.0 || self.last.0 != segment.passage {
            self.logarithms[1] += self.last.1.max(1.0).ln();
            self.passages += 1.0;
            self.last = (segment.passage, 0.0);
        }
        self.last.1 += segment.length.exp();
        self.sentences += 1.0;
        self.logarithms[0] += segment.length;
    }

    /// The logarithm of how long its sentences are in the mean.
    fn of_sentences(&self) -> f32 {
        self.logarithms[0] / self.sentences.max(1.0)
    }

    /// The same of its passages.
    fn of_passages(&self) -> f32 {
        (self.logarithms[1] + self.last.1.max(1.0).ln()) / self.passages.max(1.0)
    }
}

impl Loom<'_> {
    /// How much longer each version is than the others in the rows they share.
    pub(crate) fn stretches(&self, rows: &[Row]) -> Vec<f32> {
        let mut ratios: Vec<Vec<i32>> = vec![Vec::new(); self.witnesses];
        for row in rows {
            let lengths: Vec<(usize, f32)> = row
                .cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(witness, cell)| (witness, self.length(witness, cell)))
                .collect();
            let mean = lengths.iter().map(|it| it.1).sum::<f32>() / lengths.len().max(1) as f32;
            for &(witness, length) in lengths.iter().filter(|_| lengths.len() > 1) {
                if let Some(list) = ratios.get_mut(witness) {
                    list.push(((length - mean) * 1000.0) as i32);
                }
            }
        }
        let grown = |(witness, list): (usize, Vec<i32>)| {
            let now = self.stretch.get(witness).copied().unwrap_or(0.0);
            let weight = list.len() as f32 / (list.len() as f32 + ROWS);
            now + weight * median(list) as f32 / 1000.0
        };
        ratios.into_iter().enumerate().map(grown).collect()
    }
}

/// The middle of some numbers; 0 of none.
fn median(mut numbers: Vec<i32>) -> i32 {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Segments of a version, by the passage where each stands and its letters.
    fn version(witness: usize, segments: &[(u32, f32)]) -> Vec<Segment> {
        let own = segments.iter();
        own.map(|&(passage, letters)| Segment {
            witness,
            passage,
            length: letters.ln(),
            ..Segment::default()
        })
        .collect()
    }

    /// How much longer the second of two versions is guessed to be than the first.
    fn apart(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
        let all = guessed(&[version(0, one), version(1, other)].concat(), 2);
        all[1] - all[0]
    }

    #[test]
    fn a_version_is_longer_where_its_passages_and_sentences_are() {
        let plain: Vec<(u32, f32)> = (0..90).map(|at| (at, 60.0)).collect();
        let half: Vec<(u32, f32)> = (0..45).map(|at| (at, 60.0)).collect();
        let joined: Vec<(u32, f32)> = (0..90).map(|at| (at / 3, 60.0)).collect();
        let longer: Vec<(u32, f32)> = (0..90).map(|at| (at, 120.0)).collect();
        assert!(apart(&plain, &half).abs() < 0.01);
        let cut = apart(&plain, &joined);
        assert!(cut > 0.0 && cut <= 2.0 * APART, "how passages are cut says little: {cut}");
        let apart = apart(&plain, &longer);
        assert!((0.6..0.7).contains(&apart), "{apart}");
    }
}
