//! A body as HTML whose nth passage carries the id `pn`: the numbers are those of
//! [`passages`](super::passages).
//!
//! Raw HTML is set as text. A link leads to `http`, `https`, `mailto` or to where the caller says;
//! any other is set as text. A picture becomes a link, so that no page asks for anything outside its
//! folder.

use std::fmt::Write as _;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};
use rustc_hash::FxHashMap;

pub use super::safe::{escape, escape_text, is_outside};
use super::safe::{is_inside, spoken};
use super::{dialect, is_block};
use crate::vocab::lang::Lang;

/// What the caller decides about a body.
#[derive(Clone, Copy)]
pub struct Hooks<'a> {
    /// Where a link without a scheme leads; `None` sets it as text.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// A block of code, by the name of its language, as HTML; `None` sets it plain.
    pub code: &'a dyn Fn(&str, &str) -> Option<String>,
    /// The language of the passage with a number, where it is another than that of the body.
    pub lang: &'a dyn Fn(u32) -> Option<&'a Lang>,
}

/// A body as HTML. Headings stand one level lower than written, below the title of the page.
///
/// ```
/// use hexapla::vocab::prose::html::{Hooks, html};
/// let hooks = Hooks { link: &|_| None, code: &|_, _| None, lang: &|_| None };
/// let set = html("One <b>.", hooks);
/// assert_eq!(set, "<p id=p1><a class=n href=#p1>1</a>One &lt;b&gt;.</p>\n");
/// ```
pub fn html(body: &str, hooks: Hooks) -> String {
    let mut setter = Setter::new(hooks);
    for event in Parser::new_ext(body, dialect()) {
        setter.event(event);
    }
    setter.finish_run();
    setter.out
}

/// Sets HTML from events.
struct Setter<'a> {
    hooks: Hooks<'a>,
    out: String,
    /// The number of the last passage.
    passage: u32,
    /// Where an id can be put into the tag that opened the run, and what follows that tag.
    opener: Option<usize>,
    /// Where the run of text that may become a passage begins.
    run: usize,
    /// Where the first table cell of the run has its text.
    cell: Option<usize>,
    /// Whether the run holds anything but white space.
    inked: bool,
    /// For each open link or picture, whether a tag was written.
    links: Vec<bool>,
    /// The block of code that is being read: language and text.
    code: Option<(String, String)>,
    /// The columns of the open table, and the cell that comes next.
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Footnotes by label, in the order in which they are met.
    notes: FxHashMap<String, usize>,
}

impl<'a> Setter<'a> {
    /// Nothing set yet.
    fn new(hooks: Hooks<'a>) -> Self {
        Self {
            hooks,
            out: String::new(),
            passage: 0,
            opener: None,
            run: 0,
            cell: None,
            inked: false,
            links: Vec::new(),
            code: None,
            columns: Vec::new(),
            column: 0,
            in_head: false,
            notes: FxHashMap::default(),
        }
    }

    /// Sets one event.
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) if is_block(tag.to_end()) => {
                self.finish_run();
                self.open_block(tag);
            }
            Event::End(end) if is_block(end) => {
                self.end_code(end);
                self.finish_run();
                self.close_block(end);
            }
            Event::Start(tag) => self.open_inline(tag),
            Event::End(end) => self.close_inline(end),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.text(&text);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(label) => self.note_mark(&label),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    /// Sets text, or keeps it where it belongs to a block of code.
    fn text(&mut self, text: &str) {
        self.inked |= text.contains(|it| !matches!(it, ' ' | '\t' | '\n' | '\r'));
        match &mut self.code {
            Some((_, code)) => code.push_str(text),
            None => escape_text(text, &mut self.out),
        }
    }

    /// Ends a run: where it holds text it becomes the next passage, with an id and a link to itself.
    fn finish_run(&mut self) {
        if self.inked {
            self.passage += 1;
            let number = self.passage;
            let link = format!("<a class=n href=#p{number}>{number}</a>");
            let spoken = (self.hooks.lang)(number).map(spoken).unwrap_or_default();
            self.out.insert_str(self.cell.unwrap_or(self.run), &link);
            if let Some(at) = self.opener {
                self.out.insert_str(at, &format!(" id=p{number}{spoken}"));
            } else {
                self.out.insert_str(self.run, &format!("<span id=p{number}{spoken}>"));
                self.out.push_str("</span>");
            }
        }
        self.begin_run(None);
    }

    /// Begins a run here; `opener` is where its tag can take an id.
    fn begin_run(&mut self, opener: Option<usize>) {
        self.opener = opener;
        self.run = self.out.len();
        self.cell = None;
        self.inked = false;
    }

    /// Writes the opening tag of a block and begins its run.
    fn open_block(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => self.open("<p"),
            Tag::Heading { level, .. } => self.open(heading(level)),
            Tag::BlockQuote(_) => self.open("<blockquote"),
            Tag::CodeBlock(kind) => {
                self.open("<pre");
                self.code = Some((language(&kind), String::new()));
            }
            Tag::HtmlBlock => self.open("<p class=\"raw\""),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\"")),
            Tag::List(None) => self.open("<ul"),
            Tag::Item => self.open("<li"),
            Tag::FootnoteDefinition(label) => {
                let number = self.note(&label);
                self.open(&format!("<div class=\"note\" id=\"n{number}\" data-n=\"{number}\""));
                // The id of the note is taken; its first passage must find its own place.
                self.opener = None;
            }
            Tag::Table(columns) => {
                self.columns = columns;
                self.out.push_str("<div class=\"scroll\" tabindex=\"0\">");
                self.open("<table");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.out.push_str("<thead>");
                self.open("<tr");
            }
            Tag::TableRow => self.open("<tr"),
            _ => self.begin_run(None),
        }
        self.column = 0;
    }

    /// Writes an opening tag that can take an id, and begins a run behind it.
    fn open(&mut self, tag: &str) {
        self.out.push_str(tag);
        let at = self.out.len();
        self.out.push('>');
        self.begin_run(Some(at));
    }

    /// Writes the closing tag of a block; what follows has no tag of its own.
    fn close_block(&mut self, end: TagEnd) {
        let tag = match end {
            TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
            TagEnd::Heading(level) => closing(level),
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => "</pre>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => "</div>\n",
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            _ => "",
        };
        self.out.push_str(tag);
        self.begin_run(None);
    }

    /// Sets the block of code that ends here, if one does.
    fn end_code(&mut self, end: TagEnd) {
        if end != TagEnd::CodeBlock {
            return;
        }
        let Some((language, code)) = self.code.take() else { return };
        self.out.push_str("<code>");
        match (self.hooks.code)(&language, &code) {
            Some(set) => self.out.push_str(&set),
            None => escape_text(&code, &mut self.out),
        }
        self.out.push_str("</code>");
    }

    /// Opens what stands inside a line.
    fn open_inline(&mut self, tag: Tag) {
        match tag {
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<s>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.open_link(&dest_url),
            Tag::TableCell => self.open_cell(),
            _ => {}
        }
    }

    /// Closes what stands inside a line.
    fn close_inline(&mut self, end: TagEnd) {
        match end {
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</s>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link | TagEnd::Image if self.links.pop() == Some(true) => {
                self.out.push_str("</a>");
            }
            TagEnd::TableCell => self.out.push_str(if self.in_head { "</th>" } else { "</td>" }),
            _ => {}
        }
    }

    /// Opens a link where its address may be followed and no other link is open.
    fn open_link(&mut self, address: &str) {
        let nested = self.links.contains(&true);
        let target = if is_outside(address) {
            Some((address.to_owned(), " rel=\"external noreferrer\""))
        } else if is_inside(address) {
            (self.hooks.link)(address).map(|href| (href, ""))
        } else {
            None
        };
        let target = target.filter(|_| !nested);
        self.links.push(target.is_some());
        if let Some((href, rel)) = target {
            self.out.push_str("<a href=\"");
            escape(&href, &mut self.out);
            self.out.push('"');
            self.out.push_str(rel);
            self.out.push('>');
        }
    }

    /// Opens a cell of a table.
    fn open_cell(&mut self) {
        let tag = if self.in_head { "<th scope=\"col\"" } else { "<td" };
        let class = match self.columns.get(self.column) {
            Some(Alignment::Right) => " class=\"end\"",
            Some(Alignment::Center) => " class=\"mid\"",
            _ => "",
        };
        self.column += 1;
        for part in [tag, class, ">"] {
            self.out.push_str(part);
        }
        self.cell = self.cell.or(Some(self.out.len()));
    }

    /// Sets the mark that leads to a footnote.
    fn note_mark(&mut self, label: &str) {
        let number = self.note(label);
        // Writing into a String cannot fail.
        let _ = write!(self.out, "<sup><a href=\"#n{number}\">{number}</a></sup>");
    }

    /// The number of a footnote.
    fn note(&mut self, label: &str) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(label.to_owned()).or_insert(next)
    }
}

/// The opening tag of a heading, one level below what is written.
fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "<h2",
        HeadingLevel::H2 => "<h3",
        HeadingLevel::H3 => "<h4",
        HeadingLevel::H4 => "<h5",
        HeadingLevel::H5 | HeadingLevel::H6 => "<h6",
    }
}

/// The closing tag of a heading.
fn closing(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "</h2>\n",
        HeadingLevel::H2 => "</h3>\n",
        HeadingLevel::H3 => "</h4>\n",
        HeadingLevel::H4 => "</h5>\n",
        HeadingLevel::H5 | HeadingLevel::H6 => "</h6>\n",
    }
}

/// The name of the language of a block of code; empty where none is given.
fn language(kind: &CodeBlockKind) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => {
            info.split([' ', ',', '{']).next().unwrap_or_default().to_owned()
        }
        CodeBlockKind::Indented => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Hooks = Hooks { link: &|_| None, code: &|_, _| None, lang: &|_| None };

    #[test]
    fn every_kind_of_passage_has_its_number() {
        let body = "# Head\n\n- a\n  - b\n\n  c\n\n| x | y |\n|---|--:|\n| 1 | 2 |\n\n```\nif\n```\n\nd[^z]\n\n[^z]: note\n";
        let set = html(body, PLAIN);
        let numbers: Vec<usize> = (1..=9)
            .map(|number| set.find(&format!(" id=p{number}>")).unwrap_or_else(|| panic!("{set}")))
            .collect();
        assert!(numbers.is_sorted(), "{set}");
        assert_eq!(crate::vocab::prose::passages(body).len(), 9);
        assert!(!set.contains("p10"), "{set}");
    }

    #[test]
    fn a_passage_in_another_language_says_so() {
        let arabic = Lang::parse("ar").unwrap();
        let lang = |number| (number != 1).then_some(&arabic);
        let set = html("One.\n\nاثنان\n\n- a\n\n  b", Hooks { lang: &lang, ..PLAIN });
        for part in ["<p id=p1>", "<p id=p2 lang=ar dir=rtl>", "<p id=p4 lang=ar dir=rtl>"] {
            assert!(set.contains(part), "{set}");
        }
    }

    #[test]
    fn markup_from_outside_is_text() {
        let set = html("a <b onclick=x>b</b>\n\n<script>alert(1)</script>", PLAIN);
        assert!(!set.contains("<b") && !set.contains("<script"), "{set}");
    }

    #[test]
    fn only_known_schemes_are_followed() {
        for bad in
            ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//host/x", "vbscript:x"]
        {
            let set = html(&format!("[x]({bad})"), PLAIN);
            assert!(set.contains("</a>x</p>"), "{bad}: {set}");
        }
        let set = html("![chart](https://a.example/c.png)", PLAIN);
        assert!(
            set.contains(
                "<a href=\"https://a.example/c.png\" rel=\"external noreferrer\">chart</a>"
            )
        );
    }
}
