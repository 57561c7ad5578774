//! Where words stand in a raw file, for formats whose documents are not lines of it.

/// How many characters of a text are sought.
const SOUGHT: usize = 24;

/// How many plain letters are enough to be sought alone.
const PLAIN: usize = 6;

/// Finds texts one after the other in a file.
pub(crate) struct Finder<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Finder<'a> {
    /// Begins at the first line.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line where a text begins, sought forward; that of the text before where it is not found.
    pub(crate) fn line_of(&mut self, sought: &str) -> u32 {
        let start: String = sought.chars().take(SOUGHT).collect();
        // In a file that writes other letters as codes, the first plain ones can still be found.
        let plain: String = start.chars().take_while(|c| c.is_ascii() && *c != '"').collect();
        let rest = self.text.get(self.at..).unwrap_or_default();
        let known = [(start, 1), (plain, PLAIN)].into_iter().filter(|it| it.0.trim().len() >= it.1);
        if let Some(found) = known.into_iter().find_map(|(text, _)| rest.find(&text)) {
            self.line += rest.get(..found).unwrap_or_default().matches('\n').count() as u32;
            self.at += found;
        }
        self.line
    }
}
