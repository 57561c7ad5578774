//! Words inside a block, with their emphasis and links, as text and as Markdown.

use crate::accession::hidden::{ends_line, is_hidden};
use crate::accession::markdown;

/// How words are marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// Set in bold.
    pub(crate) strong: bool,
    /// Set in italics.
    pub(crate) emphasis: bool,
    /// The address that they lead to.
    pub(crate) link: Option<String>,
}

/// Words of one style after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs(Vec<(Style, String)>);

impl Runs {
    /// Adds words; white space is folded as browsers do.
    pub(crate) fn push(&mut self, words: &str, style: &Style) {
        for c in words.chars() {
            let blank = matches!(c, ' ' | '\t' | '\n') || ends_line(c);
            if blank && self.ends_blank() || is_hidden(c) && !blank {
                continue;
            }
            if self.0.last().is_none_or(|(last, _)| last != style) {
                self.0.push((style.clone(), String::new()));
            }
            if let Some((_, text)) = self.0.last_mut() {
                text.push(if blank { ' ' } else { c });
            }
        }
    }

    /// Whether nothing or a blank stands at the end.
    fn ends_blank(&self) -> bool {
        self.0.last().is_none_or(|(_, text)| text.ends_with(' '))
    }

    /// Whether there are no words.
    pub(crate) fn is_blank(&self) -> bool {
        self.0.iter().all(|(_, text)| text.trim().is_empty())
    }

    /// The words.
    pub(crate) fn text(&self) -> String {
        self.0.iter().map(|(_, text)| text.as_str()).collect::<String>().trim().to_owned()
    }

    /// The words in Markdown.
    pub(crate) fn marked(&self) -> String {
        let mut marked = String::new();
        for (at, (style, text)) in self.0.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| self.0.get(at)).map(|it| it.1.as_str());
            let after = self.0.get(at + 1).map(|it| it.1.as_str());
            let free = !before.unwrap_or(" ").ends_with(char::is_alphanumeric)
                && !after.unwrap_or(" ").starts_with(char::is_alphanumeric);
            marked.push_str(&styled(style, text, free));
        }
        marked.trim().to_owned()
    }
}

/// One run in Markdown. Emphasis is kept where its marks hug a word and touch none outside (`free`):
/// anywhere else `CommonMark` would read them as stars.
fn styled(style: &Style, text: &str, free: bool) -> String {
    let core = text.trim();
    let (Some(lead), Some(tail)) =
        (text.get(..text.len() - text.trim_start().len()), text.get(text.trim_end().len()..))
    else {
        return markdown::escape_piece(text);
    };
    if core.is_empty() {
        return text.to_owned();
    }
    let mut marked = markdown::escape_piece(core);
    if let Some(link) = &style.link {
        marked = format!("[{marked}]({link})");
    } else if core.starts_with(char::is_alphanumeric)
        && core.ends_with(char::is_alphanumeric)
        && free
    {
        let stars = if style.strong {
            "**"
        } else if style.emphasis {
            "*"
        } else {
            ""
        };
        marked = [stars, &marked, stars].concat();
    }
    [lead, &marked, tail].concat()
}
