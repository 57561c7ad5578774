//! A folded line as numbers, words and signs, for the reading of dates.

use crate::accession::fold::digit;
use crate::vocab::lang::Lang;

/// A stretch of digits, of letters, or one sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// The stretch.
    pub(crate) text: &'a str,
    /// Where it begins in the line, in bytes.
    pub(crate) from: usize,
}

impl Token<'_> {
    /// The byte after the token.
    pub(crate) fn to(&self) -> usize {
        self.from + self.text.len()
    }

    /// The value of a number of at most four digits.
    pub(crate) fn number(&self) -> Option<u32> {
        if self.text.len() > 4 || !self.text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.text.parse().ok()
    }

    /// The year that a number of four digits can be.
    pub(crate) fn year(&self) -> Option<u32> {
        self.number().filter(|year| self.text.len() == 4 && (1900..=2199).contains(year))
    }

    /// Whether it is a stretch of letters.
    pub(crate) fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphabetic)
    }

    /// Whether it is a sign that may stand inside a date.
    pub(crate) fn is_joint(&self) -> bool {
        matches!(self.text, "." | "," | "-" | "º" | "°" | "'" | "،" | "ª")
    }

    /// What kind of separator it is between the numbers of a date; 0 for none.
    pub(crate) fn class(&self) -> u8 {
        match self.text {
            "." => 2,
            "-" => 3,
            "/" => 4,
            "tháng" | "năm" | "оны" | "сарын" => 5,
            text if text.starts_with(['年', '月', '년', '월']) => 1,
            _ => 0,
        }
    }

    /// Whether the number before this separator is the day. With a slash the order differs between
    /// countries: English text is believed only where one number cannot be a month. Without a language the
    /// question is only whether a date stands there.
    pub(crate) fn day_first(&self, first: u32, second: u32, lang: Option<&Lang>) -> bool {
        let certain = second <= 12 && (first > 12 || first == second);
        match self.class() {
            4 => {
                let spoken = |lang: &Lang| lang.base() != "en" && !lang.is_undetermined();
                certain || second <= 12 && lang.is_none_or(spoken)
            }
            2 | 3 | 5 => second <= 12,
            _ => false,
        }
    }
}

/// Parts a line into tokens; blanks are left out.
pub(crate) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut from = 0;
    let mut kind = Kind::Blank;
    for (at, c) in line.char_indices() {
        let next = Kind::of(c, kind);
        if next != kind || next == Kind::Sign {
            push(&mut tokens, line, from, (at, kind));
            (from, kind) = (at, next);
        }
    }
    push(&mut tokens, line, from, (line.len(), kind));
    tokens
}

/// Adds the token that ends at a place, unless it is blank.
fn push<'a>(tokens: &mut Vec<Token<'a>>, line: &'a str, from: usize, (to, kind): (usize, Kind)) {
    if let Some(text) = line.get(from..to).filter(|text| kind != Kind::Blank && !text.is_empty()) {
        tokens.push(Token { text, from });
    }
}

/// What a character is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Digit,
    Letter,
    Sign,
}

impl Kind {
    /// The kind of a character; marks that are not letters go on with a word.
    fn of(c: char, before: Self) -> Self {
        if c.is_whitespace() {
            Self::Blank
        } else if c.is_ascii_digit() {
            Self::Digit
        } else if c.is_alphanumeric() || before == Self::Letter && !c.is_ascii() && is_mark(c) {
            Self::Letter
        } else {
            Self::Sign
        }
    }
}

/// Whether a character is a mark inside words: accents, hamza above, and what Unicode does not count among the
/// letters of the scripts of India and its neighbours: virama, nukta, tone marks, the mute sign.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{653}'..='\u{655}')
        || matches!(c, '\u{e47}'..='\u{e4e}' | '\u{ec8}'..='\u{ece}' | '\u{1037}'..='\u{103a}' | '\u{17c9}'..='\u{17d3}')
        || matches!(c, '\u{900}'..='\u{dff}' if matches!(c as u32 & 0x7f, 0x3c | 0x4d | 0x4a))
}

/// Whether a text holds a number in digits of any script, or in Han numerals of a date.
pub(crate) fn has_numbers(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        || !text.is_ascii()
            && (text.chars().any(|c| digit(c).is_some())
                || text.contains(['年', '月']) && text.contains(is_han_numeral))
}

/// A folded line in which dates in Han numerals (二〇二二年一月十日) have digits.
pub(crate) fn with_digits(line: &str) -> String {
    if !line.contains(['年', '月']) || !line.contains(is_han_numeral) {
        return line.to_owned();
    }
    let mut written = String::with_capacity(line.len());
    let mut run = String::new();
    for c in line.chars() {
        if is_han_numeral(c) {
            run.push(c);
            continue;
        }
        if matches!(c, '年' | '月' | '日' | '号') && !run.is_empty() {
            written.push_str(&han_number(&run));
        } else {
            written.push_str(&run);
        }
        run.clear();
        written.push(c);
    }
    written + &run
}

/// Whether a character is a numeral in Han script.
fn is_han_numeral(c: char) -> bool {
    c == '十' || han_digit(c).is_some()
}

/// The value of a Han digit.
fn han_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|it| it == c)
        .or((c == '零').then_some(0))
        .map(|n| n as u32)
}

/// A numeral up to 99, or digit by digit, in ASCII digits.
fn han_number(run: &str) -> String {
    let Some((tens, ones)) = run.split_once('十') else {
        return run.chars().filter_map(han_digit).map(|n| n.to_string()).collect();
    };
    let value = |part: &str, empty| part.chars().next().and_then(han_digit).unwrap_or(empty);
    (value(tens, 1) * 10 + value(ones, 0)).to_string()
}
