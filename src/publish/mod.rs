//! Publish, the fifth stage: `public/` is made equal to the site, changing only what differs.
//!
//! Three steps, so that a reader never meets a half-made site and a killed build loses nothing: every
//! file that differs is first set aside complete in a staging folder; when all are there they are
//! renamed into place; last, files that the site no longer has are removed, but only those that the
//! manifest says are ours. Where one file cannot be rendered, nothing is changed at all.

mod manifest;

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use crate::disk;
use crate::error::Error;
use crate::vocab::diagnostic::Diagnostic;

pub use manifest::MANIFEST;

/// The folder inside the output where files wait until all are there.
const STAGING: &str = ".hexapla-staging";

/// What is to be published: every path, and how its bytes are made.
pub struct Edition<'a> {
    /// Every path of the site, relative, with `/`.
    pub paths: &'a [String],
    /// Makes the bytes of the file at a path.
    pub render: &'a (dyn Fn(&str) -> Result<Vec<u8>, Diagnostic> + Sync),
    /// Called once for every path that is done.
    pub tick: &'a (dyn Fn() + Sync),
}

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Files written because they were new or different.
    pub written: usize,
    /// Files that were already right.
    pub unchanged: usize,
    /// Files of ours that the site no longer has.
    pub removed: usize,
    /// Size of the whole site in bytes.
    pub bytes: u64,
}

/// Why the output folder was left as it was.
#[derive(Debug)]
pub enum Refusal {
    /// Some files could not be rendered.
    Unrenderable(Vec<Diagnostic>),
    /// The disk or the surroundings stood in the way.
    Error(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Makes the folder `out` equal to the edition.
pub fn publish(edition: &Edition, out: &Path) -> Result<Receipt, Refusal> {
    let _hold = disk::hold(&out.join(manifest::LOCK))?;
    let staging = out.join(STAGING);
    disk::remove_folder(&staging)?;
    let staged = stage(edition, out, &staging)?;
    let before = manifest::read(out)?;
    let after: BTreeSet<String> = edition.paths.iter().cloned().collect();
    let gone: Vec<&String> = before.difference(&after).collect();
    let either: BTreeSet<String> = before.union(&after).cloned().collect();
    manifest::write(out, &either)?;
    for file in staged.iter().filter(|file| file.differs) {
        disk::rename(&staging.join(file.path), &out.join(file.path))?;
    }
    let removed = gone.iter().map(|path| disk::remove(out, path)).collect::<Result<Vec<_>, _>>()?;
    manifest::write(out, &after)?;
    disk::remove_folder(&staging)?;
    let written = staged.iter().filter(|file| file.differs).count();
    Ok(Receipt {
        written,
        unchanged: staged.len() - written,
        removed: removed.into_iter().filter(|&was_there| was_there).count(),
        bytes: staged.iter().map(|file| file.bytes).sum(),
    })
}

/// A file of the edition after it was rendered.
struct Staged<'a> {
    path: &'a str,
    differs: bool,
    bytes: u64,
}

/// Renders every file and sets those that differ aside.
fn stage<'a>(
    edition: &Edition<'a>,
    out: &Path,
    staging: &Path,
) -> Result<Vec<Staged<'a>>, Refusal> {
    let outcomes: Vec<Result<Staged, Refusal>> =
        edition.paths.par_iter().map(|path| stage_one(edition, path, out, staging)).collect();
    let mut staged = Vec::with_capacity(outcomes.len());
    let mut faults = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(file) => staged.push(file),
            Err(Refusal::Unrenderable(more)) => faults.extend(more),
            Err(error) => return Err(error),
        }
    }
    if faults.is_empty() { Ok(staged) } else { Err(Refusal::Unrenderable(faults)) }
}

/// Renders one file and sets it aside where it differs from what stands in the output folder.
fn stage_one<'a>(
    edition: &Edition<'a>,
    path: &'a str,
    out: &Path,
    staging: &Path,
) -> Result<Staged<'a>, Refusal> {
    let bytes = (edition.render)(path).map_err(|fault| Refusal::Unrenderable(vec![fault]))?;
    let differs = disk::read_if_there(&out.join(path))?.is_none_or(|there| there != bytes);
    if differs {
        disk::put(&staging.join(path), &bytes)?;
    }
    (edition.tick)();
    Ok(Staged { path, differs, bytes: bytes.len() as u64 })
}
