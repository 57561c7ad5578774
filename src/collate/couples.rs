//! What rows teach of the words of two languages, kept by all that it hangs on: an edit of a text leaves what
//! its archive teaches of all languages but its own.
//!
//! What two languages teach each other follows from the rows where both stand and from nothing else. Words
//! go by their keys here, which are the same in every run.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::pairing::Counts;
use super::taught::{Pair, Taught};
use crate::vocab::digest::{Fingerprint, hash64};

/// The most languages between which anything is kept: what many teach each other is many small things.
const MOST: usize = 64;

/// Words of two languages that gloss each other, by their keys, and how strongly.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Couples(Vec<(u64, u64, f32)>);

/// What an earlier run was taught of two languages, and where this one leaves what it is taught.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// Gives what was taught, by the fingerprint of all that it hangs on.
    pub recall: &'a (dyn Fn(Fingerprint) -> Option<Couples> + Sync),
    /// Takes what is taught now.
    pub record: &'a (dyn Fn(Fingerprint, &Couples) + Sync),
}

impl Kept<'_> {
    /// Where nothing is known and nothing is kept.
    pub(crate) const NOTHING: Self = Self { recall: &|_| None, record: &|_, _| () };
}

impl Counts {
    /// What glosses each word, as [`Self::glosses`] finds it, where what is kept of two languages is not found
    /// again. `keys` are those of all numbers.
    pub(crate) fn glosses_beside(self, keys: &[u64], kept: Kept) -> Taught {
        if self.tongues() > MOST {
            return self.glosses();
        }
        let prints = self.prints(keys);
        let known: Vec<Option<Couples>> =
            prints.par_iter().map(|it| (kept.recall)((*it)?)).collect();
        let counts = self.knowing(known.iter().map(Option::is_some).collect());
        let mut pairs = counts.pairs();
        counts.record(&pairs, (keys, &prints, &known), kept);
        let places = counts.places(keys);
        let place = |key: &u64| places.get(key).copied();
        let couples = known.iter().flatten().flat_map(|it| &it.0);
        let told = couples.filter_map(|(a, b, strength)| Some((place(a)?, (place(b)?, *strength))));
        pairs.extend(told);
        Taught::new(counts.numbers(), &|| pairs.iter().copied())
    }

    /// Keeps what was found of the languages of which nothing was known.
    fn record(
        &self,
        pairs: &[Pair],
        (keys, prints, known): (&[u64], &[Option<Fingerprint>], &[Option<Couples>]),
        kept: Kept,
    ) {
        let mut found: Vec<Vec<(u64, u64, f32)>> = vec![Vec::new(); prints.len()];
        let key = |word: u32| keys.get(*self.numbers().get(word as usize)? as usize).copied();
        for &(own, (other, strength)) in pairs {
            let slot = found.get_mut(self.between(self.lang(own), self.lang(other)));
            if let (Some(slot), Some(own), Some(other)) = (slot, key(own), key(other)) {
                slot.push((own, other, strength));
            }
        }
        let all = found.into_par_iter().zip(prints).zip(known);
        all.filter(|it| it.1.is_none()).for_each(|((found, print), _)| {
            if let Some(print) = print {
                (kept.record)(*print, &Couples(found));
            }
        });
    }

    /// The place of each word, by its key.
    fn places(&self, keys: &[u64]) -> FxHashMap<u64, u32> {
        let own = (0..).zip(self.numbers());
        own.filter_map(|(place, number)| Some((*keys.get(*number as usize)?, place))).collect()
    }

    /// The fingerprint of all that two languages teach each other by; `None` where no row has both.
    fn prints(&self, keys: &[u64]) -> Vec<Option<Fingerprint>> {
        let between = self.tongues() * self.tongues();
        let mut seen: Vec<(Vec<u8>, u32)> = vec![(Vec::new(), u32::MAX); between];
        for (statement, row) in self.each_row() {
            let mut said: Vec<(usize, u64)> =
                row.map(|(lang, own)| (lang, self.said(lang, own, keys))).collect();
            said.sort_by_key(|it| it.0);
            let langs: Vec<&[(usize, u64)]> = said.chunk_by(|a, b| a.0 == b.0).collect();
            for (at, one) in langs.iter().enumerate() {
                for other in langs.get(at + 1..).unwrap_or_default() {
                    let lang = |of: &[(usize, u64)]| of.first().map_or(0, |it| it.0);
                    let place = self.between(lang(one), lang(other));
                    let Some((bytes, last)) = seen.get_mut(place) else { continue };
                    bytes.push(u8::from(std::mem::replace(last, statement) != statement));
                    for versions in [*one, *other] {
                        bytes.extend((versions.len() as u32).to_le_bytes());
                        bytes.extend(versions.iter().flat_map(|it| it.1.to_le_bytes()));
                    }
                }
            }
        }
        let print =
            |(bytes, _): &(Vec<u8>, u32)| (!bytes.is_empty()).then(|| Fingerprint::of_bytes(bytes));
        seen.par_iter().map(print).collect()
    }

    /// A hash of the words of a version that can teach anything.
    fn said(&self, lang: usize, cells: &[u32], keys: &[u64]) -> u64 {
        let begin = self.own(lang).start;
        let number = |cell: &u32| self.numbers().get((begin + cell) as usize);
        let mut bytes = Vec::with_capacity(cells.len() * 8);
        for key in cells.iter().filter_map(|it| keys.get(*number(it)? as usize)) {
            bytes.extend_from_slice(&key.to_le_bytes());
        }
        hash64(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::*;
    use crate::collate::pairing::{Demand, RowWords};

    /// Rows of statements in three languages; word 40 stands in one of the first only where it is edited.
    fn rows(edited: bool) -> Vec<RowWords> {
        let row = |at: u32| {
            let word = |lang: u32| lang * 100 + at * 7 % 11;
            let mut versions: Vec<(u16, Vec<u32>)> = (0..3)
                .map(|lang| (lang as u16, vec![word(lang), lang * 100 + at % 5 + 20]))
                .collect();
            versions.truncate(2 + (at as usize) % 2);
            if edited && at.is_multiple_of(9) {
                versions[0].1.push(40);
            }
            RowWords { statement: at / 4, versions }
        };
        (0..60).map(row).collect()
    }

    #[test]
    fn what_is_kept_saves_the_languages_that_were_not_edited_and_changes_nothing() {
        let demand = Demand { statements: 2, discount: 0.7, shared: true };
        let keys: Vec<u64> = (0..300).map(|it| hash64(&[it as u8, (it / 256) as u8])).collect();
        let store: Mutex<BTreeMap<Fingerprint, Couples>> = Mutex::default();
        let mut made = 0;
        let mut learn = |edited: bool| {
            let counts = || Counts::new(&rows(edited), keys.len(), demand);
            let kept = Kept {
                recall: &|it| store.lock().unwrap().get(&it).cloned(),
                record: &|it, couples| drop(store.lock().unwrap().insert(it, couples.clone())),
            };
            let listed = |it: Taught| {
                let each = it.each().map(|(word, all)| {
                    let mut all: Vec<(u32, u32)> =
                        all.iter().map(|it| (it.0, it.1.to_bits())).collect();
                    all.sort_unstable();
                    (word, all)
                });
                each.collect::<Vec<_>>()
            };
            let told = listed(counts().glosses_beside(&keys, kept));
            assert_eq!(told, listed(counts().glosses()));
            assert!(!told.is_empty());
            let before = std::mem::replace(&mut made, store.lock().unwrap().len());
            made - before
        };
        assert_eq!(learn(false), 3);
        assert_eq!(learn(false), 0);
        assert_eq!(learn(true), 2, "all but the two languages that nobody has edited");
        assert_eq!(learn(false), 0);
    }
}
