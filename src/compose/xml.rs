//! XML: elements and attributes with their texts escaped, without what XML 1.0 forbids.

use std::fmt::Write as _;

use crate::vocab::prose::html::escape;

/// The declaration that a file begins with.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// Appends a text.
pub(super) fn text(out: &mut String, text: &str) {
    if text.chars().all(is_allowed) {
        escape(text, out);
    } else {
        escape(&text.chars().filter(|&it| is_allowed(it)).collect::<String>(), out);
    }
}

/// Appends an element with a text.
pub(super) fn element(out: &mut String, name: &str, content: &str) {
    open(out, name, &[]);
    text(out, content);
    close(out, name);
}

/// Appends the start of an element with attributes.
pub(super) fn open(out: &mut String, name: &str, attributes: &[(&str, &str)]) {
    start(out, name, attributes);
    out.push('>');
}

/// Appends an element without content.
pub(super) fn empty(out: &mut String, name: &str, attributes: &[(&str, &str)]) {
    start(out, name, attributes);
    out.push_str("/>");
}

/// Appends the end of an element.
pub(super) fn close(out: &mut String, name: &str) {
    // Writing into a String cannot fail.
    let _ = write!(out, "</{name}>");
}

/// Appends a tag without its last bracket.
fn start(out: &mut String, name: &str, attributes: &[(&str, &str)]) {
    out.push('<');
    out.push_str(name);
    for (key, value) in attributes {
        let _ = write!(out, " {key}=\"");
        text(out, value);
        out.push('"');
    }
}

/// Whether XML 1.0 allows a character.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
