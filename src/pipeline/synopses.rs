//! Collating carried out: every statement once, with what a curator says of it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Event, Watch};
use crate::arrange::{Archive, DocumentId};
use crate::collate::align_file::{self, Pin};
use crate::collate::names::curated::Curated;
use crate::collate::names::{self, Gathering, Names, Sightings};
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

/// The curator's corrections of names, inside the content folder.
const NAMES: &str = "names.yaml";

/// How many statements are collated before their sightings are gathered and dropped.
const BATCH: usize = 256;

/// What a curator says of statements before they are collated, and of names after.
#[derive(Default)]
pub(super) struct Guides {
    pins: BTreeMap<String, Vec<Pin>>,
    terms: Terms,
    names: Curated,
    /// The text of `names.yaml`, for the lines of what is wrong in it.
    named: String,
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
        guides.named = content.text(NAMES).unwrap_or_default();
        match Curated::read(&guides.named) {
            Ok(names) => guides.names = names,
            Err(it) => seen.push(misnamed(it.line, it.message)),
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

/// Something in the curator's corrections of names that cannot be used.
fn misnamed(line: u32, message: String) -> Diagnostic {
    Diagnostic::new(Code::BadName, Place::line(NAMES, line, ""), message)
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
    fn collated(&self, at: usize, lexicon: &Lexicon, guides: &Guides) -> Collated {
        let slug = self.archive.statements.get(at).map_or("", |it| it.slug.as_str());
        let guide = guides.of(slug);
        let witnesses = self.witnesses(at);
        let (synopsis, faults) = collate::collate_guided(&witnesses, lexicon, &guide);
        Collated {
            sightings: names::sightings(&witnesses, &synopsis),
            synopsis,
            faults: faults.into_iter().map(|it| fault(ALIGNMENTS, it.line, it.message)).collect(),
        }
    }
}

/// What collating makes of one statement: it follows from the texts of its versions, the lexicon and the
/// curator's word on it, and from nothing else.
struct Collated {
    synopsis: Synopsis,
    sightings: Sightings,
    faults: Vec<Diagnostic>,
}

/// Collates every statement, one a worker at a time, and gathers the names that they show.
pub(super) fn collate_all(
    shelved: Shelved,
    guides: &Guides,
    seen: &mut Diagnostics,
    watch: Watch,
) -> (Vec<Synopsis>, Names) {
    let count = shelved.archive.statements.len();
    watch(&Event::Begin { stage: "collate", total: count });
    let lexicon = collate::learn(count, &|statement| shelved.witnesses(statement));
    let mut synopses = Vec::with_capacity(count);
    let mut gathering = Gathering::default();
    for from in (0..count).step_by(BATCH) {
        let batch = (from..count.min(from + BATCH)).into_par_iter().map(|statement| {
            let collated = shelved.collated(statement, &lexicon, guides);
            watch(&Event::Tick);
            collated
        });
        for (statement, it) in (from as u32..).zip(batch.collect::<Vec<Collated>>()) {
            gathering.add(statement, &it.sightings);
            synopses.push(it.synopsis);
            seen.extend(it.faults);
        }
    }
    watch(&Event::End);
    seen.extend(guides.strangers(shelved.archive));
    let strange = guides.names.strangers(&guides.named, &gathering);
    seen.extend(strange.into_iter().map(|it| misnamed(it.line, it.message)));
    (synopses, gathering.names(&guides.names))
}
