//! What an earlier run found for each text, in the numbers that texts have now. Knows who texts are and
//! whether they are as they were, not what they say.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::candidates::{Breadth, Field};
use super::corpus::Text;
use super::index::features;
use super::search::Row;

/// Of how many texts one at most is glossed anew where the others put their glosses off.
const FEW: usize = 16;

/// Who the texts of an archive are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Crowd {
    /// A hash of the name and the language of each text, in the order of the names.
    pub(super) who: Vec<u64>,
    /// A hash of each language, by number.
    pub(super) tongues: Vec<u64>,
}

/// What was found for each text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Found {
    /// How far was looked.
    breadth: Breadth,
    /// The print of each text, as it was looked for.
    prints: Vec<u64>,
    /// How long the vector of the glosses of each text was.
    norms: Vec<f32>,
    /// The features that were left out, since they stand in too many texts: key, and whether it is a gloss.
    common: Vec<(u32, bool)>,
    /// What was found; nothing for texts that were not looked for.
    rows: Vec<Option<Row>>,
    /// How many texts had to be looked for.
    #[serde(skip)]
    pub(super) searched: usize,
}

impl Found {
    /// What was found now, and how many texts had to be looked for.
    pub(super) fn new(
        field: &Field<'_>,
        common: Vec<(u32, bool)>,
        (rows, searched): (Vec<Option<Row>>, usize),
    ) -> Self {
        let norms = field.texts.iter().map(Text::gloss_norm).collect();
        let breadth = field.breadth;
        Self { breadth, prints: field.prints.to_vec(), norms, common, rows, searched }
    }
}

/// What an earlier run found, if there was one.
pub(super) struct Before<'a> {
    /// Who the texts were.
    pub(super) crowd: &'a Crowd,
    /// What was found.
    pub(super) found: Option<&'a Found>,
}

/// What has changed since.
pub(super) struct Changes {
    /// The texts that are new, or other than they were.
    pub(super) fresh: Vec<bool>,
    /// What was found for each of the others, as far as they are looked for and without the texts that are
    /// fresh or gone.
    pub(super) rows: Vec<Option<Row>>,
}

impl Before<'_> {
    /// What has changed; `None` where so much has that it is better to begin anew.
    pub(super) fn changes(&self, field: &Field<'_>, common: &[(u32, bool)]) -> Option<Changes> {
        let found = self.found.filter(|it| it.breadth == field.breadth)?;
        let now = self.places(field.crowd)?;
        let flipped = flipped(field, &found.common, common);
        let mut fresh = vec![true; field.texts.len()];
        for (old, at) in now.iter().enumerate() {
            let Some(at) = at.map(|it| it as usize) else { continue };
            let same = field.prints.get(at) == found.prints.get(old);
            if let (Some(slot), Some(text)) = (fresh.get_mut(at), field.texts.get(at)) {
                *slot = !same || !flipped.is_empty() && touches(&field.whole(text), &flipped);
            }
        }
        let count = |all: &[bool]| all.iter().filter(|it| **it).count();
        if count(&fresh) * 3 > count(field.wanted) {
            return None;
        }
        let stays = |it: u32| fresh.get(it as usize) == Some(&false);
        let text = |old: u32| now.get(old as usize).copied().flatten().filter(|it| stays(*it));
        let langs = self.langs(field);
        let lang = |old: u16| langs.get(usize::from(old)).copied().flatten();
        let wanted = |at: u32| field.wanted.get(at as usize) == Some(&true);
        let old = |old: u32| text(old).filter(|it| wanted(*it));
        let known = (0..).zip(&found.rows).filter_map(|(it, row)| Some((old(it)?, row.as_ref()?)));
        let known: Vec<(u32, &Row)> = known.collect();
        let known: Vec<(u32, Row)> =
            known.into_par_iter().map(|(at, row)| (at, row.renumbered(text, lang))).collect();
        let mut rows: Vec<Option<Row>> = vec![None; fresh.len()];
        for (at, row) in known {
            if let Some(slot) = rows.get_mut(at as usize) {
                *slot = Some(row);
            }
        }
        Some(Changes { fresh, rows })
    }

    /// How long the vector of the glosses of each text is, where that is known since it is as it was; `None`
    /// where so many are not that it is better to gloss all.
    pub(super) fn norms(&self, crowd: &Crowd, prints: &[u64]) -> Option<Vec<Option<f32>>> {
        let found = self.found?;
        let mut norms: Vec<Option<f32>> = vec![None; prints.len()];
        let then = found.prints.iter().zip(&found.norms);
        for (at, (print, norm)) in self.places(crowd)?.into_iter().zip(then) {
            let at = at.map(|it| it as usize).filter(|it| prints.get(*it) == Some(print));
            if let Some(slot) = at.and_then(|it| norms.get_mut(it)) {
                *slot = Some(*norm);
            }
        }
        let unknown = norms.iter().filter(|it| it.is_none()).count();
        (unknown * FEW <= norms.len()).then_some(norms)
    }

    /// Where each text of then is now; `None` where their order is not what it was.
    fn places(&self, crowd: &Crowd) -> Option<Vec<Option<u32>>> {
        let now: FxHashMap<u64, u32> = crowd.who.iter().copied().zip(0..).collect();
        let places: Vec<Option<u32>> =
            self.crowd.who.iter().map(|it| now.get(it).copied()).collect();
        places.iter().flatten().is_sorted_by(|a, b| a < b).then_some(places)
    }

    /// The number of each language of then now; that of a language that is not known comes last.
    fn langs(&self, field: &Field<'_>) -> Vec<Option<u16>> {
        let now = &field.crowd.tongues;
        let place = |it: &u64| now.iter().position(|now| now == it).map(|it| it as u16);
        let mut langs: Vec<Option<u16>> = self.crowd.tongues.iter().map(place).collect();
        langs.push(Some(now.len() as u16));
        langs
    }
}

/// The features that are left out now and were not then, or the other way round, by their places.
fn flipped(field: &Field<'_>, then: &[(u32, bool)], now: &[(u32, bool)]) -> Vec<bool> {
    let behind = |list: &[(u32, bool)], it: &(u32, bool)| list.binary_search(it).is_err();
    let gone = then.iter().filter(|it| behind(now, it));
    let come = now.iter().filter(|it| behind(then, it));
    let plain = field.census.len();
    let places = gone.chain(come).filter_map(|&(key, gloss)| {
        let (number, _) = field.census.find(key)?;
        Some(number as usize + if gloss { plain } else { 0 })
    });
    let mut flipped = Vec::new();
    for place in places {
        if flipped.is_empty() {
            flipped = vec![false; plain * 2];
        }
        if let Some(slot) = flipped.get_mut(place) {
            *slot = true;
        }
    }
    flipped
}

/// Whether a text has one of some features.
fn touches(text: &Text, places: &[bool]) -> bool {
    let mut own = features(text, places.len() / 2);
    own.any(|(_, place)| places.get(place) == Some(&true))
}
