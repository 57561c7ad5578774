//! What an archive as a whole shows about the language of any one of its texts.

use std::collections::BTreeMap;

use super::Identification;
use super::confidence::NATURAL;
use crate::vocab::digest::Fingerprint;

/// How sure a text must be, in thousandths, to speak for its archive.
const SURE: u16 = 900;

/// How many bytes a text must have to speak for its archive.
const LONG: usize = 120;

/// How far an archive may draw a text to a language or from it, in steps of [`NATURAL`]: enough to decide
/// between neighbours, too little to overrule a clear sentence.
const STRONGEST: i64 = NATURAL;

/// The languages of an archive, learnt from those of its texts whose language is certain.
///
/// The default knows no archive and favours nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharpened {
    /// How many texts are in each language.
    texts: BTreeMap<Box<str>, u64>,
    /// How many texts there are.
    total: u64,
}

impl Sharpened {
    /// Counts the languages of the long and certain texts; their order does not matter.
    pub fn learn(texts: &[(&str, Identification)]) -> Self {
        let mut sharpened = Self::default();
        for (text, found) in texts {
            if text.len() >= LONG && found.confidence >= SURE && !found.lang.is_undetermined() {
                *sharpened.texts.entry(found.lang.as_str().into()).or_default() += 1;
                sharpened.total += 1;
            }
        }
        sharpened
    }

    /// Whether nothing was learnt.
    pub(super) fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The fingerprint of everything that is answered from this: what each language gains, and what those
    /// gain that the archive does not have.
    pub(crate) fn print(&self) -> Fingerprint {
        let gains: Vec<(&str, i64)> =
            self.texts.keys().map(|tag| (&**tag, self.favour(tag))).collect();
        Fingerprint::of(&(self.is_empty(), gains, self.favour("")))
    }

    /// What a language gains from being, or not being, one of the archive's, in steps of [`NATURAL`].
    ///
    /// The log of its share (with half a text added for every language seen and one more) to a share of
    /// one in the number of these languages.
    pub(super) fn favour(&self, tag: &str) -> i64 {
        if self.is_empty() {
            return 0;
        }
        let kinds = self.texts.len() as u64 + 1;
        let count = self.texts.get(tag).copied().unwrap_or(0);
        let share = log((2 * count + 1) * kinds) - log(2 * self.total + kinds);
        share.clamp(-STRONGEST, STRONGEST)
    }
}

/// The natural logarithm of a number above zero in steps of [`NATURAL`], exact at powers of two and
/// linear between them.
fn log(number: u64) -> i64 {
    let whole = number.max(1).ilog2();
    let part = ((u128::from(number) << 8) >> whole) as i64 - 256;
    (i64::from(whole) * 256 + part) * 177 / 256
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::lang::Lang;

    fn found(tag: &str, confidence: u16) -> Identification {
        Identification { lang: Lang::parse(tag).unwrap(), confidence }
    }

    #[test]
    fn languages_of_the_archive_are_favoured() {
        let long = "x".repeat(LONG);
        let mut texts = vec![(long.as_str(), found("pl", 990)); 20];
        texts.extend(vec![(long.as_str(), found("kk", 990)); 5]);
        texts.push((long.as_str(), found("uk", 400)));
        texts.push(("kurz", found("de", 990)));
        let archive = Sharpened::learn(&texts);
        assert_eq!(archive.favour("pl"), 224);
        assert!(archive.favour("kk") > archive.favour("uk"));
        assert_eq!(archive.favour("uk"), archive.favour("de"));
        assert_eq!(archive.favour("de"), -STRONGEST);
        texts.reverse();
        assert_eq!(Sharpened::learn(&texts), archive);
    }

    #[test]
    fn no_archive_favours_nothing() {
        assert_eq!(Sharpened::learn(&[]).favour("pl"), 0);
    }
}
