//! Sentences that one version states and the others deny, or one of two in the same words.
//!
//! Two versions in one language are compared word by word. Other languages deny in words of their own
//! ("refused", "without"), and translators turn "not unlike" into "like": there a sentence is judged only
//! where nothing in it leaves room for doubt, and told only where one states what at least four others
//! deny. The other way round, one that denies alone, was nearly always another way to put it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::forms::{base, is_joined, met_folded};
use super::{Said, finding, is_foreign, keys};
use crate::collate::diff::{Change, diff};
use crate::collate::sentence::{is_wide, sentences};
use crate::collate::{Finding, Kind};
use crate::vocab::lang::Lang;
use crate::vocab::yaml;

/// The words with which every language that the table knows says no.
#[derive(Clone, Debug)]
pub(super) struct Negations(BTreeMap<String, Forms>);

/// The words of one language.
#[derive(Clone, Debug, Deserialize)]
struct Forms {
    /// Words that negate by themselves.
    says: Vec<String>,
    /// Turns with such a word that do not.
    idle: Vec<String>,
    /// Words that say no in another way, or not quite.
    weak: Vec<String>,
    /// Beginnings of longer words that may say no.
    #[serde(default)]
    fronts: Vec<String>,
}

/// How much of the letters of two sentences of one language must be the same, in percent.
const SAME: usize = 80;

/// In how many versions a sentence must stand that one of them alone states.
const AGAINST: usize = 5;

/// How much longer or shorter a sentence may be than the others that say the same, in percent.
const LONGER: usize = 130;

/// Whether a sentence is negated.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Polarity {
    /// It is, by this word.
    Denied(String),
    /// It is not.
    Stated,
    /// The table cannot judge it.
    Unclear,
}

impl Negations {
    /// Reads the table that the program carries.
    pub(super) fn table() -> Self {
        Self(yaml::read(include_str!("../../tables/negations.yaml")).unwrap_or_default())
    }

    /// The words of a language.
    fn forms(&self, lang: &Lang) -> Option<&Forms> {
        self.0.get(lang.base()).or_else(|| self.0.get(base(lang)))
    }

    /// Whether a sentence is negated.
    fn polarity(&self, text: &str, lang: &Lang) -> Polarity {
        let Some(forms) = self.forms(lang) else { return Polarity::Unclear };
        if is_foreign(text, lang) {
            return Polarity::Unclear;
        }
        let folded = text.to_lowercase();
        let met = |text: &str, form: &String| met_folded(text, form).is_some();
        let denied = forms.says.iter().find_map(|it| Some((it, met_folded(&folded, it)?)));
        // A part of a word that denies is not asked again whether it might.
        let part = denied.as_ref().filter(|it| is_part(it.0));
        let rest = part.map_or(Cow::Borrowed(&*folded), |it| folded.replace(&it.1, " ").into());
        let mut weak = forms.weak.iter().filter(|it| denied.is_none() || !is_broad(it));
        let open = folded.contains(['?', '？', '؟']) || weak.any(|it| met(&rest, it));
        match denied {
            _ if open => Polarity::Unclear,
            Some(_) if forms.idle.iter().any(|it| met(&folded, it)) => Polarity::Unclear,
            Some((_, word)) => Polarity::Denied(word),
            None if forms.may_deny(&folded) => Polarity::Unclear,
            None => Polarity::Stated,
        }
    }

    /// What is told of one sentence of a unit.
    pub(super) fn findings(&self, place: usize, line: &[Said], findings: &mut Vec<Finding>) {
        let from = findings.len();
        for (at, one) in line.iter().enumerate() {
            let rest = line.iter().skip(at + 1).filter(|it| it.lang.base() == one.lang.base());
            findings.extend(rest.filter_map(|other| self.rewritten(place, one, other)));
        }
        if findings.len() == from && line.len() >= AGAINST {
            findings.extend(self.against(place, line));
        }
    }

    /// Two versions in one language that have nearly the same words, one with a negation more.
    fn rewritten(&self, place: usize, one: &Said, other: &Said) -> Option<Finding> {
        let forms = self.forms(one.lang)?;
        let word = |text: &str| {
            let folded = text.to_lowercase();
            forms.says.iter().find_map(|it| met_folded(&folded, it)).unwrap_or_default()
        };
        if one.text == other.text || word(one.text).is_empty() && word(other.text).is_empty() {
            return None;
        }
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let mut same = 0;
        let (mut gone, mut new) = (String::new(), String::new());
        for change in diff(one.text, other.text) {
            match change {
                Change::Same(text) => same += 2 * letters(&text),
                Change::Gone(text) => gone = format!("{gone} {text}"),
                Change::New(text) => new = format!("{new} {text}"),
            }
        }
        let words = (word(&gone), word(&new));
        if words.0.is_empty() == words.1.is_empty() {
            return None;
        }
        let all = same + letters(&gone) + letters(&new);
        let changed = format!("{gone} {new}").to_lowercase();
        let changed = changed.replace(&words.0, " ").replace(&words.1, " ");
        let mut open = forms.weak.iter().chain(&forms.idle);
        let clear = open.all(|it| met_folded(&changed, it).is_none());
        let told = same * 100 >= all * SAME && clear;
        let readings = BTreeMap::from([(one.witness, words.0), (other.witness, words.1)]);
        told.then(|| finding(place, Kind::Negation, readings, 85))
    }

    /// One version that states what all others, in other languages, deny. For each that is not clear, one more must
    /// deny.
    fn against(&self, place: usize, line: &[Said]) -> Option<Finding> {
        let mut readings = BTreeMap::new();
        let mut stated = None;
        for said in line {
            match self.polarity(said.text, said.lang) {
                Polarity::Denied(word) => readings.insert(said.witness, word),
                Polarity::Stated if stated.is_none() => {
                    stated = Some(said);
                    readings.insert(said.witness, String::new())
                }
                Polarity::Stated => return None,
                Polarity::Unclear => None,
            };
        }
        let unclear = line.len() - readings.len();
        let stated = stated.filter(|_| readings.len() >= AGAINST + unclear)?;
        let denies =
            |it: &&Said| it.witness != stated.witness && readings.contains_key(&it.witness);
        let others: Vec<&Said> = line.iter().filter(denies).collect();
        let all = || others.iter().chain([&stated]);
        let single = all().all(|it| sentences(it.text, it.lang).len() == 1);
        let told = single && is_whole(stated, &others) && akin(stated, &others);
        let sure = 60 + 5 * others.len().min(5) as u8;
        told.then(|| finding(place, Kind::Negation, readings, sure))
    }
}

/// Whether a form is the beginning or end of too many words to speak against one that says no clearly.
fn is_broad(form: &str) -> bool {
    form.contains('*') && form.trim_matches('*').chars().count() <= 3
}

/// Whether a form of the table stands for a part of a word.
fn is_part(form: &str) -> bool {
    form.contains('*') || form.chars().all(is_joined)
}

impl Forms {
    /// Whether a longer word of a text in lower case begins like one that denies: `unlikely`.
    fn may_deny(&self, folded: &str) -> bool {
        let words = folded.split(|c: char| !c.is_alphabetic());
        words
            .filter(|it| it.chars().count() >= 7)
            .any(|word| self.fronts.iter().any(|front| word.starts_with(front.as_str())))
    }
}

/// Whether a sentence is about as long as those others that are written in letters: nothing was left out.
fn is_whole(stated: &Said, others: &[&Said]) -> bool {
    let length = |said: &&Said| {
        let letters = said.text.chars().filter(|c| c.is_alphabetic());
        let narrow = letters.filter(|&c| !is_wide(c) && !('가'..='힣').contains(&c)).count();
        (narrow * 2 > said.text.chars().count()).then_some(narrow)
    };
    let Some(own) = length(&stated) else { return false };
    let lengths: Vec<usize> = others.iter().filter_map(length).collect();
    let mean = lengths.iter().sum::<usize>() / lengths.len().max(1);
    mean > 0 && own * 100 <= mean * LONGER && mean * 100 <= own * LONGER
}

/// Whether a sentence shares two words or more with at least two of the others, so that they surely say
/// the same.
fn akin(stated: &Said, others: &[&Said]) -> bool {
    let own = keys(stated.text, stated.lang);
    let shares = |it: &&&Said| keys(it.text, it.lang).intersection(&own).count() >= 2;
    others.iter().filter(shares).count() >= 2
}
