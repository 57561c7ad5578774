//! The page of a statement: its versions side by side, and what is known of them.

use super::document::{address, role};
use super::lists::title_lang;
use super::ribbons;
use super::synopsis::{self, Voice};
use crate::arrange::{Reason, Shared, SharedKind, Statement, StatementId, Version};
use crate::collate::{Finding, Kind, Synopsis};
use crate::compose::exports;
use crate::compose::machine;
use crate::compose::press::Press;
use crate::compose::shelves;
use crate::compose::view::{
    Column, FindingView, Reading, ReasonView, RelatedView, SharedView, StatementView, Tally,
};
use crate::vocab::diagnostic::Diagnostic;
use crate::vocab::lang::Lang;

/// How many places a column can be put to by choice.
pub(super) const PLACES: usize = 9;

/// Sets the page of a statement.
pub(crate) fn statement(press: &Press, path: &str, id: StatementId) -> Result<Vec<u8>, Diagnostic> {
    let Some(statement) = press.statement(id) else { return Ok(Vec::new()) };
    let none = Synopsis::default();
    let synopsis = press.synopsis(id).unwrap_or(&none);
    let first = synopsis::first(synopsis);
    let holders = synopsis::holders(synopsis);
    let voices = voices(press, path, statement);
    let lang = title_lang(press, statement);
    let date = shelves::dated(press.material.archive, statement);
    let page = StatementView {
        title: &statement.title,
        lang: lang.map_or("und", Lang::as_str),
        dir: lang.map_or(press.words.lang().direction(), Lang::direction),
        date: date.and_then(|document| press.date(path, &document.head)),
        languages: languages(&voices),
        versions: columns(press, path, statement, synopsis),
        rows: synopsis::rows(synopsis, &holders, &voices),
        ribbons: ribbons::ribbons(synopsis, first),
        places: (1..=statement.versions.len().min(PLACES)).collect(),
        findings: findings(synopsis, &voices),
        chronicle: chronicle(press, statement),
        related: related(press, path, statement),
        files: exports::of_statement(press, path, id),
        address: address(press, path),
    };
    let mut frame = press.frame(path, &statement.title);
    machine::describe_statement(press, id, &mut frame);
    press.set("statement.html", &frame, &page)
}

/// The versions with their texts.
fn voices<'a>(press: &Press<'a>, path: &str, statement: &Statement) -> Vec<Voice<'a>> {
    let labels = labels(press, statement);
    let voice = |(version, label): (&Version, String)| {
        let document = shelves::find(press.material.archive, version.document)?;
        Some(Voice {
            head: &document.head,
            label,
            href: press.routes.href(path, &press.routes.document(version.document)),
            passages: press.text(version.document, &document.head).lines(),
        })
    };
    statement.versions.iter().zip(labels).filter_map(voice).collect()
}

/// The names of the versions' languages; where two share one, each has its number among them.
fn labels(press: &Press, statement: &Statement) -> Vec<String> {
    let copies = copies(press, statement);
    let archive = press.material.archive;
    let lang = |version: &Version| {
        shelves::find(archive, version.document).map_or("", |it| it.head.lang.autonym())
    };
    let label = |(version, copy): (&Version, usize)| match copy {
        0 => lang(version).to_owned(),
        copy => format!("{} {copy}", lang(version)),
    };
    statement.versions.iter().zip(copies).map(label).collect()
}

/// For each version its number among those in its language; 0 where it is the only one.
fn copies(press: &Press, statement: &Statement) -> Vec<usize> {
    let archive = press.material.archive;
    let lang = |version: &Version| shelves::find(archive, version.document).map(|it| &it.head.lang);
    let langs: Vec<_> = statement.versions.iter().map(lang).collect();
    let of = |at: usize| {
        let same = |it: usize| langs.get(it) == langs.get(at);
        let before = (0..=at).filter(|&it| same(it)).count();
        if (0..langs.len()).filter(|&it| same(it)).count() > 1 { before } else { 0 }
    };
    (0..langs.len()).map(of).collect()
}

/// How many languages there are.
fn languages(voices: &[Voice]) -> usize {
    voices.iter().map(|voice| &voice.head.lang).collect::<std::collections::BTreeSet<_>>().len()
}

/// The columns of the synopsis.
fn columns<'a>(
    press: &Press<'a>,
    path: &str,
    statement: &'a Statement,
    synopsis: &Synopsis,
) -> Vec<Column<'a>> {
    let shown = shown(press, statement);
    let copies = copies(press, statement);
    let column = |(at, version): (usize, &'a Version)| {
        let head = &shelves::find(press.material.archive, version.document)?.head;
        let strip = synopsis::strip(synopsis, at);
        let mut tally = Tally::default();
        for mark in &strip {
            synopsis::count(&mut tally, mark.state);
        }
        Some(Column {
            number: at + 1,
            card: press.card(path, version.document)?,
            shown: shown.contains(&at),
            strip,
            tally,
            own: ribbons::own_order(synopsis, at, synopsis::first(synopsis)),
            copy: copies.get(at).copied().unwrap_or(0),
            sure: synopsis::sure(version.confidence),
            pinned: version.pinned,
            reason: version.reason.as_ref().and_then(|it| reason(press, path, it)),
            relation: version.relation.word(),
            role: head.role.map(role),
        })
    };
    statement.versions.iter().enumerate().filter_map(column).collect()
}

/// Which versions are shown before the reader chooses: the one that leads, and the one in the language of
/// the interface or else the next.
fn shown(press: &Press, statement: &Statement) -> Vec<usize> {
    let count = statement.versions.len();
    let archive = press.material.archive;
    let title = |at: &usize| {
        let version = statement.versions.get(*at);
        version.and_then(|it| shelves::find(archive, it.document)).map(|it| &it.head)
    };
    let leads = |at: &usize| title(at).is_some_and(|head| head.title == statement.title);
    let read = |at: &usize| title(at).is_some_and(|it| it.lang.base() == press.words.lang().base());
    let first = (0..count).find(leads).unwrap_or(0);
    let second = (0..count).find(|at| *at != first && read(at));
    let second =
        second.or_else(|| (0..count).find(|at| *at != first && title(at) != title(&first)));
    let mut shown = vec![first, second.unwrap_or(1)];
    shown.sort_unstable();
    shown
}

/// The facts that differ.
fn findings<'a>(synopsis: &'a Synopsis, voices: &[Voice<'a>]) -> Vec<FindingView<'a>> {
    let first = synopsis::first(synopsis);
    let reading = |(witness, words): &'a (u32, String)| {
        let voice = voices.get(*witness as usize)?;
        Some(Reading {
            label: voice.label.clone(),
            lang: voice.head.lang.as_str(),
            dir: voice.head.lang.direction(),
            words,
        })
    };
    let view = |finding: &'a Finding| FindingView {
        row: finding.unit as usize + first,
        kind: kind(finding.kind),
        readings: finding.readings.iter().filter_map(reading).collect(),
        sure: synopsis::sure(finding.confidence),
    };
    synopsis.findings.iter().map(view).collect()
}

/// The message that names a kind of fact.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::Name => "name",
        Kind::Hedge => "hedge",
        Kind::Negation => "negation",
        Kind::Term => "term",
        Kind::Quotation => "quotation",
    }
}

/// The versions in the order of their dates, those without one last.
fn chronicle(press: &Press, statement: &Statement) -> Vec<usize> {
    let archive = press.material.archive;
    let day = |at: &usize| {
        let version = statement.versions.get(*at);
        let day =
            version.and_then(|it| shelves::find(archive, it.document)).map_or("", shelves::day);
        (day.is_empty(), day)
    };
    let mut order: Vec<usize> = (0..statement.versions.len()).collect();
    order.sort_by_key(day);
    order
}

/// Why a document stands beside another.
fn reason<'a>(press: &Press<'a>, path: &str, reason: &'a Reason) -> Option<ReasonView<'a>> {
    let view = |it: &'a Shared| SharedView {
        kind: shared_kind(it.kind),
        count: it.count,
        examples: &it.examples,
        more: it.count as usize > it.examples.len(),
    };
    Some(ReasonView {
        with: press.card(path, reason.with)?,
        shared: reason.shared.iter().map(view).collect(),
        agree: reason.agree,
        of: reason.of,
    })
}

/// The message that names a kind of what two texts share.
fn shared_kind(kind: SharedKind) -> &'static str {
    match kind {
        SharedKind::Numbers => "numbers",
        SharedKind::Dates => "dates",
        SharedKind::Names => "names",
        SharedKind::Concepts => "concepts",
        SharedKind::Words => "words",
        SharedKind::Glosses => "glosses",
    }
}

/// Documents on the same event that are no versions.
fn related<'a>(press: &Press<'a>, path: &str, statement: &'a Statement) -> Vec<RelatedView<'a>> {
    let view = |it: &'a crate::arrange::Related| {
        let card = press.card(path, it.document)?;
        Some(RelatedView { card, reason: reason(press, path, &it.reason)? })
    };
    statement.related.iter().filter_map(view).collect()
}
