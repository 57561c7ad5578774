//! The date of a statement, and on what it stands. What is not known is left unknown.

use std::cell::LazyCell;

use super::dates::{Calendar, Found};
use super::draft::Line;
use crate::vocab::calendars::{day_of, number_of};
use crate::vocab::date::{Basis, Date};
use crate::vocab::lang::Lang;

/// Where dates can stand in a text, best evidence first.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    /// The dateline.
    pub(crate) dateline: Option<&'a str>,
    /// Lines about the printing.
    pub(crate) bylines: &'a [String],
    /// The outlet's own words.
    pub(crate) frame: &'a [String],
    /// The title.
    pub(crate) title: &'a str,
    /// The statement itself.
    pub(crate) lines: &'a [Line],
}

/// Finds the date of a statement. `near` is a day near which the text was taken, for weekdays.
pub(crate) fn date(
    places: &Places,
    calendar: &Calendar,
    lang: &Lang,
    near: Option<&Date>,
) -> Option<(Date, Basis)> {
    // What lies after the day on which the text was taken is announced, and a day is lost between time zones.
    let latest = near.and_then(Date::exact_day).map(|day| number_of(day) + 1);
    let past = |date: &Date| {
        latest.zip(date.exact_day()).is_none_or(|(latest, day)| number_of(day) <= latest)
    };
    let only = |text: &str| one(full(&calendar.find(text, Some(lang))).into_iter().filter(past));
    let mut text: Vec<&str> = places.frame.iter().map(String::as_str).collect();
    text.extend(places.lines.iter().map(|it| it.text.as_str()));
    // Each text is read once, and only where what stands above it says nothing.
    let read: LazyCell<Vec<Vec<Found>>, _> =
        LazyCell::new(|| text.iter().map(|it| calendar.find(it, Some(lang))).collect());
    let (frames, lead) = (places.frame.len(), places.frame.len() + 1);
    let among = |from: usize, to: usize| {
        let dates = read.get(from..to.min(read.len())).unwrap_or_default();
        one(dates.iter().flat_map(|it| full(it)).filter(past))
    };
    let dateline = places.dateline.and_then(only).map(|date| (date, Basis::Dateline));
    dateline
        .or_else(|| {
            let first = places.bylines.iter().find_map(|line| only(line));
            let found = first.or_else(|| among(0, frames)).or_else(|| only(places.title));
            let found = found.or_else(|| among(frames, lead)).or_else(|| among(0, usize::MAX));
            found.or_else(|| apart(&text, &read)).map(|date| (date, Basis::Text))
        })
        .or_else(|| weekday(calendar, &text, lang, near?))
}

/// The full dates among those found; the end of a span of days is not the day of a statement.
fn full(dates: &[Found]) -> Vec<Date> {
    dates.iter().filter(|it| !it.span_end).filter_map(Found::date).collect()
}

/// The one value that all of some values are; `None` where they differ or there are none.
fn one<T: PartialEq>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut values = values;
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// A day and month in one place of a paragraph and the year in another, where the whole text holds no
/// full date and all such paragraphs agree.
fn apart(text: &[&str], read: &[Vec<Found>]) -> Option<Date> {
    if read.iter().any(|it| !full(it).is_empty()) {
        return None;
    }
    one(text.iter().zip(read).filter_map(|(line, days)| {
        let day = one(days.iter().map(|it| (it.month, it.day)))?;
        let year = one(Calendar::years(line).into_iter())?;
        Date::day(year as i32, day.0, day.1)
    }))
}

/// The last day that was the one weekday the first paragraphs name, up to a known day.
fn weekday(calendar: &Calendar, text: &[&str], lang: &Lang, near: &Date) -> Option<(Date, Basis)> {
    let day = one(text.iter().take(2).flat_map(|line| calendar.weekdays(line, lang)))?;
    let known = number_of(near.exact_day()?);
    let back = (weekday_of(known) + 7 - day) % 7;
    let (year, month, day) = day_of(known - i64::from(back));
    let date = Date::day(year, month, day)?;
    Date::parse(&format!("{date}?")).map(|date| (date, Basis::Weekday))
}

/// The weekday of a day: Monday is 1.
fn weekday_of(number: i64) -> u32 {
    (number + 3).rem_euclid(7) as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        assert_eq!(weekday_of(number_of((2022, 1, 10))), 1);
        for number in [-800_000, 0, 18_992, 60_000] {
            assert_eq!(number_of(day_of(number)), number);
        }
    }

    #[test]
    fn a_day_after_the_capture_is_not_the_day_of_a_text() {
        let calendar = Calendar::load();
        let lines = [
            Line::plain(1, "The bridge was closed on 4 March 2024 and is being mended."),
            Line::plain(2, "It will be opened on 1 May 2026."),
        ];
        let english = Lang::parse("en").unwrap();
        let read = |lines: &[Line], near: Option<&str>| {
            let near = near.and_then(Date::parse);
            let places = Places { dateline: None, bylines: &[], frame: &[], title: "", lines };
            date(&places, &calendar, &english, near.as_ref()).map(|it| it.0.to_string())
        };
        assert_eq!(read(&lines[1..], Some("2024-03-05")), None);
        assert_eq!(read(&lines[1..], Some("2026-04-30")).as_deref(), Some("2026-05-01"));
        assert_eq!(read(&lines[1..], None).as_deref(), Some("2026-05-01"));
        assert_eq!(read(&lines, Some("2024-03-05")).as_deref(), Some("2024-03-04"));
    }

    #[test]
    fn a_weekday_is_counted_back_from_a_known_day() {
        let calendar = Calendar::load();
        let lines = [Line::plain(1, "The ministry said on Monday that the water fell.")];
        let places = Places { dateline: None, bylines: &[], frame: &[], title: "", lines: &lines };
        let (english, near) = (Lang::parse("en").unwrap(), Date::parse("2022-01-12").unwrap());
        let (found, basis) = date(&places, &calendar, &english, Some(&near)).unwrap();
        assert_eq!((found.as_str(), basis), ("2022-01-10?", Basis::Weekday));
        assert_eq!(date(&places, &calendar, &english, None), None);
    }
}
