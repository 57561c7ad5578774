//! Which characters are letters or digits: what the standard library says of those of the basic plane, as
//! bits, since it is asked of every character of every text.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_say_what_the_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_digit(c), c.is_numeric(), "{c:?}");
        }
    }
}
