//! Quotation marks that one version lacks where all others quote the same words.

use std::collections::BTreeMap;

use super::{Said, finding, keys};
use crate::collate::sentence::is_wide;
use crate::collate::{Finding, Kind};
use crate::vocab::letter::is_letter;

/// Marks that quote, in any language.
const MARKS: &[char] = &[
    '„', '“', '”', '‟', '«', '»', '‹', '›', '"', '＂', '「', '」', '『', '』', '《', '》', '〈',
    '〉', '‘', '‚', '*', '_', '<', '【', '［',
];

/// Marks that quote where they do not stand inside a word, as in `l'acqua`; so a doubt is silence.
const APOSTROPHES: &[char] = &['\'', '’', '`', '´'];

/// How much longer one quotation of the same words may be than another.
const LONGER: usize = 3;

/// What is told of one sentence of a unit. Only where all others quote one stretch of words, and this
/// version has the same words: something that can be recognised stands in them and in its sentence.
pub(super) fn findings(place: usize, line: &[Said], findings: &mut Vec<Finding>) {
    let (with, without): (Vec<_>, Vec<_>) =
        line.iter().map(|said| (said, quotations(said.text))).partition(|it| !it.1.is_empty());
    let [(bare, _)] = without.as_slice() else { return };
    let single = with.iter().all(|it| it.1.len() == 1);
    if with.len() < 2 || !single || may_quote(bare.passage) || !bare.quotes {
        return;
    }
    let quoted: Vec<(&Said, &str)> =
        with.iter().filter_map(|(said, all)| Some((*said, *all.first()?))).collect();
    let lengths = || quoted.iter().map(|it| length(it.1));
    let alike = lengths().max().unwrap_or(0) <= lengths().min().unwrap_or(0) * LONGER;
    let own = keys(bare.text, bare.lang);
    let met = |it: &&(&Said, &str)| !keys(it.1, it.0.lang).is_disjoint(&own);
    if alike && quoted.iter().filter(met).count() >= 2 {
        let mut readings: BTreeMap<usize, String> =
            quoted.iter().map(|it| (it.0.witness, it.1.to_owned())).collect();
        readings.insert(bare.witness, String::new());
        findings.push(finding(place, Kind::Quotation, readings, 65));
    }
}

/// Whether a passage goes on in the middle of a sentence, and what stands before it quotes: a quotation of that
/// sentence may stand there.
pub(super) fn are_torn_off(passages: &[String], at: usize) -> bool {
    let small = |text: &String| text.trim_start().starts_with(char::is_lowercase);
    let before = at.checked_sub(1).and_then(|it| passages.get(it));
    passages.get(at).is_some_and(small) && before.is_some_and(|it| may_quote(it))
}

/// Whether something in a text may be the mark of a quotation.
fn may_quote(text: &str) -> bool {
    let inside = |at: usize, mark: &str| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let behind = text.get(at + mark.len()..).and_then(|it| it.chars().next());
        before.is_some_and(is_letter) && behind.is_some_and(is_letter)
    };
    text.contains(MARKS) || text.match_indices(APOSTROPHES).any(|(at, mark)| !inside(at, mark))
}

/// How long words are, as far as it can be compared between scripts: a sign for a syllable or a word counts
/// as three letters.
fn length(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) || ('가'..='힣').contains(&c) { 3 } else { 1 }).sum()
}

/// The quotations of a text, with their marks.
pub(super) fn quotations(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['„', '“', '«', '"', '「', '『', '”', '‹']) {
        let from = rest.get(open..).unwrap_or_default();
        let inside = from.chars().next().map_or(0, char::len_utf8);
        let behind = from.get(inside..).unwrap_or_default();
        let Some(close) = behind.find(['”', '“', '»', '"', '」', '』', '«', '›']) else {
            break;
        };
        let mark = behind.get(close..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
        let end = inside + close + mark;
        found.extend(from.get(..end));
        rest = from.get(end..).unwrap_or_default();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_in_a_word_and_a_bracket_quote_nothing() {
        assert!(!may_quote("L'acqua dell’impianto (56 litri)."));
        assert!(may_quote("He said 'no'.") && may_quote("the miners' «word»"));
    }

    #[test]
    fn a_quotation_before_a_line_break_is_not_missed() {
        let passages = ["A cool \"Developed Here\"", "world map, and more.", "News."];
        let passages = passages.map(str::to_owned);
        assert!(are_torn_off(&passages, 1));
        assert!(!are_torn_off(&passages, 2) && !are_torn_off(&passages, 0));
    }
}
