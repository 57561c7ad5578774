//! Arrange, the second stage: the versions of one statement are brought together.
//!
//! Takes what the content pages say and the signatures of their texts, and gives the [`Archive`]. It
//! never reads a body: [`sign`] does that once for each page, and its result can be cached.

mod align;
mod alike;
mod bag;
mod candidates;
mod cluster;
mod corpus;
mod counterparts;
mod density;
mod found;
mod glosses;
mod held;
mod index;
mod islands;
mod lexicon;
mod links;
mod mix;
mod naming;
mod net;
mod networks;
mod outline;
mod pair;
mod pieces;
mod rarity;
mod reasons;
mod reprints;
mod search;
mod seats;
mod seen;
mod signature;
mod sparse_networks;
pub mod standing;
mod statements;
mod stragglers;
mod study;
mod third_networks;
mod thirds;
mod verdicts;
mod weights;
mod within_network;

pub use reasons::{Reason, Shared, SharedKind};
pub use seen::Seen;
pub use signature::{Signature, VERSION as SIGNATURE_VERSION, sign};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use found::Crowd;
use naming::Pin;
use reprints::Reprints;
use statements::Dossier;
use study::{Question, study};

use serde::{Deserialize, Serialize};

use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::digest::hash64;
use crate::vocab::lang::Lang;
use crate::vocab::page::Head;

/// A document's place in [`Archive::documents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentId(pub u32);

/// A statement's place in [`Archive::statements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StatementId(pub u32);

/// What arranging is told by the configuration.
#[derive(Clone, Debug)]
pub struct Options {
    /// How sure it must be.
    pub strictness: Strictness,
    /// Whether documents on the same event are named that are no versions.
    pub related: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { strictness: Strictness::Normal, related: true }
    }
}

/// How sure arranging must be that texts are versions of one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strictness {
    /// Rather join too little.
    Strict,
    /// What serves most archives.
    #[default]
    Normal,
    /// Rather join too much.
    Loose,
}

impl Strictness {
    /// The mean chance from which on clusters are joined.
    fn threshold(self) -> cluster::Chance {
        match self {
            Self::Strict => 5000,
            Self::Normal => 3000,
            Self::Loose => 1000,
        }
    }

    /// How far what is joined by all that speaks for it may be from how close versions are.
    fn reach(self) -> stragglers::Reach {
        stragglers::Reach(match self {
            Self::Strict => 2000,
            Self::Normal => 4000,
            Self::Loose => 5000,
        })
    }
}

/// One content page, as it comes from disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Its name: the path inside the content folder without `.md`, such as `pl/komentarz-25dd91`.
    pub name: String,
    /// Its front matter.
    pub head: Arc<Head>,
    /// Digest of the whole page.
    pub digest: String,
    /// What can be recognised in its text.
    pub signature: Signature,
}

/// The statements as the last build left them: document name to slug. It keeps slugs stable, and says what a
/// curator means who pins a page to one of them by its name; otherwise it never decides what belongs together.
pub type Standing = BTreeMap<String, String>;

/// The archive: complete when returned, never changed after.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Archive {
    /// All documents, by name.
    pub documents: Vec<Document>,
    /// All statements of two or more versions, or pinned by a curator, by slug.
    pub statements: Vec<Statement>,
}

/// A document of the archive.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its name, unique and stable: `pl/komentarz-25dd91`.
    pub name: String,
    /// Its front matter.
    pub head: Arc<Head>,
    /// Digest of the whole page.
    pub digest: String,
    /// The statement it is a version of; `None` where it stands alone.
    pub statement: Option<StatementId>,
}

/// A statement: the texts that say the same, in whatever languages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Its name in addresses, stable over builds.
    pub slug: String,
    /// Its title: that of its leading version.
    pub title: String,
    /// Its versions, in the order of their names.
    pub versions: Vec<Version>,
    /// Documents on the same event that are no versions of it.
    pub related: Vec<Related>,
}

/// A document as a version of a statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Which document.
    pub document: DocumentId,
    /// How sure it is that it belongs, from 0 to 100.
    pub confidence: u8,
    /// Whether a curator said so.
    pub pinned: bool,
    /// What carried the decision: what it shares with the version nearest to it.
    pub reason: Option<Reason>,
    /// What it is to the other versions.
    pub relation: Relation,
}

/// What a version is to the others of its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Relation {
    /// The only version in its language.
    Translation,
    /// Nearly word for word another version in the same language.
    Republication,
    /// Another wording in the same language.
    Edited,
}

impl Relation {
    /// Its word in files and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Translation => "translation",
            Self::Republication => "republication",
            Self::Edited => "edited",
        }
    }
}

/// A document on the same event that is no version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Related {
    /// Which document.
    pub document: DocumentId,
    /// Why it is named here, and why it is no version.
    pub reason: Reason,
}

/// What arranging gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arranged {
    /// The archive.
    pub archive: Archive,
    /// What was seen on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Brings together the versions of each statement.
///
/// The result does not hang on the order of the leaves. `standing` is what the last build left.
pub fn arrange(leaves: Vec<Leaf>, standing: &Standing, options: &Options) -> Arranged {
    arrange_again(leaves, standing, options, &Seen::default()).0
}

/// As [`arrange`], with what an earlier run has seen in pairs of texts, and gives what this one has. The
/// result does not hang on it.
pub fn arrange_again(
    leaves: Vec<Leaf>,
    standing: &Standing,
    options: &Options,
    seen: &Seen,
) -> (Arranged, Seen) {
    arrange_lean(leaves, standing, options, (seen, &|_| Signature::default()))
}

/// Fetches the signature of a leaf again that is [kept elsewhere](Signature::kept_elsewhere), by its place in
/// the order of names.
pub type Again<'a> = &'a (dyn Fn(usize) -> Signature + Sync);

/// As [`arrange_again`], where signatures that are kept elsewhere can be fetched `again`: they are not held
/// while all texts are compared.
pub fn arrange_lean(
    mut leaves: Vec<Leaf>,
    standing: &Standing,
    options: &Options,
    (seen, again): (&Seen, Again),
) -> (Arranged, Seen) {
    leaves.sort_by(|a, b| a.name.cmp(&b.name));
    let pins: Vec<Pin> =
        leaves.iter().map(|leaf| Pin::read(leaf.head.statement.as_deref())).collect();
    let question = question(&leaves, &pins, standing, options);
    let mut signatures: Vec<Signature> =
        leaves.iter_mut().map(|it| std::mem::take(&mut it.signature)).collect();
    let reprints = Reprints::find(&signatures, |at| question.kin(at));
    for again in reprints.later() {
        if let Some(signature) = signatures.get_mut(again as usize) {
            *signature = Signature::default();
        }
    }
    let mut study = study(&question, signatures, seen);
    let mut seen = std::mem::take(&mut study.seen);
    let dossier =
        Dossier { leaves: &leaves, pins: &pins, reprints: &reprints, study: &study, again };
    let mut arranged = statements::assemble(dossier, standing, options, &mut seen);
    seen.keep_told(statements::told(dossier, &arranged.archive.statements));
    let faults = leaves.iter().zip(&pins).filter_map(|(leaf, pin)| match pin {
        Pin::Bad(name) => Some(naming::bad_pin(&leaf.name, name)),
        _ => None,
    });
    arranged.diagnostics.extend(faults);
    arranged.diagnostics.sort();
    let owners = statements::owners(&arranged.archive.statements, leaves.len());
    arranged.archive.documents = leaves
        .into_iter()
        .zip(owners)
        .map(|(leaf, statement)| Document {
            name: leaf.name,
            head: leaf.head,
            digest: leaf.digest,
            statement,
        })
        .collect();
    (arranged, seen)
}

/// Whether a curator says that a page stands alone, so that nothing needs to be recognised in it.
pub fn stands_alone(head: &Head) -> bool {
    Pin::read(head.statement.as_deref()) == Pin::Alone
}

/// What arranging asks of a page, besides its signature: of two pages that are alike in this and in their
/// texts it says the same.
pub fn asks<'a>(name: &'a str, head: &'a Head) -> impl Serialize + use<'a> {
    (name, &head.title, &head.lang, &head.role, &head.statement)
}

impl Archive {
    /// The archive as it was arranged before, of the same documents.
    pub fn again(mut documents: Vec<Document>, statements: Vec<Statement>) -> Self {
        let owners = statements::owners(&statements, documents.len());
        for (document, owner) in documents.iter_mut().zip(owners) {
            document.statement = owner;
        }
        Self { documents, statements }
    }

    /// The archive as it was arranged when its documents had these names, with the documents that there are
    /// now: a statement keeps the versions that are still there, and what is new stands alone.
    pub fn as_left(documents: Vec<Document>, names: &[String], statements: Vec<Statement>) -> Self {
        let place = |id: DocumentId| {
            let name = names.get(id.0 as usize)?;
            let found = documents.binary_search_by(|it| it.name.cmp(name)).ok()?;
            Some(DocumentId(found as u32))
        };
        let reason = |it: Reason| Some(Reason { with: place(it.with)?, ..it });
        let version = |it: Version| {
            Some(Version {
                document: place(it.document)?,
                reason: it.reason.and_then(reason),
                ..it
            })
        };
        let related = |it: Related| {
            Some(Related { document: place(it.document)?, reason: reason(it.reason)? })
        };
        let left = |it: Statement| Statement {
            versions: it.versions.into_iter().filter_map(version).collect(),
            related: it.related.into_iter().filter_map(related).collect(),
            ..it
        };
        let statements = statements.into_iter().map(left);
        let statements = statements.filter(|it| !it.versions.is_empty()).collect();
        Self::again(documents, statements)
    }
}

/// What is to be studied.
fn question(leaves: &[Leaf], pins: &[Pin], standing: &Standing, options: &Options) -> Question {
    let langs = numbered(leaves.iter().map(|leaf| &leaf.head.lang));
    let names = pins.iter().filter_map(statements::pinned_to);
    let slugs: Vec<&str> = names.collect::<BTreeSet<_>>().into_iter().collect();
    let number = |name: &str| slugs.binary_search(&name).ok().map(|it| it as u32);
    let stood = |(leaf, pin): (&Leaf, &Pin)| {
        let name = standing.get(&leaf.name).filter(|_| *pin == Pin::Free)?;
        number(name)
    };
    Question {
        langs,
        crowd: crowd(leaves),
        stood: leaves.iter().zip(pins).map(stood).collect(),
        pins: pins.iter().map(|it| number(statements::pinned_to(it)?)).collect(),
        alone: pins.iter().map(|pin| *pin == Pin::Alone).collect(),
        threshold: options.strictness.threshold(),
        reach: options.strictness.reach(),
    }
}

/// Who the texts are.
fn crowd(leaves: &[Leaf]) -> Crowd {
    let who = |leaf: &Leaf| hash64(format!("{}\n{}", leaf.name, leaf.head.lang).as_bytes());
    let langs: BTreeSet<&Lang> = leaves.iter().map(|leaf| &leaf.head.lang).collect();
    let tongues = langs.into_iter().map(|it| hash64(it.to_string().as_bytes())).collect();
    Crowd { who: leaves.iter().map(who).collect(), tongues }
}

/// Languages as the numbers of their places among all of them, sorted.
fn numbered<'a>(langs: impl Iterator<Item = &'a Lang> + Clone) -> Vec<u16> {
    let all: BTreeSet<&Lang> = langs.clone().collect();
    let all: BTreeMap<&Lang, u16> = all.into_iter().zip(0..corpus::UNKNOWN).collect();
    let number = |lang: &Lang| all.get(lang).copied().filter(|_| !lang.is_undetermined());
    langs.map(|lang| number(lang).unwrap_or(corpus::UNKNOWN)).collect()
}

/// Pairs in numbers, by the places of their texts.
#[doc(hidden)]
pub type Measured = Vec<(u32, u32, Vec<f32>)>;

/// The pairs that are looked at, for learning the weights anew: their measures before and after the lexicon,
/// and what third texts say of them then.
#[doc(hidden)]
pub fn measures(leaves: &[Leaf]) -> [Measured; 3] {
    let pins = vec![Pin::Free; leaves.len()];
    let mut signatures: Vec<Signature> = leaves.iter().map(|it| it.signature.clone()).collect();
    let question = question(leaves, &pins, &Standing::new(), &Options::default());
    study::measured(&question, &mut signatures)
}
