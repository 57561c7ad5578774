//! Other calendars that the press prints: the Persian and the Ethiopian one, the era of Buddha, and
//! years of reigns.

use super::Reader;
use crate::accession::when;

/// By how much years of Buddha's era are greater.
pub(super) const BUDDHA: u32 = 543;

/// The months of the Persian calendar, as they are written in Iran, in Afghanistan and in Pashto.
const PERSIAN: &[&[&str]] = &[
    &["فروردین", "حمل", "وری"],
    &["اردیبهشت", "ثور", "غويی"],
    &["خرداد", "جوزا", "غبرګولی"],
    &["تیر", "سرطان", "چنګاښ"],
    &["مرداد", "امرداد", "اسد", "زمری"],
    &["شهریور", "سنبله", "وږی"],
    &["مهر", "میزان", "تله"],
    &["آبان", "عقرب", "لړم"],
    &["آذر", "قوس", "لیندۍ"],
    &["دی", "جدی", "مرغومی"],
    &["بهمن", "دلو", "سلواغه"],
    &["اسفند", "حوت", "کب"],
];

/// The months of the Ethiopian calendar, in the spellings of the press.
const ETHIOPIAN: &[&[&str]] = &[
    &["መስከረም"],
    &["ጥቅምት"],
    &["ኅዳር", "ህዳር", "ሕዳር"],
    &["ታኅሣሥ", "ታህሳስ", "ታኅሳስ"],
    &["ጥር"],
    &["የካቲት"],
    &["መጋቢት"],
    &["ሚያዝያ", "ሚያዚያ"],
    &["ግንቦት"],
    &["ሰኔ"],
    &["ሐምሌ", "ሀምሌ"],
    &["ነሐሴ", "ነሀሴ"],
    &["ጳጉሜን", "ጳጉሜ"],
];

/// The years of a cycle of 33 in which the Persian calendar has a leap day; right for the years 1206 to
/// 1498 (Birashk, "A Comparative Calendar of the Iranian, Muslim Lunar, and Christian Eras", 1993).
const LEAPS: [u32; 8] = [1, 5, 9, 13, 17, 22, 26, 30];

/// The year of the common era before the first of a reign or a republic, by what is printed before the
/// number.
const ERAS: &[(&str, u32)] =
    &[("令和", 2018), ("平成", 1988), ("昭和", 1925), ("民國", 1911), ("民国", 1911)];

/// The year before the first of an era, where a word ends with its name.
pub(super) fn begins(word: &str) -> Option<u32> {
    ERAS.iter().find(|(name, _)| word.ends_with(name)).map(|it| it.1)
}

/// Whether a letter is Thai.
pub(super) fn is_thai(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}')
}

/// Whether a number can be a year of Buddha's era that a document states.
pub(super) fn is_buddhist(year: u32) -> bool {
    (2400..2700).contains(&year)
}

/// Whether a number can be a year of the Persian calendar that a document states.
pub(super) fn is_persian(year: u32) -> bool {
    (1250..1499).contains(&year)
}

/// Brings year, month and day of a calendar to the common one.
pub(super) type ToCommon = fn(u32, u32, u32) -> Option<(u32, u32, u32)>;

/// The calendar that a month belongs to, by its name, and its number there.
pub(super) fn month(name: &str) -> Option<(ToCommon, u32)> {
    let other = |c| matches!(c, '\u{620}'..='\u{6ff}' | '\u{1200}'..='\u{137f}');
    if !name.starts_with(other) {
        return None;
    }
    let number = |months: &[&[&str]]| {
        (1u32..).zip(months).find(|(_, names)| names.contains(&name)).map(|it| it.0)
    };
    let persian = number(PERSIAN).map(|it| (persian as ToCommon, it));
    persian.or_else(|| number(ETHIOPIAN).map(|it| (ethiopian as ToCommon, it)))
}

impl Reader<'_> {
    /// `15 اردیبهشت 1400`, `۱۴۰۲ کب ۲۵`, `ግንቦት 5 ቀን 2013`: a day of another calendar whose months have their own
    /// names.
    pub(super) fn elsewhere(&self, at: usize) -> Option<(Option<u32>, u32, u32, usize)> {
        let month = |at: usize| month(self.tokens.get(at)?.text).map(|it| (it, at + 1));
        if let Some((year, next)) = self.number(at).filter(|it| is_persian(it.0))
            && let Some(((to_common, month), next)) = month(next)
            && let Some((day, next)) = self.day(next)
        {
            let (year, month, day) = to_common(year, month, day)?;
            return Some((Some(year), month, day, next));
        }
        let ((to_common, month), day, next) = match self.day(at) {
            Some((day, next)) => month(next).map(|(it, next)| (it, day, next))?,
            None => month(at).and_then(|(it, next)| {
                let (day, next) = self.day(next)?;
                Some((it, day, next))
            })?,
        };
        let (year, next) = self.number(self.skip(next, 2, 2))?;
        let (year, month, day) = to_common(year, month, day)?;
        Some((Some(year), month, day, next))
    }
}

/// The day of the common era for a day of the Ethiopian calendar: twelve months of thirty days and a
/// short one, with a leap day every fourth year (Reingold and Dershowitz, "Calendrical Calculations").
pub(super) fn ethiopian(year: u32, month: u32, day: u32) -> Option<(u32, u32, u32)> {
    if !(1850..2150).contains(&year) || !(1..=30).contains(&day) {
        return None;
    }
    // The year 1 began 716,367 days before 1970.
    let days = i64::from(365 * (year - 1) + year / 4 + 30 * (month - 1) + day - 1);
    let (year, month, day) = when::day_of(days - 716_367);
    Some((year as u32, month, day))
}

/// The day of the common era for a day of the Persian calendar.
pub(super) fn persian(year: u32, month: u32, day: u32) -> Option<(u32, u32, u32)> {
    if !is_persian(year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let length = |year: u32| 365 + i64::from(LEAPS.contains(&(year % 33)));
    // The year 1250 began on 21 March 1871.
    let start = when::number_of((1871, 3, 21)) + (1250..year).map(length).sum::<i64>();
    let months = i64::from(31 * (month - 1).min(6) + 30 * (month - 1).saturating_sub(6));
    let (year, month, day) = when::day_of(start + months + i64::from(day) - 1);
    Some((year as u32, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_persian_calendar_are_those_of_the_common_one() {
        for (persian_day, common) in [
            ((1357, 11, 22), (1979, 2, 11)),
            ((1399, 12, 30), (2021, 3, 20)),
            ((1400, 1, 1), (2021, 3, 21)),
            ((1400, 10, 20), (2022, 1, 10)),
            ((1403, 12, 30), (2025, 3, 20)),
        ] {
            let (year, month, day) = persian_day;
            assert_eq!(persian(year, month, day), Some(common));
        }
    }

    #[test]
    fn days_of_the_ethiopian_calendar_are_those_of_the_common_one() {
        for (ethiopian_day, common) in [
            ((2000, 1, 1), (2007, 9, 12)),
            ((2013, 9, 5), (2021, 5, 13)),
            ((2014, 1, 1), (2021, 9, 11)),
        ] {
            let (year, month, day) = ethiopian_day;
            assert_eq!(ethiopian(year, month, day), Some(common));
        }
    }
}
