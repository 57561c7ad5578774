//! Numbers in any notation brought to one value. Knows digits and separators, no months and no words.

use super::scripts::digit;

/// A number as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value in hundredths.
    pub(super) hundredths: u64,
    /// Byte offset behind it.
    pub(super) end: usize,
    /// Month and day, where the number is a date in digits: `10.01.2022`, `2022-01-10`.
    pub(super) day: Option<(u32, u32)>,
}

/// Digits without anything between them.
#[derive(Clone, Copy, Debug)]
struct Group {
    value: u64,
    digits: usize,
    end: usize,
    /// The separator in front; NUL for the first.
    separator: char,
}

/// The most groups that are read as one number.
const MOST: usize = 5;

/// Reads the number that begins at a byte offset where a digit stands.
pub(super) fn read(text: &str, start: usize) -> Option<Number> {
    let mut groups = [None; MOST];
    let mut count = 0;
    let mut at = start;
    let mut separator = '\0';
    while let Some(slot) = groups.get_mut(count) {
        let Some(group) = group(text, at, separator) else { break };
        *slot = Some(group);
        count += 1;
        let rest = text.get(group.end..).unwrap_or_default();
        let Some(next) = rest.chars().next().filter(|&c| separates(c)) else { break };
        separator = next;
        at = group.end + next.len_utf8();
    }
    let groups =
        groups.map(|it| it.unwrap_or(Group { value: 0, digits: 0, end: 0, separator: ' ' }));
    value(groups.get(..count).unwrap_or_default())
}

/// Whether a character can stand inside a number or a date.
fn separates(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | ',' | '.' | '\'' | '’' | '٬' | '٫' | '/' | '-'
    )
}

/// Reads digits from a byte offset.
fn group(text: &str, start: usize, separator: char) -> Option<Group> {
    let mut group = Group { value: 0, digits: 0, end: start, separator };
    for c in text.get(start..)?.chars() {
        let Some(value) = digit(c) else { break };
        group.value = group.value.wrapping_mul(10).wrapping_add(u64::from(value));
        group.digits += 1;
        group.end += c.len_utf8();
    }
    (group.digits > 0).then_some(group)
}

/// What the groups mean together; the first alone where they mean nothing together.
fn value(groups: &[Group]) -> Option<Number> {
    let first = *groups.first()?;
    let whole = |value: u64, end| Number { hundredths: value.wrapping_mul(100), end, day: None };
    if let [a, b, c, ..] = groups
        && let Some(number) = date(*a, *b, *c)
    {
        return Some(number);
    }
    let thousands = thousands(groups).or_else(|| lakhs(groups));
    if let Some((value, end, used)) = thousands {
        let mut number = whole(value, end);
        if let Some(decimal) = groups.get(used).filter(|it| is_decimal(**it, groups.get(used + 1)))
        {
            number.hundredths = number.hundredths.wrapping_add(fraction(*decimal));
            number.end = decimal.end;
        }
        return Some(number);
    }
    if let Some(decimal) = groups.get(1).filter(|it| is_decimal(**it, groups.get(2))) {
        let hundredths = first.value.wrapping_mul(100).wrapping_add(fraction(*decimal));
        return Some(Number { hundredths, end: decimal.end, day: None });
    }
    Some(whole(first.value, first.end))
}

/// Joins groups of three behind a first group of at most three: value, end and how many were joined.
fn thousands(groups: &[Group]) -> Option<(u64, usize, usize)> {
    let (first, rest) = groups.split_first()?;
    let separator = rest.first()?.separator;
    if first.digits > 3 || first.value == 0 || matches!(separator, '/' | '-' | '٫') {
        return None;
    }
    let joined: Vec<&Group> =
        rest.iter().take_while(|it| it.digits == 3 && it.separator == separator).collect();
    let last = joined.last()?;
    let value =
        joined.iter().fold(first.value, |sum, it| sum.wrapping_mul(1000).wrapping_add(it.value));
    Some((value, last.end, joined.len() + 1))
}

/// Joins groups of two and a last one of three, as India writes them, `2,50,000`: value, end and how many were joined.
fn lakhs(groups: &[Group]) -> Option<(u64, usize, usize)> {
    let (first, rest) = groups.split_first()?;
    let commas = rest.iter().take_while(|it| it.separator == ',');
    let joined: Vec<&Group> = commas.collect();
    let (last, pairs) = joined.split_last()?;
    let good = !pairs.is_empty() && pairs.iter().all(|it| it.digits == 2) && last.digits == 3;
    let value =
        pairs.iter().fold(first.value, |sum, it| sum.wrapping_mul(100).wrapping_add(it.value));
    let value = value.wrapping_mul(1000).wrapping_add(last.value);
    (good && first.digits <= 2 && first.value > 0).then_some((value, last.end, joined.len() + 1))
}

/// Whether a group is the decimal part of the number before it.
fn is_decimal(group: Group, next: Option<&Group>) -> bool {
    let another = next.is_some_and(|next| next.separator == group.separator);
    matches!(group.separator, '.' | ',' | '٫') && group.digits <= 2 && !another
}

/// The hundredths of a decimal part.
fn fraction(group: Group) -> u64 {
    if group.digits == 1 { group.value * 10 } else { group.value }
}

/// Three groups as a date: day, month, year or year, month, day. The year counts as the number.
fn date(a: Group, b: Group, c: Group) -> Option<Number> {
    if !matches!(b.separator, '.' | '/' | '-') || b.separator != c.separator {
        return None;
    }
    let (year, month, day) = match (a.digits, b.digits, c.digits) {
        (4, 1..=2, 1..=2) => (a.value, b.value, c.value),
        (1..=2, 1..=2, 4) if b.value <= 12 => (c.value, b.value, a.value),
        (1..=2, 1..=2, 4) => (c.value, a.value, b.value),
        _ => return None,
    };
    let good =
        (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..=2999).contains(&year);
    good.then(|| Number {
        hundredths: year * 100,
        end: c.end,
        day: Some((month as u32, day as u32)),
    })
}

/// The value of a run of Han numerals, `二〇二二` or `三百五十`; `None` for other characters.
pub(super) fn han_numeral(run: &[char]) -> Option<u64> {
    let positional = run.iter().all(|&c| han_digit(c).is_some());
    if positional {
        return run.iter().try_fold(0_u64, |sum, &c| Some(sum.wrapping_mul(10) + han_digit(c)?));
    }
    let (mut total, mut section, mut pending) = (0_u64, 0_u64, None);
    for &c in run {
        if let Some(value) = han_digit(c) {
            pending = Some(value);
            continue;
        }
        let unit = han_unit(c)?;
        if unit >= 10_000 {
            section += pending.take().unwrap_or(0);
            total = total.wrapping_add(section.max(1).wrapping_mul(unit));
            section = 0;
        } else {
            section += pending.take().unwrap_or(1) * unit;
        }
    }
    Some(total.wrapping_add(section).wrapping_add(pending.unwrap_or(0)))
}

/// The value of a Han digit.
fn han_digit(c: char) -> Option<u64> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match c {
        '零' => Some(0),
        '两' | '兩' => Some(2),
        _ => digits.iter().position(|&it| it == c).map(|at| at as u64),
    }
}

/// The value of a Han unit.
pub(super) fn han_unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '万' | '萬' => Some(10_000),
        '亿' | '億' => Some(100_000_000),
        _ => None,
    }
}

/// Whether a character belongs to Han numerals.
pub(super) fn is_han_numeral(c: char) -> bool {
    han_digit(c).is_some() || han_unit(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(text: &str) -> u64 {
        read(text, 0).unwrap().hundredths
    }

    #[test]
    fn notations_meet() {
        for text in ["2500", "2 500", "2,500 men", "2.500", "2\u{a0}500", "2’500", "٢٬٥٠٠", "২৫০০"]
        {
            assert_eq!(value_of(text), 250_000, "{text}");
        }
        for text in ["2.5", "2,5", "2,50", "٢٫٥"] {
            assert_eq!(value_of(text), 250, "{text}");
        }
        assert_eq!(value_of("1,234,567.8"), 123_456_780);
        assert_eq!(value_of("2,50,000"), 25_000_000);
        assert_eq!(value_of("1,20,50,000.5"), 1_205_000_050);
        assert_eq!(value_of("2,50,00"), 200);
        assert_eq!(value_of("2022 300"), 202_200);
        assert_eq!(value_of("5.0.4"), 500);
    }

    #[test]
    fn dates_in_digits_are_days() {
        for text in ["10.01.2022", "10/1/2022", "2022-01-10", "01/31/2022"] {
            let number = read(text, 0).unwrap();
            assert_eq!(number.hundredths, 202_200, "{text}");
            assert_eq!(number.day.unwrap().0, 1, "{text}");
        }
        assert_eq!(read("99.99.2022", 0).unwrap().day, None);
    }

    #[test]
    fn han_numerals_are_read() {
        let value = |text: &str| han_numeral(&text.chars().collect::<Vec<_>>());
        assert_eq!(value("二〇二二"), Some(2022));
        assert_eq!(value("三百五十"), Some(350));
        assert_eq!(value("十五"), Some(15));
        assert_eq!(value("两千五百"), Some(2500));
        assert_eq!(value("一亿二千万"), Some(120_000_000));
        assert_eq!(value("人人"), None);
    }
}
