//! One test crate: the archive as its users meet it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test that is surprised should stop, and a test of files touches files"
)]

mod accession;
mod alignment;
mod archive;
mod arrange;
mod browser;
mod cache;
mod check;
mod collate;
mod compose;
mod exports;
mod facts;
mod identify;
mod manners;
mod names;
mod planted;
mod publish;
mod sample;
mod scores;
mod search;
mod serve;
mod sparse;
mod stand;
mod strangers;
mod theme;
mod tidy;
