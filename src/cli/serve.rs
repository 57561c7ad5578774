//! `hexapla serve`: the archive built and shown, again at every change.

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::PathBuf;

use super::{Common, configure, count, receipt, say, with_progress};
use crate::config::{self, Config};
use crate::error::Error;
use crate::pipeline;
use crate::report;
use crate::serve::{self, Built, Makers, Options, Report};
use crate::vocab::codes::Severity;
use crate::vocab::diagnostic::Diagnostic;

/// Serves the archive at an address and a port until the process ends.
pub(super) fn serve(at: (IpAddr, u16), config: &Config, common: &Common) -> Result<u8, Error> {
    let mut watched = vec![config.seeds.clone(), config.content.clone()];
    watched.extend(config.theme.clone());
    watched.push(PathBuf::from(config::FILE));
    let options = Options { host: at.0, port: at.1, out: config.out.clone(), watched };
    let ready = |address| {
        // Nobody is left to be told where standard error is closed.
        let _ = writeln!(io::stderr(), "serving http://{address}/ until you press Ctrl-C");
    };
    let makers = Makers { preview: &|| preview(common), build: &|| build(common) };
    serve::serve(&options, makers, &ready)?;
    Ok(super::DONE)
}

/// Shows what was edited; whatever stands in the way is said by the build that follows.
fn preview(common: &Common) -> Option<Built> {
    let (config, mut diagnostics) = configure(common).ok()?;
    let outcome = pipeline::preview(&config, &|_| ()).ok()??;
    if !common.quiet {
        let pages = outcome.receipt.as_ref().map_or(0, |it| it.written);
        let text = format!("{} made anew for a preview; the build follows\n", count(pages, "page"));
        let _ = io::stderr().write_all(text.as_bytes());
    }
    let changed = outcome.receipt.is_some_and(|it| it.written > 0);
    diagnostics.extend(outcome.diagnostics);
    Some(Built { report: written(&diagnostics), changed })
}

/// Builds with the settings as they are now; what is wrong is said here and told to the pages.
fn build(common: &Common) -> Built {
    let said = |report| Built { report, changed: false };
    match attempt(common) {
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

/// One build; gives what was seen.
fn attempt(common: &Common) -> Result<Built, Error> {
    let (config, mut diagnostics) = configure(common)?;
    let outcome = with_progress(common, |watch| pipeline::build(&config, watch))?;
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
