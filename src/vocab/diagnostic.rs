//! What is wrong with the texts: collected, never thrown. A stage says what it saw and goes on.

use serde::{Deserialize, Serialize};

use super::codes::{Code, Severity};

/// Where in the archive something is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the archive, with `/`.
    pub path: String,
    /// Line, counted from 1; 0 where the whole file is meant.
    pub line: u32,
    /// Column in characters, counted from 1; 0 where the whole line is meant.
    pub column: u32,
    /// The line itself, where it helps to see it.
    pub excerpt: String,
}

impl Place {
    /// A whole file.
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// A line of a file.
    pub fn line(path: impl Into<String>, line: u32, excerpt: impl Into<String>) -> Self {
        Self { path: path.into(), line, column: 0, excerpt: excerpt.into() }
    }

    /// The same with the folder that its path is relative to put before it.
    #[must_use]
    pub fn below(self, folder: &str) -> Self {
        let folder = folder.replace('\\', "/");
        Self { path: format!("{}/{}", folder.trim_end_matches('/'), self.path), ..self }
    }
}

/// Something worth saying about a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where it is.
    pub place: Place,
    /// What it is about.
    pub code: Code,
    /// What is wrong: lower case, no full stop, the user's words in backticks.
    pub message: String,
    /// What to do, as an imperative; empty where nothing is to be done.
    pub hint: String,
}

impl Diagnostic {
    /// A diagnostic without a hint.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { place, code, message: message.into(), hint: String::new() }
    }

    /// The same with the folder that its path is relative to put before it.
    #[must_use]
    pub fn below(self, folder: &str) -> Self {
        Self { place: self.place.below(folder), ..self }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// What was seen in a run, in no order until it is sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Notes something.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Notes everything that others saw.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(others);
    }

    /// By place and code, each once: so that the order of work cannot show.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort();
        self.0.dedup();
        self.0
    }

    /// How many have this weight.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|it| it.code.severity() == severity).count()
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
