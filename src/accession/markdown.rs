//! Words written as Markdown: what would be misread as markup is escaped, real emphasis is kept.
//!
//! The law: the passage that a written line gives back holds the same words.

/// Parts plain text with emphasis (`*word*`, `**word**`) into its words and their Markdown.
///
/// A star counts as emphasis only where it hugs a word and has a partner; every other one is a star.
pub(crate) fn inline(text: &str) -> (String, String) {
    let (mut plain, mut marked) = (String::new(), String::new());
    let mut rest = text;
    let mut before = None;
    while let Some((lead, span)) = next_emphasis(rest, before) {
        plain.push_str(lead);
        marked.push_str(&escape(lead));
        let (inner_plain, inner_marked) = inline(span.inner);
        let stars = "*".repeat(span.stars);
        plain.push_str(&inner_plain);
        marked.extend([stars.as_str(), &inner_marked, &stars]);
        before = span.inner.chars().next_back();
        rest = span.after;
    }
    plain.push_str(rest);
    marked.push_str(&escape(rest));
    (plain, marked)
}

/// A stretch of emphasis.
struct Span<'a> {
    stars: usize,
    inner: &'a str,
    after: &'a str,
}

/// The first stretch of emphasis and what stands before it.
fn next_emphasis(text: &str, before: Option<char>) -> Option<(&str, Span<'_>)> {
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find('*').map(|at| at + from) {
        let (lead, rest) = text.split_at_checked(at)?;
        let stars = rest.bytes().take_while(|&b| b == b'*').count();
        let left = lead.chars().next_back().or(before);
        let inner = rest.get(stars..)?;
        let opens = stars <= 2 && !left.is_some_and(is_word) && inner.starts_with(is_word);
        if let Some(span) = closed(inner, stars).filter(|_| opens) {
            return Some((lead, span));
        }
        from = at + stars;
    }
    None
}

/// The stretch that ends at the next stars, where these are the partner of its opening ones.
fn closed(inner: &str, stars: usize) -> Option<Span<'_>> {
    let (content, rest) = inner.split_at_checked(inner.find('*')?)?;
    let run = rest.bytes().take_while(|&b| b == b'*').count();
    let after = rest.get(run..)?;
    let hugs = content.ends_with(is_word) && !after.starts_with(is_word);
    (run == stars && hugs).then_some(Span { stars, inner: content, after })
}

/// Whether a character belongs to a word.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// Text with everything escaped that Markdown would take for markup inside a line.
pub(crate) fn escape(text: &str) -> String {
    if !text.contains(['\\', '*', '_', '`', '~', '[', '<', '&']) {
        return text.to_owned();
    }
    escape_with(text, ["](", "]:", "][", "[^"].iter().any(|mark| text.contains(mark)))
}

/// A piece of a line with everything escaped that would be markup wherever the piece stands.
pub(crate) fn escape_piece(text: &str) -> String {
    escape_with(text, true)
}

/// Escapes; `links` says whether square brackets could be markup.
fn escape_with(text: &str, links: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if needs_escape(c, before, chars.as_str(), links) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
    escaped
}

/// Whether a character would be markup between what stands before and after it.
fn needs_escape(c: char, before: Option<char>, after: &str, links: bool) -> bool {
    let next = after.chars().next();
    match c {
        '*' | '`' | '~' => true,
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
        '_' => !(before.is_some_and(is_word) && next.is_some_and(is_word)),
        '[' | ']' => links,
        '<' => {
            next.is_none_or(|next| next.is_ascii_alphabetic() || "/!?".contains(next))
                || is_address(after)
        }
        '&' => after.is_empty() || is_reference(after),
        _ => false,
    }
}

/// Whether a text goes on as an address of electronic mail does after `<`, which would be a link.
fn is_address(after: &str) -> bool {
    // No address is longer.
    let word: String = after.chars().take(320).take_while(|c| !c.is_whitespace()).collect();
    word.split_once('>').is_some_and(|(address, _)| address.contains('@'))
}

/// Whether a text goes on as a character reference does after `&`.
fn is_reference(after: &str) -> bool {
    // No name is longer; what comes later is not looked at.
    let end = after.bytes().take(33).position(|byte| byte == b';');
    let name = end.and_then(|end| after.get(..end)).unwrap_or_default();
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
}

/// An escaped line as a line of its own: a beginning that would open a block is escaped too.
pub(crate) fn paragraph(marked: &str) -> String {
    let digits = marked.bytes().take_while(u8::is_ascii_digit).count();
    let is_rule = !marked.is_empty() && marked.chars().all(|c| "-=|: \t".contains(c));
    let (at, opens) = match marked.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) => (digits, ends_mark(marked, digits)),
        Some(b'#') if digits == 0 => {
            let level = marked.bytes().take_while(|&b| b == b'#').count();
            (0, level <= 6 && ends_mark(marked, level - 1))
        }
        Some(b'-' | b'+') if digits == 0 => (0, is_rule || ends_mark(marked, 0)),
        Some(b'>') if digits == 0 => (0, true),
        _ => (0, is_rule),
    };
    match marked.split_at_checked(at) {
        Some((head, tail)) if opens => format!("{head}\\{tail}"),
        _ => marked.to_owned(),
    }
}

/// Whether a blank or the end of the line follows the byte at an index.
fn ends_mark(line: &str, at: usize) -> bool {
    matches!(line.as_bytes().get(at + 1), None | Some(b' ' | b'\t'))
}

/// The heading mark of a line: its level, and what follows.
pub(crate) fn heading(line: &str) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|&b| b == b'#').count();
    let rest = line.get(level..)?;
    let title = rest.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&level) && rest.starts_with([' ', '\t']) && !title.is_empty())
        .then_some((level as u8, title))
}

/// A heading in Markdown.
pub(crate) fn write_heading(level: u8, marked: &str) -> String {
    let marked = match marked.strip_suffix('#') {
        Some(bare) => format!("{bare}\\#"),
        None => marked.to_owned(),
    };
    format!("{} {marked}", "#".repeat(usize::from(level)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::prose::passages;

    fn back(line: &str) -> String {
        let (_, marked) = inline(line);
        passages(&paragraph(&marked)).into_iter().map(|it| it.text).collect::<Vec<_>>().join(" ¶ ")
    }

    #[test]
    fn emphasis_is_kept_and_stray_stars_are_stars() {
        assert_eq!(inline("(*OUBZ*), która").1, "(*OUBZ*), która");
        assert_eq!(inline("**Komentarz** x").0, "Komentarz x");
        assert_eq!(inline("مشار إليها بـ *").1, "مشار إليها بـ \\*");
        assert_eq!(inline("2 * 3 * 4").1, "2 \\* 3 \\* 4");
    }

    #[test]
    fn what_looks_like_structure_stays_words() {
        for line in [
            "- Where were you? - he asked.",
            "1. Each closure is suspended.",
            "2022) was a year",
            "#hashtag and # sign",
            "# not a heading",
            "> quoted",
            "---",
            "| a | b |",
            "[1] See <press@example.org> & &amp; also <b>this</b>",
            "[note]: https://example.org \"title\"",
            "snake_case and _under_ and `code` and ~~struck~~",
            "back\\slash \\* end\\",
            "![x](y) [a](javascript:alert(1))",
            "+ plus",
            "<19990508@press.example> wrote that 3 <4",
            "=====",
        ] {
            assert_eq!(back(line), line);
        }
    }
}
