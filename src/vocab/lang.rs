//! Language tags: what a text is written in, and which way that is read.

use std::fmt;

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

/// Languages whose usual script is written from right to left.
const RTL_LANGUAGES: &[&str] = &[
    "ar", "arc", "arz", "azb", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb",
    "prs", "ps", "sd", "syr", "ug", "ur", "yi",
];

impl Lang {
    /// The tag of a text whose language is not known.
    pub fn undetermined() -> Self {
        Self("und".into())
    }

    /// Reads a tag, accepting `_` for `-` and any case; `None` where it is not a well-formed tag.
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

    /// The direction of the script the tag implies.
    pub fn direction(&self) -> Direction {
        let rtl = match self.script() {
            Some(script) => RTL_SCRIPTS.contains(&script),
            None => RTL_LANGUAGES.contains(&self.base()),
        };
        if rtl { Direction::Rtl } else { Direction::Ltr }
    }
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
    fn direction_follows_script_before_language() {
        let direction = |tag| Lang::parse(tag).unwrap().direction();
        assert_eq!(direction("ar"), Direction::Rtl);
        assert_eq!(direction("kk"), Direction::Ltr);
        assert_eq!(direction("kk-Arab"), Direction::Rtl);
        assert_eq!(direction("ar-Latn"), Direction::Ltr);
    }
}
