//! How far two texts in one language are the same: what tells a text that another outlet prints again, shortened or
//! edited, from another text in the same words. Knows two weighed texts.

use super::corpus::{Text, WORD, common};
use super::rarity::ln;

/// How many numbers say it.
pub(super) const ALIKE: usize = 8;

/// What two texts in one language have in common: the share of their letters that stands word for word in both, of
/// the shorter one and of the longer; the share of the words that the one with less has; how far the numbers of
/// their titles agree, and how far not; the share of their numbers, of the one with less and the one with more, and
/// how many the first has. `words` is what their shared words weigh together.
pub(super) fn alike(a: &Text, b: &Text, words: f32) -> [f32; ALIKE] {
    let printed = a.prints.shared(&b.prints);
    let (one, other) = (a.length().max(1.0), b.length().max(1.0));
    let least = a.norm(usize::from(WORD)).min(b.norm(usize::from(WORD)));
    let [agreed, apart] = a.dates_shared(b).map_or([0.0; 2], |shared| [shared, 1.0 - shared]);
    let numbers = common(&a.numbers, &b.numbers) as f32;
    let (ours, theirs) = (a.numbers.len() as f32, b.numbers.len() as f32);
    let (less, more) = (ours.min(theirs), ours.max(theirs));
    [
        (printed / one.min(other)).min(1.0),
        (printed / one.max(other)).min(1.0),
        (words / (least * least).max(1e-3)).min(1.0),
        agreed,
        apart,
        numbers / less.max(1.0),
        numbers / more.max(1.0),
        ln(1.0 + less),
    ]
}

/// Whether numbers speak against two texts in one language, as [`alike`] measured them: those of their titles
/// differ, or most of those in them. So reports differ that say another thing in the same words.
pub(super) fn numbers_object(alike: &[f32]) -> bool {
    let [.., apart, less, _, count] = alike else { return false };
    *apart > 0.99 || *less < 0.5 && *count > 0.0
}
