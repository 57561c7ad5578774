//! What can stop a run from outside: disk, configuration, theme. Texts never do.

use std::fmt;
use std::path::PathBuf;

use crate::vocab::diagnostic::Diagnostic;

/// Why a run could not be carried through.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be used.
    Disk {
        /// What was tried, as a verb: `read`, `write`, `list`.
        action: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Something that was asked for is not there or not usable; the text says what to do.
    Setup(String),
    /// Configuration or theme are wrong at known places.
    Faults(Vec<Diagnostic>),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk { action, path, cause } => {
                write!(f, "cannot {action} `{}`: {cause}", path.display())
            }
            Self::Setup(message) => f.write_str(message),
            Self::Faults(faults) => {
                write!(f, "configuration or theme cannot be used ({} faults)", faults.len())
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { cause, .. } => Some(cause),
            Self::Setup(_) | Self::Faults(_) => None,
        }
    }
}
