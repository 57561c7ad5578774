//! Whole archives: texts in, site out, through the program itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The texts of the sample archive.
fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// The five real texts, where they are.
fn five() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let there = folder.is_dir();
    if !there {
        eprintln!("skipped: ../shared/seeds is not there");
    }
    there.then_some(folder)
}

/// An archive in a scratch folder.
pub(crate) struct Scratch(TempDir);

impl Scratch {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn with_seeds(from: &Path) -> Self {
        let scratch = Self::new();
        fs::create_dir_all(scratch.path("seeds")).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it != "md")
                || path.ends_with("joint-declaration.md")
            {
                fs::copy(&path, scratch.path("seeds").join(path.file_name().unwrap())).unwrap();
            }
        }
        scratch
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_hexapla"))
            .current_dir(self.0.path())
            .args(arguments)
            .output()
            .unwrap()
    }

    pub(crate) fn build(&self) -> Output {
        self.run(&["build"])
    }

    /// The page of the seed whose name begins so.
    pub(crate) fn page_of(&self, seed: &str) -> String {
        let register = fs::read_to_string(self.path("content/register.tsv")).unwrap();
        let line = register.lines().find(|line| line.starts_with(seed)).unwrap();
        format!("content/{}", line.split('\t').nth(2).unwrap())
    }

    /// Every file below a folder, by its path; none where it is not there.
    pub(crate) fn files_if_there(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        if self.path(folder).is_dir() { self.files(folder) } else { BTreeMap::new() }
    }

    /// Every file below a folder, by its path.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), &self.path(folder), &mut files);
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Statement by file name, as `group` prints it.
fn groups(text: &str) -> BTreeMap<String, (String, String)> {
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        (fields[0].to_owned(), (fields[1].to_owned(), fields[2].to_owned()))
    };
    text.lines().map(row).collect()
}

#[test]
fn the_five_real_texts_are_one_statement_and_a_lone_story() {
    let Some(seeds) = five() else { return };
    let scratch = Scratch::with_seeds(&seeds);
    let built = scratch.build();
    assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    let groups = groups(&stdout(&scratch.run(&["group", "seeds"])));
    let languages: Vec<&str> = groups.values().map(|(_, lang)| lang.as_str()).collect();
    assert_eq!(languages, ["pl", "fr", "en", "ar", "pl"]);
    let statements: Vec<&str> = groups.values().map(|(statement, _)| statement.as_str()).collect();
    assert!(statements[..4].iter().all(|it| *it == statements[0]), "{statements:?}");
    assert_ne!(statements[4], statements[0]);
    let catalogue: serde_json::Value =
        serde_json::from_slice(&fs::read(scratch.path("public/archive.json")).unwrap()).unwrap();
    assert_eq!(catalogue["documents"].as_array().unwrap().len(), 5);
    assert_eq!(catalogue["statements"].as_array().unwrap().len(), 1);
    assert_eq!(catalogue["statements"][0]["documents"].as_array().unwrap().len(), 4);
}

#[test]
fn building_again_writes_nothing() {
    let scratch = Scratch::with_seeds(&sample());
    assert_eq!(scratch.build().status.code(), Some(0));
    let (content, public) = (scratch.files("content"), scratch.files("public"));
    let again = scratch.build();
    assert!(stderr(&again).contains("0 files written"), "{}", stderr(&again));
    assert!(stderr(&again).contains("0 pages written"), "{}", stderr(&again));
    assert_eq!(scratch.files("content"), content);
    assert_eq!(scratch.files("public"), public);
}

#[test]
fn threads_and_the_age_of_files_do_not_show() {
    let (one, two) = (Scratch::with_seeds(&sample()), Scratch::new());
    let mut names: Vec<_> =
        fs::read_dir(one.path("seeds")).unwrap().map(|it| it.unwrap().path()).collect();
    names.sort();
    for path in names.iter().rev() {
        two.write(
            &format!("seeds/{}", path.file_name().unwrap().to_string_lossy()),
            fs::read(path).unwrap(),
        );
    }
    assert_eq!(one.run(&["build", "--jobs", "1"]).status.code(), Some(0));
    assert_eq!(two.run(&["build", "--jobs", "2"]).status.code(), Some(0));
    assert_eq!(one.files("content"), two.files("content"));
    assert_eq!(one.files("public"), two.files("public"));
}

#[test]
fn what_a_curator_wrote_is_never_touched() {
    let scratch = Scratch::with_seeds(&sample());
    scratch.build();
    let page = |seed: &str| scratch.page_of(seed);
    let (edited, own) = (page("033_"), "content/en/my-note.md");
    let text = fs::read_to_string(scratch.path(&edited)).unwrap() + "\nA line of the curator's.\n";
    scratch.write(&edited, &text);
    scratch.write(own, "---\ntitle: My note\nlang: en\n---\n\nA page nobody sent in.\n");
    let seed = scratch.files("seeds").keys().find(|name| name.starts_with("033_")).unwrap().clone();
    let raw = fs::read_to_string(scratch.path(&format!("seeds/{seed}"))).unwrap();
    scratch.write(&format!("seeds/{seed}"), raw.replace("26 łodzi", "27 łodzi"));
    let other =
        scratch.files("seeds").keys().find(|name| name.starts_with("022_")).unwrap().clone();
    fs::remove_file(scratch.path(&format!("seeds/{other}"))).unwrap();
    let built = scratch.build();
    assert_eq!(fs::read_to_string(scratch.path(&edited)).unwrap(), text);
    assert!(stderr(&built).contains("HX106"), "{}", stderr(&built));
    assert!(
        stderr(&built).contains("27 łodzi"),
        "the note shows what the seed says now: {}",
        stderr(&built)
    );
    assert!(stderr(&built).contains("HX107"), "{}", stderr(&built));
    assert!(scratch.path(&page("022_")).is_file(), "the page of a deleted seed stays");
    assert!(scratch.path("public/documents/en/my-note.html").is_file());
}

#[test]
fn a_page_nobody_edited_follows_its_seed() {
    let scratch = Scratch::with_seeds(&sample());
    scratch.build();
    let seed = scratch.files("seeds").keys().find(|name| name.starts_with("033_")).unwrap().clone();
    let raw = fs::read_to_string(scratch.path(&format!("seeds/{seed}"))).unwrap();
    scratch.write(&format!("seeds/{seed}"), raw.replace("26 łodzi", "27 łodzi"));
    scratch.build();
    let said = |folder: &str, words: &str| {
        scratch.files(folder).values().any(|bytes| String::from_utf8_lossy(bytes).contains(words))
    };
    assert!(said("content", "27 łodzi") && !said("content", "26 łodzi"));
}

#[test]
fn pages_follow_a_seed_that_was_renamed() {
    let scratch = Scratch::with_seeds(&sample());
    scratch.build();
    let before = scratch.files("content").len();
    let seed = |start: &str| {
        let names = scratch.files("seeds");
        names.keys().find(|name| name.starts_with(start)).unwrap().clone()
    };
    let (edited, plain) = (scratch.page_of("033_"), scratch.page_of("022_"));
    let text = fs::read_to_string(scratch.path(&edited)).unwrap() + "\nA line of the curator's.\n";
    scratch.write(&edited, &text);
    for (start, name) in [("033_", "kept.txt"), ("022_", "sub/other.txt")] {
        fs::create_dir_all(scratch.path("seeds/sub")).unwrap();
        let from = scratch.path(&format!("seeds/{}", seed(start)));
        fs::rename(from, scratch.path(&format!("seeds/{name}"))).unwrap();
    }
    for _ in 0..2 {
        let said = stderr(&scratch.build());
        assert_eq!(scratch.files("content").len(), before, "no second page: {said}");
        assert!(!said.contains("HX107"), "{said}");
        assert!(said.contains("HX106") && said.contains("write `seed: kept.txt`"), "{said}");
    }
    assert!(fs::read_to_string(scratch.path(&plain)).unwrap().contains("seed: sub/other.txt"));
    assert_eq!(fs::read_to_string(scratch.path(&edited)).unwrap(), text);
}

#[test]
fn bad_seeds_are_named_and_the_rest_is_built() {
    let scratch = Scratch::new();
    let text = fs::read_to_string(sample().join("026_22be0328639541e5.txt")).unwrap();
    scratch.write("seeds/good.txt", text);
    scratch.write("seeds/empty.txt", "");
    scratch.write("seeds/long.txt", "long ".repeat(10_000_000));
    let noise: Vec<u8> =
        (0..40_000u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    scratch.write("seeds/noise.bin", noise);
    let built = scratch.build();
    let said = stderr(&built);
    for (file, code) in [("empty.txt", "HX102"), ("long.txt", "HX104"), ("noise.bin", "HX101")] {
        let named = said.split("\n\n").any(|part| part.contains(file) && part.contains(code));
        assert!(named, "{code} does not name {file}:\n{said}");
    }
    assert_eq!(built.status.code(), Some(1), "{said}");
    assert!(scratch.path("public/index.html").is_file());
    fs::remove_file(scratch.path("seeds/noise.bin")).unwrap();
    assert_eq!(scratch.build().status.code(), Some(0), "an empty file is no loss to the archive");
    assert_eq!(scratch.run(&["build", "--strict"]).status.code(), Some(1));
}

#[test]
fn a_damaged_page_is_named_with_its_line_and_left_alone() {
    let scratch = Scratch::new();
    scratch.write("content/en/a.md", "---\ntitle: A\nlang: en\ndate: yesterday\n---\n\nText.\n");
    scratch.write("content/en/b.md", "---\ntitle: B\nlang: en\nshelf: A 12\n---\n\nText.\n");
    let stretches = "passages:\n- {at: 1, lang: fr}\n- {at: 2, to: 5, lang: pl}\n";
    let page = format!("---\ntitle: C\nlang: eng\n{stretches}---\n\nOne.\n\nTwo.\n");
    scratch.write("content/en/c.md", page);
    let built = scratch.run(&["build", "--message-format", "short"]);
    assert!(
        stderr(&built).contains("content/en/a.md:4:1: error[HX151]: `yesterday` is not a date"),
        "{}",
        stderr(&built)
    );
    assert!(stderr(&built).contains("warning[HX152]: `shelf` is not a key"), "{}", stderr(&built));
    let beyond = "content/en/c.md: warning[HX153]: `passages` names passage 5, but the text has 2";
    assert!(stderr(&built).contains(beyond), "{}", stderr(&built));
    assert_eq!(built.status.code(), Some(1));
    assert!(scratch.path("public/documents/en/b.html").is_file());
    assert!(fs::read_to_string(scratch.path("content/en/a.md")).unwrap().contains("yesterday"));
}

#[test]
fn only_what_we_wrote_is_removed_from_the_output() {
    let scratch = Scratch::new();
    scratch.write("content/en/a.md", "---\ntitle: A\nlang: en\n---\n\nText.\n");
    scratch.write("content/en/b.md", "---\ntitle: B\nlang: en\n---\n\nText.\n");
    scratch.write("public/CNAME", "archive.example\n");
    scratch.build();
    assert!(scratch.path("public/documents/en/b.html").is_file());
    fs::remove_file(scratch.path("content/en/b.md")).unwrap();
    let built = scratch.build();
    assert!(!scratch.path("public/documents/en/b.html").exists(), "{}", stderr(&built));
    assert!(scratch.path("public/CNAME").is_file());
    assert!(scratch.path("public/documents/en/a.html").is_file());
}

#[test]
fn a_broken_theme_leaves_the_output_as_it_was() {
    let scratch = Scratch::new();
    scratch.write("content/en/a.md", "---\ntitle: A\nlang: en\n---\n\nText.\n");
    scratch.build();
    let before = scratch.files("public");
    scratch.write("themes/mine/document.html", "{% block %}\n{{ nothing.of.the.kind }}\n");
    let built = scratch.run(&["build", "--theme", "mine"]);
    assert!(stderr(&built).contains("HX010"), "{}", stderr(&built));
    assert!(stderr(&built).contains("document.html"), "{}", stderr(&built));
    assert_ne!(built.status.code(), Some(0));
    assert_eq!(scratch.files("public"), before);
}

#[test]
fn what_cannot_run_exits_with_two() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["group", "nowhere"]).status.code(), Some(2));
    assert_eq!(scratch.run(&["build", "--theme", "nowhere"]).status.code(), Some(2));
    assert_eq!(scratch.run(&["explain", "HX999"]).status.code(), Some(2));
    assert_eq!(scratch.run(&["buidl"]).status.code(), Some(2));
    scratch.write("hexapla.yaml", "title: [\n");
    let built = scratch.run(&["build"]);
    assert_eq!(built.status.code(), Some(2));
    assert!(stderr(&built).contains("HX001"), "{}", stderr(&built));
    scratch.write("hexapla.yaml", "titel: A\n");
    scratch.write("seeds/a.txt", "The ferry came in late and nobody was hurt.\n");
    let said = stderr(&scratch.run(&["build"]));
    assert!(said.contains("HX002") && said.contains("`titel` is not a setting"), "{said}");
}

#[test]
fn every_code_explains_itself() {
    let scratch = Scratch::new();
    let all = stdout(&scratch.run(&["explain"]));
    for code in hexapla::vocab::codes::Code::ALL {
        assert!(all.contains(&format!("{} {}", code.id(), code.name())));
        let one = stdout(&scratch.run(&["explain", code.id()]));
        assert!(one.contains(code.why()) && all.contains(code.why()));
    }
}

#[test]
fn doubtful_seeds_are_named() {
    let scratch = Scratch::new();
    scratch.write("seeds/furniture.txt", "Subscribe to our newsletter\n\nBack to top\n");
    scratch.write("seeds/numbers.txt", "12 34\n\n5 6 7 8 9 10 11 12 13\n\n2024 2025\n");
    scratch.write("seeds/damaged.txt", b"A quiet day in the harbour of Kelmen, said the master.\xff\xfe\n\nNobody was hurt when the ferry came in late.\n");
    scratch.write("seeds/damaged.txt.meta.yaml", "encoding: utf-8\n");
    scratch.write("seeds/numbers.txt.meta.yaml", "date: [yesterday\n");
    let said = stderr(&scratch.run(&["build", "--message-format", "short"]));
    let named = |file: &str, code: &str| {
        said.lines().any(|line| line.contains(file) && line.contains(code))
    };
    assert!(named("seeds/furniture.txt", "HX103"), "{said}");
    assert!(named("seeds/numbers.txt", "HX105"), "{said}");
    assert!(named("seeds/damaged.txt", "HX108"), "{said}");
    assert!(named("seeds/numbers.txt.meta.yaml", "HX109"), "{said}");
}

#[test]
fn two_seeds_never_share_a_page() {
    let scratch = Scratch::new();
    for name in ["one.txt", "two.txt"] {
        scratch.write(
            &format!("seeds/{name}"),
            format!("The ferry {name} came in late and nobody was hurt.\n"),
        );
    }
    let register = "one.txt\t0\ten/same.md\tx\ntwo.txt\t0\ten/same.md\tx\n";
    scratch.write("content/register.tsv", register);
    scratch.write("content/en/same.md", "---\ntitle: Mine\nlang: en\n---\n\nMine.\n");
    let built = scratch.build();
    assert!(stderr(&built).contains("HX111"), "{}", stderr(&built));
    assert!(fs::read_to_string(scratch.path("content/en/same.md")).unwrap().contains("Mine."));
}

#[cfg(unix)]
#[test]
fn a_seed_that_cannot_be_opened_is_named() {
    let scratch = Scratch::new();
    scratch.write("seeds/good.txt", "The ferry came in late and nobody was hurt.\n");
    std::os::unix::fs::symlink(scratch.path("seeds/circle.txt"), scratch.path("seeds/circle.txt"))
        .unwrap();
    let built = scratch.build();
    assert!(
        stderr(&built).contains("HX110") && stderr(&built).contains("circle.txt"),
        "{}",
        stderr(&built)
    );
    assert_eq!(built.status.code(), Some(1));
}

#[test]
fn statements_can_be_pinned_and_texts_kept_alone() {
    let scratch = Scratch::with_seeds(&sample());
    scratch.build();
    let page = |seed: &str| scratch.page_of(seed);
    let set = |seed: &str, value: &str| {
        let text = fs::read_to_string(scratch.path(&page(seed))).unwrap();
        scratch
            .write(&page(seed), text.replacen("---\n", &format!("---\nstatement: {value}\n"), 1));
    };
    set("033_", "none");
    set("032_", "my-own-name");
    set("harbour", "Not A Slug");
    let built = scratch.run(&["build", "--message-format", "short"]);
    assert!(stderr(&built).contains("HX201"), "{}", stderr(&built));
    let statements = fs::read_to_string(scratch.path("content/statements.tsv")).unwrap();
    let name =
        |seed: &str| page(seed).trim_start_matches("content/").trim_end_matches(".md").to_owned();
    assert!(!statements.contains(&name("033_")), "{statements}");
    let pinned = format!("my-own-name\t{}", name("032_"));
    assert!(statements.contains(&pinned), "{statements}");
    assert!(stderr(&built).contains("HX202"), "leaving a statement is told: {}", stderr(&built));
}

#[test]
fn a_curators_alignment_is_followed_and_its_faults_are_named() {
    let scratch = Scratch::with_seeds(&sample());
    scratch.build();
    let statements = fs::read_to_string(scratch.path("content/statements.tsv")).unwrap();
    let row = statements.lines().find(|line| line.contains("\tpl/")).unwrap();
    let fields: Vec<&str> = row.split('\t').collect();
    let (slug, document) = (fields[0], fields[1]);
    let other =
        statements.lines().find(|it| it.starts_with(slug) && !it.contains(document)).unwrap();
    let other = other.split('\t').nth(1).unwrap();
    scratch.write(
        "content/align.csv",
        format!(
            "statement,unit,document,passage\n{slug},mine,{document},1\n{slug},mine,{other},3\n\
             {slug},far,{document},99\nnowhere,u1,{document},1\n{slug},bad,{document},x\n"
        ),
    );
    let built = scratch.run(&["build", "--message-format", "short"]);
    let said = stderr(&built);
    for line in [4, 5, 6] {
        assert!(
            said.contains(&format!("content/align.csv:{line}: warning[HX301]")),
            "{line}: {said}"
        );
    }
    let page = fs::read_to_string(scratch.path(&format!("public/statements/{slug}.html"))).unwrap();
    let reviewed = "Checked by a person";
    assert!(page.contains(reviewed), "the page does not say `{reviewed}`");
}
