//! `hexapla check` and `hexapla verify`: what is found, and how much of it.

use std::io::{self, Write as _};

use super::print::{self, Output};
use super::{Common, count, say, status, to_stdout, with_progress};
use crate::check;
use crate::config::Config;
use crate::error::Error;
use crate::verify::{self, State, Verified};
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
    match form {
        Some(form) => to_stdout(|out| print::findings(&found, form, out))?,
        None => say(&found, common),
    }
    sum_up(&archive, &found, common);
    Ok(status(&found, common))
}

/// What `hexapla verify --help` says below the options.
pub(super) const VERIFY_HELP: &str = "\
The SHA-256 of every raw file is compared with the one in the front matter of its pages, and with
the list of digests in the output folder where there is one. Nothing is written.
The status is 0 where every raw file is as its pages say, 1 where one is changed or missing.";

/// Hashes the raw texts of an archive.
pub(super) fn verify(config: &Config, common: &Common, form: Option<Output>) -> Result<u8, Error> {
    let Verified { files, diagnostics } =
        with_progress(common, |watch| verify::verify(config, watch))?;
    if let Some(form) = form {
        to_stdout(|out| print::raw_files(&files, form, out))?;
    }
    say(&diagnostics, common);
    let counts = State::ALL.map(|it| (files.iter().filter(|one| one.state == it).count(), it));
    let counts = counts.into_iter().filter(|it| it.0 > 0);
    let counts: Vec<String> =
        counts.map(|(number, it)| format!("{number} {}", it.word())).collect();
    let counts = if counts.is_empty() { "none".to_owned() } else { counts.join(", ") };
    sum_up(&format!("raw files: {counts}"), &diagnostics, common);
    Ok(status(&diagnostics, common))
}

/// Says how much was found in what.
fn sum_up(what: &str, found: &[Diagnostic], common: &Common) {
    if !common.quiet {
        // Nobody is left to be told where standard error is closed.
        let _ = writeln!(io::stderr(), "{what}: {}", summary(found));
    }
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
