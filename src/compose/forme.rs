//! The pages that show texts, planned and kept standing while the material goes: a forme is what a printer
//! locks up and keeps for the next impression.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fingerprint::{Prints, ROOT, head};
use super::highlight::Highlighter;
use super::pages::lists::statement_card;
use super::press::Press;
use super::route::Routes;
use super::shelves::Shelves;
use super::site::{Leaf, Site};
use super::theme::Theme;
use super::words::Words;
use super::{Material, Options};
use crate::arrange::{DocumentId, StatementId};
use crate::daybook;
use crate::vocab::digest::Fingerprint;

/// A planned site without what it is made of: its pages that show texts.
pub struct Forme {
    options: Options,
    routes: Routes,
    shelves: Shelves,
    words: Arc<Words>,
    theme: Theme,
    highlighter: Highlighter,
    plan: BTreeMap<String, Leaf>,
    prints: Prints,
}

impl Site<'_> {
    /// Keeps the pages that show texts.
    pub fn forme(self) -> Forme {
        let Press { material: _, options, routes, shelves, words, theme, highlighter } = self.press;
        let (mut plan, prints) = (self.plan, self.prints);
        plan.retain(|_, leaf| leaf.shows_texts());
        Forme { options, routes, shelves, words, theme, highlighter, plan, prints }
    }
}

impl Forme {
    /// The same pages over material in which some documents and statements are others than before, and nothing
    /// else is: whatever is listed, and in which words, is the same.
    pub fn over<'a>(
        self,
        material: Material<'a>,
        (documents, statements): (&BTreeSet<DocumentId>, &BTreeSet<StatementId>),
    ) -> Site<'a> {
        let Self { options, routes, shelves, words, theme, highlighter, plan, mut prints } = self;
        let press = Press { material, options, routes, shelves, words, theme, highlighter };
        for &id in documents {
            retake_document(&mut prints, &press, id);
        }
        for &id in statements {
            retake_statement(&mut prints, &press, id);
        }
        prints.forget_all();
        Site { press, plan, prints, index: None }
    }
}

/// Takes the prints of a document again.
fn retake_document(prints: &mut Prints, press: &Press, id: DocumentId) {
    put(&mut prints.cards, id.0, Fingerprint::of(&press.card(ROOT, id)));
    put(&mut prints.heads, id.0, head(press, id));
}

/// Takes the prints of a statement again, after those of its documents.
fn retake_statement(prints: &mut Prints, press: &Press, id: StatementId) {
    put(&mut prints.statements, id.0, Fingerprint::of(&statement_card(press, ROOT, id)));
    let synopsis = press.synopsis(id).map(daybook::print);
    put(&mut prints.synopses, id.0, synopsis.unwrap_or_default());
    let (cited, texts) = (prints.cited_of(press, id), prints.texts_of(press, id));
    put(&mut prints.cited, id.0, cited);
    put(&mut prints.texts, id.0, texts);
}

/// Puts a print in its place.
fn put(prints: &mut [Fingerprint], at: u32, print: Fingerprint) {
    prints.iter_mut().skip(at as usize).take(1).for_each(|it| *it = print);
}
