//! Digests that are the same on every machine and in every release.

use std::fmt;
use std::io;

use data_encoding::{BASE32, HEXLOWER, HEXLOWER_PERMISSIVE};
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// The sources that this program was made from: a digest that the build script takes of them. What one
/// program keeps for its next run is of no use to any other.
pub const PROGRAM: &str = env!("HEXAPLA_SOURCES");

/// The SHA-256 of some bytes as 64 hexadecimal digits: the digest that archivists cite.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The SHA-256 of everything that can be read, without its standing in memory.
pub fn sha256_of(mut bytes: impl io::Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = match bytes.read(&mut buffer) {
            Ok(0) => return Ok(hexadecimal(&hash.finalize())),
            Ok(count) => count,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) => return Err(cause),
        };
        hash.update(buffer.get(..count).unwrap_or_default());
    }
}

/// A short name for some bytes: the first `length` hexadecimal digits of their BLAKE3 hash.
pub fn short(bytes: &[u8], length: usize) -> String {
    let mut name = hexadecimal(blake3::hash(bytes).as_bytes());
    name.truncate(length);
    name
}

/// A 64-bit hash of some bytes, for looking things up; stable over releases.
pub fn hash64(bytes: &[u8]) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(blake3::hash(bytes).as_bytes().first_chunk().unwrap_or(&[0; 8]));
    u64::from_le_bytes(first)
}

/// Whether some bytes have a digest that is written as web archives write it: the name of an algorithm, a
/// colon, and the digest in base 32 (RFC 4648) or hexadecimal. `None` where the algorithm is none of
/// SHA-1 and SHA-256, or the digest has not its length.
pub fn agrees(stated: &str, bytes: &[u8]) -> Option<bool> {
    let (algorithm, value) = stated.trim().split_once(':')?;
    let real: Vec<u8> = match algorithm.trim().to_ascii_lowercase().as_str() {
        "sha1" | "sha-1" => Sha1::digest(bytes).to_vec(),
        "sha256" | "sha-256" => Sha256::digest(bytes).to_vec(),
        _ => return None,
    };
    let value = value.trim();
    let decoded = if value.len() == real.len() * 2 {
        HEXLOWER_PERMISSIVE.decode(value.as_bytes())
    } else {
        let padding = "=".repeat((8 - value.trim_end_matches('=').len() % 8) % 8);
        let padded = value.trim_end_matches('=').to_ascii_uppercase() + &padding;
        BASE32.decode(padded.as_bytes())
    };
    decoded.ok().filter(|it| it.len() == real.len()).map(|it| it == real)
}

/// A digest of everything that some bytes are made from: where it is the same, so are the bytes.
///
/// It is compared between two runs of one program on one machine, and never published.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "u128", from = "u128")]
pub struct Fingerprint(pub [u8; 16]);

impl From<Fingerprint> for u128 {
    fn from(fingerprint: Fingerprint) -> Self {
        Self::from_le_bytes(fingerprint.0)
    }
}

impl From<u128> for Fingerprint {
    fn from(number: u128) -> Self {
        Self(number.to_le_bytes())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

impl Fingerprint {
    /// The fingerprint of one thing.
    pub fn of<T: Serialize + ?Sized>(thing: &T) -> Self {
        Inputs::default().with(thing).fingerprint()
    }

    /// The fingerprint of some bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::cut(&blake3::hash(bytes))
    }

    /// The first half of a hash: enough to tell any two things apart.
    fn cut(hash: &blake3::Hash) -> Self {
        Self(hash.as_bytes().first_chunk().copied().unwrap_or_default())
    }
}

/// What something is made from, taken in one by one.
#[derive(Clone)]
pub struct Inputs {
    /// What has been hashed; `None` while all that was taken in still waits, as it mostly does.
    hashed: Option<Box<blake3::Hasher>>,
    /// What is taken in and not yet hashed: many small pieces at once are hashed in less time.
    waiting: Vec<u8>,
}

/// How many bytes wait before they are hashed.
const FULL: usize = 8 << 10;

/// For how many bytes there is room from the beginning: most things take fewer.
const ROOM: usize = 512;

impl Default for Inputs {
    /// Before anything is taken in.
    fn default() -> Self {
        Self { hashed: None, waiting: Vec::with_capacity(ROOM) }
    }
}

impl Inputs {
    /// Takes in one more thing, whole.
    #[must_use]
    pub fn with<T: Serialize + ?Sized>(mut self, thing: &T) -> Self {
        self.add(thing);
        self
    }

    /// Takes in one more thing, whole. What cannot be written is a fault of the type, and counts as nothing.
    pub fn add<T: Serialize + ?Sized>(&mut self, thing: &T) {
        // In MessagePack each value says how long it is, so that none runs into the next one, and each field has
        // its name, so that none is taken for one that is left out.
        let mut writer = rmp_serde::Serializer::new(&mut self.waiting).with_struct_map();
        let _ = thing.serialize(&mut writer);
        if self.waiting.len() >= FULL {
            self.hashed.get_or_insert_default().update(&self.waiting);
            self.waiting.clear();
        }
    }

    /// Takes in many things, and how many they are.
    pub fn add_all<T: Serialize>(&mut self, things: impl Iterator<Item = T>) {
        let mut count = 0_u64;
        for thing in things {
            self.add(&thing);
            count += 1;
        }
        self.add(&count);
    }

    /// The fingerprint of what was taken in.
    pub fn fingerprint(&self) -> Fingerprint {
        match &self.hashed {
            None => Fingerprint::of_bytes(&self.waiting),
            Some(hashed) => Fingerprint::cut(&hashed.clone().update(&self.waiting).finalize()),
        }
    }
}

/// Bytes on their way to a file, hashed as they pass, so that what is large need not stand in memory whole.
pub struct Passing<W> {
    to: W,
    hash: blake3::Hasher,
}

impl<W: io::Write> Passing<W> {
    /// Before any bytes have passed.
    pub fn new(to: W) -> Self {
        Self { to, hash: blake3::Hasher::new() }
    }

    /// The fingerprint of the bytes that have passed, and where they went.
    pub fn end(self) -> (Fingerprint, W) {
        (Fingerprint::cut(&self.hash.finalize()), self.to)
    }
}

impl<W: io::Write> io::Write for Passing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.hash.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_agree_with_the_standard() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(short(b"", 6), "af1349");
        let long = vec![7; (1 << 17) + 5];
        assert_eq!(sha256_of(long.as_slice()).unwrap(), sha256(&long));
    }

    #[test]
    fn inputs_do_not_run_into_each_other() {
        let of = |things: &[&str]| {
            let mut inputs = Inputs::default();
            inputs.add_all(things.iter());
            inputs.fingerprint()
        };
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["1", "2"]), of(&["12"]));
        assert_ne!(Fingerprint::of(&(1, 2)), Fingerprint::of(&12));
        assert_ne!(Fingerprint::of(&1), Fingerprint::of(&"1"));
        assert_ne!(Fingerprint::of(&None::<u8>), Fingerprint::of(&0));
        assert_ne!(
            Fingerprint::of(&[["a"].as_slice(), &["b"]]),
            Fingerprint::of(&[["a", "b"].as_slice(), &[]])
        );
        assert_eq!(Fingerprint::of_bytes(b"abc").to_string(), short(b"abc", 32));
    }

    /// Two fields that are left out where nothing is known.
    #[derive(Serialize)]
    struct Sparse {
        #[serde(skip_serializing_if = "Option::is_none")]
        one: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        other: Option<u8>,
    }

    #[test]
    fn a_field_is_not_taken_for_one_that_is_left_out() {
        let of = |one, other| Fingerprint::of(&Sparse { one, other });
        assert_ne!(of(Some(1), None), of(None, Some(1)));
        assert_ne!(of(Some(1), None), of(None, None));
    }

    #[test]
    fn digests_of_web_archives_are_compared() {
        for stated in [
            "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
            "sha1:a9993e364706816aba3e25717850c26c9cd0d89d",
            "SHA-256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
            "sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ====",
        ] {
            assert_eq!(agrees(stated, b"abc"), Some(true), "{stated}");
            assert_eq!(agrees(stated, b"abd"), Some(false), "{stated}");
        }
        for stated in ["", "abc", "md5:900150983cd24fb0d6963f7d28e17f72", "sha1:abc", "sha1:é1"] {
            assert_eq!(agrees(stated, b"abc"), None, "{stated}");
        }
    }
}
