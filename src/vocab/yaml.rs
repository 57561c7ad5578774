//! YAML in and out; `serde_yaml` lives here and nowhere else.

use serde::{Serialize, de::DeserializeOwned};

/// A YAML value of any shape, for keys that Hexapla does not know but keeps.
pub type Value = serde_yaml::Value;

/// What is wrong with a piece of YAML, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, without the place.
    pub message: String,
    /// Line, counted from 1; 0 where it is not known.
    pub line: u32,
    /// Column, counted from 1; 0 where it is not known.
    pub column: u32,
}

/// Reads a value; an empty text reads as an empty mapping.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let text = if text.trim().is_empty() { "{}" } else { text };
    serde_yaml::from_str(text).map_err(|error| {
        let (line, column) =
            error.location().map_or((0, 0), |at| (at.line() as u32, at.column() as u32));
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Fault { message, line, column }
    })
}

/// Writes a value; the empty text where it has no YAML form.
pub fn write<T: Serialize>(value: &T) -> String {
    serde_yaml::to_string(value).unwrap_or_default()
}
