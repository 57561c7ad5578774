//! Words that make a figure inexact: "about", "at least", "more than".
//!
//! Reads a table by language; knows where a word stands, and nothing of versions.

use std::collections::BTreeMap;

use super::sentence::is_wide;
use crate::vocab::lang::Lang;
use crate::vocab::yaml;

/// The hedges of every language that the table knows.
#[derive(Clone, Debug)]
pub(crate) struct Hedges(BTreeMap<String, Vec<String>>);

/// How far before or behind a figure a hedge may stand, in letters.
const REACH: usize = 24;

impl Hedges {
    /// Reads the table that the program carries.
    pub(crate) fn table() -> Self {
        Self(yaml::read(include_str!("../tables/hedges.yaml")).unwrap_or_default())
    }

    /// Whether the table knows a language.
    pub(crate) fn knows(&self, lang: &Lang) -> bool {
        self.0.contains_key(Self::base(lang))
    }

    /// The language whose hedges are used.
    fn base(lang: &Lang) -> &str {
        match lang.base() {
            "no" | "nn" => "nb",
            "prs" => "fa",
            "yue" => "zh",
            base => base,
        }
    }

    /// The hedge that stands at a figure at `from..to` of a text, as it is written.
    pub(crate) fn at(&self, text: &str, lang: &Lang, (from, to): (usize, usize)) -> Option<String> {
        let forms = self.0.get(Self::base(lang))?;
        let before = text.get(..from).unwrap_or_default();
        let behind = text.get(to..).unwrap_or_default();
        let start = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
        let end = behind.char_indices().nth(REACH).map_or(behind.len(), |(at, _)| at);
        let before = before.get(start..).unwrap_or_default();
        let before = before.rsplit(is_stop).next().unwrap_or(before);
        let behind = behind.get(..end).unwrap_or_default();
        let behind = behind.split(is_stop).next().unwrap_or(behind);
        let longest = |text: &str| {
            let met = forms.iter().filter_map(|form| met(text, form));
            met.max_by_key(|word| (word.len(), std::cmp::Reverse(word.clone())))
        };
        longest(before).or_else(|| longest(behind))
    }
}

/// Whether a character ends the stretch in which a hedge belongs to a figure.
fn is_stop(c: char) -> bool {
    matches!(c, ';' | '؛' | '。' | '؟' | '?' | '!' | '(' | ')' | '；' | '।' | '\n')
}

/// Where a form stands in a text as whole words; gives it as it is written.
pub(crate) fn met(text: &str, form: &str) -> Option<String> {
    let folded = text.to_lowercase();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn hedge(text: &str, tag: &str, figure: &str) -> Option<String> {
        let from = text.find(figure).unwrap();
        let lang = Lang::parse(tag).unwrap();
        Hedges::table().at(text, &lang, (from, from + figure.len()))
    }

    #[test]
    fn hedges_stand_at_figures() {
        for (text, tag, word) in [
            ("a total of about 2,500 people", "en", "about"),
            ("w liczbie około 2500 osób", "pl", "około"),
            ("d'environ 2 500 personnes", "fr", "d'environ"),
            ("约2500人", "zh", "约"),
            ("2500'den fazla kişi", "tr", "den fazla"),
        ] {
            let figure = if text.contains("2,500") {
                "2,500"
            } else if text.contains("2 500") {
                "2 500"
            } else {
                "2500"
            };
            assert_eq!(hedge(text, tag, figure).as_deref(), Some(word), "{text}");
        }
        assert_eq!(hedge("أرسلت ما مجموعه 2500 من قوات", "ar", "2500"), None);
        assert_eq!(hedge("they met; about that, 40 left", "en", "40"), Some("about".into()));
    }

    #[test]
    fn the_table_is_read() {
        assert!(Hedges::table().0.len() >= 50);
    }
}
