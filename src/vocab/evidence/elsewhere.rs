//! Years and days of other calendars, read as those of the common one: `۱۴۰۱` is 2022, `令和7年` is 2025.
//!
//! Adds readings to the quantities of a passage, where its language or a mark of the era speaks for a calendar.

use super::quantity::{Measure, Quantity, behind, value_of};
use super::scripts::digit;
use crate::vocab::calendars::{self, BUDDHA, Calendar, persian};
use crate::vocab::lang::Lang;

/// How many bytes may stand between a day and the year behind it: ` ቀን `, ` من سنة `.
const BETWEEN: usize = 24;

/// What stands behind years of the Islamic calendar.
const ISLAMIC: &[&str] = &["هـ", "ھ", "هجري", "ہجری", "هجری قمری", "قمری", "AH"];

/// A passage with the language it is in.
#[derive(Clone, Copy)]
struct Passage<'a> {
    text: &'a str,
    base: &'a str,
}

/// A month of another calendar at a number: its calendar, its number there, and its bytes.
struct Month {
    calendar: Calendar,
    number: u32,
    at: (usize, usize),
}

/// Adds what the years and days of other calendars are in the common one.
pub(super) fn add(text: &str, lang: &Lang, found: &mut Vec<Quantity>) {
    let passage = Passage { text, base: lang.base() };
    passage.convert_days(found);
    let numbers: Vec<Quantity> = found.iter().copied().filter(is_whole).collect();
    for number in numbers {
        if let Some(day) = passage.day(number, found) {
            // Of no other version's days is it the number.
            found.retain(|it| *it != number);
            found.extend(day);
        } else if let Some(year) = passage.of_reign(number) {
            found.push(year);
            withdraw(found, number);
        } else {
            let years = passage.years(number).into_iter();
            let soft = |year: u32| Quantity { value: u64::from(year) * 100, firm: false, ..number };
            found.extend(years.map(soft));
        }
    }
}

/// Whether a quantity is a whole number that is written so.
fn is_whole(it: &Quantity) -> bool {
    it.firm && it.measure == Measure::Number && it.value.is_multiple_of(100)
}

/// Lets a number state nothing by itself.
fn withdraw(found: &mut [Quantity], number: Quantity) {
    for it in found.iter_mut().filter(|it| **it == number) {
        it.firm = false;
    }
}

impl Passage<'_> {
    /// What stands before and behind a number, without spaces.
    fn around(&self, it: Quantity) -> (&str, &str) {
        let before = self.text.get(..it.from as usize).unwrap_or_default();
        (before.trim_end(), behind(self.text, it.to).trim_start())
    }

    /// Whether the language is one of Iran or Afghanistan, in which years are usually Persian.
    fn is_persian(&self) -> bool {
        matches!(self.base, "fa" | "ps" | "prs")
    }

    /// The years of the common era in which a year of another calendar lies.
    fn years(&self, number: Quantity) -> Vec<u32> {
        let year = u32::try_from(number.value / 100).unwrap_or(0);
        let (before, behind) = self.around(number);
        let after = |years: [u32; 2]| years.map(|it| year + it).to_vec();
        let islamic = || {
            let mark = ISLAMIC.iter().any(|it| behind.starts_with(it));
            mark || last_words(before).any(|it| calendars::islamic_month(it).is_some())
        };
        let ethiopian = self.base == "am" || behind.starts_with("ዓ.ም");
        let nepali = self.base == "ne" || before.ends_with("संवत") || before.ends_with("वि.सं.");
        if calendars::is_islamic(year) && islamic() {
            let first = calendars::islamic_year(year);
            vec![first, first + 1]
        } else if self.is_persian() && calendars::is_persian(year) {
            after([621, 622])
        } else if calendars::is_buddhist(year) && (self.base == "th" || before.ends_with("พ.ศ."))
        {
            vec![year - BUDDHA]
        } else if ethiopian && (1850..2150).contains(&year) {
            after([7, 8])
        } else if nepali && (1900..2200).contains(&year) {
            vec![year - 57, year - 56]
        } else if (1200..1500).contains(&year) && behind.starts_with("বঙ্গাব্দ") {
            after([593, 594])
        } else {
            Vec::new()
        }
    }

    /// A year of a reign or a republic: `令和7`.
    fn of_reign(&self, number: Quantity) -> Option<Quantity> {
        let (before, behind) = self.around(number);
        let (name, begins) = calendars::era(before)?;
        let year = number.value / 100 + u64::from(begins);
        let from = (before.len() - name.len()) as u32;
        let good = number.value < 20_000 && behind.starts_with('年');
        good.then_some(Quantity { from, value: year * 100, ..number })
    }

    /// The month of another calendar beside a number.
    fn month(&self, number: Quantity) -> Option<Month> {
        let (from, to) = (number.from as usize, number.to as usize);
        let (before, behind) = self.around(number);
        let start = self.text.len() - behind.len();
        if let Some((number, length)) = calendars::islamic_month(behind) {
            return Some(Month { calendar: Calendar::Islamic, number, at: (from, start + length) });
        }
        let own = match self.base {
            "am" => Some(Calendar::Ethiopian),
            _ => self.is_persian().then_some(Calendar::Persian),
        };
        let own_month = |word: &str| calendars::month(word).filter(|it| Some(it.0) == own);
        // Amharic joins its little words to the month: `ከጥር` is "since January".
        let bare = |word: &str| own_month(word.strip_prefix(['ከ', 'በ', 'የ', 'ለ'])?);
        let named = |word: &str| own_month(word).or_else(|| bare(word));
        let next = behind.split(|c: char| !is_of_word(c)).next().unwrap_or_default();
        let last = before.rsplit(|c: char| !is_of_word(c)).next().unwrap_or_default();
        let month = |((calendar, number), at)| Month { calendar, number, at };
        let here = named(next).map(|it| month((it, (from, start + next.len()))));
        here.or_else(|| Some(month((named(last)?, (before.len() - last.len(), to)))))
    }

    /// What a number beside a month of another calendar is: a day, if its year stands there as well, and
    /// nothing that can be compared if not.
    fn day(&self, number: Quantity, found: &[Quantity]) -> Option<Vec<Quantity>> {
        let day = u32::try_from(number.value / 100).ok().filter(|it| (1..=31).contains(it))?;
        let month = self.month(number)?;
        let year = found.iter().filter(|it| is_whole(it) && it.value >= 100_000);
        let year = year.filter(|it| self.is_at(month.at, it)).min_by_key(|it| it.from);
        let common = year.and_then(|it| {
            month.calendar.to_common(u32::try_from(it.value / 100).ok()?, month.number, day)
        });
        let Some(common) = common else { return Some(Vec::new()) };
        let (from, to) = (month.at.0 as u32, month.at.1 as u32);
        let sure = month.calendar != Calendar::Islamic;
        let day = |(_, month, day): (u32, u32, u32), firm| {
            let value = u64::from(month * 100 + day);
            Quantity { from, to, measure: Measure::Day, value, firm }
        };
        let exact = calendars::number_of((common.0 as i32, common.1, common.2));
        let beside = [exact - 1, exact + 1].map(calendars::day_of);
        let beside = beside.map(|it| day((it.0 as u32, it.1, it.2), false));
        let beside = beside.into_iter().filter(|_| !sure);
        Some(std::iter::once(day(common, sure)).chain(beside).collect())
    }

    /// Whether a year stands right before or behind a day.
    fn is_at(&self, (from, to): (usize, usize), year: &Quantity) -> bool {
        let gap = if year.from as usize >= to {
            (to, year.from as usize)
        } else {
            (year.to as usize, from)
        };
        let between = self.text.get(gap.0..gap.1).unwrap_or("0");
        between.len() <= BETWEEN
            && !between.chars().any(|c| digit(c).is_some() || "።.؛،".contains(c))
    }

    /// Brings days of the Persian calendar that are written in figures to the common one: `۱۴۰۴/۱/۲۳`.
    fn convert_days(&self, found: &mut [Quantity]) {
        if !self.is_persian() {
            return;
        }
        for it in found.iter_mut().filter(|it| it.measure == Measure::Day) {
            let written = self.text.get(it.from as usize..it.to as usize).unwrap_or_default();
            let groups = written.split(|c: char| digit(c).is_none()).filter_map(value_of);
            let year = groups.filter_map(|it| u32::try_from(it).ok()).max();
            let year = year.filter(|it| calendars::is_persian(*it));
            let (month, day) = ((it.value / 100) as u32, (it.value % 100) as u32);
            let common = year.and_then(|year| persian(year, month, day));
            if let Some((_, month, day)) = common {
                it.value = u64::from(month * 100 + day);
            }
        }
    }
}

/// The endings of a text that begin with its last word and with its last two words.
fn last_words(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.rmatch_indices(' ').map(|it| it.0 + 1).chain([0]);
    starts.take(2).filter_map(|at| text.get(at..))
}

/// Whether a character belongs to a word; what joins Persian words does not part them.
fn is_of_word(c: char) -> bool {
    c.is_alphabetic() || c == '\u{200c}'
}

#[cfg(test)]
mod tests {
    use super::super::quantity::quantities;
    use super::*;

    /// The quantities of a text that are firm, and those that are not.
    fn read(text: &str, tag: &str) -> [Vec<(Measure, u64)>; 2] {
        let lang = Lang::parse(tag).unwrap();
        let all = quantities(text, &lang);
        [true, false].map(|firm| {
            let own = all.iter().filter(|it| it.firm == firm);
            own.map(|it| (it.measure, it.value)).collect()
        })
    }

    #[test]
    fn years_of_other_calendars_are_years_of_the_common_one() {
        for (text, tag, year) in [
            ("در سال ۱۴۰۱", "fa", 2022),
            ("ปี 2561", "th", 2018),
            ("በ2014 ዓ.ም.", "am", 2022),
            ("في عام 1446 هـ", "ar", 2025),
            ("رمضان 1446", "ar", 2025),
            ("२०७९ मा", "ne", 2022),
            ("令和7年", "ja", 2025),
            ("民國113年", "zh-Hant", 2024),
        ] {
            assert!(read(text, tag).concat().contains(&(Measure::Number, year * 100)), "{text}");
        }
        assert_eq!(read("令和7年", "ja")[0], [(Measure::Number, 202_500)]);
        assert!(!read("1401 people", "en").concat().contains(&(Measure::Number, 202_200)));
    }

    #[test]
    fn days_of_other_calendars_are_days_of_the_common_one() {
        for (text, tag, day) in [
            ("در ۲۳ فروردین ۱۴۰۴ بازداشت شد", "fa", 412),
            ("در تاریخ ۱۴۰۴/۱/۲۳", "fa", 412),
            ("ሚያዝያ 4 ቀን 2017", "am", 412),
        ] {
            let [firm, _] = read(text, tag);
            let days: Vec<_> = firm.into_iter().filter(|it| it.1 < 100_000).collect();
            assert_eq!(days, [(Measure::Day, day)], "{text}");
        }
        assert!(read("في 13 رمضان 1446 هـ", "ar")[1].contains(&(Measure::Day, 313)));
        for (text, tag) in
            [("۲ تیر", "fa"), ("ሰኔ 24 ቀን", "am"), ("ከጥር 13 ጀምሮ", "am"), ("13 رمضان", "ar")]
        {
            assert_eq!(read(text, tag)[0], [], "{text}");
        }
    }
}
