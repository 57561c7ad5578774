//! Which files of the output folder are ours to remove.

use std::path::Path;

use crate::disk;
use crate::error::Error;

/// The file, inside the output folder, that lists what Hexapla wrote: one path a line, in order.
pub const MANIFEST: &str = ".hexapla-manifest";

/// The file that a running build holds.
pub(super) const LOCK: &str = ".hexapla-lock";

/// What the manifest lists, in order; nothing where there is none, so that nothing is removed.
pub(super) fn read(out: &Path) -> Result<Vec<String>, Error> {
    let bytes = disk::read_if_there(&out.join(MANIFEST))?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut paths: Vec<String> =
        text.lines().filter(|line| is_inside(line)).map(str::to_owned).collect();
    paths.sort_unstable();
    paths.dedup();
    Ok(paths)
}

/// Writes the manifest: paths in order.
pub(super) fn write<'a>(out: &Path, paths: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    let mut text = String::new();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    disk::write(&out.join(MANIFEST), text.as_bytes()).map(drop)
}

/// Whether a path cannot lead out of the output folder, whatever a damaged manifest says.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains('\\')
        && !path.contains(':')
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
