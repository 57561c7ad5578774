//! Tells when something changes in the folders that an archive is made from; notify lives here.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::error::Error;

/// How long it must be quiet before a change counts as complete: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// The changes below some paths.
pub(super) struct Changes {
    events: Receiver<()>,
    _watcher: RecommendedWatcher,
}

impl Changes {
    /// Begins to watch files and folders. A file is watched through the folder it is in, since editors
    /// put another file in its place; what is not there is watched for in the same way.
    pub(super) fn of(paths: &[PathBuf]) -> Result<Self, Error> {
        let (sender, events) = channel();
        let wanted: Vec<PathBuf> = paths.iter().map(|path| absolute(path)).collect();
        let below = wanted.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| concerns(&event, &below)) {
                // Nobody listens any more when the program ends.
                let _ = sender.send(());
            }
        })
        .map_err(|cause| Error::Setup(format!("cannot watch for changes: {cause}")))?;
        for path in &wanted {
            let (place, mode) = if path.is_dir() {
                (path.as_path(), RecursiveMode::Recursive)
            } else {
                (path.parent().unwrap_or(path), RecursiveMode::NonRecursive)
            };
            watcher.watch(place, mode).map_err(|cause| {
                Error::Setup(format!("cannot watch `{}`: {cause}", place.display()))
            })?;
        }
        Ok(Self { events, _watcher: watcher })
    }

    /// Waits for a change, and then until it is quiet; false where nothing can change any more.
    pub(super) fn wait(&mut self) -> bool {
        if self.events.recv().is_err() {
            return false;
        }
        while self.events.recv_timeout(QUIET).is_ok() {}
        true
    }
}

/// Whether something was written, made, moved or removed at or below one of the paths.
fn concerns(event: &Event, paths: &[PathBuf]) -> bool {
    let changes = !matches!(event.kind, EventKind::Access(_));
    let inside = |path: &PathBuf| paths.iter().any(|it| path.starts_with(it));
    changes && (event.need_rescan() || event.paths.iter().any(inside))
}

/// A path that does not hang on the working folder, as events name it.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
