//! The lines of a statement set as the Markdown body of a page.

use super::draft::Line;
use super::markdown;
use crate::vocab::prose::{self, Passage};

/// A body, and for each of its passages the line of the seed where it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Body {
    /// The Markdown.
    pub(crate) text: String,
    /// Its passages.
    pub(crate) passages: Vec<Passage>,
    /// Lines of the seed, one a passage.
    pub(crate) lines: Vec<u32>,
}

/// Sets lines as paragraphs; lines that are joined stay in one block.
pub(crate) fn set(lines: &[Line]) -> Body {
    let mut text = String::new();
    // For each line of the body the line of the seed.
    let mut origins: Vec<u32> = Vec::new();
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
            if !line.joined {
                text.push('\n');
                origins.push(line.number);
            }
        }
        text.push_str(&written(line));
        origins.push(line.number);
    }
    let origin = |at: u32| origins.get(at as usize - 1).or(origins.last()).copied().unwrap_or(1);
    let passages = prose::passages(&text);
    let lines = passages.iter().map(|it| origin(it.line.max(1))).collect();
    Body { text, passages, lines }
}

/// A line in Markdown.
fn written(line: &Line) -> String {
    match &line.marked {
        Some(marked) => marked.clone(),
        None => markdown::paragraph(&markdown::escape(&line.text)),
    }
}
