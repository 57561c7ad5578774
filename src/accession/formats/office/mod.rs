//! Documents of word processors: `.docx` (ISO 29500) and `.odt` (ISO 26300); `zip` lives here and nowhere
//! else. A line of such a file is a paragraph, counted from 1; notes are counted on behind the text.

mod paragraph;
mod story;
mod xml;

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use self::story::{Beside, Story};
use crate::accession::draft::Draft;
use crate::accession::hidden;
use crate::vocab::codes::Code;
use crate::vocab::page::Removed;

/// The most that is unpacked of one part of a file, in bytes.
const MOST: u64 = 1 << 26;

/// The parts that hold footnotes, endnotes and the remarks of editors.
const BESIDE: [&str; 3] = ["word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"];

/// Reads a document; `None` where the file is none of the two formats.
pub(crate) fn read(bytes: &[u8]) -> Option<Draft> {
    let mut file = File { archive: ZipArchive::new(Cursor::new(bytes)).ok()?, whole: true };
    let names = ["word/document.xml", "content.xml"];
    let content = names.iter().find_map(|name| file.part(name))?;
    let mut beside = Beside::new();
    for part in BESIDE.iter().filter_map(|name| file.part(name)) {
        Story::read(&part, Beside::new()).add_to(&mut beside);
    }
    let mut draft = Story::read(&content, beside).draft();
    draft.removed.extend(file.around());
    draft.given.set("author", file.author().unwrap_or_default());
    if !file.whole || !draft.notes.is_empty() {
        let message = "the document is damaged; what could be read of it is used".to_owned();
        draft.notes = vec![(Code::CutShort, 1, message)];
    }
    Some(draft)
}

/// A packed document.
struct File<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Whether all that was asked for could be unpacked.
    whole: bool,
}

impl File<'_> {
    /// A part of the document as text, as far as it can be unpacked.
    fn part(&mut self, name: &str) -> Option<String> {
        let mut bytes = Vec::new();
        let read = self.archive.by_name(name).ok()?.take(MOST).read_to_end(&mut bytes);
        self.whole &= read.is_ok() && (bytes.len() as u64) < MOST;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Who wrote the document; the last editor of an `.odt` stands beside its first writer.
    fn author(&mut self) -> Option<String> {
        let core = self.part("docProps/core.xml").and_then(|it| xml::element(&it, "creator"));
        core.or_else(|| {
            let meta = self.part("meta.xml")?;
            xml::element(&meta, "initial-creator").or_else(|| xml::element(&meta, "creator"))
        })
    }

    /// What is printed at the edges of the pages.
    fn around(&mut self) -> Vec<Removed> {
        let is_edge = |name: &String| {
            name.starts_with("word/header")
                || name.starts_with("word/footer")
                || name == "styles.xml"
        };
        let names = self.archive.file_names().flatten().map(std::borrow::Cow::into_owned);
        let mut names: Vec<String> = names.filter(is_edge).collect();
        names.sort();
        let parts: Vec<String> = names.iter().filter_map(|name| self.part(name)).collect();
        let mut cut = Vec::new();
        for text in parts.iter().flat_map(|part| Story::read(part, Beside::new()).texts()) {
            cut.extend(hidden::record(1, &text));
            let (rule, text) = ("page-furniture".to_owned(), hidden::without(&text));
            cut.push(Removed { line: 1, rule, text });
        }
        cut
    }
}
