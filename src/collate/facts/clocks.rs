//! Hours as texts write them: `15:30`, `15.30 Uhr`, `15 h 30`, `3:30 p.m.`, `下午3时30分`, `saa 9:30 alasiri`.
//!
//! One hour in two notations is one fact: each is read in every way in which another version may write it.

use super::hedges::{first, last};
use super::zones;
use super::zones::{Zones, ends, is_lower, places, sixtieth};
use crate::vocab::evidence::quantity::{Measure, Quantity, leading};
use crate::vocab::letter::is_digit;

/// How far from an hour the word may stand that says that it is after noon, in letters.
const CLOSE: usize = 16;
/// Minutes of a day.
pub(super) const DAY: i32 = 24 * 60;
/// Minutes by which the clocks of Ethiopia and of Swahili are behind: their day begins with the sun.
const SUNRISE: i32 = 6 * 60;
/// How many letters may be joined to an hour by a hyphen: `18-й`, `10-ին`.
const ENDING: usize = 3;
/// How many letters the word between the two ends of a span of hours may have: `9 bis 18 Uhr`.
const LINK: usize = 4;

/// An hour as it stands in a text: its bytes, and the minutes since midnight that it may mean.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) minutes: Vec<i32>,
}

impl Clock {
    /// The numbers as which another version may write this hour: the hour, its minutes and both together.
    fn readings(&self) -> impl Iterator<Item = Quantity> {
        let soft = |hundredths: i32| Quantity {
            from: self.from as u32,
            to: self.to as u32,
            measure: Measure::Number,
            value: u64::from(hundredths.unsigned_abs()),
            firm: false,
        };
        // What a clock of 24 hours shows, one of twelve shows as well.
        let shown = self.minutes.iter().flat_map(|it| [*it, it % (DAY / 2)]);
        let all = shown.flat_map(|it| {
            let (hour, minutes) = (it / 60 * 100, it % 60);
            [hour, minutes * 100, hour + minutes, (hour + minutes) * 100]
        });
        all.map(soft)
    }
}

impl Zones {
    /// Adds to the quantities of a passage what its hours may be in other notations.
    pub(super) fn add_hours(&self, text: &str, mut found: Vec<Quantity>) -> Vec<Quantity> {
        if found.iter().any(|it| it.measure == Measure::Number && it.value <= 2400) {
            let before = found.len();
            found.extend(self.clocks(text).iter().flat_map(Clock::readings));
            if found.len() > before {
                found.sort_unstable();
                found.dedup();
            }
        }
        found
    }

    /// The hours that stand in a text.
    pub(super) fn clocks(&self, text: &str) -> Vec<Clock> {
        let mut clocks: Vec<Clock> = Vec::new();
        let mut at = 0;
        while let Some(start) = text.get(at..).and_then(|it| it.find(is_digit)) {
            let from = at + start;
            let to = from + digits(text.get(from..).unwrap_or_default());
            let clock = self.clock(text, (from, to));
            at = clock.as_ref().map_or(to, |it| it.to);
            clocks.extend(clock);
        }
        clocks
    }

    /// The hour whose digits stand at some bytes of a text, if it is one.
    fn clock(&self, text: &str, (from, to): (usize, usize)) -> Option<Clock> {
        let (before, written, behind) = (text.get(..from)?, text.get(from..to)?, text.get(to..)?);
        let hour = hour(written)?;
        let joined = |c: char| c.is_ascii_alphabetic() || ".:,/-".contains(c);
        if before.ends_with(joined) {
            return None;
        }
        let (minutes, rest) = self.minutes(before, behind)?;
        let to = text.len() - rest.len();
        let near = [last(before, CLOSE - 1), text.get(from..to)?, first(rest, CLOSE)].concat();
        let minutes = self.since_midnight(&near.to_lowercase(), hour, minutes);
        Some(Clock { from, to, minutes })
    }

    /// The minutes since midnight that an hour may mean, by the words near it.
    fn since_midnight(&self, near: &str, hour: i32, minutes: i32) -> Vec<i32> {
        let any = |forms: &[String]| forms.iter().any(|it| !places(near, it).is_empty());
        let since = hour * 60 + minutes;
        let mut all = vec![since];
        if hour <= 12 && any(&self.words.afternoon) {
            all.push(since + DAY / 2);
        }
        if hour == 12 {
            all.push(minutes);
        }
        if hour <= 12 && any(&self.words.sunrise) {
            let shifted = |it: &i32| [(it + SUNRISE) % DAY, (it + DAY - SUNRISE) % DAY];
            all.extend(all.clone().iter().flat_map(shifted));
        }
        all
    }

    /// The minutes of what is an hour by what stands around its digits, and what stands behind them.
    fn minutes<'a>(&self, before: &str, behind: &'a str) -> Option<(i32, &'a str)> {
        let called = || self.called(before, behind);
        pointed(behind).or_else(|| self.comma(before, behind)).or_else(called).or_else(|| {
            let (written, rest) = other_end(behind)?;
            let hour = hour(written).and(pointed(rest).or_else(|| self.called("", rest)));
            hour.map(|_| (0, behind))
        })
    }

    /// The minutes behind an hour and a comma, where a word says that it is one: `23,20 часа`.
    fn comma<'a>(&self, before: &str, behind: &'a str) -> Option<(i32, &'a str)> {
        let (minutes, rest) = sixtieth(behind.strip_prefix(',')?)?;
        self.called(before, rest).map(|_| (minutes, rest))
    }

    /// The minutes of an hour that is one by the words behind it or in front of it, and what stands behind.
    fn called<'a>(&self, before: &str, behind: &'a str) -> Option<(i32, &'a str)> {
        let near = without_ending(behind).trim_start();
        let folded: String = near.chars().take(CLOSE).collect::<String>().to_lowercase();
        if let Some(length) = self.words.behind.iter().find_map(|it| zones::first(&folded, it)) {
            let rest = near.get(length..)?;
            if let Some(rest) = rest.strip_prefix(['半', '반']) {
                return Some((30, rest));
            }
            let near = rest.strip_prefix('.').unwrap_or(rest).trim_start();
            return sixtieth(near).or_else(|| counted(near)).or(Some((0, rest)));
        }
        let mut known = self.names.iter().filter(|it| !is_lower(&it.0));
        let zoned = known.any(|it| zones::first(near.trim_start_matches('('), &it.0).is_some());
        let front = last(before, CLOSE).trim_end_matches([' ', '.', '\u{a0}']).to_lowercase();
        let called = self.words.before.iter().any(|it| ends(&front, it));
        (zoned || called).then_some((0, behind))
    }
}

/// How many bytes the digits take with which a text begins.
fn digits(text: &str) -> usize {
    text.find(|c| !is_digit(c)).unwrap_or(text.len())
}

/// The hour that some digits can be.
fn hour(digits: &str) -> Option<i32> {
    let hour = leading(digits).filter(|it| *it <= 24 && digits.chars().count() <= 2)?;
    Some(hour as i32)
}

/// The minutes behind an hour that are written with a sign between, and what stands behind them and behind
/// their seconds.
fn pointed(behind: &str) -> Option<(i32, &str)> {
    let (minutes, rest) = sixtieth(behind.strip_prefix([':', '：', '.', 'h'])?)?;
    let rest = rest.strip_prefix(':').and_then(sixtieth).map_or(rest, |it| it.1);
    let dotted = rest.strip_prefix('.').is_some_and(|it| it.starts_with(is_digit));
    (!dotted).then_some((minutes, rest))
}

/// Minutes of one digit that a word behind them tells: `15時5分`.
fn counted(text: &str) -> Option<(i32, &str)> {
    let (minutes, rest) = text.split_at_checked(digits(text))?;
    let told = rest.trim_start().starts_with(['分', '분']);
    let minutes = leading(minutes).filter(|it| *it < 60 && told)?;
    Some((minutes as i32, rest))
}

/// What stands behind the few letters that a hyphen joins to a number.
fn without_ending(behind: &str) -> &str {
    let Some(ending) = behind.strip_prefix('-') else { return behind };
    let rest = ending.trim_start_matches(char::is_alphabetic);
    let letters = ending.chars().count() - rest.chars().count();
    if (1..=ENDING).contains(&letters) { rest } else { behind }
}

/// The other end of a span of hours behind one, and what stands behind it: `18` and ` Uhr` of ` bis 18 Uhr`.
fn other_end(behind: &str) -> Option<(&str, &str)> {
    let at = behind.find(is_digit)?;
    let (link, rest) = behind.split_at_checked(at)?;
    let word = link.trim_matches([' ', '-', '–', '—', '~', '〜', '～', '\u{a0}']);
    let good = !link.is_empty() && word.chars().all(char::is_alphabetic);
    (good && word.chars().count() <= LINK).then(|| rest.split_at_checked(digits(rest)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The minutes since midnight that the hours of a text may mean.
    fn minutes(text: &str) -> Vec<i32> {
        Zones::table().clocks(text).into_iter().flat_map(|it| it.minutes).collect()
    }

    #[test]
    fn one_hour_in_many_notations() {
        for text in [
            "à 15 h 30",
            "à 15h30",
            "um 15.30 Uhr",
            "в 15,30 часа",
            "15:30",
            "15时30分",
            "15時30分",
            "15時半",
            "15시 30분",
            "lúc 15 giờ 30",
            "3:30 p.m.",
            "下午3时30分",
            "오후 3시 30분",
            "3.30 μ.μ.",
            "a las 3:30 de la tarde",
            "saa 9:30 alasiri",
            "ከቀኑ 9:30",
        ] {
            assert!(minutes(text).contains(&930), "{text}");
        }
        assert_eq!(minutes("15時5分"), [905]);
    }

    #[test]
    fn words_after_noon_are_known() {
        for text in [
            "a las 7 de la tarde",
            "7 часов вечера",
            "शाम 7 बजे",
            "7 giờ tối",
            "akşam 7'de",
            "7 μ.μ.",
            "στις 7 το απόγευμα",
            "오후 7시",
            "下午7时",
            "às 7 da noite",
            "’s avonds om 7 uur",
            "saa 1 usiku",
            "ከምሽቱ 1 ሰዓት",
            "საღამოს 7 საათზე",
            "երեկոյան ժամը 7-ին",
            "кешкі сағат 7-де",
            "شام 7 بجے",
            "সন্ধ্যা ৭টায়",
            "este 7 órakor",
            "kello 7 illalla",
            "о 7-й годині вечора",
            "zwischen 7 und 9 Uhr abends",
        ] {
            assert!(minutes(text).contains(&(19 * 60)), "{text}");
        }
    }

    #[test]
    fn what_is_no_hour_is_none() {
        for text in ["7 people", "on 7 May", "version 2.6.32", "7 von 19 Menschen", "7, 8 und 9"] {
            assert!(minutes(text).is_empty(), "{text}");
        }
    }
}
