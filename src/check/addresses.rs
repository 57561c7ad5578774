//! Names that stand in each other's way: pages that want one address, files that are one where upper and
//! lower case are not told apart.

use std::collections::BTreeMap;

use crate::arrange::DocumentId;
use crate::config::Config;
use crate::pipeline::Rehearsal;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};

/// Pages that want one address.
pub(super) fn pages(rehearsal: &Rehearsal) -> Vec<Diagnostic> {
    let page = |id: &DocumentId| {
        let document = rehearsal.archive.documents.get(id.0 as usize)?;
        Some((format!("{}.md", document.name), rehearsal.site.path_of(*id)))
    };
    let mut found = Vec::new();
    for group in rehearsal.site.sharing() {
        let mut pages = group.iter().filter_map(page);
        let Some((first, address)) = pages.next() else { continue };
        found.extend(pages.map(|(path, own)| {
            let message =
                format!("`{first}` has the address `{address}`, so this page has `{own}`");
            Diagnostic::new(Code::SharedAddress, Place::file(path), message)
                .hint("rename one of the two pages")
        }));
    }
    found
}

/// Files whose names differ in case only.
pub(super) fn files(config: &Config, rehearsal: &Rehearsal) -> Vec<Diagnostic> {
    let site = rehearsal.site.paths().into_iter().map(str::to_owned).collect();
    let folders = [
        (&config.seeds, rehearsal.seeds.names()),
        (&config.content, rehearsal.content.names()),
        (&config.out, site),
    ];
    let clashing = |(folder, names): (&std::path::PathBuf, Vec<String>)| {
        let folder = folder.to_string_lossy().into_owned();
        clashes(names).into_iter().map(move |it| it.below(&folder))
    };
    folders.into_iter().flat_map(clashing).collect()
}

/// The names that differ from an earlier one in case only.
fn clashes(names: Vec<String>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut found = Vec::new();
    for name in names {
        match first.get(&name.to_lowercase()) {
            Some(other) => {
                let message = format!("`{other}` differs from this name in case only");
                found.push(
                    Diagnostic::new(Code::NameClash, Place::file(name), message)
                        .hint("rename one of the two"),
                );
            }
            None => {
                first.insert(name.to_lowercase(), name);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_not_told_apart_in_any_script() {
        let names = ["A.txt", "a.txt", "b/É.md", "b/é.md", "c"].map(str::to_owned).to_vec();
        let paths: Vec<String> = clashes(names).into_iter().map(|it| it.place.path).collect();
        assert_eq!(paths, ["a.txt", "b/é.md"]);
    }
}
