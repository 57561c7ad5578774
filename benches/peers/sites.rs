//! The same archive as each program wants it: raw texts, content pages, a site of Hugo; and how much a
//! program made of it.

use std::error::Error;
use std::fs;
use std::path::Path;

use crate::corpus::{Print, file_name};

/// Writes the raw texts: `FOLDER/seeds/NUMBER.txt`.
pub fn seeds(folder: &Path, documents: u64) -> Result<(), Box<dyn Error>> {
    let seeds = folder.join("seeds");
    fs::create_dir_all(&seeds)?;
    for number in 0..documents {
        fs::write(seeds.join(file_name(number) + ".txt"), Print::new(number).raw())?;
    }
    Ok(())
}

/// Writes an archive whose content is ready and whose documents stand alone, so that nothing is left to
/// do but to set the pages.
pub fn pages(folder: &Path, documents: u64) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder.join("seeds"))?;
    fs::write(folder.join("hexapla.yaml"), "search: false\n")?;
    for number in 0..documents {
        let print = Print::new(number);
        let content = folder.join("content").join(print.lang);
        fs::create_dir_all(&content)?;
        let head = format!("{}statement: none\n", head(&print));
        let text = format!("---\n{head}---\n\n{}\n", print.body());
        fs::write(content.join(file_name(number) + ".md"), text)?;
    }
    Ok(())
}

/// Writes a site of Hugo with the same documents, a page each, and lists by language and outlet.
pub fn hugo(folder: &Path, documents: u64) -> Result<(), Box<dyn Error>> {
    let layouts = folder.join("layouts/_default");
    fs::create_dir_all(&layouts)?;
    fs::write(folder.join("hugo.toml"), HUGO_CONFIG)?;
    fs::write(layouts.join("baseof.html"), HUGO_BASE)?;
    fs::write(layouts.join("single.html"), HUGO_SINGLE)?;
    fs::write(layouts.join("list.html"), HUGO_LIST)?;
    fs::write(layouts.join("terms.html"), HUGO_LIST)?;
    for number in 0..documents {
        let print = Print::new(number);
        let content = folder.join("content").join(print.lang);
        fs::create_dir_all(&content)?;
        let head =
            format!("{}tongues: [{}]\noutlets: [{}]\n", head(&print), print.lang, print.outlet);
        let text = format!("---\n{head}---\n\n{}\n", print.body());
        fs::write(content.join(file_name(number) + ".md"), text)?;
    }
    Ok(())
}

/// The front matter that both programs read.
fn head(print: &Print) -> String {
    let Print { title, lang, date, outlet, .. } = print;
    format!("title: \"{title}\"\nlang: {lang}\ndate: {date}\noutlet: {outlet}\n")
}

/// Hugo's settings: the lists that Hexapla makes, no more.
const HUGO_CONFIG: &str = r#"baseURL = "https://archive.example/"
title = "A made-up archive"
[taxonomies]
tongue = "tongues"
outlet = "outlets"
[pagination]
pagerSize = 200
"#;

/// Hugo's frame: what every page has.
const HUGO_BASE: &str = r#"<!DOCTYPE html>
<html lang="{{ .Params.lang | default "en" }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="viewport" content="width=device-width"><link rel="canonical" href="{{ .Permalink }}"></head>
<body><header><a href="{{ "/" | relURL }}">{{ site.Title }}</a></header>
<main>{{ block "main" . }}{{ end }}</main></body></html>
"#;

/// Hugo's page of a document.
const HUGO_SINGLE: &str = r#"{{ define "main" }}<article><h1>{{ .Title }}</h1>
<dl><dt>Outlet</dt><dd>{{ .Params.outlet }}</dd><dt>Date</dt><dd>{{ .Date.Format "2 January 2006" }}</dd>
<dt>Language</dt><dd>{{ .Params.lang }}</dd></dl>{{ .Content }}</article>{{ end }}
"#;

/// Hugo's lists.
const HUGO_LIST: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Paginator.Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }} {{ .Params.outlet }}</li>
{{ end }}</ul>{{ template "_internal/pagination.html" . }}{{ end }}
"#;

/// How many files a folder holds, and how many bytes they have together.
pub fn size(folder: &Path) -> Result<(u64, u64), Box<dyn Error>> {
    let (mut files, mut bytes) = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let inside = size(&entry.path())?;
            files += inside.0;
            bytes += inside.1;
        } else {
            files += 1;
            bytes += entry.metadata()?.len();
        }
    }
    Ok((files, bytes))
}
