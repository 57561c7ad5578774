//! The search: the fold in both its languages, the index as its script reads it, and the page in a
//! browser.

mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use hexapla::collate::names::{Form, Name};
use hexapla::compose::Search;
use hexapla::compose::search::fold::{Role, fold};
use hexapla::vocab::lang::Lang;
use hexapla::vocab::page::Page;
use hexapla::vocab::prose::passages;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use serde_json::{Value, json};

use crate::browser::devtools::Browser;
use crate::browser::{browser, faults, publish, write};
use crate::stand::{Stand, page, sample};
use crate::theme::theme;
use reader::Reader;

/// The vectors: spellings that must fold alike, and the terms they fold to.
fn vectors() -> Vec<(Vec<&'static str>, &'static str)> {
    let lines = include_str!("search/vectors.txt").lines().filter(|it| !it.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            (fields[1].split('|').collect(), fields[2])
        })
        .collect()
}

/// The terms of a text as the vectors write them.
fn folded(text: &str) -> String {
    let mut terms = Vec::new();
    fold(text, 0, &mut |term| {
        let role = match term.role {
            Role::Main => "",
            Role::Bare => "~1",
            Role::Stem => "~2",
            Role::Single => "~3",
        };
        terms.push(format!("{}@{}{role}", term.text, term.position));
    });
    terms.join(" ")
}

/// Characters of the basic plane from one number on, but for some, each in a text that shows how it joins.
fn probes(from: u32, but: &BTreeSet<u32>) -> Vec<String> {
    let probe = |c: char| format!("a{c}b {c}{c} ب{c}");
    let wanted = (from..from + 0x100).filter(|it| !but.contains(it));
    wanted.filter_map(char::from_u32).map(probe).collect()
}

/// The characters of the basic plane that Unicode as the program knows it does not have yet.
fn unassigned() -> BTreeSet<u32> {
    let categories = CodePointMapData::<GeneralCategory>::new();
    (0..0x1_0000).filter(|&it| categories.get32(it) == GeneralCategory::Unassigned).collect()
}

/// A hash of texts that a script can make as well (FNV-1a over units of UTF-16).
fn print(texts: &[String]) -> u32 {
    let units = texts.iter().flat_map(|it| it.encode_utf16());
    units.fold(0x811c_9dc5, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193))
}

/// The fold as the page has it, and the vectors and probes put to it.
const TWIN: &str = r"
    const shown = text => hexapla.fold(text).map(it => it.t + '@' + it.p + (it.r ? '~' + it.r : '')).join(' ');
    const places = text => hexapla.fold(text).every(it => it.s < it.e && it.e <= text.length);
    const print = from => {
        let hash = 0x811c9dc5;
        for (let code = from; code < from + 0x100; code++) {
            if (unassigned.has(code)) continue;
            const c = String.fromCharCode(code);
            for (const unit of shown('a' + c + 'b ' + c + c + ' ب' + c).split('')) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
        }
        return hash >>> 0;
    };";

#[test]
fn spellings_fold_alike() {
    let vectors = vectors();
    assert!(vectors.iter().map(|it| it.0.len()).sum::<usize>() >= 300);
    for (spellings, terms) in vectors {
        for text in spellings {
            assert_eq!(folded(text), terms, "{text}");
        }
    }
}

#[test]
fn the_script_folds_as_the_program_does() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    browser.open(&format!("{home}/search.html"));
    browser
        .eval(&format!("(() => {{ {TWIN} Object.assign(window, {{shown, places, print}}); }})()"));
    let texts: Vec<&str> = vectors().into_iter().flat_map(|it| it.0).collect();
    let told = browser.eval(&format!("{}.map(shown)", json!(texts)));
    for (text, told) in texts.iter().zip(told.as_array().unwrap()) {
        assert_eq!(*told, json!(folded(text)), "{text}");
    }
    assert_eq!(browser.eval(&format!("{}.every(places)", json!(texts))), json!(true));
    // A browser may know characters that the program does not know yet, and the other way round.
    let mut unassigned = unassigned();
    let theirs = browser.eval(
        r"Array.from({length: 0x10000}, (_, it) => it).filter(it => /[\p{Cn}\p{Cs}]/u.test(String.fromCharCode(it)))",
    );
    unassigned.extend(theirs.as_array().unwrap().iter().map(|it| it.as_u64().unwrap() as u32));
    browser.eval(&format!("window.unassigned = new Set({}); 0", json!(unassigned)));
    let blocks: Vec<u32> = (0..0x100).filter(|it| !(0xd8..0xe0).contains(it)).collect();
    let told = browser.eval(&format!("{}.map(it => print(it * 256))", json!(blocks)));
    let differ = blocks.iter().zip(told.as_array().unwrap()).filter(|(block, told)| {
        let texts: Vec<String> =
            probes(*block * 0x100, &unassigned).iter().map(|it| folded(it)).collect();
        **told != json!(print(&texts))
    });
    let differ: Vec<String> = differ.map(|(block, _)| format!("U+{block:02X}00")).collect();
    assert!(differ.is_empty(), "characters fold otherwise in {differ:?}");
}

#[test]
fn a_word_is_found_in_each_text_that_has_it() {
    let stand = sample();
    let reader = Reader::open(&stand.files());
    let found = |term: &str| {
        let documents = reader.documents(term);
        documents.iter().map(|it| format!("{} {}", it.0, it.1)).collect::<Vec<_>>()
    };
    // Arabic, English, French, Chinese: the order of the tags, and the weight behind the number.
    assert_eq!(found("quay"), ["1 7", "2 7"]);
    assert_eq!(found("quai"), ["3 7"]);
    assert_eq!(found("40"), ["0 4", "2 5", "3 4"]);
    assert_eq!(found("码头"), ["4 7"]);
    assert_eq!(found("رصيف"), ["0 7"]);
    assert_eq!(found("الرصيف"), ["0 7"]);
    assert_eq!(found("absent"), [""; 0]);
    let own = |number: usize| reader.text(number)["h"].as_str().unwrap().to_owned();
    assert_eq!(own(0), "documents/ar/maktab.html");
    assert_eq!(own(4), "documents/zh-hans/ganwu.html");
}

#[test]
fn every_term_of_every_text_stands_where_the_index_says() {
    let stand = sample();
    let reader = Reader::open(&stand.files());
    for number in 0..stand.pages.len() {
        let text = reader.text(number);
        let name = text["h"].as_str().unwrap().replace("documents/", "").replace(".html", "");
        let at = stand.archive.documents.iter().position(|it| it.name == name).unwrap();
        let own = &stand.pages[at];
        let all: Vec<String> = std::iter::once(own.head.title.clone())
            .chain(passages(&own.body).into_iter().map(|it| it.text))
            .collect();
        assert_eq!(text["p"], json!(all));
        let mut expected: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut position = 0;
        for passage in &all {
            let next = fold(passage, position, &mut |term| {
                expected.entry(term.text.to_owned()).or_default().push(term.position);
            });
            position = next + 4;
        }
        for (term, positions) in expected {
            assert_eq!(reader.positions(&term, number), positions, "{term} in {name}");
        }
    }
}

/// An archive of texts that share some words, with two words of its own each.
fn generated(count: usize) -> Stand {
    let lang = |at: usize| ["en", "fr", "pl"][at % 3];
    let body = |at: usize| {
        let common = (0..60).map(|it| format!("word{} ", at * 7 % 50 + it * it % 97));
        format!(
            "{}own{at} rare{}.\n\nSecond passage{}.",
            common.collect::<String>(),
            at / 2,
            at % 9
        )
    };
    let names: Vec<String> = (0..count).map(|at| format!("{}/text-{at:04}", lang(at))).collect();
    let pages = (0..count).map(|at| page(lang(at), &format!("Title {at}"), &body(at)));
    Stand::of(names.iter().map(String::as_str).zip(pages).collect())
}

/// The files of the index.
fn index(stand: &Stand) -> BTreeMap<String, String> {
    stand.files().into_iter().filter(|(path, _)| path.starts_with("search/")).collect()
}

/// The digests of the files of the index.
fn prints(stand: &Stand) -> BTreeMap<String, String> {
    stand.site(|site| {
        let paths = site.paths().into_iter().filter(|it| it.starts_with("search/"));
        paths.map(|it| (it.to_owned(), site.fingerprint(it).to_string())).collect()
    })
}

/// Which paths two sets of files do not have alike.
fn changed(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) -> BTreeSet<String> {
    let all: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    all.into_iter().filter(|it| a.get(*it) != b.get(*it)).cloned().collect()
}

#[test]
fn what_is_read_first_stays_small_where_there_are_many_shards() {
    let files = index(&generated(4000));
    let count = |folder: &str| files.keys().filter(|it| it.starts_with(folder)).count();
    let (shards, groups) = (count("search/t/"), count("search/k/"));
    assert!(shards > 15 && groups * 4 < shards, "{groups} groups of {shards} shards");
}

#[test]
fn an_edit_rewrites_few_files_and_their_prints_tell_which() {
    let mut stand = generated(1500);
    let (before, told) = (index(&stand), prints(&stand));
    assert!(before.len() > 60, "{}", before.len());
    let place = 700;
    stand.pages[place].body = stand.pages[place].body.replace("Second", "Edited");
    stand.archive.documents[place].digest = "another".into();
    let (after, retold) = (index(&stand), prints(&stand));
    let rewritten = changed(&before, &after);
    assert_eq!(rewritten, changed(&told, &retold));
    // The texts, the words that came and went with their positions, and at most one border moved.
    assert!((3..12).contains(&rewritten.len()), "{rewritten:?}");
}

#[test]
fn a_new_text_changes_one_file_of_texts() {
    let stand = generated(900);
    let before = index(&stand);
    let names: Vec<String> = stand.archive.documents.iter().map(|it| it.name.clone()).collect();
    let old = names.iter().map(String::as_str).zip(stand.pages.iter().cloned());
    let new = ("fr/ajout", page("fr", "Ajout", "Un texte de plus."));
    let after = index(&Stand::of(old.chain([new]).collect()));
    let rewritten = changed(&before, &after);
    let texts = rewritten.iter().filter(|it| it.starts_with("search/d/"));
    assert_eq!(texts.count(), 1);
    assert!(rewritten.len() * 3 < before.len(), "{rewritten:?} of {}", before.len());
}

#[test]
fn the_index_is_the_same_with_any_number_of_threads() {
    let stand = generated(300);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| index(&stand))
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn a_site_without_search_has_no_trace_of_it() {
    let mut stand = sample();
    stand.options.search = Search::Off;
    let files = stand.files();
    assert!(!files.keys().any(|it| it.starts_with("search")), "{:?}", files.keys());
    assert!(!files["index.html"].contains("search.html"));
}

/// Opens the page of the search with a question and waits for the answer.
fn ask(browser: &mut Browser, home: &str, question: &str) -> Answer {
    let mut events = browser.open(&format!("{home}/search.html?{question}"));
    let settled = browser.eval(
        r"new Promise(done => {
            const look = () => {
                const told = document.getElementById('told'), text = told.textContent;
                const busy = !text || text.endsWith('…') || document.querySelector('#hits[aria-busy]');
                if (busy && (look.n = (look.n || 0) + 1) < 500) return setTimeout(look, 20);
                const card = it => ({
                    title: it.querySelector('h3').textContent, href: it.querySelector('h3 a').getAttribute('href'),
                    dir: it.querySelector('h3').dir, said: it.querySelector('.said').textContent,
                    marks: [...it.querySelectorAll('mark')].map(it => it.textContent),
                    beside: it.querySelector('.beside p:last-child')?.textContent ?? it.querySelector('p.beside')?.textContent ?? null,
                });
                done({told: text, also: document.getElementById('also').textContent, hits: [...document.querySelectorAll('#hits .hit')].map(card)});
            };
            look();
        })",
    );
    events.extend(browser.heard());
    assert_eq!(faults(&events, home), Vec::<String>::new(), "{question}");
    Answer(settled)
}

/// What the page shows.
struct Answer(Value);

impl Answer {
    /// Where the hits lead.
    fn hrefs(&self) -> Vec<&str> {
        let hits = self.0["hits"].as_array().unwrap().iter();
        hits.map(|it| it["href"].as_str().unwrap()).collect()
    }

    /// Where the hits lead, sorted.
    fn sorted(&self) -> Vec<&str> {
        let mut hrefs = self.hrefs();
        hrefs.sort_unstable();
        hrefs
    }

    /// A field of the first hit.
    fn first(&self, field: &str) -> &Value {
        &self.0["hits"][0][field]
    }

    /// A text of the page.
    fn text(&self, field: &str) -> &str {
        self.0[field].as_str().unwrap()
    }
}

#[test]
fn a_question_is_answered_in_the_plain_theme_too() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut stand = sample();
    stand.theme = theme("plain");
    let home = write(&stand, folder.path());
    let answer = ask(&mut browser, &home, "q=quay&beside=fr");
    assert_eq!(answer.first("beside"), "Le quai nord est fermé à partir de lundi.");
}

#[test]
fn a_question_in_any_script_is_answered_from_disk() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    let mut ask = |question: &str| ask(&mut browser, &home, question);
    let hits = |question: &str, answer: &Answer, expected: &[&str]| {
        assert_eq!(answer.hrefs(), expected, "{question}: {}", answer.0);
    };
    // A word, its inflection, a number in another notation, and scripts with and without spaces.
    let (english, french) = ("documents/en/harbour.html", "documents/fr/bureau.html");
    let arabic = "documents/ar/maktab.html";
    for (question, expected) in [
        ("q=crew", vec!["documents/en/harbour.html#p2"]),
        ("q=équipage", vec!["documents/fr/bureau.html#p2"]),
        ("q=EQUIPAGES", vec!["documents/fr/bureau.html#p2"]),
        ("q=bur*", vec!["documents/fr/bureau.html#p2"]),
        ("q=رصيف", vec!["documents/ar/maktab.html#p2"]),
        ("q=码头", vec!["documents/zh-hans/ganwu.html#p1"]),
        ("q=码", vec!["documents/zh-hans/ganwu.html#p1"]),
        ("q=头码", vec![]),
        ("q=\"northern quay is closed\"", vec!["documents/en/harbour.html#p1"]),
        ("q=\"quay northern\"", vec![]),
        ("q=quay -protest", vec!["documents/en/harbour.html#p1"]),
        ("q=quay −protest", vec!["documents/en/harbour.html#p1"]),
        ("q=crew%26exact=1", vec![]),
    ] {
        let answer = ask(&question.replace("%26", "&"));
        hits(question, &answer, &expected);
    }
    let everywhere = ask("q=٤٠");
    assert_eq!(everywhere.text("told"), "3 documents found");
    assert_eq!(
        everywhere.sorted(),
        [format!("{arabic}#p2"), format!("{english}#p1"), format!("{french}#p1")]
    );
    // Limits.
    hits("lang", &ask("q=40&lang=fr"), &["documents/fr/bureau.html#p1"]);
    hits(
        "from",
        &ask("q=40&from=2023-04&to=2023"),
        &["documents/en/harbour.html#p1", "documents/ar/maktab.html#p2"],
    );
    hits("before", &ask("q=40&to=2022"), &[]);
    let outlet = hexapla::vocab::digest::short(b"Harbour Gazette", 10);
    hits("outlet", &ask(&format!("q=40&outlet={outlet}")), &["documents/en/harbour.html#p1"]);
}

#[test]
fn a_hit_shows_its_passage_and_the_aligned_one() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    let answer = ask(&mut browser, &home, "q=crews&beside=fr");
    assert_eq!(*answer.first("title"), "Harbour Office on the closing of the northern quay");
    assert_eq!(*answer.first("said"), "The office thanks the crews for their patience.");
    assert_eq!(*answer.first("marks"), json!(["crews"]));
    // Beside it the words that say the same, not the whole passage.
    assert_eq!(*answer.first("beside"), "remercie les équipages.");
    // The half of a passage, from right to left.
    let answer = ask(&mut browser, &home, "q=ships waiting&beside=ar");
    assert_eq!(*answer.first("beside"), "وتنتظر 40 سفينة.");
    let direction = "document.querySelector('.beside p:last-child').dir";
    assert_eq!(browser.eval(direction), json!("rtl"));
    let leads = "document.querySelector('.under a').getAttribute('href')";
    assert_eq!(browser.eval(leads), json!("statements/harbour-office.html?with=1#u2"));
    // Where the other version says nothing of it, that is said.
    let answer = ask(&mut browser, &home, "q=north&beside=fr");
    assert_eq!(*answer.first("beside"), "This version has no passage aligned with it: français");
}

#[test]
fn what_was_searched_beside_is_shown_and_can_be_switched_off() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    let answer = ask(&mut browser, &home, "q=crew");
    assert_eq!(answer.text("also"), "Also searched: crews Only exactly these words");
    browser.eval("document.querySelector('#also button').click()");
    assert_eq!(browser.eval("location.search"), json!("?q=crew&exact=1"));
    let answer = ask(&mut browser, &home, "q=crew&exact=1");
    assert_eq!(answer.text("told"), "Nothing was found.");
    assert!(answer.text("also").starts_with("No text has “crew”."), "{}", answer.0);
    let answer = ask(&mut browser, &home, "q=40&lang=zh-Hans");
    assert!(
        answer.text("also").contains("Outside the limits there are 3 documents."),
        "{}",
        answer.0
    );
}

/// The pages of the sample archive, built anew in a folder, by the paths of their documents.
fn sample_archive(folder: &Path) -> BTreeMap<String, Page> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    std::fs::create_dir(folder.join("seeds")).unwrap();
    for entry in std::fs::read_dir(seeds).unwrap().map(|it| it.unwrap().path()) {
        let name = entry.file_name().unwrap();
        std::fs::copy(&entry, folder.join("seeds").join(name)).unwrap();
    }
    let built = Command::new(env!("CARGO_BIN_EXE_hexapla"))
        .current_dir(folder)
        .args(["build", "--quiet"])
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut pages = BTreeMap::new();
    for language in std::fs::read_dir(folder.join("content")).unwrap() {
        let language = language.unwrap().path();
        for page in
            language.is_dir().then(|| std::fs::read_dir(&language).unwrap()).into_iter().flatten()
        {
            let page = page.unwrap().path();
            let text = std::fs::read_to_string(&page).unwrap();
            let name = page.strip_prefix(folder.join("content")).unwrap().with_extension("html");
            pages.insert(format!("documents/{}", name.display()), Page::read(&text).unwrap());
        }
    }
    pages
}

/// Whether a page has a word: letter for letter, as a whole or as a part of what stands between spaces.
fn has(page: &Page, word: &str, whole: bool) -> bool {
    let text = format!("{}\n{}", page.head.title, page.body).to_lowercase();
    if !whole {
        return text.contains(word);
    }
    text.split(|it: char| !it.is_alphanumeric()).any(|it| it == word)
}

#[test]
fn the_sample_archive_is_searched_in_all_its_scripts() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let pages = sample_archive(folder.path());
    let home = format!("file://{}", folder.path().join("public").display());
    for (word, whole) in [
        ("министерства", true),
        ("министрлігі", true),
        ("farmer", true),
        ("ochotników", true),
        ("yangın", true),
        ("ποτάμι", true),
        ("نهر", false),
        ("मंत्री", false),
        ("더위", false),
        ("博士", false),
        ("记者", false),
    ] {
        let answer = ask(&mut browser, &home, &format!("q={word}&exact=1"));
        let found: BTreeSet<&str> =
            answer.hrefs().iter().map(|it| it.split('#').next().unwrap()).collect();
        let expected = pages.iter().filter(|(_, page)| has(page, word, whole));
        let expected: BTreeSet<&str> = expected.map(|(path, _)| path.as_str()).collect();
        assert_eq!(found, expected, "{word}: {}", answer.0);
    }
    let answer = ask(&mut browser, &home, "q=1166&lang=hi");
    assert_eq!(*answer.first("marks"), json!(["११६६"]));
    let answer = ask(&mut browser, &home, "q=министерство&beside=zh-Hans&lang=ru");
    let beside = answer.first("beside").as_str().unwrap();
    assert!(beside.chars().any(|it| ('一'..='龥').contains(&it)), "{beside}");
}

/// Texts in four languages with two names, and the table of those names.
fn with_names() -> Stand {
    let texts = [
        ("ar/bayan", "ar", "بيان", "قال توكاريف إن الميناء مغلق."),
        (
            "en/press",
            "en",
            "To the press",
            "Tokarev spoke. Ana Marin did not, and Ana wept. A constructor laughed.",
        ),
        ("pl/rzecznik", "pl", "Rzecznik", "Nie ma Tokariewa w porcie, mówi Tokariew."),
        ("ru/zayavlenie", "ru", "Заявление", "Слово взяла Ана Марин. Анатолий молчал."),
        ("ru/vstrecha", "ru", "Встреча", "Приехала Ронда Марта."),
        ("zh-hans/shuo", "zh-Hans", "说明", "发言人托卡列夫说，码头已关闭。"),
    ];
    let pages = texts.iter().map(|it| (it.0, page(it.1, it.2, it.3)));
    let mut stand = Stand::of(pages.collect());
    let form = |lang: &str, written: &str| Form {
        lang: Lang::parse(lang).unwrap(),
        written: written.into(),
        places: Vec::new(),
    };
    let name = |slug: &str, forms: Vec<Form>| Name {
        slug: slug.into(),
        heading: (slug.into(), None),
        forms,
        kin: Vec::new(),
    };
    let tokarev =
        [("ar", "توكاريف"), ("en", "Tokarev"), ("pl", "Tokariew"), ("zh-Hans", "托卡列夫")];
    let marin = [("en", "Ana Marin"), ("ru", "Ана Марин")];
    let long = [("ja", "マルテ・ロンダ"), ("pl", "Marty Rondy"), ("ru", "Ронда Марта")];
    stand.names.entries = vec![
        name("marin", marin.iter().map(|it| form(it.0, it.1)).collect()),
        name("ronda", long.iter().map(|it| form(it.0, it.1)).collect()),
        name("tokarev", tokarev.iter().map(|it| form(it.0, it.1)).collect()),
    ];
    stand
}

#[test]
fn a_name_is_found_in_every_script_and_exactly_where_that_is_wished() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = write(&with_names(), folder.path());
    let (ar, en, pl) = (
        "documents/ar/bayan.html#p1",
        "documents/en/press.html#p1",
        "documents/pl/rzecznik.html#p1",
    );
    let (ru, zh) = ("documents/ru/zayavlenie.html#p1", "documents/zh-hans/shuo.html#p1");
    for question in ["q=Tokariew", "q=توكاريف", "q=托卡列夫", "q=tokarev"] {
        assert_eq!(ask(&mut browser, &home, question).sorted(), [ar, en, pl, zh], "{question}");
    }
    let answer = ask(&mut browser, &home, "q=Tokariew");
    assert_eq!(*answer.first("href"), json!(pl));
    let also = answer.text("also");
    for form in ["Tokarev (English)", "توكاريف (العربية)", "托卡列夫 (简体中文)", "tokariewa"]
    {
        assert!(also.contains(form), "{also}");
    }
    let exactly = ask(&mut browser, &home, "q=Tokariew&exact=1");
    assert_eq!(exactly.sorted(), [pl]);
    assert!(exactly.text("also").contains("Also other forms and names"));
    assert_eq!(ask(&mut browser, &home, "q=\"Tokariew\"").sorted(), [pl]);
    // Words that are a name together.
    let answer = ask(&mut browser, &home, "q=ana marin");
    assert_eq!(answer.sorted(), [en, ru]);
    assert!(answer.text("also").contains("Ана Марин (русский)"), "{}", answer.0);
    // A word that scripts have a use for.
    for question in ["q=constructor", "q=\"a constructor\""] {
        let answer = ask(&mut browser, &home, question);
        assert_eq!(answer.sorted(), [en], "{question}");
    }
    // One word of such a name: which words are the same is heard, or is what the others leave over.
    for (question, found) in [("q=marin", ru), ("q=Марин", en), ("q=Ana", ru)] {
        let answer = ask(&mut browser, &home, question);
        assert!(answer.hrefs().contains(&found), "{question}: {}", answer.0);
    }
    for question in ["q=Rondy", "q=ロンダ", "q=マルテ", "q=Marty"] {
        let answer = ask(&mut browser, &home, question);
        assert_eq!(answer.sorted(), ["documents/ru/vstrecha.html#p1"], "{question}");
    }
}

#[test]
fn the_question_stands_in_the_address_and_is_typed_or_sent_by_a_form() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    browser.open(&format!("{home}/index.html"));
    browser.eval("document.querySelector('form.seek input').value = 'quay'");
    browser.eval("document.querySelector('form.seek').action");
    let action = browser.eval("document.querySelector('form.seek').action");
    assert_eq!(action, json!(format!("{home}/search.html")));
    ask(&mut browser, &home, "q=quay");
    browser.eval("document.querySelector('#tongues [value=en]').click()");
    browser.eval("document.getElementById('from').value = '2020'");
    browser.eval("document.querySelector('form.ask').requestSubmit()");
    assert_eq!(browser.eval("location.search"), json!("?q=quay&lang=en&from=2020"));
}

#[test]
fn the_words_before_the_last_are_looked_up_while_it_is_typed() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    let mut events = browser.open(&format!("{home}/search.html"));
    let asked = browser.eval(
        "hexapla.open().then(() => {
            const ask = hexapla.ask, asked = [], field = document.getElementById('ask');
            hexapla.ask = (words, limits) => { asked.push(words); return ask(words, limits); };
            for (const text of ['q', 'quay', 'quay ', 'quay c', 'quay crews']) {
                field.value = text;
                field.dispatchEvent(new Event('input'));
            }
            return asked;
        })",
    );
    assert_eq!(asked, json!(["quay"]));
    // Only the question that was sent off is answered.
    browser.eval("document.querySelector('form.ask').requestSubmit()");
    let settled = browser.eval(
        "new Promise(done => setTimeout(() => done([document.getElementById('told').textContent, document.querySelectorAll('#hits li').length]), 600))",
    );
    assert_eq!(settled, json!(["1 document found", 1]));
    events.extend(browser.heard());
    assert_eq!(faults(&events, &home), Vec::<String>::new());
}

#[test]
fn a_statement_is_shown_once_with_all_its_versions_that_were_found() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    let answer = ask(&mut browser, &home, "q=40");
    assert_eq!(answer.text("told"), "3 documents found");
    let shown = "[...document.querySelectorAll('#hits > li')].map(it => it.querySelectorAll('.hit').length)";
    assert_eq!(browser.eval(shown), json!([3]));
}

#[test]
fn a_missing_part_of_the_index_is_named() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    std::fs::remove_dir_all(folder.path().join("search/t")).unwrap();
    browser.open(&format!("{home}/search.html?q=quay"));
    let told = browser.eval(
        "new Promise(done => { const look = () => document.querySelector('#told.missing') ? done(told.textContent) : setTimeout(look, 20); look(); })",
    );
    assert_eq!(
        told,
        json!(
            "A part of the index could not be read: search/t/0.js. The archive may have been copied without it."
        )
    );
}

#[test]
fn without_scripts_the_page_leads_to_the_lists() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "ar");
    browser.call("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    browser.open(&format!("{home}/search.html"));
    let shown = "[...document.querySelectorAll('#search a')].filter(it => it.checkVisibility()).map(it => it.getAttribute('href')).join()";
    let links = browser.eval(shown);
    assert!(links.as_str().unwrap().starts_with("statements.html,documents.html"), "{links}");
    assert_eq!(browser.eval("document.querySelector('.wishes').checkVisibility()"), json!(false));
}
