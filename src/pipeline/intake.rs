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
    seeds: &Folder,
    seen: &mut Diagnostics,
    watch: Watch,
) -> Result<usize, Error> {
    let mut noted = Diagnostics::default();
    let mut shelf = Shelf::open(config)?;
    let taking = Taking::open(seeds, &config.accession, &mut noted, watch);
    let mut written = 0;
    for batch in taking.names.chunks(BATCH) {
        for intake in taking.batch(batch, &|name, part| shelf.holding(name, part), &mut noted) {
            written += usize::from(shelf.put(&intake, &mut noted)?);
        }
    }
    shelf.close(seeds, &mut noted)?;
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

/// A folder of seeds, surveyed and ready to be taken in.
pub(super) struct Taking<'a> {
    /// The seeds' paths inside the folder, in order.
    pub(super) names: Vec<String>,
    accession: Accession,
    seeds: &'a Folder,
    watch: Watch<'a>,
}

/// Tells what the archive already holds of a part of a seed.
pub(super) type Held<'a> = &'a (dyn Fn(&str, u32) -> Option<Holding> + Sync);

impl<'a> Taking<'a> {
    /// Surveys a folder of seeds; says what could not be listed, and what is wrong beside the seeds.
    pub(super) fn open(
        seeds: &'a Folder,
        options: &accession::Options,
        seen: &mut Diagnostics,
        watch: Watch<'a>,
    ) -> Self {
        seen.extend(seeds.unreadable.iter().map(|(path, cause)| {
            let message = format!("cannot be read: {cause}");
            Diagnostic::new(Code::SeedUnreadable, Place::file(path), message)
        }));
        let mut names = seeds.names();
        let accession = accession::accession(&names, &|name| seeds.read(name).ok(), options);
        seen.extend(accession.diagnostics().iter().cloned());
        names.retain(|name| accession::is_seed(name));
        watch(&Event::Begin { stage: "accession", total: names.len() });
        Self { names, accession, seeds, watch }
    }

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
        if intake.fate == Fate::Unchanged {
            return Ok(false);
        }
        disk::write(&self.root.join(&intake.path), text.as_bytes())
    }

    /// Whether a page that would be new is already there, made or changed by other hands; says so.
    fn is_anothers(&self, intake: &Intake, text: &str, seen: &mut Diagnostics) -> bool {
        let differs = || self.folder.text(&intake.path).is_some_and(|there| there != text);
        let anothers = intake.fate == Fate::New && differs();
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
