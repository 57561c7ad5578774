//! Section labels above a text: one of the table, a numbered one, several in a trail (`Home > World`), or
//! several glued together (`HomeWorld`).

use rustc_hash::FxHashSet;

use super::fold::{fold, is_small, is_unstopped, is_wide, mask, width};
use super::rules::{Starts, add_starts, core, start_of, trimmed};

/// The widest label.
const WIDEST: usize = 72;

/// The widest line of labels that is known by its form alone.
const SHORT: usize = 48;

/// What parts the steps of a trail, and nothing else.
const ARROWS: &[char] = &['>', '»', '›', '→', '▸'];

/// What parts labels, and also other things.
const BARS: &[char] = &['|', '/', '•', '・', '·'];

/// What stands between labels that were glued together.
const STEP: &str = " › ";

/// The labels of the table.
#[derive(Debug, Default)]
pub(crate) struct Sections {
    whole: FxHashSet<String>,
    numbered: Starts,
}

impl Sections {
    /// Takes in labels, and beginnings of labels that end with a number.
    pub(super) fn add(&mut self, whole: &[String], numbered: &[String]) {
        self.whole.extend(whole.iter().map(|it| core(it)));
        add_starts(&mut self.numbered, numbered, "section-label");
    }

    /// Whether a line is a section label, or several of them.
    pub(super) fn knows(&self, line: &str) -> bool {
        let wide = width(line);
        if wide > WIDEST {
            return false;
        }
        let masked = mask(&fold(line));
        let bare = trimmed(&masked);
        self.whole.contains(bare)
            || !row(bare, |part| self.whole.contains(part)).is_empty()
            || self.is_trail(line)
            || masked.contains('#') && start_of(&self.numbered, &masked).is_some()
            || wide <= SHORT && (is_glued(line) || self.is_glued_to_known(bare))
    }

    /// A label as it is told: where several are glued together, they are parted.
    pub(super) fn told(&self, line: &str) -> String {
        let line = line.trim();
        let alone = self.whole.contains(&core(line)) || self.is_trail(line);
        let parts = if alone { Vec::new() } else { self.parted(line) };
        if parts.len() > 1 { parts.join(STEP) } else { line.to_owned() }
    }

    /// The labels that a line is glued together from, as far as that can be told; those of the table before
    /// those that only their capitals tell.
    fn parted<'l>(&self, line: &'l str) -> Vec<&'l str> {
        let parts = row(line, |part| self.whole.contains(&core(part)));
        if parts.len() > 1 { parts } else { parted_by_capitals(line) }
    }

    /// Whether a line is a trail: two to six short steps. Bars stand in titles too, so that one of the
    /// steps must be known.
    fn is_trail(&self, line: &str) -> bool {
        let steps: Vec<&str> = line
            .split(|c: char| ARROWS.contains(&c) || BARS.contains(&c))
            .map(str::trim)
            .filter(|step| !step.is_empty())
            .collect();
        let known = |step: &&str| self.whole.contains(&core(step));
        let short = |step: &&str| step.split_whitespace().count() <= 4 && width(step) <= 40;
        let arrows = line.contains(ARROWS) && !line.contains(['«', '‹', '<', '“', '„', '"']);
        let bars = line.contains(BARS) && steps.iter().any(known);
        (arrows || bars)
            && (2..=6).contains(&steps.len())
            && steps.iter().all(short)
            && !steps.iter().any(|step| step.contains('.') && !step.contains(' '))
    }

    /// Whether a short word in a script without capitals, but with spaces, begins or ends with a known
    /// label.
    fn is_glued_to_known(&self, folded: &str) -> bool {
        let letters: Vec<char> = folded.chars().collect();
        let uncased = !letters.iter().any(|&c| is_small(c));
        let fits = (4..=24).contains(&letters.len()) && !folded.contains(' ');
        let unspaced = letters.iter().any(|&c| is_wide(c) || is_unstopped(c));
        uncased
            && fits
            && !unspaced
            && (2..=letters.len() - 2).any(|at| {
                let (head, tail) = letters.split_at(at);
                let known = |part: &[char]| self.whole.contains(&String::from_iter(part));
                known(head) || at > 2 && known(tail)
            })
    }
}

/// The known labels, side by side or glued together, that a line is made of, as few as can be; none where it
/// is not made of them.
fn row(line: &str, known: impl Fn(&str) -> bool) -> Vec<&str> {
    let ends: Vec<usize> = line.char_indices().map(|it| it.0).chain([line.len()]).collect();
    if ends.len() > SHORT {
        return Vec::new();
    }
    let part = |from: usize, to: usize| line.get(ends[from]..ends[to]).unwrap_or_default().trim();
    let is_label = |part: &str| part.chars().nth(1).is_some() && known(part);
    // For each place how few labels lead there, and where the last of them begins.
    let mut ways: Vec<Option<(usize, usize)>> = vec![Some((0, 0))];
    for to in 1..ends.len() {
        let way = |from: usize| Some((ways.get(from).copied()??.0 + 1, from));
        ways.push((0..to).filter_map(way).filter(|it| is_label(part(it.1, to))).min());
    }
    let mut parts = Vec::new();
    let mut to = ends.len() - 1;
    while let Some((_, from)) = ways.get(to).copied().flatten().filter(|_| to > 0) {
        parts.insert(0, part(from, to));
        to = from;
    }
    parts
}

/// Whether a line is at most three words with two of them glued.
fn is_glued(line: &str) -> bool {
    line.split_whitespace().count() <= 3
        && !line.contains(['.', ','])
        && parted_by_capitals(line).len() > 1
}

/// A line parted where two words are glued: a capital after a small letter, and at least four letters on
/// either side, so that names of services are none. Letters that no such name is written in need three.
fn parted_by_capitals(line: &str) -> Vec<&str> {
    let least = if line.is_ascii() { 4 } else { 3 };
    let letters: Vec<(usize, char)> = line.char_indices().collect();
    let in_word = |it: &&(usize, char)| !matches!(it.1, ' ' | '-');
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, window) in letters.windows(3).enumerate() {
        let [(_, a), (joint, b), (_, c)] = *window else { continue };
        let (head, tail) = letters.split_at(at + 1);
        let wide = head.iter().rev().take_while(in_word).take(least).count() == least
            && tail.iter().take_while(in_word).take(least).count() == least;
        if wide && is_small(a) && b.is_uppercase() && is_small(c) {
            parts.push(line.get(from..joint).unwrap_or_default().trim());
            from = joint;
        }
    }
    parts.push(line.get(from..).unwrap_or_default().trim());
    parts
}

#[cfg(test)]
mod tests {
    use crate::accession::rules::Rules;

    #[test]
    fn labels_are_known_alone_in_rows_in_trails_and_glued() {
        let rules = Rules::load();
        for line in [
            "العالمسياسة",
            "HealthAdvice",
            "首页文献",
            "СаясатӘлем",
            "ГлавнаяПресс-центр",
            "Actualités",
            "جامعه > حقوق بشر",
            "दुनियापर्यावरण",
            "Басты бетСаясат",
            "الرئيسيةأخبار عربية",
            "მთავარიპოლიტიკა",
            "หน้าแรกการเมือง",
            "Naslovna > Politika",
            "Inicio/Internacional/",
            "Strona główna » Kraj » Most",
            "Press Release No. 41/2021",
            "Home World Politics",
        ] {
            assert!(rules.is_section(line), "{line}");
        }
        for line in [
            "Kazachstan",
            "YouTube wins in court",
            "وزارة الخارجية الكازاخية تعلق",
            "The World Tomorrow",
            "Ministre : « Nous » parlons",
            "Le Courrier | courrier.example",
            "Press release of the council",
            "Bread / Water",
        ] {
            assert!(!rules.is_section(line), "{line}");
        }
    }

    #[test]
    fn glued_labels_are_parted() {
        let rules = Rules::load();
        for (line, told) in [
            ("العالمسياسة", "العالم › سياسة"),
            ("HealthAdvice", "Health › Advice"),
            ("首页文献", "首页 › 文献"),
            ("СаясатӘлем", "Саясат › Әлем"),
            ("ГлавнаяПресс-центр", "Главная › Пресс-центр"),
            ("Басты бетСаясат", "Басты бет › Саясат"),
            ("Strona główna » Kraj » Most", "Strona główna » Kraj » Most"),
            ("Actualités", "Actualités"),
            ("Press Release No. 41/2021", "Press Release No. 41/2021"),
        ] {
            assert_eq!(rules.section(line), told);
        }
    }
}
