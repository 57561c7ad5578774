//! The tags of a page as short as HTML lets them be.
//!
//! Templates are minified before their values are known, so that a page still holds quotes that its values
//! do not need, spaces of attributes that were left out, and ends of elements that go without saying. Only
//! tags are set once more: no byte between them is touched, and no text of the archive can look like one.

/// Elements in which nothing is a tag but their own end.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// A page with its tags as short as HTML lets them be: one space before an attribute, no quotes around a
/// value that needs none, no end that goes without saying. Whatever is no tag stays, byte by byte.
pub(super) fn shortened(html: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, markup)) = parted(rest, b'<') {
        out.extend_from_slice(text);
        if let Some(next) = implied(markup) {
            rest = next;
            continue;
        }
        out.push(b'<');
        let is_tag = markup.first().is_some_and(u8::is_ascii_alphabetic);
        rest = if is_tag { element(markup, &mut out) } else { markup };
    }
    out.extend_from_slice(rest);
    out
}

/// What follows an end tag that goes without saying; `None` for any other.
fn implied(markup: &[u8]) -> Option<&[u8]> {
    let is_end = |it: u8| !it.is_ascii_alphanumeric() && it != b'/';
    let (name, behind) = until(markup.strip_prefix(b"/")?, is_end);
    if !matches!(name, b"dt" | b"dd" | b"li" | b"td" | b"th" | b"p") {
        return None;
    }
    let behind = behind.strip_prefix(b">")?;
    let (next, _) = until(behind.strip_prefix(b"<")?, is_end);
    goes_without_saying(name, next).then_some(behind)
}

/// Whether the end of an element may be left out before a tag (HTML Standard, 13.1.2.4).
fn goes_without_saying(end: &[u8], next: &[u8]) -> bool {
    match end {
        b"dt" => matches!(next, b"dd" | b"dt"),
        b"dd" => matches!(next, b"dd" | b"dt" | b"/div" | b"/dl"),
        b"li" => matches!(next, b"li" | b"/ol" | b"/ul"),
        b"td" => matches!(next, b"td" | b"th" | b"tr" | b"/tr" | b"/tbody"),
        b"th" => matches!(next, b"td" | b"th" | b"tr" | b"/tr" | b"/thead"),
        b"p" => matches!(
            next,
            b"p" | b"div"
                | b"dl"
                | b"form"
                | b"h1"
                | b"h2"
                | b"ol"
                | b"section"
                | b"table"
                | b"ul"
                | b"/article"
                | b"/blockquote"
                | b"/dd"
                | b"/div"
                | b"/form"
                | b"/header"
                | b"/li"
                | b"/section"
                | b"/td"
        ),
        _ => false,
    }
}

/// Writes the tag that a text goes on with, and what in its element is no markup; gives what follows.
fn element<'a>(text: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    let (name, mut rest) = until(text, |it| is_space(it) || matches!(it, b'/' | b'>'));
    out.extend_from_slice(name);
    while let Some(behind) = attribute(rest, out) {
        rest = behind;
    }
    let end = trimmed(rest);
    let rest = if end.starts_with(b">") { end } else { rest };
    let raw = RAW.iter().find(|it| name.eq_ignore_ascii_case(it.as_bytes()));
    let Some(raw) = raw else { return rest };
    let is_close = |it: &[u8]| it.strip_prefix(b"</").is_some_and(|it| it == raw.as_bytes());
    let close = rest.windows(raw.len() + 2).position(is_close).unwrap_or(rest.len());
    let (inner, behind) = rest.split_at_checked(close).unwrap_or((rest, b""));
    out.extend_from_slice(inner);
    behind
}

/// Writes the attribute that a text goes on with and gives what follows; `None` where the tag ends, and where
/// anything is odd.
fn attribute<'a>(text: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
    let is_end = |it| is_space(it) || matches!(it, b'=' | b'/' | b'<' | b'>' | b'"' | b'\'');
    let (name, rest) = until(trimmed(text), is_end);
    if name.is_empty() {
        return None;
    }
    let Some(written) = trimmed(rest).strip_prefix(b"=") else {
        out.push(b' ');
        out.extend_from_slice(name);
        return Some(rest);
    };
    let written = trimmed(written);
    let quote = written.first().copied().filter(|it| matches!(it, b'"' | b'\''));
    let (value, rest) = match quote {
        Some(quote) => parted(written.get(1..)?, quote)?,
        None => until(written, |it| is_space(it) || it == b'>'),
    };
    out.push(b' ');
    out.extend_from_slice(name);
    out.push(b'=');
    let quote = quote.filter(|_| !is_bare(value, rest));
    out.extend(quote);
    out.extend_from_slice(value);
    out.extend(quote);
    Some(rest)
}

/// Whether a value needs no quotes (HTML Standard, 13.1.2.3). A slash behind it would be read as part of it.
fn is_bare(value: &[u8], behind: &[u8]) -> bool {
    let breaks = |it: &u8| is_space(*it) || matches!(it, b'"' | b'\'' | b'`' | b'=' | b'<' | b'>');
    !value.is_empty()
        && !value.iter().any(breaks)
        && !value.ends_with(b"/")
        && behind.first().is_some_and(|it| is_space(*it) || *it == b'>')
}

/// Parts a text before the first byte of a kind.
fn until(text: &[u8], is_end: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let end = text.iter().position(|it| is_end(*it)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, b""))
}

/// What stands before and behind the first byte of some value. Texts between tags are short, so that they are
/// looked through faster byte by byte than by what looks through long ones.
fn parted(text: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let (before, rest) = until(text, |it| it == byte);
    Some((before, rest.get(1..)?))
}

/// A text without the white space that it begins with.
fn trimmed(text: &[u8]) -> &[u8] {
    until(text, |it| !is_space(it)).1
}

/// White space of HTML.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_a_page_lose_quotes_and_spaces_and_nothing_else_changes() {
        for (before, after) in [
            (
                "<a  href=\"../b.html\"  data-x>x  =\"y\"</a>",
                "<a href=../b.html data-x>x  =\"y\"</a>",
            ),
            ("<p class=\"a b\" title=''>", "<p class=\"a b\" title=''>"),
            ("<i a=\"b=c\" b='<u  v=\"w\">' >", "<i a=\"b=c\" b='<u  v=\"w\">'>"),
            ("<rect width=\"3\" height=\"4\"/>", "<rect width=3 height=\"4\"/>"),
            ("<a href=\"d/\">1 < 2  <</a>", "<a href=\"d/\">1 < 2  <</a>"),
            (
                "<script type=\"a/b+c\">\"<i  x=\"y\">\"</script><b  c>",
                "<script type=a/b+c>\"<i  x=\"y\">\"</script><b c>",
            ),
            ("<a b=\"c", "<a b=\"c"),
            (
                "<dl><dt>a</dt><dd>b</dd><dd>c</dd> </dl><p>d</p><p>e</p><pre>f</pre></p><i>",
                "<dl><dt>a<dd>b<dd>c</dd> </dl><p>d<p>e</p><pre>f</pre></p><i>",
            ),
            ("<a b = \"c\"  =d>", "<a b=c  =d>"),
        ] {
            assert_eq!(String::from_utf8(shortened(before.as_bytes())).unwrap(), after);
        }
    }
}
