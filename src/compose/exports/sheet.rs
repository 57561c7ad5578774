//! Tables as CSV (RFC 4180): a cell that a spreadsheet would take for a formula begins with an
//! apostrophe, so that nothing in a text is ever carried out.

use csv::{Terminator, Writer, WriterBuilder};

/// A table that is being written.
pub(super) struct Sheet {
    writer: Writer<Vec<u8>>,
}

impl Sheet {
    /// A table with the names of its columns.
    pub(super) fn new<'c>(columns: impl IntoIterator<Item = &'c str>) -> Self {
        let mut builder = WriterBuilder::new();
        builder.terminator(Terminator::CRLF);
        let mut sheet = Self { writer: builder.from_writer(Vec::new()) };
        sheet.row(columns);
        sheet
    }

    /// Appends a row, one cell a column.
    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        for cell in cells {
            // Writing into memory cannot fail, and the rows are as long as the first.
            let _ = if is_formula(cell) {
                self.writer.write_field(format!("'{cell}"))
            } else {
                self.writer.write_field(cell)
            };
        }
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// The bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

/// Whether a spreadsheet would take a cell for a formula.
fn is_formula(cell: &str) -> bool {
    matches!(cell.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_none_is_a_formula() {
        let mut sheet = Sheet::new(["one", "other"]);
        sheet.row(["", "a b"]);
        sheet.row(["a,b", "say \"two\""]);
        sheet.row(["a\nb", "=1"]);
        sheet.row(["#", "-,"]);
        let rows =
            ["one,other", ",a b", "\"a,b\",\"say \"\"two\"\"\"", "\"a\nb\",'=1", "#,\"'-,\"", ""];
        assert_eq!(String::from_utf8(sheet.finish()).unwrap(), rows.join("\r\n"));
    }
}
