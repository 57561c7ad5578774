//! `hexapla check`: what is found, and how much of it.

use std::io::{self, Write as _};

use super::print::{self, Output};
use super::{Common, count, say, status, to_stdout, with_progress};
use crate::check;
use crate::config::Config;
use crate::error::Error;
use crate::vocab::codes::Severity;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics};

/// What `hexapla check --help` says below the options.
pub(super) const HELP: &str = "\
The site is checked as the next build would leave it, whether or not it is built.
The status is 0 where nothing but warnings is found, 1 where there are errors; with --strict,
warnings count as errors. `hexapla explain CODE` says what to do.";

/// Checks an archive.
pub(super) fn check(
    config: &Config,
    common: &Common,
    diagnostics: Vec<Diagnostic>,
    form: Option<Output>,
) -> Result<u8, Error> {
    let outcome = with_progress(common, |watch| check::check(config, watch))?;
    let mut found = Diagnostics::default();
    found.extend(diagnostics.into_iter().chain(outcome.diagnostics));
    let found = found.sorted();
    let archive = format!(
        "{}, {}",
        count(outcome.documents, "document"),
        count(outcome.statements, "statement")
    );
    tell(&found, &archive, common, form)?;
    Ok(status(&found, common))
}

/// Says what was found, on standard output where a form is asked for, and how much it is.
pub(super) fn tell(
    found: &[Diagnostic],
    archive: &str,
    common: &Common,
    form: Option<Output>,
) -> Result<(), Error> {
    match form {
        Some(form) => to_stdout(|out| print::findings(found, form, out))?,
        None => say(found, common),
    }
    if !common.quiet {
        // Nobody is left to be told where standard error is closed.
        let _ = writeln!(io::stderr(), "{archive}: {}", summary(found));
    }
    Ok(())
}

/// How much was found, in words.
fn summary(found: &[Diagnostic]) -> String {
    let weights = [Severity::Error, Severity::Warning, Severity::Note];
    let counts =
        weights.map(|it| (found.iter().filter(|one| one.code.severity() == it).count(), it));
    let words: Vec<String> =
        counts.into_iter().filter(|it| it.0 > 0).map(|it| count(it.0, it.1.word())).collect();
    if words.is_empty() { "nothing is wrong".to_owned() } else { words.join(", ") }
}
