//! `hexapla serve`: the archive built and shown, again at every change.

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::PathBuf;

use super::{Common, configure, receipt, say, with_progress};
use crate::config::{self, Config};
use crate::error::Error;
use crate::pipeline;
use crate::report;
use crate::serve::{self, Options, Report};
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
    serve::serve(&options, &|| build(common), &ready)?;
    Ok(super::DONE)
}

/// Builds with the settings as they are now; what is wrong is said here and told to the pages.
fn build(common: &Common) -> Report {
    match attempt(common) {
        Ok(diagnostics) => written(&diagnostics),
        Err(Error::Faults(faults)) => {
            report::print(&faults, common.message_format.into());
            written(&faults)
        }
        Err(error) => {
            let text = format!("error: {error}\n");
            let _ = io::stderr().write_all(text.as_bytes());
            text
        }
    }
}

/// One build; gives what was seen.
fn attempt(common: &Common) -> Result<Vec<Diagnostic>, Error> {
    let (config, mut diagnostics) = configure(common)?;
    let outcome = with_progress(common, |watch| pipeline::build(&config, watch))?;
    diagnostics.extend(outcome.diagnostics.iter().cloned());
    say(&diagnostics, common);
    if !common.quiet {
        let _ = io::stderr().write_all(receipt(&config, &outcome, "built").as_bytes());
    }
    Ok(diagnostics)
}

/// Warnings and errors as the page shows them.
fn written(diagnostics: &[Diagnostic]) -> Report {
    let shown = diagnostics.iter().filter(|it| it.code.severity() != Severity::Note);
    shown.map(|it| report::show(it, report::Format::Human)).collect()
}
