//! The pages that show texts, planned and kept standing while the material goes: a forme is what a printer
//! locks up and keeps for the next impression.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::at_hand::AtHand;
use super::highlight::Highlighter;
use super::press::Press;
use super::prints::Prints;
use super::route::Routes;
use super::shelves::Shelves;
use super::site::{Leaf, Site};
use super::theme::Theme;
use super::words::Words;
use super::{Material, Options};
use crate::arrange::{DocumentId, StatementId};

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
        let Press { options, routes, shelves, words, theme, highlighter, .. } = self.press;
        let index = self.index;
        // It is large, and nobody need wait until it has gone.
        rayon::spawn(move || drop(index));
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
        edited: (&BTreeSet<DocumentId>, &BTreeSet<StatementId>),
    ) -> Site<'a> {
        let Self { options, routes, shelves, words, theme, highlighter, plan, mut prints } = self;
        let at_hand = AtHand::default();
        let press =
            Press { material, options, routes, shelves, words, theme, highlighter, at_hand };
        prints.retake(&press, edited);
        Site { press, plan, prints, index: None }
    }
}
