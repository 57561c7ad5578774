//! What a theme may see of one text: the document, and its raw file beside it.

use serde::Serialize;

use super::Card;

/// `document.html`.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView<'a> {
    /// The document as lists name it.
    pub card: Card<'a>,
    /// A second title line.
    pub subtitle: Option<&'a str>,
    /// The outlet's section.
    pub section: Option<&'a str>,
    /// The place of the dateline.
    pub dateline: Option<&'a str>,
    /// Who signed it.
    pub author: Option<&'a str>,
    /// The way to the page of its outlet.
    pub outlet_href: String,
    /// The address it was taken from, as it is written.
    pub source_url: Option<&'a str>,
    /// Whether that address may be followed.
    pub source_linked: bool,
    /// When it was taken.
    pub captured_at: Option<&'a str>,
    /// Under which rights it stands.
    pub rights: Option<&'a str>,
    /// Whether the rights are an address that may be followed.
    pub rights_linked: bool,
    /// What it is to its statement; `role.` and this is its message.
    pub role: Option<&'static str>,
    /// The curator's tags.
    pub tags: Vec<Link<'a>>,
    /// The raw file.
    pub seed: Option<&'a str>,
    /// Its encoding, where that is not UTF-8.
    pub encoding: Option<&'a str>,
    /// Its hash.
    pub sha256: Option<&'a str>,
    /// How many lines were removed.
    pub removed: usize,
    /// The way to the raw file beside what was kept.
    pub source: Option<String>,
    /// The outlet's own words around the statement.
    pub frame: &'a [String],
    /// The text as HTML, safe; its nth passage has the id `pn`.
    pub text: String,
    /// The other versions of the statement.
    pub others: Vec<Card<'a>>,
    /// How many passages the text has.
    pub passages: u32,
    /// The way to where its citation is given out as a file, where it is.
    pub citation: Option<String>,
    /// The day on which it was taken from its address, for a robust link.
    pub captured_on: Option<String>,
    /// The full address of the page, or its path where the site's own address is not known.
    pub address: String,
}

/// A name with a way to it.
#[derive(Clone, Debug, Serialize)]
pub struct Link<'a> {
    /// The name.
    pub name: &'a str,
    /// The way.
    pub href: String,
}

/// `source.html`: the raw file beside what was kept of it.
#[derive(Clone, Debug, Serialize)]
pub struct Source<'a> {
    /// The document.
    pub card: Card<'a>,
    /// The name of the raw file.
    pub seed: Option<&'a str>,
    /// Its hash.
    pub sha256: Option<&'a str>,
    /// The address it was taken from, as it is written.
    pub source_url: Option<&'a str>,
    /// When it was taken.
    pub captured_at: Option<&'a str>,
    /// The digest that a web archive states for what it holds of it.
    pub payload_digest: Option<&'a str>,
    /// Its encoding, where that is not UTF-8.
    pub encoding: Option<&'a str>,
    /// Whether the raw file is at hand; else the lines are only those that were removed.
    pub present: bool,
    /// Its lines.
    pub lines: Vec<Line>,
    /// How many lines are not shown.
    pub more: usize,
    /// How many lines were kept.
    pub kept: usize,
    /// How many were removed, in whole or in part.
    pub removed: usize,
    /// Passages that no line has: number and text.
    pub added: Vec<(u32, String)>,
}

/// A line of a raw file and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// The line as HTML, safe; characters that cannot be seen are marks.
    pub raw: String,
    /// `title`, `head`, `kept`, `removed`, `part`, `changed`, `markup` or `blank`.
    pub fate: &'static str,
    /// The rule that removed it; empty where none did.
    pub rule: String,
    /// The passage it became, from 1; 0 where it became none.
    pub passage: u32,
    /// The way to that passage; empty where there is none.
    pub href: String,
    /// What stands in the page, where that differs from the line; else empty.
    pub cleaned: String,
}
