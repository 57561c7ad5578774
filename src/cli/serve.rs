//! `hexapla serve`: the archive built and shown, again at every change.

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Common, configure, count, receipt, say, with_progress};
use crate::config::{self, Config};
use crate::disk;
use crate::error::Error;
use crate::pipeline::{self, Outcome, Resident, Shown};
use crate::report;
use crate::serve::{self, Built, Changed, Makers, Options, Previewed, Report};
use crate::vocab::codes::Severity;
use crate::vocab::diagnostic::Diagnostic;

/// Serves the archive at an address and a port until the process ends.
pub(super) fn serve(at: (IpAddr, u16), config: &Config, common: &Common) -> Result<u8, Error> {
    // Pages are made by the first build; their folder is watched before it.
    config.be_there()?;
    disk::make_folder(&config.content)?;
    let mut watched = vec![config.seeds.clone(), config.content.clone()];
    watched.extend(config.theme.clone());
    watched.push(PathBuf::from(config::FILE));
    let options = Options { host: at.0, port: at.1, out: config.out.clone(), watched };
    let ready = |address| {
        // Nobody is left to be told where standard error is closed.
        let _ = writeln!(io::stderr(), "serving http://{address}/ until you press Ctrl-C");
    };
    let kept = Kept::default();
    let makers = Makers {
        preview: &|changed| preview(common, &kept, changed),
        build: &|| build(common, &kept),
        rest: &|| rest(common, &kept),
    };
    serve::serve(&options, makers, &ready)?;
    Ok(super::DONE)
}

/// What the last build left in memory, where it is of use.
type Kept = Mutex<Option<Resident>>;

/// What is kept, whatever became of a thread that had it before.
fn held(kept: &Kept) -> MutexGuard<'_, Option<Resident>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Shows what was edited; whatever stands in the way is said by the build that follows.
fn preview(common: &Common, kept: &Kept, changed: &Changed) -> Previewed {
    let Ok((config, diagnostics)) = configure(common) else { return Previewed::Nothing };
    let mut kept = held(kept);
    let shown = match (kept.as_mut(), &changed.0) {
        (Some(resident), Some(paths)) => resident.preview(&config, paths),
        _ => Ok(Shown::Unknown),
    };
    let outcome = match shown {
        Ok(Shown::Nothing) => return Previewed::Unchanged,
        Ok(Shown::Edits(outcome)) => Some(outcome),
        Ok(Shown::Unknown) => {
            *kept = None;
            pipeline::preview(&config, &|_| ()).ok().flatten()
        }
        Err(_) => None,
    };
    outcome.map_or(Previewed::Nothing, |it| Previewed::Edits(told(common, it, diagnostics)))
}

/// Says that something was shown, and what.
fn told(common: &Common, outcome: Outcome, mut diagnostics: Vec<Diagnostic>) -> Built {
    if !common.quiet {
        let pages = outcome.receipt.as_ref().map_or(0, |it| it.written);
        let text = format!("{} made anew for a preview; the build follows\n", count(pages, "page"));
        let _ = io::stderr().write_all(text.as_bytes());
    }
    let changed = outcome.receipt.is_some_and(|it| it.written > 0);
    diagnostics.extend(outcome.diagnostics);
    Built { report: written(&diagnostics), changed }
}

/// Reads back what the last build left, where none has left it in memory.
fn rest(common: &Common, kept: &Kept) {
    let mut kept = held(kept);
    if let (None, Ok((config, _))) = (kept.as_ref(), configure(common)) {
        *kept = pipeline::resident(&config).ok().flatten();
    }
}

/// Builds with the settings as they are now; what is wrong is said here and told to the pages.
fn build(common: &Common, kept: &Kept) -> Built {
    let said = |report| Built { report, changed: false };
    match attempt(common, kept) {
        Ok(built) => built,
        Err(Error::Faults(faults)) => {
            report::print(&faults, common.message_format.into());
            said(written(&faults))
        }
        Err(error) => {
            let text = format!("error: {error}\n");
            let _ = io::stderr().write_all(text.as_bytes());
            said(text)
        }
    }
}

/// One build; gives what was seen, and keeps what it leaves.
fn attempt(common: &Common, kept: &Kept) -> Result<Built, Error> {
    *held(kept) = None;
    let (config, mut diagnostics) = configure(common)?;
    let (outcome, resident) =
        with_progress(common, |watch| pipeline::build_and_stay(&config, watch))?;
    *held(kept) = resident;
    diagnostics.extend(outcome.diagnostics.iter().cloned());
    say(&diagnostics, common);
    if !common.quiet {
        let _ = io::stderr().write_all(receipt(&config, &outcome, "built").as_bytes());
    }
    let changed = outcome.receipt.is_some_and(|it| it.written + it.removed > 0);
    Ok(Built { report: written(&diagnostics), changed })
}

/// Warnings and errors as the page shows them.
fn written(diagnostics: &[Diagnostic]) -> Report {
    let shown = diagnostics.iter().filter(|it| it.code.severity() != Severity::Note);
    shown.map(|it| report::show(it, report::Format::Human)).collect()
}
