//! Links of the texts into the archive: the page is there, and the passage in it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::site::Target;
use crate::arrange::{Document, DocumentId};
use crate::pipeline::Rehearsal;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};
use crate::vocab::page;
use crate::vocab::prose;

/// Checks the links of every text; gives with what is said the places of the site that are meant by it.
pub(super) fn check(rehearsal: &Rehearsal) -> (Vec<Diagnostic>, BTreeSet<Target>) {
    let documents = &rehearsal.archive.documents;
    let dead: Vec<(Diagnostic, Option<Target>)> =
        documents.par_iter().flat_map_iter(|document| dead(rehearsal, document)).collect();
    let (said, targets): (Vec<Diagnostic>, Vec<Option<Target>>) = dead.into_iter().unzip();
    (said, targets.into_iter().flatten().collect())
}

/// The links of one text that lead nowhere.
fn dead(rehearsal: &Rehearsal, document: &Document) -> Vec<(Diagnostic, Option<Target>)> {
    let path = format!("{}.md", document.name);
    let text = rehearsal.content.text(&path).unwrap_or_default();
    let text = text.trim_start_matches('\u{feff}');
    // Most texts have no links at all.
    let Some((_, body)) = page::split(text).filter(|it| it.1.contains(']')) else {
        return Vec::new();
    };
    let above = text.len() - body.len();
    let fault = |link: prose::Link| {
        let (why, hint, target) = judge(rehearsal, document, &link.address)?;
        let place = place(&path, text, above + link.at);
        let message = format!("`{}` {why}", link.address);
        Some((Diagnostic::new(Code::BrokenLink, place, message).hint(hint), target))
    };
    prose::links(body).into_iter().filter_map(fault).collect()
}

/// Why a link leads nowhere, what to do about it, and which place of the site it would lead to.
fn judge(
    rehearsal: &Rehearsal,
    from: &Document,
    address: &str,
) -> Option<(String, &'static str, Option<Target>)> {
    let Some((name, fragment)) = page::lead(&from.name, address) else {
        let why = "leads to no page of the archive and is shown as text".to_owned();
        return Some((why, "link to a page by its path, such as `../fr/letter.md`", None));
    };
    let documents = &rehearsal.archive.documents;
    let Ok(at) = documents.binary_search_by(|it| it.name.cmp(&name)) else {
        let why = format!("leads to a page that is not there: `{name}.md`");
        return Some((why, "mend the path; it is relative to the page", None));
    };
    if fragment.is_empty() && !address.ends_with('#') {
        return None;
    }
    let text = rehearsal.content.text(&format!("{name}.md")).unwrap_or_default();
    let passages = prose::passages(page::split(&text)?.1).len() as u32;
    match page::passage(fragment) {
        Some(number) if number <= passages => None,
        Some(_) => {
            let target = (rehearsal.site.path_of(DocumentId(at as u32)), fragment.to_owned());
            let why = format!("leads to a passage that is not there: `{name}.md` has {passages}");
            Some((why, "the number beside each passage on the page is the right one", Some(target)))
        }
        None => {
            let why = format!("names no passage: `#{fragment}`");
            Some((why, "write `#p` and the number of the passage", None))
        }
    }
}

/// The place of a byte of a page.
fn place(path: &str, text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
    let excerpt = text.lines().nth(line as usize - 1).unwrap_or_default();
    Place { column, ..Place::line(path, line, excerpt) }
}
