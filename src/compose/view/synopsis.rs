//! What a theme may see of a statement: the synopsis and what is said about it.

use serde::Serialize;

use super::{Card, DateView, Link};
use crate::vocab::lang::Direction;

/// What differs between versions, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Cells that say what the others say.
    pub present: usize,
    /// Cells with nothing in them.
    pub missing: usize,
    /// Passages that no other version has.
    pub only: usize,
    /// Cells that stand elsewhere in their version's own order.
    pub moved: usize,
    /// Cells in which a version repeats itself.
    pub again: usize,
    /// Cells that share a paragraph with another passage.
    pub merged: usize,
    /// Cells of several paragraphs.
    pub split: usize,
    /// Facts that differ.
    pub findings: usize,
}

/// `statement.html`.
#[derive(Clone, Debug, Serialize)]
pub struct StatementView<'a> {
    /// Its title: that of its leading version.
    pub title: &'a str,
    /// The tag of the title's language.
    pub lang: &'a str,
    /// The direction of the title.
    pub dir: Direction,
    /// Its date: the earliest that a version names.
    pub date: Option<DateView>,
    /// How many languages it has.
    pub languages: usize,
    /// The versions: the columns of the synopsis.
    pub versions: Vec<Column<'a>>,
    /// The rows of the synopsis.
    pub rows: Vec<Row<'a>>,
    /// How the passages cross from version to version; `None` where there is nothing to draw.
    pub ribbons: Option<Ribbons>,
    /// The places among which a reader can choose one for a column, from 1.
    pub places: Vec<usize>,
    /// The facts that differ.
    pub findings: Vec<FindingView<'a>>,
    /// Who published it, in the order of the dates: places in `versions`.
    pub chronicle: Vec<usize>,
    /// Documents on the same event that are no versions.
    pub related: Vec<RelatedView<'a>>,
    /// The files in which it can be taken away.
    pub files: Vec<Link<'a>>,
    /// The full address of the page, or its path where the site's own address is not known.
    pub address: String,
}

/// A version: a column of the synopsis.
#[derive(Clone, Debug, Serialize)]
pub struct Column<'a> {
    /// Its number, from 1: the class of its cells is `c` and this number.
    pub number: usize,
    /// The document.
    pub card: Card<'a>,
    /// Whether it is shown before the reader chooses.
    pub shown: bool,
    /// For each row what this version has there.
    pub strip: Vec<Mark>,
    /// The same counted.
    pub tally: Tally,
    /// The numbers of the rows in this version's own order; those that it lacks are left out.
    pub own: Vec<usize>,
    /// Who published it before another version is told apart from it by a number; else 0.
    pub copy: usize,
    /// How sure it is that it belongs: `high`, `middle` or `low`.
    pub sure: &'static str,
    /// Whether a curator put it here.
    pub pinned: bool,
    /// What carried the decision; `None` where nothing but a curator's word did.
    pub reason: Option<ReasonView<'a>>,
    /// What it is to the others: `translation`, `republication` or `edited`.
    pub relation: &'static str,
    /// What the curator says it is; `role.` and this is its message.
    pub role: Option<&'static str>,
}

/// One mark of the strip above a synopsis.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Mark {
    /// The number of the row.
    pub row: usize,
    /// `full`, `gap`, `only`, `moved`, `again`, `merged` or `split`.
    pub state: &'static str,
}

/// A unit: what all versions say in one place.
#[derive(Clone, Debug, Serialize)]
pub struct Row<'a> {
    /// Its number; its id is `u` and this number. 0 is the row of the titles.
    pub number: usize,
    /// One cell a version, in the order of the versions.
    pub cells: Vec<CellView<'a>>,
    /// How sure the alignment is: `high`, `middle` or `low`.
    pub sure: &'static str,
    /// Whether a person has looked at it.
    pub reviewed: bool,
}

/// What one version has of a unit.
#[derive(Clone, Debug, Serialize)]
pub struct CellView<'a> {
    /// The number of the version, from 1.
    pub column: usize,
    /// The tag of its language.
    pub lang: &'a str,
    /// Its direction.
    pub dir: Direction,
    /// The name its language gives itself, with a number where two versions share it.
    pub label: String,
    /// What is to be said first of it: one of the states of [`Mark`].
    pub state: &'static str,
    /// Its text, in parts.
    pub parts: Vec<PartView>,
    /// Whether it stands elsewhere in this version's own order.
    pub moved: bool,
    /// How sure it is that the text stands here, or that nothing does: `high`, `middle` or `low`.
    pub sure: &'static str,
    /// The numbers of other rows that share a paragraph with this cell, with commas; else empty.
    pub shares: String,
    /// How many paragraphs it is split over; 0 where it is not.
    pub split: usize,
    /// Where another version in the same language stands before it: the two, word by word.
    pub differs: Option<Differs>,
}

/// A cell against the first one of its row in the same language, word by word.
#[derive(Clone, Debug, Serialize)]
pub struct Differs {
    /// The number of the other version, from 1.
    pub column: usize,
    /// The name of the other version, as in [`CellView::label`].
    pub label: String,
    /// Whether the words are the same.
    pub same: bool,
    /// Both texts as one, in the order of the text.
    pub runs: Vec<Run>,
}

/// Words that two versions share, or that one of them has alone.
#[derive(Clone, Debug, Serialize)]
pub struct Run {
    /// `same`, `added` (only this version has it) or `omitted` (only the other has it).
    pub state: &'static str,
    /// The words, with the spaces between them.
    pub text: String,
}

/// A passage, or some sentences of it.
#[derive(Clone, Debug, Serialize)]
pub struct PartView {
    /// The tag of its language, where that is not the version's; else empty.
    pub lang: String,
    /// Its direction.
    pub dir: Direction,
    /// The words, cut where what lies opposite in other versions changes.
    pub pieces: Vec<Piece>,
    /// Which passage of the document.
    pub passage: u32,
    /// The way to that passage.
    pub href: String,
    /// Whether the version says here again what it has said.
    pub again: bool,
}

/// A stretch of words.
#[derive(Clone, Debug, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Which line of the row: pieces that share it say the same. 0 where nothing lies opposite.
    pub line: usize,
}

/// How the passages of the versions lie and cross, as shapes in one system of coordinates. Each version
/// has a column of the picture, in their order.
#[derive(Clone, Debug, Serialize)]
pub struct Ribbons {
    /// The width of the picture.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// The shapes of each row.
    pub rows: Vec<Ribbon>,
}

/// The shapes of one row: data of SVG paths, empty where there is nothing of the kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Ribbon {
    /// The number of the row.
    pub number: usize,
    /// The passages themselves.
    pub blocks: String,
    /// Ribbons between passages that stand where the leading version has them.
    pub plain: String,
    /// Ribbons to passages that stand elsewhere.
    pub moved: String,
    /// Ribbons to what is said again.
    pub again: String,
}

/// A fact that versions state differently.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView<'a> {
    /// The number of the row.
    pub row: usize,
    /// What kind of fact; `kind.` and this is its message.
    pub kind: &'static str,
    /// What each version says.
    pub readings: Vec<Reading<'a>>,
    /// How sure it is: `high`, `middle` or `low`.
    pub sure: &'static str,
}

/// What one version says of a fact.
#[derive(Clone, Debug, Serialize)]
pub struct Reading<'a> {
    /// The name of the version's language, with a number where two versions share it.
    pub label: String,
    /// The tag of its language.
    pub lang: &'a str,
    /// Its direction.
    pub dir: Direction,
    /// The words; empty where it says nothing of the kind.
    pub words: &'a str,
}

/// A document on the same event that is no version.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView<'a> {
    /// The document.
    pub card: Card<'a>,
    /// Why it is named here.
    pub reason: ReasonView<'a>,
}

/// Why a document stands beside another: what the two share.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonView<'a> {
    /// The other document.
    pub with: Card<'a>,
    /// What they share, kind by kind.
    pub shared: Vec<SharedView<'a>>,
    /// How many passages of the two agree.
    pub agree: u32,
    /// How many passages the longer of them has.
    pub of: u32,
}

/// What two texts share of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct SharedView<'a> {
    /// `numbers`, `dates`, `names`, `concepts`, `words` or `glosses`; `why.` and this is its message.
    pub kind: &'static str,
    /// How many they share.
    pub count: u32,
    /// Some of them, as this document writes them.
    pub examples: &'a [String],
    /// Whether there are more than are shown.
    pub more: bool,
}
