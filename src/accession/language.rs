//! In which language a document is: the one that most of its blocks are in, so that no long quotation and no
//! paragraph of another text decides.

use std::cmp::Reverse;

use super::draft::Line;
use super::fold::width;
use super::identify::{Identification, Sharpened, identify_with};
use super::spoken::are_near;
use crate::vocab::lang::Lang;

/// How much of a text its language is read from in the end, in bytes.
const SAMPLE: usize = 800;

/// How many blocks are asked at most: the longest.
const ASKED: usize = 24;

/// How much of a block is read to ask it, in bytes.
const GLANCE: usize = 160;

/// How long a block is at least that is asked beside others; letters of wide scripts count twice.
const LEAST: usize = 20;

/// How long a block counts as at most.
const MOST: usize = 400;

/// The language of a text, and what it was read from: the longest lines of the blocks that are in it.
pub(super) fn read<'a>(
    lines: impl Iterator<Item = &'a Line>,
    archive: &Sharpened,
) -> (Identification, String) {
    let blocks = longest_blocks(lines);
    let votes: Vec<(Identification, u64)> = match blocks.as_slice() {
        [] | [_] => Vec::new(),
        several => several.iter().map(|it| vote(it, archive)).collect(),
    };
    let most = elected(&votes);
    let is_for = |at: usize| match (votes.get(at), most) {
        (Some((vote, _)), Some(most)) => are_near(&vote.lang, most),
        _ => true,
    };
    let agree =
        blocks.iter().enumerate().filter(|it| is_for(it.0)).flat_map(|it| it.1.iter().copied());
    let sample = sample(agree.collect());
    (identify_with(&sample, archive), sample)
}

/// The longest blocks of what is no code and no table, the longest first.
fn longest_blocks<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<Vec<&'a Line>> {
    let mut blocks: Vec<Vec<&Line>> = Vec::new();
    for line in lines.filter(|it| !it.fixed) {
        match blocks.last_mut().filter(|_| line.joined) {
            Some(block) => block.push(line),
            None => blocks.push(vec![line]),
        }
    }
    blocks.sort_by_cached_key(|it| Reverse(length(it)));
    let long = blocks.iter().filter(|it| length(it) >= LEAST).count();
    blocks.truncate(long.clamp(1, ASKED));
    blocks
}

/// How long a block is; letters of wide scripts count twice.
fn length(block: &[&Line]) -> usize {
    block.iter().map(|it| width(&it.text)).sum()
}

/// The language that a block seems to be in, and what its vote weighs: of two blocks the longer counts more,
/// but not as much as two.
fn vote(block: &[&Line], archive: &Sharpened) -> (Identification, u64) {
    let mut glance = String::new();
    for line in block {
        let room = GLANCE.saturating_sub(glance.len());
        glance.push_str(line.text.get(..line.text.floor_char_boundary(room)).unwrap_or_default());
        glance.push('\n');
    }
    let found = identify_with(&glance, archive);
    let weight = length(block).min(MOST).isqrt() as u64 * u64::from(found.confidence);
    (found, weight)
}

/// The language that most votes are for, languages that a line does not tell apart taken together.
fn elected(votes: &[(Identification, u64)]) -> Option<&Lang> {
    let mut sums: Vec<(&Lang, u64)> = Vec::new();
    for (Identification { lang, .. }, weight) in votes.iter().filter(|it| it.1 > 0) {
        match sums.iter_mut().find(|it| are_near(it.0, lang)) {
            Some(sum) => sum.1 += weight,
            None => sums.push((lang, *weight)),
        }
    }
    // Of equals the one of the longest block.
    sums.into_iter().rev().max_by_key(|it| it.1).map(|it| it.0)
}

/// The longest of some lines, as many as a language can be read from.
fn sample(mut lines: Vec<&Line>) -> String {
    lines.sort_by_key(|line| (Reverse(line.text.len()), line.number));
    let mut sample = String::new();
    for line in lines {
        if sample.len() + line.text.len() > SAMPLE && !sample.is_empty() {
            break;
        }
        let end = line.text.floor_char_boundary(SAMPLE);
        sample.push_str(line.text.get(..end).unwrap_or_default());
        sample.push('\n');
    }
    sample
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The language of blocks of lines.
    fn told(blocks: &[&[&str]]) -> String {
        let line = |(at, text): (usize, &&str)| Line { joined: at > 0, ..Line::plain(1, *text) };
        let lines: Vec<Line> =
            blocks.iter().flat_map(|it| it.iter().enumerate().map(line)).collect();
        read(lines.iter(), &Sharpened::default()).0.lang.to_string()
    }

    const GREEK: &str = "Αν το μηχάνημά σας δεν υποστηρίζει εκκίνηση από οπτικά μέσα, αλλά διαθέτετε \
        ένα παλιό δίσκο, μπορείτε να φορτώσετε τον πυρήνα με το χέρι, όπως λέει το επόμενο κεφάλαιο.";

    #[test]
    fn most_blocks_decide_and_not_the_longest() {
        let dutch = [
            "Het hoofd van de raad deelde mee dat de brug gesloten blijft.",
            "De werkzaamheden duren nog tot het einde van de winter.",
            "Er zijn geen slachtoffers gemeld, zei een woordvoerder van de politie.",
        ];
        let long = GREEK.repeat(12);
        let mixed = [&dutch[..1], &[long.as_str()], &dutch[1..2], &dutch[2..]];
        assert_eq!(told(&mixed), "nl");
        // A block of many lines is one.
        let lines: Vec<&str> = std::iter::repeat_n(GREEK, 12).collect();
        assert_eq!(told(&[&dutch[..1], &lines, &dutch[1..2], &dutch[2..]]), "nl");
        assert_eq!(told(&[&lines]), "el");
    }

    #[test]
    fn short_lines_do_not_decide_where_there_are_longer_ones() {
        let text = "Rada miasta poinformowała w środę, że most zostanie otwarty przed zimą.";
        assert_eq!(told(&[&["Read also"], &[text], &["Follow us"], &["Log in"]]), "pl");
        assert_eq!(told(&[&["Nein, danke"]]), "de");
        assert_eq!(told(&[&["1.2.3"]]), "und");
    }
}
