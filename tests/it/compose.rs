//! What composing promises: links that lead somewhere, texts that stay texts, the same bytes again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hexapla::arrange::Document;
use hexapla::error::Error;
use hexapla::vocab::codes::Code;
use hexapla::vocab::lang::Lang;
use hexapla::vocab::page::Stretch;
use proptest::prelude::*;

use crate::stand::{Stand, page, sample};

/// The values of an attribute, in the order of the page, still escaped.
pub(crate) fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let tags = html.split('<').skip(1).map(|it| it.split('>').next().unwrap());
    let mut found = Vec::new();
    for tag in tags {
        let mut rest = tag;
        while let Some((before, after)) = rest.split_once('=') {
            let name = before.rsplit([' ', '\n']).next().unwrap();
            let quote = after.chars().next().filter(|it| "\"'".contains(*it));
            let (value, tail) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap(),
                None => after.split_once(' ').unwrap_or((after, "")),
            };
            if name == attribute {
                found.push(value);
            }
            rest = tail;
        }
    }
    found
}

/// The path that a relative address leads to.
fn target(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        if part == ".." {
            parts.pop().unwrap_or_else(|| panic!("`{href}` leaves the folder"));
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// Faults in the links of a site, as sentences.
pub(crate) fn broken(files: &BTreeMap<String, String>) -> Vec<String> {
    let ids: BTreeMap<&str, BTreeSet<&str>> = files
        .iter()
        .map(|(path, html)| (path.as_str(), values(html, "id").into_iter().collect()))
        .collect();
    let mut faults = Vec::new();
    for (path, html) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for href in values(html, "href").into_iter().chain(values(html, "src")) {
            if href.contains("://") {
                continue;
            }
            let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
            let to = if file.is_empty() { path.clone() } else { target(path, file) };
            match ids.get(to.as_str()) {
                None => faults.push(format!("{path}: no file `{to}`")),
                Some(ids) if !fragment.is_empty() && !ids.contains(fragment) => {
                    faults.push(format!("{path}: no `#{fragment}` in `{to}`"));
                }
                Some(_) => {}
            }
        }
    }
    faults
}

/// The visible text of a page: what stands between tags, white space folded.
fn text(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut out = String::new();
    let mut in_tag = false;
    for character in body.chars() {
        match character {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                out.push(' ');
            }
            _ if !in_tag => out.push(character),
            _ => {}
        }
    }
    out.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every file of the sample's site.
const FILES: &[&str] = &[
    ".nojekyll",
    "404.html",
    "about.html",
    "archive.json",
    "data.html",
    "data/CITATION.cff",
    "data/alignments.csv",
    "data/bibtex/harbour-office.bib",
    "data/csl/harbour-office.json",
    "data/datapackage.json",
    "data/documents.csv",
    "data/findings.csv",
    "data/hexapla.bib",
    "data/ledger/harbour-office.csv",
    "data/manifest-sha256.txt",
    "data/names.csv",
    "data/related.csv",
    "data/removed.csv",
    "data/ris/en/protest.ris",
    "data/ris/harbour-office.ris",
    "data/statements.csv",
    "data/tei/harbour-office.xml",
    "data/tmx/harbour-office.tmx",
    "data/units.csv",
    "data/versions.csv",
    "dates.html",
    "dates/2023.html",
    "dates/unknown.html",
    "documents.html",
    "documents/ar/maktab.html",
    "documents/en/harbour.html",
    "documents/en/protest.html",
    "documents/fr/bureau.html",
    "documents/zh-hans/ganwu.html",
    "index.html",
    "languages.html",
    "languages/ar.html",
    "languages/en.html",
    "languages/fr.html",
    "languages/zh-hans.html",
    "names.html",
    "names/brenov.html",
    "outlets.html",
    "outlets/harbour-gazette.html",
    "outlets/unknown.html",
    "search-fold.js",
    "search-index.js",
    "search.html",
    "search.js",
    "search/c/ar-0.js",
    "search/c/en-0.js",
    "search/c/fr-0.js",
    "search/c/zh-hans-0.js",
    "search/d/0.js",
    "search/dates.js",
    "search/index.js",
    "search/k/0.js",
    "search/outlets.js",
    "search/p/0.js",
    "search/t/0.js",
    "sources/en/harbour.html",
    "statements.html",
    "statements/harbour-office.html",
    "style.css",
    "tags.html",
    "tags/harbour.html",
    "theme.js",
];

#[test]
fn the_site_has_these_files() {
    let files = sample().files();
    let paths: Vec<&str> =
        files.keys().map(String::as_str).filter(|it| !it.starts_with("ui/")).collect();
    assert_eq!(paths, FILES);
}

#[test]
fn every_link_leads_somewhere() {
    assert_eq!(broken(&sample().files()), Vec::<String>::new());
    assert_eq!(broken(&Stand::of(Vec::new()).files()), Vec::<String>::new());
    let mut public = sample();
    public.options.base_url = "https://a.example/archive/".into();
    let files = public.files();
    assert_eq!(broken(&files), Vec::<String>::new());
    assert!(files["404.html"].contains("href=https://a.example/archive/style.css"));
    assert!(files["feed.xml"].contains("<updated>2023-04-03T00:00:00Z</updated>"));
    assert!(files["sitemap.xml"].contains("<loc>https://a.example/archive/</loc>"));
}

#[test]
fn versions_in_one_language_are_set_against_each_other_word_by_word() {
    let mut stand = Stand::of(vec![
        ("en/first", page("en", "A notice", "Some 2,500 men left.\n\nNothing else happened.")),
        ("en/second", page("en", "A notice", "Some 2,600 men left.\n\nNothing else happened.")),
    ]);
    let rows: &[&[&str]] = &[&["0", "0"], &["1", "1"], &["2", "2"]];
    stand.bind("a-notice", &["en/first", "en/second"], rows);
    let html = &stand.files()["statements/a-notice.html"];
    assert_eq!(html.matches("Word for word as English 1").count(), 2);
    assert_eq!(html.matches("Word by word beside English 1").count(), 1);
    assert!(html.contains("Some <del>2,500</del><ins>2,600</ins> men left."));
}

#[test]
fn the_statement_page_says_in_words_what_differs() {
    let files = sample().files();
    let page = text(&files["statements/harbour-office.html"]);
    for words in [
        "Not in this version",
        "Moved: ¶1 in this version",
        "Again, ¶3",
        "One paragraph with passage 2: ¶1",
        "Only here",
        "Split over 2 paragraphs",
        "Shared names: 1 ( Brenov )",
        "Passages that agree: 0 of 4",
        "Hedge",
        "About",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let html = &files["statements/harbour-office.html"];
    assert_eq!(html.matches("dir=rtl lang=ar class=said").count(), 5, "{html}");
    assert_eq!(values(html, "id").iter().filter(|id| id.starts_with('u')).count(), 5);
}

#[test]
fn a_cell_in_another_language_than_its_version_says_so() {
    let mut stand = sample();
    let english = |it: &&mut Document| it.head.lang.as_str() == "en" && it.statement.is_some();
    let document = stand.archive.documents.iter_mut().find(english).unwrap();
    let hebrew = Lang::parse("he").unwrap();
    Arc::make_mut(&mut document.head).passages = vec![Stretch { at: 1, to: None, lang: hebrew }];
    let html = stand.files().remove("statements/harbour-office.html").unwrap();
    assert_eq!(html.matches("dir=rtl lang=he class=said").count(), 2, "{html}");
}

#[test]
fn the_document_page_says_where_the_text_came_from() {
    let files = sample().files();
    let page = text(&files["documents/en/harbour.html"]);
    for words in [
        "3 April 2023",
        "named in the text",
        "Harbour Gazette",
        "1 line removed",
        "original",
        "Read 4 versions side by side",
        "The office said on Monday:",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(text(&files["documents/en/protest.html"]).contains("Published by unknown"));
    assert!(files["documents/en/harbour.html"].contains("href=../fr/bureau.html"));
    assert!(files["documents/en/harbour.html"].contains("<span class=k-k>fn</span>"));
}

#[test]
fn a_document_page_carries_little_beyond_its_text() {
    let mut stand = sample();
    stand.options.base_url = "https://a.example/".into();
    let files = stand.files();
    for (name, at) in [("documents/ar/maktab.html", 0), ("documents/fr/bureau.html", 3)] {
        let extra = files[name].len() - stand.pages[at].body.len();
        assert!(extra <= 5 * 1024, "{name}: {extra} bytes beyond the text");
    }
}

#[test]
fn the_source_view_gives_every_line_a_fate() {
    let files = sample().files();
    let html = &files["sources/en/harbour.html"];
    let page = text(html);
    for words in [
        "1 Harbour Gazette Kept as a detail of the document",
        "3 Harbour Office on the closing of the northern quay Kept as the title",
        "Kept as passage 1",
        "Removed: share-line",
        "Share RLO this",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!html.contains('\u{202e}') && html.contains(">RLO</span>"), "{html}");
}

#[test]
fn the_catalogue_is_sorted_and_complete() {
    let files = sample().files();
    assert_eq!(
        files["archive.json"].lines().take(2).collect::<Vec<_>>(),
        [
            "{\"documents\": [",
            "{\"id\":\"ar/maktab\",\"path\":\"documents/ar/maktab.html\",\"lang\":\"ar\",\"title\":\"مكتب الميناء حول إغلاق الرصيف الشمالي\",\"date\":\"2023-04\",\"outlet\":null,\"statement\":\"harbour-office\",\"seed\":null,\"sha256\":null},",
        ]
    );
    let last = files["archive.json"].lines().rev().nth(1).unwrap();
    assert!(last.ends_with("\"documents\":[\"ar/maktab\",\"en/harbour\",\"fr/bureau\",\"zh-hans/ganwu\"],\"languages\":[\"ar\",\"en\",\"fr\",\"zh-Hans\"]}"), "{last}");
}

#[test]
fn hostile_words_stay_words() {
    let evil = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\u{202e}</title></script>{{ 7*7 }}";
    let mut hostile = page(
        "en",
        evil,
        "<script>alert(1)</script>\n\n[a](javascript:alert(1)) ![b](https://a.example/b.png) [c](../../../etc/passwd)",
    );
    let head = &mut hostile.head;
    for field in [
        &mut head.subtitle,
        &mut head.outlet,
        &mut head.section,
        &mut head.dateline,
        &mut head.author,
        &mut head.captured_at,
        &mut head.rights,
        &mut head.encoding,
        &mut head.sha256,
    ] {
        *field = Some(evil.into());
    }
    head.source_url = Some("javascript:alert(1)//https://a.example".into());
    head.seed = Some("../evil<script>.txt".into());
    head.tags = vec![evil.into()];
    head.frame = vec![evil.into()];
    let mut other = hostile.clone();
    other.body = evil.into();
    let mut stand = Stand::of(vec![("en/a", hostile), ("en/b", other)]);
    stand.seeds.insert("../evil<script>.txt".into(), evil.as_bytes().to_vec());
    stand.bind("evil", &["en/a", "en/b"], &[&["0", "0"], &["1", "1"]]);
    let reason = stand.archive.statements[0].versions[0].reason.as_mut().unwrap();
    reason.shared[0].examples = vec![evil.into()];
    stand.options.title = evil.into();
    stand.options.description = evil.into();
    stand.options.base_url = "https://a.example/".into();
    let files = stand.files();
    for (path, html) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let scripts = html.matches("<script").count();
        let known = html.matches("<script src=").count()
            + html.matches("<script type=\"application/ld+json\">").count()
            + html.matches("<script type=application/ld+json>").count()
            + html.matches("<script defer src=search").count();
        assert_eq!(scripts, known, "{path}\n{html}");
        assert!(!html.contains("<img") && html.contains("{{ 7*7 }}"), "{path}\n{html}");
        for href in values(html, "href") {
            assert!(!href.starts_with("javascript"), "{path}: {href}");
        }
    }
    assert_eq!(broken(&files), Vec::<String>::new());
}

#[test]
fn a_path_that_is_not_planned_is_a_broken_link() {
    let fault = sample().site(|site| site.render("documents/en/nothing.html").unwrap_err());
    assert_eq!(fault.code.id(), "HX401");
    assert_eq!(fault.message, "the site has no file `documents/en/nothing.html`");
}

#[test]
fn lists_run_over_pages() {
    let names: Vec<String> = (0..450).map(|at| format!("en/text-{at:03}")).collect();
    let pages = names.iter().map(|name| (name.as_str(), page("en", name, "Text."))).collect();
    let files = Stand::of(pages).files();
    assert!(files.contains_key("documents-3.html") && !files.contains_key("documents-4.html"));
    assert!(files.contains_key("languages/en-3.html"));
    assert!(text(&files["documents-2.html"]).contains("Page 2 of 3 Previous page 1 2 3 Next page"));
    assert_eq!(broken(&files), Vec::<String>::new());
}

#[test]
fn the_same_material_gives_the_same_bytes_from_any_thread() {
    let stand = sample();
    let once = stand.files();
    let again = stand.site(|site| {
        let paths: Vec<String> = site.paths().into_iter().map(str::to_owned).collect();
        std::thread::scope(|scope| {
            let render = |path: &String| String::from_utf8(site.render(path).unwrap()).unwrap();
            let work: Vec<_> =
                paths.iter().rev().map(|path| scope.spawn(move || render(path))).collect();
            let done = work.into_iter().rev().map(|it| it.join().unwrap());
            paths.iter().cloned().zip(done).collect::<BTreeMap<_, _>>()
        })
    });
    assert!(once == again);
}

#[test]
fn a_fault_in_a_template_names_its_place() {
    let mut stand = sample();
    stand.theme.insert("404.html".into(), "<p>\n  {{ page.documnts }}\n".into());
    let fault = stand.site(|site| site.render("404.html").unwrap_err());
    assert_eq!(fault.code, Code::BadTheme);
    assert_eq!(
        (fault.place.path.as_str(), fault.place.line, fault.place.column),
        ("404.html", 2, 11)
    );
    assert_eq!(fault.place.excerpt, "  {{ page.documnts }}");
    assert_eq!(
        fault.message,
        "field `documnts` is not defined. Available fields: documents, statements"
    );

    stand.theme.insert("404.html".into(), "{{ pages }}".into());
    let fault = stand.site(|site| site.render("404.html").unwrap_err());
    assert!(fault.message.contains("Available variables: frame, page"), "{}", fault.message);

    stand.theme.insert("404.html".into(), "<p>\n{% if x %}".into());
    let faults = stand.planned(&|_| None, |site| {
        let Err(Error::Faults(faults)) = site else { panic!("a broken template was taken") };
        faults
    });
    assert_eq!(faults[0].place.path, "404.html");
}

#[test]
fn every_interface_language_says_everything() {
    let theme = sample().theme;
    let keys = |name: &str| -> BTreeSet<String> {
        let lines = theme[name].lines().filter(|line| !line.starts_with(['#', ' ']));
        lines.filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect()
    };
    let english = keys("messages/en.yaml");
    for name in theme.keys().filter(|name| name.starts_with("messages/")) {
        let missing: Vec<_> = english.difference(&keys(name)).cloned().collect();
        // Forms of months that English does not tell apart may be extra; nothing may be missing.
        assert_eq!(missing, Vec::<String>::new(), "{name}");
        let lang = name.trim_start_matches("messages/").trim_end_matches(".yaml");
        let mut stand = sample();
        stand.options.interface = lang.into();
        let files = stand.files();
        assert!(values(&files["index.html"], "lang").first() == Some(&lang), "{name}");
        for (path, html) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            let text = text(html);
            let left =
                text.split('{').skip(1).any(|it| it.starts_with(|it: char| it.is_alphabetic()));
            assert!(!left, "{name}: a placeholder is left in {path}: {text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The numbers of passages in a page are those of `passages()`, whatever the body.
    #[test]
    fn numbers_of_passages_agree(body in "([#>*|`\\-\\[\\]()!<a-z \\n1.\\^:\u{a0}]|\\n\\n|- |```\\n|\\[\\^a\\]: ){0,80}") {
        use hexapla::vocab::prose::{html::{Hooks, html}, passages};
        let set = html(&body, Hooks { link: &|_| None, code: &|_, _| None, lang: &|_| None });
        let ids: Vec<String> = values(&set, "id").into_iter().filter(|id| id.starts_with('p')).map(str::to_owned).collect();
        let expected: Vec<String> = (1..=passages(&body).len()).map(|number| format!("p{number}")).collect();
        let mut sorted = ids.clone();
        sorted.sort_by_key(|id| id[1..].parse::<usize>().unwrap());
        prop_assert_eq!(sorted, expected, "{}", set);
    }
}
