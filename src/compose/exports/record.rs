//! A document or a statement as a citation needs it, whatever the format.

use crate::arrange::{Document, DocumentId, StatementId};
use crate::compose::pages::document;
use crate::compose::press::Press;
use crate::compose::shelves;
use crate::vocab::date::Date;
use crate::vocab::lang::Lang;
use crate::vocab::page::Role;
use crate::vocab::prose::html::is_outside;

use super::one_line;

/// What is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What an outlet published.
    Article,
    /// A text of no known outlet.
    Text,
    /// What several texts say in common.
    Statement,
}

/// What can be said of it. Texts are on one line; what is not known is `None`.
pub(super) struct Record<'a> {
    /// Its name in the file, unique in the archive: `en:harbour-office`, or a statement's slug.
    pub(super) key: String,
    /// What it is.
    pub(super) kind: Kind,
    /// Its title.
    pub(super) title: String,
    /// Its language.
    pub(super) lang: Option<&'a Lang>,
    /// Its date.
    pub(super) date: Option<&'a Date>,
    /// Who published it.
    pub(super) outlet: Option<String>,
    /// Who signed it.
    pub(super) author: Option<String>,
    /// The place of the dateline.
    pub(super) place: Option<String>,
    /// Where it was taken from, as far as that is an address that can be followed.
    pub(super) source: Option<String>,
    /// Where it was taken from, or else its address in the archive.
    pub(super) url: Option<String>,
    /// The day on which it was taken from there.
    pub(super) accessed: Option<Date>,
    /// The name of the archive.
    pub(super) archive: String,
    /// Where it stands in the archive: a full address, or a path where the archive's own is not known.
    pub(super) location: String,
    /// The SHA-256 of the raw file.
    pub(super) sha256: Option<String>,
    /// Under which rights it stands.
    pub(super) rights: Option<String>,
    /// What it is to its statement, where a curator says so.
    pub(super) role: Option<&'static str>,
    /// The key of the statement that it is a version of.
    pub(super) whole: Option<String>,
}

impl<'a> Record<'a> {
    /// A statement and its versions.
    pub(super) fn statement(press: &Press<'a>, id: StatementId) -> Vec<Self> {
        let versions = press.statement(id).map_or(&[][..], |it| &it.versions);
        let versions = versions.iter().filter_map(|it| Self::document(press, it.document));
        Self::whole(press, id).into_iter().chain(versions).collect()
    }

    /// A statement without its versions.
    pub(super) fn whole(press: &Press<'a>, id: StatementId) -> Option<Self> {
        let statement = press.statement(id)?;
        let path = press.routes.statement(id);
        Some(Self {
            key: key(&path),
            kind: Kind::Statement,
            title: one_line(&statement.title),
            lang: None,
            date: None,
            outlet: None,
            author: None,
            place: None,
            source: None,
            url: press.routes.is_public().then(|| press.routes.absolute(&path)),
            accessed: None,
            archive: one_line(&press.options.title),
            location: location(press, &path),
            sha256: None,
            rights: None,
            role: None,
            whole: None,
        })
    }

    /// A document.
    pub(super) fn document(press: &Press<'a>, id: DocumentId) -> Option<Self> {
        let document: &'a Document = shelves::find(press.material.archive, id)?;
        let head = &document.head;
        let path = press.routes.document(id);
        let source = head.source_url.as_deref().map(str::trim).filter(|it| is_outside(it));
        let own = press.routes.is_public().then(|| press.routes.absolute(&path));
        let outlet = known(head.outlet.as_deref());
        Some(Self {
            key: key(&path),
            kind: if outlet.is_some() { Kind::Article } else { Kind::Text },
            title: one_line(&head.title),
            lang: Some(&head.lang).filter(|lang| !lang.is_undetermined()),
            date: head.date.as_ref(),
            outlet,
            author: known(head.author.as_deref()),
            place: known(head.dateline.as_deref()),
            accessed: source.and_then(|_| captured(head.captured_at.as_deref()?)),
            source: source.map(str::to_owned),
            url: source.map(str::to_owned).or(own),
            archive: one_line(&press.options.title),
            location: location(press, &path),
            sha256: head.sha256.clone().filter(|it| is_digest(it)),
            rights: known(head.rights.as_deref()),
            role: role(head.role),
            whole: document.statement.map(|it| key(&press.routes.statement(it))),
        })
    }
}

/// The day of a moment written after ISO 8601.
pub(super) fn captured(moment: &str) -> Option<Date> {
    Date::parse(moment.get(..10)?).filter(|day| day.exact_day().is_some())
}

/// Whether a text is a SHA-256: a curator may have written anything.
pub(super) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// A role in one word; `None` where nobody says it.
pub(super) fn role(role: Option<Role>) -> Option<&'static str> {
    role.filter(|it| *it != Role::Unknown).map(document::role)
}

/// A value that is known, on one line.
fn known(value: Option<&str>) -> Option<String> {
    value.map(one_line).filter(|it| !it.is_empty())
}

/// The key of what has a page: its path without the folder of its kind, in letters, digits, hyphens and
/// colons, which every bibliography program takes.
fn key(path: &str) -> String {
    let inside = path.split_once('/').map_or(path, |(_, inside)| inside);
    inside.trim_end_matches(".html").replace('/', ":")
}

/// Where a page stands.
fn location(press: &Press, path: &str) -> String {
    if press.routes.is_public() { press.routes.absolute(path) } else { path.to_owned() }
}
