//! Names across scripts, learned from the alignments: Tokajew, Tokayev, توكاييف are one entry.
//!
//! [`sightings`] says what the alignment of one statement shows: a plain value that can be kept for as
//! long as the statement's texts are the same. A [`Gathering`] takes the sightings of all statements in
//! the archive's order and makes the table, [`Names`]. How a word sounds only proposes; that words which
//! sound alike stand in aligned sentences confirms. A name that is missing does less harm than a wrong one.

pub mod curated;
mod entries;
pub(super) mod generic;
mod meetings;
mod table;

use serde::{Deserialize, Serialize};

use crate::vocab::lang::Lang;

pub use meetings::sightings;
pub use table::Gathering;

/// What the alignment of one statement shows of names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sightings {
    /// The forms that met a form of another language, each once, by language and spelling.
    pub forms: Vec<Sighted>,
    /// Which of them met.
    pub meetings: Vec<Meeting>,
}

/// A form of a name, as one statement has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighted {
    /// The language of the version.
    pub lang: Lang,
    /// The form as it is written.
    pub written: String,
    /// Where it stands: version and unit, in order.
    pub places: Vec<(u32, u32)>,
    /// How often the versions have the same word, or a word of its sound, as a common word.
    pub common: u32,
}

/// Two forms that stand in aligned sentences and sound alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// One form, by its place in the list.
    pub one: u32,
    /// The other form.
    pub other: u32,
    /// In how many units they met.
    pub units: u32,
    /// How alike they sound, from 0 to 100.
    pub likeness: u8,
}

/// The names of an archive, in the order of their slugs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// One entry a name.
    pub entries: Vec<Name>,
}

/// A name with its forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// What its page is called: unique, and made from the heading alone where no other has that heading.
    pub slug: String,
    /// The form under which it is listed, with the language of that form; a curator's heading has none.
    pub heading: (String, Option<Lang>),
    /// Its forms, by language; in each language the most frequent first.
    pub forms: Vec<Form>,
    /// Other names that are a part of this one or of which this one is a part, by their place.
    pub kin: Vec<u32>,
}

/// A form of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Form {
    /// The language of the versions that have it.
    pub lang: Lang,
    /// The form as it is written.
    pub written: String,
    /// Where it stands, in order.
    pub places: Vec<Place>,
}

/// A place where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The statement, by its place in the archive.
    pub statement: u32,
    /// The version, by its place in the statement.
    pub version: u32,
    /// The unit of the synopsis.
    pub unit: u32,
}
