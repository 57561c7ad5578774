//! Lines made comparable: what may differ between two printings of one line of furniture is taken away.
//! Only for looking things up; nothing folded is ever shown.

use super::letter::each_small;

/// A line in lower case, without marks that are not read (tatweel, Arabic vowel signs, joiners,
/// direction marks), with digits of every script as ASCII digits and every run of white space as one
/// space.
pub(crate) fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    for c in line.chars() {
        push(&mut folded, c);
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Adds one character to a folded line.
fn push(folded: &mut String, c: char) {
    if c.is_ascii() && !c.is_ascii_whitespace() {
        folded.push(c.to_ascii_lowercase());
    } else if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}') {
        if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    } else if let Some(digit) = digit(c) {
        folded.push(char::from(b'0' + digit));
    } else if !is_unread(c) {
        match c {
            '’' | '‘' | 'ʼ' | 'ʻ' => folded.push('\''),
            '\u{370}'..='\u{3ff}' => folded.extend(c.to_lowercase().map(without_accent)),
            'а'..='џ'
            | '\u{590}'..='\u{109f}'
            | '\u{2e80}'..='\u{a63f}'
            | '\u{ac00}'..='\u{d7ff}' => {
                // Small letters already, or letters that have no capitals: most of the press.
                folded.push(c);
            }
            _ => each_small(c, |c| {
                if c != '\u{307}' {
                    folded.push(c);
                }
            }),
        }
    }
}

/// A Greek letter without its accent, which capitals are printed without.
fn without_accent(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        other => other,
    }
}

/// A folded line in which every run of digits is one `#`.
pub(crate) fn mask(folded: &str) -> String {
    if !folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return folded.to_owned();
    }
    let mut masked = String::with_capacity(folded.len());
    for c in folded.chars() {
        if !c.is_ascii_digit() {
            masked.push(c);
        } else if !masked.ends_with('#') {
            masked.push('#');
        }
    }
    masked
}

/// Whether a character changes nothing in what is read: tatweel, vowel signs, joiners, direction marks, and
/// the dot that lower-casing the Turkish İ leaves behind.
fn is_unread(c: char) -> bool {
    matches!(c, '\u{307}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{ad}' | '\u{feff}')
        || matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{61c}' | '\u{fe0e}' | '\u{fe0f}')
}

/// The first of each run of ten decimal digits in scripts that the press uses (Unicode category Nd),
/// ascending.
const ZEROS: &[char] = &[
    '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '០', '᠐',
    '０',
];

/// The value of a decimal digit of any script.
pub(crate) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    // Most letters of the press stand before the first of these digits or between two of the last.
    if (c as u32) < 0x660 || matches!(c, '\u{1820}'..='\u{ff0f}') {
        return None;
    }
    let at = ZEROS.partition_point(|&zero| zero <= c).checked_sub(1)?;
    let past = c as u32 - *ZEROS.get(at)? as u32;
    (past < 10).then_some(past as u8)
}

/// How much room a text takes: letters of wide scripts count twice.
pub(crate) fn width(text: &str) -> usize {
    let characters = || text.bytes().filter(|byte| byte & 0xc0 != 0x80).count();
    // No wide letter is written with a first byte below this one.
    if text.bytes().any(|byte| byte >= 0xe1) {
        text.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
    } else {
        characters()
    }
}

/// Whether a character belongs to a script that says about twice as much in one sign.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}')
        || matches!(c, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a letter is a small one of a script that has capitals. Unicode counts the common letters of
/// Georgian as small, but its press writes no capitals.
pub(crate) fn is_small(c: char) -> bool {
    c.is_lowercase() && !matches!(c, '\u{10d0}'..='\u{10ff}')
}

/// Whether a letter is of a script whose sentences end with a blank and whose words stand together: Thai,
/// Lao, Khmer, Burmese.
pub(crate) fn is_unstopped(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Whether a text ends as a sentence does, closing quotation marks and brackets aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(is_closing);
    if text.ends_with("..") || text.ends_with('…') {
        return false;
    }
    text.ends_with(['.', '!', '?', '。', '！', '？', '।', '॥', '۔', '؟', '։', '።', '။', '។', '｡'])
}

/// Whether a text ends as a statement does: with a full stop, not with a question or a cry.
pub(crate) fn ends_statement(text: &str) -> bool {
    let text = text.trim_end_matches(is_closing);
    ends_sentence(text) && !text.ends_with(['!', '?', '！', '？', '؟'])
}

/// Whether a character closes a quotation or a bracket, or is a blank.
fn is_closing(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '"' | '\''
                | '”'
                | '’'
                | '“'
                | '»'
                | '›'
                | ')'
                | ']'
                | '」'
                | '』'
                | '）'
                | '*'
                | '_'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printings_of_one_line_fold_alike() {
        assert_eq!(fold("أصـــداء\u{a0} |"), fold("أصداء |"));
        assert_eq!(fold("  Share\tTHIS "), "share this");
        assert_eq!(mask(&fold("№ ٤١ — 12,5")), "№ # — #,#");
        assert_eq!(fold("२१ जून २०२४"), "21 जून 2024");
        assert_eq!(fold("ΔΙΑΒΑΣΤΕ ΑΚΟΜΗ"), fold("Διαβάστε ακόμη"));
    }

    #[test]
    fn sentence_ends_are_seen_behind_quotes() {
        assert!(ends_sentence("… powiedział.”"));
        assert!(ends_sentence("結束。」"));
        assert!(!ends_sentence("الأحداث الأخيرة.."));
        assert!(!ends_statement("Who pays?"));
    }
}
