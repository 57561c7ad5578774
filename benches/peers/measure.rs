//! Runs a command and tells what it cost: wall time, processor time, and the most memory it held.

use std::error::Error;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What a command cost.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// Wall time.
    pub(crate) wall: Duration,
    /// Processor time of all its threads and children.
    pub(crate) processor: Duration,
    /// The most memory it held at once, in bytes.
    pub(crate) memory: u64,
}

/// Runs a command to its end; one that fails is an error.
pub(crate) fn run(command: &mut Command) -> Result<Cost, Box<dyn Error>> {
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let end = child.wait4()?;
    let wall = start.elapsed();
    if !end.status.success() {
        return Err(format!("{command:?} ended with {}", end.status).into());
    }
    let used = end.rusage;
    Ok(Cost { wall, processor: used.utime + used.stime, memory: used.maxrss })
}
