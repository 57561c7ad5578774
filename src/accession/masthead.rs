//! What stands above a text: outlet, section, title, byline, in any order.

use super::clean::{Cleaned, Marked};
use super::draft::Line;
use super::fold::{ends_statement, fold, is_small, width};
use super::given::Given;
use super::rules::is_name;

/// The narrowest title that is recognised because it is printed twice.
const REPEATABLE: usize = 12;

/// The title that a text itself points to: the stated one, a heading, or a line near the top that is
/// printed again at the end.
pub(crate) fn title_of_itself(marked: &Marked, given: &Given) -> Option<usize> {
    let top = || marked.lines.iter().enumerate().take(12);
    if given.is_of_a_page() {
        return None;
    }
    if let Some(title) = given.text("title") {
        let title = fold(&title);
        return top().find(|(_, line)| !line.fixed && fold(&line.text) == title).map(|it| it.0);
    }
    let prose = top().position(|(_, line)| super::evidence::is_prose(line, marked.open));
    let heading = top()
        .take(prose.unwrap_or(12))
        .filter(|(_, line)| line.heading > 0 && !line.fixed)
        .min_by_key(|(at, line)| (line.heading, *at));
    heading.map(|it| it.0).or_else(|| repeated(marked))
}

/// A line above the text that is printed again as its last line, furniture aside.
fn repeated(marked: &Marked) -> Option<usize> {
    let rules = &marked.evidence.rules;
    let last = (0..marked.lines.len()).rev().find(|&at| {
        marked.is_kept(at)
            && marked.lines.get(at).is_some_and(|it| rules.at_edge(&it.text).is_none())
    })?;
    let text = &marked.lines.get(last)?.text;
    let fits = (REPEATABLE..=240).contains(&width(text)) && !ends_statement(text);
    let folded = fold(text);
    let same = |at: &usize| marked.lines.get(*at).is_some_and(|line| fold(&line.text) == folded);
    marked.head().into_iter().find(same).filter(|&at| fits && at < last)
}

/// Reads what stands above the text, marks what is not title, and gives the line of the title.
pub(crate) fn read(
    marked: &mut Marked,
    title: Option<usize>,
    given: &Given,
    found: &mut Cleaned,
) -> Option<usize> {
    if given.is_of_a_page() {
        return None;
    }
    let head = marked.head();
    let head: Vec<usize> = match title {
        Some(at) => with_title(marked, &head, at),
        None => head,
    };
    let mut reader = Reader { marked, found, title };
    for (place, &at) in head.iter().enumerate() {
        let rest = head.get(place + 1..).unwrap_or_default();
        reader.judge(at, rest);
    }
    if reader.title.is_none() && !given.has("title") {
        reader.title = reader.choose(&head);
    }
    if let Some(at) = reader.title {
        reader.subtitle(at);
    }
    reader.title
}

/// The lines above the text where the title is known: those before it, and the short ones after it.
fn with_title(marked: &Marked, head: &[usize], title: usize) -> Vec<usize> {
    let before = (0..title).filter(|&at| marked.is_kept(at));
    let prose = |at: &usize| {
        let prose = |line| super::evidence::is_prose(line, marked.open);
        !super::clean::is_alone(marked.lines, *at) || marked.lines.get(*at).is_some_and(prose)
    };
    let after = (title + 1..marked.lines.len())
        .filter(|&at| marked.is_kept(at))
        .take_while(|at| !prose(at))
        .take(super::clean::HEAD);
    let mut lines: Vec<usize> = before.filter(|at| !prose(at)).collect();
    lines.push(title);
    lines.extend(after);
    lines.extend(head.iter().filter(|&&at| at < title));
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Judges the lines above a text one by one.
struct Reader<'m, 'a, 'f> {
    marked: &'m mut Marked<'a>,
    found: &'f mut Cleaned,
    title: Option<usize>,
}

impl Reader<'_, '_, '_> {
    /// Says what a line is, given the lines that follow it.
    fn judge(&mut self, at: usize, rest: &[usize]) {
        let Some(line) = self.marked.lines.get(at) else { return };
        if Some(at) == self.title {
            return;
        }
        let text = line.text.as_str();
        let above = self.title.map_or(!rest.is_empty(), |title| at < title);
        let survey = &self.marked.evidence.survey;
        let repeated = self.marked.surveyed && survey.opens_many(text);
        let rules = &self.marked.evidence.rules;
        let named = || survey.outlet_of(text, &|it| rules.is_section(it));
        if rules.is_section(text) && (above || repeated) {
            self.section(at, text);
        } else if let Some(name) = outlet_by_sign(text).or_else(named) {
            self.outlet(at, name);
        } else if self.is_byline(at, text, rest) || self.is_signed(text) {
            self.byline(at, text);
        } else if repeated && above {
            self.outlet_or_section(at, text);
        } else if above && line.heading == 0 {
            self.by_place(at, text, rest);
        }
    }

    /// Judges a line above the title by what stands around it.
    fn by_place(&mut self, at: usize, text: &str, rest: &[usize]) {
        if text.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            return;
        }
        let words = text.split_whitespace().count();
        let next = rest.first().and_then(|&next| self.marked.lines.get(next));
        let stops = ends_statement(text) || text.ends_with([':', '：']);
        let small = words <= 8 && width(text) <= 64 && !stops;
        let wider = next.is_some_and(|it| width(&it.text) * 2 > width(text) * 3);
        let known = self.title.is_some();
        if self.found.outlet.is_some() {
            if small && words <= 3 && width(text) <= 24 && (wider || known) {
                self.section(at, text);
            }
            return;
        }
        let capitals = is_capitals(text) && next.is_some_and(|it| !is_capitals(&it.text));
        let named = words <= 5 && self.marked.evidence.rules.has_outlet_word(text);
        let by_itself = small && (known || wider && named || capitals);
        let spread = capitals && words <= 12 && width(text) <= 90 && !stops;
        let by_others = small && (self.label_next(at, next) || self.is_echoed(at, text));
        if by_itself || spread || by_others || small && self.is_nameplate(text, rest) {
            self.outlet(at, text);
        }
    }

    /// Whether the next line is a label or navigation.
    fn label_next(&self, at: usize, next: Option<&Line>) -> bool {
        let rule = self.marked.rules.get(at + 1).copied().flatten();
        matches!(rule, Some("page-mark" | "navigation"))
            || next.is_some_and(|it| self.marked.evidence.rules.is_section(&it.text))
    }

    /// Whether a line that is cut elsewhere in the text names what stands in this one: `© Evening Bell`.
    fn is_echoed(&self, at: usize, text: &str) -> bool {
        let name = fold(text);
        let lines = self.marked.lines.iter().zip(&self.marked.rules).enumerate();
        name.chars().count() >= 5
            && lines.filter(|(other, (_, rule))| *other != at && rule.is_some()).any(
                |(_, (line, _))| {
                    width(&line.text) > width(text) && fold(&line.text).contains(&name)
                },
            )
    }

    /// Whether a short line stands above a headline with nothing but labels between, in a text that was
    /// plainly taken from a site: there are labels between, or furniture is cut elsewhere.
    fn is_nameplate(&self, text: &str, rest: &[usize]) -> bool {
        let words = text.split_whitespace().count();
        if self.marked.open || words > 4 || width(text) > 40 {
            return false;
        }
        let lines: Vec<&str> = rest
            .iter()
            .filter_map(|&at| self.marked.lines.get(at))
            .map(|line| line.text.as_str())
            .filter(|line| !self.marked.evidence.is_byline(line))
            .collect();
        let headline = |line: &&str| {
            let wide = width(line);
            wide >= 28 && wide * 2 >= width(text) * 3 && !line.starts_with(is_small)
        };
        let Some(place) = lines.iter().position(headline) else { return false };
        let labels = |line: &&str| line.split_whitespace().count() <= 3 && width(line) <= 32;
        let between = lines.iter().take(place).all(labels);
        let far = lines
            .get(place)
            .is_some_and(|line| width(line) >= width(text) * 2 && width(line) >= 40);
        between && (place > 0 || far && words <= 3 && self.marked.rules.iter().any(Option::is_some))
    }

    /// Whether a line is about the printing and not the only line that can be the title.
    fn is_byline(&self, at: usize, text: &str, rest: &[usize]) -> bool {
        if !self.marked.evidence.is_byline(text) {
            return false;
        }
        let stated = self.marked.evidence.rules.is_byline(text);
        let beside = self.marked.evidence.calendar.beside(text).unwrap_or(0);
        let earlier = (0..at).any(|it| self.marked.is_kept(it));
        let later = rest.iter().any(|&next| {
            self.marked.lines.get(next).is_some_and(|it| !self.marked.evidence.is_byline(&it.text))
        });
        self.title.is_some() || earlier || later || stated || beside < 12
    }

    /// Whether a line is a name with that of the outlet behind it.
    fn is_signed(&self, text: &str) -> bool {
        self.found.outlet.as_deref().is_some_and(|it| signature(text, &fold(it)).is_some())
    }

    /// Takes a line as the outlet.
    fn outlet(&mut self, at: usize, name: &str) {
        self.marked.mark(at, "outlet-line");
        let end = [" — ", " · ", " – "].iter().filter_map(|mark| name.find(mark)).min();
        let name = name.get(..end.unwrap_or(name.len())).unwrap_or(name);
        self.found.outlet.get_or_insert_with(|| name.trim().to_owned());
    }

    /// Takes a line as the section.
    fn section(&mut self, at: usize, name: &str) {
        self.marked.mark(at, "section-label");
        let rules = &self.marked.evidence.rules;
        self.found.section.get_or_insert_with(|| rules.section(name));
    }

    /// Takes a line that opens many texts as the outlet, or as a section below it.
    fn outlet_or_section(&mut self, at: usize, text: &str) {
        if self.found.outlet.is_none() {
            self.outlet(at, text);
        } else {
            self.section(at, text);
        }
    }

    /// Takes a line about the printing.
    fn byline(&mut self, at: usize, text: &str) {
        self.marked.mark(at, "byline");
        self.found.bylines.push(text.to_owned());
        let outlet = self.found.outlet.as_deref().map(fold).unwrap_or_default();
        let own = |name: &&str| outlet.is_empty() || !fold(name).contains(&outlet);
        let signed = signature(text, &outlet).map(str::to_owned);
        let author = self.marked.evidence.rules.author(text).filter(own).map(str::to_owned);
        self.found.author = self.found.author.take().or(author).or(signed);
    }

    /// The title among the lines that are left: the first that can be a headline.
    fn choose(&self, head: &[usize]) -> Option<usize> {
        let bare = self.found.outlet.is_none() && self.found.section.is_none();
        if self.marked.open && bare && self.found.bylines.is_empty() {
            return None;
        }
        head.iter().copied().find(|&at| {
            self.marked.is_kept(at)
                && self.marked.lines.get(at).is_some_and(|line| is_headline(&line.text))
        })
    }

    /// Takes a heading right below the title, one level down, with text after it, as a second title.
    fn subtitle(&mut self, title: usize) {
        let lines = self.marked.lines;
        let next = (title + 1..lines.len()).find(|&at| self.marked.is_kept(at));
        let level = |at: usize| lines.get(at).map_or(0, |line| line.heading);
        let Some(next) = next.filter(|&at| level(title) > 0 && level(at) == level(title) + 1)
        else {
            return;
        };
        let later = (next + 1..lines.len()).any(|at| level(at) > 0);
        if !later && next + 1 < lines.len() {
            self.marked.mark(next, "subtitle");
        }
    }
}

/// Whether a line can be a headline.
fn is_headline(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && width(text) <= 220
}

/// The name in a line that is an outlet's by its form: `Name |`, `Name | name.net`.
fn outlet_by_sign(text: &str) -> Option<&str> {
    let text = text.trim();
    if width(text) > 80 {
        return None;
    }
    if let Some(name) = text.strip_suffix('|') {
        return Some(name.trim()).filter(|name| !name.is_empty() && !name.contains('|'));
    }
    let (name, site) = text.split_once(" | ")?;
    let is_site = !site.contains(' ') && site.contains('.') || site.starts_with(name);
    (is_site && site.contains('.')).then_some(name)
}

/// The name in a line that says nothing but a name and an outlet, which is given folded: `Ana Horvat, Bell`.
fn signature<'a>(text: &'a str, outlet: &str) -> Option<&'a str> {
    let (name, behind) = text.rsplit_once(", ").or_else(|| text.rsplit_once(" / "))?;
    (!outlet.is_empty() && fold(behind) == outlet && is_name(name)).then_some(name)
}

/// Whether a line of letters with case is in capitals alone.
fn is_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 4 && !text.chars().any(char::is_lowercase)
}
