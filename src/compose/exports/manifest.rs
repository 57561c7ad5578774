//! The hashes of the raw files: what `sha256sum -c` reads inside the folder of seeds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::record::is_digest;
use crate::compose::press::Press;

/// Its path in the site.
pub const MANIFEST: &str = "data/manifest-sha256.txt";

/// Reads a manifest: line, counted from 1, digest and path of every file that it lists.
pub fn read(text: &str) -> Vec<(u32, String, String)> {
    let entry = |(number, line): (u32, &str)| {
        let (odd, line) = match line.strip_prefix('\\') {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        let (sha256, path) = line.split_once("  ").filter(|it| is_digest(it.0))?;
        let path = if odd { unnamed(path) } else { path.to_owned() };
        Some((number, sha256.to_owned(), path))
    };
    (1..).zip(text.lines()).filter_map(entry).collect()
}

/// One line a raw file, in the order of their paths. A file that holds several documents stands once.
pub(super) fn manifest(press: &Press) -> String {
    let heads = press.material.archive.documents.iter().map(|it| &it.head);
    let files: BTreeMap<&str, &str> =
        heads.filter_map(|it| Some((it.seed.as_deref()?, it.sha256.as_deref()?))).collect();
    let mut out = String::new();
    for (path, sha256) in files.into_iter().filter(|(_, sha256)| is_digest(sha256)) {
        // Writing into a String cannot fail.
        let _ = writeln!(out, "{}{sha256}  {}", if is_odd(path) { "\\" } else { "" }, named(path));
    }
    out
}

/// Whether a path holds what would break a line; such a line begins with a backslash.
fn is_odd(path: &str) -> bool {
    path.contains(['\\', '\n', '\r'])
}

/// A path as `sha256sum` writes it.
fn named(path: &str) -> String {
    path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

/// A path that `sha256sum` has written.
fn unnamed(written: &str) -> String {
    let mut path = String::with_capacity(written.len());
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        path.push(match character {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            },
            other => other,
        });
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_paths_are_read_as_they_were_written() {
        let digest = "a".repeat(64);
        for path in ["a b.txt", "a\nb", "c\\nd\r", "\\"] {
            let mark = if is_odd(path) { "\\" } else { "" };
            let text = format!("no line\n{mark}{digest}  {}\n", named(path));
            assert_eq!(read(&text), [(2, digest.clone(), path.to_owned())]);
        }
    }
}
