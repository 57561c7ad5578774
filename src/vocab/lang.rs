//! Language tags: what a text is written in, and which way that is read.

use std::fmt;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A language tag after BCP 47 (RFC 5646) in canonical case, such as `pl`, `pt-BR` or `sr-Latn`.
///
/// There is no default language: a text whose language is not known is `und`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang(Box<str>);

/// The direction in which a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// Scripts that are written from right to left, as ISO 15924 codes.
const RTL_SCRIPTS: &[&str] =
    &["Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Syrc", "Thaa"];

/// What the table of languages tells of one: tag, usual script, English name, own name.
type Row = (&'static str, &'static str, &'static str, &'static str);

/// The languages known by name, sorted by tag; made from `src/tables/languages.tsv`.
static LANGUAGES: &[Row] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// Codes of three letters, and withdrawn ones, with the tag that each means, sorted; made from
/// `src/tables/codes.tsv`.
static CODES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/codes.rs"));

impl Lang {
    /// The tag of a text whose language is not known.
    pub fn undetermined() -> Self {
        Self("und".into())
    }

    /// Reads a tag, accepting `_` for `-`, any case, and the codes of ISO 639-2 and 639-3 for languages that
    /// have a shorter one (`deu`, `ger`); `None` where it is not a well-formed tag.
    pub fn parse(tag: &str) -> Option<Self> {
        let mut canonical = String::with_capacity(tag.len());
        for (index, part) in tag.split(['-', '_']).enumerate() {
            let well_formed = (1..=8).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && (index > 0
                    || (2..=8).contains(&part.len())
                        && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
            if !well_formed {
                return None;
            }
            if index > 0 {
                canonical.push('-');
            }
            canonical.push_str(&cased(index, part));
            if index == 0
                && let Some(tag) = usual(&canonical)
            {
                tag.clone_into(&mut canonical);
            }
        }
        (canonical.len() <= 35).then(|| Self(canonical.into()))
    }

    /// The whole tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `pt` of `pt-BR`.
    pub fn base(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The script subtag where the tag has one: `Latn` of `sr-Latn`.
    pub fn script(&self) -> Option<&str> {
        self.0
            .split('-')
            .skip(1)
            .find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()))
    }

    /// Whether the language of the text is not known.
    pub fn is_undetermined(&self) -> bool {
        self.base() == "und"
    }

    /// The script the text is written in, as an ISO 15924 code: the one the tag names, or the usual one
    /// of the language; `None` where that is not known.
    pub fn written_in(&self) -> Option<&str> {
        self.script().or_else(|| self.row().map(|row| row.1))
    }

    /// Whether any language can have the tag: two letters are those of a language that is known, three may
    /// be those of a rare one, and no language has more.
    pub fn can_be(&self) -> bool {
        match self.base().len() {
            2 => self.row().is_some(),
            length => length == 3,
        }
    }

    /// The direction of the script the tag implies.
    pub fn direction(&self) -> Direction {
        let rtl = self.written_in().is_some_and(|script| RTL_SCRIPTS.contains(&script));
        if rtl { Direction::Rtl } else { Direction::Ltr }
    }

    /// The English name of the language, such as `Serbian (Latin)`; the tag itself where none is known.
    pub fn name(&self) -> &str {
        self.row().map_or(&self.0, |row| row.2)
    }

    /// The name of the language in the language itself, such as `қазақ тілі`; the English name where that
    /// is not known.
    pub fn autonym(&self) -> &str {
        self.row().map(|row| row.3).filter(|own| !own.is_empty()).unwrap_or(self.name())
    }

    /// What is known of the language: of the whole tag, or else of its beginning.
    fn row(&self) -> Option<Row> {
        // Every card of every page asks for it, so that it is found in one step.
        static ROWS: LazyLock<FxHashMap<&str, Row>> =
            LazyLock::new(|| LANGUAGES.iter().map(|row| (row.0, *row)).collect());
        let mut tag = &*self.0;
        loop {
            if let Some(row) = ROWS.get(tag) {
                return Some(*row);
            }
            tag = tag.rsplit_once('-')?.0;
        }
    }
}

/// The tag that is usual for a language with this code, where it is another one.
fn usual(code: &str) -> Option<&'static str> {
    let place = CODES.binary_search_by(|row| row.0.cmp(code)).ok()?;
    CODES.get(place).map(|row| row.1)
}

/// The case that RFC 5646 recommends for the subtag at this place.
fn cased(index: usize, part: &str) -> String {
    match (index, part.len()) {
        (0, _) => part.to_ascii_lowercase(),
        (_, 4) if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            let (first, rest) = part.split_at(1);
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        }
        (_, 2) => part.to_ascii_uppercase(),
        _ => part.to_ascii_lowercase(),
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Lang {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        Self::parse(&tag).ok_or_else(|| format!("`{tag}` is not a language tag"))
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_put_in_canonical_case() {
        let canonical = |tag| Lang::parse(tag).map(|lang| lang.to_string());
        assert_eq!(canonical("PT_br").as_deref(), Some("pt-BR"));
        assert_eq!(canonical("sr-latn").as_deref(), Some("sr-Latn"));
        assert_eq!(canonical("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        for bad in ["", "-", "p", "12", "en-", "en--us", "ślą", "en/us", "../x"] {
            assert_eq!(canonical(bad), None, "{bad}");
        }
    }

    #[test]
    fn codes_of_three_letters_mean_the_usual_tag() {
        for (code, tag) in [
            ("hun", "hu"),
            ("deu", "de"),
            ("GER-AT", "de-AT"),
            ("fre", "fr"),
            ("srp_latn", "sr-Latn"),
            ("pes", "fa"),
            ("iw", "he"),
            ("fil", "fil"),
            ("gsw", "gsw"),
        ] {
            assert_eq!(Lang::parse(code).unwrap().as_str(), tag);
        }
        assert!(CODES.is_sorted());
        for (code, tag) in CODES {
            assert_eq!(usual(tag), None, "{code}");
        }
    }

    #[test]
    fn direction_follows_script_before_language() {
        let direction = |tag| Lang::parse(tag).unwrap().direction();
        assert_eq!(direction("ar"), Direction::Rtl);
        assert_eq!(direction("kk"), Direction::Ltr);
        assert_eq!(direction("kk-Arab"), Direction::Rtl);
        assert_eq!(direction("ar-Latn"), Direction::Ltr);
        for tag in ["fa", "he", "ur", "ps", "dv", "ug", "yi", "ckb", "azb", "ar-EG", "pa-Arab-PK"] {
            assert_eq!(direction(tag), Direction::Rtl, "{tag}");
        }
    }

    #[test]
    fn words_and_made_up_letters_are_no_languages() {
        let can_be = |tag| Lang::parse(tag).unwrap().can_be();
        assert!(["pl", "pt-BR", "und", "zun", "qab", "zh-Hant-TW"].into_iter().all(can_be));
        assert!(!["xx", "english", "dutch-Latn", "zz-ZZ"].into_iter().any(can_be));
    }

    #[test]
    fn names_are_those_of_the_longest_known_beginning() {
        let names = |tag| {
            let lang = Lang::parse(tag).unwrap();
            (lang.name().to_owned(), lang.autonym().to_owned())
        };
        assert_eq!(names("kk-KZ"), ("Kazakh".into(), "қазақ тілі".into()));
        assert_eq!(names("zh-Hant-TW"), ("Traditional Chinese".into(), "繁體中文".into()));
        assert_eq!(names("qqq"), ("qqq".into(), "qqq".into()));
        assert_eq!(names("zun"), ("Zuni".into(), "Zuni".into()));
    }

    #[test]
    fn every_row_of_the_table_is_a_canonical_tag_with_a_script() {
        assert!(LANGUAGES.is_sorted());
        for (tag, script, name, _) in LANGUAGES {
            assert_eq!(Lang::parse(tag).unwrap().as_str(), *tag);
            assert_eq!(script.len(), 4, "{tag}");
            assert!(!name.is_empty(), "{tag}");
        }
    }
}
