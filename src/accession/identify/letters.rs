//! A text as the identifier reads it: the letters of one script in lower case, words parted by spaces.
//!
//! Addresses, numbers, punctuation and words in other scripts leave no trace, so names that are quoted
//! in another script do not mislead.

use super::scripts::{Script, script_of};

/// What stands between words, and at both ends.
pub(super) const SPACE: u32 = 0x20;

/// What every apostrophe between two letters becomes.
const APOSTROPHE: u32 = 0x27;

/// The letters of the given script in a text, starting and ending with [`SPACE`], never two in a row.
pub(super) fn letters(text: &str, script: Script) -> Vec<u32> {
    let mut letters = Vec::with_capacity(text.len() / 2 + 2);
    letters.push(SPACE);
    for token in tokens(text) {
        spell(token, script, &mut letters);
        part(&mut letters);
    }
    letters
}

/// What stands between spaces in a text, but for addresses.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|token| !is_address(token))
}

/// Whether a token is a web or mail address.
fn is_address(token: &str) -> bool {
    let mark = token.bytes().find(|byte| matches!(byte, b'@' | b'/'));
    match mark {
        Some(b'@') => true,
        Some(_) => token.contains("://") || token.starts_with("www."),
        None => token.starts_with("www."),
    }
}

/// Appends the letters of one token.
fn spell(token: &str, script: Script, letters: &mut Vec<u32>) {
    let mut characters = token.chars().filter(|&c| !is_silent(c)).peekable();
    while let Some(character) = characters.next() {
        if character.is_ascii_lowercase() && script == Script::Latn {
            letters.push(u32::from(character));
        } else if belongs(character, script) {
            letters.push(fold(character));
        } else if is_apostrophe(character)
            && letters.last() != Some(&SPACE)
            && characters.peek().is_some_and(|&next| belongs(next, script))
        {
            letters.push(APOSTROPHE);
        } else {
            part(letters);
        }
    }
}

/// Whether a character is left out of its word: soft hyphens, the points of Hebrew, the vowel signs and
/// the lengthening stroke of Arabic, which some texts have and most have not.
fn is_silent(character: char) -> bool {
    matches!(
        character,
        '\u{AD}'
            | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}'
            | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{652}' | '\u{656}'..='\u{65F}' | '\u{670}'
            | '\u{6D6}'..='\u{6ED}'
    )
}

/// Ends the word, if one is open.
fn part(letters: &mut Vec<u32>) {
    if letters.last() != Some(&SPACE) {
        letters.push(SPACE);
    }
}

/// Whether a character is a letter of the script.
fn belongs(character: char, script: Script) -> bool {
    match script_of(character) {
        None => false,
        Some(Script::Zinh) => matches!(script, Script::Latn | Script::Cyrl),
        Some(Script::Kana | Script::Bopo) => script == Script::Hani,
        Some(found) => found == script,
    }
}

/// Whether a character is one of those that are written for an apostrophe.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '`' | '´' | '‘' | '’' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ')
}

/// The lower case of a letter, one character for one.
fn fold(character: char) -> u32 {
    match character {
        'A'..='Z' | 'А'..='Я' => u32::from(character) + 0x20,
        'Ѐ'..='Џ' => u32::from(character) + 0x50,
        'a'..='z' | 'а'..='џ' => u32::from(character),
        _ => character.to_lowercase().next().map_or(0, u32::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(text: &str, script: Script) -> String {
        letters(text, script).into_iter().filter_map(char::from_u32).collect()
    }

    #[test]
    fn only_the_words_of_the_script_remain() {
        assert_eq!(spelt("„Ałmaty” — 2022: Żółć!", Script::Latn), " ałmaty żółć ");
        assert_eq!(spelt("Алматы (Almaty) ЎЗБЕК", Script::Cyrl), " алматы ўзбек ");
        assert_eq!(spelt("https://a.example/b c@d.example www.e.example f", Script::Latn), " f ");
        assert_eq!(spelt("12 ", Script::Latn), " ");
    }

    #[test]
    fn apostrophes_live_inside_words_only() {
        assert_eq!(spelt("‘oʻzbek’ d’Ivoire'", Script::Latn), " o'zbek d'ivoire ");
    }
}
