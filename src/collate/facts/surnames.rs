//! Surnames that were exchanged: behind a first name that all write, others have one name and a version another.
//!
//! This reads pairs of words with a capital as they are written, so it can tell what is also a common word in some
//! language: `Andreas Linux` for `Andreas Barth`.

use std::collections::BTreeMap;

use super::exchanges::{akin, is_office, stem};
use super::{Said, finding};
use crate::collate::{Finding, Kind, Witness};
use crate::vocab::letter::is_letter_or_digit;

/// How many letters a first name has at least: fewer may be an initial or an article.
const LETTERS: usize = 3;

/// What is told of one line of a unit. A version has another name behind a first name than all others that have the
/// first name, two and more, in the same letters; it does not have theirs in the line nor have they its own;
/// others have its own elsewhere; and in the whole statement the first name stands with this one name only.
pub(super) fn findings(
    place: usize,
    line: &[Said],
    witnesses: &[Witness],
    findings: &mut Vec<Finding>,
) {
    let told = |it: &Finding| it.unit as usize == place && it.kind == Kind::Name;
    if line.len() < 3 || findings.iter().any(told) {
        return;
    }
    let named: Vec<BTreeMap<&str, &str>> = line.iter().map(|it| pairs(it.text)).collect();
    let mut strange =
        named.iter().enumerate().flat_map(|(own, it)| it.iter().map(move |it| (own, it)));
    findings.extend(strange.find_map(|(own, (first, strange))| {
        let (readings, sure) = exchanged((own, first, strange), (line, &named), witnesses)?;
        Some(finding(place, Kind::Name, readings, sure))
    }));
}

/// The names behind a first name, version by version, where one has a strange one, and how sure that is.
fn exchanged(
    (own, first, strange): (usize, &str, &str),
    (line, named): (&[Said], &[BTreeMap<&str, &str>]),
    witnesses: &[Witness],
) -> Option<(BTreeMap<usize, String>, u8)> {
    let said = line.get(own)?;
    let others = || (0..line.len()).filter(|it| *it != own);
    let theirs = others().filter_map(|it| Some((it, *named.get(it)?.get(first)?)));
    let theirs: Vec<(usize, &str)> = theirs.collect();
    let name = theirs.first().filter(|_| theirs.len() > 1)?.1;
    let absent = |it: usize, word: &str| {
        line.get(it).is_some_and(|it| !it.text.to_lowercase().contains(&stem(word)))
    };
    let plain = akin(name, strange) || is_office(name) || is_office(strange);
    let found = theirs.iter().all(|it| it.1 == name)
        && !plain
        && absent(own, name)
        && others().all(|it| absent(it, strange))
        && is_exchanged((first, name, strange), said.witness, witnesses);
    let readings = theirs.iter().filter_map(|it| Some((line.get(it.0)?.witness, it.1)));
    let readings = readings.chain([(said.witness, strange)]);
    let readings = readings.map(|(witness, words)| (witness, words.to_owned()));
    found.then(|| (readings.collect(), 60 + 5 * theirs.len().min(6) as u8))
}

/// Whether a first name stands with one name only in all texts but for a strange one, once, in a version; and the
/// strange one stands elsewhere in another version.
fn is_exchanged(
    (first, name, strange): (&str, &str, &str),
    own: usize,
    witnesses: &[Witness],
) -> bool {
    let texts = || {
        let versions = witnesses.iter().enumerate();
        versions.flat_map(|(at, it)| it.passages.iter().map(move |text| (at, text.as_str())))
    };
    let behind = || {
        texts().flat_map(|(at, text)| {
            followers(text, first).filter(|it| *it != name).map(move |it| (at, it))
        })
    };
    let known = texts().any(|(at, text)| at != own && words(text).any(|it| it.1 == strange));
    known && behind().count() == 1 && behind().all(|it| it == (own, strange))
}

/// The words with a capital right behind a word, wherever it stands in a text.
fn followers<'a>(text: &'a str, first: &'a str) -> impl Iterator<Item = &'a str> {
    neighbours(text).filter(move |it| it.0 == first).map(|it| it.1)
}

/// What stands right behind each first name that stands once in a text.
fn pairs(text: &str) -> BTreeMap<&str, &str> {
    let mut pairs: BTreeMap<&str, &str> = neighbours(text).collect();
    if !pairs.is_empty() {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, word) in words(text) {
            *times.entry(word).or_default() += 1;
        }
        pairs.retain(|first, _| times.get(first) == Some(&1));
    }
    pairs
}

/// Two words in Latin letters, each with a capital and small letters, with one space between them.
fn neighbours(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut before = (0, "");
    words(text).filter_map(move |own| {
        let (at, first) = std::mem::replace(&mut before, own);
        let (next, word) = own;
        let beside = text.get(at + first.len()..next) == Some(" ");
        (beside && is_name(first) && is_name(word)).then_some((first, word))
    })
}

/// Whether a word may be a name of a person.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && letters.clone().count() + 1 >= LETTERS
        && letters.any(|c| c.is_ascii_lowercase())
}

/// The words of a text, each with the byte at which it begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let pieces = text.split_inclusive(|c| !is_letter_or_digit(c));
    let words = pieces.map(move |piece| {
        let at = next;
        next += piece.len();
        (at, piece.trim_end_matches(|c| !is_letter_or_digit(c)))
    });
    words.filter(|it| !it.1.is_empty())
}
