//! The only room that touches the file system; walkdir lives here.
//!
//! Every failure carries the path. Files are written whole or not at all: beside the target under
//! another name, then renamed over it.

mod pack;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use crate::error::Error;

pub use pack::Pack;

/// What the system says of a file without its being read: where none of it has changed, the bytes have
/// not, unless somebody sets clocks back to deceive us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// When the bytes last changed, in nanoseconds since 1970.
    pub modified: i64,
    /// When anything about the file last changed, where the system tells.
    pub changed: i64,
    /// The number of the file on its disk, where the system tells.
    pub number: u64,
}

impl Stamp {
    /// The stamp in what the system says.
    #[cfg(unix)]
    fn of(it: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let time = |it: i64, rest: i64| it.saturating_mul(1_000_000_000).saturating_add(rest);
        Self {
            size: it.len(),
            modified: time(it.mtime(), it.mtime_nsec()),
            changed: time(it.ctime(), it.ctime_nsec()),
            number: it.ino(),
        }
    }

    /// The stamp in what the system says.
    #[cfg(not(unix))]
    fn of(it: &fs::Metadata) -> Self {
        let since = it.modified().ok().and_then(|it| it.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = since.map_or(0, |it| i64::try_from(it.as_nanos()).unwrap_or(i64::MAX));
        Self { size: it.len(), modified, changed: modified, number: 0 }
    }

    /// The last time that anything happened to the file.
    pub fn newest(&self) -> i64 {
        self.modified.max(self.changed)
    }
}

/// The stamp of a file; `None` where it is not there.
pub fn stamp(path: &Path) -> Option<Stamp> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|it| Stamp::of(&it))
}

/// The files below a folder, by their path relative to it.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    files: BTreeMap<String, (PathBuf, Stamp)>,
    /// Files that are not on the disk.
    laid: BTreeMap<String, Vec<u8>>,
    /// What could not be listed, as path and reason.
    pub unreadable: Vec<(String, String)>,
}

impl Folder {
    /// Lists the files below a folder, however deep, but for those whose names begin with a dot.
    /// A folder that is not there has no files.
    pub fn list(root: &Path) -> Result<Self, Error> {
        let mut folder = Self::default();
        match fs::metadata(root) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(folder),
            Err(cause) => return Err(disk("list", root, cause)),
            Ok(metadata) if !metadata.is_dir() => {
                return Err(Error::Setup(format!("`{}` is not a folder", root.display())));
            }
            Ok(_) => {}
        }
        let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !is_hidden(entry.path());
        let mut paths = Vec::new();
        let walk = WalkDir::new(root).follow_links(true);
        for entry in walk.into_iter().filter_entry(visible) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => paths.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => folder.note(root, error.path(), error.io_error()),
            }
        }
        let look = |path: PathBuf| (relative(root, &path), fs::metadata(&path), path);
        let mut looked: Vec<_> = paths.into_par_iter().map(look).collect();
        looked.par_sort_unstable_by(|a, b| (&a.0, a.2.as_os_str()).cmp(&(&b.0, b.2.as_os_str())));
        let mut files: Vec<(String, (PathBuf, Stamp))> = Vec::with_capacity(looked.len());
        for (name, metadata, path) in looked {
            match metadata {
                // Names that are no Unicode may look alike; only the first of them can be told by name.
                Ok(_) if files.last().is_some_and(|it| it.0 == name) => {
                    let why =
                        "its name is no Unicode and looks like that of another file; rename it";
                    folder.unreadable.push((name, why.to_owned()));
                }
                Ok(it) => files.push((name, (path, Stamp::of(&it)))),
                Err(error) => folder.note(root, Some(&path), Some(&error)),
            }
        }
        folder.files = files.into_iter().collect();
        folder.unreadable.sort();
        Ok(folder)
    }

    /// Notes what could not be listed, and why; where there is no failure of the disk, the links are to
    /// blame.
    fn note(&mut self, root: &Path, path: Option<&Path>, cause: Option<&io::Error>) {
        let path = path.map_or_else(String::new, |path| relative(root, path));
        let circle = || "the links go round in a circle".to_owned();
        self.unreadable.push((path, cause.map_or_else(circle, ToString::to_string)));
    }

    /// The paths of the files relative to the folder, with `/`, in order.
    pub fn names(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    /// Whether the folder had this file when it was listed.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// Whether there was any file below a folder of this name.
    pub fn has_below(&self, name: &str) -> bool {
        let below = if name.is_empty() { String::new() } else { format!("{name}/") };
        self.files.range(below.clone()..).next().is_some_and(|it| it.0.starts_with(&below))
    }

    /// The stamp that a file had when the folder was listed.
    pub fn stamp(&self, name: &str) -> Option<Stamp> {
        self.files.get(name).map(|it| it.1)
    }

    /// Takes a file as it stands now below the root of the folder; gives its bytes, where they can be read.
    pub fn look_again(&mut self, root: &Path, name: &str) -> Option<Vec<u8>> {
        let path = root.join(name);
        self.files.insert(name.to_owned(), (path.clone(), stamp(&path)?));
        self.read(name).ok()
    }

    /// Lays a file over the folder, in memory: it is read as if it stood there.
    pub fn lay(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.insert(name.to_owned(), (PathBuf::from(name), Stamp::default()));
        self.laid.insert(name.to_owned(), bytes);
    }

    /// The bytes of a file.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        match (self.laid.get(name), self.files.get(name)) {
            (Some(bytes), _) => Ok(bytes.clone()),
            (None, Some((path, _))) => read(path),
            (None, None) => Err(disk("read", Path::new(name), io::ErrorKind::NotFound.into())),
        }
    }

    /// Opens a file, to be read bit by bit.
    pub fn open(&self, name: &str) -> Result<impl io::Read + use<>, Error> {
        let path = self.files.get(name).map_or(Path::new(name), |it| &it.0);
        File::open(path).map_err(|cause| disk("read", path, cause))
    }

    /// The text of a file; bytes that are no UTF-8 are shown as replacement characters.
    pub fn text(&self, name: &str) -> Option<String> {
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let text = |bytes| String::from_utf8(bytes).unwrap_or_else(|it| shown(it.as_bytes()));
        self.read(name).ok().map(text)
    }
}

/// Whether a name begins with a dot.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// A path relative to a folder, with `/` on every system.
fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    // What a walk gives has its parts in order, with one separator between any two.
    if let Some(text) = path.to_str().filter(|_| std::path::MAIN_SEPARATOR == '/') {
        return text.to_owned();
    }
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// A failure of the disk.
fn disk(action: &'static str, path: &Path, cause: io::Error) -> Error {
    Error::Disk { action, path: path.to_owned(), cause }
}

/// The bytes of a file.
#[expect(clippy::disallowed_methods, reason = "this is the room for it")]
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|cause| disk("read", path, cause))
}

/// The bytes of a file; `None` where it is not there.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Error::Disk { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a path is a folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether anything stands at a path.
pub fn is_there(path: &Path) -> bool {
    path.exists()
}

/// Writes a file whole or not at all, making the folders above it. Leaves it alone where it already
/// holds these bytes; tells whether it wrote.
pub fn write(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    if read_if_there(path)?.is_some_and(|there| there == bytes) {
        return Ok(false);
    }
    replace(path, bytes)?;
    Ok(true)
}

/// Writes a file whole or not at all, over what stands there.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let beside = beside(path);
    put(&beside, bytes)?;
    rename(&beside, path)
}

/// Writes a file whole or not at all, over what stands there, bit by bit as `fill` gives it. The folder must be
/// there.
pub fn replace_by(
    path: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), Error> {
    let beside = beside(path);
    let filled = File::create(&beside).and_then(|mut file| fill(&mut file));
    filled.map_err(|cause| disk("write", path, cause))?;
    rename(&beside, path)
}

/// Where a file is written before it takes its place.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.part"))
}

/// Writes a file in place, making the folders above it.
#[expect(clippy::disallowed_methods, reason = "this is the room for it")]
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    match fs::write(path, bytes) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            make_folder(path.parent().unwrap_or(path))?;
            fs::write(path, bytes).map_err(|cause| disk("write", path, cause))
        }
        other => other.map_err(|cause| disk("write", path, cause)),
    }
}

/// Renames a file over another, making the folders above the target.
#[expect(clippy::disallowed_methods, reason = "this is the room for it")]
pub fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    match fs::rename(from, to) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            make_folder(to.parent().unwrap_or(to))?;
            fs::rename(from, to).map_err(|cause| disk("write", to, cause))
        }
        other => other.map_err(|cause| disk("write", to, cause)),
    }
}

/// Moves everything below a folder into another, over what stands there. A folder that is new there is
/// moved as a whole.
#[expect(clippy::disallowed_methods, reason = "this is the room for it")]
pub fn pour(from: &Path, into: &Path) -> Result<(), Error> {
    let entries = fs::read_dir(from).map_err(|cause| disk("list", from, cause))?;
    for entry in entries {
        let entry = entry.map_err(|cause| disk("list", from, cause))?;
        let (from, to) = (entry.path(), into.join(entry.file_name()));
        let kind = entry.file_type().map_err(|cause| disk("list", &from, cause))?;
        if kind.is_dir() && to.is_dir() {
            pour(&from, &to)?;
        } else {
            fs::rename(&from, &to).map_err(|cause| disk("write", &to, cause))?;
        }
    }
    Ok(())
}

/// Makes a folder and those above it.
#[expect(clippy::disallowed_methods, reason = "this is the room for it")]
pub fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => {
            Error::Setup(format!("`{}` is not a folder", path.display()))
        }
        _ => disk("make", path, cause),
    })
}

/// Removes a file of `root`, and the folders above it that it leaves empty. Tells whether it was there.
#[expect(clippy::disallowed_methods, reason = "this is the room for it")]
pub fn remove(root: &Path, name: &str) -> Result<bool, Error> {
    let path = root.join(name);
    match fs::remove_file(&path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(cause) => return Err(disk("remove", &path, cause)),
        Ok(()) => {}
    }
    for folder in path.ancestors().skip(1).take_while(|folder| *folder != root) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(true)
}

/// Removes a folder with everything in it, where it is there.
#[expect(clippy::disallowed_methods, reason = "this is the room for it")]
pub fn remove_folder(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(disk("remove", path, cause)),
        _ => Ok(()),
    }
}

/// A folder that this run alone may write to, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Hold {
    _file: File,
}

/// Takes hold of a file as a lock; an error where another run has it.
pub fn hold(path: &Path) -> Result<Hold, Error> {
    make_folder(path.parent().unwrap_or(path))?;
    let file = File::create(path).map_err(|cause| disk("write", path, cause))?;
    match file.try_lock() {
        Ok(()) => Ok(Hold { _file: file }),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Setup(format!(
            "another build is at work here and holds `{}`; wait until it is done",
            path.display()
        ))),
        Err(fs::TryLockError::Error(cause)) => Err(disk("lock", path, cause)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_the_same_bytes_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/c.txt");
        assert!(write(&path, b"one").unwrap());
        assert!(!write(&path, b"one").unwrap());
        assert!(write(&path, b"two").unwrap());
        assert_eq!(Folder::list(folder.path()).unwrap().names(), ["a/b/c.txt"]);
    }

    #[test]
    fn removing_leaves_no_empty_folders() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("a/b/c.txt"), b"one").unwrap();
        write(&folder.path().join("a/d.txt"), b"one").unwrap();
        assert!(remove(folder.path(), "a/b/c.txt").unwrap());
        assert!(!remove(folder.path(), "a/b/c.txt").unwrap());
        assert!(!folder.path().join("a/b").exists());
        assert!(folder.path().join("a").exists());
    }

    #[test]
    fn a_folder_is_held_once() {
        let folder = tempfile::tempdir().unwrap();
        let first = hold(&folder.path().join("lock")).unwrap();
        assert!(hold(&folder.path().join("lock")).is_err());
        drop(first);
        assert!(hold(&folder.path().join("lock")).is_ok());
    }
}
