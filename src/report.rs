//! What is said to people: diagnostics as text with carets or as JSON, and progress.
//!
//! Data go to standard output, talk goes to standard error. Everything reads without colour.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::pipeline::Event;
use crate::vocab::diagnostic::Diagnostic;

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Several lines each, with the line of the text and a hint.
    #[default]
    Human,
    /// One line each: `path:line:column: severity[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
}

/// The widest excerpt that is shown, in columns.
const EXCERPT: usize = 100;

/// A diagnostic as it is written, with a final line end.
pub fn show(diagnostic: &Diagnostic, format: Format) -> String {
    match format {
        Format::Human => human(diagnostic),
        Format::Short => short(diagnostic),
        Format::Json => json(diagnostic),
    }
}

/// The place as `path:line:column`, as far as it is known.
fn place(diagnostic: &Diagnostic) -> String {
    let place = &diagnostic.place;
    let mut text = visible(&place.path);
    for number in [place.line, place.column].into_iter().take_while(|&number| number > 0) {
        let _ = write!(text, ":{number}");
    }
    text
}

/// Several lines, with an excerpt where there is one.
fn human(diagnostic: &Diagnostic) -> String {
    let code = diagnostic.code;
    let severity = code.severity().word();
    let mut text = format!("{severity}[{}]: {}\n", code.id(), visible(&diagnostic.message));
    let width = diagnostic.place.line.to_string().len();
    if !diagnostic.place.path.is_empty() {
        let _ = writeln!(text, "{:width$}--> {}", "", place(diagnostic));
    }
    if !diagnostic.place.excerpt.is_empty() {
        text.push_str(&excerpt(diagnostic, width));
    }
    for (at, line) in diagnostic.hint.lines().enumerate() {
        let mark = if at == 0 { "= hint:" } else { "       " };
        let _ = writeln!(text, "{:width$} {mark} {}", "", visible(line));
    }
    text
}

/// The line of the text with a caret under the column, counted in display width.
fn excerpt(diagnostic: &Diagnostic, width: usize) -> String {
    let place = &diagnostic.place;
    let shown = clipped(&visible(&place.excerpt));
    let mut text = format!("{:width$} |\n{:>width$} | {shown}\n", "", place.line);
    let before: String =
        visible(&place.excerpt).chars().take(place.column.saturating_sub(1) as usize).collect();
    let (indent, carets) = match place.column {
        0 => (0, shown.width()),
        _ => (before.width(), 1),
    };
    if indent <= EXCERPT {
        let _ = writeln!(text, "{:width$} | {:indent$}{}", "", "", "^".repeat(carets.max(1)));
    }
    text
}

/// A text cut to the width of an excerpt.
fn clipped(text: &str) -> String {
    let mut width = 0;
    let fits = |character: &char| {
        width += character.width().unwrap_or(0);
        width <= EXCERPT
    };
    let clipped: String = text.chars().take_while(fits).collect();
    if clipped.len() < text.len() { clipped + "…" } else { clipped }
}

/// Text from outside as a terminal may show it: control and direction characters as `\u{…}`.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let hidden = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character == '\t' {
            shown.push(' ');
        } else if character.is_control() || hidden {
            let _ = write!(shown, "{}", character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// One line.
fn short(diagnostic: &Diagnostic) -> String {
    let code = diagnostic.code;
    let (severity, id) = (code.severity().word(), code.id());
    format!("{}: {severity}[{id}]: {}\n", place(diagnostic), visible(&diagnostic.message))
}

/// One JSON object.
fn json(diagnostic: &Diagnostic) -> String {
    format!("{}\n", object(diagnostic))
}

/// A diagnostic as a value of JSON.
pub fn object(diagnostic: &Diagnostic) -> Value {
    let code = diagnostic.code;
    json!({
        "severity": code.severity().word(), "code": code.id(), "name": code.name(),
        "path": diagnostic.place.path, "line": diagnostic.place.line, "column": diagnostic.place.column,
        "message": diagnostic.message, "hint": diagnostic.hint,
    })
}

/// Writes diagnostics to standard error.
pub fn print(diagnostics: &[Diagnostic], format: Format) {
    let mut stream = io::stderr().lock();
    for diagnostic in diagnostics {
        // Nobody is left to be told where standard error is closed.
        let _ = stream.write_all(show(diagnostic, format).as_bytes());
        if format == Format::Human {
            let _ = stream.write_all(b"\n");
        }
    }
}

/// Shows how far a run has come, where standard error is a terminal.
pub struct Progress {
    bar: Option<Mutex<ProgressBar>>,
}

impl Progress {
    /// Progress on a terminal; silent elsewhere, and where `quiet` is asked for.
    pub fn new(volume: Volume) -> Self {
        let shown = volume == Volume::Normal && io::stderr().is_terminal();
        Self { bar: shown.then(|| Mutex::new(ProgressBar::hidden())) }
    }

    /// Takes note of what the pipeline does.
    pub fn note(&self, event: &Event) {
        let Some(mut bar) = self.bar.as_ref().and_then(|bar| bar.lock().ok()) else { return };
        match event {
            Event::Begin { stage, total } => *bar = begin(stage, *total),
            Event::Tick => bar.inc(1),
            Event::End => bar.finish_and_clear(),
        }
    }
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volume {
    /// Progress, diagnostics and receipt.
    Normal,
    /// Warnings and errors only.
    Quiet,
}

/// A new bar for a stage.
fn begin(stage: &'static str, total: usize) -> ProgressBar {
    let template = "{msg:>10} [{bar:30}] {human_pos}/{human_len} {eta}";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar =
        ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr_with_hz(10));
    bar.with_style(style.progress_chars("=> ")).with_message(stage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::codes::Code;
    use crate::vocab::diagnostic::Place;

    fn sample() -> Diagnostic {
        let place = Place { column: 4, ..Place::line("content/zh/a.md", 12, "标题: \u{202e}x") };
        Diagnostic::new(Code::BadFrontMatter, place, "`x` is not a date").hint("write `2022-01-10`")
    }

    #[test]
    fn carets_stand_under_wide_characters() {
        assert_eq!(
            show(&sample(), Format::Human),
            "error[HX151]: `x` is not a date\n  --> content/zh/a.md:12:4\n   |\n12 | 标题: \\u{202e}x\n   \
             |      ^\n   = hint: write `2022-01-10`\n"
        );
    }

    #[test]
    fn short_and_json_are_one_line() {
        assert_eq!(
            show(&sample(), Format::Short),
            "content/zh/a.md:12:4: error[HX151]: `x` is not a date\n"
        );
        let json: Value = serde_json::from_str(&show(&sample(), Format::Json)).unwrap();
        assert_eq!(json["code"], "HX151");
        assert_eq!(json["line"], 12);
    }
}
