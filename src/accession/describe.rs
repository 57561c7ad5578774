//! A draft becomes a page: cleaned, described, set.

use super::body;
use super::clean::{self, Cleaned};
use super::draft::Draft;
use super::evidence::Evidence;
use super::frame::{self, Framing};
use super::given::Given;
use super::language;
use super::spoken;
use super::when::{self, Places};
use crate::vocab::date::{Basis, Date};
use crate::vocab::page::{Head, Page};

/// How long a title is that is made of the first words of a text, in characters.
const TITLE: usize = 90;

/// A page and where its parts stand in the seed.
#[derive(Clone, Debug)]
pub(crate) struct Described {
    /// The page.
    pub(crate) page: Page,
    /// Line of the title.
    pub(crate) title_line: Option<u32>,
    /// Line of each passage of the body.
    pub(crate) lines: Vec<u32>,
    /// Stated keys whose values are not allowed, with the values.
    pub(crate) faults: Vec<(&'static str, String)>,
}

/// Makes a page of a draft; `side` is what is stated beside the seed. `None` where nothing is left.
pub(crate) fn describe(
    draft: Draft,
    side: Option<&Given>,
    evidence: &Evidence,
) -> Option<Described> {
    let mut draft = draft;
    draft.removed.extend(draft.given.purge(draft.title_line.unwrap_or(1)));
    let inner = draft.given.clone();
    if let Some(side) = side {
        draft.given.overrule(side);
    }
    let mut cleaned = clean::clean(&mut draft, evidence);
    let read = language::read(cleaned.said(), &evidence.languages).0.lang;
    // What its format declares counts where the text has no letters.
    let whole = draft.declared.clone().filter(|_| read.is_undetermined()).unwrap_or(read);
    let lang = draft.given.lang().unwrap_or_else(|| whole.clone());
    if cleaned.lines.is_empty() {
        // A text of one line is a text, and its line more than a title.
        cleaned.lines.extend(cleaned.title.take());
    }
    let framing = frame::part(&mut cleaned, evidence, &draft.given);
    let set = body::set(&cleaned.lines);
    if set.text.trim().is_empty() {
        return None;
    }
    let mut head = Head::new(title(&draft.given, &cleaned), lang);
    let faults = draft.given.describe(&mut head).into_iter();
    let faults = faults.map(|key| (key, draft.given.text(key).unwrap_or_default())).collect();
    if !draft.given.has("passages") {
        head.passages = spoken::stretches(&set.passages, &head.lang, &whole);
    }
    date(&mut head, &Dated { draft: &draft, side, inner: &inner }, (&cleaned, &framing), evidence);
    let title_line = cleaned.title.as_ref().map(|line| line.number).or(draft.title_line);
    fill(&mut head, cleaned, framing, draft);
    Some(Described { page: Page { head, body: set.text }, title_line, lines: set.lines, faults })
}

/// The title: the stated one, the line that is it, or the first words of the text.
fn title(given: &Given, cleaned: &Cleaned) -> String {
    let line = || cleaned.title.as_ref().map(|line| line.text.trim().to_owned());
    given.text("title").or_else(line).unwrap_or_else(|| {
        let first = cleaned.lines.iter().find(|line| line.text.chars().any(char::is_alphanumeric));
        let first = first.or(cleaned.lines.first());
        beginning(first.map_or("", |line| line.text.as_str()))
    })
}

/// The beginning of a paragraph, cut at a word.
fn beginning(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() && words.chars().count() + word.chars().count() > TITLE {
            return words + "…";
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    if words.chars().count() <= TITLE + TITLE / 2 {
        return words;
    }
    words.chars().take(TITLE).collect::<String>() + "…"
}

/// From where a date can be stated.
struct Dated<'a> {
    draft: &'a Draft,
    side: Option<&'a Given>,
    inner: &'a Given,
}

/// Finds date and basis.
fn date(
    head: &mut Head,
    stated: &Dated,
    (cleaned, framing): (&Cleaned, &Framing),
    evidence: &Evidence,
) {
    let places = Places {
        dateline: framing.dateline.as_deref(),
        bylines: &cleaned.bylines,
        frame: &framing.frame,
        title: &head.title,
        lines: &cleaned.lines,
    };
    let near = head.captured_at.as_deref().and_then(|at| at.get(..10)).and_then(Date::parse);
    let read = when::date(&places, &evidence.calendar, &head.lang, near.as_ref());
    if head.date.is_none() {
        (head.date, head.date_basis) = read.unzip();
        return;
    }
    let beside = stated.side.is_some_and(|side| side.date().is_some());
    let basis =
        stated.draft.given.text("date_basis").and_then(|it| crate::vocab::yaml::read(&it).ok());
    let confirmed = read.filter(|(date, _)| !beside && Some(date) == stated.inner.date().as_ref());
    head.date_basis = basis.or(confirmed.map(|it| it.1)).or(Some(Basis::Sidecar));
}

/// Writes what was found into the front matter, where nothing is stated.
fn fill(head: &mut Head, cleaned: Cleaned, framing: Framing, draft: Draft) {
    let subtitle = cleaned.subtitle.map(|line| line.text);
    for (slot, found) in [
        (&mut head.subtitle, subtitle),
        (&mut head.outlet, cleaned.outlet),
        (&mut head.section, cleaned.section),
        (&mut head.author, cleaned.author),
        (&mut head.source_url, cleaned.source_url),
        (&mut head.dateline, framing.place),
    ] {
        *slot = slot.take().or(found);
    }
    head.frame.extend(framing.frame);
    head.removed = draft.removed;
    head.removed.extend(cleaned.removed);
    head.removed.sort_by_key(|it| it.line);
}
