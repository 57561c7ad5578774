//! What keeps a text from outside a text: escaping, and the addresses that may be followed.

use crate::vocab::lang::{Direction, Lang};

/// Appends text with everything that means something in HTML escaped: for the values of attributes, and
/// wherever it is not known where it will stand.
pub fn escape(text: &str, out: &mut String) {
    push_escaped(text, out, |byte| match byte {
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => markup(byte),
    });
}

/// Appends text that stands between tags, where quotation marks and apostrophes mean nothing.
pub fn escape_text(text: &str, out: &mut String) {
    push_escaped(text, out, markup);
}

/// What stands for a byte that means something between tags.
fn markup(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    }
}

/// Appends text; what stands for some of its bytes, all of them ASCII, in their place. What is between those
/// is copied at once.
fn push_escaped(text: &str, out: &mut String, stands: impl Fn(u8) -> Option<&'static str>) {
    out.reserve(text.len());
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(escape) = stands(byte) {
            out.push_str(text.get(from..at).unwrap_or_default());
            out.push_str(escape);
            from = at + 1;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
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
    fn what_means_something_is_escaped_and_nothing_else() {
        let text = "<é & \"'>'& x";
        let (mut out, mut between) = (String::new(), String::new());
        escape(text, &mut out);
        escape_text(text, &mut between);
        assert_eq!(out, "&lt;é &amp; &quot;&#39;&gt;&#39;&amp; x");
        assert_eq!(between, "&lt;é &amp; \"'&gt;'&amp; x");
    }

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
