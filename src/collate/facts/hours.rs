//! One moment in two time zones: `23:00 CET` is `22:00 UTC`, and neither version is wrong.
//!
//! Is asked only where two figures or two days are about to be told as differing. A zone that one version names
//! and the other does not, or that the table does not know, leaves room for doubt, and doubt is silence.

use super::Figure;
use super::clocks::{Clock, DAY};
use super::hedges::{first, last};
use super::zones::{Named, Zones};
use crate::collate::Witness;
use crate::vocab::evidence::quantity::Measure;

/// How far around an hour its zone may stand, in letters.
const AROUND: usize = 100;
/// How far around a day its hour may stand, in letters.
const NEAR: usize = 60;
/// Every zone is as many times so many minutes away from any other.
const STEP: i32 = 15;

/// Some bytes of a passage.
#[derive(Clone, Copy, Debug)]
struct Stretch<'a> {
    passage: &'a str,
    from: u32,
    to: u32,
}

/// The hours of the versions of a statement.
pub(super) struct Hours<'a> {
    pub(super) witnesses: &'a [Witness],
}

impl Hours<'_> {
    /// Whether figures of two versions may be one moment in two zones.
    pub(super) fn are_one(&self, one: (usize, &Figure), other: (usize, &Figure)) -> bool {
        let stretch = |(witness, figure): (usize, &Figure)| {
            let (passage, from, to) = figure.at;
            let passage = self.witnesses.get(witness)?.passages.get(passage as usize)?;
            Some(Stretch { passage, from, to })
        };
        let (Some(a), Some(b)) = (stretch(one), stretch(other)) else { return false };
        let zones = Zones::table();
        match (one.1.value, other.1.value) {
            ((Measure::Number, _), (Measure::Number, _)) => zones.is_one_hour(a, b),
            ((Measure::Day, x), (Measure::Day, y)) => {
                let later = of_year(y) - of_year(x);
                later.abs() == 1 && zones.is_one_day(a, b, later)
            }
            _ => false,
        }
    }
}

/// The number of a day in a year that has a 29th of February, of the value of a day.
fn of_year(day: u64) -> i32 {
    const BEFORE: [i32; 12] = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];
    let month = (day / 100).saturating_sub(1) as usize;
    BEFORE.get(month).copied().unwrap_or(0) + (day % 100) as i32
}

impl Zones {
    /// Whether two figures may be one hour in two zones.
    fn is_one_hour(&self, one: Stretch, other: Stretch) -> bool {
        let hour = |it: Stretch| {
            let near = around(it, AROUND);
            let clock = self.clocks(near.passage).into_iter();
            let own = |it: &Clock| it.from < near.to as usize && near.from as usize <= it.to;
            Some((clock.into_iter().find(own)?.minutes, self.named(near.passage)))
        };
        let (Some(one), Some(other)) = (hour(one), hour(other)) else { return false };
        let mut apart = differences(&one.0, &other.0);
        apart.any(|it| are_one((&one.1, &other.1), it, DAY))
    }

    /// Whether two days, one after the other (`later` says how many days the other comes after the one), may
    /// be one moment in two zones: an hour stands at each of them.
    fn is_one_day(&self, one: Stretch, other: Stretch, later: i32) -> bool {
        let hours = |it: Stretch| {
            let clocks = self.clocks(around(it, NEAR).passage);
            let minutes: Vec<i32> = clocks.into_iter().flat_map(|it| it.minutes).collect();
            (minutes, self.named(around(it, AROUND).passage))
        };
        let (one, other) = (hours(one), hours(other));
        let mut apart = differences(&one.0, &other.0);
        apart.any(|it| are_one((&one.1, &other.1), it - later * DAY, i32::MAX))
    }
}

/// How far each of some minutes is behind each of some others.
fn differences<'a>(
    one: impl IntoIterator<Item = &'a i32>,
    other: impl IntoIterator<Item = &'a i32> + Copy,
) -> impl Iterator<Item = i32> {
    one.into_iter().flat_map(move |a| other.into_iter().map(move |b| a - b))
}

/// Whether hours that are so many minutes apart, in a day of so many, may be one moment.
fn are_one(named: (&Named, &Named), apart: i32, day: i32) -> bool {
    match named {
        (one, other) if one == other => apart % day == 0,
        (Named::Known(one), Named::Known(other)) => {
            differences(one, other).any(|zones| (apart - zones) % day == 0)
        }
        _ => apart % STEP == 0 && (day == DAY || apart.abs() <= DAY),
    }
}

/// A stretch with so many letters on either side of it, as a passage by itself.
fn around(it: Stretch, letters: usize) -> Stretch {
    let (from, to) = (it.from as usize, it.to as usize);
    let before = last(it.passage.get(..from).unwrap_or_default(), letters - 1);
    let behind = first(it.passage.get(to..).unwrap_or_default(), letters);
    let start = from - before.len();
    Stretch {
        passage: it.passage.get(start..to + behind.len()).unwrap_or_default(),
        from: before.len() as u32,
        to: (to - start) as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretch of a text that begins with some words.
    fn stretch<'a>(text: &'a str, words: &str) -> Stretch<'a> {
        let from = text.find(words).unwrap();
        Stretch { passage: text, from: from as u32, to: (from + words.len()) as u32 }
    }

    fn one(a: (&str, &str), b: (&str, &str)) -> bool {
        let zones = Zones::table();
        let (a, b) = (stretch(a.0, a.1), stretch(b.0, b.1));
        assert_eq!(zones.is_one_hour(a, b), zones.is_one_hour(b, a));
        zones.is_one_hour(a, b)
    }

    #[test]
    fn hours_of_two_zones_are_one_moment() {
        let utc = ("The vote closed at 22:00 UTC on Friday.", "22");
        for (text, hour) in [
            ("Afstemningen sluttede kl. 24.00 dansk sommertid.", "24.00"),
            ("Die Abstimmung endete um 23:00 Uhr MEZ.", "23"),
            ("Die Wahl schloss um 0 Uhr MESZ.", "0"),
            ("Le vote a pris fin à 23 heures, heure de Paris.", "23"),
            ("Le vote a pris fin à 23 h (heure de Paris).", "23"),
            ("Głosowanie zamknięto o godz. 23 czasu środkowoeuropejskiego.", "23"),
            ("Голосование закончилось в 01:00 по московскому времени.", "01"),
            ("Голосование закончилось в 1.00 (МСК).", "1.00"),
            ("Голосування завершилося о 00:00 за київським часом.", "00"),
            ("انتهى التصويت الساعة ١ بتوقيت موسكو.", "١"),
            ("رأی‌گیری در ساعت ۱:۳۰ به وقت تهران پایان یافت.", "۱"),
            ("投票于北京时间6时结束。", "6"),
            ("投票は日本時間の午前7時に終わった。", "7"),
            ("투표는 한국 시간으로 7시에 끝났다.", "7"),
            ("Oylama TSİ 01.00'de sona erdi.", "01.00"),
            ("मतदान 3:30 बजे भारतीय समयानुसार समाप्त हुआ।", "3"),
            ("Pemungutan suara ditutup pukul 5 WIB.", "5"),
            ("Cuộc bỏ phiếu kết thúc lúc 5 giờ (giờ Việt Nam).", "5"),
            ("La votación cerró a las 18:00, hora de Washington.", "18"),
            ("The vote closed at 6 p.m. (EDT).", "6"),
            ("The vote closed at 06:00 (UTC+8).", "06"),
        ] {
            assert!(one(utc, (text, hour)), "{text}");
        }
        assert!(one(("at 17:00 Windhoek time", "17"), utc));
        assert!(one(("um 23:00 Uhr", "23"), utc));
        assert!(one(("at 22:00 UTC", "00"), ("सुबह 3:30 IST", "30")));
    }

    #[test]
    fn what_zones_do_not_explain_is_no_moment() {
        let utc = ("The vote closed at 22:00 UTC on Friday.", "22");
        for (text, hour) in [
            ("Die Abstimmung endete um 21:00 Uhr UTC.", "21"),
            ("Die Abstimmung endete um 21:00 Uhr MEZ.", "21"),
            ("Le vote a pris fin à 22:07.", "22:07"),
            ("Голосование закончилось в 03:00 по московскому времени.", "03"),
            ("投票于北京时间7时结束。", "7"),
            ("投票有 24 人参加，北京时间 6 时结束。", "24"),
        ] {
            assert!(!one(utc, (text, hour)), "{text}");
        }
        assert!(!one(("at 10:00", "10"), ("um 11:00 Uhr", "11")));
        assert!(!one(("à 10 h, heure locale", "10"), ("at 11:00 local time", "11")));
        assert!(!one(("10 people at 22:00 UTC", "10"), ("11 Menschen um 22 Uhr", "11")));
        assert!(!one(("at 10:00 Paris time", "10"), ("um 11:00 Berliner Zeit", "11")));
    }

    #[test]
    fn midnight_parts_days() {
        let day = |a: (&str, &str), b: (&str, &str), later| {
            Zones::table().is_one_day(stretch(a.0, a.1), stretch(b.0, b.1), later)
        };
        let utc = ("until 23:59 UTC on 10 April", "10 April");
        assert!(day(utc, ("bis zum 11. April, 1:59 MESZ", "11. April"), 1));
        assert!(day(utc, ("до 11 апреля, 02:59 по московскому времени", "11 апреля"), 1));
        assert!(!day(utc, ("bis zum 9. April, 1:59 MESZ", "9. April"), -1));
        assert!(!day(utc, ("bis zum 11. April, 23:59 UTC", "11. April"), 1));
        assert!(!day(utc, ("bis zum 11. April", "11. April"), 1));
    }
}
