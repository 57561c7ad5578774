//! What a theme may see of names: the list of all, and the page of one.

use serde::Serialize;

use super::{LanguageView, Pager, StatementCard};
use crate::vocab::lang::Direction;

/// `names.html`: all names, one page of them.
#[derive(Clone, Debug, Serialize)]
pub struct NamesView<'a> {
    /// How many there are in all.
    pub total: usize,
    /// Those of this page.
    pub entries: Vec<NameEntry<'a>>,
    /// The other pages.
    pub pager: Pager,
}

/// A name in a list.
#[derive(Clone, Debug, Serialize)]
pub struct NameEntry<'a> {
    /// The form under which it is listed.
    pub heading: &'a str,
    /// The tag of that form's language; empty where a curator gave the heading.
    pub lang: &'a str,
    /// The direction of the heading.
    pub dir: Direction,
    /// The way to its page.
    pub href: String,
    /// Its most frequent form in each of its other languages.
    pub forms: Vec<FormView<'a>>,
    /// How many documents have it.
    pub documents: usize,
    /// Under which letter it stands; empty where the letter goes on.
    pub letter: String,
}

/// A form of a name.
#[derive(Clone, Debug, Serialize)]
pub struct FormView<'a> {
    /// As it is written.
    pub written: &'a str,
    /// The tag of its language.
    pub lang: &'a str,
    /// Its direction.
    pub dir: Direction,
    /// In how many passages of the aligned versions it stands.
    pub count: usize,
}

/// `name.html`: one name.
#[derive(Clone, Debug, Serialize)]
pub struct NameView<'a> {
    /// The form under which it is listed.
    pub heading: &'a str,
    /// The tag of that form's language; empty where a curator gave the heading.
    pub lang: &'a str,
    /// The direction of the heading.
    pub dir: Direction,
    /// Its forms by language.
    pub languages: Vec<NameLanguage<'a>>,
    /// Names that are a part of this one, or of which it is a part.
    pub kin: Vec<NameEntry<'a>>,
    /// How many statements have it.
    pub total: usize,
    /// The statements of this page.
    pub statements: Vec<NameStatement<'a>>,
    /// The other pages of its statements.
    pub pager: Pager,
    /// The way back to all names.
    pub up: String,
}

/// The forms of a name in one language.
#[derive(Clone, Debug, Serialize)]
pub struct NameLanguage<'a> {
    /// The language.
    pub language: LanguageView<'a>,
    /// The forms, the most frequent first.
    pub forms: Vec<FormView<'a>>,
}

/// A statement that has a name.
#[derive(Clone, Debug, Serialize)]
pub struct NameStatement<'a> {
    /// The statement.
    pub card: StatementCard<'a>,
    /// Which version has it in which form, and where.
    pub spots: Vec<Spot<'a>>,
}

/// A form of a name in one version.
#[derive(Clone, Debug, Serialize)]
pub struct Spot<'a> {
    /// The form.
    pub form: FormView<'a>,
    /// The name that the language gives itself.
    pub language: &'a str,
    /// The way to the document.
    pub href: String,
    /// The rows of the statement's page in which it stands.
    pub rows: Vec<RowLink>,
}

/// A row of a statement's page.
#[derive(Clone, Debug, Serialize)]
pub struct RowLink {
    /// Its number.
    pub number: usize,
    /// The way there.
    pub href: String,
}
