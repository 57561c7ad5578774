//! The pages of the site, one room for each kind.

pub(super) mod data;
pub(super) mod document;
pub(super) mod home;
pub(super) mod lists;
pub(super) mod names;
mod ribbons;
pub(super) mod search;
pub(super) mod shelf;
pub(super) mod source;
pub(super) mod statement;
pub(super) mod synopsis;
mod timeline;

use std::fmt::Write as _;

use serde::Serialize;

use super::interface;
use super::press::Press;
use super::theme::SCRIPT;
use super::words::Words;
use crate::vocab::diagnostic::Diagnostic;

/// A page that says the same in every archive.
#[derive(Serialize)]
struct Plain {
    /// The way to the list of all statements.
    statements: String,
    /// The way to the list of all documents.
    documents: String,
}

/// Sets a page that says the same in every archive: `about` or `404`.
pub(super) fn plain(press: &Press, path: &str, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let title = if name == "about" { "about.title" } else { "lost.title" };
    let page = Plain {
        statements: press.routes.href(path, "statements.html"),
        documents: press.routes.href(path, "documents.html"),
    };
    press.set(&format!("{name}.html"), &press.frame(path, &press.say(title)), &page)
}

/// The words of an interface language, counted in the order of the tags, as a script.
pub(super) fn words(press: &Press, at: usize) -> Result<String, Diagnostic> {
    let theme = press.theme.files();
    let lang = interface::languages(theme).nth(at).unwrap_or_default();
    Ok(interface::dictionary(&Words::load(theme, lang)?))
}

/// A file of the theme. The style sheet also says which columns are shown, for as many versions as any
/// statement of the archive has.
pub(super) fn asset(press: &Press, path: &str) -> String {
    let mut text = press.theme.asset(path).unwrap_or_default();
    if path == SCRIPT {
        text.insert_str(0, &interface::preamble(press.theme.files(), &press.words));
    }
    if path == "style.css" {
        columns(press, &mut text);
    }
    text
}

/// The rules by which the controls of a synopsis, without a script, show a column and give it its place.
fn columns(press: &Press, style: &mut String) {
    let versions = press.most_versions();
    for number in 1..=versions {
        // Writing into a String cannot fail.
        let _ = writeln!(style, "main:has(#v{number}:not(:checked)) .c{number}{{display:none}}");
        for place in 1..=statement::PLACES.min(versions) {
            let option = place + 1;
            let _ = writeln!(
                style,
                "main:has(#o{number} :nth-child({option}):checked) .c{number}{{order:{place}}}"
            );
        }
    }
}
