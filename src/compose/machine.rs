//! What machines read of a page: Dublin Core, Open Graph, schema.org, other languages.
//!
//! Zotero takes `DC.type` as its item type. `workTranslation` and `translationOfWork` tie a version to
//! the statement, never one version to another: which of them came first is not known.

use serde_json::{Map, Value, json};

use crate::arrange::{Document, DocumentId, Statement, StatementId};
use crate::vocab::digest;

use super::press::Press;
use super::shelves;
use super::view::{Alternate, Fact, Frame};

/// Adds what machines read of a document to its frame.
pub(super) fn describe_document(press: &Press, id: DocumentId, frame: &mut Frame) {
    let Some(document) = shelves::find(press.material.archive, id) else { return };
    frame.facts = facts(press, document);
    if press.routes.is_public() {
        if let Some(statement) = document.statement {
            frame.alternates = alternates(press, statement, Some(id));
        }
        frame.ld = ld(press, id, document);
    }
}

/// Adds what machines read of a statement to its frame.
pub(super) fn describe_statement(press: &Press, id: StatementId, frame: &mut Frame) {
    let Some(statement) = press.statement(id) else { return };
    frame.facts = vec![
        name("DC.title", &statement.title),
        name("DCTERMS.type", "Text"),
        property("og:type", "website"),
        property("og:title", &statement.title),
        property("og:site_name", &press.options.title),
    ];
    if press.routes.is_public() {
        frame.alternates = alternates(press, id, None);
        frame.ld = safe(&statement_ld(press, id, statement));
    }
}

/// The `meta` elements of a document: one field, every vocabulary.
fn facts(press: &Press, document: &Document) -> Vec<Fact> {
    let head = &document.head;
    let mut facts = vec![
        name("DC.title", &head.title),
        name("DC.type", "newspaperArticle"),
        name("DC.language", head.lang.as_str()),
    ];
    if let Some(date) = &head.date {
        facts.push(name("DCTERMS.issued", date.as_str()));
    }
    let optional = [
        ("DC.source", &head.outlet),
        ("DC.creator", &head.author),
        ("DCTERMS.spatial", &head.dateline),
        ("DC.rights", &head.rights),
        ("DCTERMS.references", &head.source_url),
    ];
    facts.extend(optional.into_iter().filter_map(|(key, it)| Some(name(key, it.as_ref()?))));
    if let Some(sha256) = &head.sha256 {
        facts.push(name("DC.identifier", &format!("sha256:{sha256}")));
    }
    if let Some(statement) = document.statement.filter(|_| press.routes.is_public()) {
        let address = press.routes.absolute(&press.routes.statement(statement));
        facts.push(name("DCTERMS.isVersionOf", &address));
    }
    facts.push(property("og:type", "article"));
    facts.push(property("og:site_name", &press.options.title));
    facts
}

/// A fact of a `name` attribute.
fn name(name: &'static str, content: &str) -> Fact {
    Fact { attribute: "name", name, content: content.to_owned() }
}

/// A fact of a `property` attribute.
fn property(name: &'static str, content: &str) -> Fact {
    Fact { attribute: "property", name, content: content.to_owned() }
}

/// The versions of a statement in other languages, one a language, and the statement for all others.
///
/// Two versions in one language cannot both be offered to search engines: the first is taken, but for
/// the page itself, which always names itself.
fn alternates(press: &Press, id: StatementId, own: Option<DocumentId>) -> Vec<Alternate> {
    let Some(statement) = press.statement(id) else { return Vec::new() };
    let mut found: Vec<Alternate> = Vec::new();
    let own_first = statement.versions.iter().map(|it| it.document);
    let (own, others): (Vec<_>, Vec<_>) = own_first.partition(|&it| Some(it) == own);
    for document in own.into_iter().chain(others) {
        let Some(lang) = shelves::find(press.material.archive, document).map(|it| &it.head.lang)
        else {
            continue;
        };
        if lang.is_undetermined() || found.iter().any(|it| it.lang == lang.as_str()) {
            continue;
        }
        let href = press.routes.absolute(&press.routes.document(document));
        found.push(Alternate { lang: lang.to_string(), href });
    }
    found.sort_by(|a, b| a.lang.cmp(&b.lang));
    let href = press.routes.absolute(&press.routes.statement(id));
    found.push(Alternate { lang: "x-default".to_owned(), href });
    found
}

/// A document in the terms of schema.org.
fn ld(press: &Press, id: DocumentId, document: &Document) -> String {
    let head = &document.head;
    let address = press.routes.absolute(&press.routes.document(id));
    let mut it = Map::new();
    it.insert("@context".into(), json!("https://schema.org"));
    it.insert("@id".into(), json!(address));
    it.insert("@type".into(), json!("NewsArticle"));
    it.insert("headline".into(), json!(head.title));
    it.insert("inLanguage".into(), json!(head.lang.as_str()));
    if let Some(date) = head.date.as_ref().filter(|date| date.exact_day().is_some()) {
        it.insert("datePublished".into(), json!(date.as_str()));
    }
    if let Some(outlet) = &head.outlet {
        it.insert("publisher".into(), json!({"@type": "Organization", "name": outlet}));
    }
    if let Some(place) = &head.dateline {
        it.insert("dateline".into(), json!(place));
    }
    if let Some(url) = &head.source_url {
        it.insert("isBasedOn".into(), json!(url));
    }
    if let Some(statement) = document.statement {
        let whole = press.routes.absolute(&press.routes.statement(statement));
        it.insert("translationOfWork".into(), json!({"@id": whole}));
    }
    if let Some(sha256) = &head.sha256 {
        it.insert("encoding".into(), json!({"@type": "MediaObject", "sha256": sha256}));
    }
    safe(&Value::Object(it))
}

/// A statement in the terms of schema.org.
fn statement_ld(press: &Press, id: StatementId, statement: &Statement) -> Value {
    let address = |id| press.routes.absolute(&press.routes.document(id));
    let versions: Vec<Value> =
        statement.versions.iter().map(|it| json!({"@id": address(it.document)})).collect();
    json!({
        "@context": "https://schema.org",
        "@id": press.routes.absolute(&press.routes.statement(id)),
        "@type": ["CreativeWork", "ArchiveComponent"],
        "identifier": digest::short(statement.slug.as_bytes(), 16),
        "name": statement.title,
        "holdingArchive": {"@type": "ArchiveOrganization", "name": press.options.title},
        "workTranslation": versions,
    })
}

/// JSON that cannot end the element it stands in.
fn safe(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
