//! Characters that cannot be seen, as marks: so that nothing in a raw line can deceive the eye.
//!
//! Bidi controls are never passed through to a page of raw text: they could make it read other than it
//! is ("Trojan Source", Boucher and Anderson 2021). Spaces and joiners that a script needs are passed
//! through, each beside a mark that a reader can ask for.

use std::fmt::Write as _;

/// Characters with a name of their own, after Unicode's abbreviations.
const NAMED: &[(char, &str)] = &[
    ('\t', "TAB"),
    ('\r', "CR"),
    ('\u{a0}', "NBSP"),
    ('\u{ad}', "SHY"),
    ('\u{61c}', "ALM"),
    ('\u{640}', "TATWEEL"),
    ('\u{180e}', "MVS"),
    ('\u{2007}', "FSP"),
    ('\u{2009}', "THSP"),
    ('\u{200b}', "ZWSP"),
    ('\u{200c}', "ZWNJ"),
    ('\u{200d}', "ZWJ"),
    ('\u{200e}', "LRM"),
    ('\u{200f}', "RLM"),
    ('\u{2028}', "LSEP"),
    ('\u{2029}', "PSEP"),
    ('\u{202a}', "LRE"),
    ('\u{202b}', "RLE"),
    ('\u{202c}', "PDF"),
    ('\u{202d}', "LRO"),
    ('\u{202e}', "RLO"),
    ('\u{202f}', "NNBSP"),
    ('\u{2060}', "WJ"),
    ('\u{2066}', "LRI"),
    ('\u{2067}', "RLI"),
    ('\u{2068}', "FSI"),
    ('\u{2069}', "PDI"),
    ('\u{3000}', "IDSP"),
    ('\u{feff}', "BOM"),
    ('\u{fffd}', "?"),
];

/// Characters that only part or join what stands beside them, so that a text reads as it should with them.
const HARMLESS: &[char] = &[
    '\u{a0}', '\u{ad}', '\u{2007}', '\u{2009}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{202f}',
    '\u{3000}', '\u{640}',
];

/// A raw line as HTML: escaped, with a mark for every character that cannot be seen.
pub(super) fn visible(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut from = 0;
    for (at, character) in line.char_indices().filter(|it| is_odd(it.1)) {
        out.push_str(line.get(from..at).unwrap_or_default());
        from = at + character.len_utf8();
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => match name(character) {
                Some(name) => mark(&mut out, &name, character),
                None => out.push(character),
            },
        }
    }
    out.push_str(line.get(from..).unwrap_or_default());
    out
}

/// Whether a character may be one that is not shown as it is: most are told at a glance.
fn is_odd(character: char) -> bool {
    match character as u32 {
        0x20..0x7f => matches!(character, '&' | '<' | '>'),
        0xae..=0x61b | 0x61d..=0x63f | 0x641..=0x180d | 0x3001..=0xdfff => false,
        _ => true,
    }
}

/// The name of a character that cannot be seen.
fn name(character: char) -> Option<String> {
    let known = NAMED.iter().find(|(it, _)| *it == character).map(|(_, name)| (*name).to_owned());
    let code = character as u32;
    let hidden = character.is_control()
        || matches!(code, 0x2000..=0x200f | 0x2060..=0x206f | 0xfff9..=0xfffb | 0xe0000..=0xe0fff)
        || matches!(code, 0xe000..=0xf8ff);
    known.or_else(|| hidden.then(|| format!("U+{code:04X}")))
}

/// Appends a mark.
fn mark(out: &mut String, name: &str, character: char) {
    let code = character as u32;
    let _ = if HARMLESS.contains(&character) {
        write!(out, "<span class=\"odd\" title=\"U+{code:04X}\"><i>{name}</i>{character}</span>")
    } else {
        write!(out, "<span class=\"tok\" title=\"U+{code:04X}\">{name}</span>")
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hidden_comes_through() {
        let set = visible("a\u{202e}b\u{a0}<c>\u{7}\u{200d}");
        assert_eq!(
            set,
            "a<span class=\"tok\" title=\"U+202E\">RLO</span>b<span class=\"odd\" title=\"U+00A0\"><i>NBSP</i>\u{a0}</span>&lt;c&gt;<span class=\"tok\" title=\"U+0007\">U+0007</span><span class=\"odd\" title=\"U+200D\"><i>ZWJ</i>\u{200d}</span>"
        );
        assert_eq!(visible("żółć نص 中文"), "żółć نص 中文");
    }

    #[test]
    fn what_is_passed_over_at_a_glance_has_no_name() {
        let plain = |it: &char| !is_odd(*it) && name(*it).is_some();
        assert_eq!((char::MIN..=char::MAX).find(plain), None);
    }
}
