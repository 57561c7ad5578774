//! What stands beside seeds: side files (`NAME.meta.yaml`) and tables of sources (`sources.csv`).

use std::collections::BTreeMap;

use super::Fetch;
use super::given::Given;
use crate::vocab::codes::Code;
use crate::vocab::decode::decode;
use crate::vocab::diagnostic::{Diagnostic, Place};
use crate::vocab::table;

/// How the name of a side file ends.
const SIDE: &str = ".meta.yaml";

/// The name of a table of sources.
const TABLE: &str = "sources.csv";

/// Whether a file of the seeds folder is a seed: not a side file, a table of sources or a hidden file.
pub fn is_seed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    !name.ends_with(SIDE) && file != TABLE && !name.split('/').any(|part| part.starts_with('.'))
}

/// What is stated beside seeds, by the seed's path.
#[derive(Debug, Default)]
pub(crate) struct Sides {
    given: BTreeMap<String, Given>,
    /// What was seen on the way.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Sides {
    /// Reads all tables and side files; a side file wins over a table.
    pub(crate) fn read(names: &[String], fetch: Fetch) -> Self {
        let mut sides = Self::default();
        let mut names: Vec<&String> = names.iter().collect();
        names.sort();
        for name in names.iter().filter(|name| name.rsplit('/').next() == Some(TABLE)) {
            sides.table(name, &names, fetch);
        }
        for name in names.iter().filter(|name| name.ends_with(SIDE)) {
            sides.side_file(name, &names, fetch);
        }
        sides
    }

    /// Says where something is stated of a seed that is not there.
    fn miss(&mut self, seed: &str, names: &[&String], place: Place) {
        if names.binary_search_by(|name| name.as_str().cmp(seed)).is_err() {
            self.fault(place, format!("there is no seed `{seed}`"));
        }
    }

    /// What is stated beside a seed.
    pub(crate) fn of(&self, seed: &str) -> Option<&Given> {
        self.given.get(seed)
    }

    /// Reads a side file.
    fn side_file(&mut self, name: &str, names: &[&String], fetch: Fetch) {
        let Some(seed) = name.strip_suffix(SIDE) else { return };
        let Some(text) = self.text(name, fetch) else { return };
        self.miss(seed, names, Place::file(name));
        match Given::read(&text) {
            Ok(mut given) => {
                self.purge(&mut given, Place::file(name));
                self.given.entry(seed.to_owned()).or_default().overrule(&given);
            }
            Err(fault) => self.fault(Place::line(name, fault.line, ""), fault.message),
        }
    }

    /// Reads a table whose first column names seeds beside it.
    fn table(&mut self, name: &str, names: &[&String], fetch: Fetch) {
        let Some(text) = self.text(name, fetch) else { return };
        let folder = name.strip_suffix(TABLE).unwrap_or_default();
        let mut reader = table::reader(&text, csv::Trim::None);
        let keys: Vec<String> = match reader.headers() {
            Ok(keys) => keys.iter().map(|key| key.trim().to_owned()).collect(),
            Err(_) => return self.fault(Place::file(name), "the table cannot be read".to_owned()),
        };
        if keys.first().map(String::as_str) != Some("seed") {
            self.fault(Place::line(name, 1, ""), "the first column is not `seed`".to_owned());
        }
        for record in reader.records() {
            let Ok(record) = record else {
                self.fault(Place::file(name), "a row of the table cannot be read".to_owned());
                continue;
            };
            let seed = format!("{folder}{}", record.get(0).unwrap_or_default().trim());
            let line = record.position().map_or(1, |at| at.line() as u32);
            self.miss(&seed, names, Place::line(name, line, ""));
            let mut given = Given::default();
            keys.iter().zip(&record).skip(1).for_each(|(key, value)| given.set(key, value));
            self.purge(&mut given, Place::line(name, line, ""));
            self.given.entry(seed).or_default().overrule(&given);
        }
    }

    /// Takes out of what is stated what may not stand in a page, and says so.
    fn purge(&mut self, given: &mut Given, place: Place) {
        if let Some(cut) = given.purge(1) {
            self.fault(place, format!("characters that cannot be seen are left out: {}", cut.text));
        }
    }

    /// The text of a file beside the seeds.
    fn text(&mut self, name: &str, fetch: Fetch) -> Option<String> {
        let bytes = fetch(name);
        let text =
            bytes.as_deref().and_then(|bytes| decode(bytes, None)).map(|it| it.text.into_owned());
        if text.is_none() {
            self.fault(Place::file(name), "the file cannot be read as text".to_owned());
        }
        text
    }

    /// Notes what is wrong.
    fn fault(&mut self, place: Place, message: String) {
        self.diagnostics.push(Diagnostic::new(Code::BadSideFile, place, message));
    }
}
