//! How fast texts are signed, and how the cost of arranging grows with the archive.
//!
//! `HEXAPLA_BENCH=200000 cargo bench --bench arrange` arranges as many documents as asked for.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use hexapla::arrange::{Leaf, Options, Standing, arrange, sign};
use hexapla::vocab::lang::Lang;
use hexapla::vocab::page::{Head, Page};

fn main() {
    divan::main();
}

/// A small generator of numbers that are the same everywhere (Knuth's linear congruence).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % sides
    }
}

/// A made-up word of a language or, as language 0, a name that all languages share.
fn word(lang: u64, number: u64) -> String {
    let mut dice = Dice(lang * 1_000_003 + number);
    let syllables = 2 + dice.roll(3);
    let letters: [&[u8]; 2] = [b"bdfgklmnprstvz", b"aeiou"];
    let mut letter =
        |kind: usize| char::from(letters[kind][dice.roll(letters[kind].len() as u64) as usize]);
    (0..syllables).flat_map(|_| [letter(0), letter(1)]).collect()
}

/// A name with its capital.
fn name(number: u64) -> String {
    let mut word = word(0, number);
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// A version of a statement: the same names and numbers in each language, in the same order.
fn page(statement: u64, lang: u64) -> Page {
    let mut dice = Dice(statement);
    let mut passage = || -> String {
        let words = (0..40 + dice.roll(60)).map(|_| match dice.roll(12) {
            0 => name(dice.roll(30_000)),
            1 => (dice.roll(100) * dice.roll(100)).to_string(),
            // The square makes some words frequent.
            _ => word(lang, (dice.roll(90) * dice.roll(90)) % 6000),
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let title: String = passage().chars().take(60).collect();
    let body = (0..9).map(|_| passage()).collect::<Vec<_>>().join("\n\n");
    let tags = ["en", "pl", "fr", "de", "es", "it", "pt", "nl", "sv", "cs"];
    let tag = Lang::parse(tags[lang as usize - 1]).unwrap_or_else(Lang::undetermined);
    Page { head: Head::new(title, tag), body }
}

/// So many documents, five versions a statement.
fn pages(count: u64) -> Vec<Page> {
    (0..count).map(|at| page(at / 5, 1 + (at + at / 5) % 10)).collect()
}

#[divan::bench]
fn signing(bencher: Bencher) {
    let pages = pages(100);
    let bytes: usize = pages.iter().map(|page| page.body.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| pages.iter().map(|page| sign(page).to_bytes().len()).sum::<usize>());
}

/// The sizes to arrange: those asked for, or some that take seconds.
fn sizes() -> Vec<u64> {
    let asked = std::env::var("HEXAPLA_BENCH").unwrap_or_default();
    let sizes: Vec<u64> = asked.split(',').filter_map(|it| it.parse().ok()).collect();
    if sizes.is_empty() { vec![1000, 5000, 20_000] } else { sizes }
}

#[divan::bench(args = sizes(), sample_count = 1, sample_size = 1)]
fn arranging(bencher: Bencher, count: u64) {
    let leaves = || -> Vec<Leaf> {
        let leaf = |(at, page): (usize, Page)| Leaf {
            name: format!("{at:07}"),
            signature: sign(&page),
            head: page.head,
            digest: String::new(),
        };
        pages(count).into_iter().enumerate().map(leaf).collect()
    };
    bencher
        .counter(ItemsCount::new(count))
        .with_inputs(leaves)
        .bench_values(|leaves| arrange(leaves, &Standing::new(), &Options::default()));
}
