//! The ledger of a statement for a spreadsheet: a row a unit, and for each version what it has there
//! and what the ledger says of it. It begins with a byte order mark, by which spreadsheets know UTF-8.

use super::sheet::Sheet;
use super::{witnesses, words};
use crate::arrange::StatementId;
use crate::collate::Synopsis;
use crate::compose::pages::synopsis::first;
use crate::compose::press::Press;

/// The ledger of a statement.
pub(super) fn ledger(press: &Press, id: StatementId) -> Vec<u8> {
    let none = Synopsis::default();
    let synopsis = press.synopsis(id).unwrap_or(&none);
    let witnesses = witnesses(press, id);
    let mut head = vec!["unit".to_owned(), "confidence".to_owned(), "reviewed".to_owned()];
    head.extend(witnesses.iter().flat_map(|it| [it.name.clone(), format!("{} mark", it.name)]));
    let mut sheet = Sheet::new(head.iter().map(String::as_str));
    for (row, unit) in synopsis.units.iter().enumerate() {
        let number = (row + first(synopsis)).to_string();
        let mut cells = vec![number, unit.confidence.to_string(), unit.reviewed.to_string()];
        for (column, witness) in witnesses.iter().enumerate() {
            cells.push(unit.cells.get(column).map_or_else(String::new, |it| words(it, witness)));
            cells.push(synopsis.mark(row, column).word().to_owned());
        }
        sheet.row(cells.iter().map(String::as_str));
    }
    [b"\xef\xbb\xbf".as_slice(), &sheet.finish()].concat()
}
