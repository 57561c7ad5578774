//! The dateline in front of a report, in the manners of many presses: how far it reaches, and its place.

use super::is_site;
use crate::accession::dates::Calendar;
use crate::accession::evidence::Evidence;
use crate::accession::fold::{ends_sentence, fold, is_small, is_wide, width};

/// How far into a paragraph a dateline may reach, in characters.
const REACH: usize = 90;

/// What ends a part of a dateline.
const ENDS: &[&str] = &[
    " — ", " – ", " - ", " -- ", ".- ", ".— ", ".– ", "— ", " —", "/. ", "/ - ", "电 ", "电】",
    "】", "讯 ", "] - ", "] – ", " = ", ")। ", ") । ", ".-", "】 ", "): ",
];

/// Names of agencies that are written in small letters.
const SMALL: &[&str] =
    &["afp", "ap", "apa", "dapd", "dpa", "dts", "epd", "kna", "ots", "red", "rtr", "sda", "sid"];

/// What stands before the first word of the statement in a paragraph, and the place that it names.
pub(super) type Mark<'a> = (&'a str, Option<String>);

/// The dateline that a paragraph of a text begins with, judged also by what is known of the text.
pub(super) fn behind<'a>(
    text: &'a str,
    outlet: Option<&str>,
    evidence: &Evidence,
) -> Option<Mark<'a>> {
    dateline(text, &evidence.calendar)
        .or_else(|| outlet_mark(text, outlet?, &evidence.calendar))
        .or_else(|| colon_mark(text, evidence))
}

/// The dateline that ends with the outlet's own name: `Kəlmən, 15 mart, Sahil Xəbərləri. `
fn outlet_mark<'a>(text: &'a str, outlet: &str, calendar: &Calendar) -> Option<Mark<'a>> {
    let (before, rest) = text.split_once(". ").filter(|it| width(it.0) <= REACH)?;
    let (head, name) = before.rsplit_once(", ").filter(|it| fold(it.1) == fold(outlet))?;
    let place = place_in(head, calendar).filter(|_| !name.is_empty() && !rest.is_empty())?;
    Some((text.get(..text.len() - rest.len())?, place.capitals.or(place.words)))
}

/// The dateline that a paragraph begins with, up to the first word of the statement, and its place.
pub(super) fn dateline<'a>(text: &'a str, calendar: &Calendar) -> Option<Mark<'a>> {
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
fn wire_mark(text: &str) -> Option<Mark<'_>> {
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

/// The dateline before a colon or a danda in scripts without capitals, and its place: `كلمن - وكالات: `, where
/// an agency stands between, and `کیلمین: ` or `केल्मेन । `, where the place is named again in the paragraph and
/// does not act in it, as who speaks would.
fn colon_mark<'a>(text: &'a str, evidence: &Evidence) -> Option<Mark<'a>> {
    let (before, rest) = text.split_once(": ").or_else(|| text.split_once(" । "))?;
    let (place, agency) = before.split_once(" - ").unwrap_or((before, ""));
    let uncased = |it: &str| {
        it.chars().all(|c| matches!(c, ' ' | '\u{620}'..='\u{6ff}' | '\u{900}'..='\u{dff}'))
    };
    if !uncased(place) || width(before) > REACH / 2 || place.split_whitespace().count() > 3 {
        return None;
    }
    let bare = || {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let acts = words.windows(2).any(|pair| pair[0] == place && matches!(pair[1], "نے" | "ने"));
        ends_sentence(rest) && words.contains(&place) && !acts
    };
    let known = if agency.is_empty() { bare() } else { evidence.rules.has_outlet_word(agency) };
    let part = text.get(..text.len() - rest.len())?;
    (known && !rest.is_empty()).then(|| (part, Some(place.to_owned())))
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
    let before_date: String = outside
        .split(|c: char| c.is_ascii_digit() || matches!(c, ',' | '،' | '፣'))
        .next()?
        .to_owned();
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
