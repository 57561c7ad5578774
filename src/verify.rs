//! `hexapla verify`: the raw texts hashed again, and compared with what the pages say they were made from.
//!
//! Stands on the bytes alone: nothing that earlier runs found out is believed. A file is read bit by bit,
//! so that its size does not matter. What a web archive states of its own records hangs on the same bytes;
//! HX112 tells of it when they are taken in.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::accession;
use crate::accession::register::{self, Register};
use crate::compose;
use crate::config::Config;
use crate::disk::{self, Folder};
use crate::error::Error;
use crate::pipeline::{Event, Watch};
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::vocab::digest;
use crate::vocab::page::{self, Page};

/// What the raw texts of an archive are found to be.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Every file of the seeds folder that is a text, and every one that a page names, by path.
    pub files: Vec<Raw>,
    /// What is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// A raw file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// Its path inside the seeds folder.
    pub file: String,
    /// How it stands to the pages.
    pub state: State,
    /// SHA-256 of its bytes now, where it can be read.
    pub found: Option<String>,
    /// Path and recorded SHA-256 of each page that was made from it.
    pub pages: Vec<(String, Option<String>)>,
    /// Why it cannot be read.
    cause: String,
}

/// How a raw file stands to the pages that were made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It holds the bytes that every page records.
    Unchanged,
    /// It holds other bytes than a page records.
    Changed,
    /// A page names it and it is not there.
    Missing,
    /// It is there and cannot be read.
    Unreadable,
    /// Pages name it and none records its bytes.
    Unrecorded,
    /// No page was made from it.
    New,
}

impl State {
    /// All states, the good one first.
    pub const ALL: [Self; 6] = [
        Self::Unchanged,
        Self::Changed,
        Self::Missing,
        Self::Unreadable,
        Self::Unrecorded,
        Self::New,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Unrecorded => "unrecorded",
            Self::New => "new",
        }
    }
}

/// The pages of each raw file: path and recorded digest.
type Pages = BTreeMap<String, Vec<(String, Option<String>)>>;

/// Hashes the raw texts of an archive, and compares.
pub fn verify(config: &Config, watch: Watch) -> Result<Verified, Error> {
    config.be_there()?;
    let (seeds, content) = (Folder::list(&config.seeds)?, Folder::list(&config.content)?);
    let mut seen = Diagnostics::default();
    let pages = pages(&content, &mut seen);
    let texts = seeds.names().into_iter().filter(|name| accession::is_seed(name));
    let unlisted = seeds.unreadable.iter().map(|it| it.0.clone());
    let names: BTreeSet<String> = texts.chain(pages.keys().cloned()).chain(unlisted).collect();
    let names: Vec<String> = names.into_iter().collect();
    watch(&Event::Begin { stage: "verify", total: names.len() });
    let raw = |name: &String| {
        let raw = raw(&seeds, name, pages.get(name).cloned().unwrap_or_default());
        watch(&Event::Tick);
        raw
    };
    let files: Vec<Raw> = names.par_iter().map(raw).collect();
    watch(&Event::End);
    let below = config.content.to_string_lossy();
    let mut said: Vec<Diagnostic> = seen.into_iter().map(|it| it.below(&below)).collect();
    let mut seen = Diagnostics::default();
    said.extend(files.iter().flat_map(|it| told(it, &files, config)));
    said.extend(published(&files, config)?);
    seen.extend(said);
    Ok(Verified { files, diagnostics: seen.sorted() })
}

/// Which pages say that they were made from which raw file: in their front matter or, where they do not,
/// in the register.
fn pages(content: &Folder, faults: &mut Diagnostics) -> Pages {
    let names: Vec<String> = content.names().into_iter().filter(|it| page::is_page(it)).collect();
    let read: Vec<Result<Page, Diagnostic>> =
        names.par_iter().map(|it| read(content, it)).collect();
    let register = Register::read(&content.text(register::FILE).unwrap_or_default());
    let registered: BTreeMap<&str, &str> =
        register.entries().map(|(seed, _, entry)| (entry.page.as_str(), seed)).collect();
    let mut pages = Pages::new();
    for (path, page) in names.into_iter().zip(read) {
        let (seed, sha256) = match page {
            Ok(page) => (page.head.seed, page.head.sha256),
            Err(fault) => {
                faults.push(fault);
                (None, None)
            }
        };
        let seed = seed.or_else(|| registered.get(path.as_str()).map(|it| (*it).to_owned()));
        if let Some(seed) = seed {
            pages.entry(seed).or_default().push((path, sha256));
        }
    }
    pages
}

/// Reads a page.
fn read(content: &Folder, path: &str) -> Result<Page, Diagnostic> {
    let fault =
        |line, message| Diagnostic::new(Code::BadFrontMatter, Place::line(path, line, ""), message);
    let bytes = content.read(path).map_err(|error| fault(0, error.to_string()))?;
    Page::read(&String::from_utf8_lossy(&bytes)).map_err(|it| fault(it.line, it.message))
}

/// Hashes a raw file, and compares.
fn raw(seeds: &Folder, name: &str, pages: Vec<(String, Option<String>)>) -> Raw {
    let unlisted = seeds.unreadable.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    let there = seeds.has(name) || unlisted.is_some();
    let opened = unlisted.map_or_else(|| seeds.open(name).map_err(|it| it.to_string()), Err);
    let hashed = opened.and_then(|it| digest::sha256_of(it).map_err(|it| it.to_string()));
    let recorded: Vec<&String> = pages.iter().filter_map(|it| it.1.as_ref()).collect();
    let state = match &hashed {
        Err(_) if there => State::Unreadable,
        Err(_) => State::Missing,
        Ok(_) if pages.is_empty() => State::New,
        Ok(found) if recorded.iter().any(|it| !it.eq_ignore_ascii_case(found)) => State::Changed,
        Ok(_) if recorded.is_empty() => State::Unrecorded,
        Ok(_) => State::Unchanged,
    };
    let cause = hashed.as_ref().err().cloned().unwrap_or_default();
    Raw { file: name.to_owned(), state, found: hashed.ok(), pages, cause }
}

/// What is said of a raw file.
fn told(raw: &Raw, all: &[Raw], config: &Config) -> Vec<Diagnostic> {
    let (seeds, content) = (config.seeds.to_string_lossy(), config.content.to_string_lossy());
    let file = &raw.file;
    let of_seed = |code, message: String| Diagnostic::new(code, Place::file(file), message);
    let of_page = |code, page: &str, message: String| {
        Diagnostic::new(code, Place::file(page), message).below(&content)
    };
    let pages = raw.pages.iter();
    match raw.state {
        State::Unchanged => Vec::new(),
        State::New => vec![of_seed(Code::RawNew, "no page was made from it".into()).below(&seeds)],
        State::Unreadable => vec![
            of_seed(Code::SeedUnreadable, format!("cannot be read: {}", raw.cause)).below(&seeds),
        ],
        State::Changed => {
            let found = raw.found.as_deref().unwrap_or_default();
            let others = pages.filter_map(|(page, it)| Some((page, it.as_deref()?)));
            let others = others.filter(|(_, it)| !it.eq_ignore_ascii_case(found));
            others
                .map(|(page, recorded)| {
                    let message = format!("holds other bytes than `{page}` was made from");
                    of_seed(Code::RawChanged, message).below(&seeds).hint(format!(
                        "get the file back from a copy; where the change is meant, build again\n\
                         recorded {recorded}\nfound    {found}"
                    ))
                })
                .collect()
        }
        State::Missing => pages
            .map(|(page, recorded)| {
                let message = format!("the raw text `{file}` of this page is missing");
                let moved = recorded.as_deref().and_then(|it| moved(it, all));
                let hint = moved.map_or_else(
                    || "get the file back from a copy".to_owned(),
                    |it| format!("its bytes are those of `{it}` now; give it its name back"),
                );
                of_page(Code::RawMissing, page, message).hint(hint)
            })
            .collect(),
        State::Unrecorded => pages
            .map(|(page, _)| {
                let message = format!("no digest of the raw text `{file}` is recorded");
                of_page(Code::RawUnrecorded, page, message)
                    .hint(format!("write `sha256: {}`", raw.found.as_deref().unwrap_or_default()))
            })
            .collect(),
    }
}

/// The new file that holds the bytes with a digest.
fn moved<'a>(digest: &str, all: &'a [Raw]) -> Option<&'a str> {
    let same = |it: &&Raw| it.state == State::New && it.found.as_deref() == Some(digest);
    all.iter().find(same).map(|it| it.file.as_str())
}

/// What the published list of digests says of files that are as their pages say, and does not fit.
fn published(files: &[Raw], config: &Config) -> Result<Vec<Diagnostic>, Error> {
    let place = config.out.join(compose::MANIFEST);
    let Some(bytes) = disk::read_if_there(&place)? else { return Ok(Vec::new()) };
    let listed = compose::read_manifest(&String::from_utf8_lossy(&bytes));
    let path = place.to_string_lossy().replace('\\', "/");
    let by_name: BTreeMap<&str, &Raw> = files.iter().map(|it| (it.file.as_str(), it)).collect();
    let say = |line: u32, message: String| {
        Diagnostic::new(Code::ManifestDiffers, Place::line(path.clone(), line, ""), message)
            .hint("build again; where the list was published already, ask why it differs")
    };
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    for (line, sha256, name) in &listed {
        names.insert(name.as_str());
        match by_name.get(name.as_str()) {
            Some(raw) if raw.state != State::Unchanged || raw.found.as_ref() == Some(sha256) => {}
            Some(_) => {
                found.push(say(*line, format!("`{name}` has another digest than is published")));
            }
            None => found.push(say(*line, format!("`{name}` is published and no page names it"))),
        }
    }
    let unlisted = files.iter().filter(|it| it.state == State::Unchanged);
    let unlisted = unlisted.filter(|it| !names.contains(it.file.as_str()));
    found.extend(unlisted.map(|it| say(0, format!("`{}` is not listed", it.file))));
    Ok(found)
}
