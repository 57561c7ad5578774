//! Number words of scripts in which they are not parted from what stands behind them: Chinese and Japanese signs,
//! Korean and Thai words.

use super::numerals::quantity;
use super::quantity::Quantity;
use super::scripts::{Script, digit, script};
use super::spellings::{Word, words};

/// Single signs that are numbers in Chinese and Japanese.
const HAN: &[(&str, u64)] = &[
    ("一", 1),
    ("二", 2),
    ("两", 2),
    ("兩", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("八", 8),
    ("九", 9),
    ("十", 10),
    ("百", 100),
    ("千", 1000),
    ("廿", 20),
];

/// Korean words for tens, as they stand before units and by themselves.
const KOREAN_TENS: &[(&str, u64)] = &[
    ("열", 10),
    ("스물", 20),
    ("스무", 20),
    ("서른", 30),
    ("마흔", 40),
    ("쉰", 50),
    ("예순", 60),
    ("일흔", 70),
    ("여든", 80),
    ("아흔", 90),
];

/// Korean words for units; those of one syllable begin other words, too.
const KOREAN_UNITS: &[(&str, u64)] = &[
    ("하나", 1),
    ("한", 1),
    ("두", 2),
    ("둘", 2),
    ("세", 3),
    ("셋", 3),
    ("네", 4),
    ("넷", 4),
    ("다섯", 5),
    ("여섯", 6),
    ("일곱", 7),
    ("여덟", 8),
    ("아홉", 9),
];

/// The Sino-Korean digits and units.
const SINO: (&str, &[(char, u64)]) = (
    "일이삼사오육칠팔구",
    &[('십', 10), ('백', 100), ('천', 1000), ('만', 10_000), ('억', 100_000_000)],
);

/// Thai words for digits.
const THAI_DIGITS: &[(&str, u64)] = &[
    ("หนึ่ง", 1),
    ("เอ็ด", 1),
    ("สอง", 2),
    ("ยี่", 2),
    ("สาม", 3),
    ("สี่", 4),
    ("ห้า", 5),
    ("หก", 6),
    ("เจ็ด", 7),
    ("แปด", 8),
    ("เก้า", 9),
];

/// Thai words for units.
const THAI_UNITS: &[(&str, u64)] = &[
    ("สิบ", 10),
    ("ร้อย", 100),
    ("พัน", 1000),
    ("หมื่น", 10_000),
    ("แสน", 100_000),
    ("ล้าน", 1_000_000),
];

/// Thai words that begin like a number: able, common, husband, forbid, percent, species, stumble.
const THAI_OTHERS: &[&str] = &["สามารถ", "สามัญ", "สามี", "ห้าม", "ร้อยละ", "พันธ", "หกล้ม"];

/// Adds the numbers that a passage spells out; none of them states anything by itself.
pub(super) fn spelled(text: &str, base: &str, found: &mut Vec<Quantity>) {
    let mut add = |from: usize, to: usize, value: u64| {
        found.push(quantity(Word { from, to }, value.saturating_mul(100), false));
    };
    match base {
        "ko" => korean(text, &mut add),
        "th" => thai(text, &mut add),
        _ => {
            for &(sign, value) in HAN {
                text.match_indices(sign).for_each(|(at, it)| add(at, at + it.len(), value));
            }
        }
    }
}

/// Reads Korean words.
fn korean(text: &str, add: &mut impl FnMut(usize, usize, u64)) {
    for &(word, value) in KOREAN_UNITS.iter().filter(|it| it.0 != "한" && it.0 != "넷") {
        text.match_indices(word).for_each(|(at, it)| add(at, at + it.len(), value));
    }
    for word in words(text) {
        let written = word.of(text);
        let begun = |table: &[(&str, u64)], text: &str| {
            table.iter().find(|it| text.starts_with(it.0)).map(|it| (it.0.len(), it.1))
        };
        if let Some((length, ten)) = begun(KOREAN_TENS, written) {
            let rest = written.get(length..).unwrap_or_default();
            let unit = begun(KOREAN_UNITS, rest).unwrap_or((0, 0));
            add(word.from, word.from + length + unit.0, ten + unit.1);
        }
        if let Some((length, value)) = sino(written) {
            add(word.from, word.from + length, value);
        }
    }
}

/// The Sino-Korean number with which a word begins: `이천`, `이백오십`.
fn sino(word: &str) -> Option<(usize, u64)> {
    let (mut total, mut group, mut unit, mut length, mut parts) = (0_u64, 0_u64, None, 0, 0);
    for c in word.chars() {
        if let Some(at) = SINO.0.chars().position(|it| it == c) {
            if unit.replace(at as u64 + 1).is_some() {
                return None;
            }
        } else if let Some(&(_, factor)) = SINO.1.iter().find(|it| it.0 == c) {
            let times = unit.take();
            if factor >= 10_000 {
                total = above(total, group, times, factor);
                group = 0;
            } else {
                group = group.saturating_add(times.unwrap_or(1) * factor);
            }
            parts += 1;
        } else {
            break;
        }
        length += c.len_utf8();
    }
    // A single unit begins many other words; so does a digit by itself.
    (parts > 0 && word.chars().count() >= 2 && length > 3)
        .then(|| (length, total.saturating_add(group).saturating_add(unit.unwrap_or(0))))
}

/// A number with what stands before a great unit: groups of digits and units below it, or the unit alone.
fn above(total: u64, group: u64, digit: Option<u64>, factor: u64) -> u64 {
    let times = group.saturating_add(digit.unwrap_or(0)).max(1);
    total.saturating_add(times.saturating_mul(factor))
}

/// Reads Thai words.
fn thai(text: &str, add: &mut impl FnMut(usize, usize, u64)) {
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|it| it.chars().next()) {
        let figures =
            text.get(..at).is_some_and(|it| it.trim_end().ends_with(|c| digit(c).is_some()));
        let number =
            if script(c) == Script::Continuous && !figures { thai_at(text, at) } else { None };
        match number {
            Some((end, value)) => {
                add(at, end, value);
                at = end;
            }
            None => at += c.len_utf8(),
        }
    }
}

/// The Thai number at an offset: where it ends, and its value.
fn thai_at(text: &str, from: usize) -> Option<(usize, u64)> {
    let (mut end, mut total, mut group, mut unit) = (from, 0_u64, 0_u64, None);
    while let Some(rest) = text.get(end..)
        && !THAI_OTHERS.iter().any(|it| rest.starts_with(it))
    {
        let begun = |table: &[(&str, u64)]| {
            table.iter().find(|it| rest.starts_with(it.0)).map(|it| (it.0.len(), it.1))
        };
        if let Some((length, value)) = begun(THAI_DIGITS).filter(|_| unit.is_none()) {
            unit = Some(value);
            end += length;
        } else if let Some((length, factor)) = begun(THAI_UNITS) {
            if factor == 1_000_000 {
                total = above(total, group, unit.take(), factor);
                group = 0;
            } else {
                group = group.saturating_add(unit.take().unwrap_or(1) * factor);
            }
            end += length;
        } else {
            break;
        }
    }
    (end > from).then(|| (end, total.saturating_add(group).saturating_add(unit.unwrap_or(0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, base: &str) -> Vec<u64> {
        let mut found = Vec::new();
        spelled(text, base, &mut found);
        found.iter().map(|it| it.value / 100).collect()
    }

    #[test]
    fn words_before_what_they_count_are_read() {
        assert!(values("스물두 명", "ko").contains(&22));
        assert!(values("이백 채", "ko").contains(&200));
        assert!(values("열한 번째", "ko").contains(&11));
        assert_eq!(values("สองพันห้าร้อยคน", "th"), [2500]);
        assert_eq!(values("สามล้านคน", "th"), [3_000_000]);
    }

    #[test]
    fn other_words_are_none() {
        assert_eq!(values("이 사람", "ko"), [0_u64; 0]);
        assert_eq!(values("สามารถห้าม", "th"), [0_u64; 0]);
    }
}
