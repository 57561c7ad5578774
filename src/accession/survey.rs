//! What the archive itself shows: a line that opens or closes many texts is furniture.
//!
//! Texts that share most of their paragraphs are printings of one text and count once, so that a
//! statement printed many times keeps its lines.

use std::collections::hash_map::Entry;
use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use serde::{Deserialize, Serialize};

use super::draft::Line;
use super::fold::{fold, mask, width};
use crate::vocab::digest::Fingerprint;

/// In how many texts a line must stand.
const MANY: usize = 3;

/// How many lines at either end of a text are looked at.
const EDGE: usize = 14;

/// The widest line that can be furniture by repetition; longer ones are prose.
const SHORT: usize = 160;

/// The narrowest line that tells printings of one text from different texts.
const PROSE: usize = 90;

/// A line that stands in more texts than this tells nothing about which texts are one.
const COMMON: usize = 64;

/// How many long lines of a text are compared at most: those whose keys are the smallest, which are the same
/// in every printing of it (a sketch after Broder, "On the resemblance and containment of documents", 1997).
const COMPARED: usize = 512;

/// How many lines at the top may name the outlet.
const TOP: usize = 6;

/// The shortest name of an outlet that is known again inside a line, in characters.
const NAME: usize = 5;

/// What is kept of one text while the survey runs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Traces {
    head: Vec<u64>,
    tail: Vec<u64>,
    prose: Vec<u64>,
    /// The names at the top that are said again in a wider line at the end.
    named: Vec<u64>,
}

/// Lines that stand at the edges of many texts.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// In how many texts each opening line stands, where these are many.
    heads: FxHashMap<u64, usize>,
    /// Closing lines of the whole archive.
    tails: FxHashSet<u64>,
    /// Closing lines of the texts that an opening line opens.
    pairs: FxHashSet<u64>,
    /// Names at the top of many texts that closing lines say again.
    names: FxHashSet<u64>,
}

impl Traces {
    /// The traces of a text.
    pub(crate) fn of(lines: &[Line]) -> Self {
        let edge = |line: &&Line| width(&line.text) <= SHORT && !line.fixed;
        let long = |line: &&Line| width(&line.text) >= PROSE;
        let last = lines.iter().rev().take(EDGE).filter(|line| width(&line.text) <= SHORT);
        let last: Vec<(&Line, String)> = last.map(|it| (it, fold(&it.text))).collect();
        let tail = last.iter().filter(|it| !it.0.fixed);
        let mut traces = Self {
            head: lines.iter().take(TOP).filter(edge).map(|it| head_key(&it.text)).collect(),
            tail: tail.map(|it| tail_key(&it.1)).collect(),
            prose: lines.iter().filter(long).map(|it| hash(&it.text)).collect(),
            named: named(lines.iter().take(TOP).filter(edge), &last),
        };
        for keys in [&mut traces.head, &mut traces.tail, &mut traces.prose, &mut traces.named] {
            keys.sort_unstable();
            keys.dedup();
        }
        traces.prose.truncate(COMPARED);
        traces
    }
}

impl Survey {
    /// Counts in how many different texts each line stands.
    pub(crate) fn of(texts: &[&Traces]) -> Self {
        let printings = printings(texts);
        let each = |keys: Keys| voices(texts, &printings, keys);
        let (heads, (tails, names)) = rayon::join(
            || each(&|it| it.head.clone()),
            || (each(&|it| it.tail.clone()), each(&|it| it.named.clone())),
        );
        let names = names.into_keys().collect();
        let pairs = each(&|it| {
            let heads = it.head.iter().filter(|key| heads.contains_key(key));
            heads.flat_map(|&head| it.tail.iter().map(move |&tail| pair(head, tail))).collect()
        });
        let usual = |head: u64, tail: u64| {
            pairs.get(&pair(head, tail)).copied().unwrap_or(0) * 2
                > heads.get(&head).copied().unwrap_or(usize::MAX / 2)
        };
        let known = texts.iter().flat_map(|it| {
            let pair_of = |&head: &u64| it.tail.iter().map(move |&tail| (head, tail));
            it.head.iter().flat_map(pair_of)
        });
        let usual = known.filter(|it| usual(it.0, it.1)).map(|it| pair(it.0, it.1)).collect();
        let most = |count: &usize| count * 2 > texts.len();
        let tails = tails.into_iter().filter(|(_, count)| most(count)).map(|it| it.0).collect();
        Self { heads, tails, pairs: usual, names }
    }

    /// The fingerprint of everything that is answered from the survey.
    pub(crate) fn print(&self) -> Fingerprint {
        let sorted = |mut keys: Vec<u64>| {
            keys.sort_unstable();
            keys
        };
        let heads = sorted(self.heads.keys().copied().collect());
        let tails = sorted(self.tails.iter().copied().collect());
        let pairs = sorted(self.pairs.iter().copied().collect());
        let names = sorted(self.names.iter().copied().collect());
        Fingerprint::of(&(heads, tails, pairs, names))
    }

    /// Whether a line opens many texts.
    pub(crate) fn opens_many(&self, line: &str) -> bool {
        !self.heads.is_empty() && width(line) <= SHORT && self.heads.contains_key(&head_key(line))
    }

    /// The outlet that a line at the top names: many texts name it there and say the name again in a line at
    /// the end (`© Evening Bell`). Beside the name may stand a label (`News – Evening Bell`), or whatever opens
    /// many texts.
    pub(crate) fn outlet_of<'l>(
        &self,
        line: &'l str,
        is_label: &dyn Fn(&str) -> bool,
    ) -> Option<&'l str> {
        if self.names.is_empty() || width(line) > SHORT {
            return None;
        }
        let named = |part: &str| self.names.contains(&head_key(part));
        let beside = |it: &(&str, &str)| named(it.0) && (is_label(it.1) || self.opens_many(line));
        if named(line) { Some(line) } else { sides(line).find(beside).map(|it| it.0) }
    }

    /// Whether a line closes most texts of an outlet, its numbers aside; the outlet is known by the
    /// [`heads`] of its texts.
    pub(crate) fn closes(&self, line: &str, heads: &[u64]) -> bool {
        let knows_none = self.tails.is_empty() && self.pairs.is_empty();
        if knows_none || width(line) > SHORT {
            return false;
        }
        let tail = tail_key(&fold(line));
        self.tails.contains(&tail)
            || heads.iter().any(|&head| self.pairs.contains(&pair(head, tail)))
    }
}

/// The keys of the lines at the top of a text, by which its outlet is known.
pub(crate) fn heads(lines: &[Line]) -> Vec<u64> {
    lines.iter().take(TOP).map(|line| head_key(&line.text)).collect()
}

/// The keys of the names in lines at the top that a wider one of the last lines, given with how they fold,
/// says again.
fn named<'l>(top: impl Iterator<Item = &'l Line>, last: &[(&Line, String)]) -> Vec<u64> {
    let again = |name: &String| {
        let within = |line: &String| line.len() > name.len() && line.contains(name);
        name.chars().count() >= NAME && last.iter().any(|it| within(&it.1))
    };
    let names =
        |it: &'l Line| std::iter::once(it.text.as_str()).chain(sides(&it.text).map(|it| it.0));
    top.flat_map(names).map(fold).filter(again).map(|name| hash(&name)).collect()
}

/// What stands in a line on either side of a dash or stroke, with what stands on the other side.
fn sides(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let parted = [" – ", " — ", " - ", " | "].into_iter().filter_map(|mark| line.split_once(mark));
    parted.flat_map(|(before, behind)| [(behind, before), (before, behind)])
}

/// Tells some keys of a text.
type Keys<'k> = &'k (dyn Fn(&Traces) -> Vec<u64> + Sync);

/// For each key that stands in many different texts in how many.
fn voices(texts: &[&Traces], printings: &[usize], keys: Keys) -> FxHashMap<u64, usize> {
    let mut heard: FxHashMap<u64, (usize, [Option<usize>; MANY])> = FxHashMap::default();
    for (text, &printing) in texts.iter().zip(printings) {
        for key in keys(text) {
            let (count, first) = heard.entry(key).or_default();
            *count += 1;
            // The first different ones, one behind the other.
            let place = first.iter_mut().find(|it| it.is_none_or(|it| it == printing));
            if let Some(place) = place {
                *place = Some(printing);
            }
        }
    }
    let many = heard.into_iter().filter(|(_, (_, first))| first.iter().all(Option::is_some));
    many.map(|(key, (count, _))| (key, count)).collect()
}

/// The key of two lines in one text.
fn pair(head: u64, tail: u64) -> u64 {
    head.rotate_left(17) ^ tail
}

/// The key of a line before a text: numbers count, because titles that differ in them are different.
fn head_key(line: &str) -> u64 {
    hash(&fold(line))
}

/// The key of a line after a text, given as it folds.
fn tail_key(folded: &str) -> u64 {
    hash(&mask(folded))
}

/// A hash that is the same in every run of one program.
fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// For each text the number of the first text that is a printing of the same: the two share at least
/// half of the paragraphs of the shorter one.
fn printings(texts: &[&Traces]) -> Vec<usize> {
    // Most lines stand in one text: only of the others is there a list.
    let mut stands: FxHashMap<u64, (usize, Vec<usize>)> = FxHashMap::default();
    let mut printings: Vec<usize> = (0..texts.len()).collect();
    for (at, text) in texts.iter().enumerate() {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for key in &text.prose {
            match stands.entry(*key) {
                Entry::Vacant(place) => drop(place.insert((at, Vec::new()))),
                Entry::Occupied(mut places) => {
                    let (first, more) = places.get_mut();
                    if more.len() + 1 < COMMON {
                        for &other in std::iter::once(&*first).chain(more.iter()) {
                            *shared.entry(other).or_default() += 1;
                        }
                        more.push(at);
                    }
                }
            }
        }
        let same = |other: usize, count: usize| {
            let shorter = texts.get(other).map_or(0, |it| it.prose.len()).min(text.prose.len());
            count * 2 >= shorter
        };
        let first =
            shared.into_iter().filter(|&(other, count)| same(other, count)).map(|it| it.0).min();
        if let Some(earlier) = first.and_then(|first| printings.get(first).copied()) {
            printings[at] = earlier;
        }
    }
    printings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surveyed(texts: &[Traces]) -> Survey {
        Survey::of(&texts.iter().collect::<Vec<_>>())
    }

    fn traces(text: &str) -> Traces {
        let lines: Vec<Line> = text.lines().map(|line| Line::plain(1, line)).collect();
        Traces::of(&lines)
    }

    fn paragraph(seed: &str) -> String {
        format!("{seed} ").repeat(120 / seed.len())
    }

    #[test]
    fn a_line_in_three_texts_is_furniture() {
        let texts: Vec<Traces> = ["one", "two", "three"]
            .iter()
            .map(|it| {
                traces(&format!("Evening Bell\n{}\nVisits today: 1{}", paragraph(it), it.len()))
            })
            .collect();
        let survey = surveyed(&texts);
        let bell = [head_key("Evening Bell")];
        assert!(survey.opens_many("EVENING BELL"));
        assert!(survey.closes("Visits today: 77", &bell));
        assert!(!survey.opens_many("Morning Bell"));
    }

    #[test]
    fn a_name_at_the_top_that_the_end_says_again_is_the_outlet() {
        let text = |(at, it): (usize, &&str)| {
            let label = if at == 0 { "News – " } else { "" };
            traces(&format!("{label}Evening Bell\n{}\n© 201{at} Evening Bell.", paragraph(it)))
        };
        let words = ["one", "two", "three", "four"];
        let texts: Vec<Traces> = words.iter().enumerate().map(text).collect();
        let survey = surveyed(&texts);
        let is_label = |it: &str| it == "News";
        assert_eq!(survey.outlet_of("EVENING BELL", &is_label), Some("EVENING BELL"));
        assert_eq!(survey.outlet_of("News – Evening Bell", &is_label), Some("Evening Bell"));
        assert_eq!(survey.outlet_of("Ferry sinks – Evening Bell", &is_label), None, "a title");
        assert_eq!(survey.outlet_of("News", &is_label), None);
        assert_eq!(surveyed(&texts[..2]).outlet_of("Evening Bell", &is_label), None, "only two");
    }

    #[test]
    fn what_closes_few_texts_of_an_outlet_is_no_furniture() {
        let words = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
        let end = |at: usize| if at < 3 { "The end of it" } else { words[at] };
        let text =
            |(at, it): (usize, &&str)| traces(&format!("Bell\n{}\n{}", paragraph(it), end(at)));
        let texts: Vec<Traces> = words.iter().enumerate().map(text).collect();
        assert!(!surveyed(&texts).closes("The end of it", &[head_key("Bell")]));
    }

    #[test]
    fn printings_of_one_text_count_once() {
        let text =
            format!("A title\n{}\n{}\nSigned in two copies", paragraph("long"), paragraph("words"));
        let survey = surveyed(&vec![traces(&text); 5]);
        assert!(!survey.opens_many("A title"));
        assert!(!survey.closes("Signed in two copies", &[head_key("A title")]));
    }
}
