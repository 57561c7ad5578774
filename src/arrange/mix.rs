//! A quick hash of numbers, for what is hashed again in each run. Knows nothing.

/// A hash that takes eight bytes with one wide multiplication, folded (Wang Yi's wyhash, 2019).
#[derive(Clone, Copy)]
pub(super) struct Mix(pub(super) u64);

impl Mix {
    /// Adds a number.
    pub(super) fn add(&mut self, value: u64) {
        let wide = u128::from(self.0 ^ value ^ 0x2d35_8dcc_aa6c_78a5) * 0x8bb8_4b93_962e_acc9_u128;
        self.0 = (wide as u64) ^ (wide >> 64) as u64 ^ value.rotate_left(32);
    }
}
