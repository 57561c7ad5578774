//! In which language a text is written, found from the text alone.
//!
//! Script first: many scripts are written by one language only. The rest is decided by a compiled-in
//! linear classifier over short sequences of letters (see `table`), close languages by their words. Knows
//! texts and languages, no pages and no archive; what an archive as a whole shows comes in as [`Sharpened`].

mod confidence;
mod letters;
mod prior;
mod scripts;
mod table;

pub use prior::Sharpened;
use serde::{Deserialize, Serialize};

use crate::vocab::lang::Lang;
use scripts::{Census, Script};

/// The language of a text, and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identification {
    /// The language; `und` for a text without letters.
    pub lang: Lang,
    /// Chance that the language is right, in thousandths, as far as the text tells it.
    pub confidence: u16,
}

/// How much of a long text is read, in bytes; more does not make the answer better.
const ENOUGH: usize = 16 * 1024;

/// How many pieces, evenly spread, a text is read in when it is longer than [`ENOUGH`].
const PIECES: usize = 16;

/// The language of a text, be it a sentence or a book.
///
/// Chinese is `zh-Hans` or `zh-Hant`, Serbian `sr` or `sr-Latn`; otherwise the tag has no script but where
/// the language is rarely written in the one found (`uz-Cyrl`).
pub fn identify(text: &str) -> Identification {
    identify_with(text, &Sharpened::default())
}

/// The language of a text that belongs to an archive: doubtful texts are drawn to the languages of the
/// others.
pub fn identify_with(text: &str, archive: &Sharpened) -> Identification {
    read(text, archive, &[]).0
}

/// The language of a text that is in none of some known languages, and the chance, in thousandths, that it is
/// in one of them after all; `None` where it is, or has no letters.
pub(crate) fn identify_beside(text: &str, known: &[&Lang]) -> Option<(Identification, u16)> {
    let (found, chance) = read(text, &Sharpened::default(), known);
    let strange =
        !found.lang.is_undetermined() && !known.iter().any(|it| it.base() == found.lang.base());
    strange.then_some((found, chance))
}

/// Reads a text; the number is the chance that it is in one of the known languages.
fn read(text: &str, archive: &Sharpened, known: &[&Lang]) -> (Identification, u16) {
    let none = (Identification::none(), 0);
    let sample = sample(text);
    let census = Census::of(letters::tokens(&sample));
    let Some((script, bytes)) = census.main() else { return none };
    let share = u64::from(bytes) * 1000 / u64::from(census.total().max(1));
    let found = match sole_language(script, &census) {
        Some(tag) => Some((tag, letters_needed(bytes), 0)),
        None => classify(&sample, script, archive, known),
    };
    let Some((tag, confidence, other)) = found else { return none };
    let Some(lang) = Lang::parse(tag) else { return none };
    // A text in two scripts is no more certain than its greater half is great.
    let confidence = u64::from(confidence) * share.min(600) / 600;
    (Identification { lang, confidence: confidence as u16 }, other)
}

impl Identification {
    /// What is said of a text without letters.
    fn none() -> Self {
        Self { lang: Lang::undetermined(), confidence: 0 }
    }
}

/// The text, or as much of it as is read.
fn sample(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= ENOUGH {
        return text.into();
    }
    let mut sample = String::with_capacity(ENOUGH + PIECES);
    for piece in 0..PIECES {
        let from = text.ceil_char_boundary(text.len() / PIECES * piece);
        let to = text.floor_char_boundary(from + ENOUGH / PIECES);
        sample.push_str(text.get(from..to).unwrap_or_default());
        sample.push(' ');
    }
    sample.into()
}

/// The language of a script that one language is written in, as far as this program distinguishes them.
fn sole_language(script: Script, census: &Census) -> Option<&'static str> {
    Some(match script {
        Script::Grek => "el",
        Script::Armn => "hy",
        Script::Syrc => "syr",
        Script::Thaa => "dv",
        Script::Nkoo => "nqo",
        Script::Guru => "pa",
        Script::Gujr => "gu",
        Script::Orya => "or",
        Script::Taml => "ta",
        Script::Telu => "te",
        Script::Knda => "kn",
        Script::Mlym => "ml",
        Script::Sinh => "si",
        Script::Thai => "th",
        Script::Laoo => "lo",
        Script::Geor => "ka",
        Script::Hang => "ko",
        Script::Cher => "chr",
        Script::Cans => "iu",
        Script::Khmr => "km",
        Script::Mong => "mn-Mong",
        Script::Olck => "sat",
        Script::Tfng => "zgh",
        Script::Yiii => "ii",
        Script::Mtei => "mni-Mtei",
        // A Japanese text has kana between its Chinese characters; a Chinese one at most quotes some.
        Script::Hani if census.bytes(Script::Kana) * 8 > census.bytes(Script::Hani) => "ja",
        _ => return None,
    })
}

/// The confidence of a language that its script alone gives away: sure, but for a few letters.
fn letters_needed(bytes: u32) -> u16 {
    (1000 * bytes / (bytes + 2)) as u16
}

/// The language among those of one script, the confidence, and the chance of the known languages; where it is
/// one of these, both are taken for sure.
fn classify(
    text: &str,
    script: Script,
    archive: &Sharpened,
    known: &[&Lang],
) -> Option<(&'static str, u16, u16)> {
    let cluster = table::cluster(script.code())?;
    let letters = letters::letters(text, script);
    let (mut scores, found) = match cluster.rank {
        8 => cluster.scores::<8>(&letters),
        16 => cluster.scores::<16>(&letters),
        32 => cluster.scores::<32>(&letters),
        _ => return None,
    };
    if !archive.is_empty() {
        for (place, score) in scores.iter_mut().enumerate() {
            *score += archive.favour(cluster.tag(place)?);
        }
    }
    tell_apart(&cluster, &mut scores, &letters);
    let best = scores.iter().copied().max()?;
    let place = scores.iter().position(|&score| score == best)?;
    let gaps = || scores.iter().map(|&score| best - score);
    let bases: Vec<&str> = known.iter().map(|lang| lang.base()).collect();
    let is_known = |place: usize| {
        let base = cluster.tag(place).unwrap_or_default().split('-').next().unwrap_or_default();
        bases.contains(&base)
    };
    if is_known(place) {
        // Most passages are in the language of their page; how sure that is, nobody asks.
        return Some((cluster.tag(place)?, 1000, 1000));
    }
    let among = gaps().enumerate().filter(|&(place, _)| is_known(place)).map(|it| it.1);
    let other = if known.is_empty() { 0 } else { confidence::share(gaps(), among) };
    Some((cluster.tag(place)?, confidence::of(gaps(), found), other))
}

/// Adds to the scores of close languages what their words say, where one of them is the best; the best of
/// them scores what the best of them scored before.
fn tell_apart(cluster: &table::Cluster<'_>, scores: &mut [i64], letters: &[u32]) -> Option<()> {
    let best = scores.iter().copied().max()?;
    let place = scores.iter().position(|&score| score == best)?;
    let group = table::neighbours(cluster.tag(place)?)?;
    let places: Vec<_> =
        group.tags().filter_map(|tag| cluster.tags().position(|other| other == tag)).collect();
    let told = group.telling(letters);
    let sums: Vec<_> = places.iter().zip(told).map(|(&place, told)| scores[place] + told).collect();
    let most = sums.iter().copied().max()?;
    for (place, sum) in places.into_iter().zip(sums) {
        scores[place] = best + sum - most;
    }
    Some(())
}
