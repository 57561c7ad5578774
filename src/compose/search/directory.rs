//! What the search reads first: the languages with their years, and where to look for the first terms of
//! the shards. Apart are those terms, and what limits need: the months, and the outlets.

use std::ops::Range;

use serde::Serialize;
use serde_json::json;

use super::shards::Shard;
use super::{Index, PLACES, entry};
use crate::compose::press::Press;
use crate::vocab::lang::{Direction, Lang};

/// A language as the script reads it.
#[derive(Serialize)]
struct Tongue<'a> {
    /// Its tag.
    tag: &'a str,
    /// Its own name.
    name: String,
    /// Whether it is written from right to left.
    rtl: u8,
    /// How many documents it has.
    n: u32,
    /// Pairs: a year, as its distance from the one before, and how many documents are of it.
    y: Vec<u32>,
}

/// The directory as a script.
pub(super) fn directory(index: &Index, press: &Press) -> String {
    let languages: Vec<Tongue> = index
        .order
        .languages
        .iter()
        .map(|it| {
            let lang = Lang::parse(&it.tag).unwrap_or_else(Lang::undetermined);
            Tongue {
                tag: &it.tag,
                name: lang.autonym().to_owned(),
                rtl: u8::from(lang.direction() == Direction::Rtl),
                n: it.count,
                y: distances(it.months.iter().map(|it| (it.0 / 13, it.1))),
            }
        })
        .collect();
    let groups = index
        .groups
        .iter()
        .filter_map(|it| Some((index.shards.ranges.get(it.start)?.key.as_str(), it.len())));
    let groups: Vec<_> = groups.collect();
    let directory = json!({
        "languages": languages,
        "groups": groups,
        "places": PLACES,
        "terms": index.shards.terms(),
        "outlets": press.shelves.outlets.iter().filter(|it| !it.key.is_empty()).count(),
    });
    format!("hexapla.put(\"index\",{directory})\n")
}

/// The months of each language as a script, in the manner of the years.
pub(super) fn dates(index: &Index) -> String {
    let languages = index.order.languages.iter();
    let months: Vec<Vec<u32>> = languages.map(|it| distances(it.months.iter().copied())).collect();
    format!("hexapla.put(\"dates\",{})\n", json!(months))
}

/// Spans of time as the distances between them, each with its count; equal ones that follow each other
/// are one.
fn distances(spans: impl Iterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for (span, count) in spans {
        match merged.last_mut().filter(|it| it.0 == span) {
            Some(same) => same.1 += count,
            None => merged.push((span, count)),
        }
    }
    let before = std::iter::once(0).chain(merged.iter().map(|it| it.0));
    merged.iter().zip(before).flat_map(|(it, before)| [it.0 - before, it.1]).collect()
}

/// The first terms of some shards as a script.
pub(super) fn keys(index: &Index, name: &str, group: &Range<usize>) -> String {
    let shards = index.shards.ranges.get(group.clone()).unwrap_or_default();
    let keys = front_coded(shards.iter().map(|it| it.key.as_str()));
    format!("hexapla.put({name:?},{})\n", json!(keys))
}

/// Parts the shards into groups of about 64. A group begins where the hash of a first term says so, so
/// that a new shard changes one group.
pub(super) fn groups(shards: &[Shard]) -> Vec<Range<usize>> {
    let begins = |at: &usize| {
        let key = shards.get(*at).map_or("", |it| it.key.as_str());
        *at == 0 || entry::hash(key.as_bytes()) >> 26 == 0
    };
    let begin: Vec<usize> = (0..shards.len()).filter(begins).collect();
    let ends = begin.iter().skip(1).copied().chain([shards.len()]);
    begin.iter().zip(ends).map(|(&from, to)| from..to).collect()
}

/// Keys in one text: each as a letter for how many characters it shares with the one before, and the
/// rest, with line ends between.
fn front_coded<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    let mut coded = String::new();
    let mut before = "";
    for key in keys {
        let same = before.chars().zip(key.chars()).take_while(|(a, b)| a == b);
        let (count, length) = same
            .take(25)
            .fold((0, 0), |(count, length), (it, _)| (count + 1, length + it.len_utf8()));
        coded.push(char::from(b'a' + count));
        coded.push_str(key.get(length..).unwrap_or_default());
        coded.push('\n');
        before = key;
    }
    coded
}

/// The outlets as a script: the end of the term, the name and the number of documents of each.
pub(super) fn outlets(press: &Press) -> String {
    let outlets: Vec<_> = press
        .shelves
        .outlets
        .iter()
        .filter_map(|it| Some((entry::outlet(&it.key)?.split_off(1), &it.key, it.documents.len())))
        .collect();
    format!("hexapla.put(\"outlets\",{})\n", json!(outlets))
}
