//! The whole numeric way from signatures to clusters. Knows texts by number, and neither names nor
//! curators' reasons.

use std::borrow::Cow;
use std::cmp::Reverse;

use rayon::prelude::*;

use super::Measured;
use super::candidates::{Breadth, Pair};
use super::cluster::{CERTAIN, Chance, Rules};
use super::corpus::{Text, UNKNOWN, weigh};
use super::found::Crowd;
use super::glosses::{Glossary, whole};
use super::held::held;
use super::links::Links;
use super::rarity::Census;
use super::seen::{Looks, Seen, Tales};
use super::signature::Signature;
use super::stragglers::{Close, Reach, close, gather};
use super::thirds::{hear, say};
use super::verdicts::{Offsets, Round, Sight, chances, learn_offsets, measure_each, see_each};

/// What is to be studied.
pub(super) struct Question {
    /// The language of each text, as a number.
    pub(super) langs: Vec<u16>,
    /// Who the texts are.
    pub(super) crowd: Crowd,
    /// The statement that each text is pinned to, as a number.
    pub(super) pins: Vec<Option<u32>>,
    /// The statement that each text stood in, as a number, where a curator has pinned another text to that
    /// statement by its name.
    pub(super) stood: Vec<Option<u32>>,
    /// Texts that stay alone.
    pub(super) alone: Vec<bool>,
    /// The mean chance from which on clusters are joined.
    pub(super) threshold: Chance,
    /// How far stragglers may be from the others.
    pub(super) reach: Reach,
}

impl Question {
    /// What two printings of one text have in common: their language and their pin. A text that stays alone
    /// has nothing in common with any.
    pub(super) fn kin(&self, text: usize) -> Option<(u16, Option<u32>)> {
        let free = self.alone.get(text) == Some(&false);
        self.langs.get(text).copied().zip(self.pins.get(text).copied()).filter(|_| free)
    }
}

/// What the study shows.
pub(super) struct Study<'a> {
    /// The signatures of the texts, cut down.
    pub(super) signatures: Vec<Signature>,
    /// The keys of the archive.
    pub(super) census: Census,
    /// The weighed texts.
    pub(super) texts: Vec<Text>,
    /// How likely each pair that was looked at is a pair of versions.
    pub(super) links: Links,
    /// The clusters of two and more texts.
    pub(super) clusters: Vec<Vec<u32>>,
    /// Pairs that share much, with how much: among them are the near misses.
    pub(super) near: Vec<(Pair, Chance)>,
    /// How long texts of each language are against the others.
    pub(super) offsets: Offsets,
    /// What words mean, as far as that was learned.
    glossary: Option<Glossary>,
    /// What was seen in the pairs that were looked at.
    pub(super) seen: Seen,
    /// What an earlier run told of pairs.
    pub(super) tales: Tales<'a>,
}

impl Study<'_> {
    /// The expected logarithm of the ratio of two texts' lengths.
    pub(super) fn offset(&self, a: &Text, b: &Text) -> f32 {
        super::verdicts::offset(&self.offsets, a, b)
    }

    /// A text with its glosses.
    pub(super) fn whole<'b>(&self, text: &'b Text) -> Cow<'b, Text> {
        whole(self.glossary.as_ref(), text)
    }
}

/// The likeness from which on two texts may be about the same event.
const NEAR: f32 = 0.6;
/// The chance from which on a pair is looked at again.
const HOPEFUL: Chance = 100;
/// The chance from which on a pair helps to find others.
const LIKELY: Chance = 3000;
/// How many partners of one language a text helps to find others by: the likeliest.
const PARTNERS: usize = 8;
/// The mean chance from which on clusters are joined to learn from them, and how far stragglers may be from the
/// others then. Words must meet in two of them, so that some may be wrong.
const TEACHING: (Chance, Reach) = (4500, Reach(2500));
/// The length from which on a text can be known again, in letters, counted as signatures do: a title and a
/// word are no statement.
pub(super) const LEAST_SAID: f32 = 16.0;
/// The chance from which on two texts of one language may be versions of one statement.
const SAME_LANGUAGE: Chance = 2500;

/// The chance that a text has with the others of its cluster on average, from which on it is settled.
const SETTLED: Chance = 8000;
/// For how many texts that it leaves open a lexicon must settle one, so that another is learned.
const WORTHWHILE: usize = 2;
/// The most lexicons that are learned, one from what the last has taught.
const LESSONS: usize = 3;

/// Studies an archive: once with what all languages share, then with what that taught, as long as it
/// teaches something new; last, third texts are heard. What an earlier run has `seen` is not looked at again.
pub(super) fn study<'a>(
    question: &Question,
    mut signatures: Vec<Signature>,
    seen: &'a Seen,
) -> Study<'a> {
    let mut looks = Looks::new(seen, &question.crowd);
    let weighed = weighed(question, &mut signatures);
    let mut survey = first_survey(question, weighed, &mut looks);
    let mut known = linked(question, &survey);
    for _ in 0..LESSONS {
        if !survey.look_again(question, &mut looks) {
            break;
        }
        let now = linked(question, &survey);
        if now <= known + known / 50 {
            break;
        }
        known = now;
    }
    let near = near(&survey, looks.sights());
    let unheard = survey.chances.clone();
    if survey.round == Round::Second {
        hear(&survey.texts, &survey.pairs, &mut survey.chances);
    }
    let asked = (question.threshold, question.reach);
    let (links, clusters) = clustered(question, &survey, &mut looks, asked, &unheard);
    let (seen, tales) = looks.done();
    Study {
        signatures,
        census: survey.census,
        texts: survey.texts,
        links,
        clusters,
        near,
        offsets: survey.offsets,
        glossary: survey.glossary,
        seen,
        tales,
    }
}

/// Texts, the pairs that are looked at, and their measures.
struct Survey {
    census: Census,
    texts: Vec<Text>,
    /// What their words mean, once that was learned.
    glossary: Option<Glossary>,
    pairs: Vec<Pair>,
    /// How likely each pair is a pair of versions.
    chances: Vec<Chance>,
    offsets: Offsets,
    round: Round,
    /// How many texts the last lexicon was to settle.
    open: Option<usize>,
}

impl Survey {
    /// Learns a lexicon from what was found and looks again; says whether there was anything to learn. Where
    /// the last one settled few texts, another would only find more of what is like it.
    fn look_again(&mut self, question: &Question, looks: &mut Looks<'_>) -> bool {
        let (links, clusters) = clustered(question, self, looks, TEACHING, &self.chances);
        let wanted = unsettled(&links, &clusters, self.texts.len());
        let open = wanted.iter().filter(|it| **it).count();
        if self.open.replace(open).is_some_and(|before| open + open / WORTHWHILE >= before) {
            return false;
        }
        let lexicon = looks.learn((&self.texts, &self.census), &clusters, &self.offsets);
        if lexicon.is_empty() {
            return false;
        }
        drop((links, clusters, self.glossary.take()));
        self.glossary = Some(looks.gloss(lexicon, (&mut self.texts, &self.census), &wanted));
        let field = (self.texts.as_slice(), &self.census, self.glossary.as_ref());
        let breadth = Breadth::wide(&wanted);
        let found = looks.candidates(field, &wanted, breadth);
        let mut chances = self.chances.iter();
        self.pairs.retain(|_| chances.next().is_some_and(|it| *it >= HOPEFUL));
        self.pairs.extend(found.into_iter().map(|it| it.0));
        self.pairs.par_sort_unstable();
        self.pairs.dedup();
        self.round = Round::Second;
        self.measure(looks);
        true
    }

    /// Measures its pairs and those that the likely ones lead to.
    fn measure(&mut self, looks: &mut Looks<'_>) {
        let glossary = self.glossary.as_ref();
        looks.begin();
        see_each((&mut self.texts, glossary), &self.pairs, &self.offsets, looks);
        self.chances = chances(&self.texts, &self.pairs, looks.sights(), self.round);
        let more = missing(&self.texts, &self.pairs, &self.chances);
        if more.is_empty() {
            return;
        }
        self.chances = Vec::new();
        see_each((&mut self.texts, glossary), &more, &self.offsets, looks);
        self.pairs.extend(more);
        self.chances = chances(&self.texts, &self.pairs, looks.sights(), self.round);
    }

    /// All measures of its pairs.
    fn measures(&self) -> Measured {
        let measures = measure_each(&self.texts, &self.pairs, &self.offsets);
        let both = self.pairs.iter().zip(measures);
        both.map(|(pair, measures)| (pair.0, pair.1, measures.to_vec())).collect()
    }

    /// What third texts say of its pairs.
    fn thirds(&self) -> Measured {
        let both = self.pairs.iter().zip(say(&self.texts, &self.pairs, &self.chances));
        both.map(|(pair, said)| (pair.0, pair.1, said.to_vec())).collect()
    }
}

/// The texts as they are weighed, and by what.
fn weighed(question: &Question, signatures: &mut [Signature]) -> (Census, Vec<Text>) {
    let census = Census::take(signatures);
    let texts = weigh(signatures, &question.langs, &census);
    (census, texts)
}

/// Looks for candidates and measures them.
fn first_survey(
    question: &Question,
    (census, texts): (Census, Vec<Text>),
    looks: &mut Looks<'_>,
) -> Survey {
    let langs = question
        .langs
        .iter()
        .filter(|it| **it != UNKNOWN)
        .max()
        .map_or(0, |it| usize::from(*it) + 1);
    looks.read(&texts, &census);
    let all = vec![true; texts.len()];
    let found = looks.candidates((&texts, &census, None), &all, Breadth::narrow(&all));
    let offsets = learn_offsets(&texts, &found, langs);
    let pairs: Vec<Pair> = found.into_iter().map(|it| it.0).collect();
    let (glossary, chances, round) = (None, Vec::new(), Round::First);
    let mut survey = Survey { census, texts, glossary, pairs, chances, offsets, round, open: None };
    survey.measure(looks);
    survey
}

/// How many pairs are likely.
fn linked(question: &Question, survey: &Survey) -> usize {
    free(&alone(question, survey), survey).filter(|it| it.1 >= LIKELY).count()
}

/// Which texts have no cluster that they are surely in.
fn unsettled(links: &Links, clusters: &[Vec<u32>], texts: usize) -> Vec<bool> {
    let mut unsettled = vec![true; texts];
    for members in clusters {
        for &own in members {
            let others = members.iter().filter(|it| **it != own);
            let sum: Chance = others.map(|it| links.chance(own, *it)).sum();
            let settled = sum >= SETTLED * (members.len() as Chance - 1);
            if let Some(slot) = unsettled.get_mut(own as usize) {
                *slot = !settled;
            }
        }
    }
    unsettled
}

/// The pairs that are looked at and their measures, before and after the lexicon; and what third texts say of
/// them then.
pub(super) fn measured(question: &Question, signatures: &mut [Signature]) -> [Measured; 3] {
    let unseen = Seen::default();
    let mut looks = Looks::new(&unseen, &question.crowd);
    let weighed = weighed(question, signatures);
    let mut survey = first_survey(question, weighed, &mut looks);
    let before = survey.measures();
    if !survey.look_again(question, &mut looks) {
        return [before, Vec::new(), Vec::new()];
    }
    [before, survey.measures(), survey.thirds()]
}

/// The pairs that share much, with the likeness in ten-thousandths. Texts that a curator keeps alone are
/// among them.
fn near(survey: &Survey, sights: &[Sight]) -> Vec<(Pair, Chance)> {
    let both = survey.pairs.iter().zip(sights);
    let near = both.map(|(pair, sight)| (*pair, sight.likeness));
    near.filter(|it| it.1 >= NEAR).map(|(pair, it)| (pair, (it * 10_000.0) as Chance)).collect()
}

/// The links between texts and the clusters that they make from a mean chance on, with the stragglers within
/// reach; with the chances of all pairs before third texts were heard.
fn clustered(
    question: &Question,
    survey: &Survey,
    looks: &mut Looks<'_>,
    (threshold, reach): (Chance, Reach),
    unheard: &[Chance],
) -> (Links, Vec<Vec<u32>>) {
    let alone = alone(question, survey);
    let links = Links::new(survey.texts.len(), || free(&alone, survey));
    let pins = held((&question.pins, &question.stood), &links, threshold);
    let rules = rules(question, &pins, threshold);
    let found = looks.cluster(&links, &rules);
    let clusters = gather(&found, (&links, &rules), ties(&alone, survey, unheard), reach);
    (links, clusters)
}

/// The rules of clustering that the question sets.
fn rules<'a>(question: &'a Question, pins: &'a [Option<u32>], threshold: Chance) -> Rules<'a> {
    Rules { langs: &question.langs, threshold, same_language: SAME_LANGUAGE, pins }
}

/// The texts that have no links: those that stay alone, or say too little to be known again.
fn alone(question: &Question, survey: &Survey) -> Vec<bool> {
    let says = |text: &Text| text.lengths.iter().sum::<f32>() >= LEAST_SAID;
    let texts = survey.texts.iter().enumerate();
    texts.map(|(at, text)| question.alone.get(at) == Some(&true) || !says(text)).collect()
}

/// The chances of all pairs but those of texts that stand alone.
fn free<'a>(
    alone: &'a [bool],
    survey: &'a Survey,
) -> impl Iterator<Item = (Pair, Chance)> + use<'a> {
    let free = kept(alone, survey);
    free.map(|(at, pair)| (pair, survey.chances.get(at).map_or(0, |it| (*it).min(CERTAIN))))
}

/// How close the texts of all pairs are, but of those of texts that stand alone.
fn ties<'a>(
    alone: &'a [bool],
    survey: &'a Survey,
    unheard: &'a [Chance],
) -> impl Iterator<Item = (Pair, Close)> + use<'a> {
    let both = |at: usize| unheard.get(at).copied().zip(survey.chances.get(at).copied());
    kept(alone, survey)
        .filter_map(move |(at, pair)| both(at).map(|(one, other)| (pair, close(one, other))))
}

/// All pairs but those of texts that stand alone, with their places.
fn kept<'a>(
    alone: &'a [bool],
    survey: &'a Survey,
) -> impl Iterator<Item = (usize, Pair)> + use<'a> {
    let alone = |text: u32| alone.get(text as usize) == Some(&true);
    let pairs = survey.pairs.iter().copied().enumerate();
    pairs.filter(move |(_, pair)| !alone(pair.0) && !alone(pair.1))
}

/// The pairs that two likely pairs make with a third text, as far as they have not been looked at. A third
/// text speaks of the likeliest texts of each language: where copies abound, most texts are likely versions
/// of each other, and all pairs of them would be looked at.
fn missing(texts: &[Text], pairs: &[Pair], chances: &[Chance]) -> Vec<Pair> {
    let known = Links::new(texts.len(), || pairs.iter().map(|it| (*it, CERTAIN)));
    let lang = |text: u32| texts.get(text as usize).map_or(UNKNOWN, |it| it.lang);
    let mut near: Vec<(u32, u16, Reverse<Chance>, u32)> = Vec::new();
    for (&Pair(a, b), &chance) in pairs.iter().zip(chances).filter(|it| *it.1 >= LIKELY) {
        near.extend([(a, lang(b), Reverse(chance), b), (b, lang(a), Reverse(chance), a)]);
    }
    near.par_sort_unstable();
    let likeliest = near
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .flat_map(|it| it.iter().take(PARTNERS).map(|it| (it.0, it.3)));
    let likeliest: Vec<(u32, u32)> = likeliest.collect();
    let rows: Vec<&[(u32, u32)]> = likeliest.chunk_by(|a, b| a.0 == b.0).collect();
    let mut found: Vec<Pair> = rows
        .par_iter()
        .flat_map_iter(|row| {
            let above = |at: usize| row.get(at + 1..).unwrap_or_default();
            let pair = |a: u32, b: u32| Pair(a.min(b), a.max(b));
            let all = row
                .iter()
                .enumerate()
                .flat_map(move |(at, &(_, a))| above(at).iter().map(move |&(_, b)| pair(a, b)));
            all.filter(|pair| known.chance(pair.0, pair.1) == 0)
        })
        .collect();
    found.par_sort_unstable();
    found.dedup();
    found
}
