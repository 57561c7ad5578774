//! Digests that are the same on every machine and in every release.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of some bytes as 64 hexadecimal digits: the digest that archivists cite.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
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

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
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
    }
}
