//! What the site weighs, folder by folder, and whether it is too heavy for its host.

use std::collections::BTreeMap;

use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};

/// How many bytes a site may have where nothing is said: what GitHub Pages serves.
pub const LIMIT: u64 = 1_000_000_000;

/// How many folders are named.
const NAMED: usize = 6;

/// The bytes of each folder of the site; what stands in none goes by the empty name.
pub type Weights = BTreeMap<String, u64>;

/// Weighs files, given as path and size.
pub(super) fn weigh<'a>(files: impl Iterator<Item = (&'a str, u64)>) -> Weights {
    let mut weights = Weights::new();
    for (path, size) in files {
        let folder = path.split_once('/').map_or("", |it| it.0);
        match weights.get_mut(folder) {
            Some(weight) => *weight += size,
            None => drop(weights.insert(folder.to_owned(), size)),
        }
    }
    weights
}

/// The heaviest folders in words: `sources 94 MB, documents 84 MB`.
pub fn heaviest(weights: &Weights) -> String {
    let mut all: Vec<(&str, u64)> = weights.iter().map(|it| (it.0.as_str(), *it.1)).collect();
    all.retain(|it| !it.0.is_empty());
    all.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    all.truncate(NAMED);
    let named = |(folder, bytes): (&str, u64)| format!("{folder} {}", megabytes(bytes));
    all.into_iter().map(named).collect::<Vec<_>>().join(", ")
}

/// What is said of a site that has, or will soon have, more bytes than its host serves.
pub fn too_heavy(weights: &Weights, limit: u64) -> Option<Diagnostic> {
    let bytes: u64 = weights.values().sum();
    if limit == 0 || bytes < limit / 10 * 9 {
        return None;
    }
    let message = format!(
        "the site has {}, and its host serves {}: {}",
        megabytes(bytes),
        megabytes(limit),
        heaviest(weights)
    );
    let of = |folder: &str| megabytes(weights.get(folder).copied().unwrap_or(0));
    let hint = format!(
        "in hexapla.yaml, `exports: [bibtex]` leaves out most of the {} in data/, `search: false` the {} in search/; `limit: 0` says that the host has room",
        of("data"),
        of("search"),
    );
    Some(Diagnostic::new(Code::SiteTooLarge, Place::default(), message).hint(hint))
}

/// A size in megabytes: rounded up to whole ones, and to tenths where there are few.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    if tenths < 100 {
        return format!("{}.{} MB", tenths / 10, tenths % 10);
    }
    format!("{} MB", bytes.div_ceil(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heavy_site_is_told_what_to_leave_out() {
        let files = [("a.html", 10), ("data/x", 500_000_001), ("search/t/1.js", 390_000_000)];
        let weights = weigh(files.into_iter());
        assert_eq!(heaviest(&weights), "data 501 MB, search 390 MB");
        assert_eq!(heaviest(&weigh([("names/a.html", 140_001)].into_iter())), "names 0.2 MB");
        assert_eq!(too_heavy(&weights, 0), None);
        assert_eq!(too_heavy(&weights, 2 * LIMIT), None);
        assert_eq!(too_heavy(&weights, LIMIT), None);
        let weights = weigh(files.into_iter().chain([("documents/a.html", 50_000_000)]));
        let said = too_heavy(&weights, LIMIT).unwrap();
        assert_eq!(said.code, Code::SiteTooLarge);
        assert_eq!(
            said.message,
            "the site has 941 MB, and its host serves 1000 MB: data 501 MB, search 390 MB, documents 50 MB"
        );
        assert!(said.hint.contains("501 MB in data/") && said.hint.contains("390 MB in search/"));
    }
}
