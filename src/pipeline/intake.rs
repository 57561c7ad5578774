//! Accession carried out: seeds are read, taken in, and their pages put on the content shelf.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use super::{Event, Watch};
use crate::accession::register::{self, Entry, Register};
use crate::accession::{self, Accession, Fate, Holding, Intake, Taken};
use crate::config::Config;
use crate::disk::{self, Folder};
use crate::error::Error;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics, Place};

/// How many seeds are taken in before their pages are written.
const BATCH: usize = 512;

/// Accession: takes in every seed and writes the pages that are to be written; tells how many.
pub(super) fn take_in(
    config: &Config,
    seen: &mut Diagnostics,
    watch: Watch,
) -> Result<usize, Error> {
    let mut noted = Diagnostics::default();
    let seeds = Folder::list(&config.seeds)?;
    note_unreadable(&seeds, &mut noted);
    let mut shelf = Shelf::open(config)?;
    let names = seeds.names();
    let fetch = |name: &str| seeds.read(name).ok();
    let accession = accession::accession(&names, &fetch, &config.accession);
    noted.extend(accession.diagnostics().iter().cloned());
    let names: Vec<String> = names.into_iter().filter(|name| accession::is_seed(name)).collect();
    watch(&Event::Begin { stage: "accession", total: names.len() });
    let mut written = 0;
    for batch in names.chunks(BATCH) {
        let taking = Taking { accession: &accession, seeds: &seeds, watch };
        for intake in taking.batch(batch, &|name, part| shelf.holding(name, part), &mut noted) {
            written += usize::from(shelf.put(&intake, &mut noted)?);
        }
    }
    shelf.close(&seeds, &mut noted)?;
    watch(&Event::End);
    seen.extend(noted.into_iter().map(|it| placed(it, config)));
    Ok(written)
}

/// A diagnostic of this stage with the folder of its file: pages are meant where a page was kept.
fn placed(diagnostic: Diagnostic, config: &Config) -> Diagnostic {
    let folder = match diagnostic.code {
        Code::KeptByHand | Code::SeedGone => &config.content,
        _ => &config.seeds,
    };
    diagnostic.below(&folder.to_string_lossy())
}

/// Says which files could not be listed.
pub(super) fn note_unreadable(folder: &Folder, seen: &mut Diagnostics) {
    seen.extend(folder.unreadable.iter().map(|(path, cause)| {
        Diagnostic::new(Code::SeedUnreadable, Place::file(path), format!("cannot be read: {cause}"))
    }));
}

/// What taking in a seed needs.
pub(super) struct Taking<'a> {
    pub(super) accession: &'a Accession,
    pub(super) seeds: &'a Folder,
    pub(super) watch: Watch<'a>,
}

/// Tells what the archive already holds of a part of a seed.
pub(super) type Held<'a> = &'a (dyn Fn(&str, u32) -> Option<Holding> + Sync);

impl Taking<'_> {
    /// Takes in some seeds, in parallel; their documents in the order of the seeds.
    pub(super) fn batch(
        &self,
        names: &[String],
        held: Held,
        seen: &mut Diagnostics,
    ) -> Vec<Intake> {
        let taken: Vec<Taken> = names.par_iter().map(|name| self.one(name, held)).collect();
        let mut documents = Vec::with_capacity(taken.len());
        for one in taken {
            seen.extend(one.diagnostics);
            documents.extend(one.documents);
        }
        documents
    }

    /// Takes in one seed, whose bytes are fetched and dropped.
    fn one(&self, name: &str, held: Held) -> Taken {
        let taken = match self.seeds.read(name) {
            Ok(bytes) => self.accession.take(name, &bytes, &|part| held(name, part)),
            Err(error) => {
                let fault =
                    Diagnostic::new(Code::SeedUnreadable, Place::file(name), error.to_string());
                Taken { documents: Vec::new(), diagnostics: vec![fault] }
            }
        };
        (self.watch)(&Event::Tick);
        taken
    }
}

/// The content folder while pages are put into it.
struct Shelf<'a> {
    root: &'a Path,
    folder: Folder,
    register: Register,
    taken: BTreeSet<String>,
}

impl<'a> Shelf<'a> {
    /// Opens the content folder with its register.
    fn open(config: &'a Config) -> Result<Self, Error> {
        let folder = Folder::list(&config.content)?;
        let register = Register::read(&folder.text(register::FILE).unwrap_or_default());
        Ok(Self { root: &config.content, folder, register, taken: BTreeSet::new() })
    }

    /// What the content folder holds of a document.
    fn holding(&self, seed: &str, part: u32) -> Option<Holding> {
        let entry = self.register.get(seed, part)?;
        Some(Holding {
            path: entry.page.clone(),
            text: self.folder.text(&entry.page),
            digest: entry.digest.clone(),
        })
    }

    /// Does with a page what accession decided; tells whether it was written.
    fn put(&mut self, intake: &Intake, seen: &mut Diagnostics) -> Result<bool, Error> {
        if !self.taken.insert(intake.path.clone()) {
            let message = format!("another seed already has the page `{}`", intake.path);
            seen.push(
                Diagnostic::new(Code::PageTaken, Place::file(&intake.seed), message)
                    .hint("rename the seed"),
            );
            return Ok(false);
        }
        let text = intake.page.write();
        if intake.fate == Fate::KeptByHand || self.is_anothers(intake, &text, seen) {
            return Ok(false);
        }
        let entry = Entry { page: intake.path.clone(), digest: accession::page_digest(&text) };
        self.register.enter(&intake.seed, intake.part, entry);
        disk::write(&self.root.join(&intake.path), text.as_bytes())
    }

    /// Whether a page that would be new is already there, made or changed by other hands; says so.
    fn is_anothers(&self, intake: &Intake, text: &str, seen: &mut Diagnostics) -> bool {
        let there = self.folder.text(&intake.path).filter(|_| intake.fate == Fate::New);
        let anothers = there.is_some_and(|there| there != text);
        if anothers {
            let message = "this page is not in the register and is kept as it is";
            seen.push(Diagnostic::new(Code::KeptByHand, Place::file(&intake.path), message));
        }
        anothers
    }

    /// Writes the register, and says which pages have lost their seed.
    fn close(self, seeds: &Folder, seen: &mut Diagnostics) -> Result<(), Error> {
        for (seed, _, entry) in self.register.entries() {
            if !seeds.has(seed) && self.folder.has(&entry.page) {
                let message = format!("the seed `{seed}` of this page is gone");
                seen.push(Diagnostic::new(Code::SeedGone, Place::file(&entry.page), message));
            }
        }
        disk::write(&self.root.join(register::FILE), self.register.write().as_bytes()).map(drop)
    }
}
