//! The outlet's own words run into a statement: the dateline before its first sentence, the paragraph
//! that only introduces it, the `reports example.org` at the end of a sentence.

use super::clean::Cleaned;
use super::dates::Calendar;
use super::draft::Line;
use super::evidence::Evidence;
use super::fold::{ends_sentence, fold, is_small, is_wide, width};
use crate::vocab::page::Removed;

/// How far into a paragraph a dateline may reach, in characters.
const REACH: usize = 90;

/// What ends a part of a dateline.
const ENDS: &[&str] = &[
    " — ", " – ", " - ", " -- ", ".- ", ".— ", ".– ", "— ", " —", "/. ", "/ - ", "电 ", "电】",
    "】", "讯 ", "] - ", "] – ", " = ", ")। ", ") । ", ".-", "】 ",
];

/// Names of agencies that are written in small letters.
const SMALL: &[&str] =
    &["afp", "ap", "apa", "dapd", "dpa", "dts", "epd", "kna", "ots", "red", "rtr", "sda", "sid"];

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

/// Parts the outlet's own words from the statement.
pub(crate) fn part(cleaned: &mut Cleaned, evidence: &Evidence, stated: bool) -> Framing {
    let mut framing = Framing::default();
    if !stated {
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
    let Some((part, place)) = dateline(&line.text, &evidence.calendar) else { return };
    let part = part.to_owned();
    if let Some(mut removed) = line.cut(&part, "dateline") {
        removed.text.truncate(removed.text.trim_end().len());
        framing.dateline = Some(removed.text.clone());
        framing.place = place;
        cleaned.removed.push(removed);
    }
}

/// The dateline that a paragraph begins with, up to the first word of the statement, and its place.
pub(crate) fn dateline<'a>(
    text: &'a str,
    calendar: &Calendar,
) -> Option<(&'a str, Option<String>)> {
    if let Some(found) = wire_mark(text) {
        return Some(found);
    }
    let mut end = 0;
    let mut place = None;
    while let Some(next) = text.get(end..).and_then(|rest| first_end(rest, REACH)) {
        let part = text.get(end..end + next.0)?;
        let Some(found) = place_in(part, calendar) else { break };
        end += next.1;
        place = found.capitals.or(place).or(found.words);
    }
    end += agency_behind(text.get(end..)?).filter(|_| end > 0).unwrap_or(0);
    let (part, rest) = text.split_at_checked(end)?;
    let begins = rest.chars().next().is_some_and(|c| !is_small(c) && !c.is_whitespace());
    (begins && !part.is_empty()).then_some((part, place))
}

/// How long the name of an agency is that stands behind a dateline with a full stop: `РИА Новости. `.
fn agency_behind(text: &str) -> Option<usize> {
    let end = text.find(". ").filter(|&end| text.get(..end).is_some_and(|it| width(it) <= 24))?;
    let words: Vec<&str> = text.get(..end)?.split_whitespace().collect();
    let fits = words.len() <= 3 && words.iter().all(|word| starts_capital(word));
    (fits && words.iter().any(|word| is_capitals(word))).then_some(end + 2)
}

/// The mark with which agencies that write Chinese, Japanese or Korean open a report, and its place:
/// `某社某地1月10日电（记者 某某）`, `【某地＝某某】`, `(某地=某社) 某某 기자 = `.
fn wire_mark(text: &str) -> Option<(&str, Option<String>)> {
    let near = text.get(..text.char_indices().nth(48).map_or(text.len(), |it| it.0))?;
    let mut end = if near.starts_with(['【', '［', '[', '(', '（']) {
        let close = near.find(['】', '］', ']', ')', '）'])?;
        let inner = near.get(..close)?;
        let parted = inner.contains(['＝', '=']) && inner.contains(is_wide);
        parted.then_some(close + near.get(close..)?.chars().next()?.len_utf8())?
    } else {
        let at = near.find("日电").map(|at| at + "日电".len());
        let at = at.or_else(|| near.find("日電").map(|at| at + "日電".len()));
        let dated = at.filter(|&at| near.get(..at).is_some_and(|it| it.contains('月')));
        let home =
            ["本报讯", "本網訊", "本网讯", "本報訊"].iter().find(|it| near.starts_with(**it));
        dated.or(home.map(|it| it.len()))?
    };
    let place = near.get(..end)?.trim_start_matches(['【', '［', '[', '(', '（']);
    let place = place.split(['＝', '=', ' ']).next().filter(|it| !it.contains('月'));
    let place = place.filter(|it| !it.starts_with('本')).map(str::to_owned);
    if near.get(end..).is_some_and(|it| it.starts_with(['（', '('])) {
        let close = near.get(end..)?.char_indices().find(|it| matches!(it.1, '）' | ')'))?;
        end += close.0 + close.1.len_utf8();
    }
    if let Some(at) = near.get(end..).and_then(|rest| rest.find("기자 = ")).filter(|&at| at <= 24)
    {
        end += at + "기자 = ".len();
    }
    let blank = |c: char| matches!(c, ' ' | '\u{3000}' | '：' | ':' | '，');
    end = text.len() - text.get(end..)?.trim_start_matches(blank).len();
    (end < text.len()).then(|| (text.get(..end).unwrap_or_default(), place))
}

/// Where the first part ends and where the next begins, in bytes.
fn first_end(text: &str, reach: usize) -> Option<(usize, usize)> {
    let near = text.char_indices().nth(reach).map_or(text.len(), |(at, _)| at);
    let near = text.get(..near)?;
    ENDS.iter()
        .filter_map(|mark| near.find(mark).map(|at| (at, at + mark.len())))
        .min_by_key(|&(at, end)| (at, usize::MAX - end))
}

/// The words that can be a place in a part of a dateline.
#[derive(Debug, Default)]
struct Place {
    /// The words in capitals.
    capitals: Option<String>,
    /// All words.
    words: Option<String>,
}

/// Reads a part of a dateline; `None` where it is not one. Evidence is an agency in brackets, a date,
/// or capitals throughout.
fn place_in(part: &str, calendar: &Calendar) -> Option<Place> {
    let (outside, agency) = without_brackets(part);
    let outside = outside.trim_start_matches(['【', '[', '-', ' ']);
    let dated = !calendar.find(outside, None).is_empty();
    let before_date: String =
        outside.split(|c: char| c.is_ascii_digit() || matches!(c, ',' | '،')).next()?.to_owned();
    let words: Vec<&str> = before_date.split_whitespace().collect();
    let cased = outside.chars().any(is_small) || outside.chars().any(char::is_uppercase);
    let titled = words
        .iter()
        .all(|word| !word.chars().next().is_some_and(is_small) || word.chars().count() <= 3);
    let titled =
        titled || words.len() <= 2 && words.first().is_some_and(|word| starts_capital(word));
    let capitals: Vec<&str> = words.iter().copied().filter(|word| is_capitals(word)).collect();
    let all_capitals = !words.is_empty() && capitals.len() == words.len() && width(outside) <= 40;
    let all_capitals = all_capitals && outside.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    let evident = agency || dated || all_capitals && cased;
    let fits = words.len() <= 5 && (titled || !cased) && (agency || !words.is_empty());
    (evident && fits).then(|| Place { capitals: name_of(&capitals), words: name_of(&words) })
}

/// Words as a name without signs at its ends.
fn name_of(words: &[&str]) -> Option<String> {
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    (!name.is_empty()).then(|| name.to_owned())
}

/// Whether a word begins with a capital.
fn starts_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a word is in capitals.
fn is_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= 2 && !word.chars().any(char::is_lowercase)
}

/// A text without what stands in round brackets, and whether that can be the name of an agency.
fn without_brackets(text: &str) -> (String, bool) {
    let none = (text.to_owned(), false);
    let Some((before, rest)) = text.split_once(['(', '（', '/']) else { return none };
    let (inner, after) = match rest.split_once([')', '）', '/']) {
        Some(parted) => parted,
        // The closing sign belongs to the mark that ends the dateline.
        None => (rest, ""),
    };
    let name = |word: &str| !word.starts_with(is_small) || is_site(word) || SMALL.contains(&word);
    let named = (2..=40).contains(&width(inner))
        && inner.split_whitespace().count() <= 4
        && inner.split_whitespace().all(name);
    ([before, after].concat(), named)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_read() {
        let calendar = Calendar::load();
        let read = |text: &str| {
            dateline(text, &calendar)
                .map(|(part, place)| (part.to_owned(), place.unwrap_or_default()))
        };
        let both = |part: &str, place: &str| Some((part.to_owned(), place.to_owned()));
        assert_eq!(
            read("Rives du Sud (tavo.example), - KELMEN - Plusieurs délégations sont arrivées"),
            both("Rives du Sud (tavo.example), - KELMEN - ", "KELMEN")
        );
        assert_eq!(
            read("PORT MERIDA, 14 March 2024 (Halcyra) — The Ministry"),
            both("PORT MERIDA, 14 March 2024 (Halcyra) — ", "PORT MERIDA")
        );
        assert_eq!(read("ASTANA — The ministry said"), both("ASTANA — ", "ASTANA"));
        assert_eq!(
            read("МОСКВА, 10 января. — Министерство"),
            both("МОСКВА, 10 января. — ", "МОСКВА")
        );
        assert_eq!(read("Well - he said - it is so."), None);
        assert_eq!(read("Almaty – the largest city – was quiet."), None);
        assert_eq!(read("„To była próba” – powiedział."), None);
    }
}
