//! Compose, the fourth stage: every file of the site is set.
//!
//! Takes the archive, its synopses and a theme, and gives the [`Site`]: a plan that names every path
//! and renders any of them on demand, so that the site need not stand in memory.

pub mod site;

pub use site::Site;

use crate::arrange::{Archive, DocumentId};
use crate::collate::Synopsis;
use crate::error::Error;
use crate::vocab::page::Page;

/// What composing is told by the configuration.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The name of the archive.
    pub title: String,
    /// A sentence on what it holds.
    pub description: String,
    /// Where it is published, with a final `/`; empty where it is read from disk only.
    pub base_url: String,
    /// The language of the interface, as the name of a message catalogue.
    pub interface: String,
}

/// A theme as files: path inside the theme to text, the default theme's files already beneath.
pub type ThemeFiles = std::collections::BTreeMap<String, String>;

/// What the pages are made of.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// One synopsis a statement, in the archive's order.
    pub synopses: &'a [Synopsis],
    /// Fetches a document's page.
    pub page: &'a (dyn Fn(DocumentId) -> Option<Page> + Sync),
    /// Fetches a seed's raw bytes by its path inside the seeds folder.
    pub seed: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
}

/// Plans the site.
pub fn compose<'a>(
    material: Material<'a>,
    theme: &ThemeFiles,
    options: &Options,
) -> Result<Site<'a>, Error> {
    let _ = (theme, options);
    Ok(Site::new(material))
}

/// The default theme, embedded: path inside the theme to text.
pub fn default_theme() -> &'static [(&'static str, &'static str)] {
    include!(concat!(env!("OUT_DIR"), "/theme.rs"))
}
