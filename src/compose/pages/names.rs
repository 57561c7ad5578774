//! Names: the list of all from A to Z, and the page of one with its forms and the places where it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::{part, statement_card};
use super::synopsis;
use crate::arrange::StatementId;
use crate::collate::names::{Form, Name, Place};
use crate::compose::press::Press;
use crate::compose::route;
use crate::compose::shelves;
use crate::compose::site::pages_of;
use crate::compose::view::{
    FormView, NameEntry, NameLanguage, NameStatement, NameView, NamesView, RowLink, Spot,
};
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::lang::Lang;

/// Sets one page of the list of all names.
pub(crate) fn names(press: &Press, path: &str, number: usize) -> Result<Vec<u8>, Diagnostic> {
    let page = list(press, path, number);
    press.set("names.html", &press.frame(path, &press.say("names.title")), &page)
}

/// What one page of the list of all names says.
pub(crate) fn list<'a>(press: &Press<'a>, path: &str, number: usize) -> NamesView<'a> {
    let all = &press.material.names.entries;
    let mut letter = String::new();
    let entry = |name| {
        let mut entry = entry(press, path, name);
        if entry.letter == letter {
            entry.letter.clear();
        } else {
            letter.clone_from(&entry.letter);
        }
        entry
    };
    NamesView {
        total: all.len(),
        entries: part(all, number).iter().map(entry).collect(),
        pager: press.pager("names", number, pages_of(all.len())),
    }
}

/// A name as a list shows it.
pub(crate) fn entry<'a>(press: &Press<'a>, path: &str, name: &'a Name) -> NameEntry<'a> {
    let (heading, lang) = (&name.heading.0, name.heading.1.as_ref());
    let mut first: BTreeMap<&Lang, &Form> = BTreeMap::new();
    for form in name.forms.iter().filter(|it| !heads(name, &it.lang)) {
        first.entry(&form.lang).or_insert(form);
    }
    NameEntry {
        heading,
        lang: lang.map_or("", Lang::as_str),
        dir: lang.map_or(press.words.lang().direction(), Lang::direction),
        href: press.routes.href(path, &route::name(name)),
        forms: first.into_values().map(form).collect(),
        documents: documents(name),
        letter: name.slug.chars().next().map_or_else(String::new, |it| it.to_uppercase().collect()),
    }
}

/// Whether a language has a name in the form under which it is listed.
fn heads(name: &Name, lang: &Lang) -> bool {
    name.forms.iter().any(|it| it.lang == *lang && it.written == name.heading.0)
}

/// A form as a page shows it.
fn form(it: &Form) -> FormView<'_> {
    FormView {
        written: &it.written,
        lang: it.lang.as_str(),
        dir: it.lang.direction(),
        count: it.places.len(),
    }
}

/// How many documents have a name.
fn documents(name: &Name) -> usize {
    let places = name.forms.iter().flat_map(|it| &it.places);
    places.map(|it| (it.statement, it.version)).collect::<BTreeSet<_>>().len()
}

/// Sets one page of a name: which one, and which page of its statements counted from 1.
pub(crate) fn name(
    press: &Press,
    path: &str,
    (at, number): (usize, usize),
) -> Result<Vec<u8>, Diagnostic> {
    let Some(page) = view(press, path, (at, number)) else { return Ok(Vec::new()) };
    press.set("name.html", &press.frame(path, page.heading), &page)
}

/// What one page of a name says.
pub(crate) fn view<'a>(
    press: &Press<'a>,
    path: &str,
    (at, number): (usize, usize),
) -> Option<NameView<'a>> {
    let all = &press.material.names.entries;
    let name = all.get(at)?;
    let statements = statements(name);
    let kin = name.kin.iter().filter_map(|it| all.get(*it as usize));
    let shown = part(&statements, number).iter();
    Some(NameView {
        heading: &name.heading.0,
        lang: name.heading.1.as_ref().map_or("", Lang::as_str),
        dir: name.heading.1.as_ref().map_or(press.words.lang().direction(), Lang::direction),
        languages: languages(press, path, name),
        kin: kin.map(|it| entry(press, path, it)).collect(),
        total: statements.len(),
        statements: shown.filter_map(|it| statement(press, path, (name, *it))).collect(),
        pager: press.pager(&route::name_stem(name), number, pages_of(statements.len())),
        up: press.routes.href(path, &route::numbered("names", 1)),
    })
}

/// The statements that have a name, in the archive's order.
pub(in crate::compose) fn statements(name: &Name) -> Vec<u32> {
    let places = name.forms.iter().flat_map(|it| &it.places);
    places.map(|it| it.statement).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The places of a form in a statement: they stand in the order of the statements.
pub(in crate::compose) fn here(form: &Form, statement: u32) -> &[Place] {
    let from = form.places.partition_point(|it| it.statement < statement);
    let rest = form.places.get(from..).unwrap_or_default();
    rest.get(..rest.partition_point(|it| it.statement == statement)).unwrap_or_default()
}

/// The forms of a name by language.
pub(crate) fn languages<'a>(
    press: &Press<'a>,
    path: &str,
    name: &'a Name,
) -> Vec<NameLanguage<'a>> {
    let chunks = name.forms.chunk_by(|a, b| a.lang == b.lang);
    let language = |forms: &'a [Form]| {
        let language = press.language(path, &forms.first()?.lang);
        Some(NameLanguage { language, forms: forms.iter().map(form).collect() })
    };
    chunks.filter_map(language).collect()
}

/// A statement that has a name, with the places where it stands.
fn statement<'a>(
    press: &Press<'a>,
    path: &str,
    (name, at): (&'a Name, u32),
) -> Option<NameStatement<'a>> {
    let id = StatementId(at);
    let (statement, synopsis) = (press.statement(id)?, press.synopsis(id)?);
    let first = synopsis::first(synopsis);
    let page = press.routes.href(path, &press.routes.statement(id));
    let mut spots: BTreeMap<(u32, usize), Vec<RowLink>> = BTreeMap::new();
    for (number, form) in name.forms.iter().enumerate() {
        for place in here(form, at) {
            let row = place.unit as usize + first;
            let link = RowLink { number: row, href: format!("{page}#u{row}") };
            spots.entry((place.version, number)).or_default().push(link);
        }
    }
    let spot = |((version, number), rows): ((u32, usize), Vec<RowLink>)| {
        let own = name.forms.get(number)?;
        let document = statement.versions.get(version as usize)?.document;
        shelves::find(press.material.archive, document)?;
        Some(Spot {
            form: form(own),
            language: own.lang.autonym(),
            href: press.routes.href(path, &press.routes.document(document)),
            rows,
        })
    };
    let spots = spots.into_iter().filter_map(spot).collect();
    Some(NameStatement { card: statement_card(press, path, id)?, spots })
}
