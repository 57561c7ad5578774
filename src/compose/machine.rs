//! What machines read of a page: Dublin Core, Open Graph, schema.org, other languages.
//!
//! Zotero takes `DC.type` as its item type. `workTranslation` and `translationOfWork` tie a version to
//! the statement, never one version to another: which of them came first is not known unless a curator
//! says so. Addresses in JSON-LD are relative to the page, as JSON-LD 1.1 reads them inside HTML, so
//! that they also hold from disk; only what must be absolute waits for the site's own address.
//!
//! A document page has few bytes to spare, so nothing is said twice there: a value that two vocabularies
//! share stands in one `meta` element, JSON-LD says what Dublin Core cannot, and the page of the
//! statement, which names every version, says all of each.

use serde_json::{Map, Value, json};

use crate::arrange::{Document, DocumentId, Statement, StatementId};
use crate::vocab::date::Date;
use crate::vocab::page::{Head, Role};
use crate::vocab::prose::html::is_outside;

use super::exports::{self, Format};
use super::press::Press;
use super::shelves;
use super::view::{Alternate, Fact, Frame};

/// Adds what machines read of a document to its frame.
pub(super) fn describe_document(press: &Press, id: DocumentId, frame: &mut Frame) {
    let Some(document) = shelves::find(press.material.archive, id) else { return };
    frame.feed = None;
    frame.facts = facts(&document.head);
    if press.routes.is_public()
        && let Some(statement) = document.statement
    {
        frame.alternates = alternates(press, statement, Some(id));
    }
    frame.ld = safe(&ld(press, document, &frame.path));
}

/// Adds what machines read of a statement to its frame.
pub(super) fn describe_statement(press: &Press, id: StatementId, frame: &mut Frame) {
    let Some(statement) = press.statement(id) else { return };
    frame.facts =
        vec![Fact { name: "DC.title", property: "og:title", content: statement.title.clone() }];
    frame.facts.push(property("og:type", "website"));
    frame.facts.push(property("og:site_name", &press.options.title));
    if press.routes.is_public() {
        frame.alternates = alternates(press, id, None);
    }
    frame.ld = safe(&statement_ld(press, id, statement, &frame.path));
}

/// Adds what machines read of the page that offers the data: a data set and its files, each given by
/// its way and its media type.
pub(super) fn describe_data(press: &Press, files: &[(String, &str)], frame: &mut Frame) {
    let download = |(href, media): &(String, &str)| json!({"@type": "DataDownload", "contentUrl": href, "encodingFormat": media});
    let mut it = Map::new();
    it.insert("@context".into(), json!("https://schema.org"));
    it.insert("@id".into(), json!(file_name(&frame.path)));
    it.insert("@type".into(), json!("Dataset"));
    it.insert("name".into(), json!(press.options.title));
    if !press.options.description.is_empty() {
        it.insert("description".into(), json!(press.options.description));
    }
    it.insert("distribution".into(), files.iter().map(download).collect());
    frame.ld = safe(&Value::Object(it));
}

/// The `meta` elements of a document: one field, every vocabulary. Open Graph does not name the archive
/// here: a reader of citations would take it for who published the text.
fn facts(head: &Head) -> Vec<Fact> {
    let kind = if head.outlet.is_some() { "newspaperArticle" } else { "document" };
    let mut facts = vec![
        Fact { name: "DC.title", property: "og:title", content: head.title.clone() },
        name("DC.type", kind),
    ];
    if !head.lang.is_undetermined() {
        facts.push(name("DC.language", head.lang.as_str()));
    }
    if let Some(date) = &head.date {
        let property = if is_certain(date) { "article:published_time" } else { "" };
        facts.push(Fact { name: "DCTERMS.issued", property, content: date.to_string() });
    }
    let optional = [
        ("DC.source", &head.outlet),
        ("DC.creator", &head.author),
        ("DCTERMS.spatial", &head.dateline),
        ("DC.rights", &head.rights),
    ];
    facts.extend(optional.into_iter().filter_map(|(key, it)| Some(name(key, it.as_ref()?))));
    // An address that can be followed is said to be one by the link itself.
    let unlinked = head.source_url.as_ref().filter(|url| !is_outside(url));
    facts.extend(unlinked.map(|url| name("DCTERMS.references", url)));
    facts.push(property("og:type", "article"));
    facts.extend(locale(head));
    facts
}

/// The language as Open Graph writes it, which wants a country: only where the tag names one.
fn locale(head: &Head) -> Option<Fact> {
    let is_country = |it: &&str| it.len() == 2 && it.bytes().all(|it| it.is_ascii_uppercase());
    let country = head.lang.as_str().split('-').skip(1).find(is_country)?;
    Some(property("og:locale", &format!("{}_{country}", head.lang.base())))
}

/// Whether a date is one point without doubt, as ISO 8601 writes it: a year, a month or a day.
fn is_certain(date: &Date) -> bool {
    matches!(date.points().as_slice(), [Some(point)] if point.doubt.is_none())
}

/// A fact of Dublin Core.
fn name(name: &'static str, content: &str) -> Fact {
    Fact { name, property: "", content: content.to_owned() }
}

/// A fact of Open Graph.
fn property(property: &'static str, content: &str) -> Fact {
    Fact { name: "", property, content: content.to_owned() }
}

/// The versions of a statement in other languages, one a language, and the statement for all others.
///
/// Two versions in one language cannot both be offered to search engines, and what is offered must
/// offer the others in turn: a version that is not the preferred one of its language offers nothing.
fn alternates(press: &Press, id: StatementId, own: Option<DocumentId>) -> Vec<Alternate> {
    let Some(statement) = press.statement(id) else { return Vec::new() };
    let preferred = preferred(press, statement);
    if own.is_some_and(|own| preferred.iter().all(|(_, it)| *it != own)) {
        return Vec::new();
    }
    let alternate = |(lang, document): (&str, DocumentId)| Alternate {
        lang: lang.to_owned(),
        href: press.routes.absolute(&press.routes.document(document)),
    };
    let whole = press.routes.absolute(&press.routes.statement(id));
    let all = Alternate { lang: "x-default".to_owned(), href: whole };
    preferred.into_iter().map(alternate).chain([all]).collect()
}

/// For each known language of a statement the version that stands for it, in the order of the tags: the
/// original before others, then the earliest, those without a date last.
fn preferred<'a>(press: &Press<'a>, statement: &Statement) -> Vec<(&'a str, DocumentId)> {
    let version = |id| {
        let document = shelves::find(press.material.archive, id)?;
        let head = &document.head;
        let day = shelves::day(document);
        let rank = (head.role != Some(Role::Original), day.is_empty(), day);
        (!head.lang.is_undetermined()).then_some((head.lang.as_str(), rank, id))
    };
    let mut found: Vec<_> =
        statement.versions.iter().filter_map(|it| version(it.document)).collect();
    found.sort();
    found.dedup_by_key(|(lang, ..)| *lang);
    found.into_iter().map(|(lang, _, id)| (lang, id)).collect()
}

/// A document in the terms of schema.org: what its own page says of it. Where it is a version, the page
/// of its statement says the rest. The empty reference is the page itself.
fn ld(press: &Press, document: &Document, path: &str) -> Value {
    let head = &document.head;
    let Some(statement) = document.statement else {
        let mut it = node(head, "");
        it.insert("@context".into(), json!("https://schema.org"));
        it.extend(rest(head));
        return Value::Object(it);
    };
    let whole = press.routes.href(path, &press.routes.statement(statement));
    json!({"@context": "https://schema.org", "@id": "", "@type": kind(head), tie(head.role): {"@id": whole}})
}

/// A document as a thing of its own: what it is, in which language and of when.
fn node(head: &Head, id: &str) -> Map<String, Value> {
    let mut it = Map::new();
    it.insert("@id".into(), json!(id));
    it.insert("@type".into(), json!(kind(head)));
    if !head.lang.is_undetermined() {
        it.insert("inLanguage".into(), json!(head.lang.as_str()));
    }
    if let Some(date) = head.date.as_ref().filter(|date| is_certain(date)) {
        it.insert("datePublished".into(), json!(date.as_str()));
    }
    it
}

/// What kind of thing a document is.
fn kind(head: &Head) -> &'static str {
    if head.outlet.is_some() { "NewsArticle" } else { "CreativeWork" }
}

/// What else is known of a document, and of the raw file that it was made of.
fn rest(head: &Head) -> Map<String, Value> {
    let mut it = Map::new();
    let title = if head.outlet.is_some() { "headline" } else { "name" };
    it.insert(title.into(), json!(head.title));
    if let Some(sha256) = &head.sha256 {
        it.insert("encoding".into(), json!({"@type": "MediaObject", "sha256": sha256}));
    }
    if let Some(outlet) = &head.outlet {
        it.insert("publisher".into(), json!({"@type": "Organization", "name": outlet}));
        // Only what was published as news has a dateline.
        it.extend(head.dateline.iter().map(|place| ("dateline".to_owned(), json!(place))));
    }
    let source = head.source_url.as_ref().filter(|url| is_outside(url));
    it.extend(source.map(|url| ("isBasedOn".to_owned(), json!(url))));
    let rights = head.rights.as_ref().filter(|rights| is_outside(rights));
    it.extend(rights.map(|uri| ("license".to_owned(), json!(uri))));
    it
}

/// How a version is tied to its statement: the original is no translation, and a text that tells the
/// statement in other words is but an example of it.
fn tie(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Original | Role::Retelling) => "exampleOfWork",
        _ => "translationOfWork",
    }
}

/// A statement in the terms of schema.org.
fn statement_ld(press: &Press, id: StatementId, statement: &Statement, path: &str) -> Value {
    let mut translations = Vec::new();
    let mut examples = Vec::new();
    for id in statement.versions.iter().map(|it| it.document) {
        let Some(document) = shelves::find(press.material.archive, id) else { continue };
        let head = &document.head;
        let mut version = node(head, &press.routes.href(path, &press.routes.document(id)));
        version.extend(rest(head));
        let of =
            if tie(head.role) == "translationOfWork" { &mut translations } else { &mut examples };
        of.push(Value::Object(version));
    }
    let mut it = Map::new();
    it.insert("@context".into(), json!("https://schema.org"));
    it.insert("@id".into(), json!(file_name(path)));
    it.insert("@type".into(), json!(["CreativeWork", "ArchiveComponent"]));
    it.insert("name".into(), json!(statement.title));
    let archive = json!({"@type": "ArchiveOrganization", "name": press.options.title});
    it.insert("holdingArchive".into(), archive);
    let lists = [("workTranslation", translations), ("workExample", examples)];
    for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        it.insert(key.into(), Value::Array(list));
    }
    let file = |format: Format| json!({"@type": "MediaObject", "contentUrl": press.routes.href(path, &press.routes.statement_file(id, format)), "encodingFormat": format.media()});
    let files: Vec<Value> = exports::texts(press).map(file).collect();
    if !files.is_empty() {
        it.insert("encoding".into(), Value::Array(files));
    }
    Value::Object(it)
}

/// The last part of a path: how a page calls itself.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// JSON that cannot end the element it stands in.
fn safe(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
