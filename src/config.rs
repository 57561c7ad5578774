//! `hexapla.yaml`: the options of each stage. Every setting has a working default.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use crate::compose::Search;
use crate::disk;
use crate::error::Error;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};
use crate::vocab::yaml::{self, Value};
use crate::{accession, arrange, compose, publish};

/// The name of the configuration file, beside `seeds/` and `content/`.
pub const FILE: &str = "hexapla.yaml";

/// The folder of what earlier runs found out, beside it.
pub const DAYBOOK: &str = ".hexapla";

/// What `hexapla.yaml` may say. Paths are relative to the folder it stands in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Written {
    /// The name of the archive.
    pub title: Option<String>,
    /// A sentence on what it holds.
    pub description: Option<String>,
    /// Where the site is published.
    pub base_url: Option<String>,
    /// The language of the interface.
    pub interface: Option<String>,
    /// The formats in which statements are given out; all where it is left out.
    pub exports: Option<Vec<compose::Format>>,
    /// Whether the site can be searched; it can where nothing is said.
    pub search: Option<bool>,
    /// The folder of raw texts.
    pub seeds: Option<PathBuf>,
    /// The folder of content pages.
    pub content: Option<PathBuf>,
    /// The output folder.
    pub out: Option<PathBuf>,
    /// A theme's name in `themes/`, or its folder.
    pub theme: Option<PathBuf>,
    /// How readily texts are taken for versions of one statement.
    pub strictness: Option<arrange::Strictness>,
    /// What the fields of JSON objects and CSV rows mean: a key of the front matter, or `text`, by the
    /// name of the field.
    pub fields: BTreeMap<String, String>,
    /// How many megabytes the host of the site serves; 0 where it serves any number.
    pub limit: Option<u32>,
}

/// The keys of [`Written`].
const KEYS: &[&str] = &[
    "title",
    "description",
    "base_url",
    "interface",
    "exports",
    "search",
    "seeds",
    "content",
    "out",
    "theme",
    "strictness",
    "fields",
    "limit",
];

/// Everything a run is told.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of raw texts.
    pub seeds: PathBuf,
    /// The folder of content pages.
    pub content: PathBuf,
    /// The output folder.
    pub out: PathBuf,
    /// The folder of what earlier runs found out.
    pub daybook: PathBuf,
    /// Whether everything is to be read and made again.
    pub fresh: bool,
    /// The folder of a theme that stands over the default one.
    pub theme: Option<PathBuf>,
    /// What accession is told.
    pub accession: accession::Options,
    /// What arranging is told.
    pub arrange: arrange::Options,
    /// What composing is told.
    pub compose: compose::Options,
    /// How many bytes the host of the site serves; 0 where it serves any number.
    pub limit: u64,
}

/// Reads `hexapla.yaml` of a folder; the defaults where there is none.
pub fn read(root: &Path) -> Result<(Written, Vec<Diagnostic>), Error> {
    let Some(bytes) = disk::read_if_there(&root.join(FILE))? else {
        return Ok((Written::default(), Vec::new()));
    };
    let text = String::from_utf8_lossy(&bytes);
    let fault = |fault: yaml::Fault| {
        let excerpt = text.lines().nth(fault.line.saturating_sub(1) as usize).unwrap_or_default();
        let place = Place { column: fault.column, ..Place::line(FILE, fault.line, excerpt) };
        Error::Faults(vec![Diagnostic::new(Code::BadConfiguration, place, fault.message)])
    };
    let written = yaml::read(&text).map_err(fault)?;
    let keys: BTreeMap<String, Value> = yaml::read(&text).map_err(fault)?;
    let unknown = keys.keys().filter(|key| !KEYS.contains(&key.as_str())).map(|key| {
        let place = Place::line(FILE, line_of(&text, key), "");
        Diagnostic::new(Code::UnknownSetting, place, format!("`{key}` is not a setting"))
            .hint(format!("the settings are {}", KEYS.join(", ")))
    });
    Ok((written, unknown.collect()))
}

/// The line, counted from 1, that sets a key; 0 where it is not found.
fn line_of(text: &str, key: &str) -> u32 {
    text.lines().position(|line| line.starts_with(key)).map_or(0, |at| at as u32 + 1)
}

impl Config {
    /// What was written, with defaults for the rest, in a folder.
    pub fn new(root: &Path, written: Written) -> Self {
        let below = |path: Option<PathBuf>, default: &str| {
            root.join(path.unwrap_or_else(|| PathBuf::from(default)))
        };
        let mut base_url = written.base_url.unwrap_or_default();
        if !base_url.is_empty() && !base_url.ends_with('/') {
            base_url.push('/');
        }
        Self {
            seeds: below(written.seeds, "seeds"),
            content: below(written.content, "content"),
            out: below(written.out, "public"),
            daybook: root.join(DAYBOOK),
            fresh: false,
            limit: written.limit.map_or(publish::LIMIT, |it| u64::from(it) * 1_000_000),
            theme: written.theme.and_then(|theme| theme_folder(root, &theme)),
            accession: accession::Options { fields: written.fields },
            arrange: arrange::Options {
                strictness: written.strictness.unwrap_or_default(),
                ..arrange::Options::default()
            },
            compose: compose::Options {
                title: written.title.unwrap_or_else(|| "Archive".to_owned()),
                description: written.description.unwrap_or_default(),
                base_url,
                exports: written.exports.map(|it| it.into_iter().collect()).unwrap_or_default(),
                interface: written.interface.unwrap_or_else(|| "en".to_owned()),
                search: if written.search == Some(false) { Search::Off } else { Search::On },
            },
        }
    }

    /// Fails where there is nothing to work on, so that nothing is made in a folder that is no archive; where the
    /// site would be written among what it is made from, and where pages would be written among the seeds.
    pub fn be_there(&self) -> Result<(), Error> {
        let out = place(&self.out);
        for folder in [&self.seeds, &self.content] {
            let own = place(folder);
            if own.starts_with(&out) || out.starts_with(&own) {
                let (out, folder) = (self.out.display(), folder.display());
                return Err(Error::Setup(format!(
                    "the site cannot be written to `{out}`, since `{folder}` stands there, too; \
                     name another folder with `out` in hexapla.yaml or `--out`"
                )));
            }
        }
        let [raw, pages] = [&self.seeds, &self.content].map(|it| place(it));
        if raw.starts_with(&pages) || pages.starts_with(&raw) {
            let (content, seeds) = (self.content.display(), self.seeds.display());
            return Err(Error::Setup(format!(
                "pages cannot be written to `{content}`, since the raw texts in `{seeds}` stand there, too, and pages \
                 would be taken for raw texts; name another folder with `content` in hexapla.yaml or `--content`"
            )));
        }
        if disk::is_there(&self.seeds) || disk::is_there(&self.content) {
            return Ok(());
        }
        let (seeds, content) = (self.seeds.display(), self.content.display());
        Err(Error::Setup(format!(
            "there is no archive here, neither `{seeds}` nor `{content}`; `hexapla init DIR` begins one"
        )))
    }
}

/// Where a path leads, as far as its words tell.
fn place(path: &Path) -> PathBuf {
    let mut place = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => {
                place.pop();
            }
            Component::CurDir => {}
            other => place.push(other),
        }
    }
    place
}

/// The folder of a theme: a name stands for a folder in `themes/`, anything else for itself; `None`
/// for the theme that is built in.
fn theme_folder(root: &Path, theme: &Path) -> Option<PathBuf> {
    let by_name = root.join("themes").join(theme);
    if theme.components().count() == 1 && disk::is_folder(&by_name) {
        Some(by_name)
    } else {
        (theme != Path::new("default")).then(|| root.join(theme))
    }
}
