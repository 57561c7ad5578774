//! What a build leaves in memory, so that the next edit can be shown without reading anew what stands there.
//!
//! Whoever keeps it is told which files have changed. Where these are texts that were there before, a preview
//! needs nothing else; where texts come or go, where the archive as a whole shows something else or anything
//! but texts was touched, it goes the long way.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::acquainted::{Kept, surveyed};
use super::desk::Desk;
use super::intake::{Arrival, Shelf, placed};
use super::inventory::{Change, Stock};
use super::leaves::{self, Leaf};
use super::synopses::{ALIGNMENTS, Collation, Guides, Shelved, collated_anew};
use super::{COMPOSED, Outcome, outcome, page_of, preview, standstill, theme_files, with_material};
use crate::accession;
use crate::arrange::{Archive, DocumentId, StatementId, standing};
use crate::compose::{self, Forme, ThemeFiles};
use crate::config::Config;
use crate::daybook::Daybook;
use crate::error::Error;
use crate::publish::Receipt;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::vocab::digest::Fingerprint;
use crate::vocab::page::{self, Head};

/// How many edited texts are shown at once; where more are, much of the archive may be another.
const FEW: usize = 32;

/// What a run has in hand when it has gone the whole way.
pub(super) struct Left {
    /// The folder of content pages.
    pub(super) content: Stock,
    pub(super) seeds: Kept,
    pub(super) leaves: Vec<Leaf>,
    pub(super) archive: Archive,
    pub(super) guides: Guides,
    pub(super) collation: Collation,
    /// The pages that show texts, where they were planned.
    pub(super) forme: Option<Forme>,
}

/// An archive as the last build left it, resident in memory.
pub struct Resident {
    settings: Fingerprint,
    raw: Stock,
    left: Left,
    diagnostics: Vec<Diagnostic>,
}

/// What there was to show of changed files.
pub enum Shown {
    /// Nothing: they are as the last build knows them.
    Nothing,
    /// The edited texts.
    Edits(Outcome),
    /// That is not known here.
    Unknown,
}

/// The files that were edited.
#[derive(Default)]
struct Edits {
    seeds: BTreeSet<String>,
    pages: BTreeSet<String>,
}

/// Which documents and statements are others than before.
struct Touched {
    documents: BTreeSet<DocumentId>,
    statements: BTreeSet<StatementId>,
    /// Whether all documents are listed as they were, in the same places and words.
    listed_alike: bool,
}

impl Resident {
    /// Keeps what a run had in hand, and what was said.
    pub(super) fn new(
        (config, theme): (&Config, &ThemeFiles),
        raw: Stock,
        left: Left,
        diagnostics: &[Diagnostic],
    ) -> Self {
        let settings = standstill::settings(config, theme).fingerprint();
        Self { settings, raw, left, diagnostics: diagnostics.to_vec() }
    }

    /// Shows what was edited in files that have changed, given as full paths, since the last build. After that
    /// it is of no use to anybody, unless there was nothing to show.
    ///
    /// Fails as a build does.
    pub fn preview(
        &mut self,
        config: &Config,
        changed: &BTreeSet<PathBuf>,
    ) -> Result<Shown, Error> {
        let theme = theme_files(config)?;
        let edits = self.edits(changed);
        let same = self.settings == standstill::settings(config, &theme).fingerprint();
        let Some(edits) = edits.filter(|_| same) else { return Ok(Shown::Unknown) };
        if edits.seeds.is_empty() && edits.pages.is_empty() {
            return Ok(Shown::Nothing);
        }
        // No other run may write meanwhile, and this one writes nothing there.
        let _hold = Daybook::open(&config.daybook)?;
        let daybook = Daybook::look(&config.daybook);
        let mut seen = Diagnostics::default();
        let mut pages = edits.pages;
        if !edits.seeds.is_empty() {
            let Some(more) = self.take_in((config, &daybook), &edits.seeds, &mut seen)? else {
                return Ok(Shown::Unknown);
            };
            pages.extend(more);
        }
        let mut noted = Diagnostics::default();
        let Some(touched) = self.read(&pages, &mut noted) else { return Ok(Shown::Unknown) };
        self.collate(&touched, &mut noted);
        let below = config.content.to_string_lossy();
        seen.extend(noted.into_iter().map(|it| it.below(&below)));
        let fresh = self.still_said(config, (&edits.seeds, &pages), &touched);
        seen.extend(fresh);
        let receipt = self.set((config, &theme, &daybook), &touched, &mut seen)?;
        let outcome = outcome(&self.left.archive, seen);
        Ok(Shown::Edits(Outcome { pages: pages.len(), receipt, ..outcome }))
    }

    /// Which texts are others than they were; `None` where something else has changed.
    fn edits(&self, changed: &BTreeSet<PathBuf>) -> Option<Edits> {
        let mut edits = Edits::default();
        let roots = [&self.raw, &self.left.content].map(Stock::place);
        // What a build writes there, nothing is read from.
        let standing = self.left.content.place().map(|it| it.join(standing::FILE));
        for path in changed.iter().filter(|it| Some(*it) != standing.as_ref()) {
            roots.iter().flatten().any(|root| path.starts_with(root)).then_some(())?;
            for (stock, names) in
                [(&self.raw, &mut edits.seeds), (&self.left.content, &mut edits.pages)]
            {
                match stock.change(path) {
                    Change::Nothing => {}
                    Change::Edit(name) => drop(names.insert(name)),
                    Change::Other => return None,
                }
            }
        }
        let texts = edits.seeds.iter().all(|it| accession::is_seed(it))
            && edits.pages.iter().all(|it| page::is_page(it));
        (texts && edits.seeds.len() + edits.pages.len() <= FEW).then_some(edits)
    }

    /// Takes in edited seeds and gives the pages that are theirs; `None` where not only those would be written.
    fn take_in(
        &mut self,
        (config, daybook): (&Config, &Daybook),
        edited: &BTreeSet<String>,
        seen: &mut Diagnostics,
    ) -> Result<Option<BTreeSet<String>>, Error> {
        let before: Option<Vec<(&String, Fingerprint)>> =
            edited.iter().map(|name| Some((name, self.raw.look_again(name)?))).collect();
        let mut names = self.raw.folder.names();
        names.retain(|name| accession::is_seed(name));
        let accession = surveyed(&self.raw, &names, (&config.accession, daybook));
        let desk = Desk::of_folder(&config.content);
        let Left { content, seeds, .. } = &self.left;
        let mut pages_there = Shelf::open(content, &desk);
        let again = |(name, before): (&String, Fingerprint)| {
            seeds.again(name, before, (&accession, &self.raw.folder, &pages_there))
        };
        let taken: Option<Vec<_>> = before.into_iter().flatten().map(again).collect();
        let Some(taken) = taken.filter(|it| it.len() == edited.len()) else { return Ok(None) };
        let (mut pages, mut noted) = (BTreeSet::new(), Diagnostics::default());
        for (arrivals, said) in taken {
            noted.extend(said);
            for arrival in arrivals {
                pages_there.put(&arrival, &mut noted)?;
                let Arrival { path, .. } = arrival;
                pages.insert(path);
            }
        }
        pages_there.close(&self.raw.folder, &mut noted)?;
        seen.extend(noted.into_iter().map(|it| placed(it, config)));
        Ok(Some(pages))
    }

    /// Reads pages again; `None` where one of them cannot be read.
    fn read(&mut self, pages: &BTreeSet<String>, seen: &mut Diagnostics) -> Option<Touched> {
        let Left { content, leaves, archive, .. } = &mut self.left;
        let (documents, statements) = (BTreeSet::new(), BTreeSet::new());
        let mut touched = Touched { documents, statements, listed_alike: true };
        for path in pages {
            content.look_again(path)?;
            let read = leaves::read(&content.folder, path);
            seen.extend(read.diagnostics);
            let leaf = read.leaf?;
            let at = leaves.binary_search_by(|it| it.name.cmp(&leaf.name)).ok()?;
            let document = archive.documents.get_mut(at)?;
            touched.listed_alike &= is_listed_alike(&document.head, &leaf.head);
            touched.documents.insert(DocumentId(at as u32));
            touched.statements.extend(document.statement);
            document.head = Arc::clone(&leaf.head);
            document.digest = leaf.digest.to_string();
            *leaves.get_mut(at)? = leaf;
        }
        Some(touched)
    }

    /// Collates the statements that have edited texts, by what the last build has learned.
    fn collate(&mut self, touched: &Touched, seen: &mut Diagnostics) {
        let Left { content, leaves, archive, guides, collation, .. } = &self.left;
        let page = |id: DocumentId| page_of(&content.folder, archive, id);
        let text = |id: DocumentId| leaves.get(id.0 as usize).map(|it| it.text);
        let shelved = Shelved { archive, page: &page, text: &text };
        let lexicon = &collation.lexicon;
        let statements: Vec<usize> = touched.statements.iter().map(|it| it.0 as usize).collect();
        let again = statements.par_iter().map(|&at| collated_anew(shelved, at, (guides, lexicon)));
        let again: Vec<_> = again.collect();
        for (at, (synopsis, faults)) in statements.into_iter().zip(again) {
            seen.extend(faults);
            if let Some(place) = self.left.collation.synopses.get_mut(at) {
                *place = synopsis;
            }
        }
    }

    /// What the last build said of all but the edited texts and what a curator says of their statements.
    fn still_said(
        &mut self,
        config: &Config,
        (seeds, pages): (&BTreeSet<String>, &BTreeSet<String>),
        touched: &Touched,
    ) -> Vec<Diagnostic> {
        let archive = &self.left.archive;
        let statement = |it: &StatementId| archive.statements.get(it.0 as usize);
        let slugs = touched.statements.iter().filter_map(statement).map(|it| it.slug.as_str());
        let lines: BTreeSet<u32> = slugs.flat_map(|it| self.left.guides.lines(it)).collect();
        let below =
            |folder: &Path, name: &str| Place::file(name).below(&folder.to_string_lossy()).path;
        let seeds = seeds.iter().map(|it| below(&config.seeds, it));
        let edited: BTreeSet<String> =
            seeds.chain(pages.iter().map(|it| below(&config.content, it))).collect();
        let alignments = below(&config.content, ALIGNMENTS);
        let mut said = std::mem::take(&mut self.diagnostics);
        said.retain(|it| {
            let is_pinned = it.place.path == alignments && lines.contains(&it.place.line);
            !is_pinned && !edited.contains(&it.place.path)
        });
        said
    }

    /// Sets the pages that hang on what was touched.
    fn set(
        &mut self,
        (config, theme, daybook): (&Config, &ThemeFiles, &Daybook),
        touched: &Touched,
        seen: &mut Diagnostics,
    ) -> Result<Option<Receipt>, Error> {
        let forme = self.left.forme.take().filter(|_| touched.listed_alike);
        let Left { content, leaves, archive, collation, .. } = &self.left;
        let (stocks, composed) = ((&self.raw, &content.folder), daybook.drawer(COMPOSED));
        with_material(stocks, (archive, leaves), (collation, &composed), |material| {
            let site = match forme {
                Some(forme) => forme.over(material, (&touched.documents, &touched.statements)),
                None => compose::pages(material, theme, &config.compose)?,
            };
            preview::renew(&site, (config, daybook), seen)
        })
    }
}

/// Whether a document with one front matter is listed as with another: only what its own pages tell may differ.
fn is_listed_alike(before: &Head, now: &Head) -> bool {
    let Head { passages, encoding, sha256, removed, .. } = before.clone();
    let alike = Head { passages, encoding, sha256, removed, ..now.clone() };
    alike == *before
}
