//! Passages in another language than the text around them, found by reading each alone.
//!
//! Says so only of what is plainly another language: a page that is not mixed stays as it is.

use super::identify::{Identification, identify_beside};
use crate::vocab::lang::Lang;
use crate::vocab::letter::is_letter;
use crate::vocab::page::Stretch;
use crate::vocab::prose::Passage;

/// How much of a passage is read at first, in bytes: most are seen to be in the language of the page.
const GLANCE: usize = 120;

/// How many letters a passage must have.
const LETTERS: usize = 50;

/// How many letters are enough where the passage is in another script than the page.
const LETTERS_OF_SCRIPT: usize = 20;

/// How sure its language must be, in thousandths.
const SURE: u16 = 700;

/// The greatest chance, in thousandths, that it is in the language of the page after all.
const DOUBT: u16 = 10;

/// How many short passages may stand between two in another language to be taken for theirs.
const BETWEEN: u32 = 2;

/// Languages so close that one sentence does not tell them apart.
const KIN: &[&[&str]] =
    &[&["bs", "hr", "sr", "sh", "sl"], &["nb", "nn", "no", "da"], &["id", "ms"]];

/// The stretches of a text that are in another language than `page`. `whole` is what the text seems to be
/// written in as a whole, which may differ from what a curator states.
pub(crate) fn stretches(passages: &[Passage], page: &Lang, whole: &Lang) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for (number, passage) in (1..).zip(passages) {
        let Some(lang) = other(&passage.text, [page, whole]) else { continue };
        match found.last_mut().filter(|it| it.lang == lang && follows(it, number, passages)) {
            Some(last) => last.to = Some(number),
            None => found.push(Stretch { at: number, to: None, lang }),
        }
    }
    found
}

/// Whether a passage goes on with a stretch: only passages too short to be read alone stand between.
fn follows(stretch: &Stretch, number: u32, passages: &[Passage]) -> bool {
    let from = stretch.to.unwrap_or(stretch.at);
    let between = passages.get(from as usize..number as usize - 1).unwrap_or_default();
    number - from <= BETWEEN + 1 && between.iter().all(|it| letters(&it.text) < LETTERS)
}

/// The language of a passage that is plainly in none of the given ones.
fn other(text: &str, known: [&Lang; 2]) -> Option<Lang> {
    if letters(text) < LETTERS_OF_SCRIPT {
        return None;
    }
    let glance = text.get(..text.floor_char_boundary(GLANCE)).unwrap_or_default();
    let first = identify_beside(glance, &known)?;
    let read = if glance.len() < text.len() { identify_beside(text, &known)? } else { first };
    differs(&read, text, known).then_some(read.0.lang)
}

/// Whether what was read in a passage is sure enough, and none of the known languages nor kin of them.
fn differs((read, doubt): &(Identification, u16), text: &str, known: [&Lang; 2]) -> bool {
    let scripted = known.iter().all(|it| it.written_in() != read.lang.written_in());
    let enough = if scripted { LETTERS_OF_SCRIPT } else { LETTERS };
    let sure = !read.lang.is_undetermined() && read.confidence >= SURE && *doubt <= DOUBT;
    sure && letters(text) >= enough
        && (scripted || !known.iter().any(|it| are_near(it, &read.lang)))
}

/// Whether two languages are one, or so close that one sentence does not tell them apart.
pub(super) fn are_near(one: &Lang, other: &Lang) -> bool {
    let pair = [one.base(), other.base()];
    pair[0] == pair[1] || KIN.iter().any(|kin| pair.iter().all(|base| kin.contains(base)))
}

/// How many letters a text has, counted as far as it matters; letters of wide scripts count twice.
fn letters(text: &str) -> usize {
    let wide = |c: char| 1 + usize::from(super::fold::is_wide(c));
    let mut count = 0;
    for c in text.chars().filter(|&c| is_letter(c)) {
        count += wide(c);
        if count >= LETTERS {
            break;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str], page: &str, whole: &str) -> Vec<(u32, Option<u32>, String)> {
        let passages: Vec<Passage> =
            texts.iter().map(|text| Passage { text: (*text).to_owned(), line: 1 }).collect();
        let [page, whole] = [page, whole].map(|tag| Lang::parse(tag).unwrap());
        let stretches = stretches(&passages, &page, &whole);
        stretches.into_iter().map(|it| (it.at, it.to, it.lang.to_string())).collect()
    }

    const POLISH: &str = "Rada miasta poinformowała w środę, że most zostanie otwarty przed zimą.";
    const ENGLISH: &str =
        "The town council said on Wednesday that the bridge will be opened before winter.";
    const ARABIC: &str = "قال مجلس المدينة يوم الأربعاء إن الجسر سيفتح قبل الشتاء.";

    #[test]
    fn passages_in_another_language_are_named() {
        let mixed = [POLISH, ENGLISH, "***", ENGLISH, POLISH, ARABIC];
        let said = [(2, Some(4), "en".to_owned()), (6, None, "ar".to_owned())];
        assert_eq!(found(&mixed, "pl", "pl"), said);
    }

    #[test]
    fn names_and_neighbours_are_not_other_languages() {
        let names = [POLISH, "John Smith, Reuters", "Yes.", POLISH];
        assert!(found(&names, "pl", "pl").is_empty());
        let croatian = "Vijeće grada priopćilo je u srijedu da će most biti otvoren prije zime.";
        assert!(found(&[croatian], "bs", "bs").is_empty());
    }

    #[test]
    fn a_stated_language_is_not_argued_with() {
        assert!(found(&[POLISH, POLISH], "csb", "pl").is_empty());
        assert_eq!(found(&[POLISH, ENGLISH], "csb", "pl").len(), 1);
    }
}
