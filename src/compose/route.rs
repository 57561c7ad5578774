//! Every address of the site is made here.
//!
//! Paths are lower-case ASCII, relative to the root of the site, and name files, never folders. An
//! address in a page is relative to that page, so that the site opens from any folder.

use rustc_hash::FxHashSet;

use super::exports::Format;
use crate::arrange::{Archive, Document, DocumentId, StatementId};
use crate::collate::names::Name;
use crate::vocab::digest::{self, Fingerprint};
use crate::vocab::slug::slug;

/// The folder of what can be taken away.
pub(super) const DATA: &str = "data";

/// The page that offers what can be taken away.
pub(super) const DATA_PAGE: &str = "data.html";

/// What tells browsers how the archive is searched.
pub(super) const OPENSEARCH: &str = "opensearch.xml";

/// The feed of the whole archive.
pub(super) const FEED: &str = "feed.xml";

/// The one page that a host may show at any depth.
pub(super) const NOT_FOUND: &str = "404.html";

/// The page of the search.
pub(super) const SEARCH: &str = "search.html";

/// The paths of what has a page of its own.
pub(super) struct Routes {
    base: String,
    documents: Vec<String>,
    statements: Vec<String>,
}

impl Routes {
    /// Gives everything in an archive its path.
    pub(super) fn new(archive: &Archive, base: &str) -> Self {
        let mut taken = FxHashSet::default();
        let documents = archive.documents.iter();
        let documents = documents.map(|it| claim(&mut taken, &wanted(it), &it.name)).collect();
        let mut taken = FxHashSet::default();
        let statements = archive.statements.iter();
        let statements =
            statements.map(|it| claim(&mut taken, &named(&it.slug), &it.slug)).collect();
        Self { base: base.to_owned(), documents, statements }
    }

    /// The page of a document.
    pub(super) fn document(&self, id: DocumentId) -> String {
        path("documents/", self.documents.get(id.0 as usize))
    }

    /// The page that shows a document's seed beside what was kept of it.
    pub(super) fn source(&self, id: DocumentId) -> String {
        path("sources/", self.documents.get(id.0 as usize))
    }

    /// The page of a statement.
    pub(super) fn statement(&self, id: StatementId) -> String {
        path("statements/", self.statements.get(id.0 as usize))
    }

    /// A statement in a format.
    pub(super) fn statement_file(&self, id: StatementId, format: Format) -> String {
        let name = self.statements.get(id.0 as usize).map_or("", String::as_str);
        export(format, name)
    }

    /// A document in a format.
    pub(super) fn document_file(&self, id: DocumentId, format: Format) -> String {
        let name = self.documents.get(id.0 as usize).map_or("", String::as_str);
        export(format, name)
    }

    /// The way from one page of the site to another, with an optional fragment.
    ///
    /// The page for what is not found may be shown at any depth; where the site's own address is
    /// known its links begin there.
    pub(super) fn href(&self, from: &str, to: &str) -> String {
        if from == NOT_FOUND && !self.base.is_empty() {
            return self.absolute(to);
        }
        relative(from, to)
    }

    /// The full address of a path; only of use where the site's own address is known.
    pub(super) fn absolute(&self, to: &str) -> String {
        format!("{}{}", self.base, if to == "index.html" { "" } else { to })
    }

    /// The print of all addresses of documents.
    pub(super) fn print(&self) -> Fingerprint {
        Fingerprint::of(&self.documents)
    }

    /// Whether the site's own address is known.
    pub(super) fn is_public(&self) -> bool {
        !self.base.is_empty()
    }
}

/// The path of a page in a folder. It is asked for so often that it is made in one piece.
fn path(folder: &str, name: Option<&String>) -> String {
    [folder, name.map_or("", String::as_str), ".html"].concat()
}

/// Whether a path is that of a page for readers.
pub(super) fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, kind)| kind == "html")
}

/// The path of one page of a list that runs over several: `documents.html`, `documents-2.html`.
pub(super) fn numbered(stem: &str, number: usize) -> String {
    if number < 2 { format!("{stem}.html") } else { format!("{stem}-{number}.html") }
}

/// The path of a file that can be taken away: one folder a format, so that no folder holds more names
/// than the folder of the pages.
fn export(format: Format, name: &str) -> String {
    format!("{DATA}/{}/{name}.{}", format.folder(), format.extension())
}

/// The feed of a shelf.
pub(super) fn feed(stem: &str) -> String {
    format!("{stem}.xml")
}

/// The script that holds the words of an interface language.
pub(super) fn words(lang: &str) -> String {
    format!("ui/{}.js", lang.to_ascii_lowercase())
}

/// The page of a name.
pub(super) fn name(name: &Name) -> String {
    numbered(&name_stem(name), 1)
}

/// The stem of the pages of a name.
pub(super) fn name_stem(name: &Name) -> String {
    format!("names/{}", name.slug)
}

/// Gives each of some names a slug that no other has.
pub(super) fn slugs<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = FxHashSet::default();
    names.map(|name| claim(&mut taken, &named(name), name)).collect()
}

/// The address of `to` as seen from the page `from`.
pub(super) fn relative(from: &str, to: &str) -> String {
    let here = from.rfind('/').and_then(|end| from.get(..=end)).unwrap_or_default();
    let same = here.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let shared = here.as_bytes().get(..same).unwrap_or_default();
    let shared = shared.iter().rposition(|it| *it == b'/').map_or(0, |it| it + 1);
    let up = here.bytes().skip(shared).filter(|it| *it == b'/').count();
    let down = to.get(shared..).unwrap_or_default();
    let mut way = String::with_capacity(up * 3 + down.len());
    (0..up).for_each(|_| way.push_str("../"));
    way.push_str(down);
    way
}

/// The path that a document gets where no other wants it.
pub(super) fn wanted(document: &Document) -> String {
    let lang = document.head.lang.as_str().to_ascii_lowercase();
    format!("{lang}/{}", leaf(&document.name))
}

/// The last part of a document's name, without the folder of its language.
fn leaf(name: &str) -> String {
    let parts: Vec<&str> = name.split('/').collect();
    let own = if parts.len() > 1 { parts.get(1..).unwrap_or_default() } else { &parts };
    own.iter().map(|part| named(part)).collect::<Vec<_>>().join("-")
}

/// A slug of any text: a digest stands in where nothing can be romanised.
///
/// The end of a long name often tells two apart, so a name that is cut carries a digest too.
fn named(text: &str) -> String {
    let plain = text.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
    if plain && text.len() <= 120 && !text.is_empty() {
        return text.to_owned();
    }
    let short = slug(text);
    if short.is_empty() { digest::short(text.as_bytes(), 8) } else { short }
}

/// Takes a path, or the same with a digest of what it is for where another has taken it.
fn claim(taken: &mut FxHashSet<String>, path: &str, owner: &str) -> String {
    let mut path = path.to_owned();
    let mut length = 6;
    while !taken.insert(path.clone()) {
        path = format!("{path}-{}", digest::short(owner.as_bytes(), length));
        length += 2;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_is_as_short_as_can_be() {
        assert_eq!(relative("index.html", "documents/pl/a.html"), "documents/pl/a.html");
        assert_eq!(relative("documents/pl/a.html", "documents/pl/b.html#p3"), "b.html#p3");
        assert_eq!(relative("documents/pl/a.html", "documents/fr/b.html"), "../fr/b.html");
        assert_eq!(relative("documents/pl/a.html", "index.html"), "../../index.html");
        assert_eq!(relative("documents/pl/a.html", "documents/plz/a.html"), "../plz/a.html");
        assert_eq!(relative("documents.html", "documents/pl/a.html"), "documents/pl/a.html");
        assert_eq!(relative("documents/a.html", "documents.html"), "../documents.html");
    }

    #[test]
    fn no_two_names_share_a_path() {
        let slugs = slugs(["Le Monde", "le monde", "LE MONDE!", "…", "!!!"].into_iter());
        let mut unique = slugs.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), 5, "{slugs:?}");
        assert!(slugs.iter().all(|it| crate::vocab::slug::is_slug(it)), "{slugs:?}");
    }
}
