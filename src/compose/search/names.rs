//! Names across scripts as the search looks them up: for each form of a name, one form in each other
//! language; and the same for each word of a form, as far as the forms show which word is which.
//!
//! They stand in the shard of their first term, so that a word is looked up and its names are known with
//! one reading.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::fold::{Role, fold};
use crate::collate::names::{Form, Name, Names};
use crate::daybook::Drawer;
use crate::vocab::digest::Fingerprint;
use crate::vocab::evidence::names::{Mention, mentions};

/// The most forms that are searched beside one.
const MOST: usize = 8;
/// The least likeness of sound at which two words of one name are the same word.
const LEAST: u8 = 50;

/// The forms of all names by their first terms.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Named(BTreeMap<String, Vec<Known>>);

/// A form and what else is searched for it.
#[derive(Serialize, Deserialize)]
struct Known {
    /// The terms of the form with spaces between.
    own: String,
    /// Other forms: language and spelling, with single spaces between its words.
    others: Vec<(String, String)>,
}

impl Named {
    /// Prepares the names of an archive, or gives them as an earlier build has prepared them: they hang on the
    /// forms alone.
    pub(super) fn of(names: &Names, kept: &Drawer) -> Self {
        let mut bytes = Vec::new();
        for name in &names.entries {
            bytes.extend((name.forms.len() as u64).to_le_bytes());
            for text in name.forms.iter().flat_map(|it| [it.lang.as_str(), &it.written]) {
                bytes.extend((text.len() as u64).to_le_bytes());
                bytes.extend_from_slice(text.as_bytes());
            }
        }
        let inputs = Fingerprint::of(&("named", Fingerprint::of_bytes(&bytes)));
        kept.result(Some(inputs), || Self::new(names))
    }

    /// Prepares the names of an archive: whole names first, then the words of those that have several.
    fn new(names: &Names) -> Self {
        let whole: Vec<_> = names.entries.par_iter().flat_map_iter(forms_of).collect();
        let words: Vec<_> = names.entries.par_iter().flat_map_iter(words_of).collect();
        let mut all = Self::default();
        for (own, others) in whole {
            all.add(own, others);
        }
        for (own, other) in words {
            all.add(own, vec![other]);
        }
        all
    }

    /// Adds what else is searched for a form; of each language, what came first stays.
    fn add(&mut self, own: String, others: Vec<(String, String)>) {
        if own.is_empty() || others.is_empty() {
            return;
        }
        let first = own.split(' ').next().unwrap_or_default().to_owned();
        let list = self.0.entry(first).or_default();
        let Some(known) = list.iter_mut().find(|it| it.own == own) else {
            return list.push(Known { own, others });
        };
        for it in others {
            if known.others.len() < MOST && known.others.iter().all(|known| known.0 != it.0) {
                known.others.push(it);
            }
        }
    }

    /// The names whose first terms lie in a range, a line each: the terms of a form, then language and
    /// spelling of each other form, with tabs between.
    pub(super) fn between(&self, from: &str, to: Option<&str>) -> String {
        let to = to.map_or(Bound::Unbounded, Bound::Excluded);
        let mut lines = String::new();
        for known in self.0.range::<str, _>((Bound::Included(from), to)).flat_map(|it| it.1) {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(&known.own);
            for (lang, written) in &known.others {
                lines.extend(["\t", lang, "\t", written]);
            }
        }
        lines
    }
}

/// The terms of each form of a name, with what else is searched for it.
fn forms_of(name: &Name) -> Vec<(String, Vec<(String, String)>)> {
    let forms: Vec<(String, &Form)> =
        name.forms.iter().map(|it| (terms(&it.written), it)).collect();
    let each: BTreeSet<&str> = forms.iter().map(|it| it.0.as_str()).collect();
    each.into_iter().map(|own| (own.to_owned(), others(&forms, own))).collect()
}

/// Of the forms of a name, given with their terms, the most frequent in each language that has other terms.
fn others(forms: &[(String, &Form)], own: &str) -> Vec<(String, String)> {
    let mut others: Vec<(String, String)> = Vec::new();
    let mut seen = vec![own, ""];
    for (terms, form) in forms {
        let lang = form.lang.as_str();
        if !seen.contains(&terms.as_str()) && others.iter().all(|it| it.0 != lang) {
            others.push((lang.to_owned(), in_a_line(&form.written)));
            seen.push(terms);
        }
    }
    others.truncate(MOST);
    others
}

/// A form without what would part a line.
fn in_a_line(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// The words of a name that are told apart in its forms: the terms of a word, and a word that is the same in
/// another language, with that language.
fn words_of(name: &Name) -> Vec<(String, (String, String))> {
    let forms: Vec<(&Form, Vec<Spoken>)> =
        name.forms.iter().map(|it| (it, spoken(&it.written))).filter(|it| it.1.len() > 1).collect();
    let mut found = Vec::new();
    for (own, words) in &forms {
        for (other, theirs) in forms.iter().filter(|it| it.0.lang != own.lang) {
            let pairs = paired(words, theirs).into_iter().filter(|it| it.0.terms != it.1.terms);
            found.extend(pairs.map(|(word, same)| {
                (word.terms.clone(), (other.lang.as_str().to_owned(), in_a_line(same.written)))
            }));
        }
    }
    found
}

/// A word of a form, as it is looked up and as it sounds.
struct Spoken<'a> {
    /// The word as it is written.
    written: &'a str,
    /// Its terms with spaces between.
    terms: String,
    /// Its readings.
    heard: Vec<Mention>,
}

/// The words of a form: between spaces, or between the dots of a foreign name in Chinese and Japanese.
fn spoken(form: &str) -> Vec<Spoken<'_>> {
    let words = form.split(|c: char| c.is_whitespace() || matches!(c, '·' | '・'));
    let word = |written| Spoken { written, terms: terms(written), heard: mentions(written) };
    words.map(word).filter(|it| !it.terms.is_empty()).collect()
}

/// The words that are the same in two forms: those that sound alike, and the one that is left over on both
/// sides where all others do.
fn paired<'a, 't>(
    ours: &'a [Spoken<'t>],
    theirs: &'a [Spoken<'t>],
) -> Vec<(&'a Spoken<'t>, &'a Spoken<'t>)> {
    let mut left: Vec<&Spoken> = theirs.iter().collect();
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for word in ours {
        let best = left.iter().enumerate().map(|(at, it)| (word.likeness(it), at));
        match best.max_by_key(|it| (it.0, std::cmp::Reverse(it.1))).filter(|it| it.0 >= LEAST) {
            Some((_, at)) => pairs.push((word, left.remove(at))),
            None => alone.push(word),
        }
    }
    if let ([own], [other], false) = (alone.as_slice(), left.as_slice(), pairs.is_empty()) {
        pairs.push((own, other));
    }
    pairs
}

impl Spoken<'_> {
    /// How alike two words sound, from 0 to 100.
    fn likeness(&self, other: &Self) -> u8 {
        let readings =
            self.heard.iter().flat_map(|own| other.heard.iter().map(move |it| (own, it)));
        readings.map(|(own, it)| own.sound.likeness(&it.sound)).max().unwrap_or(0)
    }
}
