//! Seeds that go by another name than in the last run: their pages follow them.

use std::collections::{BTreeMap, BTreeSet};

use crate::accession::is_seed;
use crate::accession::register::Register;
use crate::disk::Folder;
use crate::vocab::digest;
use crate::vocab::page::Page;

/// Lets the register know seeds that are gone by the names of new ones that hold the same bytes, as the
/// digests in their pages tell.
pub(super) fn follow(register: &mut Register, pages: &Folder, seeds: &Folder) {
    let mut gone: BTreeMap<String, String> = BTreeMap::new();
    for (seed, _, entry) in register.entries().filter(|it| !seeds.has(it.0)) {
        let recorded = || Page::read(&pages.text(&entry.page)?).ok()?.head.sha256;
        if let Some(sha256) = recorded() {
            gone.entry(sha256).or_insert_with(|| seed.to_owned());
        }
    }
    if gone.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = register.entries().map(|it| it.0).collect();
    let mut names = seeds.names();
    names.retain(|name| is_seed(name) && !known.contains(name.as_str()));
    for name in names {
        let found = seeds.read(&name).ok().map(|bytes| digest::sha256(&bytes));
        if let Some(old) = found.and_then(|sha256| gone.remove(&sha256)) {
            register.rename(&old, &name);
        }
    }
}
