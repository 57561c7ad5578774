//! The parts of the index: documents that were merged together and are kept so, in the manner of segments
//! (Lucene). A build merges the parts of those before it with what is new, and reads no text that it has read.
//!
//! A document is known by the fingerprint of what its entry is made from. What a part has of documents that
//! are gone is passed over; a part that has lost half of them is given up, and so are small ones when there
//! are many. How the documents stand in parts changes nothing in what comes out.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::entry::{Entry, SECTIONS};
use super::merge::{Gathered, Merge};
use super::order::Order;
use super::postings::{GONE, Lists};
use crate::compose::Material;
use crate::daybook::Drawer;
use crate::vocab::digest::Fingerprint;

/// How many documents a part has at most: what is held of them while they are merged is some 9 KB each.
const PART: usize = 8192;

/// Up to how many documents that no part has are made into none, but merged anew by each build.
const LOOSE: usize = 256;

/// From how many small parts on they are given up.
const SMALL: usize = 8;

/// How many entries are held at a time before they are merged.
const BATCH: usize = 1024;

/// What is known of a part without reading it: its documents, each with the length of its text.
#[derive(Serialize, Deserialize)]
struct Part {
    key: Fingerprint,
    documents: Vec<(Fingerprint, u32)>,
}

impl Part {
    /// Under what one of its sections is kept.
    fn section(&self, number: usize) -> Fingerprint {
        Fingerprint::of(&(self.key, number))
    }

    /// Its sections; `None` where any is not sound.
    fn read(&self, kept: &Drawer) -> Option<Vec<Lists>> {
        (0..SECTIONS).into_par_iter().map(|it| kept.recall(self.section(it))).collect()
    }

    /// Keeps its sections.
    fn keep(&self, sections: &[Lists], kept: &Drawer) {
        for (number, lists) in sections.iter().enumerate() {
            kept.record(self.section(number), lists);
        }
    }
}

/// A part that is merged: its sections, and the number that each of its documents has now.
struct Loaded {
    sections: Vec<Lists>,
    numbers: Vec<u32>,
}

/// All postings of an archive, one list of terms a section, and how many words its texts have together.
pub(super) fn gather(order: &Order, material: &Material) -> (Vec<Lists>, u64) {
    let kept = material.kept;
    let prints: Vec<Option<Fingerprint>> =
        order.documents.par_iter().map(|&id| (material.text)(id)).collect();
    let mut waiting = Waiting::of(&prints);
    let (mut parts, mut loaded, mut words) = (Vec::new(), Vec::new(), 0);
    let known: Vec<Part> = kept.recall(table_key()).unwrap_or_default();
    let before: Vec<Fingerprint> = known.iter().map(|it| it.key).collect();
    for part in good(known) {
        let Some(numbers) = waiting.numbers(&part) else { continue };
        let Some(sections) = part.read(kept) else {
            waiting.put_back(&part, &numbers);
            continue;
        };
        let there = part.documents.iter().zip(&numbers).filter(|(_, number)| **number != GONE);
        words += there.map(|((_, length), _)| u64::from(*length)).sum::<u64>();
        parts.push(part);
        loaded.push(Loaded { sections, numbers });
    }
    let rest = waiting.rest(&prints);
    let lasting = rest.len() > LOOSE;
    for numbers in rest.chunks(PART) {
        let (part, sections) = make(numbers, &prints, (order, material));
        words += part.documents.iter().map(|it| u64::from(it.1)).sum::<u64>();
        loaded.push(Loaded { sections, numbers: numbers.to_vec() });
        if let Some(fresh) = loaded.last().filter(|_| lasting) {
            part.keep(&fresh.sections, kept);
            parts.push(part);
        }
    }
    if !parts.iter().map(|it| it.key).eq(before) {
        kept.record(table_key(), &parts);
    }
    let languages: Vec<u32> = order.languages.iter().map(|it| it.first).collect();
    (merge(loaded, &languages), words)
}

/// Under what the table of the parts is kept.
fn table_key() -> Fingerprint {
    Fingerprint::of("parts")
}

/// Parts without the small ones, where there are many of those.
fn good(mut parts: Vec<Part>) -> Vec<Part> {
    let is_small = |it: &Part| it.documents.len() < PART / 2;
    if parts.iter().filter(|it| is_small(it)).count() > SMALL {
        parts.retain(|it| !is_small(it));
    }
    parts
}

/// The numbers of the documents that no part has claimed yet, by what their entries are made from; the
/// lowest last.
struct Waiting(FxHashMap<Fingerprint, Vec<u32>>);

impl Waiting {
    /// All documents.
    fn of(prints: &[Option<Fingerprint>]) -> Self {
        let mut waiting: FxHashMap<Fingerprint, Vec<u32>> = FxHashMap::default();
        let numbers = (0..prints.len() as u32).zip(prints).rev();
        for (number, print) in numbers.filter_map(|(number, it)| Some((number, (*it)?))) {
            waiting.entry(print).or_default().push(number);
        }
        Self(waiting)
    }

    /// The numbers of the documents of a part; `None` where more than half of them are gone.
    fn numbers(&mut self, part: &Part) -> Option<Vec<u32>> {
        let mut claim = |it: &(Fingerprint, u32)| self.0.get_mut(&it.0)?.pop();
        let numbers: Vec<u32> = part.documents.iter().map(|it| claim(it).unwrap_or(GONE)).collect();
        let there = numbers.iter().filter(|it| **it != GONE).count();
        if there * 2 < numbers.len() {
            self.put_back(part, &numbers);
            return None;
        }
        Some(numbers)
    }

    /// Gives up the claims of a part.
    fn put_back(&mut self, part: &Part, numbers: &[u32]) {
        let claims = part.documents.iter().zip(numbers).rev();
        for ((print, _), &number) in claims.filter(|(_, number)| **number != GONE) {
            self.0.entry(*print).or_default().push(number);
        }
    }

    /// The numbers of the documents that no part has, in order.
    fn rest(self, prints: &[Option<Fingerprint>]) -> Vec<u32> {
        let unknown = (0..).zip(prints).filter(|(_, it)| it.is_none()).map(|(number, _)| number);
        let mut rest: Vec<u32> = self.0.into_values().flatten().chain(unknown).collect();
        rest.sort_unstable();
        rest
    }
}

/// Makes a part of the documents with some numbers. A document whose page cannot be fetched has nothing in
/// it, and is not known to the next build.
fn make(
    numbers: &[u32],
    prints: &[Option<Fingerprint>],
    (order, material): (&Order, &Material),
) -> (Part, Vec<Lists>) {
    let mut merge = Merge::new();
    let mut documents = Vec::with_capacity(numbers.len());
    for batch in numbers.chunks(BATCH) {
        let entry = |number: &u32| {
            let id = *order.documents.get(*number as usize)?;
            Some(Entry::of(&(material.page)(id)?))
        };
        let entries: Vec<Option<Entry>> = batch.par_iter().map(entry).collect();
        let first = documents.len() as u32;
        documents.extend(batch.iter().zip(&entries).map(|(number, entry)| {
            let print = prints.get(*number as usize).copied().flatten();
            let known = entry.as_ref().and(print).unwrap_or_default();
            (known, entry.as_ref().map_or(0, Entry::length))
        }));
        let numbered = (first..).zip(entries).filter_map(|(number, it)| Some((number, it?)));
        merge.add(&numbered.collect::<Vec<_>>());
    }
    (Part { key: Fingerprint::of(&documents), documents }, merge.finish())
}

/// Merges the sections of all parts.
fn merge(parts: Vec<Loaded>, languages: &[u32]) -> Vec<Lists> {
    let mut sections: Vec<Vec<(Lists, &[u32])>> = Vec::new();
    sections.resize_with(SECTIONS, Vec::new);
    let (lists, numbers): (Vec<_>, Vec<_>) =
        parts.into_iter().map(|it| (it.sections, it.numbers)).unzip();
    for (lists, numbers) in lists.into_iter().zip(&numbers) {
        for (section, own) in sections.iter_mut().zip(lists) {
            section.push((own, numbers.as_slice()));
        }
    }
    sections.into_par_iter().map(|it| merge_section(&it, languages)).collect()
}

/// Merges one section of all parts: term by term, the documents of each in the order of their numbers.
fn merge_section(parts: &[(Lists, &[u32])], languages: &[u32]) -> Lists {
    let mut merged = Lists::with_room(&parts.iter().map(|it| &it.0).collect::<Vec<_>>());
    let mut places = vec![0; parts.len()];
    let mut postings = Vec::new();
    loop {
        let heads = parts.iter().zip(&places).map(|((lists, _), &at)| lists.get(at));
        let Some(term) = heads.clone().flatten().map(|it| it.term).min() else { return merged };
        postings.clear();
        let here: Vec<_> = heads.map(|it| it.filter(|it| it.term == term)).collect();
        for ((listed, (_, numbers)), place) in here.iter().zip(parts).zip(&mut places) {
            if let Some(listed) = listed {
                listed.read(numbers, &mut postings);
                *place += 1;
            }
        }
        if !postings.is_sorted_by_key(|it| it.0) {
            postings.sort_unstable_by_key(|it| it.0);
        }
        if !postings.is_empty() {
            merged.add(&Gathered { term, postings: &postings }, languages);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::arrange::{Archive, Document, DocumentId};
    use crate::collate::names::Names;
    use crate::daybook::Daybook;
    use crate::disk;
    use crate::vocab::lang::Lang;
    use crate::vocab::page::{Head, Page};

    /// A page whose text follows from its title.
    fn page(title: &str, lang: &str) -> Page {
        let number: usize = title.len() * 31 + usize::from(title.as_bytes()[0]);
        let body = format!("Ships wait at quay {number}.\n\nAll of {title} saw {}.", number % 7);
        Page { head: Head::new(title, Lang::parse(lang).unwrap()), body }
    }

    /// What is merged of pages with these titles.
    fn merged(titles: &[String], kept: &Drawer) -> (Vec<Lists>, u64, usize) {
        let lang = |at: usize| if at.is_multiple_of(3) { "en" } else { "fr" };
        let pages: Vec<Page> = (0..).zip(titles).map(|(at, it)| page(it, lang(at))).collect();
        let document = |(title, page): (&String, &Page)| Document {
            name: title.clone(),
            head: Arc::new(page.head.clone()),
            digest: title.clone(),
            statement: None,
        };
        let documents = titles.iter().zip(&pages).map(document).collect();
        let archive = Archive { documents, statements: Vec::new() };
        let read = Mutex::new(0);
        let page = |id: DocumentId| {
            *read.lock().unwrap() += 1;
            pages.get(id.0 as usize).cloned()
        };
        let text = |id: DocumentId| titles.get(id.0 as usize).map(Fingerprint::of);
        let material = Material {
            archive: &archive,
            synopses: &[],
            names: &Names::default(),
            page: &page,
            seed: &|_| None,
            seed_digest: &|_| None,
            text: &text,
            kept,
            leads_on: &|_| false,
        };
        let (lists, words) = gather(&Order::new(&archive), &material);
        let read = *read.lock().unwrap();
        (lists, words, read)
    }

    #[test]
    fn parts_that_were_kept_give_what_the_texts_give() {
        let scratch = tempfile::tempdir().unwrap();
        let daybook = Daybook::open(scratch.path()).unwrap();
        let nothing = Daybook::default().drawer("none");
        let mut titles: Vec<String> =
            (0..900).map(|it| format!("{} of {it}", "x".repeat(it % 9 + 1))).collect();
        let mut reads = Vec::new();
        for step in 0..12 {
            match step {
                0 | 1 => {}
                // A text is edited, some come, some go, some are twice there, most go.
                2 => titles[7].push_str(" anew"),
                3 => titles.extend((0..LOOSE + 9).map(|it| format!("a new one {it}"))),
                4 => titles.truncate(1000),
                5 => titles.extend_from_within(5..50),
                6 => drop(titles.drain(0..700)),
                7 => disk::put(&scratch.path().join("parts"), b"no such thing").unwrap(),
                _ => titles.extend((0..=LOOSE).map(|it| format!("more {step} {it}"))),
            }
            titles.sort();
            let kept = daybook.drawer("parts");
            let (lists, words, read) = merged(&titles, &kept);
            kept.close(&daybook);
            let fresh = merged(&titles, &nothing);
            assert!((&lists, words) == (&fresh.0, fresh.1), "step {step}");
            assert_eq!(fresh.2, titles.len());
            reads.push((read, titles.len()));
        }
        let read: Vec<usize> = reads.iter().map(|it| it.0).collect();
        assert_eq!(read[..4], [900, 0, 1, LOOSE + 10]);
        assert_eq!(reads[7].0, reads[7].1, "damage is seen");
        assert_eq!(read[8..10], [LOOSE + 1, LOOSE + 1]);
    }
}
