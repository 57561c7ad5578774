//! Days named in words: `12 de abril`, `April 12`, `12 tháng 4`, `三月十五日`. Knows one passage at a time.

use super::months::{Month, Months};
use super::numbers;
use super::quantity::{Measure, Quantity, value_of};
use super::scripts::{Script, digit, script};
use super::spellings::{Word, plain, words};
use crate::vocab::lang::Lang;

/// Little words that may stand between a day and its month.
const BETWEEN: &str = "de d of del do di the th st nd rd er ga ng hb º e го е й ого и ви ри ти ми η ي ی ئ ই শে লা من شهر \
                       ماه wa mwezi ші шы ام م ב ta l dia bulan a";

/// Languages that write the day first: a number behind the month may count something else.
const DAY_FIRST: &str = "bg be bs ca cs da de el es fi fr gl hr is it mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk ar \
                         fa he hi ur vi";

/// What stands in front of a month without a space, in scripts that have none.
const LEADS: &[&str] = &["เดือน", "ເດືອນ", "ខែ"];

/// A number that can be a day, and where it stands.
#[derive(Clone, Copy)]
struct Day {
    value: u64,
    at: Word,
}

/// The days that a passage names; nothing where no month of the language is known.
pub(super) fn named(text: &str, lang: &Lang) -> Option<Vec<Quantity>> {
    if matches!(lang.base(), "zh" | "ja" | "yue") {
        return Some(han_days(text));
    }
    let months = Months::of(lang.base())?;
    let days = numbers_of_days(text);
    if days.is_empty() {
        return Some(Vec::new());
    }
    let reader = Reader { text, months, lang: lang.base(), words: words(text) };
    let mut found: Vec<Quantity> = Vec::new();
    for day in &days {
        found.extend(reader.month_behind(*day).map(|(month, to)| quantity(month, *day, to)));
    }
    let free = |it: &Quantity, found: &[Quantity]| {
        found.iter().all(|other| it.to <= other.from || it.from >= other.to)
    };
    for day in days {
        if let Some((month, from)) = reader.month_before(day) {
            let it = Quantity { from: from as u32, ..quantity(month, day, day.at.to) };
            let firm = !DAY_FIRST.split(' ').any(|it| it == lang.base());
            if free(&it, &found) {
                found.push(Quantity { firm, ..it });
            }
        }
    }
    Some(found)
}

/// A day of a month that ends at an offset.
fn quantity(month: u32, day: Day, to: usize) -> Quantity {
    Quantity {
        from: day.at.from as u32,
        to: to as u32,
        measure: Measure::Day,
        value: u64::from(month) * 100 + day.value,
        firm: true,
    }
}

/// The numbers from 1 to 31 that are written by themselves.
fn numbers_of_days(text: &str) -> Vec<Day> {
    let mut days = Vec::new();
    let mut at = 0;
    while let Some(from) = text.get(at..).and_then(|it| it.find(|c| digit(c).is_some())) {
        let from = at + from;
        let rest = text.get(from..).unwrap_or_default();
        let to = rest.find(|c| digit(c).is_none()).map_or(text.len(), |length| from + length);
        let digits = text.get(from..to).unwrap_or_default();
        let value = value_of(digits).unwrap_or(0);
        if digits.chars().count() <= 2 && (1..=31).contains(&value) && is_alone(text, from, to) {
            days.push(Day { value, at: Word { from, to } });
        }
        at = to;
    }
    days
}

/// Whether digits are no part of a longer number, an hour or a share.
fn is_alone(text: &str, from: usize, to: usize) -> bool {
    let joins = |c: char| matches!(c, '.' | ',' | ':' | '/' | '٫' | '٬');
    let mut before = text.get(..from).unwrap_or_default().chars().rev();
    let mut behind = text.get(to..).unwrap_or_default().chars();
    let front =
        before.next().is_some_and(joins) && before.next().is_some_and(|c| digit(c).is_some());
    let next = behind.next();
    let back = next.is_some_and(joins) && behind.next().is_some_and(|c| digit(c).is_some());
    !front && !back && !matches!(next, Some('%' | '٪'))
}

/// One passage in a language whose months are known.
struct Reader<'a> {
    text: &'a str,
    months: &'static Months,
    lang: &'a str,
    words: Vec<Word>,
}

impl Reader<'_> {
    /// The month behind a day, and the offset behind it.
    fn month_behind(&self, day: Day) -> Option<(u32, usize)> {
        let next = self.words.partition_point(|it| it.from < day.at.to);
        let mut at = day.at.to;
        for place in next..next + 3 {
            let word = *self.words.get(place)?;
            if !self.is_gap(at, word.from) {
                return None;
            }
            if let Some((month, to)) = self.month_at(place) {
                return Some((month, to));
            }
            let little = plain(word.of(self.text));
            if !BETWEEN.split_whitespace().any(|it| it == little) {
                return None;
            }
            at = word.to;
        }
        None
    }

    /// The month before a day, and where it begins.
    fn month_before(&self, day: Day) -> Option<(u32, usize)> {
        let next = self.words.partition_point(|it| it.to <= day.at.from);
        (1..=3).rev().find_map(|count| {
            let place = next.checked_sub(count)?;
            let first = self.words.get(place)?;
            let (month, to) = self.month_at(place)?;
            let last = self.words.get(next - 1)?;
            let sarin = self.lang == "mn" && last.to > to;
            (to == last.to || sarin || self.continues(to, last.to))
                .then_some(())
                .filter(|()| self.is_gap(last.to, day.at.from))?;
            Some((month, first.from))
        })
    }

    /// Whether what stands between two offsets belongs to the run of letters that a month begins.
    fn continues(&self, from: usize, to: usize) -> bool {
        let rest = self.text.get(from..to).unwrap_or_default();
        !rest.is_empty() && rest.chars().all(|c| script(c) == Script::Continuous)
    }

    /// Whether nothing but a space and signs of dates stand between two offsets.
    fn is_gap(&self, from: usize, to: usize) -> bool {
        let gap = self.text.get(from..to);
        gap.is_some_and(|it| {
            it.chars().count() <= 3
                && it.chars().all(|c| {
                    c.is_whitespace() || matches!(c, '.' | '-' | '\'' | '’' | '°' | '־' | '‑')
                })
        })
    }

    /// The month that the words from a place on name, and the offset behind it.
    fn month_at(&self, place: usize) -> Option<(u32, usize)> {
        let first = *self.words.get(place)?;
        let several = (2..=3).rev().find_map(|count| {
            let words = self.words.get(place..place + count)?;
            let spaced = words.windows(2).all(|pair| pair[0].to + 1 == pair[1].from);
            let to = words.last()?.to;
            let name = self.text.get(first.from..to).filter(|_| spaced)?;
            Some((self.months.named(&plain(name))?, to))
        });
        if let Some((month, to)) = several {
            return Some((month.number, to));
        }
        self.numbered(place).or_else(|| {
            let (month, to) = self.one_word(first)?;
            self.is_month(month, first).then_some((month.number, to))
        })
    }

    /// A month that is called by its number: `tháng 4`, `4-р сарын`.
    fn numbered(&self, place: usize) -> Option<(u32, usize)> {
        let word = self.words.get(place)?;
        let month = |it: &str| it.parse::<u32>().ok().filter(|it| (1..=12).contains(it));
        match (self.lang, plain(word.of(self.text)).as_str()) {
            ("vi", "tháng") => {
                let rest = self.text.get(word.to..)?.strip_prefix(' ')?;
                let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                Some((month(rest.get(..length)?)?, word.to + 1 + length))
            }
            ("mn", "сарын") => {
                let before = self.text.get(..word.from)?.trim_end();
                let before = before.strip_suffix("-р").unwrap_or(before);
                let length = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
                Some((month(before.get(length..)?)?, word.to))
            }
            _ => None,
        }
    }

    /// The month that one word names, and the offset behind it.
    fn one_word(&self, word: Word) -> Option<(Month, usize)> {
        let written = word.of(self.text);
        if written.starts_with(|c| script(c) == Script::Continuous) {
            let bare = LEADS.iter().find_map(|it| written.strip_prefix(it)).unwrap_or(written);
            let (month, length) = self.months.begun(bare)?;
            return Some((month, word.to - bare.len() + length));
        }
        let name = plain(written);
        let prefixed = (self.lang == "he")
            .then(|| name.strip_prefix(['ב', 'ל', 'מ', 'ה']))
            .flatten()
            .and_then(|it| self.months.named(it));
        Some((self.months.bent(&name).or(prefixed)?, word.to))
    }

    /// Whether a word is a month and no other word: a short form has its full stop, a year behind it, or a capital
    /// where no sentence begins; in English all months have one.
    fn is_month(&self, month: Month, word: Word) -> bool {
        let capital = word.of(self.text).starts_with(char::is_uppercase);
        if self.lang == "en" && !capital {
            return false;
        }
        let behind = self.text.get(word.to..).unwrap_or_default();
        let year = || {
            let rest = behind.trim_start_matches(['.', ' ', ',', '\u{a0}']);
            rest.chars().take_while(|c| digit(*c).is_some()).count() == 4
        };
        let begins = || {
            let before = self.text.get(..word.from).unwrap_or_default().trim_end();
            before.is_empty() || before.ends_with(['.', '!', '?', ':', '"', '“', '«', '„'])
        };
        !month.short || behind.starts_with('.') || year() || capital && !begins()
    }
}

/// The days of a text in Chinese or Japanese in which Han numerals stand: `三月十五日`.
fn han_days(text: &str) -> Vec<Quantity> {
    let value = |it: &str| {
        let signs: Vec<char> = it.chars().collect();
        value_of(it).or_else(|| numbers::han_numeral(&signs).filter(|_| !signs.is_empty()))
    };
    let numeral = |c: char| digit(c).is_some() || numbers::is_han_numeral(c);
    let day = |(at, sign): (usize, &str)| {
        let front = text.get(..at)?;
        let from = front.trim_end_matches(numeral).len();
        let behind = text.get(at + sign.len()..)?;
        let length = behind.find(|c| !numeral(c))?;
        let month = value(front.get(from..)?).filter(|it| (1..=12).contains(it))?;
        let day = value(behind.get(..length)?).filter(|it| (1..=31).contains(it))?;
        behind.get(length..)?.starts_with(['日', '号', '號']).then(|| Quantity {
            from: from as u32,
            to: (at + sign.len() + length) as u32,
            measure: Measure::Day,
            value: month * 100 + day,
            firm: true,
        })
    };
    text.match_indices('月').filter_map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str, tag: &str) -> Vec<u64> {
        let found = named(text, &Lang::parse(tag).unwrap()).unwrap_or_default();
        found.into_iter().filter(|it| it.firm).map(|it| it.value).collect()
    }

    #[test]
    fn a_day_has_one_value_in_every_language() {
        for (text, tag) in [
            ("on 12 April", "en"),
            ("on April 12th", "en"),
            ("el 12 de abril", "es"),
            ("a 12 d’abril", "ca"),
            ("12 квітня", "uk"),
            ("12. aprīlī", "lv"),
            ("12. aprila", "sl"),
            ("12 აპრილს", "ka"),
            ("ապրիլի 12-ին", "hy"),
            ("ב-12 באפריל", "he"),
            ("في 12 نيسان/أبريل", "ar"),
            ("12 اپریل کو", "ur"),
            ("12 अप्रैल को", "hi"),
            ("১২ এপ্রিল", "bn"),
            ("ngày 12 tháng 4 năm 2025", "vi"),
            ("дөрөвдүгээр сарын 12-нд", "mn"),
            ("4-р сарын 12-нд", "mn"),
            ("วันที่ 12 เมษายน", "th"),
            ("ថ្ងៃទី១២ ខែមេសា ឆ្នាំ", "km"),
            ("ဧပြီလ ၁၂ ရက်", "my"),
            ("noong ika-12 ng Abril", "tl"),
            ("四月十二日", "zh"),
            ("4月12号", "zh"),
        ] {
            assert_eq!(days(text, tag), [412], "{tag}: {text}");
        }
        assert_eq!(days("am 12. Jänner", "de"), [112]);
        assert_eq!(days("في 12 غشت", "ar"), [812]);
    }

    #[test]
    fn a_common_word_is_no_month() {
        for (text, tag) in [
            ("Peníze pro 12 lidí", "cs"),
            ("svi 12 ljudi", "hr"),
            ("się; 19 osób", "pl"),
            ("mai 12 oameni", "ro"),
            ("the other 12 may come", "en"),
            ("12 set di piatti", "it"),
            ("12 травм", "uk"),
            ("12 personnes en mars", "fr"),
            ("2.5 April", "en"),
        ] {
            assert!(days(text, tag).is_empty(), "{tag}: {text}");
        }
        assert_eq!(days("12 pro. 2022", "cs"), [1212]);
        assert_eq!(days("on 12 Dec in", "en"), [1212]);
    }
}
