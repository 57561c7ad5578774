//! A document on its way: numbered lines and what its file states about it.
//!
//! Every reader of a format makes drafts; everything after works on drafts alone.

use super::given::Given;
use crate::vocab::codes::Code;
use crate::vocab::lang::Lang;
use crate::vocab::page::Removed;

/// A document as a reader of a format found it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// Its lines in order, blank ones left out.
    pub(crate) lines: Vec<Line>,
    /// What the file states about it.
    pub(crate) given: Given,
    /// What the reader itself left out.
    pub(crate) removed: Vec<Removed>,
    /// Line of the file where the title stands that the file states.
    pub(crate) title_line: Option<u32>,
    /// The language that the file declares, which is believed where the text itself says nothing.
    pub(crate) declared: Option<Lang>,
    /// The encoding of its text, where that is not the one of the whole file.
    pub(crate) encoding: Option<String>,
    /// What the reader saw on the way: code, line and message.
    pub(crate) notes: Vec<(Code, u32, String)>,
}

/// A line, or a block of a format that has no lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Line of the seed where it begins, counted from 1.
    pub(crate) number: u32,
    /// The words, without markup.
    pub(crate) text: String,
    /// The line in Markdown, where that is more than the words escaped.
    pub(crate) marked: Option<String>,
    /// Level of the heading that it is; 0 for none.
    pub(crate) heading: u8,
    /// Whether it goes on with the block of the line before: no blank line stands between.
    pub(crate) joined: bool,
    /// Whether it belongs to a table or to code, where no rule looks.
    pub(crate) fixed: bool,
}

impl Line {
    /// A line of plain text.
    #[cfg(test)]
    pub(crate) fn plain(number: u32, text: impl Into<String>) -> Self {
        Self { number, text: text.into(), ..Self::default() }
    }

    /// The record of the whole line as cut by a rule.
    pub(crate) fn removed(&self, rule: &str) -> Removed {
        Removed { line: self.number, rule: rule.to_owned(), text: self.text.clone() }
    }

    /// Cuts a part of the line and gives the record of it; `None` where the part does not stand in the
    /// line's Markdown as it stands in its words, and nothing is cut.
    pub(crate) fn cut(&mut self, part: &str, rule: &str) -> Option<Removed> {
        if let Some(marked) = &mut self.marked {
            let (before, after) = marked.split_once(part)?;
            *marked = [before, after].concat();
        }
        let (before, after) = self.text.split_once(part)?;
        self.text = [before, after].concat();
        Some(Removed { line: self.number, rule: rule.to_owned(), text: part.to_owned() })
    }
}
