//! What the program does, asked from outside.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test that is surprised should stop, and a test of files touches files"
)]

mod browser;
mod compose;
mod stand;
