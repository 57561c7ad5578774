//! Formats: each reader makes drafts of the documents that a file holds. What a file is, is seen from
//! its content first and from its name where the content leaves it open.

mod fields;
mod html;
mod mail;
mod office;
mod place;
mod plain;
mod table;
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
    /// Whether not all of the file could be unpacked.
    pub(crate) cut_short: bool,
}

impl Read {
    /// Documents that were read without fault.
    fn of(drafts: Vec<Draft>, encoding: String) -> Self {
        Self { drafts, encoding, lossy: false, cut_short: false }
    }
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
    /// How many files it stands in, one attached to the other.
    pub(crate) depth: u8,
}

/// Reads a file.
pub(crate) fn read(bytes: &[u8], how: Reading) -> Result<Read, Diagnostic> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        if warc::is_packed(bytes) {
            let (drafts, whole) = warc::read_packed(bytes);
            return Ok(Read { cut_short: !whole, ..Read::of(drafts, "utf-8".to_owned()) });
        }
        let name = how.name.strip_suffix(".gz").unwrap_or(how.name);
        let (unpacked, whole) = warc::unpack(bytes);
        let read = read_unpacked(&unpacked, Reading { name, ..how });
        let read = read.map_err(|it| Diagnostic { place: Place::file(how.name), ..it })?;
        return Ok(Read { cut_short: !whole || read.cut_short, ..read });
    }
    read_unpacked(bytes, how)
}

/// Reads a file that is packed no more.
fn read_unpacked(bytes: &[u8], how: Reading) -> Result<Read, Diagnostic> {
    if bytes.starts_with(b"PK\x03\x04") {
        let hint = "it is packed as ZIP and holds no text of a word processor, or it is damaged";
        let draft = office::read(bytes).ok_or_else(|| not_text(how.name).hint(hint))?;
        return Ok(Read::of(vec![draft], "utf-8".to_owned()));
    }
    if bytes.starts_with(b"WARC/") {
        return Ok(Read::of(warc::read(bytes).0, "utf-8".to_owned()));
    }
    if let Some(kind) = foreign(bytes) {
        return Err(
            not_text(how.name).hint(format!("{kind}: save its text as a file, or move it away"))
        );
    }
    let Some(Decoded { text, encoding, lossy }) = decode(bytes, how.label) else {
        return Err(not_text(how.name));
    };
    let plain = |markup| vec![plain::read(&text, markup)];
    let drafts = match kind_of(how.name, &text, how.names) {
        Kind::Page => vec![html::read(&text)],
        Kind::Text(markup) => plain(markup),
        Kind::Message => mail::read(bytes, &text, how).unwrap_or_else(|| plain(Markup::Words)),
        Kind::Json => fields::read_json(&text, how.names).unwrap_or_else(|fault| {
            let mut drafts = plain(Markup::Words);
            for draft in &mut drafts {
                draft.notes.push(fault.clone());
            }
            drafts
        }),
        Kind::Xml => return Err(not_text(how.name).hint("this is XML: save its text as a file")),
        Kind::Table => fields::read_csv(&text, how.names).unwrap_or_else(|| plain(Markup::Words)),
    };
    Ok(Read { lossy, ..Read::of(drafts, encoding) })
}

/// How files begin that are no text, though some of them could be decoded as such.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"%PDF-", "this is a PDF"),
    (b"%!PS", "this is PostScript"),
    (b"{\\rtf", "this is Rich Text Format"),
    (b"\xd0\xcf\x11\xe0", "this is a document of an old word processor"),
    (b"\x1f\x8b", "it is packed twice"),
    (b"\x89PNG", "this is an image"),
    (b"\xff\xd8\xff", "this is an image"),
    (b"GIF8", "this is an image"),
    (b"<svg", "this is an image"),
];

/// What a file is that is known not to be text.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    FOREIGN.iter().find(|(start, _)| bytes.starts_with(start)).map(|it| it.1)
}

/// What is said of a file that holds no text.
fn not_text(name: &str) -> Diagnostic {
    let message = "the file is not text in any known encoding or format";
    Diagnostic::new(Code::NotText, Place::file(name), message)
        .hint("convert it to text, or move it out of the seeds folder")
}

/// The lines of a file, for the survey; `None` where its format says itself what belongs to the text.
pub(crate) fn lines_of(name: &str, bytes: &[u8], names: &Names) -> Option<Vec<Line>> {
    let packed = bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(b"PK\x03\x04");
    let decoded = decode(bytes, None).filter(|_| !packed && !bytes.starts_with(b"WARC/"))?;
    match kind_of(name, &decoded.text, names) {
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
    /// Markup of an unknown kind.
    Xml,
}

/// What a text is, by what it begins with and by the name of its file.
fn kind_of(name: &str, text: &str, names: &Names) -> Kind {
    let ending = ending_of(name);
    let called_page = matches!(ending.as_str(), "html" | "htm" | "xhtml");
    let start: String =
        text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    let packed: String = start.chars().filter(|c| !c.is_whitespace()).take(3).collect();
    let json = packed.starts_with("{\"") || packed == "[{\"";
    match ending.as_str() {
        _ if is_page(&start, text) || called_page && text.contains('<') => Kind::Page,
        _ if start.starts_with("<?xml") || start.starts_with("<rss") => Kind::Xml,
        "json" | "jsonl" | "ndjson" => Kind::Json,
        "csv" | "tsv" => Kind::Table,
        "eml" => Kind::Message,
        "md" | "markdown" => Kind::Text(Markup::Markdown),
        _ if mail::is_message(text) => Kind::Message,
        _ if json => Kind::Json,
        _ if fields::is_table(text, names) => Kind::Table,
        _ => Kind::Text(Markup::Words),
    }
}

/// Whether a text that begins so is a web page or a part of one.
fn is_page(start: &str, text: &str) -> bool {
    let opens = |tags: &[&str]| tags.iter().any(|it| start.starts_with(it));
    opens(&["<!doctype html", "<html", "<head", "<body"])
        || start.starts_with("<?xml") && start.contains("<html")
        || opens(&["<p>", "<p ", "<div", "<article", "<main", "<section", "<h1", "<h2", "<!--"])
            && text.matches("</").count() > 1
}

/// The ending of a file's name in lower case.
fn ending_of(name: &str) -> String {
    name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}
