//! What keeps a text from outside a text: escaping, and the addresses that may be followed.

use crate::vocab::lang::{Direction, Lang};

/// Appends text with everything that means something in HTML escaped: for the values of attributes, and
/// wherever it is not known where it will stand.
pub fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => push_escaped(character, out),
        }
    }
}

/// Appends text that stands between tags, where quotation marks and apostrophes mean nothing.
pub fn escape_text(text: &str, out: &mut String) {
    for character in text.chars() {
        push_escaped(character, out);
    }
}

fn push_escaped(character: char, out: &mut String) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        _ => out.push(character),
    }
}

/// Whether an address may be followed from a page as it stands.
///
/// White space and control characters are refused, because browsers drop some of them before they
/// look for the scheme.
pub fn is_outside(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    !address.chars().any(|it| it.is_control() || it.is_whitespace())
        && matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}

/// Whether an address has no scheme and no host, so that it can only lead into the archive.
pub(super) fn is_inside(address: &str) -> bool {
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    !head.contains(':') && !address.starts_with("//") && !address.contains(['\\', '\n', '\t', '\r'])
}

/// The attributes that say in which language a passage is and which way it is read.
pub(super) fn spoken(lang: &Lang) -> String {
    let direction = match lang.direction() {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    };
    format!(" lang={lang} dir={direction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_overlook_is_refused() {
        assert!(is_outside("https://a.example/x") && is_outside("MAILTO:a@a.example"));
        for bad in
            ["https://a.example/\u{1}x", "java\nscript:x", " https://a.example", "ftp://x", "x"]
        {
            assert!(!is_outside(bad), "{bad:?}");
        }
        assert!(is_inside("../fr/a.md#p3") && !is_inside("//host/x") && !is_inside("x:y"));
    }
}
