//! Compose, the fourth stage: every file of the site is set.
//!
//! Takes the archive, its synopses and a theme, and gives the [`Site`]: a plan that names every path
//! with a fingerprint of what it hangs on and renders any of them on demand, from any thread, so that the site need not stand in memory.
//! Nothing outside `route.rs` makes an address, and nothing outside [`view`] is visible to a theme.

mod at_hand;
mod catalogue;
mod exports;
mod fate;
mod feed;
mod fingerprint;
mod forme;
mod highlight;
mod interface;
mod machine;
mod minify;
mod pages;
mod press;
mod prints;
mod route;
pub mod search;
mod shelves;
pub mod site;
mod tags;
mod template;
mod theme;
mod tokens;
pub mod view;
mod words;
mod xml;

pub use exports::{Format, Formats, MANIFEST, read_manifest};
pub use forme::Forme;
pub use site::Site;

use crate::arrange::{Archive, DocumentId};
use crate::collate::Synopsis;
use crate::collate::names::Names;
use crate::daybook::Drawer;
use crate::error::Error;
use crate::vocab::digest::Fingerprint;
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
    /// The formats in which statements are given out.
    pub exports: Formats,
    /// The language of the interface as a BCP 47 tag; English where the theme does not speak it.
    pub interface: String,
    /// Whether the site can be searched.
    pub search: Search,
}

/// Whether the site can be searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Search {
    /// It has an index.
    #[default]
    On,
    /// It has none.
    Off,
}

/// A theme as files: path inside the theme to text, the default theme's files already beneath.
pub type ThemeFiles = std::collections::BTreeMap<String, String>;

/// The default theme: path inside the theme and text of each file, in order of the paths.
pub fn default_theme() -> &'static [(&'static str, &'static str)] {
    include!(concat!(env!("OUT_DIR"), "/theme.rs"))
}

/// What the pages are made of.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// One synopsis a statement, in the archive's order.
    pub synopses: &'a [Synopsis],
    /// The names that the versions share, in the order of their slugs.
    pub names: &'a Names,
    /// Fetches a document's page.
    pub page: &'a (dyn Fn(DocumentId) -> Option<Page> + Sync),
    /// Fetches a seed's raw bytes by its path inside the seeds folder.
    pub seed: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    /// Tells the digest of a seed's raw bytes, by the same path.
    pub seed_digest: &'a (dyn Fn(&str) -> Option<Fingerprint> + Sync),
    /// Tells the fingerprint of what the search reads of a document: its text, its title, its outlet.
    pub text: &'a (dyn Fn(DocumentId) -> Option<Fingerprint> + Sync),
    /// What composing keeps for the next build.
    pub kept: &'a Drawer,
    /// Tells whether the text of a document leads to other documents, so that its page hangs on their
    /// addresses.
    pub leads_on: &'a (dyn Fn(DocumentId) -> bool + Sync),
}

/// Plans the site.
pub fn compose<'a>(
    material: Material<'a>,
    theme: &ThemeFiles,
    options: &Options,
) -> Result<Site<'a>, Error> {
    Ok(Site::plan(press::Press::new(material, theme, options)?, theme))
}

/// Plans the pages of the site that show its texts, and nothing that is made of the whole archive.
pub fn pages<'a>(
    material: Material<'a>,
    theme: &ThemeFiles,
    options: &Options,
) -> Result<Site<'a>, Error> {
    Ok(Site::plan_pages(press::Press::new(material, theme, options)?, theme))
}
