//! The house rules, as a test: what a reader would have to remember is checked here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up. A room imports lower rooms only.
const FLOORS: &[&str] = &[
    "vocab",
    "error",
    "disk",
    "daybook",
    "accession",
    "arrange",
    "collate",
    "compose",
    "publish",
    "config",
    "pipeline",
    "check",
    "verify",
    "report",
    "serve",
    "init",
    "cli",
    "lib",
    "main",
];

/// Pairs of stages that do not know each other, though the floors would let them.
const STRANGERS: &[(&str, &str)] =
    &[("arrange", "accession"), ("collate", "accession"), ("collate", "arrange")];

/// Each outside library has one room.
const ROOMS: &[(&str, &str)] = &[
    ("walkdir", "src/disk.rs"),
    ("postcard", "src/daybook/"),
    ("serde_yaml", "src/vocab/yaml.rs"),
    ("pulldown_cmark", "src/vocab/prose"),
    ("sha2", "src/vocab/digest.rs"),
    ("blake3", "src/vocab/digest.rs"),
    ("encoding_rs", "src/vocab/decode.rs"),
    ("chardetng", "src/vocab/decode.rs"),
    ("dom_smoothie", "src/accession/formats/"),
    ("mail_parser", "src/accession/formats/"),
    ("quick_xml", "src/accession/formats/office/"),
    ("zip", "src/accession/formats/office/"),
    ("flate2", "src/accession/formats/"),
    ("icu_plurals", "src/compose/words.rs"),
    ("tera", "src/compose/theme.rs"),
    ("syntect", "src/compose/highlight.rs"),
    ("minify_html", "src/compose/minify.rs"),
    ("icu_properties", "src/compose/search/chars.rs"),
    ("icu_normalizer", "src/compose/search/chars.rs"),
    ("miniz_oxide", "src/compose/search/mod.rs"),
    ("base64", "src/compose/search/mod.rs"),
    ("indicatif", "src/report.rs"),
    ("mimalloc", "src/lib.rs"),
    ("tiny_http", "src/serve/"),
    ("notify", "src/serve/watch.rs"),
    ("clap", "src/cli/"),
];

/// A source file: path with `/`, text, and its lines of code without comments.
struct Source {
    path: String,
    text: String,
    code: Vec<String>,
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let comment = |line: &&str| !line.trim_start().starts_with("//");
        let code = text.lines().filter(comment).map(str::to_owned).collect();
        let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        Source { path, text, code }
    };
    files_below(&root.join(folder), "rs").into_iter().map(read).collect()
}

/// The room a file of `src/` belongs to.
fn room(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap();
    inside.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The rooms named after `crate::` in some code, also inside braces.
fn imports(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut parts = vec![String::new()];
                for character in group.chars() {
                    match character {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => parts.push(String::new()),
                        _ if depth == 0 => parts.last_mut().unwrap().push(character),
                        _ => {}
                    }
                }
                rooms.extend(parts.iter().map(|part| first_word(part.trim())));
            }
            None => {
                rooms.insert(first_word(rest));
            }
        }
    }
    rooms.remove("");
    rooms
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()
}

fn floor(room: &str) -> usize {
    FLOORS.iter().position(|it| *it == room).unwrap_or_else(|| panic!("`{room}` has no floor"))
}

#[test]
fn imports_go_down_only() {
    let mut faults = Vec::new();
    for source in sources("src") {
        let here = room(&source.path);
        for there in imports(&source.code.join("\n")) {
            if there != here && floor(&there) >= floor(here) || STRANGERS.contains(&(here, &there))
            {
                faults.push(format!("{} imports {there}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn an_import_upward_would_be_seen() {
    let seen =
        imports("use crate::{accession::{self, Intake}, compose};\nlet x = crate::disk::read();");
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["accession", "compose", "disk"]);
}

#[test]
fn each_library_stays_in_its_room() {
    let mut faults = Vec::new();
    for source in sources("src") {
        for (library, home) in ROOMS.iter().filter(|(_, home)| !source.path.starts_with(home)) {
            let named = |line: &&String| {
                line.contains(&format!("{library}::")) || line.contains(&format!("use {library}"))
            };
            if source.code.iter().any(|line| named(&line)) {
                faults.push(format!("{} names {library}, which lives in {home}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_disk_room_touches_the_file_system() {
    let touches = |source: &Source| source.code.iter().any(|line| line.contains("std::fs"));
    let rooms: BTreeSet<String> = sources("src")
        .iter()
        .filter(|it| touches(it))
        .map(|it| room(&it.path).to_owned())
        .collect();
    assert_eq!(rooms.into_iter().collect::<Vec<_>>(), ["disk"]);
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut faults = Vec::new();
    for source in sources("src") {
        let lines = source.text.lines().count();
        if lines > 400 {
            faults.push(format!("{} has {lines} lines", source.path));
        }
        if !source.text.starts_with("//!") {
            faults.push(format!("{} does not open with `//!`", source.path));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn functions_are_short() {
    let mut faults = Vec::new();
    for source in sources("src") {
        let mut begun: Option<(usize, usize, &str)> = None;
        for (number, line) in source.text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let words: Vec<&str> = line.split_whitespace().take(4).collect();
            let is_head = words.contains(&"fn") && !line.trim_start().starts_with("//");
            if begun.is_none() && is_head && !line.trim_end().ends_with(';') {
                begun = Some((number, indent, line));
            }
            let Some((first, depth, head)) = begun else { continue };
            let one_line = number == first && line.trim_end().ends_with('}');
            if one_line || number > first && indent == depth && line.trim_start().starts_with('}') {
                if number - first + 1 > 60 {
                    faults.push(format!(
                        "{}:{}: {} lines: {}",
                        source.path,
                        first + 1,
                        number - first + 1,
                        head.trim()
                    ));
                }
                begun = None;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_is_left_for_later_and_no_lint_is_silenced_in_passing() {
    let mut faults = Vec::new();
    for source in sources("src").iter().chain(&sources("tests")) {
        let marks = [
            concat!("TO", "DO"),
            concat!("FIX", "ME"),
            concat!("todo", "!("),
            concat!("unimplemented", "!("),
        ];
        let marks = marks.iter().filter(|mark| source.text.contains(**mark));
        faults.extend(marks.map(|mark| format!("{} says {mark}", source.path)));
        if source.path.starts_with("src/")
            && source.code.iter().any(|line| line.contains("#[allow("))
        {
            faults.push(format!("{} silences a lint without a reason", source.path));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_architecture_names_every_file_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let map = text.split("```").nth(1).unwrap();
    let mut named = BTreeSet::new();
    let mut folders: Vec<String> = Vec::new();
    for line in map.lines().filter(|line| !line.trim().is_empty()) {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let name = line.split_whitespace().next().unwrap();
        folders.truncate(depth);
        if let Some(folder) = name.strip_suffix('/') {
            folders.push(folder.to_owned());
        } else if Path::new(name).extension().is_some_and(|it| it == "rs") {
            named.insert([folders.join("/").as_str(), name].join("/"));
        }
    }
    let there: BTreeSet<String> = sources("src").into_iter().map(|it| it.path).collect();
    let missing: Vec<_> = there.difference(&named).collect();
    let invented: Vec<_> = named.difference(&there).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "not named: {missing:?}\nnot there: {invented:?}"
    );
}

#[test]
fn every_code_is_tested() {
    let tests: String = sources("tests").iter().map(|it| it.text.clone()).collect();
    let inline: String = sources("src")
        .iter()
        .filter_map(|it| it.text.split_once("#[cfg(test)]").map(|(_, tests)| tests.to_owned()))
        .collect();
    let said = |code: &hexapla::vocab::codes::Code| {
        let variant = format!("{code:?}");
        [&tests, &inline]
            .iter()
            .any(|text| text.contains(code.id()) || text.contains(&format!("Code::{variant}")))
    };
    let untested: Vec<&str> = hexapla::vocab::codes::Code::ALL
        .iter()
        .filter(|code| !said(code))
        .map(|code| code.id())
        .collect();
    assert!(untested.is_empty(), "no test speaks of {untested:?}");
}
