//! Names across scripts as the search looks them up: for each form of a name, one form in each other
//! language.
//!
//! They stand in the shard of their first term, so that a word is looked up and its names are known with
//! one reading.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde::Serialize;

use super::fold::{Role, fold};
use crate::collate::names::{Form, Name, Names};

/// The most forms that are searched beside one.
const MOST: usize = 8;

/// The forms of all names by their first terms.
#[derive(Default)]
pub(super) struct Named(BTreeMap<String, Vec<Known>>);

/// A form and what else is searched for it.
#[derive(Serialize)]
struct Known {
    /// The terms of the form with spaces between.
    own: String,
    /// Other forms: language and spelling.
    others: Vec<(String, String)>,
}

impl Named {
    /// Prepares the names of an archive.
    pub(super) fn new(names: &Names) -> Self {
        let mut all = Self::default();
        for name in &names.entries {
            all.add(name);
        }
        all
    }

    /// Adds the forms of a name.
    fn add(&mut self, name: &Name) {
        let forms: BTreeMap<String, &Form> =
            name.forms.iter().rev().map(|it| (terms(&it.written), it)).collect();
        for own in forms.keys().filter(|it| !it.is_empty()) {
            let others = others(name, own);
            if !others.is_empty() {
                let first = own.split(' ').next().unwrap_or_default().to_owned();
                self.0.entry(first).or_default().push(Known { own: own.clone(), others });
            }
        }
    }

    /// The names whose first terms lie in a range, as JSON; nothing where there are none.
    pub(super) fn between(&self, from: &str, to: Option<&str>) -> Vec<u8> {
        let to = to.map_or(Bound::Unbounded, Bound::Excluded);
        let known: BTreeMap<_, _> = self.0.range::<str, _>((Bound::Included(from), to)).collect();
        if known.is_empty() { Vec::new() } else { serde_json::to_vec(&known).unwrap_or_default() }
    }
}

/// The most frequent form in each language that has other terms.
fn others(name: &Name, own: &str) -> Vec<(String, String)> {
    let mut others: Vec<(String, String)> = Vec::new();
    let mut seen = vec![own.to_owned(), String::new()];
    for form in &name.forms {
        let (lang, terms) = (form.lang.as_str(), terms(&form.written));
        if !seen.contains(&terms) && others.iter().all(|it| it.0 != lang) {
            others.push((lang.to_owned(), form.written.clone()));
            seen.push(terms);
        }
    }
    others.truncate(MOST);
    others
}

/// The terms of a form with spaces between.
fn terms(written: &str) -> String {
    let mut terms = Vec::new();
    fold(written, 0, &mut |term| {
        if term.role == Role::Main {
            terms.push(term.text.to_owned());
        }
    });
    terms.join(" ")
}
