//! The curator's alignment file: which passages belong together, whatever the program thinks.
//!
//! `align.csv` has the columns `statement`, `unit`, `document`, `passage` and, if wanted, `words` and
//! `status`, in any order. Rows with one statement and one unit belong together. A passage is named by
//! its number (`11` or `p11`); where `words` holds the words it begins with, they find it again after
//! the text around it has changed, and the number only decides between passages that begin alike.
//! `status` is `reviewed` where it is left out: that is law. A row that says `automatic` is not followed
//! and waits for review, one that says `ignore` is passed over.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Witness;
use crate::vocab::table;

/// A passage that a curator tied to a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pin {
    /// The statement's slug.
    pub statement: String,
    /// The curator's name of the unit: passages with the same one belong together.
    pub unit: String,
    /// The document's name.
    pub document: String,
    /// The number of the passage.
    pub passage: u32,
    /// The words the passage begins with; empty where it is known by its number alone.
    pub words: String,
    /// Whether a curator stands behind it.
    pub status: Status,
    /// Line of the file, counted from 1.
    pub line: u32,
}

/// Whether a curator stands behind an alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Status {
    /// It is followed, whatever the program thinks.
    #[default]
    Reviewed,
    /// It waits for review and is not followed.
    Automatic,
}

/// Something in the file that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
}

/// Reads the file: the pins, and what could not be read.
pub fn read(text: &str) -> (Vec<Pin>, Vec<Fault>) {
    let mut reader = table::reader(text, csv::Trim::All);
    let columns: BTreeMap<String, usize> = match reader.headers() {
        Ok(names) => names.iter().enumerate().map(|(at, name)| (name.to_lowercase(), at)).collect(),
        Err(error) => return (Vec::new(), vec![Fault { line: 1, message: error.to_string() }]),
    };
    let missing: Vec<&str> = ["statement", "unit", "document", "passage"]
        .into_iter()
        .filter(|it| !columns.contains_key(*it))
        .collect();
    if !missing.is_empty() {
        let message = format!("the first line names no column `{}`", missing.join("`, `"));
        return (Vec::new(), vec![Fault { line: 1, message }]);
    }
    let (mut pins, mut faults) = (Vec::new(), Vec::new());
    for record in reader.records() {
        match record {
            Ok(record) => match pin(&record, &columns) {
                Ok(found) => pins.extend(found),
                Err(fault) => faults.push(fault),
            },
            Err(error) => {
                let line = error.position().map_or(0, |at| at.line() as u32);
                faults.push(Fault { line, message: error.to_string() });
            }
        }
    }
    (pins, faults)
}

/// Reads a row; nothing where it is not to be used.
fn pin(
    record: &csv::StringRecord,
    columns: &BTreeMap<String, usize>,
) -> Result<Option<Pin>, Fault> {
    let line = record.position().map_or(0, |at| at.line() as u32);
    let cell = |name: &str| {
        columns.get(name).and_then(|&at| record.get(at)).unwrap_or_default().to_owned()
    };
    let fault = |message: String| Fault { line, message };
    let status = match cell("status").as_str() {
        "ignore" => return Ok(None),
        "" | "reviewed" => Status::Reviewed,
        "automatic" => Status::Automatic,
        other => {
            let known = "`reviewed`, `automatic` or `ignore`";
            return Err(fault(format!("`{other}` is no status; use {known}")));
        }
    };
    let number = cell("passage");
    let passage = number.strip_prefix('p').unwrap_or(&number).parse();
    let passage = passage.map_err(|_| fault(format!("`{number}` is no number of a passage")))?;
    let pin = Pin {
        statement: cell("statement"),
        unit: cell("unit"),
        document: cell("document"),
        passage,
        words: cell("words"),
        status,
        line,
    };
    if pin.statement.is_empty() || pin.unit.is_empty() || pin.document.is_empty() {
        return Err(fault("statement, unit and document must not be empty".to_owned()));
    }
    Ok(Some(pin))
}

/// Witness and passage by the curator's name of the unit.
pub(crate) type Tied = BTreeMap<String, Vec<(usize, u32)>>;

/// Finds the passages that the reviewed pins of one statement name, and what any pin names that is not
/// there (any more).
pub(crate) fn found(pins: &[Pin], witnesses: &[Witness]) -> (Tied, Vec<Fault>) {
    let mut units = Tied::new();
    let mut faults = Vec::new();
    for pin in pins {
        let fault = |message: String| Fault { line: pin.line, message };
        let Some(witness) = witnesses.iter().position(|it| it.name == pin.document) else {
            faults.push(fault(format!("no version `{}` of `{}`", pin.document, pin.statement)));
            continue;
        };
        match witnesses.get(witness).and_then(|it| passage(it, pin)) {
            Some(passage) if pin.status == Status::Reviewed => {
                units.entry(pin.unit.clone()).or_default().push((witness, passage));
            }
            Some(_) => {}
            None => faults.push(fault(format!(
                "`{}` has no passage {} that begins so",
                pin.document, pin.passage
            ))),
        }
    }
    (units, faults)
}

/// The passage that a pin names: the one that begins with its words and is nearest to its number.
fn passage(witness: &Witness, pin: &Pin) -> Option<u32> {
    let bare = |text: &str| -> String { text.split_whitespace().collect::<Vec<_>>().join(" ") };
    let words = bare(&pin.words);
    let begins = |text: &String| bare(text).starts_with(&words);
    let fitting = witness.passages.iter().enumerate().filter(|(_, text)| begins(text));
    let numbers = fitting.map(|(at, _)| at as u32);
    if pin.words.is_empty() {
        return numbers.into_iter().find(|&it| it == pin.passage);
    }
    numbers.min_by_key(|&it| (it.abs_diff(pin.passage), it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::lang::Lang;

    #[test]
    fn rows_are_read_and_faults_named() {
        let text = "statement,unit,document,passage,words,status\n\
            flood,3,pl/a,p4,Woda opadła,\n\
            flood,3,ar/b,7,,reviewed\n\
            flood,3,fr/c,x,,\n\
            flood,9,fr/c,1,,ignore\n\
            flood,9,fr/c,1,,maybe\n\
            flood,9,fr/c,1,,automatic\n";
        let (pins, faults) = read(text);
        let status: Vec<Status> = pins.iter().map(|it| it.status).collect();
        assert_eq!(status, [Status::Reviewed, Status::Reviewed, Status::Automatic]);
        assert_eq!((pins[0].passage, pins[0].words.as_str()), (4, "Woda opadła"));
        let lines: Vec<u32> = faults.iter().map(|it| it.line).collect();
        assert_eq!(lines, [4, 6]);
        // As a spreadsheet saves it elsewhere.
        assert_eq!(read(&text.replace(',', ";").replace('\n', "\r\n")), (pins, faults));
    }

    #[test]
    fn words_find_a_passage_that_was_pushed_down() {
        let passages = ["Title", "New.", "Water fell.", "Water fell."].map(String::from).to_vec();
        let witness = Witness { name: "en/a".into(), lang: Lang::parse("en").unwrap(), passages };
        let pin = |passage, words: &str| Pin {
            statement: "flood".into(),
            unit: "3".into(),
            document: "en/a".into(),
            passage,
            words: words.into(),
            status: Status::Reviewed,
            line: 2,
        };
        assert_eq!(passage(&witness, &pin(1, "Water  fell.")), Some(2));
        assert_eq!(passage(&witness, &pin(3, "Water fell.")), Some(3));
        assert_eq!(passage(&witness, &pin(9, "")), None);
        let (_, faults) = found(&[pin(1, "Fire")], &[witness]);
        assert_eq!(faults.len(), 1);
    }
}
