//! Links of the site: every file that a page leads to is there, and every place in it.
//!
//! Two rounds, so that no page need stand in memory: the first reads every file once and keeps which
//! places it has and which places of others it leads to, as hashes; the second reads those files again
//! from which a way leads nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher as _;
use std::path::Path;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::markup::{self, Met};
use crate::config::Config;
use crate::disk;
use crate::pipeline::{Event, Rehearsal, Watch};
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};

/// A file of the site and the name of a place in it, which is empty where the whole is meant.
pub(super) type Target = (String, String);

/// How many targets that are not there are told one by one.
const TOLD: usize = 100;

/// Places of a page that every browser knows.
const EVERYWHERE: [&str; 2] = ["", "top"];

/// Checks the links of the site; `said` are targets of which something is said already.
pub(super) fn check(
    config: &Config,
    rehearsal: &Rehearsal,
    said: &BTreeSet<Target>,
    watch: Watch,
) -> Vec<Diagnostic> {
    let paths = rehearsal.site.paths();
    let numbers = paths.iter().zip(0..).map(|(path, number)| (*path, number)).collect();
    let map = Map { numbers, base: &config.compose.base_url, out: &config.out };
    watch(&Event::Begin { stage: "check", total: paths.len() });
    let file = |path: &str| {
        watch(&Event::Tick);
        (rehearsal.file)(path)
    };
    let outcomes: Vec<Result<Leaf, Diagnostic>> =
        paths.par_iter().map(|path| Ok(map.leaf(path, &file(path)?))).collect();
    watch(&Event::End);
    let mut faults: Vec<Diagnostic> = outcomes.iter().filter_map(|it| it.clone().err()).collect();
    let leaves: Vec<Leaf> = outcomes.into_iter().map(Result::unwrap_or_default).collect();
    let suspects: Vec<&str> =
        paths.iter().zip(&leaves).filter(|it| it.1.is_suspect(&leaves)).map(|it| *it.0).collect();
    let dead: Vec<Vec<(Target, Dead)>> = suspects
        .par_iter()
        .map(|path| map.dead(path, &(rehearsal.file)(path).unwrap_or_default(), &leaves))
        .collect();
    faults.extend(told(dead.into_iter().flatten(), said, &config.out));
    faults
}

/// What the first round keeps of a file.
#[derive(Clone, Default)]
struct Leaf {
    /// The places it has, as hashes, in order.
    places: Vec<u32>,
    /// The places of files, by their numbers, that it leads to.
    ways: Vec<(u32, u32)>,
    /// Whether it leads to something that is not there.
    astray: bool,
}

impl Leaf {
    /// Whether a place that it leads to is not there.
    fn is_suspect(&self, leaves: &[Self]) -> bool {
        let missing = |&(number, place): &(u32, u32)| {
            leaves.get(number as usize).is_none_or(|it| it.places.binary_search(&place).is_err())
        };
        self.astray || self.ways.iter().any(missing)
    }
}

/// A way that leads nowhere.
struct Dead {
    /// The page it stands in.
    path: String,
    line: u32,
    message: String,
}

/// What links are looked up in.
struct Map<'a> {
    /// The number of each file of the site.
    numbers: FxHashMap<&'a str, u32>,
    /// Where the site is published.
    base: &'a str,
    out: &'a Path,
}

/// Where a link leads.
enum Way {
    /// Out of the archive.
    Outside,
    /// To a file of the site by its number, and a place in it.
    File(u32, Target),
    /// To no file of the site.
    Nowhere(Target, &'static str),
}

impl Map<'_> {
    /// What the first round keeps of a file.
    fn leaf(&self, path: &str, bytes: &[u8]) -> Leaf {
        let mut leaf = Leaf::default();
        let text = String::from_utf8_lossy(bytes);
        each(path, &text, &mut |met, _| match met {
            Met::Place(name) => leaf.places.push(hash(&name)),
            Met::Link(to) => match self.way(path, &to) {
                Way::File(number, (file, place)) if !is_everywhere(&file, &place) => {
                    leaf.ways.push((number, hash(&place)));
                }
                Way::Nowhere(..) => leaf.astray = true,
                Way::Outside | Way::File(..) => {}
            },
        });
        leaf.ways.sort_unstable();
        leaf.ways.dedup();
        leaf.ways.shrink_to_fit();
        leaf.places.sort_unstable();
        leaf.places.shrink_to_fit();
        leaf
    }

    /// The ways of a file that lead nowhere.
    fn dead(&self, path: &str, bytes: &[u8], leaves: &[Leaf]) -> Vec<(Target, Dead)> {
        let mut dead = Vec::new();
        let text = String::from_utf8_lossy(bytes);
        each(path, &text, &mut |met, rest| {
            let Met::Link(to) = met else { return };
            let (target, why) = match self.way(path, &to) {
                Way::Nowhere(target, why) => (target, why),
                Way::File(number, target) if !is_everywhere(&target.0, &target.1) => {
                    let places = leaves.get(number as usize).map_or(&[][..], |it| &it.places);
                    if places.binary_search(&hash(&target.1)).is_ok() {
                        return;
                    }
                    (target, "leads to a place that the page does not have")
                }
                Way::Outside | Way::File(..) => return,
            };
            let before = text.len() - rest.len();
            let before = text.as_bytes().get(..before).unwrap_or_default();
            let line = before.iter().filter(|&&byte| byte == b'\n').count() as u32 + 1;
            dead.push((
                target,
                Dead { path: path.to_owned(), line, message: format!("`{to}` {why}") },
            ));
        });
        dead
    }

    /// Where a link of a page leads.
    fn way(&self, from: &str, to: &str) -> Way {
        let to = to.trim();
        let inside = to.strip_prefix(self.base).filter(|_| !self.base.is_empty());
        let (from, to) = inside.map_or((from, to), |it| ("", it));
        let (file, place) = to.split_once('#').unwrap_or((to, ""));
        let file = file.split('?').next().unwrap_or_default();
        let head = file.split('/').next().unwrap_or_default();
        if head.contains(':') || file.starts_with("//") {
            return Way::Outside;
        }
        // What stands behind `:~:` is for the browser, which marks words by it.
        let place = place.split(":~:").next().unwrap_or_default();
        let place = percent_decode_str(place).decode_utf8_lossy().into_owned();
        if file.starts_with('/') {
            let why = "begins at the root of the host, where the archive need not be";
            return Way::Nowhere((file.to_owned(), place), why);
        }
        let file = percent_decode_str(file).decode_utf8_lossy();
        match resolved(from, &file).map(|it| (self.numbers.get(it.as_str()), it)) {
            None => Way::Nowhere((file.into_owned(), place), "leads out of the archive's folder"),
            Some((Some(&number), path)) => Way::File(number, (path, place)),
            // A curator may have put files of their own into the output folder.
            Some((None, path)) if disk::stamp(&self.out.join(&path)).is_some() => Way::Outside,
            Some((None, path)) => {
                Way::Nowhere((path, place), "leads to a file that the site does not have")
            }
        }
    }
}

/// Tells everything that leads somewhere in a file, or can be led to.
fn each<'a>(path: &str, text: &'a str, met: &mut dyn FnMut(Met<'a>, &'a str)) {
    match kind(path) {
        Some("html") => markup::read(text, met),
        Some("xml") if !path.starts_with("data/") => {
            markup::read(text, met);
            between(text, ("<loc>", "</loc>"), met);
        }
        Some("css") => between(text, ("url(", ")"), met),
        _ => {}
    }
}

/// Tells the addresses that stand between two marks.
fn between<'a>(text: &'a str, (open, close): (&str, &str), met: &mut dyn FnMut(Met<'a>, &'a str)) {
    let mut rest = text;
    while let Some((address, behind)) = rest.split_once(open).and_then(|it| it.1.split_once(close))
    {
        met(Met::Link(address.trim_matches(['"', '\'', ' ']).into()), behind);
        rest = behind;
    }
}

/// The path that a relative address leads to from a file; `None` where it leads out of the site.
fn resolved(from: &str, to: &str) -> Option<String> {
    if to.is_empty() && !from.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    if parts.last().is_none_or(|it| it.is_empty()) {
        parts.pop();
        parts.push("index.html");
    }
    Some(parts.join("/"))
}

/// Whether a place is in every page, or in a file of a kind that names no places.
fn is_everywhere(file: &str, place: &str) -> bool {
    EVERYWHERE.contains(&place) || kind(file) != Some("html")
}

/// What kind of file stands at a path, by the end of its name.
fn kind(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|it| it.1)
}

/// The hash of the name of a place: it is compared inside one file only.
fn hash(name: &str) -> u32 {
    (FxBuildHasher.hash_one(name) >> 32) as u32
}

/// What is said of dead ways: once for each target, at the first page, so that one fault of a theme is
/// not told for every page.
fn told(
    dead: impl Iterator<Item = (Target, Dead)>,
    said: &BTreeSet<Target>,
    out: &Path,
) -> Vec<Diagnostic> {
    let mut by_target: BTreeMap<Target, Vec<Dead>> = BTreeMap::new();
    for (target, way) in dead.filter(|(target, _)| !said.contains(target)) {
        by_target.entry(target).or_default().push(way);
    }
    let out = out.to_string_lossy();
    let tell = |ways: Vec<Dead>| {
        let pages = ways.iter().map(|it| it.path.as_str()).collect::<BTreeSet<_>>().len();
        let first = ways.into_iter().next()?;
        let place = Place::line(first.path, first.line, "");
        let more = match pages - 1 {
            0 => String::new(),
            1 => "; so does 1 more page".to_owned(),
            more => format!("; so do {more} more pages"),
        };
        let message = format!("{}{more}", first.message);
        Some(
            Diagnostic::new(Code::BrokenLink, place, message)
                .below(&out)
                .hint("mend the text or the template that it comes from"),
        )
    };
    let more = by_target.len().saturating_sub(TOLD);
    let mut found: Vec<Diagnostic> = by_target.into_values().take(TOLD).filter_map(tell).collect();
    if more > 0 {
        let message = format!("{more} more targets of links are not there");
        found.push(Diagnostic::new(Code::BrokenLink, Place::file(out), message));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_resolved_as_browsers_do() {
        let resolved = |from, to| resolved(from, to);
        assert_eq!(resolved("a/b.html", "../c.html").as_deref(), Some("c.html"));
        assert_eq!(resolved("a/b.html", "").as_deref(), Some("a/b.html"));
        assert_eq!(resolved("a/b.html", "./").as_deref(), Some("a/index.html"));
        assert_eq!(resolved("a/b.html", "..").as_deref(), Some("index.html"));
        assert_eq!(resolved("", "").as_deref(), Some("index.html"));
        assert_eq!(resolved("b.html", "../c.html"), None);
    }
}
