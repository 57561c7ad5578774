//! Numbers and days as facts: what is stated, and where it stands.
//!
//! Stands on the traces of numbers and days and adds other readings of the same figures, so that one
//! figure in two notations is one fact: `10:30` and `10.30`, `12.000` as twelve or twelve thousand,
//! `five` and `5`. Knows one passage at a time, and nothing of versions.

use super::myriads::{self, Counted};
use super::{Space, Trace, days, eastern, elsewhere, numerals, traces};
use crate::vocab::lang::Lang;
use crate::vocab::letter::is_digit;

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
    stated(text, lang, &traces(text, lang))
}

/// The same of a passage that has been read: these traces stand in it.
pub fn stated(text: &str, lang: &Lang, traces: &[Trace]) -> Vec<Quantity> {
    let traces = if has_figures(text, lang) { traces } else { &[] };
    let counted = myriads::joined(text, lang.base(), traces);
    let numbers: Vec<Trace> = counted.iter().map(|it| it.trace).collect();
    let days = stated_days(text, lang, traces);
    let days: Vec<Quantity> = days.into_iter().chain(parted_days(text, &numbers)).collect();
    let mut found = days.clone();
    found.extend(days.iter().filter_map(|it| turned(text, it)));
    for Counted { trace, scaled, .. } in &counted {
        let number = of(trace, Measure::Number);
        let dated = days.iter().any(|day| day.firm && overlap(day, &number) && trace.key != 0);
        let year = trace.key >= 100_000;
        let (value, to) = myriads::with_fraction(text, number.value, number.to as usize);
        let number = Quantity { value, to: to as u32, ..number };
        let month = behind(text, number.to).trim_start().starts_with(['月', '월']);
        found.push(Quantity { firm: !month && (!dated || year), ..number });
        readings(text, number, &mut found);
        if !scaled {
            thousandfold(number, &mut found);
        }
        if !dated && !is_hour(behind(text, number.to)) {
            found.extend(days.iter().filter_map(|day| other_end(text, day, number)));
        }
    }
    join_versions(text, &mut found);
    eastern::join(text, lang, &mut found);
    elsewhere::add(text, lang, &mut found);
    numerals::spelled(text, lang, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// The days that a passage states: those in figures as they were recognised, those in words read from the names
/// of months. Where the table has no months of the language, all are as they were recognised.
fn stated_days(text: &str, lang: &Lang, traces: &[Trace]) -> Vec<Quantity> {
    let named = days::named(text, lang);
    let day = |it: &&Trace| it.space == Space::Day && !is_hour(behind(text, it.at + it.len));
    let known = traces.iter().filter(day).map(|it| of(it, Measure::Day)).filter(|it| {
        let written = text.get(it.from as usize..it.to as usize).unwrap_or_default();
        named.is_none()
            || !written.contains(|c: char| c.is_alphabetic() && !matches!(c, '月' | '월'))
    });
    let mut known: Vec<Quantity> = known.collect();
    let is_new = |it: &Quantity| !known.iter().any(|other| overlap(it, other));
    let more: Vec<Quantity> = named.unwrap_or_default().into_iter().filter(is_new).collect();
    known.extend(more);
    known
}

/// Whether a passage can hold figures that are no plain words.
fn has_figures(text: &str, lang: &Lang) -> bool {
    matches!(lang.base(), "zh" | "ja" | "yue") || text.chars().any(is_digit)
}

/// The quantity that a trace states.
fn of(trace: &Trace, measure: Measure) -> Quantity {
    Quantity { from: trace.at, to: trace.at + trace.len, measure, value: trace.key, firm: true }
}

/// Whether two quantities share a byte.
fn overlap(a: &Quantity, b: &Quantity) -> bool {
    a.from < b.to && b.from < a.to
}

/// Reads numbers that are joined by points, `2.6.32`, as one: its parts state nothing by themselves.
fn join_versions(text: &str, found: &mut Vec<Quantity>) {
    let mut firm: Vec<usize> = (0..found.len())
        .filter(|&at| found.get(at).is_some_and(|it| it.firm && it.measure == Measure::Number))
        .collect();
    firm.sort_by_key(|&at| found.get(at).map(|it| it.from));
    let joined = |a: &usize, b: &usize| match (found.get(*a), found.get(*b)) {
        (Some(a), Some(b)) => a.to + 1 == b.from && behind(text, a.to).starts_with('.'),
        _ => false,
    };
    let chains: Vec<Vec<usize>> =
        firm.chunk_by(joined).filter(|it| it.len() > 1).map(<[usize]>::to_vec).collect();
    for chain in chains {
        let ends = (
            chain.first().and_then(|&at| found.get(at)),
            chain.last().and_then(|&at| found.get(at)),
        );
        let (Some(&first), Some(&last)) = ends else { continue };
        let written = text.get(first.from as usize..last.to as usize).unwrap_or_default();
        let groups = written.split('.').filter_map(value_of);
        let value = groups.fold(0_u64, |sum, it| sum.saturating_mul(1000).saturating_add(it));
        for at in chain {
            if let Some(part) = found.get_mut(at) {
                part.firm = false;
            }
        }
        found.push(Quantity { to: last.to, value: value.saturating_mul(100), ..first });
    }
}

/// What stands behind a byte of a text.
pub(super) fn behind(text: &str, at: u32) -> &str {
    text.get(at as usize..).unwrap_or_default()
}

/// Whether the number before this is an hour: `17` of `17:00`.
fn is_hour(behind: &str) -> bool {
    behind.strip_prefix(':').and_then(|it| it.chars().next()).is_some_and(char::is_numeric)
}

/// The other reading of a day that is written in figures alone: `6/7` is the sixth of July or the seventh
/// of June.
fn turned(text: &str, day: &Quantity) -> Option<Quantity> {
    let written = text.get(day.from as usize..day.to as usize)?;
    let (month, number) = (day.value / 100, day.value % 100);
    (number <= 12 && !written.contains(char::is_alphabetic)).then_some(Quantity {
        value: number * 100 + month,
        firm: false,
        ..*day
    })
}

/// Whether the hour before this is one after noon: `:01:24 PM` behind `09`.
fn is_afternoon(behind: &str) -> bool {
    let end = behind.trim_start_matches(|c: char| c == ':' || c.is_numeric()).trim_start();
    end.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("pm")) || end.starts_with("p.m.")
}

/// Days whose month and day are written with spaces around their signs: `12 月 26 日`.
fn parted_days(text: &str, numbers: &[Trace]) -> Vec<Quantity> {
    let day = |pair: &[Trace]| {
        let [month, day] = pair else { return None };
        let between = text.get((month.at + month.len) as usize..day.at as usize)?.trim();
        let good = (100..=1200).contains(&month.key) && (100..=3100).contains(&day.key);
        (matches!(between, "月" | "월") && good).then(|| Quantity {
            to: day.at + day.len,
            measure: Measure::Day,
            value: month.key + day.key / 100,
            ..of(month, Measure::Day)
        })
    };
    numbers.windows(2).filter_map(day).collect()
}

/// How many bytes may stand between the two ends of a span of days: `du 22 au 25 juin`.
const SPAN: u32 = 14;

/// The other end of a span of days: a number near a day, read as a day of the same month.
fn other_end(text: &str, day: &Quantity, number: Quantity) -> Option<Quantity> {
    let gap = if number.to <= day.from { (number.to, day.from) } else { (day.to, number.from) };
    let between = text.get(gap.0 as usize..gap.1 as usize)?;
    let near = gap.1 - gap.0 <= SPAN && !between.contains(['.', ';', '。']) || between == ".-";
    let good = (100..=3100).contains(&number.value) && number.value.is_multiple_of(100);
    let value = day.value / 100 * 100 + number.value / 100;
    (near && good).then_some(Quantity { measure: Measure::Day, value, firm: false, ..number })
}

/// Adds the other readings of a number: its groups of digits each for itself, joined to a decimal with
/// the group behind a colon.
fn readings(text: &str, number: Quantity, found: &mut Vec<Quantity>) {
    let soft = |value: u64| Quantity { value, firm: false, ..number };
    let written = text.get(number.from as usize..number.to as usize).unwrap_or_default();
    let groups: Vec<u64> = written.split(|c: char| !c.is_numeric()).filter_map(value_of).collect();
    if groups.len() > 1 {
        let decimal = groups.len() == 2 && written.contains(['.', ',', '٫']);
        let parts = if decimal { &[] } else { groups.as_slice() };
        found.extend(parts.iter().map(|&value| soft(value.saturating_mul(100))));
        let joined = groups.iter().try_fold(0_u64, |sum, &group| {
            sum.checked_mul(if group < 100 { 100 } else { 1000 })?.checked_add(group)
        });
        found.extend(joined.map(|value| soft(value.saturating_mul(100))));
        found.extend(groups.first().map(|&whole| {
            let tail = groups.get(1).copied().unwrap_or(0);
            let tail = if tail < 100 { tail } else { tail / 10 };
            soft(whole.saturating_mul(100).saturating_add(tail))
        }));
    }
    let behind = behind(text, number.to);
    if let Some(minutes) = behind.strip_prefix([':', '.', 'h', '–', '-']).and_then(leading)
        && minutes < 100
    {
        found.push(soft(number.value.saturating_add(minutes)));
    }
    if is_afternoon(behind) {
        found.push(soft(number.value.saturating_add(1200)));
    }
}

/// Adds the readings of a number without a magnitude as so many thousands or millions: its magnitude may stand
/// elsewhere, or not be known.
fn thousandfold(number: Quantity, found: &mut Vec<Quantity>) {
    let mut soft = |value: u64| found.push(Quantity { value, firm: false, ..number });
    for factor in [1000, 1_000_000] {
        soft(number.value.saturating_mul(factor));
        if number.value > 0 && number.value.is_multiple_of(factor) {
            soft(number.value / factor);
        }
    }
}

/// The value of some digits of any script.
pub(super) fn value_of(digits: &str) -> Option<u64> {
    let mut value = None;
    for c in digits.chars() {
        let digit = super::scripts::digit(c)?;
        value = Some(value.unwrap_or(0_u64).checked_mul(10)?.checked_add(u64::from(digit))?);
    }
    value
}

/// The number that a text begins with.
pub(crate) fn leading(text: &str) -> Option<u64> {
    let end = text.find(|c: char| !c.is_numeric()).unwrap_or(text.len());
    value_of(text.get(..end)?)
}

/// The number with which a text ends.
pub(crate) fn trailing(text: &str) -> Option<u64> {
    value_of(text.get(text.trim_end_matches(char::is_numeric).len()..)?)
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
    fn spans_of_days_meet() {
        for (text, tag) in [
            ("June 22nd - 25th", "en"),
            ("du 22 au 25 juin", "fr"),
            ("22.-25. juni", "da"),
            ("22-25 czerwca", "pl"),
        ] {
            let lang = Lang::parse(tag).unwrap();
            let found = quantities(text, &lang);
            for day in [622, 625] {
                assert!(
                    found.iter().any(|it| it.measure == Measure::Day && it.value == day),
                    "{text}: {day}"
                );
            }
        }
        assert_eq!(firm("nov 17:00", "da"), [(Measure::Number, 1700), (Measure::Number, 0)]);
        assert_eq!(firm("12 月 26 日", "ja"), [(Measure::Day, 1226)]);
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
    fn a_version_is_one_number() {
        let number = |value: u64| (Measure::Number, value * 100);
        assert_eq!(firm("kernel 2.6.32 and 5 more", "en"), [number(2_006_032), number(5)]);
        assert_eq!(firm("on 4.5. and 6.", "en"), [(Measure::Number, 450), number(6)]);
    }

    #[test]
    fn what_may_be_no_day_states_none() {
        let days = |text, tag| firm(text, tag).into_iter().filter(|it| it.0 == Measure::Day);
        assert_eq!(
            days("odbędzie się od 9 do 13 lipca", "pl").collect::<Vec<_>>(),
            [(Measure::Day, 713)]
        );
        assert_eq!(days("Mai – 1. Juni", "de").collect::<Vec<_>>(), [(Measure::Day, 601)]);
        let meeting = "odbędzie się 11 września w Warszawie";
        assert_eq!(days(meeting, "pl").collect::<Vec<_>>(), [(Measure::Day, 911)]);
        assert_eq!(firm("7 月から続く", "ja"), []);
        let lang = Lang::parse("fr").unwrap();
        let found = quantities("du 6/7/1999", &lang);
        assert!([607, 706].iter().all(|day| found.iter().any(|it| it.value == *day)), "{found:?}");
    }

    #[test]
    fn signs_of_fractions_belong_to_their_number() {
        assert_eq!(firm("över 1½ år", "sv"), [(Measure::Number, 150)]);
    }

    #[test]
    fn hours_meet_decimals() {
        let lang = Lang::parse("en").unwrap();
        for text in ["at 10:30", "at 10.30"] {
            assert!(quantities(text, &lang).iter().any(|it| it.value == 1030), "{text}");
        }
        assert!(!says("version 5.4", "en", 5));
        assert!(says("at 09:01:24PM", "en", 21) && says("at 9 p.m.", "en", 21));
    }
}
