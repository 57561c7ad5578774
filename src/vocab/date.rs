//! Dates as far as they are known: EDTF level 1 (ISO 8601-2:2019), with the basis on which they stand.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Names of months and weekdays of all languages that Unicode CLDR knows: name, kind, number, languages.
pub(crate) static NAMES: &str = include_str!("../tables/dates.tsv");

/// A date in EDTF level 1: `2022`, `2022-01`, `2022-01-10`, each also with `?` (uncertain), `~`
/// (approximate) or `%` (both), or an interval of two of them joined by `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(Box<str>);

/// What a date stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A date named in the text.
    Text,
    /// The outlet's dateline.
    Dateline,
    /// A weekday in the text, counted from another known date.
    Weekday,
    /// A side file or the capture's own metadata.
    Sidecar,
    /// The curator's word.
    Curator,
}

/// One point in time that a date names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Year, month and day, as many as are known.
    pub numbers: Vec<u32>,
    /// Its qualifier: `?` uncertain, `~` approximate, `%` both.
    pub doubt: Option<char>,
}

impl Date {
    /// Reads a date; `None` where it is not EDTF level 1 or names a day that does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('/').collect();
        let good = match parts.as_slice() {
            [one] => is_point(one),
            [from, to] => {
                [from, to].iter().all(|part| part.is_empty() || **part == ".." || is_point(part))
                    && !(from.is_empty() && to.is_empty())
            }
            _ => false,
        };
        good.then(|| Self(text.into()))
    }

    /// The date of a day; `None` where there is no such day.
    pub fn day(year: i32, month: u32, day: u32) -> Option<Self> {
        Self::parse(&format!("{year:04}-{month:02}-{day:02}"))
    }

    /// The date as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The year the date begins with, where it names one.
    pub fn year(&self) -> Option<i32> {
        self.0.get(..4)?.parse().ok()
    }

    /// The points that the date names: one, or the two ends of an interval, `None` for an open end.
    pub fn points(&self) -> Vec<Option<Point>> {
        self.0.split('/').map(point).collect()
    }

    /// Year, month and day, where the date is one certain day.
    pub fn exact_day(&self) -> Option<(i32, u32, u32)> {
        (self.0.len() == 10).then(|| {
            let number = |range| self.0.get(range).and_then(|part: &str| part.parse::<u32>().ok());
            Some((number(0..4)? as i32, number(5..7)?, number(8..10)?))
        })?
    }
}

/// Reads one point; `None` for an open end.
fn point(text: &str) -> Option<Point> {
    let doubt = text.chars().last().filter(|it| "?~%".contains(*it));
    let bare = text.trim_end_matches(['?', '~', '%']);
    let numbers: Vec<u32> = bare.split('-').filter_map(|it| it.parse().ok()).collect();
    (!numbers.is_empty()).then_some(Point { numbers, doubt })
}

/// Whether a text is one EDTF point: year, month or day with an optional qualifier.
fn is_point(text: &str) -> bool {
    let bare = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    let fields: Vec<&str> = bare.split('-').collect();
    let digits =
        |field: &str, length| field.len() == length && field.bytes().all(|b| b.is_ascii_digit());
    let number = |field: &str| field.parse::<u32>().unwrap_or(0);
    match fields.as_slice() {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2) && (1..=12).contains(&number(month)),
        [year, month, day] => {
            digits(year, 4)
                && digits(month, 2)
                && digits(day, 2)
                && (1..=days_in(number(year), number(month))).contains(&number(day))
        }
        _ => false,
    }
}

/// The number of days of a month in the Gregorian calendar; 0 where there is no such month.
fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is not a date in EDTF level 1"))
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_edtf_level_one_is_a_date() {
        for good in [
            "2022",
            "2022-01",
            "2022-01-10",
            "2022-01?",
            "2024-02-29",
            "2022-01-10/2022-01-11",
            "2022/..",
        ] {
            assert!(Date::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "22",
            "2022-13",
            "2023-02-29",
            "10.01.2022",
            "2022-1-1",
            "/",
            "2022-01-10/x",
            "żółw",
        ] {
            assert!(Date::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_date_names_one_point_or_two() {
        let points = |text| Date::parse(text).unwrap().points();
        let point = |numbers: &[u32], doubt| Some(Point { numbers: numbers.to_vec(), doubt });
        assert_eq!(points("2022-01~"), [point(&[2022, 1], Some('~'))]);
        assert_eq!(
            points("2022-01-10/2022?"),
            [point(&[2022, 1, 10], None), point(&[2022], Some('?'))]
        );
        assert_eq!(points("../2022"), [None, point(&[2022], None)]);
        assert_eq!(points("2022/"), [point(&[2022], None), None]);
    }

    #[test]
    fn an_exact_day_has_three_numbers() {
        assert_eq!(Date::parse("2022-01-10").unwrap().exact_day(), Some((2022, 1, 10)));
        assert_eq!(Date::parse("2022-01?").unwrap().exact_day(), None);
    }
}
