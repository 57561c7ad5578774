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
    embed_theme(&out)
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
        writeln!(list, "    ({name:?}, include_str!({path:?})),", path = file.to_string_lossy())?;
    }
    list.push_str("]\n");
    fs::write(out.join("theme.rs"), list)?;
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
