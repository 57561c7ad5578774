//! A theme: templates and words. Tera lives here and nowhere else.
//!
//! Templates are read and their words minified once, when the theme is loaded. What is wrong with one is
//! a diagnostic that names file, line and column and shows the line, never a panic.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use crate::error::Error;
use crate::vocab::codes::Code;
use crate::vocab::diagnostic::{Diagnostic, Place};

use super::ThemeFiles;
use super::view::{Frame, SiteView};
use super::words::Words;
use super::{interface, minify, route, tags};

/// For how many bytes there is room when a page is set: most take fewer.
const PAGE: usize = 16 << 10;

/// The one script that every page of a theme loads, where there is one.
pub(super) const SCRIPT: &str = "theme.js";

/// A theme that is ready to set pages.
pub(super) struct Theme {
    tera: Tera,
    /// The templates as they are written, for the places of faults.
    plain: Tera,
    files: ThemeFiles,
}

impl Theme {
    /// Reads the templates of a theme.
    pub(super) fn load(
        files: &ThemeFiles,
        words: &Arc<Words>,
        site: &SiteView,
    ) -> Result<Self, Error> {
        let files = &kept(files);
        let fault = |error| Error::Faults(vec![diagnose(&error, files, "base.html")]);
        let plain = ready(files, words, site, &|text| Cow::Borrowed(text)).map_err(fault)?;
        let tera = ready(files, words, site, &|text| finished(text, words)).map_err(fault)?;
        Ok(Self { tera, plain, files: files.clone() })
    }

    /// Sets a page.
    pub(super) fn set<P: Serialize>(
        &self,
        template: &str,
        frame: &Frame,
        page: &P,
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut context = Context::new();
        context.insert("frame", frame);
        context.insert("page", page);
        let mut page = Vec::with_capacity(PAGE);
        self.tera.render_to(template, &context, &mut page).map_err(|error| {
            // The places in minified templates are not those that the author of the theme knows.
            let error = self.plain.render(template, &context).err().unwrap_or(error);
            diagnose(&error, &self.files, template)
        })?;
        Ok(tags::shortened(&page))
    }

    /// The files of the theme that go into the site as they are, minified where that is safe.
    pub(super) fn asset(&self, name: &str) -> Option<String> {
        let text = self.files.get(name)?;
        Some(match name.rsplit_once('.') {
            Some((_, "css")) => minify::style(text),
            Some((_, "js")) => minify::script(text),
            _ => text.clone(),
        })
    }

    /// All files of the theme.
    pub(super) fn files(&self) -> &ThemeFiles {
        &self.files
    }

    /// Whether the theme has a script, without which nobody needs the words of other languages.
    pub(super) fn scripted(&self) -> bool {
        self.files.contains_key(SCRIPT)
    }

    /// The names of those files.
    pub(super) fn assets(&self) -> impl Iterator<Item = &str> {
        let kinds = ["css", "js", "svg", "txt"];
        let is_asset =
            move |name: &str| name.rsplit_once('.').is_some_and(|(_, kind)| kinds.contains(&kind));
        self.files.keys().map(String::as_str).filter(move |name| is_asset(name))
    }
}

/// The files that a theme has: an empty one takes away what the theme beneath has under its name.
fn kept(files: &ThemeFiles) -> ThemeFiles {
    files.iter().filter(|(_, text)| !text.is_empty()).map(|(a, b)| (a.clone(), b.clone())).collect()
}

/// A template as pages are set from it: its messages marked, without idle bytes, and what is the same on
/// every page said already.
fn finished<'t>(text: &str, words: &Words) -> Cow<'t, str> {
    let marked = interface::marked(text);
    let small = minify::template(&marked);
    Cow::Owned(interface::said_already(&small, words).into_owned())
}

/// Tera with the templates of a theme, each passed through a function.
fn ready(
    files: &ThemeFiles,
    words: &Arc<Words>,
    site: &SiteView,
    pass: &dyn Fn(&str) -> Cow<str>,
) -> Result<Tera, tera::Error> {
    let mut tera = Tera::default();
    tera.global_context().insert("site", site);
    let told = Arc::clone(words);
    tera.register_filter("say", move |id: Cow<'_, str>, values: Kwargs, _: &State| {
        say(&told, &id, &values)
    });
    let told = Arc::clone(words);
    tera.register_filter("mark", move |id: Cow<'_, str>, values: Kwargs, _: &State| {
        mark(&told, &id, &values)
    });
    let templates = files.iter().filter(|(name, _)| route::is_page(name));
    tera.add_raw_templates(templates.map(|(name, text)| (name.as_str(), pass(text))))?;
    Ok(tera)
}

/// The filter `say`: a message of the catalogue with its placeholders filled in.
fn say(words: &Words, id: &str, values: &Kwargs) -> TeraResult<String> {
    let mut filled: Vec<(&str, Cow<str>)> = Vec::new();
    let mut count = None;
    for (name, value) in values.iter() {
        let name = name.as_str().unwrap_or_default();
        let text = match (value.as_str(), value.as_u64()) {
            (Some(text), _) => Cow::Borrowed(text),
            (None, Some(number)) => {
                count = if name == "n" { Some(number) } else { count };
                Cow::Owned(grouped(number))
            }
            (None, None) => Cow::Owned(value.to_string()),
        };
        filled.push((name, text));
    }
    let text = words
        .find(id, count)
        .ok_or_else(|| tera::Error::message(format!("no message `{id}` in the catalogue")))?;
    let values: Vec<(&str, &str)> =
        filled.iter().map(|(name, text)| (*name, text.as_ref())).collect();
    Ok(super::words::fill(text, &values))
}

/// The filter `mark`: the attributes by which a message is found again in the page. Written by us into
/// every template, never by authors of themes.
fn mark(words: &Words, id: &str, values: &Kwargs) -> Value {
    let plain =
        |value: &Value| value.as_u64().map_or_else(|| value.to_string(), |it| it.to_string());
    let mut given: Vec<(String, String)> = values
        .iter()
        .map(|(name, value)| (name.as_str().unwrap_or_default().to_owned(), plain(value)))
        .collect();
    given.sort();
    let on = given.iter().position(|(name, _)| name == "on").map(|at| given.remove(at).1);
    Value::safe_string(&interface::mark(words, id, on.as_deref(), &given))
}

/// A number with narrow no-break spaces between groups of three digits from five digits on, as ISO 80000
/// recommends.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// What a fault of Tera says, as a diagnostic at its place in the theme.
fn diagnose(error: &tera::Error, files: &ThemeFiles, template: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let line = report.span().start_line;
            let text = files.get(report.filename()).map_or("", String::as_str);
            let place = Place {
                path: report.filename().to_owned(),
                line: line as u32,
                column: report.span().start_col as u32 + 1,
                excerpt: text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned(),
            };
            let message = report.message();
            Diagnostic::new(Code::BadTheme, place, lower_first(message.trim_end_matches('.')))
        }
        other => {
            let place = Place::file(template);
            Diagnostic::new(Code::BadTheme, place, lower_first(&other.to_string()))
        }
    }
}

/// A message that begins in lower case, as diagnostics do.
fn lower_first(message: &str) -> String {
    let mut rest = message.chars();
    rest.next().map_or_else(String::new, |it| it.to_lowercase().chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(grouped(9999), "9999");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
