//! What a curator says of names: `names.yaml`.
//!
//! ```yaml
//! join:                            # These forms are one name.
//!   - [Tokayev, Tokajew, توكاييف]
//! split:                           # These are not, however alike they sound.
//!   - [Marten, Martin]
//! rename:                          # The heading of the name that has this form.
//!   Tokayev: Kassym-Jomart Tokayev
//! hide: [Monday]                   # No names at all.
//! ```
//!
//! A form stands as it is written in the texts; `pl:Tokajew` means the Polish form only.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Form, Gathering};
use crate::vocab::yaml;

pub use crate::vocab::yaml::Fault;

/// A curator's corrections of the table of names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curated {
    /// Lists of forms that are one name.
    #[serde(default)]
    join: Vec<Vec<String>>,
    /// Lists of forms each of which is a name of its own.
    #[serde(default)]
    split: Vec<Vec<String>>,
    /// Headings, by any form of the name.
    #[serde(default)]
    rename: BTreeMap<String, String>,
    /// Forms that are no names.
    #[serde(default)]
    hide: Vec<String>,
}

/// Finds the forms that are spelled in some way.
type Spelled<'a> = &'a dyn Fn(&str) -> Vec<u32>;

impl Curated {
    /// Reads `names.yaml`.
    pub fn read(text: &str) -> Result<Self, Fault> {
        yaml::read(text)
    }

    /// Which forms the file names that no aligned passage of the archive has, with the line where they
    /// stand first.
    pub fn strangers(&self, text: &str, gathering: &Gathering) -> Vec<Fault> {
        let named = self.join.iter().chain(&self.split).flatten();
        let named: BTreeSet<&String> = named.chain(self.rename.keys()).chain(&self.hide).collect();
        let strange = named.into_iter().filter(|it| !gathering.has(it));
        let fault = |form: &String| Fault {
            message: format!("no name that was found is written `{form}`"),
            line: text
                .lines()
                .position(|line| line.contains(form.as_str()))
                .map_or(0, |at| at as u32 + 1),
            column: 0,
        };
        let mut faults: Vec<Fault> = strange.map(fault).collect();
        faults.sort_by(|a, b| (a.line, &a.message).cmp(&(b.line, &b.message)));
        faults
    }

    /// Pairs of forms that are one name.
    pub(super) fn joined(&self, spelled: Spelled) -> Vec<(u32, u32)> {
        let lists = self.join.iter().map(|list| list.iter().flat_map(|it| spelled(it)).collect());
        let pairs = |list: Vec<u32>| {
            let first = list.first().copied();
            list.into_iter().skip(1).filter_map(move |it| Some((first?, it))).collect::<Vec<_>>()
        };
        lists.flat_map(pairs).collect()
    }

    /// Pairs of forms that are not one name, the lower first.
    pub(super) fn apart(&self, spelled: Spelled) -> BTreeSet<(u32, u32)> {
        let mut apart = BTreeSet::new();
        for list in &self.split {
            let forms: Vec<Vec<u32>> = list.iter().map(|it| spelled(it)).collect();
            for (at, one) in forms.iter().enumerate() {
                for &other in forms.iter().skip(at + 1).flatten() {
                    apart.extend(one.iter().map(|&one| (one.min(other), one.max(other))));
                }
            }
        }
        apart
    }

    /// The forms that are no names.
    pub(super) fn hidden(&self, spelled: Spelled) -> BTreeSet<u32> {
        self.hide.iter().flat_map(|it| spelled(it)).collect()
    }

    /// The heading that a curator gave to the name of some forms.
    pub(super) fn heading(&self, forms: &[Form]) -> Option<String> {
        let own = |form: &Form| {
            let with_tag = format!("{}:{}", form.lang.as_str(), form.written);
            self.rename.get(&form.written).or_else(|| self.rename.get(&with_tag)).cloned()
        };
        forms.iter().find_map(own)
    }
}
