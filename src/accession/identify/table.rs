//! The compiled-in table of letter sequences: what it holds, and how a sequence is looked up.
//!
//! `src/tables/make-languages.py` learns and writes the table, and describes its format. For each script
//! that several languages share there is one [`Cluster`]: a linear classifier of low rank over sequences
//! of one to six letters, in the manner of fastText (Joulin et al., "Bag of Tricks for Efficient Text
//! Classification", 2017), quantised to whole numbers so that every machine decides alike. For groups of
//! close languages there is one more each, over whole words and beginnings of words.

use super::confidence::NATURAL;
use super::letters::SPACE;

/// The table as it stands in the repository.
static TABLE: &[u8] = include_bytes!("../../tables/languages.bin");

/// What the table opens with: a mark and the version of its format.
const MAGIC: &[u8] = b"hexapla-languages 2\n";

/// The code of a group of close languages, in place of that of a script.
const NEAR: &[u8] = b"near";

/// How many words of a text count in full: those of one subject lean alike, so more of them say little more.
const PHRASE: i64 = 8;

/// By what the mean of vectors is multiplied before it is rounded to a whole number.
const MEAN: i64 = 64;

/// The classifier of one script; all numbers little-endian, all slices borrowed from the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster<'t> {
    /// Length of the shortest sequence.
    shortest: u8,
    /// Length of the longest sequence.
    longest: u8,
    /// How many high bits of a hash name a bucket.
    bits: u8,
    /// Binary logarithm of how many units of score make one unit of natural log odds.
    log: u8,
    /// The tags of the languages, filled up with zeros.
    tags: &'t [[u8; 8]],
    /// One number a language: what it scores for any text.
    biases: &'t [[u8; 4]],
    /// For each dimension of the vectors one number a language.
    weights: &'t [[u8; 2]],
    /// Where the entries of each bucket start, and where those of the last one end.
    starts: &'t [[u8; 2]],
    /// The low bits of the hash of each entry.
    marks: &'t [[u8; 2]],
    /// One vector of one-byte numbers an entry.
    rows: &'t [u8],
    /// Length of the vectors.
    pub(super) rank: usize,
}

/// Reads the table from front to back.
struct Reader<'t>(&'t [u8]);

impl<'t> Reader<'t> {
    /// The next bytes.
    fn bytes(&mut self, count: usize) -> Option<&'t [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    /// The next numbers of `N` bytes each.
    fn numbers<const N: usize>(&mut self, count: usize) -> Option<&'t [[u8; N]]> {
        Some(self.bytes(count.checked_mul(N)?)?.as_chunks().0)
    }

    /// The next cluster, with the code of its script.
    fn cluster(&mut self) -> Option<(&'t [u8], Cluster<'t>)> {
        let script = self.bytes(4)?;
        let &[shortest, longest, bits, rank, languages, log] = self.bytes(6)? else { return None };
        let (rank, languages) = (usize::from(rank), usize::from(languages));
        let entries = u32::from_le_bytes(*self.numbers::<4>(1)?.first()?) as usize;
        let cluster = Cluster {
            shortest,
            longest,
            bits,
            log,
            rank,
            tags: self.numbers(languages)?,
            biases: self.numbers(languages)?,
            weights: self.numbers(languages * rank)?,
            starts: self.numbers((1_usize << bits.min(31)) + 1)?,
            marks: self.numbers(entries)?,
            rows: self.bytes(entries * rank)?,
        };
        Some((script, cluster))
    }
}

/// All clusters with their codes.
fn clusters() -> impl Iterator<Item = (&'static [u8], Cluster<'static>)> {
    let mut reader = Reader(TABLE.strip_prefix(MAGIC).unwrap_or_default());
    std::iter::from_fn(move || reader.cluster())
}

/// The classifier of a script, by its ISO 15924 code; `None` where the table has none.
pub(super) fn cluster(script: &str) -> Option<Cluster<'static>> {
    clusters().find(|(code, _)| *code == script.as_bytes()).map(|it| it.1)
}

/// The classifier of the group of close languages that a language belongs to; `None` for most.
pub(super) fn neighbours(tag: &str) -> Option<Cluster<'static>> {
    clusters()
        .find(|(code, cluster)| *code == NEAR && cluster.tags().any(|it| it == tag))
        .map(|it| it.1)
}

impl<'t> Cluster<'t> {
    /// The tag of the language at this place.
    pub(super) fn tag(&self, place: usize) -> Option<&'t str> {
        let tag = self.tags.get(place)?;
        std::str::from_utf8(tag).ok().map(|tag| tag.trim_end_matches('\0'))
    }

    /// The tags of all languages, in the order of their places.
    pub(super) fn tags(&self) -> impl Iterator<Item = &'t str> {
        let this = *self;
        (0..self.tags.len()).filter_map(move |place| this.tag(place))
    }

    /// What the words of a text say for each of some close languages, in steps of [`NATURAL`]; up to
    /// [`PHRASE`] words the more, the more they say.
    pub(super) fn telling(&self, letters: &[u32]) -> Vec<i64> {
        let (mut totals, mut words) = (vec![0_i64; self.rank], 0);
        for word in letters.split(|&letter| letter == SPACE).filter(|word| !word.is_empty()) {
            words += 1;
            self.anchored(word, |entry| {
                let row = self.rows.chunks_exact(self.rank).nth(entry).unwrap_or_default();
                for (total, &number) in totals.iter_mut().zip(row) {
                    *total += i64::from(number.cast_signed());
                }
            });
        }
        let mut products = vec![0_i64; self.biases.len()];
        for (weights, total) in self.weights.chunks_exact(products.len().max(1)).zip(totals) {
            for (product, &weight) in products.iter_mut().zip(weights) {
                *product += i64::from(i16::from_le_bytes(weight))
                    * (total * MEAN * words.clamp(1, PHRASE) / words.max(1));
            }
        }
        let scores = products.into_iter().zip(self.biases);
        scores
            .map(|(product, &bias)| {
                ((product + i64::from(i32::from_le_bytes(bias))) * NATURAL) >> self.log
            })
            .collect()
    }

    /// Looks up the beginnings of a word that are shorter than it, and the word itself.
    fn anchored(&self, word: &[u32], mut meet: impl FnMut(usize)) {
        let mut look = |hash| self.entry(hash).into_iter().for_each(&mut meet);
        let mut hash = step(SEED, SPACE);
        for (length, &letter) in (1..).zip(word) {
            hash = step(hash, letter);
            let beginning = usize::from(self.shortest)..=usize::from(self.longest);
            if length < word.len() && beginning.contains(&length) {
                look(hash);
            }
        }
        look(step(hash, SPACE));
    }

    /// The score of every language for a text whose sequences have this sum and number, in steps of
    /// [`NATURAL`].
    pub(super) fn scores<const N: usize>(&self, letters: &[u32]) -> (Vec<i64>, i64) {
        let (sum, found) = self.sum::<N>(letters);
        let mut products = vec![0_i32; self.biases.len()];
        // A weight has 12 bits and a mean 13, and there are at most 32 of each: 30 bits suffice.
        for (weights, total) in self.weights.chunks_exact(products.len().max(1)).zip(sum) {
            let mean = i32::from((i64::from(total) * MEAN / found.max(1)) as i16);
            for (product, &weight) in products.iter_mut().zip(weights) {
                *product += i32::from(i16::from_le_bytes(weight)) * mean;
            }
        }
        let scores = products.into_iter().zip(self.biases).map(|(product, &bias)| {
            ((i64::from(product) + i64::from(i32::from_le_bytes(bias))) * NATURAL) >> self.log
        });
        (scores.collect(), found)
    }

    /// The sum of the vectors of all sequences found in `letters`, and how many were found.
    ///
    /// `N` is the rank. A sequence never runs across words. The table holds the beginnings of all its
    /// sequences, so the search from one place ends with the first one that is not there.
    fn sum<const N: usize>(&self, letters: &[u32]) -> ([i32; N], i64) {
        let rows = self.rows.as_chunks::<N>().0;
        let (mut sum, mut recent, mut found) = ([0; N], [0_i16; N], 0);
        let opening = usize::from(self.shortest) - 1;
        for start in 0..letters.len() {
            let end = letters.len().min(start + usize::from(self.longest));
            let (opening, rest) = letters[start..end].split_at_checked(opening).unwrap_or_default();
            let mut hash = opening.iter().fold(SEED, |hash, &letter| step(hash, letter));
            for &letter in rest {
                hash = step(hash, letter);
                let Some(row) = self.entry(hash).and_then(|entry| rows.get(entry)) else { break };
                for (total, &number) in recent.iter_mut().zip(row) {
                    *total += i16::from(number.cast_signed());
                }
                found += 1;
                if found % FEW == 0 {
                    flush(&mut recent, &mut sum);
                }
                if letter == SPACE {
                    break;
                }
            }
        }
        flush(&mut recent, &mut sum);
        (sum, found)
    }

    /// Which entry holds the sequence with this running hash.
    fn entry(&self, hash: u32) -> Option<usize> {
        let hash = mix(hash);
        let bucket = (hash >> (32 - u32::from(self.bits))) as usize;
        let [from, to] = *self.starts.get(bucket..bucket + 2)? else { return None };
        let from = usize::from(u16::from_le_bytes(from));
        let bucket = self.marks.get(from..usize::from(u16::from_le_bytes(to)))?;
        let mark = (hash as u16).to_le_bytes();
        bucket.iter().position(|&found| found == mark).map(|place| from + place)
    }
}

/// How many numbers of one byte can be added up in two bytes.
const FEW: i64 = 256;

/// Moves what was added up in small numbers to large ones.
fn flush<const N: usize>(recent: &mut [i16; N], sum: &mut [i32; N]) {
    for (total, number) in sum.iter_mut().zip(recent) {
        *total += i32::from(std::mem::take(number));
    }
}

/// Where a hash starts, and what it is multiplied by at every letter (FNV-1a over code points).
const SEED: u32 = 0x811C_9DC5;
/// See [`SEED`].
const PRIME: u32 = 0x0100_0193;

/// The hash of a sequence that is one letter longer.
fn step(hash: u32, letter: u32) -> u32 {
    (hash ^ letter).wrapping_mul(PRIME)
}

/// Spreads the entropy of a hash over all its bits.
fn mix(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x9E37_79B1);
    hash ^ (hash >> 13)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::lang::Lang;

    #[test]
    fn the_table_is_read_to_its_end() {
        let mut reader = Reader(TABLE.strip_prefix(MAGIC).unwrap());
        let mut languages = 0;
        while let Some((_, cluster)) = reader.cluster() {
            for place in 0..cluster.biases.len() {
                assert!(Lang::parse(cluster.tag(place).unwrap()).is_some());
            }
            languages += cluster.biases.len();
        }
        assert!(reader.0.is_empty());
        assert!(languages > 120, "{languages}");
    }

    #[test]
    fn a_broken_table_yields_nothing() {
        for end in 0..64 {
            assert!(Reader(&TABLE[MAGIC.len()..MAGIC.len() + end]).cluster().is_none());
        }
    }
}
