//! What became of each line of a raw file, told from the file and the page as it stands.
//!
//! The page may have been edited since it was taken in, so the fates are found by comparing, not
//! remembered: a line whose words stand in a passage was kept; a line the front matter names was removed;
//! any other was changed by hand.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::vocab::page::{Head, Removed};
use crate::vocab::prose::Passage;

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is blank.
    Blank,
    /// It is the title.
    Title,
    /// It gave a detail of the front matter.
    Head,
    /// It stands in a passage, counted from 1.
    Kept(u32),
    /// It was removed by a rule.
    Removed(String),
    /// A part of it was removed by a rule; the rest stands in a passage, where one was found.
    Part(String, u32),
    /// It is markup without text.
    Markup,
    /// Its words are nowhere in the page.
    Changed,
}

/// The fates of the lines, and the passages that no line has, counted from 1.
pub(super) fn fates(
    lines: &[&str],
    (head, passages): (&Head, &[Passage]),
) -> (Vec<Fate>, Vec<u32>) {
    let removed = by_line(head);
    let mut trace = Trace { head, removed, passages: Plain::of(passages), next: 0, titled: false };
    let fates: Vec<Fate> =
        lines.iter().enumerate().map(|(at, line)| trace.fate(at as u32 + 1, line)).collect();
    let added = trace.passages.iter().zip(1..).filter(|(it, _)| !it.found && !it.text.is_empty());
    let added = added.map(|(_, number)| number).collect();
    (fates, added)
}

/// What was removed, by the lines of the seed.
pub(super) fn by_line(head: &Head) -> FxHashMap<u32, Vec<&Removed>> {
    let mut lines: FxHashMap<u32, Vec<&Removed>> = FxHashMap::default();
    for it in &head.removed {
        lines.entry(it.line).or_default().push(it);
    }
    lines
}

/// A passage as it is compared.
struct Plain {
    text: String,
    found: bool,
}

impl Plain {
    /// Passages as they are compared.
    fn of(passages: &[Passage]) -> Vec<Self> {
        passages.iter().map(|it| Self { text: plain(&it.text), found: false }).collect()
    }
}

/// Walks down the lines and the passages together.
struct Trace<'a> {
    head: &'a Head,
    removed: FxHashMap<u32, Vec<&'a Removed>>,
    passages: Vec<Plain>,
    /// The passage from which the next line is looked for, as the texts stand in one order.
    next: usize,
    titled: bool,
}

impl Trace<'_> {
    /// The fate of the next line.
    fn fate(&mut self, number: u32, line: &str) -> Fate {
        let words = plain(line);
        if let Some(removed) = self.removed.remove(&number) {
            return self.cut(&removed, &words);
        }
        if words.is_empty() {
            return if line.trim().is_empty() { Fate::Blank } else { Fate::Markup };
        }
        if !self.titled && self.is_title(&words) {
            self.titled = true;
            return Fate::Title;
        }
        match self.passage(&words) {
            Some(number) => Fate::Kept(number),
            None if self.is_head(&words) => Fate::Head,
            None => Fate::Changed,
        }
    }

    /// The fate of a line from which something was removed, in one or several pieces.
    fn cut(&mut self, removed: &[&Removed], words: &str) -> Fate {
        let mut rules: Vec<&str> = removed.iter().map(|it| it.rule.as_str()).collect();
        rules.dedup();
        let rules = rules.join(", ");
        let mut left = vec![words.to_owned()];
        for gone in removed.iter().map(|it| plain(&it.text)).filter(|gone| !gone.is_empty()) {
            left = left.iter().flat_map(|it| it.split(gone.as_str())).map(str::to_owned).collect();
        }
        let longest = left.into_iter().max_by_key(String::len).unwrap_or_default();
        if longest.len() < words.len() && longest.chars().count() > 8 {
            let number = self.passage(&longest).unwrap_or(0);
            return Fate::Part(rules, number);
        }
        Fate::Removed(rules)
    }

    /// The passage that has some words, counted from 1; looked for from the last one on, then anywhere.
    fn passage(&mut self, words: &str) -> Option<u32> {
        let holds =
            |it: &Plain| it.text.contains(words) || !it.text.is_empty() && words.contains(&it.text);
        let following = self.next + 1;
        let told = self.passages.get(self.next).is_some_and(|it| it.found);
        if told && self.passages.get(following).is_some_and(|it| it.text == words) {
            self.next = following;
            self.mark(following, words);
            return Some(following as u32 + 1);
        }
        let later = self.passages.iter().skip(self.next).position(holds).map(|at| at + self.next);
        let at = later.or_else(|| self.passages.iter().position(holds))?;
        self.next = at;
        self.mark(at, words);
        Some(at as u32 + 1)
    }

    /// Notes that a passage is found, and those behind it that the same line holds.
    fn mark(&mut self, at: usize, words: &str) {
        let mut room = words.len();
        for (place, passage) in self.passages.iter_mut().enumerate().skip(at) {
            let left = room.checked_sub(passage.text.len().max(1));
            if place > at && (left.is_none() || !words.contains(&passage.text)) {
                break;
            }
            passage.found = true;
            room = left.unwrap_or(0);
        }
    }

    /// Whether words are the title, or hold it with little else.
    fn is_title(&self, words: &str) -> bool {
        let title = plain(&self.head.title);
        !title.is_empty()
            && (title == words || title.len() > 12 && title.contains(words) && words.len() > 12)
            || title.len() > 4 && words.contains(&title) && words.len() < title.len() * 2
    }

    /// Whether words stand in a detail of the front matter.
    fn is_head(&self, words: &str) -> bool {
        let head = self.head;
        let details = [&head.outlet, &head.section, &head.subtitle, &head.dateline, &head.author];
        let stands = |detail: &String| plain(detail) == words;
        details.into_iter().flatten().any(stands) || head.frame.iter().any(stands)
    }
}

/// Letters and digits only, outside of tags: so that markup, quotes and spaces do not count.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_tag = false;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '<' if rest.peek().is_some_and(|it| it.is_ascii_alphabetic() || "/!".contains(*it)) => {
                in_tag = true;
            }
            '>' if in_tag => in_tag = false,
            _ if !in_tag && is_word(character) => out.push(character),
            _ => {}
        }
    }
    out
}

/// Whether a character is a letter or a digit, looked up in a table that is made once: every character of
/// every raw text is asked twice.
fn is_word(character: char) -> bool {
    static TABLE: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let is_word = |it| char::from_u32(it).is_some_and(char::is_alphanumeric);
        (0..0x1_0000).map(is_word).collect()
    });
    TABLE.get(character as usize).copied().unwrap_or_else(|| character.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::lang::Lang;
    use crate::vocab::prose::passages;

    #[test]
    fn each_line_has_its_fate() {
        let mut head = Head::new("The title", Lang::parse("en").unwrap());
        head.outlet = Some("The Outlet".into());
        let removed =
            |line, rule: &str, text: &str| Removed { line, rule: rule.into(), text: text.into() };
        head.removed = vec![
            removed(5, "attribution", ", reports outlet"),
            removed(7, "comment-form", "Comment"),
        ];
        let body = "One *sentence* here.\n\nTwo is another one.\n\nBy hand.".to_owned();
        let lines = [
            "The Outlet",
            "",
            "**The title**",
            "One _sentence_ here.",
            "Two is another one, reports outlet.",
            "Gone by hand",
            "Comment",
            "<br>",
        ];
        let (fates, added) = fates(&lines, (&head, &passages(&body)));
        assert_eq!(
            fates,
            [
                Fate::Head,
                Fate::Blank,
                Fate::Title,
                Fate::Kept(1),
                Fate::Part("attribution".into(), 2),
                Fate::Changed,
                Fate::Removed("comment-form".into()),
                Fate::Markup,
            ]
        );
        assert_eq!(added, [3]);
    }
}
