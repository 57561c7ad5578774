//! Citations for programs: CSL-JSON after the data schema of CSL 1.0.2.

use serde_json::{Map, Value, json};

use super::record::{Kind, Record};
use crate::vocab::date::Date;
use crate::vocab::lang::Lang;

/// Some records, one a line.
pub(super) fn csl(records: &[Record]) -> String {
    let lines: Vec<String> = records.iter().map(|it| item(it).to_string()).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// One item.
fn item(record: &Record) -> Value {
    let mut it = Map::new();
    let mut put = |key: &str, value: Option<&str>| {
        it.extend(value.map(|value| (key.to_owned(), json!(value))));
    };
    put("id", Some(&record.key));
    put("type", Some(kind(record.kind)));
    put("title", Some(&record.title));
    put("container-title", record.outlet.as_deref());
    put("publisher-place", record.place.as_deref());
    put("language", record.lang.map(Lang::as_str));
    put("URL", record.url.as_deref());
    put("genre", record.role);
    put("archive", Some(&record.archive));
    put("archive_location", Some(&record.location));
    put("note", record.sha256.as_ref().map(|it| format!("sha256:{it}")).as_deref());
    if let Some(author) = &record.author {
        // Whether it is a person or a body is not known, so the name is not taken apart.
        it.insert("author".into(), json!([{"literal": author}]));
    }
    if let Some(date) = record.date {
        it.insert("issued".into(), self::date(date));
    }
    if let Some(day) = &record.accessed {
        it.insert("accessed".into(), date(day));
    }
    Value::Object(it)
}

/// What CSL calls it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "article-newspaper",
        Kind::Text => "document",
        Kind::Statement => "collection",
    }
}

/// A date in numbers; as it is written where an end is open, which CSL has no numbers for.
fn date(date: &Date) -> Value {
    let points: Option<Vec<_>> = date.points().into_iter().collect();
    let Some(points) = points else { return json!({"literal": date.as_str()}) };
    let parts: Vec<&Vec<u32>> = points.iter().map(|it| &it.numbers).collect();
    let mut value = json!({"date-parts": parts});
    if points.iter().any(|it| it.doubt.is_some()) {
        value["circa"] = json!(true);
    }
    value
}
