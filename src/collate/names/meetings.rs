//! Where forms of one name meet: in aligned sentences of versions in different languages.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::generic::is_generic;
use super::{Meeting, Sighted, Sightings};
use crate::collate::{Line, Synopsis, Witness};
use crate::vocab::evidence::names::{self, Case, Mention};
use crate::vocab::lang::Lang;

/// The least likeness at which two words may be one name.
const LEAST: u8 = 50;
/// The least likeness at which a common word speaks against a name.
const COMMON: u8 = 62;

/// A form: version and the words as they are written.
type Form<'a> = (u32, &'a str);

/// What the alignment of one statement shows of names.
pub fn sightings(witnesses: &[Witness], synopsis: &Synopsis) -> Sightings {
    let hear = |it: &Witness| it.passages.iter().map(|text| names::mentions(text)).collect();
    let mut room = Room { witnesses, heard: witnesses.iter().map(hear).collect(), ..Room::empty() };
    for (unit, row) in (0..).zip(&synopsis.units) {
        let mut met = BTreeMap::new();
        for line in &row.lines {
            room.meet(line, &mut met);
        }
        for ((one, other), likeness) in met {
            let meeting = room.met.entry((one, other)).or_default();
            *meeting = (meeting.0 + 1, meeting.1.max(likeness));
            room.places.entry(one).or_default().insert(unit);
            room.places.entry(other).or_default().insert(unit);
        }
    }
    room.look_around(synopsis);
    room.told()
}

/// The versions of a statement while their names are met.
struct Room<'a> {
    witnesses: &'a [Witness],
    /// By version and passage.
    heard: Vec<Vec<Vec<Mention>>>,
    /// Units in which two forms met, and how alike they sound.
    met: BTreeMap<(Form<'a>, Form<'a>), (u32, u8)>,
    /// The units in which a form stands.
    places: BTreeMap<Form<'a>, BTreeSet<u32>>,
    /// How often a form's sound is met as a common word.
    common: BTreeMap<Form<'a>, u32>,
}

/// A word in a line: the version, the passage, and the word.
type Spoken = (u32, u32, Mention);

/// Two words of a line that may be one name, and how alike they sound.
#[derive(Clone, Copy)]
struct Pair {
    one: Spoken,
    other: Spoken,
    likeness: u8,
}

impl<'a> Room<'a> {
    /// Before anything is met.
    fn empty() -> Self {
        Self {
            witnesses: &[],
            heard: Vec::new(),
            met: BTreeMap::new(),
            places: BTreeMap::new(),
            common: BTreeMap::new(),
        }
    }

    /// Lets the words of a line meet.
    fn meet(&mut self, line: &Line, met: &mut BTreeMap<(Form<'a>, Form<'a>), u8>) {
        let spoken = self.spoken(line);
        let pairs = self.pairs(&spoken);
        let pairs = self.best(pairs);
        let mut from = 0;
        while let Some(first) = pairs.get(from) {
            let rest = pairs.get(from..).unwrap_or_default();
            let together = rest.windows(2).take_while(|it| self.adjoin(it[0], it[1])).count();
            let chain = rest.get(..=together).unwrap_or_default();
            let last = chain.last().unwrap_or(first);
            let words = chain.len() as u32;
            let likeness = chain.iter().map(|it| u32::from(it.likeness)).sum::<u32>() / words;
            // Two words that agree one behind the other are hardly chance.
            let likeness = if words > 1 { likeness.max(70) } else { likeness } as u8;
            let one = self.form(first.one, last.one);
            let other = self.form(first.other, last.other);
            let known = met.entry((one, other)).or_default();
            *known = likeness.max(*known);
            from += chain.len();
        }
    }

    /// The words of a line that may be names or common words of their sound.
    fn spoken(&self, line: &Line) -> Vec<Spoken> {
        let mut spoken = Vec::new();
        for &(witness, part) in &line.parts {
            let passage = self.heard.get(witness as usize);
            let passage = passage.and_then(|it| it.get(part.passage as usize));
            let inside = |it: &&Mention| it.from >= part.from && it.to <= part.to;
            let all = passage.map(Vec::as_slice).unwrap_or_default().iter().filter(inside);
            spoken.extend(all.map(|it| (witness, part.passage, *it)));
        }
        spoken
    }

    /// All pairs of words that may be one name; notes where a common word speaks against it.
    fn pairs(&mut self, spoken: &[Spoken]) -> Vec<Pair> {
        let mut shelves: Vec<(u64, usize)> = Vec::with_capacity(spoken.len());
        for (at, (_, _, mention)) in spoken.iter().enumerate() {
            let [one, other] = mention.sound.shelves();
            shelves.push((one, at));
            if other != one {
                shelves.push((other, at));
            }
        }
        shelves.sort_unstable();
        let mut pairs = Vec::new();
        for shelf in shelves.chunk_by(|a, b| a.0 == b.0) {
            for (at, &(_, one)) in shelf.iter().enumerate() {
                for &(_, other) in shelf.get(at + 1..).unwrap_or_default() {
                    if let (Some(&one), Some(&other)) = (spoken.get(one), spoken.get(other)) {
                        pairs.extend(self.pair(one, other));
                    }
                }
            }
        }
        pairs
    }

    /// Two words as a pair, where they may be one name.
    fn pair(&mut self, one: Spoken, other: Spoken) -> Option<Pair> {
        let (one, other) = if one.0 <= other.0 { (one, other) } else { (other, one) };
        let case = (one.2.case, other.2.case);
        let small = case.0 == Case::Small || case.1 == Case::Small;
        if case.0 < Case::First && case.1 < Case::First || self.base(one) == self.base(other) {
            return None;
        }
        let likeness = one.2.sound.likeness(&other.2.sound);
        if small && likeness >= COMMON {
            for spoken in [one, other].into_iter().filter(|it| it.2.case != Case::Small) {
                *self.common.entry(self.form(spoken, spoken)).or_default() += 1;
            }
        }
        let shown = case.0 >= Case::Capital || case.1 >= Case::Capital;
        let name = !small && shown && likeness >= LEAST && self.proper(one) && self.proper(other);
        name.then_some(Pair { one, other, likeness })
    }

    /// Whether a word is neither that of an office nor a month or weekday.
    fn proper(&self, it: Spoken) -> bool {
        let lang = self.witnesses.get(it.0 as usize).map(|witness| &witness.lang);
        !is_generic(it.2.sound.letters())
            && !lang.is_some_and(|lang| names::is_time(self.form(it, it).1, lang))
    }

    /// Of all pairs those in which each word is the best partner of the other in its version; where two
    /// different words are equally good, neither.
    fn best(&self, mut pairs: Vec<Pair>) -> Vec<Pair> {
        let place = |it: &Spoken| (it.0, it.1, it.2.from, it.2.to);
        pairs.sort_by_key(|it| (place(&it.one), place(&it.other)));
        pairs.dedup_by_key(|it| (place(&it.one), place(&it.other)));
        let lost: Vec<bool> =
            pairs.iter().map(|own| pairs.iter().any(|it| self.rival(own, it))).collect();
        let mut best: Vec<Pair> =
            pairs.into_iter().zip(lost).filter(|it| !it.1).map(|it| it.0).collect();
        best.sort_by_key(|it| (it.one.0, it.other.0, it.one.1, it.one.2.from, it.other.2.from));
        best
    }

    /// Whether a pair is a better reading of a word than `own`: the same word with another partner in the
    /// same version, or with another cut of it.
    fn rival(&self, own: &Pair, it: &Pair) -> bool {
        let recut =
            |a: Spoken, b: Spoken| crossed(a, b) && (a.2.from, a.2.to) != (b.2.from, b.2.to);
        let sides =
            [(own.one, it.one), (own.one, it.other), (own.other, it.one), (own.other, it.other)];
        if sides.into_iter().any(|(a, b)| recut(a, b)) {
            let shorter = touches(it, own) && width(it) < width(own);
            return it.likeness > own.likeness || it.likeness == own.likeness && shorter;
        }
        let partner = |a: Spoken, b: Spoken| {
            a.0 == b.0 && !crossed(a, b) && self.form(a, a).1 != self.form(b, b).1
        };
        let one = crossed(it.one, own.one) && partner(it.other, own.other);
        let other = crossed(it.other, own.other) && partner(it.one, own.one);
        (one || other) && it.likeness >= own.likeness
    }

    /// Whether two pairs follow each other in both versions, with nothing but a space or hyphen between.
    fn adjoin(&self, a: Pair, b: Pair) -> bool {
        self.joined(a.one, b.one) && self.joined(a.other, b.other)
    }

    /// Whether two words of one passage are joined by a space or hyphen.
    fn joined(&self, a: Spoken, b: Spoken) -> bool {
        let between = self.text(a).get(a.2.to as usize..b.2.from as usize);
        (a.0, a.1) == (b.0, b.1)
            && between.is_some_and(|it| {
                let mut chars = it.chars();
                let (first, more) = (chars.next(), chars.next());
                more.is_none()
                    && first.is_none_or(|c| {
                        matches!(
                            c,
                            ' ' | '\u{a0}' | '-' | '‐' | '–' | '·' | '・' | '•' | '=' | '\u{200c}'
                        )
                    })
            })
    }

    /// The form that a stretch of words makes.
    fn form(&self, first: Spoken, last: Spoken) -> Form<'a> {
        let words = self.text(first).get(first.2.from as usize..last.2.to as usize);
        (first.0, words.unwrap_or_default())
    }

    /// The passage in which a word stands.
    fn text(&self, it: Spoken) -> &'a str {
        let witness = self.witnesses.get(it.0 as usize);
        witness.and_then(|witness| witness.passages.get(it.1 as usize)).map_or("", String::as_str)
    }

    /// The language of the version in which a word stands.
    fn base(&self, it: Spoken) -> &'a str {
        self.witnesses.get(it.0 as usize).map_or("", |witness| witness.lang.base())
    }

    /// Adds the places where forms that have met stand without a partner, and counts them as common words.
    fn look_around(&mut self, synopsis: &Synopsis) {
        let mut lower: FxHashMap<String, Vec<Form<'a>>> = FxHashMap::default();
        for &form in self.places.keys() {
            lower.entry(form.1.to_lowercase()).or_default().push(form);
        }
        let heard = std::mem::take(&mut self.heard);
        for (unit, row) in (0..).zip(&synopsis.units) {
            for ((at, cell), heard) in (0..).zip(&row.cells).zip(&heard) {
                for part in &cell.parts {
                    let mentions = heard.get(part.passage as usize).map(Vec::as_slice);
                    let inside = |it: &&Mention| it.from >= part.from && it.to <= part.to;
                    for it in mentions.unwrap_or_default().iter().filter(inside) {
                        self.notice((at, part.passage, *it), unit, &lower);
                    }
                }
            }
        }
    }

    /// Notes a word that stands in a unit: as a place of a form, or as a common word.
    fn notice(&mut self, it: Spoken, unit: u32, lower: &FxHashMap<String, Vec<Form<'a>>>) {
        let form = self.form(it, it);
        if it.2.case != Case::Small {
            if let Some(units) = self.places.get_mut(&form) {
                units.insert(unit);
            }
            return;
        }
        let lower = lower.get(form.1).into_iter().flatten();
        for form in lower.filter(|it| it.0 == form.0) {
            *self.common.entry(*form).or_default() += 1;
        }
    }

    /// What has been seen, with versions of one language brought together.
    fn told(self) -> Sightings {
        let lang = |form: &Form| self.witnesses.get(form.0 as usize).map(|it| it.lang.clone());
        let mut forms: BTreeMap<(Lang, String), Sighted> = BTreeMap::new();
        for (form, units) in &self.places {
            let Some(lang) = lang(form) else { continue };
            let written = form.1.to_owned();
            let key = (lang.clone(), written.clone());
            let new = Sighted { lang, written, places: Vec::new(), common: 0 };
            let sighted = forms.entry(key).or_insert(new);
            sighted.places.extend(units.iter().map(|&unit| (form.0, unit)));
            sighted.common += self.common.get(form).copied().unwrap_or(0);
        }
        let place: BTreeMap<&(Lang, String), u32> = forms.keys().zip(0..).collect();
        let mut meetings: BTreeMap<(u32, u32), (u32, u8)> = BTreeMap::new();
        for ((one, other), &(units, likeness)) in &self.met {
            let find = |form: &Form| place.get(&(lang(form)?, form.1.to_owned())).copied();
            if let (Some(one), Some(other)) = (find(one), find(other)) {
                let known = meetings.entry((one.min(other), one.max(other))).or_default();
                *known = (known.0.max(units), known.1.max(likeness));
            }
        }
        let meeting = |((one, other), (units, likeness))| Meeting { one, other, units, likeness };
        Sightings {
            meetings: meetings.into_iter().map(meeting).collect(),
            forms: forms.into_values().collect(),
        }
    }
}

/// Whether two words of one version share a letter.
fn crossed(a: Spoken, b: Spoken) -> bool {
    (a.0, a.1) == (b.0, b.1) && a.2.from < b.2.to && b.2.from < a.2.to
}

/// Whether two pairs share a letter in both versions: they are two readings of the same words.
fn touches(a: &Pair, b: &Pair) -> bool {
    crossed(a.one, b.one) && crossed(a.other, b.other)
}

/// How many bytes the words of a pair have.
fn width(it: &Pair) -> u32 {
    it.one.2.to - it.one.2.from + it.other.2.to - it.other.2.from
}
