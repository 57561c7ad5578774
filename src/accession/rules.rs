//! The table of furniture: what outlets print around a text, in many languages.
//!
//! Knows lines, not texts: where in a text a line stands is the business of the rooms that ask.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::fold::{fold, is_small, is_wide, mask, width};
use super::sections::Sections;
use crate::vocab::yaml;

/// The table itself, compiled into the program.
const TABLE: &str = include_str!("../tables/furniture.yaml");

/// The rules that cut a line, as they are recorded with it.
const CUTTING: &[&str] = &[
    "adblock-appeal",
    "advertisement",
    "back-to-top",
    "comment-form",
    "contact",
    "cookie-notice",
    "copyright",
    "donate",
    "navigation",
    "notice",
    "page-mark",
    "read-also",
    "share-line",
    "sign-off",
    "source-link",
    "subscribe",
    "tag-line",
];

/// The longest line, in [`width`], that is judged by how it begins.
const SHORT: usize = 160;

/// The longest line, in [`width`], that is judged by what stands anywhere in it.
const MIDDLING: usize = 420;

/// The phrases of one rule.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Phrases {
    whole: Vec<String>,
    start: Vec<String>,
    edge: Vec<String>,
}

/// Phrases that a line may begin with, by their first two characters.
pub(super) type Starts = FxHashMap<(char, char), Vec<(String, &'static str)>>;

/// The table, ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    whole: FxHashMap<String, &'static str>,
    starts: Starts,
    edges: Vec<(String, &'static str)>,
    /// Finds all phrases of `edges` in one reading of a line.
    finder: Option<AhoCorasick>,
    sections: Sections,
    outlet_words: FxHashSet<String>,
    bylines: Starts,
    byline_lines: FxHashSet<String>,
    byline_edges: Vec<String>,
    authors: Starts,
    frames: Vec<String>,
    attributions: FxHashSet<String>,
    openings: Starts,
    reports: Starts,
}

impl Rules {
    /// Reads the table that the program carries.
    pub(crate) fn load() -> Self {
        let table: BTreeMap<String, BTreeMap<String, Phrases>> =
            yaml::read(TABLE).unwrap_or_default();
        let mut rules = Self::default();
        for (name, phrases) in table.into_values().flatten() {
            rules.add(&name, &phrases);
        }
        rules.finder = AhoCorasick::new(rules.edges.iter().map(|it| &it.0)).ok();
        rules
    }

    /// Takes in the phrases of one rule of one language.
    fn add(&mut self, name: &str, phrases: &Phrases) {
        match name {
            "section-label" => self.sections.add(&phrases.whole, &phrases.start),
            "outlet-word" => self.outlet_words.extend(phrases.whole.iter().map(|it| core(it))),
            "attribution" => {
                self.attributions.extend(phrases.whole.iter().map(|it| core(it)));
                add_starts(&mut self.openings, &phrases.start, "frame");
            }
            "frame" => {
                self.frames.extend(phrases.edge.iter().map(|it| mask(&fold(it))));
                add_starts(&mut self.reports, &phrases.start, "frame");
            }
            "author" => add_starts(&mut self.authors, &phrases.start, "byline"),
            "byline" => {
                add_starts(&mut self.bylines, &phrases.start, "byline");
                self.byline_lines.extend(phrases.whole.iter().map(|it| core(it)));
                self.byline_edges.extend(phrases.edge.iter().map(|it| mask(&fold(it))));
            }
            _ => self.add_cutting(name, phrases),
        }
    }

    /// Takes in a rule that cuts lines.
    fn add_cutting(&mut self, name: &str, phrases: &Phrases) {
        if let Some(&rule) = CUTTING.iter().find(|rule| **rule == name) {
            self.whole.extend(phrases.whole.iter().map(|it| (core(it), rule)));
            add_starts(&mut self.starts, &phrases.start, rule);
            self.edges.extend(phrases.edge.iter().map(|it| (mask(&fold(it)), rule)));
        }
    }

    /// The rule that cuts a line wherever it stands.
    pub(crate) fn anywhere(&self, line: &str) -> Option<&'static str> {
        if width(line) > SHORT {
            return None;
        }
        let masked = mask(&fold(line));
        let bare = masked.trim_start_matches(|c: char| !is_speaking(c));
        let whole = self.whole.get(trimmed(&masked)).copied();
        whole.or_else(|| start_of(&self.starts, bare)).or_else(|| self.page_mark(&masked))
    }

    /// Whether the table knows a line as a whole.
    pub(crate) fn is_whole(&self, line: &str) -> bool {
        self.whole.contains_key(&core(line))
    }

    /// Whether a line begins with a cue and a colon: `Read also: The bridge is open.`
    pub(crate) fn is_label(&self, line: &str) -> bool {
        let cue = line.split_once([':', '：']).map_or("", |it| it.0);
        let read = |rule| matches!(rule, "read-also" | "advertisement" | "share-line" | "tag-line");
        let fits = (1..=40).contains(&width(cue.trim()));
        fits && self
            .whole
            .get(&core(cue))
            .copied()
            .or_else(|| self.anywhere(line))
            .is_some_and(read)
    }

    /// The mark of a page or a sheet, which stands between paragraphs.
    fn page_mark(&self, masked: &str) -> Option<&'static str> {
        let mark = |it: &&(String, &'static str)| it.1 == "page-mark" && masked.ends_with(&it.0);
        self.edges.iter().find(mark).filter(|_| width(masked) <= 48).map(|it| it.1)
    }

    /// The rule that cuts a line before the first or after the last paragraph of a text.
    pub(crate) fn at_edge(&self, line: &str) -> Option<&'static str> {
        if width(line) > MIDDLING {
            return None;
        }
        let masked = mask(&fold(line));
        let found = self.finder.as_ref()?.find_overlapping_iter(&masked);
        let first = found.map(|it| it.pattern().as_usize()).min()?;
        self.edges.get(first).map(|it| it.1)
    }

    /// Whether a line is a section label, or several of them.
    pub(crate) fn is_section(&self, line: &str) -> bool {
        self.sections.knows(line)
    }

    /// A section label as it is told: several that are glued together are parted.
    pub(crate) fn section(&self, line: &str) -> String {
        self.sections.told(line)
    }

    /// Whether a line has a word that names of outlets have.
    pub(crate) fn has_outlet_word(&self, line: &str) -> bool {
        let folded = fold(line);
        let mut words = folded.split(|c: char| !is_speaking(c));
        words.any(|word| self.outlet_words.contains(word))
            || folded.chars().any(is_wide)
                && self
                    .outlet_words
                    .iter()
                    .any(|word| word.chars().all(is_wide) && folded.ends_with(word.as_str()))
    }

    /// Whether a line speaks of the printing: when it was published, by whom, from where.
    pub(crate) fn is_byline(&self, line: &str) -> bool {
        let masked = mask(&fold(line));
        width(line) <= SHORT
            && (start_of(&self.bylines, &masked).is_some()
                || self.byline_edges.iter().any(|phrase| masked.contains(phrase.as_str())))
    }

    /// Whether a line is nothing but such a remark: `3 min read`, `Web desk`.
    pub(crate) fn is_bare_byline(&self, line: &str) -> bool {
        width(line) <= 48 && self.byline_lines.contains(&core(line))
    }

    /// The name that a line gives as the author's.
    pub(crate) fn author<'a>(&self, line: &'a str) -> Option<&'a str> {
        let line = line.trim();
        let (cue, rest) = split_cue(line).filter(|_| width(line) <= 90)?;
        start_of(&self.authors, &(mask(&fold(cue)) + " "))?;
        let (name, after) = split_name(rest);
        let post =
            after.split_whitespace().count() <= 3 || after.contains(|c: char| c.is_ascii_digit());
        Some(name).filter(|name| is_name(name) && post)
    }

    /// Whether a first paragraph only introduces the statement.
    pub(crate) fn is_frame(&self, line: &str) -> bool {
        let masked = mask(&fold(line));
        width(line) <= MIDDLING && self.frames.iter().any(|phrase| masked.contains(phrase.as_str()))
    }

    /// The part of a paragraph's beginning, up to its first comma, that says who reports it.
    pub(crate) fn opening_attribution<'a>(&self, line: &'a str) -> Option<&'a str> {
        let end = line.find(['،', ','])?;
        let (part, rest) = line.split_at_checked(end)?;
        let part = line
            .get(..line.len() - rest.trim_start_matches(['،', ',', ' ']).len())
            .filter(|_| part.split_whitespace().count() <= 9)?;
        start_of(&self.openings, &mask(&fold(part))).map(|_| part)
    }

    /// Whether a paragraph begins as one that only says who reports.
    pub(crate) fn is_report(&self, line: &str) -> bool {
        start_of(&self.reports, &mask(&fold(line))).is_some()
    }

    /// Whether a word says that somebody reports.
    pub(crate) fn is_attribution(&self, word: &str) -> bool {
        self.attributions.contains(&core(word))
    }
}

/// Parts a line into what stands before a name and the name.
fn split_cue(line: &str) -> Option<(&str, &str)> {
    let at =
        line.char_indices().find(|(_, c)| matches!(c, ':' | '：')).map(|(at, c)| at + c.len_utf8());
    let at = at.or_else(|| {
        let words = if line.starts_with("Written by ") { 2 } else { 1 };
        line.match_indices(' ').nth(words - 1).map(|(at, _)| at)
    })?;
    let (cue, name) = line.split_at_checked(at)?;
    Some((cue, name.trim()))
}

/// Parts a name from what stands behind it: a place, a post, a date.
fn split_name(text: &str) -> (&str, &str) {
    let marks = [" | ", " — ", " – ", " - ", " / ", ", ", "، ", " ("];
    let at = marks.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let (name, after) = text.split_at_checked(at).unwrap_or((text, ""));
    (name.trim(), after.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a text can be the name of a person: two to five words that begin with capitals, or a few
/// signs of a script without capitals.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(|c| !is_small(c));
    let upper = words.iter().filter(|word| capital(word)).count();
    !text.starts_with(is_small)
        && !text.contains(['.', ',', '?', '!'])
        && !text.contains(|c: char| c.is_ascii_digit())
        && upper + 1 >= words.len()
        && (2..=5).contains(&words.len())
        || text.chars().any(is_wide) && text.chars().count() <= 8
}

/// Files phrases by their first two characters.
pub(super) fn add_starts(starts: &mut Starts, phrases: &[String], rule: &'static str) {
    for phrase in phrases {
        let folded = fold(phrase);
        let phrase = mask(&folded) + if phrase.ends_with(' ') { " " } else { "" };
        starts.entry(first_two(&phrase)).or_default().push((phrase, rule));
    }
}

/// The first two characters of a text.
fn first_two(text: &str) -> (char, char) {
    let mut chars = text.chars();
    (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '))
}

/// The rule of a phrase that a folded line begins with.
pub(super) fn start_of(starts: &Starts, line: &str) -> Option<&'static str> {
    let found = starts.get(&first_two(line))?.iter().find(|(phrase, _)| {
        line.strip_prefix(phrase.as_str()).is_some_and(|rest| {
            let last = phrase.chars().next_back().unwrap_or(' ');
            !is_speaking(last) || is_wide(last) || !rest.starts_with(is_speaking)
        })
    });
    found.map(|it| it.1)
}

/// A folded phrase without the signs around it.
pub(super) fn core(text: &str) -> String {
    trimmed(&mask(&fold(text))).to_owned()
}

/// A folded text without the signs around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        !is_speaking(c) && !matches!(c, '(' | ')' | '[' | ']' | '-' | '（' | '）')
    })
}

/// Whether a character is part of words and numbers.
fn is_speaking(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '#' | '©' | '(' | '[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_knows_only_rules_that_exist() {
        let table: BTreeMap<String, BTreeMap<String, Phrases>> = yaml::read(TABLE).unwrap();
        let others = ["section-label", "outlet-word", "attribution", "frame", "author", "byline"];
        for (lang, rules) in &table {
            for name in rules.keys() {
                let known = CUTTING.contains(&name.as_str()) || others.contains(&name.as_str());
                assert!(known, "{lang}: {name}");
            }
        }
        assert!(table.len() >= 20, "{}", table.len());
    }

    #[test]
    fn furniture_is_known_by_how_it_begins() {
        let rules = Rules::load();
        for (line, rule) in [
            ("Share: Facebook Twitter Telegram WhatsApp", "share-line"),
            ("Читайте также: Последний паром", "read-also"),
            ("اترك تعليقاً", "comment-form"),
            ("زر الذهاب إلى الأعلى", "back-to-top"),
            ("↑ Back to top", "back-to-top"),
            ("相关阅读：最后一班渡船", "read-also"),
            ("Seite 3", "page-mark"),
        ] {
            assert_eq!(rules.anywhere(line), Some(rule), "{line}");
        }
        for line in [
            "Shares fell on Monday.",
            "The source linked both men.",
            "Наверх по реке шли баржи.",
            "Back to top form, the minister spoke for an hour without notes and without a glass of water, and nobody in the hall, it was said afterwards, looked at the clock at all.",
        ] {
            assert_eq!(rules.anywhere(line), None, "{line}");
        }
    }

    #[test]
    fn a_byline_gives_a_name() {
        let rules = Rules::load();
        assert_eq!(rules.author("By Clara Voss-Adeyn"), Some("Clara Voss-Adeyn"));
        assert_eq!(rules.author("Автор: Иван Петров"), Some("Иван Петров"));
        assert_eq!(rules.author("Von Jana Brück, 4. November 2022"), Some("Jana Brück"));
        for line in ["By noon the water had risen.", "Von unserem Korrespondenten, 26. Mai 2025"] {
            assert_eq!(rules.author(line), None, "{line}");
        }
    }
}
