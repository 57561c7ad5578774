//! BibTeX as biblatex reads it: UTF-8, dates as they are known (EDTF), names never taken apart.

use std::fmt::Write as _;

use super::record::{Kind, Record};
use crate::arrange::{DocumentId, StatementId};
use crate::compose::press::Press;
use crate::vocab::date::Date;
use crate::vocab::lang::Lang;

/// All documents and statements of the archive, statements first.
pub(super) fn all(press: &Press) -> String {
    let archive = press.material.archive;
    let mut out = String::new();
    for at in 0..archive.statements.len() {
        let record = Record::whole(press, StatementId(at as u32));
        if let Some(it) = &record {
            entry(&mut out, it);
        }
    }
    for at in 0..archive.documents.len() {
        let record = Record::document(press, DocumentId(at as u32));
        if let Some(it) = &record {
            entry(&mut out, it);
        }
    }
    out
}

/// Some records.
pub(super) fn bibtex(records: &[Record]) -> String {
    let mut out = String::new();
    for record in records {
        entry(&mut out, record);
    }
    out
}

/// One entry. What is not reached by an address is `@misc`: `@online` wants one.
fn entry(out: &mut String, record: &Record) {
    let kind = if record.url.is_some() { "online" } else { "misc" };
    // Writing into a String cannot fail.
    let _ = writeln!(out, "@{kind}{{{},", record.key);
    field(out, "title", &safe(&record.title));
    // A second pair of braces keeps a body from being read as first and last name.
    name(out, "author", record.author.as_deref());
    name(out, "organization", record.outlet.as_deref());
    optional(out, "location", record.place.as_deref());
    if let Some(date) = record.date {
        field(out, "date", date.as_str());
    }
    if let Some(lang) = record.lang {
        field(out, "language", &safe(lang.name()));
        if let Some(name) = babel(lang) {
            field(out, "langid", name);
        }
    }
    if let Some(url) = &record.url {
        field(out, "url", &verbatim(url));
    }
    if let Some(day) = &record.accessed {
        field(out, "urldate", Date::as_str(day));
    }
    optional(out, "type", record.role);
    if record.kind == Kind::Statement {
        field(out, "note", "Statement with several versions");
    }
    if let Some(whole) = &record.whole {
        field(out, "related", whole);
        field(out, "relatedstring", "Version of");
    }
    field(out, "addendum", &safe(&format!("{}, {}", record.archive, record.location)));
    if let Some(sha256) = &record.sha256 {
        field(out, "annotation", &safe(&format!("SHA-256 of the raw file: {sha256}")));
    }
    out.push_str("}\n\n");
}

/// A field; its value is already safe.
fn field(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "  {name} = {{{value}}},");
}

/// A field that may not be known.
fn optional(out: &mut String, name: &str, value: Option<&str>) {
    if let Some(it) = value {
        field(out, name, &safe(it));
    }
}

/// A field of a name that may not be known.
fn name(out: &mut String, field_name: &str, value: Option<&str>) {
    if let Some(it) = value {
        field(out, field_name, &format!("{{{}}}", safe(it)));
    }
}

/// The characters that mean something to TeX.
const MARKS: &[u8] = b"\\{}~^$&#_%";

/// A text in which nothing means anything to TeX. Braces are spelled out, since a reader of BibTeX
/// counts them even after a backslash.
fn safe(text: &str) -> String {
    if !text.bytes().any(|it| MARKS.contains(&it)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => out.extend(['\\', character]),
            _ => out.push(character),
        }
    }
    out
}

/// An address, in which TeX reads nothing but the braces around it.
fn verbatim(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}

/// What babel calls a language; `None` where it has no hyphenation of that name.
fn babel(lang: &Lang) -> Option<&'static str> {
    Some(match (lang.base(), lang.as_str()) {
        (_, "pt-BR") => "brazilian",
        ("ar", _) => "arabic",
        ("bg", _) => "bulgarian",
        ("cs", _) => "czech",
        ("da", _) => "danish",
        ("de", _) => "german",
        ("el", _) => "greek",
        ("en", _) => "english",
        ("es", _) => "spanish",
        ("et", _) => "estonian",
        ("fa", _) => "persian",
        ("fi", _) => "finnish",
        ("fr", _) => "french",
        ("he", _) => "hebrew",
        ("hi", _) => "hindi",
        ("hr", _) => "croatian",
        ("hu", _) => "hungarian",
        ("hy", _) => "armenian",
        ("id", _) => "indonesian",
        ("it", _) => "italian",
        ("ja", _) => "japanese",
        ("ka", _) => "georgian",
        ("ko", _) => "korean",
        ("la", _) => "latin",
        ("lt", _) => "lithuanian",
        ("lv", _) => "latvian",
        ("nl", _) => "dutch",
        ("pl", _) => "polish",
        ("pt", _) => "portuguese",
        ("ro", _) => "romanian",
        ("ru", _) => "russian",
        ("sk", _) => "slovak",
        ("sl", _) => "slovene",
        ("sr", _) => "serbian",
        ("sv", _) => "swedish",
        ("th", _) => "thai",
        ("tr", _) => "turkish",
        ("uk", _) => "ukrainian",
        ("vi", _) => "vietnamese",
        _ => return None,
    })
}
