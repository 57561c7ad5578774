//! The source view: every line of the raw file and what became of it.

use std::borrow::Cow;

use crate::arrange::DocumentId;
use crate::compose::at_hand::Text;
use crate::compose::fate::{Fate, by_line, fates};
use crate::compose::press::Press;
use crate::compose::shelves;
use crate::compose::tokens::visible;
use crate::compose::view::{Line, Source};
use crate::vocab::decode::decode;
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::page::Head;

/// How many lines are shown, and how much of each, so that a huge seed makes no huge page.
const LINES: usize = 4000;
/// How many characters of a line are shown.
const WIDTH: usize = 6000;

/// Sets the source view of a document.
pub(crate) fn source(press: &Press, path: &str, id: DocumentId) -> Result<Vec<u8>, Diagnostic> {
    let archive = press.material.archive;
    let found = shelves::find(archive, id).zip(press.card(path, id));
    let Some((document, card)) = found else { return Ok(Vec::new()) };
    let head = &document.head;
    let own = press.text(id, head);
    let bytes = head.seed.as_deref().and_then(|seed| (press.material.seed)(seed));
    let to = press.routes.href(path, &press.routes.document(id));
    let decoded = bytes.as_deref().and_then(|bytes| decode(bytes, head.encoding.as_deref()));
    let raw = decoded.map(|it| it.text);
    let mut view = Source {
        card,
        seed: head.seed.as_deref(),
        sha256: head.sha256.as_deref(),
        source_url: head.source_url.as_deref(),
        captured_at: head.captured_at.as_deref(),
        payload_digest: head.payload_digest.as_deref(),
        encoding: head.encoding.as_deref(),
        present: raw.is_some(),
        lines: Vec::new(),
        more: 0,
        kept: 0,
        removed: head.removed.len(),
        added: Vec::new(),
    };
    match &raw {
        Some(raw) => compare(&mut view, raw, &own, &to),
        None => view.lines = removed_only(head),
    }
    let heading = press.words.say("source.title", &[("title", &head.title)]);
    press.set("source.html", &press.frame(path, &heading), &view)
}

/// Sets each line of the raw text beside what became of it.
fn compare(view: &mut Source, raw: &str, own: &Text, to: &str) {
    let lines: Vec<&str> = raw.lines().collect();
    let Text { page, passages, .. } = own;
    let (fates, added) = fates(&lines, (&page.head, passages));
    let text = |number: u32| {
        let at = number.checked_sub(1)? as usize;
        passages.get(at).map(|passage| passage.text.as_str())
    };
    let removed = by_line(&page.head);
    view.kept = fates.iter().filter(|it| matches!(it, Fate::Kept(_) | Fate::Part(..))).count();
    view.more = lines.len().saturating_sub(LINES);
    view.lines = lines
        .iter()
        .zip(&fates)
        .zip(1..)
        .take(LINES)
        .map(|((raw, fate), number)| {
            let removed = removed.get(&number).into_iter().flatten();
            let cut: Vec<&str> = removed.map(|it| it.text.as_str()).collect();
            line((number, raw), fate, &cut, (to, &text))
        })
        .collect();
    view.added =
        added.into_iter().filter_map(|number| Some((number, text(number)?.to_owned()))).collect();
}

/// How a passage is found: the way to its document, and its text by number.
type Passages<'p> = (&'p str, &'p dyn Fn(u32) -> Option<&'p str>);

/// One line and what became of it.
fn line((number, raw): (u32, &str), fate: &Fate, cut: &[&str], (to, text): Passages) -> Line {
    let shown: Cow<str> = match raw.char_indices().nth(WIDTH) {
        Some((end, _)) => Cow::Owned(format!("{}…", raw.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(raw),
    };
    let (name, rule, passage) = match fate {
        Fate::Blank => ("blank", "", 0),
        Fate::Title => ("title", "", 0),
        Fate::Head => ("head", "", 0),
        Fate::Kept(passage) => ("kept", "", *passage),
        Fate::Removed(rule) => ("removed", rule.as_str(), 0),
        Fate::Part(rule, passage) => ("part", rule.as_str(), *passage),
        Fate::Markup => ("markup", "", 0),
        Fate::Changed => ("changed", "", 0),
    };
    let cleaned = text(passage).filter(|text| *text != raw).unwrap_or_default();
    Line {
        number,
        raw: marked(&shown, cut),
        fate: name,
        rule: rule.to_owned(),
        passage,
        href: if passage > 0 { format!("{to}#p{passage}") } else { String::new() },
        cleaned: cleaned.to_owned(),
    }
}

/// A line as HTML, with what was cut out of it struck through.
fn marked(line: &str, cut: &[&str]) -> String {
    let first = cut
        .iter()
        .filter(|it| !it.trim().is_empty())
        .filter_map(|it| Some((line.find(*it)?, *it)))
        .min_by_key(|(at, _)| *at);
    let Some((before, (gone, after))) = first.and_then(|(at, gone)| {
        let (before, rest) = line.split_at_checked(at)?;
        Some((before, rest.split_at_checked(gone.len())?))
    }) else {
        return visible(line);
    };
    format!("{}<del>{}</del>{}", visible(before), visible(gone), marked(after, cut))
}

/// The removed lines alone, where the raw file is not at hand.
fn removed_only(head: &Head) -> Vec<Line> {
    head.removed
        .iter()
        .map(|it| Line {
            number: it.line,
            raw: format!("<del>{}</del>", visible(&it.text)),
            fate: "removed",
            rule: it.rule.clone(),
            passage: 0,
            href: String::new(),
            cleaned: String::new(),
        })
        .collect()
}
