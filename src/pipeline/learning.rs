//! Learning carried out: of the archive's lexicon, and of what hangs on it, only that is made anew which can
//! have changed.
//!
//! A statement reads in the lexicon what it says of the statement's own words, and nothing else. What an edit
//! changes in the lexicon thus touches those statements only that have the words.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::synopses::Shelved;
use crate::collate::couples::{self, Couples};
use crate::collate::lessons::{Lesson, Round, Words, learn_from};
use crate::collate::{Evidence, Lexicon, Witness};
use crate::daybook::{Daybook, Drawer};
use crate::vocab::digest::Fingerprint;

/// The table of the lexicon that the archive teaches, with what it is learned from.
const LEXICON: &str = "lexicon";
/// The table of what it says of each statement's words, with what it is learned from.
const READ: &str = "read";
/// The drawer of the words of each statement.
const WORDS: &str = "words";
/// The drawer of what each statement of the sample teaches.
const LESSONS: &str = "lessons";
/// The drawer of what the rows of all teach of two languages.
const COUPLES: &str = "couples";

/// How many bytes of text a statement of the sample may have that stays in memory while it is learned from:
/// what was found in them takes about ten times as many.
const SHORT: usize = 32 << 10;

/// The versions of a statement, and what can be recognised in them.
pub(super) type Reading = (Vec<Witness>, Evidence);

/// Fingerprints of what the lexicon says of the words of statements, by those of their texts.
type Read = BTreeMap<Fingerprint, Fingerprint>;

/// The lexicon of the last run, with what it was learned from.
type Kept = Option<(Fingerprint, Lexicon)>;

/// The lexicon of an archive.
pub(super) struct Learned<'a> {
    pub(super) shelved: Shelved<'a>,
    pub(super) lexicon: Lexicon,
    /// What it is learned from; `None` where that is not known.
    inputs: Option<Fingerprint>,
    words: Drawer,
    /// What was read to learn it and is not collated yet, by statement.
    readings: Mutex<BTreeMap<usize, Reading>>,
    /// What the run before read in the same lexicon.
    before: Read,
    /// What this run reads in it.
    now: Mutex<Read>,
}

impl<'a> Learned<'a> {
    /// The lexicon as an earlier run learned it from the same statements, or learned now: by all workers,
    /// none of which may wait for it meanwhile.
    pub(super) fn of(shelved: Shelved<'a>, daybook: &Daybook) -> Self {
        let sample = shelved.sample();
        let prints: Option<Vec<Fingerprint>> = sample.iter().map(|&it| shelved.print(it)).collect();
        let inputs = prints.map(|it| Fingerprint::of(&it));
        let words = daybook.drawer(WORDS);
        let kept: Kept = daybook.read(LEXICON).says;
        let kept = kept.filter(|it| Some(it.0) == inputs).map(|it| it.1);
        let mut readings = BTreeMap::new();
        let lexicon = kept.unwrap_or_else(|| {
            let lexicon;
            (lexicon, readings) = learned(shelved, &sample, &words, daybook);
            daybook.write(LEXICON, &Some((inputs.unwrap_or_default(), &lexicon)));
            lexicon
        });
        Self {
            shelved,
            lexicon,
            words,
            readings: Mutex::new(readings),
            before: before(inputs, daybook),
            inputs,
            now: Mutex::default(),
        }
    }

    /// The lexicon as the last run left it, whatever the statements say by now.
    pub(super) fn as_left(shelved: Shelved<'a>, daybook: &Daybook) -> Self {
        let kept: Kept = daybook.read(LEXICON).says;
        let (inputs, lexicon) = kept.map_or_else(Default::default, |it| (Some(it.0), it.1));
        let words = daybook.drawer(WORDS);
        Self {
            shelved,
            lexicon,
            words,
            readings: Mutex::default(),
            before: before(inputs, daybook),
            inputs,
            now: Mutex::default(),
        }
    }

    /// The versions of a statement with what can be recognised in them: as they were read to learn the
    /// lexicon, or read now.
    pub(super) fn reading(&self, statement: usize) -> Reading {
        let known = self.readings.lock().unwrap_or_else(PoisonError::into_inner).remove(&statement);
        known.unwrap_or_else(|| self.shelved.reading(statement))
    }

    /// The fingerprint of all that a statement, whose texts have a fingerprint, reads in the lexicon.
    pub(super) fn read<'b>(
        &self,
        texts: Fingerprint,
        reading: &dyn Fn() -> &'b Reading,
    ) -> Fingerprint {
        let known = self.before.get(&texts).copied().filter(|_| self.words.keep(texts));
        let words = || {
            let (witnesses, evidence) = reading();
            Words::of(witnesses, evidence)
        };
        let read =
            known.unwrap_or_else(|| self.lexicon.print(&self.words.result(Some(texts), words)));
        self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(texts, read);
        read
    }

    /// Keeps for the next run what this one has found; gives the lexicon.
    pub(super) fn close(self, daybook: &Daybook) -> Lexicon {
        self.words.close(daybook);
        let now = self.now.into_inner().unwrap_or_else(PoisonError::into_inner);
        if now != self.before {
            daybook.write(READ, &(self.inputs.unwrap_or_default(), now));
        }
        self.lexicon
    }
}

/// What the run before read in the lexicon that is learned from some statements.
fn before(inputs: Option<Fingerprint>, daybook: &Daybook) -> Read {
    let (from, read): (Fingerprint, Read) = daybook.read(READ).says;
    if Some(from) == inputs { read } else { Read::new() }
}

/// The statements that are learned from. Every round reads them again; where their texts are short, they
/// stay in memory meanwhile.
struct Sample<'a> {
    shelved: Shelved<'a>,
    statements: &'a [usize],
    read: Vec<OnceLock<Reading>>,
}

impl<'a> Sample<'a> {
    /// Before anything is read.
    fn new(shelved: Shelved<'a>, statements: &'a [usize]) -> Self {
        Self { shelved, statements, read: statements.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The fingerprint of the versions of a statement.
    fn print(&self, place: usize) -> Option<Fingerprint> {
        self.shelved.print(*self.statements.get(place)?)
    }

    /// What is told of the versions of a statement and all that can be recognised in them.
    fn tell<T: Default>(&self, place: usize, tell: impl FnOnce(&Reading) -> T) -> T {
        let (Some(slot), Some(&at)) = (self.read.get(place), self.statements.get(place)) else {
            return T::default();
        };
        if let Some(reading) = slot.get() {
            return tell(reading);
        }
        let reading = self.shelved.reading(at);
        let told = tell(&reading);
        if reading.0.iter().flat_map(|it| &it.passages).map(String::len).sum::<usize>() <= SHORT {
            // Two workers may have read it: either is as good.
            let _ = slot.set(reading);
        }
        told
    }
}

/// The lexicon that a sample of statements teaches, and those of them that stay in memory.
fn learned(
    shelved: Shelved,
    sample: &[usize],
    drawer: &Drawer,
    daybook: &Daybook,
) -> (Lexicon, BTreeMap<usize, Reading>) {
    let lessons = daybook.drawer(LESSONS);
    let statements = Sample::new(shelved, sample);
    let words = |place: usize| {
        let words = || statements.tell(place, |it| Words::of(&it.0, &it.1));
        drawer.result(statements.print(place), words)
    };
    let own: Vec<Words> = (0..sample.len()).into_par_iter().map(words).collect();
    let teach = |place: usize, round: &Round| {
        let Some(words) = own.get(place) else { return Lesson::default() };
        let inputs = statements.print(place);
        let inputs = inputs.map(|texts| Fingerprint::of(&(texts, round.print(words))));
        let lesson = || statements.tell(place, |it| round.lesson(&it.0, &it.1, words));
        lessons.result(inputs, lesson)
    };
    let told = daybook.drawer(COUPLES);
    let recall = |it| told.recall(it);
    let record = |it, now: &Couples| told.record(it, now);
    let kept = couples::Kept { recall: &recall, record: &record };
    let lexicon = learn_from(&own, &teach, kept);
    told.close(daybook);
    lessons.close(daybook);
    let read = sample.iter().zip(statements.read);
    (lexicon, read.filter_map(|(at, it)| Some((*at, it.into_inner()?))).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::*;
    use crate::arrange::{Archive, Document, DocumentId, Relation, Statement, Version};
    use crate::collate::Synopsis;
    use crate::pipeline::Scope;
    use crate::pipeline::synopses::{Guides, collate_all};
    use crate::vocab::diagnostic::Diagnostics;
    use crate::vocab::lang::Lang;
    use crate::vocab::page::{Head, Page};

    /// The languages of every statement.
    const LANGS: [&str; 3] = ["en", "pl", "fr"];

    /// A word of a language and a circle of statements: its number in syllables that only they have.
    fn word(number: usize, circle: usize, lang: usize) -> String {
        let letter = |at: usize| {
            let all: &[u8] = [b"bdfgk", b"lmnpr"][circle];
            char::from(all[number / 5_usize.pow(at as u32) % 5])
        };
        let vowel = char::from(b"aeo"[lang]);
        (0..4).flat_map(|at| [letter(at), vowel]).collect()
    }

    /// Two circles of six statements in three versions, by the names of the pages. All statements of a circle
    /// are made of the same sixty words, and those of the other circle have none of them.
    fn pages() -> BTreeMap<String, Page> {
        let passage = |circle: usize, at: usize, place: usize, lang: usize| {
            let words = (0..7).map(|it| (at * 11 + place * 17 + it * it * 5) % 60);
            let words: Vec<String> = words.map(|it| word(it, circle, lang)).collect();
            format!("{} {}.", words.join(" "), at * 100 + place * 7 + 20)
        };
        let mut pages = BTreeMap::new();
        for (circle, at) in (0..2).flat_map(|circle| (0..6).map(move |at| (circle, at))) {
            for (lang, tag) in LANGS.iter().enumerate() {
                let body: Vec<String> = (0..8).map(|it| passage(circle, at, it, lang)).collect();
                let head = Head::new(word(at, circle, lang), Lang::parse(tag).unwrap());
                let page = Page { head, body: body.join("\n\n") };
                pages.insert(format!("{tag}/{circle}{at}"), page);
            }
        }
        pages
    }

    /// What collating makes of the pages, and whose pages it has read.
    fn run(pages: &BTreeMap<String, Page>, daybook: &Daybook) -> (Vec<Synopsis>, BTreeSet<String>) {
        let documents = pages.iter().map(|(name, page)| Document {
            name: name.clone(),
            head: Arc::new(page.head.clone()),
            digest: String::new(),
            statement: None,
        });
        let slug = |name: &str| name.rsplit('/').next().unwrap().to_owned();
        let mut statements: BTreeMap<String, Vec<Version>> = BTreeMap::new();
        for (document, name) in (0..).map(DocumentId).zip(pages.keys()) {
            statements.entry(slug(name)).or_default().push(Version {
                document,
                confidence: 100,
                pinned: true,
                reason: None,
                relation: Relation::Translation,
            });
        }
        let statement = |(slug, versions): (String, Vec<Version>)| Statement {
            title: slug.clone(),
            slug,
            versions,
            related: Vec::new(),
        };
        let archive = Archive {
            documents: documents.collect(),
            statements: statements.into_iter().map(statement).collect(),
        };
        let names: Vec<&String> = pages.keys().collect();
        let touched = Mutex::new(BTreeSet::new());
        let page = |id: DocumentId| {
            let name = names[id.0 as usize];
            touched.lock().unwrap().insert(slug(name));
            pages.get(name).cloned()
        };
        let text = |id: DocumentId| Some(Fingerprint::of(&pages[names[id.0 as usize]].body));
        let shelved = Shelved { archive: &archive, page: &page, text: &text };
        let seen = (daybook, &mut Diagnostics::default());
        let collation = collate_all((shelved, Scope::Archive), &Guides::default(), seen, &|_| ());
        (collation.synopses, touched.into_inner().unwrap())
    }

    #[test]
    fn an_edit_touches_the_statements_that_have_its_words_and_no_others() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("daybook");
        let mut pages = pages();
        let kept = |pages: &BTreeMap<String, Page>| run(pages, &Daybook::open(&folder).unwrap());
        assert_eq!(kept(&pages).1.len(), 12);
        assert!(kept(&pages).1.is_empty());
        // A line that says nothing of any word teaches nothing.
        pages.get_mut("pl/03").unwrap().body += "\n\nZzz.";
        let (synopses, touched) = kept(&pages);
        assert_eq!(touched, BTreeSet::from(["03".to_owned()]));
        assert_eq!(synopses, run(&pages, &Daybook::default()).0);
        // Words in other places teach something else to all that have them.
        let edited = pages.get_mut("pl/03").unwrap();
        let (first, rest) = edited.body.split_once(' ').unwrap();
        edited.body = format!("{} {rest} {first}", word(59, 0, 1));
        let (synopses, touched) = kept(&pages);
        assert!(touched.len() > 1 && touched.iter().all(|it| it.starts_with('0')), "{touched:?}");
        assert_eq!(synopses, run(&pages, &Daybook::default()).0);
        assert!(kept(&pages).1.is_empty());
    }
}
