//! The paragraphs, tables and notes of a part of a document, and what its editors struck out or remarked.

use std::collections::BTreeMap;

use super::paragraph::Paragraph;
use super::xml::{self, Piece, Tag};
use crate::accession::draft::{Draft, Line};
use crate::accession::fold::width;
use crate::accession::formats::table;
use crate::accession::hidden;
use crate::vocab::codes::Code;
use crate::vocab::page::Removed;

/// Elements whose words are no text, with the rule by which they are recorded; none where they stand
/// elsewhere as text, or are about an edit.
const SILENT: &[(&str, Option<&str>)] = &[
    ("annotation", Some("annotation")),
    ("deletion", Some("tracked-deletion")),
    ("del", Some("tracked-deletion")),
    ("moveFrom", Some("tracked-move")),
    ("Fallback", None),
    ("change-info", None),
    ("note-citation", None),
];

/// What else a document holds beside its text, by kind and number: notes and remarks.
pub(super) type Beside = BTreeMap<(String, String), String>;

/// Gathers paragraphs.
#[derive(Default)]
pub(super) struct Story {
    lines: Vec<Line>,
    removed: Vec<Removed>,
    /// The open paragraphs: one stands in another where that holds a box or a note.
    open: Vec<Paragraph>,
    number: u32,
    /// The open elements whose words are no text, and their words.
    silent: Vec<String>,
    lost: String,
    /// Where words count only inside runs (`w:t`), whether one is open.
    run: Option<bool>,
    /// The cells of the open row, and how many rows are open.
    cells: Vec<Vec<Paragraph>>,
    rows: u32,
    is_first_row: bool,
    /// What is told of beside the text, until the text refers to it.
    beside: Beside,
    /// The notes in the order in which the text refers to them.
    notes: Vec<String>,
    /// How many notes are open inside the text, and the words of the last.
    in_note: u32,
    /// The kind and number of the note of a part that holds nothing but notes, and its words.
    entry: Option<(String, String)>,
    whole: bool,
}

impl Story {
    /// Reads a part of a document; `beside` is what other parts hold of notes and remarks.
    pub(super) fn read(part: &str, beside: Beside) -> Self {
        let mut story = Self { beside, ..Self::default() };
        story.whole = xml::walk(part, &mut |piece| match piece {
            Piece::Start(tag) => story.start(&tag),
            Piece::Empty(tag) => story.empty(&tag),
            Piece::End(name) => story.end(&name),
            Piece::Words(words) => story.words(&words),
        });
        while !story.open.is_empty() {
            story.finish();
        }
        story
    }

    /// The texts of the paragraphs.
    pub(super) fn texts(self) -> impl Iterator<Item = String> {
        self.lines.into_iter().map(|line| line.text)
    }

    /// The notes or remarks of a part that holds nothing else, added to others.
    pub(super) fn add_to(self, beside: &mut Beside) {
        beside.extend(self.beside);
    }

    /// The text as a draft, notes behind it.
    pub(super) fn draft(mut self) -> Draft {
        self.lines.sort_by_key(|line| line.number);
        for (at, note) in self.notes.iter().enumerate() {
            let number = self.number + at as u32 + 1;
            let marked =
                Some(format!("[^{}]: {}", at + 1, crate::accession::markdown::escape_piece(note)));
            self.lines.push(Line {
                number,
                text: note.clone(),
                marked,
                fixed: true,
                ..Line::default()
            });
        }
        for ((kind, _), text) in std::mem::take(&mut self.beside) {
            let rule = if kind == "comment" { "annotation" } else { "unreferenced-note" };
            self.removed.push(Removed { line: 1, rule: rule.to_owned(), text });
        }
        let mut draft = Draft { lines: self.lines, removed: self.removed, ..Draft::default() };
        if !self.whole {
            let message = "the document breaks off".to_owned();
            draft.notes.push((Code::CutShort, self.number.max(1), message));
        }
        draft
    }

    /// Takes in the start of an element.
    fn start(&mut self, tag: &Tag) {
        let name = tag.name();
        if SILENT.iter().any(|it| it.0 == name) {
            self.silent.push(name);
            return;
        }
        if !self.silent.is_empty() {
            return;
        }
        match name.as_str() {
            "p" | "h" => {
                self.run = tag.is_prefixed("w").then_some(false);
                self.number += u32::from(self.in_note == 0 && self.entry.is_none());
                self.open.push(Paragraph::new(self.number, tag));
            }
            "t" if self.run.is_some() => self.run = Some(true),
            "tbl" | "table" => self.is_first_row |= self.rows == 0,
            "tr" | "table-row" => self.rows += 1,
            "tc" | "table-cell" if self.rows == 1 => self.cells.push(Vec::new()),
            "note" if !self.open.is_empty() => {
                self.refer(String::new());
                self.in_note += 1;
            }
            "footnote" | "endnote" | "comment" => {
                self.entry = tag.value("id").map(|id| (name, id));
            }
            _ => self.empty(tag),
        }
    }

    /// Takes in an element without content.
    fn empty(&mut self, tag: &Tag) {
        let name = tag.name();
        if !self.silent.is_empty() {
            return;
        }
        match name.as_str() {
            "tab" | "s" | "line-break" | "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{ad}"),
            "sym" => {
                let code = tag.value("char").unwrap_or_default();
                self.cut("symbol", &format!("U+{code}"));
            }
            "pStyle" => {
                if let Some(it) = self.open.last_mut() {
                    it.style(tag);
                }
            }
            "footnoteReference" | "endnoteReference" | "commentReference" => {
                let kind = name.trim_end_matches("Reference").to_owned();
                let key = (kind, tag.value("id").unwrap_or_default());
                match self.beside.remove(&key) {
                    Some(text) if key.0 == "comment" => self.cut("annotation", &text),
                    Some(text) => self.refer(text),
                    None => {}
                }
            }
            "p" | "h" if self.in_note == 0 && self.entry.is_none() => self.number += 1,
            _ => {}
        }
    }

    /// Takes in the end of an element.
    fn end(&mut self, name: &str) {
        if let Some(last) = self.silent.last() {
            if last == name {
                self.silent.pop();
                self.end_silent(name);
            } else if matches!(name, "p" | "creator" | "date") {
                self.lost.push(' ');
            }
            return;
        }
        match name {
            "p" | "h" => self.finish(),
            "t" if self.run.is_some() => self.run = Some(false),
            "tr" | "table-row" => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    self.end_row();
                }
            }
            "note" => self.in_note = self.in_note.saturating_sub(1),
            "footnote" | "endnote" | "comment" => self.end_entry(),
            _ => {}
        }
    }

    /// Records what an element held that is no text, when the outermost ends.
    fn end_silent(&mut self, name: &str) {
        let rule = SILENT.iter().find(|it| it.0 == name).and_then(|it| it.1);
        if let Some(rule) = rule.filter(|_| self.silent.is_empty()) {
            let lost = std::mem::take(&mut self.lost);
            self.cut(rule, &lost);
        }
        self.lost.push(' ');
    }

    /// Takes in words.
    fn words(&mut self, words: &str) {
        match self.silent.last() {
            Some(last) if SILENT.iter().any(|it| it.0 == last && it.1.is_some()) => {
                self.lost.push_str(words);
            }
            None if self.run != Some(false) => self.push(words),
            _ => {}
        }
    }

    /// Adds words to the open paragraph.
    fn push(&mut self, words: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            self.removed.extend(hidden::record(paragraph.number, words));
            paragraph.push(words);
        }
    }

    /// Records what is cut at this place.
    fn cut(&mut self, rule: &str, words: &str) {
        let text = hidden::without(words).split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            let line = self.number.max(1);
            self.removed.push(Removed { line, rule: rule.to_owned(), text });
        }
    }

    /// Refers to a note at this place of the open paragraph.
    fn refer(&mut self, note: String) {
        self.notes.push(note);
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.refer(self.notes.len());
        }
    }

    /// Ends a paragraph.
    fn finish(&mut self) {
        let Some(paragraph) = self.open.pop().filter(|it| !it.is_blank()) else { return };
        if let Some(note) = self.notes.last_mut().filter(|_| self.in_note > 0) {
            join(note, paragraph.text());
        } else if let Some(cell) = self.cells.last_mut().filter(|_| self.rows > 0) {
            cell.push(paragraph);
        } else {
            self.lines.push(paragraph.line());
        }
    }

    /// Ends a note of a part that holds nothing else.
    fn end_entry(&mut self) {
        let text: Vec<String> = self.lines.drain(..).map(|line| line.text).collect();
        if let Some(key) = self.entry.take().filter(|_| !text.is_empty()) {
            self.beside.insert(key, text.join(" "));
        }
    }

    /// Ends a row: cells of a few words each are a row of a table, anything else was layout.
    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let small = |cell: &Vec<Paragraph>| {
            cell.len() <= 1 && cell.iter().all(|it| width(it.text()) <= table::WIDEST)
        };
        let filled: Vec<&Paragraph> = cells.iter().flatten().collect();
        let number = filled.first().map_or(self.number, |it| it.number);
        if filled.len() < 2 || !cells.iter().all(small) {
            self.lines.extend(cells.iter().flatten().map(Paragraph::line));
            return;
        }
        let text: Vec<&str> = filled.iter().map(|it| it.text()).collect();
        let marked: Vec<String> =
            cells.iter().map(|it| it.first().map(Paragraph::marked).unwrap_or_default()).collect();
        let marked = table::marked(marked.iter().map(String::as_str));
        let first = std::mem::take(&mut self.is_first_row);
        self.lines.extend(table::row(number, (&text.join(" "), &marked), first));
    }
}

/// Adds a paragraph to the words of a note.
fn join(note: &mut String, words: &str) {
    if !note.is_empty() {
        note.push(' ');
    }
    note.push_str(words);
}
