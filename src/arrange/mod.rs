//! Arrange, the second stage: the versions of one statement are brought together.
//!
//! Takes what the content pages say and the signatures of their texts, and gives the [`Archive`]. It
//! never reads a body: [`sign`] does that once for each page, and its result can be cached.

pub mod standing;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::page::{Head, Page};

/// A document's place in [`Archive::documents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// A statement's place in [`Archive::statements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub u32);

/// What arranging is told by the configuration.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How readily texts are taken for versions of one statement.
    pub strictness: Strictness,
}

/// How readily texts are taken for versions of one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strictness {
    /// Only where it is nearly certain.
    Strict,
    /// Where it is more likely than not.
    #[default]
    Normal,
    /// Also where texts are badly damaged.
    Loose,
}

/// What can be recognised in one text: all that arranging knows of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signature {}

/// One content page, as it comes from disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Its name: the path inside the content folder without `.md`, such as `pl/komentarz-25dd91`.
    pub name: String,
    /// Its front matter.
    pub head: Head,
    /// Digest of the whole page.
    pub digest: String,
    /// What can be recognised in its text.
    pub signature: Signature,
}

/// The statements as the last build left them: document name to slug. It keeps slugs stable; it never
/// decides what belongs together.
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
    pub head: Head,
    /// Digest of the whole page.
    pub digest: String,
    /// The statement it is a version of; `None` where it stands alone.
    pub statement: Option<StatementId>,
}

/// A statement: the texts that say the same, in whatever languages.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Which document.
    pub document: DocumentId,
    /// How sure it is that it belongs, from 0 to 100.
    pub confidence: u8,
    /// Whether a curator said so.
    pub pinned: bool,
    /// What carried the decision, in words for readers.
    pub reasons: Vec<String>,
    /// What it is to the other versions.
    pub relation: Relation,
}

/// What a version is to the others of its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The only version in its language.
    Translation,
    /// Nearly word for word another version in the same language.
    Republication,
    /// Another wording in the same language.
    Edited,
}

/// A document on the same event that is no version.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Which document.
    pub document: DocumentId,
    /// Why it is named here, and why it is no version.
    pub reason: String,
}

/// What arranging gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arranged {
    /// The archive.
    pub archive: Archive,
    /// What was seen on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// What can be recognised in a page.
pub fn sign(page: &Page) -> Signature {
    let _ = page;
    Signature {}
}

/// Brings together the versions of each statement.
pub fn arrange(leaves: Vec<Leaf>, standing: &Standing, options: &Options) -> Arranged {
    let _ = (standing, options);
    let documents = leaves
        .into_iter()
        .map(|leaf| Document {
            name: leaf.name,
            head: leaf.head,
            digest: leaf.digest,
            statement: None,
        })
        .collect();
    Arranged { archive: Archive { documents, statements: Vec::new() }, diagnostics: Vec::new() }
}
