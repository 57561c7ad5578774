//! Alignment measured on parallel texts whose true units are known: links between passages of two
//! versions, as the scorer of the evaluation sets counts them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hexapla::collate::{self, Witness};
use hexapla::config::{Config, Written};
use hexapla::pipeline;
use hexapla::vocab::lang::Lang;

use crate::scores::{must_not_fall, sets, table};

/// A version with the true units of its passages; passage 0, the title, is empty and has none.
#[derive(Clone)]
struct Version {
    witness: Witness,
    truth: Vec<BTreeSet<String>>,
}

/// Statements of versions.
type Set = Vec<Vec<Version>>;

/// The blocks of a text with the line, counted from 1, where each begins.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        match blocks.last_mut() {
            Some((_, block)) if open && !line.is_empty() => *block = format!("{block} {line}"),
            _ if !line.is_empty() => blocks.push((at + 1, line.to_owned())),
            _ => {}
        }
        open = !line.is_empty();
    }
    blocks
}

/// The short tag of a language that a set names by three letters.
fn two_letters(tag: &str) -> &str {
    let pairs = "pes fa ces cs hun hu hin hi ind id spa es rus ru jpn ja ell el amh am swh sw kaz kk \
        eng en heb he vie vi pol pl ukr uk kor ko ben bn arb ar deu de kat ka fin fi tur tr fra fr \
        tha th ita it hye hy";
    let words: Vec<&str> = pairs.split_whitespace().collect();
    words.chunks(2).find(|it| it[0] == tag).map_or(tag, |it| it[1])
}

/// A version out of its blocks.
fn version(name: &str, lang: &str, blocks: Vec<(String, BTreeSet<String>)>) -> Version {
    let (passages, truth): (Vec<String>, Vec<BTreeSet<String>>) = blocks.into_iter().unzip();
    Version {
        witness: Witness {
            name: name.to_owned(),
            lang: Lang::parse(lang).unwrap(),
            passages: std::iter::once(String::new()).chain(passages).collect(),
        },
        truth: std::iter::once(BTreeSet::new()).chain(truth).collect(),
    }
}

/// Reads a set that says which units each block holds.
fn told(folder: &Path) -> Option<Set> {
    let mut units: BTreeMap<(String, usize), BTreeSet<String>> = BTreeMap::new();
    for row in table(&folder.join("units.tsv"))? {
        let ids = row[2].split(',').map(str::to_owned).collect();
        units.insert((row[0].clone(), row[1].parse().unwrap()), ids);
    }
    let mut groups: BTreeMap<String, Vec<Version>> = BTreeMap::new();
    for row in table(&folder.join("truth.tsv"))? {
        let text = fs::read_to_string(folder.join("t").join(&row[0])).ok()?;
        let own = blocks(&text).into_iter().map(|(line, block)| {
            let truth = units.get(&(row[0].clone(), line)).cloned().unwrap_or_default();
            (block, truth)
        });
        groups.entry(row[1].clone()).or_default().push(version(
            &row[0],
            two_letters(&row[2]),
            own.collect(),
        ));
    }
    Some(groups.into_values().collect())
}

/// Numbers that look like chance and are the same everywhere (`SplitMix64`, Steele 2014).
struct Chance(u64);

impl Chance {
    /// Begins with a name.
    fn of(name: &str) -> Self {
        Self(
            name.bytes().fold(7, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)),
        )
    }

    /// A number below another.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }
}

/// Press releases as versions of which some are damaged: `drop` percent of the paragraphs are left
/// out, a tenth are joined to the next, and a block is moved. Truth is the number of the paragraph,
/// where at least three versions have as many paragraphs as most.
fn news(folder: &Path, drop: usize) -> Option<Set> {
    let mut groups: BTreeMap<String, Vec<(String, String, Vec<String>)>> = BTreeMap::new();
    for row in table(&folder.join("truth.tsv"))? {
        let text = fs::read_to_string(folder.join("t").join(&row[0])).ok()?;
        let own = blocks(&text).into_iter().map(|it| it.1).collect();
        groups.entry(row[1].clone()).or_default().push((row[0].clone(), row[2].clone(), own));
    }
    let mut set = Set::new();
    for versions in groups.into_values() {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, _, own) in &versions {
            *counts.entry(own.len()).or_default() += 1;
        }
        let (count, often) = counts.into_iter().max_by_key(|it| (it.1, it.0)).unwrap();
        if often < 3 || count < 6 {
            continue;
        }
        let agreeing = versions.into_iter().filter(|it| it.2.len() == count).take(8);
        set.push(agreeing.map(|it| damaged(&it.0, &it.1, &it.2, drop)).collect());
    }
    Some(set)
}

/// One version with its damage.
fn damaged(name: &str, lang: &str, paragraphs: &[String], drop: usize) -> Version {
    let mut chance = Chance::of(name);
    let mut left: Vec<(String, BTreeSet<String>)> = Vec::new();
    for (at, text) in paragraphs.iter().enumerate() {
        if chance.below(100) >= drop {
            left.push((text.clone(), BTreeSet::from([at.to_string()])));
        }
    }
    let size = (1 + chance.below(4)).min(left.len());
    let from = chance.below(left.len() + 1 - size);
    let block: Vec<_> = left.drain(from..from + size).collect();
    let to = chance.below(left.len() + 1);
    left.splice(to..to, block);
    let mut joined: Vec<(String, BTreeSet<String>)> = Vec::new();
    for (text, truth) in left {
        match joined.last_mut() {
            Some(last) if chance.below(10) == 0 => {
                last.0 = format!("{} {text}", last.0);
                last.1.extend(truth);
            }
            _ => joined.push((text, truth)),
        }
    }
    version(name, lang, joined)
}

/// How many links are true, said, and both.
#[derive(Clone, Copy, Debug, Default)]
struct Links {
    both: u64,
    said: u64,
    there: u64,
}

impl Links {
    /// F1 in ten-thousandths.
    fn f1(self) -> u64 {
        20_000 * self.both / (self.said + self.there).max(1)
    }
}

/// The links of one statement.
fn links(versions: &[Version], synopsis: &collate::Synopsis) -> Links {
    let mut said: Vec<Vec<BTreeSet<usize>>> =
        versions.iter().map(|it| vec![BTreeSet::new(); it.truth.len()]).collect();
    for (place, unit) in synopsis.units.iter().enumerate() {
        for (witness, cell) in unit.cells.iter().enumerate() {
            for part in &cell.parts {
                said[witness][part.passage as usize].insert(place);
            }
        }
    }
    let mut links = Links::default();
    for (a, one) in versions.iter().enumerate() {
        for (b, other) in versions.iter().enumerate().skip(a + 1) {
            for i in 1..one.truth.len() {
                for j in 1..other.truth.len() {
                    let there = !one.truth[i].is_disjoint(&other.truth[j]);
                    let found = !said[a][i].is_disjoint(&said[b][j]);
                    links.there += u64::from(there);
                    links.said += u64::from(found);
                    links.both += u64::from(there && found);
                }
            }
        }
    }
    links
}

/// The versions of statements as they are collated.
fn witnesses(set: &Set) -> Vec<Vec<Witness>> {
    set.iter().map(|it| it.iter().map(|version| version.witness.clone()).collect()).collect()
}

/// A set collated as the program does it, statements given.
fn scored(set: &Set) -> Links {
    let witnesses = witnesses(set);
    let learned = collate::lessons::learn(witnesses.len(), &|at| witnesses[at].clone());
    collated(set, &learned)
}

/// A set collated by three versions at a time, each three as if nothing else were there.
fn alone(set: &Set) -> Links {
    let threes = set.iter().flat_map(|it| it.chunks(3)).map(<[Version]>::to_vec).collect();
    collated(&threes, &collate::Lexicon::default())
}

/// The links of all statements.
fn collated(set: &Set, lexicon: &collate::Lexicon) -> Links {
    let one = |(versions, witnesses): (&Vec<Version>, Vec<Witness>)| {
        links(versions, &collate::collate(&witnesses, lexicon))
    };
    set.iter().zip(witnesses(set)).map(one).fold(Links::default(), |sum, it| Links {
        both: sum.both + it.both,
        said: sum.said + it.said,
        there: sum.there + it.there,
    })
}

/// A set by the name of its score.
fn read(folder: &Path, name: &str) -> Option<Set> {
    match name {
        "news-15" => news(&folder.join("debnews-s"), 15),
        "news-30" => news(&folder.join("debnews-s"), 30),
        _ => told(&folder.join(name)),
    }
}

#[test]
fn alignment_scores_as_recorded() {
    for name in ["quran-align", "udhr-align", "news-15", "news-30"] {
        let Some(set) = read(&sets(), name) else {
            eprintln!("skipped: the set behind {name} is not unpacked in {}", sets().display());
            continue;
        };
        must_not_fall(&format!("align-{name}"), scored(&set).f1());
        must_not_fall(&format!("alone-{name}"), alone(&set).f1());
    }
}

/// Where the five real texts are.
fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds")
}

/// The statement of four versions among the five real texts, collated by the whole program: what each version
/// has in each unit, by language.
fn five() -> Option<Vec<BTreeMap<String, collate::Cell>>> {
    let Ok(files) = fs::read_dir(seeds()) else {
        eprintln!("skipped: ../shared/seeds is not there");
        return None;
    };
    let scratch = tempfile::tempdir().unwrap();
    for path in files.map(|it| it.unwrap().path()).filter(|it| it.extension().unwrap() == "txt") {
        fs::copy(&path, scratch.path().join(path.file_name().unwrap())).unwrap();
    }
    let gathered =
        pipeline::gather(scratch.path(), &Config::new(scratch.path(), Written::default()), &|_| {})
            .unwrap();
    let synopsis = gathered.synopses(&|_| {}).remove(0);
    let document = |at: usize| gathered.archive.statements[0].versions[at].document.0 as usize;
    let lang = |at: usize| gathered.archive.documents[document(at)].head.lang.base().to_owned();
    let row = |unit: &collate::Unit| {
        unit.cells.iter().enumerate().map(|(at, cell)| (lang(at), cell.clone())).collect()
    };
    Some(synopsis.units.iter().map(row).collect())
}

/// The passages that a version has in a unit, `!` where they are moved and `+` where said again.
fn shown(cell: &collate::Cell) -> String {
    let marked =
        |part: &collate::Part| format!("{}{}", if part.again { "+" } else { "" }, part.passage);
    let mut parts: Vec<String> = cell.parts.iter().map(marked).collect();
    parts.dedup();
    format!("{}{}", if cell.moved { "!" } else { "" }, parts.join(" "))
}

/// What the five texts must show, in the order of the Polish: unit by unit the passage of the Polish,
/// French and English, and the passages of the Arabic, which says the seventh and the eighth unit in one
/// sentence.
const FIVE: [&str; 13] =
    ["0", "1", "1", "4 5", "6", "6", "6", "7", "7", "7", "8", "!2 +9", "!3 +9"];

#[test]
fn the_five_texts_are_aligned_as_they_should_be() {
    let Some(units) = five() else { return };
    assert_eq!(units.len(), FIVE.len());
    for (at, (unit, arabic)) in units.iter().zip(FIVE).enumerate() {
        for lang in ["pl", "fr", "en"] {
            assert_eq!(shown(&unit[lang]), at.to_string(), "{lang}");
        }
        assert_eq!(shown(&unit["ar"]), arabic, "unit {at}");
    }
}

/// The Arabic says the seventh and the eighth unit in one sentence, and parts them by its first comma.
#[test]
fn a_sentence_that_says_two_units_is_cut_where_its_text_pauses() {
    let Some(units) = five() else { return };
    let [one, other] = [&units[7]["ar"].parts[0], &units[8]["ar"].parts[0]];
    let end = units[9]["ar"].parts[0].to as usize;
    let files = fs::read_dir(seeds()).unwrap().map(|it| fs::read_to_string(it.unwrap().path()));
    let texts: Vec<String> = files.map(Result::unwrap).collect();
    let mut lines = texts.iter().flat_map(|it| it.lines()).map(str::trim);
    let passage = lines.find(|it| it.len() == end && it.contains('،')).unwrap();
    let comma = passage.find('،').unwrap();
    let said = |part: &collate::Part| passage[part.from as usize..part.to as usize].trim();
    assert_eq!(said(one), &passage[..comma + '،'.len_utf8()]);
    assert!(said(other).ends_with('.') && !said(other).trim_end_matches('.').contains('.'));
}
