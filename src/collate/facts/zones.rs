//! Time zones as texts name them near an hour: abbreviations, places, and words that say that there is one.
//!
//! Reads a table; knows no hours and no versions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::forms::Form;
use crate::vocab::evidence::quantity::leading;
use crate::vocab::letter::{is_digit, is_letter};
use crate::vocab::yaml;

/// How far from the word for time the name of a zone may stand, in bytes.
const BESIDE: usize = 40;
/// How long a word may be between the word for time and the name of a zone, in bytes: `de`, `von`.
const LINK: usize = 3;

/// The zones that the program knows, and the words by which an hour is known.
#[derive(Clone, Debug)]
pub(super) struct Zones {
    /// Forms that name a zone by themselves, with the offsets in minutes that they may stand for.
    pub(super) names: Vec<(String, Vec<i32>)>,
    /// The same of forms that need a word for time near them.
    places: Vec<(String, Vec<i32>)>,
    pub(super) words: Words,
}

/// The words of the table that stand for no zone themselves.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Words {
    /// Words for the time of a zone.
    time: Vec<String>,
    /// What says that an hour is that of some zone.
    local: Vec<String>,
    /// What stands behind an hour.
    pub(super) behind: Vec<String>,
    /// What stands in front of an hour.
    pub(super) before: Vec<String>,
    /// What stands near an hour after noon.
    pub(super) afternoon: Vec<String>,
    /// What stands near an hour that is counted from sunrise.
    pub(super) sunrise: Vec<String>,
}

/// The table as it is written.
#[derive(Default, Deserialize)]
struct Table {
    names: BTreeMap<String, Vec<String>>,
    places: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    words: Words,
}

/// The zones that a text names near an hour.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// None at all.
    None,
    /// One that the table does not know.
    Unknown,
    /// These, by their offsets in minutes.
    Known(BTreeSet<i32>),
}

impl Zones {
    /// The table that the program carries, read when it is first asked: most archives never ask.
    pub(super) fn table() -> &'static Self {
        static TABLE: LazyLock<Zones> = LazyLock::new(|| {
            let table: Table =
                yaml::read(include_str!("../../tables/zones.yaml")).unwrap_or_default();
            Zones { names: listed(table.names), places: listed(table.places), words: table.words }
        });
        &TABLE
    }

    /// The zones that a stretch of text names.
    pub(super) fn named(&self, text: &str) -> Named {
        let folded = text.to_lowercase();
        let met =
            |form: &str| if is_lower(form) { places(&folded, form) } else { places(text, form) };
        let mut offsets: BTreeSet<i32> = BTreeSet::new();
        for (form, known) in &self.names {
            for at in met(form) {
                // Capitals stand as they are written, so that what follows can be read: `UTC+8`.
                let shown = (!is_lower(form)).then(|| text.get(at.1..)).flatten().and_then(offset);
                offsets.extend(shown.map_or_else(|| known.clone(), |it| vec![it]));
            }
        }
        let words: Vec<_> = self.words.time.iter().flat_map(|it| places(&folded, it)).collect();
        let beside = |at: &(usize, usize)| {
            words.iter().any(|it| it.0 < at.1 + BESIDE && at.0 < it.1 + BESIDE)
        };
        if !words.is_empty() {
            let known = self.places.iter().filter(|it| places(&folded, &it.0).iter().any(beside));
            offsets.extend(known.flat_map(|it| &it.1));
        }
        let local = || self.words.local.iter().any(|it| !places(&folded, it).is_empty());
        if !offsets.is_empty() {
            Named::Known(offsets)
        } else if local() || self.is_foreign(text) {
            Named::Unknown
        } else {
            Named::None
        }
    }

    /// Whether a word with a capital stands right at a word for time: `Kinshasa time`, `heure de Kinshasa`.
    fn is_foreign(&self, text: &str) -> bool {
        let capital = |it: &str| it.starts_with(char::is_uppercase);
        self.words.time.iter().flat_map(|it| places(text, it)).any(|(from, to)| {
            let before = text.get(..from).unwrap_or_default().trim_end_matches([' ', '-']);
            let front = before.rsplit(' ').next().unwrap_or_default();
            let inside = front.len() < before.len() && front.chars().all(is_letter);
            let mut behind = text.get(to..).unwrap_or_default().split(' ');
            let next = (behind.next(), behind.next(), behind.next());
            let linked = next.0 == Some("") && next.1.is_some_and(|it| it.len() <= LINK);
            inside && capital(front) || linked && next.2.is_some_and(capital)
        })
    }
}

/// The forms of a part of the table, each with its offsets.
fn listed(table: BTreeMap<String, Vec<String>>) -> Vec<(String, Vec<i32>)> {
    let row = |(offsets, forms): (String, Vec<String>)| {
        let offsets: Vec<i32> = offsets.split(' ').filter_map(offset).collect();
        forms.into_iter().map(move |form| (form, offsets.clone()))
    };
    table.into_iter().flat_map(row).collect()
}

/// The minutes from Coordinated Universal Time with which a text begins: `+5:30`, ` +0200`, `−3`.
fn offset(text: &str) -> Option<i32> {
    let text = text.trim_start();
    let rest = text.strip_prefix(['+', '-', '−'])?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let value = leading(rest)? as i32;
    let minutes = rest.get(digits..)?.strip_prefix(':').and_then(sixtieth).map_or(0, |it| it.0);
    let minutes = match digits {
        1 | 2 => value * 60 + minutes,
        4 => value / 100 * 60 + value % 100,
        _ => return None,
    };
    (minutes <= 14 * 60).then_some(if text.starts_with('+') { minutes } else { -minutes })
}

/// Whether a text ends with the beginning of an offset: `UTC+`.
pub(super) fn ends_in_offset(text: &str) -> bool {
    let name = text.strip_suffix(['+', '-', '−']).unwrap_or_default().trim_end();
    name.ends_with("UTC") || name.ends_with("GMT")
}

/// The number below sixty of two digits with which a text begins, and what stands behind it.
pub(super) fn sixtieth(text: &str) -> Option<(i32, &str)> {
    let end = text.find(|c| !is_digit(c)).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let value = leading(digits).filter(|it| *it < 60 && digits.chars().count() == 2)?;
    Some((value as i32, rest))
}

/// Whether a form of the table is met in lower case.
pub(super) fn is_lower(form: &str) -> bool {
    !form.contains(char::is_uppercase)
}

/// The bytes at which a form stands in a text.
pub(super) fn places(text: &str, form: &str) -> Vec<(usize, usize)> {
    let found = text.match_indices(Form::read(form).core).map(|(at, core)| (at, at + core.len()));
    found.filter(|&at| stands(text, form, at)).collect()
}

/// How many bytes a form takes at the beginning of a text.
pub(super) fn first(text: &str, form: &str) -> Option<usize> {
    let core = Form::read(form).core;
    (text.starts_with(core) && stands(text, form, (0, core.len()))).then_some(core.len())
}

/// Whether a text ends with a form.
pub(super) fn ends(text: &str, form: &str) -> bool {
    let core = Form::read(form).core;
    let begin = text.len().saturating_sub(core.len());
    text.ends_with(core) && stands(text, form, (begin, text.len()))
}

/// Whether a form stands at some bytes of a text where its letters do: capitals beside any letter that is of no
/// script with capitals, so that what some languages join to them does not hide them.
fn stands(text: &str, form: &str, (from, to): (usize, usize)) -> bool {
    if is_lower(form) {
        return Form::read(form).stands(text, from..to);
    }
    let cased = |c: char| c.is_uppercase() || c.is_lowercase();
    let before = text.get(..from).is_some_and(|it| it.ends_with(cased));
    let behind = text.get(to..).is_some_and(|it| it.starts_with(cased));
    !before && !behind
}
