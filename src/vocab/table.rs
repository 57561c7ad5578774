//! Tables as spreadsheets write them: with commas, semicolons or tabs, and either kind of line end.
//!
//! Knows text, and nothing of what the columns mean.

use std::io::Cursor;

/// A reader of a table whose rows may have more or fewer cells than its head. The lines of its records are those of
/// the file.
pub(crate) fn reader(text: &str, trim: csv::Trim) -> csv::Reader<Cursor<Vec<u8>>> {
    // A reader of lines that end with two signs would name the line before.
    let plain = text.replace("\r\n", "\n").into_bytes();
    let mut builder = csv::ReaderBuilder::new();
    builder.flexible(true).trim(trim).delimiter(delimiter(text)).from_reader(Cursor::new(plain))
}

/// What parts the columns of a table: a spreadsheet writes semicolons where the comma parts decimals, or tabs.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| head.bytes().filter(|it| it == mark).count();
    let other = [b';', b'\t'].into_iter().max_by_key(count).filter(|it| count(it) > count(&b','));
    other.unwrap_or(b',')
}
