//! `hexapla check` and `hexapla verify`: what they find, and that they leave everything as it was.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::archive::{Scratch, stderr, stdout};

/// An archive of three pages by hand, two of which are versions of one statement.
fn archive() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("hexapla.yaml", "title: Check\n");
    page(
        &scratch,
        "en/quay",
        "lang: en\nstatement: quay",
        "The quay is closed.\n\nIt opens in May.",
    );
    page(
        &scratch,
        "fr/quai",
        "lang: fr\nstatement: quay",
        "Le quai est fermé.\n\nIl ouvre en mai.",
    );
    page(&scratch, "en/lone", "lang: en", "A lone ship.\n\nAnother passage.");
    scratch
}

/// Writes a page by hand.
fn page(scratch: &Scratch, name: &str, head: &str, body: &str) {
    let text = format!("---\ntitle: Page {name}\n{head}\n---\n\n{body}\n");
    scratch.write(&format!("content/{name}.md"), text);
}

/// What is found, without what is said of the program's own work.
fn found(scratch: &Scratch) -> Vec<String> {
    let checked = scratch.run(&["check", "--message-format", "short", "--quiet"]);
    stderr(&checked).lines().map(str::to_owned).collect()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn a_sound_archive_is_found_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Scratch::with_seeds(&root.join("seeds"));
    fs::copy(root.join("hexapla.yaml"), scratch.path("hexapla.yaml")).unwrap();
    scratch.build();
    let checked = scratch.run(&["check", "--strict"]);
    let said = stderr(&checked);
    assert!(said.ends_with(": nothing is wrong\n") && said.lines().count() == 1, "{said}");
    assert_eq!((status(&checked), stdout(&checked)), (0, String::new()));
    let public = scratch.run(&["check", "--strict", "--base-url", "https://a.example/sub"]);
    assert!(stderr(&public).ends_with(": nothing is wrong\n"), "{}", stderr(&public));
}

#[test]
fn checking_writes_nothing() {
    let scratch = archive();
    scratch.write("seeds/new.txt", "The ferry came in late and nobody was hurt.\n");
    let before = scratch.files("");
    assert_eq!(status(&scratch.run(&["check"])), 0);
    assert_eq!(scratch.files(""), before, "before the first build");
    scratch.build();
    scratch.write("seeds/new.txt", "The ferry came in late and nobody was hurt at all.\n");
    page(&scratch, "en/other", "lang: en", "Other words.");
    let before = scratch.files("");
    assert_eq!(status(&scratch.run(&["check"])), 0);
    assert_eq!(scratch.files(""), before, "after a build");
}

#[test]
fn links_of_texts_must_lead_somewhere() {
    let scratch = archive();
    page(
        &scratch,
        "en/links",
        "lang: en",
        "[good](quay.md) [far](../fr/quai.md#p2) [own](#p1) [out](https://a.example/x.md)\n\n\
         See [gone](../fr/gone.md) and [passage](quay.md#p9).\n\n\
         [place](quay.md#end) ![map](map.png) [own](#p7)",
    );
    let expected = [
        "content/en/links.md:8:5: warning[HX401]: `../fr/gone.md` leads to a page that is not there: `fr/gone.md`",
        "content/en/links.md:8:31: warning[HX401]: `quay.md#p9` leads to a passage that is not there: `en/quay.md` has 2",
        "content/en/links.md:10:1: warning[HX401]: `quay.md#end` names no passage: `#end`",
        "content/en/links.md:10:22: warning[HX401]: `map.png` leads to no page of the archive and is shown as text",
        "content/en/links.md:10:38: warning[HX401]: `#p7` leads to a passage that is not there: `en/links.md` has 3",
    ];
    assert_eq!(found(&scratch), expected);
    scratch.build();
    assert_eq!(found(&scratch), expected, "nor is it said twice when the site is built");
    assert_eq!(status(&scratch.run(&["check"])), 0);
    assert_eq!(status(&scratch.run(&["check", "--strict"])), 1);
    let human = stderr(&scratch.run(&["check"]));
    assert!(
        human.contains(" --> content/en/links.md:8:5\n  |\n8 | See [gone](../fr/gone.md) and [passage](quay.md#p9).\n  |     ^\n"),
        "{human}"
    );
    assert!(human.ends_with("4 documents, 1 statement: 5 warnings\n"), "{human}");
}

#[test]
fn links_of_a_theme_are_told_once() {
    let scratch = archive();
    let theme = |html: &str| scratch.write("themes/mine/about.html", html);
    let about = "{% extends \"base.html\" %}{% block main %}<h1 id=here>About</h1>";
    theme(&format!(
        "{about}<a href=\"#here\">a</a><a href=\"nowhere.html\">b</a>\n\
         <a href='index.html#nothing'>c</a><img src=/logo.png><a href=../up.html>d</a>\
         <img src=own.png><a href=\"mailto:a@a.example\">e</a>{{% endblock main %}}"
    ));
    scratch.write("hexapla.yaml", "title: Check\ntheme: mine\n");
    scratch.write("public/own.png", "a picture");
    let found = found(&scratch);
    let messages: Vec<&str> =
        found.iter().map(|it| it.split_once("about.html:").unwrap().1).collect();
    let messages: Vec<&str> = messages.iter().map(|it| it.split_once(' ').unwrap().1).collect();
    assert_eq!(
        messages,
        [
            "warning[HX401]: `../up.html` leads out of the archive's folder",
            "warning[HX401]: `/logo.png` begins at the root of the host, where the archive need not be",
            "warning[HX401]: `index.html#nothing` leads to a place that the page does not have",
            "warning[HX401]: `nowhere.html` leads to a file that the site does not have",
        ]
    );
    let gone =
        "{% extends \"base.html\" %}{% block main %}<a href=nowhere.html>x</a>{% endblock main %}";
    theme(gone);
    scratch.write("themes/mine/404.html", gone);
    let told = self::found(&scratch);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("public/404.html:") && told[0].ends_with("; so does 1 more page"));
    let many =
        (100..250).fold(String::new(), |all, it| all + "<a href=no" + &it.to_string() + ">x</a>");
    theme(&gone.replace("<a", &format!("{many}<a")));
    let told = self::found(&scratch);
    let rest = "public: warning[HX401]: 51 more targets of links are not there";
    assert!(told.len() == 101 && told.iter().any(|it| it == rest), "{told:?}");
}

#[test]
fn a_template_that_fails_is_found_without_a_build() {
    let scratch = archive();
    scratch.write("hexapla.yaml", "title: Check\ntheme: mine\n");
    scratch.write("themes/mine/about.html", "{{ nothing.at.all }}");
    let checked = scratch.run(&["check", "--message-format", "short"]);
    assert!(stderr(&checked).contains("HX010"), "{}", stderr(&checked));
    assert_ne!(status(&checked), 0);
    assert!(!scratch.path("public").exists());
}

#[test]
fn front_matter_must_be_meant() {
    let scratch = archive();
    page(&scratch, "xx/a", "lang: english\ndate: 2023/2022", "One.");
    page(&scratch, "xx/b", "lang: xx\nstatement: quey", "Two.");
    page(&scratch, "xx/c", "lang: en\nshelf: 3", "Three.");
    page(&scratch, "xx/d", "lang: en\ndate: 2023-02-30", "Four.");
    page(&scratch, "xx/e", "lang: en\nlang: fr", "Five.");
    page(&scratch, "xx/f", "lang: en\ntags: 3", "Six.");
    let expected = [
        "content/xx/a.md:3: warning[HX601]: no language has the tag `english`",
        "content/xx/a.md:4: warning[HX602]: `2023/2022` ends before it begins",
        "content/xx/b.md:3: warning[HX601]: no language has the tag `xx`",
        "content/xx/c.md: warning[HX152]: `shelf` is not a key of the front matter",
        "content/xx/d.md:4:1: error[HX151]: `2023-02-30` is not a date in EDTF level 1",
        "content/xx/e.md:4:1: error[HX151]: duplicate field `lang`",
        "content/xx/f.md:4:1: error[HX151]: invalid type: integer `3`, expected a sequence",
    ];
    assert_eq!(found(&scratch), expected);
    let all = scratch.run(&["check", "--message-format", "short"]);
    let note = "content/xx/b.md:4: note[HX603]: no other page is a version of `quey`";
    assert!(stderr(&all).contains(note), "{}", stderr(&all));
    assert_eq!(status(&all), 1);
}

#[test]
fn what_a_curator_wrote_beside_the_pages_is_checked() {
    let scratch = archive();
    scratch.write(
        "content/align.csv",
        "statement,unit,document,passage,words,status\n\
         quay,1,en/quay,1,,reviewed\nquay,1,fr/quai,1,,reviewed\n\
         quay,2,en/quay,2,,automatic\nquay,2,fr/quai,2,,automatic\n\
         quay,3,en/quay,1,Other words,\nnowhere,1,en/quay,1,,\n",
    );
    scratch.write("content/names.yaml", "join: 3\n");
    scratch.write("hexapla.yaml", "titel: Check\n");
    assert_eq!(
        found(&scratch),
        [
            "content/align.csv:4: warning[HX604]: 2 rows of `quay` wait for review",
            "content/align.csv:6: warning[HX301]: `en/quay` has no passage 1 that begins so",
            "content/align.csv:7: warning[HX301]: there is no statement `nowhere`",
            "content/names.yaml:1: warning[HX302]: join: invalid type: integer `3`, expected a sequence",
            "hexapla.yaml:1: warning[HX002]: `titel` is not a setting",
        ]
    );
}

#[test]
fn names_must_not_stand_in_each_others_way() {
    let scratch = archive();
    page(&scratch, "more/quay", "lang: en", "The quay again.");
    scratch.write("seeds/a.txt", "The ferry came in late and nobody was hurt.\n");
    scratch.write("seeds/A.txt", "The harbour master thanked all the crews for their patience.\n");
    let told = found(&scratch);
    assert_eq!(told[0].split("documents/en/quay-").count(), 2, "{told:?}");
    assert!(
        told[0].starts_with("content/more/quay.md: warning[HX605]: `en/quay.md` has the address `documents/en/quay.html`"),
        "{told:?}"
    );
    if scratch.files("seeds").len() == 2 {
        assert_eq!(
            told[1..],
            ["seeds/a.txt: warning[HX606]: `A.txt` differs from this name in case only"]
        );
    }
}

#[test]
fn findings_are_data_where_a_form_is_asked_for() {
    let scratch = archive();
    page(&scratch, "en/links", "lang: en", "[gone](gone.md)");
    let lines = scratch.run(&["check", "--format", "tsv", "--quiet"]);
    assert_eq!(
        stdout(&lines),
        "warning\tHX401\tcontent/en/links.md\t6\t1\t`gone.md` leads to a page that is not there: `en/gone.md`\n"
    );
    assert_eq!(stderr(&lines), "");
    let json = stdout(&scratch.run(&["check", "--format", "json"]));
    let object: serde_json::Value = serde_json::from_str(json.trim_end()).unwrap();
    assert_eq!((&object["code"], &object["line"]), (&"HX401".into(), &6.into()));
}

/// An archive of three raw texts, built.
fn raw_texts() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("seeds/a.txt", "The ferry came in late and nobody was hurt.\n");
    scratch.write("seeds/b.txt", "The harbour master thanked all the crews for their patience.\n");
    scratch
        .write("seeds/sub/c.txt", "Forty ships are waiting outside the northern quay tonight.\n");
    scratch.build();
    scratch
}

#[test]
fn raw_texts_that_are_as_recorded_are_found_so() {
    let scratch = raw_texts();
    let before = scratch.files("");
    let verified = scratch.run(&["verify", "--format", "tsv", "--strict"]);
    assert_eq!(stderr(&verified), "raw files: 3 unchanged: nothing is wrong\n");
    let page = scratch.page_of("a.txt");
    let digest = hexapla::vocab::digest::sha256(b"The ferry came in late and nobody was hurt.\n");
    let first = format!("unchanged\ta.txt\t{digest}\t{}", page.trim_start_matches("content/"));
    let lines = stdout(&verified);
    assert_eq!(lines.lines().next(), Some(first.as_str()));
    assert_eq!((lines.lines().count(), status(&verified)), (3, 0));
    assert_eq!(scratch.files(""), before, "and nothing is written");
}

#[test]
fn one_flipped_bit_is_found() {
    let scratch = raw_texts();
    let mut bytes = fs::read(scratch.path("seeds/b.txt")).unwrap();
    bytes[7] ^= 1;
    let recorded = hexapla::vocab::digest::sha256(&fs::read(scratch.path("seeds/b.txt")).unwrap());
    scratch.write("seeds/b.txt", &bytes);
    let page = scratch.page_of("b.txt").trim_start_matches("content/").to_owned();
    let verified = scratch.run(&["verify"]);
    assert_eq!(
        stderr(&verified),
        format!(
            "error[HX701]: holds other bytes than `{page}` was made from\n --> seeds/b.txt\n\
             \x20 = hint: get the file back from a copy; where the change is meant, build again\n\
             \x20         recorded {recorded}\n          found    {}\n\n\
             raw files: 2 unchanged, 1 changed: 1 error\n",
            hexapla::vocab::digest::sha256(&bytes)
        )
    );
    assert_eq!(status(&verified), 1);
    let json = stdout(&scratch.run(&["verify", "--format", "json", "--quiet"]));
    let second: serde_json::Value = serde_json::from_str(json.lines().nth(1).unwrap()).unwrap();
    assert_eq!(second["state"], "changed");
    assert_eq!(second["pages"][0]["sha256"].as_str(), Some(recorded.as_str()));
}

#[test]
fn raw_texts_that_are_gone_renamed_or_new_are_named() {
    let scratch = raw_texts();
    let pages = ["a.txt", "b.txt", "sub/c.txt"]
        .map(|seed| scratch.page_of(seed).trim_start_matches("content/").to_owned());
    fs::remove_file(scratch.path("seeds/a.txt")).unwrap();
    fs::rename(scratch.path("seeds/b.txt"), scratch.path("seeds/z.txt")).unwrap();
    let third = format!("content/{}", pages[2]);
    let text = fs::read_to_string(scratch.path(&third)).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("sha256:")).collect();
    scratch.write(&third, kept.join("\n"));
    let verified = scratch.run(&["verify", "--message-format", "short"]);
    let said = stderr(&verified);
    let mut expected = vec![
        format!("content/{}: error[HX702]: the raw text `a.txt` of this page is missing", pages[0]),
        format!("content/{}: error[HX702]: the raw text `b.txt` of this page is missing", pages[1]),
        format!("{third}: warning[HX704]: no digest of the raw text `sub/c.txt` is recorded"),
        "seeds/z.txt: note[HX703]: no page was made from it".to_owned(),
        "raw files: 2 missing, 1 unrecorded, 1 new: 2 errors, 1 warning, 1 note".to_owned(),
    ];
    let mut lines: Vec<&str> = said.lines().collect();
    expected.sort();
    lines.sort_unstable();
    assert_eq!(lines, expected);
    assert_eq!(status(&verified), 1);
    let human = stderr(&scratch.run(&["verify"]));
    assert!(human.contains("its bytes are those of `z.txt` now; give it its name back"), "{human}");
}

#[test]
fn the_published_list_of_digests_must_fit() {
    let scratch = raw_texts();
    let list = "public/data/manifest-sha256.txt";
    let text = fs::read_to_string(scratch.path(list)).unwrap();
    let zeros = "0".repeat(64);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[0] = format!("{zeros}  a.txt");
    lines[2] = format!("{zeros}  d.txt");
    scratch.write(list, lines.join("\n") + "\n");
    let verified = scratch.run(&["verify", "--message-format", "short", "--quiet"]);
    assert_eq!(
        stderr(&verified).lines().collect::<Vec<_>>(),
        [
            "public/data/manifest-sha256.txt: warning[HX705]: `sub/c.txt` is not listed",
            "public/data/manifest-sha256.txt:1: warning[HX705]: `a.txt` has another digest than is published",
            "public/data/manifest-sha256.txt:3: warning[HX705]: `d.txt` is published and no page names it",
        ]
    );
    assert_eq!(status(&verified), 0);
    scratch.build();
    assert_eq!(stderr(&scratch.run(&["verify", "--quiet"])), "");
}
