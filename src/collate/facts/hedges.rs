//! Words that make a figure inexact: "about", "at least", "more than".
//!
//! Reads a table by language; knows where a word stands, and nothing of versions.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::forms::{Form, base};
use super::is_foreign;
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
    /// Made when the first text of the language is read.
    finder: OnceLock<Option<AhoCorasick>>,
}

/// What the table says of where a form stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It is a word that stands before figures, and in some languages behind them.
    None,
    /// `<`: it stands before figures only.
    Before,
    /// `>`: it stands behind figures only.
    Behind,
    /// `=`: it stands right at the figure, and elsewhere in many other words.
    At,
    /// `?`: it may hedge or not.
    Perhaps,
}

/// A form met in a text.
struct Met<'a> {
    mark: Mark,
    /// What stands before it and behind it in the text.
    before: &'a str,
    behind: &'a str,
}

/// How many forms the table must have of a language for a figure without one to be exact.
const KNOWN: usize = 16;
/// How many letters may stand between a figure and a form behind it that stands at it.
const BETWEEN: usize = 3;
/// How many letters may stand between a figure and a form before it that may hedge it or not.
const CLOSE: usize = 12;
/// How far before or behind a figure a hedge may stand, in letters.
const REACH: usize = 24;
/// How far around a figure a hedge may stand that perhaps belongs to it, in letters.
const AROUND: usize = 60;
/// How many letters part two figures that are no span.
const SPAN: usize = 8;
/// What ends a sentence: a hedge beyond it belongs to another figure.
const STOPS: [&str; 6] = [". ", "! ", "? ", "。", "।", "؟"];
/// Signs before a figure that make it inexact.
const BEFORE: [char; 6] = ['~', '≈', '≥', '≤', '±', '∼'];
/// What stands behind figures that count a place in a row.
const ORDINALS: &str = "th st nd rd e er re eme ème ère :e :a :es -й -го -му -м -я -ю -е -х -та -ти -те -ма -га \
                        -ві -ші ste de º ª";
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
        let forms = |all| Forms { all, finder: OnceLock::new() };
        Self(table.into_iter().map(|(lang, all)| (lang, forms(all))).collect())
    }

    /// What stands at a figure at `from..to` of a text.
    pub(crate) fn at(&self, text: &str, lang: &Lang, (from, to): (usize, usize)) -> Hedge {
        let Some(forms) = self.0.get(base(lang)) else { return Hedge::Unclear };
        if let Some(words) = self.words(text, lang, (from, to)) {
            return Hedge::Words(words);
        }
        let before = since_stop(last(text.get(..from).unwrap_or_default(), AROUND));
        let behind = until_stop(first(text.get(to..).unwrap_or_default(), AROUND));
        let wide = (before.to_lowercase(), behind.to_lowercase());
        let near = |it: &Met| !matches!(it.mark, Mark::At | Mark::Perhaps);
        let follows = BEHIND.split(' ').any(|it| it == base(lang));
        let stretches = if follows { vec![&*wide.0, &*wide.1] } else { unbound(&wide.0, &wide.1) };
        let loose = stretches.into_iter().any(|it| forms.longest(it, near).is_some());
        let poor = forms.all.len() < KNOWN;
        let open = poor || loose || forms.perhaps(&wide) || is_foreign(&(wide.0 + &wide.1), lang);
        if open { Hedge::Unclear } else { Hedge::None }
    }

    /// The hedge that belongs to a figure at `from..to` of a text, as it is written.
    pub(crate) fn words(
        &self,
        text: &str,
        lang: &Lang,
        (from, to): (usize, usize),
    ) -> Option<String> {
        let forms = self.0.get(base(lang))?;
        if let Some(sign) = sign(text, (from, to)) {
            return Some(sign.into());
        }
        let alone = |c: char| is_stop(c) || c.is_numeric();
        let front = since_stop(last(text.get(..from).unwrap_or_default(), REACH)).to_lowercase();
        let front = front.rsplit(alone).next().unwrap_or_default();
        let back = until_stop(first(text.get(to..).unwrap_or_default(), REACH)).to_lowercase();
        let back = back.split(alone).next().unwrap_or_default();
        let before = |it: &Met| match it.mark {
            Mark::None | Mark::Before => true,
            Mark::At => it.behind.trim().is_empty(),
            Mark::Behind | Mark::Perhaps => false,
        };
        let behind = |it: &Met| match it.mark {
            Mark::None => true,
            Mark::At => it.before.chars().count() <= BETWEEN,
            Mark::Before | Mark::Behind | Mark::Perhaps => false,
        };
        let found = forms.longest(front, before);
        let found = found.or_else(|| forms.longest(back, |it| it.mark == Mark::Behind));
        let follows = || BEHIND.split(' ').any(|it| it == base(lang));
        found.or_else(|| forms.longest(back, behind).filter(|_| follows()))
    }
}

impl Forms {
    /// Whether a form that may hedge or not stands close by a figure, in what is before it and behind it in lower
    /// case: `under 30`, and not `under the week, 30 came`.
    fn perhaps(&self, (before, behind): &(String, String)) -> bool {
        let close = |text: &str, letters| text.chars().count() <= letters;
        let led = |it: &Met| it.mark == Mark::Perhaps && close(it.behind, CLOSE);
        let followed = |it: &Met| it.mark == Mark::Perhaps && close(it.before, BETWEEN);
        self.longest(before, led).is_some() || self.longest(behind, followed).is_some()
    }

    /// The longest form that stands in a text in lower case, of those that are asked for.
    fn longest(&self, text: &str, asked: impl Fn(&Met) -> bool) -> Option<String> {
        let stands = |at: std::ops::Range<usize>, form: &str| {
            let met = Met {
                mark: mark(form),
                before: text.get(..at.start).unwrap_or_default(),
                behind: text.get(at.end..).unwrap_or_default(),
            };
            asked(&met) && Form::read(bare(form)).stands(text, at)
        };
        let cores = || self.all.iter().map(|it| Form::read(bare(it)).core);
        let finder = self.finder.get_or_init(|| AhoCorasick::new(cores()).ok()).as_ref()?;
        let met = finder.find_overlapping_iter(text).filter_map(|it| {
            let form = self.all.get(it.pattern().as_usize())?;
            text.get(it.range()).filter(|_| stands(it.range(), form))
        });
        met.max_by_key(|word| (word.len(), Reverse(*word))).map(str::to_owned)
    }
}

/// The mark of a form of the table.
fn mark(form: &str) -> Mark {
    match form.chars().next() {
        Some('<') => Mark::Before,
        Some('>') => Mark::Behind,
        Some('=') => Mark::At,
        Some('?') => Mark::Perhaps,
        _ => Mark::None,
    }
}

/// A form without its mark.
fn bare(form: &str) -> &str {
    form.strip_prefix(['<', '>', '=', '?']).unwrap_or(form)
}

/// What stands behind the last end of a sentence in a text, if a letter stands behind that.
fn since_stop(text: &str) -> &str {
    let begins = |it: &&str| it.starts_with(is_letter);
    let ends = STOPS.iter().filter_map(|it| text.rsplit_once(it)).map(|it| it.1).filter(begins);
    ends.min_by_key(|it| it.len()).unwrap_or(text)
}

/// What stands before the first end of a sentence in a text.
fn until_stop(text: &str) -> &str {
    let ends = STOPS.iter().filter_map(|it| text.split_once(it)).map(|it| it.0);
    ends.min_by_key(|it| it.len()).unwrap_or(text)
}

/// What stands around a figure, without what is right before another one: a hedge there belongs to that one.
fn unbound<'a>(before: &'a str, behind: &'a str) -> Vec<&'a str> {
    let mut parts: Vec<&str> = before.split(char::is_numeric).collect();
    let own = parts.pop().unwrap_or_default();
    let mut next: Vec<&str> = behind.split(char::is_numeric).collect();
    let end = next.pop().unwrap_or_default();
    // Two figures so close to each other are a span: what hedges the one hedges the other.
    let short = |part: Option<&&str>| part.is_some_and(|it| it.chars().count() < SPAN);
    if !parts.is_empty() && short(Some(&own)) || short(next.first()) {
        return vec![before, behind];
    }
    let free = |part: &'a str| {
        let letters = part.chars().count().saturating_sub(REACH);
        first(part, letters)
    };
    parts.into_iter().chain(next).map(free).chain([own, end]).collect()
}

/// The sign at a figure that makes it inexact: `~250`, `400+`.
fn sign(text: &str, (from, to): (usize, usize)) -> Option<&str> {
    let before = text.get(..from).unwrap_or_default();
    let behind = text.get(to..).unwrap_or_default();
    let more = behind.starts_with('+') && !behind.chars().nth(1).is_some_and(char::is_numeric);
    if more {
        return behind.get(..1);
    }
    let first = before.trim_end().char_indices().next_back()?;
    before.get(first.0..first.0 + first.1.len_utf8()).filter(|_| BEFORE.contains(&first.1))
}

/// Whether a figure between two stretches of text counts a place in a row: `7th`, `第 7`.
pub(super) fn is_ordinal(before: &str, behind: &str) -> bool {
    let ends = behind.chars().take_while(|&c| is_letter(c) || matches!(c, ':' | '-' | 'º' | 'ª'));
    let end: String = ends.collect();
    before.trim_end().ends_with(['第', '제']) || ORDINALS.split(' ').any(|it| it == end)
}

/// The last letters of a text, one more than so many.
pub(super) fn last(text: &str, letters: usize) -> &str {
    let start = text.char_indices().rev().nth(letters).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

/// The first letters of a text.
pub(super) fn first(text: &str, letters: usize) -> &str {
    let end = text.char_indices().nth(letters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
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
            ("2500 多人參加", "zh", "2500", "多"),
            ("2500'den fazla kişi", "tr", "2500", "den fazla"),
        ] {
            assert_eq!(hedge(text, tag, figure), Hedge::Words(word.into()), "{text}");
        }
        assert_eq!(hedge("参加者数は去年の 2500 人です", "ja", "2500"), Hedge::None);
        let saved = hedge("起動時間を 10 % 節約できます", "ja", "10");
        assert!(!matches!(saved, Hedge::Words(_)), "`saves` holds the sign for `about`");
        assert_eq!(hedge("約2500人", "ja", "2500"), Hedge::Words("約".into()));
        assert_eq!(hedge("it is 400+ packages behind", "en", "400"), Hedge::Words("+".into()));
        assert_eq!(hedge("Some came. In all 208 are left. Perhaps", "en", "208"), Hedge::None);
        assert_eq!(hedge("أرسلت ما مجموعه 2500 من قوات", "ar", "2500"), Hedge::None);
    }

    #[test]
    fn hedges_of_many_languages_are_known() {
        for (text, tag, figure, word) in [
            ("قتل ما لا يقل عن 250 شخصا", "ar", "250", "ما لا يقل عن"),
            ("وأكثر من 250 شخصا", "ar", "250", "أكثر من"),
            ("بیش از ۲۵۰ نفر کشته شدند", "fa", "۲۵۰", "بیش از"),
            ("погибли без малого 250 человек", "ru", "250", "без малого"),
            ("загинуло щонайменше 250 людей", "uk", "250", "щонайменше"),
            ("en az 250 kişi öldü", "tr", "250", "en az"),
            ("250 civarında kişi öldü", "tr", "250", "civarında"),
            ("不少于 250 人死亡", "zh", "250", "不少于"),
            ("250人を超える死者", "ja", "250", "超える"),
            ("250명이 넘는 사망자", "ko", "250", "넘는"),
            ("कम से कम 250 लोग मारे गए", "hi", "250", "कम से कम"),
            ("250 से ज़्यादा लोग मारे गए", "hi", "250", "ज़्यादा"),
            ("sedikitnya 250 orang tewas", "id", "250", "sedikitnya"),
            ("tidak kurang dari 250 orang", "id", "250", "tidak kurang"),
            ("ít nhất 250 người thiệt mạng", "vi", "250", "ít nhất"),
            ("watu wasiopungua 250 waliuawa", "sw", "250", "wasiopungua"),
            ("takriban watu 250 waliuawa", "sw", "250", "takriban"),
            ("לפחות 250 בני אדם נהרגו", "he", "250", "לפחות"),
            ("τουλάχιστον 250 άνθρωποι", "el", "250", "τουλάχιστον"),
            ("অন্তত 250 জন নিহত", "bn", "250", "অন্তত"),
        ] {
            assert_eq!(hedge(text, tag, figure), Hedge::Words(word.into()), "{text}");
        }
        for (text, tag) in [
            ("قتل 250 شخصا", "ar"),
            ("۲۵۰ نفر کشته شدند", "fa"),
            ("погибли 250 человек", "ru"),
            ("загинуло 250 людей", "uk"),
            ("250 kişi öldü", "tr"),
            ("250 人死亡", "zh"),
            ("250人が死亡した", "ja"),
            ("250명이 숨졌다", "ko"),
            ("250 लोग मारे गए", "hi"),
            ("250 orang tewas", "id"),
            ("250 người thiệt mạng", "vi"),
            ("watu 250 waliuawa", "sw"),
            ("250 בני אדם נהרגו", "he"),
            ("σκοτώθηκαν 250 άνθρωποι", "el"),
        ] {
            let figure = text.split(' ').find(|it| it.starts_with(char::is_numeric)).unwrap();
            let figure = figure.trim_end_matches(char::is_alphabetic);
            assert_eq!(hedge(text, tag, figure), Hedge::None, "{text}");
        }
    }

    #[test]
    fn a_hedge_right_before_another_figure_belongs_to_that_one() {
        let people = "with more than 550 participants from 53 countries";
        assert_eq!(hedge(people, "en", "53"), Hedge::None);
        assert_eq!(hedge("53 countries sent over 550 people", "en", "53"), Hedge::None);
        assert_eq!(hedge("more than 10 or 12 people", "en", "12"), Hedge::Unclear);
    }

    #[test]
    fn what_may_belong_to_another_figure_is_unclear() {
        assert_eq!(hedge("in 2001 about thirty came", "en", "2001"), Hedge::Unclear);
        assert_eq!(hedge("i alt under 230 kom", "da", "230"), Hedge::Unclear);
        assert_eq!(hedge("under ugen kom der i alt 230", "da", "230"), Hedge::None);
        assert_eq!(hedge("모두 (about 230 of them) 이다", "ko", "230"), Hedge::Unclear);
    }

    #[test]
    fn ordinals_are_exact() {
        for (before, behind) in
            [("the ", "th issue"), ("第 ", " 号"), ("le ", "e numéro"), ("", ":e")]
        {
            assert!(is_ordinal(before, behind), "{behind}");
        }
        assert!(!is_ordinal("for ", " months") && !is_ordinal("about ", "km"));
    }

    #[test]
    fn the_table_is_read() {
        assert!(Hedges::table().0.len() >= 50);
    }
}
