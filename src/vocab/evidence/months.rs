//! The names of months in many languages, as the table of dates has them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::spellings::plain;
use crate::vocab::date::NAMES;

/// Languages that bend the names of months, which the table has in one or two forms.
const BENT: &[&str] = &[
    "lv", "lt", "et", "hu", "tr", "az", "kk", "ky", "uz", "mn", "ka", "hy", "sr", "mk", "sl", "eu",
    "hi", "mr", "ne", "bn", "gu", "pa", "ta", "te", "kn", "ml", "si", "or", "as", "sq",
];

/// Letters and signs at the end of a name in whose place a bent form has others: vowels, and the signs that there is
/// none.
const LOST: &[char] =
    &['a', 'ი', '\u{94d}', '\u{9cd}', '\u{acd}', '\u{bcd}', '\u{c4d}', '\u{ccd}', '\u{d4d}'];

/// What a word says of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    /// The month, counted from 1.
    pub(super) number: u32,
    /// Whether it is a short form: letters that may be another word.
    pub(super) short: bool,
}

/// The months of one language, by name.
#[derive(Debug, Default)]
pub(super) struct Months {
    names: BTreeMap<String, Month>,
    bent: bool,
}

impl Months {
    /// The months of a language; `None` where the table knows none.
    pub(super) fn of(base: &str) -> Option<&'static Self> {
        static TABLE: OnceLock<BTreeMap<&'static str, Months>> = OnceLock::new();
        TABLE.get_or_init(read).get(alias(base))
    }

    /// The month with exactly this name.
    pub(super) fn named(&self, name: &str) -> Option<Month> {
        self.names.get(name).copied()
    }

    /// The month that a word names, bent forms among them where the language has such.
    pub(super) fn bent(&self, word: &str) -> Option<Month> {
        let named = self.named(word);
        if named.is_some() || !self.bent {
            return named;
        }
        let length = word.chars().count();
        let is_form = |name: &&String| {
            let own = name.chars().count();
            let same = name.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
            let last = usize::from(name.ends_with(LOST));
            own >= 5 && same + last >= own && length <= own + 4
        };
        self.names.keys().filter(is_form).max_by_key(|it| it.len()).and_then(|it| self.named(it))
    }

    /// The month whose name a run of letters begins with, in scripts without spaces between words.
    pub(super) fn begun(&self, run: &str) -> Option<(Month, usize)> {
        let begins = self.names.iter().filter(|(name, _)| run.starts_with(name.as_str()));
        begins.max_by_key(|it| it.0.len()).map(|(name, month)| (*month, name.len()))
    }
}

/// The months of all languages.
fn read() -> BTreeMap<&'static str, Months> {
    let mut table: BTreeMap<&str, Months> = BTreeMap::default();
    for row in NAMES.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let &[name, "m", number, langs] = cells.as_slice() else { continue };
        let month = Month { number: number.parse().unwrap_or_default(), short: false };
        for lang in langs.split(',') {
            let months = table.entry(lang).or_default();
            months.bent = BENT.contains(&lang);
            months.names.entry(plain(name)).or_insert(month);
        }
    }
    for months in table.values_mut() {
        let names: Vec<(String, u32)> =
            months.names.iter().map(|(name, month)| (name.clone(), month.number)).collect();
        for (name, month) in &mut months.names {
            month.short = names.iter().any(|it| it.1 == month.number && is_short(name, &it.0));
        }
    }
    table
}

/// Whether a name is a short form of another.
fn is_short(name: &str, other: &str) -> bool {
    let (short, long) = (name.chars().count(), other.chars().count());
    short <= 5 && short + 2 <= long && other.starts_with(name)
}

/// The tag under which the table has a language.
fn alias(base: &str) -> &str {
    match base {
        "sh" => "hr",
        "no" => "nb",
        "prs" => "fa",
        _ => base,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_told_from_names() {
        let short = |lang: &str, name: &str| Months::of(lang).unwrap().named(name).unwrap().short;
        assert!(short("cs", "pro") && short("hr", "svi") && short("it", "set"));
        assert!(!short("ru", "март") && !short("de", "mai") && !short("en", "may"));
    }

    #[test]
    fn bent_names_are_known() {
        for (lang, word, number) in
            [("et", "jaanuaril", 1), ("ka", "აპრილს", 4), ("eu", "martxoaren", 3)]
        {
            assert_eq!(Months::of(lang).unwrap().bent(word).unwrap().number, number, "{word}");
        }
        assert_eq!(Months::of("uk").unwrap().bent("травм"), None);
        assert_eq!(Months::of("mr").unwrap().bent("मार्ग"), None);
    }
}
