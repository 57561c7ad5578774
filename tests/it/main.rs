//! What the program does, asked from outside.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that is surprised should stop")]

mod browser;
mod compose;
mod stand;
