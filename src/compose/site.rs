//! The site as a plan: every path once, rendered on demand.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::arrange::{DocumentId, StatementId};
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};

use super::ThemeFiles;
use super::exports::{self, Export};
use super::pages;
use super::press::Press;
use super::prints::Prints;
use super::route::{self, DATA_PAGE, NOT_FOUND};
use super::search::Index;
use super::shelves::{self, Shelf};
use super::{Search, catalogue, feed, interface};

/// How many entries one page of a list has.
pub(super) const PAGE: usize = 200;

/// How many addresses one sitemap may hold, by its protocol.
pub(super) const SITEMAP: usize = 50_000;

/// Everything the site will have.
pub struct Site<'a> {
    pub(super) press: Press<'a>,
    pub(super) plan: BTreeMap<String, Leaf>,
    pub(super) prints: Prints,
    /// The index of the search, where the site has one.
    pub(super) index: Option<Index>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Home,
    About,
    NotFound,
    Documents(usize),
    Document(DocumentId),
    Source(DocumentId),
    Statements(usize),
    Statement(StatementId),
    Shelves(Kind, usize),
    Shelf(Kind, usize, usize),
    Data,
    Search,
    Index,
    Names(usize),
    Name(usize, usize),
    Catalogue,
    Export(Export),
    Feed(feed::Of),
    SitemapIndex,
    Sitemap(usize),
    Robots,
    Empty,
    Asset,
    Words(usize),
}

impl Leaf {
    /// Whether it is a page that shows texts or leads to them, and hangs on nothing that is found in the
    /// archive as a whole.
    pub(super) fn shows_texts(self) -> bool {
        match self {
            Self::Home
            | Self::About
            | Self::NotFound
            | Self::Documents(_)
            | Self::Document(_)
            | Self::Source(_)
            | Self::Statements(_)
            | Self::Statement(_)
            | Self::Shelves(..)
            | Self::Shelf(..) => true,
            Self::Data
            | Self::Search
            | Self::Index
            | Self::Names(_)
            | Self::Name(..)
            | Self::Catalogue
            | Self::Export(_)
            | Self::Feed(_)
            | Self::SitemapIndex
            | Self::Sitemap(_)
            | Self::Robots
            | Self::Empty
            | Self::Asset
            | Self::Words(_) => false,
        }
    }
}

/// What the documents of a shelf share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Language,
    Date,
    Outlet,
    Tag,
}

impl Kind {
    /// All kinds.
    const ALL: [Self; 4] = [Self::Language, Self::Date, Self::Outlet, Self::Tag];

    /// The stem of the list of all shelves of this kind.
    pub(super) fn stem(self) -> &'static str {
        match self {
            Self::Language => "languages",
            Self::Date => "dates",
            Self::Outlet => "outlets",
            Self::Tag => "tags",
        }
    }

    /// All shelves of this kind.
    pub(super) fn shelves<'p>(self, press: &'p Press) -> &'p [Shelf] {
        match self {
            Self::Language => &press.shelves.languages,
            Self::Date => &press.shelves.years,
            Self::Outlet => &press.shelves.outlets,
            Self::Tag => &press.shelves.tags,
        }
    }
}

impl<'a> Site<'a> {
    /// Plans the site.
    pub(super) fn plan(press: Press<'a>, theme: &ThemeFiles) -> Self {
        let is_searched = press.options.search == Search::On;
        let index = || is_searched.then(|| Index::build(&press.material));
        let ((index, mut planned), prints) = rayon::join(
            || rayon::join(index, || planned(&press)),
            || Prints::of(&press, theme).with_names(&press),
        );
        if let Some(index) = &index {
            planned.push((route::SEARCH.into(), Leaf::Search));
            planned.extend(index.paths().map(|path| (path.to_owned(), Leaf::Index)));
        }
        let mut plan = in_order(planned);
        plan_machines(&press, &mut plan);
        Self { press, plan, prints, index }
    }

    /// Plans the pages that show texts: home, the lists, the documents, the statements.
    pub(super) fn plan_pages(press: Press<'a>, theme: &ThemeFiles) -> Self {
        let mut planned = Vec::new();
        plan_lists(&press, &mut planned);
        plan_texts(&press, &mut planned);
        planned.retain(|it| it.1.shows_texts());
        let prints = Prints::of(&press, theme);
        Self { press, plan: in_order(planned), prints, index: None }
    }

    /// Every path of the site, relative to its root, with `/`, in order.
    pub fn paths(&self) -> Vec<&str> {
        self.plan.keys().map(String::as_str).collect()
    }

    /// The path of a document's page.
    pub fn path_of(&self, document: DocumentId) -> String {
        self.press.routes.document(document)
    }

    /// Documents whose pages would have one path if each could have the one it is to have by its name.
    pub fn sharing(&self) -> Vec<Vec<DocumentId>> {
        let mut by_path: BTreeMap<String, Vec<DocumentId>> = BTreeMap::new();
        for (document, id) in self.press.material.archive.documents.iter().zip(0..) {
            by_path.entry(route::wanted(document)).or_default().push(DocumentId(id));
        }
        by_path.into_values().filter(|it| it.len() > 1).collect()
    }

    /// The bytes of the file at a path. Any thread may ask for any path at any time.
    pub fn render(&self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        self.render_beside(path, &|other| self.render(other).map_or(0, |it| it.len() as u64))
    }

    /// Tells which files show the same texts: they have one number, and are best set one after the other; 0
    /// for files that show none.
    pub fn shows(&self, path: &str) -> u32 {
        let archive = self.press.material.archive;
        let first = |id| self.press.statement(id).and_then(|it| it.versions.first());
        let first = |id| first(id).map(|it| it.document);
        let document = match self.plan.get(path) {
            Some(&(Leaf::Document(id) | Leaf::Source(id) | Leaf::Export(Export::Document(id)))) => {
                let statement = shelves::find(archive, id).and_then(|it| it.statement);
                statement.and_then(first).or(Some(id))
            }
            Some(&(Leaf::Statement(id) | Leaf::Export(Export::Statement(_, id)))) => first(id),
            Some(Leaf::Index) => {
                return self.index.as_ref().and_then(|it| it.texts(path)).map_or(0, |it| it + 1);
            }
            _ => None,
        };
        let number = |id: DocumentId| match &self.index {
            Some(index) => index.texts_of(id),
            None => id.0,
        };
        document.map_or(0, |it| number(it) + 1)
    }

    /// Whether the file at a path says how large others are.
    pub fn tells_sizes(&self, path: &str) -> bool {
        path == DATA_PAGE && self.plan.get(path) == Some(&Leaf::Data)
    }

    /// The bytes of the file at a path, where `size` tells how many bytes any other file of the site has.
    pub fn render_beside(
        &self,
        path: &str,
        size: &dyn Fn(&str) -> u64,
    ) -> Result<Vec<u8>, Diagnostic> {
        let press = &self.press;
        match self.plan.get(path) {
            Some(Leaf::Home) => pages::home::home(press, path),
            Some(Leaf::About) => pages::plain(press, path, "about"),
            Some(Leaf::NotFound) => pages::plain(press, path, "404"),
            Some(&Leaf::Documents(number)) => pages::lists::documents(press, path, number),
            Some(&Leaf::Document(id)) => pages::document::document(press, path, id),
            Some(&Leaf::Source(id)) => pages::source::source(press, path, id),
            Some(&Leaf::Statements(number)) => pages::lists::statements(press, path, number),
            Some(&Leaf::Statement(id)) => pages::statement::statement(press, path, id),
            Some(&Leaf::Shelves(kind, number)) => {
                pages::shelf::shelves(press, path, (kind, number))
            }
            Some(&Leaf::Shelf(kind, at, number)) => {
                pages::shelf::shelf(press, path, (kind, at, number))
            }
            Some(Leaf::Search) => pages::search::search(press, path),
            Some(Leaf::Index) => {
                Ok(self.index.as_ref().map(|it| it.render(press, path)).unwrap_or_default())
            }
            Some(&Leaf::Names(number)) => pages::names::names(press, path, number),
            Some(&Leaf::Name(at, number)) => pages::names::name(press, path, (at, number)),
            Some(Leaf::Catalogue) => Ok(catalogue::catalogue(press)),
            Some(Leaf::Data) => pages::data::data(press, path, size),
            Some(&Leaf::Export(export)) => Ok(exports::render(press, export)),
            Some(&Leaf::Feed(of)) => Ok(feed::atom(press, path, of).into_bytes()),
            Some(Leaf::SitemapIndex) => {
                Ok(feed::sitemap_index(press, self.sitemaps()).into_bytes())
            }
            Some(&Leaf::Sitemap(number)) => {
                Ok(feed::sitemap(press, self.on_sitemap(number)).into_bytes())
            }
            Some(Leaf::Robots) => Ok(feed::robots(press).into_bytes()),
            Some(Leaf::Empty) => Ok(Vec::new()),
            Some(&Leaf::Words(at)) => pages::words(press, at).map(String::into_bytes),
            Some(Leaf::Asset) => Ok(pages::asset(press, path).into_bytes()),
            None => Err(Diagnostic::new(
                Code::BrokenLink,
                Place::file(path),
                format!("the site has no file `{path}`"),
            )),
        }
    }

    /// The paths of the pages that readers may be led to.
    pub(super) fn pages(&self) -> impl Iterator<Item = &str> {
        let is_page = |path: &&str| route::is_page(path) && *path != NOT_FOUND;
        self.plan.keys().map(String::as_str).filter(is_page)
    }

    /// How many sitemaps there are.
    pub(super) fn sitemaps(&self) -> usize {
        self.pages().count().div_ceil(SITEMAP)
    }
}

/// Files of the site with their paths, in any order; of several at one path the last counts.
type Planned = Vec<(String, Leaf)>;

/// Plans everything that is known before the index of the search.
fn planned(press: &Press) -> Planned {
    let mut plan = Vec::new();
    plan_lists(press, &mut plan);
    plan_texts(press, &mut plan);
    plan.extend(exports::plan(press).into_iter().map(|(path, it)| (path, Leaf::Export(it))));
    plan
}

/// A plan in the order of its paths.
fn in_order(mut planned: Planned) -> BTreeMap<String, Leaf> {
    // A map is made in less time from what is in order, and this order is made by all workers.
    planned.par_sort_by(|a, b| a.0.cmp(&b.0));
    planned.into_iter().collect()
}

/// Plans home, the lists and the shelves.
fn plan_lists(press: &Press, plan: &mut Planned) {
    plan.push(("index.html".into(), Leaf::Home));
    plan.push(("about.html".into(), Leaf::About));
    plan.push((DATA_PAGE.into(), Leaf::Data));
    plan.push((NOT_FOUND.into(), Leaf::NotFound));
    for number in 1..=pages_of(press.shelves.documents.len()) {
        plan.push((route::numbered("documents", number), Leaf::Documents(number)));
    }
    for number in 1..=pages_of(press.shelves.statements.len()) {
        plan.push((route::numbered("statements", number), Leaf::Statements(number)));
    }
    plan_names(press, plan);
    for kind in Kind::ALL {
        let shelves = kind.shelves(press);
        if !(shelves.is_empty() && kind == Kind::Tag) {
            for number in 1..=pages_of(shelves.len()) {
                plan.push((route::numbered(kind.stem(), number), Leaf::Shelves(kind, number)));
            }
        }
        for (at, shelf) in shelves.iter().enumerate() {
            for number in 1..=pages_of(shelf.documents.len()) {
                plan.push((route::numbered(&shelf.stem, number), Leaf::Shelf(kind, at, number)));
            }
        }
    }
}

/// Plans the list of names and the pages of each.
fn plan_names(press: &Press, plan: &mut Planned) {
    let names = &press.material.names.entries;
    if !names.is_empty() {
        for number in 1..=pages_of(names.len()) {
            plan.push((route::numbered("names", number), Leaf::Names(number)));
        }
    }
    for (at, name) in names.iter().enumerate() {
        for number in 1..=pages_of(pages::names::statements(name).len()) {
            plan.push((route::numbered(&route::name_stem(name), number), Leaf::Name(at, number)));
        }
    }
}

/// Plans the pages of documents and statements.
fn plan_texts(press: &Press, plan: &mut Planned) {
    for (at, document) in press.material.archive.documents.iter().enumerate() {
        let id = DocumentId(at as u32);
        plan.push((press.routes.document(id), Leaf::Document(id)));
        if document.head.seed.is_some() {
            plan.push((press.routes.source(id), Leaf::Source(id)));
        }
    }
    for at in 0..press.material.archive.statements.len() {
        let id = StatementId(at as u32);
        plan.push((press.routes.statement(id), Leaf::Statement(id)));
    }
}

/// Plans what machines read.
fn plan_machines(press: &Press, plan: &mut BTreeMap<String, Leaf>) {
    plan.insert("archive.json".into(), Leaf::Catalogue);
    plan.insert(".nojekyll".into(), Leaf::Empty);
    let off = press.options.search == Search::Off;
    for name in press.theme.assets().filter(|name| !(off && name.starts_with("search"))) {
        plan.insert(name.to_owned(), Leaf::Asset);
    }
    if press.theme.scripted() {
        for (at, lang) in interface::languages(press.theme.files()).enumerate() {
            plan.insert(route::words(lang), Leaf::Words(at));
        }
    }
    if press.routes.is_public() {
        let pages = plan.keys().filter(|path| route::is_page(path)).count() - 1;
        plan.extend(feed::plan(press).into_iter().map(|(path, it)| (path, Leaf::Feed(it))));
        plan.insert("robots.txt".into(), Leaf::Robots);
        match pages.div_ceil(SITEMAP) {
            0 | 1 => {
                plan.insert("sitemap.xml".into(), Leaf::Sitemap(1));
            }
            many => {
                plan.insert("sitemap.xml".into(), Leaf::SitemapIndex);
                for number in 1..=many {
                    plan.insert(format!("sitemap-{number}.xml"), Leaf::Sitemap(number));
                }
            }
        }
    }
}

/// How many pages a list of some entries has: one at least.
pub(super) fn pages_of(entries: usize) -> usize {
    entries.div_ceil(PAGE).max(1)
}
