//! Citations for reference managers: RIS, one tag a line, lines ended as the format wants them.

use std::fmt::Write as _;

use super::record::{Kind, Record};
use crate::vocab::date::{Date, Point};
use crate::vocab::lang::Lang;

/// Some records.
pub(super) fn ris(records: &[Record]) -> String {
    let mut out = String::new();
    for it in records {
        record(&mut out, it);
    }
    out
}

/// One record: `TY` is its first tag and `ER` its last.
fn record(out: &mut String, record: &Record) {
    tag(out, "TY", kind(record.kind));
    tag(out, "ID", &record.key);
    tag(out, "TI", &record.title);
    optional(out, "AU", record.author.as_deref());
    optional(out, "T2", record.outlet.as_deref());
    optional(out, "CY", record.place.as_deref());
    if let Some((year, day)) = record.date.and_then(date) {
        tag(out, "PY", &year);
        tag(out, "DA", &day);
    }
    optional(out, "LA", record.lang.map(Lang::as_str));
    optional(out, "UR", record.url.as_deref());
    optional(out, "Y2", record.accessed.as_ref().and_then(date).map(|(_, day)| day).as_deref());
    optional(out, "M3", record.role);
    tag(out, "DB", &record.archive);
    optional(out, "AN", record.sha256.as_ref().map(|it| format!("sha256:{it}")).as_deref());
    optional(out, "C1", record.rights.as_deref());
    tag(out, "N1", &format!("{}: {}", record.archive, record.location));
    tag(out, "ER", "");
}

/// What RIS calls it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "NEWS",
        Kind::Text => "GEN",
        Kind::Statement => "ELEC",
    }
}

/// One line; the value is on one line already.
fn tag(out: &mut String, name: &str, value: &str) {
    // Writing into a String cannot fail.
    let _ = write!(out, "{name}  - {value}\r\n");
}

/// A line for a value that may not be known.
fn optional(out: &mut String, name: &str, value: Option<&str>) {
    if let Some(it) = value {
        tag(out, name, it);
    }
}

/// The year of a date, and the date as year, month, day and other information with slashes between.
fn date(date: &Date) -> Option<(String, String)> {
    let points = date.points();
    let (known, more) = match points.as_slice() {
        [Some(one)] => (one, doubt(one).to_owned()),
        [Some(from), Some(_)] => {
            let until = date.as_str().split_once('/').map_or("", |(_, until)| until);
            (from, format!("until {until}"))
        }
        [Some(from), None] => (from, "or later".to_owned()),
        [None, Some(until)] => (until, "or earlier".to_owned()),
        _ => return None,
    };
    let number = |at: usize| known.numbers.get(at).map_or(String::new(), |it| format!("{it:02}"));
    let year = format!("{:04}", known.numbers.first()?);
    let day = format!("{year}/{}/{}/{more}", number(1), number(2));
    Some((year, day))
}

/// What makes a point in time uncertain, in words.
fn doubt(point: &Point) -> &'static str {
    match point.doubt {
        Some('?') => "uncertain",
        Some('~') => "approximate",
        Some(_) => "uncertain and approximate",
        None => "",
    }
}
