//! A rehearsal: all that a build does but writing, so that what it would come to can be looked at.

use super::desk::Desk;
use super::{Outcome, Run, Scope, Watch, stocks, theme_files};
use crate::arrange::Archive;
use crate::compose::{self, Site};
use crate::config::Config;
use crate::daybook::Daybook;
use crate::disk::Folder;
use crate::error::Error;
use crate::publish::{Edition, Rehearsed};
use crate::vocab::diagnostic::Diagnostic;

/// What a build would come to.
#[derive(Clone, Copy)]
pub struct Rehearsal<'a> {
    /// The folder of seeds.
    pub seeds: &'a Folder,
    /// The folder of content pages as the build would leave it.
    pub content: &'a Folder,
    /// The archive.
    pub archive: &'a Archive,
    /// The site.
    pub site: &'a Site<'a>,
    /// Fetches a file of the site: as it was published, where the build would not set it again.
    pub file: &'a (dyn Fn(&str) -> Result<Vec<u8>, Diagnostic> + Sync),
}

/// Looks at what a build would come to; gives that, with what `look` says among what the build would say.
/// Writes nothing.
pub fn rehearse(
    config: &Config,
    watch: Watch,
    look: &dyn Fn(&Rehearsal) -> Vec<Diagnostic>,
) -> Result<Outcome, Error> {
    config.be_there()?;
    let daybook = Daybook::look(&config.daybook);
    let theme = theme_files(config)?;
    let (raw, content) = stocks(config, &daybook)?;
    let desk = Desk::of_sheets();
    let scope = Scope::Archive;
    let run = Run { config, raw: &raw, daybook: &daybook, desk: &desk, scope, watch };
    let gone = run.go(content, &|material, content, seen| {
        let site = compose::compose(material, &theme, &config.compose)?;
        let edition = Edition {
            paths: &[],
            fingerprint: &|path| site.fingerprint(path),
            last: &|path| site.tells_sizes(path),
            shows: &|path| site.shows(path),
            render: &|path, size| site.render_beside(path, size),
            tick: &|| (),
        };
        let rehearsed = Rehearsed::of(&edition, &config.out, &daybook);
        let file = |path: &str| rehearsed.file(path);
        let (seeds, archive) = (&raw.folder, material.archive);
        seen.extend(look(&Rehearsal { seeds, content, archive, site: &site, file: &file }));
        Ok((None, None))
    })?;
    Ok(gone.0)
}
