//! The hash behind evidence keys: the same on every machine, in every release and in the script that
//! makes the table of concepts. Knows bytes only.

/// FNV-1a with 64 bits (Fowler, Noll, Vo), begun.
#[derive(Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    /// Before the first byte.
    pub(super) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// After one more byte.
    pub(super) fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    /// After the UTF-8 bytes of one more character.
    pub(super) fn char(self, c: char) -> Self {
        let mut buffer = [0; 4];
        c.encode_utf8(&mut buffer).bytes().fold(self, Self::byte)
    }

    /// The hash, with its bits spread by the finaliser of `MurmurHash3` (Appleby).
    pub(super) fn finish(self) -> u64 {
        let mut hash = self.0;
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        hash ^ (hash >> 33)
    }
}

/// The hash of some bytes.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().copied().fold(Hash::new(), Hash::byte).finish()
}

/// The hash of some characters, as of their UTF-8 bytes.
pub(super) fn hash_chars(chars: &[char]) -> u64 {
    chars.iter().copied().fold(Hash::new(), Hash::char).finish()
}
