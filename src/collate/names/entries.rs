//! The entries of the table of names: their order, their slugs, and how they hang together.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Form, Name, Names, Place};
use crate::vocab::digest;
use crate::vocab::lang::Lang;
use crate::vocab::slug::slug;

/// Puts entries into order, with slugs and kin; without names that only ever stand inside longer ones.
pub(super) fn finish(entries: Vec<Name>) -> Names {
    let related = kin(&entries);
    let inside = |at: usize, entry: &Name| {
        let longer = related.get(at).into_iter().flatten().filter_map(|it| entries.get(*it));
        covered(entry, &longer.collect::<Vec<_>>())
    };
    let lone: Vec<bool> = entries.iter().enumerate().map(|(at, it)| inside(at, it)).collect();
    let kept = entries.into_iter().zip(lone).filter(|it| !it.1).map(|it| it.0);
    let mut entries: Vec<Name> = kept.collect();
    name_pages(&mut entries);
    entries.sort_by(|a, b| a.slug.cmp(&b.slug));
    let related = kin(&entries);
    for (entry, kin) in entries.iter_mut().zip(related) {
        entry.kin = kin.into_iter().map(|it| it as u32).collect();
    }
    Names { entries }
}

/// Gives every entry a slug that no other has.
fn name_pages(entries: &mut [Name]) {
    let print = |it: &Name| {
        let forms = it.forms.iter().map(|form| format!("{} {}", form.lang.as_str(), form.written));
        digest::short(forms.collect::<Vec<_>>().join("\n").as_bytes(), 8)
    };
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    for entry in entries.iter_mut() {
        entry.slug = slug(&entry.heading.0);
        *count.entry(entry.slug.clone()).or_default() += 1;
    }
    for entry in entries {
        if entry.slug.is_empty() {
            entry.slug = print(entry);
        } else if count.get(&entry.slug).is_some_and(|it| *it > 1) {
            entry.slug = format!("{}-{}", entry.slug, print(entry));
        }
    }
}

/// The words of a form, in lower case.
fn words(written: &str) -> Vec<String> {
    let words = written.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Which names have a word: in a form of several words, and as a form of its own.
#[derive(Default)]
struct Having {
    wholes: Vec<usize>,
    parts: Vec<usize>,
}

/// Which names are parts of others, name by name and in order: one has a form of one word, the other a form of
/// several words of the same language with that word among them.
fn kin(entries: &[Name]) -> Vec<Vec<usize>> {
    let mut having: FxHashMap<(&Lang, String), Having> = FxHashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        for form in &entry.forms {
            let words = words(&form.written);
            let several = words.len() > 1;
            for word in words {
                let own = having.entry((&form.lang, word)).or_default();
                let list = if several { &mut own.wholes } else { &mut own.parts };
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
    }
    let mut kin = vec![Vec::new(); entries.len()];
    let mut tie = |one: usize, other: usize| kin.get_mut(one).map(|it: &mut Vec<_>| it.push(other));
    for Having { wholes, parts } in having.into_values() {
        for &whole in &wholes {
            for &part in parts.iter().filter(|it| **it != whole) {
                tie(part, whole);
                tie(whole, part);
            }
        }
    }
    for list in &mut kin {
        list.sort_unstable();
        list.dedup();
    }
    kin
}

/// Whether a name stands nowhere but inside longer names.
fn covered(name: &Name, longer: &[&Name]) -> bool {
    let holds = |form: &Form| {
        let own = words(&form.written);
        let longer = longer.iter().flat_map(|it| &it.forms).filter(|it| {
            let words = words(&it.written);
            it.lang == form.lang && words.len() > 1 && own.iter().all(|word| words.contains(word))
        });
        let places: BTreeSet<&Place> = longer.flat_map(|it| &it.places).collect();
        own.len() == 1 && form.places.iter().all(|it| places.contains(it))
    };
    name.forms.iter().all(holds)
}
