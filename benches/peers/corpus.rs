//! A made-up archive of any size: texts of about three kilobytes in ten scripts, four versions a statement.
//!
//! The versions of a statement hold the same names, numbers and content words in the same order, each in
//! its own language, with an outlet's furniture around them. Three statements in a row are about one event:
//! they share its day and its people, and nothing else. The same number gives the same text on every
//! machine. Everything in it is invented.

use crate::words::{LETTERS, TONGUES, Tongue};

/// How many versions a statement has.
pub const VERSIONS: u64 = 4;

/// How far apart the languages of a statement's versions stand in the list of languages.
const APART: [u64; 4] = [0, 1, 3, 6];

/// How many words a language has besides its frequent ones.
const WORDS: u64 = 16_000;

/// How many names there are in the world of the archive.
const NAMES: u64 = 40_000;

/// How many statements are about one event.
const OF_EVENT: u64 = 3;

/// How many names the statements about one event have in common.
const PEOPLE: u64 = 6;

/// How many outlets print in one language.
const OUTLETS: u64 = 12;

/// A text as an outlet printed it.
pub struct Print {
    /// The language it is written in.
    pub lang: &'static str,
    /// The name of the outlet.
    pub outlet: String,
    /// The day, as in `2021-03-09`.
    pub date: String,
    /// The title.
    pub title: String,
    /// The paragraphs of the statement.
    pub paragraphs: Vec<String>,
}

impl Print {
    /// The print of a number: statement `number / 4`, version `number % 4`.
    pub fn new(number: u64) -> Self {
        let statement = number / VERSIONS;
        let apart = APART[(number % VERSIONS) as usize];
        let tongue = &TONGUES[((statement + apart) % TONGUES.len() as u64) as usize];
        let mut story = Story::new(statement);
        let [year, month, day] = story.day;
        let date = format!("{year}-{month:02}-{day:02}");
        let title = story.sentence(tongue, 7);
        let paragraphs = (0..4).map(|_| story.paragraph(tongue)).collect();
        let outlet = name(tongue, NAMES + Dice::new(&[number]).roll(OUTLETS));
        Self { lang: tongue.tag, outlet, date, title, paragraphs }
    }

    /// The raw text, with the outlet's furniture around the statement.
    pub fn raw(&self) -> String {
        let Self { outlet, title, date, .. } = self;
        format!("{outlet}\n\n{title}\n\n{date}\n\n{}\n\n{title}\n", self.body())
    }

    /// The paragraphs with blank lines between them.
    pub fn body(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// The file name of a print: the number first, so that the names sort by it.
pub fn file_name(number: u64) -> String {
    format!("{number:07}")
}

/// A statement while it is told, the same in each language.
struct Story {
    dice: Dice,
    day: [u64; 3],
    people: Vec<u64>,
}

impl Story {
    /// The statement of a number, before its first word.
    fn new(statement: u64) -> Self {
        let mut event = Dice::new(&[statement / OF_EVENT, OF_EVENT]);
        let day = [2005 + event.roll(20), 1 + event.roll(12), 1 + event.roll(28)];
        let people = (0..PEOPLE).map(|_| event.roll(NAMES)).collect();
        Self { dice: Dice::new(&[statement, VERSIONS, OF_EVENT]), day, people }
    }

    /// Some sentences.
    fn paragraph(&mut self, tongue: &Tongue) -> String {
        let sentences = 2 + self.dice.roll(3);
        let texts: Vec<String> = (0..sentences)
            .map(|_| {
                let words = 9 + self.dice.roll(12);
                self.sentence(tongue, words) + tongue.stop
            })
            .collect();
        texts.join(tongue.space)
    }

    /// So many words of content, with frequent words between them.
    fn sentence(&mut self, tongue: &Tongue, words: u64) -> String {
        let mut text = String::new();
        for at in 0..words {
            if at > 0 {
                text.push_str(tongue.space);
            }
            text.push_str(&self.content(tongue));
            if at % 2 == 0 {
                text.push_str(tongue.space);
                let small = tongue.small_words;
                text.push_str(small[self.dice.roll(small.len() as u64) as usize]);
            }
        }
        text
    }

    /// A name, a number or a word.
    fn content(&mut self, tongue: &Tongue) -> String {
        let dice = &mut self.dice;
        match dice.roll(14) {
            0 => name(tongue, self.people[dice.roll(PEOPLE) as usize]),
            1 => name(tongue, dice.roll(NAMES)),
            2 => (2 + dice.roll(90) * dice.roll(90)).to_string(),
            // A product of two throws makes some words frequent, as in real texts.
            _ => word(tongue, dice.roll(126) * dice.roll(126) % WORDS),
        }
    }
}

/// The word for a thing: its own in each language.
fn word(tongue: &Tongue, thing: u64) -> String {
    let salt = tongue.tag.bytes().fold(0, |sum, byte| sum * 31 + u64::from(byte));
    syllables(tongue, &mut Dice::new(&[salt, thing]))
}

/// A name: the same sounds in each language, written in its script.
fn name(tongue: &Tongue, number: u64) -> String {
    let text = syllables(tongue, &mut Dice::new(&[number]));
    if !tongue.has_case() {
        return text;
    }
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Two to four syllables.
fn syllables(tongue: &Tongue, dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..2 + dice.roll(3) {
        let syllable = (dice.roll(LETTERS.0) as usize, dice.roll(LETTERS.1) as usize);
        tongue.syllable(syllable, &mut text);
    }
    text
}

/// Numbers that look thrown and are the same everywhere (`SplitMix64`, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    /// Dice that always fall the same for the same seeds. The seeds are mixed: the throws of one seed must
    /// not be those of the seed before from the second throw on.
    fn new(seeds: &[u64]) -> Self {
        seeds.iter().fold(Self(0), |mut dice, seed| Self(dice.roll(u64::MAX) ^ seed))
    }

    /// A number below `sides`.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) % sides
    }
}
