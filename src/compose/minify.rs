//! The site without idle bytes. minify-html lives here and nowhere else.
//!
//! No minifier ever sees a text of the archive: minify-html takes out spaces between inline elements, and
//! a space in a text is not ours to take. Templates are minified instead, once, when the theme is loaded;
//! it costs 1.4 ms for the whole default theme and takes 2 in 100 bytes off the site, where minifying
//! each page would cost 70 µs a page.
//! What is left after that stands inside tags ([`super::tags`]).
//!
//! What Tera will fill in is hidden from the minifier behind placeholders, so that no attribute loses its
//! quotes and no condition its place; where anything comes back other than it went, the template stays
//! as it is written.

use std::borrow::Cow;

use minify_html::Cfg;

use super::template::{Piece, Where, pieces};

/// The brackets of a placeholder: characters that no template has reason to hold.
const OPEN: char = '\u{f8f0}';
/// The other bracket.
const CLOSE: char = '\u{f8f1}';

/// What stands for all that follows a template.
const END: &str = "\u{f8f0}\u{f8f1}";
/// The end tags that HTML lets one leave out where the next tag says as much (HTML Standard, 13.1.2.4).
const OPTIONAL: [&str; 13] = [
    "/body", "/dd", "/dt", "/head", "/html", "/li", "/option", "/p", "/tbody", "/td", "/th",
    "/thead", "/tr",
];

/// A template without idle bytes.
pub(super) fn template(text: &str) -> Cow<'_, str> {
    if text.contains([OPEN, CLOSE]) {
        return Cow::Borrowed(text);
    }
    let Some(mut hidden) = hide(text) else { return Cow::Borrowed(text) };
    // What comes after a template is not known: the end of its last element must stay.
    hidden.html.push_str(END);
    let cfg = Cfg {
        keep_closing_tags: !is_paired(text),
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        ..Cfg::default()
    };
    let page = minify_html::minify(hidden.html.as_bytes(), &cfg);
    let shown =
        String::from_utf8(page).ok().and_then(|page| show(page.strip_suffix(END)?, &hidden.parts));
    match shown {
        Some(shown) if tags(&shown) == tags(text) => Cow::Owned(shown),
        _ => Cow::Borrowed(text),
    }
}

/// A template whose parts for Tera are hidden.
struct Hidden {
    html: String,
    parts: Vec<String>,
}

/// Hides every part that Tera reads; `None` where one is not closed.
fn hide(text: &str) -> Option<Hidden> {
    let mut hidden = Hidden { html: String::new(), parts: Vec::new() };
    for piece in pieces(text)? {
        match piece {
            Piece::Html(html) => hidden.html.push_str(html),
            Piece::Tera(part, place) => {
                hidden.html.push_str(&placeholder(hidden.parts.len(), place));
                hidden.parts.push(part.to_owned());
            }
        }
    }
    Some(hidden)
}

/// What stands for the nth part. Inside quotes it has a space, so that the quotes must stay; inside a tag
/// it is an attribute.
fn placeholder(number: usize, place: Where) -> String {
    match place {
        Where::Text => format!("{OPEN}{number}{CLOSE}"),
        Where::Quoted(_) => format!("{OPEN}{number} {CLOSE}"),
        Where::Tag => format!(" data-{OPEN}{number}{CLOSE}"),
    }
}

/// Puts the parts back; `None` unless each is there once.
fn show(page: &str, parts: &[String]) -> Option<String> {
    let mut shown = String::with_capacity(page.len() * 2);
    let mut seen = vec![false; parts.len()];
    let mut pieces = page.split(OPEN);
    shown.push_str(pieces.next()?);
    for piece in pieces {
        let (number, tail) = piece.split_once(CLOSE)?;
        let number: usize = number.trim().parse().ok()?;
        if std::mem::replace(seen.get_mut(number)?, true) {
            return None;
        }
        let part = parts.get(number)?;
        // An attribute's placeholder has a name in front of it and may have an empty value behind it.
        if let Some(kept) = shown.strip_suffix("data-").map(str::len) {
            shown.truncate(kept);
            shown.push_str(part);
            shown.push_str(tail.strip_prefix("=\"\"").unwrap_or(tail));
        } else {
            shown.push_str(part);
            shown.push_str(tail);
        }
    }
    seen.iter().all(|it| *it).then_some(shown)
}

/// Whether each element whose end may be left out has one all the same, so that the theme's author leaves
/// to nobody where it ends.
fn is_paired(text: &str) -> bool {
    let all = names(text);
    let count = |name: &str| all.iter().filter(|it| **it == name).count();
    OPTIONAL.iter().all(|end| count(end) == count(end.trim_start_matches('/')))
}

/// The names of the tags in order, to see that none was added, dropped or moved but ends that go without
/// saying.
fn tags(text: &str) -> Vec<&str> {
    names(text).into_iter().filter(|it| !OPTIONAL.contains(it)).collect()
}

/// The names of all tags in order.
fn names(text: &str) -> Vec<&str> {
    let name = |tag: &'_ str| {
        let end =
            tag.find(|it: char| !it.is_ascii_alphanumeric() && it != '/').unwrap_or(tag.len());
        tag.split_at_checked(end).map_or("", |(name, _)| name).len()
    };
    text.split('<')
        .skip(1)
        .filter_map(|tag| tag.get(..name(tag)))
        .filter(|it| !it.is_empty())
        .collect()
}

/// A style sheet without idle bytes.
pub(super) fn style(text: &str) -> String {
    let cfg = Cfg { minify_css: true, ..Cfg::default() };
    inner(text, "style", &cfg)
}

/// A script without idle bytes.
pub(super) fn script(text: &str) -> String {
    let cfg = Cfg { minify_js: true, ..Cfg::default() };
    inner(text, "script", &cfg)
}

/// What stands in an element after minifying; the text itself where anything is odd.
fn inner(text: &str, element: &str, cfg: &Cfg) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let page = minify_html::minify(format!("{open}{text}{close}").as_bytes(), cfg);
    String::from_utf8(page)
        .ok()
        .and_then(|page| Some(page.strip_prefix(&open)?.strip_suffix(&close)?.to_owned()))
        .filter(|inner| !inner.is_empty())
        .unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::default_theme;
    use crate::compose::route::is_page;

    /// The elements beside which a space is not seen.
    const BLOCKS: &[&str] = &[
        "!doctype",
        "html",
        "head",
        "meta",
        "link",
        "title",
        "script",
        "body",
        "header",
        "nav",
        "main",
        "footer",
        "section",
        "article",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "form",
        "fieldset",
        "legend",
        "blockquote",
        "figure",
        "figcaption",
        "details",
        "summary",
        "svg",
        "rect",
    ];

    /// What a reader sees of a template: the text of each block, spaces folded, tags of Tera as words.
    fn seen(text: &str) -> Vec<String> {
        let hidden = hide(text).unwrap();
        let mut blocks = vec![String::new()];
        for piece in hidden.html.split_inclusive('>') {
            let (words, tag) = piece.split_once('<').unwrap_or((piece, ""));
            blocks.last_mut().unwrap().push_str(words);
            let name = tag.trim_start_matches('/').to_ascii_lowercase();
            let name = name.split(|it: char| !it.is_ascii_alphanumeric() && it != '!').next();
            if BLOCKS.contains(&name.unwrap()) {
                blocks.push(String::new());
            }
        }
        let fold = |block: &String| block.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        // Spaces beside tags of Tera that print nothing are not seen either.
        blocks.iter().map(fold).filter(|it| !it.is_empty()).collect()
    }

    #[test]
    fn templates_lose_bytes_and_no_words() {
        let (mut before, mut after) = (0, 0);
        for (name, text) in default_theme().iter().filter(|(name, _)| is_page(name)) {
            let small = template(text);
            assert_eq!(seen(&small), seen(text), "{name}");
            assert!(matches!(small, Cow::Owned(_)), "{name} was left as it is");
            before += text.len();
            after += small.len();
        }
        assert!(after < before, "{after} of {before}");
    }

    #[test]
    fn quotes_stay_around_what_is_filled_in() {
        let text = "<p>\n  <a href=\"{{ a }}\"{% if b %} title=\"{{ c }}\"{% endif %} class=\"x\">{{ d }}</a>\n</p>";
        let small = template(text);
        assert!(small.contains("href=\"{{ a }}\""), "{small}");
        assert!(small.contains("{% if b %} title=\"{{ c }}\"{% endif %}"), "{small}");
    }

    #[test]
    fn an_odd_template_stays_as_it_is() {
        for odd in ["<p>{{ a", "{% if a %}<b>{% else %}</b>{% endif %}</i>"] {
            assert_eq!(template(odd), odd);
        }
    }
}
