//! Archives in which few texts have versions, most of them small and of short texts, as archives are when they begin:
//! where little is said, two texts agree in it by chance.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::arrange::{grouped, pairs};
use crate::scores::{must_not_fall, sets, table};

/// How many texts are in the archives, about.
const SIZES: [usize; 4] = [3, 8, 20, 120];
/// How many bytes of each text are in them, about.
const BYTES: [usize; 3] = [200, 500, 2000];

/// The texts of a set by statement, but of those that another set has too, from which the program was learned.
fn statements(set: &Path, other: &Path) -> Option<Vec<(String, Vec<String>)>> {
    let others = table(&other.join("truth.tsv"))?;
    let others: BTreeSet<&String> = others.iter().map(|row| &row[1]).collect();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in table(&set.join("truth.tsv"))? {
        if !others.contains(&row[1]) {
            let text = fs::read_to_string(set.join("t").join(&row[0])).unwrap();
            found.entry(row[1].clone()).or_default().push(text);
        }
    }
    Some(found.into_iter().collect())
}

/// The first sentences of a text, until they have so many bytes.
fn first_of(text: &str, bytes: usize) -> &str {
    let ends = text.match_indices(['.', '!', '?', '。', '।', '։', '؟']);
    let mut ends = ends.map(|(at, sign)| at + sign.len()).filter(|it| *it >= bytes);
    &text[..ends.next().unwrap_or(text.len())]
}

/// One archive: statements from a place on, every third with three versions, of the others one text each.
fn archive(
    statements: &[(String, Vec<String>)],
    from: usize,
    size: usize,
    bytes: usize,
    folder: &Path,
) {
    fs::create_dir(folder.join("t")).unwrap();
    let (mut truth, mut count) = (String::new(), 0);
    for at in from.. {
        let (statement, texts) = &statements[at * 7 % statements.len()];
        let versions = if at % 3 == 0 { 3 } else { 1 };
        for (number, text) in
            texts.iter().cycle().skip(at).take(versions.min(texts.len())).enumerate()
        {
            let name = format!("{at}-{number}.txt");
            fs::write(folder.join("t").join(&name), first_of(text, bytes)).unwrap();
            writeln!(truth, "{name}\t{statement}").unwrap();
            count += 1;
        }
        if count >= size || at + 1 >= from + statements.len() {
            break;
        }
    }
    fs::write(folder.join("truth.tsv"), truth).unwrap();
}

#[test]
fn archives_where_few_texts_have_versions_score_as_recorded() {
    for (set, other) in [("debnews-s", "debnews-m"), ("gnome-m", "gnome-s")] {
        let Some(statements) = statements(&sets().join(set), &sets().join(other)) else {
            eprintln!("skipped: {set} and {other} are not unpacked in {}", sets().display());
            continue;
        };
        let mut sums = [0; 3];
        for (number, size) in SIZES.iter().cycle().take(48).enumerate() {
            let folder = tempfile::tempdir().unwrap();
            let bytes = BYTES[number / SIZES.len() % BYTES.len()];
            archive(&statements, number * 11, *size, bytes, folder.path());
            let (found, truth) = grouped(folder.path()).unwrap();
            for (sum, pairs) in sums.iter_mut().zip(pairs(&found, &truth)) {
                *sum += pairs;
            }
        }
        let [said, true_, both] = sums;
        must_not_fall(&format!("sparse-{set}"), 20_000 * both / (said + true_).max(1));
        must_not_fall(&format!("sparse-precision-{set}"), 10_000 * both / said.max(1));
    }
}
