//! A paragraph of a document of a word processor while it is read.

use std::fmt::Write as _;

use super::xml::Tag;
use crate::accession::draft::Line;
use crate::accession::hidden;
use crate::accession::markdown;

/// A paragraph: its words with white space folded, and where it refers to notes.
pub(super) struct Paragraph {
    /// Its number in the document, from 1.
    pub(super) number: u32,
    text: String,
    heading: u8,
    /// Places in the text, and the number of the note that each refers to.
    marks: Vec<(usize, usize)>,
}

impl Paragraph {
    /// Begins with its opening tag.
    pub(super) fn new(number: u32, tag: &Tag) -> Self {
        Self { number, text: String::new(), heading: level(tag), marks: Vec::new() }
    }

    /// Takes over the heading that a style says it is.
    pub(super) fn style(&mut self, tag: &Tag) {
        self.heading = level(tag);
    }

    /// Adds words.
    pub(super) fn push(&mut self, words: &str) {
        for c in hidden::without(words).chars() {
            let blank = matches!(c, ' ' | '\t');
            if !blank {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    /// Refers to a note behind the words so far.
    pub(super) fn refer(&mut self, note: usize) {
        // At the beginning of a line the mark would be read as the note itself.
        if !self.text.is_empty() {
            self.marks.push((self.text.len(), note));
        }
    }

    /// Whether it holds no words.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Its words.
    pub(super) fn text(&self) -> &str {
        self.text.trim_end()
    }

    /// Its words in Markdown.
    pub(super) fn marked(&self) -> String {
        let text = self.text();
        if self.marks.is_empty() {
            return markdown::escape(text);
        }
        let (mut marked, mut from) = (String::new(), 0);
        for &(at, note) in &self.marks {
            let at = at.min(text.len());
            marked.push_str(&markdown::escape_piece(text.get(from..at).unwrap_or_default()));
            // Writing into a String cannot fail.
            let _ = write!(marked, "[^{note}]");
            from = at;
        }
        marked + &markdown::escape_piece(text.get(from..).unwrap_or_default())
    }

    /// It as a line of a draft.
    pub(super) fn line(&self) -> Line {
        let (number, heading) = (self.number, self.heading);
        let marked = match (heading, self.marks.is_empty()) {
            (0, true) => None,
            (0, false) => Some(markdown::paragraph(&self.marked())),
            _ => Some(markdown::write_heading(heading, &self.marked())),
        };
        Line { number, text: self.text().to_owned(), marked, heading, ..Line::default() }
    }
}

/// The level of the heading that an element or its style says it is.
fn level(tag: &Tag) -> u8 {
    if let Some(level) = tag.value("outline-level") {
        return level.parse().unwrap_or(1).clamp(1, 6);
    }
    let style = tag.value("val").or_else(|| tag.value("style-name")).unwrap_or_default();
    let style = style.to_lowercase();
    if style == "title" {
        return 1;
    }
    style
        .strip_prefix("heading")
        .and_then(|it| it.trim().parse().ok())
        .map_or(0, |it: u8| it.clamp(1, 6))
}
