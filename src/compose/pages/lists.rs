//! The lists of all documents and of all statements.

use super::synopsis;
use crate::arrange::{Statement, StatementId};
use crate::compose::press::Press;
use crate::compose::shelves;
use crate::compose::site::{PAGE, pages_of};
use crate::compose::view::{Documents, LanguageView, StatementCard, Statements, Tally};
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::lang::Lang;

/// Sets one page of the list of all documents.
pub(crate) fn documents(press: &Press, path: &str, number: usize) -> Result<Vec<u8>, Diagnostic> {
    let all = &press.shelves.documents;
    let page = Documents {
        total: all.len(),
        cards: press.cards(path, part(all, number)),
        pager: press.pager("documents", number, pages_of(all.len())),
    };
    press.set("documents.html", &press.frame(path, &press.say("documents.title")), &page)
}

/// Sets one page of the list of all statements.
pub(crate) fn statements(press: &Press, path: &str, number: usize) -> Result<Vec<u8>, Diagnostic> {
    let all = &press.shelves.statements;
    let cards = part(all, number).iter().filter_map(|&id| statement_card(press, path, id));
    let page = Statements {
        total: all.len(),
        cards: cards.collect(),
        pager: press.pager("statements", number, pages_of(all.len())),
    };
    press.set("statements.html", &press.frame(path, &press.say("statements.title")), &page)
}

/// What stands on one page of a list, counted from 1.
pub(crate) fn part<T>(all: &[T], number: usize) -> &[T] {
    all.chunks(PAGE).nth(number.saturating_sub(1)).unwrap_or_default()
}

/// A statement as a list on some page names it.
pub(crate) fn statement_card<'a>(
    press: &Press<'a>,
    from: &str,
    id: StatementId,
) -> Option<StatementCard<'a>> {
    let statement = press.statement(id)?;
    let archive = press.material.archive;
    let lang = title_lang(press, statement);
    let date = shelves::dated(archive, statement);
    Some(StatementCard {
        title: &statement.title,
        lang: lang.map_or("und", Lang::as_str),
        dir: lang.map_or(press.words.lang().direction(), Lang::direction),
        href: press.routes.href(from, &press.routes.statement(id)),
        date: date.and_then(|document| press.date(from, &document.head)),
        versions: statement.versions.len(),
        languages: languages(press, from, statement),
        differ: press.synopsis(id).map_or_else(Tally::default, synopsis::tally),
    })
}

/// The language of a statement's title: that of the version that bears it.
pub(super) fn title_lang<'a>(press: &Press<'a>, statement: &Statement) -> Option<&'a Lang> {
    let archive = press.material.archive;
    let mut heads =
        statement.versions.iter().filter_map(|it| Some(&shelves::find(archive, it.document)?.head));
    heads.find(|head| head.title == statement.title).map(|head| &head.lang)
}

/// The languages of a statement, each once, in the order of their tags.
fn languages<'a>(press: &Press<'a>, from: &str, statement: &Statement) -> Vec<LanguageView<'a>> {
    let archive = press.material.archive;
    let heads = statement.versions.iter().filter_map(|it| shelves::find(archive, it.document));
    let mut langs: Vec<&Lang> = heads.map(|document| &document.head.lang).collect();
    langs.sort();
    langs.dedup();
    langs.into_iter().map(|lang| press.language(from, lang)).collect()
}
