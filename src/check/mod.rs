//! `hexapla check`: everything that a build would say, and what it has no reason to look at, without a
//! byte being written.
//!
//! The site is checked as the next build would leave it: a file that the build would set again is set in
//! memory, any other is read where it stands. So a broken template or link is found before it is
//! published, and on an archive that is built the check costs no more than reading its pages once.

mod addresses;
mod front;
mod markup;
mod site;
mod texts;

use crate::config::Config;
use crate::error::Error;
use crate::pipeline::{self, Outcome, Rehearsal, Watch};
use crate::vocab::diagnostic::Diagnostic;

/// What a build would come to, with all that is found among what it would say.
pub fn check(config: &Config, watch: Watch) -> Result<Outcome, Error> {
    pipeline::rehearse(config, watch, &|rehearsal| look(config, rehearsal, watch))
}

/// What is found beyond what a build says.
fn look(config: &Config, rehearsal: &Rehearsal, watch: Watch) -> Vec<Diagnostic> {
    let content = config.content.to_string_lossy();
    let (mut found, said) = texts::check(rehearsal);
    found.extend(front::check(rehearsal));
    found.extend(addresses::pages(rehearsal));
    let mut found: Vec<Diagnostic> = found.into_iter().map(|it| it.below(&content)).collect();
    found.extend(addresses::files(config, rehearsal));
    found.extend(site::check(config, rehearsal, &said, watch));
    found
}
