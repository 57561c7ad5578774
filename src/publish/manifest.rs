//! Which files of the output folder are ours to remove.

use std::path::Path;

use crate::disk;
use crate::error::Error;

/// The file, inside the output folder, that lists what Hexapla wrote: one path a line, in order.
pub const MANIFEST: &str = ".hexapla-manifest";

/// The file that a running build holds.
pub(super) const LOCK: &str = ".hexapla-lock";

/// The manifest as it stands; nothing where there is none.
pub(super) fn bytes(out: &Path) -> Result<Vec<u8>, Error> {
    Ok(disk::read_if_there(&out.join(MANIFEST))?.unwrap_or_default())
}

/// What the manifest lists, in order; nothing where there is none, so that nothing is removed.
pub(super) fn read(out: &Path) -> Result<Vec<String>, Error> {
    Ok(paths(&bytes(out)?))
}

/// The paths that the bytes of a manifest list, in order.
pub(super) fn paths(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut paths: Vec<String> =
        text.lines().filter(|line| is_inside(line)).map(str::to_owned).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// Whether the bytes of a manifest list some paths, given in order, and no others.
pub(super) fn lists(bytes: &[u8], paths: &[&str]) -> bool {
    let mut rest = bytes;
    let mut next = |path: &&str| {
        rest = rest.strip_prefix(path.as_bytes())?.strip_prefix(b"\n")?;
        Some(())
    };
    paths.iter().all(|path| next(path).is_some()) && rest.is_empty()
}

/// Paths, given in order, as the manifest lists them.
pub(super) fn text<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Writes the manifest.
pub(super) fn write(out: &Path, text: &str) -> Result<(), Error> {
    disk::write(&out.join(MANIFEST), text.as_bytes()).map(drop)
}

/// Whether a path cannot lead out of the output folder, whatever a damaged manifest says.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains('\\')
        && !path.contains(':')
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
