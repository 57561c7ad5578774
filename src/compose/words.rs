//! The words of the interface: a catalogue of messages for one language, over English.
//!
//! The language of the interface is that of the page around the texts; it never changes a text.

use std::collections::{BTreeMap, BTreeSet};

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::vocab::codes::Code;
use crate::vocab::date::Date;
use crate::vocab::diagnostic::{Diagnostic, Place};
use crate::vocab::lang::Lang;
use crate::vocab::yaml;

use super::{ThemeFiles, default_theme};

/// A message: one text, or one for each plural category of CLDR that the language has.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(untagged)]
pub(super) enum Message {
    /// The same text for every number.
    Plain(String),
    /// A text for each category; `other` serves where one is missing.
    Plural(BTreeMap<String, String>),
}

/// The catalogue of one interface language. A page says dozens of messages, so that each is found in one step.
pub(super) struct Words {
    lang: Lang,
    messages: FxHashMap<String, Message>,
    /// The names that English has, in order: the place of a name here is its number.
    names: Vec<String>,
    /// The number of each of them.
    numbers: FxHashMap<String, usize>,
    /// What the catalogue itself does not say, so that English stands in.
    english: BTreeSet<String>,
    plurals: Plurals,
    english_plurals: Plurals,
}

impl Words {
    /// Reads the catalogues of a theme: English beneath, the interface language above it.
    pub(super) fn load(theme: &ThemeFiles, interface: &str) -> Result<Self, Diagnostic> {
        let mut messages = read(theme, "en")?;
        let names: Vec<String> = messages.keys().cloned().collect();
        let numbers = names.iter().cloned().zip(0..).collect();
        let wanted = Lang::parse(interface);
        let lang = wanted.filter(|lang| theme.contains_key(&path(lang.base())));
        let lang = lang.or_else(|| Lang::parse("en")).unwrap_or_else(Lang::undetermined);
        let mut english = BTreeSet::new();
        if lang.base() != "en" {
            let own = read(theme, lang.base())?;
            english = messages.keys().filter(|id| !own.contains_key(*id)).cloned().collect();
            messages.extend(own);
        }
        let messages = messages.into_iter().collect();
        let (plurals, english_plurals) = (Plurals::of(lang.as_str()), Plurals::of("en"));
        Ok(Self { lang, messages, names, numbers, english, plurals, english_plurals })
    }

    /// The short form of a message's name, the same in every language of a theme; `None` where English has no
    /// such message.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// All messages: first those with a number, in its order.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (&String, &Message)> {
        let others = self.messages.iter().filter(|(id, _)| self.number(id).is_none());
        let others: BTreeMap<&String, &Message> = others.collect();
        self.names.iter().filter_map(|id| self.messages.get_key_value(id)).chain(others)
    }

    /// The names of the messages in which English stands in.
    pub(super) fn english(&self) -> Vec<&str> {
        self.english.iter().map(String::as_str).collect()
    }

    /// Whether English stands in for a message.
    pub(super) fn is_english(&self, id: &str) -> bool {
        self.english.contains(id)
    }

    /// The language of the interface.
    pub(super) fn lang(&self) -> &Lang {
        &self.lang
    }

    /// A message; `None` where the catalogue has no such one.
    pub(super) fn find(&self, id: &str, count: Option<u64>) -> Option<&str> {
        match self.messages.get(id)? {
            Message::Plain(text) => Some(text),
            Message::Plural(texts) => {
                let plurals =
                    if self.is_english(id) { &self.english_plurals } else { &self.plurals };
                let category = plurals.category(count.unwrap_or(0));
                texts.get(category).or_else(|| texts.get("other")).map(String::as_str)
            }
        }
    }

    /// The messages whose names begin so, for a script that fills them in itself: as JSON, a text or a
    /// text for each plural category.
    pub(super) fn beginning(&self, prefix: &str) -> String {
        let named = self.messages.iter().filter(|(id, _)| id.starts_with(prefix));
        serde_json::to_string(&named.collect::<BTreeMap<_, _>>()).unwrap_or_default()
    }

    /// A message with its placeholders filled in.
    pub(super) fn say(&self, id: &str, values: &[(&str, &str)]) -> String {
        let count =
            values.iter().find(|(name, _)| *name == "n").and_then(|(_, it)| it.parse().ok());
        self.find(id, count).map_or_else(|| id.to_owned(), |text| fill(text, values))
    }

    /// A date as the interface language writes it.
    pub(super) fn date(&self, date: &Date) -> String {
        match date.as_str().split_once('/') {
            Some((from, to)) => {
                let end =
                    |it| if matches!(it, "" | "..") { "…".to_owned() } else { self.point(it) };
                format!("{} – {}", end(from), end(to))
            }
            None => self.point(date.as_str()),
        }
    }

    /// One point in time: a year, a month or a day, with its qualifier.
    fn point(&self, text: &str) -> String {
        let bare = text.trim_end_matches(['?', '~', '%']);
        let mut fields = bare.split('-');
        let year = fields.next().unwrap_or_default();
        let month = fields.next().map(|it| it.trim_start_matches('0'));
        let day = fields.next().map(|it| it.trim_start_matches('0'));
        let plain = match (month, day) {
            (Some(month), Some(day)) => {
                let name = self.say(&format!("month.{month}"), &[]);
                self.say("date.day", &[("d", day), ("m", &name), ("y", year)])
            }
            (Some(month), None) => self.month(year, month),
            _ => year.to_owned(),
        };
        match text.chars().last() {
            Some('?') => self.say("date.uncertain", &[("date", &plain)]),
            Some('~' | '%') => self.say("date.about", &[("date", &plain)]),
            _ => plain,
        }
    }

    /// A month of a year; `month` is its number without a leading zero.
    pub(super) fn month(&self, year: &str, month: &str) -> String {
        let id = format!("month.{month}.alone");
        let id = if self.messages.contains_key(&id) { id } else { format!("month.{month}") };
        self.say("date.month", &[("m", &self.say(&id, &[])), ("y", year)])
    }
}

/// Where the catalogue of a language stands in a theme.
fn path(lang: &str) -> String {
    format!("messages/{lang}.yaml")
}

/// Reads the catalogue of a language: what the theme says, over what the default theme says, message by
/// message.
fn read(theme: &ThemeFiles, lang: &str) -> Result<BTreeMap<String, Message>, Diagnostic> {
    let path = path(lang);
    let built_in = default_theme().iter().find(|(name, _)| *name == path).map_or("", |it| it.1);
    let own = theme.get(&path).map_or("", String::as_str);
    let mut messages = parse(&path, built_in)?;
    if own != built_in {
        messages.extend(parse(&path, own)?);
    }
    Ok(messages)
}

/// Reads one file of messages.
fn parse(path: &str, text: &str) -> Result<BTreeMap<String, Message>, Diagnostic> {
    yaml::read(text).map_err(|fault| {
        let mut place = Place::file(path);
        place.line = fault.line;
        place.column = fault.column;
        let line = text.lines().nth(fault.line.saturating_sub(1) as usize);
        line.unwrap_or_default().clone_into(&mut place.excerpt);
        Diagnostic::new(Code::BadTheme, place, fault.message)
    })
}

/// Puts values in the place of `{name}`.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// The plural categories of whole numbers in a language.
struct Plurals {
    lang: String,
    /// Those of the first numbers, which most messages have.
    first: Vec<&'static str>,
}

impl Plurals {
    /// Those of a language.
    fn of(lang: &str) -> Self {
        let rules = rules(lang);
        let first = (0..FIRST).map(|count| category(rules.as_ref(), count)).collect();
        Self { lang: lang.to_owned(), first }
    }

    /// The category of a number.
    fn category(&self, count: u64) -> &'static str {
        let known = self.first.get(count as usize).copied();
        known.unwrap_or_else(|| category(rules(&self.lang).as_ref(), count))
    }
}

/// Of how many numbers the categories are worked out once.
const FIRST: u64 = 256;

/// How a language counts, after Unicode CLDR; `None` where that is not known.
fn rules(lang: &str) -> Option<PluralRules> {
    let locale: Locale = lang.parse().ok()?;
    PluralRules::try_new_cardinal((&locale).into()).ok()
}

/// The category of a number where a language counts so.
fn category(rules: Option<&PluralRules>, count: u64) -> &'static str {
    match rules.map(|it| it.category_for(count)) {
        Some(PluralCategory::Zero) => "zero",
        Some(PluralCategory::One) => "one",
        Some(PluralCategory::Two) => "two",
        Some(PluralCategory::Few) => "few",
        Some(PluralCategory::Many) => "many",
        Some(PluralCategory::Other) | None => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_cldr() {
        let row = |lang| {
            let plurals = Plurals::of(lang);
            for count in [FIRST - 1, FIRST, 1_000_000] {
                assert_eq!(plurals.category(count), category(rules(lang).as_ref(), count));
            }
            [0, 1, 2, 5, 11, 21, 22, 100].map(|count| plurals.category(count))
        };
        let many = "many";
        assert_eq!(row("pl"), [many, "one", "few", many, many, many, "few", many]);
        assert_eq!(row("uk"), [many, "one", "few", many, many, "one", "few", many]);
        assert_eq!(row("ar"), ["zero", "one", "two", "few", many, many, many, "other"]);
        assert_eq!(row("fa").iter().filter(|it| **it == "one").count(), 2);
        assert_eq!(row("ja"), ["other"; 8]);
    }

    #[test]
    fn placeholders_are_filled_and_unknown_ones_stay() {
        assert_eq!(fill("{n} of {m} {", &[("n", "2")]), "2 of {m} {");
    }
}
