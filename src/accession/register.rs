//! The accession register: which page came from which seed, and how it read when Hexapla wrote it.
//!
//! It stands as `register.tsv` in the content folder, sorted, one line a page. A page that no longer
//! reads as the register says was edited by a curator; a page that is not in it was made by one.

use std::collections::BTreeMap;

use crate::vocab::escape::{Mark, escaped, unescaped};

/// The name of the register inside the content folder.
pub const FILE: &str = "register.tsv";

/// The first line of the file.
const HEADING: &str =
    "# seed\tpart\tpage\tdigest of the page as Hexapla wrote it; written by every build";

/// The register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register(BTreeMap<(String, u32), Entry>);

/// What the register says of one document of a seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Path of the page inside the content folder.
    pub page: String,
    /// Digest of the page when Hexapla last wrote it.
    pub digest: String,
}

impl Register {
    /// Reads the register; lines that cannot be read are passed over, so that their pages count as a
    /// curator's and are never overwritten.
    pub fn read(text: &str) -> Self {
        let entry = |line: &str| {
            let mut fields = line.split('\t');
            let key = (unescaped(fields.next()?, MARKS), fields.next()?.parse().ok()?);
            let (page, digest) = (fields.next()?.to_owned(), fields.next()?.to_owned());
            let whole = fields.next().is_none() && !page.is_empty() && !digest.is_empty();
            whole.then_some((key, Entry { page, digest }))
        };
        Self(text.lines().filter(|line| !line.starts_with('#')).filter_map(entry).collect())
    }

    /// Writes the register.
    pub fn write(&self) -> String {
        let mut text = format!("{HEADING}\n");
        for ((seed, part), Entry { page, digest }) in &self.0 {
            let part = part.to_string();
            let fields = [&escaped(seed, MARKS), part.as_str(), page, digest];
            text.push_str(&fields.join("\t"));
            text.push('\n');
        }
        text
    }

    /// What it says of a document.
    pub fn get(&self, seed: &str, part: u32) -> Option<&Entry> {
        self.0.get(&(seed.to_owned(), part))
    }

    /// Enters a document.
    pub fn enter(&mut self, seed: &str, part: u32, entry: Entry) {
        self.0.insert((seed.to_owned(), part), entry);
    }

    /// Lets the documents of a seed go by another name of it.
    pub fn rename(&mut self, from: &str, to: &str) {
        let keys: Vec<_> = self.0.keys().filter(|it| it.0 == from).cloned().collect();
        for (seed, part) in keys {
            if let Some(entry) = self.0.remove(&(seed, part)) {
                self.0.insert((to.to_owned(), part), entry);
            }
        }
    }

    /// Every entry: seed, part and what is said of it.
    pub fn entries(&self) -> impl Iterator<Item = (&str, u32, &Entry)> {
        self.0.iter().map(|((seed, part), entry)| (seed.as_str(), *part, entry))
    }
}

/// What would break a line of the register.
const MARKS: &[Mark] = &[('\\', '\\'), ('\t', 't'), ('\n', 'n'), ('\r', 'r')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_reads_back_and_skips_what_is_damaged() {
        let mut register = Register::default();
        let entry = Entry { page: "pl/a-1.md".into(), digest: "ab".into() };
        register.enter("000.txt", 0, entry.clone());
        assert_eq!(Register::read(&register.write()), register);
        register.enter("odd\tname\nof\\two.txt", 1, entry.clone());
        assert_eq!(Register::read(&register.write()), register);
        let damaged = register.write() + "001.txt\tx\ty\tz\n<<<<<<< ours\n";
        assert_eq!(Register::read(&damaged).get("000.txt", 0), Some(&entry));
        assert_eq!(Register::read(&damaged).entries().count(), 2);
    }
}
