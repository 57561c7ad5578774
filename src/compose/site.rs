//! The site as a plan: every path once, rendered on demand.

use std::collections::BTreeSet;

use super::Material;
use crate::vocab::diagnostic::Diagnostic;

/// Everything the site will have.
pub struct Site<'a> {
    material: Material<'a>,
    paths: BTreeSet<String>,
}

impl<'a> Site<'a> {
    /// A site of some material.
    pub(super) fn new(material: Material<'a>) -> Self {
        Self { material, paths: BTreeSet::new() }
    }

    /// Every path of the site, relative to its root, with `/`, in order.
    pub fn paths(&self) -> Vec<&str> {
        self.paths.iter().map(String::as_str).collect()
    }

    /// The bytes of the file at a path.
    pub fn render(&self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        let _ = (path, self.material.archive);
        Ok(Vec::new())
    }
}
