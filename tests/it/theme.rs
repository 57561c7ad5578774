//! What themes stand on: a file or a message laid over the default theme, a theme of its own, and the
//! reference of everything that a template can see.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use hexapla::compose::ThemeFiles;

use crate::stand::sample;

/// The files of a theme in `themes/`, laid over the default theme.
pub(crate) fn theme(name: &str) -> ThemeFiles {
    let mut files = sample().theme;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name);
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        files.insert(name, fs::read_to_string(path).unwrap());
    }
    files
}

/// A template that says one thing.
fn saying(words: &str) -> String {
    format!("{{% extends \"base.html\" %}}{{% block main %}}<h1>{words}</h1>{{% endblock main %}}")
}

#[test]
fn one_template_and_one_message_can_be_overridden() {
    let plain = sample().files();
    let mut stand = sample();
    stand.theme.insert("404.html".into(), saying("Ours"));
    stand.theme.insert("messages/en.yaml".into(), "nav.about: Colophon\n".into());
    stand.theme.insert("messages/fr.yaml".into(), "nav.about: Achevé d’imprimer\n".into());
    let files = stand.files();
    let lost = &files["404.html"];
    assert!(lost.contains("<h1>Ours</h1>"), "{lost}");
    assert!(lost.contains(">Colophon</a>") && lost.contains(">Statements</a>"), "{lost}");
    assert!(
        files["ui/fr.js"].contains("Achevé d’imprimer") && files["ui/fr.js"].contains("Langues")
    );
    assert_eq!(files["about.html"].replace(">Colophon<", ">About<"), plain["about.html"]);
    assert_eq!(files["style.css"], plain["style.css"]);
}

#[test]
fn where_a_language_lacks_a_message_english_stands_in_and_says_so() {
    let mut stand = sample();
    stand.theme.insert("404.html".into(), saying("{{ \"ours\" | say }}"));
    stand.theme.insert("messages/en.yaml".into(), "ours: Our own\n".into());
    stand.options.interface = "ar".into();
    let files = stand.files();
    let lost = &files["404.html"];
    assert!(lost.contains(" lang=en dir=ltr>Our own</h1>"), "{lost}");
    assert!(lost.contains("dir=rtl lang=ar"), "{lost}");
    assert!(files["ui/ar.js"].contains("\"english\":[\"ours\"]"));
}

#[test]
fn the_plain_theme_needs_no_script_and_says_the_same() {
    let mut stand = sample();
    stand.theme = theme("plain");
    let (files, full) = (stand.files(), sample().files());
    let pages = |files: &BTreeMap<String, String>| -> Vec<String> {
        files.keys().filter(|path| path.ends_with(".html")).cloned().collect()
    };
    assert_eq!(pages(&files), pages(&full));
    // The search is a script by nature; where there is none its page leads to the lists.
    let is_page = |path: &str| path.ends_with(".html") && path != "search.html";
    for (path, html) in files.iter().filter(|(path, _)| is_page(path)) {
        let scripts = html.matches("<script").count() - html.matches("ld+json").count();
        assert_eq!(scripts, 0, "{path}");
    }
    assert!(!files.contains_key("theme.js"), "the script of the theme is taken away");
    assert!(files["documents/en/harbour.html"].contains("The office thanks the crews"));
}

/// A type that templates are given, as its source says.
struct View {
    name: String,
    doc: String,
    fields: Vec<(String, String, String)>,
}

/// The views in the order of their files.
fn views() -> Vec<View> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/compose/view");
    let mut files: Vec<_> = fs::read_dir(root).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort_by_key(|path| (!path.ends_with("mod.rs"), path.clone()));
    files.iter().flat_map(|path| read_views(&fs::read_to_string(path).unwrap())).collect()
}

/// The views of one source file.
fn read_views(text: &str) -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    let mut doc = String::new();
    for line in text.lines().map(str::trim) {
        let field = line.strip_prefix("pub ").and_then(|it| it.strip_suffix(','));
        if let Some(words) = line.strip_prefix("///") {
            doc.push_str(words);
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split(['<', ' ']).next().unwrap().to_owned();
            views.push(View { name, doc: doc.trim().to_owned(), fields: Vec::new() });
            doc.clear();
        } else if let Some((name, kind)) = field.and_then(|it| it.split_once(": ")) {
            let field = (name.to_owned(), shape(kind), doc.trim().to_owned());
            views.last_mut().unwrap().fields.push(field);
            doc.clear();
        } else if !line.starts_with("#[") {
            doc.clear();
        }
    }
    views
}

/// A type of Rust in the words of someone who writes templates.
fn shape(kind: &str) -> String {
    let kind = kind.replace("<'a>", "").replace("&'a ", "").replace("&'static ", "");
    let inside = |open: &str, close| kind.strip_prefix(open).and_then(|it| it.strip_suffix(close));
    if let Some(inner) = inside("Option<", '>') {
        return format!("{} or none", shape(inner));
    }
    if let Some(inner) = inside("Vec<", '>').or_else(|| inside("[", ']')) {
        return format!("list of {}", shape(inner));
    }
    match kind.as_str() {
        "String" | "str" => "text".to_owned(),
        "usize" | "u32" => "number".to_owned(),
        "bool" => "yes or no".to_owned(),
        "Direction" => "`ltr` or `rtl`".to_owned(),
        "(u32, String)" => "pair of number and text".to_owned(),
        "(String, String)" => "pair of texts".to_owned(),
        other => format!("[{other}](#{})", other.to_ascii_lowercase()),
    }
}

/// The reference as Markdown.
fn reference() -> String {
    let mut out = String::new();
    for View { name, doc, fields } in views() {
        write!(out, "### {name}\n\n{doc}\n\n| field | is | means |\n|---|---|---|\n").unwrap();
        for (name, kind, doc) in fields {
            writeln!(out, "| `{name}` | {kind} | {doc} |").unwrap();
        }
        out.push('\n');
    }
    out
}

/// The second half of `themes/README.md` is made from the sources of the views; with `BLESS=1` it is
/// written anew.
#[test]
fn the_theme_reference_lists_everything_a_template_can_see() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, after) = text.split_once("<!-- reference -->\n\n").unwrap();
    let reference = reference();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, format!("{before}<!-- reference -->\n\n{reference}")).unwrap();
        return;
    }
    assert!(after == reference, "themes/README.md is not current; run this test with BLESS=1");
    assert!(views().iter().all(|view| !view.doc.is_empty() && !view.fields.is_empty()));
}
