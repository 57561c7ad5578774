//! A page as blocks of text in the order of the file, each with its line; `html5ever` lives here and
//! nowhere else.
//!
//! Works on tokens, not on a tree: broken markup gives the same words in the same order, and nothing
//! but words, emphasis and links to pages is ever taken over.

use std::cell::RefCell;
use std::collections::BTreeMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::super::table;
use super::elements::{ASIDE, CONTAINERS, INLINE, SILENT, VOID};
use super::is_safe;
use super::runs::{Runs, Style};
use crate::accession::fold::width;
use crate::accession::hidden::{self, is_hidden};
use crate::accession::markdown;
use crate::vocab::page::Removed;

/// The deepest nesting that is followed.
const DEEPEST: usize = 400;

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A paragraph, an item of a list, a quotation.
    Paragraph,
    /// A heading of a level.
    Heading(u8),
    /// A row of a table; whether it is the first.
    Row(bool),
    /// Lines of code, between fences.
    Code,
}

/// A block of text.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Line of the file where its text begins.
    pub(crate) line: u32,
    /// What it is.
    pub(crate) shape: Shape,
    /// Its words.
    pub(crate) text: String,
    /// Its Markdown.
    pub(crate) marked: String,
    /// Whether it stands in an element around the text.
    pub(crate) aside: bool,
}

impl Block {
    /// Whether it is a heading.
    pub(crate) fn is_heading(&self) -> bool {
        self.level() > 0
    }

    /// The level of the heading that it is; 0 for none.
    pub(crate) fn level(&self) -> u8 {
        if let Shape::Heading(level) = self.shape { level } else { 0 }
    }
}

/// A page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Its blocks in order.
    pub(crate) blocks: Vec<Block>,
    /// What it says about itself, by lower-case name.
    pub(crate) meta: BTreeMap<String, String>,
    /// Line of its `title`.
    pub(crate) title_line: Option<u32>,
    /// The characters that its words lost.
    pub(crate) cut: Vec<Removed>,
    /// How many elements it has.
    pub(crate) elements: usize,
}

/// Reads a page.
pub(crate) fn read(text: &str) -> Page {
    let sink = Sink(RefCell::new(Reader::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    while !queue.is_empty() {
        // The sink never asks to stop, so that every call consumes what it is given.
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    let mut reader = tokenizer.sink.0.into_inner();
    reader.end_row();
    reader.flush();
    reader.page
}

/// Passes tokens on.
struct Sink(RefCell<Reader>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return reader.tag(&tag),
            Token::CharacterTokens(words) => reader.words(&words, line as u32),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A cell of a table: its line, text and Markdown.
type Cell = Vec<Block>;

/// Gathers blocks.
#[derive(Default)]
struct Reader {
    page: Page,
    /// Names of the open elements, and whether each is hidden.
    open: Vec<(String, bool)>,
    runs: Runs,
    line: Option<u32>,
    code: String,
    links: Vec<Option<String>>,
    row: Option<Vec<Cell>>,
    rows: usize,
    breaks: u32,
    counts: Vec<u32>,
}

impl Reader {
    /// Whether one of some elements is open.
    fn is_in(&self, names: &[&str]) -> bool {
        self.open.iter().any(|(name, _)| names.contains(&name.as_str()))
    }

    /// Whether the place is around the text: in a side element, hidden, or in the head of the page.
    fn is_aside(&self) -> bool {
        self.is_in(ASIDE)
            || self.open.iter().any(|it| it.1)
            || self.is_in(&["header"]) && !self.is_in(&["article", "main"])
    }

    /// Takes in words.
    fn words(&mut self, words: &str, line: u32) {
        if self.is_in(&["title"]) && !self.is_in(&["svg", "body"]) {
            self.page.title_line.get_or_insert(line);
            self.page.meta.entry("title".to_owned()).or_default().push_str(words);
            return;
        }
        if self.is_in(SILENT) {
            return;
        }
        self.page.cut.extend(hidden::record(line, words));
        if self.is_in(&["pre"]) {
            self.line.get_or_insert(line);
            self.code.push_str(words);
        } else {
            if !words.trim().is_empty() {
                self.line.get_or_insert(line);
                self.breaks = 0;
            }
            let style = Style {
                strong: self.is_in(&["b", "strong"]),
                emphasis: self.is_in(&["i", "em"]),
                link: self.links.last().cloned().flatten(),
            };
            self.runs.push(words, &style);
        }
    }

    /// Takes in a tag.
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        if !INLINE.contains(&name.as_str()) && name != "br" {
            self.flush();
        }
        if tag.kind == TagKind::EndTag {
            self.end(&name);
            return TokenSinkResult::Continue;
        }
        self.page.elements += 1;
        self.start(&name, tag);
        match name.as_str() {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    /// Takes in the start of an element.
    fn start(&mut self, name: &str, tag: &Tag) {
        self.describe(name, tag);
        if !INLINE.contains(&name) && name != "br" {
            self.close_heading();
        }
        match name {
            "br" => self.line_break(),
            "tr" => self.start_row(),
            "td" | "th" => {
                self.row.get_or_insert_default().push(Cell::new());
            }
            "table" => self.rows = 0,
            "ol" => self.counts.push(0),
            "li" => {
                self.close_unended("li", &["ul", "ol"]);
                self.counts.last_mut().into_iter().for_each(|count| *count += 1);
            }
            "p" => self.close_unended("p", CONTAINERS),
            "a" => self.links.push(link(tag)),
            "body" => self.open.retain(|it| it.0 == "html"),
            _ => {}
        }
        if !VOID.contains(&name) && !tag.self_closing && self.open.len() < DEEPEST {
            let style = attribute(tag, "style").unwrap_or_default().replace(' ', "");
            let hidden = attribute(tag, "hidden").is_some()
                || attribute(tag, "aria-hidden").as_deref() == Some("true")
                || style.contains("display:none");
            self.open.push((name.to_owned(), hidden));
        }
    }

    /// Closes a heading that was never ended: no block stands inside one.
    fn close_heading(&mut self) {
        let is_heading = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if let Some(at) = self.open.iter().rposition(|it| is_heading(&it.0)) {
            self.open.truncate(at);
        }
    }

    /// Closes an element that its next sibling closes.
    fn close_unended(&mut self, name: &str, within: &[&str]) {
        let at = self.open.iter().rposition(|it| it.0 == name || within.contains(&it.0.as_str()));
        if let Some(at) = at.filter(|&at| self.open.get(at).is_some_and(|it| it.0 == name)) {
            self.open.truncate(at);
        }
    }

    /// Takes in the end of an element.
    fn end(&mut self, name: &str) {
        match name {
            "pre" => self.end_code(),
            "tr" | "table" => self.end_row(),
            "ol" => {
                self.counts.pop();
            }
            "a" => {
                self.links.pop();
            }
            _ => {}
        }
        if let Some(at) = self.open.iter().rposition(|it| it.0 == name) {
            self.open.truncate(at);
        }
    }

    /// Notes what the page says about itself.
    fn describe(&mut self, name: &str, tag: &Tag) {
        let (key, value) = match name {
            "meta" => (
                attribute(tag, "property").or_else(|| attribute(tag, "name")),
                attribute(tag, "content"),
            ),
            "link" => {
                (attribute(tag, "rel").filter(|rel| rel == "canonical"), attribute(tag, "href"))
            }
            "html" => (Some("lang".to_owned()), attribute(tag, "lang")),
            _ => return,
        };
        if let (Some(key), Some(value)) = (key, value) {
            self.page.meta.entry(key.to_ascii_lowercase()).or_insert(value);
        }
    }

    /// One break is a blank; two of them part paragraphs.
    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks > 1 {
            self.flush();
        } else {
            self.runs.push(" ", &Style::default());
        }
    }

    /// Begins a row of a table.
    fn start_row(&mut self) {
        self.end_row();
        self.row = Some(Vec::new());
    }

    /// Ends a block.
    fn flush(&mut self) {
        self.breaks = 0;
        let runs = std::mem::take(&mut self.runs);
        if self.is_in(&["pre"]) {
            return;
        }
        let line = self.line.take().unwrap_or(1);
        if runs.is_blank() {
            return;
        }
        let level = (1..=6).find(|level| self.is_in(&[&format!("h{level}")])).unwrap_or(0);
        let shape = if level > 0 { Shape::Heading(level) } else { Shape::Paragraph };
        let marked = self.marked(&runs.marked(), level);
        self.add(Block { line, shape, text: runs.text(), marked, aside: self.is_aside() });
    }

    /// The Markdown of a block at this place.
    fn marked(&self, words: &str, level: u8) -> String {
        if level > 0 {
            return markdown::write_heading(level, words);
        }
        let words = markdown::paragraph(words);
        let last =
            self.open.iter().rev().find(|it| matches!(it.0.as_str(), "ul" | "ol" | "blockquote"));
        match last.map(|it| it.0.as_str()).filter(|_| self.row.is_none()) {
            Some("ul") if self.is_in(&["li"]) => format!("- {words}"),
            Some("ol") if self.is_in(&["li"]) => {
                format!("{}. {words}", self.counts.last().copied().unwrap_or(1).max(1))
            }
            Some("blockquote") => format!("> {words}"),
            _ => words,
        }
    }

    /// Files a block in the open cell or in the page.
    fn add(&mut self, block: Block) {
        match self.row.as_mut().and_then(|row| row.last_mut()) {
            Some(cell) => cell.push(block),
            None => self.page.blocks.push(block),
        }
    }

    /// Ends a row: cells of a few words each are a row of a table, anything else was layout.
    fn end_row(&mut self) {
        self.flush();
        let Some(cells) = self.row.take() else { return };
        let small = |cell: &Cell| {
            cell.len() <= 1
                && cell
                    .iter()
                    .all(|it| width(&it.text) <= table::WIDEST && it.shape == Shape::Paragraph)
        };
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled < 2 || !cells.iter().all(small) {
            self.page.blocks.extend(cells.into_iter().flatten());
            return;
        }
        let first = self.rows == 0;
        self.rows += 1;
        let words = |cell: &Cell| cell.first().map(|it| it.text.clone()).unwrap_or_default();
        let marked = |cell: &Cell| cell.first().map(|it| it.marked.clone()).unwrap_or_default();
        let marked: Vec<String> = cells.iter().map(marked).collect();
        let blocks: Vec<&Block> = cells.iter().flatten().collect();
        let row = Block {
            line: blocks.first().map_or(1, |it| it.line),
            shape: Shape::Row(first),
            text: cells.iter().map(words).collect::<Vec<_>>().join(" "),
            marked: table::marked(marked.iter().map(String::as_str)),
            aside: blocks.iter().any(|it| it.aside),
        };
        self.page.blocks.push(row);
    }

    /// Ends a block of code.
    fn end_code(&mut self) {
        let code = std::mem::take(&mut self.code);
        let code = code.trim_matches('\n').replace(|c: char| is_hidden(c) && c != '\n', "");
        let line = self.line.take().unwrap_or(1);
        if code.trim().is_empty() {
            return;
        }
        let fence = if code.contains("```") { "~~~~" } else { "```" };
        let marked = format!("{fence}\n{code}\n{fence}");
        let (shape, text, aside) = (Shape::Code, code, self.is_aside());
        self.page.blocks.push(Block { line, shape, text, marked, aside });
    }
}

/// The value of an attribute.
fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|it| &*it.name.local == name).map(|it| it.value.trim().to_owned())
}

/// Where a link leads, as it may stand in Markdown; only addresses of pages.
fn link(tag: &Tag) -> Option<String> {
    let url = attribute(tag, "href").filter(|url| is_safe(url))?;
    Some(url.replace('(', "%28").replace(')', "%29"))
}
