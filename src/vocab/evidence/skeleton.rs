//! Consonant skeletons: a romanised word reduced to seven classes of consonants, so that a name meets
//! itself in other scripts and spellings. Knows romanised words, no languages.
//!
//! After the phonetic codes of Russell (Soundex) and Zobel and Dart (Editex), with fewer classes because
//! transliterations differ more than spellings: Tokayev, Tokajew, Токаев, توكاييف and トカエフ are all
//! `TKP`.

/// A skeleton: three bits a class behind a leading one bit; at most twenty classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Skeleton(u64);

/// The most classes that are kept.
const MOST: u32 = 20;

/// Labials: b, f, p, v, w.
const P: u64 = 1;
/// Dentals: d, t.
const T: u64 = 2;
/// Sibilants: s, z, soft c.
const S: u64 = 3;
/// Gutturals: g, k, q, hard c.
const K: u64 = 4;
/// Liquids: l, r.
const R: u64 = 5;
/// The labial nasal.
const M: u64 = 6;
/// The dental nasal.
const N: u64 = 7;

impl Skeleton {
    /// How many classes it has.
    pub(super) fn len(self) -> u32 {
        self.0.ilog2() / 3
    }

    /// A key that is the same for the same skeleton.
    pub(super) fn key(self) -> u64 {
        self.0
    }

    /// Its first classes.
    pub(super) fn first(self, classes: u32) -> Self {
        Self(self.0 >> (3 * self.len().saturating_sub(classes)))
    }

    /// Adds a class at the end.
    fn push(&mut self, class: u64) {
        if self.len() < MOST {
            self.0 = self.0 << 3 | class;
        }
    }
}

/// How `ch` is read: the two readings give two skeletons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ch {
    /// As in English and Spanish.
    Soft,
    /// As in Polish and German.
    Hard,
}

/// The skeleton of a word in lower-case ASCII letters; other bytes are passed over.
pub(super) fn skeleton(word: &[u8], ch: Ch) -> Skeleton {
    let mut skeleton = Skeleton(1);
    let mut last = 0;
    let mut at = 0;
    while let Some(&letter) = word.get(at) {
        let next = word.get(at + 1).copied().unwrap_or(0);
        let (class, taken) = class(letter, next, ch);
        if class != 0 && class != last {
            skeleton.push(class);
        }
        if letter == b'x' {
            skeleton.push(S);
        }
        last = class;
        at += taken;
    }
    skeleton
}

/// The manner of each consonant of the hard skeleton, three bits each from the front: what tells `b` from
/// `v`, `t` from `d`, `s` from `z`, `k` from `g` and `kh`, `l` from `r`.
pub(super) fn variants(word: &[u8]) -> u64 {
    let (mut variants, mut count, mut last, mut at) = (0, 0, 0, 0);
    while let Some(&letter) = word.get(at) {
        let next = word.get(at + 1).copied().unwrap_or(0);
        let (class, taken) = class(letter, next, Ch::Hard);
        if class != 0 && class != last && count < MOST {
            variants |= manner(letter, next) << (3 * count);
            count += 1;
        }
        // The letter `x` stands for two consonants.
        count += u32::from(letter == b'x');
        last = class;
        at += taken;
    }
    variants
}

/// What tells a consonant from the others of its class.
fn manner(letter: u8, next: u8) -> u64 {
    match (letter, next) {
        (b'f' | b'v' | b'w', _) | (b'p', b'h') => 1,
        (b'd' | b'z' | b'g' | b'r', _) => 2,
        (b'k' | b'c', b'h') => 3,
        _ => 0,
    }
}

/// The class of a letter before the next one (0 for vowels and weak letters), and how many letters that
/// took.
fn class(letter: u8, next: u8, ch: Ch) -> (u64, usize) {
    match (letter, next) {
        (b'c', b'h') if ch == Ch::Hard => (K, 2),
        (b'c' | b's', b'h' | b'z') | (b'z', b'h') | (b't', b's' | b'z') => (S, 2),
        (b'c', b'k') | (b'k' | b'g', b'h') => (K, 2),
        (b'p', b'h') => (P, 2),
        (b't' | b'd', b'h') => (T, 2),
        (b'c', b'e' | b'i') | (b's' | b'z', _) => (S, 1),
        (b'c' | b'g' | b'k' | b'q' | b'x', _) => (K, 1),
        (b'b' | b'f' | b'p' | b'v' | b'w', _) => (P, 1),
        (b'd' | b't', _) => (T, 1),
        (b'l' | b'r', _) => (R, 1),
        (b'm', _) => (M, 1),
        (b'n', _) => (N, 1),
        _ => (0, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(word: &str) -> String {
        let Skeleton(bits) = skeleton(word.as_bytes(), Ch::Hard);
        let length = Skeleton(bits).len();
        let letter = |at: u32| char::from(b"-PTSKRMN"[(bits >> (3 * at) & 7) as usize]);
        (0..length).rev().map(letter).collect()
    }

    #[test]
    fn spellings_of_a_name_meet() {
        for name in ["tokayev", "tokajew", "tokaev", "tukayif"] {
            assert_eq!(shown(name), "TKP", "{name}");
        }
        assert_eq!(shown("kazachstan"), "KSKSTN");
        assert_eq!(shown("kazakhstan"), "KSKSTN");
        assert_eq!(shown("washington"), "PSNKTN");
        assert_eq!(skeleton(b"mangystau", Ch::Hard).first(4), skeleton(b"mnks", Ch::Hard));
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(skeleton("bd".repeat(40).as_bytes(), Ch::Soft).len(), 20);
    }
}
