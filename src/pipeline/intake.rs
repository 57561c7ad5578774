//! Accession carried out: seeds are read, taken in, and their pages put on the content shelf.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::acquainted::{Acquainted, Kept};
use super::desk::Desk;
use super::inventory::Stock;
use super::renamed;
use super::{Event, Watch};
use crate::accession::register::{self, Entry, Register};
use crate::accession::{self, Accession, Fate, Holding, Intake, Known, Taken};
use crate::config::Config;
use crate::daybook::Daybook;
use crate::disk::Folder;
use crate::error::Error;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics, Place};

/// How many seeds are taken in before their pages are written.
const BATCH: usize = 512;

/// What accession did with the folder of pages.
pub(super) struct Entered {
    /// How many pages were written.
    pub(super) pages: usize,
    /// Whether anything was written: a page or the register.
    pub(super) touched: bool,
    /// What is known of the seeds now.
    pub(super) kept: Kept,
}

/// Accession: takes in every seed and writes the pages that are to be written.
pub(super) fn take_in(
    config: &Config,
    (seeds, content, desk): (&Stock, &Stock, &Desk),
    (daybook, seen): (&Daybook, &mut Diagnostics),
    watch: Watch,
) -> Result<Entered, Error> {
    let mut noted = Diagnostics::default();
    let mut shelf = Shelf::open(content, desk);
    renamed::follow(&mut shelf.register, &content.folder, &seeds.folder);
    let known = Acquainted::open(seeds, &config.accession, daybook, watch);
    known.say(&mut noted);
    let mut pages = 0;
    for batch in known.names.chunks(BATCH) {
        for arrival in known.arrivals(batch, &shelf, &mut noted) {
            pages += usize::from(shelf.put(&arrival, &mut noted)?);
        }
    }
    let kept = known.close(daybook);
    let registered = shelf.close(&seeds.folder, &mut noted)?;
    watch(&Event::End);
    seen.extend(noted.into_iter().map(|it| placed(it, config)));
    Ok(Entered { pages, touched: registered || pages > 0, kept })
}

/// A diagnostic of this stage with the folder of its file: pages are meant where a page was kept.
pub(super) fn placed(diagnostic: Diagnostic, config: &Config) -> Diagnostic {
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
        seen.extend(unlisted(seeds));
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

    /// Takes in one seed.
    fn one(&self, name: &str, held: Held) -> Taken {
        let taken = take(&self.accession, self.seeds, name, held);
        (self.watch)(&Event::Tick);
        taken
    }
}

/// Takes in one seed, whose bytes are fetched and dropped.
pub(super) fn take(accession: &Accession, seeds: &Folder, name: &str, held: Held) -> Taken {
    match seeds.read(name) {
        Ok(bytes) => accession.take(name, &bytes, &|part| held(name, part)),
        Err(error) => {
            let fault = Diagnostic::new(Code::SeedUnreadable, Place::file(name), error.to_string());
            Taken { documents: Vec::new(), diagnostics: vec![fault] }
        }
    }
}

/// What of a folder of seeds could not be listed.
pub(super) fn unlisted(seeds: &Folder) -> impl Iterator<Item = Diagnostic> {
    seeds.unreadable.iter().map(|(path, cause)| {
        let message = format!("cannot be read: {cause}");
        Diagnostic::new(Code::SeedUnreadable, Place::file(path), message)
    })
}

/// A document of a seed on its way to the content shelf.
pub(super) struct Arrival {
    /// The seed, as its path inside the seeds folder.
    pub(super) seed: String,
    /// Which document of the seed.
    pub(super) part: u32,
    /// Path of its page inside the content folder.
    pub(super) path: String,
    /// What is to be done with the page on disk.
    pub(super) fate: Fate,
    /// Digest of the page as the seed gives it.
    pub(super) digest: String,
    /// The page as the seed gives it; `None` where an earlier run made it and it is not needed.
    pub(super) text: Option<String>,
}

impl Arrival {
    /// A document that was just made.
    pub(super) fn of(intake: &Intake) -> Self {
        let text = intake.page.write();
        Self {
            seed: intake.seed.clone(),
            part: intake.part,
            path: intake.path.clone(),
            fate: intake.fate,
            digest: accession::page_digest(&text),
            text: Some(text),
        }
    }
}

/// The content folder while pages are put into it.
pub(super) struct Shelf<'a> {
    desk: &'a Desk,
    stock: &'a Stock,
    register: Register,
    taken: BTreeSet<String>,
}

impl<'a> Shelf<'a> {
    /// Opens the content folder with its register.
    pub(super) fn open(stock: &'a Stock, desk: &'a Desk) -> Self {
        let register = Register::read(&stock.folder.text(register::FILE).unwrap_or_default());
        Self { desk, stock, register, taken: BTreeSet::new() }
    }

    /// Whether the content folder has a page.
    pub(super) fn has(&self, page: &str) -> bool {
        self.stock.folder.has(page)
    }

    /// What the content folder holds of a document.
    pub(super) fn holding(&self, seed: &str, part: u32) -> Option<Holding> {
        let entry = self.register.get(seed, part)?;
        Some(Holding {
            path: entry.page.clone(),
            text: self.stock.folder.text(&entry.page),
            digest: entry.digest.clone(),
        })
    }

    /// What is done with a document whose page an earlier run made from the same, and what is said of it;
    /// `None` where the page must be made again to know.
    pub(super) fn known(&self, seed: &str, known: &Known) -> Option<(Arrival, Option<Diagnostic>)> {
        let entry = self.register.get(seed, known.part)?;
        let there = self.stock.inventory.digest(&entry.page).map(|it| it.to_string());
        let text = || self.stock.folder.text(&entry.page);
        let (fate, said) =
            known.decide((seed, &entry.page, &entry.digest), there.as_deref(), &text)?;
        let arrival = Arrival {
            seed: seed.to_owned(),
            part: known.part,
            path: entry.page.clone(),
            fate,
            digest: known.digest.clone(),
            text: None,
        };
        Some((arrival, said))
    }

    /// Does with a page what accession decided; tells whether it was written.
    pub(super) fn put(&mut self, arrival: &Arrival, seen: &mut Diagnostics) -> Result<bool, Error> {
        if !self.taken.insert(arrival.path.clone()) {
            let message = format!("another seed already has the page `{}`", arrival.path);
            seen.push(
                Diagnostic::new(Code::PageTaken, Place::file(&arrival.seed), message)
                    .hint("rename the seed"),
            );
            return Ok(false);
        }
        if arrival.fate == Fate::KeptByHand || self.is_anothers(arrival, seen) {
            return Ok(false);
        }
        let entry = Entry { page: arrival.path.clone(), digest: arrival.digest.clone() };
        self.register.enter(&arrival.seed, arrival.part, entry);
        match &arrival.text {
            Some(text) if arrival.fate != Fate::Unchanged => {
                self.desk.write(&self.stock.folder, &arrival.path, text.as_bytes())
            }
            _ => Ok(false),
        }
    }

    /// Whether a page that would be new is already there, made or changed by other hands; says so.
    fn is_anothers(&self, arrival: &Arrival, seen: &mut Diagnostics) -> bool {
        let there = || self.stock.folder.text(&arrival.path);
        let differs = || there().is_some_and(|there| arrival.text.as_ref() != Some(&there));
        let anothers = arrival.fate == Fate::New && differs();
        if anothers {
            let message = "this page is not in the register and is kept as it is";
            seen.push(Diagnostic::new(Code::KeptByHand, Place::file(&arrival.path), message));
        }
        anothers
    }

    /// Says which pages have lost their seed, and writes the register; tells whether it had changed.
    pub(super) fn close(self, seeds: &Folder, seen: &mut Diagnostics) -> Result<bool, Error> {
        for (seed, _, entry) in self.register.entries() {
            if !seeds.has(seed) && self.stock.folder.has(&entry.page) {
                let message = format!("the seed `{seed}` of this page is gone");
                seen.push(Diagnostic::new(Code::SeedGone, Place::file(&entry.page), message));
            }
        }
        self.desk.write(&self.stock.folder, register::FILE, self.register.write().as_bytes())
    }
}
