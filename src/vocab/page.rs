//! The content page: YAML front matter and a Markdown body, in one file.
//!
//! Reading and writing are inverse: a page that was written reads back as it was. Keys that Hexapla
//! does not know are kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::date::{Basis, Date};
use super::lang::Lang;
use super::yaml::{self, Fault, Value};

/// A content page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// What is said about the text.
    pub head: Head,
    /// The text, in Markdown, without the title.
    pub body: String,
}

/// The front matter of a page. Only title and language are always there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The title as the outlet printed it, or the first words of the text where it has none.
    pub title: String,
    /// A second title line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// The language of the text.
    pub lang: Lang,
    /// Passages in another language than the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Stretch>,
    /// The date of the statement, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What the date stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<Basis>,
    /// Who published this version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The outlet's section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The place in the dateline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// Who signed this version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The statement a curator pinned this page to; `none` keeps it alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// What this version is to the statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The outlet's own words around the statement, such as `reports example.org`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frame: Vec<String>,
    /// The address the text was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// When it was taken, as the side file says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured_at: Option<String>,
    /// The digest of what a web archive holds of it, as the archive states it: `sha1:…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload_digest: Option<String>,
    /// Under which rights the text stands: a URI or a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rights: Option<String>,
    /// The curator's tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The seed's path inside the seeds folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// The character encoding of the seed, where it is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// SHA-256 of the seed's raw bytes, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Every line of the seed that is not in the page, and the rule that cut it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
    /// Keys that Hexapla does not know, kept as they are.
    #[serde(skip)]
    pub unknown: BTreeMap<String, Value>,
}

/// What a version is to its statement. Never asserted without evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The text the others go back to.
    Original,
    /// A translation.
    Translation,
    /// A version that tells the statement in other words.
    Retelling,
    /// Not known.
    Unknown,
}

/// Neighbouring passages of a page in one language that is not the page's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// The first of the passages, counted from 1: the number in the address `#p3`.
    pub at: u32,
    /// The last of them, where they are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
    /// Their language.
    pub lang: Lang,
}

/// A line that was cut from a seed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Removed {
    /// Line of the seed, counted from 1.
    pub line: u32,
    /// The rule that cut it, such as `outlet-line` or `comment-form`.
    pub rule: String,
    /// What was cut: the whole line or a part of it.
    pub text: String,
}

impl Head {
    /// A front matter that says only what every page must say.
    pub fn new(title: impl Into<String>, lang: Lang) -> Self {
        Self {
            title: title.into(),
            subtitle: None,
            lang,
            passages: Vec::new(),
            date: None,
            date_basis: None,
            outlet: None,
            section: None,
            dateline: None,
            author: None,
            statement: None,
            role: None,
            frame: Vec::new(),
            source_url: None,
            captured_at: None,
            payload_digest: None,
            rights: None,
            tags: Vec::new(),
            seed: None,
            encoding: None,
            sha256: None,
            removed: Vec::new(),
            unknown: BTreeMap::new(),
        }
    }

    /// The language of a passage, counted from 1, where it is not that of the page.
    pub fn lang_of(&self, passage: u32) -> Option<&Lang> {
        let holds = |it: &&Stretch| (it.at..=it.to.unwrap_or(it.at)).contains(&passage);
        self.passages.iter().find(holds).map(|it| &it.lang)
    }
}

/// Whether a file of the content folder is a page.
pub fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md")
}

/// The name of the page that a relative address leads to from another page, with the fragment; `None`
/// where it leads to no page of the content folder.
pub fn lead<'a>(from: &str, address: &'a str) -> Option<(String, &'a str)> {
    let (target, fragment) = address.split_once('#').unwrap_or((address, ""));
    if target.is_empty() {
        return Some((from.to_owned(), fragment));
    }
    let target = target.strip_suffix(".md")?;
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), fragment))
}

/// The number of the passage that a fragment such as `p3` names.
pub fn passage(fragment: &str) -> Option<u32> {
    fragment.strip_prefix('p')?.parse().ok()
}

/// The names of the keys that a front matter may have.
pub const KEYS: &[&str] = &[
    "title",
    "subtitle",
    "lang",
    "passages",
    "date",
    "date_basis",
    "outlet",
    "section",
    "dateline",
    "author",
    "statement",
    "role",
    "frame",
    "source_url",
    "captured_at",
    "payload_digest",
    "rights",
    "tags",
    "seed",
    "encoding",
    "sha256",
    "removed",
];

impl Page {
    /// Whether the title says more than the beginning of the text. A text without a headline goes by
    /// its first words with an ellipsis, or by its only line; those are no passage of their own.
    pub fn has_own_title(&self) -> bool {
        let title = &self.head.title;
        let longest = title.chars().count() + 1;
        let bare = |text: &str| -> String {
            let letters = text.chars().filter(|&it| super::letter::is_letter_or_digit(it));
            letters.flat_map(char::to_lowercase).take(longest).collect()
        };
        match title.strip_suffix('…') {
            Some(words) => !bare(&self.body).starts_with(&bare(words)),
            None => bare(&self.body) != bare(title),
        }
    }

    /// Reads a page; the fault's line is a line of the file.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Some((front, body)) = split(text) else {
            let message =
                "the page does not begin with front matter between `---` lines".to_owned();
            return Err(Fault { message, line: 1, column: 1 });
        };
        let body = body.trim_matches('\n').to_owned();
        if has_known_keys_only(front)
            && let Ok(head) = yaml::read(front)
        {
            return Ok(Self { head, body });
        }
        let place = |fault: Fault| Fault { line: fault.line + 1, ..fault };
        let all: BTreeMap<String, Value> = yaml::read(front).map_err(place)?;
        let mut head: Head = yaml::read(front).map_err(|fault| place(blame(front, &all, fault)))?;
        head.unknown = all.into_iter().filter(|(key, _)| !KEYS.contains(&key.as_str())).collect();
        Ok(Self { head, body })
    }

    /// The page of a file whose front matter has been read before.
    pub fn again(head: Head, text: &str) -> Option<Self> {
        let (_, body) = split(text.strip_prefix('\u{feff}').unwrap_or(text))?;
        Some(Self { head, body: body.trim_matches('\n').to_owned() })
    }

    /// Writes the page as it stands on disk, with a final newline.
    pub fn write(&self) -> String {
        let mut text = String::from("---\n");
        text.push_str(&yaml::write(&self.head));
        if !self.head.unknown.is_empty() {
            text.push_str(&yaml::write(&self.head.unknown));
        }
        text.push_str("---\n\n");
        text.push_str(self.body.trim_matches('\n'));
        text.push('\n');
        text
    }
}

/// Whether it can be seen at a glance that a front matter has no key that is not known, so that it need not
/// be read twice: every line of it is blank, indented, an entry of a list, or begins with a known key, and
/// no character but a line feed ends a line.
fn has_known_keys_only(front: &str) -> bool {
    let is_known = |line: &str| {
        line.split_once(':').is_some_and(|(key, _)| KEYS.contains(&key))
            || line.starts_with("- ")
            || line.starts_with(' ')
            || line.is_empty()
    };
    !front.trim_start_matches('\n').starts_with([' ', '-'])
        && !front.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}'])
        && front.split('\n').all(is_known)
}

/// A fault of the whole front matter, brought down to the line of the key that is to blame.
fn blame(front: &str, all: &BTreeMap<String, Value>, fault: Fault) -> Fault {
    let sound = BTreeMap::from([("title", Value::from("")), ("lang", Value::from("und"))]);
    for (key, value) in all {
        let mut tried = sound.clone();
        tried.insert(key, value.clone());
        if let Err(found) = yaml::read::<Head>(&yaml::write(&tried)) {
            let line = front.lines().position(|line| line.starts_with(&format!("{key}:")));
            let message = found.message.trim_start_matches(&format!("{key}: ")).to_owned();
            return Fault { message, line: line.map_or(1, |at| at as u32 + 1), column: 1 };
        }
    }
    let again = all.keys().find_map(|key| {
        let own =
            |(line, text): (usize, &str)| text.starts_with(&format!("{key}:")).then_some(line);
        front.lines().enumerate().filter_map(own).nth(1)
    });
    Fault { line: again.map_or(0, |at| at as u32 + 1), column: 1, ..fault }
}

/// Parts a page into its front matter and its body.
pub fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((rest.get(..at)?, rest.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_page_reads_back() {
        let mut head = Head::new("Title: “quoted” # not a comment", Lang::parse("pl").unwrap());
        head.removed.push(Removed {
            line: 3,
            rule: "share-line".into(),
            text: "- --- x: y".into(),
        });
        head.passages = vec![
            Stretch { at: 2, to: None, lang: Lang::parse("fr").unwrap() },
            Stretch { at: 4, to: Some(6), lang: Lang::parse("ar").unwrap() },
        ];
        head.unknown.insert("shelfmark".into(), Value::from("A 12"));
        head.date = Date::parse("2022-01-10");
        head.statement = Some("none".into());
        let page = Page { head, body: "One.\n\n---\n\nTwo.".into() };
        assert_eq!(Page::read(&page.write()).unwrap(), page);
        let spoken = |number| page.head.lang_of(number).map(Lang::as_str);
        assert_eq!(
            [1, 2, 3, 4, 6, 7].map(spoken),
            [None, Some("fr"), None, Some("ar"), Some("ar"), None]
        );
    }

    #[test]
    fn an_unknown_key_is_kept_however_it_is_written() {
        for front in [
            "title: a\nlang: pl\nx: 1",
            "\"x\": 1\ntitle: a\nlang: pl",
            "\n  title: a\n  lang: pl\n  x: 1",
            "{title: a, lang: pl, x: 1}",
            "title: a\rlang: pl\rx: 1",
            "title: a\u{2028}lang: pl\u{2028}x: 1",
            "title: a\nlang: pl\nx : 1",
            "title: a\nlang: pl\n? x\n: 1",
        ] {
            let page = Page::read(&format!("---\n{front}\n---\n\nText.\n")).unwrap();
            assert_eq!(page.head.unknown.keys().collect::<Vec<_>>(), ["x"], "{front}");
        }
        let known = "---\ntitle: a\nlang: pl\ntags:\n- x\nremoved:\n- line: 1\n  rule: x\n  text: 'y: z'\n---\n";
        assert!(Page::read(known).unwrap().head.unknown.is_empty());
    }

    #[test]
    fn a_title_made_of_the_first_words_is_not_its_own() {
        let page = |title: &str| Page {
            head: Head::new(title, Lang::undetermined()),
            body: "*Nous* appelons, aujourd’hui, à la paix.".into(),
        };
        assert!(!page("Nous appelons, aujourd’hui…").has_own_title());
        assert!(page("Nous appelons, aujourd’hui").has_own_title());
        assert!(page("Appel à la paix…").has_own_title());
        assert!(!page("Nous appelons, aujourd’hui, à la paix").has_own_title());
    }

    #[test]
    fn a_fault_names_the_line_of_the_file() {
        let fault =
            Page::read("---\ntitle: A\nlang: en\ndate: yesterday\n---\nText\n").unwrap_err();
        assert_eq!(fault.line, 4);
        assert!(fault.message.contains("`yesterday` is not a date"), "{}", fault.message);
        assert_eq!(Page::read("no front matter").unwrap_err().line, 1);
    }
}
