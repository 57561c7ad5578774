//! Two versions in one language, word by word; the crate `similar` lives here and nowhere else.

use similar::{ChangeTag, TextDiff};

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

/// What changes between two texts in one language, in order (Myers 1986, over words as Unicode parts
/// them).
pub fn diff(a: &str, b: &str) -> Vec<Change> {
    let mut changes: Vec<(ChangeTag, String)> = Vec::new();
    for change in TextDiff::from_words(a, b).iter_all_changes() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_and_letters_do_not() {
        let changes = diff("some 40 people", "some 50 people");
        assert_eq!(
            changes,
            [
                Change::Same("some ".into()),
                Change::Gone("40".into()),
                Change::New("50".into()),
                Change::Same(" people".into())
            ]
        );
        assert!(diff("", "").is_empty());
    }
}
