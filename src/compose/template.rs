//! A template as its author writes it, read far enough to know where in HTML each part for Tera stands.

/// A stretch of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// HTML as it is written.
    Html(&'a str),
    /// What Tera reads, and where it stands.
    Tera(&'a str, Where),
}

/// Where in HTML a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Between tags.
    Text,
    /// Inside a tag.
    Tag,
    /// Inside the value of an attribute, with the quote around it.
    Quoted(char),
}

/// The stretches of a template in order; `None` where a part for Tera is not closed.
///
/// A condition or loop that stands inside a tag is one part, from its beginning to its end.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut found = Vec::new();
    let mut place = Where::Text;
    let mut rest = text;
    while !rest.is_empty() {
        let open = opening(rest, &mut place);
        let (html, tail) = rest.split_at_checked(open)?;
        if !html.is_empty() {
            found.push(Piece::Html(html));
        }
        if tail.is_empty() {
            break;
        }
        let length = if place == Where::Tag { condition(tail)? } else { part(tail)? };
        let (part, tail) = tail.split_at_checked(length)?;
        found.push(Piece::Tera(part, place));
        rest = tail;
    }
    Some(found)
}

/// How much HTML stands before the next part for Tera; follows into which place it leads.
fn opening(text: &str, place: &mut Where) -> usize {
    for (at, character) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        if ["{{", "{%", "{#"].iter().any(|open| rest.starts_with(open)) {
            return at;
        }
        *place = match (*place, character) {
            (Where::Text, '<') => Where::Tag,
            (Where::Tag, '>') => Where::Text,
            (Where::Tag, '"' | '\'') => Where::Quoted(character),
            (Where::Quoted(quote), it) if it == quote => Where::Tag,
            (place, _) => place,
        };
    }
    text.len()
}

/// The length of the Tera tag that a text begins with. Strings inside it may hold anything.
fn part(text: &str) -> Option<usize> {
    let close = match text.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        _ => return text.find("#}").map(|at| at + 2),
    };
    let mut quote = None;
    for (at, character) in text.char_indices().skip(2) {
        match quote {
            Some(open) if open == character => quote = None,
            None if matches!(character, '"' | '\'' | '`') => quote = Some(character),
            None if text.get(at..)?.starts_with(close) => return Some(at + 2),
            _ => {}
        }
    }
    None
}

/// The length of a whole condition or loop, or of the one tag that a text begins with.
fn condition(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        at += rest.find('{')?;
        let tag = text.get(at..at + part(text.get(at..)?)?)?;
        at += tag.len();
        let word = tag.trim_start_matches(['{', '%', '-', ' ']);
        if tag.starts_with("{%") && (word.starts_with("if ") || word.starts_with("for ")) {
            depth += 1;
        } else if tag.starts_with("{%") && word.starts_with("end") {
            depth -= 1;
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_from_html_by_where_they_stand() {
        let text = "<a href=\"{{ x }}\"{% if b %} c=\"{{ d }}\"{% endif %}>{{ \"}}\" }}</a>";
        assert_eq!(
            pieces(text).unwrap(),
            [
                Piece::Html("<a href=\""),
                Piece::Tera("{{ x }}", Where::Quoted('"')),
                Piece::Html("\""),
                Piece::Tera("{% if b %} c=\"{{ d }}\"{% endif %}", Where::Tag),
                Piece::Html(">"),
                Piece::Tera("{{ \"}}\" }}", Where::Text),
                Piece::Html("</a>"),
            ]
        );
        assert_eq!(pieces("<p>{{ a"), None);
    }
}
