//! How likely each segment of a version is to stand in each row: forward and backward through all ways.
//!
//! A way goes from a segment and a row to the next of both, past some of either for a price, stays with
//! one of them while the other goes on, or jumps anywhere for a higher price, so that a moved block
//! costs two jumps (a pair hidden Markov model, Durbin et al. 1998, with the jumps of Vogel, Ney and
//! Tillmann 1996). Knows scores, and nothing of words.

/// The factor for every segment or row that is passed over.
const SKIP: f32 = 0.3;
/// The factor for staying with a segment or a row.
const STAY: f32 = 0.07;
/// The factor for a jump to any row, shared among the rows; less inside a passage.
const JUMP: [f32; 2] = [0.0045, 0.000_45];
/// What every pair must bring, a logarithm.
const TOLL: f32 = 1.5;

/// Scores of segments (first) and rows.
pub(crate) struct Grid {
    /// How many rows.
    pub(crate) width: usize,
    /// The scores, segment by segment.
    pub(crate) cells: Vec<f32>,
    /// Whether a segment stands in the same passage as the one before it.
    pub(crate) inside: Vec<bool>,
}

/// What is carried from segment to segment, divided so that floating point can hold it.
struct Carried {
    /// The mass of the ways through each row.
    cells: Vec<f32>,
    /// The mass that steps into each row from what lies one further back, skips included.
    steps: Vec<f32>,
    /// The mass that may jump.
    jump: f32,
    /// The mass of the way that ends here.
    rest: f32,
    /// The logarithm of all divisors.
    scale: f64,
}

impl Carried {
    /// Divides everything.
    fn shrink(&mut self, divisor: f32) {
        let factor = 1.0 / divisor.max(1e-30);
        for value in self.cells.iter_mut().chain(&mut self.steps) {
            *value *= factor;
        }
        self.jump *= factor;
        self.rest *= factor;
        self.scale -= f64::from(factor).ln();
    }
}

impl Grid {
    /// The chances of every segment in every row, segment by segment.
    pub(crate) fn chances(mut self) -> Vec<f32> {
        if self.width == 0 {
            return Vec::new();
        }
        for cell in &mut self.cells {
            *cell = (*cell - TOLL).min(20.0).exp();
        }
        let (mut chances, scales) = self.forward();
        let total = scales.last().copied().unwrap_or(0.0);
        let mut behind = Carried {
            cells: vec![0.0; self.width],
            steps: vec![0.0; self.width + 1],
            jump: 0.0,
            rest: 1.0,
            scale: 0.0,
        };
        for (segment, scale) in scales.iter().enumerate().rev() {
            let factor = (scale + behind.scale - total).exp() as f32;
            let ways = self.backward(segment, &mut behind);
            let own = chances.iter_mut().skip(segment * self.width);
            for (chance, ways) in own.zip(ways) {
                *chance = (*chance * ways * factor).min(1.0);
            }
        }
        chances
    }

    /// What stands in the cells of a segment.
    fn row(&self, segment: usize) -> &[f32] {
        self.cells.get(segment * self.width..(segment + 1) * self.width).unwrap_or_default()
    }

    /// The factor for a jump into each row at a segment.
    fn jump(&self, segment: usize) -> f32 {
        let inside = self.inside.get(segment).copied().unwrap_or(false);
        JUMP[usize::from(inside)] / self.width as f32
    }

    /// The mass of all ways up to each pair, and the scale of every segment.
    fn forward(&self) -> (Vec<f32>, Vec<f64>) {
        let mut before = Carried {
            cells: vec![0.0; self.width],
            steps: (0..=self.width).map(|row| SKIP.powi(row as i32)).collect(),
            jump: 1.0,
            rest: 0.0,
            scale: 0.0,
        };
        let (mut all, mut scales) = (Vec::with_capacity(self.cells.len()), Vec::new());
        for segment in 0..self.inside.len() {
            let jumped = self.jump(segment) * before.jump;
            let (mut last, mut passed, mut sum) = (0.0, 0.0, 0.0);
            let mut step = before.steps[0];
            before.steps[0] *= SKIP;
            for (row, score) in self.row(segment).iter().enumerate() {
                last = score * (step + jumped + STAY * (last + before.cells[row]));
                passed = last + SKIP * passed;
                step = before.steps[row + 1];
                before.steps[row + 1] = passed + SKIP * step;
                before.cells[row] = last;
                sum += last;
            }
            before.jump = sum + SKIP * before.jump;
            before.shrink(before.jump);
            all.extend_from_slice(&before.cells);
            scales.push(before.scale);
        }
        (all, scales)
    }

    /// The mass of all ways on from each pair of a segment; leaves what the segment before it needs.
    fn backward(&self, segment: usize, behind: &mut Carried) -> Vec<f32> {
        let base = behind.rest + behind.jump;
        let (mut last, mut passed, mut sum, mut step) = (0.0, 0.0, 0.0, 0.0);
        let mut ways = vec![0.0; self.width];
        for (row, score) in self.row(segment).iter().enumerate().rev() {
            ways[row] = base + step + STAY * (last + behind.cells[row]);
            last = score * ways[row];
            passed = last + SKIP * passed;
            step = behind.steps[row];
            behind.steps[row] = passed + SKIP * step;
            behind.cells[row] = last;
            sum += last;
        }
        behind.jump = self.jump(segment) * sum + SKIP * behind.jump;
        behind.rest *= SKIP;
        behind.shrink(sum.max(behind.rest));
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The row in which each segment most likely stands; rows and segments that are alike fit.
    fn shown(segments: &str, rows: &str) -> String {
        let fit = |a: char| rows.chars().map(move |b| if a == b { 8.0 } else { -4.0 });
        let grid = Grid {
            width: rows.len(),
            cells: segments.chars().flat_map(fit).collect(),
            inside: vec![false; segments.len()],
        };
        let best = |chances: &[f32]| {
            let sure = chances.iter().position(|&it| it > 0.5);
            sure.map_or('-', |row| rows.chars().nth(row).unwrap())
        };
        grid.chances().chunks(rows.len()).map(best).collect()
    }

    #[test]
    fn gaps_extras_and_moves_are_seen() {
        assert_eq!(shown("abcdef", "abcdef"), "abcdef");
        assert_eq!(shown("abef", "abcdef"), "abef");
        assert_eq!(shown("abxcd", "abcd"), "ab-cd");
        assert_eq!(shown("efabcd", "abcdef"), "efabcd");
    }

    #[test]
    fn chances_are_chances_however_long_the_texts() {
        let grid = Grid { width: 300, cells: vec![6.0; 90_000], inside: vec![true; 300] };
        assert!(grid.chances().iter().all(|it| (0.0..=1.0).contains(it)));
    }
}
