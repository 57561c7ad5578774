//! Collating carried out: every statement once, with what a curator says of it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Event, Watch};
use crate::arrange::{Archive, DocumentId};
use crate::collate::align_file::{self, Pin};
use crate::collate::terms::Terms;
use crate::collate::{self, Guide, Lexicon, Synopsis, Witness};
use crate::disk::Folder;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::vocab::page::Page;

/// The curator's alignments, inside the content folder.
const ALIGNMENTS: &str = "align.csv";

/// The terms that the curator watches, inside the content folder.
const TERMS: &str = "terms.yaml";

/// What a curator says of statements before they are collated.
#[derive(Default)]
pub(super) struct Guides {
    pins: BTreeMap<String, Vec<Pin>>,
    terms: Terms,
}

impl Guides {
    /// Reads what the content folder holds of them; says what cannot be read.
    pub(super) fn read(content: &Folder, seen: &mut Diagnostics) -> Self {
        let mut guides = Self::default();
        if let Some(text) = content.text(ALIGNMENTS) {
            let (pins, faults) = align_file::read(&text);
            seen.extend(faults.into_iter().map(|it| fault(ALIGNMENTS, it.line, it.message)));
            for pin in pins {
                guides.pins.entry(pin.statement.clone()).or_default().push(pin);
            }
        }
        match content.text(TERMS).map(|text| Terms::read(&text)) {
            Some(Ok(terms)) => guides.terms = terms,
            Some(Err(it)) => seen.push(fault(TERMS, it.line, it.message)),
            None => {}
        }
        guides
    }

    /// What is said of one statement.
    fn of(&self, slug: &str) -> Guide {
        let pins = self.pins.get(slug).cloned().unwrap_or_default();
        Guide { pins, terms: self.terms.clone() }
    }

    /// Says which statements are named that are not there.
    fn strangers<'a>(&'a self, archive: &'a Archive) -> impl Iterator<Item = Diagnostic> + 'a {
        let known = |slug: &str| archive.statements.iter().any(|it| it.slug == slug);
        let strange = self.pins.iter().filter(move |(slug, _)| !known(slug));
        strange
            .flat_map(|(slug, pins)| pins.iter().map(move |pin| (slug, pin.line)))
            .map(|(slug, line)| fault(ALIGNMENTS, line, format!("there is no statement `{slug}`")))
    }
}

/// Something in a curator's file that cannot be used.
fn fault(file: &str, line: u32, message: String) -> Diagnostic {
    Diagnostic::new(Code::BadAlignment, Place::line(file, line, ""), message)
}

/// The archive and the way to its pages.
#[derive(Clone, Copy)]
pub(super) struct Shelved<'a> {
    pub(super) archive: &'a Archive,
    pub(super) page: &'a (dyn Fn(DocumentId) -> Option<Page> + Sync),
}

impl Shelved<'_> {
    /// The versions of a statement as collating sees them. A page that has gone meanwhile is empty.
    fn witnesses(&self, statement: usize) -> Vec<Witness> {
        let versions = self.archive.statements.get(statement).map_or(&[][..], |it| &it.versions);
        let witnesses = versions.iter().filter_map(|version| {
            let document = self.archive.documents.get(version.document.0 as usize)?;
            let empty = || Page { head: document.head.clone(), body: String::new() };
            Some(Witness::of(&document.name, &(self.page)(version.document).unwrap_or_else(empty)))
        });
        witnesses.collect()
    }

    /// One statement, collated.
    fn synopsis(
        &self,
        at: usize,
        lexicon: &Lexicon,
        guides: &Guides,
    ) -> (Synopsis, Vec<Diagnostic>) {
        let slug = self.archive.statements.get(at).map_or("", |it| it.slug.as_str());
        let guide = guides.of(slug);
        let (synopsis, faults) = collate::collate_guided(&self.witnesses(at), lexicon, &guide);
        (synopsis, faults.into_iter().map(|it| fault(ALIGNMENTS, it.line, it.message)).collect())
    }
}

/// Collates every statement, one a worker at a time.
pub(super) fn collate_all(
    shelved: Shelved,
    guides: &Guides,
    seen: &mut Diagnostics,
    watch: Watch,
) -> Vec<Synopsis> {
    let count = shelved.archive.statements.len();
    watch(&Event::Begin { stage: "collate", total: count });
    let lexicon = collate::learn(count, &|statement| shelved.witnesses(statement));
    let collated = (0..count).into_par_iter().map(|statement| {
        let collated = shelved.synopsis(statement, &lexicon, guides);
        watch(&Event::Tick);
        collated
    });
    let (synopses, faults): (Vec<Synopsis>, Vec<Vec<Diagnostic>>) = collated.unzip();
    watch(&Event::End);
    seen.extend(faults.into_iter().flatten().chain(guides.strangers(shelved.archive)));
    synopses
}
