//! What front matter and `align.csv` say that can be read, and still cannot be meant.

use std::collections::BTreeMap;

use crate::arrange::Document;
use crate::collate::align_file::{self, Status};
use crate::pipeline::{ALIGNMENTS, Rehearsal};
use crate::vocab::codes::Code;
use crate::vocab::date::Date;
use crate::vocab::diagnostic::{Diagnostic, Place};

/// Checks the front matter of every page, and the alignments.
pub(super) fn check(rehearsal: &Rehearsal) -> Vec<Diagnostic> {
    let documents = &rehearsal.archive.documents;
    let mut found = lonely(rehearsal);
    for document in documents {
        found.extend(unknown_tags(rehearsal, document));
        found.extend(backward(rehearsal, document));
    }
    found.extend(unreviewed(rehearsal));
    found
}

/// The line of a page that sets a key.
fn place(rehearsal: &Rehearsal, document: &Document, key: &str) -> Place {
    let path = format!("{}.md", document.name);
    let text = rehearsal.content.text(&path).unwrap_or_default();
    let key = format!("{key}:");
    let mut lines = text.lines().zip(1..);
    match lines.find(|(line, _)| line.starts_with(&key)) {
        Some((line, number)) => Place::line(path, number, line),
        None => Place::file(path),
    }
}

/// Languages that cannot be.
fn unknown_tags(rehearsal: &Rehearsal, document: &Document) -> Vec<Diagnostic> {
    let head = &document.head;
    let passages = head.passages.iter().map(|it| ("passages", &it.lang));
    let tags = std::iter::once(("lang", &head.lang)).chain(passages);
    tags.filter(|(_, lang)| !lang.can_be())
        .map(|(key, lang)| {
            let place = place(rehearsal, document, key);
            Diagnostic::new(Code::UnknownTag, place, format!("no language has the tag `{lang}`"))
                .hint("write a tag such as `pl` or `pt-BR`, or `und` where it is not known")
        })
        .collect()
}

/// A date that ends before it begins.
fn backward(rehearsal: &Rehearsal, document: &Document) -> Option<Diagnostic> {
    let date = document.head.date.as_ref()?;
    ends_early(date).then(|| {
        let message = format!("`{date}` ends before it begins");
        Diagnostic::new(Code::BackwardDate, place(rehearsal, document, "date"), message)
            .hint("write the earlier date first")
    })
}

/// Whether an interval ends before it begins, as far as both ends are known.
fn ends_early(date: &Date) -> bool {
    let points = date.points();
    let [Some(from), Some(to)] = points.as_slice() else { return false };
    from.numbers.iter().zip(&to.numbers).find(|(from, to)| from != to).is_some_and(|it| it.0 > it.1)
}

/// Pins that bring nothing together.
fn lonely(rehearsal: &Rehearsal) -> Vec<Diagnostic> {
    let archive = rehearsal.archive;
    let has_others = |document: &Document| {
        let statement = document.statement.and_then(|it| archive.statements.get(it.0 as usize));
        statement.is_some_and(|it| it.versions.len() > 1)
    };
    let alone = archive.documents.iter().filter(|it| !has_others(it));
    let pinned = alone.filter_map(|it| Some((it, it.head.statement.as_deref()?.trim())));
    pinned
        .filter(|(_, name)| !name.is_empty() && *name != "none")
        .map(|(document, name)| {
            let place = place(rehearsal, document, "statement");
            let message = format!("no other page is a version of `{name}`");
            Diagnostic::new(Code::LonelyPin, place, message)
                .hint("pin the other versions to the same name, or write `statement: none`")
        })
        .collect()
}

/// Alignments that wait for review: one word for each statement.
fn unreviewed(rehearsal: &Rehearsal) -> Vec<Diagnostic> {
    let text = rehearsal.content.text(ALIGNMENTS).unwrap_or_default();
    let mut waiting: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for pin in align_file::read(&text).0 {
        if pin.status == Status::Automatic {
            waiting.entry(pin.statement).or_default().push(pin.line);
        }
    }
    let tell = |(statement, lines): (String, Vec<u32>)| {
        let first = lines.first().copied().unwrap_or_default();
        let excerpt = text.lines().nth(first.saturating_sub(1) as usize).unwrap_or_default();
        let message = match lines.len() {
            1 => format!("1 row of `{statement}` waits for review"),
            many => format!("{many} rows of `{statement}` wait for review"),
        };
        Diagnostic::new(Code::UnreviewedAlignment, Place::line(ALIGNMENTS, first, excerpt), message)
            .hint("look at the passages, then write `reviewed` or `ignore`")
    };
    waiting.into_iter().map(tell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_compared_as_far_as_they_are_known() {
        let early = |text| ends_early(&Date::parse(text).unwrap());
        assert!(
            early("2023/2022") && early("2022-05-02/2022-05-01") && early("2022-05~/2022-04-30")
        );
        for good in ["2022", "2022/2023", "2022/2022-05", "2022-05-01/2022", "../2020", "2020/.."] {
            assert!(!early(good), "{good}");
        }
    }
}
