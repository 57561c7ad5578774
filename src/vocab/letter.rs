//! Which characters are letters or digits, and what their small letters are: what the standard library says of
//! those of the basic plane, as tables, since it is asked of every character of every text.

use std::sync::LazyLock;

/// One bit for each character of the basic plane.
type Bits = [u64; 1024];

/// The letters, the letters with the digits, and the digits.
static BITS: LazyLock<[Bits; 3]> = LazyLock::new(|| {
    [bits(char::is_alphabetic), bits(char::is_alphanumeric), bits(char::is_numeric)]
});

/// The characters of which something is true.
fn bits(is: fn(char) -> bool) -> Bits {
    let mut bits = [0; 1024];
    for code in (0..=0xffff_u32).filter(|&it| char::from_u32(it).is_some_and(is)) {
        if let Some(word) = bits.get_mut(code as usize / 64) {
            *word |= 1 << (code % 64);
        }
    }
    bits
}

/// What the bits say of a character.
fn bit(bits: &Bits, c: char) -> Option<bool> {
    bits.get(c as usize / 64).map(|word| word >> (c as usize % 64) & 1 == 1)
}

/// Whether a character is a letter.
pub(crate) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    bit(&BITS[0], c).unwrap_or_else(|| c.is_alphabetic())
}

/// Whether a character belongs to a word: a letter, or a sign on one that is no letter itself, such as those that
/// join the consonants of Indian scripts (न्याय).
pub(crate) fn is_in_word(c: char) -> bool {
    let sign = || {
        matches!(u32::from(c),
            0x300..=0x36f | 0x591..=0x5bd | 0x64b..=0x65f | 0x200c..=0x200d
            | 0x93c | 0x94d | 0x9bc | 0x9cd | 0xa3c | 0xa4d | 0xabc | 0xacd | 0xb3c | 0xb4d
            | 0xbcd | 0xc4d | 0xcbc | 0xccd | 0xd4d | 0xdca)
    };
    is_letter(c) || !c.is_ascii() && sign()
}

/// Whether a character is a letter or a digit.
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    bit(&BITS[1], c).unwrap_or_else(|| c.is_alphanumeric())
}

/// Whether a character is a digit or another sign for a number.
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    bit(&BITS[2], c).unwrap_or_else(|| c.is_numeric())
}

/// The small letter of each character of the basic plane; 0 where it is not one character of that plane.
static SMALL: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let small = |code: u32| {
        let mut small = char::from_u32(code)?.to_lowercase();
        let first = small.next().filter(|_| small.next().is_none())?;
        u16::try_from(u32::from(first)).ok()
    };
    (0..=0xffff).map(|code| small(code).unwrap_or_default()).collect()
});

/// Tells each character of the small letter of a character.
pub(crate) fn each_small(c: char, mut tell: impl FnMut(char)) {
    if c.is_ascii() {
        return tell(c.to_ascii_lowercase());
    }
    let known = SMALL.get(c as usize).and_then(|it| char::from_u32(u32::from(*it)));
    match known {
        Some('\0') | None => c.to_lowercase().for_each(tell),
        Some(small) => tell(small),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_say_what_the_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_digit(c), c.is_numeric(), "{c:?}");
            let mut small = String::new();
            each_small(c, |it| small.push(it));
            assert_eq!(small, c.to_lowercase().to_string(), "{c:?}");
        }
    }
}
