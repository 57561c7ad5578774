//! The press: everything a page is set from, and the parts that all pages share.

use std::sync::Arc;

use crate::arrange::{DocumentId, Statement, StatementId};
use crate::collate::Synopsis;
use crate::error::Error;
use crate::vocab::date::{Basis, Date};
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::lang::Lang;
use crate::vocab::page::{Head, Page};

use super::at_hand::{AtHand, Text};
use super::highlight::Highlighter;
use super::route::{self, FEED, Routes};
use super::shelves::{self, Shelf, Shelves};
use super::theme::{SCRIPT, Theme};
use super::view::{Card, DateView, Frame, LanguageView, NavLink, PageLink, Pager, SiteView};
use super::words::Words;
use super::{Material, Options, Search, ThemeFiles};

/// Everything a page is set from.
pub(super) struct Press<'a> {
    pub(super) material: Material<'a>,
    pub(super) options: Options,
    pub(super) routes: Routes,
    pub(super) shelves: Shelves,
    pub(super) words: Arc<Words>,
    pub(super) theme: Theme,
    pub(super) highlighter: Highlighter,
    pub(super) at_hand: AtHand,
}

impl<'a> Press<'a> {
    /// Makes ready.
    pub(super) fn new(
        material: Material<'a>,
        theme: &ThemeFiles,
        options: &Options,
    ) -> Result<Self, Error> {
        let words = Words::load(theme, &options.interface)
            .map_err(|diagnostic| Error::Faults(vec![diagnostic]))?;
        let words = Arc::new(words);
        let (shelves, routes) = rayon::join(
            || Shelves::new(material.archive),
            || Routes::new(material.archive, &options.base_url),
        );
        let site = SiteView {
            title: options.title.clone(),
            description: options.description.clone(),
            lang: words.lang().to_string(),
            dir: words.lang().direction(),
            public: !options.base_url.is_empty(),
            tagged: !shelves.tags.is_empty(),
        };
        Ok(Self {
            routes,
            theme: Theme::load(theme, &words, &site)?,
            options: options.clone(),
            highlighter: Highlighter::default(),
            at_hand: AtHand::default(),
            material,
            shelves,
            words,
        })
    }

    /// The head and the margins of a page: the parts that all pages share.
    pub(super) fn frame(&self, path: &str, title: &str) -> Frame {
        let to = |target: &str| self.routes.href(path, target);
        let public = self.routes.is_public();
        Frame {
            path: path.to_owned(),
            title: title.to_owned(),
            home: to("index.html"),
            style: to("style.css"),
            script: self.theme.scripted().then(|| to(SCRIPT)),
            data: to(route::DATA_PAGE),
            about: to("about.html"),
            search: (self.options.search == Search::On).then(|| to(route::SEARCH)),
            opensearch: self.announces(path).then(|| to(route::OPENSEARCH)),
            feed: public.then(|| to(FEED)),
            canonical: public.then(|| self.routes.absolute(path)),
            nav: self.nav(path),
            ..Frame::default()
        }
    }

    /// Whether a page tells browsers how the archive is searched.
    fn announces(&self, path: &str) -> bool {
        self.searchable_from_outside() && matches!(path, "index.html" | route::SEARCH)
    }

    /// Whether a browser can be told an address at which the archive is searched.
    pub(super) fn searchable_from_outside(&self) -> bool {
        self.options.search == Search::On && self.routes.is_public()
    }

    /// The sections of the site, as a page shows them.
    fn nav(&self, path: &str) -> Vec<NavLink> {
        let all = [
            ("statements", !self.shelves.statements.is_empty()),
            ("documents", true),
            ("languages", true),
            ("dates", true),
            ("outlets", true),
            ("tags", !self.shelves.tags.is_empty()),
            ("names", !self.material.names.entries.is_empty()),
        ];
        let section = path.split(['/', '.', '-']).next().unwrap_or_default();
        let section = if section == "sources" { "documents" } else { section };
        all.into_iter()
            .filter(|(_, there)| *there)
            .map(|(id, _)| NavLink {
                id,
                href: self.routes.href(path, &route::numbered(id, 1)),
                current: section == id,
            })
            .collect()
    }

    /// Sets a page from a template.
    pub(super) fn set<P: serde::Serialize>(
        &self,
        template: &str,
        frame: &Frame,
        page: &P,
    ) -> Result<Vec<u8>, Diagnostic> {
        self.theme.set(template, frame, page)
    }

    /// A message of the catalogue.
    pub(super) fn say(&self, id: &str) -> String {
        self.words.say(id, &[])
    }

    /// A document as a list on some page names it.
    pub(super) fn card(&self, from: &str, id: DocumentId) -> Option<Card<'a>> {
        let document = shelves::find(self.material.archive, id)?;
        let head = &document.head;
        let statement = document.statement;
        let versions =
            statement.and_then(|it| self.statement(it)).map_or(0, |it| it.versions.len());
        Some(Card {
            title: &head.title,
            language: self.language(from, &head.lang),
            href: self.routes.href(from, &self.routes.document(id)),
            date: self.date(from, head),
            outlet: head.outlet.as_deref().map(str::trim).filter(|outlet| !outlet.is_empty()),
            versions,
            statement: statement.map(|it| self.routes.href(from, &self.routes.statement(it))),
        })
    }

    /// Documents as a list on some page names them.
    pub(super) fn cards(&self, from: &str, ids: &[DocumentId]) -> Vec<Card<'a>> {
        ids.iter().filter_map(|&id| self.card(from, id)).collect()
    }

    /// The text of a document. A page that has gone meanwhile is empty.
    pub(super) fn text(&self, id: DocumentId, head: &Head) -> Arc<Text> {
        let empty = || Page { head: head.clone(), body: String::new() };
        self.at_hand.text(id, || (self.material.page)(id).unwrap_or_else(empty))
    }

    /// A statement of the archive.
    pub(super) fn statement(&self, id: StatementId) -> Option<&'a Statement> {
        self.material.archive.statements.get(id.0 as usize)
    }

    /// How many versions a statement has at most.
    pub(super) fn most_versions(&self) -> usize {
        let versions = self.material.archive.statements.iter().map(|it| it.versions.len());
        versions.max().unwrap_or(0)
    }

    /// The synopsis of a statement.
    pub(super) fn synopsis(&self, id: StatementId) -> Option<&'a Synopsis> {
        self.material.synopses.get(id.0 as usize)
    }

    /// A language as some page shows it.
    pub(super) fn language(&self, from: &str, lang: &'a Lang) -> LanguageView<'a> {
        let own = self.shelves.language(lang.as_str());
        let stem = own.map_or("languages", |it| it.stem.as_str());
        LanguageView {
            tag: lang.as_str(),
            dir: lang.direction(),
            name: lang.autonym(),
            href: self.routes.href(from, &route::numbered(stem, 1)),
            count: 0,
        }
    }

    /// The date of a document as some page shows it.
    pub(super) fn date(&self, from: &str, head: &Head) -> Option<DateView> {
        let date = head.date.as_ref()?;
        let year = date.as_str().get(..4);
        let own = self.shelves.years.iter().find(|it| Some(it.key.as_str()) == year);
        Some(DateView {
            text: self.words.date(date),
            edtf: date.to_string(),
            iso: exact(date),
            basis: head.date_basis.map(basis),
            href: own.map(|it| self.routes.href(from, &route::numbered(&it.stem, 1))),
        })
    }

    /// The way to the page of an outlet.
    pub(super) fn outlet_href(&self, from: &str, outlet: Option<&str>) -> String {
        self.shelf_href(from, self.shelves.outlet(outlet.unwrap_or_default()))
    }

    /// The way to a shelf; home where there is none.
    pub(super) fn shelf_href(&self, path: &str, found: Option<&Shelf>) -> String {
        let stem = found.map_or("index", |it| &it.stem);
        self.routes.href(path, &route::numbered(stem, 1))
    }

    /// The pages of a list, as one of them shows them.
    pub(super) fn pager(&self, stem: &str, number: usize, total: usize) -> Pager {
        let from = route::numbered(stem, number);
        let href = |to: usize| self.routes.href(&from, &route::numbered(stem, to));
        let near = |page: &usize| *page == 1 || *page == total || page.abs_diff(number) <= 2;
        let mut pages: Vec<PageLink> = Vec::new();
        for page in (1..=total).filter(near) {
            let last = pages.last().map_or(0, |it| it.number);
            if page > last + 1 {
                pages.push(PageLink { number: 0, href: String::new(), current: false });
            }
            pages.push(PageLink { number: page, href: href(page), current: page == number });
        }
        Pager {
            number,
            total,
            previous: (number > 1).then(|| href(number - 1)),
            next: (number < total).then(|| href(number + 1)),
            pages: if total > 1 { pages } else { Vec::new() },
        }
    }
}

/// A date for the `datetime` attribute, which knows no doubt.
fn exact(date: &Date) -> Option<String> {
    let text = date.as_str();
    text.bytes().all(|it| it.is_ascii_digit() || it == b'-').then(|| text.to_owned())
}

/// The message that names what a date stands on.
pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Text => "text",
        Basis::Dateline => "dateline",
        Basis::Weekday => "weekday",
        Basis::Sidecar => "sidecar",
        Basis::Curator => "curator",
    }
}
