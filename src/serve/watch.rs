//! Tells when something changes in the folders that an archive is made from; notify lives here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::error::Error;

/// How long it must be quiet before a change counts as complete: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// The changes below some paths.
pub(super) struct Changes {
    events: Receiver<Option<Vec<PathBuf>>>,
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
            if let Some(event) = event.ok().filter(|event| concerns(event, &below)) {
                let paths = (!event.need_rescan()).then_some(event.paths);
                // Nobody listens any more when the program ends.
                let _ = sender.send(paths);
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

    /// Waits for a change, and then until it is quiet; `None` where nothing can change any more.
    pub(super) fn wait(&mut self) -> Option<Changed> {
        let mut changed = Changed(Some(BTreeSet::new()));
        changed.take_in(self.events.recv().ok()?);
        while let Ok(more) = self.events.recv_timeout(QUIET) {
            changed.take_in(more);
        }
        Some(changed)
    }
}

/// The full paths of what has changed; `None` where that may be anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed(pub Option<BTreeSet<PathBuf>>);

impl Changed {
    /// Takes in what else has changed.
    fn take_in(&mut self, more: Option<Vec<PathBuf>>) {
        match (&mut self.0, more) {
            (Some(paths), Some(more)) => paths.extend(more),
            (paths, _) => *paths = None,
        }
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
