//! Tables as CSV (RFC 4180): a cell that a spreadsheet would take for a formula begins with an
//! apostrophe, so that nothing in a text is ever carried out.

/// A table that is being written.
#[derive(Default)]
pub(super) struct Sheet {
    text: String,
}

impl Sheet {
    /// A table with the names of its columns.
    pub(super) fn new<'c>(columns: impl IntoIterator<Item = &'c str>) -> Self {
        let mut sheet = Self::default();
        sheet.row(columns);
        sheet
    }

    /// Appends a row, one cell a column. A table has two columns at least: a lone cell without words could not
    /// be told from no row.
    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.cell(cell);
        }
        self.text.push_str("\r\n");
    }

    /// Appends a cell, between quotes where it has a mark of the format in it.
    fn cell(&mut self, cell: &str) {
        let mark = if is_formula(cell) { "'" } else { "" };
        if cell.bytes().any(|it| matches!(it, b',' | b'"' | b'\r' | b'\n')) {
            self.text.extend(["\"", mark, &cell.replace('"', "\"\""), "\""]);
        } else {
            self.text.push_str(mark);
            self.text.push_str(cell);
        }
    }

    /// The bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// Whether a spreadsheet would take a cell for a formula.
fn is_formula(cell: &str) -> bool {
    matches!(cell.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'))
}

#[cfg(test)]
mod tests {
    use csv::{Terminator, WriterBuilder};

    use super::*;

    #[test]
    fn a_table_is_written_as_the_csv_library_writes_it() {
        let cells =
            ["", "a b", "a,b", "\"", "one \"two\"", "a\nb", "\r", "'", "#", "é;\t", "=1", "-,"];
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        let mut sheet = Sheet::default();
        for (one, other) in cells.iter().flat_map(|a| cells.iter().map(move |b| (*a, *b))) {
            sheet.row([one, other]);
            let safe = |it: &str| if is_formula(it) { format!("'{it}") } else { it.to_owned() };
            writer.write_record([safe(one), safe(other)]).unwrap();
        }
        assert_eq!(sheet.finish(), writer.into_inner().unwrap());
    }
}
