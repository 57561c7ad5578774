//! How rare each key is in an archive: what only one text has is forgotten, what most have says nothing.
//! Knows keys and how many texts have them.

use rayon::prelude::*;

use super::signature::Signature;

/// Documents that an archive is thought to have besides its own, so that rarity means something in a
/// small one.
const BACKGROUND: f32 = 200.0;

/// Into how many ranges of keys the counting is parted, so that each is counted in the cache of one core.
const RANGES: usize = GROUPS * TOGETHER;
/// How many groups of ranges there are: the keys of one are held at once.
const GROUPS: usize = 4;
/// How many ranges make a group.
const TOGETHER: usize = 16;
/// From how many texts keys are gathered, or for how many they are found, in one piece of work.
pub(super) const AT_ONCE: usize = 1024;
/// How many keys of the census share one entry of its index, about.
const ENTRY: usize = 1;

/// The keys that two and more texts have, but not most, with the number of these texts. A key's number in
/// it is what the study calls it by.
#[derive(Default)]
pub(super) struct Census {
    rows: Vec<(u32, u32)>,
    /// Where the keys begin whose highest bits are the entry's number.
    index: Vec<u32>,
    shift: u32,
    texts: f32,
}

impl Census {
    /// Counts the keys of all texts.
    pub(super) fn take(signatures: &[Signature]) -> Self {
        let texts = signatures.len() as f32;
        let most = 0.4 * texts + 20.0;
        let mut rows: Vec<(u32, u32)> = Vec::new();
        for group in 0..GROUPS {
            let parts: Vec<Vec<Vec<u32>>> =
                signatures.par_chunks(AT_ONCE).map(|some| gather(some, group)).collect();
            let ranges: Vec<Vec<(u32, u32)>> =
                (0..TOGETHER).into_par_iter().map(|range| count(&parts, range, most)).collect();
            rows.extend(ranges.into_iter().flatten());
        }
        let entries = (rows.len() / ENTRY).next_power_of_two().max(2);
        let shift = u32::BITS - entries.ilog2();
        let mut index = vec![0; entries + 1];
        for (key, _) in &rows {
            if let Some(slot) = index.get_mut((key >> shift) as usize + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut index {
            sum += *slot;
            *slot = sum;
        }
        Self { rows, index, shift, texts }
    }

    /// The number of a key and how many texts have it.
    pub(super) fn find(&self, key: u32) -> Option<(u32, u32)> {
        let entry = (key >> self.shift) as usize;
        let [from, to] = *self.index.get(entry..)?.first_chunk()?;
        let mut rows = self.rows.get(from as usize..to as usize)?.iter().zip(from..);
        rows.find(|(row, _)| row.0 >= key)
            .filter(|(row, _)| row.0 == key)
            .map(|(row, at)| (at, row.1))
    }

    /// The numbers of all keys of some texts, and how many texts have them. The keys of all texts are found
    /// range by range, so that the rows of one stay in the nearest cache.
    pub(super) fn find_all(&self, signatures: &[Signature]) -> Vec<Vec<Option<(u32, u32)>>> {
        let mut rows: Vec<_> = signatures
            .iter()
            .map(|it| (it.keys().peekable(), Vec::with_capacity(it.keys().len())))
            .collect();
        for end in (1..=RANGES as u64).map(|it| (it << u32::BITS) / RANGES as u64) {
            for (keys, found) in &mut rows {
                while let Some(key) = keys.next_if(|it| u64::from(*it) < end) {
                    found.push(self.find(key));
                }
            }
        }
        rows.into_iter().map(|it| it.1).collect()
    }

    /// The key of a number.
    pub(super) fn key(&self, number: u32) -> Option<u32> {
        self.rows.get(number as usize).map(|it| it.0)
    }

    /// How many keys there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// What a key weighs that so many texts have; `prior` more texts are thought to have it.
    pub(super) fn weight(&self, count: u32, prior: f32) -> f32 {
        ln(coarse((self.texts + BACKGROUND) as u32, FINE) / (coarse(count, ROUGH) + prior))
    }
}

/// How many binary digits are heeded of how many texts there are. One text more or less seldom changes what
/// anything weighs, so that nearly all pairs are as they were.
pub(super) const FINE: u32 = 6;
/// How many binary digits are heeded of how many texts have a key.
pub(super) const ROUGH: u32 = 2;

/// A count in steps: the middle of all counts that have the same first binary digits, so many of them.
pub(super) fn coarse(count: u32, digits: u32) -> f32 {
    let dropped = (u32::BITS - count.leading_zeros()).saturating_sub(digits);
    let step = 1_u32 << dropped;
    (count & !(step - 1)) as f32 + (step - 1) as f32 / 2.0
}

/// Gathers the keys of one group of ranges, range by range.
fn gather(signatures: &[Signature], group: usize) -> Vec<Vec<u32>> {
    let range = |key: u32| ((u64::from(key) * RANGES as u64) >> u32::BITS) as usize;
    let first = (((group * TOGETHER) as u64) << u32::BITS) / RANGES as u64;
    let keys: usize = signatures.iter().map(|it| it.keys().len()).sum();
    let room = || Vec::with_capacity(keys / RANGES * 9 / 8);
    let mut ranges: Vec<Vec<u32>> = std::iter::repeat_with(room).take(TOGETHER).collect();
    for signature in signatures {
        for key in signature.keys_from(first as u32) {
            match ranges.get_mut(range(key) - group * TOGETHER) {
                Some(keys) => keys.push(key),
                None => break,
            }
        }
    }
    ranges
}

/// Counts the keys of one range of a group: those of two and more texts, but not of more than `most`.
fn count(parts: &[Vec<Vec<u32>>], range: usize, most: f32) -> Vec<(u32, u32)> {
    let keys: Vec<&[u32]> =
        parts.iter().filter_map(|it| it.get(range)).map(Vec::as_slice).collect();
    let keys = keys.concat();
    let keys = sorted(&keys);
    let runs = keys.chunk_by(|a, b| a == b).filter(|run| run.len() > 1);
    let rows = runs.filter_map(|run| Some((*run.first()?, run.len() as u32)));
    rows.filter(|it| it.1 as f32 <= most).collect()
}

/// Into how many parts the keys of a range are laid before they are sorted.
const PARTS: usize = 256;

/// The keys of one range, sorted: laid into parts first, each of which is sorted in the nearest cache.
fn sorted(keys: &[u32]) -> Vec<u32> {
    let part =
        |key: u32| ((u64::from(key) * (RANGES * PARTS) as u64) >> u32::BITS) as usize % PARTS;
    let mut ends = [0; PARTS];
    for &key in keys {
        if let Some(end) = ends.get_mut(part(key)) {
            *end += 1;
        }
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += std::mem::replace(end, sum);
    }
    let mut all = vec![0; keys.len()];
    for &key in keys {
        let Some(end) = ends.get_mut(part(key)) else { continue };
        if let Some(slot) = all.get_mut(*end) {
            *slot = key;
            *end += 1;
        }
    }
    let mut rest = all.as_mut_slice();
    let mut from = 0;
    for end in ends {
        let (own, behind) = rest.split_at_mut(end - from);
        own.sort_unstable();
        (rest, from) = (behind, end);
    }
    all
}

/// A natural logarithm in steps of 1/256, so that no machine's last bit decides anything.
pub(super) fn ln(x: f32) -> f32 {
    (x.ln() * 256.0).round() / 256.0
}
