//! Accession, the first stage: raw texts become content pages, and every cut line is recorded.
//!
//! Takes the bytes of seeds and decides what becomes of their pages; it writes nothing. A page that a
//! curator has edited is never replaced. Two passes: [`accession`] surveys all seeds for what the
//! archive itself shows (lines that stand in many texts are furniture); the [`Accession`] it returns
//! takes in one seed at a time, in any order and from any thread.

pub mod identify;

use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::page::Page;

/// How the bytes of a seed are fetched by its path inside the seeds folder.
pub type Fetch<'a> = &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync);

/// What accession is told about the archive.
#[derive(Clone, Debug, Default)]
pub struct Options {}

/// What the survey of all seeds showed; takes in each of them.
#[derive(Debug)]
pub struct Accession {}

/// What the archive already holds of a seed: its page as it is on disk, and as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Path of the page inside the content folder.
    pub path: String,
    /// The page's text as it is on disk; `None` where the page is gone.
    pub text: Option<String>,
    /// Digest of the page when Hexapla last wrote it.
    pub digest: String,
}

/// What became of one document of a seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake {
    /// The seed, as its path inside the seeds folder.
    pub seed: String,
    /// Which document of the seed, counted from 0: a seed may hold many.
    pub part: u32,
    /// Path of the page inside the content folder, such as `pl/komentarz-ministerstwa-25dd91.md`.
    pub path: String,
    /// The page as the seed gives it.
    pub page: Page,
    /// Line of the seed, counted from 1, where the title stands; `None` where the title was made of
    /// the first words of the text, or came from a side file.
    pub title_line: Option<u32>,
    /// For each passage of the body the line of the seed, counted from 1, where it begins.
    pub lines: Vec<u32>,
    /// What is to be done with the page on disk.
    pub fate: Fate,
}

/// What is to be done with a page on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// There is none: write it.
    New,
    /// The seed or the program changed and nobody edited the page: write it again.
    Refreshed,
    /// It says what the seed says: leave it.
    Unchanged,
    /// A curator edited it: leave it.
    KeptByHand,
}

/// What one seed gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// Its documents: usually one.
    pub documents: Vec<Intake>,
    /// What was seen on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Surveys all seeds.
pub fn accession(names: &[String], fetch: Fetch, options: &Options) -> Accession {
    let _ = (names, fetch, options);
    Accession {}
}

impl Accession {
    /// Takes in one seed. `holding` tells what the archive already holds of a part of it.
    pub fn take(
        &self,
        name: &str,
        bytes: &[u8],
        holding: &dyn Fn(u32) -> Option<Holding>,
    ) -> Taken {
        let _ = (name, bytes, holding);
        Taken::default()
    }
}
