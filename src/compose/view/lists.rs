//! What a theme may see of the home page and the lists.

use serde::Serialize;

use super::{Card, LanguageView, Pager, StatementCard};
use crate::vocab::lang::Direction;

/// `home.html`.
#[derive(Clone, Debug, Serialize)]
pub struct Home<'a> {
    /// How many documents there are.
    pub documents: usize,
    /// How many statements of two or more versions.
    pub statements: usize,
    /// How many outlets are named.
    pub outlets: usize,
    /// The first and the last year; `None` where no date is known.
    pub years: Option<(String, String)>,
    /// The newest statements.
    pub newest: Vec<StatementCard<'a>>,
    /// The newest documents without another version.
    pub lone: Vec<Card<'a>>,
    /// All languages, those with most documents first.
    pub languages: Vec<LanguageView<'a>>,
    /// Which statement exists in which language.
    pub coverage: Coverage<'a>,
    /// Documents through time, oldest first, without gaps.
    pub timeline: Vec<Bar>,
    /// Whether there are more languages than are named.
    pub more_languages: bool,
    /// How many languages there are.
    pub language_count: usize,
    /// The ways to the lists.
    pub all_statements: String,
    /// The way to the list of all documents.
    pub all_documents: String,
}

/// The matrix of statements and languages.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage<'a> {
    /// The columns.
    pub languages: Vec<LanguageView<'a>>,
    /// The rows, newest first.
    pub rows: Vec<CoverageRow<'a>>,
    /// Whether there are more statements than rows.
    pub more: bool,
}

/// A row of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageRow<'a> {
    /// The statement's title.
    pub title: &'a str,
    /// The tag of its language.
    pub lang: &'a str,
    /// Its direction.
    pub dir: Direction,
    /// The way to its page.
    pub href: String,
    /// For each column the number of versions.
    pub cells: Vec<usize>,
}

/// One bar of a picture with its numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    /// What it stands for, in the language of the interface.
    pub label: String,
    /// The same in EDTF: a year or a month; the first year of several.
    pub edtf: String,
    /// How many documents.
    pub count: usize,
    /// Its length, from 1 to 100; 0 where there is nothing.
    pub length: usize,
    /// The way to the page of their year.
    pub href: Option<String>,
}

/// `documents.html`: all documents, one page of them.
#[derive(Clone, Debug, Serialize)]
pub struct Documents<'a> {
    /// How many there are in all.
    pub total: usize,
    /// Those of this page.
    pub cards: Vec<Card<'a>>,
    /// The other pages.
    pub pager: Pager,
}

/// `statements.html`: all statements, one page of them.
#[derive(Clone, Debug, Serialize)]
pub struct Statements<'a> {
    /// How many there are in all.
    pub total: usize,
    /// Those of this page.
    pub cards: Vec<StatementCard<'a>>,
    /// The other pages.
    pub pager: Pager,
}

/// `shelves.html`: all languages, years, outlets or tags.
#[derive(Clone, Debug, Serialize)]
pub struct ShelvesView<'a> {
    /// Which: `languages`, `dates`, `outlets` or `tags`.
    pub kind: &'static str,
    /// How many there are in all.
    pub total: usize,
    /// Those of this page.
    pub entries: Vec<ShelfEntry<'a>>,
    /// The letters under which the entries of a long list stand, with the ways to them.
    pub letters: Vec<Letter>,
    /// The other pages.
    pub pager: Pager,
}

/// A letter of a long list.
#[derive(Clone, Debug, Serialize)]
pub struct Letter {
    /// The letter.
    pub name: String,
    /// The way to the first entry under it.
    pub href: String,
}

/// A language, a year, an outlet or a tag.
#[derive(Clone, Debug, Serialize)]
pub struct ShelfEntry<'a> {
    /// What it is called; `None` where it is not known.
    pub name: Option<&'a str>,
    /// The tag of the name's language; empty where that is not known.
    pub lang: &'a str,
    /// The way to its page.
    pub href: String,
    /// How many documents it has.
    pub count: usize,
    /// How long a bar of it is, from 1 to 100.
    pub length: usize,
    /// How many statements they belong to.
    pub statements: usize,
    /// Under which heading it stands in a long list; empty where the heading goes on.
    pub letter: String,
    /// The number of that heading, from 1: its id is `l` and this number; 0 where there is none.
    pub heading: usize,
}

/// `shelf.html`: the documents of one language, year, outlet or tag.
#[derive(Clone, Debug, Serialize)]
pub struct ShelfView<'a> {
    /// Which kind of shelf: `languages`, `dates`, `outlets` or `tags`.
    pub kind: &'static str,
    /// What it is called; `None` where it is not known.
    pub name: Option<&'a str>,
    /// The tag of the name's language; empty where that is not known.
    pub lang: &'a str,
    /// How many documents there are in all.
    pub total: usize,
    /// Those of this page, in parts: months of a year, or one part without a name.
    pub parts: Vec<ShelfPart<'a>>,
    /// The other pages.
    pub pager: Pager,
    /// The way back to all shelves of this kind.
    pub up: String,
}

/// Some documents of a shelf.
#[derive(Clone, Debug, Serialize)]
pub struct ShelfPart<'a> {
    /// Their month; empty where they are not parted.
    pub name: String,
    /// The same in EDTF: `2023-04`.
    pub edtf: &'a str,
    /// The documents.
    pub cards: Vec<Card<'a>>,
}

/// `search.html`.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The messages that begin with `hits.`, as JSON, for the script.
    pub words: String,
    /// How many documents can be searched.
    pub documents: usize,
    /// How many languages they are in.
    pub languages: usize,
}
