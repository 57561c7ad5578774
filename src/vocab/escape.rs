//! Texts in files of lines and fields: what would break a line is written as a backslash and a letter.

use std::borrow::Cow;

/// A character and the letter that stands for it behind a backslash.
pub type Mark = (char, char);

/// A text with some characters escaped.
pub fn escaped<'a>(text: &'a str, marks: &[Mark]) -> Cow<'a, str> {
    let letter = |character: char| marks.iter().find(|it| it.0 == character).map(|it| it.1);
    if !text.chars().any(|it| letter(it).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        match letter(character) {
            Some(letter) => written.extend(['\\', letter]),
            None => written.push(character),
        }
    }
    Cow::Owned(written)
}

/// The text that was escaped so; a backslash before any other letter stays.
pub fn unescaped(written: &str, marks: &[Mark]) -> String {
    let mut text = String::with_capacity(written.len());
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        let letter = if character == '\\' { characters.clone().next() } else { None };
        match marks.iter().find(|it| Some(it.1) == letter) {
            Some((meant, _)) => {
                text.push(*meant);
                characters.next();
            }
            None => text.push(character),
        }
    }
    text
}
