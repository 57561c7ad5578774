//! The prints of everything that pages say of other things than their own, made from the very views that pages
//! are given.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::Serialize;

use super::pages::lists::statement_card;
use super::pages::names;
use super::pages::synopsis::first;
use super::press::Press;
use super::shelves;
use super::{Options, Search, ThemeFiles};
use crate::arrange::{DocumentId, Reason, Related, Statement, StatementId, Version};
use crate::daybook;
use crate::vocab::digest::{Fingerprint, Inputs, PROGRAM};

/// The place from which things are looked at for their prints: that of the home page.
pub(super) const ROOT: &str = "index.html";

/// The print of everything that pages say of other things than their own.
pub(super) struct Prints {
    /// The program, the theme, the options and the sections of the site.
    pub(super) site: Fingerprint,
    /// The addresses of all documents.
    pub(super) addresses: Fingerprint,
    /// The card of each document.
    pub(super) cards: Vec<Fingerprint>,
    /// The card of each statement.
    statements: Vec<Fingerprint>,
    /// What the front matter of each document says, with its name, its address and its statement.
    heads: Vec<Fingerprint>,
    /// What was found of each statement.
    synopses: Vec<Fingerprint>,
    /// What each statement is called, and what its versions say of themselves.
    cited: Vec<Fingerprint>,
    /// What each statement's versions say, and what was found of that.
    texts: Vec<Fingerprint>,
    /// What any page says that lists a name, where names are planned.
    pub(super) names: Vec<Fingerprint>,
    /// All heads, once somebody has asked for them.
    all_heads: OnceLock<Fingerprint>,
    /// What all statements are called, once somebody has asked for it.
    all_titles: OnceLock<Fingerprint>,
    /// Which documents belong together, once somebody has asked for it.
    all_groups: OnceLock<Fingerprint>,
    /// What was found of all statements and of names, once somebody has asked for it.
    all_findings: OnceLock<Fingerprint>,
    /// The names of all statements, once somebody has asked for them.
    entries: OnceLock<Fingerprint>,
}

impl Prints {
    /// Takes the prints of an archive.
    pub(super) fn of(press: &Press, theme: &ThemeFiles) -> Self {
        let archive = press.material.archive;
        let Options { title, description, base_url, interface, search, exports } = &press.options;
        let site = Inputs::default()
            .with(&(
                PROGRAM,
                title,
                description,
                base_url,
                interface,
                *search == Search::On,
                exports,
            ))
            .with(theme)
            .with(&press.frame(ROOT, ""));
        let documents = || (0..archive.documents.len() as u32).into_par_iter().map(DocumentId);
        let statements = || (0..archive.statements.len() as u32).into_par_iter().map(StatementId);
        let prints = Self {
            site: site.fingerprint(),
            addresses: press.routes.print(),
            cards: documents().map(|id| card(press, id)).collect(),
            statements: statements().map(|id| statement(press, id)).collect(),
            heads: documents().map(|id| head(press, id)).collect(),
            synopses: press.material.synopses.par_iter().map(daybook::print).collect(),
            cited: Vec::new(),
            texts: Vec::new(),
            names: Vec::new(),
            all_heads: OnceLock::new(),
            all_titles: OnceLock::new(),
            all_groups: OnceLock::new(),
            all_findings: OnceLock::new(),
            entries: OnceLock::new(),
        };
        let cited = statements().map(|id| prints.cited_of(press, id)).collect();
        let texts = statements().map(|id| prints.texts_of(press, id)).collect();
        Self { cited, texts, ..prints }
    }

    /// With the prints of the names of an archive.
    pub(super) fn with_names(self, press: &Press) -> Self {
        let entry = |it| Fingerprint::of(&names::entry(press, ROOT, it));
        Self { names: press.material.names.entries.par_iter().map(entry).collect(), ..self }
    }

    /// Takes the prints of some documents and statements again, where they are others than before and nothing
    /// else is.
    pub(super) fn retake(
        &mut self,
        press: &Press,
        (documents, statements): (&BTreeSet<DocumentId>, &BTreeSet<StatementId>),
    ) {
        for &id in documents {
            put(&mut self.cards, id.0, card(press, id));
            put(&mut self.heads, id.0, head(press, id));
        }
        for &id in statements {
            put(&mut self.statements, id.0, statement(press, id));
            put(
                &mut self.synopses,
                id.0,
                press.synopsis(id).map(daybook::print).unwrap_or_default(),
            );
            let (cited, texts) = (self.cited_of(press, id), self.texts_of(press, id));
            put(&mut self.cited, id.0, cited);
            put(&mut self.texts, id.0, texts);
        }
        self.all_heads.take();
        self.all_titles.take();
        self.all_groups.take();
        self.all_findings.take();
        self.entries.take();
    }

    /// What a statement is called, and what its versions say of themselves.
    fn cited_of(&self, press: &Press, id: StatementId) -> Fingerprint {
        let Some(statement) = press.statement(id) else { return Fingerprint::default() };
        let named = (&statement.slug, &statement.title, press.routes.statement(id));
        let mut inputs = Inputs::default().with(&named);
        inputs.add_all(statement.versions.iter().map(|it| self.head(it.document)));
        inputs.fingerprint()
    }

    /// What the versions of a statement say, and what was found of that.
    fn texts_of(&self, press: &Press, id: StatementId) -> Fingerprint {
        let versions = press.statement(id).map_or(&[][..], |it| &it.versions);
        let mut inputs = Inputs::default().with(&self.synopsis(id));
        inputs.add_all(versions.iter().map(|it| {
            let page = shelves::find(press.material.archive, it.document);
            (page.map(|it| &it.digest), self.card(it.document))
        }));
        inputs.fingerprint()
    }

    /// What any page says that names a document.
    pub(super) fn card(&self, id: DocumentId) -> Fingerprint {
        at(&self.cards, id.0)
    }

    /// What any page says that names a statement.
    pub(super) fn statement(&self, id: StatementId) -> Fingerprint {
        at(&self.statements, id.0)
    }

    /// What a document says of itself.
    pub(super) fn head(&self, id: DocumentId) -> Fingerprint {
        at(&self.heads, id.0)
    }

    /// What was found of a statement.
    pub(super) fn synopsis(&self, id: StatementId) -> Fingerprint {
        at(&self.synopses, id.0)
    }

    /// What a statement is called, and what its versions say of themselves.
    pub(super) fn cited(&self, id: StatementId) -> Fingerprint {
        at(&self.cited, id.0)
    }

    /// What the versions of a statement say, and what was found of that.
    pub(super) fn texts(&self, id: StatementId) -> Fingerprint {
        at(&self.texts, id.0)
    }

    /// Why a document stands beside another.
    pub(super) fn reason<'r>(&'r self, reason: &'r Reason) -> impl Serialize + 'r {
        let Reason { with, shared, agree, of } = reason;
        (self.card(*with), shared, agree, of)
    }

    /// What all documents say of themselves.
    pub(super) fn all_heads(&self) -> Fingerprint {
        *self.all_heads.get_or_init(|| {
            let mut inputs = Inputs::default();
            inputs.add_all(self.heads.iter());
            inputs.fingerprint()
        })
    }

    /// What all statements are called.
    pub(super) fn all_titles(&self, press: &Press) -> Fingerprint {
        *self.all_titles.get_or_init(|| {
            let mut inputs = Inputs::default();
            inputs.add_all((0..).map(StatementId).zip(&press.material.archive.statements).map(
                |(id, it)| (&it.slug, &it.title, press.routes.statement(id), it.versions.len()),
            ));
            inputs.fingerprint()
        })
    }

    /// Which documents belong together, and why: what is told besides [`Self::all_titles`].
    pub(super) fn all_groups(&self, press: &Press) -> Fingerprint {
        *self.all_groups.get_or_init(|| {
            let mut inputs = Inputs::default();
            for statement in &press.material.archive.statements {
                let Statement { slug: _, title: _, versions, related } = statement;
                inputs.add_all(versions.iter().map(|version| {
                    let Version { document, confidence, pinned, reason, relation } = version;
                    let reason = reason.as_ref().map(|it| self.reason(it));
                    (self.head(*document), confidence, pinned, reason, relation)
                }));
                inputs.add_all(related.iter().map(|it| {
                    let Related { document, reason } = it;
                    (self.head(*document), self.reason(reason))
                }));
            }
            inputs.fingerprint()
        })
    }

    /// What was found of all statements, and which names they share.
    pub(super) fn all_findings(&self, press: &Press) -> Fingerprint {
        *self.all_findings.get_or_init(|| {
            let mut inputs = Inputs::default();
            inputs.add_all(self.synopses.iter());
            inputs.add(&self.entries(press));
            inputs.fingerprint()
        })
    }

    /// Where names stand: the names, and what statements, their units and their versions are called.
    pub(super) fn all_names(&self, press: &Press) -> Fingerprint {
        let mut inputs = Inputs::default().with(&self.entries(press));
        let archive = press.material.archive;
        inputs.add_all((0..).map(StatementId).zip(&archive.statements).map(|(id, it)| {
            let document = |it: &Version| shelves::find(archive, it.document).map(|it| &it.name);
            let versions: Vec<_> = it.versions.iter().map(document).collect();
            (&it.slug, press.synopsis(id).map(first), versions)
        }));
        inputs.fingerprint()
    }

    /// The names of all statements.
    fn entries(&self, press: &Press) -> Fingerprint {
        *self.entries.get_or_init(|| daybook::print(&press.material.names.entries))
    }
}

/// The print of what any page says that names a document.
fn card(press: &Press, id: DocumentId) -> Fingerprint {
    Fingerprint::of(&press.card(ROOT, id))
}

/// The print of what any page says that names a statement.
fn statement(press: &Press, id: StatementId) -> Fingerprint {
    Fingerprint::of(&statement_card(press, ROOT, id))
}

/// The print of what a document says of itself: its name, its address, its statement, its front matter.
fn head(press: &Press, id: DocumentId) -> Fingerprint {
    let Some(document) = shelves::find(press.material.archive, id) else {
        return Fingerprint::default();
    };
    let statement = document.statement.and_then(|it| press.statement(it)).map(|it| &it.slug);
    let address = document.statement.map(|it| press.routes.statement(it));
    let own = press.routes.document(id);
    Fingerprint::of(&(&document.name, own, statement, address, &*document.head))
}

/// The print in a place; that of nothing where there is none.
fn at(prints: &[Fingerprint], place: u32) -> Fingerprint {
    prints.get(place as usize).copied().unwrap_or_default()
}

/// Puts a print in its place.
fn put(prints: &mut [Fingerprint], at: u32, print: Fingerprint) {
    if let Some(place) = prints.get_mut(at as usize) {
        *place = print;
    }
}
