//! How long collating takes: fifty invented statements of five versions and twenty passages.
//!
//! `cargo bench --bench collate`; two thousand such statements are to take less than ten seconds on two
//! cores, so that fifty may take half a second of one.

use hexapla::collate::{self, Lexicon, Witness};
use hexapla::vocab::lang::Lang;

/// Statements of the archive.
const STATEMENTS: usize = 50;

/// A word of a language: its number written in syllables that only this language has.
fn word(number: usize, lang: usize) -> String {
    let letter = |at: usize| char::from(b"bdfgklmnprstvz"[(number / 14_usize.pow(at as u32)) % 14]);
    let vowel = char::from(b"aeiou"[lang]);
    (0..3).flat_map(|at| [letter(at), vowel]).collect()
}

/// A version: twenty passages of two sentences, one of which this version lacks.
fn witness(statement: usize, lang: usize) -> Witness {
    let sentence = |at: usize| -> String {
        let words: Vec<String> =
            (0..14).map(|it| word((statement * 31 + at * 17 + it * it * 7) % 900, lang)).collect();
        format!("{} {}.", words.join(" "), at * 37 % 100)
    };
    let passage = |at: usize| format!("{} {}", sentence(2 * at), sentence(2 * at + 1));
    let lacking = (statement + lang * 3) % 20;
    let tag = ["en", "pl", "fr", "de", "es"][lang];
    Witness {
        name: format!("{tag}/{statement}"),
        lang: Lang::parse(tag).unwrap_or_else(Lang::undetermined),
        passages: (0..20).filter(|&at| at != lacking).map(passage).collect(),
    }
}

/// One statement.
fn statement(at: usize) -> Vec<Witness> {
    (0..5).map(|lang| witness(at, lang)).collect()
}

#[divan::bench]
fn learn() -> Lexicon {
    collate::lessons::learn(STATEMENTS, &statement)
}

#[divan::bench]
fn collate_all(bencher: divan::Bencher) {
    let lexicon = Lexicon::default();
    bencher.bench(|| {
        (0..STATEMENTS).map(|at| collate::collate(&statement(at), &lexicon)).collect::<Vec<_>>()
    });
}

fn main() {
    divan::main();
}
