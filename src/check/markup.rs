//! What of HTML and XML leads somewhere, or can be led to, read without building a tree.

use std::borrow::Cow;

/// What was met in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Met<'a> {
    /// The name of a place that can be led to.
    Place(Cow<'a, str>),
    /// An address that is led to.
    Link(Cow<'a, str>),
}

/// Attributes that lead somewhere.
const LINKS: [&str; 5] = ["href", "src", "action", "poster", "data"];

/// Elements whose text is no markup.
const RAW: [&str; 2] = ["script", "style"];

/// Tells everything that is met in a page, each with what is left of the page behind it.
pub(super) fn read<'a>(page: &'a str, met: &mut dyn FnMut(Met<'a>, &'a str)) {
    let mut rest = page;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = match behind.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->").map_or("", |it| it.1),
            None if behind.starts_with(|it: char| it.is_ascii_alphabetic()) => tag(behind, met),
            None => behind,
        };
    }
}

/// Reads a tag and what of its element is no markup; gives what follows.
fn tag<'a>(text: &'a str, met: &mut dyn FnMut(Met<'a>, &'a str)) -> &'a str {
    let (name, mut rest) = until(text, |it| is_space(it) || matches!(it, '/' | '>'));
    loop {
        rest = rest.trim_start_matches(|it| is_space(it) || it == '/');
        if rest.is_empty() || rest.starts_with('>') {
            break;
        }
        let (key, behind) = until(rest, |it| is_space(it) || matches!(it, '=' | '>' | '/'));
        let behind_space = behind.trim_start_matches(is_space);
        let Some(written) = behind_space.strip_prefix('=') else {
            // What has no name, such as a second `=`, must not be read for ever.
            rest = if behind.len() == rest.len() { skip(rest) } else { behind };
            continue;
        };
        let (value, behind) = value(written.trim_start_matches(is_space));
        rest = behind;
        if key.eq_ignore_ascii_case("id") || key.eq_ignore_ascii_case("name") && name == "a" {
            met(Met::Place(plain(value)), rest);
        } else if LINKS.iter().any(|it| key.eq_ignore_ascii_case(it)) {
            met(Met::Link(plain(value)), rest);
        }
    }
    match RAW.iter().find(|it| name.eq_ignore_ascii_case(it)) {
        Some(raw) => rest.split_once(&format!("</{raw}")).map_or("", |it| it.1),
        None => rest,
    }
}

/// Parts a text before the first character of a kind.
fn until(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at_checked(text.find(is_end).unwrap_or(text.len())).unwrap_or((text, ""))
}

/// A text without its first character.
fn skip(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next();
    characters.as_str()
}

/// The value of an attribute, and what follows.
fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    until(text, |it| is_space(it) || it == '>')
}

/// White space of HTML.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\n' | '\t' | '\r' | '\u{c}')
}

/// A value with its character references resolved, as far as addresses need them.
fn plain(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('&') {
        text.push_str(before);
        let resolved = behind.split_once(';').and_then(|it| Some((character(it.0)?, it.1)));
        let (character, after) = resolved.unwrap_or(('&', behind));
        text.push(character);
        rest = after;
    }
    Cow::Owned(text + rest)
}

/// The character that a reference names.
fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(page: &str) -> Vec<String> {
        let mut all = Vec::new();
        read(page, &mut |met, _| {
            all.push(match met {
                Met::Place(name) => format!("#{name}"),
                Met::Link(to) => to.into_owned(),
            });
        });
        all
    }

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        assert_eq!(
            all("<p id=a><a class=n href=#a>1</a><a HREF = 'b.html?x=1&amp;y=2'>x</a>\
                 <img alt=\"<a href=no>\" src=\"c.png\"/><a name=old></a><input name=no><br/>"),
            ["#a", "#a", "b.html?x=1&y=2", "c.png", "#old"]
        );
    }

    #[test]
    fn what_is_no_markup_is_passed_over() {
        assert_eq!(
            all("<!-- <a href=no> --><script>'<a href=no>'</script><style>a<b href=no></style>\
                 5 < 6 <a href=yes>"),
            ["yes"]
        );
    }

    #[test]
    fn torn_tags_end() {
        for torn in [
            "<",
            "<a",
            "<a href",
            "<a href=",
            "<a href=\"x",
            "<a = = >",
            "<!--",
            "<a =/=",
            "<script>",
        ] {
            all(torn);
        }
    }
}
