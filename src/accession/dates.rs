//! Dates named in texts: months and weekdays of all languages that Unicode CLDR knows, digits of every
//! script, and the orders in which day, month and year are written.

use rustc_hash::FxHashMap;

use super::fold::fold;
use crate::vocab::calendars;
use crate::vocab::date::{Date, NAMES};
use crate::vocab::lang::Lang;

mod eras;
mod tokens;
mod weekdays;

use tokens::{Token, tokens};

/// What a name means in some languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Meaning {
    month: bool,
    number: u32,
    langs: &'static str,
}

/// The table, ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    names: FxHashMap<&'static str, Vec<Meaning>>,
}

/// A date found in a text: the year may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The year, where it stands beside the day.
    pub(crate) year: Option<u32>,
    /// The month.
    pub(crate) month: u32,
    /// The day of the month.
    pub(crate) day: u32,
    /// Whether it is the end of a span of days: `25–31 March 2024`.
    pub(crate) span_end: bool,
    /// Where it begins and ends in the folded text, in bytes.
    pub(crate) span: (usize, usize),
}

impl Found {
    /// The date, where it is one day of a known year.
    pub(crate) fn date(&self) -> Option<Date> {
        Date::day(self.year? as i32, self.month, self.day)
    }
}

impl Calendar {
    /// Reads the table that the program carries.
    pub(crate) fn load() -> Self {
        let mut names: FxHashMap<&'static str, Vec<Meaning>> = FxHashMap::default();
        for row in NAMES.lines() {
            let mut cells = row.split('\t');
            if let (Some(name), Some(kind), Some(number), Some(langs)) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            {
                let number = number.parse().unwrap_or_default();
                names.entry(name).or_default().push(Meaning { month: kind == "m", number, langs });
            }
        }
        Self { names }
    }

    /// The dates in a text, in order. `lang` decides where a name has two meanings.
    pub(crate) fn find(&self, text: &str, lang: Option<&Lang>) -> Vec<Found> {
        if !tokens::has_numbers(text) {
            return Vec::new();
        }
        let folded = tokens::with_digits(&fold(text));
        let tokens = tokens(&folded);
        let reader = Reader { calendar: self, tokens: &tokens, lang };
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if let Some((date, next)) = reader.date_at(at) {
                found.push(date);
                at = next;
            } else {
                at += 1;
            }
        }
        found
    }

    /// The years that stand in a text as bare numbers, each once.
    pub(crate) fn years(text: &str) -> Vec<u32> {
        if !tokens::has_numbers(text) {
            return Vec::new();
        }
        let folded = tokens::with_digits(&fold(text));
        let mut years: Vec<u32> = tokens(&folded).iter().filter_map(Token::year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// How many letters of a line are not part of a full date or a time in it; `None` where it holds no
    /// full date.
    pub(crate) fn beside(&self, line: &str) -> Option<usize> {
        let spans: Vec<(usize, usize)> =
            self.find(line, None).iter().filter(|it| it.year.is_some()).map(|it| it.span).collect();
        let folded = tokens::with_digits(&fold(line));
        let inside = |at: usize| spans.iter().any(|&(from, to)| (from..to).contains(&at));
        let rest =
            folded.char_indices().filter(|&(at, c)| c.is_alphabetic() && !inside(at)).count();
        (!spans.is_empty()).then_some(rest)
    }

    /// The names of weekdays in a language, with their numbers.
    fn days(&self, lang: &Lang) -> impl Iterator<Item = (&'static str, u32)> {
        let own =
            move |it: &Meaning| !it.month && it.langs.split(',').any(|tag| tag == lang.base());
        let named = self.names.iter();
        named.filter_map(move |(name, all)| Some((*name, all.iter().find(|it| own(it))?.number)))
    }

    /// The number that a name means: in the language given, else where most languages agree.
    fn meaning(&self, name: &str, month: bool, lang: Option<&Lang>) -> Option<u32> {
        let meanings = self.names.get(name)?;
        let fitting = meanings.iter().filter(|it| it.month == month);
        let spoken = |it: &&Meaning| {
            lang.is_some_and(|lang| it.langs.split(',').any(|tag| tag == lang.base()))
        };
        if let Some(own) = fitting.clone().find(spoken) {
            return Some(own.number);
        }
        let voices = |it: &&Meaning| it.langs.split(',').count();
        let all: usize = fitting.clone().map(|it| voices(&it)).sum();
        let usual = fitting.max_by_key(|it| (voices(it), it.number))?;
        // Two letters of a Latin alphabet are too few; of an Indian one they are a word.
        let least = if name.is_ascii() { 2 } else { 5 };
        let agreed = voices(&usual) * 4 >= all * 3 && name.len() > least;
        agreed.then_some(usual.number)
    }
}

/// Reads dates at places of a text.
struct Reader<'a> {
    calendar: &'a Calendar,
    tokens: &'a [Token<'a>],
    lang: Option<&'a Lang>,
}

/// A part of a date and the place after it.
type Part = Option<(u32, usize)>;

impl Reader<'_> {
    /// The date that begins at a place, and the place after it.
    fn date_at(&self, at: usize) -> Option<(Found, usize)> {
        // The months of Amharic are those of Tigrinya in name, but not in the calendar.
        let own = self.lang.filter(|lang| lang.base() == "am").and_then(|_| self.elsewhere(at));
        let (year, month, day, next) = own
            .or_else(|| self.in_numbers(at))
            .or_else(|| self.year_first(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.month_first(at))
            .or_else(|| self.elsewhere(at))?;
        let from = self.tokens.get(at)?.from;
        let to = self.tokens.get(next - 1)?.to();
        let (year, month, day) = match year.filter(|&year| self.is_persian(year)) {
            Some(year) => calendars::persian(year, month, day).map(|(y, m, d)| (Some(y), m, d))?,
            None => (year, month, day),
        };
        let plausible = (1..=12).contains(&month) && (1..=31).contains(&day);
        let span_end = self.ends_span(at);
        plausible.then_some((Found { year, month, day, span_end, span: (from, to) }, next))
    }

    /// Whether a year is one of the Persian calendar: the text is in a language of Iran or Afghanistan.
    fn is_persian(&self, year: u32) -> bool {
        let spoken = self.lang.is_none_or(|lang| matches!(lang.base(), "fa" | "ps" | "prs"));
        spoken && calendars::is_persian(year)
    }

    /// A number that can be a year, brought to the common era: in Thai texts that of Buddha is usual.
    fn year(&self, at: usize) -> Part {
        let (number, next) = self.number(at)?;
        let thai = || self.tokens.iter().any(|it| it.text.starts_with(eras::is_thai));
        let year = if calendars::is_buddhist(number) && thai() {
            number - calendars::BUDDHA
        } else {
            number
        };
        is_year(year).then_some((year, next))
    }

    /// Whether another day stands before a place, with a dash or a little word between.
    fn ends_span(&self, at: usize) -> bool {
        let token = |back: usize| at.checked_sub(back).and_then(|at| self.tokens.get(at));
        let between = token(1).is_some_and(|it| {
            matches!(it.text, "-" | "–" | "—") || it.is_word() && it.text.chars().count() <= 4
        });
        between && at > 1 && self.day(at - 2).is_some()
    }

    /// `2022-01-10`, `10.01.2022`, `2022年1月10日`, `10 tháng 1 năm 2022`.
    fn in_numbers(&self, at: usize) -> Option<(Option<u32>, u32, u32, usize)> {
        let (first, next) = self.number(at)?;
        let (sign, next) = self.separator(next)?;
        let (month, next) = self.number(next)?;
        let (again, next) = self.separator(next)?;
        if sign.class() != again.class() {
            return None;
        }
        let (last, next) = self.number(next)?;
        let era = at.checked_sub(1).and_then(|at| calendars::begins(self.tokens.get(at)?.text));
        if let Some(begins) = era.filter(|_| sign.class() == 1 && first < 200) {
            Some((Some(begins + first), month, last, next))
        } else if is_year(first) && (1..=31).contains(&last) {
            Some((Some(first), month, last, next))
        } else if is_year(last) && sign.day_first(first, month, self.lang) {
            Some((Some(last), month, first, next))
        } else if is_year(last) && sign.class() == 4 && first <= 12 && month > 12 {
            Some((Some(last), first, month, next))
        } else {
            None
        }
    }

    /// `2022. január 10.`, `2024 жылғы 15 наурыз`.
    fn year_first(&self, at: usize) -> Option<(Option<u32>, u32, u32, usize)> {
        let (year, next) = self.year(at)?;
        let next = self.skip(next, 2, 6);
        if let Some((month, next)) = self.month(next) {
            let (day, next) = self.day(self.skip(next, 1, 0))?;
            return Some((Some(year), month, day, next));
        }
        let (day, next) = self.day(next)?;
        let (month, next) = self.month(self.skip(next, 2, 3))?;
        Some((Some(year), month, day, next))
    }

    /// `10 stycznia 2022`, `10. Januar 2022`, `10 de enero de 2022`, `١٠ يناير`.
    fn day_first(&self, at: usize) -> Option<(Option<u32>, u32, u32, usize)> {
        let (day, next) = self.day(at)?;
        let (month, next) = self.month(self.skip(next, 3, 3))?;
        let after = self.skip(next, 2, 4);
        match self.year(after) {
            Some((year, next)) => Some((Some(year), month, day, next)),
            None => Some((None, month, day, next)),
        }
    }

    /// `January 10, 2022`, `Jan. 10th, 2022`.
    fn month_first(&self, at: usize) -> Option<(Option<u32>, u32, u32, usize)> {
        let (month, next) = self.month(at)?;
        let (day, next) = self.day(self.skip(next, 1, 0))?;
        let (year, next) = self.year(self.skip(next, 2, 2))?;
        Some((Some(year), month, day, next))
    }

    /// A number.
    fn number(&self, at: usize) -> Part {
        Some((self.tokens.get(at)?.number()?, at + 1))
    }

    /// A number that can be a day.
    fn day(&self, at: usize) -> Part {
        self.number(at).filter(|it| (1..=31).contains(&it.0))
    }

    /// What stands between the numbers of a date.
    fn separator(&self, at: usize) -> Option<(&Token<'_>, usize)> {
        let token = self.tokens.get(at).filter(|token| token.class() > 0)?;
        let blank = self.tokens.get(at + 1).is_some_and(|next| next.text == ".");
        Some((token, at + 1 + usize::from(blank && token.class() > 1)))
    }

    /// The name of a month, also said twice: `آذار/مارس`, as the United Nations write it.
    fn month(&self, at: usize) -> Part {
        let (month, next) = self.month_name(at)?;
        let slash = self.tokens.get(next).is_some_and(|it| it.text == "/");
        let again = self.month_name(next + 1).filter(|it| slash && it.0 == month);
        Some((month, again.map_or(next, |it| it.1)))
    }

    /// One name of a month, of up to two words.
    fn month_name(&self, at: usize) -> Part {
        let first = self.tokens.get(at).filter(|token| token.is_word())?;
        if let Some(second) = self.tokens.get(at + 1).filter(|token| token.is_word()) {
            let both = format!("{} {}", first.text, second.text);
            if let Some(number) = self.calendar.meaning(&both, true, self.lang) {
                return Some((number, at + 2));
            }
        }
        let bare = first.text.strip_prefix('ב').unwrap_or(first.text);
        let mut forms = [first.text, bare].into_iter();
        Some((forms.find_map(|it| self.calendar.meaning(it, true, self.lang))?, at + 1))
    }

    /// The place after at most `count` signs and words of at most `letters` letters that are no months.
    fn skip(&self, at: usize, count: usize, letters: usize) -> usize {
        let mut next = at;
        while next < at + count {
            let Some(token) = self.tokens.get(next) else { break };
            let little = token.is_word() && token.text.chars().count() <= letters;
            let passable = token.is_joint() || little && self.month(next).is_none();
            if !passable {
                break;
            }
            next += 1;
        }
        next
    }
}

/// Whether a number can be a year of a document.
fn is_year(number: u32) -> bool {
    (1000..=2199).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, lang: &str) -> Vec<String> {
        let calendar = Calendar::load();
        let lang = Lang::parse(lang);
        let dates = calendar.find(text, lang.as_ref());
        dates.iter().filter_map(Found::date).map(|it| it.to_string()).collect()
    }

    #[test]
    fn days_are_read_in_many_languages() {
        for (lang, text) in [
            ("pl", "10 stycznia 2022 r. ogłoszono"),
            ("fr", "le 10 janvier 2022"),
            ("en", "January 10, 2022 has"),
            ("en", "on 10 January 2022"),
            ("en", "Jan. 10th, 2022"),
            ("de", "am 10. Januar 2022"),
            ("es", "el 10 de enero de 2022"),
            ("ru", "10 января 2022 года"),
            ("kk", "2022 жылғы 10 қаңтар, 09:20"),
            ("hu", "2022. január 10."),
            ("lt", "2022 m. sausio 10 d."),
            ("ar", "١٠ يناير ٢٠٢٢"),
            ("ar", "10 كانون الثاني 2022"),
            ("ar", "10 كانون الثاني/يناير 2022"),
            ("fa", "۱۰ ژانویهٔ ۲۰۲۲"),
            ("hi", "प्रकाशित: १० जनवरी २०२२, १४:०५"),
            ("zh", "2022年1月10日 来源：本报"),
            ("zh", "二〇二二年一月十日"),
            ("ja", "2022年1月10日 18:30"),
            ("ko", "입력 2022.01.10. 오후 9:10"),
            ("ko", "2022년 1월 10일"),
            ("he", "10 בינואר 2022, 10:30"),
            ("th", "วันที่ 10 มกราคม 2565 เวลา 10:30 น."),
            ("fa", "۲۰ دی ۱۴۰۰ - ۱۰:۳۰"),
            ("fa", "۱۴۰۰/۱۰/۲۰"),
            ("am", "ጥር 2 ቀን 2014 ዓ.ም."),
            ("ps", "۱۴۰۰ مرغومی ۲۰"),
            ("mn", "2022 оны 1 сарын 10, 14:30"),
            ("te", "ప్రచురణ: 10 జనవరి 2022, 14:30"),
            ("ml", "2022 ജനുവരി 10"),
            ("kn", "10 ಜನವರಿ 2022"),
            ("ja", "令和4年1月10日"),
            ("zh", "民國111年1月10日"),
            ("vi", "ngày 10 tháng 1 năm 2022"),
            ("tr", "10 Ocak 2022 Pazartesi"),
            ("el", "10 Ιανουαρίου 2022, 09:00"),
            ("fi", "10. tammikuuta 2022"),
            ("und", "2022-01-10T10:00:00Z"),
            ("pl", "10.01.2022"),
            ("fr", "10/01/2022"),
        ] {
            assert_eq!(found(text, lang), ["2022-01-10"], "{lang}: {text}");
        }
    }

    #[test]
    fn months_with_marks_are_whole_words() {
        for (lang, text) in [
            ("th", "15 กุมภาพันธ์ 2565"),
            ("te", "15 ఫిబ్రవరి 2022"),
            ("ml", "15 ഫെബ്രുവരി 2022"),
            ("hi", "15 फ़रवरी 2022"),
        ] {
            assert_eq!(found(text, lang), ["2022-02-15"], "{lang}: {text}");
        }
        assert_eq!(found("መጋቢት 6 ቀን 2016 ዓ.ም", "am"), ["2024-03-15"]);
        assert_eq!(found("መጋቢት 6 2016", "ti"), ["2016-03-06"]);
        assert_eq!(found("15 మార్చి 2024", "te"), ["2024-03-15"]);
    }

    #[test]
    fn what_is_no_day_is_not_guessed() {
        for text in ["10/01/2022", "in January 2022", "10 January", "version 1.10.2", "2022-13-41"]
        {
            assert!(found(text, "en").is_empty(), "{text}");
        }
    }
}
