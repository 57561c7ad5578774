//! The evaluation sets, and the scores on them that may only rise.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the evaluation sets are unpacked.
pub(crate) fn sets() -> PathBuf {
    std::env::var_os("HEXAPLA_EVAL").unwrap_or_else(|| "../shared/eval".into()).into()
}

/// The rows of a table of a set.
pub(crate) fn table(path: &Path) -> Option<Vec<Vec<String>>> {
    let text = fs::read_to_string(path).ok()?;
    Some(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

/// Asserts that a score in ten-thousandths is the recorded one or higher.
pub(crate) fn must_not_fall(name: &str, now: u64) {
    let before = recorded(name);
    eprintln!("{name} {now}/10000, recorded {before}/10000");
    assert!(now >= before, "{name}: {now} < {before}; recorded in tests/gold/scores.txt");
}

/// A recorded score in ten-thousandths.
fn recorded(name: &str) -> u64 {
    let scores = fs::read_to_string("tests/gold/scores.txt").unwrap();
    let line = scores.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap();
    (line.trim().parse::<f64>().unwrap() * 10_000.0).round() as u64
}
