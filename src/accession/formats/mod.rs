//! Formats: each reader makes drafts of the documents that a file holds.

mod html;
mod plain;

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

/// Reads a file. `label` is the encoding that somebody states for it.
pub(crate) fn read(name: &str, bytes: &[u8], label: Option<&str>) -> Result<Read, Diagnostic> {
    let Some(Decoded { text, encoding, lossy }) = decode(bytes, label) else {
        let message = "the file is not text in any known encoding or format";
        return Err(Diagnostic::new(Code::NotText, Place::file(name), message)
            .hint("convert it to text, or move it out of the seeds folder"));
    };
    let drafts = match kind_of(name, &text) {
        Kind::Page => vec![html::read(&text)],
        Kind::Text(markup) => vec![plain::read(&text, markup)],
    };
    Ok(Read { drafts, encoding, lossy })
}

/// The lines of a file, for the survey; `None` where its format says itself what belongs to the text.
pub(crate) fn lines_of(name: &str, bytes: &[u8]) -> Option<Vec<Line>> {
    let decoded = decode(bytes, None)?;
    match kind_of(name, &decoded.text) {
        Kind::Text(markup) => Some(plain::read(&decoded.text, markup).lines),
        Kind::Page => None,
    }
}

/// What a text is.
enum Kind {
    /// A web page.
    Page,
    /// Words or Markdown.
    Text(Markup),
}

/// What a text is, by what it begins with and by the name of its file.
fn kind_of(name: &str, text: &str) -> Kind {
    let start = text.trim_start();
    let start: String = start.chars().take(200).collect::<String>().to_ascii_lowercase();
    let named = matches!(ending_of(name).as_str(), "html" | "htm" | "xhtml");
    let begins =
        ["<!doctype html", "<html", "<head", "<body"].iter().any(|it| start.starts_with(it))
            || start.starts_with("<?xml") && start.contains("<html");
    if begins || named && text.contains('<') { Kind::Page } else { Kind::Text(markup_of(name)) }
}

/// The ending of a file's name in lower case.
fn ending_of(name: &str) -> String {
    name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}

/// How the name of a file says its text is written.
fn markup_of(name: &str) -> Markup {
    if matches!(ending_of(name).as_str(), "md" | "markdown") {
        Markup::Markdown
    } else {
        Markup::Words
    }
}
