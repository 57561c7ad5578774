//! A preview: what was edited is shown at once, beside everything else as the last build left it.
//!
//! What belongs together and what the archive teaches of its words hangs on all texts, and finding it out
//! again is most of a build. A preview takes in what was edited, collates the statements that it touches by
//! what the last build has learned, and sets the pages that hang on that: no index of the search, no table,
//! no list of names. It keeps nothing for later runs, so that the next build comes to what it would have come to
//! without.

use super::desk::Desk;
use super::{
    Outcome, Resident, Run, Scope, Watch, standstill, stocks, theme_files, unless_refused,
};
use crate::compose::{self, Site};
use crate::config::Config;
use crate::daybook::Daybook;
use crate::error::Error;
use crate::publish::{self, Edition, Receipt};
use crate::vocab::diagnostic::Diagnostics;

/// Shows what was edited since the last build; `None` where there is none with these settings and this theme.
///
/// Fails as a build does.
pub fn preview(config: &Config, watch: Watch) -> Result<Option<Outcome>, Error> {
    config.be_there()?;
    // No other run may write meanwhile, and this one writes nothing there.
    let _hold = Daybook::open(&config.daybook)?;
    let daybook = Daybook::look(&config.daybook);
    let theme = theme_files(config)?;
    if !standstill::is_set_alike(config, &theme, &daybook) {
        return Ok(None);
    }
    let (raw, content) = stocks(config, &daybook)?;
    let desk = Desk::of_folder(&config.content);
    let scope = Scope::Edits;
    let run = Run { config, raw: &raw, daybook: &daybook, desk: &desk, scope, watch };
    let (outcome, _) = run.go(content, &|material, _, seen| {
        let site = compose::pages(material, &theme, &config.compose)?;
        Ok((renew(&site, (config, &daybook), seen)?, None))
    })?;
    Ok(Some(outcome))
}

/// What the last build left, read back into memory; `None` where a build would find anything to do.
///
/// Fails as a build does.
pub fn resident(config: &Config) -> Result<Option<Resident>, Error> {
    config.be_there()?;
    let _hold = Daybook::open(&config.daybook)?;
    let daybook = Daybook::look(&config.daybook);
    let theme = theme_files(config)?;
    let (raw, content) = stocks(config, &daybook)?;
    let inputs = standstill::inputs(config, &theme, &raw);
    let Some(last) = standstill::recall(config, inputs, &content, &daybook) else {
        return Ok(None);
    };
    let desk = Desk::of_sheets();
    let (scope, watch): (_, Watch) = (Scope::Edits, &|_| ());
    let run = Run { config, raw: &raw, daybook: &daybook, desk: &desk, scope, watch };
    let (_, left) = run.go(content, &|material, _, _| {
        Ok((None, Some(compose::pages(material, &theme, &config.compose)?.forme())))
    })?;
    Ok(Some(Resident::new((config, &theme), raw, left, &last.diagnostics)))
}

/// Sets those pages of a site anew that hang on something else than in the last build; `None` where one of
/// them cannot be set.
pub(super) fn renew(
    site: &Site,
    (config, daybook): (&Config, &Daybook),
    seen: &mut Diagnostics,
) -> Result<Option<Receipt>, Error> {
    let paths = site.paths();
    let edition = Edition {
        paths: &paths,
        fingerprint: &|path| site.fingerprint(path),
        last: &|path| site.tells_sizes(path),
        shows: &|path| site.shows(path),
        render: &|path, size| site.render_beside(path, size),
        tick: &|| (),
    };
    unless_refused(publish::renew(&edition, &config.out, daybook), seen)
}
