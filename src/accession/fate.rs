//! What becomes of a page that the archive already holds. The curator's hand wins.

use serde::{Deserialize, Serialize};
use similar::TextDiff;

use super::{Fate, Holding};
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};
use crate::vocab::digest;
use crate::vocab::page::Page;

/// How many lines of a difference are shown.
const SHOWN: usize = 12;

/// How many characters of such a line are shown.
const WIDTH: usize = 160;

/// The digest by which the register knows a page that nobody edited.
pub fn page_digest(page: &str) -> String {
    digest::short(page.as_bytes(), 32)
}

/// Decides about a page, and says what a curator should know.
pub(crate) fn decide(page: &Page, holding: Option<&Holding>) -> (Fate, Option<Diagnostic>) {
    let Some(holding) = holding else { return (Fate::New, None) };
    let Some(text) = &holding.text else {
        let seed = page.head.seed.as_deref().unwrap_or_default();
        return (Fate::KeptByHand, Some(deleted(seed, &holding.path)));
    };
    let written = page.write();
    if *text == written {
        (Fate::Unchanged, None)
    } else if page_digest(text) == holding.digest {
        (Fate::Refreshed, None)
    } else {
        (Fate::KeptByHand, outdated(page, text, holding))
    }
}

/// What is known of a page as its seed gives it, without its being made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Which document of the seed, counted from 0.
    pub part: u32,
    /// Digest of the page as the seed gives it.
    pub digest: String,
    /// SHA-256 of the seed.
    pub sha256: Option<String>,
}

impl Known {
    /// Decides about the page of a seed as [`decide`] does; `None` where the page must be made to know.
    /// `page` and `registered` are path and digest of the page as the register has them, `there` is the
    /// digest of the page on disk, and `text` reads it.
    pub fn decide(
        &self,
        (seed, page, registered): (&str, &str, &str),
        there: Option<&str>,
        text: &dyn Fn() -> Option<String>,
    ) -> Option<(Fate, Option<Diagnostic>)> {
        match there {
            None => Some((Fate::KeptByHand, Some(deleted(seed, page)))),
            Some(there) if there == self.digest => Some((Fate::Unchanged, None)),
            Some(there) if there == registered => None,
            Some(_) => match Page::read(&text()?) {
                Ok(kept) if kept.head.sha256 != self.sha256 => None,
                Ok(kept) if kept.head.seed.as_deref().is_some_and(|it| it != seed) => None,
                Ok(_) | Err(_) => Some((Fate::KeptByHand, None)),
            },
        }
    }
}

/// What is said of a page that was deleted by hand.
fn deleted(seed: &str, path: &str) -> Diagnostic {
    let message =
        format!("the page of seed `{seed}` was deleted or moved by hand and is not made anew");
    Diagnostic::new(Code::KeptByHand, Place::file(path), message).hint(
        "to have it made anew, take it out of the register; to be rid of it, move the seed away",
    )
}

/// What is said of a page that was edited by hand, where its seed has changed since.
fn outdated(page: &Page, kept: &str, holding: &Holding) -> Option<Diagnostic> {
    let kept = Page::read(kept).ok()?;
    let seed = page.head.seed.as_deref().unwrap_or_default();
    if kept.head.sha256 == page.head.sha256 {
        let old = kept.head.seed.as_deref().filter(|old| *old != seed)?;
        let message = format!("the page was edited by hand, and its seed `{old}` was renamed");
        let place = Place::file(&holding.path);
        let hint = format!("write `seed: {seed}` into its front matter");
        return Some(Diagnostic::new(Code::KeptByHand, place, message).hint(hint));
    }
    let message = format!("the page was edited by hand, and its seed `{seed}` has changed since");
    let hint = format!("the seed now differs from the page in this:\n{}", difference(&kept, page));
    Some(Diagnostic::new(Code::KeptByHand, Place::file(&holding.path), message).hint(hint))
}

/// A changed line, shortened: where another stands instead of it, from a little before they differ.
fn shown(changes: &[similar::Change<&str>], at: usize) -> String {
    let Some(change) = changes.get(at) else { return String::new() };
    let partner = match change.tag() {
        similar::ChangeTag::Delete => changes.get(at + 1),
        _ => at.checked_sub(1).and_then(|before| changes.get(before)),
    };
    let partner = partner.filter(|it| it.tag() != change.tag()).map_or("", |it| it.value());
    let same = change.value().chars().zip(partner.chars()).take_while(|(a, b)| a == b).count();
    let from = if same > WIDTH / 2 { same - WIDTH / 4 } else { 0 };
    let line: String = change.value().trim_end().chars().skip(from).take(WIDTH).collect();
    format!("{}{}{line}", change.tag(), if from > 0 { "…" } else { "" })
}

/// The lines in which two pages differ, shortened.
fn difference(kept: &Page, seed: &Page) -> String {
    // With a final line end each, or a last paragraph that is no more the last would seem to differ.
    let old = format!("{}\n\n{}\n", kept.head.title, kept.body);
    let new = format!("{}\n\n{}\n", seed.head.title, seed.body);
    let diff = TextDiff::from_lines(&old, &new);
    let differs = |change: &similar::Change<&str>| change.tag() != similar::ChangeTag::Equal;
    let changes: Vec<_> = diff
        .iter_all_changes()
        .filter(|change| differs(change) && !change.value().trim().is_empty())
        .collect();
    let mut lines: Vec<String> = (0..changes.len()).map(|at| shown(&changes, at)).collect();
    let more = lines.len().saturating_sub(SHOWN);
    lines.truncate(SHOWN);
    if more > 0 {
        lines.push(format!("… and {more} more lines"));
    }
    lines.join("\n")
}
