//! Where the sentences of a passage end, and where a sentence could be cut.
//!
//! Stands on the sentence boundaries of Unicode (UAX #29) and mends what they cannot know: initials,
//! abbreviations, ordinals with a full stop, stray quotation marks. Knows nothing of versions.

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

use crate::vocab::lang::Lang;
use crate::vocab::letter::is_letter_or_digit;

/// A place inside a sentence where it could be cut if another version says its halves apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cut {
    /// Byte offset in the passage: where the second half begins.
    pub(crate) at: u32,
    /// What marks the place.
    pub(crate) mark: Mark,
}

/// What marks a place where a sentence could be cut, from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// Nothing but the space between two words.
    Space,
    /// A comma, or a space in a script that parts no words by spaces.
    Comma,
    /// A semicolon, a colon or a dash.
    Stop,
}

/// The byte ranges of a passage's sentences; together they cover the passage.
pub(crate) fn sentences(text: &str, lang: &Lang) -> Vec<(u32, u32)> {
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let mut found: Vec<(u32, u32)> = Vec::new();
    let mut from = 0;
    for to in segmenter.segment_str(text).filter(|&to| to > 0) {
        let piece = text.get(from..to).unwrap_or_default();
        let rest = text.get(to..).unwrap_or_default();
        if rest.is_empty() || !runs_on(piece, rest, lang) {
            push(&mut found, text, (from, to));
            from = to;
        }
    }
    if from < text.len() {
        push(&mut found, text, (from, text.len()));
    }
    found
}

/// Adds a sentence; a piece without a letter or digit belongs to the sentence before it.
fn push(found: &mut Vec<(u32, u32)>, text: &str, (from, to): (usize, usize)) {
    let bare = !text.get(from..to).unwrap_or_default().chars().any(char::is_alphanumeric);
    match found.last_mut() {
        Some(last) if bare => last.1 = to as u32,
        _ => found.push((from as u32, to as u32)),
    }
}

/// Whether what Unicode takes for the end of a sentence is none.
fn runs_on(piece: &str, rest: &str, lang: &Lang) -> bool {
    let trimmed = piece.trim_end();
    let Some(body) = trimmed.strip_suffix('.') else { return false };
    let word = body.rsplit(|c: char| c.is_whitespace() || "(„“”«\"'-–".contains(c)).next();
    let word = word.unwrap_or(body);
    let next = rest.trim_start().chars().next();
    is_initial(word)
        || is_initials_without_case(word, rest)
        || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
        || (is_small_number(word) && ORDINAL_STOP.contains(&lang.base()))
        || next.is_some_and(char::is_lowercase)
}

/// Whether a word before a full stop is the initial of a name: `K.`, `Дж.`, `J.-P.`.
fn is_initial(word: &str) -> bool {
    let mut letters = word.rsplit(['.', '-']).next().unwrap_or(word).chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    first && letters.next().is_none_or(char::is_lowercase) && word.chars().count() <= 2
}

/// Whether a word before a full stop is an abbreviation in a script without capitals, or begins one: `พ.ศ.`,
/// `ዓ.ም.`. A sentence may end in a short word, but no other letter then stands right behind its stop.
fn is_initials_without_case(word: &str, rest: &str) -> bool {
    let caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    let single = |part: &str| part.chars().count() == 1 && part.chars().all(caseless);
    word.split('.').all(single) && (word.contains('.') || rest.starts_with(caseless))
}

/// Whether a word before a full stop is a number that may be the day of a date.
fn is_small_number(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Languages that write ordinals with a full stop after the digits.
const ORDINAL_STOP: &[&str] = &[
    "az", "bs", "cs", "da", "de", "et", "fi", "fo", "hr", "hsb", "hu", "is", "lb", "lt", "lv",
    "nb", "nn", "no", "sk", "sl", "sr", "tr",
];

/// Abbreviations that stand before the word they belong to, in lower case without the last full stop.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "sra", "mme", "mlle", "no", "nr", "núm",
    "art", "ul", "im", "tzw", "m.in", "np", "gen", "płk", "col", "lt", "sgt", "maj", "hr", "hrn",
    "bzw", "z.b", "u.a", "ca", "vs", "e.g", "i.e", "cf", "тов", "г", "гг", "ул", "им", "т.е",
    "т.н", "д", "св", "проф", "акад", "vol", "fig", "sig", "dott", "on", "avv", "ing", "ltd",
    "inc", "ks", "bp", "abp", "tel", "ok", "ust", "par", "pkt", "č", "čl", "čís", "tzn", "tj",
    "sv", "др", "см",
];

/// The places where a sentence could be cut, in order; `from..to` is the sentence in the passage.
pub(crate) fn cuts(text: &str, range: (u32, u32)) -> Vec<Cut> {
    let mut cuts = Vec::new();
    each_cut(text, range, |cut| cuts.push(cut));
    cuts
}

/// The strongest mark at which a sentence could be cut.
pub(crate) fn pause(text: &str, range: (u32, u32)) -> Option<Mark> {
    let mut pause = None;
    each_cut(text, range, |cut| pause = pause.max(Some(cut.mark)));
    pause
}

/// Tells every place where a sentence could be cut, in order.
fn each_cut(text: &str, (from, to): (u32, u32), mut tell: impl FnMut(Cut)) {
    let sentence = text.get(from as usize..to as usize).unwrap_or_default();
    let mut before: Option<Mark> = None;
    let mut spaced = false;
    for (at, c) in sentence.char_indices() {
        if before.is_none() && !spaced && is_letter_or_digit(c) {
            continue;
        }
        let mark = mark_of(c);
        if c.is_whitespace() || c == '፡' {
            spaced = true;
            continue;
        }
        let standing = before.filter(|_| spaced || is_wide(c)).or(spaced.then_some(Mark::Space));
        if mark.is_none() && !is_closing(c) {
            if let Some(mark) = standing.filter(|_| at > 0) {
                tell(Cut { at: from + at as u32, mark: raised(mark, c) });
            }
            before = None;
            spaced = false;
        } else if let Some(mark) = mark {
            before = before.max(Some(mark));
        }
    }
}

/// A bare space parts clauses in scripts that do not part words by spaces.
fn raised(mark: Mark, next: char) -> Mark {
    if mark == Mark::Space && is_unspaced(next) { Mark::Comma } else { mark }
}

/// What kind of pause a character marks.
fn mark_of(c: char) -> Option<Mark> {
    match c {
        ';' | '؛' | '；' | ':' | '：' | '—' | '–' | '․' | '。' | '።' | '፤' | '·' | '.' | '!'
        | '?' | '؟' | '۔' | '।' | '՝' => Some(Mark::Stop),
        ',' | '،' | '，' | '、' | '፣' => Some(Mark::Comma),
        _ => None,
    }
}

/// Whether a character closes what stands before it.
fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '»' | '”' | '’' | '"' | '」' | '』' | '）')
}

/// Whether a character belongs to a script without spaces between words.
fn is_unspaced(c: char) -> bool {
    is_wide(c) || matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF)
}

/// Whether a character is a Han character or kana.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'a>(text: &'a str, lang: &str) -> Vec<&'a str> {
        let lang = Lang::parse(lang).unwrap();
        let range = |(from, to)| text.get(from as usize..to as usize).unwrap().trim();
        sentences(text, &lang).into_iter().map(range).collect()
    }

    #[test]
    fn initials_years_and_ordinals_end_no_sentence() {
        assert_eq!(shown("Am 10. Januar 2022 kam K. Tokajew. Er ging.", "de").len(), 2);
        assert_eq!(shown("Było to 10 stycznia 2022 r. w mieście. Potem nie.", "pl").len(), 2);
        assert_eq!(shown("We saw 10. Then we left in 2022. It rained.", "en").len(), 3);
    }

    #[test]
    fn abbreviations_without_capitals_end_no_sentence() {
        assert_eq!(shown("เมื่อวันที่ ๗ ตุลาคม พ.ศ. ๒๕๖๔ ในเมือง", "th").len(), 1);
        assert_eq!(shown("መስከረም 27 ቀን 2014 ዓ.ም. በከተማው ነበር። ሌላ ነገር።", "am").len(), 2);
        assert_eq!(shown("그는 갔다. 다시 왔다.", "ko").len(), 2);
    }

    #[test]
    fn every_script_ends_its_own_sentences() {
        assert_eq!(shown("这是第一句。这是第二句！", "zh").len(), 2);
        assert_eq!(shown("هل رأيت؟ نعم. ثم ذهبنا؛ ولم نعد.", "ar").len(), 3);
        assert_eq!(shown("ሰው፡ነው።፡ትምህርት፡ነው።", "am").len(), 2);
    }

    #[test]
    fn a_stray_closing_mark_stays_with_its_sentence() {
        assert_eq!(shown("It is declared. “", "en"), ["It is declared. “"]);
    }

    #[test]
    fn sentences_cover_the_passage() {
        let text = "  One. Two?! „Three.” (Four) ";
        let all = sentences(text, &Lang::parse("en").unwrap());
        assert_eq!(all.first().unwrap().0, 0);
        assert_eq!(all.last().unwrap().1 as usize, text.len());
        assert!(all.windows(2).all(|pair| pair[0].1 == pair[1].0));
    }

    #[test]
    fn cuts_know_what_marks_them() {
        let text = "قتلوا، ثم ذهبوا؛ عادوا";
        let marks: Vec<Mark> = cuts(text, (0, text.len() as u32)).iter().map(|c| c.mark).collect();
        assert_eq!(marks, [Mark::Comma, Mark::Space, Mark::Stop]);
        assert!(cuts("2,500", (0, 5)).is_empty());
    }
}
