//! Clusters become statements: names, titles, reasons, relations, near misses. Knows what the study found;
//! reads no text.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::candidates::Pair;
use super::cluster::{CERTAIN, Chance};
use super::mix::Mix;
use super::naming::{self, Nameless, Pin};
use super::reasons::{self, Reason, Witness};
use super::reprints::Reprints;
use super::seen::{Asked, Seen};
use super::signature::Signature;
use super::study::Study;
use super::{
    Again, Archive, Arranged, DocumentId, Leaf, Options, Related, Relation, Standing, Statement,
    StatementId, Version,
};
use crate::vocab::evidence::Space;
use crate::vocab::page::Role;

/// The likeness, in ten-thousandths, from which on a text that is no version is named as related.
const RELATED: Chance = 14_000;
/// The most related texts that are named.
const MOST_RELATED: usize = 8;
/// The fewest names, numbers and days that tie a text to the event of a statement.
const TIES: usize = 2;
/// The cosine of words, in thousandths, from which on two texts of one language are the same text, printed again.
const SAME_TEXT: u32 = 800;

/// The leaves and what was found about them.
#[derive(Clone, Copy)]
pub(super) struct Dossier<'a> {
    pub(super) leaves: &'a [Leaf],
    pub(super) pins: &'a [Pin],
    /// The documents that print what an earlier one says: only the first was studied.
    pub(super) reprints: &'a Reprints,
    pub(super) study: &'a Study<'a>,
    /// Fetches signatures that are not held.
    pub(super) again: Again<'a>,
}

/// Which member of a cluster leads it.
struct Leader {
    /// A hash of all that this hangs on.
    key: u64,
    /// Its place among the members.
    place: u32,
}

/// The name a pin gives.
pub(super) fn pinned_to(pin: &Pin) -> Option<&str> {
    match pin {
        Pin::To(name) => Some(name),
        Pin::Free | Pin::Alone | Pin::Bad(_) => None,
    }
}

/// Makes the statements; the archive's documents are left to the caller.
pub(super) fn assemble(
    dossier: Dossier<'_>,
    standing: &Standing,
    options: &Options,
    seen: &mut Seen,
) -> Arranged {
    let clusters = dossier.clusters();
    let leaders: Vec<Leader> = clusters.par_iter().map(|it| dossier.leader(it)).collect();
    seen.keep_leaders(leaders.iter().map(|it| (it.key, it.place)));
    let nameless: Vec<Nameless<'_>> = clusters
        .par_iter()
        .zip(&leaders)
        .map(|(it, leader)| dossier.nameless(it, leader))
        .collect();
    let slugs = naming::name_all(&nameless, standing);
    let now = now(&nameless, &slugs);
    let names: Vec<&str> = dossier.leaves.iter().map(|it| it.name.as_str()).collect();
    let diagnostics = naming::changes(&names, &now, standing);
    let related = if options.related { dossier.related(&clusters) } else { BTreeMap::new() };
    let mut statements: Vec<Statement> = clusters
        .par_iter()
        .zip(nameless.par_iter().zip(&slugs))
        .enumerate()
        .map(|(at, (members, (nameless, slug)))| Statement {
            slug: slug.clone(),
            title: nameless.title.to_owned(),
            versions: members.iter().map(|&it| dossier.version(it, members)).collect(),
            related: related.get(&at).map(|it| dossier.tell_related(it)).unwrap_or_default(),
        })
        .collect();
    statements.sort_by(|a, b| a.slug.cmp(&b.slug));
    Arranged { archive: Archive { documents: Vec::new(), statements }, diagnostics }
}

/// Everything that the statements tell readers of pairs of documents, by the keys of the pairs.
pub(super) fn told<'a>(
    dossier: Dossier<'a>,
    statements: &'a [Statement],
) -> impl Iterator<Item = (u64, &'a Reason)> {
    let of = |it: &'a Statement| {
        let versions = it.versions.iter().map(|it| (it.document, it.reason.as_ref()));
        versions.chain(it.related.iter().map(|it| (it.document, Some(&it.reason))))
    };
    statements.iter().flat_map(of).filter_map(move |(document, reason)| {
        let reason = reason?;
        let (one, two) = dossier.witness(document.0).zip(dossier.witness(reason.with.0))?;
        Some((dossier.key((document.0, reason.with.0), (&one, &two)), reason))
    })
}

/// The statement of each document.
pub(super) fn owners(statements: &[Statement], documents: usize) -> Vec<Option<StatementId>> {
    let mut owners = vec![None; documents];
    for (at, statement) in statements.iter().enumerate() {
        for version in &statement.versions {
            if let Some(owner) = owners.get_mut(version.document.0 as usize) {
                *owner = Some(StatementId(at as u32));
            }
        }
    }
    owners
}

/// Which statement each document is in now.
fn now<'a>(nameless: &[Nameless<'a>], slugs: &'a [String]) -> BTreeMap<&'a str, &'a str> {
    let both = nameless.iter().zip(slugs);
    both.flat_map(|(it, slug)| it.documents.iter().map(|name| (*name, slug.as_str()))).collect()
}

impl<'a> Dossier<'a> {
    /// The clusters, and the documents that are alone with their pin.
    fn clusters(&self) -> Vec<Vec<u32>> {
        let mut clusters = self.reprints.gathered(self.study.clusters.clone());
        let seen: BTreeSet<u32> = clusters.iter().flatten().copied().collect();
        let pinned = (0..self.leaves.len() as u32).filter(|it| self.pin(*it).is_some());
        clusters.extend(pinned.filter(|it| !seen.contains(it)).map(|it| vec![it]));
        clusters.sort_unstable();
        clusters
    }

    /// The statement a document is pinned to.
    fn pin(&self, document: u32) -> Option<&'a str> {
        self.pins.get(document as usize).and_then(pinned_to)
    }

    /// The place of the text that was studied for a document.
    fn studied(&self, document: u32) -> usize {
        self.reprints.first(document) as usize
    }

    /// The chance of a pair.
    fn chance(&self, a: u32, b: u32) -> Chance {
        let (a, b) = (self.reprints.first(a), self.reprints.first(b));
        if a == b { CERTAIN } else { self.study.links.chance(a, b) }
    }

    /// The version whose title the statement takes: an original, else the one that has most of what the
    /// others have too. Nothing outside the statement is asked, so that no other text can change a title.
    fn leader(&self, members: &[u32]) -> Leader {
        let key = self.members_key(members);
        let known = self.study.tales.leader(key).filter(|it| (*it as usize) < members.len());
        Leader { key, place: known.unwrap_or_else(|| self.leading(members)) }
    }

    /// A hash of all that says which of a cluster's members leads: their signatures, their roles, and the order
    /// of their names.
    fn members_key(&self, members: &[u32]) -> u64 {
        let mut order = members.to_vec();
        order.sort_unstable();
        let mut hash = Mix(members.len() as u64);
        for &member in members {
            let signature = self.study.signatures.get(self.studied(member));
            let place = order.partition_point(|it| *it < member) as u64;
            hash.add(place << 33 | u64::from(self.is_original(member)) << 32);
            hash.add(u64::from(signature.map_or(0, Signature::print)));
        }
        hash.0
    }

    /// Whether a curator says that the others were made from a document.
    fn is_original(&self, document: u32) -> bool {
        let role = self.leaves.get(document as usize).and_then(|leaf| leaf.head.role);
        role == Some(Role::Original)
    }

    /// The place among its members of the one that leads a cluster.
    fn leading(&self, members: &[u32]) -> u32 {
        let keys = |document: u32| -> Vec<u32> {
            let signature = self.signature(document);
            let marks = signature.iter().flat_map(|it| it.marks());
            marks.filter(|it| it.space != Space::Word as u8).map(|it| it.key).collect()
        };
        let all: Vec<(u32, Vec<u32>)> = members.iter().map(|it| (*it, keys(*it))).collect();
        let mut holders: FxHashMap<u32, u64> = FxHashMap::default();
        for key in all.iter().flat_map(|it| &it.1) {
            *holders.entry(*key).or_default() += 1;
        }
        let rank = |(_, (document, keys)): &(u32, &(u32, Vec<u32>))| {
            let others = keys.iter().filter_map(|it| holders.get(it)).map(|it| it - 1);
            (self.is_original(*document), others.sum::<u64>(), Reverse(*document))
        };
        (0..).zip(&all).max_by_key(rank).map_or(0, |it| it.0)
    }

    /// The signature of a document, fetched again where it is not held.
    fn signature(&self, document: u32) -> Option<Cow<'a, Signature>> {
        let text = self.studied(document);
        let held = self.study.signatures.get(text)?;
        let fetched = || Cow::Owned((self.again)(text));
        Some(if held.is_elsewhere() { fetched() } else { Cow::Borrowed(held) })
    }

    /// A cluster that needs a name.
    fn nameless(&self, members: &[u32], leader: &Leader) -> Nameless<'a> {
        let leader = members.get(leader.place as usize).copied().unwrap_or(0);
        let leaf = |document: u32| self.leaves.get(document as usize);
        let title = |document: u32| leaf(document).map_or("", |it| it.head.title.as_str());
        Nameless {
            documents: members
                .iter()
                .filter_map(|&it| leaf(it))
                .map(|it| it.name.as_str())
                .collect(),
            title: title(leader),
            titles: std::iter::once(leader).chain(members.iter().copied()).map(title).collect(),
            pin: members.iter().find_map(|&it| self.pin(it)),
        }
    }

    /// A document as a version.
    fn version(&self, document: u32, members: &[u32]) -> Version {
        let others = members.iter().copied().filter(|&it| it != document);
        let mut ranked: Vec<(Chance, u32)> =
            others.map(|other| (self.chance(document, other), other)).collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let pinned = self.pin(document).is_some();
        let half = ranked.len().div_ceil(2);
        let sum: u32 = ranked.iter().take(half).map(|it| it.0).sum();
        let confidence = sum.checked_div(half as u32).unwrap_or(0) / 100;
        Version {
            document: DocumentId(document),
            confidence: if pinned { 100 } else { confidence.min(100) as u8 },
            pinned,
            reason: ranked.first().and_then(|&(_, nearest)| self.tell(document, nearest)),
            relation: self.relation(document, members),
        }
    }

    /// What a document is to the others.
    fn relation(&self, document: u32, members: &[u32]) -> Relation {
        let lang = |it: u32| self.leaves.get(it as usize).map(|leaf| leaf.head.lang.base());
        let own = lang(document);
        let mut same = members.iter().filter(|&&it| it != document && lang(it) == own).peekable();
        if same.peek().is_none() {
            return Relation::Translation;
        }
        let again = |&it: &u32| (self.words(document, it) * 1000.0) as u32 >= SAME_TEXT;
        if same.any(again) { Relation::Republication } else { Relation::Edited }
    }

    /// The cosine of the words of two texts.
    fn words(&self, a: u32, b: u32) -> f32 {
        let text = |it: u32| self.study.texts.get(self.studied(it));
        text(a).zip(text(b)).map_or(0.0, |(a, b)| super::pair::words(a, b))
    }

    /// Why a document is put beside another.
    fn tell(&self, document: u32, other: u32) -> Option<Reason> {
        let (one, two) = self.witness(document).zip(self.witness(other))?;
        let key = self.key((document, other), (&one, &two));
        if let Some(told) = self.study.tales.find(key, DocumentId(other)) {
            return Some(told);
        }
        let (first, second) = (self.study.whole(one.text), self.study.whole(two.text));
        let signature = self.signature(document)?;
        let one = Witness { text: &first, signature: &signature, ..one };
        let two = Witness { text: &second, ..two };
        let offset = self.study.offset(one.text, two.text);
        let (shared, agree, of) = reasons::told(&one, &two, offset);
        Some(Reason { with: DocumentId(other), shared, agree, of })
    }

    /// By what it is known again what is told of a document beside another.
    fn key(&self, pair: (u32, u32), (one, two): (&Witness<'_>, &Witness<'_>)) -> u64 {
        let asked = Asked {
            signature: one.signature.print(),
            offset: self.study.offset(one.text, two.text),
            within: one.text.lang == two.text.lang,
        };
        let first = |it: u32| self.reprints.first(it);
        self.study.tales.key((first(pair.0), first(pair.1)), asked)
    }

    /// How many names, numbers and days a document shares with another.
    fn ties(&self, document: u32, other: u32) -> usize {
        let Some((a, b)) = self.witness(document).zip(self.witness(other)) else { return 0 };
        let key = self.key((document, other), (&a, &b));
        let told = self.study.tales.find(key, DocumentId(other));
        told.map_or_else(
            || {
                let signature = self.signature(document).unwrap_or_default();
                reasons::ties(&Witness { signature: &signature, ..a }, &b)
            },
            |it| reasons::told_ties(&it),
        )
    }

    /// A document as reasons see it, with what is held of its signature.
    fn witness(&self, document: u32) -> Option<Witness<'a>> {
        let text = self.study.texts.get(self.studied(document))?;
        let signature = self.study.signatures.get(self.studied(document))?;
        Some(Witness { text, signature, census: &self.study.census })
    }

    /// For each cluster the near misses: chance, document, and its nearest version.
    fn related(&self, clusters: &[Vec<u32>]) -> BTreeMap<usize, Vec<(Chance, u32, u32)>> {
        let mut owner: BTreeMap<u32, usize> = BTreeMap::new();
        for (at, members) in clusters.iter().enumerate() {
            owner.extend(members.iter().map(|it| (*it, at)));
        }
        let mut best: BTreeMap<(usize, u32), (Chance, u32)> = BTreeMap::new();
        let mut links: Vec<(Pair, Chance)> = self.study.near.clone();
        links.sort_unstable();
        for (Pair(a, b), chance) in links.into_iter().filter(|it| it.1 >= RELATED) {
            for (inside, outside) in [(a, b), (b, a)] {
                let Some(&at) = owner.get(&inside) else { continue };
                if owner.get(&outside) != Some(&at) {
                    let slot = best.entry((at, outside)).or_insert((0, inside));
                    *slot = (*slot).max((chance, inside));
                }
            }
        }
        let mut related: BTreeMap<usize, Vec<(Chance, u32, u32)>> = BTreeMap::new();
        for ((at, outside), (chance, inside)) in best {
            related.entry(at).or_default().push((chance, outside, inside));
        }
        related.par_iter_mut().for_each(|(_, rows)| {
            rows.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            let tied = |it: &(Chance, u32, u32)| self.ties(it.1, it.2) >= TIES;
            *rows = rows.iter().copied().filter(tied).take(MOST_RELATED).collect();
        });
        related
    }

    /// The near misses of a statement with their reasons.
    fn tell_related(&self, rows: &[(Chance, u32, u32)]) -> Vec<Related> {
        let tell = |&(_, outside, inside): &(Chance, u32, u32)| {
            let reason = self.tell(outside, inside)?;
            Some(Related { document: DocumentId(outside), reason })
        };
        rows.iter().filter_map(tell).collect()
    }
}
