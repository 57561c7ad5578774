//! The search at scale: how long the index takes, how large it is, and what a question costs.
//!
//! `cargo bench --bench search -- 100000` builds the index of so many generated texts, with and without
//! entries kept from before, and puts questions to it in Chromium where one is found. Where
//! `HEXAPLA_PAGEFIND` names that program, it reads the same texts as plain pages in the same run.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark tells what it measured and stops where it is surprised"
)]

#[path = "../tests/it/browser/devtools.rs"]
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
mod devtools;
#[path = "peers/measure.rs"]
mod measure;
#[path = "../tests/it/browser/wire.rs"]
mod wire;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hexapla::arrange::{Archive, Document, DocumentId, Relation, Statement, StatementId, Version};
use hexapla::collate::names::Names;
use hexapla::collate::{Cell, Part, Synopsis, Unit};
use hexapla::compose::search::{Entry, Index};
use hexapla::compose::{Material, Options, ThemeFiles, compose, default_theme};
use hexapla::daybook::{Daybook, Drawer};
use hexapla::vocab::date::Date;
use hexapla::vocab::digest::Fingerprint;
use hexapla::vocab::lang::Lang;
use hexapla::vocab::page::{Head, Page};
use hexapla::vocab::prose::passages;
use rayon::prelude::*;
use serde_json::{Value, json};

use self::measure::Cost;

/// The languages of the texts, with the syllables their words are made of.
const LANGUAGES: [(&str, &str, &str); 5] = [
    ("ar", "ب ت ج د ر س ش ف ق ك ل م ن ه", "ا و ي ة"),
    ("en", "b c d f g h l m n p r s t w", "a e i o"),
    ("pl", "b c d ł g ś l m n p r s t w", "a ę i ó"),
    ("ru", "б в г д ж з к л м н п р с т", "а е и о"),
    ("zh-Hans", "", ""),
];

/// Numbers that look like chance and are the same in every run (`SplitMix64`, Steele and others 2014).
struct Chance(u64);

impl Chance {
    /// The next number.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ it >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ it >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ it >> 31
    }

    /// The rank of a word, as often as Zipf's law has it (exponent 1.22, shifted by 2.7
    /// after Mandelbrot).
    fn rank(&mut self) -> u64 {
        let even = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        (2.7 * (1.0 - even).powf(-4.5) - 2.7).min(5e7) as u64
    }
}

/// The word of a rank.
fn word(language: usize, mut rank: u64, text: &mut String) {
    let (tag, consonants, vowels) = LANGUAGES[language];
    if tag.starts_with("zh") {
        let character = char::from_u32(0x4e00 + (rank % 6000) as u32).unwrap();
        return text.push(character);
    }
    let consonants: Vec<&str> = consonants.split(' ').collect();
    let vowels: Vec<&str> = vowels.split(' ').collect();
    loop {
        text.push_str(consonants[(rank % 14) as usize]);
        text.push_str(vowels[(rank / 14 % 4) as usize]);
        rank /= 56;
        if rank == 0 {
            break;
        }
    }
}

/// A text: about 350 words in eight paragraphs, some of which come back in it.
fn text(number: usize) -> Page {
    let language = number % LANGUAGES.len();
    let spaced = language < 4;
    let mut chance = Chance(number as u64);
    let length = if spaced { 200 + chance.next() % 300 } else { 500 + chance.next() % 500 };
    let (mut body, mut said) = (String::new(), vec![0]);
    for at in 0..length {
        let again = chance.next().is_multiple_of(4);
        let rank = if again { said[(chance.next() as usize) % said.len()] } else { chance.rank() };
        said.push(rank);
        word(language, rank, &mut body);
        let end = at % (length / 8) == length / 8 - 1;
        body.push_str(if end {
            ".\n\n"
        } else if spaced {
            " "
        } else {
            ""
        });
    }
    let mut title = String::new();
    for rank in &said[1..7] {
        word(language, *rank + 5, &mut title);
        title.push_str(if spaced { " " } else { "" });
    }
    let mut head = Head::new(title.trim(), Lang::parse(LANGUAGES[language].0).unwrap());
    let day = number / 7 % 6000;
    head.date =
        Date::parse(&format!("{}-{:02}-{:02}", 2008 + day / 360, day / 30 % 12 + 1, day % 30 + 1));
    head.outlet = Some(format!("Outlet {}", number % 211));
    Page { head, body }
}

/// An archive of so many texts, of which each half ten are two statements of five versions.
fn archive(count: usize) -> (Archive, Vec<Synopsis>) {
    let documents = (0..count)
        .into_par_iter()
        .map(|number| Document {
            name: format!("{}/text-{number:07}", LANGUAGES[number % 5].0.to_lowercase()),
            head: Arc::new(text(number).head),
            digest: String::new(),
            statement: None,
        })
        .collect();
    let mut archive = Archive { documents, statements: Vec::new() };
    for first in (0..count.saturating_sub(4)).step_by(10) {
        let id = StatementId(archive.statements.len() as u32);
        let version = |at: usize| Version {
            document: DocumentId((first + at) as u32),
            confidence: 90,
            pinned: false,
            reason: None,
            relation: Relation::Translation,
        };
        archive.statements.push(Statement {
            slug: format!("statement-{first:07}"),
            title: archive.documents[first].head.title.clone(),
            versions: (0..5).map(version).collect(),
            related: Vec::new(),
        });
        archive.documents[first..first + 5].iter_mut().for_each(|it| it.statement = Some(id));
    }
    let synopses = archive.statements.par_iter().map(synopsis).collect();
    (archive, synopses)
}

/// The nth passage of each version beside the nth of the others.
fn synopsis(statement: &Statement) -> Synopsis {
    let pages = statement.versions.iter().map(|it| text(it.document.0 as usize));
    let lengths: Vec<Vec<u32>> = pages
        .map(|it| passages(&it.body).iter().map(|it| it.text.len() as u32).collect())
        .collect();
    let unit = |at: usize| Unit {
        cells: lengths
            .iter()
            .map(|own| {
                let part = own.get(at).map(|&to| Part {
                    passage: at as u32 + 1,
                    from: 0,
                    to,
                    again: false,
                });
                Cell { parts: part.into_iter().collect(), ..Cell::default() }
            })
            .collect(),
        lines: Vec::new(),
        confidence: 90,
        reviewed: false,
    };
    Synopsis { units: (0..8).map(unit).collect(), findings: Vec::new() }
}

/// Seconds of processor time that this process has used, and the most memory it has held, in MB.
fn used() -> (f64, u64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or_default();
    let peak = peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0);
    ((ticks(11) + ticks(12)) / 100.0, peak / 1024)
}

/// Does something and tells what it took.
fn timed<T>(what: &str, work: impl FnOnce() -> T) -> (T, Cost) {
    let (clock, before) = (Instant::now(), used().0);
    let value = work();
    let (after, peak) = used();
    let processor = Duration::from_secs_f64(after - before);
    let cost = Cost { wall: clock.elapsed(), processor, memory: peak * 1_000_000 };
    println!("{what:44} {} so far", told(&cost));
    (value, cost)
}

/// A cost in words.
fn told(cost: &Cost) -> String {
    format!(
        "{:7.2} s of the clock, {:7.2} s of processors, {} MB at most",
        cost.wall.as_secs_f64(),
        cost.processor.as_secs_f64(),
        cost.memory / 1_000_000
    )
}

fn main() {
    let count = std::env::args().skip(1).find_map(|it| it.parse().ok()).unwrap_or(10_000);
    let (archive, synopses) = archive(count);
    timed("texts generated, for comparison", || {
        (0..count).into_par_iter().map(|it| text(it).body.len()).sum::<usize>()
    });
    timed("entries alone", || {
        (0..count).into_par_iter().map(|it| drop(Entry::of(&text(it)))).count()
    });
    let folder = tempfile::tempdir().unwrap();
    let daybook = Daybook::open(&folder.path().join("daybook")).unwrap();
    let names = Names::default();
    let index = |what| {
        let kept = daybook.drawer("parts");
        let build = || drop(Index::build(&material(&archive, &synopses, (&names, &kept))));
        let taken = timed(what, build).1;
        kept.close(&daybook);
        taken
    };
    let ours = index("index of generated texts");
    index("index of kept parts");
    write_site(&archive, &synopses, folder.path());
    question(folder.path());
    if let Some(program) = std::env::var_os("HEXAPLA_PAGEFIND") {
        beside(&ours, &mut Command::new(program), count);
    }
}

/// Lets Pagefind index the same texts, and tells how our index compares. Ours makes the texts while it
/// reads them, where Pagefind finds them on the disk.
fn beside(ours: &Cost, pagefind: &mut Command, count: usize) {
    let folder = tempfile::tempdir().unwrap();
    write_html(count, folder.path());
    let theirs = measure::run(pagefind.arg("--site").arg(folder.path())).unwrap();
    println!("{:44} {}", "Pagefind on the same texts", told(&theirs));
    println!(
        "ours: {:.2} of its time, {:.2} of its processor time, {:.2} of its memory",
        ours.wall.div_duration_f64(theirs.wall),
        ours.processor.div_duration_f64(theirs.processor),
        ours.memory as f64 / theirs.memory as f64
    );
}

/// Writes the texts as plain pages.
fn write_html(count: usize, folder: &Path) {
    for number in 0..count {
        let page = text(number);
        let mut html = format!(
            "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><title>{}</title><body><h1>{1}</h1>",
            page.head.lang, page.head.title
        );
        for passage in passages(&page.body) {
            write!(html, "<p>{}</p>", passage.text).unwrap();
        }
        let file = folder.join(format!("{:03}/{number:07}.html", number % 256));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, html).unwrap();
    }
}

/// What the site of generated texts is made of.
fn material<'a>(
    archive: &'a Archive,
    synopses: &'a [Synopsis],
    (names, kept): (&'a Names, &'a Drawer),
) -> Material<'a> {
    Material {
        archive,
        synopses,
        names,
        page: &|id| Some(text(id.0 as usize)),
        seed: &|_| None,
        seed_digest: &|_| None,
        text: &|id| Some(Fingerprint::of(&id)),
        kept,
        leads_on: &|_| false,
    }
}

/// Writes the search of an archive, without its other pages, and tells how large it is.
fn write_site(archive: &Archive, synopses: &[Synopsis], folder: &Path) {
    let (names, kept) = (Names::default(), Daybook::default().drawer("none"));
    let material = material(archive, synopses, (&names, &kept));
    let theme: ThemeFiles =
        default_theme().iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let options = Options { title: "Generated".into(), ..Options::default() };
    let site = timed("site planned", || compose(material, &theme, &options).unwrap()).0;
    let wanted =
        |path: &&str| path.starts_with("search") || ["style.css", "theme.js"].contains(path);
    let paths: Vec<&str> = site.paths().into_iter().filter(wanted).collect();
    let sizes: Vec<(&str, usize)> = timed("files of the search rendered and written", || {
        let write = |path: &&str| {
            let bytes = site.render(path).unwrap();
            let file = folder.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, &bytes).unwrap();
            bytes.len()
        };
        paths.par_iter().map(|path| (*path, write(path))).collect()
    })
    .0;
    let directory = String::from_utf8(site.render("search/index.js").unwrap()).unwrap();
    let terms = directory.split("\"terms\":").nth(1).unwrap().trim_end_matches(")\n");
    println!("{:44} {}", "terms", terms.trim_end_matches('}'));
    for part in ["search/index.js", "search/k/", "search/t/", "search/p/", "search/c/", "search/d/"]
    {
        let own: Vec<usize> =
            sizes.iter().filter(|it| it.0.starts_with(part)).map(|it| it.1).collect();
        println!(
            "{part:44} {:7} files, {:9} kB, largest {:5} kB",
            own.len(),
            own.iter().sum::<usize>() / 1000,
            own.iter().max().unwrap_or(&0) / 1000
        );
    }
}

/// Puts questions to the search in a browser and tells what they cost.
fn question(folder: &Path) {
    let Some(program) = devtools::find() else { return println!("no Chromium is found") };
    let mut browser = devtools::Browser::start(&program);
    let home = format!("file://{}", folder.display());
    let events = browser.open(&format!("{home}/search.html"));
    browser.eval("hexapla.open().then(() => 0)");
    let own = |it: &Value| {
        asked(it).is_some_and(|it| !it.contains("style.css") && !it.contains("theme.js"))
    };
    let mut events: Vec<Value> = events.into_iter().chain(browser.heard()).filter(own).collect();
    println!("first load: {} bytes in {} files", size(&events, folder), events.len());
    let frequent = |language, ranks: [u64; 3]| {
        let mut words = String::new();
        for it in ranks {
            word(language, it, &mut words);
            words.push(' ');
        }
        words.trim().to_owned()
    };
    for words in [
        frequent(1, [3, 11, 29]),
        frequent(1, [60, 211, 350]),
        frequent(2, [300, 911, 1500]),
        frequent(3, [500, 3000, 7000]),
        frequent(0, [120, 250, 90_000]),
        format!("\"{}\"", frequent(3, [60, 211, 70])),
    ] {
        // A fresh page each time, so that nothing is kept from the question before.
        let fresh = |browser: &mut devtools::Browser| {
            browser.open(&format!("{home}/search.html"));
            browser.eval("hexapla.open().then(() => 0)");
            browser.heard();
        };
        fresh(&mut browser);
        let told = browser.eval(&format!("({AT_ONCE})({})", json!(words)));
        events = browser.heard();
        fresh(&mut browser);
        let typed = browser.eval(&format!("({TYPED})({}, {})", json!(words), told[0]));
        println!(
            "{words}: {} documents; asked at once: ranked in {} ms, texts there after {} ms, {} bytes in {} files; typed: shown {typed} ms after the last word",
            told[0],
            told[1],
            told[2],
            size(&events, folder),
            events.iter().filter_map(asked).count()
        );
    }
}

/// Puts a question to the index: how many documents it finds, after how many milliseconds they are in order,
/// and after how many the texts of the first ten are there.
const AT_ONCE: &str = "async (words) => {
  const from = performance.now(), got = await hexapla.ask(words, {}), ranked = performance.now();
  const places = await Promise.all(got.best.slice(0, 10).map(it => hexapla.place(got.index, it)));
  await Promise.all(places.map(it => hexapla.texts(it.file)));
  return [got.total, ranked - from, performance.now() - from].map(Math.round);
}";

/// Types a question into the page, a word every fifth of a second, and sends it off with the last word: after
/// how many milliseconds the first hit is shown, or that there is none.
const TYPED: &str = "async (words, total) => {
  const field = document.getElementById('ask'), told = document.getElementById('told'), hits = document.getElementById('hits');
  const type = text => { field.value = text; field.dispatchEvent(new Event('input')); };
  for (let at = words.indexOf(' '); at > 0; at = words.indexOf(' ', at + 1)) {
    type(words.slice(0, at + 1));
    await new Promise(done => setTimeout(done, 200));
  }
  type(words);
  const from = performance.now();
  field.form.requestSubmit();
  const busy = told.textContent;
  while (total ? !hits.firstChild : told.textContent === busy) await new Promise(done => setTimeout(done));
  return Math.round(performance.now() - from);
}";

/// The address that was asked for.
fn asked(event: &Value) -> Option<&str> {
    (event["method"] == "Network.requestWillBeSent")
        .then(|| event["params"]["request"]["url"].as_str())?
}

/// How large the files are that were asked for.
fn size(events: &[Value], folder: &Path) -> u64 {
    let path = |url: &str| url.split(['?', '#']).next().unwrap().replace("file://", "");
    let inside = events
        .iter()
        .filter_map(asked)
        .map(path)
        .filter(|it| it.starts_with(&*folder.to_string_lossy()));
    inside.filter_map(|it| std::fs::metadata(it).ok()).map(|it| it.len()).sum()
}
