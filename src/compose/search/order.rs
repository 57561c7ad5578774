//! The numbers of documents in the index: by language, in each by date, so that a language is a range
//! and so is a span of time in it.

use crate::arrange::{Archive, Document, DocumentId};
use crate::compose::shelves;

/// The documents in the order of their numbers.
pub(super) struct Order {
    /// The document with each number.
    pub(super) documents: Vec<DocumentId>,
    /// The languages, by tag.
    pub(super) languages: Vec<Tongue>,
}

/// The documents in one language.
pub(super) struct Tongue {
    /// Its tag.
    pub(super) tag: String,
    /// The number of its first document.
    pub(super) first: u32,
    /// How many documents it has.
    pub(super) count: u32,
    /// How many of them are of which month, in order; see [`month`].
    pub(super) months: Vec<(u32, u32)>,
}

impl Order {
    /// Gives every document its number.
    pub(super) fn new(archive: &Archive) -> Self {
        let mut documents: Vec<DocumentId> =
            (0..archive.documents.len() as u32).map(DocumentId).collect();
        documents.sort_by_cached_key(|&id| {
            shelves::find(archive, id)
                .map(|it| (it.head.lang.as_str(), month(it), shelves::day(it), it.name.as_str()))
        });
        let mut order = Self { documents: Vec::new(), languages: Vec::new() };
        for (number, &id) in documents.iter().enumerate() {
            if let Some(document) = shelves::find(archive, id) {
                order.count(number as u32, document);
            }
        }
        order.documents = documents;
        order
    }

    /// Counts a document that follows those counted before.
    fn count(&mut self, number: u32, document: &Document) {
        let tag = document.head.lang.as_str();
        if self.languages.last().is_none_or(|it| it.tag != tag) {
            let tag = tag.to_owned();
            self.languages.push(Tongue { tag, first: number, count: 0, months: Vec::new() });
        }
        let Some(tongue) = self.languages.last_mut() else { return };
        tongue.count += 1;
        let month = month(document);
        match tongue.months.last_mut().filter(|it| it.0 == month) {
            Some(counted) => counted.1 += 1,
            None => tongue.months.push((month, 1)),
        }
    }
}

/// The month of a document as a number: thirteen times the year, plus the month, which is 0 where only
/// the year is known; 0 where nothing is known.
fn month(document: &Document) -> u32 {
    let mut fields = shelves::day(document).split('-').map(|it| it.parse::<u32>().unwrap_or(0));
    let year = fields.next().unwrap_or(0).min(9999);
    year * 13 + fields.next().unwrap_or(0).min(12)
}
