//! Walks through a passage and leaves a trace wherever something is recognised.

use super::concepts::{Concept, Meanings, Words};
use super::hash::{Hash, hash, hash_chars};
use super::numbers::{self, Number};
use super::scripts::{Script, script};
use super::skeleton::{Ch, Skeleton, skeleton};
use super::words::Word;
use super::{Space, Trace};
use crate::vocab::lang::Lang;

/// How many tokens may stand between a day and its month: `10 de enero`.
const MONTH_REACH: u32 = 2;

/// The longest key of the table of concepts that is looked for, in characters.
const LONGEST_KEY: usize = 16;

/// Where something stands: byte offsets of its beginning and end.
#[derive(Clone, Copy)]
pub(super) struct Span {
    /// The beginning.
    pub(super) start: usize,
    /// Behind the end.
    pub(super) end: usize,
}

/// A small number or a month that waits for its partner.
#[derive(Clone, Copy)]
struct Waiting {
    value: u32,
    token: u32,
    start: usize,
}

/// The walk through one passage.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) words: Option<Words>,
    /// Whether most letters are Latin: then only capitals stand out.
    latin: bool,
    /// Whether an address may stand in it.
    addresses: bool,
    token: u32,
    pub(super) word: Word,
    pub(super) run: Vec<(usize, char)>,
    day: Option<Waiting>,
    month: Option<Waiting>,
    /// The trace of the last number and where it ends, for a magnitude behind it.
    number: Option<(usize, usize)>,
    traces: Vec<Trace>,
}

impl<'a> Reader<'a> {
    /// Before the first character; `traces` gives the room for what will be found.
    pub(super) fn new(text: &'a str, lang: &Lang, mut traces: Vec<Trace>) -> Self {
        traces.clear();
        Self {
            text,
            words: Words::of(lang),
            latin: mostly_latin(text),
            addresses: text.contains('@') || text.contains("http") || text.contains("www."),
            token: 0,
            word: Word::default(),
            run: Vec::new(),
            day: None,
            month: None,
            number: None,
            traces,
        }
    }

    /// Reads to the end.
    pub(super) fn read(mut self) -> Vec<Trace> {
        let mut at = 0;
        while let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) {
            at = match script(c) {
                Script::Other | Script::Mark => at + c.len_utf8(),
                Script::Digit => self.number(at),
                kind => {
                    self.token += 1;
                    self.letters(at, kind)
                }
            };
        }
        self.traces
    }

    /// Reads the token of letters that begins here; gives the offset behind it.
    fn letters(&mut self, start: usize, kind: Script) -> usize {
        match kind {
            Script::Latin if self.addresses => {
                self.address(start).unwrap_or_else(|| self.word(start, kind))
            }
            Script::Han | Script::Hiragana | Script::Katakana | Script::Continuous => {
                self.unspaced(start)
            }
            _ => self.word(start, kind),
        }
    }

    /// Reads a word of a script that parts words by spaces.
    fn word(&mut self, start: usize, kind: Script) -> usize {
        let same = |c: char| matches!(script(c), it if it == kind || it == Script::Mark);
        let end = self.end_of(start, same);
        let span = Span { start, end };
        let mut word = std::mem::take(&mut self.word);
        word.read(self.text.get(start..end).unwrap_or_default(), kind);
        let stem = hash_chars(word.stem(kind));
        self.leave(Space::Word, stem, 1.0, span);
        if kind == Script::Hangul {
            self.korean_concepts(&word.folded, span);
        } else if word.letters >= 2 {
            self.concepts(stem, span);
        }
        self.names(&word, kind, span);
        self.word = word;
        end
    }

    /// Leaves what makes a word recognisable as a name or a cognate.
    fn names(&mut self, word: &Word, kind: Script, span: Span) {
        if kind == Script::Latin && word.letters >= 2 && (word.stands_out() || !self.latin) {
            let length = word.roman.len();
            let kept = if length > 5 { length - 1 } else { length };
            self.leave(Space::Latin, hash(word.roman.get(..kept).unwrap_or_default()), 1.0, span);
        }
        let cased = matches!(kind, Script::Latin | Script::Cased);
        let weight = match cased {
            true if word.stands_out() => 1.0,
            false if word.letters >= 3 => 0.5,
            _ => 0.0,
        };
        let long = word.roman.len() >= 6;
        if weight == 0.0 && !long {
            return;
        }
        let bones = skeleton(&word.roman, Ch::Hard);
        if weight > 0.0 {
            self.skeletons(&word.roman, bones, weight, span);
        }
        if long && bones.len() >= 4 {
            self.leave(Space::Stub, bones.first(4).key(), 1.0, span);
        }
    }

    /// Leaves the skeletons of a romanised word: two, where `ch` can be read in two ways.
    pub(super) fn skeletons(&mut self, roman: &[u8], hard: Skeleton, weight: f32, span: Span) {
        if hard.len() >= 3 {
            self.leave(Space::Skeleton, hard.key(), weight, span);
        }
        if roman.windows(2).any(|pair| pair == b"ch") {
            let soft = skeleton(roman, Ch::Soft);
            if soft.len() >= 3 && soft != hard {
                self.leave(Space::Skeleton, soft.key(), weight / 2.0, span);
            }
        }
    }

    /// Leaves the concepts of the longest beginning of a Korean word that has any.
    fn korean_concepts(&mut self, word: &[char], span: Span) {
        let most = self.words.map_or(0, |it| it.longest).min(word.len());
        let found = self.longest_key(word.get(..most).unwrap_or_default());
        if let Some((_, meanings)) = found {
            self.mean(meanings, span);
        }
    }

    /// The longest beginning of two and more characters that the table of concepts knows: its length
    /// and what it may mean.
    pub(super) fn longest_key(&self, chars: &[char]) -> Option<(usize, Meanings)> {
        let words = self.words?;
        let mut hashes = [Hash::new(); LONGEST_KEY];
        let mut hash = Hash::new();
        for (slot, &c) in hashes.iter_mut().zip(chars) {
            hash = hash.char(c);
            *slot = hash;
        }
        let mut known = hashes.iter().take(chars.len()).enumerate().skip(1).rev();
        known.find_map(|(at, hash)| Some((at + 1, words.meanings(hash.finish())?)))
    }

    /// Leaves the concepts of a stem, given by its hash.
    fn concepts(&mut self, stem: u64, span: Span) {
        if let Some(meanings) = self.words.and_then(|words| words.meanings(stem)) {
            self.mean(meanings, span);
        }
    }

    /// Leaves concepts, each weighing less the more there are.
    pub(super) fn mean(&mut self, meanings: Meanings, span: Span) {
        let weight = 1.0 / (meanings.count() as f32).sqrt();
        for concept in meanings.concepts() {
            self.leave(Space::Concept, u64::from(concept.0), weight, span);
            self.time_or_magnitude(concept, span);
        }
    }

    /// Joins a month with a day before it and a magnitude with the number before it.
    fn time_or_magnitude(&mut self, concept: Concept, span: Span) {
        if let Some(month) = concept.month() {
            let waiting = Waiting { value: month, token: self.token, start: span.start };
            match self.day.take().filter(|day| self.token - day.token <= MONTH_REACH) {
                Some(day) => self.leave_day(month, day.value, Span { start: day.start, ..span }),
                None => self.month = Some(waiting),
            }
        }
        if let (Some(factor), Some((trace, end))) = (concept.magnitude(), self.number)
            && span.start <= end + 3
            && let Some(trace) = self.traces.get_mut(trace)
        {
            trace.key = trace.key.wrapping_mul(factor);
            trace.len = (span.end - trace.at as usize) as u32;
            self.number = None;
        }
    }

    /// Reads the number that begins here; gives the offset behind it.
    fn number(&mut self, start: usize) -> usize {
        let Some(number) = numbers::read(self.text, start) else { return start + 1 };
        let span = Span { start, end: number.end };
        let small = u32::try_from(number.hundredths / 100).unwrap_or(u32::MAX);
        let behind = self.text.get(number.end..).and_then(|rest| rest.chars().next());
        self.token += 1;
        if matches!(behind, Some('月' | '월')) && (1..=12).contains(&small) {
            self.month = Some(Waiting { value: small, token: self.token, start });
            return number.end;
        }
        self.leave(Space::Number, number.hundredths, 1.0, span);
        self.number = Some((self.traces.len() - 1, number.end));
        self.dates(number, small, span);
        self.han_magnitude(behind);
        number.end
    }

    /// Joins a number with the month before it, or keeps it for a month behind it.
    fn dates(&mut self, number: Number, small: u32, span: Span) {
        if let Some((month, day)) = number.day {
            self.leave_day(month, day, span);
            return;
        }
        let whole = number.hundredths.is_multiple_of(100);
        if !whole || !(1..=31).contains(&small) {
            return;
        }
        match self.month.take().filter(|month| self.token - month.token <= MONTH_REACH) {
            Some(month) => self.leave_day(month.value, small, Span { start: month.start, ..span }),
            None => self.day = Some(Waiting { value: small, token: self.token, start: span.start }),
        }
    }

    /// Multiplies the last number by the Han unit directly behind it: `8千`.
    fn han_magnitude(&mut self, behind: Option<char>) {
        if let (Some(c), Some((trace, end))) = (behind, self.number)
            && let Some(unit) = numbers::han_unit(c)
            && let Some(trace) = self.traces.get_mut(trace)
        {
            trace.key = trace.key.wrapping_mul(unit);
            trace.len = (end + c.len_utf8()) as u32 - trace.at;
            self.number = None;
        }
    }

    /// Leaves a day of the year.
    fn leave_day(&mut self, month: u32, day: u32, span: Span) {
        self.leave(Space::Day, u64::from(month * 100 + day), 1.0, span);
    }

    /// Reads a web or mail address, if one begins here: the host, and the whole where it says more.
    fn address(&mut self, start: usize) -> Option<usize> {
        let rest = self.text.get(start..)?;
        let end = rest.find(|c: char| c.is_whitespace() || "<>\"«»“”()[]{}，。、".contains(c));
        let chunk =
            rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches(['.', ',', ';', ':', '!']);
        let web = chunk.starts_with("http://")
            || chunk.starts_with("https://")
            || chunk.starts_with("www.");
        if !web && !chunk.contains('@') {
            return None;
        }
        let span = Span { start, end: start + chunk.len() };
        let plain = chunk.trim_start_matches("http://").trim_start_matches("https://");
        let plain = plain.trim_start_matches("www.").trim_end_matches('/').to_ascii_lowercase();
        let host = plain.split('/').next().unwrap_or_default();
        if !host.is_empty() {
            self.leave(Space::Latin, hash(host.as_bytes()), 1.0, span);
        }
        if plain.len() > host.len() {
            self.leave(Space::Latin, hash(plain.as_bytes()), 1.0, span);
        }
        Some(span.end)
    }

    /// The offset behind the characters from here that belong together.
    fn end_of(&self, start: usize, same: impl Fn(char) -> bool) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        rest.find(|c: char| !same(c)).map_or(self.text.len(), |length| start + length)
    }

    /// Leaves a trace.
    pub(super) fn leave(&mut self, space: Space, key: u64, weight: f32, span: Span) {
        let (at, len) = (span.start as u32, (span.end - span.start) as u32);
        self.traces.push(Trace { space, key, weight, at, len });
    }
}

/// Whether most of the letters are Latin.
fn mostly_latin(text: &str) -> bool {
    let (mut latin, mut other) = (0_usize, 0_usize);
    for c in text.chars() {
        match script(c) {
            Script::Latin => latin += 1,
            Script::Other | Script::Mark | Script::Digit => {}
            _ => other += 1,
        }
    }
    latin >= other
}
