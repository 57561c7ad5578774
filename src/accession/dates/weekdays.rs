//! Weekdays named in a text, in the words of its language alone: what is Friday in one is a pronoun in another.

use super::Calendar;
use crate::accession::fold::fold;
use crate::vocab::lang::Lang;

/// Languages that write no blanks between words.
const UNSPACED: &[&str] = &["zh", "yue", "ja", "th", "lo", "km", "my", "bo", "dz"];

/// Languages that write little words before a name as a part of it, and those that write them after.
const PREFIXED: &[&str] = &["he", "yi", "ar"];
/// See [`PREFIXED`].
const SUFFIXED: &[&str] = &["ko"];

/// What before `周一` says that it is no Monday but a week, as in 一周一次, "once a week".
const COUNTS: &str = "一二两兩三四五六七八九十几幾数數每0123456789";

impl Calendar {
    /// The weekdays named in a text (Monday is 1), each once, as its language writes them.
    pub(crate) fn weekdays(&self, text: &str, lang: &Lang) -> Vec<u32> {
        let folded = fold(text);
        let mut found: Vec<(usize, usize, u32)> = Vec::new();
        for (name, number) in self.days(lang) {
            let places = folded.match_indices(name).map(|(at, _)| (at, at + name.len()));
            let whole = places.filter(|&place| stands_alone(&folded, place, lang));
            found.extend(whole.map(|(from, to)| (from, to, number)));
        }
        let longer = |it: &(usize, usize, u32), other: &(usize, usize, u32)| {
            other.0 <= it.0 && it.1 <= other.1 && other.1 - other.0 > it.1 - it.0
        };
        let kept = found.iter().filter(|it| !found.iter().any(|other| longer(it, other)));
        let mut days: Vec<u32> = kept.map(|it| it.2).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// Whether what stands in a folded text from one place to another is a word of it and no part of one.
fn stands_alone(folded: &str, (from, to): (usize, usize), lang: &Lang) -> bool {
    let before = folded.get(..from).and_then(|it| it.chars().next_back());
    let after = folded.get(to..).and_then(|it| it.chars().next());
    let name = folded.get(from..to).unwrap_or_default();
    if UNSPACED.contains(&lang.base()) {
        let week = name.starts_with(['周', '週']);
        let counted = before.is_some_and(|c| COUNTS.contains(c));
        return !(week && (counted || after.is_some_and(|c| "次个個".contains(c))));
    }
    let prefixed = PREFIXED.contains(&lang.base());
    (prefixed || !before.is_some_and(is_part))
        && (SUFFIXED.contains(&lang.base()) || !after.is_some_and(is_part))
}

/// Whether a character is a part of a word: a letter, or a sign that stands on one.
fn is_part(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\'' | '\u{300}'..='\u{36f}' | '\u{900}'..='\u{963}' | '\u{981}'..='\u{dff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_known_as_the_press_writes_them() {
        let calendar = Calendar::load();
        for (lang, text, days) in [
            ("ar", "في بيان لها يوم الإثنين :", &[1][..]),
            ("en", "on Monday evening", &[1]),
            ("zh-Hans", "发言人周一表示，码头将修好", &[1]),
            ("zh-Hant", "發言人週三表示", &[3]),
            ("zh-Hans", "委员会一周一次，每周一早上开会", &[]),
            ("ja", "報道官は水曜日、市内の情勢は", &[3]),
            ("ko", "대변인은 수요일에 밝혔다", &[3]),
            ("th", "โฆษกกล่าวเมื่อวันพุธว่า", &[3]),
            ("he", "הדובר אמר ביום רביעי כי", &[3]),
            ("fa", "سخنگو روز سه‌شنبه گفت", &[2]),
            ("hi", "प्रवक्ता ने शुक्रवार को कहा", &[5]),
            ("hu", "A szóvivő hétfőn azt mondta", &[1]),
            ("ru", "Представитель сообщил в среду", &[3]),
            ("ru", "Окружающая среда страдает", &[]),
            ("uk", "Речник повідомив у п’ятницю", &[5]),
            ("pl", "Rzecznik poinformował w środę", &[3]),
            ("cs", "Mluvčí ve středu oznámil", &[3]),
            ("lv", "Preses pārstāvis trešdien paziņoja", &[3]),
            ("et", "Pressiesindaja ütles kolmapäeval", &[3]),
            ("az", "Nümayəndə çərşənbə axşamı bildirdi", &[2]),
            ("vi", "Người phát ngôn hôm thứ Tư cho biết", &[3]),
            ("vi", "lần thứ hai trong năm", &[]),
            ("pt", "O porta-voz disse na quarta-feira", &[3]),
            ("tr", "Sözcü pazartesi günü söyledi", &[1]),
            ("el", "Ο εκπρόσωπος δήλωσε την Τετάρτη", &[3]),
        ] {
            let lang = Lang::parse(lang).unwrap();
            assert_eq!(calendar.weekdays(text, &lang), days, "{lang}: {text}");
        }
    }
}
