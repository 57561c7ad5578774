//! Days of other calendars where a text names their months: the Persian and the Ethiopian one.

use super::Reader;
use crate::vocab::calendars::{is_persian, month};

/// Whether a letter is Thai.
pub(super) fn is_thai(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}')
}

impl Reader<'_> {
    /// `15 اردیبهشت 1400`, `۱۴۰۲ کب ۲۵`, `ግንቦት 5 ቀን 2013`: a day of another calendar whose months have their own
    /// names.
    pub(super) fn elsewhere(&self, at: usize) -> Option<(Option<u32>, u32, u32, usize)> {
        let month = |at: usize| month(self.tokens.get(at)?.text).map(|it| (it, at + 1));
        if let Some((year, next)) = self.number(at).filter(|it| is_persian(it.0))
            && let Some(((calendar, month), next)) = month(next)
            && let Some((day, next)) = self.day(next)
        {
            let (year, month, day) = calendar.to_common(year, month, day)?;
            return Some((Some(year), month, day, next));
        }
        let ((calendar, month), day, next) = match self.day(at) {
            Some((day, next)) => month(next).map(|(it, next)| (it, day, next))?,
            None => month(at).and_then(|(it, next)| {
                let (day, next) = self.day(next)?;
                Some((it, day, next))
            })?,
        };
        let (year, next) = self.number(self.skip(next, 2, 2))?;
        let (year, month, day) = calendar.to_common(year, month, day)?;
        Some((Some(year), month, day, next))
    }
}
