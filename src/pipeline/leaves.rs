//! The content folder read: every page once, described and dropped; a page that an earlier run has read is
//! not read again.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::inventory::Stock;
use super::{Event, Watch};
use crate::arrange::{self, Signature};
use crate::daybook::{Daybook, Drawer};
use crate::disk::Folder;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::vocab::digest::Fingerprint;
use crate::vocab::page::{self, Head, Page};
use crate::vocab::prose::passages;
use crate::vocab::yaml;

/// The table of what earlier runs have read.
const TABLE: &str = "leaves";

/// The drawer of signatures.
const SIGNATURES: &str = "signatures";

/// A page of the content folder without its text.
pub(super) struct Leaf {
    /// Its name: the path inside the content folder without `.md`.
    pub(super) name: String,
    /// Its front matter, which the archive shares.
    pub(super) head: Arc<Head>,
    /// Digest of the whole page.
    pub(super) digest: Fingerprint,
    /// Digest of its title, its language and its body.
    pub(super) text: Fingerprint,
    /// Whether its text leads to other pages.
    pub(super) leads_on: bool,
    /// Its signature, where this run has made it.
    signature: Option<Signature>,
}

impl Leaf {
    /// The fingerprint of what the search reads of the page.
    pub(super) fn searched(&self) -> Fingerprint {
        Fingerprint::of(&(self.text, &self.head.outlet))
    }
}

/// What one page is known to hold.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Known {
    digest: Fingerprint,
    /// Front matter as JSON and the keys that are not known as YAML; `None` where it cannot be read.
    head: Option<(String, String)>,
    text: Fingerprint,
    leads_on: bool,
    diagnostics: Vec<Diagnostic>,
}

/// The content folder, as this run and those before have read it.
pub(super) struct Leaves<'a> {
    content: &'a Folder,
    signatures: Drawer,
    /// The pages, in the order of their names.
    pub(super) all: Vec<Leaf>,
}

impl<'a> Leaves<'a> {
    /// Reads every page of the content folder that is not [`known`]; bodies are dropped.
    pub(super) fn read(
        stock: &'a Stock,
        before: Before,
        (daybook, seen): (&Daybook, &mut Diagnostics),
        watch: Watch,
    ) -> Self {
        let Stock { folder: content, inventory, .. } = stock;
        let names: Vec<String> =
            content.names().into_iter().filter(|name| page::is_page(name)).collect();
        watch(&Event::Begin { stage: "arrange", total: names.len() });
        let signatures = daybook.drawer(SIGNATURES);
        let read: Vec<Read> = names
            .par_iter()
            .map(|name| {
                watch(&Event::Tick);
                let known = known_of(&before, name);
                let known = known.filter(|it| Some(it.digest) == inventory.digest(name));
                known.and_then(|it| recall(name, it)).unwrap_or_else(|| read(content, name))
            })
            .collect();
        watch(&Event::End);
        if read.iter().any(|it| it.known.is_some()) || read.len() != before.len() {
            keep(daybook, &before, &names, &read);
        }
        rayon::spawn(move || drop(before));
        let mut leaves = Vec::with_capacity(read.len());
        for one in read {
            seen.extend(one.diagnostics);
            leaves.extend(one.leaf);
        }
        leaves.sort_by(|a, b| a.name.cmp(&b.name));
        leaves.par_iter().for_each(|leaf: &Leaf| match &leaf.signature {
            Some(signature) => signatures.put(leaf.text, &signature.to_bytes()),
            None => drop(signatures.keep(leaf.text)),
        });
        Self { content, signatures, all: leaves }
    }

    /// The leaves with their signatures, as arranging wants them.
    pub(super) fn signed(&mut self) -> Vec<arrange::Leaf> {
        let (content, signatures) = (self.content, &self.signatures);
        let signature = |leaf: &mut Leaf| {
            let own = leaf.signature.take().unwrap_or_else(|| sign(content, signatures, leaf));
            if signatures.has(leaf.text) { own.kept_elsewhere() } else { own }
        };
        let leaf = |leaf: &mut Leaf| arrange::Leaf {
            name: leaf.name.clone(),
            head: Arc::clone(&leaf.head),
            digest: leaf.digest.to_string(),
            signature: signature(leaf),
        };
        self.all.par_iter_mut().map(leaf).collect()
    }

    /// What arranging finds in the text of a leaf, in short: a hash of its signature, so that an edit of markup is
    /// none to it. Nothing where it stands alone, and its text where the signature is still to be made.
    pub(super) fn evidence(&self, leaf: &Leaf) -> impl Serialize + use<> {
        let known = self.signatures.check(leaf.text);
        let asked = !arrange::stands_alone(&leaf.head);
        (known.filter(|_| asked), Some(leaf.text).filter(|_| asked && known.is_none()))
    }

    /// The signature of a leaf once more.
    pub(super) fn signature(&self, at: usize) -> Signature {
        let leaf = self.all.get(at);
        leaf.map(|leaf| sign(self.content, &self.signatures, leaf)).unwrap_or_default()
    }

    /// Closes what was opened to read them; gives the leaves.
    pub(super) fn close(self, daybook: &Daybook) -> Vec<Leaf> {
        self.signatures.close(daybook);
        self.all
    }
}

/// The signature of a page that was not read by this run; an empty one where nobody needs it.
fn sign(content: &Folder, signatures: &Drawer, leaf: &Leaf) -> Signature {
    if arrange::stands_alone(&leaf.head) {
        return Signature::default();
    }
    // The drawer checks its bytes.
    let kept = signatures.get(leaf.text).and_then(Signature::from_sound_bytes);
    kept.unwrap_or_else(|| {
        let text = content.text(&format!("{}.md", leaf.name)).unwrap_or_default();
        let signature = Page::read(&text).map(|page| arrange::sign(&page)).unwrap_or_default();
        signatures.put(leaf.text, &signature.to_bytes());
        signature
    })
}

/// A page that was read or recalled.
pub(super) struct Read {
    /// What it holds, where that can be read.
    pub(super) leaf: Option<Leaf>,
    /// What is wrong with it.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What is to be kept of it, where this run has read it.
    known: Option<Known>,
}

/// A page that an earlier run has read.
fn recall(path: &str, known: &Known) -> Option<Read> {
    let leaf = match &known.head {
        None => None,
        Some((head, unknown)) => {
            let mut head: Head = serde_json::from_str(head).ok()?;
            if !unknown.is_empty() {
                head.unknown = yaml::read(unknown).ok()?;
            }
            let (digest, text, leads_on) = (known.digest, known.text, known.leads_on);
            let head = Arc::new(head);
            Some(Leaf { name: name(path), head, digest, text, leads_on, signature: None })
        }
    };
    Some(Read { leaf, diagnostics: known.diagnostics.clone(), known: None })
}

/// What earlier runs have read of each page, in the order of their paths.
pub(super) type Before = Vec<(String, Known)>;

/// What earlier runs have read of each page: it is large, and can be fetched while seeds are taken in.
pub(super) fn known(daybook: &Daybook) -> Before {
    daybook.read(TABLE).says
}

/// What is known of a page.
fn known_of<'b>(before: &'b [(String, Known)], path: &str) -> Option<&'b Known> {
    let at = before.binary_search_by(|it| it.0.as_str().cmp(path)).ok()?;
    before.get(at).map(|it| &it.1)
}

/// Writes down what is known of all pages now.
fn keep<'k>(
    daybook: &Daybook,
    before: &'k [(String, Known)],
    names: &'k [String],
    read: &'k [Read],
) {
    let known = |(name, it): (&'k String, &'k Read)| {
        Some((name, it.known.as_ref().or_else(|| known_of(before, name))?))
    };
    daybook.write(TABLE, &names.iter().zip(read).filter_map(known).collect::<Vec<_>>());
}

/// The name of the document of a page.
fn name(path: &str) -> String {
    path.trim_end_matches(".md").to_owned()
}

/// Reads and signs one page; what is wrong with its front matter is said.
pub(super) fn read(content: &Folder, path: &str) -> Read {
    let bytes = match content.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let fault = Diagnostic::new(Code::BadFrontMatter, Place::file(path), error.to_string());
            return Read { leaf: None, diagnostics: vec![fault], known: None };
        }
    };
    let digest = Fingerprint::of_bytes(&bytes);
    let text = String::from_utf8_lossy(&bytes);
    let (page, diagnostics) = match Page::read(&text) {
        Ok(page) => {
            let mut diagnostics = unknown_fields(path, &page);
            diagnostics.extend(no_passage(path, &page));
            (Some(page), diagnostics)
        }
        Err(fault) => {
            let excerpt =
                text.lines().nth(fault.line.saturating_sub(1) as usize).unwrap_or_default();
            let place = Place { column: fault.column, ..Place::line(path, fault.line, excerpt) };
            (None, vec![Diagnostic::new(Code::BadFrontMatter, place, fault.message)])
        }
    };
    let leaf = page.map(|page| Leaf {
        name: name(path),
        digest,
        text: Fingerprint::of(&(&page.head.title, &page.head.lang, &page.body)),
        leads_on: page.body.contains(".md"),
        signature: (!arrange::stands_alone(&page.head)).then(|| arrange::sign(&page)),
        head: Arc::new(page.head),
    });
    let known = Known {
        digest,
        head: leaf.as_ref().map(|it| written(&it.head)),
        text: leaf.as_ref().map_or_else(Fingerprint::default, |it| it.text),
        leads_on: leaf.as_ref().is_some_and(|it| it.leads_on),
        diagnostics: diagnostics.clone(),
    };
    Read { leaf, diagnostics, known: Some(known) }
}

/// A front matter as it is kept.
fn written(head: &Head) -> (String, String) {
    let unknown = if head.unknown.is_empty() { String::new() } else { yaml::write(&head.unknown) };
    (serde_json::to_string(head).unwrap_or_default(), unknown)
}

/// Says which of the stretches in other languages reach beyond the text of a page.
fn no_passage(path: &str, page: &Page) -> Option<Diagnostic> {
    let mut named =
        page.head.passages.iter().flat_map(|it| [it.at, it.to.unwrap_or(it.at)]).peekable();
    named.peek()?;
    let there = passages(&page.body).len() as u32;
    let wrong = named.find(|it| !(1..=there).contains(it))?;
    let message = format!("`passages` names passage {wrong}, but the text has {there}");
    Some(Diagnostic::new(Code::NoSuchPassage, Place::file(path), message))
}

/// Says which keys of a page are not known.
fn unknown_fields(path: &str, page: &Page) -> Vec<Diagnostic> {
    let say = |key: &String| {
        Diagnostic::new(
            Code::UnknownField,
            Place::file(path),
            format!("`{key}` is not a key of the front matter"),
        )
        .hint(format!("the keys are {}", page::KEYS.join(", ")))
    };
    page.head.unknown.keys().map(say).collect()
}
