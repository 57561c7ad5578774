//! Several number words as one number: `two hundred and fifty thousand`. Knows values, no words.

/// One, in hundredths.
const ONE: u64 = 100;

/// What a number word does in a number of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It is this, in hundredths.
    Value(u64),
    /// It multiplies the unit before it, such as the Vietnamese `mươi` that makes tens.
    Times(u64),
    /// It is added to the unit before it or, half as much as one, to the unit behind it.
    Plus(u64),
}

impl Part {
    /// Reads `23`, `2.5`, `x10` or `+10`; nothing where a form stands.
    pub(super) fn read(cell: &str) -> Option<Self> {
        let hundredths = |it: &str| {
            let (whole, rest) = it.split_once('.').unwrap_or((it, "0"));
            Some(whole.parse::<u64>().ok()? * ONE + rest.parse::<u64>().ok()? * 10)
        };
        match cell.strip_prefix('x') {
            Some(factor) => factor.parse().ok().map(Self::Times),
            None => match cell.strip_prefix('+') {
                Some(more) => hundredths(more).map(Self::Plus),
                None => hundredths(cell).map(Self::Value),
            },
        }
    }
}

/// In which order a language, known by its tag, puts a number together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules<'a>(pub(super) &'a str);

impl Rules<'_> {
    /// Whether ten and a unit are one number: `on yedi`.
    fn are_ten_first(self) -> bool {
        matches!(self.0, "tr" | "az" | "kk" | "ky" | "uz" | "vi" | "sw" | "am" | "hy" | "sq")
    }

    /// Whether a unit and ten are one number: `سبعة عشر`.
    fn are_unit_first(self) -> bool {
        matches!(self.0, "ar" | "he")
    }

    /// Whether a unit and tens that are joined are one number: `dreiundzwanzig`.
    fn are_turned(self) -> bool {
        matches!(self.0, "ar" | "cs" | "da" | "de" | "nl" | "sl")
    }

    /// Whether tens go by twenties: `ოცდათხუთმეტი` is twenty and fifteen.
    fn go_by_twenties(self) -> bool {
        self.0 == "ka"
    }

    /// Whether hundreds and thousands stand in front of what multiplies them: `elfu mbili`.
    fn multiply_behind(self) -> bool {
        self.0 == "sw"
    }
}

/// A number that grows word by word, in hundredths.
#[derive(Clone, Debug, Default)]
pub(super) struct Sum {
    /// What stands before the last thousand, million and so on.
    total: u64,
    /// The smallest of these.
    least: Option<u64>,
    /// What stands behind them.
    group: u64,
    /// Whether something was added since.
    open: bool,
}

impl Sum {
    /// The number.
    pub(super) fn value(&self) -> Option<u64> {
        self.total.checked_add(self.group)
    }

    /// Adds a part; tells whether it belongs to the number. `joined` is whether a word that means "and" or nothing
    /// at all stands in front of it.
    pub(super) fn add(&mut self, part: Part, joined: bool, rules: Rules<'_>) -> bool {
        match part {
            Part::Times(factor) => self.replace(|it| it * factor, is_unit(self.group)),
            Part::Plus(more) if more < ONE => self.replace(|it| it + more, self.group == 0),
            Part::Plus(more) => self.replace(|it| it + more, is_unit(self.group)),
            Part::Value(value) if value >= 100 * ONE && rules.multiply_behind() => {
                self.replace(|_| value, !self.open && self.total == 0)
                    && self.least.replace(0).is_none()
            }
            Part::Value(value) if value >= 1000 * ONE && value.is_multiple_of(1000 * ONE) => {
                self.multiply(value)
            }
            Part::Value(value) if value == 100 * ONE => {
                let several = (2 * ONE..20 * ONE).contains(&self.group) || self.group == ONE;
                self.replace(
                    |it| if several { it * 100 } else { it + value },
                    several || self.group == 0,
                )
            }
            Part::Value(value) => self.replace(|it| it + value, self.takes(value, joined, rules)),
        }
    }

    /// Changes what stands behind the last thousand, where that is good.
    fn replace(&mut self, change: impl Fn(u64) -> u64, good: bool) -> bool {
        let good = good && self.least != Some(0);
        if good {
            self.group = change(self.group);
            self.open = true;
        }
        good
    }

    /// Multiplies what stands behind the last thousand by a smaller one.
    fn multiply(&mut self, value: u64) -> bool {
        let good = self.least.is_none_or(|least| value < least)
            && (self.open || self.total == 0)
            && (self.group == 0 || self.group >= ONE);
        let times = if self.open { self.group } else { ONE };
        let Some(product) = times.checked_mul(value / ONE).filter(|_| good) else { return false };
        self.total = self.total.saturating_add(product);
        self.least = Some(value);
        self.group = 0;
        self.open = false;
        true
    }

    /// Whether a value below a thousand can be added.
    fn takes(&self, value: u64, joined: bool, rules: Rules<'_>) -> bool {
        let (below, unit) = (self.group % (100 * ONE), value < 10 * ONE);
        let tens = value.is_multiple_of(10 * ONE) && value < 100 * ONE;
        match below {
            0 => value < 100 * ONE || self.group == 0,
            50 => unit && self.group == below,
            _ if unit && below >= 20 * ONE && below.is_multiple_of(10 * ONE) => true,
            _ if unit && below == 10 * ONE => rules.are_ten_first(),
            _ if is_unit(below) && value == 10 * ONE => rules.are_unit_first() && !joined,
            _ if is_unit(below) && tens => rules.are_turned() && joined,
            _ if (10 * ONE..20 * ONE).contains(&value) => {
                rules.go_by_twenties() && below.is_multiple_of(20 * ONE)
            }
            _ => false,
        }
    }
}

/// Whether a value is a whole number from one to nine.
fn is_unit(value: u64) -> bool {
    (ONE..10 * ONE).contains(&value) && value.is_multiple_of(ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(parts: &str, base: &str) -> Option<u64> {
        let mut sum = Sum::default();
        let rules = Rules(base);
        let mut parts = parts.split(' ').map(|it| Part::read(it).unwrap());
        parts.all(|it| sum.add(it, true, rules)).then(|| sum.value())?
    }

    #[test]
    fn parts_are_one_number_in_the_order_of_their_language() {
        assert_eq!(value("2 100 50", "en"), Some(25_000));
        assert_eq!(value("2 100 50 1000 3", "en"), Some(25_000_300));
        assert_eq!(value("3 20", "de"), Some(2300));
        assert_eq!(value("10 7", "tr"), Some(1700));
        assert_eq!(value("2 x10 3", "vi"), Some(2300));
        assert_eq!(value("5 +10", "fi"), Some(1500));
        assert_eq!(value("2.5 100000", "hi"), Some(25_000_000));
        assert_eq!(value("+0.5 3 100000", "hi"), Some(35_000_000));
    }

    #[test]
    fn what_does_not_fit_is_another_number() {
        for parts in ["3 20", "2 3", "20 30", "10 7", "1000 1000000", "2 3 1000"] {
            assert_eq!(value(parts, "en"), None, "{parts}");
        }
        assert_eq!(value("1000 2", "sw"), None);
    }
}
