//! A long statement in quires that are woven one by one, so that neither time nor memory grows with
//! the square of its length.
//!
//! The longest version is cut into equal parts at borders of passages. Evidence that stands once in both
//! ties another version to it: the longest chain that rises in both carries the borders over. What was
//! moved from one quire to another is not found.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::evidence::Text;
use super::keys::Keys;
use super::segment;
use super::units::rising;

/// A quire of a statement.
#[derive(Clone, Debug)]
pub(crate) struct Quire<'a> {
    /// What each version has of it.
    pub(crate) texts: Vec<Text<'a>>,
    /// With which passage each begins.
    pub(crate) begins: Vec<u32>,
}

/// How many passages a version may have that is woven in one piece.
const LONG: usize = 240;
/// How many passages of the longest version make a quire, at most.
const SIZE: usize = 120;
/// How many pieces of evidence tie two passages together.
const TIES: u64 = 2;

/// The quires of a long statement; none where it is woven in one piece.
pub(crate) fn quires<'a>(texts: &[Text<'a>]) -> Vec<Quire<'a>> {
    let longest = texts.iter().enumerate();
    let longest = longest.max_by_key(|(at, it)| (it.passages.len(), Reverse(*at)));
    let Some((_, lead)) = longest.filter(|(_, it)| it.passages.len() > LONG) else {
        return Vec::new();
    };
    let count = lead.passages.len().div_ceil(SIZE);
    let mut keys = Keys::default();
    let found = once(lead, &mut keys);
    let borders: Vec<Vec<usize>> = texts
        .iter()
        .map(|own| {
            let chain = chain(&found, &once(own, &mut keys), [lead, own]);
            (0..=count).map(|at| carried(&chain, at * lead.passages.len() / count)).collect()
        })
        .collect();
    (0..count).map(|at| quire(texts, &borders, at)).collect()
}

/// One quire of all versions.
fn quire<'a>(texts: &[Text<'a>], borders: &[Vec<usize>], at: usize) -> Quire<'a> {
    let border = |own: &Vec<usize>, at: usize| own.get(at).copied().unwrap_or(0);
    let part =
        |(text, own): (&Text<'a>, &Vec<usize>)| text.part(border(own, at)..border(own, at + 1));
    Quire {
        texts: texts.iter().zip(borders).map(part).collect(),
        begins: borders.iter().map(|own| border(own, at) as u32).collect(),
    }
}

/// The keys that stand in one passage of a version only, with that passage.
fn once(own: &Text, keys: &mut Keys) -> BTreeMap<u32, Option<usize>> {
    let mut found: BTreeMap<u32, Option<usize>> = BTreeMap::new();
    for (passage, (_, traces)) in own.read().enumerate() {
        for mark in segment::marks(traces, own.lang, keys) {
            let place = found.entry(mark.key).or_insert(Some(passage));
            *place = place.filter(|it| *it == passage);
        }
    }
    found
}

/// The passages of two versions that are tied together, rising in both, from the heads to the ends.
fn chain(
    lead: &BTreeMap<u32, Option<usize>>,
    own: &BTreeMap<u32, Option<usize>>,
    texts: [&Text; 2],
) -> Vec<(usize, usize)> {
    let mut ties: FxHashMap<(usize, usize), u64> = FxHashMap::default();
    for (key, place) in lead {
        if let (Some(a), Some(Some(b))) = (place, own.get(key)) {
            *ties.entry((*a, *b)).or_default() += 1;
        }
    }
    let mut ties: Vec<((usize, usize), u64)> =
        ties.into_iter().filter(|tie| tie.1 >= TIES).collect();
    ties.sort_unstable_by_key(|tie| (tie.0.0, Reverse(tie.0.1)));
    let values: Vec<usize> = ties.iter().map(|tie| tie.0.1).collect();
    let kept = rising(&values, |at| ties.get(at).map_or(0, |tie| tie.1));
    let mut chain = vec![(0, 0)];
    chain.extend(kept.into_iter().filter_map(|at| ties.get(at)).map(|tie| tie.0));
    chain.push((texts[0].passages.len(), texts[1].passages.len()));
    chain
}

/// Where a border of the longest version falls in another one.
fn carried(chain: &[(usize, usize)], border: usize) -> usize {
    let behind = chain.partition_point(|tie| tie.0 <= border);
    let before = chain.get(behind.saturating_sub(1)).copied().unwrap_or_default();
    let Some(after) = chain.get(behind) else { return before.1 };
    before.1 + (border - before.0) * (after.1 - before.1) / (after.0 - before.0).max(1)
}
