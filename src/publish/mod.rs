//! Publish, the fifth stage: `public/` is made equal to the site, changing only what differs.
//!
//! A file whose fingerprint is that of the last run, and that nobody has touched since, is not even set.
//! The others go three steps, so that a reader never meets a half-made site and a killed build loses
//! nothing: every file that differs is first set aside complete in a staging folder; when all are there
//! they are renamed into place; last, files that the site no longer has are removed, but only those that
//! the manifest says are ours. Where one file cannot be rendered, nothing is changed at all.

mod manifest;
mod outputs;
mod weight;

use std::path::Path;

use rayon::prelude::*;

use self::outputs::{Output, Outputs, Place, Rows};
use crate::daybook::Daybook;
use crate::disk::{self, Stamp};
use crate::error::Error;
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::digest::Fingerprint;

pub use manifest::MANIFEST;
pub use weight::{LIMIT, Weights, heaviest, too_heavy};

/// The folder inside the output where files wait until all are there.
const STAGING: &str = ".hexapla-staging";

/// What is to be published: every path, what its bytes hang on, and how they are made.
pub struct Edition<'a> {
    /// Every path of the site, relative, with `/`, in order.
    pub paths: &'a [&'a str],
    /// Tells the fingerprint of everything that the bytes of the file at a path hang on.
    pub fingerprint: &'a (dyn Fn(&str) -> Fingerprint + Sync),
    /// Tells which files say how large others are; they are set after all others.
    pub last: &'a (dyn Fn(&str) -> bool + Sync),
    /// Tells which files show the same texts: they have one number, and are set one after the other.
    pub shows: &'a (dyn Fn(&str) -> u32 + Sync),
    /// Makes the bytes of the file at a path; a file that is set last may ask for the sizes of others.
    pub render: &'a Render<'a>,
    /// Called once for every path that is done.
    pub tick: &'a (dyn Fn() + Sync),
}

/// Tells how many bytes the file at a path of the site has.
pub type Sizes<'s> = &'s (dyn Fn(&str) -> u64 + Sync);

/// Makes the bytes of a file.
pub type Render<'a> = dyn Fn(&str, Sizes) -> Result<Vec<u8>, Diagnostic> + Sync + 'a;

/// What publishing did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The files that were set, in order: all but those that could not have changed.
    pub set: Vec<String>,
    /// Files written because they were new or different.
    pub written: usize,
    /// Files that were already right.
    pub unchanged: usize,
    /// Files of ours that the site no longer has.
    pub removed: usize,
    /// The bytes of each folder of the site.
    pub weights: Weights,
}

impl Receipt {
    /// Size of the whole site in bytes.
    pub fn bytes(&self) -> u64 {
        self.weights.values().sum()
    }
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

/// What the last run published in a folder, as far as the daybook tells: it is large, and can be read while
/// the edition is planned.
pub struct Published(Outputs);

impl Published {
    /// Reads what the daybook tells of the folder `out`.
    pub fn read(out: &Path, daybook: &Daybook) -> Self {
        Self(Outputs::read(daybook, out))
    }
}

/// Makes the folder `out`, of which the daybook tells what was published last, equal to the edition.
pub fn publish(
    edition: &Edition,
    out: &Path,
    (daybook, Published(before)): (&Daybook, &Published),
) -> Result<Receipt, Refusal> {
    let _hold = disk::hold(&out.join(manifest::LOCK))?;
    let staging = out.join(STAGING);
    disk::remove_folder(&staging)?;
    let places = Places { out, staging: &staging, before };
    let staged = stage(edition, places).inspect_err(|_| {
        // What was set aside takes room on a disk that may be full; it is no loss if it stays.
        let _ = disk::remove_folder(&staging);
    })?;
    let removed = put_in_place(edition, &staged, places)?;
    disk::remove_folder(&staging)?;
    let is_known = |it: &Staged| it.fate == Fate::Known;
    let note = || {
        if staged.len() != before.count() || !staged.iter().all(is_known) {
            before.write(daybook, &standing(&staged, out));
        }
    };
    Ok(rayon::join(|| receipt(&staged, removed), note).0)
}

/// Sets those files of an edition anew that hang on something else than the last run made them from, and
/// leaves every other file as it stands, be it of the edition or not. What the last run wrote is taken to be
/// there still; nothing is written down, so that the next run looks at these files again.
pub fn renew(edition: &Edition, out: &Path, daybook: &Daybook) -> Result<Receipt, Refusal> {
    let _hold = disk::hold(&out.join(manifest::LOCK))?;
    let staging = out.join(STAGING);
    disk::remove_folder(&staging)?;
    let before = Outputs::read(daybook, out);
    let edited = |path: &&&str| !before.hung_on(path, (edition.fingerprint)(path));
    let paths: Vec<&str> = edition.paths.par_iter().filter(edited).copied().collect();
    let edited = Edition { paths: &paths, ..*edition };
    let staged = stage(&edited, Places { out, staging: &staging, before: &before })?;
    if staged.iter().any(|file| file.fate == Fate::Written) {
        // What the last run knew is in the manifest.
        if !paths.iter().all(|path| before.has(path)) {
            let mut ours = manifest::read(out)?;
            ours.extend(paths.iter().map(|it| (*it).to_owned()));
            ours.sort_unstable();
            ours.dedup();
            manifest::write(out, &manifest::text(ours.iter().map(String::as_str)))?;
        }
        disk::pour(&staging, out)?;
    }
    disk::remove_folder(&staging)?;
    Ok(receipt(&staged, 0))
}

/// What publishing again would do, where nobody has touched what was published last: nothing.
pub fn untouched(out: &Path, daybook: &Daybook) -> Option<Receipt> {
    let before = Outputs::read(daybook, out);
    let manifest = manifest::bytes(out).ok()?;
    let weights = weight::weigh(before.untouched(out, &manifest)?);
    let unchanged = before.count();
    (unchanged > 0).then(|| Receipt { unchanged, weights, ..Receipt::default() })
}

/// An edition as publishing it would leave it, without anything being written.
pub struct Rehearsed<'a> {
    edition: &'a Edition<'a>,
    out: &'a Path,
    before: Outputs,
}

impl<'a> Rehearsed<'a> {
    /// An edition beside what was published last.
    pub fn of(edition: &'a Edition<'a>, out: &'a Path, daybook: &Daybook) -> Self {
        Self { edition, out, before: Outputs::read(daybook, out) }
    }

    /// The bytes of a file: those that stand there, where it need not be set again.
    pub fn file(&self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        let file = self.out.join(path);
        let place = Place { out: self.out, path, stamp: disk::stamp(&file) };
        let known = self.before.known(&place, (self.edition.fingerprint)(path));
        let there = known.and_then(|_| disk::read(&file).ok());
        let size = |other: &str| self.file(other).map_or(0, |it| it.len() as u64);
        there.map_or_else(|| (self.edition.render)(path, &size), Ok)
    }
}

/// Moves what was set aside into place and removes what the site no longer has; tells how many files that
/// were. Until all is done the manifest names the files of both, so that a killed run leaves no orphan.
fn put_in_place(edition: &Edition, staged: &[Staged], places: Places) -> Result<usize, Error> {
    let Places { out, staging, .. } = places;
    let before = manifest::bytes(out)?;
    let is_written = staged.iter().any(|file| file.fate == Fate::Written);
    if manifest::lists(&before, edition.paths) {
        if is_written {
            disk::pour(staging, out)?;
        }
        return Ok(0);
    }
    let mut gone = manifest::paths(&before);
    gone.retain(|path| edition.paths.binary_search(&path.as_str()).is_err());
    if is_written {
        let gone = gone.iter().map(String::as_str);
        let mut either: Vec<&str> = edition.paths.iter().copied().chain(gone).collect();
        either.sort_unstable();
        manifest::write(out, &manifest::text(either.into_iter()))?;
        disk::pour(staging, out)?;
    }
    let removed = gone.iter().map(|path| disk::remove(out, path)).collect::<Result<Vec<_>, _>>()?;
    manifest::write(out, &manifest::text(edition.paths.iter().copied()))?;
    Ok(removed.into_iter().filter(|&was_there| was_there).count())
}

/// What was done, in numbers.
fn receipt(staged: &[Staged], removed: usize) -> Receipt {
    let written = staged.iter().filter(|file| file.fate == Fate::Written).count();
    let set = staged.iter().filter(|file| matches!(file.fate, Fate::Same | Fate::Written));
    Receipt {
        set: set.map(|file| file.path.to_owned()).collect(),
        written,
        unchanged: staged.len() - written,
        removed,
        weights: weight::weigh(staged.iter().map(|file| (file.path, file.output.stamp.size))),
    }
}

/// What stands in the output folder when all is done.
fn standing(staged: &[Staged], out: &Path) -> Rows {
    let stamped = |file: &Staged| {
        let stamp = match file.fate {
            Fate::Known | Fate::Right | Fate::Same => file.output.stamp,
            Fate::Written => disk::stamp(&out.join(file.path))?,
        };
        Some(Output { stamp, ..file.output })
    };
    let outputs: Vec<Option<Output>> = staged.par_iter().map(stamped).collect();
    let mut rows = Rows::default();
    for (file, output) in staged.iter().zip(outputs) {
        if let Some(output) = output {
            rows.push(file.path, output);
        }
    }
    rows
}

/// What became of a file of the edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It hangs on what it hung on, and was not set.
    Known,
    /// It hangs on what it hung on, and was read to see that it is still right.
    Right,
    /// It was set and stands there already.
    Same,
    /// It was set and set aside.
    Written,
}

/// A file of the edition when its turn is over.
struct Staged<'a> {
    path: &'a str,
    fate: Fate,
    output: Output,
}

/// Where files go, and what stands there.
#[derive(Clone, Copy)]
struct Places<'a> {
    out: &'a Path,
    staging: &'a Path,
    before: &'a Outputs,
}

/// Sets every file that may have changed, and puts those that differ aside; gives all in the order of their
/// paths.
fn stage<'a>(edition: &Edition<'a>, places: Places) -> Result<Vec<Staged<'a>>, Refusal> {
    let paths = edition.paths.iter().copied();
    let (last, first): (Vec<&str>, Vec<&str>) = paths.partition(|path| (edition.last)(path));
    let mut staged = stage_all(edition, &first, (places, &|_| 0))?;
    let size = |path: &str| {
        let at = staged.binary_search_by(|it| it.path.cmp(path)).ok();
        at.and_then(|at| staged.get(at)).map_or(0, |it| it.output.stamp.size)
    };
    let more = stage_all(edition, &last, (places, &size))?;
    if !more.is_empty() {
        staged.extend(more);
        // Both are in order: a stable sort only merges them.
        staged.sort_by_key(|it| it.path);
    }
    Ok(staged)
}

/// Sets those of some files that may have changed, and puts those that differ aside.
fn stage_all<'a>(
    edition: &Edition<'a>,
    paths: &[&'a str],
    (places, size): (Places, Sizes),
) -> Result<Vec<Staged<'a>>, Refusal> {
    let look = |path: &&'a str| look(edition, path, places);
    let looked: Vec<Result<Staged, Due>> = paths.par_iter().map(look).collect();
    let due = looked.iter().enumerate().filter_map(|(at, it)| Some((at, it.as_ref().err()?)));
    let mut due: Vec<(u32, usize, &Due)> =
        due.map(|(at, it)| ((edition.shows)(it.path), at, it)).collect();
    due.sort_unstable_by_key(|it| (it.0, it.1));
    let set = |&(_, at, due): &(u32, usize, &Due<'a>)| (at, set(edition, due, (places, size)));
    // Files of the whole archive stand side by side and take as long as thousands of others: each worker takes
    // one at a time.
    let one_by_one = due.par_iter().with_max_len(1);
    let mut outcomes: Vec<(usize, Result<Staged, Refusal>)> = one_by_one.map(set).collect();
    outcomes.sort_unstable_by_key(|it| it.0);
    let mut outcomes = outcomes.into_iter().map(|it| it.1);
    let mut staged = Vec::with_capacity(looked.len());
    let mut faults = Vec::new();
    for one in looked {
        match one.map_or_else(|_| outcomes.next(), |known| Some(Ok(known))) {
            Some(Ok(file)) => staged.push(file),
            Some(Err(Refusal::Unrenderable(more))) => faults.extend(more),
            Some(Err(error)) => return Err(error),
            None => {}
        }
    }
    if faults.is_empty() { Ok(staged) } else { Err(Refusal::Unrenderable(faults)) }
}

/// A file that must be set.
struct Due<'a> {
    path: &'a str,
    inputs: Fingerprint,
    stamp: Option<Stamp>,
}

/// Looks at a file: whether it is known to be right, or must be set.
fn look<'a>(edition: &Edition, path: &'a str, places: Places) -> Result<Staged<'a>, Due<'a>> {
    let Places { out, before, .. } = places;
    let inputs = (edition.fingerprint)(path);
    let place = Place { out, path, stamp: disk::stamp(&out.join(path)) };
    let known = before.known(&place, inputs).map(|it| (Fate::Known, it));
    let known = known.or_else(|| Some((Fate::Right, before.read_again(&place, inputs)?)));
    let (fate, output) = known.ok_or(Due { path, inputs, stamp: place.stamp })?;
    (edition.tick)();
    Ok(Staged { path, fate, output })
}

/// Sets a file, and puts it aside where it differs from what stands in the output folder.
fn set<'a>(
    edition: &Edition,
    &Due { path, inputs, stamp }: &Due<'a>,
    (places, size): (Places, Sizes),
) -> Result<Staged<'a>, Refusal> {
    let Places { out, staging, before } = places;
    let place = Place { out, path, stamp };
    let bytes = (edition.render)(path, size).map_err(|fault| Refusal::Unrenderable(vec![fault]))?;
    let digest = Fingerprint::of_bytes(&bytes);
    let same = before.holds(&place, &bytes, digest)?;
    if !same {
        disk::put(&staging.join(path), &bytes)?;
    }
    let size = bytes.len() as u64;
    let stamp = place.stamp.filter(|_| same).unwrap_or(Stamp { size, ..Stamp::default() });
    let fate = if same { Fate::Same } else { Fate::Written };
    (edition.tick)();
    Ok(Staged { path, fate, output: Output { inputs, digest, stamp } })
}
