//! What a character is to the search, and what it folds to; the Unicode tables live here.
//!
//! The rules stand twice, here and in `themes/default/search-fold.js`. A test folds every character of
//! the basic plane with both and compares.

use std::sync::OnceLock;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// The longest term, in characters; what is behind is passed over.
const LONGEST: usize = 32;

/// What a character does in a text that is cut into terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It belongs to the character before it: marks, joiners, direction marks, tatweel.
    Mark,
    /// A decimal digit of any script.
    Digit,
    /// A letter of a script that writes no spaces between words.
    Unspaced,
    /// A letter or a syllable of Hangul.
    Hangul,
    /// Any other letter.
    Word,
    /// Everything else.
    Other,
}

/// What a character alone folds to.
#[derive(Clone, Copy, Debug)]
enum Folded {
    /// Nothing.
    Dropped,
    /// One character.
    One(char),
    /// Several: to be folded anew.
    Many,
}

/// A block of 256 characters: kind and fold of each.
type Block = Box<[(Kind, Folded)]>;

/// The blocks of the basic plane that have been asked for.
static BLOCKS: [OnceLock<Block>; 256] = [const { OnceLock::new() }; 256];

/// What is known of a character of the basic plane, worked out once for each block of 256.
fn known(c: char) -> Option<(Kind, Folded)> {
    let code = u32::from(c);
    let block = BLOCKS.get(code as usize >> 8)?.get_or_init(|| {
        let first = code & !0xff;
        (first..first + 256).map(|it| char::from_u32(it).map_or(STRANGE, work_out)).collect()
    });
    block.get((code & 0xff) as usize).copied()
}

/// What stands for half a surrogate pair.
const STRANGE: (Kind, Folded) = (Kind::Other, Folded::Dropped);

/// Works out what a character is and what it folds to.
fn work_out(c: char) -> (Kind, Folded) {
    let mut buffer = [0; 4];
    let mut term = String::new();
    fold_slowly(c.encode_utf8(&mut buffer), &mut term);
    let mut characters = term.chars();
    let folded = match (characters.next(), characters.next()) {
        (None, _) => Folded::Dropped,
        (Some(one), None) => Folded::One(one),
        _ => Folded::Many,
    };
    (classify(c), folded)
}

/// What a character does in a text.
pub(super) fn kind(c: char) -> Kind {
    known(c).map_or_else(|| classify(c), |it| it.0)
}

/// The general category of a character.
fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

/// Finds out what a character does in a text.
fn classify(c: char) -> Kind {
    let category = category(c);
    if GeneralCategoryGroup::Mark.contains(category) || is_ignored(c) {
        return Kind::Mark;
    }
    if category == GeneralCategory::DecimalNumber {
        return Kind::Digit;
    }
    let letters = GeneralCategoryGroup::Letter.union(GeneralCategoryGroup::Number);
    match u32::from(c) {
        _ if !letters.contains(category) => Kind::Other,
        0xe00..=0xeff
        | 0x1000..=0x109f
        | 0x1780..=0x17ff
        | 0x3005..=0x30ff
        | 0x31f0..=0x31ff
        | 0x3400..=0x9fff
        | 0xa9e0..=0xa9ff
        | 0xaa60..=0xaa7f
        | 0xf900..=0xfaff
        | 0xff66..=0xff9d
        | 0x20000..=0x3ffff => Kind::Unspaced,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xa960..=0xa97f | 0xac00..=0xd7ff | 0xffa0..=0xffdc => {
            Kind::Hangul
        }
        _ => Kind::Word,
    }
}

/// Whether a character says nothing about what is read: tatweel, joiners, direction marks, soft hyphens,
/// modifier letters that stand for apostrophes, half-width voicing marks.
fn is_ignored(c: char) -> bool {
    matches!(u32::from(c),
        0xad | 0x640 | 0x61c | 0x2b9..=0x2cf | 0x200c..=0x200f | 0x202a..=0x202e
        | 0x2060..=0x2069 | 0xfeff | 0xff9e | 0xff9f)
}

/// Whether a mark is written or left out as one likes: accents, Hebrew points, Arabic vowel signs. The
/// marks of Indic and other scripts are part of their spelling.
fn is_optional(c: char) -> bool {
    matches!(u32::from(c),
        0x300..=0x36f | 0x483..=0x487 | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x670
        | 0x6d6..=0x6ed | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe00..=0xfe0f
        | 0xfe20..=0xfe2f)
}

/// Whether a character is of the Latin script, or is written with it.
pub(super) fn is_latin(c: char) -> bool {
    matches!(u32::from(c),
        0..=0x2af | 0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xa720..=0xa7ff | 0xfb00..=0xfb06
        | 0xff21..=0xff5a)
}

/// Whether accents of a letter are taken off.
fn loses_accents(c: char) -> bool {
    matches!(u32::from(c), 0xc0..=0x24f | 0x370..=0x3ff | 0x1e00..=0x1fff)
}

/// Folds a word into a term; the term stays empty where nothing is left.
pub(super) fn fold(word: &str, term: &mut String) {
    if word.is_ascii() {
        term.extend(word.chars().take(LONGEST).map(|it| it.to_ascii_lowercase()));
        return;
    }
    let mut room = LONGEST;
    for c in word.chars() {
        let Some((kind, folded)) = known(c).filter(|&it| !joins(c, it)) else {
            term.clear();
            return fold_slowly(word, term);
        };
        if let Folded::One(one) = folded
            && room > 0
            && kind != Kind::Other
        {
            room -= 1;
            term.push(one);
        }
    }
}

/// Whether a character may join with the one before it, or folds to several: such a word is folded as
/// a whole.
fn joins(c: char, (kind, folded): (Kind, Folded)) -> bool {
    match (kind, folded) {
        (_, Folded::Many) => true,
        (Kind::Mark, _) => !is_ignored(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}'),
        (Kind::Hangul, _) => !matches!(c, '가'..='힣'),
        _ => false,
    }
}

/// Folds a word by the rules, without anything known of its characters before.
fn fold_slowly(word: &str, term: &mut String) {
    let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(word);
    let mut room = LONGEST;
    let mut buffer = [0; 4];
    for c in composed.chars().flat_map(char::to_lowercase) {
        if loses_accents(c) {
            let letter = c.encode_utf8(&mut buffer);
            let parts = DecomposingNormalizerBorrowed::new_nfd().normalize(letter);
            parts.chars().for_each(|part| push(part, term, &mut room));
        } else {
            push(c, term, &mut room);
        }
    }
}

/// Adds one character in its plain form, as long as there is room.
fn push(c: char, term: &mut String, room: &mut usize) {
    let mut add = |c: char| {
        if *room > 0 {
            *room -= 1;
            term.push(c);
        }
    };
    if let Some(plain) = plain(c) {
        plain.chars().for_each(add);
    } else if let Some(digit) = digit(c) {
        add(char::from(b'0' + digit));
    } else if !is_optional(c) && !is_ignored(c) && classify(c) != Kind::Other {
        add(c);
    }
}

/// Letters that are written in several ways, in one.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' | 'ɗ' => "d",
        'þ' => "th",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ɓ' => "b",
        'ƙ' => "k",
        'ƴ' => "y",
        'ə' | 'ǝ' => "e",
        'ς' => "σ",
        'ё' => "е",
        'ґ' => "г",
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' | 'ی' | 'ئ' => "ي",
        'ة' | 'ۀ' | 'ہ' | 'ۂ' | 'ۃ' | 'ھ' => "ه",
        'ؤ' => "و",
        'ک' => "ك",
        'װ' => "וו",
        'ױ' => "וי",
        'ײ' => "יי",
        _ => return None,
    })
}

/// The value of a decimal digit of any script: how many digits stand before it in its row.
pub(super) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    if category(c) != GeneralCategory::DecimalNumber {
        return None;
    }
    let mut zero = u32::from(c);
    while zero > 0 && u32::from(c) - zero < 9 && is_digit(zero - 1) {
        zero -= 1;
    }
    u8::try_from(u32::from(c) - zero).ok()
}

/// Whether a code point is a decimal digit.
fn is_digit(code: u32) -> bool {
    char::from_u32(code).is_some_and(|it| category(it) == GeneralCategory::DecimalNumber)
}
