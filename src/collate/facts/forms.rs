//! Forms of a table of words, met in a text whatever their case.

use std::ops::Range;

use crate::collate::sentence::is_wide;
use crate::vocab::lang::Lang;
use crate::vocab::letter::{is_in_word, is_letter};

/// The language under which a table of words has those of a language.
pub(super) fn base(lang: &Lang) -> &str {
    match lang.base() {
        "no" => "nb",
        "prs" => "fa",
        "yue" => "zh",
        base => base,
    }
}

/// The first words of a text in which a form stands, whatever its case; as they are written.
pub(in crate::collate) fn met<'a>(text: &'a str, form: &str) -> Option<&'a str> {
    let form = folded(form).0;
    let form = Form::read(&form);
    let (folded, places) = folded(text);
    let mut found = folded.match_indices(form.core).map(|(at, core)| at..at + core.len());
    let at = found.find(|at| form.stands(&folded, at.clone()))?;
    let (from, to) = (*places.get(at.start)?, *places.get(at.end)?);
    let inner = |c: &char| is_letter(*c) && !is_wide(*c) && !is_joined(*c);
    let length = |c: char| c.len_utf8();
    let before: usize = text.get(..from)?.chars().rev().take_while(inner).map(length).sum();
    let behind: usize = text.get(to..)?.chars().take_while(inner).map(length).sum();
    text.get(from - before..to + behind)
}

/// A text in small letters, one form of sigma, and for each byte of it and its end the place in the text.
fn folded(text: &str) -> (String, Vec<usize>) {
    let (mut folded, mut places) = (String::with_capacity(text.len()), Vec::new());
    for (at, c) in text.char_indices() {
        folded.extend(c.to_lowercase().map(|c| if c == 'ς' { 'σ' } else { c }));
        places.resize(folded.len(), at);
    }
    places.push(text.len());
    (folded, places)
}

/// Where a form stands in a text in lower case, as whole words; gives the form as it stands there.
pub(super) fn met_folded(folded: &str, form: &str) -> Option<String> {
    let form = Form::read(form);
    let mut found = folded.match_indices(form.core);
    found.find(|(at, core)| form.stands(folded, *at..at + core.len())).map(|it| it.1.to_owned())
}

/// A form of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    /// What stands in the text.
    pub(super) core: &'a str,
    /// Whether letters may stand before it and behind it.
    open: [bool; 2],
}

impl<'a> Form<'a> {
    /// Reads a form: `*` stands for any letters.
    pub(super) fn read(form: &'a str) -> Self {
        let core = form.trim_matches('*');
        let free = core.chars().any(is_joined);
        Self { core, open: [free || form.starts_with('*'), free || form.ends_with('*')] }
    }

    /// Whether it stands at some bytes of a text, where its letters do.
    pub(super) fn stands(&self, folded: &str, at: Range<usize>) -> bool {
        let before = folded.get(..at.start).and_then(|it| it.chars().next_back());
        let behind = folded.get(at.end..).and_then(|it| it.chars().next());
        let bound = |c: Option<char>| c.is_none_or(|c| !is_in_word(c));
        (self.open[0] || bound(before)) && (self.open[1] || bound(behind))
    }
}

/// Whether a character belongs to a script in which such words are joined to others: Han, kana, Thai, Hangul.
pub(super) fn is_joined(c: char) -> bool {
    is_wide(c) || matches!(u32::from(c), 0x0E00..=0x0E7F | 0xAC00..=0xD7AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_met_in_whole_words_as_they_are_written() {
        let met = |text, form| met(text, form).unwrap_or("-");
        assert_eq!(met("न्यायालय ने कहा", "न"), "-");
        assert_eq!(met("The group DEMANDS it.", "demand*"), "DEMANDS");
        assert_eq!(met("The group demands it.", "demand"), "-");
        assert_eq!(met("Die Rückforderung gilt.", "*forderung"), "Rückforderung");
        assert_eq!(met("İstanbul ΟΔΟΣ", "οδός*"), "-");
        assert_eq!(met("İİ: ΟΔΟΣ", "οδος"), "ΟΔΟΣ");
        assert_eq!(met("該組織要求釋放記者", "要求*"), "要求");
    }
}
