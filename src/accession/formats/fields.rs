//! Documents that a file holds as fields: objects of JSON and JSON Lines, rows of CSV.

use std::collections::BTreeMap;

use serde_json::Value;

use super::plain::{self, Markup};
use super::{html, place};
use crate::accession::draft::Draft;
use crate::vocab::codes::Code;

/// What fields are called in the wild, by the key of a front matter; `text` is the document itself.
const NAMES: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "text",
            "body",
            "content",
            "maintext",
            "article",
            "article_text",
            "full_text",
            "articlebody",
        ],
    ),
    ("title", &["title", "headline", "heading", "name"]),
    ("subtitle", &["subtitle", "subheading", "dek"]),
    ("lang", &["lang", "language", "inlanguage"]),
    ("date", &["date", "published", "published_at", "date_publish", "datepublished", "pubdate"]),
    ("source_url", &["source_url", "url", "link", "uri", "canonical"]),
    ("outlet", &["outlet", "site_name", "publisher", "source", "source_domain", "site"]),
    ("author", &["author", "authors", "byline", "creator"]),
    ("section", &["section", "category"]),
    ("captured_at", &["captured_at", "date_download", "crawled_at", "retrieved_at", "scraped_at"]),
    ("rights", &["rights", "license", "licence"]),
    ("statement", &["statement"]),
    ("role", &["role"]),
    ("dateline", &["dateline"]),
];

/// What fields are called in this archive: the key of a front matter by the name of the field.
pub(crate) type Names = BTreeMap<String, String>;

/// One document as fields with lower-case names.
type Fields = BTreeMap<String, String>;

/// Reads JSON or JSON Lines; `None` where it holds no document with a text.
pub(crate) fn read_json(text: &str, names: &Names) -> Option<Vec<Draft>> {
    let whole: Result<Value, _> = serde_json::from_str(text);
    let objects: Vec<(u32, Value)> = if let Ok(value) = whole {
        objects(&value, names).into_iter().map(|object| (1, object.clone())).collect()
    } else {
        let lines = (1u32..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let read = lines.map(|(at, line)| Some((at, serde_json::from_str(line).ok()?)));
        read.collect::<Option<_>>()?
    };
    let mut finder = place::Finder::new(text);
    let drafts = objects.iter().map(|(line, object)| {
        let fields = fields(object, names);
        let line = if *line > 1 { *line } else { place_of(&mut finder, &fields) };
        draft(&fields, line, names)
    });
    some_text(drafts.collect())
}

/// Documents, unless none of them holds a text.
fn some_text(drafts: Vec<Draft>) -> Option<Vec<Draft>> {
    drafts.iter().any(|it| !it.lines.is_empty()).then_some(drafts)
}

/// The documents in a value: itself where it has a text, or the items of the first list in it whose items
/// have.
fn objects<'v>(value: &'v Value, names: &Names) -> Vec<&'v Value> {
    let has_text = |value: &Value| {
        let text = |(key, value): (&String, &Value)| {
            key_of(key, names).as_deref() == Some("text") && (value.is_string() || value.is_array())
        };
        value.as_object().is_some_and(|map| map.iter().any(text))
    };
    match value {
        Value::Array(items) if items.iter().any(has_text) => items.iter().collect(),
        Value::Object(_) if has_text(value) => vec![value],
        Value::Object(map) => {
            let inner = map.values().map(|value| objects(value, names));
            inner.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The line where an object stands: that of its title or text.
fn place_of(finder: &mut place::Finder, fields: &Fields) -> u32 {
    let known = fields.get("title").or(fields.get("text")).or(fields.values().next());
    finder.line_of(known.map_or("", String::as_str))
}

/// The fields of an object that are text; a list of texts is one, and an object goes by its name.
fn fields(object: &Value, names: &Names) -> Fields {
    let text = |key: &str, value: &Value| {
        let joint = if key_of(key, names).as_deref() == Some("text") { "\n\n" } else { ", " };
        match value {
            Value::Array(items) => {
                let items: Vec<String> = items.iter().filter_map(one_text).collect();
                (!items.is_empty()).then(|| items.join(joint))
            }
            value => one_text(value),
        }
    };
    let fields = object.as_object().into_iter().flatten();
    fields.filter_map(|(key, value)| Some((key.to_lowercase(), text(key, value)?))).collect()
}

/// A value as text: `{"name": "Evening Bell"}` is its name.
fn one_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => map.get("name")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Whether a text is a table of texts though its name does not say so: its first line holds two or more
/// names of known fields and nothing else.
pub(crate) fn is_table(text: &str, names: &Names) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let keys: Vec<&str> =
        first.split([',', ';', '\t']).map(|it| it.trim_matches(['"', ' '])).collect();
    let known = |key: &str| key_of(key, names);
    keys.len() > 1
        && keys.iter().all(|key| known(key).is_some())
        && keys.iter().any(|key| known(key).as_deref() == Some("text"))
}

/// Reads CSV; `None` where it has no column of texts.
pub(crate) fn read_csv(text: &str, names: &Names) -> Option<Vec<Draft>> {
    let first = text.lines().next()?;
    let count = |mark: char| first.matches(mark).count();
    let mark = [',', ';', '\t'].into_iter().max_by_key(|&mark| count(mark))?;
    let mut reader =
        csv::ReaderBuilder::new().delimiter(mark as u8).flexible(true).from_reader(text.as_bytes());
    let keys: Vec<String> =
        reader.headers().ok()?.iter().map(|key| key.trim().to_lowercase()).collect();
    let known = |key: &String| key_of(key, names) == Some("text".to_owned());
    if !keys.iter().any(known) {
        return None;
    }
    let rows = reader.records().filter_map(Result::ok).map(|row| {
        let line = row.position().map_or(1, |at| at.line() as u32);
        let fields: Fields = keys.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
        draft(&fields, line, names)
    });
    some_text(rows.collect())
}

/// The key of a front matter for the name of a field, whatever its case.
fn key_of(name: &str, names: &Names) -> Option<String> {
    let name = name.to_lowercase();
    let own = names.iter().find(|(own, _)| own.to_lowercase() == name).map(|it| it.1.clone());
    let known = || NAMES.iter().find(|(_, all)| all.contains(&&*name)).map(|it| it.0.to_owned());
    own.or_else(known)
}

/// Makes a draft of fields; one without lines where there is no text among them.
fn draft(fields: &Fields, line: u32, names: &Names) -> Draft {
    let value = |key: &str| {
        let own = names.iter().find(|(_, it)| it.as_str() == key).map(|it| it.0.to_lowercase());
        let known = NAMES.iter().find(|it| it.0 == key).map_or(&[][..], |it| it.1);
        own.as_deref().into_iter().chain(known.iter().copied()).find_map(|name| fields.get(name))
    };
    let Some(text) = value("text").filter(|text| !text.trim().is_empty()) else {
        let message = "a document of the file holds no text".to_owned();
        return Draft { notes: vec![(Code::EmptySeed, line, message)], ..Draft::default() };
    };
    let mut draft = if text.contains("</") || text.contains("<br") {
        html::read(text)
    } else {
        plain::lines(text, 1, Markup::Words)
    };
    draft.lines.iter_mut().for_each(|it| it.number = line);
    draft.removed.iter_mut().for_each(|it| it.line = line);
    for (key, _) in NAMES.iter().filter(|it| it.0 != "text") {
        if let Some(value) = value(key) {
            draft.given.set(key, value.as_str());
        }
    }
    draft.title_line = draft.given.has("title").then_some(line);
    draft
}
