//! Arranging carried out: anew where anything that it asks for has changed, else as it was. Anew, pairs of
//! texts in which nothing has changed are not measured again.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::desk::Desk;
use super::leaves::Leaves;
use crate::arrange::{self, Archive, Arranged, Document, Seen, Standing, Statement, standing};
use crate::config::Config;
use crate::daybook::Daybook;
use crate::disk::Folder;
use crate::error::Error;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Diagnostics};
use crate::vocab::digest::{Fingerprint, Inputs};

/// The table of what the last run arranged.
const TABLE: &str = "arranged";
/// The table of what the last run saw in pairs of texts.
const SEEN: &str = "seen";

/// What the last run arranged, and from what.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    inputs: Fingerprint,
    /// The names of the documents, in their order.
    names: Vec<String>,
    statements: Vec<Statement>,
    diagnostics: Vec<Diagnostic>,
}

/// Arranges the leaves, and writes what was found beside the pages.
pub(super) fn arrange_leaves(
    config: &Config,
    (content, desk): (&Folder, &Desk),
    leaves: &mut Leaves,
    (daybook, seen): (&Daybook, &mut Diagnostics),
) -> Result<Archive, Error> {
    let before: Standing = standing::read(&content.text(standing::FILE).unwrap_or_default());
    let asked = asked(leaves, &config.arrange);
    let kept: Kept = daybook.read(TABLE).says;
    if kept.inputs == asked.clone().with(&before).fingerprint() {
        seen.extend(kept.diagnostics);
        return Ok(Archive::again(documents(leaves), kept.statements));
    }
    drop(kept);
    let (seen_before, signed): (Seen, _) =
        rayon::join(|| daybook.read(SEEN).says, || leaves.signed());
    let again = |at: usize| leaves.signature(at);
    let (Arranged { archive, diagnostics }, seen_now) =
        arrange::arrange_lean(signed, &before, &config.arrange, (&seen_before, &again));
    // Both are large, and nobody need wait until they have gone.
    rayon::spawn(move || drop(seen_before));
    let keep = || {
        let written = standing::write(&archive);
        let next = Next {
            inputs: asked.with(&standing::read(&written)).fingerprint(),
            names: archive.documents.iter().map(|it| it.name.as_str()).collect(),
            statements: &archive.statements,
            diagnostics: diagnostics
                .iter()
                .filter(|it| it.code != Code::StatementChanged)
                .collect(),
        };
        daybook.write(TABLE, &next);
        written
    };
    let written = rayon::join(keep, || daybook.write(SEEN, &seen_now)).0;
    rayon::spawn(move || drop(seen_now));
    desk.write(content, standing::FILE, written.as_bytes())?;
    seen.extend(diagnostics);
    Ok(archive)
}

/// What the next run will find, if nothing changes: every statement then has the name it had, so that
/// nothing is said to have changed.
#[derive(Serialize)]
struct Next<'a> {
    inputs: Fingerprint,
    names: Vec<&'a str>,
    statements: &'a [Statement],
    diagnostics: Vec<&'a Diagnostic>,
}

/// The leaves as the last run arranged them; a page that it did not know stands alone.
pub(super) fn as_left(leaves: &Leaves, daybook: &Daybook) -> Archive {
    let kept: Kept = daybook.read(TABLE).says;
    Archive::as_left(documents(leaves), &kept.names, kept.statements)
}

/// Everything that arranging hangs on but the statements as they stand.
fn asked(leaves: &Leaves, options: &arrange::Options) -> Inputs {
    let arrange::Options { strictness, related } = options;
    let mut inputs = Inputs::default().with(&(format!("{strictness:?}"), related));
    inputs.add_all(
        leaves.all.iter().map(|it| (arrange::asks(&it.name, &it.head), leaves.evidence(it))),
    );
    inputs
}

/// The documents of the archive, not yet in statements.
fn documents(leaves: &Leaves) -> Vec<Document> {
    let document = |leaf: &super::leaves::Leaf| Document {
        name: leaf.name.clone(),
        head: Arc::clone(&leaf.head),
        digest: leaf.digest.to_string(),
        statement: None,
    };
    leaves.all.iter().map(document).collect()
}
