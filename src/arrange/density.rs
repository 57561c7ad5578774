//! How many texts of an archive have a version in it, as far as a first look at its pairs tells: where all have, little
//! needs to speak for a pair, and where few have, much. Knows pairs and how likely they are, no texts.
//!
//! So the chances of pairs are brought from the archives that their networks were learned from to the archive at hand
//! (for the question, Saerens, Latinne and Decaestecker, Adjusting the outputs of a classifier to new a priori
//! probabilities, 2002; here two verdicts are mixed, since more than their start differs).

use super::candidates::Pair;

/// From which logit on a pair tells that its texts have a version, by the networks of sparse archives: so low that
/// damaged texts are counted, too.
const PERHAPS: f32 = -2.0;
/// The share of texts with a version up to which an archive is sparse, and from which on it is dense.
const SPARSE: (f32, f32) = (0.56, 0.66);
/// How much higher these shares are in a small archive, which tells little of itself.
const UNSURE: f32 = 0.33;
/// How many texts make an archive that is small, and one that is not.
const SMALL: (f32, f32) = (60.0, 200.0);
/// Up to how many texts nothing is told of the archive: it is sparse.
const TINY: usize = 24;

/// How sparse an archive is, from 0 to 1 in steps of 1/64: how far its pairs are judged as those of an archive in which
/// few of the texts have versions. `logits` say how likely its pairs are in such a one.
pub(super) fn sparsity(texts: usize, pairs: &[Pair], logits: impl Iterator<Item = f32>) -> f32 {
    if texts <= TINY {
        return 1.0;
    }
    let mut has = vec![false; texts];
    for (Pair(a, b), _) in pairs.iter().zip(logits).filter(|it| it.1 > PERHAPS) {
        for text in [a, b] {
            if let Some(slot) = has.get_mut(*text as usize) {
                *slot = true;
            }
        }
    }
    let (found, texts) = (has.iter().filter(|it| **it).count() as f32, texts as f32);
    (below(found / texts - UNSURE * below(texts, SMALL), SPARSE) * 64.0).round() / 64.0
}

/// How far a value is below the upper of two bounds: 1 from the lower one down.
fn below(value: f32, (least, most): (f32, f32)) -> f32 {
    ((most - value) / (most - least)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sparsity of an archive of which so many of the texts are in likely pairs, in steps.
    fn of(texts: u32, paired: u32) -> u32 {
        let pairs: Vec<Pair> = (0..texts / 2).map(|it| Pair(it * 2, it * 2 + 1)).collect();
        let logits = pairs.iter().map(|it| if it.0 < paired { 1.0 } else { -5.0 });
        (sparsity(texts as usize, &pairs, logits) * 64.0) as u32
    }

    #[test]
    fn an_archive_is_sparse_where_few_texts_have_versions_and_a_small_one_sooner() {
        assert_eq!([of(1000, 1000), of(1000, 700), of(1000, 200)], [0, 0, 64]);
        assert_eq!([of(40, 40), of(40, 32), of(20, 20)], [0, 64, 64]);
        assert!((20..44).contains(&of(1000, 620)), "{}", of(1000, 620));
    }
}
