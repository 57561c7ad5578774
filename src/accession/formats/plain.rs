//! Plain text and Markdown as drafts: one line of the file is one line of the draft.

use std::borrow::Cow;

use crate::accession::draft::{Draft, Line};
use crate::accession::fold::width;
use crate::accession::given::Given;
use crate::accession::hidden::{self, ends_line, is_hidden};
use crate::accession::markdown;
use crate::vocab::codes::Code;
use crate::vocab::page::{self, Removed};
use crate::vocab::yaml;

/// The longest line that is taken for text, in bytes.
const LONGEST: usize = 1 << 20;

/// How much of a longer line is shown, in bytes.
const SHOWN: usize = 1 << 16;

/// The widest line of a text whose paragraphs are broken into lines by hand.
const WRAPPED_WITHIN: usize = 100;

/// What the lines of a file are to be read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Markup {
    /// Words; only headings and emphasis count as markup.
    Words,
    /// Markdown in full.
    Markdown,
}

/// Reads a text.
pub(crate) fn read(text: &str, markup: Markup) -> Draft {
    let Some((front, body)) = page::split(text) else { return lines(text, 1, markup) };
    match Given::read(front) {
        Ok(given) if !given.is_empty() => {
            let passed = text.strip_suffix(body).unwrap_or_default().matches('\n').count() as u32;
            Draft { given, ..lines(body, passed + 1, markup) }
        }
        other => {
            let mut draft = lines(text, 1, markup);
            draft.notes.extend(other.err().filter(|_| is_meant(front)).map(|it| unread(&it)));
            draft
        }
    }
}

/// Whether lines between two rules are meant as front matter: one of them states something.
fn is_meant(front: &str) -> bool {
    let is_key = |it: &str| it.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let states =
        |line: &str| line.split_once(": ").is_some_and(|it| !it.0.is_empty() && is_key(it.0));
    front.lines().any(states)
}

/// What is said of front matter that cannot be read.
fn unread(fault: &yaml::Fault) -> (Code, u32, String) {
    let message =
        format!("the front matter cannot be read and stays in the text: {}", fault.message);
    (Code::BadSideFile, fault.line.max(1) + 1, message)
}

/// Reads lines; the first of them has a given number.
pub(crate) fn lines(text: &str, first: u32, markup: Markup) -> Draft {
    let mut reader = Reader { markup, ..Reader::default() };
    let mark = if text.contains('\n') { '\n' } else { '\r' };
    for (number, line) in (first..).zip(text.split(mark)) {
        reader.line(number, line);
    }
    let mut draft = reader.draft;
    if markup == Markup::Words {
        join_wrapped(&mut draft.lines, &reader.gaps);
    }
    draft
}

/// Reads one line after the other.
struct Reader {
    markup: Markup,
    draft: Draft,
    /// For each line whether a blank line stands before it.
    gaps: Vec<bool>,
    gap: bool,
    /// The mark that closes the code block in which the next line stands.
    fence: Option<&'static str>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            markup: Markup::Words,
            draft: Draft::default(),
            gaps: Vec::new(),
            gap: true,
            fence: None,
        }
    }
}

impl Reader {
    /// Takes in one line of the file, which may hold several where other marks than the usual one end them.
    fn line(&mut self, number: u32, raw: &str) {
        let raw = raw.trim_end_matches('\r');
        let raw = self.bounded(number, raw);
        raw.split(ends_line).for_each(|part| self.one(number, part));
    }

    /// Takes in one line.
    fn one(&mut self, number: u32, raw: &str) {
        let raw = self.cleaned(number, raw);
        let line = raw.trim_end();
        if line.is_empty() && self.fence.is_none() {
            self.blank(number, &raw);
            return;
        }
        let read = match self.markup {
            Markup::Words => self.words(number, line.trim_start()),
            Markup::Markdown => self.markdown(number, line),
        };
        self.gaps.push(self.gap);
        self.gap = false;
        self.draft.lines.push(read);
    }

    /// Notes a blank line; one that holds more than plain blanks is recorded.
    fn blank(&mut self, number: u32, raw: &str) {
        self.gap = true;
        let text = raw.trim_matches([' ', '\t', '\r']);
        if !text.is_empty() {
            let (rule, text) = ("blank-line".to_owned(), text.to_owned());
            self.draft.removed.push(Removed { line: number, rule, text });
        }
    }

    /// The beginning of a line that is too long to be text; any other line whole.
    fn bounded<'a>(&mut self, number: u32, raw: &'a str) -> &'a str {
        if raw.len() <= LONGEST {
            return raw;
        }
        let (shown, rest) =
            raw.split_at_checked(raw.floor_char_boundary(SHOWN)).unwrap_or((raw, ""));
        let start: String = rest.chars().take(60).collect();
        let text = format!("{start}… ({} bytes)", rest.len());
        self.draft.removed.push(Removed { line: number, rule: "huge-line".to_owned(), text });
        let message = format!("line {number} is {} bytes long", raw.len());
        self.draft.notes.push((Code::HugeLine, number, message));
        shown
    }

    /// The line without characters that may not stand in a page, which are recorded by their numbers.
    fn cleaned<'a>(&mut self, number: u32, raw: &'a str) -> Cow<'a, str> {
        if !raw.contains(is_hidden) {
            return raw.into();
        }
        self.draft.removed.extend(hidden::record(number, raw));
        raw.chars().filter(|&c| !is_hidden(c)).collect::<String>().into()
    }

    /// A line of words.
    fn words(&self, number: u32, line: &str) -> Line {
        let first = self.draft.lines.is_empty();
        if let Some((level, title)) = markdown::heading(line).filter(|it| it.0 > 1 || first) {
            let (text, marked) = markdown::inline(title);
            let marked = Some(markdown::write_heading(level, &marked));
            return Line { number, text, marked, heading: level, ..Line::default() };
        }
        let (text, marked) = markdown::inline(line);
        let marked = (text != line).then(|| markdown::paragraph(&marked));
        Line { number, text, marked, ..Line::default() }
    }

    /// A line of Markdown, kept as it is.
    fn markdown(&mut self, number: u32, line: &str) -> Line {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        let fixed = self.fence.is_some() || mark.is_some() || is_structure(line);
        if mark.is_some() && (self.fence.is_none() || self.fence == mark) {
            self.fence = if self.fence.is_none() { mark } else { None };
        }
        let (heading, title) = markdown::heading(line).filter(|_| !fixed).unwrap_or((0, line));
        let text = if fixed { line.to_owned() } else { markdown::inline(title.trim()).0 };
        let joined = !self.gap;
        Line { number, text, marked: Some(line.to_owned()), heading, joined, fixed }
    }
}

/// Whether a line of Markdown is more than a paragraph: table, list, quotation, note, indented code.
fn is_structure(line: &str) -> bool {
    let start = line.trim_start();
    start.starts_with('|')
        || start.starts_with("[^")
        || start.starts_with('>')
        || line.starts_with("    ")
        || line.starts_with('\t')
        || markdown::paragraph(start) != start && markdown::heading(start).is_none()
}

/// Joins the lines of paragraphs that were broken by hand: within a block, each line is so long that
/// the first word of the next would not have fitted.
fn join_wrapped(lines: &mut [Line], gaps: &[bool]) {
    let widths: Vec<usize> = lines.iter().map(|line| width(&line.text)).collect();
    let in_block = |at: usize| gaps.get(at) == Some(&false) || gaps.get(at + 1) == Some(&false);
    let widest = (0..widths.len()).filter(|&at| in_block(at)).filter_map(|at| widths.get(at)).max();
    let Some(&widest) = widest.filter(|&&it| (40..=WRAPPED_WITHIN).contains(&it)) else { return };
    let close = |at: &usize| gaps.get(*at) == Some(&false);
    let pairs = (1..lines.len()).filter(close).filter_map(|at| lines.get(at - 1..=at));
    if pairs.filter(|pair| is_full(pair, widest)).count() < 2 {
        return;
    }
    let mut start = 0;
    while start < lines.len() {
        let end =
            (start + 1..lines.len()).find(|&at| gaps.get(at) == Some(&true)).unwrap_or(lines.len());
        if lines.get(start..end).is_some_and(|block| is_wrapped(block, widest)) {
            lines.iter_mut().take(end).skip(start + 1).for_each(|line| line.joined = true);
        }
        start = end;
    }
}

/// Whether the first word of the second of two lines would not have fitted into the first.
fn is_full(pair: &[Line], widest: usize) -> bool {
    let [line, next] = pair else { return false };
    // Between signs that no spaces part, a line is broken anywhere.
    let unspaced = next.text.starts_with(|c| ('\u{2e80}'..='\u{a4cf}').contains(&c));
    let word = next.text.split(' ').next().filter(|_| !unspaced).map_or(2, |it| width(it) + 1);
    width(&line.text) + word > widest.saturating_sub(3)
}

/// Whether a block of lines is one paragraph broken by hand.
fn is_wrapped(block: &[Line], widest: usize) -> bool {
    let full = block.windows(2).filter(|pair| is_full(pair, widest));
    block.len() > 1
        && full.count() * 5 >= (block.len() - 1) * 4
        && block.iter().all(|it| it.heading == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        let draft = read("\n\nA *b* c.\r\n\u{a0}\n- d\u{202e}\n", Markup::Words);
        let numbers: Vec<(u32, &str)> =
            draft.lines.iter().map(|it| (it.number, it.text.as_str())).collect();
        assert_eq!(numbers, [(3, "A b c."), (5, "- d")]);
        let removed: Vec<(u32, &str)> =
            draft.removed.iter().map(|it| (it.line, it.rule.as_str())).collect();
        assert_eq!(removed, [(4, "blank-line"), (5, "control-characters")]);
    }

    #[test]
    fn every_mark_that_ends_a_line_ends_one() {
        let draft = read("One\u{85}two\u{2029}three\rfour\u{c}\nfive\r\n", Markup::Words);
        let lines: Vec<(u32, &str)> =
            draft.lines.iter().map(|it| (it.number, it.text.as_str())).collect();
        assert_eq!(lines, [(1, "One"), (1, "two"), (1, "three"), (1, "four"), (2, "five")]);
        assert!(draft.removed.is_empty());
    }

    #[test]
    fn front_matter_is_read_and_counted() {
        let draft = read("---\ntitle: A\n---\n\nBody.\n", Markup::Markdown);
        assert_eq!(draft.given.text("title").as_deref(), Some("A"));
        assert_eq!(draft.lines.first().map(|it| it.number), Some(5));
    }

    #[test]
    fn front_matter_that_cannot_be_read_is_named_and_kept() {
        let draft = read("---\ntitle: \"unclosed\nlang: [en\n---\n\nBody.\n", Markup::Markdown);
        assert_eq!(draft.notes.len(), 1);
        assert_eq!(draft.notes[0].0, Code::BadSideFile);
        assert!(draft.lines.iter().any(|it| it.text.contains("unclosed")));
        assert!(read("---\nA line: between rules\n---\n\nBody.\n", Markup::Words).notes.is_empty());
        assert!(read("---\nOh, \"this\n---\n\nBody.\n", Markup::Words).notes.is_empty());
    }

    #[test]
    fn paragraphs_broken_by_hand_are_joined() {
        let text = "Porto Alvim, 3 de agosto de 1926. Ao Senhor Presidente da Comissão dos\n\
            Faróis: tenho a honra de levar ao conhecimento de Vossa Excelência que o\n\
            farol se apagou.\n\nShort line\nanother short line\n";
        let joined: Vec<bool> =
            read(text, Markup::Words).lines.iter().map(|it| it.joined).collect();
        assert_eq!(joined, [false, true, true, false, false]);
    }

    #[test]
    fn a_line_each_is_no_paragraph_broken_by_hand_where_no_spaces_part_words() {
        let joined = |text: &str| -> Vec<bool> {
            read(text, Markup::Words).lines.iter().map(|it| it.joined).collect()
        };
        let lines = "矿工请求帮助\n矿工们星期一在镇上的会堂里开会，请求帮助，并要求公司说明情况。\n\
            公司没有回答。\n联盟说，家属的信至今没有人回答，调查将于六月开始。\n";
        assert_eq!(joined(lines), [false; 4]);
        let wrapped = "矿工们星期一在镇上的会堂里开会，请求帮助，并要求公\n\
            司说明情况。公司没有回答。联盟说，家属的信至今没有\n人回答，调查将于六月开始。\n";
        assert_eq!(joined(wrapped), [false, true, true]);
    }

    #[test]
    fn a_huge_line_is_shown_by_its_beginning() {
        let draft = read(&"word ".repeat(1 << 19), Markup::Words);
        assert_eq!(draft.notes.len(), 1);
        assert!(draft.lines.first().unwrap().text.len() <= SHOWN);
    }
}
