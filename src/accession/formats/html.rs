//! Captured web pages: the article is parted from the page around it, and becomes Markdown in which
//! nothing can run.
//!
//! `html5ever` reads the page and tells lines; `dom_smoothie` says which blocks are the article. What
//! is not the article is recorded block by block.

mod blocks;
mod elements;
mod runs;

use dom_smoothie::{Config, Readability};
use rustc_hash::FxHashSet;

use self::blocks::{Block, Page, Shape};
use super::table;
use crate::accession::draft::{Draft, Line};
use crate::accession::fold::{fold, width};
use crate::vocab::lang::Lang;
use crate::vocab::page::Removed;

/// The rule that takes what is not the article.
const RULE: &str = "page-furniture";

/// A page of more elements is not given to the extraction, which is quadratic in the worst case.
const MOST_ELEMENTS: usize = 40_000;

/// The shortest text, in letters, that is sought inside the article and not only as a whole block.
const SOUGHT: usize = 30;

/// Reads a page.
pub(crate) fn read(text: &str) -> Draft {
    let page = blocks::read(text);
    let kept = choose(&page, text);
    let mut draft = Draft::default();
    let lang = page.meta.get("lang").and_then(|tag| Lang::parse(tag));
    draft.declared = lang.filter(|lang| !lang.is_undetermined());
    state(&mut draft, &page, &kept);
    for (block, keep) in page.blocks.iter().zip(kept) {
        if keep {
            add(&mut draft.lines, block);
        } else {
            let (rule, text) = (RULE.to_owned(), block.text.clone());
            draft.removed.push(Removed { line: block.line, rule, text });
        }
    }
    draft.removed.extend(page.cut);
    draft
}

/// For each block whether it belongs to the article.
fn choose(page: &Page, text: &str) -> Vec<bool> {
    let structural = |block: &Block| !block.aside;
    let article = Article::of(text, page.elements);
    let chosen =
        |block: &Block| structural(block) && article.as_ref().is_some_and(|it| it.has(block));
    let room = |keep: &dyn Fn(&Block) -> bool| -> usize {
        page.blocks.iter().filter(|block| keep(block)).map(|block| block.text.len()).sum()
    };
    let trusted = room(&chosen) * 3 >= room(&structural);
    let mut kept: Vec<bool> =
        page.blocks.iter().map(|it| if trusted { chosen(it) } else { structural(it) }).collect();
    keep_masthead(page, &mut kept);
    kept
}

/// Keeps the first heading of the page's own text and what stands between it and the article: byline,
/// date, second title. They are judged like those of any text.
fn keep_masthead(page: &Page, kept: &mut [bool]) {
    let first = |at: usize| {
        kept.get(at) == Some(&true) && page.blocks.get(at).is_some_and(|it| !it.is_heading())
    };
    let Some(start) = (0..kept.len()).find(|&at| first(at)) else { return };
    let title = page.blocks.iter().take(start).rposition(|it| it.level() == 1 && !it.aside);
    let head = kept.iter_mut().zip(&page.blocks).take(start).skip(title.unwrap_or(start));
    for (kept, block) in head {
        *kept = !block.aside && width(&block.text) <= 300;
    }
}

/// The text of the article that the extraction found.
struct Article {
    blocks: FxHashSet<String>,
    whole: String,
}

impl Article {
    /// Extracts the article; `None` where none is found.
    fn of(text: &str, elements: usize) -> Option<Self> {
        if elements > MOST_ELEMENTS {
            return None;
        }
        let config = Config { char_threshold: 200, ..Config::default() };
        let article = Readability::new(text, None, Some(config)).ok()?.parse().ok()?;
        let blocks: Vec<String> =
            blocks::read(&article.content).blocks.iter().map(|it| key(&it.text)).collect();
        Some(Self { whole: blocks.concat(), blocks: blocks.into_iter().collect() })
    }

    /// Whether a block of the page belongs to it.
    fn has(&self, block: &Block) -> bool {
        let key = key(&block.text);
        self.blocks.contains(&key) || key.chars().count() >= SOUGHT && self.whole.contains(&key)
    }
}

/// The letters of a text.
fn key(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// States what the page says about itself.
fn state(draft: &mut Draft, page: &Page, kept: &[bool]) {
    let meta = |keys: &[&str]| keys.iter().find_map(|key| page.meta.get(*key)).cloned();
    let mut set =
        |key: &str, value: Option<String>| draft.given.set(key, value.unwrap_or_default());
    let site = meta(&["og:site_name", "application-name"]);
    let heads = page.blocks.iter().zip(kept).filter(|(it, kept)| **kept && it.level() == 1).count();
    if heads != 1 {
        let title = meta(&["og:title", "twitter:title", "title"]);
        set("title", title.map(|title| without_site(&title, site.as_deref())));
    }
    set("outlet", site);
    set("author", meta(&["author", "article:author"]).filter(|name| !name.contains("://")));
    set("date", meta(&["article:published_time", "datepublished", "date", "dc.date"]));
    set("source_url", meta(&["canonical", "og:url"]).filter(|url| is_safe(url)));
    set("section", meta(&["article:section"]));
    if heads != 1 {
        draft.title_line = page.title_line;
    }
    if draft.given.date().is_none() {
        draft.given.set("date", "");
    }
}

/// A page title without the name of the site behind it.
fn without_site(title: &str, site: Option<&str>) -> String {
    let parted = [" | ", " — ", " – ", " - ", " :: "].iter().find_map(|mark| {
        let (before, after) = title.rsplit_once(mark)?;
        let named = site.is_some_and(|site| fold(after).contains(&fold(site)));
        let short = *mark == " | " && after.split_whitespace().count() <= 4;
        (named || short && before.split_whitespace().count() >= 2).then(|| before.trim().to_owned())
    });
    parted.unwrap_or_else(|| title.trim().to_owned())
}

/// Whether an address can only lead to a page.
fn is_safe(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`\\".contains(c))
}

/// Adds a block as lines.
fn add(lines: &mut Vec<Line>, block: &Block) {
    let line = Line { number: block.line, text: block.text.clone(), ..Line::default() };
    match &block.shape {
        Shape::Paragraph => lines.push(Line { marked: Some(block.marked.clone()), ..line }),
        Shape::Heading(level) => {
            lines.push(Line { marked: Some(block.marked.clone()), heading: *level, ..line });
        }
        Shape::Row(first) => {
            lines.extend(table::row(block.line, (&block.text, &block.marked), *first));
        }
        Shape::Code => {
            for (at, code) in block.marked.lines().enumerate() {
                let (text, marked) = (code.to_owned(), Some(code.to_owned()));
                lines.push(Line { text, marked, fixed: true, joined: at > 0, ..line.clone() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html lang=en><head><title>The bridge is open - Evening Bell</title>\n\
        <meta property='og:site_name' content='Evening Bell'><script>var a = '<p>no</p>';</script></head>\n\
        <body onload=x()><nav><a href=/>Home</a></nav>\n<article><h1>The bridge is open</h1>\n\
        <p>The mayor &amp; the <b>ferryman</b> crossed the bridge together on Monday evening, under\n\
        an umbrella, because it rained as it always does, and nobody minded, least of all they.</p>\n\
        <p>See <a href='javascript:alert(1)'>here</a> or <a href='https://bell.example/a_(b)'>there</a>,\n\
        said the ferryman, who has crossed the river a hundred thousand times, by his own count.</p>\n\
        <table><tr><th>Year<th>Boats</tr><tr><td>1888<td>1|2</tr></table>\n\
        <ul><li>one thing that the council has decided<li>another thing that it has put off</ul>\n\
        <pre>a  b\n  c</pre></article><footer><p>© Evening Bell</footer></body></html>";

    #[test]
    fn the_article_is_parted_from_the_page() {
        let draft = read(PAGE);
        let lines: Vec<String> = draft
            .lines
            .iter()
            .map(|it| format!("{} {}", it.number, it.marked.clone().unwrap_or_default()))
            .collect();
        assert_eq!(lines.first().unwrap(), "4 # The bridge is open");
        assert!(
            lines.iter().any(|it| it.starts_with("5 The mayor & the **ferryman** crossed")),
            "{lines:#?}"
        );
        assert!(
            lines
                .iter()
                .any(|it| it.contains("See here or [there](https://bell.example/a_%28b%29)"))
        );
        assert!(lines.iter().any(|it| it.ends_with("| 1888 | 1\\|2 |")), "{lines:#?}");
        assert!(!lines.iter().any(|it| it.contains("javascript") || it.contains("alert")));
        let removed: Vec<&str> = draft.removed.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(removed, ["Home", "© Evening Bell"]);
        assert_eq!(draft.given.text("outlet").as_deref(), Some("Evening Bell"));
    }

    #[test]
    fn marks_that_deceive_are_recorded_where_they_are_cut() {
        let draft = read(
            "<p>First the town.</p>\n<p>Then the &#x202E;river\u{2066}.</p>\n<pre>a\u{202e}b</pre>",
        );
        let lines: Vec<&str> = draft.lines.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(lines, ["First the town.", "Then the river.", "```", "ab", "```"]);
        let cut: Vec<_> = draft.removed.iter().map(|it| (it.line, it.text.as_str())).collect();
        assert_eq!(cut, [(2, "U+202E"), (2, "U+2066"), (3, "U+202E")]);
        assert!(draft.removed.iter().all(|it| it.rule == "control-characters"));
    }

    #[test]
    fn words_that_are_shown_instead_of_something_are_recorded() {
        let draft = read(
            "<p>The bridge of Kelmen is open.</p><noscript><p>Turn scripts on.</p></noscript>\n\
             <template><b>Later.</b></template><button>Send</button><svg><text>Map</text></svg>\n\
             <blockquote><p>First of it.</p><p>Second of it.</p></blockquote>",
        );
        let marked: Vec<_> = draft.lines.iter().filter_map(|it| it.marked.as_deref()).collect();
        assert_eq!(marked, ["The bridge of Kelmen is open.", "> First of it.", "> Second of it."]);
        let cut: Vec<&str> = draft.removed.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(cut, ["Turn scripts on.", "Later.", "Send", "Map"]);
    }
}
