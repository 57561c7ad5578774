//! Decimals and thousands as Arabic and Persian texts write them: `۳۵/۲ درصد` and `٣٥،٢` are 35.2.
//!
//! Knows the quantities of one passage and joins those that are parts of one number.

use super::quantity::{Measure, Quantity, behind, leading};
use super::scripts::digit;
use crate::vocab::lang::Lang;

/// Words behind a number that say that it can be a decimal, as they begin.
const MEASURED: &[&str] = &[
    "٪",
    "%",
    "درصد",
    "فیصد",
    "سلنه",
    "لەسەدا",
    "في المئة",
    "في المائة",
    "بالمئة",
    "بالمائة",
    "درجه",
    "متر",
    "کیلو",
    "سانتی",
    "میلی",
    "کیلومتر",
    "تن",
    "لیتر",
    "هکتار",
    "دلار",
    "یورو",
    "تومان",
    "ریال",
    "ریشتر",
    "برابر",
    "نفر",
    "ساعت",
    "سال",
];

/// Joins numbers that are the parts of one; where it is not sure what they are together they state nothing.
pub(super) fn join(text: &str, lang: &Lang, found: &mut Vec<Quantity>) {
    let is_number = |it: &&Quantity| it.firm && it.measure == Measure::Number;
    let mut numbers: Vec<Quantity> = found.iter().filter(is_number).copied().collect();
    numbers.sort_unstable();
    for pair in numbers.windows(2) {
        let &[whole, part] = pair else { continue };
        let Some(joined) = joined(text, lang, [whole, part]) else { continue };
        for it in found.iter_mut().filter(|it| **it == whole || **it == part) {
            it.firm = false;
        }
        found.push(joined);
    }
}

/// Two numbers with a sign between them.
struct Pair<'a> {
    sign: &'a str,
    /// The digits of each.
    digits: [&'a str; 2],
    /// What stands behind both.
    behind: &'a str,
}

impl<'a> Pair<'a> {
    /// Two numbers with nothing but a sign between, that are no part of a chain of more.
    fn read(text: &'a str, [whole, part]: [Quantity; 2]) -> Option<Self> {
        let sign = text.get(whole.to as usize..part.from as usize)?;
        let digits = [whole, part].map(|it| digits(behind(text, it.from)));
        let chained = text.get(..whole.from as usize)?.ends_with(sign)
            || behind(text, part.from).get(digits[1].len()..)?.starts_with(sign);
        let good = matches!(sign, "/" | "،") && (1..=3).contains(&digits[0].chars().count());
        (good && !chained).then_some(Self { sign, digits, behind: behind(text, part.to) })
    }

    /// Whether both are written in the digits of Arabic or Persian.
    fn is_eastern(&self) -> bool {
        let eastern = |c: char| matches!(c, '٠'..='٩' | '۰'..='۹');
        self.digits.iter().all(|it| it.chars().all(eastern))
    }

    /// The value of both together, in hundredths.
    fn value(&self) -> Option<u64> {
        let [whole, part] = [leading(self.digits[0])?, leading(self.digits[1])?];
        match (self.sign, self.digits[1].chars().count()) {
            (_, 1) => Some(whole * 100 + part * 10),
            (_, 2) => Some(whole * 100 + part),
            ("،", 3) => Some((whole * 1000 + part) * 100),
            _ => None,
        }
    }
}

/// What two numbers are together.
fn joined(text: &str, lang: &Lang, pair: [Quantity; 2]) -> Option<Quantity> {
    let [whole, part] = pair;
    let pair = Pair::read(text, pair)?;
    let spoken = matches!(lang.base(), "fa" | "ps" | "prs" | "ckb");
    let own = leading(pair.digits[1])?.saturating_mul(100);
    let factor = part.value.checked_div(own).unwrap_or(1).max(1);
    let rest = pair.behind.trim_start();
    let sure = factor > 1 || pair.sign == "،" || MEASURED.iter().any(|it| rest.starts_with(it));
    let value = pair.value()?.saturating_mul(factor);
    let good = pair.is_eastern() || spoken && sure && pair.sign == "/";
    good.then_some(Quantity { to: part.to, value, firm: sure, ..whole })
}

/// The digits with which a text begins.
fn digits(text: &str) -> &str {
    let end = text.find(|c| digit(c).is_none()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::quantity::quantities;
    use super::*;

    /// The values of a text that are firm.
    fn firm(text: &str, tag: &str) -> Vec<u64> {
        let lang = Lang::parse(tag).unwrap();
        quantities(text, &lang).into_iter().filter(|it| it.firm).map(|it| it.value).collect()
    }

    #[test]
    fn decimals_of_arabic_and_persian_texts_are_one_number() {
        for (text, tag) in [
            ("۳۵/۲ درصد", "fa"),
            ("35/2 درصد", "fa"),
            ("٣٥،٢", "ar"),
            ("٣٥٫٢", "ar"),
            ("35.2", "ar"),
        ] {
            assert_eq!(firm(text, tag), [3520], "{text}");
        }
        assert_eq!(firm("۳/۵ میلیون نفر", "fa"), [350_000_000]);
        assert_eq!(firm("٢٥،٠٠٠", "ar"), [2_500_000]);
    }

    #[test]
    fn what_is_perhaps_no_decimal_states_nothing() {
        assert!(firm("۱۱/۹", "fa").is_empty());
        assert_eq!(firm("11/9", "fa"), [1100, 900]);
        assert_eq!(firm("٣، ٥", "ar"), [300, 500]);
        assert_eq!(firm("٣،٥،٧", "ar"), [300, 500, 700]);
    }
}
