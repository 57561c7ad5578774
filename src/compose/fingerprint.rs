//! The fingerprint of each file of the site: a digest of everything that its bytes hang on.
//!
//! A file that has the fingerprint of the last build is not set again. What a kind of page hangs on is
//! said in its arm of [`Site::inputs`] and nowhere else: the program, the theme, the options and the path
//! are always in it. What pages say of other things has a print of its own ([`Prints`](super::prints::Prints)), made from the
//! very view that a page is given, so that a new field of a card cannot be forgotten.

use super::exports::{self, About, Export, Format};
use super::feed;
use super::pages::lists::part;
use super::pages::{home, names, shelf, synopsis};
use super::prints::ROOT;
use super::shelves;
use super::site::{Kind, Leaf, Site};
use crate::arrange::{DocumentId, Related, Statement, StatementId, Version};
use crate::vocab::digest::{Fingerprint, Inputs};

impl Site<'_> {
    /// The fingerprint of the file at a path. Any thread may ask for any path at any time.
    pub fn fingerprint(&self, path: &str) -> Fingerprint {
        let mut inputs = Inputs::default().with(&(self.prints.site, path));
        if let Some(leaf) = self.plan.get(path) {
            self.inputs(path, leaf, &mut inputs);
        }
        inputs.fingerprint()
    }

    /// Takes in what the file at a path hangs on.
    fn inputs(&self, path: &str, leaf: &Leaf, inputs: &mut Inputs) {
        let press = &self.press;
        let shelves = &press.shelves;
        match *leaf {
            Leaf::About | Leaf::NotFound | Leaf::Robots | Leaf::Empty | Leaf::Words(_) => {}
            Leaf::Home => inputs.add(&home::view(press, path)),
            Leaf::Documents(number) => self.part(&shelves.documents, number, inputs),
            Leaf::Document(id) => self.document(id, inputs),
            Leaf::Source(id) => self.source(id, inputs),
            Leaf::Statements(number) => {
                inputs.add(&shelves.statements.len());
                let ids = part(&shelves.statements, number).iter();
                inputs.add_all(ids.map(|&id| self.prints.statement(id)));
            }
            Leaf::Statement(id) => self.statement(id, inputs),
            Leaf::Shelves(kind, number) => inputs.add(&shelf::list(press, path, (kind, number))),
            Leaf::Shelf(kind, at, number) => self.shelf((kind, at, number), inputs),
            Leaf::Search => inputs.add(&(shelves.documents.len(), shelves.languages.len())),
            Leaf::Index => {
                let found = |id| self.prints.synopsis(id);
                inputs.add(&self.index.as_ref().and_then(|it| it.fingerprint(press, path, &found)));
            }
            Leaf::Names(number) => self.names(number, inputs),
            Leaf::Name(at, number) => self.name((at, number), inputs),
            Leaf::Catalogue => self.catalogue(inputs),
            Leaf::Data => self.whole(About::Findings, inputs),
            Leaf::Export(export) => self.export(export, inputs),
            Leaf::Feed(of) => {
                inputs.add(&feed::shelf(press, of).map(|it| &it.key));
                let newest = feed::newest(press, of).into_iter();
                inputs.add_all(newest.map(|(id, it)| (self.prints.card(id), &it.digest)));
            }
            Leaf::SitemapIndex => inputs.add(&self.sitemaps()),
            Leaf::Sitemap(number) => inputs.add_all(self.on_sitemap(number)),
            Leaf::Asset => inputs.add(&press.most_versions()),
        }
    }

    /// A file that can be taken away.
    fn export(&self, export: Export, inputs: &mut Inputs) {
        match export {
            Export::Package | Export::Citation | Export::OpenSearch => {}
            Export::Statement(format, id) => self.versions(format, id, inputs),
            Export::Document(id) => inputs.add(&self.prints.head(id)),
            Export::Manifest => self.whole(About::Heads, inputs),
            Export::Bibliography => self.whole(About::Titles, inputs),
            Export::Table(at) => self.whole(exports::about(at), inputs),
        }
    }

    /// A statement as it is given out: its versions, and where their texts are in it, those and what was
    /// found of them.
    fn versions(&self, format: Format, id: StatementId, inputs: &mut Inputs) {
        inputs.add(&self.prints.cited(id));
        if format.has_texts() {
            inputs.add(&self.prints.texts(id));
        }
    }

    /// Something of the whole archive.
    fn whole(&self, about: About, inputs: &mut Inputs) {
        if about == About::Names {
            return inputs.add(&self.prints.all_names(&self.press));
        }
        inputs.add(&self.prints.all_heads());
        if about >= About::Titles {
            inputs.add(&self.prints.all_titles(&self.press));
        }
        if about >= About::Groups {
            inputs.add(&self.prints.all_groups(&self.press));
        }
        if about >= About::Findings {
            inputs.add(&self.prints.all_findings(&self.press));
        }
    }

    /// A page of a list: how long the list is, and the cards on this page.
    fn part(&self, all: &[DocumentId], number: usize, inputs: &mut Inputs) {
        inputs.add(&all.len());
        inputs.add_all(part(all, number).iter().map(|&id| self.prints.card(id)));
    }

    /// A page of a shelf: what it is called, and its part of the list.
    fn shelf(&self, (kind, at, number): (Kind, usize, usize), inputs: &mut Inputs) {
        if let Some(shelf) = kind.shelves(&self.press).get(at) {
            inputs.add(&shelf.key);
            self.part(&shelf.documents, number, inputs);
        }
    }

    /// The page of a document: its content page, its card, the ways to its shelves, the cards of the
    /// other versions; all addresses where its text leads to other documents.
    fn document(&self, id: DocumentId, inputs: &mut Inputs) {
        let press = &self.press;
        let Some(document) = shelves::find(press.material.archive, id) else { return };
        inputs.add(&(&document.digest, self.prints.card(id)));
        inputs.add(&press.outlet_href(ROOT, document.head.outlet.as_deref().map(str::trim)));
        let tags = document.head.tags.iter();
        inputs.add_all(tags.map(|it| press.shelf_href(ROOT, press.shelves.tag(it.trim()))));
        let statement = document.statement.and_then(|it| press.statement(it));
        let versions = statement.iter().flat_map(|it| &it.versions);
        let role = |id| shelves::find(press.material.archive, id).map(|it| it.head.role);
        inputs.add_all(versions.map(|it| (self.prints.card(it.document), role(it.document))));
        if (press.material.leads_on)(id) {
            inputs.add(&self.prints.addresses);
        }
    }

    /// A page of the list of names: how long the list is, and what it says of each of its part.
    fn names(&self, number: usize, inputs: &mut Inputs) {
        let all = &self.press.material.names.entries;
        inputs.add(&all.len());
        inputs.add_all(part(&self.prints.names, number).iter());
    }

    /// The page of a name: what is said of it as a whole, and for each statement on this page its card, and
    /// where in which version which form stands.
    fn name(&self, (at, number): (usize, usize), inputs: &mut Inputs) {
        let press = &self.press;
        let all = &press.material.names.entries;
        let Some(name) = all.get(at) else { return };
        let statements = names::statements(name);
        inputs.add(&(&name.slug, &name.heading, statements.len()));
        inputs.add(&names::languages(press, ROOT, name));
        inputs.add_all(name.kin.iter().map(|it| self.prints.names.get(*it as usize)));
        for &at in part(&statements, number) {
            let id = StatementId(at);
            let versions = press.statement(id).map_or(&[][..], |it| &it.versions);
            inputs.add(&(self.prints.statement(id), press.synopsis(id).map(synopsis::first)));
            inputs.add_all(versions.iter().map(|it| press.routes.document(it.document)));
            for form in &name.forms {
                let here = names::here(form, at).iter();
                inputs.add_all(here.map(|it| (it.version, it.unit)));
            }
        }
    }

    /// The source view: the content page, the card and the raw file.
    fn source(&self, id: DocumentId, inputs: &mut Inputs) {
        let material = &self.press.material;
        let Some(document) = shelves::find(material.archive, id) else { return };
        let seed = document.head.seed.as_deref().and_then(|seed| (material.seed_digest)(seed));
        inputs.add(&(&document.digest, self.prints.card(id), seed));
    }

    /// The page of a statement: its card, what was found of it, and of each version the content page and
    /// the card.
    fn statement(&self, id: StatementId, inputs: &mut Inputs) {
        let archive = self.press.material.archive;
        let Some(statement) = self.press.statement(id) else { return };
        let Statement { slug, title, versions, related } = statement;
        inputs.add(&(slug, title, self.prints.statement(id), self.prints.synopsis(id)));
        inputs.add_all(versions.iter().map(|version| {
            let Version { document, confidence, pinned, reason, relation } = version;
            let page = shelves::find(archive, *document).map(|it| &it.digest);
            let reason = reason.as_ref().map(|it| self.prints.reason(it));
            (page, self.prints.card(*document), confidence, pinned, reason, relation)
        }));
        inputs.add_all(related.iter().map(|it| {
            let Related { document, reason } = it;
            (self.prints.card(*document), self.prints.reason(reason))
        }));
    }

    /// The catalogue: every document and every statement.
    fn catalogue(&self, inputs: &mut Inputs) {
        let archive = self.press.material.archive;
        inputs.add_all(archive.documents.iter().zip(&self.prints.cards).map(|(it, card)| {
            (&it.name, card, &it.head.outlet, &it.head.date, &it.head.seed, &it.head.sha256)
        }));
        inputs.add_all(archive.statements.iter().zip(0..).map(|(it, at)| {
            let versions: Vec<u32> = it.versions.iter().map(|it| it.document.0).collect();
            (&it.slug, &it.title, self.press.routes.statement(StatementId(at)), versions)
        }));
    }

    /// The pages that a sitemap names, which is counted from 1.
    pub(super) fn on_sitemap(&self, number: usize) -> impl Iterator<Item = &str> {
        let from = number.saturating_sub(1) * super::site::SITEMAP;
        self.pages().skip(from).take(super::site::SITEMAP)
    }
}
