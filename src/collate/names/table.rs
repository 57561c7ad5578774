//! The table of names: sightings of all statements brought together, confirmed, and made into entries.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::curated::Curated;
use super::entries::finish;
use super::{Form, Name, Names, Place, Sighted, Sightings};
use crate::vocab::lang::Lang;

/// The likeness at which one meeting is enough.
const SURE: u8 = 70;

/// The sightings of statements, while they are gathered in the archive's order.
#[derive(Clone, Debug, Default)]
pub struct Gathering {
    known: FxHashMap<Lang, FxHashMap<String, u32>>,
    forms: Vec<Gathered>,
    meetings: FxHashMap<(u32, u32), Met>,
}

/// A form in all statements so far.
#[derive(Clone, Debug)]
struct Gathered {
    lang: Lang,
    written: String,
    places: Vec<Place>,
    common: u32,
}

/// How two forms met in all statements so far.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    units: u32,
    likeness: u8,
}

impl Gathering {
    /// Adds what the alignment of a statement shows.
    pub fn add(&mut self, statement: u32, sightings: &Sightings) {
        let places: Vec<u32> = sightings
            .forms
            .iter()
            .map(|sighted| {
                let known = self.known.get(&sighted.lang);
                let known = known.and_then(|it| it.get(&sighted.written)).copied();
                let at = known.unwrap_or_else(|| self.enter(sighted));
                if let Some(form) = self.forms.get_mut(at as usize) {
                    let place = |&(version, unit): &(u32, u32)| Place { statement, version, unit };
                    form.places.extend(sighted.places.iter().map(place));
                    form.common += sighted.common;
                }
                at
            })
            .collect();
        for meeting in &sightings.meetings {
            let form = |at: u32| places.get(at as usize).copied();
            if let (Some(one), Some(other)) = (form(meeting.one), form(meeting.other)) {
                let met = self.meetings.entry((one.min(other), one.max(other))).or_default();
                met.units += meeting.units;
                met.likeness = met.likeness.max(meeting.likeness);
            }
        }
    }

    /// Enters a form that has not been met before, and gives its number.
    fn enter(&mut self, sighted: &Sighted) -> u32 {
        let at = self.forms.len() as u32;
        let (lang, written) = (sighted.lang.clone(), sighted.written.clone());
        self.known.entry(lang.clone()).or_default().insert(written.clone(), at);
        self.forms.push(Gathered { lang, written, places: Vec::new(), common: 0 });
        at
    }

    /// The table: what is confirmed, and what a curator says of it.
    pub fn names(&self, curated: &Curated) -> Names {
        let confirmed = self.meetings.par_iter().filter(|it| self.confirmed(*it.0, *it.1));
        let mut confirmed: Vec<((u32, u32), Met)> = confirmed.map(|it| (*it.0, *it.1)).collect();
        confirmed.par_sort_unstable_by_key(|(pair, met)| {
            (u8::MAX - met.likeness, u32::MAX - met.units, *pair)
        });
        let confirmed: Vec<(u32, u32)> = confirmed.into_iter().map(|it| it.0).collect();
        let mut groups = Groups::of(self.forms.len() as u32);
        let spelled = |written: &str| self.spelled(written);
        let apart = curated.apart(&spelled);
        let tied = curated.joined(&spelled);
        for &(one, other) in &tied {
            groups.join(one, other);
        }
        let tied: BTreeSet<u32> = tied.into_iter().flat_map(|it| [it.0, it.1]).collect();
        let twins = self.twins(&confirmed);
        for (one, other) in confirmed.into_iter().chain(twins) {
            let (a, b) = (groups.find(one), groups.find(other));
            if a != b && self.may_join((&groups, &apart, &tied), a, b) {
                groups.join(a, b);
            }
        }
        let hidden = curated.hidden(&spelled);
        let told =
            |forms: &Vec<u32>| forms.len() > 1 && !forms.iter().any(|it| hidden.contains(it));
        let told: Vec<Vec<u32>> = groups.all().filter(told).collect();
        finish(told.par_iter().map(|forms| self.name(forms, curated)).collect())
    }

    /// Whether any form is spelled so.
    pub(super) fn has(&self, written: &str) -> bool {
        !self.spelled(written).is_empty()
    }

    /// The forms that are spelled in some way: `Tokajew`, or `pl:Tokajew` of one language only.
    fn spelled(&self, written: &str) -> Vec<u32> {
        let (tag, bare) =
            written.split_once(':').map_or(("", written), |(tag, it)| (tag, it.trim()));
        let fits = |form: &Gathered| {
            form.written == written || form.written == bare && form.lang.as_str() == tag
        };
        (0..).zip(&self.forms).filter(|(_, form)| fits(form)).map(|(at, _)| at).collect()
    }

    /// Whether two forms that met are one name: they sound much alike or met again, and neither is a word
    /// that is also written small.
    fn confirmed(&self, (one, other): (u32, u32), met: Met) -> bool {
        let proper = |at: u32| {
            let form = self.forms.get(at as usize);
            form.is_some_and(|it| it.common as usize * 5 < it.places.len())
        };
        (met.likeness >= SURE || met.units >= 2) && proper(one) && proper(other)
    }

    /// Pairs of the forms that were met as names and are spelled alike in different languages.
    fn twins(&self, confirmed: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let met: BTreeSet<u32> = confirmed.iter().flat_map(|it| [it.0, it.1]).collect();
        let mut first: FxHashMap<&str, u32> = FxHashMap::default();
        let twin = |at: &u32| {
            let form = self.forms.get(*at as usize)?;
            let twin = *first.entry(&form.written).or_insert(*at);
            (twin != *at).then_some((twin, *at))
        };
        met.iter().filter_map(twin).collect()
    }

    /// Whether two groups can be one name: nothing that a curator keeps apart, and no two forms of one
    /// language that begin otherwise.
    fn may_join(
        &self,
        (groups, apart, tied): (&Groups, &BTreeSet<(u32, u32)>, &BTreeSet<u32>),
        a: u32,
        b: u32,
    ) -> bool {
        let free = groups.members(a).chain(groups.members(b)).any(|it| tied.contains(&it));
        groups.members(a).all(|one| {
            groups.members(b).all(|other| {
                !apart.contains(&(one.min(other), one.max(other)))
                    && (free || self.inflected(one, other))
            })
        })
    }

    /// Whether two forms may be one name: those of one language must begin alike.
    fn inflected(&self, one: u32, other: u32) -> bool {
        let (Some(a), Some(b)) = (self.forms.get(one as usize), self.forms.get(other as usize))
        else {
            return false;
        };
        if a.lang.base() != b.lang.base() {
            return true;
        }
        let same = alike(&a.written, &b.written);
        let shorter = a.written.chars().count().min(b.written.chars().count());
        same + 2 >= shorter && same * 2 >= shorter
    }

    /// The entry that some forms make.
    fn name(&self, forms: &[u32], curated: &Curated) -> Name {
        let gathered = forms.iter().filter_map(|&at| self.forms.get(at as usize));
        let mut forms: Vec<Form> = gathered
            .map(|it| Form {
                lang: it.lang.clone(),
                written: it.written.clone(),
                places: it.places.clone(),
            })
            .collect();
        forms.sort_by(|a, b| {
            let often = b.places.len().cmp(&a.places.len());
            a.lang.cmp(&b.lang).then(often).then_with(|| a.written.cmp(&b.written))
        });
        let heading = curated.heading(&forms).map_or_else(
            || {
                heading(&forms)
                    .map_or_else(Default::default, |it| (it.written.clone(), Some(it.lang.clone())))
            },
            |heading| (heading, None),
        );
        Name { slug: String::new(), heading, forms, kin: Vec::new() }
    }
}

/// The form under which a name is listed: of those in Latin letters, where there are any, the one that
/// stands most often.
fn heading(forms: &[Form]) -> Option<&Form> {
    let latin = |it: &Form| it.written.chars().any(|c| c.is_ascii_alphabetic());
    forms.iter().min_by_key(|it| {
        (
            !latin(it),
            usize::MAX - it.places.len(),
            it.written.chars().count(),
            &it.written,
            &it.lang,
        )
    })
}

/// How many characters two words begin with alike, whatever their case.
fn alike(a: &str, b: &str) -> usize {
    let fold = |it: &str| it.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    fold(a).iter().zip(&fold(b)).take_while(|(a, b)| a == b).count()
}

/// Forms that are joined to groups, each known by its first form (Galler and Fischer 1964).
struct Groups {
    of: Vec<u32>,
    /// The next form of the same group, the first one behind the last: most groups have one form.
    next: Vec<u32>,
}

impl Groups {
    /// So many forms, each of which is a group.
    fn of(count: u32) -> Self {
        Self { of: (0..count).collect(), next: (0..count).collect() }
    }

    /// The forms of the group of a form, that one first.
    fn members(&self, form: u32) -> impl Iterator<Item = u32> {
        let next = move |at: &u32| self.next.get(*at as usize).copied().filter(|it| *it != form);
        std::iter::successors(Some(form), next)
    }

    /// The forms of each group, in the order of their first ones.
    fn all(&self) -> impl Iterator<Item = Vec<u32>> {
        let firsts = (0..).zip(&self.of).filter(|(form, of)| form == *of);
        firsts.map(|(form, _)| self.members(form).collect())
    }

    /// The group of a form.
    fn find(&mut self, form: u32) -> u32 {
        let mut at = form;
        while let Some(&up) = self.of.get(at as usize).filter(|&&up| up != at) {
            at = up;
        }
        if let Some(own) = self.of.get_mut(form as usize) {
            *own = at;
        }
        at
    }

    /// Joins the groups of two forms.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            if let Some(own) = self.of.get_mut(a.max(b) as usize) {
                *own = a.min(b);
            }
            // Two rings become one where each goes on with what followed in the other.
            self.next.swap(a as usize, b as usize);
        }
    }
}
