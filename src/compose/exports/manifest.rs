//! The hashes of the raw files: what `sha256sum -c` reads inside the folder of seeds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::record::is_digest;
use crate::compose::press::Press;
use crate::vocab::escape::{Mark, escaped, unescaped};

/// Its path in the site.
pub const MANIFEST: &str = "data/manifest-sha256.txt";

/// What `sha256sum` escapes in a path.
const MARKS: [Mark; 3] = [('\\', '\\'), ('\n', 'n'), ('\r', 'r')];

/// Reads a manifest: line, counted from 1, digest and path of every file that it lists.
pub fn read(text: &str) -> Vec<(u32, String, String)> {
    let entry = |(number, line): (u32, &str)| {
        let (odd, line) = match line.strip_prefix('\\') {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        let (sha256, path) = line.split_once("  ").filter(|it| is_digest(it.0))?;
        let path = if odd { unescaped(path, &MARKS) } else { path.to_owned() };
        Some((number, sha256.to_owned(), path))
    };
    (1..).zip(text.lines()).filter_map(entry).collect()
}

/// One line a raw file, in the order of their paths. A file that holds several documents stands once.
pub(super) fn manifest(press: &Press) -> String {
    let mut out = String::new();
    for (path, sha256) in listed(press).collect::<BTreeMap<&str, &str>>() {
        // Writing into a String cannot fail.
        let _ = writeln!(
            out,
            "{}{sha256}  {}",
            if is_odd(path) { "\\" } else { "" },
            escaped(path, &MARKS)
        );
    }
    out
}

/// Whether there is any raw file to list.
pub(super) fn is_there(press: &Press) -> bool {
    listed(press).next().is_some()
}

/// Path and digest of the raw file of each document that states them.
fn listed<'a>(press: &Press<'a>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let heads = press.material.archive.documents.iter().map(|it| &it.head);
    let stated = heads.filter_map(|it| Some((it.seed.as_deref()?, it.sha256.as_deref()?)));
    stated.filter(|(_, sha256)| is_digest(sha256))
}

/// Whether a path holds what would break a line; such a line begins with a backslash.
fn is_odd(path: &str) -> bool {
    path.contains(MARKS.map(|it| it.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_paths_are_read_as_they_were_written() {
        let digest = "a".repeat(64);
        for path in ["a b.txt", "a\nb", "c\\nd\r", "\\"] {
            let mark = if is_odd(path) { "\\" } else { "" };
            let text = format!("no line\n{mark}{digest}  {}\n", escaped(path, &MARKS));
            assert_eq!(read(&text), [(2, digest.clone(), path.to_owned())]);
        }
    }
}
