//! Characters that may not stand in a page, since they cannot be seen and can deceive: each is left out, and
//! its number recorded.

use crate::vocab::page::Removed;

/// The rule that takes them.
const RULE: &str = "control-characters";

/// Whether a character may not stand in a page: controls, and the marks that override or embed reading
/// order (Unicode Technical Report 36, section 2.5), which can make a text read as something else.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\t'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character ends a line though it is not the usual one: line tabulation, form feed, next line,
/// separators of lines and paragraphs (Unicode Standard Annex 14, class BK).
pub(crate) fn ends_line(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The record of what a text loses, in a line of the seed; line ends are no loss.
pub(crate) fn record(line: u32, text: &str) -> Option<Removed> {
    let lost = |c: char| is_hidden(c) && c != '\n' && !ends_line(c);
    if !text.contains(lost) {
        return None;
    }
    let numbers: Vec<String> =
        text.chars().filter(|&c| lost(c)).map(|c| format!("U+{:04X}", c as u32)).collect();
    Some(Removed { line, rule: RULE.to_owned(), text: numbers.join(" ") })
}

/// One line of text without them; what ends a line becomes a blank.
pub(crate) fn without(text: &str) -> String {
    let blank = |c: char| c == '\n' || ends_line(c);
    text.chars()
        .filter(|&c| blank(c) || !is_hidden(c))
        .map(|c| if blank(c) { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_told_by_number() {
        let text = "a\u{202e}b\u{7}\r\nc\u{2028}d\te";
        assert_eq!(without(text), "ab  c d\te");
        assert_eq!(record(3, text).unwrap().text, "U+202E U+0007");
        assert_eq!(record(3, "plain\r\n"), None);
    }
}
