//! Formats: each reader makes drafts of the documents that a file holds. What a file is, is seen from
//! its content first and from its name where the content leaves it open.

mod fields;
mod html;
mod mail;
mod office;
mod place;
mod plain;
mod warc;

pub(crate) use self::fields::Names;
use self::plain::Markup;
use super::draft::{Draft, Line};
use crate::vocab::codes::Code;
use crate::vocab::decode::{Decoded, decode};
use crate::vocab::diagnostic::{Diagnostic, Place};

/// What a file gave.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// Its documents.
    pub(crate) drafts: Vec<Draft>,
    /// The encoding of its text.
    pub(crate) encoding: String,
    /// Whether bytes were lost in decoding.
    pub(crate) lossy: bool,
}

/// How a file is to be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    /// Its path inside the seeds folder.
    pub(crate) name: &'a str,
    /// The encoding that somebody states for it.
    pub(crate) label: Option<&'a str>,
    /// What fields are called in this archive.
    pub(crate) names: &'a Names,
}

/// Reads a file.
pub(crate) fn read(bytes: &[u8], how: Reading) -> Result<Read, Diagnostic> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let name = how.name.strip_suffix(".gz").unwrap_or(how.name);
        return read_packed(&warc::unpack(bytes), Reading { name, ..how });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let draft = office::read(bytes).ok_or_else(|| not_text(how.name))?;
        return Ok(Read { drafts: vec![draft], encoding: "utf-8".to_owned(), lossy: false });
    }
    read_packed(bytes, how)
}

/// Reads a file that is packed no more.
fn read_packed(bytes: &[u8], how: Reading) -> Result<Read, Diagnostic> {
    if bytes.starts_with(b"WARC/") {
        let drafts = warc::read(bytes);
        return Ok(Read { drafts, encoding: "utf-8".to_owned(), lossy: false });
    }
    let Some(Decoded { text, encoding, lossy }) = decode(bytes, how.label) else {
        return Err(not_text(how.name));
    };
    let plain = |markup| vec![plain::read(&text, markup)];
    let drafts = match kind_of(how.name, &text) {
        Kind::Page => vec![html::read(&text)],
        Kind::Text(markup) => plain(markup),
        Kind::Message => mail::read(bytes).map_or_else(|| plain(Markup::Words), |it| vec![it]),
        Kind::Json => fields::read_json(&text, how.names).unwrap_or_else(|| plain(Markup::Words)),
        Kind::Table => fields::read_csv(&text, how.names).unwrap_or_else(|| plain(Markup::Words)),
    };
    Ok(Read { drafts, encoding, lossy })
}

/// What is said of a file that holds no text.
fn not_text(name: &str) -> Diagnostic {
    let message = "the file is not text in any known encoding or format";
    Diagnostic::new(Code::NotText, Place::file(name), message)
        .hint("convert it to text, or move it out of the seeds folder")
}

/// The lines of a file, for the survey; `None` where its format says itself what belongs to the text.
pub(crate) fn lines_of(name: &str, bytes: &[u8]) -> Option<Vec<Line>> {
    let packed = bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(b"PK\x03\x04");
    let decoded = decode(bytes, None).filter(|_| !packed && !bytes.starts_with(b"WARC/"))?;
    match kind_of(name, &decoded.text) {
        Kind::Text(markup) => Some(plain::read(&decoded.text, markup).lines),
        _ => None,
    }
}

/// What a text is.
enum Kind {
    /// A web page.
    Page,
    /// Words or Markdown.
    Text(Markup),
    /// A message of electronic mail.
    Message,
    /// JSON or JSON Lines.
    Json,
    /// A table of texts.
    Table,
}

/// What a text is, by what it begins with and by the name of its file.
fn kind_of(name: &str, text: &str) -> Kind {
    let start = text.trim_start();
    let start: String = start.chars().take(200).collect::<String>().to_ascii_lowercase();
    let named = matches!(ending_of(name).as_str(), "html" | "htm" | "xhtml");
    let begins =
        ["<!doctype html", "<html", "<head", "<body"].iter().any(|it| start.starts_with(it))
            || start.starts_with("<?xml") && start.contains("<html");
    let json = || start.starts_with(['{', '[']) && start.contains(['"', '{']);
    match ending_of(name).as_str() {
        _ if begins || named && text.contains('<') => Kind::Page,
        "json" | "jsonl" | "ndjson" => Kind::Json,
        "csv" | "tsv" => Kind::Table,
        "eml" => Kind::Message,
        "md" | "markdown" => Kind::Text(Markup::Markdown),
        _ if mail::is_message(text) => Kind::Message,
        _ if json() && start.starts_with("{\"") => Kind::Json,
        _ => Kind::Text(Markup::Words),
    }
}

/// The ending of a file's name in lower case.
fn ending_of(name: &str) -> String {
    name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}
