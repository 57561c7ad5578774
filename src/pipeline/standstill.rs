//! Nothing has changed: a build of the same seeds, pages, settings and theme, whose site nobody has
//! touched, comes to what the last one came to.

use serde::{Deserialize, Serialize};

use super::Outcome;
use super::inventory::Stock;
use crate::arrange::standing;
use crate::compose::ThemeFiles;
use crate::config::Config;
use crate::daybook::Daybook;
use crate::publish;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::digest::{Fingerprint, Inputs};

/// The table of what the last build came to.
const TABLE: &str = "last";

/// What a build came to, and what it was made from.
#[derive(Default, Serialize, Deserialize)]
struct Last {
    inputs: Fingerprint,
    settings: Fingerprint,
    documents: usize,
    statements: usize,
    languages: usize,
    diagnostics: Vec<Diagnostic>,
}

/// The settings and the theme of a build.
pub(super) fn settings(config: &Config, theme: &ThemeFiles) -> Inputs {
    let Config { accession, arrange, compose, limit, .. } = config;
    let places = [&config.seeds, &config.content, &config.out];
    let places = places.map(|it| std::path::absolute(it).unwrap_or_else(|_| it.clone()));
    Inputs::default()
        .with(&format!("{:?}", (accession, arrange, compose, limit, places)))
        .with(theme)
}

/// What a build is made from, but for the folder of pages.
pub(super) fn inputs(config: &Config, theme: &ThemeFiles, seeds: &Stock) -> Inputs {
    settings(config, theme).with(&(seeds.inventory.print(), &seeds.folder.unreadable))
}

/// Whether the last build had the same settings and the same theme.
pub(super) fn is_set_alike(config: &Config, theme: &ThemeFiles, daybook: &Daybook) -> bool {
    let last: Last = daybook.read(TABLE).says;
    last.settings == settings(config, theme).fingerprint()
}

/// What the last build came to, if this one would come to the same.
pub(super) fn recall(
    config: &Config,
    inputs: Inputs,
    content: &Stock,
    daybook: &Daybook,
) -> Option<Outcome> {
    let last: Last = daybook.read(TABLE).says;
    (last.inputs == inputs.with(&content.inventory.print()).fingerprint()).then_some(())?;
    Some(Outcome {
        documents: last.documents,
        statements: last.statements,
        languages: last.languages,
        pages: 0,
        receipt: Some(publish::untouched(&config.out, daybook)?),
        diagnostics: last.diagnostics,
    })
}

/// Writes down what a build came to. What has changed is said once, so that the next build, if nothing
/// changes, says all but that.
pub(super) fn record(
    outcome: &Outcome,
    (config, theme): (&Config, &ThemeFiles),
    inputs: Inputs,
    content: &Stock,
    daybook: &Daybook,
) {
    if outcome.receipt.is_none() {
        return;
    }
    let lasting = outcome.diagnostics.iter().filter(|it| it.code != Code::StatementChanged);
    let last = Last {
        inputs: inputs.with(&content.print_with(standing::FILE)).fingerprint(),
        settings: settings(config, theme).fingerprint(),
        documents: outcome.documents,
        statements: outcome.statements,
        languages: outcome.languages,
        diagnostics: lasting.cloned().collect(),
    };
    daybook.write(TABLE, &last);
}
