//! Seeds that an earlier run took in: their pages are known without being made again, as long as seed, side
//! files and what the archive shows are the same.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::intake::{Arrival, Shelf, take, unlisted};
use super::inventory::Stock;
use super::{Event, Watch};
use crate::accession::{self, Accession, Fate, Glance, Known, Taken};
use crate::daybook::Daybook;
use crate::disk::Folder;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics};
use crate::vocab::digest::Fingerprint;

/// The table of what was made of seeds.
const TABLE: &str = "accession";

/// The table of what the survey keeps of seeds.
const GLANCES: &str = "glances";

/// What an earlier run made of the seeds.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The fingerprint of the whole folder of seeds and of the options.
    folder: Fingerprint,
    /// What was said of side files and tables of sources.
    beside: Vec<Diagnostic>,
    seeds: BTreeMap<String, Made>,
}

impl Kept {
    /// What becomes of a seed that was edited, when it had some digest before; `None` where that would be more
    /// than that pages which are there are written anew, or where other seeds would give something else too.
    pub(super) fn again(
        &self,
        name: &str,
        before: Fingerprint,
        (accession, seeds, pages): (&Accession, &Folder, &Shelf),
    ) -> Option<(Vec<Arrival>, Vec<Diagnostic>)> {
        let made = self.seeds.get(name)?;
        let archive_is_same = made.inputs == Fingerprint::of(&(before, accession.print(name)));
        archive_is_same.then_some(())?;
        let held = |seed: &str, part: u32| pages.holding(seed, part);
        let Taken { documents, diagnostics } = take(accession, seeds, name, &held);
        let is_there = |it: &Arrival| it.fate != Fate::New && pages.has(&it.path);
        let arrivals: Vec<Arrival> = documents.iter().map(Arrival::of).collect();
        let same = arrivals.len() == made.documents.len() && arrivals.iter().all(is_there);
        same.then_some((arrivals, diagnostics))
    }
}

/// What was made of one seed.
#[derive(Clone, Serialize, Deserialize)]
struct Made {
    /// The fingerprint of everything it was made from.
    inputs: Fingerprint,
    documents: Vec<Known>,
    /// What was said of the seed, apart from what becomes of its pages.
    said: Vec<Diagnostic>,
}

/// What the survey keeps of a seed, with the digest of the seed and the options.
type Glanced = (Fingerprint, Option<Glance>);

/// The same of each seed, in the order of their names.
type Glances = Vec<(String, Glanced)>;

/// What an earlier run kept of each of some seeds, in their order.
fn kept_of(names: &[String], before: Glances) -> Vec<Option<Glanced>> {
    let mut before = before.into_iter().peekable();
    let kept = |name: &String| {
        while before.next_if(|it| it.0 < *name).is_some() {}
        before.next_if(|it| it.0 == *name).map(|it| it.1)
    };
    names.iter().map(kept).collect()
}

/// A folder of seeds, some of which are known.
pub(super) struct Acquainted<'a> {
    /// The seeds' paths inside the folder, in order.
    pub(super) names: Vec<String>,
    seeds: &'a Stock,
    options: &'a accession::Options,
    daybook: &'a Daybook,
    before: Kept,
    /// Whether nothing in the whole folder has changed.
    same: bool,
    folder: Fingerprint,
    accession: OnceLock<Accession>,
    /// What this run has made.
    made: Mutex<BTreeMap<String, Made>>,
    watch: Watch<'a>,
}

impl<'a> Acquainted<'a> {
    /// Looks up what is known of a folder of seeds.
    pub(super) fn open(
        seeds: &'a Stock,
        options: &'a accession::Options,
        daybook: &'a Daybook,
        watch: Watch<'a>,
    ) -> Self {
        let mut names = seeds.folder.names();
        names.retain(|name| accession::is_seed(name));
        watch(&Event::Begin { stage: "accession", total: names.len() });
        let before: Kept = daybook.read(TABLE).says;
        let accession::Options { fields } = options;
        let folder = Fingerprint::of(&(seeds.inventory.print(), fields));
        let same = before.folder == folder;
        let (accession, made) = (OnceLock::new(), Mutex::default());
        Self { names, seeds, options, daybook, before, same, folder, accession, made, watch }
    }

    /// Says what could not be listed, and what is wrong beside the seeds.
    pub(super) fn say(&self, seen: &mut Diagnostics) {
        seen.extend(unlisted(&self.seeds.folder));
        seen.extend(self.beside().iter().cloned());
    }

    /// What is wrong beside the seeds.
    fn beside(&self) -> &[Diagnostic] {
        if self.same { &self.before.beside } else { self.accession().diagnostics() }
    }

    /// What the survey of all seeds showed; it is made when it is first asked for.
    fn accession(&self) -> &Accession {
        let survey = || surveyed(self.seeds, &self.names, (self.options, self.daybook));
        self.accession.get_or_init(survey)
    }

    /// What becomes of the documents of some seeds, in the order of the seeds.
    pub(super) fn arrivals(
        &self,
        names: &[String],
        pages: &Shelf,
        seen: &mut Diagnostics,
    ) -> Vec<Arrival> {
        let known: Vec<Option<(Vec<Arrival>, Vec<Diagnostic>)>> =
            names.par_iter().map(|name| self.known(name, pages)).collect();
        if known.iter().any(Option::is_none) {
            // The survey is made by all workers, so that none of them may wait for it.
            self.accession();
        }
        let one = |(name, known): (&String, Option<_>)| {
            let arrived = known.unwrap_or_else(|| self.make(name, pages));
            (self.watch)(&Event::Tick);
            arrived
        };
        let all: Vec<(Vec<Arrival>, Vec<Diagnostic>)> =
            names.par_iter().zip(known).map(one).collect();
        let mut arrivals = Vec::with_capacity(all.len());
        for (some, said) in all {
            seen.extend(said);
            arrivals.extend(some);
        }
        arrivals
    }

    /// The fingerprint of everything that a seed's pages are made from.
    fn inputs(&self, name: &str) -> Option<Fingerprint> {
        if self.same {
            return self.before.seeds.get(name).map(|it| it.inputs);
        }
        let digest = self.seeds.inventory.digest(name)?;
        Some(Fingerprint::of(&(digest, self.accession().print(name))))
    }

    /// What becomes of a seed that an earlier run took in; `None` where its pages must be made.
    fn known(&self, name: &str, pages: &Shelf) -> Option<(Vec<Arrival>, Vec<Diagnostic>)> {
        let made = self.before.seeds.get(name)?;
        (Some(made.inputs) == self.inputs(name)).then_some(())?;
        let mut said = made.said.clone();
        let mut arrivals = Vec::with_capacity(made.documents.len());
        for known in &made.documents {
            let (arrival, more) = pages.known(name, known)?;
            arrivals.push(arrival);
            said.extend(more);
        }
        Some((arrivals, said))
    }

    /// Takes in a seed.
    fn make(&self, name: &str, pages: &Shelf) -> (Vec<Arrival>, Vec<Diagnostic>) {
        let held = |seed: &str, part: u32| pages.holding(seed, part);
        let Taken { documents, diagnostics } =
            take(self.accession(), &self.seeds.folder, name, &held);
        let arrivals: Vec<Arrival> = documents.iter().map(Arrival::of).collect();
        let digest = self.seeds.inventory.digest(name);
        if let Some(digest) = digest {
            let known = |(it, intake): (&Arrival, &accession::Intake)| Known {
                part: it.part,
                digest: it.digest.clone(),
                sha256: intake.page.head.sha256.clone(),
            };
            let said = diagnostics.iter().filter(|it| it.code != Code::KeptByHand);
            let made = Made {
                inputs: Fingerprint::of(&(digest, self.accession().print(name))),
                documents: arrivals.iter().zip(&documents).map(known).collect(),
                said: said.cloned().collect(),
            };
            let mut all = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(name.to_owned(), made);
        }
        (arrivals, diagnostics)
    }

    /// Writes down what is known of the seeds now, and gives it.
    pub(super) fn close(mut self, daybook: &Daybook) -> Kept {
        let made = std::mem::take(&mut self.made).into_inner();
        let made = made.unwrap_or_else(PoisonError::into_inner);
        if self.same && made.is_empty() {
            return self.before;
        }
        let beside = self.beside().to_vec();
        let mut seeds = self.before.seeds;
        seeds.retain(|name, _| self.names.binary_search(name).is_ok());
        seeds.extend(made);
        let kept = Kept { folder: self.folder, beside, seeds };
        daybook.write(TABLE, &kept);
        kept
    }
}

/// What the survey of all seeds shows; what an earlier run kept of those that are the same is looked up.
pub(super) fn surveyed(
    seeds: &Stock,
    names: &[String],
    (options, daybook): (&accession::Options, &Daybook),
) -> Accession {
    let before: Glances = daybook.read(GLANCES).says;
    let count = before.len();
    let glance = |(name, kept): (&String, Option<Glanced>)| {
        let digest = seeds.inventory.digest(name).unwrap_or_default();
        let digest = Fingerprint::of(&(digest, &options.fields));
        let known = kept.filter(|it| it.0 == digest);
        let is_known = known.is_some();
        let make = || accession::glance(name, &seeds.folder.read(name).ok()?, options);
        ((digest, known.map_or_else(|| seeds.glance(name, make), |it| it.1)), is_known)
    };
    let kept = kept_of(names, before).into_par_iter();
    let glances: Vec<(Glanced, bool)> = names.par_iter().zip(kept).map(glance).collect();
    let fetch = |name: &str| seeds.folder.read(name).ok();
    let seen: Vec<&Glance> = glances.iter().filter_map(|it| it.0.1.as_ref()).collect();
    let keep = || {
        if glances.iter().any(|it| !it.1) || glances.len() != count {
            let now = names.iter().zip(&glances).map(|(name, it)| (name, &it.0));
            daybook.write(GLANCES, &now.collect::<Vec<_>>());
        }
    };
    let survey = || accession::survey(&seeds.folder.names(), &seen, &fetch, options);
    rayon::join(survey, keep).0
}
