//! The words of the interface: a catalogue of messages for one language, over English.
//!
//! The language of the interface is that of the page around the texts; it never changes a text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::vocab::codes::Code;
use crate::vocab::date::Date;
use crate::vocab::diagnostic::{Diagnostic, Place};
use crate::vocab::lang::Lang;
use crate::vocab::yaml;

use super::ThemeFiles;

/// A message: one text, or one for each plural category of CLDR that the language has.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(untagged)]
enum Message {
    /// The same text for every number.
    Plain(String),
    /// A text for each category; `other` serves where one is missing.
    Plural(BTreeMap<String, String>),
}

/// The catalogue of one interface language.
pub(super) struct Words {
    lang: Lang,
    messages: BTreeMap<String, Message>,
}

impl Words {
    /// Reads the catalogues of a theme: English beneath, the interface language above it.
    pub(super) fn load(theme: &ThemeFiles, interface: &str) -> Result<Self, Diagnostic> {
        let mut messages = read(theme, "en")?;
        let wanted = Lang::parse(interface);
        let lang = wanted.filter(|lang| theme.contains_key(&path(lang.base())));
        let lang = lang.or_else(|| Lang::parse("en")).unwrap_or_else(Lang::undetermined);
        if lang.base() != "en" {
            messages.extend(read(theme, lang.base())?);
        }
        Ok(Self { lang, messages })
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
                let category = plural(self.lang.base(), count.unwrap_or(0));
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

/// Reads one catalogue.
fn read(theme: &ThemeFiles, lang: &str) -> Result<BTreeMap<String, Message>, Diagnostic> {
    let path = path(lang);
    let text = theme.get(&path).map_or("", String::as_str);
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

/// The plural category of a whole number after the rules of Unicode CLDR.
fn plural(lang: &str, count: u64) -> &'static str {
    let (tens, ones) = (count % 100, count % 10);
    match lang {
        "ar" => match (count, tens) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        "ru" | "uk" | "be" => match (ones, tens) {
            (1, tens) if tens != 11 => "one",
            (2..=4, tens) if !(12..=14).contains(&tens) => "few",
            _ => "many",
        },
        "pl" => match (count, ones, tens) {
            (1, ..) => "one",
            (_, 2..=4, tens) if !(12..=14).contains(&tens) => "few",
            _ => "many",
        },
        "fr" | "pt" | "hi" | "fa" if count < 2 => "one",
        "zh" | "ja" | "ko" | "th" | "vi" | "id" | "fr" | "pt" | "hi" | "fa" => "other",
        _ if count == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_cldr() {
        let row = |lang| [0, 1, 2, 5, 11, 12, 21, 22, 100, 103].map(|count| plural(lang, count));
        let many = "many";
        assert_eq!(
            row("pl"),
            [many, "one", "few", many, many, many, many, "few", many, "few"],
            "pl"
        );
        assert_eq!(
            row("ru"),
            [many, "one", "few", many, many, many, "one", "few", many, "few"],
            "ru"
        );
        assert_eq!(
            row("ar"),
            ["zero", "one", "two", "few", many, many, many, many, "other", "few"],
            "ar"
        );
        assert_eq!(plural("fr", 0), "one");
        assert_eq!(plural("en", 0), "other");
    }

    #[test]
    fn placeholders_are_filled_and_unknown_ones_stay() {
        assert_eq!(fill("{n} of {m} {", &[("n", "2")]), "2 of {m} {");
    }
}
