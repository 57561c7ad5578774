//! The pages of the site, one room for each kind.

pub(super) mod data;
pub(super) mod document;
pub(super) mod home;
pub(super) mod lists;
pub(super) mod names;
pub(super) mod search;
pub(super) mod shelf;
pub(super) mod source;
pub(super) mod statement;
pub(super) mod synopsis;

use std::fmt::Write as _;

use serde::Serialize;

use super::press::Press;
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

/// A file of the theme. The style sheet also says which columns are shown, for as many versions as any
/// statement of the archive has.
pub(super) fn asset(press: &Press, path: &str) -> String {
    let mut text = press.theme.asset(path).unwrap_or_default();
    if path == "style.css" {
        for number in 1..=press.most_versions() {
            let rule =
                format_args!("main:has(#v{number}:not(:checked)) .c{number}{{display:none}}");
            // Writing into a String cannot fail.
            let _ = writeln!(text, "{rule}");
        }
    }
    text
}
