//! The best way of one version through the rows that the others have built.
//!
//! A semi-Markov alignment in the version's own order: every step takes one to three segments and lays
//! them on one row, or one segment on two or three rows, or leaves a segment out. From step to step the
//! row may be the next one (free), a later one (a price a row skipped), or any other (a flat price for a
//! jump), so that a block that was moved costs two jumps wherever it went, and a row may be met again
//! (after the jump alignment of Vogel, Ney and Tillmann 1996 and the beads of Gale and Church 1993).
//! Scores are integers: thousandths of a natural logarithm.

/// What a path is judged by.
pub(crate) trait Fit {
    /// How well segments `from..from + taken` lie on rows `row..row + given`: told into a list for every row
    /// from which so many are left.
    fn beads(&self, from: usize, taken: usize, given: usize, scores: &mut Vec<i32>);
}

/// The prices of a path, in thousandths.
#[derive(Clone, Debug)]
pub(crate) struct Prices {
    /// For skipping each row.
    pub(crate) skip: Vec<i32>,
    /// For every segment that is left out.
    pub(crate) extra: i32,
    /// For a jump to any row, before each segment.
    pub(crate) jump: Vec<i32>,
}

impl Prices {
    /// What a jump costs before a segment; behind the last one as much as before the first.
    fn jump_before(&self, segment: usize) -> i32 {
        self.jump.get(segment).or(self.jump.first()).copied().unwrap_or(0)
    }
}

/// One step: some segments of the version, and the rows they lie on (none where they are left out).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The first segment.
    pub(crate) from: usize,
    /// How many segments.
    pub(crate) taken: usize,
    /// The first row.
    pub(crate) row: usize,
    /// How many rows; 0 where the segment is left out.
    pub(crate) given: usize,
}

/// The shapes a step can have: segments taken and rows given.
pub(crate) const SHAPES: [(usize, usize); 5] = [(1, 1), (2, 1), (3, 1), (1, 2), (1, 3)];

/// How a state was reached: the state before it (segments done, row) and the shape of the step.
#[derive(Clone, Copy, Default)]
struct Back {
    row: u32,
    taken: u8,
    given: u8,
}

/// The best states so far after a number of segments; row `r` means that row `r` comes next.
struct Layer {
    score: Vec<i32>,
    back: Vec<Back>,
    /// The best score with which each row can be entered, and from where.
    enter: Vec<(i32, u32)>,
}

/// A score that no path has.
const NEVER: i32 = i32::MIN / 2;

/// The best path of `segments` segments through `rows` rows.
pub(crate) fn best(segments: usize, rows: usize, prices: &Prices, fit: &impl Fit) -> Vec<Step> {
    let mut layers: Vec<Layer> = Vec::with_capacity(segments + 1);
    let mut beads = Vec::with_capacity(rows);
    for done in 0..=segments {
        let mut layer = Layer {
            score: vec![NEVER; rows + 1],
            back: vec![Back::default(); rows + 1],
            enter: Vec::new(),
        };
        if done == 0 {
            if let Some(first) = layer.score.first_mut() {
                *first = 0;
            }
        } else {
            for shape in SHAPES.into_iter().filter(|shape| shape.0 <= done) {
                let Some(before) = layers.get(done - shape.0) else { continue };
                fit.beads(done - shape.0, shape.0, shape.1, &mut beads);
                layer.lay(before, shape, &beads);
            }
            if let Some(before) = layers.get(done - 1) {
                layer.leave(before, prices.extra);
            }
        }
        layer.enter = entries(&layer.score, &prices.skip, prices.jump_before(done));
        layers.push(layer);
    }
    trace(&layers, prices)
}

impl Layer {
    /// Steps of a shape from a layer before; they fit so well, row by row.
    fn lay(&mut self, before: &Self, (taken, given): (usize, usize), beads: &[i32]) {
        for (row, (&(entered, from), bead)) in before.enter.iter().zip(beads).enumerate() {
            let back = Back { row: from, taken: taken as u8, given: given as u8 };
            self.offer(row + given, entered + bead, back);
        }
    }

    /// A segment is left out behind the layer before.
    fn leave(&mut self, before: &Self, price: i32) {
        for (row, &score) in before.score.iter().enumerate() {
            self.offer(row, score - price, Back { row: row as u32, taken: 1, given: 0 });
        }
    }

    /// Takes a state if it is better than what stands there.
    fn offer(&mut self, row: usize, score: i32, back: Back) {
        if let (Some(best), Some(place)) = (self.score.get_mut(row), self.back.get_mut(row))
            && score > *best
        {
            *best = score;
            *place = back;
        }
    }
}

/// The best score with which each row can be entered: straight on, by skipping rows, or by a jump.
fn entries(scores: &[i32], skip: &[i32], price: i32) -> Vec<(i32, u32)> {
    let top =
        scores.iter().enumerate().max_by_key(|&(row, &score)| (score, std::cmp::Reverse(row)));
    let (jumper, jump) = top.map_or((0, NEVER), |(row, &score)| (row as u32, score - price));
    let mut running = (NEVER, 0);
    let mut entries = Vec::with_capacity(scores.len());
    for (row, &score) in scores.iter().enumerate() {
        let passed = row.checked_sub(1).and_then(|row| skip.get(row));
        running.0 -= passed.copied().unwrap_or(0);
        if score >= running.0 {
            running = (score, row as u32);
        }
        entries.push(if jump > running.0 { (jump, jumper) } else { running });
    }
    entries
}

/// Walks back from the best end.
fn trace(layers: &[Layer], prices: &Prices) -> Vec<Step> {
    let Some(last) = layers.last() else { return Vec::new() };
    let left =
        |row: usize| prices.skip.iter().skip(row).sum::<i32>().min(prices.jump_before(usize::MAX));
    let ends = last.score.iter().enumerate().map(|(row, &score)| (row, score - left(row)));
    let end = ends.max_by_key(|&(row, score)| (score, std::cmp::Reverse(row)));
    let mut row = end.map_or(0, |(row, _)| row);
    let mut done = layers.len() - 1;
    let mut steps = Vec::new();
    while done > 0 {
        let Some(back) = layers.get(done).and_then(|layer| layer.back.get(row)) else { break };
        let (taken, given) = (usize::from(back.taken).max(1), usize::from(back.given));
        done -= taken.min(done);
        steps.push(Step { from: done, taken, row: row - given.min(row), given });
        row = back.row as usize;
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows and segments are letters that fit where they are alike.
    struct Letters<'a>(&'a [u8], &'a [u8]);

    impl Fit for Letters<'_> {
        fn beads(&self, from: usize, taken: usize, given: usize, scores: &mut Vec<i32>) {
            let bead = |rows: &[u8]| {
                let some = self.0[from..from + taken].iter();
                let hits = some.map(|a| rows.iter().filter(|b| *b == a).count()).sum::<usize>();
                5000 * hits as i32 - 6000 * (taken * given - hits) as i32
            };
            scores.clear();
            scores.extend(self.1.windows(given).map(bead));
        }
    }

    fn shown(segments: &str, rows: &str) -> String {
        let prices =
            Prices { skip: vec![1500; rows.len()], extra: 3000, jump: vec![6000; segments.len()] };
        let fit = Letters(segments.as_bytes(), rows.as_bytes());
        best(segments.len(), rows.len(), &prices, &fit)
            .into_iter()
            .map(|step| if step.given == 0 { '-' } else { char::from(rows.as_bytes()[step.row]) })
            .collect()
    }

    #[test]
    fn a_text_against_itself_is_the_diagonal() {
        assert_eq!(shown("abcdef", "abcdef"), "abcdef");
    }

    #[test]
    fn gaps_extras_moves_and_repeats_are_found() {
        assert_eq!(shown("abef", "abcdef"), "abef");
        assert_eq!(shown("abxcd", "abcd"), "ab-cd");
        assert_eq!(shown("efabcd", "abcdef"), "efabcd");
        assert_eq!(shown("abcdefab", "abcdef"), "abcdefab");
    }

    #[test]
    fn nothing_has_an_empty_path() {
        assert_eq!(shown("", "abc"), "");
        assert_eq!(shown("ab", ""), "--");
    }
}
