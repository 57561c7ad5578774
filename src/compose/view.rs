//! What a theme may see: the only types that templates are given.
//!
//! Every template has `site` ([`SiteView`]), `frame` ([`Frame`]) and `page`, which is the view that
//! bears the template's name. Addresses (`href`) are relative to the page that shows them. A value that
//! is not known is `None`, never an empty text that a template could overlook. Words of the interface
//! come from the message catalogue through the filter `say`: `{{ "count.documents" | say(n=3) }}`.

use serde::Serialize;

use crate::vocab::lang::Direction;

pub use super::view_synopsis::*;

/// The archive as a whole.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// Its name.
    pub title: String,
    /// A sentence on what it holds; may be empty.
    pub description: String,
    /// The language of the interface.
    pub lang: String,
    /// The direction of the interface.
    pub dir: Direction,
    /// Whether the site's own address is known, so that there are feeds and a sitemap.
    pub public: bool,
    /// Whether any document has a tag.
    pub tagged: bool,
}

/// What stands around the content of every page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// The path of the page inside the site.
    pub path: String,
    /// The title for the window and for search engines.
    pub title: String,
    /// A sentence for search engines; may be empty.
    pub description: String,
    /// The way to the home page.
    pub home: String,
    /// The way to the style sheet.
    pub style: String,
    /// The way to the script.
    pub script: String,
    /// The way to `archive.json`.
    pub data: String,
    /// The way to the Atom feed, where there is one.
    pub feed: Option<String>,
    /// The way to the page on the archive itself.
    pub about: String,
    /// The sections of the site.
    pub nav: Vec<NavLink>,
    /// The full address of the page, where the site's own address is known.
    pub canonical: Option<String>,
    /// The same text in other languages, as full addresses.
    pub alternates: Vec<Alternate>,
    /// Dublin Core and Open Graph: what goes into `meta` elements.
    pub facts: Vec<Fact>,
    /// A JSON-LD description, safe inside a `script` element; empty where there is none.
    pub ld: String,
}

/// A section of the site.
#[derive(Clone, Debug, Serialize)]
pub struct NavLink {
    /// Which one; `nav.` and this is its message.
    pub id: &'static str,
    /// The way there.
    pub href: String,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// The same text at another address.
#[derive(Clone, Debug, Serialize)]
pub struct Alternate {
    /// Its language, or `x-default`.
    pub lang: String,
    /// Its full address.
    pub href: String,
}

/// One statement about a page, for machines.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// `name` or `property`.
    pub attribute: &'static str,
    /// Such as `DC.title`.
    pub name: &'static str,
    /// Its value.
    pub content: String,
}

/// A language.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageView<'a> {
    /// Its BCP 47 tag.
    pub tag: &'a str,
    /// Its direction.
    pub dir: Direction,
    /// The name it gives itself.
    pub name: &'a str,
    /// The way to its page.
    pub href: String,
    /// How many documents it has where that is what is shown, else 0.
    pub count: usize,
}

/// A date.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// In the language of the interface.
    pub text: String,
    /// For the `datetime` attribute, where the date is exact.
    pub iso: Option<String>,
    /// What it stands on; `basis.` and this is its message.
    pub basis: Option<&'static str>,
    /// The way to the page of its year.
    pub href: Option<String>,
}

/// A document as it is named in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Card<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its language.
    pub language: LanguageView<'a>,
    /// The way to its page.
    pub href: String,
    /// Its date.
    pub date: Option<DateView>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// How many versions its statement has; 0 where it stands alone.
    pub versions: usize,
    /// The way to its statement.
    pub statement: Option<String>,
}

/// A statement as it is named in a list.
#[derive(Clone, Debug, Serialize)]
pub struct StatementCard<'a> {
    /// Its title.
    pub title: &'a str,
    /// The tag of the title's language.
    pub lang: &'a str,
    /// The direction of the title.
    pub dir: Direction,
    /// The way to its page.
    pub href: String,
    /// Its date: the earliest that a version names.
    pub date: Option<DateView>,
    /// How many versions it has.
    pub versions: usize,
    /// Their languages, each once.
    pub languages: Vec<LanguageView<'a>>,
    /// What differs between the versions, in numbers.
    pub differ: Tally,
}

/// The pages of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pager {
    /// Which page this is, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The way to the page before.
    pub previous: Option<String>,
    /// The way to the page after.
    pub next: Option<String>,
    /// The pages that are named: the first, the last and those nearby.
    pub pages: Vec<PageLink>,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct PageLink {
    /// Its number; 0 stands for pages that are left out here.
    pub number: usize,
    /// The way there.
    pub href: String,
    /// Whether it is the one that is shown.
    pub current: bool,
}

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
    /// Documents by year, oldest first.
    pub timeline: Vec<Bar>,
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
    /// What it stands for; empty where that is not known.
    pub label: String,
    /// How many documents.
    pub count: usize,
    /// Its length, from 1 to 100.
    pub length: usize,
    /// The way to their page.
    pub href: String,
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
    /// The entries.
    pub entries: Vec<ShelfEntry<'a>>,
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
    /// The documents.
    pub cards: Vec<Card<'a>>,
}

/// `document.html`.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView<'a> {
    /// The document as lists name it.
    pub card: Card<'a>,
    /// A second title line.
    pub subtitle: Option<&'a str>,
    /// The outlet's section.
    pub section: Option<&'a str>,
    /// The place of the dateline.
    pub dateline: Option<&'a str>,
    /// Who signed it.
    pub author: Option<&'a str>,
    /// The way to the page of its outlet.
    pub outlet_href: String,
    /// The address it was taken from, as it is written.
    pub source_url: Option<&'a str>,
    /// Whether that address may be followed.
    pub source_linked: bool,
    /// When it was taken.
    pub captured_at: Option<&'a str>,
    /// Under which rights it stands.
    pub rights: Option<&'a str>,
    /// Whether the rights are an address that may be followed.
    pub rights_linked: bool,
    /// What it is to its statement; `role.` and this is its message.
    pub role: Option<&'static str>,
    /// The curator's tags.
    pub tags: Vec<Link<'a>>,
    /// The raw file.
    pub seed: Option<&'a str>,
    /// Its encoding, where that is not UTF-8.
    pub encoding: Option<&'a str>,
    /// Its hash.
    pub sha256: Option<&'a str>,
    /// How many lines were removed.
    pub removed: usize,
    /// The way to the raw file beside what was kept.
    pub source: Option<String>,
    /// The outlet's own words around the statement.
    pub frame: &'a [String],
    /// The text as HTML, safe; its nth passage has the id `pn`.
    pub text: String,
    /// The other versions of the statement.
    pub others: Vec<Card<'a>>,
    /// How many passages the text has.
    pub passages: u32,
    /// The full address of the page, or its path where the site's own address is not known.
    pub address: String,
}

/// A name with a way to it.
#[derive(Clone, Debug, Serialize)]
pub struct Link<'a> {
    /// The name.
    pub name: &'a str,
    /// The way.
    pub href: String,
}

/// `source.html`: the raw file beside what was kept of it.
#[derive(Clone, Debug, Serialize)]
pub struct Source<'a> {
    /// The document.
    pub card: Card<'a>,
    /// The name of the raw file.
    pub seed: Option<&'a str>,
    /// Its hash.
    pub sha256: Option<&'a str>,
    /// Its encoding, where that is not UTF-8.
    pub encoding: Option<&'a str>,
    /// Whether the raw file is at hand; else the lines are only those that were removed.
    pub present: bool,
    /// Its lines.
    pub lines: Vec<Line>,
    /// How many lines are not shown.
    pub more: usize,
    /// How many lines were kept.
    pub kept: usize,
    /// How many were removed, in whole or in part.
    pub removed: usize,
    /// Passages that no line has: number and text.
    pub added: Vec<(u32, String)>,
}

/// A line of a raw file and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// The line as HTML, safe; characters that cannot be seen are marks.
    pub raw: String,
    /// `title`, `head`, `kept`, `removed`, `part`, `changed`, `markup` or `blank`.
    pub fate: &'static str,
    /// The rule that removed it; empty where none did.
    pub rule: String,
    /// The passage it became, from 1; 0 where it became none.
    pub passage: u32,
    /// The way to that passage; empty where there is none.
    pub href: String,
    /// What stands in the page, where that differs from the line; else empty.
    pub cleaned: String,
}
