//! Formats: each reader makes drafts of the documents that a file holds.

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
    let drafts = vec![plain::read(&text, markup_of(name))];
    Ok(Read { drafts, encoding, lossy })
}

/// The lines of a file, for the survey; `None` where its format says itself what belongs to the text.
pub(crate) fn lines_of(name: &str, bytes: &[u8]) -> Option<Vec<Line>> {
    let decoded = decode(bytes, None)?;
    Some(plain::read(&decoded.text, markup_of(name)).lines)
}

/// How the name of a file says its text is written.
fn markup_of(name: &str) -> Markup {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if matches!(ending.as_str(), "md" | "markdown") { Markup::Markdown } else { Markup::Words }
}
