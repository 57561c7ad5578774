//! The page of the search. What it finds is put there by its scripts; without them it leads to the lists.

use crate::compose::press::Press;
use crate::compose::view::SearchView;
use crate::vocab::diagnostic::Diagnostic;

/// Sets the page of the search.
pub(crate) fn search(press: &Press, path: &str) -> Result<Vec<u8>, Diagnostic> {
    let page = SearchView {
        words: press.words.beginning("hits."),
        documents: press.shelves.documents.len(),
        languages: press.shelves.languages.len(),
    };
    let mut frame = press.frame(path, &press.say("search.title"));
    // The page has a form of its own.
    frame.search = None;
    press.set("search.html", &frame, &page)
}
