//! A text cut into terms: what is searched for, and what is found, in one plain form.
//!
//! Knows no language: the same rules fold a text and a question. Its twin is
//! `themes/default/search-fold.js`; `tests/it/search/vectors.txt` holds both to the same results.

use super::chars::{self, Kind, is_latin, kind};
use super::number;

/// What a term is to the place in the text where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The word itself, a number, or two neighbours in a script without spaces.
    Main,
    /// An Arabic word without a particle in front.
    Bare,
    /// An Arabic word without its article.
    Stem,
    /// A single character of a longer run in a script without spaces.
    Single,
}

/// A term of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term<'a> {
    /// The term.
    pub text: &'a str,
    /// What it is to its place.
    pub role: Role,
    /// Its place, counted in words; scripts without spaces are counted in characters.
    pub position: u32,
}

/// What takes the terms of a text.
pub type Sink<'s> = &'s mut dyn FnMut(Term);

/// Cuts a text into terms, with positions from `position` on; gives the next position.
pub fn fold(text: &str, position: u32, sink: Sink) -> u32 {
    let mut cutter = Cutter { text, at: 0, position, term: String::new(), sink };
    while let Some(c) = cutter.peek() {
        match kind(c) {
            Kind::Other | Kind::Mark => cutter.at += c.len_utf8(),
            Kind::Digit => cutter.number(),
            Kind::Word => cutter.word(c),
            Kind::Unspaced => cutter.run(Kind::Unspaced),
            Kind::Hangul => cutter.run(Kind::Hangul),
        }
    }
    cutter.position
}

/// Walks through a text.
struct Cutter<'t, 's> {
    text: &'t str,
    at: usize,
    position: u32,
    term: String,
    sink: Sink<'s>,
}

impl<'t> Cutter<'t, '_> {
    /// The next character.
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// The text from a place to where the walk stands.
    fn since(&self, from: usize) -> &'t str {
        self.text.get(from..self.at).unwrap_or_default()
    }

    /// Hands on a term at the present position.
    fn hand(&mut self, text: &str, role: Role) {
        (self.sink)(Term { text, role, position: self.position });
    }

    /// Reads a number; a Latin word where letters follow its digits, as in `5G`.
    fn number(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let behind = rest.chars().find(|&c| kind(c) != Kind::Digit);
        if let Some(letter) = behind.filter(|&c| kind(c) == Kind::Word && is_latin(c)) {
            return self.word(letter);
        }
        let (sink, position) = (&mut *self.sink, &mut self.position);
        self.at = number::read(self.text, self.at, &mut |text, _, _| {
            sink(Term { text, role: Role::Main, position: *position });
            *position += 1;
        });
    }

    /// Reads a word, up to where its script ends.
    fn word(&mut self, first: char) {
        let (from, latin) = (self.at, is_latin(first));
        while let Some(c) = self.peek() {
            let belongs = match kind(c) {
                Kind::Mark => true,
                Kind::Word => is_latin(c) == latin,
                Kind::Digit => latin,
                _ => self.apostrophe(c, first),
            };
            if !belongs {
                break;
            }
            self.at += c.len_utf8();
        }
        let mut term = std::mem::take(&mut self.term);
        term.clear();
        chars::fold(self.since(from), &mut term);
        if !term.is_empty() {
            self.hand(&term, Role::Main);
            self.clitics(&term);
            self.position += 1;
        }
        self.term = term;
    }

    /// Whether a sign is an apostrophe or a geresh inside a Cyrillic or Hebrew word.
    fn apostrophe(&self, c: char, first: char) -> bool {
        if !matches!(c, '\'' | '’' | '‘' | '"' | '״' | '׳')
            || !matches!(first, '\u{400}'..='\u{5ff}')
        {
            return false;
        }
        let next = self.text.get(self.at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        next.is_some_and(|it| kind(it) == Kind::Word && !is_latin(it))
    }

    /// Hands on an Arabic word also without its particle, and without its article.
    fn clitics(&mut self, term: &str) {
        let particle = term.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل']);
        let long = |rest: &&str| rest.chars().nth(2).is_some();
        if let Some(bare) = particle.filter(|it| long(it) && !term.starts_with("لل")) {
            self.hand(bare, Role::Bare);
        }
        let stem = article(term).or_else(|| particle.and_then(article));
        if let Some(stem) = stem.filter(long) {
            self.hand(stem, Role::Stem);
        }
    }

    /// Reads a run in a script without spaces, or in Hangul, and hands on its characters in pairs.
    fn run(&mut self, script: Kind) {
        let mut before = String::new();
        let mut pair = String::new();
        let mut first = true;
        while self.peek().is_some_and(|c| kind(c) == script) {
            let cluster = self.cluster();
            let mut term = String::new();
            chars::fold(cluster, &mut term);
            let last = self.peek().is_none_or(|c| kind(c) != script);
            if term.is_empty() {
                continue;
            }
            if !first {
                pair.clear();
                pair.push_str(&before);
                pair.push_str(&term);
                self.position -= 1;
                self.hand(&pair, Role::Main);
                self.position += 1;
            }
            if first && last {
                self.hand(&term, Role::Main);
            } else if script == Kind::Unspaced {
                self.hand(&term, Role::Single);
            }
            first = false;
            self.position += 1;
            before = term;
        }
    }

    /// A character with the marks that follow it; of Hangul all the letters of one syllable.
    fn cluster(&mut self) -> &'t str {
        let from = self.at;
        while let Some(c) = self.peek() {
            let belongs = kind(c) == Kind::Mark || matches!(c, '\u{1160}'..='\u{11ff}');
            if self.at > from && !belongs {
                break;
            }
            self.at += c.len_utf8();
        }
        self.since(from)
    }
}

/// An Arabic word without its article; `None` where it has none.
fn article(word: &str) -> Option<&str> {
    word.strip_prefix("ال").or_else(|| word.strip_prefix("لل"))
}
