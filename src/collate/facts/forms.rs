//! Forms of a table of words, met in a text whatever their case.

use crate::collate::sentence::is_wide;
use crate::vocab::lang::Lang;

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
    let open_end = form.ends_with('*');
    let open_start = form.starts_with('*');
    let core = form.trim_matches('*');
    let free = core.chars().any(|c| is_wide(c) || is_joined(c));
    folded.match_indices(core).find_map(|(at, core)| {
        let before = folded.get(..at).and_then(|it| it.chars().next_back());
        let behind = folded.get(at + core.len()..).and_then(|it| it.chars().next());
        let bound = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic());
        let good = free || (open_start || bound(before)) && (open_end || bound(behind));
        good.then(|| core.to_owned())
    })
}

/// Whether a character belongs to Thai or Hangul, where such words are joined to others.
fn is_joined(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0E7F | 0xAC00..=0xD7AF)
}
