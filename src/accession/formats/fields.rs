//! Documents that a file holds as fields: objects of JSON and JSON Lines, rows of CSV.

use std::collections::BTreeMap;

use serde_json::Value;

use super::plain::{self, Markup};
use super::{html, place};
use crate::accession::draft::Draft;

/// What fields are called in the wild, by the key of a front matter; `text` is the document itself.
const NAMES: &[(&str, &[&str])] = &[
    ("text", &["text", "body", "content", "maintext", "article", "article_text", "full_text"]),
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
        objects(value).into_iter().map(|object| (1, object)).collect()
    } else {
        let lines = (1u32..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let read = lines.map(|(at, line)| Some((at, serde_json::from_str(line).ok()?)));
        read.collect::<Option<_>>()?
    };
    let mut finder = place::Finder::new(text);
    let drafts: Vec<Draft> = objects
        .into_iter()
        .filter_map(|(line, object)| {
            let fields = fields(&object)?;
            let line = if line > 1 { line } else { place_of(&mut finder, &fields) };
            draft(&fields, line, names)
        })
        .collect();
    (!drafts.is_empty()).then_some(drafts)
}

/// The documents in a value: itself, its items, or the items of its one list.
fn objects(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Object(map) => {
            let list = map
                .values()
                .find_map(|it| it.as_array().filter(|it| it.iter().all(Value::is_object)));
            match list {
                Some(items) if !items.is_empty() => items.clone(),
                _ => vec![Value::Object(map)],
            }
        }
        _ => Vec::new(),
    }
}

/// The line where an object stands: that of its title or text.
fn place_of(finder: &mut place::Finder, fields: &Fields) -> u32 {
    let known = fields.get("title").or(fields.get("text")).or(fields.values().next());
    finder.line_of(known.map_or("", String::as_str))
}

/// The fields of an object that are text.
fn fields(object: &Value) -> Option<Fields> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            (!items.is_empty()).then(|| items.join(", "))
        }
        _ => None,
    };
    let fields = object.as_object()?.iter();
    Some(fields.filter_map(|(key, value)| Some((key.to_lowercase(), text(value)?))).collect())
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
    let rows = reader.records().filter_map(Result::ok).filter_map(|row| {
        let line = row.position().map_or(1, |at| at.line() as u32);
        let fields: Fields = keys.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
        draft(&fields, line, names)
    });
    Some(rows.collect())
}

/// The key of a front matter for the name of a field.
fn key_of(name: &str, names: &Names) -> Option<String> {
    let known = || NAMES.iter().find(|(_, all)| all.contains(&name)).map(|it| it.0.to_owned());
    names.get(name).cloned().or_else(known)
}

/// Makes a draft of fields; `None` where there is no text among them.
fn draft(fields: &Fields, line: u32, names: &Names) -> Option<Draft> {
    let value = |key: &str| {
        let own = names.iter().find(|(_, it)| it.as_str() == key).map(|it| it.0.to_lowercase());
        let known = NAMES.iter().find(|it| it.0 == key).map_or(&[][..], |it| it.1);
        own.as_deref().into_iter().chain(known.iter().copied()).find_map(|name| fields.get(name))
    };
    let text = value("text").filter(|text| !text.trim().is_empty())?;
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
    Some(draft)
}
