//! Words that make a figure inexact: "about", "at least", "more than".
//!
//! Reads a table by language; knows where a word stands, and nothing of versions.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use super::forms::{Form, base};
use crate::vocab::lang::Lang;
use crate::vocab::letter::is_letter;
use crate::vocab::yaml;

/// The hedges of every language that the table knows.
#[derive(Clone, Debug)]
pub(crate) struct Hedges(BTreeMap<String, Forms>);

/// The hedges of a language, and what finds them all in one walk through a text (Aho and Corasick 1975).
#[derive(Clone, Debug)]
struct Forms {
    all: Vec<String>,
    finder: AhoCorasick,
}

/// How far before or behind a figure a hedge may stand, in letters.
const REACH: usize = 24;
/// How far around a figure a hedge may stand that perhaps belongs to it, in letters.
const AROUND: usize = 60;
/// Languages that put hedges behind figures as well as before them.
const BEHIND: &str = "am az bn eu fa fi hi hu hy ja ka kk ko ky mn my ne ta te th tr ug ur uz zh";

/// What stands at a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hedge {
    /// A hedge, as it is written.
    Words(String),
    /// Nothing that makes it inexact.
    None,
    /// Something that may belong to it or not, or words that the table cannot judge.
    Unclear,
}

impl Hedges {
    /// Reads the table that the program carries.
    pub(crate) fn table() -> Self {
        let table: BTreeMap<String, Vec<String>> =
            yaml::read(include_str!("../../tables/hedges.yaml")).unwrap_or_default();
        Self(table.into_iter().filter_map(|(lang, all)| Some((lang, Forms::new(all)?))).collect())
    }

    /// What stands at a figure at `from..to` of a text.
    pub(crate) fn at(&self, text: &str, lang: &Lang, (from, to): (usize, usize)) -> Hedge {
        let Some(forms) = self.0.get(base(lang)) else { return Hedge::Unclear };
        if let Some(words) = self.words(text, lang, (from, to)) {
            return Hedge::Words(words);
        }
        let before = last(text.get(..from).unwrap_or_default(), AROUND);
        let behind = first(text.get(to..).unwrap_or_default(), AROUND);
        let wide = (before.to_lowercase(), behind.to_lowercase());
        let loose = [&wide.0, &wide.1].into_iter().any(|it| forms.longest(it, |_| true).is_some());
        if loose || is_foreign(&wide, lang) { Hedge::Unclear } else { Hedge::None }
    }

    /// The hedge that belongs to a figure at `from..to` of a text, as it is written.
    pub(crate) fn words(
        &self,
        text: &str,
        lang: &Lang,
        (from, to): (usize, usize),
    ) -> Option<String> {
        let forms = self.0.get(base(lang))?;
        let alone = |c: char| is_stop(c) || c.is_numeric();
        let front = last(text.get(..from).unwrap_or_default(), REACH).to_lowercase();
        let front = front.rsplit(alone).next().unwrap_or_default();
        let back = first(text.get(to..).unwrap_or_default(), REACH).to_lowercase();
        let back = back.split(alone).next().unwrap_or_default();
        let found = forms.longest(front, |marked| !marked);
        let found = found.or_else(|| forms.longest(back, |marked| marked));
        let follows = || BEHIND.split(' ').any(|it| it == base(lang));
        found.or_else(|| forms.longest(back, |marked| !marked).filter(|_| follows()))
    }
}

impl Forms {
    /// Makes ready to find some forms.
    fn new(all: Vec<String>) -> Option<Self> {
        let finder = AhoCorasick::new(all.iter().map(|it| Form::read(bare(it)).core)).ok()?;
        Some(Self { all, finder })
    }

    /// The longest form that stands in a text in lower case, of those that are asked for: by whether they are
    /// marked as standing behind figures only.
    fn longest(&self, text: &str, asked: impl Fn(bool) -> bool) -> Option<String> {
        let stands = |at: std::ops::Range<usize>, form: &String| {
            asked(form.starts_with('>')) && Form::read(bare(form)).stands(text, at)
        };
        let met = self.finder.find_overlapping_iter(text).filter_map(|it| {
            let form = self.all.get(it.pattern().as_usize())?;
            text.get(it.range()).filter(|_| stands(it.range(), form))
        });
        met.max_by_key(|word| (word.len(), Reverse(*word))).map(str::to_owned)
    }
}

/// A form without the mark of those that stand behind figures only.
fn bare(form: &str) -> &str {
    form.strip_prefix('>').unwrap_or(form)
}

/// The last letters of a text.
fn last(text: &str, letters: usize) -> &str {
    let start = text.char_indices().rev().nth(letters).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

/// The first letters of a text.
fn first(text: &str, letters: usize) -> &str {
    let end = text.char_indices().nth(letters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// Whether the words around a figure are in Latin letters though the language is not: they are quoted.
fn is_foreign(around: &(String, String), lang: &Lang) -> bool {
    if lang.written_in().is_none_or(|it| it == "Latn") {
        return false;
    }
    let letters = || around.0.chars().chain(around.1.chars()).filter(|c| is_letter(*c));
    let latin = letters().filter(char::is_ascii).count();
    latin * 2 > letters().count()
}

/// Whether a character ends the stretch in which a hedge belongs to a figure.
fn is_stop(c: char) -> bool {
    matches!(c, ';' | '؛' | '。' | '؟' | '?' | '!' | '(' | ')' | '；' | '।' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hedge(text: &str, tag: &str, figure: &str) -> Hedge {
        let from = text.find(figure).unwrap();
        let lang = Lang::parse(tag).unwrap();
        Hedges::table().at(text, &lang, (from, from + figure.len()))
    }

    #[test]
    fn hedges_stand_at_figures() {
        for (text, tag, figure, word) in [
            ("a total of about 2,500 people", "en", "2,500", "about"),
            ("40 people or so were left", "en", "40", "or so"),
            ("w liczbie około 2500 osób", "pl", "2500", "około"),
            ("d'environ 2 500 personnes", "fr", "2 500", "d'environ"),
            ("约2500人", "zh", "2500", "约"),
            ("2500'den fazla kişi", "tr", "2500", "den fazla"),
        ] {
            assert_eq!(hedge(text, tag, figure), Hedge::Words(word.into()), "{text}");
        }
        assert_eq!(hedge("أرسلت ما مجموعه 2500 من قوات", "ar", "2500"), Hedge::None);
    }

    #[test]
    fn what_may_belong_to_another_figure_is_unclear() {
        assert_eq!(hedge("in 2001 about thirty came", "en", "2001"), Hedge::Unclear);
        assert_eq!(hedge("모두 (about 230 of them) 이다", "ko", "230"), Hedge::Unclear);
    }

    #[test]
    fn the_table_is_read() {
        assert!(Hedges::table().0.len() >= 50);
    }
}
