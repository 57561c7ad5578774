//! How fast texts are signed, how the cost of arranging grows with the archive, and what one more document
//! costs when all signatures are there.
//!
//! `HEXAPLA_BENCH=5000,20000,80000,200000 cargo bench --bench arrange` arranges archives of these sizes.
//! They are made of the evaluation sets debnews-m and gnome-m, unpacked in `HEXAPLA_EVAL` or
//! `../shared/eval`: of each text as many copies as it takes, each of which tells another story in the same
//! languages (`copies.rs`). Seconds are of the processor, on Linux, but where the clock is named.

mod copies;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use hexapla::accession::identify::identify;
use hexapla::arrange::{
    Archive, Arranged, Document, Leaf, Options, Seen, Standing, arrange_again, sign,
};
use hexapla::vocab::lang::Lang;
use hexapla::vocab::page::{Head, Page};
use rayon::prelude::*;

use copies::Spelling;

/// A text of a set.
struct Source {
    lang: Lang,
    text: String,
    /// The set and the statement in it.
    group: String,
}

#[expect(clippy::print_stdout, reason = "a benchmark tells what it measures")]
fn main() {
    let folder = std::env::var("HEXAPLA_EVAL").unwrap_or_else(|_| "../shared/eval".into());
    let sources: Vec<Source> = ["debnews-m", "gnome-m"]
        .iter()
        .flat_map(|set| read(&Path::new(&folder).join(set)))
        .collect();
    if sources.is_empty() {
        println!("skipped: debnews-m and gnome-m are not unpacked in {folder}");
        return;
    }
    let asked = std::env::var("HEXAPLA_BENCH").unwrap_or_default();
    let mut sizes: Vec<usize> = asked.split(',').filter_map(|it| it.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![5000, 20_000];
    }
    for size in sizes {
        measure(&sources, size);
    }
}

/// Signs and arranges so many documents, then once more with one more.
#[expect(clippy::print_stdout, reason = "a benchmark tells what it measures")]
fn measure(sources: &[Source], size: usize) {
    let begun = seconds();
    let texts: usize = (0..=size).into_par_iter().map(|at| text(sources, at).len()).sum();
    let made = seconds();
    let leaves = |count: usize| -> Vec<Leaf> {
        (0..count).into_par_iter().map(|at| leaf(sources, at)).collect()
    };
    let first = leaves(size);
    let signed = seconds();
    let bytes: usize = first.iter().map(|it| it.signature.to_bytes().len()).sum();
    let (from, clock) = (seconds(), Instant::now());
    let (standing, options) = (Standing::new(), Options::default());
    let (Arranged { archive, .. }, seen) =
        arrange_again(first, &standing, &options, &Seen::default());
    let (arranged, clock) = (seconds(), clock.elapsed().as_secs_f64());
    let peak = status("VmHWM:") / 1024;
    let statements = archive.statements.len();
    let [precision, recall] = score(sources, &archive);
    drop(archive);
    let more = leaves(size + 1);
    let again = seconds();
    let (_, now) = arrange_again(more, &standing, &options, &seen);
    println!(
        "{size} documents, {:.1} MB: signing {:.2} s, {} bytes each; arranging {:.2} s ({clock:.1} \
         of the clock), {statements} statements (precision {precision:.4}, recall {recall:.4}), {} pairs; one more {:.2} s, {} texts looked for, {} pairs measured; at most {peak} MB in use",
        texts as f64 / 1e6,
        (signed - made) - (made - begun),
        bytes / size,
        arranged - from,
        seen.pairs(),
        seconds() - again,
        now.searched(),
        now.measured(),
    );
}

/// The texts of a set with their languages as identified.
#[expect(clippy::disallowed_methods, reason = "a benchmark is no room of the program")]
fn read(set: &Path) -> Vec<Source> {
    let truth = fs::read_to_string(set.join("truth.tsv")).unwrap_or_default();
    let source = |line: &str| {
        let mut fields = line.split('\t');
        let text = fs::read_to_string(set.join("t").join(fields.next()?)).ok()?;
        let group = format!("{} {}", set.display(), fields.next()?);
        Some(Source { lang: identify(&text).lang, text, group })
    };
    truth.lines().filter_map(source).collect()
}

/// The text of a document: that of a source, respelled in all copies but the first.
fn text(sources: &[Source], at: usize) -> String {
    let copy = (at / sources.len()) as u32;
    let source = &sources[at % sources.len()].text;
    if copy == 0 {
        return source.clone();
    }
    Spelling::of(copy).copied(source)
}

/// The precision and the recall of the pairs of documents that are brought together: true ones are copies alike of
/// texts of one statement.
fn score(sources: &[Source], archive: &Archive) -> [f64; 2] {
    let pairs = |all: &mut dyn Iterator<Item = String>| -> f64 {
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        all.for_each(|it| *counts.entry(it).or_default() += 1.0);
        counts.values().map(|it| it * (it - 1.0) / 2.0).sum()
    };
    let group = |at: usize| format!("{} {}", at / sources.len(), sources[at % sources.len()].group);
    let found = |(at, it): (usize, &Document)| it.statement.map(|it| (at, it.0));
    let all: Vec<(usize, u32)> = archive.documents.iter().enumerate().filter_map(found).collect();
    let right = pairs(&mut all.iter().map(|it| format!("{} {}", it.1, group(it.0))));
    let found = pairs(&mut all.iter().map(|it| it.1.to_string()));
    [right / found, right / pairs(&mut (0..archive.documents.len()).map(group))]
}

/// A document, signed.
fn leaf(sources: &[Source], at: usize) -> Leaf {
    let text = text(sources, at);
    let (title, body) = text.trim_start().split_once('\n').unwrap_or((&text, ""));
    let head = Head::new(title, sources[at % sources.len()].lang.clone());
    let page = Page { head, body: body.to_owned() };
    let signature = sign(&page);
    Leaf { name: format!("{at:07}"), head: Arc::new(page.head), digest: String::new(), signature }
}

/// Seconds of the processor that this process has used.
#[expect(clippy::disallowed_methods, reason = "a benchmark is no room of the program")]
fn seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind.split_whitespace().skip(11).take(2).filter_map(|it| it.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// A figure of this process in kB.
#[expect(clippy::disallowed_methods, reason = "a benchmark is no room of the program")]
fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|it| it.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
