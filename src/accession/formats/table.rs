//! Rows of tables as lines of Markdown.

use crate::accession::draft::Line;

/// The widest text of a cell; where one is wider, the table is there for the layout.
pub(crate) const WIDEST: usize = 240;

/// The lines of a row whose Markdown is given; the first of a table is its head.
pub(crate) fn row(number: u32, (text, marked): (&str, &str), first: bool) -> Vec<Line> {
    let line = Line { number, fixed: true, ..Line::default() };
    let (text, row) = (text.to_owned(), Some(marked.to_owned()));
    let mut lines = vec![Line { text, marked: row, joined: !first, ..line.clone() }];
    if first {
        let columns = marked.replace("\\|", "").matches('|').count().max(2) - 1;
        let marked = Some(format!("|{}", "---|".repeat(columns)));
        lines.push(Line { marked, joined: true, ..line });
    }
    lines
}

/// The Markdown of a row of cells in Markdown.
pub(crate) fn marked<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cell = |it: &str| format!(" {} |", it.replace('|', "\\|"));
    format!("|{}", cells.map(cell).collect::<String>())
}
