//! A passage without its words: what is kept of it to know furniture again, and how much it says.

use crate::vocab::letter::is_digit;

/// A passage without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// A hash of its text with digits masked: the same furniture has the same print.
    pub(super) print: u32,
    /// Its length, counted so that scripts can be compared.
    pub(super) length: u16,
}

/// The passages of a text by their prints, with their lengths, sorted: what stands word for word in another
/// text of its language is known again by them.
#[derive(Clone, Debug, Default)]
pub(super) struct Prints(Box<[(u32, u16)]>);

impl Prints {
    /// Of some passages.
    pub(super) fn of<'a>(passages: impl Iterator<Item = &'a Outline>) -> Self {
        let mut all: Vec<(u32, u16)> = passages.map(|it| (it.print, it.length)).collect();
        all.sort_unstable();
        Self(all.into())
    }

    /// All of them.
    pub(super) fn each(&self) -> impl ExactSizeIterator<Item = (u32, u16)> {
        self.0.iter().copied()
    }

    /// How much stands word for word in both texts, but for digits, in letters.
    pub(super) fn shared(&self, other: &Self) -> f32 {
        let (mut others, mut sum) = (other.0.iter().peekable(), 0.0);
        for it in &self.0 {
            while others.next_if(|other| *other < it).is_some() {}
            if others.next_if_eq(&it).is_some() {
                sum += f32::from(it.1);
            }
        }
        sum
    }
}

/// A passage without its words. The hash is of a kind that Firefox uses for its tables: one multiplication
/// a character.
pub(super) fn outline(text: &str) -> Outline {
    let mut hash = 0_u64;
    let mut quarters = 0_u32;
    for c in text.trim().chars() {
        let masked = if c.is_ascii_digit() || !c.is_ascii() && is_digit(c) { '0' } else { c };
        hash = (hash.rotate_left(5) ^ u64::from(masked)).wrapping_mul(0x517c_c1b7_2722_0a95);
        quarters = quarters.saturating_add(quarter_letters(c));
    }
    let print = (hash >> 32) as u32;
    Outline { print, length: u16::try_from(quarters / 4).unwrap_or(u16::MAX) }
}

/// How much a character says, in quarters of a Latin letter.
fn quarter_letters(c: char) -> u32 {
    match u32::from(c) {
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff => 5,
        0x1100..=0x11ff | 0xac00..=0xd7af => 9,
        0x1200..=0x139f | 0x3040..=0x30ff => 7,
        0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff => 12,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_word_for_word_is_counted_once_for_each_time_that_both_have_it() {
        let prints = |texts: &[&str]| {
            let outlines: Vec<Outline> = texts.iter().map(|it| outline(it)).collect();
            Prints::of(outlines.iter())
        };
        let own = prints(&["twelve words", "of 12 March", "of 12 March", "five5"]);
        let shared = |other: &Prints| own.shared(other) as u32;
        assert_eq!(shared(&own), 39);
        assert_eq!(shared(&prints(&["of 31 March", "none of it", "twelve words"])), 23);
        assert_eq!(shared(&prints(&[])), 0);
    }
}
