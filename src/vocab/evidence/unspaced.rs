//! Reads scripts without spaces between words: Han, kana, Thai and its neighbours. Part of the reader.

use super::Space;
use super::concepts::transliterates;
use super::hash::{Hash, hash_chars};
use super::numbers;
use super::reader::{Reader, Span};
use super::scripts::{Script, script};
use super::skeleton::{Ch, skeleton};

impl Reader<'_> {
    /// Reads a run of scripts without spaces between words.
    pub(super) fn unspaced(&mut self, start: usize) -> usize {
        let mut run = std::mem::take(&mut self.run);
        run.clear();
        let rest = self.text.get(start..).unwrap_or_default();
        let inside = |c: &(usize, char)| is_unspaced(c.1);
        run.extend(rest.char_indices().take_while(inside).map(|(at, c)| (start + at, c)));
        let end = run.last().map_or(start + 1, |&(at, c)| at + c.len_utf8());
        self.longest_matches(&run, end);
        let mut from = 0;
        while let Some(&(_, first)) = run.get(from) {
            let kind = script(first);
            let length = run.iter().skip(from).take_while(|it| script(it.1) == kind).count();
            let piece = run.get(from..from + length).unwrap_or_default();
            let behind = run.get(from + length).map_or(end, |it| it.0);
            self.piece(piece, kind, behind);
            from += length;
        }
        self.run = run;
        end
    }

    /// Reads a run of one script.
    fn piece(&mut self, piece: &[(usize, char)], kind: Script, end: usize) {
        match kind {
            Script::Han => {
                self.grams(piece, 2, end);
                self.numerals(piece, end);
                self.transliterations(piece, end);
            }
            Script::Katakana => self.katakana(piece, end),
            Script::Continuous => self.grams(piece, 4, end),
            _ => {}
        }
    }

    /// Leaves a run of katakana as a word and a name.
    fn katakana(&mut self, piece: &[(usize, char)], end: usize) {
        let Some(&(start, _)) = piece.first() else { return };
        let span = Span { start, end };
        let mut word = std::mem::take(&mut self.word);
        word.read(self.text.get(start..end).unwrap_or_default(), Script::Katakana);
        self.leave(Space::Word, hash_chars(&word.folded), 1.0, span);
        if word.letters >= 3 {
            let bones = skeleton(&word.roman, Ch::Hard);
            self.skeletons(&word.roman, bones, 0.5, span);
            if bones.len() >= 4 {
                self.leave(Space::Stub, bones.first(4).key(), 1.0, span);
            }
        }
        self.word = word;
    }

    /// Leaves every run of so many characters as a word.
    fn grams(&mut self, piece: &[(usize, char)], size: usize, end: usize) {
        for (at, window) in piece.windows(size).enumerate() {
            let Some(&(start, _)) = window.first() else { continue };
            let end = piece.get(at + size).map_or(end, |it| it.0);
            let hash = window.iter().fold(Hash::new(), |hash, it| hash.char(it.1));
            self.leave(Space::Word, hash.finish(), 1.0, Span { start, end });
        }
    }

    /// Leaves the concepts of a run, by longest match from the left.
    fn longest_matches(&mut self, run: &[(usize, char)], end: usize) {
        let Some(words) = self.words else { return };
        let chars: Vec<char> = run.iter().map(|it| it.1).collect();
        let mut at = 0;
        while at < chars.len() {
            let most = words.longest.min(chars.len() - at);
            let found = self.longest_key(chars.get(at..at + most).unwrap_or_default());
            if let Some((length, meanings)) = found {
                let start = run.get(at).map_or(end, |it| it.0);
                let stop = run.get(at + length).map_or(end, |it| it.0);
                self.mean(meanings, Span { start, end: stop });
            }
            at += found.map_or(1, |it| it.0);
        }
    }

    /// Leaves Han numerals of two and more characters.
    fn numerals(&mut self, piece: &[(usize, char)], end: usize) {
        let mut from = 0;
        while from < piece.len() {
            let run = piece.get(from..).unwrap_or_default();
            let length = run.iter().take_while(|it| numbers::is_han_numeral(it.1)).count();
            if length >= 2 {
                let chars: Vec<char> = run.iter().take(length).map(|it| it.1).collect();
                let start = run.first().map_or(end, |it| it.0);
                let span = Span { start, end: run.get(length).map_or(end, |it| it.0) };
                if let Some(value) = numbers::han_numeral(&chars) {
                    self.leave(Space::Number, value.wrapping_mul(100), 1.0, span);
                }
            }
            from += length.max(1);
        }
    }

    /// Leaves the skeletons of what may be a foreign name in Chinese: runs of three to eight characters
    /// that transliterate, whole, and every three and four of them.
    fn transliterations(&mut self, piece: &[(usize, char)], end: usize) {
        let mut from = 0;
        while from < piece.len() {
            let run = piece.get(from..).unwrap_or_default();
            let length = run.iter().take_while(|it| transliterates(it.1)).count();
            if (3..=8).contains(&length) {
                let sizes = [3, 4, length];
                let sizes = if length > 4 { &sizes[..] } else { &sizes[..length - 2] };
                for at in
                    sizes.iter().flat_map(|&size| (0..=length - size).map(move |at| (at, size)))
                {
                    let start = run.get(at.0).map_or(end, |it| it.0);
                    let stop = run.get(at.0 + at.1).map_or(end, |it| it.0);
                    self.foreign_name(Span { start, end: stop });
                }
            }
            from += length.max(1);
        }
    }

    /// Leaves the skeleton of a possible foreign name in Chinese.
    fn foreign_name(&mut self, span: Span) {
        let mut word = std::mem::take(&mut self.word);
        word.read(self.text.get(span.start..span.end).unwrap_or_default(), Script::Han);
        let bones = skeleton(&word.roman, Ch::Hard);
        self.skeletons(&word.roman, bones, 0.4, span);
        self.word = word;
    }
}

/// Whether a character is of a script without spaces between words.
fn is_unspaced(c: char) -> bool {
    use Script::{Continuous, Han, Hiragana, Katakana};
    matches!(script(c), Han | Hiragana | Katakana | Continuous)
}
