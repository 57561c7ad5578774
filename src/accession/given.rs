//! What a file, its side file or a table of sources states about a text: front matter not yet judged.

use std::collections::BTreeMap;

use super::hidden;
use crate::vocab::date::Date;
use crate::vocab::lang::Lang;
use crate::vocab::page::{Head, KEYS, Removed, Role, Stretch};
use crate::vocab::slug;
use crate::vocab::yaml::{self, Value};

/// Keys that only Hexapla itself writes: what a file says there is not believed.
const OURS: &[&str] = &["seed", "sha256", "removed"];

/// Stated keys and values.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Given(BTreeMap<String, Value>);

/// What may be stated of a seed by a key, and where it was.
pub(crate) fn allowed(key: &str) -> String {
    let values = match key {
        "date" => {
            "a day, a month, a year or an interval of them: 2022-01-10, 2022-01, 2022-01-10/2022-01-12"
        }
        "lang" => "the tag of a language, such as `pl`, `pt-BR` or `sr-Latn`",
        "statement" => "a name of lower-case letters, digits and hyphens",
        "role" => "`original`, `translation`, `retelling` or `unknown`",
        _ => "numbers of passages with their languages",
    };
    format!("write {values}; it stands in the text itself, in its side file or in `sources.csv`")
}

impl Given {
    /// Reads a YAML mapping.
    pub(crate) fn read(text: &str) -> Result<Self, yaml::Fault> {
        yaml::read(text).map(Self)
    }

    /// States one thing, unless it is empty.
    pub(crate) fn set(&mut self, key: &str, value: impl Into<String>) {
        let value = value.into();
        let value = value.trim();
        if !value.is_empty() {
            self.0.insert(key.to_owned(), Value::from(value));
        }
    }

    /// Takes out of all texts what may not stand in a page, and gives the record of it for a line.
    pub(crate) fn purge(&mut self, line: u32) -> Option<Removed> {
        let mut all = String::new();
        self.0.values_mut().for_each(|value| purge(value, &mut all));
        hidden::record(line, &all)
    }

    /// Lets other statements win over these.
    pub(crate) fn overrule(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(key, value)| (key.clone(), value.clone())));
    }

    /// Whether these are the statements of a page that Hexapla made: its body holds no title.
    pub(crate) fn is_of_a_page(&self) -> bool {
        OURS.iter().take(2).all(|key| self.has(key))
    }

    /// Whether nothing is stated.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a key is stated.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(|value| !value.is_null())
    }

    /// A stated value as one line of text.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        let text = match self.0.get(key)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            _ => return None,
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }

    /// A stated list; one value is a list of one.
    pub(crate) fn list(&self, key: &str) -> Vec<String> {
        match self.0.get(key) {
            Some(Value::Sequence(values)) => {
                values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
            }
            _ => self.text(key).into_iter().collect(),
        }
    }

    /// The stated language.
    pub(crate) fn lang(&self) -> Option<Lang> {
        self.text("lang").and_then(|tag| Lang::parse(&tag))
    }

    /// The stated date; of a point in time the day.
    pub(crate) fn date(&self) -> Option<Date> {
        let text = self.text("date")?;
        Date::parse(&text).or_else(|| Date::parse(text.get(..10)?))
    }

    /// Writes what is stated into a front matter, and gives the keys whose values are not allowed.
    pub(crate) fn describe(&self, head: &mut Head) -> Vec<&'static str> {
        let mut faults = Vec::new();
        for (key, slot) in texts(head) {
            if let Some(text) = self.text(key) {
                *slot = Some(text);
            }
        }
        head.tags = self.list("tags");
        head.frame = self.list("frame");
        head.date = self.date();
        if self.has("date") && head.date.is_none() {
            faults.push("date");
        }
        self.describe_role(head, &mut faults);
        match self.passages() {
            Some(Ok(stretches)) => head.passages = stretches,
            Some(Err(_)) => faults.push("passages"),
            None => {}
        }
        if self.has("lang") && self.lang().is_none() {
            faults.push("lang");
        }
        if head.statement.as_deref().is_some_and(|name| !slug::is_slug(name)) {
            faults.push("statement");
            head.statement = None;
        }
        head.unknown = self.unknown();
        faults
    }

    /// The stated passages in other languages; `None` where nothing is stated, a fault where it cannot
    /// be read.
    pub(crate) fn passages(&self) -> Option<Result<Vec<Stretch>, yaml::Fault>> {
        self.0.get("passages").map(|value| yaml::read(&yaml::write(value)))
    }

    /// Writes the stated role.
    fn describe_role(&self, head: &mut Head, faults: &mut Vec<&'static str>) {
        if let Some(role) = self.text("role") {
            head.role = yaml::read::<Role>(&role).ok();
            if head.role.is_none() {
                faults.push("role");
            }
        }
    }

    /// The keys that Hexapla does not know.
    fn unknown(&self) -> BTreeMap<String, Value> {
        let known = |key: &str| KEYS.contains(&key) || OURS.contains(&key);
        self.0
            .iter()
            .filter(|(key, _)| !known(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }
}

/// Takes out of a value what may not stand in a page; the texts that lost something are added to `all`.
fn purge(value: &mut Value, all: &mut String) {
    match value {
        Value::String(text) if text.contains(hidden::is_hidden) => {
            all.push_str(text);
            *text = hidden::without(text);
        }
        Value::Sequence(values) => values.iter_mut().for_each(|it| purge(it, all)),
        _ => {}
    }
}

/// The fields of a front matter that hold one line of text.
fn texts(head: &mut Head) -> [(&'static str, &mut Option<String>); 10] {
    [
        ("subtitle", &mut head.subtitle),
        ("outlet", &mut head.outlet),
        ("section", &mut head.section),
        ("dateline", &mut head.dateline),
        ("author", &mut head.author),
        ("statement", &mut head.statement),
        ("source_url", &mut head.source_url),
        ("captured_at", &mut head.captured_at),
        ("payload_digest", &mut head.payload_digest),
        ("rights", &mut head.rights),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_allowed_is_named_and_the_rest_is_used() {
        let given = Given::read(
            "date: soon\nrole: original\nauthor: [a]\nstatement: Not A Slug\nshelf: 4\nsha256: x",
        )
        .unwrap();
        let mut head = Head::new("t", Lang::undetermined());
        assert_eq!(given.describe(&mut head), ["date", "statement"]);
        assert_eq!(head.role, Some(Role::Original));
        assert_eq!(head.unknown.keys().collect::<Vec<_>>(), ["shelf"]);
        assert_eq!((head.author, head.sha256), (None, None));
    }

    #[test]
    fn a_point_in_time_is_a_day() {
        let given = Given::read("date: 2024-02-07T10:00:00Z").unwrap();
        assert_eq!(given.date().unwrap().as_str(), "2024-02-07");
    }
}
