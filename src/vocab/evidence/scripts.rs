//! What a character is to a reader of evidence: which script, digit or mark. Knows single characters,
//! no words.

/// How the letters of a script behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin letters.
    Latin,
    /// Other letters with two cases: Greek, Cyrillic, Armenian, Georgian.
    Cased,
    /// Arabic letters, whose words carry articles and particles in front.
    Arabic,
    /// Other alphabets and syllabaries without case that part words by spaces.
    Caseless,
    /// Hangul syllables, whose words carry particles behind.
    Hangul,
    /// Han characters.
    Han,
    /// Hiragana: grammar more than names.
    Hiragana,
    /// Katakana: the script of foreign names in Japanese.
    Katakana,
    /// Scripts without spaces between words: Thai, Lao, Khmer, Burmese, Tibetan.
    Continuous,
    /// Marks and joiners that belong to a word and say nothing for recognition.
    Mark,
    /// A decimal digit of any script.
    Digit,
    /// Everything else.
    Other,
}

/// The characters below this one have their class in a table; most letters of most texts do.
const TABLED: usize = 0x1100;

/// The classes of the first characters.
static CLASSES: [Script; TABLED] = classes();

/// Makes the table of classes.
const fn classes() -> [Script; TABLED] {
    let mut classes = [Script::Other; TABLED];
    let mut code = 0;
    while code < TABLED {
        classes[code] = class(code as u32);
        code += 1;
    }
    classes
}

/// The class of a character.
pub(super) fn script(c: char) -> Script {
    CLASSES.get(c as usize).copied().unwrap_or_else(|| class(u32::from(c)))
}

/// The class of a code point.
const fn class(code: u32) -> Script {
    match code {
        0x30..=0x39 => Script::Digit,
        0x41..=0x5a | 0x61..=0x7a => Script::Latin,
        0..0x80 => Script::Other,
        _ => beyond_ascii(code),
    }
}

/// The class of a code point beyond ASCII, by Unicode block.
const fn beyond_ascii(code: u32) -> Script {
    if zero_of(code).is_some() {
        return Script::Digit;
    }
    match code {
        0xaa | 0xba | 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0x24f | 0x250..=0x2af => Script::Latin,
        0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xa720..=0xa7ff | 0xff21..=0xff3a | 0xff41..=0xff5a => {
            Script::Latin
        }
        0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x640 | 0x64b..=0x65f | 0x670 => {
            Script::Mark
        }
        0x6d6..=0x6ed | 0xad | 0x200b..=0x200f | 0x2060 | 0xfe00..=0xfe0f | 0xfeff => Script::Mark,
        0x370..=0x373 | 0x376..=0x3ff | 0x400..=0x52f | 0x531..=0x587 | 0x10a0..=0x10ff => {
            Script::Cased
        }
        0x1c80..=0x1cbf | 0x1f00..=0x1fff | 0x2d00..=0x2d2f | 0xa640..=0xa69f => Script::Cased,
        0x620..=0x64a | 0x66e..=0x6d5 | 0x6ee..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff => {
            Script::Arabic
        }
        0xfb50..=0xfdff | 0xfe70..=0xfefc => Script::Arabic,
        0x964..=0x965 | 0xe3f | 0x104a..=0x104f | 0x17d4..=0x17db => Script::Other,
        0x5d0..=0x5f2 | 0x700..=0x74f | 0x780..=0x7bf | 0x900..=0xdff | 0x1200..=0x137f => {
            Script::Caseless
        }
        0xe01..=0xeff | 0xf00..=0xfff | 0x1000..=0x109f | 0x1780..=0x17ff => Script::Continuous,
        0x13a0..=0x13ff | 0x1400..=0x167f | 0x1820..=0x18aa | 0x2d30..=0x2d7f => Script::Caseless,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7af => Script::Hangul,
        0x3041..=0x309f => Script::Hiragana,
        0x30a1..=0x30fa | 0x30fc..=0x30ff | 0xff66..=0xff9f => Script::Katakana,
        0x3005..=0x3007
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xf900..=0xfaff
        | 0x20000..=0x3134f => Script::Han,
        _ => Script::Other,
    }
}

/// The zeros of the decimal digits in use, each followed by its nine successors (Unicode 16, general
/// category Nd).
const ZEROS: [u32; 19] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50,
    0xed0, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10,
];

/// The value of a decimal digit of any script.
pub(super) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let code = u32::from(c);
    zero_of(code).map(|zero| code - zero)
}

/// The zero of the ten digits that a code point beyond ASCII belongs to.
const fn zero_of(code: u32) -> Option<u32> {
    // Between the last zero of the basic plane's alphabets and the fullwidth one lie Han and Hangul.
    if code < ZEROS[0] || code > 0x1819 && code < 0xff10 {
        return None;
    }
    let mut at = 0;
    while at < ZEROS.len() {
        if code >= ZEROS[at] && code < ZEROS[at] + 10 {
            return Some(ZEROS[at]);
        }
        at += 1;
    }
    None
}
