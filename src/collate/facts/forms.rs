//! Forms of a table of words, met in a text whatever their case.

use std::ops::Range;

use crate::collate::sentence::is_wide;
use crate::vocab::lang::Lang;
use crate::vocab::letter::is_letter;

/// The language under which a table of words has those of a language.
pub(super) fn base(lang: &Lang) -> &str {
    match lang.base() {
        "no" => "nb",
        "prs" => "fa",
        "yue" => "zh",
        base => base,
    }
}

/// Where a form stands in a text as whole words; gives it as it is written.
pub(in crate::collate) fn met(text: &str, form: &str) -> Option<String> {
    met_folded(&text.to_lowercase(), form)
}

/// The same in a text that is in lower case.
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
        let free = core.chars().any(|c| is_wide(c) || is_joined(c));
        Self { core, open: [free || form.starts_with('*'), free || form.ends_with('*')] }
    }

    /// Whether it stands at some bytes of a text, where its letters do.
    pub(super) fn stands(&self, folded: &str, at: Range<usize>) -> bool {
        let before = folded.get(..at.start).and_then(|it| it.chars().next_back());
        let behind = folded.get(at.end..).and_then(|it| it.chars().next());
        let bound = |c: Option<char>| c.is_none_or(|c| !is_letter(c));
        (self.open[0] || bound(before)) && (self.open[1] || bound(behind))
    }
}

/// Whether a character belongs to Thai or Hangul, where such words are joined to others.
fn is_joined(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0E7F | 0xAC00..=0xD7AF)
}
