//! How fast raw texts are taken in: ten thousand texts of three kilobytes.

use divan::Bencher;
use divan::counter::BytesCount;
use hexapla::accession::{Options, accession};

/// How many texts there are.
const TEXTS: usize = 10_000;

fn main() {
    divan::main();
}

/// A text of about three kilobytes with furniture around it; no two are alike.
fn text(number: usize) -> String {
    let sentence = |at: usize| {
        format!(
            "The council of Kelmen said that pier {at} will be mended before winter number {number}. "
        )
    };
    let paragraph = |from: usize| (from..from + 4).map(sentence).collect::<String>();
    let body: Vec<String> = (0..9).map(|at| paragraph(at * 4)).collect();
    format!(
        "Evening Bell\n\nNews\n\nThe council speaks of pier {number}\n\nPublished 3 May 2021\n\n{}\n\n\
         Read also: The ferry\n\nShare: Mail | Print\n\n© Evening Bell. All rights reserved.\n",
        body.join("\n\n")
    )
}

/// Survey and intake, on one core.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ten_thousand_texts(bencher: Bencher) {
    let texts: Vec<String> = (0..TEXTS).map(text).collect();
    let names: Vec<String> = (0..TEXTS).map(|at| format!("{at:05}.txt")).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let fetch = |name: &str| {
        let at: usize = name.get(..5)?.parse().ok()?;
        texts.get(at).map(|text| text.as_bytes().to_vec())
    };
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let work = || {
            let archive = accession(&names, &fetch, &Options::default());
            let take = |(name, text): (&String, &String)| {
                archive.take(name, text.as_bytes(), &|_| None).documents.len()
            };
            names.iter().zip(&texts).map(take).sum::<usize>()
        };
        one.as_ref().map_or(0, |pool| pool.install(work))
    });
}
