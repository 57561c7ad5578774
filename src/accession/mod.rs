//! Accession, the first stage: raw texts become content pages, and every cut line is recorded.
//!
//! Takes the bytes of seeds and decides what becomes of their pages; it writes nothing. A page that a
//! curator has edited is never replaced. Two passes: [`accession`] surveys all seeds for what the
//! archive itself shows (lines that stand in many texts are furniture); the [`Accession`] it returns
//! takes in one seed at a time, in any order and from any thread.

mod body;
mod clean;
mod dates;
mod describe;
mod draft;
mod evidence;
mod fate;
mod formats;
mod frame;
mod given;
mod hidden;
pub mod identify;
mod language;
mod markdown;
mod masthead;
pub mod register;
mod rules;
mod sections;
mod sides;
mod spoken;
mod survey;
mod when;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use self::describe::{Described, describe};
use self::draft::{Draft, Line};
use self::evidence::Evidence;
pub use self::fate::{Known, page_digest};
use self::identify::{Identification, Sharpened};
use self::sides::Sides;
pub use self::sides::is_seed;
use self::survey::{Survey, Traces};
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};
use crate::vocab::digest::{self, Fingerprint};
use crate::vocab::fold;
use crate::vocab::slug::slug;

use crate::vocab::page::Page;

/// How the bytes of a seed are fetched by its path inside the seeds folder.
pub type Fetch<'a> = &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync);

/// What accession is told about the archive.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the fields of JSON objects and CSV rows mean: the key of a front matter, or `text`, by the
    /// name of the field. The usual names are known without it.
    pub fields: std::collections::BTreeMap<String, String>,
}

/// What the survey of all seeds showed; takes in each of them.
#[derive(Debug)]
pub struct Accession {
    evidence: Evidence,
    sides: Sides,
    names: formats::Names,
    /// The fingerprint of what the archive shows, and of the options.
    archive: Fingerprint,
}

/// What the archive already holds of a seed: its page as it is on disk, and as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Path of the page inside the content folder.
    pub path: String,
    /// The page's text as it is on disk; `None` where the page is gone.
    pub text: Option<String>,
    /// Digest of the page when Hexapla last wrote it.
    pub digest: String,
}

/// What became of one document of a seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake {
    /// The seed, as its path inside the seeds folder.
    pub seed: String,
    /// Which document of the seed, counted from 0: a seed may hold many.
    pub part: u32,
    /// Path of the page inside the content folder, such as `pl/komentarz-ministerstwa-25dd91.md`.
    pub path: String,
    /// The page as the seed gives it.
    pub page: Page,
    /// Line of the seed, counted from 1, where the title stands; `None` where the title was made of
    /// the first words of the text, or came from a side file.
    pub title_line: Option<u32>,
    /// For each passage of the body the line of the seed, counted from 1, where it begins.
    pub lines: Vec<u32>,
    /// What is to be done with the page on disk.
    pub fate: Fate,
}

/// What is to be done with a page on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// There is none: write it.
    New,
    /// The seed or the program changed and nobody edited the page: write it again.
    Refreshed,
    /// It says what the seed says: leave it.
    Unchanged,
    /// A curator edited it: leave it.
    KeptByHand,
}

/// What one seed gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// Its documents: usually one.
    pub documents: Vec<Intake>,
    /// What was seen on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// How much of a text is kept while the languages of the archive are counted, in bytes.
const SAMPLE: usize = 256;

/// Surveys all seeds, side files and tables of sources among `names`.
pub fn accession(names: &[String], fetch: Fetch, options: &Options) -> Accession {
    let glance = |name: &String| glance(name, &fetch(name)?, options);
    let seeds = names.par_iter().filter(|name| is_seed(name));
    let glances: Vec<Glance> = seeds.filter_map(glance).collect();
    survey(names, &glances.iter().collect::<Vec<_>>(), fetch, options)
}

/// Looks at a seed for the survey; `None` where it holds no text.
pub fn glance(name: &str, bytes: &[u8], options: &Options) -> Option<Glance> {
    formats::lines_of(name, bytes, &options.fields).map(|it| Glance::of(&it))
}

/// Surveys all seeds among `names` from what was seen at a glance, in any order, and reads side files and
/// tables of sources.
pub fn survey(names: &[String], seen: &[&Glance], fetch: Fetch, options: &Options) -> Accession {
    let mut names: Vec<String> = names.to_vec();
    names.sort();
    let sides = Sides::read(&names, fetch);
    let spoken: Vec<(&str, Identification)> =
        seen.iter().map(|it| (it.sample.as_str(), it.spoken.clone())).collect();
    let languages = Sharpened::learn(&spoken);
    let texts: Vec<&Traces> = seen.iter().map(|it| &it.traces).collect();
    let evidence = Evidence { survey: Survey::of(&texts), languages, ..Evidence::load() };
    let names = options.fields.clone();
    let archive = Fingerprint::of(&(evidence.survey.print(), evidence.languages.print(), &names));
    Accession { evidence, sides, names, archive }
}

/// What the survey keeps of one text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Glance {
    traces: Traces,
    sample: String,
    spoken: Identification,
}

impl Glance {
    /// Looks at the lines of a text.
    fn of(lines: &[Line]) -> Self {
        let (spoken, mut sample) = language::read(lines.iter(), &Sharpened::default());
        sample.truncate(sample.floor_char_boundary(SAMPLE));
        Self { traces: Traces::of(lines), sample, spoken }
    }
}

impl Accession {
    /// What was seen in side files and tables of sources.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.sides.diagnostics
    }

    /// The fingerprint of what taking in a seed hangs on besides its bytes and its page on disk: what the
    /// archive shows, and what is stated beside the seed.
    pub fn print(&self, name: &str) -> Fingerprint {
        let side = self.sides.of(name).map(|given| format!("{given:?}"));
        Fingerprint::of(&(self.archive, side))
    }

    /// Takes in one seed. `holding` tells what the archive already holds of a part of it.
    pub fn take(
        &self,
        name: &str,
        bytes: &[u8],
        holding: &dyn Fn(u32) -> Option<Holding>,
    ) -> Taken {
        let label = self.sides.of(name).and_then(|side| side.text("encoding"));
        let mut taken = Taken::default();
        let how = formats::Reading { name, label: label.as_deref(), names: &self.names, depth: 0 };
        match formats::read(bytes, how) {
            Err(diagnostic) => taken.diagnostics.push(diagnostic),
            Ok(read) => {
                let sha256 = digest::sha256(bytes);
                if read.lossy {
                    taken.say(Code::DecodedWithLoss, name, "some bytes do not fit the encoding");
                }
                if read.cut_short {
                    let message = "the file is damaged, ends in the middle or is too large";
                    taken.say(Code::CutShort, name, message);
                }
                if read.drafts.is_empty() {
                    taken.say(Code::EmptySeed, name, "the seed holds no text");
                }
                for (part, draft) in (0u32..).zip(read.drafts) {
                    let encoding = draft.encoding.clone().unwrap_or_else(|| read.encoding.clone());
                    let seed = Seed { name, part, sha256: &sha256, encoding: &encoding };
                    self.document(&seed, draft, holding(part), &mut taken);
                }
            }
        }
        taken
    }

    /// Tells the language of the first text of a file, furniture aside; `None` where it holds none.
    pub fn tell(&self, name: &str, bytes: &[u8]) -> Option<Identification> {
        let how = formats::Reading { name, label: None, names: &self.names, depth: 0 };
        let mut draft = formats::read(bytes, how).ok()?.drafts.into_iter().next()?;
        let cleaned = clean::clean(&mut draft, &self.evidence);
        let title = draft.given.text("title").map(|text| Line { text, ..Line::default() });
        let said = title.iter().chain(cleaned.said());
        let (found, sample) = language::read(said, &Sharpened::default());
        (!sample.is_empty()).then_some(found)
    }

    /// Makes the page of one document of a seed.
    fn document(&self, seed: &Seed, draft: Draft, holding: Option<Holding>, taken: &mut Taken) {
        for (code, line, message) in &draft.notes {
            let place = Place::line(seed.name, *line, "");
            taken.diagnostics.push(Diagnostic::new(*code, place, message.as_str()));
        }
        let empty = draft.lines.is_empty();
        let said = empty && !draft.notes.is_empty();
        let Some(mut described) = describe(draft, self.sides.of(seed.name), &self.evidence) else {
            if said {
                return;
            }
            if empty {
                taken.say(Code::EmptySeed, seed.name, "the seed holds no text");
            } else {
                taken.say(Code::NothingLeft, seed.name, "everything in the seed is furniture");
            }
            return;
        };
        seed.sign(&mut described.page);
        taken.report(seed.name, &described);
        let (fate, diagnostic) = fate::decide(&described.page, holding.as_ref());
        taken.diagnostics.extend(diagnostic);
        let path = holding.map_or_else(|| seed.path(&described.page), |it| it.path);
        let Described { page, title_line, lines, .. } = described;
        let (seed, part) = (seed.name.to_owned(), seed.part);
        taken.documents.push(Intake { seed, part, path, page, title_line, lines, fate });
    }
}

impl Taken {
    /// Notes something about a whole seed.
    fn say(&mut self, code: Code, seed: &str, message: &str) {
        self.diagnostics.push(Diagnostic::new(code, Place::file(seed), message));
    }

    /// Notes what is doubtful in a description.
    fn report(&mut self, seed: &str, described: &Described) {
        for (key, value) in &described.faults {
            let message = match value.as_str() {
                "" => format!("the value of `{key}` is not allowed"),
                value => format!("the value `{value}` of `{key}` is not allowed"),
            };
            let diagnostic = Diagnostic::new(Code::BadSideFile, Place::file(seed), message);
            self.diagnostics.push(diagnostic.hint(given::allowed(key)));
        }
        if described.page.head.lang.is_undetermined() {
            self.say(Code::UnknownLanguage, seed, "the language cannot be told");
        }
    }
}

/// A document of a seed.
struct Seed<'a> {
    name: &'a str,
    part: u32,
    sha256: &'a str,
    encoding: &'a str,
}

impl Seed<'_> {
    /// Writes into a page where it comes from.
    fn sign(&self, page: &mut Page) {
        page.head.seed = Some(self.name.to_owned());
        page.head.sha256 = Some(self.sha256.to_owned());
        page.head.encoding = (self.encoding != "utf-8").then(|| self.encoding.to_owned());
    }

    /// The path of a new page.
    fn path(&self, page: &Page) -> String {
        let id = digest::short(format!("{}#{}", self.name, self.part).as_bytes(), 6);
        let lang = page.head.lang.as_str().to_ascii_lowercase();
        match slug(&page.head.title) {
            slug if slug.is_empty() => format!("{lang}/text-{id}.md"),
            slug => format!("{lang}/{slug}-{id}.md"),
        }
    }
}
