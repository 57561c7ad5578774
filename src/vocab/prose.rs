//! Body text as passages; pulldown-cmark lives here and nowhere else.
//!
//! A passage is what can be cited, aligned and linked: a paragraph, a heading, a list item, a row of a
//! table, a block of code. Raw HTML in a body is text, never markup.

pub mod html;
mod safe;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A passage of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The plain text, without markup, white space folded.
    pub text: String,
    /// Line of the body where the passage begins, counted from 1.
    pub line: u32,
}

/// The Markdown that bodies are written in: `CommonMark` with tables, footnotes and strikethrough.
pub(crate) fn dialect() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

/// The passages of a body, in order.
pub fn passages(body: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut gathered = Gathered::default();
    let mut lines = Lines::new(body);
    for (event, range) in Parser::new_ext(body, dialect()).into_offset_iter() {
        match event {
            Event::Start(tag) if is_block(tag.to_end()) => gathered.finish(&mut passages),
            Event::End(end) if is_block(end) => gathered.finish(&mut passages),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                gathered.add(&text, Some(lines.line_of(range.start)));
            }
            Event::End(TagEnd::TableCell) | Event::SoftBreak | Event::HardBreak => {
                gathered.add(" ", None);
            }
            _ => {}
        }
    }
    gathered.finish(&mut passages);
    passages
}

/// A link of a body that leads into the archive: its address has no scheme and no host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address as it is written.
    pub address: String,
    /// The byte of the body where the link begins.
    pub at: usize,
}

/// The links of a body that lead into the archive, in order.
pub fn links(body: &str) -> Vec<Link> {
    let link = |(event, range): (Event, std::ops::Range<usize>)| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(Link { address: dest_url.into_string(), at: range.start })
        }
        _ => None,
    };
    let inside = |it: &Link| safe::is_inside(&it.address);
    Parser::new_ext(body, dialect()).into_offset_iter().filter_map(link).filter(inside).collect()
}

/// Whether a tag bounds passages.
fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::TableCell
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

/// The text of the passage that is being read.
#[derive(Default)]
struct Gathered {
    text: String,
    line: Option<u32>,
}

impl Gathered {
    /// Adds a piece of text that begins at a line.
    fn add(&mut self, text: &str, line: Option<u32>) {
        self.line = self.line.or(line);
        self.text.push_str(text);
    }

    /// Ends the passage, unless it is blank.
    fn finish(&mut self, passages: &mut Vec<Passage>) {
        let text = fold_space(&self.text);
        if !text.is_empty() {
            passages.push(Passage { text, line: self.line.unwrap_or(1) });
        }
        *self = Self::default();
    }
}

/// Text with every run of ASCII white space and line ends folded to one space; other spaces (such as
/// the no-break space in `2 500`) stay.
fn fold_space(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Counts lines while walking forward through a text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    /// Begins at the first line.
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line, counted from 1, of a byte offset that is not before the last one asked for.
    fn line_of(&mut self, offset: usize) -> u32 {
        if let Some(passed) = self.text.as_bytes().get(self.at..offset) {
            self.line += passed.iter().filter(|&&byte| byte == b'\n').count() as u32;
            self.at = offset;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> Vec<String> {
        passages(body).into_iter().map(|it| format!("{}: {}", it.line, it.text)).collect()
    }

    #[test]
    fn each_block_is_a_passage() {
        let body = "# Head\n\nOne *two*\nthree.\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n";
        assert_eq!(
            shown(body),
            ["1: Head", "3: One two three.", "6: a", "7: b", "9: x y", "11: 1 2", "14: code"]
        );
    }

    #[test]
    fn links_into_the_archive_are_found() {
        let body = "[a](b.md#p1) and [c](https://d.example) <mailto:e@f.example>\n\n![g](h.png) [x]\n\n[x]: #p2\n";
        let found: Vec<(String, usize)> =
            links(body).into_iter().map(|it| (it.address, it.at)).collect();
        let expected = [("b.md#p1", 0), ("h.png", 62), ("#p2", 74)];
        assert_eq!(found, expected.map(|(address, at)| (address.to_owned(), at)));
    }

    #[test]
    fn markup_from_outside_is_text() {
        assert_eq!(
            shown("a <b onclick=x>b</b>\n\n<script>\nalert(1)\n</script>"),
            ["1: a <b onclick=x>b</b>", "3: <script> alert(1) </script>"]
        );
    }
}
