//! Numbers with magnitudes, and such as are written in parts: `1만 2272`, `5 bin 500`, `3億5千萬` and `2 crore 50
//! lakh` are one number each. Knows the numbers of one passage, each by itself.

use super::magnitudes;
use super::numbers::{self, han_unit};
use super::quantity::value_of;
use super::scripts::digit;
use super::{Space, Trace};

/// What may stand between two parts of one number.
const JOINTS: &[&str] = &["", " ", "\u{a0}", " و ", " و", " na ", " and "];

/// Languages that write a decimal point, not a comma.
const POINT: &str = "en he hi bn ur th zh yue ja ko ta te ml kn gu mr pa ne si my ms sw am ti ha so tl fil mn as or";

/// A number, and whether a magnitude belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    /// The number, its magnitude included.
    pub(super) trace: Trace,
    /// Whether it holds a magnitude.
    pub(super) scaled: bool,
    /// The last of its magnitudes, below which another part must stay; nought where there is none.
    part: u64,
}

/// The numbers of a passage; what is written in parts is one.
pub(super) fn joined(text: &str, base: &str, traces: &[Trace]) -> Vec<Counted> {
    let mut numbers: Vec<Counted> = Vec::new();
    for trace in traces.iter().filter(|it| it.space == Space::Number) {
        let own = counted(text, base, *trace);
        match numbers.last_mut() {
            Some(last) if own.trace.at < last.trace.at + last.trace.len => {}
            Some(last)
                if own.trace.key < last.part.saturating_mul(100) && is_next(text, last, &own) =>
            {
                last.trace.key = last.trace.key.saturating_add(own.trace.key);
                last.trace.len = own.trace.at + own.trace.len - last.trace.at;
                last.part = own.part;
            }
            _ => numbers.push(own),
        }
    }
    numbers
}

/// A number with its magnitude. Where the magnitudes of the language are not known, the trace holds it already.
fn counted(text: &str, base: &str, number: Trace) -> Counted {
    let from = number.at as usize;
    let end = from + number.len as usize;
    let written = text.get(from..end).unwrap_or_default();
    let alone = Counted { trace: number, scaled: false, part: 0 };
    if !written.starts_with(|c| digit(c).is_some()) {
        let unit = written.chars().next_back().and_then(han_unit).unwrap_or(0);
        return Counted { part: unit, ..alone };
    }
    if !magnitudes::are_known(base) {
        return Counted { scaled: written.contains(char::is_alphabetic), ..alone };
    }
    let Some(read) = numbers::read(text, from).filter(|it| it.day.is_none()) else { return alone };
    let (key, end) = with_fraction(text, read.hundredths, read.end);
    let len = |to: usize, from: usize| (to - from) as u32;
    let plain = Trace { key, len: len(end, from), ..number };
    let times = |factor: u64| {
        let written = text.get(from..read.end).unwrap_or_default();
        let thousandths = thousandths(written, base);
        thousandths.map_or(key.saturating_mul(factor), |it| it.saturating_mul(factor) / 10)
    };
    if let Some((factor, start)) = magnitudes::before(text, from, base) {
        let trace = Trace { key: times(factor), at: start as u32, len: len(end, start), ..number };
        return Counted { trace, scaled: true, part: factor };
    }
    match magnitudes::behind(text, (from, end), base) {
        Some((factor, part, to)) => {
            let trace = Trace { key: times(factor), len: len(to, from), ..number };
            Counted { trace, scaled: true, part }
        }
        None => Counted { trace: plain, ..alone },
    }
}

/// A number in hundredths together with the sign of a fraction right behind it, and the offset behind both: `1½`.
pub(super) fn with_fraction(text: &str, hundredths: u64, end: usize) -> (u64, usize) {
    let sign = text.get(end..).and_then(|it| it.chars().next());
    let part = match sign {
        Some('¼') => 25,
        Some('½') => 50,
        Some('¾') => 75,
        _ => return (hundredths, end),
    };
    (hundredths.saturating_add(part), end + sign.map_or(0, char::len_utf8))
}

/// The value in thousandths of a number with three digits behind the decimal sign of a language: before a
/// magnitude, `2.345` is no two thousand.
fn thousandths(written: &str, base: &str) -> Option<u64> {
    let sign = if POINT.split(' ').any(|it| it == base) { '.' } else { ',' };
    let (whole, rest) = written.split_once([sign, '٫'])?;
    let thousands = value_of(whole)?.checked_mul(1000).filter(|_| rest.chars().count() == 3)?;
    thousands.checked_add(value_of(rest)?)
}

/// Whether a number stands right behind another, but for a space or a word that joins them.
fn is_next(text: &str, one: &Counted, next: &Counted) -> bool {
    let end = (one.trace.at + one.trace.len) as usize;
    let between = text.get(end..next.trace.at as usize);
    between.is_some_and(|it| JOINTS.contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::evidence::traces;
    use crate::vocab::lang::Lang;

    fn values(text: &str, tag: &str) -> Vec<u64> {
        let lang = Lang::parse(tag).unwrap();
        let traces = traces(text, &lang);
        joined(text, lang.base(), &traces).iter().map(|it| it.trace.key).collect()
    }

    #[test]
    fn a_number_in_parts_is_one() {
        for (text, tag, value) in [
            ("1만 2272km 떨어진", "ko", 12_272),
            ("2만 5천 명", "ko", 25_000),
            ("3억 5천만 원", "ko", 350_000_000),
            ("2조 5천억 원", "ko", 2_500_000_000_000),
            ("3億5000万円", "ja", 350_000_000),
            ("2兆5000億円", "ja", 2_500_000_000_000),
            ("3億5千萬", "zh", 350_000_000),
            ("3千万", "zh", 30_000_000),
            ("1万2272公里", "zh", 12_272),
            ("5 bin 500 kişi", "tr", 5500),
            ("1 milyon 250 bin", "tr", 1_250_000),
            ("۵ هزار و ۵۰۰ نفر", "fa", 5500),
            ("৫ হাজার ৫০০ মানুষ", "bn", 5500),
            ("2 करोड़ 50 लाख", "hi", 25_000_000),
            ("5 мың 500 адам", "kk", 5500),
        ] {
            assert_eq!(values(text, tag), [value * 100], "{text}");
        }
    }

    #[test]
    fn magnitudes_of_many_languages_are_one_value() {
        for (text, tag, value) in [
            ("2,5 milyar lira", "tr", 2_500_000_000),
            ("২.৫ কোটি টাকা", "bn", 25_000_000),
            ("၂၅ သိန်း", "my", 2_500_000),
            ("shilingi milioni 350", "sw", 350_000_000),
            ("5 แสนล้านบาท", "th", 500_000_000_000),
            ("2,5 nghìn tỷ đồng", "vi", 2_500_000_000_000),
            ("25 de milioane de lei", "ro", 25_000_000),
            ("25 mil millones", "es", 25_000_000_000),
            ("$2.5bn", "en", 2_500_000_000),
            ("2,5 M€", "fr", 2_500_000),
            ("2½ million", "en", 2_500_000),
            ("2.345 million", "en", 2_345_000),
            ("2,345 Millionen", "de", 2_345_000),
            ("2.500 millones", "es", 2_500_000_000),
        ] {
            assert_eq!(values(text, tag), [value * 100], "{text}");
        }
    }

    #[test]
    fn no_magnitude_is_too_great() {
        assert_eq!(values("3兆百万 5", "zh"), [u64::MAX]);
        assert_eq!(values("3 ล้านล้านล้าน 5", "th"), [u64::MAX]);
    }

    #[test]
    fn what_is_no_magnitude_multiplies_nothing() {
        for (text, tag, value) in [
            ("25 bina", "tr", 25),
            ("10千米", "zh", 10),
            ("헌법 제10조", "ko", 10),
            ("2.5m wide", "en", 250),
            ("25 พันธุ์", "th", 25),
        ] {
            let value = if value == 250 { 250 } else { value * 100 };
            assert_eq!(values(text, tag), [value], "{text}");
        }
    }
}
