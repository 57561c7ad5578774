//! The only room where stages meet: raw texts in, site out.
//!
//! [`build`] is the whole way; [`gather`] goes the first three stages over a folder of raw texts and
//! writes nothing. Bodies are read when they are needed and dropped after.

mod acquainted;
mod arranging;
mod desk;
mod intake;
mod inventory;
mod learning;
mod leaves;
mod preview;
mod rehearsal;
mod renamed;
mod resident;
mod standstill;
mod synopses;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use rayon::prelude::*;

use self::arranging::{arrange_leaves, as_left};
use self::desk::Desk;
use self::intake::{Entered, Taking, take_in};
use self::inventory::{Glances, Stock};
use self::leaves::{Leaf, Leaves};
pub use self::preview::{preview, resident};
pub use self::rehearsal::{Rehearsal, rehearse};
use self::resident::Left;
pub use self::resident::{Resident, Shown};
pub use self::synopses::ALIGNMENTS;
use self::synopses::{Collation, Guides, Shelved, collate_all};
use crate::accession::identify::{self, Identification};
use crate::accession::{self, Intake};
use crate::arrange::{self, Archive, DocumentId, Standing};
use crate::collate::Synopsis;
use crate::compose::{self, Forme, Material, ThemeFiles};
use crate::config::Config;
use crate::daybook::{Daybook, Drawer};
use crate::disk::{self, Folder};
use crate::error::Error;
use crate::publish::{self, Edition, Published, Receipt, Refusal};
use crate::vocab::decode;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics};
use crate::vocab::page::{Head, Page};

/// The drawer of what composing keeps.
const COMPOSED: &str = "composed";

/// Up to how many pages are looked at again one by one after they were written.
const FEW: usize = 1000;

/// What a run tells while it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A stage begins and will do this many things.
    Begin {
        /// The name of the stage.
        stage: &'static str,
        /// How many things it will do.
        total: usize,
    },
    /// One thing is done.
    Tick,
    /// The stage is done.
    End,
}

/// Who is told.
pub type Watch<'a> = &'a (dyn Fn(&Event) + Sync);

/// What a build did.
#[derive(Debug)]
pub struct Outcome {
    /// Documents in the archive.
    pub documents: usize,
    /// Statements of two versions or more.
    pub statements: usize,
    /// Languages of the documents.
    pub languages: usize,
    /// Content pages that were written.
    pub pages: usize,
    /// What happened in the output folder; `None` where it was left as it was.
    pub receipt: Option<Receipt>,
    /// What was seen, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Builds the archive: seeds to content, content to site.
pub fn build(config: &Config, watch: Watch) -> Result<Outcome, Error> {
    let (outcome, resident) = build_and_stay(config, watch)?;
    // It is large, and nobody need wait until it has gone.
    rayon::spawn(move || drop(resident));
    Ok(outcome)
}

/// Builds the archive, and gives what that leaves in memory; nothing where nothing had changed.
pub fn build_and_stay(config: &Config, watch: Watch) -> Result<(Outcome, Option<Resident>), Error> {
    config.be_there()?;
    let daybook = Daybook::open(&config.daybook)?;
    if config.fresh {
        daybook.forget()?;
    }
    let theme = theme_files(config)?;
    let (raw, content) = stocks(config, &daybook)?;
    let inputs = standstill::inputs(config, &theme, &raw);
    if let Some(outcome) = standstill::recall(config, inputs.clone(), &content, &daybook) {
        return Ok((outcome, None));
    }
    let desk = Desk::of_folder(&config.content);
    let scope = Scope::Archive;
    let run = Run { config, raw: &raw, daybook: &daybook, desk: &desk, scope, watch };
    let (outcome, left) = run.go(content, &|material, _, seen| {
        set((config, &theme), material, (&daybook, seen), watch)
    })?;
    standstill::record(&outcome, (config, &theme), inputs, &left.content, &daybook);
    let resident = Resident::new((config, &theme), raw, left, &outcome.diagnostics);
    Ok((outcome, Some(resident)))
}

/// The folders of raw texts and of pages.
fn stocks(config: &Config, daybook: &Daybook) -> Result<(Stock, Stock), Error> {
    let glances = Glances::default();
    let notice = |name: &str, bytes: &[u8]| {
        if accession::is_seed(name) {
            let glance = accession::glance(name, bytes, &config.accession);
            let mut glances = glances.lock().unwrap_or_else(PoisonError::into_inner);
            glances.insert(name.to_owned(), glance);
        }
    };
    let (raw, content) = rayon::join(
        || Stock::take(&config.seeds, (daybook, "seeds"), &notice),
        || Stock::take(&config.content, (daybook, "content"), &|_, _| ()),
    );
    Ok((raw?.noted(glances), content?))
}

/// A run over an archive: what it is told, what is known, and where it writes.
struct Run<'a> {
    config: &'a Config,
    raw: &'a Stock,
    daybook: &'a Daybook,
    desk: &'a Desk,
    scope: Scope,
    watch: Watch<'a>,
}

/// What of an archive a run finds out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Everything that has changed, and what that changes in the archive as a whole.
    Archive,
    /// Only what follows from the edited texts themselves: what belongs together, and what the archive
    /// teaches, is taken as the last build left it.
    Edits,
}

/// What is done with what the pages of the site are made of, and with the content folder.
type Last<'a> = &'a dyn Fn(Material, &Folder, &mut Diagnostics) -> Result<Done, Error>;

/// What came of it: what happened in the output folder, and the pages that show texts, as they were planned.
type Done = (Option<Receipt>, Option<Forme>);

impl Run<'_> {
    /// Goes the whole way from the folder of content pages as it stands, and the last step as it is told;
    /// gives what it has in hand then.
    fn go(&self, content: Stock, last: Last) -> Result<(Outcome, Left), Error> {
        let &Run { config, raw, daybook, desk, scope, watch } = self;
        let mut seen = Diagnostics::default();
        let (entered, known) = rayon::join(
            || take_in(config, (raw, &content, desk), (daybook, &mut seen), watch),
            || leaves::known(daybook),
        );
        let Entered { pages, touched, kept: seeds } = entered?;
        let content = if touched { self.again(content)? } else { content };
        let mut noted = Diagnostics::default();
        let folder = &content.folder;
        let mut leaves = Leaves::read(&content, known, (daybook, &mut noted), watch);
        let archive = match scope {
            Scope::Archive => {
                arrange_leaves(config, (folder, desk), &mut leaves, (daybook, &mut noted))?
            }
            Scope::Edits => as_left(&leaves, daybook),
        };
        let page = |id: DocumentId| page_of(folder, &archive, id);
        let text = |id: DocumentId| leaves.all.get(id.0 as usize).map(|it| it.text);
        let guides = Guides::read(folder, &mut noted);
        let shelved = Shelved { archive: &archive, page: &page, text: &text };
        let collation = collate_all((shelved, scope), &guides, (daybook, &mut noted), watch);
        let below = config.content.to_string_lossy();
        seen.extend(noted.into_iter().map(|it| it.below(&below)));
        let composed = daybook.drawer(COMPOSED);
        let stocks = (raw, folder);
        let (receipt, forme) =
            with_material(stocks, (&archive, &leaves.all), (&collation, &composed), |material| {
                last(material, folder, &mut seen)
            })?;
        composed.close(daybook);
        let leaves = leaves.close(daybook);
        let outcome = Outcome { pages, receipt, ..outcome(&archive, seen) };
        Ok((outcome, Left { content, seeds, leaves, archive, guides, collation, forme }))
    }

    /// The folder of content pages after pages were written.
    fn again(&self, content: Stock) -> Result<Stock, Error> {
        match self.desk {
            Desk::Folder(root, written) => {
                let written = written.lock().unwrap_or_else(PoisonError::into_inner);
                let daybook = (self.daybook, "content");
                if written.len() > FEW {
                    return Stock::take(root, daybook, &|_, _| ());
                }
                Ok(content.after(&written, daybook))
            }
            desk @ Desk::Sheets(_) => Ok(content.with(desk.sheets())),
        }
    }
}

/// What there is in an archive, and what was seen.
fn outcome(archive: &Archive, seen: Diagnostics) -> Outcome {
    let languages = archive.documents.iter().map(|it| it.head.lang.as_str());
    Outcome {
        documents: archive.documents.len(),
        statements: archive.statements.len(),
        languages: languages.collect::<BTreeSet<_>>().len(),
        pages: 0,
        receipt: None,
        diagnostics: seen.sorted(),
    }
}

/// The page of a document: its body is read anew, what its front matter says is known.
fn page_of(content: &Folder, archive: &Archive, id: DocumentId) -> Option<Page> {
    let document = archive.documents.get(id.0 as usize)?;
    Page::again(Head::clone(&document.head), &content.text(&format!("{}.md", document.name))?)
}

/// Shows what the pages of the site are made of, out of what a run has in hand.
fn with_material<T>(
    (raw, content): (&Stock, &Folder),
    (archive, leaves): (&Archive, &[Leaf]),
    (collation, kept): (&Collation, &Drawer),
    show: impl FnOnce(Material) -> T,
) -> T {
    let leaf = |id: DocumentId| leaves.get(id.0 as usize);
    show(Material {
        archive,
        synopses: &collation.synopses,
        names: &collation.names,
        page: &|id| page_of(content, archive, id),
        seed: &|name| raw.folder.read(name).ok(),
        seed_digest: &|name| raw.inventory.digest(name),
        text: &|id| leaf(id).map(Leaf::searched),
        kept,
        leads_on: &|id| leaf(id).is_some_and(|it| it.leads_on),
    })
}

/// Composes and publishes; nothing happens to the output where a template failed.
fn set(
    (config, theme): (&Config, &ThemeFiles),
    material: Material,
    (daybook, seen): (&Daybook, &mut Diagnostics),
    watch: Watch,
) -> Result<Done, Error> {
    let (site, published) = rayon::join(
        || compose::compose(material, theme, &config.compose),
        || Published::read(&config.out, daybook),
    );
    let site = site?;
    let paths = site.paths();
    watch(&Event::Begin { stage: "publish", total: paths.len() });
    let edition = Edition {
        paths: &paths,
        fingerprint: &|path| site.fingerprint(path),
        last: &|path| site.tells_sizes(path),
        shows: &|path| site.shows(path),
        render: &|path, size| site.render_beside(path, size),
        tick: &|| watch(&Event::Tick),
    };
    let outcome = publish::publish(&edition, &config.out, (daybook, &published));
    watch(&Event::End);
    let receipt = unless_refused(outcome, seen)?;
    if let Some(receipt) = &receipt {
        seen.extend(publish::too_heavy(&receipt.weights, config.limit));
    }
    Ok((receipt, Some(site.forme())))
}

/// What publishing did; where files could not be rendered, that is said.
fn unless_refused(
    outcome: Result<Receipt, Refusal>,
    seen: &mut Diagnostics,
) -> Result<Option<Receipt>, Error> {
    match outcome {
        Ok(receipt) => Ok(Some(receipt)),
        Err(Refusal::Error(error)) => Err(error),
        Err(Refusal::Unrenderable(faults)) => {
            seen.extend(faults);
            Ok(None)
        }
    }
}

/// The default theme with the archive's own theme over it, file by file.
fn theme_files(config: &Config) -> Result<ThemeFiles, Error> {
    let mut files: ThemeFiles = compose::default_theme()
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    if let Some(root) = &config.theme {
        if !disk::is_folder(root) {
            return Err(Error::Setup(format!("there is no theme in `{}`", root.display())));
        }
        let folder = Folder::list(root)?;
        let own =
            folder.names().into_iter().filter_map(|name| Some((name.clone(), folder.text(&name)?)));
        files.extend(own);
    }
    Ok(files)
}

/// Tells the language of files: of their texts where they have any, without markup and furniture.
pub fn tell_languages(paths: &[PathBuf], config: &Config) -> Result<Vec<Identification>, Error> {
    let accession = accession::accession(&[], &|_| None, &config.accession);
    let tell = |path: &PathBuf| {
        let bytes = disk::read(path)?;
        let found = accession.tell(&path.to_string_lossy(), &bytes);
        let raw =
            || decode::decode(&bytes, None).map(|it| it.text.into_owned()).unwrap_or_default();
        Ok(found.unwrap_or_else(|| identify::identify(&raw())))
    };
    paths.par_iter().map(tell).collect()
}

/// What the first three stages make of a folder of raw texts.
pub struct Gathered {
    /// What became of each seed, by document name.
    pub intakes: BTreeMap<String, Intake>,
    /// The archive.
    pub archive: Archive,
    /// What was seen, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

impl Gathered {
    /// Every statement collated.
    pub fn synopses(&self, watch: Watch) -> Vec<Synopsis> {
        let page = |id: DocumentId| {
            let document = self.archive.documents.get(id.0 as usize)?;
            Some(self.intakes.get(&document.name)?.page.clone())
        };
        let shelved = Shelved { archive: &self.archive, page: &page, text: &|_| None };
        let unheard = (&Daybook::default(), &mut Diagnostics::default());
        collate_all((shelved, Scope::Archive), &Guides::default(), unheard, watch).synopses
    }
}

/// Takes in and arranges a folder of raw texts; writes nothing.
pub fn gather(root: &Path, config: &Config, watch: Watch) -> Result<Gathered, Error> {
    if !disk::is_folder(root) {
        return Err(Error::Setup(format!("`{}` is not a folder", root.display())));
    }
    let seeds = Folder::list(root)?;
    let mut seen = Diagnostics::default();
    let taking = Taking::open(&seeds, &config.accession, &mut seen, watch);
    let taken = taking.batch(&taking.names, &|_, _| None, &mut seen);
    let by_name = |intake: Intake| (intake.path.trim_end_matches(".md").to_owned(), intake);
    let intakes: BTreeMap<String, Intake> = taken.into_iter().map(by_name).collect();
    watch(&Event::End);
    let leaf = |(name, intake): (&String, &Intake)| arrange::Leaf {
        name: name.clone(),
        head: Arc::new(intake.page.head.clone()),
        digest: String::new(),
        signature: arrange::sign(&intake.page),
    };
    let leaves = intakes.par_iter().map(leaf).collect();
    let arranged = arrange::arrange(leaves, &Standing::new(), &config.arrange);
    seen.extend(arranged.diagnostics);
    Ok(Gathered { intakes, archive: arranged.archive, diagnostics: seen.sorted() })
}
