//! Documents that a file holds as fields: objects of JSON and JSON Lines, rows of CSV.

use std::collections::BTreeMap;

use serde_json::Value;

use super::plain::{self, Markup};
use super::{html, place};
use crate::accession::draft::Draft;
use crate::vocab::codes::Code;
use crate::vocab::page::Removed;

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

/// Something that is wrong in a file: code, line and message.
type Fault = (Code, u32, String);

/// Reads JSON or JSON Lines; a fault where it is neither.
pub(crate) fn read_json(text: &str, names: &Names) -> Result<Vec<Draft>, Fault> {
    let mut finder = place::Finder::new(text);
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            let drafts = objects(&value, names).into_iter().map(|object| {
                let fields = fields(object, names);
                let line = place_of(&mut finder, &fields);
                draft(&fields, line, names)
            });
            let drafts: Vec<Draft> = drafts.collect();
            Ok(if drafts.is_empty() { vec![textless(1)] } else { drafts })
        }
        Err(error) => {
            let drafts: Vec<Draft> = (1u32..)
                .zip(text.lines())
                .filter(|(_, line)| !line.trim().is_empty())
                .map(|(at, line)| json_line(at, line, names))
                .collect();
            let broken = |it: &&Draft| it.notes.iter().any(|it| it.0 == Code::BrokenRecord);
            // A text of one line is no list of lines, and most lines of one can be read.
            if drafts.iter().filter(broken).count() * 2 <= drafts.len() && !drafts.is_empty() {
                return Ok(drafts);
            }
            let line = error.line() as u32;
            Err((Code::BrokenRecord, line, format!("the file begins as JSON and is none: {error}")))
        }
    }
}

/// The document in a line of JSON Lines.
fn json_line(line: u32, text: &str, names: &Names) -> Draft {
    match serde_json::from_str::<Value>(text) {
        Ok(object) => draft(&fields(&object, names), line, names),
        Err(error) => {
            let message = format!("this line is no JSON: {error}");
            Draft { notes: vec![(Code::BrokenRecord, line, message)], ..Draft::default() }
        }
    }
}

/// What is said of a document without text.
fn textless(line: u32) -> Draft {
    let message = "a document of the file holds no text".to_owned();
    Draft { notes: vec![(Code::EmptySeed, line, message)], ..Draft::default() }
}

/// The documents in a value: itself where it has a text, or the items of the lists in it whose items have.
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
        Value::Object(map) => map.values().flat_map(|value| objects(value, names)).collect(),
        _ => Vec::new(),
    }
}

/// The line where an object stands: that of its title or text.
fn place_of(finder: &mut place::Finder, fields: &Fields) -> u32 {
    let known = fields.get("title").or(fields.get("text")).or(fields.values().next());
    finder.line_of(known.map_or("", String::as_str))
}

/// The fields of an object; a list of texts is one text, an object goes by its name, and what is no text is
/// empty.
fn fields(object: &Value, names: &Names) -> Fields {
    let text = |key: &str, value: &Value| {
        let joint = if key_of(key, names).as_deref() == Some("text") { "\n\n" } else { ", " };
        match value {
            Value::Array(items) => {
                let items: Vec<String> = items.iter().filter_map(one_text).collect();
                items.join(joint)
            }
            value => one_text(value).unwrap_or_default(),
        }
    };
    let fields = object.as_object().into_iter().flatten().filter(|it| !it.1.is_null());
    fields.map(|(key, value)| (key.to_lowercase(), text(key, value))).collect()
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
    let rows = reader.records().filter_map(Result::ok);
    let mut drafts: Vec<Draft> = rows.map(|row| csv_row(&row, &keys, names)).collect();
    if text.matches('"').count() % 2 == 1
        && let Some(last) = drafts.last_mut()
    {
        let line = last.lines.first().map_or(1, |it| it.number);
        let message =
            "a quotation mark is never closed; all that follows it is one cell".to_owned();
        last.notes.push((Code::BrokenRecord, line, message));
    }
    Some(drafts)
}

/// The document in a row; columns of one name are one text, and what stands in no column is recorded.
fn csv_row(row: &csv::StringRecord, keys: &[String], names: &Names) -> Draft {
    let line = row.position().map_or(1, |at| at.line() as u32);
    let mut fields = Fields::new();
    for (key, value) in keys.iter().zip(row).filter(|it| !it.1.trim().is_empty()) {
        let field = fields.entry(key.clone()).or_default();
        *field = if field.is_empty() { value.to_owned() } else { format!("{field}\n\n{value}") };
    }
    let mut draft = draft(&fields, line, names);
    let beyond: Vec<&str> =
        row.iter().skip(keys.len()).filter(|it| !it.trim().is_empty()).collect();
    if !beyond.is_empty() {
        let (rule, text) = ("cell-without-column".to_owned(), beyond.join(" | "));
        draft.removed.push(Removed { line, rule, text });
    }
    draft
}

/// The key of a front matter for the name of a field, whatever its case.
fn key_of(name: &str, names: &Names) -> Option<String> {
    let name = name.to_lowercase();
    let own = names.iter().find(|(own, _)| own.to_lowercase() == name).map(|it| it.1.clone());
    let known = || NAMES.iter().find(|(_, all)| all.contains(&&*name)).map(|it| it.0.to_owned());
    own.or_else(known)
}

/// Makes a draft of fields; one without lines where there is no text among them. Fields that say nothing of
/// the text are recorded by their names.
fn draft(fields: &Fields, line: u32, names: &Names) -> Draft {
    let value = |key: &str| {
        let own = names.iter().find(|(_, it)| it.as_str() == key).map(|it| it.0.to_lowercase());
        let known = NAMES.iter().find(|it| it.0 == key).map_or(&[][..], |it| it.1);
        let mut all = own.as_deref().into_iter().chain(known.iter().copied());
        all.find_map(|name| fields.get_key_value(name).filter(|it| !it.1.trim().is_empty()))
    };
    let Some((text_name, text)) = value("text") else { return textless(line) };
    let mut draft = if text.contains("</") || text.contains("<br") {
        html::read(text)
    } else {
        plain::lines(text, 1, Markup::Words)
    };
    draft.lines.iter_mut().for_each(|it| it.number = line);
    draft.removed.iter_mut().for_each(|it| it.line = line);
    let mut used = vec![text_name];
    for (key, _) in NAMES.iter().filter(|it| it.0 != "text") {
        if let Some((name, value)) = value(key) {
            draft.given.set(key, value.as_str());
            used.push(name);
        }
    }
    let others: Vec<&str> =
        fields.keys().filter(|name| !used.contains(name)).map(String::as_str).collect();
    if !others.is_empty() {
        let (rule, text) = ("other-fields".to_owned(), others.join(", "));
        draft.removed.push(Removed { line, rule, text });
    }
    draft.title_line = draft.given.has("title").then_some(line);
    draft
}
