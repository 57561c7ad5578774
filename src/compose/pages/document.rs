//! The page of a document: where it came from, then its text, then its other versions.

use crate::arrange::{Document, DocumentId};
use crate::compose::exports;
use crate::compose::machine;
use crate::compose::press::Press;
use crate::compose::shelves;
use crate::compose::view::{Card, DocumentView, Link};
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::page::{self, Head, Role};
use crate::vocab::prose::html::{Hooks, html, is_outside};

/// Sets the page of a document.
pub(crate) fn document(press: &Press, path: &str, id: DocumentId) -> Result<Vec<u8>, Diagnostic> {
    let archive = press.material.archive;
    let found = shelves::find(archive, id).zip(press.card(path, id));
    let Some((document, card)) = found else { return Ok(Vec::new()) };
    let own = press.text(id, &document.head);
    let view = DocumentView {
        outlet_href: press.outlet_href(path, card.outlet),
        tags: tags(press, path, &document.head),
        source: document
            .head
            .seed
            .is_some()
            .then(|| press.routes.href(path, &press.routes.source(id))),
        text: text(press, path, document, &own.page.body),
        passages: own.passages.len() as u32,
        others: others(press, path, document, id),
        citation: exports::of_document(press, path, id),
        captured_on: exports::captured(&document.head),
        address: address(press, path),
        ..view(&document.head, card)
    };
    let mut frame = press.frame(path, &document.head.title);
    machine::describe_document(press, id, &mut frame);
    press.set("document.html", &frame, &view)
}

/// What the front matter says.
fn view<'a>(head: &'a Head, card: Card<'a>) -> DocumentView<'a> {
    DocumentView {
        card,
        subtitle: head.subtitle.as_deref(),
        section: head.section.as_deref(),
        dateline: head.dateline.as_deref(),
        author: head.author.as_deref(),
        outlet_href: String::new(),
        source_url: head.source_url.as_deref(),
        source_linked: head.source_url.as_deref().is_some_and(is_outside),
        captured_at: head.captured_at.as_deref(),
        rights: head.rights.as_deref(),
        rights_linked: head.rights.as_deref().is_some_and(is_outside),
        role: head.role.map(role),
        tags: Vec::new(),
        seed: head.seed.as_deref(),
        encoding: head.encoding.as_deref(),
        sha256: head.sha256.as_deref(),
        removed: head.removed.len(),
        source: None,
        frame: &head.frame,
        text: String::new(),
        others: Vec::new(),
        passages: 0,
        citation: None,
        captured_on: None,
        address: String::new(),
    }
}

/// The message that names a role.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Original => "original",
        Role::Translation => "translation",
        Role::Retelling => "retelling",
        Role::Unknown => "unknown",
    }
}

/// The full address of a page; its path where the site's own address is not known.
pub(super) fn address(press: &Press, path: &str) -> String {
    if press.routes.is_public() { press.routes.absolute(path) } else { path.to_owned() }
}

/// The tags of a document with the ways to their pages.
fn tags<'a>(press: &Press, path: &str, head: &'a Head) -> Vec<Link<'a>> {
    let known = head.tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty());
    known.map(|name| Link { name, href: press.shelf_href(path, press.shelves.tag(name)) }).collect()
}

/// The other versions of a document's statement, in the order of the statement.
fn others<'a>(press: &Press<'a>, path: &str, document: &Document, id: DocumentId) -> Vec<Card<'a>> {
    let statement = document.statement.and_then(|it| press.statement(it));
    let versions = statement.iter().flat_map(|it| &it.versions).map(|it| it.document);
    versions.filter(|&it| it != id).filter_map(|it| press.card(path, it)).collect()
}

/// The text of a document as HTML. Links to other pages of the content folder lead to their documents.
fn text(press: &Press, path: &str, document: &Document, body: &str) -> String {
    let link = |address: &str| {
        let (name, fragment) = page::lead(&document.name, address)?;
        let passage = page::passage(fragment).is_some();
        if name == document.name {
            return passage.then(|| format!("#{fragment}"));
        }
        let found =
            press.material.archive.documents.binary_search_by(|it| it.name.cmp(&name)).ok()?;
        let href = press.routes.href(path, &press.routes.document(DocumentId(found as u32)));
        Some(if passage { format!("{href}#{fragment}") } else { href })
    };
    let code = |language: &str, code: &str| press.highlighter.set(language, code);
    html(body, Hooks { link: &link, code: &code, lang: &|number| document.head.lang_of(number) })
}
