//! Everything that is asked when a text is cleaned: the table of rules, the calendar, the survey.

use super::dates::Calendar;
use super::draft::Line;
use super::fold::{ends_sentence, width};
use super::identify::Sharpened;
use super::rules::Rules;
use super::survey::Survey;

/// What lines are judged by.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// What outlets print around texts.
    pub(crate) rules: Rules,
    /// Names of months and weekdays.
    pub(crate) calendar: Calendar,
    /// What the archive itself shows.
    pub(crate) survey: Survey,
    /// Which languages its texts are in.
    pub(crate) languages: Sharpened,
}

impl Evidence {
    /// The evidence of a program that has seen no archive yet.
    pub(crate) fn load() -> Self {
        Self { rules: Rules::load(), calendar: Calendar::load(), ..Self::default() }
    }

    /// Whether a line is about the printing: hardly more than a date, or said to be so by a rule.
    pub(crate) fn is_byline(&self, line: &str) -> bool {
        let wide = width(line);
        let dated = || self.calendar.beside(line);
        wide <= 100
            && !ends_sentence(line.trim_end_matches('.'))
            && (self.rules.is_byline(line) && (wide <= 48 && has_colon(line) || dated().is_some())
                || self.rules.is_bare_byline(line)
                || self.rules.author(line).is_some()
                || dated().is_some_and(|letters| letters <= 28))
    }
}

/// Whether a line says something of something: `翻訳：国際部`.
fn has_colon(line: &str) -> bool {
    let cue = line.split_once([':', '：']).map(|it| it.0);
    cue.is_some_and(|cue| cue.split(' ').count() <= 2 && !cue.contains(char::is_numeric))
}

/// Whether a line is a paragraph of prose and no headline or label. In a text whose paragraphs end
/// without full stops (`open`) length alone decides.
pub(crate) fn is_prose(line: &Line, open: bool) -> bool {
    let wide = width(&line.text);
    let pauses = line.text.ends_with([',', ':', ';', '،', '؛', '：', '，', '、']);
    line.fixed
        || line.joined
        || line.heading == 0
            && (wide >= 220
                || wide >= 60 && ends_sentence(&line.text)
                || wide >= 20 && pauses
                || open && wide >= 60
                || is_unstopped(&line.text) && wide >= UNSTOPPED)
}

/// How wide a line is prose at least in a script whose sentences end with a blank, where no sign tells it from a
/// headline.
const UNSTOPPED: usize = 100;

/// Whether a text is in a script whose sentences end with a blank.
fn is_unstopped(text: &str) -> bool {
    text.chars().take(12).any(super::fold::is_unstopped)
}

/// Whether most longer lines of a text end without a full stop: verses, lists, notes.
pub(crate) fn is_open(lines: &[Line]) -> bool {
    let stopped = |line: &&Line| !line.fixed && !is_unstopped(&line.text);
    let long = lines.iter().filter(stopped).filter(|line| width(&line.text) >= 40);
    let (mut all, mut ended) = (0, 0);
    for line in long {
        all += 1;
        ended += usize::from(ends_sentence(&line.text));
    }
    ended * 2 < all
}
