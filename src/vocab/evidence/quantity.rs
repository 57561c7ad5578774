//! Numbers and days as facts: what is stated, and where it stands.
//!
//! Stands on the traces of numbers and days and adds other readings of the same figures, so that one
//! figure in two notations is one fact: `10:30` and `10.30`, `12.000` as twelve or twelve thousand,
//! `five` and `5`. Knows one passage at a time, and nothing of versions.

use super::numerals;
use super::{Space, Trace, traces};
use crate::vocab::lang::Lang;

/// What a quantity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// A number, in hundredths.
    Number,
    /// A day of the year: month times a hundred plus day.
    Day,
}

/// A number or a day that a passage states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity {
    /// Byte offset where it begins.
    pub from: u32,
    /// Byte offset where it ends.
    pub to: u32,
    /// What it is.
    pub measure: Measure,
    /// Its value, in the unit of its measure.
    pub value: u64,
    /// Whether this is how it is written. Other readings are not firm: they can meet what another
    /// version states, and state nothing themselves.
    pub firm: bool,
}

/// The quantities of a passage, in the order of the text.
pub fn quantities(text: &str, lang: &Lang) -> Vec<Quantity> {
    let traces = traces(text, lang);
    let days: Vec<&Trace> = traces.iter().filter(|it| it.space == Space::Day).collect();
    let mut found: Vec<Quantity> = days.iter().map(|day| of(day, Measure::Day)).collect();
    for trace in traces.iter().filter(|it| it.space == Space::Number) {
        let dated = days.iter().any(|day| overlap(day, trace) && trace.key != 0);
        let year = trace.key >= 100_000;
        let number = of(trace, Measure::Number);
        found.push(Quantity { firm: !dated || year, ..number });
        readings(text, number, &mut found);
    }
    numerals::spelled(text, lang, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// The quantity that a trace states.
fn of(trace: &Trace, measure: Measure) -> Quantity {
    Quantity { from: trace.at, to: trace.at + trace.len, measure, value: trace.key, firm: true }
}

/// Whether two traces share a byte.
fn overlap(a: &Trace, b: &Trace) -> bool {
    a.at < b.at + b.len && b.at < a.at + a.len
}

/// Adds the other readings of a number: its groups of digits each for itself, joined to a decimal with
/// the group behind a colon, and as thousandths.
fn readings(text: &str, number: Quantity, found: &mut Vec<Quantity>) {
    let soft = |value: u64| Quantity { value, firm: false, ..number };
    let written = text.get(number.from as usize..number.to as usize).unwrap_or_default();
    let groups: Vec<u64> = written.split(|c: char| !c.is_numeric()).filter_map(value_of).collect();
    if groups.len() > 1 {
        found.extend(groups.iter().map(|&value| soft(value.saturating_mul(100))));
        let joined = groups.iter().try_fold(0_u64, |sum, &group| {
            sum.checked_mul(if group < 100 { 100 } else { 1000 })?.checked_add(group)
        });
        found.extend(joined.map(|value| soft(value.saturating_mul(100))));
        found.extend(groups.first().map(|&whole| {
            let tail = groups.get(1).copied().unwrap_or(0);
            soft(whole.saturating_mul(100) + if tail < 100 { tail } else { tail / 10 })
        }));
    }
    let behind = text.get(number.to as usize..).unwrap_or_default();
    if let Some(minutes) = behind.strip_prefix([':', '.', 'h', '–', '-']).and_then(leading)
        && minutes < 100
    {
        found.push(soft(number.value + minutes));
    }
    for factor in [1000, 1_000_000] {
        found.push(soft(number.value.saturating_mul(factor)));
        if number.value > 0 && number.value.is_multiple_of(factor) {
            found.push(soft(number.value / factor));
        }
    }
}

/// The value of some digits of any script.
fn value_of(digits: &str) -> Option<u64> {
    let mut value = None;
    for c in digits.chars() {
        let digit = super::scripts::digit(c)?;
        value = Some(value.unwrap_or(0_u64).checked_mul(10)?.checked_add(u64::from(digit))?);
    }
    value
}

/// The number that a text begins with.
fn leading(text: &str) -> Option<u64> {
    let end = text.find(|c: char| !c.is_numeric()).unwrap_or(text.len());
    value_of(text.get(..end)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firm(text: &str, tag: &str) -> Vec<(Measure, u64)> {
        let lang = Lang::parse(tag).unwrap();
        let all = quantities(text, &lang).into_iter().filter(|it| it.firm);
        all.map(|it| (it.measure, it.value)).collect()
    }

    fn says(text: &str, tag: &str, number: u64) -> bool {
        let lang = Lang::parse(tag).unwrap();
        quantities(text, &lang).iter().any(|it| it.value == number * 100)
    }

    #[test]
    fn one_number_in_many_notations() {
        for (text, tag) in [
            ("about 2,500 people", "en"),
            ("około 2500 osób", "pl"),
            ("environ 2\u{a0}500 personnes", "fr"),
            ("2\u{2009}500 personnes", "fr"),
            ("rund 2.500 Menschen", "de"),
            ("٢٥٠٠ شخص", "ar"),
            ("٢٬٥٠٠ شخص", "ar"),
            ("二千五百人", "zh"),
            ("2,5 tys. osób", "pl"),
            ("2.5 thousand people", "en"),
        ] {
            assert_eq!(firm(text, tag), [(Measure::Number, 250_000)], "{text}");
        }
    }

    #[test]
    fn a_day_is_one_fact_with_its_number() {
        for (text, tag) in
            [("10 stycznia 2022 r.", "pl"), ("January 10, 2022", "en"), ("في 10 يناير 2022", "ar")]
        {
            let days = [(Measure::Day, 110), (Measure::Number, 202_200)];
            let mut found = firm(text, tag);
            found.sort_unstable_by_key(|it| std::cmp::Reverse(it.0));
            assert_eq!(found, days, "{text}");
        }
    }

    #[test]
    fn words_for_small_numbers_meet_figures() {
        assert!(says("five people", "en", 5));
        assert!(says("pięciu osób", "pl", 5));
        assert!(says("fünf Menschen", "de", 5));
        assert!(says("пятеро человек", "ru", 5));
        assert!(!says("the livelihood", "en", 5));
    }

    #[test]
    fn hours_meet_decimals() {
        assert!(says("at 10.30", "fi", 30) && says("at 10.30", "fi", 10));
        let lang = Lang::parse("en").unwrap();
        assert!(quantities("at 10:30", &lang).iter().any(|it| it.value == 1030));
    }
}
