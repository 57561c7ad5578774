//! The page that offers the data: every file with its size, what is said of rights, how to check and
//! how to cite.

use std::collections::BTreeMap;

use crate::compose::exports::{self, Export};
use crate::compose::machine;
use crate::compose::press::Press;
use crate::compose::route::FEED;
use crate::compose::view::{DataView, FileView, FormatView, RightsView};
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::prose::html::is_outside;

/// How many different words on rights are shown.
const RIGHTS: usize = 20;

/// Sets the page; `size` tells how many bytes a file of the site has.
pub(crate) fn data(
    press: &Press,
    path: &str,
    size: &dyn Fn(&str) -> u64,
) -> Result<Vec<u8>, Diagnostic> {
    let whole = exports::whole(press);
    let catalogue = file(press, path, "archive.json", size("archive.json"));
    let sized = |(name, _): &(String, Export)| file(press, path, name, size(name));
    let format = |it: exports::Format| FormatView { name: it.name(), id: it.folder() };
    let is_manifest = |(_, export): &&(String, Export)| *export == Export::Manifest;
    let public = press.routes.is_public();
    let page = DataView {
        files: std::iter::once(catalogue).chain(whole.iter().map(sized)).collect(),
        formats: exports::formats(press).map(format).collect(),
        rights: rights(press),
        silent: press
            .material
            .archive
            .documents
            .iter()
            .filter(|it| it.head.rights.is_none())
            .count(),
        manifest: whole.iter().find(is_manifest).map(|(name, _)| press.routes.href(path, name)),
        feed: public.then(|| press.routes.href(path, FEED)),
        address: if public { press.routes.absolute("index.html") } else { String::new() },
    };
    let mut frame = press.frame(path, &press.say("data.title"));
    let files: Vec<(String, &str)> = whole
        .iter()
        .map(|(name, export)| (press.routes.href(path, name), exports::media(*export)))
        .collect();
    machine::describe_data(press, &files, &mut frame);
    press.set("data.html", &frame, &page)
}

/// A file with its size.
fn file(press: &Press, from: &str, path: &str, bytes: u64) -> FileView {
    let name = path.rsplit('/').next().unwrap_or(path);
    let id = name.split('.').next().unwrap_or(name);
    FileView {
        name: name.to_owned(),
        id: id.to_ascii_lowercase(),
        href: press.routes.href(from, path),
        size: size(bytes),
    }
}

/// A size in two digits or more, rounded up.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        1_000_000..10_000_000 => {
            let tenths = bytes.div_ceil(100_000);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

/// What documents say of rights.
fn rights<'a>(press: &Press<'a>) -> Vec<RightsView<'a>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for words in press.material.archive.documents.iter().filter_map(|it| it.head.rights.as_deref())
    {
        *counts.entry(words).or_default() += 1;
    }
    let view = |(words, count)| RightsView { words, linked: is_outside(words), count };
    let mut rights: Vec<RightsView> = counts.into_iter().map(view).collect();
    rights.sort_by_key(|it| std::cmp::Reverse(it.count));
    rights.truncate(RIGHTS);
    rights
}
