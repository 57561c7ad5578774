//! Collating carried out: every statement once, with what a curator says of it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::learning::{Learned, Reading};
use super::{Event, Scope, Watch};
use crate::arrange::{Archive, DocumentId};
use crate::collate::align_file::{self, Pin};
use crate::collate::names::curated::Curated;
use crate::collate::names::{self, Gathering, Names, Sightings};
use crate::collate::terms::Terms;
use crate::collate::{self, Evidence, Guide, Lexicon, Synopsis, Witness};
use crate::daybook::{Daybook, Drawer};
use crate::disk::Folder;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::vocab::digest::{Fingerprint, Inputs, hash64};
use crate::vocab::page::{Head, Page};

/// The curator's alignments, inside the content folder.
pub const ALIGNMENTS: &str = "align.csv";

/// The terms that the curator watches, inside the content folder.
const TERMS: &str = "terms.yaml";

/// The curator's corrections of names, inside the content folder.
const NAMES: &str = "names.yaml";

/// How many statements are collated before their sightings are gathered and dropped.
const BATCH: usize = 256;

/// The drawer of what collating made of each statement.
const SYNOPSES: &str = "synopses";

/// How many statements the lexicon is learned from.
const SAMPLE: usize = 300;

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

    /// The lines of the curator's alignments that are about a statement.
    pub(super) fn lines(&self, slug: &str) -> impl Iterator<Item = u32> {
        self.pins.get(slug).into_iter().flatten().map(|pin| pin.line)
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
    /// Tells the digest of all that collating reads of a page; `None` where nothing is kept.
    pub(super) text: &'a (dyn Fn(DocumentId) -> Option<Fingerprint> + Sync),
}

impl Shelved<'_> {
    /// The versions of a statement as collating sees them. A page that has gone meanwhile is empty.
    fn witnesses(&self, statement: usize) -> Vec<Witness> {
        let versions = self.archive.statements.get(statement).map_or(&[][..], |it| &it.versions);
        let witnesses = versions.iter().filter_map(|version| {
            let document = self.archive.documents.get(version.document.0 as usize)?;
            let empty = || Page { head: Head::clone(&document.head), body: String::new() };
            Some(Witness::of(&document.name, &(self.page)(version.document).unwrap_or_else(empty)))
        });
        witnesses.collect()
    }

    /// The versions of a statement with what can be recognised in them.
    pub(super) fn reading(&self, statement: usize) -> Reading {
        let witnesses = self.witnesses(statement);
        let evidence = Evidence::of(&witnesses);
        (witnesses, evidence)
    }

    /// The fingerprint of the versions of a statement; `None` where one of them is not known.
    pub(super) fn print(&self, statement: usize) -> Option<Fingerprint> {
        let versions = &self.archive.statements.get(statement)?.versions;
        let mut inputs = Inputs::default();
        for version in versions {
            let name = &self.archive.documents.get(version.document.0 as usize)?.name;
            inputs.add(&(name, (self.text)(version.document)?));
        }
        Some(inputs.fingerprint())
    }

    /// The statements that the archive's lexicon is learned from: as good as any, and nearly the same ones
    /// whatever comes or goes.
    pub(super) fn sample(&self) -> Vec<usize> {
        let statements = self.archive.statements.iter().enumerate();
        let mut ranked: Vec<(u64, usize)> =
            statements.map(|(at, it)| (hash64(it.slug.as_bytes()), at)).collect();
        ranked.sort_unstable();
        ranked.truncate(SAMPLE);
        let mut sample: Vec<usize> = ranked.into_iter().map(|it| it.1).collect();
        sample.sort_unstable();
        sample
    }
}

/// What collating makes of one statement: it follows from the texts of its versions, what they read in the
/// lexicon and the curator's word on it, and from nothing else.
#[derive(Serialize, Deserialize)]
struct Collated {
    synopsis: Synopsis,
    sightings: Sightings,
    faults: Vec<(u32, String)>,
}

/// One statement, as an earlier run collated it or collated now.
fn collated(at: usize, learned: &Learned, guides: &Guides, drawer: &Drawer) -> Collated {
    let shelved = &learned.shelved;
    let slug = shelved.archive.statements.get(at).map_or("", |it| it.slug.as_str());
    let guide = guides.of(slug);
    let once = OnceCell::new();
    let reading = || once.get_or_init(|| learned.reading(at));
    let inputs = shelved.print(at);
    let inputs =
        inputs.map(|texts| Fingerprint::of(&(texts, learned.read(texts, &reading), &guide)));
    drawer.result(inputs, || {
        let (witnesses, evidence) = reading();
        let (synopsis, faults) =
            collate::collate_guided(witnesses, evidence, &learned.lexicon, &guide);
        let faults = faults.into_iter().map(|it| (it.line, it.message)).collect();
        let sightings = names::sightings(witnesses, &synopsis);
        Collated { synopsis, sightings, faults }
    })
}

/// One statement collated anew with some lexicon; what is said of the curator's word on it, too.
pub(super) fn collated_anew(
    shelved: Shelved,
    at: usize,
    (guides, lexicon): (&Guides, &Lexicon),
) -> (Synopsis, Vec<Diagnostic>) {
    let slug = shelved.archive.statements.get(at).map_or("", |it| it.slug.as_str());
    let (witnesses, evidence) = shelved.reading(at);
    let (synopsis, faults) =
        collate::collate_guided(&witnesses, &evidence, lexicon, &guides.of(slug));
    (synopsis, faults.into_iter().map(|it| fault(ALIGNMENTS, it.line, it.message)).collect())
}

/// All statements collated.
pub(super) struct Collation {
    /// One synopsis a statement, in the archive's order.
    pub(super) synopses: Vec<Synopsis>,
    /// The names that they show.
    pub(super) names: Names,
    /// The lexicon that was read for them.
    pub(super) lexicon: Lexicon,
}

/// Collates every statement, one a worker at a time, and gathers the names that they show.
pub(super) fn collate_all(
    (shelved, scope): (Shelved, Scope),
    guides: &Guides,
    (daybook, seen): (&Daybook, &mut Diagnostics),
    watch: Watch,
) -> Collation {
    let count = shelved.archive.statements.len();
    watch(&Event::Begin { stage: "collate", total: count });
    let learned = match scope {
        Scope::Archive => Learned::of(shelved, daybook),
        Scope::Edits => Learned::as_left(shelved, daybook),
    };
    let drawer = daybook.drawer(SYNOPSES);
    let mut synopses = Vec::with_capacity(count);
    let mut gathering = Gathering::default();
    let mut gather = |batch: Vec<Collated>| {
        for it in batch {
            gathering.add(synopses.len() as u32, &it.sightings);
            synopses.push(it.synopsis);
            seen.extend(it.faults.into_iter().map(|(line, it)| fault(ALIGNMENTS, line, it)));
        }
    };
    let mut waiting = Vec::new();
    for from in (0..count).step_by(BATCH) {
        let batch = (from..count.min(from + BATCH)).into_par_iter().map(|statement| {
            let collated = collated(statement, &learned, guides, &drawer);
            watch(&Event::Tick);
            collated
        });
        let before = std::mem::take(&mut waiting);
        waiting = rayon::join(|| batch.collect(), || gather(before)).0;
    }
    gather(waiting);
    let close = || {
        drawer.close(daybook);
        learned.close(daybook)
    };
    let (names, lexicon) = rayon::join(|| gathering.names(&guides.names), close);
    watch(&Event::End);
    seen.extend(guides.strangers(shelved.archive));
    let strange = guides.names.strangers(&guides.named, &gathering);
    seen.extend(strange.into_iter().map(|it| misnamed(it.line, it.message)));
    Collation { synopses, names, lexicon }
}
