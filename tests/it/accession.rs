//! Taking in: raw texts become pages that say what was cut and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use hexapla::accession::{
    Accession, Fate, Holding, Intake, Options, Taken, accession, is_seed, page_digest,
};
use hexapla::vocab::page::{Page, Removed};
use hexapla::vocab::prose::passages;
use hexapla::vocab::yaml::{self, Value};
use proptest::prelude::*;

/// A folder of seeds, taken in.
struct Folder {
    path: PathBuf,
    names: Vec<String>,
    accession: Accession,
}

impl Folder {
    fn read(path: &Path) -> Self {
        let mut names: Vec<String> = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let fetch = |name: &str| fs::read(path.join(name)).ok();
        let accession = accession(&names, &fetch, &Options::default());
        Self { path: path.to_owned(), names, accession }
    }

    fn take(&self, name: &str) -> Taken {
        self.accession.take(name, &fs::read(self.path.join(name)).unwrap(), &|_| None)
    }

    fn only(&self, name: &str) -> Intake {
        let mut taken = self.take(name);
        assert_eq!(taken.documents.len(), 1, "{name}: {:?}", taken.diagnostics);
        taken.documents.remove(0)
    }
}

/// An archive of nothing else than what is taken in.
fn alone() -> Accession {
    accession(&[], &|_| None, &Options::default())
}

fn take(name: &str, text: &str) -> Intake {
    alone().take(name, text.as_bytes(), &|_| None).documents.remove(0)
}

fn cuts(page: &Page) -> Vec<(u32, &str)> {
    page.head.removed.iter().map(|it| (it.line, it.rule.as_str())).collect()
}

/// What is true of one of the five real texts: line of the title, language, date, lines of the body,
/// lines that are cut.
type Truth = (
    &'static str,
    Option<u32>,
    &'static str,
    Option<&'static str>,
    Vec<u32>,
    Vec<(u32, &'static str)>,
);

/// What is true of the five.
fn truths() -> Vec<Truth> {
    let odd = |from: u32, to: u32| (from..=to).step_by(2).collect::<Vec<u32>>();
    vec![
        ("000", Some(3), "pl", Some("2022-01-10"), odd(5, 27), vec![]),
        (
            "001",
            Some(5),
            "fr",
            Some("2022-01-10"),
            odd(7, 29),
            vec![
                (1, "outlet-line"),
                (3, "section-label"),
                (7, "dateline"),
                (7, "frame"),
                (31, "repeated-title"),
            ],
        ),
        (
            "002",
            Some(1),
            "en",
            Some("2022-01-10"),
            odd(5, 27),
            vec![
                (3, "frame"),
                (29, "source-link"),
                (31, "adblock-appeal"),
                (32, "adblock-appeal"),
                (33, "adblock-appeal"),
                (34, "sign-off"),
            ],
        ),
        (
            "003",
            Some(3),
            "ar",
            Some("2022-01-10"),
            odd(11, 27),
            vec![
                (1, "section-label"),
                (5, "outlet-line"),
                (7, "blank-line"),
                (9, "frame"),
                (29, "comment-form"),
                (31, "comment-form"),
                (33, "back-to-top"),
            ],
        ),
        (
            "004",
            Some(5),
            "pl",
            None,
            odd(7, 37),
            vec![(1, "outlet-line"), (3, "section-label"), (39, "repeated-title")],
        ),
    ]
}

#[test]
fn the_five_real_texts_are_taken_in_field_by_field() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared/seeds is not there");
        return;
    }
    let folder = Folder::read(&folder);
    for (start, title_line, lang, date, lines, cut) in truths() {
        let name = folder.names.iter().find(|name| name.starts_with(start)).unwrap();
        let taken = folder.only(name);
        let head = &taken.page.head;
        assert_eq!(taken.title_line, title_line, "{start}");
        assert_eq!(head.lang.as_str(), lang, "{start}");
        assert_eq!(head.date.as_ref().map(hexapla::vocab::date::Date::as_str), date, "{start}");
        assert_eq!(head.date_basis.is_some(), date.is_some(), "{start}");
        assert_eq!(taken.lines, lines, "{start}");
        assert_eq!(cuts(&taken.page), cut, "{start}");
        assert!(taken.path.starts_with(&format!("{lang}/")), "{}", taken.path);
        let unstated = [&head.author, &head.source_url, &head.captured_at, &head.rights];
        assert!(unstated.iter().all(|it| it.is_none()), "{start}");
    }
    let head = |start: &str| {
        let name = folder.names.iter().find(|name| name.starts_with(start)).unwrap();
        folder.only(name).page.head
    };
    let (wire, kept) = (head("001"), head("000"));
    assert_eq!(wire.dateline.as_deref(), Some("BAKOU"));
    assert_eq!(wire.frame, ["rapporte bbabo.net"]);
    assert_eq!(wire.outlet, head("004").outlet);
    assert_eq!((kept.outlet, kept.section, kept.dateline), (None, None, None));
    assert!(!kept.title.contains(['#', '*']), "{}", kept.title);
    assert_eq!(head("003").outlet.unwrap().chars().filter(|&c| c == '\u{640}').count(), 3);
    assert!(head("003").title.ends_with(".."));
}

#[test]
fn the_sample_archive_loses_its_furniture_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let truth = fs::read_to_string(root.join("tests/gold/sample.yaml")).unwrap();
    let truth: BTreeMap<String, Value> = yaml::read(&truth).unwrap();
    let folder = Folder::read(&root.join("seeds"));
    let mut wrong = Vec::new();
    for (name, truth) in truth["files"].as_mapping().unwrap() {
        let taken = folder.only(name.as_str().unwrap());
        wrong.extend(compare(&taken, truth));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a page says otherwise than the truth.
fn compare(taken: &Intake, truth: &Value) -> Vec<String> {
    let numbers = |key: &str| -> BTreeSet<u32> {
        let list = truth.get(key).and_then(Value::as_sequence).cloned().unwrap_or_default();
        list.iter()
            .filter_map(|it| it.get("line").unwrap_or(it).as_u64())
            .map(|it| it as u32)
            .collect()
    };
    let (furniture, framing, markup) =
        (numbers("furniture"), numbers("framing"), numbers("markup"));
    let within = |rule: &str| ["dateline", "frame", "blank-line"].contains(&rule);
    let cut: BTreeSet<u32> = taken.page.head.removed.iter().map(|it| it.line).collect();
    let over = |it: &&Removed| {
        !furniture.contains(&it.line) && !framing.contains(&it.line) && !within(&it.rule)
    };
    let mut wrong: Vec<String> = furniture
        .iter()
        .filter(|line| !cut.contains(line) && !markup.contains(line))
        .map(|line| format!("{}: line {line} is not cut", taken.seed))
        .collect();
    let overs = taken.page.head.removed.iter().filter(over);
    wrong.extend(overs.map(|it| format!("{}: line {} is cut ({})", taken.seed, it.line, it.rule)));
    let lines: BTreeSet<u32> = taken.lines.iter().copied().collect();
    let lost = numbers("units").into_iter().filter(|line| !lines.contains(line));
    wrong.extend(lost.map(|line| format!("{}: unit at line {line} is lost", taken.seed)));
    let said = [
        ("title", Some(taken.page.head.title.clone())),
        ("date", taken.page.head.date.as_ref().map(ToString::to_string)),
        ("dateline", taken.page.head.dateline.clone()),
        ("language", Some(taken.page.head.lang.base().to_owned())),
    ];
    for (key, said) in said {
        let true_value = truth.get(key).and_then(Value::as_str).map(str::to_owned);
        if said != true_value {
            wrong.push(format!("{}: {key} is {said:?}, not {true_value:?}", taken.seed));
        }
    }
    wrong
}

/// Every capture in `tests/gold/accession` becomes the page beside it, byte by byte. With `BLESS=1` the
/// pages are written anew.
#[test]
fn captures_become_the_pages_beside_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/accession");
    let folder = Folder::read(&root.join("seeds"));
    let mut wrong = Vec::new();
    let mut count = 0;
    for name in folder.names.iter().filter(|name| is_seed(name)) {
        let said = told(&folder.take(name));
        count += 1;
        let gold = root.join("pages").join(format!("{name}.gold"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&gold, &said).unwrap();
        }
        let expected = fs::read_to_string(&gold).unwrap_or_default();
        if expected != said {
            let diff = similar::TextDiff::from_lines(&expected, &said);
            wrong.push(format!("{name}\n{}", diff.unified_diff().context_radius(1)));
        }
    }
    assert!(count >= 40, "{count} captures");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Everything that taking in a capture gave, as text.
fn told(taken: &Taken) -> String {
    let seen = taken
        .diagnostics
        .iter()
        .map(|it| format!("{} {}: {}\n", it.code.id(), it.place.path, it.message));
    let made = taken.documents.iter().map(|it| {
        let head = format!("{} title {:?} lines {:?}", it.path, it.title_line, it.lines);
        format!("{head}\n{}", it.page.write())
    });
    seen.chain(made).collect()
}

const LETTER: &str = "Evening Bell\n\nNews\n\nThe bridge is open again\n\nKELMEN, 3 May 2021 (Bell) — The mayor \
    of the town said that the bridge is open again and will stay so.\n\nNobody had expected it so soon, she \
    said, and least of all the ferryman.\n\nShare: Mail | Print\n";

fn held(taken: &Intake, text: Option<String>) -> Holding {
    Holding { path: taken.path.clone(), text, digest: page_digest(&taken.page.write()) }
}

fn fate(seed: &str, holding: &Holding) -> (Fate, String, Vec<String>) {
    let taken = alone().take("a.txt", seed.as_bytes(), &|_| Some(holding.clone()));
    let said = taken.diagnostics.iter().map(|it| format!("{} {}", it.code.id(), it.hint)).collect();
    (taken.documents[0].fate, taken.documents[0].path.clone(), said)
}

#[test]
fn the_curators_hand_wins() {
    let first = take("a.txt", LETTER);
    let page = first.page.write();
    let changed = LETTER.replace("bridge is open again\n", "bridge is closed again\n");
    let edited = page.replace("ferryman", "boatman");
    let untouched = held(&first, Some(page.clone()));
    assert_eq!(fate(LETTER, &untouched).0, Fate::Unchanged);
    let (refreshed, path, _) = fate(&changed, &untouched);
    assert_eq!((refreshed, path), (Fate::Refreshed, first.path.clone()));
    let by_hand = held(&first, Some(edited));
    assert_eq!(fate(LETTER, &by_hand), (Fate::KeptByHand, first.path.clone(), vec![]));
    let (kept, _, said) = fate(&changed, &by_hand);
    assert_eq!(kept, Fate::KeptByHand);
    assert!(
        said[0].starts_with("HX106") && said[0].contains("+The bridge is closed again"),
        "{said:?}"
    );
    assert_eq!(fate(LETTER, &held(&first, None)).0, Fate::KeptByHand);
    let longer = LETTER
        .replace("\n\nShare:", "\n\nIt rained all day, and nobody minded that at all.\n\nShare:");
    let (_, _, said) = fate(&longer, &by_hand);
    let lines: Vec<&str> = said[0].lines().skip(1).map(str::trim).collect();
    assert_eq!(
        lines,
        [
            "-Nobody had expected it so soon, she said, and least of all the boatman.",
            "+Nobody had expected it so soon, she said, and least of all the ferryman.",
            "+It rained all day, and nobody minded that at all.",
        ]
    );
    let cut = first.page.write().replace("ferryman.\n", "ferryman.\n\nA note of the archive.\n");
    let (_, _, said) = fate(&longer, &held(&first, Some(cut)));
    let lines: Vec<&str> = said[0].lines().skip(1).map(str::trim).collect();
    assert_eq!(
        lines,
        ["-A note of the archive.", "+It rained all day, and nobody minded that at all."]
    );
    let tail = held(&first, Some(page.replace("The bridge is open again\n", "The bridge\n")));
    let (_, _, said) = fate(&longer, &tail);
    assert!(!said[0].contains("least of all"), "what is the same is not shown: {said:?}");
}

/// A record of a web archive with the digest that stands beside it.
fn warc(digest: &str) -> Vec<u8> {
    let body = "<html><body><h1>The wells are open</h1><p>The board says that the water of all wells is \
        safe, and that it was tested three times in this year alone.</p></body></html>";
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
    let record = |kind: &str, content: &str| {
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://wells.example/1\r\n\
             WARC-Date: 2022-06-01T10:00:00Z\r\nWARC-Payload-Digest: {digest}\r\n\
             Content-Length: {}\r\n\r\n{content}\r\n\r\n",
            content.len()
        )
    };
    let gone =
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>There is no such page.</p>";
    (record("response", gone) + &record("response", &http)).into_bytes()
}

#[test]
fn a_web_archive_gives_address_date_and_digest_and_is_checked() {
    let (good, bad) = (
        "sha256:ee33a7a4577a5011630b375c18ec0e4f65318706c552e0eb4b6d696d842037d9",
        "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    );
    for (name, digest, said) in [
        ("a.warc", good, vec!["HX115"]),
        ("misnamed.txt", bad, vec!["HX112", "HX115"]),
        ("a.warc", "md5:00", vec!["HX115"]),
    ] {
        let taken = alone().take(name, &warc(digest), &|_| None);
        let codes: Vec<&str> = taken.diagnostics.iter().map(|it| it.code.id()).collect();
        assert_eq!(codes, said, "{digest}");
        let head = &taken.documents[0].page.head;
        assert_eq!(head.source_url.as_deref(), Some("https://wells.example/1"));
        assert_eq!(head.captured_at.as_deref(), Some("2022-06-01T10:00:00Z"));
        assert_eq!(head.payload_digest.as_deref(), Some(digest));
        assert_eq!(taken.documents.len(), 1, "what came with an error is no document");
    }
}

#[test]
fn files_are_known_by_what_they_hold_and_fields_by_what_a_curator_says() {
    let names = [("Volltext", "text"), ("stand", "date")];
    let fields = names.map(|(name, key)| (name.to_owned(), key.to_owned())).into();
    let archive = accession(&[], &|_| None, &Options { fields });
    let taken = |name: &str, text: &str| {
        let taken = archive.take(name, text.as_bytes(), &|_| None);
        let page = |it: Intake| format!("{} | {}", it.page.head.title, it.page.body);
        taken.documents.into_iter().map(page).collect::<Vec<_>>()
    };
    let said = "The bridge is open again, the council of Kelmen said.";
    let page = format!("Bridge | {said}");
    for (name, text) in [
        ("a.txt", format!("[ {{\"title\": \"Bridge\", \"text\": \"{said}\"}} ]")),
        ("a.dat", format!("title;text\nBridge;\"{said}\"\n")),
        ("a", format!("<div><h1>Bridge</h1><p>{said}</p></div>")),
        ("a.html", format!("{{\"title\": \"Bridge\", \"volltext\": [\"{said}\"]}}")),
        ("a.csv", format!("Title,VOLLTEXT\nBridge,\"{said}\"\n")),
        (
            "a.json",
            format!(
                "{{\"data\": {{\"items\": [{{\"name\": \"Bridge\", \"body\": \"{said}\"}}]}}}}"
            ),
        ),
        ("a.csv", format!("Bridge\n\n{said}\n")),
    ] {
        assert_eq!(taken(name, &text), std::slice::from_ref(&page), "{name}: {text}");
    }
    let dated =
        archive.take("a.json", br#"{"volltext": "One.", "stand": "2021-05-03"}"#, &|_| None);
    assert_eq!(dated.documents[0].page.head.date.as_ref().unwrap().as_str(), "2021-05-03");
    let half = archive.take("a.json", br#"[{"text": ""}, {"text": "One."}]"#, &|_| None);
    assert_eq!(half.diagnostics[0].code.id(), "HX102", "a document without text is named");
    let codes = |name: &str, text: &str| {
        let taken = archive.take(name, text.as_bytes(), &|_| None);
        let said = taken.diagnostics.iter().map(|it| format!("{}:{}", it.code.id(), it.place.line));
        (said.collect::<Vec<_>>(), taken.documents.len())
    };
    let lines = "{\"text\": \"One.\"}\n{\"text\": \"Two\n{\"text\": \"Three.\"}\n";
    assert_eq!(codes("a.jsonl", lines), (vec!["HX114:2".to_owned()], 2));
    assert_eq!(codes("a.json", "[{\"text\": \"One.\"}, {\"te"), (vec!["HX114:1".to_owned()], 1));
    assert_eq!(codes("a.csv", "title,text\nA,\"One.\nB,Two.\n"), (vec!["HX114:2".to_owned()], 1));
    assert_eq!(codes("a.json", "{}"), (vec!["HX102:1".to_owned()], 0));
    for start in ["%PDF-1.4 text", "{\\rtf1 text}", "\u{d0}"] {
        let bytes: Vec<u8> =
            if start.len() == 2 { vec![0xd0, 0xcf, 0x11, 0xe0, 65] } else { start.into() };
        assert_eq!(archive.take("a.txt", &bytes, &|_| None).diagnostics[0].code.id(), "HX101");
    }
}

#[test]
fn passages_in_other_languages_are_named_unless_a_curator_says_otherwise() {
    let french =
        "La bibliothèque de la ville annonce que les livres seront rendus avant la fin de l'été.";
    let english =
        "The library of the town says that every book will be given back before the summer ends.";
    let text = format!("Les livres\n\n{french}\n\n{english}\n\n{french} Encore.\n");
    let spoken = |page: &Page| {
        let passages = page.head.passages.iter();
        passages.map(|it| (it.at, it.lang.to_string())).collect::<Vec<_>>()
    };
    let page = take("a.txt", &text).page;
    assert_eq!(spoken(&page), [(2, "en".to_owned())]);
    assert_eq!(Page::read(&page.write()).unwrap(), page);
    let side = |yaml: &'static str| {
        let names = ["a.txt".to_owned(), "a.txt.meta.yaml".to_owned()];
        let fetch =
            |name: &str| Some(if name == "a.txt" { text.clone() } else { yaml.into() }.into());
        let archive = accession(&names, &fetch, &Options::default());
        archive.take("a.txt", text.as_bytes(), &|_| None)
    };
    assert_eq!(spoken(&side("passages: []").documents[0].page), []);
    let stated = side("passages: [{at: 1, lang: fr-CA}]");
    assert_eq!(spoken(&stated.documents[0].page), [(1, "fr-CA".to_owned())]);
    assert_eq!(side("passages: [{at: x}]").diagnostics[0].code.id(), "HX109");
}

#[test]
fn a_sign_alone_is_no_label() {
    let text = format!("Evening Bell |\n\n—\n\n{}", LETTER.split_once("News\n\n").unwrap().1);
    let cut = take("a.txt", &text).page.head.removed;
    assert!(cut.iter().all(|it| it.line != 3), "{cut:?}");
}

#[test]
fn odd_files_are_named_and_lost_to_nobody() {
    let said = |name: &str, bytes: &[u8]| -> Vec<String> {
        let taken = alone().take(name, bytes, &|_| None);
        let codes =
            taken.diagnostics.iter().map(|it| format!("{} {}", it.code.id(), it.place.path));
        codes.chain(taken.documents.iter().map(|it| it.path.clone())).collect()
    };
    let noise: Vec<u8> =
        (0..9999u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    assert_eq!(said("noise.bin", &noise), ["HX101 noise.bin"]);
    assert_eq!(said("empty.txt", b""), ["HX102 empty.txt"]);
    assert_eq!(said("blank.txt", b"\n \n\t\n"), ["HX102 blank.txt"]);
    assert_eq!(said("all.txt", b"Share this\n\nBack to top\n"), ["HX103 all.txt"]);
    assert_eq!(said("signs.txt", b"12 34\n\n56")[0], "HX105 signs.txt");
    let damaged = ["Żółw śpi na łące, a żaba skacze.".as_bytes(), b"\xff"].concat();
    assert_eq!(said("damaged.txt", &damaged)[0], "HX108 damaged.txt");
    assert_eq!(said("feed.xml", b"<?xml version=\"1.0\"?><rss></rss>"), ["HX101 feed.xml"]);
    let packed = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    let whole = packed(b"The council said on Monday that the bridge will be opened before winter.");
    assert!(!said("a.txt.gz", &whole).contains(&"HX113 a.txt.gz".to_owned()));
    assert_eq!(said("a.txt.gz", &whole[..whole.len() - 12])[0], "HX113 a.txt.gz");
    assert_eq!(said("a.txt.gz", &packed(&packed(b"x"))), ["HX101 a.txt.gz"]);
    let record = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\n\
                  Content-Length: 900\r\n\r\nThe council said that the bridge is open.";
    assert_eq!(said("a.warc", record.as_bytes())[0], "HX113 a.warc");
    let long = "word ".repeat(1 << 20);
    assert_eq!(said("long.txt", long.as_bytes())[0], "HX104 long.txt");
}

#[test]
fn what_touches_a_source_or_a_date_is_not_cut_with_it() {
    let archive = accession(&[], &|_| None, &Options::default());
    let page = |text: &str| {
        let mut taken = archive.take("a.txt", text.as_bytes(), &|_| None);
        taken.documents.remove(0).page
    };
    let rest = "The owner did not answer the letters of the families, said the league.\n\n\
        The inquiry will begin in June in the town hall of the capital.";
    let lead = "The miners met on Monday and asked for help.";
    for line in ["Source: Torrenza Herald", "June 6, 2024"] {
        let page = page(&format!("Miners ask for help\n{line}\n{lead}\n\n{rest}\n"));
        assert_eq!(page.head.title, "Miners ask for help", "{line}");
        assert_eq!(page.body.trim(), format!("{lead}\n\n{rest}"), "{line}");
    }
    let page = page(&format!("Miners ask for help\n\n{lead}\n\n{rest}\nSource: Torrenza Herald\n"));
    assert_eq!(page.body.trim(), format!("{lead}\n\n{rest}"));
}

#[test]
fn side_files_and_tables_of_sources_state_what_is_law() {
    let files: BTreeMap<&str, &str> = BTreeMap::from([
        ("a.txt", LETTER),
        ("a.txt.meta.yaml", "lang: pl\ndate: 2020-02-02\nstatement: bridge\nshelf: 4"),
        ("sources.csv", "seed;source_url;rights\na.txt;https://bell.example/1;free\ngone.txt;;\n"),
        ("b.txt", LETTER),
        ("b.txt.meta.yaml", "date: soon\ntitle: \"The \\u202Ebridge\"\n"),
        ("c.txt.meta.yaml", "a: [\n"),
    ]);
    let names: Vec<String> = files.keys().map(ToString::to_string).collect();
    let fetch = |name: &str| files.get(name).map(|text| text.as_bytes().to_vec());
    let archive = accession(&names, &fetch, &Options::default());
    let taken = |name: &str| archive.take(name, LETTER.as_bytes(), &|_| None);
    let head = taken("a.txt").documents.remove(0).page.head;
    assert_eq!((head.lang.as_str(), head.date.unwrap().as_str()), ("pl", "2020-02-02"));
    assert_eq!(head.date_basis, Some(hexapla::vocab::date::Basis::Sidecar));
    assert_eq!((head.statement.as_deref(), head.rights.as_deref()), (Some("bridge"), Some("free")));
    assert_eq!(head.source_url.as_deref(), Some("https://bell.example/1"));
    assert!(head.unknown.contains_key("shelf"));
    let soon = &taken("b.txt").diagnostics[0];
    assert_eq!(soon.code.id(), "HX109");
    assert_eq!(soon.message, "the value `soon` of `date` is not allowed");
    assert!(soon.hint.starts_with("write a day, a month, a year"), "{}", soon.hint);
    assert_eq!(taken("b.txt").documents[0].page.head.title, "The bridge");
    let said: Vec<String> = archive
        .diagnostics()
        .iter()
        .map(|it| format!("{} {}:{} {}", it.code.id(), it.place.path, it.place.line, it.message))
        .collect();
    assert_eq!(said[0], "HX109 sources.csv:3 there is no seed `gone.txt`");
    assert_eq!(
        said[1],
        "HX109 b.txt.meta.yaml:0 characters that cannot be seen are left out: U+202E"
    );
    assert_eq!(said[2], "HX109 c.txt.meta.yaml:0 there is no seed `c.txt`");
    assert!(said[3].starts_with("HX109 c.txt.meta.yaml:"), "{said:?}");
    assert!(!is_seed("sources.csv") && !is_seed("a.txt.meta.yaml") && is_seed("a.txt"));
}

/// The words of a text, without signs: what must not be lost.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Texts as lines that look like what outlets print.
fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[A-Z][a-z]{2,9}( [a-z]{1,9}){3,30}\\.",
        "[A-Z][a-z]{2,9}( [a-z]{1,9}){1,6}",
        "\\PC{0,60}",
        "[-#>*+=_|`~\\[\\]()<>&;:.0-9a-z ]{0,24}",
        Just("Share: Facebook Twitter".to_owned()),
        Just("KELMEN, 3 May 2021 (Bell) — The mayor said it.".to_owned()),
        Just("Read also: something else".to_owned()),
        Just("Evening Bell | bell.example".to_owned()),
        Just("Читайте также: ещё".to_owned()),
        Just("© Bell. All rights reserved.".to_owned()),
        Just("3 May 2021".to_owned()),
        Just(String::new()),
    ];
    proptest::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

/// A text as it stands in a file of some format: how such a file is called, and what it holds then.
type Format = (&'static str, fn(&str) -> Vec<u8>);

/// Formats of text that a file of one document can have. Fields of JSON and CSV may hold markup, whose tags
/// are no text; none is made here.
const FORMATS: [Format; 8] = [
    ("a.txt", |text| text.as_bytes().to_vec()),
    ("a.html", |text| {
        let lines = paragraphs(text, "<p>", "</p>\n");
        format!("<!doctype html><body><article>\n{lines}</article>").into_bytes()
    }),
    ("a.json", |text| {
        serde_json::json!({ "text": text.replace('<', " ") }).to_string().into_bytes()
    }),
    ("a.csv", |text| {
        format!("text\n\"{}\"\n", text.replace('<', " ").replace('"', "\"\"")).into_bytes()
    }),
    ("a.eml", |text| {
        format!(
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}"
        )
        .into_bytes()
    }),
    ("a.warc", |text| {
        let http =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}");
        let length = http.len();
        format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n{http}\r\n\r\n")
            .into_bytes()
    }),
    ("a.docx", |text| {
        let lines =
            paragraphs(text, "<w:p><w:r><w:t xml:space=\"preserve\">", "</w:t></w:r></w:p>");
        let document = format!("<w:document xmlns:w=\"w\"><w:body>{lines}</w:body></w:document>");
        packed("word/document.xml", &document)
    }),
    ("a.odt", |text| {
        let lines = paragraphs(text, "<text:p>", "</text:p>");
        let body = format!("<office:body><office:text>{lines}</office:text></office:body>");
        packed(
            "content.xml",
            &format!(
                "<office:document xmlns:office=\"o\" xmlns:text=\"t\">{body}</office:document>"
            ),
        )
    }),
];

/// The lines of a text as paragraphs of a format that escapes as XML does.
fn paragraphs(text: &str, open: &str, close: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    escaped.lines().map(|line| [open, line, close].concat()).collect()
}

/// A ZIP file of one part.
fn packed(name: &str, part: &str) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    file.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    file.write_all(part.as_bytes()).unwrap();
    file.finish().unwrap().into_inner()
}

/// A script whose sentences end without a sign has headlines too.
#[test]
fn a_thai_headline_is_the_title_and_no_passage() {
    let title = "แถลงการณ์กรมชลประทานแห่งจังหวัดท่าน้ำใสเรื่องการปล่อยน้ำจากเขื่อนผาแดง";
    let text = "กรมชลประทานจังหวัดท่าน้ำใสแถลงเมื่อวันจันทร์ว่าจะปล่อยน้ำจากเขื่อนผาแดงในอัตรา 450 ลูกบาศก์เมตรต่อวินาที \
                ตั้งแต่วันที่ 5 ตุลาคมเป็นต้นไป เพื่อลดความเสี่ยงที่น้ำจะล้นสันเขื่อน";
    let taken = take("th.txt", &format!("{title}\n\nท่าน้ำใส 3 ตุลาคม 2565\n\n{text}\n"));
    assert_eq!((taken.page.head.title.as_str(), taken.page.body.trim()), (title, text));
    assert_eq!(taken.page.head.date.map(|it| it.to_string()).as_deref(), Some("2022-10-03"));
}

/// What a page of an archive holds was parted when it was made: a dateline that stands in it is its own,
/// also where the lines above it are read otherwise as Markdown than as plain text.
#[test]
fn a_page_taken_in_again_keeps_the_dateline_in_its_text() {
    let dated = "KELMEN, 3 May 2021 (Bell) — The mayor said it.";
    let above = "|a\nAaa aaaa\nꬁל𑇡𛲐®A￼៰ a®0\n🮔";
    let seed = format!("Evening Bell | bell.example\nAaa a a a.\n{dated}\n\n{above}\n{dated}\n");
    let first = alone().take("a.txt", seed.as_bytes(), &|_| None).documents.remove(0).page;
    let again = alone().take("a.md", first.write().as_bytes(), &|_| None).documents.remove(0).page;
    assert!(first.body.trim_end().ends_with(dated), "{}", first.body);
    assert_eq!(again.body, first.body);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..600), kind in 0usize..9) {
        let (name, start): (&str, &[u8]) = [
            ("a.txt", &b""[..]), ("a.md", b"# "), ("a.html", b"<html><p>"), ("a.json", b"{\"text\":\""),
            ("a.csv", b"text,title\n"), ("a.eml", b"From: a\nMessage-ID: b\n\n"), ("a.warc", b"WARC/1.0\r\n"),
            ("a.docx", b"PK\x03\x04"), ("a.gz", b"\x1f\x8b"),
        ][kind];
        let bytes = [start, &bytes].concat();
        let taken = alone().take(name, &bytes, &|_| None);
        prop_assert!(!taken.documents.is_empty() || !taken.diagnostics.is_empty());
    }

    #[test]
    fn kept_and_removed_are_all(text in text(), format in 0usize..FORMATS.len()) {
        prop_assume!(!text.trim().is_empty());
        let (name, wrap) = FORMATS[format];
        let taken = alone().take(name, &wrap(&text), &|_| None);
        let Some(taken) = taken.documents.first() else { return Ok(()) };
        let mut said: Vec<String> = Vec::new();
        said.extend(taken.title_line.map(|_| taken.page.head.title.clone()));
        // Control characters are recorded by their numbers, which are no words of the text.
        let removed = taken.page.head.removed.iter().filter(|it| it.rule != "control-characters");
        said.extend(removed.map(|it| it.text.clone()));
        let body = passages(&taken.page.body);
        prop_assert_eq!(body.len(), taken.lines.len());
        prop_assert!(taken.lines.is_sorted());
        said.extend(body.into_iter().map(|it| it.text));
        let (mut kept, mut all) = (words(&said.join("\n")), words(&text));
        kept.sort();
        all.sort();
        prop_assert_eq!(kept, all, "{}: {:?}", name, &text);
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(text in text()) {
        let Some(first) = alone().take("a.txt", text.as_bytes(), &|_| None).documents.pop() else {
            return Ok(());
        };
        let again = alone().take("a.md", first.page.write().as_bytes(), &|_| None).documents.pop();
        prop_assert_eq!(again.map(|it| it.page.body), Some(first.page.body), "{:?}", text);
    }

    #[test]
    fn a_page_edited_by_hand_is_never_replaced(seed in text(), edit in "[a-z]{1,9}") {
        let Some(first) = alone().take("a.txt", LETTER.as_bytes(), &|_| None).documents.pop() else {
            return Ok(());
        };
        let holding = held(&first, Some(first.page.write() + &edit));
        let taken = alone().take("a.txt", seed.as_bytes(), &|_| Some(holding.clone()));
        for it in taken.documents {
            prop_assert_eq!((it.fate, it.path), (Fate::KeptByHand, holding.path.clone()));
        }
    }
}
