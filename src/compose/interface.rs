//! The interface in the language that a reader chooses: messages that can be found again in a page, and
//! the words of every language as small scripts.
//!
//! A page is set in one language and works so without scripts. Where a template says a message, its
//! element also bears the message's number (`data-i`) and its values (`data-n`), so that the theme's
//! script can say it again in another language. The number is the place of its name among those of English,
//! and in every script of words the messages stand in that order; what English lacks bears its name. Texts
//! of the archive bear no such mark and never change.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use crate::vocab::lang::{Direction, Lang};
use crate::vocab::prose::html::escape;

use super::ThemeFiles;
use super::template::{Piece, Where, pieces};
use super::words::Words;

/// Elements that hold text alone, so that no `span` can stand in them.
const PLAIN: &[&str] = &["title", "option", "textarea", "script", "style"];

/// A template whose messages are marked: every `{{ NAME | say }}` with `{{ NAME | mark }}` on the element
/// that holds it and nothing else, or else on a `span` around it. Anything odd stays as it is.
pub(super) fn marked(text: &str) -> Cow<'_, str> {
    let Some(pieces) = pieces(text) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    let mut owed = None;
    while let Some(&piece) = pieces.get(at) {
        let next = match pieces.get(at + 1) {
            Some(Piece::Html(html)) => html,
            _ => "",
        };
        match piece {
            Piece::Html(html) => settle(&mut out, html, owed.take()),
            Piece::Tera(part, Where::Text) => text_part(&mut out, part, next),
            Piece::Tera(part, Where::Quoted(quote)) => {
                let whole = next.starts_with(quote);
                owed = whole.then(|| attribute_mark(&out, part)).flatten();
                out.push_str(part);
            }
            Piece::Tera(part, Where::Tag) => out.push_str(part),
        }
        at += 1;
    }
    Cow::Owned(out)
}

/// A marked template in which the messages that need no values are said already: they are the same on every
/// page. What is no message of the catalogue stays, so that its place is told when a page is set.
pub(super) fn said_already<'t>(text: &'t str, words: &Words) -> Cow<'t, str> {
    let Some(pieces) = pieces(text) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    for piece in pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Tera(part, _) => match constant(part, words) {
                Some(said) => out.push_str(&said),
                None => out.push_str(part),
            },
        }
    }
    Cow::Owned(out)
}

/// What a call of `say` or `mark` with nothing but the name of a message prints; `None` for anything else,
/// and for a message that Tera would read as its own.
fn constant(part: &str, words: &Words) -> Option<String> {
    let (name, filter) = part.strip_prefix("{{ \"")?.strip_suffix(" }}")?.split_once("\" | ")?;
    let said = words.find(name, None)?;
    match filter {
        "say" if !said.contains('{') => {
            let mut out = String::new();
            escape(said, &mut out);
            Some(out)
        }
        "mark" => Some(mark(words, name, None, &[])),
        _ => {
            let on = filter.strip_prefix("mark(on=\"")?.strip_suffix("\")")?;
            (!on.contains('"')).then(|| mark(words, name, Some(on), &[]))
        }
    }
}

/// What the filter `mark` writes: the attributes by which a message is found again, and where English
/// stands in, its language.
pub(super) fn mark(
    words: &Words,
    name: &str,
    on: Option<&str>,
    values: &[(String, String)],
) -> String {
    let number = words.number(name).map(|it| it.to_string());
    let mut text = attributes(number.as_deref().unwrap_or(name), on, values);
    if words.is_english(name) && on.is_none() {
        text.push_str(" lang=en dir=ltr");
    }
    text
}

/// Writes HTML; where an attribute's message is owed its mark, it comes after the closing quote.
fn settle(out: &mut String, html: &str, owed: Option<String>) {
    match owed.zip(html.split_at_checked(1)) {
        Some((mark, (quote, rest))) => out.extend([quote, " ", &mark, rest]),
        None => out.push_str(html),
    }
}

/// Writes a part that stands between tags, with its mark where it says a message.
fn text_part(out: &mut String, part: &str, next: &str) {
    let mark = said(part).map(|said| format!("{{{{ {} | mark{} }}}}", said.name, said.values));
    let (Some(mark), Some(holder)) = (mark, holder(out)) else {
        out.push_str(part);
        return;
    };
    let (name, opens) = holder;
    if opens && next.starts_with(&format!("</{name}>")) && name != "title" {
        out.pop();
        out.extend([" ", &mark, ">", part]);
    } else if PLAIN.contains(&name.as_str()) {
        out.push_str(part);
    } else {
        out.extend(["<span ", &mark, ">", part, "</span>"]);
    }
}

/// The name of the last tag and whether nothing stands between it and the end; `None` before any tag.
fn holder(out: &str) -> Option<(String, bool)> {
    let (_, tag) = out.rsplit_once('<')?;
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
    Some((name.to_ascii_lowercase(), !name.is_empty() && out.ends_with('>')))
}

/// The mark of an attribute that is one message.
fn attribute_mark(out: &str, part: &str) -> Option<String> {
    let said = said(part)?;
    let attribute = out.strip_suffix("=\"").or_else(|| out.strip_suffix("='"))?;
    let attribute = attribute.rsplit(char::is_whitespace).next()?;
    let values = said.values.trim_start_matches('(').trim_end_matches(')');
    let comma = if values.is_empty() { "" } else { ", " };
    Some(format!("{{{{ {} | mark(on=\"{attribute}\"{comma}{values}) }}}}", said.name))
}

/// A call of the filter `say`, taken apart.
struct Said<'a> {
    /// The expression that names the message.
    name: &'a str,
    /// The values in brackets; empty where there are none.
    values: &'a str,
}

/// Reads `{{ NAME | say }}` or `{{ NAME | say(…) }}`; `None` for anything else.
fn said(part: &str) -> Option<Said<'_>> {
    let inner = part.strip_prefix("{{")?.strip_suffix("}}")?;
    let inner = inner.trim_start_matches('-').trim_end_matches('-').trim();
    let (name, values) = inner.split_once("| say")?;
    let values = values.trim();
    let name = name.trim();
    let quoted = name.len() > 1 && name.starts_with('"') && name.ends_with('"');
    let literal = quoted && name.matches('"').count() == 2;
    let grouped = name.starts_with('(') && name.ends_with(')');
    let called = values.is_empty() || values.starts_with('(') && values.ends_with(')');
    ((literal || grouped) && called).then_some(Said { name, values })
}

/// The attributes that name a message and its values.
///
/// `on` names the attribute that says the message, where it is not the content that does.
fn attributes(name: &str, on: Option<&str>, values: &[(String, String)]) -> String {
    let mut out = match on {
        Some(on) => format!("data-l={}", value(&format!("{on} {name}"))),
        None => format!("data-i={}", value(name)),
    };
    for (name, text) in values {
        // Writing into a String cannot fail.
        let _ = write!(out, " data-{name}={}", value(text));
    }
    out
}

/// The value of an attribute, in quotes only where it needs them.
fn value(text: &str) -> Cow<'_, str> {
    let bare = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'_');
    if !text.is_empty() && text.bytes().all(bare) {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::from('"');
    escape(text, &mut quoted);
    quoted.push('"');
    Cow::Owned(quoted)
}

/// The words of one interface language as a script.
#[derive(Serialize)]
struct Dictionary<'a> {
    lang: &'a str,
    dir: Direction,
    /// The messages that this language does not have, so that English stands in.
    english: Vec<&'a str>,
    words: InOrder<'a>,
}

/// All messages, written in the order of their numbers.
struct InOrder<'a>(&'a Words);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.numbered())
    }
}

/// The script that hands the theme's script the words of one language.
pub(super) fn dictionary(words: &Words) -> String {
    let it = Dictionary {
        lang: words.lang().as_str(),
        dir: words.lang().direction(),
        english: words.english(),
        words: InOrder(words),
    };
    let json = serde_json::to_string(&it).unwrap_or_default();
    format!("hexapla.learn({json})\n")
}

/// What the theme's script has to know of the site before anything else: the language of the pages, the
/// languages that a reader can choose, each with the name it gives itself, and the words of what only the
/// script puts into a page.
pub(super) fn preamble(theme: &ThemeFiles, words: &Words) -> String {
    let langs: Vec<(&str, String)> = languages(theme)
        .filter_map(|tag| Some((tag, Lang::parse(tag)?.autonym().to_owned())))
        .collect();
    let say = |id| words.say(id, &[]);
    let json = serde_json::json!({
        "lang": words.lang().as_str(),
        "langs": langs,
        "tongue": say("tongue"),
        "copy": say("doc.cite.copy"),
        "clip": say("doc.copy"),
    });
    format!("window.hexapla={json};\n")
}

/// The languages that a theme speaks, in the order of their tags.
pub(super) fn languages(theme: &ThemeFiles) -> impl Iterator<Item = &str> {
    theme.keys().filter_map(|it| it.strip_prefix("messages/")?.strip_suffix(".yaml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_marked_on_the_element_that_holds_them() {
        for (before, after) in [
            (
                "<dt>{{ \"doc.date\" | say }}</dt>",
                "<dt {{ \"doc.date\" | mark }}>{{ \"doc.date\" | say }}</dt>",
            ),
            (
                "<p>{{ \"a\" | say(n=1) }} x</p>",
                "<p><span {{ \"a\" | mark(n=1) }}>{{ \"a\" | say(n=1) }}</span> x</p>",
            ),
            (
                "<i>{{ (\"a.\" ~ b) | say }}</i>",
                "<i {{ (\"a.\" ~ b) | mark }}>{{ (\"a.\" ~ b) | say }}</i>",
            ),
            (
                "<nav aria-label=\"{{ \"page.pages\" | say(n=2) }}\" class=\"x\">",
                "<nav aria-label=\"{{ \"page.pages\" | say(n=2) }}\" {{ \"page.pages\" | mark(on=\"aria-label\", n=2) }} class=\"x\">",
            ),
        ] {
            assert_eq!(marked(before), after);
        }
    }

    #[test]
    fn what_is_no_message_is_not_marked() {
        for text in [
            "<title>{{ \"a\" | say }}</title>",
            "<p>{{ page.title or \"a\" | say }}</p>",
            "<p title=\"x {{ \"a\" | say }}\">{{ page.title }}</p>",
            "<p>{{ a",
        ] {
            assert_eq!(marked(text), text);
        }
    }

    #[test]
    fn what_is_the_same_on_every_page_is_said_already() {
        let theme = crate::compose::default_theme();
        let theme = theme.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let words = Words::load(&theme, "en").unwrap();
        let text = "<a {{ \"page.pages\" | mark(on=\"title\") }}>{{ \"nav.about\" | say }}</a>";
        let number = words.number("page.pages").unwrap();
        assert_eq!(said_already(text, &words), format!("<a data-l=\"title {number}\">About</a>"));
        for text in [
            "{{ \"count.documents\" | say(n=x) }}",
            "{{ \"no.such\" | say }}",
            "{{ (\"nav.\" ~ x) | say }}",
            "{{ \"nav.about\" | say | upper }}",
            "{{ x or \"nav.about\" | say }}",
        ] {
            assert_eq!(said_already(text, &words), text);
        }
    }

    #[test]
    fn values_are_escaped() {
        let values = [("n".to_owned(), "3".to_owned()), ("name".to_owned(), "\"><b>".to_owned())];
        assert_eq!(
            attributes("a.b", None, &values),
            "data-i=a.b data-n=3 data-name=\"&quot;&gt;&lt;b&gt;\""
        );
        assert_eq!(
            attributes("page.pages", Some("aria-label"), &[]),
            "data-l=\"aria-label page.pages\""
        );
    }
}
