//! Numbers counted in hundreds, thousands and myriads: `1만 2272`, `2만 5천` and `3億5000万` are one number each.
//! Knows the numbers of one passage, each by itself.

use super::numbers::han_unit;
use super::{Space, Trace};

/// The numbers of a passage; what is written in parts is one.
pub(super) fn joined(text: &str, traces: &[Trace]) -> Vec<Trace> {
    let mut numbers: Vec<(Trace, u64)> = Vec::new();
    for trace in traces.iter().filter(|it| it.space == Space::Number) {
        let (own, unit) = scaled(text, *trace);
        match numbers.last_mut() {
            Some((last, part)) if own.key < *part * 100 && is_next(text, last, &own) => {
                last.key = last.key.saturating_add(own.key);
                last.len = own.at + own.len - last.at;
                *part = unit;
            }
            _ => numbers.push((own, unit)),
        }
    }
    numbers.into_iter().map(|it| it.0).collect()
}

/// A number with the unit that is written behind it or ends it, and that unit; nought where there is none.
fn scaled(text: &str, number: Trace) -> (Trace, u64) {
    let end = (number.at + number.len) as usize;
    let behind = text.get(end..).and_then(|it| it.chars().next());
    if let Some((unit, sign)) = behind.and_then(|c| Some((hangul_unit(c)?, c))) {
        let key = number.key.saturating_mul(unit);
        return (Trace { key, len: number.len + sign.len_utf8() as u32, ..number }, unit);
    }
    let last = text.get(..end).and_then(|it| it.chars().next_back());
    (number, last.and_then(han_unit).unwrap_or(0))
}

/// Whether a number stands right behind another, but for a space.
fn is_next(text: &str, one: &Trace, next: &Trace) -> bool {
    let between = text.get((one.at + one.len) as usize..next.at as usize);
    between.is_some_and(|it| it.is_empty() || it == " ")
}

/// The value of a unit in Hangul.
fn hangul_unit(c: char) -> Option<u64> {
    match c {
        '백' => Some(100),
        '천' => Some(1000),
        '만' => Some(10_000),
        '억' => Some(100_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::evidence::traces;
    use crate::vocab::lang::Lang;

    #[test]
    fn a_number_in_parts_is_one() {
        for (text, tag, value) in [
            ("1만 2272km 떨어진", "ko", 12_272),
            ("2만 5천 명", "ko", 25_000),
            ("3億5000万円", "ja", 350_000_000),
            ("1万2272公里", "zh", 12_272),
        ] {
            let traces = traces(text, &Lang::parse(tag).unwrap());
            let values: Vec<u64> = joined(text, &traces).iter().map(|it| it.key).collect();
            assert_eq!(values, [value * 100], "{text}");
        }
    }
}
