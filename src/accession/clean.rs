//! The text is parted from what an outlet printed around it. Every line that goes is marked with the
//! rule that took it.

use super::draft::{Draft, Line};
use super::evidence::{Evidence, is_open, is_prose};
use super::fold::{ends_sentence, ends_statement, fold, width};
use super::given::Given;
use super::masthead;
use super::survey;
use crate::vocab::page::Removed;

/// How many lines that are not furniture may stand between lines of furniture after a text.
const STRAY: usize = 2;

/// The widest line that may be such a stray one.
const STRAY_WIDTH: usize = 90;

/// The rule for lines that the archive itself shows to be furniture.
const ARCHIVE: &str = "repeated-in-archive";

/// The rule for short lines between lines of furniture after a text.
const AMONG: &str = "among-furniture";

/// The narrowest line that is spared inside a text because it is a sentence.
const SENTENCE: usize = 24;

/// Rules whose phrases no statement begins a sentence with.
const NEVER_SAID: &[&str] = &["adblock-appeal", "comment-form", "cookie-notice", "copyright"];

/// Rules of what asks the reader for something, which may go on in the next line: lines beside others, such as a
/// source or a date, are not of one piece with them.
const APPEALS: &[&str] = &[
    "adblock-appeal",
    "advertisement",
    "comment-form",
    "contact",
    "cookie-notice",
    "donate",
    "notice",
    "read-also",
    "share-line",
    "subscribe",
];

/// How many lines that are no prose may stand before a text.
pub(crate) const HEAD: usize = 7;

/// A text without its furniture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cleaned {
    /// The lines of the statement.
    pub(crate) lines: Vec<Line>,
    /// What was cut.
    pub(crate) removed: Vec<Removed>,
    /// The line that is the title.
    pub(crate) title: Option<Line>,
    /// The line of a second title.
    pub(crate) subtitle: Option<Line>,
    /// The outlet, as it is printed.
    pub(crate) outlet: Option<String>,
    /// The section, as it is printed.
    pub(crate) section: Option<String>,
    /// Who signed.
    pub(crate) author: Option<String>,
    /// Lines about the printing, where its date may stand.
    pub(crate) bylines: Vec<String>,
    /// The address that the text says it was taken from.
    pub(crate) source_url: Option<String>,
}

impl Cleaned {
    /// The titles and the lines of the statement.
    pub(crate) fn said(&self) -> impl Iterator<Item = &Line> {
        self.title.iter().chain(&self.subtitle).chain(&self.lines)
    }
}

/// The lines of a text with the rule that takes each, if any.
#[derive(Debug)]
pub(crate) struct Marked<'a> {
    /// The lines.
    pub(crate) lines: &'a [Line],
    /// For each line the rule that takes it.
    pub(crate) rules: Vec<Option<&'static str>>,
    /// What the lines are judged by.
    pub(crate) evidence: &'a Evidence,
    /// The lines at the top, by which the survey knows the outlet.
    heads: Vec<u64>,
    /// Whether the survey may be asked: not where it would eat most of the text.
    pub(crate) surveyed: bool,
    /// Whether paragraphs end without full stops.
    pub(crate) open: bool,
}

impl<'a> Marked<'a> {
    /// The lines with what is furniture wherever it stands.
    fn of(lines: &'a [Line], evidence: &'a Evidence) -> Self {
        let eligible = |at: usize| is_alone(lines, at);
        let rule = |(at, line): (usize, &Line)| {
            evidence.rules.anywhere(&line.text).filter(|_| eligible(at) && line.heading == 0)
        };
        let rules = lines.iter().enumerate().map(rule).collect();
        let survey = &evidence.survey;
        let heads = survey::heads(lines);
        let known =
            |line: &&Line| survey.opens_many(&line.text) || survey.closes(&line.text, &heads);
        let surveyed = lines.iter().filter(known).count() * 2 <= lines.len();
        Self { lines, rules, evidence, heads, surveyed, open: is_open(lines) }
    }

    /// Whether a line is still in the text.
    pub(crate) fn is_kept(&self, at: usize) -> bool {
        self.rules.get(at).is_some_and(Option::is_none)
    }

    /// Marks a line.
    pub(crate) fn mark(&mut self, at: usize, rule: &'static str) {
        if let Some(slot) = self.rules.get_mut(at) {
            *slot = Some(rule);
        }
    }

    /// The lines that are kept and stand before the first paragraph of prose.
    pub(crate) fn head(&self) -> Vec<usize> {
        let kept = (0..self.lines.len()).filter(|&at| self.is_kept(at));
        let opens = |at: &usize| {
            let line = self.lines.get(*at);
            line.is_some_and(|it| !is_prose(it, self.open)) && is_alone(self.lines, *at)
        };
        let before = kept.take_while(opens);
        before.take(HEAD).collect()
    }

    /// Marks what is furniture after the text, from the end upward.
    fn mark_tail(&mut self) {
        let mut strays = 0;
        for at in (0..self.lines.len()).rev() {
            if !self.is_kept(at) {
                continue;
            }
            let Some(line) = self.lines.get(at) else { continue };
            if let Some(rule) = self.tail_rule(at, line).filter(|it| strays == 0 || *it != ARCHIVE)
            {
                self.mark(at, rule);
            } else if width(&line.text) <= STRAY_WIDTH
                && strays < STRAY
                && self.is_after_furniture(at)
            {
                strays += 1;
            } else {
                break;
            }
        }
    }

    /// The rule that takes a line after the text.
    fn tail_rule(&self, at: usize, line: &Line) -> Option<&'static str> {
        if !is_alone(self.lines, at) {
            return None;
        }
        let survey = || self.surveyed && self.evidence.survey.closes(&line.text, &self.heads);
        self.evidence
            .rules
            .at_edge(&line.text)
            .or_else(|| is_sign_off(&line.text).then_some("sign-off"))
            .or_else(|| survey().then_some(ARCHIVE))
    }

    /// Whether a line stands next to furniture.
    fn is_after_furniture(&self, at: usize) -> bool {
        [at.checked_sub(1), Some(at + 1)]
            .into_iter()
            .flatten()
            .any(|next| next < self.lines.len() && !self.is_kept(next))
    }

    /// Marks what is furniture before the text.
    fn mark_head(&mut self) {
        for at in self.head() {
            let Some(line) = self.lines.get(at) else { continue };
            if let Some(rule) =
                self.evidence.rules.at_edge(&line.text).filter(|_| line.heading == 0)
            {
                self.mark(at, rule);
            }
        }
    }

    /// Marks lines that stand in one block with appeals at the end of the text: an appeal is one
    /// paragraph even where only one of its lines is known.
    fn mark_blocks(&mut self) {
        let says = |at: &usize| {
            self.lines.get(*at).is_some_and(|it| {
                width(&it.text) > STRAY_WIDTH
                    || ends_sentence(&it.text) && self.appeal_beside(*at).is_none()
            })
        };
        let last = (0..self.lines.len()).rev().find(|at| self.is_kept(*at) && says(at));
        for at in last.map_or(0, |at| at + 1)..self.lines.len() {
            if let Some(rule) = self.appeal_beside(at).filter(|_| self.is_kept(at)) {
                self.mark(at, rule);
            }
        }
    }

    /// The rule of an appeal in the next or the last line, with no blank line between.
    fn appeal_beside(&self, at: usize) -> Option<&'static str> {
        let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let beside = neighbours.filter(|&next| self.adjoin(at.min(next)));
        let mut rules = beside.filter_map(|next| self.rules.get(next).copied().flatten());
        rules.find(|rule| APPEALS.contains(rule))
    }

    /// Unmarks sentences between the paragraphs of a text that only begin as furniture does.
    fn spare_sentences(&mut self) {
        let said =
            |it: &Line| is_prose(it, self.open) || width(&it.text) >= 40 && ends_sentence(&it.text);
        let prose = |at: &usize| self.lines.get(*at).is_some_and(said);
        let kept = || (0..self.lines.len()).filter(|&at| self.is_kept(at)).filter(prose);
        let (Some(first), Some(last)) = (kept().next(), kept().next_back()) else { return };
        for at in (first..last).filter(|&at| !self.is_kept(at)).collect::<Vec<_>>() {
            let said = self.lines.get(at).is_some_and(|it| {
                let rules = &self.evidence.rules;
                let cut = self.rules.get(at).copied().flatten().unwrap_or_default();
                let known = || {
                    NEVER_SAID.contains(&cut)
                        || rules.is_label(&it.text)
                        || rules.is_whole(&it.text)
                };
                width(&it.text) > SENTENCE && ends_statement(&it.text) && !known()
            });
            if said && let Some(slot) = self.rules.get_mut(at) {
                *slot = None;
            }
        }
    }

    /// Marks short lines among the furniture after a text: headlines of other texts, counters, labels.
    fn mark_among(&mut self) {
        let said = |at: &usize| {
            self.lines.get(*at).is_some_and(|it| {
                width(&it.text) > STRAY_WIDTH || ends_sentence(&it.text) || it.fixed || it.joined
            })
        };
        let last = (0..self.lines.len()).rev().find(|at| self.is_kept(*at) && said(at));
        let tail = last.map_or(self.lines.len(), |at| at + 1)..self.lines.len();
        let cut: Vec<usize> = tail.clone().filter(|&at| !self.is_kept(at)).collect();
        let [first, .., _] = cut.as_slice() else { return };
        let heads: Vec<String> =
            self.lines.iter().take(tail.start.min(12)).map(|it| fold(&it.text)).collect();
        for at in *first + 1..tail.end {
            let again = self.lines.get(at).is_some_and(|it| heads.contains(&fold(&it.text)));
            if self.is_kept(at) && is_alone(self.lines, at) && !again {
                self.mark(at, AMONG);
            }
        }
    }

    /// Whether a line and the next stand in the seed without a blank line between.
    fn adjoin(&self, at: usize) -> bool {
        matches!((self.lines.get(at), self.lines.get(at + 1)),
            (Some(line), Some(next)) if line.number + 1 == next.number)
    }

    /// Marks lines before and after the text that print the title again.
    fn mark_repeated(&mut self, title: &str, title_at: Option<usize>) {
        let title = fold(title);
        loop {
            let mut kept =
                (0..self.lines.len()).filter(|&at| self.is_kept(at) && Some(at) != title_at);
            let ends = [kept.next(), kept.next_back()];
            let same = |at: &usize| {
                let same = self.lines.get(*at).is_some_and(|it| fold(&it.text) == title);
                same && is_alone(self.lines, *at)
            };
            let Some(at) = ends.into_iter().flatten().find(same) else { break };
            self.mark(at, "repeated-title");
        }
    }
}

/// Whether a line is a block by itself, so that it can go without tearing a sentence.
pub(crate) fn is_alone(lines: &[Line], at: usize) -> bool {
    let joined = |at: usize| lines.get(at).is_some_and(|line| line.joined);
    !joined(at) && !joined(at + 1) && lines.get(at).is_some_and(|line| !line.fixed)
}

/// Whether a line is the mark of the desk that an agency prints under its text: `(HAL/mv/ok)`, `dpx/jb`;
/// or nothing but an address for letters.
fn is_sign_off(line: &str) -> bool {
    let line = line.trim();
    let inner = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let short = |part: &str, most| {
        (1..=most).contains(&part.chars().count()) && part.chars().all(char::is_alphanumeric)
    };
    let signs = |text: &str, most| text.contains('/') && text.split('/').all(|it| short(it, most));
    let letters = |text: &str| text.chars().all(|c| c == '/' || c.is_alphabetic());
    let address = line.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !line.contains(' ') && line.is_ascii()
    });
    inner.is_some_and(|inner| signs(inner, 6)) || signs(line, 4) && letters(line) || address
}

/// Cleans a draft, whose lines it takes over.
pub(crate) fn clean(draft: &mut Draft, evidence: &Evidence) -> Cleaned {
    let lines = std::mem::take(&mut draft.lines);
    let mut marked = Marked::of(&lines, evidence);
    marked.spare_sentences();
    let mut cleaned = Cleaned::default();
    let title_at = masthead::title_of_itself(&marked, &draft.given);
    if let Some(at) = title_at {
        marked.rules[at] = None;
    }
    settle(&mut marked, title_at);
    let title_at = masthead::read(&mut marked, title_at, &draft.given, &mut cleaned);
    let title = title_at.and_then(|at| lines.get(at)).map(|line| line.text.clone());
    let title = title.or_else(|| draft.given.text("title"));
    if let Some(title) = title.filter(|_| !draft.given.is_of_a_page()) {
        marked.mark_repeated(&title, title_at);
    }
    settle(&mut marked, title_at);
    let rules = marked.rules;
    part(lines.into_iter().zip(rules), title_at, &mut cleaned);
    cleaned.source_url = source_url(&cleaned.removed, &draft.given);
    cleaned
}

/// Marks furniture at both ends until nothing more is found: what is cleaned stays as it is when it is
/// cleaned again.
fn settle(marked: &mut Marked, title_at: Option<usize>) {
    loop {
        let before = marked.rules.clone();
        marked.mark_tail();
        marked.mark_head();
        marked.mark_blocks();
        marked.mark_among();
        if let Some(at) = title_at {
            marked.rules[at] = None;
        }
        if marked.rules == before {
            break;
        }
    }
}

/// Parts the lines into those that stay and those that go.
fn part(
    lines: impl Iterator<Item = (Line, Option<&'static str>)>,
    title_at: Option<usize>,
    cleaned: &mut Cleaned,
) {
    for (at, (line, rule)) in lines.enumerate() {
        match rule {
            _ if Some(at) == title_at => cleaned.title = Some(line),
            Some("subtitle") => cleaned.subtitle = Some(line),
            Some(rule) => cleaned.removed.push(line.removed(rule)),
            None => cleaned.lines.push(line),
        }
    }
}

/// The address in a line that names the source.
fn source_url(removed: &[Removed], given: &Given) -> Option<String> {
    if given.has("source_url") {
        return None;
    }
    let lines = removed.iter().filter(|it| it.rule == "source-link");
    lines.flat_map(|it| it.text.split_whitespace()).find_map(|word| {
        let word = word.trim_matches(['<', '>', '(', ')', '.', ',']);
        (word.starts_with("https://") || word.starts_with("http://")).then(|| word.to_owned())
    })
}
