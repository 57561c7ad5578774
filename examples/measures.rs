//! Writes the measures of a set whose truth is known, for `src/tables/make-weights.py`.
//!
//! usage: measures STEM SET…, where each SET is a folder with `t/` and `truth.tsv` (file, statement,
//! language, of which only `und` is heeded); writes `STEM.first`, `STEM.second` and
//! `STEM.thirds`.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

use hexapla::accession::identify::identify;
use hexapla::arrange::{Leaf, measures, sign};
use hexapla::vocab::lang::Lang;
use hexapla::vocab::page::{Head, Page};

#[expect(clippy::disallowed_methods, reason = "an example is no room of the program")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let stem = arguments.next().ok_or("usage: measures STEM SET…")?;
    let mut files = [Vec::new(), Vec::new(), Vec::new()];
    for set in arguments {
        let (mut leaves, mut truth) = (Vec::new(), Vec::new());
        for line in fs::read_to_string(Path::new(&set).join("truth.tsv"))?.lines() {
            let mut columns = line.split('\t');
            let (Some(file), Some(statement)) = (columns.next(), columns.next()) else { continue };
            let mut leaf = leaf(&fs::read_to_string(Path::new(&set).join("t").join(file))?, file);
            if columns.next() == Some("und") {
                Arc::make_mut(&mut leaf.head).lang = Lang::undetermined();
            }
            leaves.push(leaf);
            truth.push(statement.to_owned());
        }
        for (rows, bytes) in measures(&leaves).iter().zip(&mut files) {
            for (a, b, measures) in rows {
                let one = f32::from(u8::from(truth.get(*a as usize) == truth.get(*b as usize)));
                for value in [*a as f32, *b as f32, one].iter().chain(measures) {
                    bytes.extend_from_slice(&value.to_le_bytes());
                }
            }
        }
    }
    for (bytes, round) in files.iter().zip(["first", "second", "thirds"]) {
        fs::write(format!("{stem}.{round}"), bytes)?;
    }
    Ok(())
}

/// A raw text as a leaf: its first line is the title, its language is identified.
fn leaf(text: &str, name: &str) -> Leaf {
    let text = text.trim_start();
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    let page = Page { head: Head::new(title, identify(text).lang), body: body.to_owned() };
    let signature = sign(&page);
    Leaf { name: name.to_owned(), head: Arc::new(page.head), digest: String::new(), signature }
}
