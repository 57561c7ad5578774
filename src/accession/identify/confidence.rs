//! How sure a decision is, in whole numbers, so that every machine says the same.

/// How many steps of score make one unit of natural log odds.
pub(super) const NATURAL: i64 = 256;

/// e to the power of −k/16 for k from 0 to 15, in parts of 65,536.
const SIXTEENTHS: [i64; 16] = [
    65536, 61565, 57835, 54331, 51039, 47947, 45042, 42313, 39749, 37341, 35078, 32953, 30956,
    29081, 27319, 25663,
];

/// e to the power of −k for k from 0 to 11, in parts of 65,536.
const WHOLES: [i64; 12] = [65536, 24109, 8869, 3263, 1200, 442, 162, 60, 22, 8, 3, 1];

/// How many letter sequences halve the doubt that is left when the scores are clear.
const SEQUENCES: i64 = 6;

/// The confidence, in thousandths, of the best of some languages, from how far each of them lies behind
/// it (itself included, in steps of [`NATURAL`]) and how many letter sequences were found.
pub(super) fn of(gaps: impl Iterator<Item = i64>, found: i64) -> u16 {
    let chance = 1000 * 65536 / mass(gaps).max(65536);
    (chance * found / (found + SEQUENCES)) as u16
}

/// The chance, in thousandths, that some languages have together among all.
pub(super) fn share(all: impl Iterator<Item = i64>, some: impl Iterator<Item = i64>) -> u16 {
    (1000 * mass(some) / mass(all).max(1)) as u16
}

/// How much languages that are so far behind the best one weigh together; the best weighs 65,536.
fn mass(gaps: impl Iterator<Item = i64>) -> i64 {
    // Measured: languages that are this far behind are right more rarely than the scores say.
    gaps.map(|gap| decay(gap * 3 / 2)).sum()
}

/// e to the power of −`steps`/[`NATURAL`], in parts of 65,536.
fn decay(steps: i64) -> i64 {
    let whole = WHOLES.get((steps / NATURAL) as usize).copied().unwrap_or(0);
    let sixteenth = SIXTEENTHS.get((steps % NATURAL / 16) as usize).copied().unwrap_or(0);
    (whole * sixteenth) >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decay_is_the_exponential() {
        for steps in (0..2600).step_by(16) {
            let exact = (-(steps as f64) / NATURAL as f64).exp() * 65536.0;
            assert!((decay(steps) as f64 - exact).abs() < 20.0, "{steps}");
        }
    }

    #[test]
    fn two_equal_languages_share_the_confidence() {
        assert_eq!(of([0].into_iter(), 1_000_000), 999);
        assert_eq!(of([0, 0].into_iter(), 1_000_000), 499);
        assert_eq!(of([0, 0].into_iter(), 0), 0);
        assert_eq!(share([0, 0, 9999].into_iter(), [0].into_iter()), 500);
    }
}
