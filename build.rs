//! Makes the binary self-contained: embeds the default theme and compiles the data tables.
//!
//! One function a table; each writes one file into the build folder, which the room that owns the
//! table includes.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    sign_sources()?;
    embed_theme(&out)?;
    compile("languages", 4, &out)?;
    compile("codes", 2, &out)
}

/// Tells the program a digest (FNV-1a, 64 bits) of the sources and choices it is made from.
#[expect(clippy::disallowed_methods, reason = "a build script is not a room of the program")]
fn sign_sources() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let mut files = vec![PathBuf::from("Cargo.lock")];
    list(Path::new("src"), &mut files)?;
    files.sort();
    let mut bytes: Vec<u8> = Vec::new();
    for file in &files {
        bytes.extend_from_slice(file.to_string_lossy().as_bytes());
        bytes.extend_from_slice(&fs::read(file)?);
    }
    let mut choices: Vec<String> =
        std::env::vars().map(|it| it.0).filter(|name| name.starts_with("CARGO_FEATURE_")).collect();
    choices.sort();
    bytes.extend_from_slice(choices.join(" ").as_bytes());
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let digest = bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix);
    println!("cargo::rustc-env=HEXAPLA_SOURCES={digest:016x}");
    Ok(())
}

/// Writes `theme.rs`: a list of path and content of every file of the default theme.
#[expect(clippy::disallowed_methods, reason = "a build script is not a room of the program")]
fn embed_theme(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=themes/default");
    let root = Path::new("themes/default").canonicalize()?;
    let mut files = Vec::new();
    list(&root, &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        let file = file.to_string_lossy();
        writeln!(list, "    ({name:?}, include_str!({file:?})),")?;
    }
    list.push_str("]\n");
    fs::write(out.join("theme.rs"), list)?;
    Ok(())
}

/// Writes the rows of a table as a sorted list of tuples with so many columns: `languages.rs` has tag, script,
/// English name and own name of the languages, `codes.rs` codes of languages with the tag that each means.
#[expect(clippy::disallowed_methods, reason = "a build script is not a room of the program")]
fn compile(name: &str, columns: usize, out: &Path) -> Result<(), Box<dyn Error>> {
    let path = format!("src/tables/{name}.tsv");
    println!("cargo::rerun-if-changed={path}");
    let table = fs::read_to_string(path)?;
    let mut rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    rows.sort();
    let mut list = String::from("&[\n");
    for row in rows {
        if row.len() != columns {
            return Err(format!("{columns} columns a row in {name}.tsv").into());
        }
        let cells: Vec<String> = row.iter().map(|cell| format!("{cell:?}")).collect();
        writeln!(list, "    ({}),", cells.join(", "))?;
    }
    list.push_str("]\n");
    fs::write(out.join(format!("{name}.rs")), list)?;
    Ok(())
}

/// Collects the files below a folder.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
