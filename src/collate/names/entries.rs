//! The entries of the table of names: their order, their slugs, and how they hang together.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Form, Name, Names, Place};
use crate::vocab::digest;
use crate::vocab::lang::Lang;
use crate::vocab::slug::slug;

/// The words of each form of each name, by numbers: one for each word of a language.
type Read = Vec<Vec<Vec<u32>>>;

/// Puts entries into order, with slugs and kin; without names that only ever stand inside longer ones.
pub(super) fn finish(entries: Vec<Name>) -> Names {
    let read = read(&entries);
    let related = kin(&read);
    let inside = |at: usize, entry: &Name| covered((at, entry), &related, (&entries, &read));
    let lone: Vec<bool> = entries.par_iter().enumerate().map(|(at, it)| inside(at, it)).collect();
    let kept = entries.into_iter().enumerate().zip(lone).filter(|it| !it.1).map(|it| it.0);
    let mut kept: Vec<(usize, Name)> = kept.collect();
    name_pages(&mut kept);
    kept.par_sort_by(|a, b| a.1.slug.cmp(&b.1.slug));
    let mut places = vec![None; related.len()];
    for (now, (before, _)) in (0_u32..).zip(&kept) {
        if let Some(place) = places.get_mut(*before) {
            *place = Some(now);
        }
    }
    let now = |before: &usize| places.get(*before).copied().flatten();
    let entry = |(before, mut entry): (usize, Name)| {
        entry.kin = related.get(before).into_iter().flatten().filter_map(now).collect();
        entry.kin.sort_unstable();
        entry
    };
    Names { entries: kept.into_iter().map(entry).collect() }
}

/// Gives every entry a slug that no other has.
fn name_pages(entries: &mut [(usize, Name)]) {
    let print = |it: &Name| {
        let forms = it.forms.iter().map(|form| format!("{} {}", form.lang.as_str(), form.written));
        digest::short(forms.collect::<Vec<_>>().join("\n").as_bytes(), 8)
    };
    entries.par_iter_mut().for_each(|(_, entry)| entry.slug = slug(&entry.heading.0));
    let mut count: FxHashMap<String, u32> = FxHashMap::default();
    for (_, entry) in entries.iter() {
        *count.entry(entry.slug.clone()).or_default() += 1;
    }
    for (_, entry) in entries {
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

/// Reads the forms of all names.
fn read(entries: &[Name]) -> Read {
    let written = |entry: &Name| entry.forms.iter().map(|it| words(&it.written)).collect();
    let written: Vec<Vec<Vec<String>>> = entries.par_iter().map(written).collect();
    let mut numbers: FxHashMap<(&Lang, String), u32> = FxHashMap::default();
    let mut number = |lang, word| {
        let next = numbers.len() as u32;
        *numbers.entry((lang, word)).or_insert(next)
    };
    let mut form = |(form, words): (_, Vec<String>)| {
        let form: &Form = form;
        words.into_iter().map(|word| number(&form.lang, word)).collect()
    };
    let all = entries.iter().zip(written);
    all.map(|(entry, words)| entry.forms.iter().zip(words).map(&mut form).collect()).collect()
}

/// Which names have a word: in a form of several words, and as a form of its own.
#[derive(Clone, Default)]
struct Having {
    wholes: Vec<usize>,
    parts: Vec<usize>,
}

/// Which names are parts of others, name by name and in order: one has a form of one word, the other a form of
/// several words of the same language with that word among them.
fn kin(read: &[Vec<Vec<u32>>]) -> Vec<Vec<usize>> {
    let most = read.iter().flatten().flatten().max().map_or(0, |it| *it as usize + 1);
    let mut having = vec![Having::default(); most];
    for (at, forms) in read.iter().enumerate() {
        for words in forms {
            for word in words {
                let Some(own) = having.get_mut(*word as usize) else { continue };
                let list = if words.len() > 1 { &mut own.wholes } else { &mut own.parts };
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
    }
    let mut kin = vec![Vec::new(); read.len()];
    let mut tie = |one: usize, other: usize| kin.get_mut(one).map(|it: &mut Vec<_>| it.push(other));
    for Having { wholes, parts } in having {
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
fn covered(
    (at, name): (usize, &Name),
    related: &[Vec<usize>],
    (entries, read): (&[Name], &[Vec<Vec<u32>>]),
) -> bool {
    let forms = |at: usize| {
        let forms = entries.get(at).map_or(&[][..], |it| &it.forms);
        forms.iter().zip(read.get(at).map_or(&[][..], Vec::as_slice))
    };
    let longer: Vec<(&Form, &Vec<u32>)> =
        related.get(at).into_iter().flatten().flat_map(|it| forms(*it)).collect();
    let holds = |(form, own): (&Form, &Vec<u32>)| {
        let [word] = own.as_slice() else { return false };
        let longer = longer.iter().filter(|it| it.1.len() > 1 && it.1.contains(word));
        let places: BTreeSet<&Place> = longer.flat_map(|it| &it.0.places).collect();
        form.places.iter().all(|it| places.contains(it))
    };
    name.forms.iter().zip(read.get(at).map_or(&[][..], Vec::as_slice)).all(holds)
}
