//! What can be taken away: exact files of a small hostile archive, heads of pages, and what programs
//! that others wrote say of the sample archive's files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use hexapla::arrange::{DocumentId, Related};
use hexapla::collate::names::{Form, Name, Place};
use hexapla::collate::{Finding, Kind};
use hexapla::compose::{Format, Site};
use hexapla::config::{Config, Written};
use hexapla::pipeline;
use hexapla::vocab::date::{Basis, Date};
use hexapla::vocab::lang::Lang;
use hexapla::vocab::page::{Page, Removed, Role};

use crate::compose::{broken, values};
use crate::stand::{Stand, page, reason, sample};

/// Where the public archives of these tests stand: below a path of a host.
const BASE: &str = "https://a.example/papers/";

/// Words that mean something in every format.
const EVIL: &str =
    "=cmd|' /C calc'!A0 \"q\" & <b> {x} \\y $z% #1_2^3~ ]]>, “–”\u{1}\n\u{2028}\u{202e}end";

/// A page with hostile words in every field.
fn hostile_page() -> Page {
    let mut english =
        page("en", EVIL, "The *quay* is closed & <b>guarded</b>.\n\n=SUM(A1)\n\nOnly here.");
    let head = &mut english.head;
    for field in [&mut head.outlet, &mut head.author, &mut head.dateline, &mut head.section] {
        *field = Some(EVIL.into());
    }
    head.subtitle = Some("-1+1".into());
    head.date = Date::parse("2023-04-03");
    head.date_basis = Some(Basis::Text);
    head.role = Some(Role::Original);
    head.source_url = Some("https://b.example/{a}?q=%20&x=\\1".into());
    head.captured_at = Some("2023-04-05T10:00:00Z".into());
    head.rights = Some("https://rightsstatements.org/vocab/CNE/1.0/".into());
    head.seed = Some("dir/od\\d\nname, \"1\".txt".into());
    head.sha256 = Some("a1".repeat(32));
    head.tags = vec!["a; b".into(), "@x".into()];
    head.removed = vec![Removed { line: 2, rule: "share-line".into(), text: EVIL.into() }];
    english
}

/// One statement in four versions, two of them Polish, with hostile words everywhere; a related text; a
/// text alone.
fn hostile() -> Stand {
    let mut arabic = page("ar", "بيان الميناء \"&{}\"", "أغلق الرصيف.\n\nشكرا.\n\nأغلق الرصيف.");
    arabic.head.date = Date::parse("2023-04?");
    arabic.head.role = Some(Role::Translation);
    let english = hostile_page();
    let mut polish = page("pl", "Oświadczenie portu", "Nabrzeże zamknięto.\n\nDziękujemy.");
    polish.head.date = Date::parse("2023-04-04/..");
    let mut second = polish.clone();
    second.head.date = Date::parse("2023-04-03/2023-04-05~");
    second.head.outlet = Some("Gazeta Portowa".into());
    second.head.sha256 = Some("not a hash".into());
    second.head.seed = Some("pl.txt".into());
    second.head.source_url = Some("javascript:alert(1)".into());
    let mut related = page("en", "Protest", "Some protested.");
    related.head.date = Date::parse("2023%");
    let alone = page("und", "???", "…");
    let mut stand = Stand::of(vec![
        ("ar/bayan", arabic),
        ("en/evil", english),
        ("en/protest", related),
        ("pl/port-1", polish),
        ("pl/port-2", second),
        ("und/alone", alone),
    ]);
    let names = ["en/evil", "pl/port-1", "pl/port-2", "ar/bayan"];
    stand.bind(
        "evil",
        &names,
        &[
            &["0", "0", "0", "0"],
            &["1", "1", "1", "!1 =3"],
            &["2", "2", "2", "2"],
            &["3", "", "", ""],
        ],
    );
    let evil = stand.archive.statements[0].versions[0].reason.as_mut().unwrap();
    evil.shared[0].examples = vec![EVIL.into()];
    stand.archive.statements[0].related =
        vec![Related { document: DocumentId(2), reason: reason(0, 2) }];
    stand.synopses[0].findings = vec![Finding {
        unit: 1,
        kind: Kind::Negation,
        readings: vec![(0, EVIL.into()), (3, String::new())],
        confidence: 70,
    }];
    stand.names.entries = vec![Name {
        slug: "evil".into(),
        heading: (EVIL.into(), None),
        forms: vec![Form {
            lang: Lang::parse("ar").unwrap(),
            written: "+ميناء".into(),
            places: vec![Place { statement: 0, version: 3, unit: 2 }],
        }],
        kin: Vec::new(),
    }];
    stand.options.title = "Papers & \"Port\": {1}".into();
    stand.options.description = "Line one\nline two: #x".into();
    stand.options.base_url = BASE.into();
    stand
}

/// What a page says to machines: its head without title, style and script, one element a line.
fn machine_part(html: &str) -> String {
    let head = html.split("</head>").next().unwrap();
    let mut out = String::new();
    for piece in head.split('<').skip(1) {
        let wanted = ["meta", "link", "script type"].iter().any(|it| piece.starts_with(it));
        let plain = ["charset", "viewport", "color-scheme", "referrer", "Security", "stylesheet"];
        if wanted && !plain.iter().any(|it| piece.contains(it)) {
            out.push('<');
            out.push_str(piece.trim_end());
            out.push('\n');
        }
    }
    out
}

/// Every file that is given out, and the machine part of some pages, are what stands in
/// `tests/gold/exports`, byte by byte. With `BLESS=1` the files are written anew: read them then.
#[test]
fn every_format_is_written_as_recorded() {
    let files = hostile().files();
    let machines =
        ["documents/en/evil.html", "documents/pl/port-1.html", "documents/pl/port-2.html"];
    let machines = machines.into_iter().chain(["statements/evil.html", "data.html"]);
    let mut made: BTreeMap<String, String> =
        machines.map(|it| (format!("head-of/{it}.txt"), machine_part(&files[it]))).collect();
    let given =
        |path: &str| path.starts_with("data/") || path.ends_with(".xml") || path == "robots.txt";
    made.extend(files.into_iter().filter(|(path, _)| given(path)));
    // The program's own version is not recorded.
    for text in made.values_mut() {
        *text = text.replace(&format!("ersion=\"{}\"", env!("CARGO_PKG_VERSION")), "ersion=\"V\"");
    }
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/exports");
    if std::env::var_os("BLESS").is_some() {
        let _ = fs::remove_dir_all(&gold);
        for (path, text) in &made {
            fs::create_dir_all(gold.join(path).parent().unwrap()).unwrap();
            fs::write(gold.join(path), text).unwrap();
        }
    }
    let recorded = walk(&gold);
    assert_eq!(recorded.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
    for (path, text) in &made {
        assert_eq!(text, &recorded[path], "{path}");
    }
}

/// The files below a folder, by their paths inside it.
fn walk(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn without_an_address_what_must_be_absolute_is_left_out_and_the_rest_stays() {
    let mut stand = hostile();
    stand.options.base_url = String::new();
    let files = stand.files();
    for (path, text) in &files {
        assert!(!text.contains("a.example"), "{path}");
        assert!(!text.contains("rel=canonical") && !text.contains("x-default"), "{path}");
    }
    assert!(!files.contains_key("feed.xml") && !files.contains_key("robots.txt"));
    let page = &files["documents/en/evil.html"];
    assert!(values(page, "name").contains(&"DC.title"), "{page}");
    assert!(page.contains("\"exampleOfWork\":{\"@id\":\"../../statements/evil.html\"}"), "{page}");
    let statement = &files["statements/evil.html"];
    assert!(statement.contains(&format!("\"sha256\":\"{}\"", "a1".repeat(32))), "{statement}");
    assert_eq!(broken(&files), Vec::<String>::new());
}

#[test]
fn a_language_is_offered_once_and_only_among_versions() {
    let files = hostile().files();
    let offers = |path: &str| -> Vec<(String, String)> {
        let html = files[path].split("</head>").next().unwrap();
        let tags = html.split('<').filter(|it| it.starts_with("link") && it.contains("hreflang"));
        let value = |tag: &str, name| values(&format!("<{tag}"), name)[0].to_owned();
        tags.map(|tag| (value(tag, "hreflang"), value(tag, "href"))).collect()
    };
    let expected = [
        ("ar", "documents/ar/bayan.html"),
        ("en", "documents/en/evil.html"),
        ("pl", "documents/pl/port-2.html"),
        ("x-default", "statements/evil.html"),
    ];
    let expected: Vec<(String, String)> =
        expected.iter().map(|(lang, path)| ((*lang).to_owned(), format!("{BASE}{path}"))).collect();
    for path in ["documents/ar/bayan.html", "documents/pl/port-2.html", "statements/evil.html"] {
        assert_eq!(offers(path), expected, "{path}");
    }
    for path in ["documents/pl/port-1.html", "documents/en/protest.html", "index.html"] {
        assert_eq!(offers(path), [], "{path}");
    }
}

#[test]
fn only_the_formats_that_are_wanted_are_given_out() {
    for wanted in [vec![], vec![Format::Tei], vec![Format::Ris, Format::Ledger]] {
        let mut stand = sample();
        stand.options.exports = wanted.iter().copied().collect();
        let files = stand.files();
        let folders =
            files.keys().filter(|path| path.starts_with("data/") && path.matches('/').count() > 1);
        let expected = wanted.len() + usize::from(wanted.contains(&Format::Ris));
        assert_eq!(folders.count(), expected, "{wanted:?}");
        assert_eq!(broken(&files), Vec::<String>::new(), "{wanted:?}");
    }
}

#[test]
fn tables_and_citations_read_no_text() {
    let stand = hostile();
    let read = AtomicUsize::new(0);
    let page = |id: DocumentId| {
        read.fetch_add(1, Ordering::Relaxed);
        stand.page(id)
    };
    stand.planned(&page, |site| texts_are_read_where_they_are_told(&site.unwrap(), &read));
}

/// Renders everything that is given out: tables and citations fetch no page, files of texts those of the
/// four versions, each once for all of them.
fn texts_are_read_where_they_are_told(site: &Site, read: &AtomicUsize) {
    let holds_texts = ["data/tmx/", "data/tei/", "data/ledger/"];
    let is_text = |path: &&str| holds_texts.iter().any(|it| path.starts_with(it));
    let (texts, others): (Vec<&str>, Vec<&str>) = site
        .paths()
        .into_iter()
        .filter(|path| path.starts_with("data") || path.ends_with(".xml"))
        .partition(is_text);
    read.store(0, Ordering::Relaxed);
    for path in others {
        site.render(path).unwrap();
        assert_eq!(read.load(Ordering::Relaxed), 0, "{path}");
    }
    for path in texts {
        site.render(path).unwrap();
        assert_eq!(read.load(Ordering::Relaxed), 4, "{path}");
    }
}

/// The sample archive as a site on disk, without an address and with one.
static SITES: LazyLock<[PathBuf; 2]> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    let _ = fs::remove_dir_all(&folder);
    let build = |name: &str, base_url: Option<&str>| {
        let out = folder.join(name);
        let written = Written {
            title: Some("The Veldania Papers".into()),
            base_url: base_url.map(str::to_owned),
            seeds: Some(root.join("seeds")),
            content: Some(folder.join("content")),
            out: Some(out.clone()),
            ..Written::default()
        };
        pipeline::build(&Config::new(root, written), &|_| ()).unwrap();
        out
    };
    [build("plain", None), build("public", Some(BASE))]
});

/// A page without the text of its document.
fn without_text(html: &str) -> String {
    let (before, text) = html.split_once("<div class=\"prose body\"").unwrap();
    let mut open = 1;
    let mut at = 0;
    while open > 0 {
        at += text[at..].find("div").unwrap() + 3;
        match &text[at - 5..at] {
            it if it.ends_with("<div") => open += 1,
            "</div" => open -= 1,
            _ => {}
        }
    }
    format!("{before}<{}", &text[at..])
}

/// A page without the text of its document: title, text, and what the outlet said around it.
fn without_words(html: &str) -> String {
    let mut rest = without_text(html);
    for (open, close) in [("<h1", "</h1>"), ("<blockquote", "</blockquote>")] {
        let mut parts = rest.split(open);
        let first = parts.next().unwrap().to_owned();
        rest = parts.fold(first, |all, part| {
            let (tag, behind) = part.split_once('>').unwrap();
            let behind = behind.split_once(close).unwrap().1;
            format!("{all}{open}{tag}>{close}{behind}")
        });
    }
    rest
}

/// The bytes of a page by which the address of its site makes it longer, and what is said of its place there:
/// a line for itself and one for each language of its statement.
fn of_the_address(html: &str) -> usize {
    let links = html.split('<').filter(|it| it.starts_with("link ") && it.contains(BASE));
    let links: usize = links.map(|it| it.len() + 1).sum();
    let cited = html.split_once("id=cite").map_or(0, |it| it.1.matches(BASE).count());
    links + cited * BASE.len()
}

/// A document page carries at most 5 KiB beyond its title and its text, and most have far less. The title itself
/// is said four times, so that a long one in letters of two bytes takes half a kilobyte: one page of the sample
/// is beyond the budget by no more than that.
#[test]
fn document_pages_of_the_sample_keep_to_their_budget() {
    const BUDGET: usize = 5 * 1024;
    for site in SITES.iter() {
        let mut sizes = Vec::new();
        let mut long = Vec::new();
        for (path, html) in walk(&site.join("documents")) {
            let title = html.split_once("<h1").unwrap().1.split_once("</h1>").unwrap().0;
            let title = title.split_once('>').unwrap().1;
            let rest = without_words(&html);
            let own = rest.len() - of_the_address(&html);
            let again = rest.matches(title).count() * title.len();
            assert!(again < 600 && own - again < BUDGET, "{path}: {own}, of which title {again}");
            if own >= BUDGET {
                long.push(path);
            }
            sizes.push(own);
        }
        sizes.sort_unstable();
        let (median, most) = (sizes[sizes.len() / 2], sizes[sizes.len() - 1]);
        println!("{} pages: median {median}, most {most}", sizes.len());
        assert!(median < 4700, "{median} bytes beyond the text of a page");
        assert!(long.len() <= 1, "{long:?}");
    }
}

/// `tests/validate/exports.py` reads every file with programs that others wrote. They are in the folder
/// that `HEXAPLA_VALIDATORS` names; `.ci/run` puts them there.
#[test]
fn programs_of_others_read_every_format() {
    let Some(tools) = std::env::var_os("HEXAPLA_VALIDATORS").map(PathBuf::from) else {
        println!(
            "SKIPPED: HEXAPLA_VALIDATORS names no folder, so no other program reads the exports"
        );
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (site, base) in SITES.iter().zip(["", BASE]) {
        let run = Command::new(tools.join("bin/python"))
            .arg(root.join("tests/validate/exports.py"))
            .args([site.as_path(), &root.join("seeds"), &tools.join("schemas")])
            .arg(base)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout);
        let wrong = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{said}\n{wrong}");
        let kinds = if base.is_empty() { 11 } else { 14 };
        assert_eq!(said.matches("checked ").count(), kinds, "{said}");
    }
}
