//! Documents of word processors: `.docx` (ISO 29500) and `.odt` (ISO 26300); `zip` and `quick_xml`
//! live here and nowhere else. A line of such a file is a paragraph, counted from 1.

use std::io::{Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use crate::accession::draft::{Draft, Line};
use crate::accession::markdown;

/// The most that is unpacked of one file, in bytes.
const MOST: u64 = 1 << 26;

/// Reads a document; `None` where the file is none of the two formats.
pub(crate) fn read(bytes: &[u8]) -> Option<Draft> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let content =
        ["word/document.xml", "content.xml"].iter().find_map(|name| part(&mut archive, name))?;
    let mut draft = Draft { lines: paragraphs(&content), ..Draft::default() };
    let meta = ["docProps/core.xml", "meta.xml"].iter().find_map(|name| part(&mut archive, name));
    if let Some(author) = meta.and_then(|meta| element(&meta, "creator")) {
        draft.given.set("author", author);
    }
    Some(draft)
}

/// A part of the archive as text.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.take(MOST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The paragraphs of a document.
fn paragraphs(xml: &str) -> Vec<Line> {
    let mut reader = Reader::from_str(xml);
    let mut state = State::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => state.start(&tag),
            Ok(Event::Empty(tag)) => state.empty(&tag),
            Ok(Event::End(tag)) => state.end(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => state.words(&text.xml_content(XmlVersion::Implicit1_0)),
            Ok(Event::GeneralRef(name)) => {
                state.words(&reference(&name.xml_content(XmlVersion::Implicit1_0)));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    state.lines
}

/// The character that a reference stands for.
fn reference(name: &str) -> String {
    let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
    let number = number.or_else(|| name.strip_prefix('#').map(str::parse));
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => number
            .and_then(Result::ok)
            .and_then(char::from_u32)
            .map(String::from)
            .unwrap_or_default(),
    }
}

/// Gathers paragraphs.
#[derive(Default)]
struct State {
    lines: Vec<Line>,
    text: String,
    number: u32,
    heading: u8,
    /// How many elements are open in which words count.
    depth: u32,
    /// Whether words count in this format only inside runs (`w:t`).
    runs: bool,
    in_run: bool,
    /// How many elements are open whose words are no text: notes by reviewers, tracked deletions.
    silent: u32,
}

impl State {
    /// Takes in the start of an element.
    fn start(&mut self, tag: &BytesStart) {
        match tag.local_name().as_ref() {
            "p" | "h" => {
                if self.depth == 0 {
                    self.number += 1;
                    self.heading = level(tag);
                }
                self.depth += 1;
                self.runs = tag.name().as_ref().starts_with("w:");
            }
            "t" if self.runs => self.in_run = true,
            "annotation" | "deletion" | "tracked-changes" | "del" => self.silent += 1,
            _ => self.empty(tag),
        }
    }

    /// Takes in an element without content.
    fn empty(&mut self, tag: &BytesStart) {
        match tag.local_name().as_ref() {
            "tab" | "s" | "line-break" | "br" | "cr" if self.depth > 0 => self.text.push(' '),
            "pStyle" => self.heading = level(tag),
            "p" | "h" if self.depth == 0 => self.number += 1,
            _ => {}
        }
    }

    /// Takes in the end of an element.
    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.finish();
                }
            }
            "t" => self.in_run = false,
            "annotation" | "deletion" | "tracked-changes" | "del" => {
                self.silent = self.silent.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// Takes in words.
    fn words(&mut self, words: &str) {
        if self.depth > 0 && self.silent == 0 && (self.in_run || !self.runs) {
            self.text.push_str(words);
        }
    }

    /// Ends a paragraph.
    fn finish(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text
            .replace(char::is_control, " ")
            .split(' ')
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if !text.trim().is_empty() {
            let heading = self.heading;
            let marked =
                (heading > 0).then(|| markdown::write_heading(heading, &markdown::escape(&text)));
            let number = self.number;
            self.lines.push(Line { number, text, marked, heading, ..Line::default() });
        }
        self.heading = 0;
    }
}

/// The level of the heading that an element or its style says it is.
fn level(tag: &BytesStart) -> u8 {
    let value = |name: &str| {
        tag.attributes()
            .flatten()
            .find(|it| it.key.local_name().as_ref() == name)
            .map(|it| it.value.to_string())
    };
    if let Some(level) = value("outline-level") {
        return level.parse().unwrap_or(1).clamp(1, 6);
    }
    let style = value("val").or_else(|| value("style-name")).unwrap_or_default().to_lowercase();
    if style == "title" {
        return 1;
    }
    style
        .strip_prefix("heading")
        .and_then(|it| it.trim().parse().ok())
        .map_or(0, |it: u8| it.clamp(1, 6))
}

/// The words of the first element with a name.
fn element(xml: &str, name: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut inside = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => inside = tag.local_name().as_ref() == name,
            Event::Text(text) if inside => {
                return Some(text.xml_content(XmlVersion::Implicit1_0).into_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}
