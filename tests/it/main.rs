//! One test crate: the archive as its users meet it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests say what went wrong by failing"
)]

mod archive;
mod arrange;
mod identify;
mod tidy;
