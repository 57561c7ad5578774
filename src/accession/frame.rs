//! The outlet's own words run into a statement: the dateline before its first sentence, the paragraph
//! that only introduces it, the `reports example.org` at the end of a sentence.

use super::clean::Cleaned;
use super::draft::Line;
use super::evidence::Evidence;
use super::fold::{ends_sentence, fold, width};
use super::given::Given;
use crate::vocab::page::Removed;

mod dateline;

use dateline::{behind, dateline};

/// How many lines of the text may stand before the one with the dateline.
const ABOVE: usize = 4;

/// How many words a part of a sentence has at most that says who reports it.
const LONGEST: usize = 8;

/// What was parted from the statement.
#[derive(Debug, Default)]
pub(crate) struct Framing {
    /// The place in the dateline.
    pub(crate) place: Option<String>,
    /// The dateline as it stands in the text.
    pub(crate) dateline: Option<String>,
    /// The outlet's own words.
    pub(crate) frame: Vec<String>,
}

/// Parts the outlet's own words from the statement. A page of an archive has been parted already: what
/// still stands in it belongs to it.
pub(crate) fn part(cleaned: &mut Cleaned, evidence: &Evidence, given: &Given) -> Framing {
    let mut framing = Framing::default();
    if given.is_of_a_page() {
        return framing;
    }
    if !given.has("dateline") {
        cut_dateline(cleaned, evidence, &mut framing);
    }
    cut_lead(cleaned, evidence, &mut framing);
    cut_opening(cleaned, evidence, &mut framing);
    cut_whole(cleaned, evidence, &mut framing);
    cut_attributions(cleaned, evidence, &mut framing);
    framing
}

/// Cuts the dateline off the first paragraph.
fn cut_dateline(cleaned: &mut Cleaned, evidence: &Evidence, framing: &mut Framing) {
    let texts = cleaned.lines.iter_mut().filter(|line| line.heading == 0 && !line.fixed);
    let first = texts.take(ABOVE).find(|line| {
        width(&line.text) >= 60 && (ends_sentence(&line.text) || width(&line.text) >= 120)
            || dateline(&line.text, &evidence.calendar).is_some()
    });
    let Some(line) = first else { return };
    let outlet = cleaned.outlet.as_deref();
    let Some((part, place)) = behind(&line.text, outlet, evidence) else { return };
    let part = part.to_owned();
    if let Some(mut removed) = line.cut(&part, "dateline") {
        removed.text.truncate(removed.text.trim_end().len());
        framing.dateline = Some(removed.text.clone());
        framing.place = place;
        cleaned.removed.push(removed);
    }
}

/// Cuts a first paragraph that only introduces the statement.
fn cut_lead(cleaned: &mut Cleaned, evidence: &Evidence, framing: &mut Framing) {
    let prose = cleaned.lines.iter().filter(|line| !line.fixed).count();
    let alone = super::clean::is_alone(&cleaned.lines, 0);
    let is_frame = |line: &Line| line.heading == 0 && evidence.rules.is_frame(&line.text);
    if prose > 2 && alone && cleaned.lines.first().is_some_and(is_frame) {
        let line = cleaned.lines.remove(0);
        cleaned.removed.push(line.removed("frame"));
        framing.frame.push(line.text);
    }
}

/// Cuts `According to the agency Example,` off the first paragraph, where the outlet names itself.
fn cut_opening(cleaned: &mut Cleaned, evidence: &Evidence, framing: &mut Framing) {
    let outlet = cleaned.outlet.as_deref().map(fold).unwrap_or_default();
    let Some(line) = cleaned.lines.iter_mut().find(|line| line.heading == 0 && !line.fixed) else {
        return;
    };
    let Some(part) = evidence.rules.opening_attribution(&line.text).map(str::to_owned) else {
        return;
    };
    let own = !outlet.is_empty() && fold(&part).contains(&outlet)
        || is_site(&fold(&part))
        || evidence.rules.has_outlet_word(&part);
    if own && let Some(removed) = line.cut(&part, "frame") {
        framing.frame.push(removed.text.trim_end_matches([',', '،', ' ']).to_owned());
        cleaned.removed.push(removed);
    }
}

/// Cuts paragraphs that say nothing but who reports: `Об этом сообщает Example`.
fn cut_whole(cleaned: &mut Cleaned, evidence: &Evidence, framing: &mut Framing) {
    let outlet = cleaned.outlet.as_deref().map(fold).unwrap_or_default();
    let said = |line: &Line| {
        let named = || {
            let folded = fold(&line.text);
            !outlet.is_empty() && folded.contains(&outlet) || is_site(&folded)
        };
        line.heading == 0
            && !line.fixed
            && width(&line.text) <= 140
            && named()
            && evidence.rules.is_report(&line.text)
    };
    let found: Vec<usize> = (0..cleaned.lines.len())
        .filter(|&at| super::clean::is_alone(&cleaned.lines, at))
        .filter(|&at| cleaned.lines.get(at).is_some_and(said))
        .collect();
    if found.len() + 1 > cleaned.lines.len() {
        return;
    }
    for at in found.into_iter().rev() {
        let line = cleaned.lines.remove(at);
        cleaned.removed.push(line.removed("frame"));
        framing.frame.push(line.text);
    }
}

/// Cuts `, reports example.org` out of the first and last paragraphs.
fn cut_attributions(cleaned: &mut Cleaned, evidence: &Evidence, framing: &mut Framing) {
    let outlet = cleaned.outlet.as_deref().map(fold);
    let last = cleaned.lines.len().saturating_sub(2);
    for (at, line) in cleaned.lines.iter_mut().enumerate() {
        if line.fixed || (at > 2 && at < last) {
            continue;
        }
        while let Some(part) = attribution(&line.text, evidence, outlet.as_deref()) {
            let Some(removed) = line.cut(&part, "frame") else { break };
            framing.frame.push(shown(&removed));
            cleaned.removed.push(removed);
        }
    }
}

/// The frame without the comma before it.
fn shown(removed: &Removed) -> String {
    removed.text.trim_start_matches([',', '،', '，', ' ']).to_owned()
}

/// A part of a sentence that says who reports it.
fn attribution(text: &str, evidence: &Evidence, outlet: Option<&str>) -> Option<String> {
    text.match_indices([',', '،', '，']).find_map(|(at, _)| {
        let part = sentence_end(text.get(at..)?);
        let said = part.trim_start_matches([',', '،', '，', ' ']);
        let words: Vec<&str> = said.split_whitespace().take(LONGEST + 1).collect();
        if !(2..=LONGEST).contains(&words.len()) {
            return None;
        }
        let whole = fold(said);
        let named =
            outlet.is_some_and(|name| !name.is_empty() && whole.contains(name)) || is_site(&whole);
        let told = || {
            words.iter().take(4).any(|word| evidence.rules.is_attribution(word))
                || words.windows(2).take(3).any(|two| evidence.rules.is_attribution(&two.join(" ")))
        };
        (named && told()).then(|| part.to_owned())
    })
}

/// A text up to the stop that ends its sentence: a stop inside an address does not.
fn sentence_end(text: &str) -> &str {
    let end = text.char_indices().find(|&(at, c)| {
        let next = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        matches!(c, '!' | '?' | ';' | '؟' | '»' | '”')
            || c == '.' && next.is_none_or(|next| !next.is_alphanumeric())
    });
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// Whether a folded text names a site: `tavo.example`.
fn is_site(folded: &str) -> bool {
    folded.split_whitespace().any(|word| {
        let parts: Vec<&str> = word.trim_matches(['(', ')']).split('.').collect();
        let ending = parts.last().copied().unwrap_or_default();
        parts.len() > 1
            && (2..=10).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_lowercase())
            && parts.iter().all(|part| part.len() > 1)
    })
}
