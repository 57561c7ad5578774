//! The search: an index of classic scripts that a page reads from disk, a few of them for a question.
//!
//! An [`Entry`] is made from each page alone; entries are merged into parts, which are kept between builds;
//! the parts are merged into postings, which are held as they will be written; each file of the index is then
//! rendered on demand. The same archive gives the same files, and a change in one text changes few of them.
//!
//! | file | what it holds | read |
//! |---|---|---|
//! | `search/index.js` | languages, years, the first terms of groups of shards | once |
//! | `search/k/KEY.js` | the first terms of the shards of a group | for a word |
//! | `search/dates.js` | the months | for limits of time |
//! | `search/outlets.js` | the outlets | when the filter is opened |
//! | `search/t/KEY.js` | a range of terms and the documents of each | for a word |
//! | `search/t/KEY-N.js` | the documents of a term that has many | for that word |
//! | `search/p/KEY.js`, `search/p/KEY-N.js` | where in the documents the same terms stand | for a phrase |
//! | `search/c/LANG-N.js` | in which files the texts of 256 documents stand | for the best hits |
//! | `search/d/N.js` | some statements with the texts of all their versions | for the hits that are shown |
//!
//! KEY is the first term of the range, as far as it is needed, in hexadecimal digits.

mod chars;
mod directory;
mod entry;
pub mod fold;
mod leaves;
mod merge;
mod names;
mod number;
mod order;
mod parts;
mod postings;
mod shards;
mod varint;

pub use entry::Entry;

use std::collections::BTreeMap;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use self::leaves::{Leaves, Place};
use self::names::Named;
use self::order::Order;
use self::shards::{Shard, Shards};
use super::Material;
use super::press::Press;
use crate::arrange::{DocumentId, StatementId};
use crate::vocab::digest::{self, Fingerprint};

/// The folder of the index.
const FOLDER: &str = "search";

/// How many documents one file of places covers.
const PLACES: usize = 256;

/// Tells the print of what was found of a statement.
pub(super) type Found<'a> = &'a dyn Fn(StatementId) -> Fingerprint;

/// The index, ready to render any of its files.
pub struct Index {
    order: Order,
    shards: Shards,
    leaves: Leaves,
    places: Vec<Place>,
    named: Named,
    /// The shards in groups, by their places.
    groups: Vec<Range<usize>>,
    files: BTreeMap<String, File>,
}

/// A file of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum File {
    /// The directory.
    Directory,
    /// The months.
    Dates,
    /// The outlets.
    Outlets,
    /// The first terms of a group of shards.
    Keys(usize),
    /// The terms of a shard.
    Terms(usize),
    /// The positions of a shard.
    Positions(usize),
    /// The list of one term, by its place among all.
    List(usize),
    /// The positions of one term.
    ListPositions(usize),
    /// Where texts stand: a language, and which of its files.
    Places(usize, usize),
    /// Texts.
    Texts(usize),
}

impl Index {
    /// Builds the index of an archive. The page of every document that is not known is read once, and
    /// its entry dropped after it was merged.
    pub fn build(material: &Material) -> Self {
        let &Material { archive, names, .. } = material;
        let order = Order::new(archive);
        let cut = || {
            let (sections, words) = parts::gather(&order, material);
            (Shards::cut(sections), words)
        };
        let ((shards, words), named) = rayon::join(cut, || Named::of(names, material.kept));
        let leaves = Leaves::lay(archive, words);
        let places = leaves.places(archive);
        let groups = directory::groups(&shards.ranges);
        let files = files(&order, &shards, &groups, &leaves);
        Self { order, shards, leaves, places, named, groups, files }
    }

    /// The paths of all files, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Which file of texts stands at a path; `None` where none does.
    pub(super) fn texts(&self, path: &str) -> Option<u32> {
        match self.files.get(path) {
            Some(&File::Texts(number)) => Some(number as u32),
            _ => None,
        }
    }

    /// Which file of texts has that of a document.
    pub(super) fn texts_of(&self, id: DocumentId) -> u32 {
        self.places.get(id.0 as usize).map_or(0, |it| it.file)
    }

    /// The bytes of the file at a path; nothing where the index has no such file.
    pub(super) fn render(&self, press: &Press, path: &str) -> Vec<u8> {
        let Some(&file) = self.files.get(path) else { return Vec::new() };
        let name = path.trim_start_matches(FOLDER).trim_matches('/').trim_end_matches(".js");
        match file {
            File::Directory => directory::directory(self, press).into_bytes(),
            File::Dates => directory::dates(self).into_bytes(),
            File::Keys(at) => {
                let none = 0..0;
                directory::keys(self, name, self.groups.get(at).unwrap_or(&none)).into_bytes()
            }
            File::Outlets => directory::outlets(press).into_bytes(),
            File::Texts(_) => {
                let text = self.bytes(press, file);
                script(name, &miniz_oxide::deflate::compress_to_vec(&text, 6)).into_bytes()
            }
            _ => script(name, &self.bytes(press, file)).into_bytes(),
        }
    }

    /// A digest that stays the same as long as [`Index::render`] gives the same bytes, found without
    /// reading any text; `None` where the index has no such file.
    pub(super) fn fingerprint(
        &self,
        press: &Press,
        path: &str,
        prints: Found,
    ) -> Option<Fingerprint> {
        let &file = self.files.get(path)?;
        Some(match file {
            File::Texts(number) => self.leaves.fingerprint(press, number, prints),
            File::Directory | File::Keys(_) | File::Dates | File::Outlets => {
                Fingerprint::of_bytes(&self.render(press, path))
            }
            _ => Fingerprint::of_bytes(&self.bytes(press, file)),
        })
    }

    /// What a file holds, before it is wrapped into a script.
    fn bytes(&self, press: &Press, file: File) -> Vec<u8> {
        let shard = |at| self.shards.ranges.get(at);
        let long = |at| self.shards.long(at);
        match file {
            File::Terms(at) => shard(at).map(|it| self.shards.write(it, self.names(at).as_bytes())),
            File::Positions(at) => shard(at).map(|it| self.shards.write_positions(it)),
            File::List(at) => long(at).map(|it| it.list.to_vec()),
            File::ListPositions(at) => long(at).map(|it| it.positions.to_vec()),
            File::Places(language, number) => Some(self.write_places(language, number)),
            File::Texts(number) => Some(self.leaves.write(press, number)),
            File::Directory | File::Keys(_) | File::Dates | File::Outlets => None,
        }
        .unwrap_or_default()
    }

    /// The names whose first terms are those of a shard.
    fn names(&self, at: usize) -> String {
        let key = |at| self.shards.ranges.get(at).map(|it: &Shard| it.key.as_str());
        self.named.between(key(at).unwrap_or_default(), key(at + 1))
    }

    /// Where the texts of some documents of a language stand: file, group and member of each.
    fn write_places(&self, language: usize, number: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let Some(tongue) = self.order.languages.get(language) else { return bytes };
        let from = tongue.first as usize + number * PLACES;
        let to = (from + PLACES).min((tongue.first + tongue.count) as usize);
        for id in self.order.documents.get(from..to).unwrap_or_default() {
            let place = self.places.get(id.0 as usize).copied().unwrap_or_default();
            for part in [place.file, place.group, place.member] {
                varint::write(&mut bytes, part);
            }
        }
        bytes
    }
}

/// All files of an index by their paths.
fn files(
    order: &Order,
    shards: &Shards,
    groups: &[Range<usize>],
    leaves: &Leaves,
) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    let mut add = |name: String, file| files.insert(format!("{FOLDER}/{name}.js"), file);
    add("index".into(), File::Directory);
    add("dates".into(), File::Dates);
    add("outlets".into(), File::Outlets);
    for (at, group) in groups.iter().enumerate() {
        let key = shards.ranges.get(group.start).map(hexadecimal).unwrap_or_default();
        add(format!("k/{key}"), File::Keys(at));
    }
    for (at, shard) in shards.ranges.iter().enumerate() {
        let key = hexadecimal(shard);
        add(format!("t/{key}"), File::Terms(at));
        add(format!("p/{key}"), File::Positions(at));
        for (number, &term) in shard.long.iter().enumerate() {
            add(format!("t/{key}-{number}"), File::List(term));
            add(format!("p/{key}-{number}"), File::ListPositions(term));
        }
    }
    for (language, tongue) in order.languages.iter().enumerate() {
        for number in 0..(tongue.count as usize).div_ceil(PLACES) {
            let tag = tongue.tag.to_ascii_lowercase();
            add(format!("c/{tag}-{number}"), File::Places(language, number));
        }
    }
    for number in 0..leaves.count() {
        add(format!("d/{number:x}"), File::Texts(number));
    }
    files
}

/// The key of a shard as the name of its file.
fn hexadecimal(shard: &Shard) -> String {
    if shard.key.is_empty() { "0".to_owned() } else { digest::hexadecimal(shard.key.as_bytes()) }
}

/// Bytes as a script that hands them on under a name.
fn script(name: &str, bytes: &[u8]) -> String {
    format!("hexapla.put({name:?},\"{}\")\n", STANDARD.encode(bytes))
}
