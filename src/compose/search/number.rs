//! Numbers in any notation as one term: `2 500`, `2,500`, `2.500` and `٢٬٥٠٠` are `2500`.
//!
//! Its twin stands in `themes/default/search-fold.js`.

use super::chars::digit;

/// The most groups of digits that are read together.
const MOST: usize = 8;

/// Digits with nothing between them.
#[derive(Clone, Copy, Default)]
struct Group {
    /// What stands before it; NUL before the first.
    separator: char,
    /// Where it begins and ends in the text, in bytes.
    from: usize,
    /// Its end.
    to: usize,
    /// How many digits it has.
    digits: usize,
}

/// Reads the number or numbers that begin where a digit stands; hands on each as a term with its place
/// in bytes, and gives the place behind the last.
pub(super) fn read(text: &str, start: usize, hand: &mut dyn FnMut(&str, usize, usize)) -> usize {
    let mut groups = [Group::default(); MOST];
    let count = gather(text, start, &mut groups);
    let mut rest = groups.get(..count).unwrap_or_default();
    let mut end = start;
    let mut term = String::new();
    while let Some((first, tail)) = rest.split_first() {
        let whole = thousands(text, *first, tail);
        let behind = tail.get(whole..).unwrap_or_default();
        let decimal = behind.first().filter(|it| is_decimal(*first, **it, behind.get(1)));
        term.clear();
        let joined = std::iter::once(first).chain(tail.iter().take(whole));
        joined.for_each(|it| digits(text, *it, &mut term));
        strip_zeros(&mut term);
        end = tail.get(whole.wrapping_sub(1)).unwrap_or(first).to;
        if let Some(decimal) = decimal {
            fraction(text, *decimal, &mut term);
            end = decimal.to;
        }
        hand(&term, first.from, end);
        rest = behind.get(usize::from(decimal.is_some())..).unwrap_or_default();
    }
    end
}

/// Finds the groups of digits that may belong together; gives how many there are.
fn gather(text: &str, start: usize, groups: &mut [Group; MOST]) -> usize {
    let mut count = 0;
    let mut at = start;
    let mut separator = '\0';
    while let Some(slot) = groups.get_mut(count) {
        let digits = text.get(at..).unwrap_or_default().chars();
        let (mut to, mut length) = (at, 0);
        for c in digits.take_while(|&c| digit(c).is_some()) {
            to += c.len_utf8();
            length += 1;
        }
        if length == 0 {
            break;
        }
        *slot = Group { separator, from: at, to, digits: length };
        count += 1;
        let next = text.get(to..).and_then(|rest| rest.chars().next());
        let Some(next) = next.filter(|&c| separates(c)) else { break };
        separator = next;
        at = to + next.len_utf8();
    }
    count
}

/// Whether a character can stand inside a number.
fn separates(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | ',' | '.' | '\'' | '’' | '\u{66c}' | '\u{66b}'
    )
}

/// How many of the following groups are thousands of the number that begins with `first`.
fn thousands(text: &str, first: Group, tail: &[Group]) -> usize {
    let Some(separator) = tail.first().map(|it| it.separator) else { return 0 };
    let leading = text.get(first.from..).and_then(|rest| rest.chars().next());
    if first.digits > 3 || leading.and_then(digit) == Some(0) || separator == '\u{66b}' {
        return 0;
    }
    let groups = |digits| move |it: &&Group| it.digits == digits && it.separator == separator;
    let threes = tail.iter().take_while(groups(3)).count();
    let twos = tail.iter().take_while(groups(2)).count();
    // In India groups of two digits come before the last one of three: `12,34,567`.
    let lakhs = separator == ',' && twos > 0 && tail.get(twos).as_ref().is_some_and(groups(3));
    if lakhs { twos + 1 } else { threes }
}

/// Whether a group is the decimal part of the number that begins with `first`. What is parted more than
/// once, such as a date, is not.
fn is_decimal(first: Group, group: Group, next: Option<&Group>) -> bool {
    let same = |it: &Group| it.separator == group.separator;
    let again = same(&first) || next.is_some_and(same);
    let point = matches!(group.separator, '.' | ',' | '\u{66b}');
    point && !again
}

/// Adds the digits of a group.
fn digits(text: &str, group: Group, term: &mut String) {
    let digits = text.get(group.from..group.to).unwrap_or_default().chars().filter_map(digit);
    term.extend(digits.map(|it| char::from(b'0' + it)));
}

/// Takes away zeros in front, but for the last digit, and digits beyond the 32nd.
fn strip_zeros(term: &mut String) {
    let zeros = term.bytes().take_while(|&it| it == b'0').count();
    term.drain(..zeros.min(term.len().saturating_sub(1)));
    term.truncate(32);
}

/// Adds a decimal part without zeros behind; nothing where only zeros are left.
fn fraction(text: &str, group: Group, term: &mut String) {
    let whole = term.len();
    term.push('.');
    digits(text, group, term);
    term.truncate(whole + 33);
    term.truncate(term.trim_end_matches('0').len());
    if term.len() == whole + 1 {
        term.truncate(whole);
    }
}
