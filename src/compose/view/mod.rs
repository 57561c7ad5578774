//! What a theme may see: the only types that templates are given.
//!
//! Every template has `site` ([`SiteView`]), `frame` ([`Frame`]) and `page`, which is the view that
//! bears the template's name. Addresses (`href`) are relative to the page that shows them. A value that
//! is not known is `None`, never an empty text that a template could overlook. Words of the interface
//! come from the message catalogue through the filter `say`: `{{ "count.documents" | say(n=3) }}`.

mod data;
mod lists;
mod names;
mod synopsis;
mod text;

use serde::Serialize;

use crate::vocab::lang::Direction;

pub use data::*;
pub use lists::*;
pub use names::*;
pub use synopsis::*;
pub use text::*;

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
    /// The way to the script, where the theme has one.
    pub script: Option<String>,
    /// The way to the page that offers the data.
    pub data: String,
    /// The way to the Atom feed that the page announces, where it announces one.
    pub feed: Option<String>,
    /// The way to the page on the archive itself.
    pub about: String,
    /// The way to the page of the search, where the site has one.
    pub search: Option<String>,
    /// The sections of the site.
    pub nav: Vec<NavLink>,
    /// The full address of the page, where the site's own address is known.
    pub canonical: Option<String>,
    /// The way to the `OpenSearch` description, on the page that announces it.
    pub opensearch: Option<String>,
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

/// One statement about a page, for machines: a `meta` element.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// Its name in Dublin Core, such as `DC.title`; empty where it has none.
    pub name: &'static str,
    /// Its name in Open Graph, such as `og:title`; empty where it has none.
    pub property: &'static str,
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
    /// As it is kept: EDTF level 1.
    pub edtf: String,
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
