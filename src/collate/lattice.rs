//! How likely each segment of a version is to stand in each row: forward and backward through all ways.
//!
//! A way lays beads, as a path does ([`SHAPES`], after Gale and Church 1993). From a bead it goes to the next
//! segment and row, past some of either for a price, or jumps anywhere for a higher price, so that a moved
//! block costs two jumps (a pair hidden Markov model, Durbin et al. 1998, with the jumps of Vogel, Ney and
//! Tillmann 1996). Where a bead holds several segments or rows, their lengths speak together. Knows scores
//! and lengths, and nothing of words.

use super::path::SHAPES;
use super::score::lengths;

/// The factor for a bead, by how much more it holds than one segment and one row.
const FACTORS: [f32; 3] = [1.0, 0.07, 0.005];
/// The factor for every segment or row that is passed over.
const SKIP: f64 = 0.3;
/// The factor for a jump to any row, shared among the rows; less inside a passage.
const JUMP: [f64; 2] = [0.0045, 0.000_45];
/// What every pair must bring, a logarithm.
const TOLL: f32 = 1.5;
/// The most that a pair can bring.
const MOST: f32 = 20.0;
/// How much it counts what lengths say together, and the most that they can say, a logarithm.
const TOGETHER: f32 = 0.5;
const LONG: f32 = 9.0;
/// The factor of a bead below which no lengths can save it.
const FAINT: f32 = 1e-5;

/// Scores of segments (first) and rows.
pub(crate) struct Grid {
    /// How many rows.
    pub(crate) width: usize,
    /// The scores, segment by segment.
    pub(crate) cells: Vec<f32>,
    /// Whether a segment stands in the same passage as the one before it.
    pub(crate) inside: Vec<bool>,
    /// How long segments and rows are, in the mean version's letters.
    pub(crate) letters: [Vec<f32>; 2],
    /// How many versions stand in each row.
    pub(crate) versions: Vec<f32>,
}

/// The factors of the beads that begin with a segment and a row, shape by shape; 0 where there is no room.
type Beads = [f32; SHAPES.len()];

/// The mass of all ways up to each segment and row where a bead can begin, and the logarithm by which that of
/// each segment was divided, so that floating point can hold it.
struct Forward {
    entries: Vec<f64>,
    scales: Vec<f64>,
}

/// The mass of the ways on from what was laid last: to each row by steps, skips included, and by jumps.
struct Carried {
    steps: Vec<f64>,
    jump: f64,
    /// The mass of the way that ends here.
    rest: f64,
    /// The logarithm of all divisors.
    scale: f64,
}

impl Carried {
    /// Divides everything.
    fn shrink(&mut self, divisor: f64) {
        let divisor = divisor.max(f64::MIN_POSITIVE);
        self.steps.iter_mut().for_each(|it| *it /= divisor);
        self.jump /= divisor;
        self.rest /= divisor;
        self.scale += divisor.ln();
    }
}

impl Grid {
    /// The chances of every segment in every row, segment by segment.
    pub(crate) fn chances(&self) -> Vec<f32> {
        if self.width == 0 {
            return Vec::new();
        }
        let beads = self.beads();
        let forward = self.forward(&beads);
        self.backward(&beads, &forward)
    }

    /// How many segments there are.
    fn height(&self) -> usize {
        self.inside.len()
    }

    /// The factor for a jump into each row at a segment.
    fn jump(&self, segment: usize) -> f64 {
        JUMP[usize::from(self.inside[segment])] / self.width as f64
    }

    /// The factors of all beads.
    fn beads(&self) -> Vec<Beads> {
        let fits: Vec<f32> = self.cells.iter().map(|it| (it - TOLL).min(MOST).exp()).collect();
        let logs = [0, 1].map(|side: usize| logarithms(&self.letters[side]));
        let mut beads = vec![Beads::default(); fits.len()];
        for (place, bead) in beads.iter_mut().enumerate() {
            let at = [place / self.width, place % self.width];
            *bead = self.pairs(&fits, at);
            for (shape, (taken, given)) in bead.iter_mut().zip(SHAPES) {
                *shape *= FACTORS[taken + given - 2];
                if *shape > FAINT && taken + given > 2 {
                    *shape *= self.together(&logs, at, [taken, given]).exp();
                }
            }
        }
        beads
    }

    /// What the pairs of each bead bring together that begins with a segment and a row.
    fn pairs(&self, fits: &[f32], [segment, row]: [usize; 2]) -> Beads {
        let place = segment * self.width + row;
        let with_next = |step: usize, room: usize| {
            let mut product = 1.0;
            [0, 1, 2].map(|next| {
                product *= if next < room { fits[place + next * step] } else { 0.0 };
                product
            })
        };
        let segments = with_next(self.width, self.height() - segment);
        let rows = with_next(1, self.width - row);
        SHAPES.map(|(taken, given)| if given > 1 { rows[given - 1] } else { segments[taken - 1] })
    }

    /// What lengths say of all that a bead holds together, beside what they say of each segment with each row.
    fn together(&self, logs: &[Logs; 2], at: [usize; 2], size: [usize; 2]) -> f32 {
        let apart = |at: [usize; 2], size: [usize; 2]| {
            lengths(logs[0][size[0] - 1][at[0]] - logs[1][size[1] - 1][at[1]])
        };
        let each = (0..size[0]).flat_map(|it| (0..size[1]).map(move |its| (it, its)));
        let each: f32 = each.map(|(it, its)| apart([at[0] + it, at[1] + its], [1, 1])).sum();
        let versions: f32 = self.versions[at[1]..at[1] + size[1]].iter().sum();
        let root = (versions / size[1] as f32).max(1.0).sqrt();
        (TOGETHER * root * (apart(at, size) - each)).clamp(-LONG, LONG)
    }

    /// The mass of all ways up to each place.
    fn forward(&self, beads: &[Beads]) -> Forward {
        let width = self.width;
        let steps = (0..=width).map(|row| SKIP.powi(row as i32)).collect();
        let mut before = Carried { steps, jump: 1.0, rest: 0.0, scale: 0.0 };
        let mut forward = Forward { entries: Vec::with_capacity(beads.len()), scales: Vec::new() };
        for segment in 0..self.height() {
            let jumped = self.jump(segment) * before.jump;
            forward.entries.extend(before.steps.iter().take(width).map(|step| step + jumped));
            forward.scales.push(before.scale);
            let mut ends = vec![0.0; width];
            for (shape, (taken, given)) in SHAPES.into_iter().enumerate() {
                let Some(first) = (segment + 1).checked_sub(taken) else { continue };
                let factor = (forward.scales[first] - before.scale).exp();
                for (row, end) in ends.iter_mut().enumerate().skip(given - 1) {
                    let place = first * width + row + 1 - given;
                    *end += forward.entries[place] * f64::from(beads[place][shape]) * factor;
                }
            }
            let (mut passed, mut sum) = (0.0, 0.0);
            before.steps[0] *= SKIP;
            for (end, step) in ends.iter().zip(before.steps.iter_mut().skip(1)) {
                passed = end + SKIP * passed;
                *step = passed + SKIP * *step;
                sum += end;
            }
            before.jump = sum + SKIP * before.jump;
            before.shrink(before.jump);
        }
        forward.scales.push(before.scale);
        forward
    }

    /// The chances, from the mass of all ways up to each place and that of all ways on from it.
    fn backward(&self, beads: &[Beads], forward: &Forward) -> Vec<f32> {
        let (width, height) = (self.width, self.height());
        let mut chances = vec![0.0; beads.len()];
        let total = forward.scales[height];
        // By how many segments are done: the mass on from each row that was laid last, and its scale.
        let mut after: Vec<(Vec<f64>, f64)> = vec![(Vec::new(), 0.0); height + 1];
        after[height].0 = vec![1.0; width];
        let mut behind = Carried { steps: vec![0.0; width + 1], jump: 0.0, rest: 1.0, scale: 0.0 };
        for segment in (0..height).rev() {
            let mut begun = vec![0.0; width];
            let reached = (forward.scales[segment] + behind.scale - total).exp();
            for (shape, (taken, given)) in SHAPES.into_iter().enumerate() {
                let Some((on, scale)) = after.get(segment + taken) else { continue };
                let factor = (scale - behind.scale).exp();
                for row in 0..(width + 1).saturating_sub(given) {
                    let place = segment * width + row;
                    let ways = f64::from(beads[place][shape]) * on[row + given - 1] * factor;
                    begun[row] += ways;
                    let chance = forward.entries[place] * ways * reached;
                    for covered in (0..taken).map(|it| place + it * width) {
                        chances[covered..covered + given].iter_mut().for_each(|it| *it += chance);
                    }
                }
            }
            self.step_back(segment, &begun, &mut behind);
            let base = behind.rest + behind.jump;
            let on = behind.steps.iter().skip(1).map(|step| base + step).collect();
            after[segment] = (on, behind.scale);
        }
        chances.into_iter().map(|it: f64| it.min(1.0) as f32).collect()
    }

    /// Carries the mass of the ways that begin with a segment in each row to what may lie before it.
    fn step_back(&self, segment: usize, begun: &[f64], behind: &mut Carried) {
        let mut passed = 0.0;
        for (mass, step) in begun.iter().zip(&mut behind.steps).rev() {
            passed = mass + SKIP * passed;
            *step = passed + SKIP * *step;
        }
        let sum: f64 = begun.iter().sum();
        behind.jump = self.jump(segment) * sum + SKIP * behind.jump;
        behind.rest *= SKIP;
        behind.shrink(sum.max(behind.rest));
    }
}

/// The logarithms of some lengths: of each alone, with the next, and with the next two.
type Logs = [Vec<f32>; 3];

/// The logarithms of lengths.
fn logarithms(letters: &[f32]) -> Logs {
    let log = |some: &[f32]| some.iter().sum::<f32>().max(1.0).ln();
    [1, 2, 3].map(|size| letters.windows(size).map(log).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of segments and rows that all have so many letters.
    fn grid(cells: Vec<f32>, [segments, rows]: [Vec<f32>; 2]) -> Grid {
        Grid {
            width: rows.len(),
            cells,
            inside: vec![false; segments.len()],
            versions: vec![1.0; rows.len()],
            letters: [segments, rows],
        }
    }

    /// The row in which each segment most likely stands; rows and segments that are alike fit.
    fn shown(segments: &str, rows: &str) -> String {
        let fit = |a: char| rows.chars().map(move |b| if a == b { 8.0 } else { -4.0 });
        let letters = [segments, rows].map(|it| vec![50.0; it.len()]);
        let grid = grid(segments.chars().flat_map(fit).collect(), letters);
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
    fn what_is_as_long_as_two_rows_covers_both() {
        let second = |letters: f32| {
            let rows = vec![50.0; 3];
            let chances = grid(vec![3.0, 2.0, -2.0], [vec![letters], rows]).chances();
            chances[1]
        };
        assert!(second(100.0) > 2.0 * second(50.0), "{} {}", second(100.0), second(50.0));
    }

    #[test]
    fn chances_are_chances_however_long_the_texts() {
        let letters = [vec![50.0; 300], vec![50.0; 300]];
        let chances = grid(vec![6.0; 90_000], letters).chances();
        assert!(chances.iter().all(|it| (0.0..=1.0).contains(it)));
        let sums = chances.chunks(300).map(|it| it.iter().sum::<f32>());
        assert!(sums.into_iter().all(|it| it > 0.9));
    }
}
