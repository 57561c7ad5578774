//! Hexapla turns raw texts in many languages into a site where the versions of one statement stand
//! side by side.
//!
//! `seeds/` —[accession]→ `content/` —[arrange]→ archive —[collate]→ synopses —[compose]→ site
//! —[publish]→ `public/`

pub mod accession;
pub mod arrange;
pub mod check;
pub mod cli;
pub mod collate;
pub mod compose;
pub mod config;
pub mod daybook;
pub mod disk;
pub mod error;
pub mod init;
pub mod pipeline;
pub mod publish;
pub mod report;
pub mod serve;
pub mod verify;
pub mod vocab;

/// The allocator, for the program, its tests and its benchmarks alike: that of the system takes ever longer to
/// find room once arranging has left a heap full of holes, a fifth of all time at 50,000 documents.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
