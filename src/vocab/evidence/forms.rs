//! Forms of words in a table: what a word of a text means that begins with one of them.
//!
//! A form counts where a word begins with it and ends at most three letters later, so that inflected words are met.
//! One with a full stop behind it must be the whole word; one with a hyphen counts only as a part of several words
//! or of a longer one; one with `$` only of a sum of money.

use rustc_hash::FxHashMap;

use super::spellings::plain;

/// How many letters may stand behind a form.
const TAIL: usize = 3;

/// When a form counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// As the beginning of a word.
    Begins,
    /// As the whole word.
    Whole,
    /// As a part of several words or of a longer one.
    Part,
    /// As the whole word beside a sum of money.
    Money,
}

/// A form of a word.
#[derive(Clone, Debug)]
pub(super) struct Form<T> {
    /// Its letters, as words are asked for.
    pub(super) letters: String,
    /// When it counts.
    pub(super) when: When,
    /// What it means.
    pub(super) means: T,
}

/// The forms of a language, by their first letter.
#[derive(Clone, Debug)]
pub(super) struct Forms<T>(FxHashMap<char, Vec<Form<T>>>);

impl<T: Copy> Forms<T> {
    /// Reads a row of a table: meanings, each followed by its forms. `meaning` tells the one from the other.
    pub(super) fn read(row: &str, meaning: impl Fn(&str) -> Option<T>) -> Self {
        let mut forms: FxHashMap<char, Vec<Form<T>>> = FxHashMap::default();
        let mut means = None;
        for cell in row.split_whitespace() {
            let when = match cell.chars().next_back() {
                Some('.') => When::Whole,
                Some('-') => When::Part,
                Some('$') => When::Money,
                _ => When::Begins,
            };
            let letters = plain(cell.trim_end_matches(['.', '-', '$']));
            if let Some(new) = meaning(cell) {
                means = Some(new);
            } else if let (Some(means), Some(first)) = (means, letters.chars().next()) {
                forms.entry(first).or_default().push(Form { letters, when, means });
            }
        }
        Self(forms)
    }

    /// The forms with which a text begins.
    pub(super) fn begun(&self, text: &str) -> Vec<&Form<T>> {
        let first = text.chars().next();
        let forms = first.and_then(|it| self.0.get(&it)).map(Vec::as_slice).unwrap_or_default();
        forms.iter().filter(|it| text.starts_with(&it.letters)).collect()
    }

    /// The longest forms that a word, as tables are asked for it, is one of.
    pub(super) fn of(&self, word: &str) -> Vec<&Form<T>> {
        let is_met = |it: &&Form<T>| match word.get(it.letters.len()..) {
            Some(tail) if it.when == When::Begins => tail.chars().count() <= TAIL,
            Some(tail) => tail.is_empty(),
            None => false,
        };
        let met: Vec<&Form<T>> = self.begun(word).into_iter().filter(is_met).collect();
        let longest = met.iter().map(|it| it.letters.len()).max().unwrap_or(0);
        met.into_iter().filter(|it| it.letters.len() == longest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_form_counts() {
        let forms = Forms::read("4 vier 40 vierzig 6 six.", |it| it.parse::<u64>().ok());
        let means = |word: &str| forms.of(word).iter().map(|it| it.means).collect::<Vec<_>>();
        assert_eq!(means("vierzig"), [40]);
        assert_eq!(means("vierten"), [4]);
        assert_eq!(means("sixty"), [0_u64; 0]);
    }
}
