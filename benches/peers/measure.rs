//! Runs a command and tells what it cost: wall time, processor time, and the most memory it held.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What a command cost.
#[derive(Clone, Copy)]
pub struct Cost {
    /// Wall time.
    pub wall: Duration,
    /// Processor time of all its threads and children.
    pub processor: Duration,
    /// The most memory it held at once, in bytes.
    pub memory: u64,
}

/// Runs a command to its end; one that fails is an error.
pub fn run(command: &mut Command) -> Result<Cost, Box<dyn Error>> {
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

/// How many files a folder holds, and how many bytes they have together.
pub fn size(folder: &Path) -> Result<(u64, u64), Box<dyn Error>> {
    let (mut files, mut bytes) = (0, 0);
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let inside = size(&entry.path())?;
            files += inside.0;
            bytes += inside.1;
        } else {
            files += 1;
            bytes += entry.metadata()?.len();
        }
    }
    Ok((files, bytes))
}
