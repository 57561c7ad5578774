//! What a theme may see of the page that offers the data.

use serde::Serialize;

/// `data.html`.
#[derive(Clone, Debug, Serialize)]
pub struct DataView<'a> {
    /// The files that tell of the whole archive.
    pub files: Vec<FileView>,
    /// The formats in which each statement is given out.
    pub formats: Vec<FormatView>,
    /// What is said of rights, the most frequent first.
    pub rights: Vec<RightsView<'a>>,
    /// How many documents say nothing of rights.
    pub silent: usize,
    /// The name of the file of hashes, where there is one.
    pub manifest: Option<String>,
    /// The way to the Atom feed of the whole archive, where there is one.
    pub feed: Option<String>,
    /// The full address of the archive; empty where it is not known.
    pub address: String,
}

/// A file that can be taken away.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// Its name.
    pub name: String,
    /// What it is; `data.file.` and this is its message.
    pub id: String,
    /// The way to it.
    pub href: String,
    /// How large it is, such as `12 KB`.
    pub size: String,
}

/// A format in which each statement is given out.
#[derive(Clone, Debug, Serialize)]
pub struct FormatView {
    /// What people call it.
    pub name: &'static str,
    /// Which it is; `data.format.` and this is its message.
    pub id: &'static str,
}

/// What some documents say of rights.
#[derive(Clone, Debug, Serialize)]
pub struct RightsView<'a> {
    /// The words: an address or a sentence.
    pub words: &'a str,
    /// Whether they are an address that may be followed.
    pub linked: bool,
    /// How many documents say so.
    pub count: usize,
}
