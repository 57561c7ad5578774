//! Other calendars that the press prints, brought to the common one: the Persian, the Ethiopian and the Islamic
//! one, the era of Buddha, and years of reigns.

/// By how much years of Buddha's era are greater.
pub(crate) const BUDDHA: u32 = 543;

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

/// The months of the Islamic calendar, as Arabic, Persian and Urdu write them; the longer form first.
const ISLAMIC: &[&[&str]] = &[
    &["محرم", "المحرم", "محرم الحرام"],
    &["صفر"],
    &["ربيع الأول", "ربيع الاول", "ربیع الاول", "ربیع‌الاول"],
    &["ربيع الآخر", "ربيع الثاني", "ربیع الثانی", "ربیع‌الثانی"],
    &["جمادى الأولى", "جمادى الاولى", "جمادی الاول", "جمادی‌الاول", "جمادی الاولی"],
    &["جمادى الآخرة", "جمادى الثانية", "جمادی الثانی", "جمادی‌الثانی", "جمادی الثانیہ"],
    &["رجب"],
    &["شعبان"],
    &["رمضان"],
    &["شوال"],
    &["ذو القعدة", "ذي القعدة", "ذی القعدہ", "ذوالقعده", "ذی‌القعده"],
    &["ذو الحجة", "ذي الحجة", "ذی الحجہ", "ذوالحجه", "ذی‌الحجه"],
];

/// The year of the common era before the first of a reign or a republic, by what is printed before the
/// number.
const ERAS: &[(&str, u32)] =
    &[("令和", 2018), ("平成", 1988), ("昭和", 1925), ("民國", 1911), ("民国", 1911)];

/// The year before the first of an era, where a word ends with its name.
pub(crate) fn begins(word: &str) -> Option<u32> {
    era(word).map(|it| it.1)
}

/// The name of the era with which a text ends, and the year before its first.
pub(crate) fn era(text: &str) -> Option<(&'static str, u32)> {
    ERAS.iter().find(|(name, _)| text.ends_with(name)).copied()
}

/// Whether a number can be a year of Buddha's era that a document states.
pub(crate) fn is_buddhist(year: u32) -> bool {
    (2400..2700).contains(&year)
}

/// Whether a number can be a year of the Persian calendar that a document states.
pub(crate) fn is_persian(year: u32) -> bool {
    (1250..1499).contains(&year)
}

/// Whether a number can be a year of the Islamic calendar that a document states.
pub(crate) fn is_islamic(year: u32) -> bool {
    (1200..1500).contains(&year)
}

/// The year of the common era in which a year of the Islamic calendar begins.
pub(crate) fn islamic_year(year: u32) -> u32 {
    (year * 97_023 + 62_157_740) / 100_000
}

/// The month of the Islamic calendar with which a text begins: its number, and how many bytes it takes.
pub(crate) fn islamic_month(text: &str) -> Option<(u32, usize)> {
    let names = (1u32..).zip(ISLAMIC).flat_map(|(at, names)| names.iter().map(move |it| (at, *it)));
    let stands = |name: &str| {
        let behind = text.strip_prefix(name);
        behind.is_some_and(|it| !it.starts_with(char::is_alphabetic))
    };
    names.filter(|it| stands(it.1)).map(|it| (it.0, it.1.len())).max_by_key(|it| it.1)
}

/// The day of the common era for a day of the Islamic calendar, as it is reckoned: where the moon is seen
/// later or earlier it is one of the days beside it (Reingold and Dershowitz, "Calendrical Calculations").
fn islamic(year: u32, month: u32, day: u32) -> Option<(u32, u32, u32)> {
    if !is_islamic(year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let days = (year - 1) * 354 + (3 + 11 * year) / 30 + 29 * (month - 1) + month / 2 + day;
    // The year 1 began 492,148 days before 1970.
    let (year, month, day) = day_of(days - 1 - 492_148);
    Some((year as u32, month, day))
}

/// A calendar whose months have names of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// That of Iran and Afghanistan.
    Persian,
    /// That of Ethiopia.
    Ethiopian,
    /// The lunar one.
    Islamic,
}

impl Calendar {
    /// The day of the common era for a year, a month and a day of this calendar.
    pub(crate) fn to_common(self, year: u32, month: u32, day: u32) -> Option<(u32, u32, u32)> {
        match self {
            Self::Persian => persian(year, month, day),
            Self::Ethiopian => ethiopian(year, month, day),
            Self::Islamic => islamic(year, month, day),
        }
    }
}

/// The calendar, Persian or Ethiopian, that a month belongs to by its name, and its number there.
pub(crate) fn month(name: &str) -> Option<(Calendar, u32)> {
    let other = |c| matches!(c, '\u{620}'..='\u{6ff}' | '\u{1200}'..='\u{137f}');
    if !name.starts_with(other) {
        return None;
    }
    let number = |months: &[&[&str]]| {
        (1u32..).zip(months).find(|(_, names)| names.contains(&name)).map(|it| it.0)
    };
    let persian = number(PERSIAN).map(|it| (Calendar::Persian, it));
    persian.or_else(|| number(ETHIOPIAN).map(|it| (Calendar::Ethiopian, it)))
}

/// Days since 1970-01-01 (the algorithm of Howard Hinnant, "chrono-compatible low-level date
/// algorithms").
pub(crate) fn number_of((year, month, day): (i32, u32, u32)) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = i64::from((month + 9) % 12);
    let of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day with a number; the inverse of [`number_of`].
pub(crate) fn day_of(number: i64) -> (i32, u32, u32) {
    let number = number + 719_468;
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    (year as i32, month as u32, day as u32)
}

/// The day of the common era for a day of the Ethiopian calendar: twelve months of thirty days and a
/// short one, with a leap day every fourth year (Reingold and Dershowitz, "Calendrical Calculations").
fn ethiopian(year: u32, month: u32, day: u32) -> Option<(u32, u32, u32)> {
    if !(1850..2150).contains(&year) || !(1..=30).contains(&day) {
        return None;
    }
    // The year 1 began 716,367 days before 1970.
    let days = i64::from(365 * (year - 1) + year / 4 + 30 * (month - 1) + day - 1);
    let (year, month, day) = day_of(days - 716_367);
    Some((year as u32, month, day))
}

/// The day of the common era for a day of the Persian calendar.
pub(crate) fn persian(year: u32, month: u32, day: u32) -> Option<(u32, u32, u32)> {
    if !is_persian(year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let length = |year: u32| 365 + i64::from(LEAPS.contains(&(year % 33)));
    // The year 1250 began on 21 March 1871.
    let start = number_of((1871, 3, 21)) + (1250..year).map(length).sum::<i64>();
    let months = i64::from(31 * (month - 1).min(6) + 30 * (month - 1).saturating_sub(6));
    let (year, month, day) = day_of(start + months + i64::from(day) - 1);
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
    fn days_are_counted() {
        assert_eq!(number_of((1970, 1, 1)), 0);
        assert_eq!(day_of(number_of((2024, 2, 29))), (2024, 2, 29));
    }

    #[test]
    fn days_of_the_islamic_calendar_are_near_those_of_the_common_one() {
        for (day, common) in [
            ((1446, 1, 1), (2024, 7, 7)),
            ((1446, 9, 13), (2025, 3, 13)),
            ((1400, 1, 1), (1979, 11, 20)),
        ] {
            let (year, month, day) = islamic(day.0, day.1, day.2).unwrap();
            let day = number_of((year as i32, month, day));
            assert!((day - number_of(common)).abs() <= 1, "{common:?}: {day}");
        }
        assert_eq!((islamic_year(1446), islamic_year(1447)), (2024, 2025));
        assert_eq!(islamic_month("جمادى الآخرة 1446").map(|it| it.0), Some(6));
        assert_eq!(islamic_month("صفراء"), None);
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
