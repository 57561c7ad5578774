//! Words that stand in the same versions of the same rows: whatever the rows teach of one of them, they teach
//! of all, so that it is found out once. In scripts without spaces between words, where every stretch of a few
//! characters may be a word, most words have many such fellows.
//!
//! Knows rows of numbered words, and nothing of texts.

use super::pairing::RowWords;
use crate::vocab::lists::Lists;

/// The words of some rows in classes, which have numbers, too.
pub(crate) struct Classes {
    /// The class of each word; 0 for words that stand nowhere.
    of: Vec<u32>,
    /// The words of each class, in order.
    members: Lists<u32>,
    /// The rows with classes instead of words.
    rows: Vec<RowWords>,
    /// Below which all numbers of classes are.
    size: usize,
}

impl Classes {
    /// Parts the words of rows, all of whose numbers are below `size`.
    pub(crate) fn new(rows: &[RowWords], size: usize) -> Self {
        let mut of = vec![0; size];
        // Version by version what stands in it leaves its class for a new one. By class: the last version that
        // some have left it for, and the class where they are.
        let mut left = vec![(u32::MAX, 0)];
        let versions = rows.iter().flat_map(|row| &row.versions);
        for (version, (_, words)) in (0..).zip(versions) {
            for &word in words {
                let fresh = left.len() as u32;
                let Some(class) = of.get_mut(word as usize) else { continue };
                let Some(to) = left.get_mut(*class as usize) else { continue };
                let first = to.0 != version;
                if first {
                    *to = (version, fresh);
                }
                *class = to.1;
                if first {
                    left.push((u32::MAX, 0));
                }
            }
        }
        let class = |word: &u32| of.get(*word as usize).copied();
        let classed = |(lang, words): &(u16, Vec<u32>)| {
            let mut classes: Vec<u32> = words.iter().filter_map(class).collect();
            classes.sort_unstable();
            classes.dedup();
            (*lang, classes)
        };
        let row = |row: &RowWords| RowWords {
            statement: row.statement,
            versions: row.versions.iter().map(classed).collect(),
        };
        let each = || of.iter().copied().zip(0..).filter(|it| it.0 > 0);
        Self {
            rows: rows.iter().map(row).collect(),
            members: Lists::new(left.len(), each),
            size: left.len(),
            of,
        }
    }

    /// The rows with classes instead of words.
    pub(crate) fn rows(&self) -> &[RowWords] {
        &self.rows
    }

    /// Below which all numbers of classes are.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// The class of a word; 0 where it stands nowhere.
    pub(crate) fn of(&self, word: u32) -> u32 {
        self.of.get(word as usize).copied().unwrap_or(0)
    }

    /// The words of a class.
    pub(crate) fn members(&self, class: u32) -> &[u32] {
        self.members.of(class)
    }

    /// All words of some classes, each with the weight of its class.
    pub(crate) fn spread(
        &self,
        some: impl Iterator<Item = (u32, f32)>,
    ) -> impl Iterator<Item = (u32, f32)> {
        some.flat_map(|(class, weight)| self.members(class).iter().map(move |&word| (word, weight)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_one_class_where_they_stand_in_the_same_versions() {
        let row = |versions: [&[u32]; 2]| RowWords {
            statement: 0,
            versions: (0..).zip(versions.map(<[u32]>::to_vec)).collect(),
        };
        let rows = [row([&[1, 2, 3], &[5]]), row([&[1, 3], &[5, 6]]), row([&[2], &[]])];
        let classes = Classes::new(&rows, 7);
        let fellows = |word| classes.members(classes.of(word)).to_vec();
        assert_eq!(fellows(1), [1, 3]);
        assert_eq!(fellows(2), [2]);
        assert_eq!(fellows(6), [6]);
        assert_eq!(classes.of(0), 0);
        assert_eq!(classes.rows()[1].versions[0].1, [classes.of(3)]);
    }
}
