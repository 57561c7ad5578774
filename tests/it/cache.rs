//! What is kept between two builds: it may save work, and never changes a byte.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use hexapla::arrange::Strictness;
use hexapla::config::{Config, Written};
use hexapla::pipeline::{self, Outcome, Resident, Shown};
use hexapla::publish::Receipt;
use proptest::prelude::*;
use tempfile::TempDir;

/// The beginnings of the names of some seeds of the sample: two statements that are near each other, and
/// two lone texts.
const SEEDS: &[&str] = &["008", "015", "016", "021", "029", "041", "044", "047", "sources"];

/// An archive in a scratch folder, and how it is configured.
struct Archive {
    root: TempDir,
    title: Option<String>,
    base_url: Option<String>,
    interface: Option<String>,
    strictness: Option<Strictness>,
    /// What the last build left in memory.
    resident: RefCell<Option<Resident>>,
}

impl Archive {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        fs::create_dir(root.path().join("seeds")).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if SEEDS.iter().any(|it| name.starts_with(it)) {
                fs::copy(&path, root.path().join("seeds").join(name)).unwrap();
            }
        }
        let resident = RefCell::default();
        Self { root, title: None, base_url: None, interface: None, strictness: None, resident }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn config(&self, root: &Path) -> Config {
        let theme = root.join("themes/own").is_dir().then(|| PathBuf::from("own"));
        let written = Written {
            title: self.title.clone(),
            base_url: self.base_url.clone(),
            interface: self.interface.clone(),
            strictness: self.strictness,
            theme,
            ..Written::default()
        };
        Config::new(root, written)
    }

    fn build(&self) -> Outcome {
        let config = self.config(self.root.path());
        let (outcome, resident) = pipeline::build_and_stay(&config, &|_| ()).unwrap();
        *self.resident.borrow_mut() = resident.or_else(|| pipeline::resident(&config).unwrap());
        outcome
    }

    /// The files that a server watches, by their full paths.
    fn watched(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let below = |folder: &str| {
            let root = self.path(folder);
            files(&root).into_iter().map(move |(name, bytes)| (root.join(name), bytes))
        };
        ["seeds", "content", "themes"].into_iter().flat_map(below).collect()
    }

    /// Previews what was edited in files as a server does, by what the last build left in memory, and sees that
    /// a preview that reads everything shows the same; tells whether anything could be shown so.
    fn preview_from_memory(&self, before: &BTreeMap<PathBuf, Vec<u8>>) -> bool {
        let Some(mut resident) = self.resident.take() else { return false };
        let now = self.watched();
        let paths = before.keys().chain(now.keys());
        let changed: BTreeSet<PathBuf> =
            paths.filter(|it| before.get(*it) != now.get(*it)).cloned().collect();
        let root = self.root.path();
        let aside = tempfile::tempdir().unwrap();
        copy(root, aside.path());
        match resident.preview(&self.config(root), &changed).unwrap() {
            Shown::Unknown => return false,
            Shown::Nothing => assert_eq!(changed, BTreeSet::new()),
            Shown::Edits(_) => {
                let shown = tempfile::tempdir().unwrap();
                copy(root, shown.path());
                for folder in ["seeds", "content", "public", ".hexapla"] {
                    fs::remove_dir_all(self.path(folder)).unwrap();
                }
                copy(aside.path(), root);
                self.preview();
                for folder in ["content", "public"] {
                    let found = difference(&self.path(folder), &shown.path().join(folder));
                    assert_eq!(found, None, "{folder} is not as a preview shows it: {changed:?}");
                }
            }
        }
        true
    }

    /// Previews what was edited; `None` where only a build can show it.
    fn preview(&self) -> Option<Receipt> {
        pipeline::preview(&self.config(self.root.path()), &|_| ()).unwrap()?.receipt
    }

    fn receipt(&self) -> Receipt {
        self.build().receipt.unwrap()
    }

    /// The same archive as it stands now, but for what was kept and published, built elsewhere.
    fn clean(&self) -> (TempDir, Outcome) {
        let elsewhere = tempfile::tempdir().unwrap();
        for part in ["seeds", "content", "themes"] {
            copy(&self.path(part), &elsewhere.path().join(part));
        }
        let outcome = pipeline::build(&self.config(elsewhere.path()), &|_| ()).unwrap();
        (elsewhere, outcome)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    /// The files below a folder that are not hidden, in order.
    fn files(&self, folder: &str) -> Vec<String> {
        let visible = |name: &String| !name.split('/').any(|part| part.starts_with('.'));
        files(&self.path(folder)).into_keys().filter(visible).collect()
    }

    /// The content page of a document whose name begins so.
    fn page(&self, lang: &str) -> String {
        let pages = self.files("content");
        format!("content/{}", pages.iter().find(|it| it.starts_with(lang)).unwrap())
    }

    fn edit(&self, name: &str, change: impl Fn(&str) -> String) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        fs::write(self.path(name), change(&text)).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        fs::create_dir_all(to.join(&name).parent().unwrap()).unwrap();
        fs::write(to.join(&name), bytes).unwrap();
    }
}

/// Every file below a folder, by its path.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(root, root, &mut all);
    all
}

/// What was said, without the place of the archive.
fn said(outcome: &Outcome, root: &Path) -> Vec<String> {
    let root = format!("{}/", root.display());
    outcome.diagnostics.iter().map(|it| format!("{it:?}").replace(&root, "")).collect()
}

/// The first file in which two folders differ.
fn difference(ours: &Path, theirs: &Path) -> Option<String> {
    let (ours, theirs) = (files(ours), files(theirs));
    let names = ours.keys().chain(theirs.keys());
    names.filter(|it| !it.ends_with("-lock")).find(|it| ours.get(*it) != theirs.get(*it)).cloned()
}

/// Builds with what was kept and without, and compares every byte and every word.
fn compare(archive: &Archive, after: &str) {
    let (elsewhere, clean) = archive.clean();
    let outcome = archive.build();
    for folder in ["content", "public"] {
        let found = difference(&archive.path(folder), &elsewhere.path().join(folder));
        assert_eq!(found, None, "after {after}: {folder} is not as in a clean build");
    }
    assert_eq!(
        said(&outcome, archive.root.path()),
        said(&clean, elsewhere.path()),
        "after {after}: not the same is said"
    );
}

/// Something that a person, a program or an accident does to an archive between two builds; the numbers
/// choose what, to which file, and how.
fn meddle(archive: &mut Archive, (kind, which, what): (u8, usize, usize)) -> String {
    match kind % 7 {
        0 => meddle_with_text(archive, which, what),
        1 => meddle_with_head(archive, which, what),
        2 => meddle_with_seeds(archive, which, what),
        3 => meddle_with_settings(archive, which, what),
        4 => spoil(archive, "public", which, what),
        5 => "nothing".to_owned(),
        _ => spoil(archive, ".hexapla", which, what),
    }
}

/// The paths of the files of a folder with some ending.
fn kind_of(archive: &Archive, folder: &str, ending: &str) -> Vec<String> {
    let names = archive.files(folder).into_iter().filter(|it| it.ends_with(ending));
    names.map(|it| format!("{folder}/{it}")).collect()
}

/// Changes the text of a page, writes a new page, deletes one.
fn meddle_with_text(archive: &Archive, which: usize, what: usize) -> String {
    let pages = kind_of(archive, "content", ".md");
    let page = &pages[which % pages.len()];
    match what % 6 {
        0 => archive.edit(page, |text| text.replacen(['a', 'e', 'о', 'ا'], "xy", 1 + what)),
        1 => archive.edit(page, |text| format!("{text}\nAnd {what} more came later.\n")),
        2 => {
            let to = pages[(which + what) % pages.len()].replacen("content", "..", 1);
            archive.edit(page, |text| format!("{text}\nSee [there]({to}#p1).\n"));
        }
        3 => {
            let text = format!("---\ntitle: New {what}\nlang: en\n---\n\nIt has {what} words.\n");
            archive.write(&format!("content/en/new-{}.md", which % 4), &text);
        }
        4 => archive.edit(page, |text| text.replacen("title:", "titel:", 1)),
        _ => fs::remove_file(archive.path(page)).unwrap(),
    }
    format!("{page} {}", what % 6)
}

/// Changes what a page says of its text, or what a curator says of a statement.
fn meddle_with_head(archive: &Archive, which: usize, what: usize) -> String {
    let pages = kind_of(archive, "content", ".md");
    let page = &pages[which % pages.len()];
    if what % 17 == 16 {
        let found = fs::read_to_string(archive.path("content/statements.tsv")).unwrap();
        let rows = found.lines().filter(|it| !it.starts_with('#')).take(2).map(|line| {
            let (statement, rest) = line.split_once('\t').unwrap();
            format!("{statement},one,{},{}\n", rest.split('\t').next().unwrap(), 1 + which % 3)
        });
        let rows: String = rows.collect();
        archive.write("content/align.csv", &format!("statement,unit,document,passage\n{rows}"));
        archive
            .write("content/terms.yaml", &format!("vote: {{ en: [mine*], uk: [слово{which}] }}\n"));
        archive.write(
            "content/names.yaml",
            ["hide: [Dorveth]\n", "rename: { Dorveth: The Line }\n"][which % 2],
        );
        return "alignments, terms and names".to_owned();
    }
    let lines = [
        "title: Another title",
        "title: A third title, with a “quotation”",
        "date: 2021-03-04",
        "date: 2019",
        "outlet: The Lantern",
        "outlet: Nowe Echo",
        "tags: [flood, vote]",
        "tags: [vote]",
        "lang: en",
        "lang: sr",
        "statement: none",
        "statement: pinned",
        "rights: CC0",
        "author: N. N.",
        "role: original",
        "shelfmark: A 12",
    ];
    let line = lines[what % lines.len()];
    let (key, value) = line.split_once(": ").unwrap();
    archive.edit(page, |text| with_key(text, key, value));
    format!("{line} in {page}")
}

/// Changes a seed, deletes one, adds one like another, or says something beside one.
fn meddle_with_seeds(archive: &Archive, which: usize, what: usize) -> String {
    let seeds = kind_of(archive, "seeds", ".txt");
    let seed = &seeds[which % seeds.len()];
    match what % 4 {
        0 => archive.edit(seed, |text| format!("{text}\n\nNachtrag {what}.\n")),
        1 if seeds.len() > 4 => fs::remove_file(archive.path(seed)).unwrap(),
        1 | 2 => {
            let text = fs::read_to_string(archive.path(seed)).unwrap();
            archive.write(&format!("seeds/copy-{what}.txt"), &text.replace("41", "77"));
        }
        _ => archive.write(&format!("{seed}.meta.yaml"), &format!("outlet: Side {what}\n")),
    }
    format!("{seed} {}", what % 4)
}

/// Changes the configuration or the theme.
fn meddle_with_settings(archive: &mut Archive, which: usize, what: usize) -> String {
    let some = |text: &str| (!which.is_multiple_of(3)).then(|| text.to_owned());
    match what % 5 {
        0 => archive.title = some("An archive of tests"),
        1 => archive.base_url = some("https://example.org/a/"),
        2 => archive.interface = some(["fr", "ar"][which % 2]),
        3 => archive.strictness = some("").map(|_| Strictness::Strict),
        _ => return theme(archive, which),
    }
    format!("setting {} ({})", what % 5, which % 3)
}

/// A front matter with a key set.
fn with_key(text: &str, key: &str, value: &str) -> String {
    let line = format!("{key}: {value}");
    let mut lines: Vec<&str> = text.lines().collect();
    match lines.iter().position(|it| it.starts_with(&format!("{key}:"))) {
        Some(at) => lines[at] = &line,
        None => lines.insert(1, &line),
    }
    lines.join("\n") + "\n"
}

/// Puts a file into the archive's own theme, or takes the theme away.
fn theme(archive: &Archive, what: usize) -> String {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let name =
        ["about.html", "document.html", "statement.html", "style.css", "home.html"][what % 5];
    if what.is_multiple_of(7) {
        let _ = fs::remove_dir_all(archive.path("themes"));
        return "the theme taken away".to_owned();
    }
    let text = fs::read_to_string(default.join(name)).unwrap();
    let text = match name.strip_suffix(".css") {
        Some(_) => format!("{text}\np {{ margin: {what}px }}\n"),
        None => text.replacen("<h1", &format!("<h1 data-own={what}"), 1),
    };
    archive.write(&format!("themes/own/{name}"), &text);
    format!("{name} in the theme")
}

/// Changes, cuts, touches or deletes a file that Hexapla has written.
fn spoil(archive: &Archive, folder: &str, which: usize, what: usize) -> String {
    let names: Vec<String> = files(&archive.path(folder)).into_keys().collect();
    let Some(name) = names.get(which % names.len().max(1)) else { return "nothing".to_owned() };
    if name.ends_with("-manifest") || name.ends_with("lock") {
        return "nothing".to_owned();
    }
    let path = archive.path(folder).join(name);
    let mut bytes = fs::read(&path).unwrap();
    match what % 4 {
        0 => fs::remove_file(&path).unwrap(),
        1 => {
            let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
            fs::File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
        }
        2 => {
            bytes.truncate(bytes.len() / 2);
            fs::write(&path, bytes).unwrap();
        }
        _ => {
            let at = what % bytes.len().max(1);
            bytes.iter_mut().skip(at).take(1).for_each(|it| *it ^= 1);
            fs::write(&path, bytes).unwrap();
        }
    }
    format!("{folder}/{name} spoiled ({})", what % 4)
}

/// A few cases in the daily run; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(2);
    ProptestConfig {
        cases,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_happens_between_builds_the_bytes_are_those_of_a_clean_build(
        edits in prop::collection::vec((any::<u8>(), 0..40usize, 0..40usize), 6)
    ) {
        let mut archive = Archive::new();
        archive.build();
        for edit in edits {
            let before = archive.watched();
            let done = meddle(&mut archive, edit);
            if edit.2 % 3 != 0 && !archive.preview_from_memory(&before) {
                archive.preview();
            }
            compare(&archive, &done);
        }
    }
}

#[test]
fn a_second_build_sets_nothing() {
    let archive = Archive::new();
    let first = archive.receipt();
    assert_eq!(first.set.len(), first.written);
    let second = archive.receipt();
    assert_eq!(second, Receipt { set: Vec::new(), written: 0, unchanged: first.written, ..first });
}

/// The files but for those of the search and of the whole archive's data that a build sets after an edit
/// of a page, with `*` for all but the folder of those in folders.
fn set_after(archive: &Archive, page: &str, change: impl Fn(&str) -> String) -> Vec<String> {
    archive.build();
    archive.edit(page, change);
    let short = |path: &String| match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/*"),
        None => path.clone(),
    };
    let set = archive.receipt().set;
    let of_all =
        |path: &str| path == "data.html" || path.rsplit_once('/').is_some_and(|it| it.0 == "data");
    set.iter().filter(|it| !it.starts_with("search/") && !of_all(it)).map(short).collect()
}

#[test]
fn an_edit_of_markup_is_shown_and_arranges_nothing() {
    let archive = Archive::new();
    archive.build();
    let page = archive.page("en/");
    let pairs = archive.path(".hexapla/seen");
    for (edit, arranged) in [("**", false), ("and a whole sentence more ", true)] {
        // Whoever arranges writes down what was seen in pairs.
        fs::remove_file(&pairs).unwrap();
        let set = set_last_paragraph(&archive, &page, edit);
        assert!(set.iter().any(|it| it.starts_with("documents/en/")), "{edit}");
        assert_eq!(pairs.exists(), arranged, "{edit}");
        compare(&archive, edit);
        if !arranged {
            fs::write(&pairs, "").unwrap();
        }
    }
}

/// The files that a build sets after something was set around the last paragraph of a page.
fn set_last_paragraph(archive: &Archive, page: &str, around: &str) -> Vec<String> {
    archive.edit(page, |text| {
        let (before, last) = text.trim_end().rsplit_once("\n\n").unwrap();
        format!("{before}\n\n{around}{}{around}\n", last.trim())
    });
    archive.receipt().set
}

#[test]
fn one_edit_sets_what_depends_on_it_and_nothing_else() {
    let archive = Archive::new();
    archive.build();
    let page = archive.page("en/");
    let set = set_after(&archive, &page, |text| with_key(text, "rights", "CC0"));
    let given = ["bibtex", "csl", "ledger", "ris", "tei", "tmx"].map(|it| format!("data/{it}/*"));
    let with_given = |pages: &[&str]| {
        let mut all = given.to_vec();
        all.extend(pages.iter().map(|it| (*it).to_owned()));
        all.sort();
        all
    };
    let own = with_given(&["documents/en/*", "sources/en/*", "statements/*"]);
    assert_eq!(set, own, "its own pages, and its statement as it is given out");
    let set = set_after(&archive, &page, |text| with_key(text, "outlet", "The Lantern"));
    let expected = [
        "archive.json",
        "dates/*",
        "documents.html",
        "documents/ar/*",
        "documents/en/*",
        "documents/uk/*",
        "languages/*",
        "outlets.html",
        "outlets/*",
        "sources/en/*",
        "statements/*",
        "statements/*",
    ];
    assert_eq!(
        set,
        with_given(&expected),
        "the other versions, the statement, one that is near, and the lists"
    );
}

#[test]
fn a_preview_shows_an_edit_and_leaves_to_the_build_what_is_made_of_the_whole_archive() {
    let archive = Archive::new();
    assert_eq!(archive.preview(), None, "nothing was built yet");
    archive.build();
    assert_eq!(archive.preview().unwrap().set, Vec::<String>::new());
    let page = archive.page("en/");
    let before = files(&archive.path("public"));
    archive.edit(&page, |text| format!("{text}\nThe ferry carried 4711 passengers.\n"));
    let shown = archive.preview().unwrap();
    let (own, statement) = (page.replace("content", "documents"), "statements/");
    let own = own.replace(".md", ".html");
    assert!(shown.set.contains(&own) && shown.set.iter().any(|it| it.starts_with(statement)));
    let after = files(&archive.path("public"));
    let changed = |path: &&String| before.get(*path) != after.get(*path);
    let changed: Vec<&String> = after.keys().filter(changed).collect();
    assert!(changed.iter().all(|path| shown.set.contains(path)), "{changed:?}");
    for path in changed.iter().filter(|it| **it == &own || it.starts_with(statement)) {
        assert!(String::from_utf8_lossy(&after[*path]).contains("4711"), "{path}");
    }
    // A text that is gone takes no statement with it but where too little is left.
    fs::remove_file(archive.path(&page)).unwrap();
    archive.preview().unwrap();
    compare(&archive, "a preview of a page that is gone");
}

/// What is made of a text.
type Edit<'a> = &'a dyn Fn(&str) -> String;

#[test]
fn what_a_build_left_in_memory_shows_an_edit_as_a_preview_does() {
    let archive = Archive::new();
    archive.build();
    let page = archive.page("en/");
    let lines = |text: &str| format!("{text}\nThe ferry carried 4711 passengers.\n");
    let title = |text: &str| with_key(text, "title", "Another title");
    let rights = |text: &str| with_key(text, "rights", "CC0");
    let edits: [(&str, Edit); 4] =
        [(&page, &lines), (&page, &title), (&page, &rights), ("seeds/016", &lines)];
    for (name, edit) in edits {
        let before = archive.watched();
        let seeds = kind_of(&archive, "seeds", ".txt");
        let seed = seeds.iter().find(|it| it.starts_with(name));
        archive.edit(seed.map_or(name, String::as_str), edit);
        assert!(archive.preview_from_memory(&before), "{name}");
        compare(&archive, name);
        // Left by a build that had nothing to do, and by one that had.
        archive.build();
    }
    let before = archive.watched();
    fs::remove_file(archive.path(&page)).unwrap();
    assert!(!archive.preview_from_memory(&before), "a page that is gone is more than an edit");
}

#[test]
fn a_published_file_that_others_touched_is_made_right_and_no_other() {
    let archive = Archive::new();
    let first = archive.receipt();
    archive.edit("public/about.html", |text| text.replace("<h1", "<h2"));
    fs::remove_file(archive.path("public/documents.html")).unwrap();
    let receipt = archive.receipt();
    assert_eq!(receipt.set, ["about.html", "documents.html"]);
    assert_eq!((receipt.written, receipt.bytes()), (2, first.bytes()));
}

#[test]
fn a_fresh_build_sets_everything_and_writes_nothing() {
    let archive = Archive::new();
    let first = archive.receipt();
    let config = Config { fresh: true, ..archive.config(archive.root.path()) };
    let receipt = pipeline::build(&config, &|_| ()).unwrap().receipt.unwrap();
    assert_eq!(receipt, Receipt { written: 0, unchanged: first.written, ..first });
}
