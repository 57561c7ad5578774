//! The hashes of the raw files: what `sha256sum -c` reads inside the folder of seeds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::record::is_digest;
use crate::compose::press::Press;

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
