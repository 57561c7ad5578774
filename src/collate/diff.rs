//! Two versions in one language, word by word; the crate `similar` lives here and nowhere else.

use similar::{ChangeTag, TextDiff};

use super::sentence::is_wide;

/// A run of words that two texts share, or that one of them has alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Both have it.
    Same(String),
    /// Only the first has it.
    Gone(String),
    /// Only the second has it.
    New(String),
}

/// What changes between two texts in one language, in order (Myers 1986). Words are compared where the
/// script parts them by spaces, characters with their marks where it does not; the order is that of the
/// text, whatever the direction in which it is shown.
pub fn diff(a: &str, b: &str) -> Vec<Change> {
    let (old, new) = (words(a), words(b));
    let mut changes: Vec<(ChangeTag, String)> = Vec::new();
    for change in TextDiff::from_slices(&old, &new).iter_all_changes() {
        match changes.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => changes.push((change.tag(), change.value().to_owned())),
        }
    }
    changes
        .into_iter()
        .map(|(tag, text)| match tag {
            ChangeTag::Equal => Change::Same(text),
            ChangeTag::Delete => Change::Gone(text),
            ChangeTag::Insert => Change::New(text),
        })
        .collect()
}

/// What a character is when words are parted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter or digit of a script that parts words by spaces, or a mark on one.
    Letter,
    /// A character that is a piece of its own: Han, kana, Thai and its neighbours, any sign.
    Single,
    /// A mark that belongs to the character before it.
    Mark,
    /// White space.
    Space,
}

/// The words of a text with the spaces between them; together they are the text.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut from, mut last) = (0, None);
    let mut before = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        // A point, comma or narrow space between two digits belongs to the number.
        let inside = before.is_numeric()
            && matches!(c, '.' | ',' | '٫' | '٬' | '\u{a0}' | '\u{202f}')
            && rest.peek().is_some_and(|(_, next)| next.is_numeric());
        before = c;
        let kind = if inside { Kind::Letter } else { kind(c) };
        let joined =
            last.is_none_or(|last| kind == Kind::Mark || kind == last && kind != Kind::Single);
        if !joined {
            words.extend(text.get(from..at));
            from = at;
        }
        last = Some(if kind == Kind::Mark { last.unwrap_or(Kind::Single) } else { kind });
    }
    words.extend(text.get(from..).filter(|it| !it.is_empty()));
    words
}

/// What a character is.
fn kind(c: char) -> Kind {
    let code = u32::from(c);
    match code {
        0x300..=0x36F
        | 0x64B..=0x65F
        | 0x670
        | 0x5B0..=0x5C7
        | 0x200C..=0x200F
        | 0xE31
        | 0xE34..=0xE3A
        | 0xE47..=0xE4E
        | 0xEB1
        | 0xEB4..=0xEBC
        | 0xEC8..=0xECE
        | 0x102B..=0x103E
        | 0x17B4..=0x17D3
        | 0xFE00..=0xFE0F
        | 0xFF9E..=0xFF9F => Kind::Mark,
        0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF => Kind::Single,
        _ if is_wide(c) => Kind::Single,
        _ if c.is_whitespace() => Kind::Space,
        // Marks of the scripts of India are no letters to the standard library, and yet part of words.
        0x900..=0xDFF => Kind::Letter,
        _ if c.is_alphanumeric() || c == '\'' || c == '’' => Kind::Letter,
        _ => Kind::Single,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(a: &str, b: &str) -> String {
        let show = |change: Change| match change {
            Change::Same(text) => text,
            Change::Gone(text) => format!("[-{text}]"),
            Change::New(text) => format!("[+{text}]"),
        };
        diff(a, b).into_iter().map(show).collect()
    }

    #[test]
    fn words_change_and_letters_do_not() {
        assert_eq!(shown("some 40 people", "some 50 people"), "some [-40][+50] people");
        assert_eq!(shown("He left, then.", "He left then."), "He left[-,] then.");
        assert_eq!(shown("2,500 men.", "2,600 men."), "[-2,500][+2,600] men.");
        assert!(diff("", "").is_empty());
    }

    #[test]
    fn scripts_without_spaces_change_by_character() {
        assert_eq!(shown("约有2500人参加", "共有2600人参加"), "[-约][+共]有[-2500][+2600]人参加");
        assert_eq!(shown("มีคนมากกว่า 40 คน", "มีคน 40 คน"), "มีคน[-มากกว่า] 40 คน");
    }

    #[test]
    fn texts_from_right_to_left_change_by_word() {
        assert_eq!(shown("أُرسل 2500 جندي", "أُرسل نحو 2500 جندي"), "أُرسل [+نحو ]2500 جندي");
    }

    proptest::proptest! {
        #[test]
        fn both_texts_are_kept(a in "[a-c ก-๏人جُ.,]{0,24}", b in "[a-c ก-๏人جُ.,]{0,24}") {
            let (mut old, mut new) = (String::new(), String::new());
            for change in diff(&a, &b) {
                match change {
                    Change::Same(text) => { old += &text; new += &text; }
                    Change::Gone(text) => old += &text,
                    Change::New(text) => new += &text,
                }
            }
            proptest::prop_assert_eq!((old, new), (a, b));
        }
    }
}
