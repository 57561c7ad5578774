//! The sample archive against its truth: what is cut, what is said of each text, which texts belong
//! together, which passages say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hexapla::accession::Intake;
use hexapla::config::{Config, Written};
use hexapla::pipeline::{self, Gathered};
use serde::Deserialize;

#[derive(Deserialize)]
struct Truth {
    statements: Vec<TrueStatement>,
    files: BTreeMap<String, TrueFile>,
}

#[derive(Deserialize)]
struct TrueStatement {
    statement: String,
    versions: Vec<String>,
    related: Vec<String>,
}

#[derive(Deserialize)]
struct TrueFile {
    language: String,
    title: String,
    date: Option<String>,
    date_basis: Option<String>,
    outlet: Option<String>,
    format: String,
    #[serde(default)]
    furniture: Vec<TrueLine>,
    #[serde(default)]
    units: Vec<TrueUnit>,
}

#[derive(Deserialize)]
struct TrueLine {
    line: u32,
    text: String,
}

#[derive(Deserialize)]
struct TrueUnit {
    unit: Vec<u32>,
    line: u32,
}

fn truth() -> Truth {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/sample.yaml");
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn gathered() -> Gathered {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let config = Config::new(&PathBuf::new(), Written::default());
    pipeline::gather(&seeds, &config, &|_| ()).unwrap()
}

fn by_seed(gathered: &Gathered) -> BTreeMap<&str, &Intake> {
    gathered.intakes.values().map(|intake| (intake.seed.as_str(), intake)).collect()
}

fn base(tag: &str) -> &str {
    tag.split('-').next().unwrap()
}

#[test]
fn every_text_is_described_as_it_should_be() {
    let (truth, gathered) = (truth(), gathered());
    let intakes = by_seed(&gathered);
    let mut faults = Vec::new();
    for (file, expected) in &truth.files {
        let Some(intake) = intakes.get(file.as_str()) else {
            faults.push(format!("{file}: not taken in"));
            continue;
        };
        let head = &intake.page.head;
        let mut compare = |what: &str, said: &str, expected: &str| {
            if said != expected {
                faults.push(format!("{file}: {what} is `{said}`, not `{expected}`"));
            }
        };
        compare("language", base(head.lang.as_str()), base(&expected.language));
        compare("title", &head.title, &expected.title);
        let date = head.date.as_ref().map_or("", |date| date.as_str());
        compare("date", date, expected.date.as_deref().unwrap_or_default());
        let basis = head.date_basis.map_or(String::new(), |it| format!("{it:?}").to_lowercase());
        compare("date basis", &basis, expected.date_basis.as_deref().unwrap_or_default());
        // Mastheads are often set in capitals, and may carry more than the name.
        let outlet = head.outlet.as_deref().unwrap_or_default();
        let known = expected.outlet.as_deref().unwrap_or_default();
        let same = outlet.to_lowercase().starts_with(&known.to_lowercase());
        compare("outlet", if same { known } else { outlet }, known);
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_furniture_is_cut_and_nothing_else() {
    let (truth, gathered) = (truth(), gathered());
    let intakes = by_seed(&gathered);
    let mut faults = Vec::new();
    for (file, expected) in truth.files.iter().filter(|(_, it)| it.format == "text") {
        let Some(intake) = intakes.get(file.as_str()) else { continue };
        let removed = &intake.page.head.removed;
        let part = |rule: &str| ["dateline", "frame", "blank-line"].contains(&rule);
        let cut: BTreeSet<u32> =
            removed.iter().filter(|it| !part(&it.rule)).map(|it| it.line).collect();
        let furniture: BTreeMap<u32, &str> =
            expected.furniture.iter().map(|it| (it.line, it.text.as_str())).collect();
        for (line, text) in furniture.iter().filter(|(line, _)| !cut.contains(line)) {
            faults.push(format!("{file}:{line}: left: {text}"));
        }
        for it in removed.iter().filter(|it| !part(&it.rule) && !furniture.contains_key(&it.line)) {
            faults.push(format!("{file}:{}: cut by {}: {}", it.line, it.rule, it.text));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_versions_of_each_statement_are_found() {
    let (truth, gathered) = (truth(), gathered());
    let file = |name: &str| gathered.intakes[name].seed.clone();
    let archive = &gathered.archive;
    let found: BTreeSet<BTreeSet<String>> = archive
        .statements
        .iter()
        .map(|it| {
            it.versions.iter().map(|it| file(&archive.documents[it.document.0 as usize].name))
        })
        .map(Iterator::collect)
        .collect();
    let expected: BTreeSet<BTreeSet<String>> =
        truth.statements.iter().map(|it| it.versions.iter().cloned().collect()).collect();
    let wrong: Vec<_> = found.difference(&expected).collect();
    let missed: Vec<_> = expected.difference(&found).collect();
    assert!(wrong.is_empty() && missed.is_empty(), "wrong: {wrong:#?}\nmissed: {missed:#?}");
    for statement in truth.statements.iter().filter(|it| !it.related.is_empty()) {
        let of = |it: &&hexapla::arrange::Statement| {
            let first = &archive.documents[it.versions[0].document.0 as usize].name;
            statement.versions.contains(&file(first))
        };
        let found = archive.statements.iter().find(of).unwrap();
        let related: Vec<String> = found
            .related
            .iter()
            .map(|it| file(&archive.documents[it.document.0 as usize].name))
            .collect();
        for story in &statement.related {
            assert!(related.contains(story), "{}: related are {related:?}", statement.statement);
        }
    }
}

/// Links between lines of two versions: file and line, twice.
type Links = BTreeSet<[(String, u32); 2]>;

fn links(cells: &BTreeMap<(String, u32), BTreeSet<(String, u32)>>) -> Links {
    let mut links = Links::new();
    for lines in cells.values() {
        for a in lines {
            for b in lines.iter().filter(|b| b.0 > a.0) {
                links.insert([a.clone(), b.clone()]);
            }
        }
    }
    links
}

#[test]
fn passages_that_say_the_same_are_aligned() {
    let (truth, gathered) = (truth(), gathered());
    let mut said: BTreeMap<(String, u32), BTreeSet<(String, u32)>> = BTreeMap::new();
    for (statement, synopsis) in gathered.archive.statements.iter().zip(gathered.synopses(&|_| ()))
    {
        for (unit, row) in (0..).zip(&synopsis.units) {
            for (cell, version) in row.cells.iter().zip(&statement.versions) {
                let name = &gathered.archive.documents[version.document.0 as usize].name;
                let intake = &gathered.intakes[name];
                let lines = cell.parts.iter().filter(|part| part.passage > 0);
                let lines = lines.map(|part| intake.lines[part.passage as usize - 1]);
                said.entry((statement.slug.clone(), unit))
                    .or_default()
                    .extend(lines.map(|line| (intake.seed.clone(), line)));
            }
        }
    }
    let mut expected: BTreeMap<(String, u32), BTreeSet<(String, u32)>> = BTreeMap::new();
    for statement in &truth.statements {
        for file in &statement.versions {
            let intake = by_seed(&gathered)[file.as_str()];
            for unit in &truth.files[file].units {
                // Raw HTML lines differ from line counts of plain text: take what accession says.
                if intake.lines.contains(&unit.line) {
                    for number in &unit.unit {
                        let cell =
                            expected.entry((statement.statement.clone(), *number)).or_default();
                        cell.insert((file.clone(), unit.line));
                    }
                }
            }
        }
    }
    let known: BTreeSet<(String, u32)> = expected.values().flatten().cloned().collect();
    let (said, expected) = (links(&said), links(&expected));
    let judged: Links =
        said.into_iter().filter(|link| link.iter().all(|it| known.contains(it))).collect();
    let hit = judged.intersection(&expected).count() as f64;
    let (precision, recall) = (hit / judged.len() as f64, hit / expected.len() as f64);
    let score = 2.0 * precision * recall / (precision + recall);
    println!(
        "sample-align P {precision:.4} R {recall:.4} F1 {score:.4} of {} links",
        expected.len()
    );
    assert!(score > 0.95, "link F1 is {score:.4} (precision {precision:.4}, recall {recall:.4})");
}
