//! The content folder read: every page once, signed and dropped.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Event, Watch};
use crate::arrange::{self, Leaf};
use crate::disk::Folder;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::vocab::digest;
use crate::vocab::page::{self, Page};

/// What the content folder holds, without the texts.
pub(super) struct Leaves {
    /// Its pages.
    pub(super) leaves: Vec<Leaf>,
    /// The names of those whose texts lead to other pages.
    pub(super) leading: BTreeSet<String>,
}

/// Reads every page of the content folder and signs it; bodies are dropped.
pub(super) fn read_leaves(content: &Folder, seen: &mut Diagnostics, watch: Watch) -> Leaves {
    let names: Vec<String> =
        content.names().into_iter().filter(|name| page::is_page(name)).collect();
    watch(&Event::Begin { stage: "arrange", total: names.len() });
    let read: Vec<_> = names
        .par_iter()
        .map(|name| {
            watch(&Event::Tick);
            read_leaf(content, name)
        })
        .collect();
    watch(&Event::End);
    let mut leaves = Vec::with_capacity(read.len());
    let mut leading = BTreeSet::new();
    for (leaf, diagnostics) in read {
        seen.extend(diagnostics);
        if let Some((leaf, leads_on)) = leaf {
            leading.extend(leads_on.then(|| leaf.name.clone()));
            leaves.push(leaf);
        }
    }
    Leaves { leaves, leading }
}

/// Reads and signs one page and tells whether it leads to others; what is wrong with its front matter is
/// said.
fn read_leaf(content: &Folder, path: &str) -> (Option<(Leaf, bool)>, Vec<Diagnostic>) {
    let bytes = match content.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let place = Place::file(path);
            return (None, vec![Diagnostic::new(Code::BadFrontMatter, place, error.to_string())]);
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    match Page::read(&text) {
        Ok(page) => {
            let diagnostics = unknown_fields(path, &page);
            let name = path.trim_end_matches(".md").to_owned();
            let leaf = Leaf {
                name,
                digest: digest::short(&bytes, 32),
                signature: arrange::sign(&page),
                head: page.head,
            };
            (Some((leaf, page.body.contains(".md"))), diagnostics)
        }
        Err(fault) => {
            let excerpt =
                text.lines().nth(fault.line.saturating_sub(1) as usize).unwrap_or_default();
            let place = Place { column: fault.column, ..Place::line(path, fault.line, excerpt) };
            (None, vec![Diagnostic::new(Code::BadFrontMatter, place, fault.message)])
        }
    }
}

/// Says which keys of a page are not known.
fn unknown_fields(path: &str, page: &Page) -> Vec<Diagnostic> {
    let say = |key: &String| {
        Diagnostic::new(
            Code::UnknownField,
            Place::file(path),
            format!("`{key}` is not a key of the front matter"),
        )
        .hint(format!("the keys are {}", page::KEYS.join(", ")))
    };
    page.head.unknown.keys().map(say).collect()
}
