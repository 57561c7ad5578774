//! Texts at hand: a page is read and parted into passages once for all the files that show it, as long as
//! these are set one after the other.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::arrange::DocumentId;
use crate::collate::Witness;
use crate::vocab::page::Page;
use crate::vocab::prose::{Passage, passages};

/// How many texts each worker keeps at hand.
const TEXTS: usize = 64;
/// How many bytes they may have together, but for the last one.
const BYTES: usize = 1 << 20;

/// A text that was read.
pub(super) struct Text {
    /// The page.
    pub(super) page: Page,
    /// The passages of its body.
    pub(super) passages: Vec<Passage>,
    /// Whether its title is its own, once somebody has asked for it.
    titled: OnceLock<bool>,
}

impl Text {
    /// Reads a page.
    fn of(page: Page) -> Self {
        Self { passages: passages(&page.body), page, titled: OnceLock::new() }
    }

    /// The text as collating sees it.
    pub(super) fn witness(&self, name: &str) -> Witness {
        let titled = *self.titled.get_or_init(|| self.page.has_own_title());
        let passages = self.passages.iter().map(|it| it.text.clone());
        Witness::with(name, (&self.page, titled), passages)
    }

    /// Its title, and the texts of its passages.
    pub(super) fn lines(&self) -> Vec<String> {
        let passages = self.passages.iter().map(|it| &it.text);
        std::iter::once(&self.page.head.title).chain(passages).cloned().collect()
    }
}

/// What one worker has at hand, the oldest first.
#[derive(Default)]
struct Desk {
    texts: VecDeque<(DocumentId, Arc<Text>)>,
    bytes: usize,
}

impl Desk {
    /// A text that is there.
    fn find(&self, id: DocumentId) -> Option<Arc<Text>> {
        self.texts.iter().rev().find(|it| it.0 == id).map(|it| Arc::clone(&it.1))
    }

    /// Lays a text down; what has no room any more goes.
    fn put(&mut self, id: DocumentId, text: &Arc<Text>) {
        self.bytes += text.page.body.len();
        self.texts.push_back((id, Arc::clone(text)));
        while self.texts.len() > TEXTS || self.bytes > BYTES && self.texts.len() > 1 {
            let Some((_, gone)) = self.texts.pop_front() else { return };
            self.bytes -= gone.page.body.len();
        }
    }
}

/// What all workers have at hand.
pub(super) struct AtHand(Vec<Mutex<Desk>>);

impl Default for AtHand {
    /// Nothing.
    fn default() -> Self {
        let workers = rayon::current_num_threads().max(1);
        Self((0..workers).map(|_| Mutex::default()).collect())
    }
}

impl AtHand {
    /// The text of a document, read where it is not at hand.
    pub(super) fn text(&self, id: DocumentId, read: impl FnOnce() -> Page) -> Arc<Text> {
        let own = rayon::current_thread_index().unwrap_or(0);
        let desk = || Some(self.0.get(own)?.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(text) = desk().and_then(|it| it.find(id)) {
            return text;
        }
        let text = Arc::new(Text::of(read()));
        if let Some(mut desk) = desk() {
            desk.put(id, &text);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::lang::Lang;
    use crate::vocab::page::Head;

    /// A page that has a number in it, and so many letters.
    fn page(number: u32, length: usize) -> Page {
        let head = Head::new(number.to_string(), Lang::undetermined());
        Page { head, body: "x".repeat(length) }
    }

    #[test]
    fn a_text_is_read_once_until_it_has_no_room() {
        let at_hand = AtHand::default();
        let mut read = Vec::new();
        let mut ask = |number: u32, length: usize| {
            let text = at_hand.text(DocumentId(number), || {
                read.push(number);
                page(number, length)
            });
            assert_eq!(text.page.head.title, number.to_string());
            assert_eq!(text.lines().len(), 2);
        };
        for it in [1, 2, 1, 2] {
            ask(it, 9);
        }
        (3..=TEXTS as u32 + 1).for_each(|it| ask(it, 9));
        for it in [2, 1] {
            ask(it, 9);
        }
        for it in [900, 901, 900, 901] {
            ask(it, BYTES);
        }
        let all: Vec<u32> = (1..=TEXTS as u32 + 1).chain([1, 900, 901, 900, 901]).collect();
        assert_eq!(read, all);
    }
}
