//! The words every stage speaks: the ground on which the rooms stand.
//!
//! Nothing here knows a stage, a file system or a terminal.

pub(crate) mod calendars;
pub mod codes;
pub mod date;
pub mod decode;
pub mod diagnostic;
pub mod digest;
pub mod escape;
pub mod evidence;
pub(crate) mod fold;
pub mod lang;
pub(crate) mod letter;
pub(crate) mod lists;
pub mod page;
pub mod prose;
pub mod slug;
pub(crate) mod table;
pub mod yaml;
