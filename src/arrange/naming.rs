//! What statements are called: by curators' pins first, then as the last build called them, then by their
//! titles. Knows names, no texts.

use std::collections::{BTreeMap, BTreeSet};

use super::Standing;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};
use crate::vocab::slug::{is_slug, slug};

/// The pin that keeps a document alone.
const ALONE: &str = "none";
/// What a statement is called whose title gives no name.
const NAMELESS: &str = "statement";

/// What a curator's `statement:` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pin {
    /// Nothing.
    Free,
    /// The document stays alone.
    Alone,
    /// The document belongs to the statement of this name.
    To(String),
    /// The name cannot be used.
    Bad(String),
}

impl Pin {
    /// Reads a pin.
    pub(super) fn read(statement: Option<&str>) -> Self {
        match statement.map(str::trim) {
            None | Some("") => Self::Free,
            Some(ALONE) => Self::Alone,
            Some(name) if is_slug(name) => Self::To(name.to_owned()),
            Some(name) => Self::Bad(name.to_owned()),
        }
    }
}

/// What is said of a pin that cannot be used.
pub(super) fn bad_pin(document: &str, name: &str) -> Diagnostic {
    let message = format!("`{name}` cannot be the name of a statement");
    let hint = match slug(name) {
        like if is_slug(&like) => format!("write `statement: {like}`"),
        _ => "use lower-case letters, digits and hyphens".to_owned(),
    };
    Diagnostic::new(Code::BadStatementName, page(document), message).hint(hint)
}

/// A statement that needs a name.
pub(super) struct Nameless<'a> {
    /// The names of its documents, sorted.
    pub(super) documents: Vec<&'a str>,
    /// Its title.
    pub(super) title: &'a str,
    /// The titles of its documents, that of the leading one first: its address is made of one of them.
    pub(super) titles: Vec<&'a str>,
    /// The name its documents are pinned to.
    pub(super) pin: Option<&'a str>,
}

/// The slugs of the statements, each once.
pub(super) fn name_all(statements: &[Nameless<'_>], standing: &Standing) -> Vec<String> {
    let mut names: Vec<Option<String>> =
        statements.iter().map(|it| it.pin.map(str::to_owned)).collect();
    let mut taken: BTreeSet<String> = names.iter().flatten().cloned().collect();
    for (slug, statement) in claims(statements, standing) {
        if let Some(name @ None) = names.get_mut(statement)
            && taken.insert(slug.to_owned())
        {
            *name = Some(slug.to_owned());
        }
    }
    let both = names.into_iter().zip(statements);
    both.map(|(name, it)| name.unwrap_or_else(|| new_name(called(&it.titles), &mut taken)))
        .collect()
}

/// The first title that is written in Latin letters, as addresses are; the first of all where none is.
fn called<'a>(titles: &[&'a str]) -> &'a str {
    let latin = |title: &&str| {
        let letters = title.chars().filter(|it| it.is_alphabetic()).count();
        let latin = title.chars().filter(|it| it.is_alphabetic() && *it < '\u{250}').count();
        latin * 2 > letters
    };
    titles.iter().copied().find(latin).or(titles.first().copied()).unwrap_or_default()
}

/// Which statement has how many documents of each old one: the strongest claims first.
fn claims<'a>(statements: &[Nameless<'_>], standing: &'a Standing) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    for (at, statement) in statements.iter().enumerate() {
        for slug in statement.documents.iter().filter_map(|it| standing.get(*it)) {
            if is_slug(slug) && slug != ALONE {
                *counts.entry((slug, at)).or_default() += 1;
            }
        }
    }
    let mut claims: Vec<_> = counts.into_iter().collect();
    claims.sort_by(|(a, one), (b, other)| other.cmp(one).then(a.cmp(b)));
    claims.into_iter().map(|it| it.0).collect()
}

/// A name made from a title that nobody has yet.
fn new_name(title: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = match slug(title) {
        empty if empty.is_empty() || empty == ALONE => NAMELESS.to_owned(),
        plain => plain,
    };
    let mut name = plain.clone();
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        name = format!("{plain}-{count}");
    }
    name
}

/// What has changed since the last build: documents that joined or left a statement, among those that
/// both builds know of.
pub(super) fn changes(
    documents: &[&str],
    now: &BTreeMap<&str, &str>,
    standing: &Standing,
) -> Vec<Diagnostic> {
    let mut joined: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut left: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let old: BTreeSet<&str> = standing.values().map(String::as_str).collect();
    for &document in documents {
        let (before, after) =
            (standing.get(document).map(String::as_str), now.get(document).copied());
        if before == after {
            continue;
        }
        if let Some(slug) = before {
            left.entry(slug).or_default().push(document);
        }
        if let Some(slug) = after.filter(|slug| old.contains(slug)) {
            joined.entry(slug).or_default().push(document);
        }
    }
    let told = |verb: &str, moved: BTreeMap<&str, Vec<&str>>| -> Vec<Diagnostic> {
        let tell = |(slug, documents): (&str, Vec<&str>)| {
            let message = format!("{} {verb} statement `{slug}`", listed(&documents));
            let place = page(documents.first().copied().unwrap_or_default());
            Diagnostic::new(Code::StatementChanged, place, message)
                .hint(format!("pin with `statement: {slug}` or `statement: none` if you disagree"))
        };
        moved.into_iter().map(tell).collect()
    };
    let mut all = told("joined", joined);
    all.extend(told("left", left));
    all
}

/// Names in backticks, the first five of them.
fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(5).map(|it| format!("`{it}`")).collect();
    let more = names.len().saturating_sub(5);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

/// The place of a document's page.
fn page(document: &str) -> Place {
    Place::file(format!("{document}.md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_of_a_title_in_its_own_letters() {
        assert_eq!(called(&["声明", "Oświadczenie", "Statement"]), "Oświadczenie");
        assert_eq!(called(&["声明", "بيان"]), "声明");
    }

    fn nameless<'a>(documents: &[&'a str], title: &'a str, pin: Option<&'a str>) -> Nameless<'a> {
        Nameless { documents: documents.to_vec(), title, titles: vec![title], pin }
    }

    fn standing(rows: &[(&str, &str)]) -> Standing {
        rows.iter().map(|(document, slug)| ((*document).into(), (*slug).into())).collect()
    }

    #[test]
    fn pins_are_read() {
        assert_eq!(Pin::read(None), Pin::Free);
        assert_eq!(Pin::read(Some("none")), Pin::Alone);
        assert_eq!(Pin::read(Some("a-b")), Pin::To("a-b".into()));
        assert_eq!(Pin::read(Some("../x")), Pin::Bad("../x".into()));
    }

    #[test]
    fn most_documents_keep_the_name() {
        let old = standing(&[("a", "x"), ("b", "x"), ("c", "x"), ("d", "y")]);
        let statements = [
            nameless(&["a"], "One", None),
            nameless(&["b", "c"], "Two", None),
            nameless(&["d", "e"], "Three", None),
        ];
        assert_eq!(name_all(&statements, &old), ["one", "x", "y"]);
    }

    #[test]
    fn pins_come_first_and_new_names_are_unique() {
        let old = standing(&[("a", "x")]);
        let statements = [
            nameless(&["a"], "Title", None),
            nameless(&["b"], "Title", Some("x")),
            nameless(&["c"], "Title", None),
            nameless(&["d"], "…", None),
        ];
        assert_eq!(name_all(&statements, &old), ["title", "x", "title-2", "statement"]);
    }

    #[test]
    fn changes_are_told() {
        let old = standing(&[("a", "x"), ("b", "x"), ("gone", "x")]);
        let now = BTreeMap::from([("a", "x"), ("c", "x"), ("d", "new")]);
        let told = changes(&["a", "b", "c", "d"], &now, &old);
        let messages: Vec<&str> = told.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, ["`c` joined statement `x`", "`b` left statement `x`"]);
    }
}
