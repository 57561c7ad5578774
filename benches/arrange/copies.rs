//! Copies of a text that tell another story in the same languages.
//!
//! Digits and consonants change places, in each copy otherwise, and in all scripts alike: a number that
//! stands in two versions of a statement stands in both of their copies, and so does a name, whatever it is
//! written in. Han and Hangul say nothing of their sounds by their places; there other characters stand for
//! two in three.

/// Letters of alphabets for b, d, l, m, n, r and t.
const LETTERS: &[&str] = &[
    "bdlmnrt",
    "BDLMNRT",
    "бдлмнрт",
    "БДЛМНРТ",
    "βδλμνρτ",
    "ΒΔΛΜΝΡΤ",
    "بدلمنرت",
    "בדלמנרט",
    "ბდლმნრტ",
    "բդլմնրտ",
    "ԲԴԼՄՆՐՏ",
    "बदलमनरत",
    "বদলমনরত",
    "ਬਦਲਮਨਰਤ",
    "બદલમનરત",
    "படலமநரத",
    "బదలమనరత",
    "ಬದಲಮನರತ",
    "ബദലമനരത",
    "බදලමනරත",
    "บดลมนรต",
    "ບດລມນຣຕ",
    "ဘဒလမနရတ",
    "បដលមនរត",
    "በደለመነረተ",
    "ቡዱሉሙኑሩቱ",
    "ቢዲሊሚኒሪቲ",
    "ባዳላማናራታ",
    "ቤዴሌሜኔሬቴ",
    "ብድልምንርት",
    "ቦዶሎሞኖሮቶ",
];
/// The digits of scripts, from zero.
const DIGITS: &[&str] = &["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯"];
/// The first digit that changes places: zero stays.
const FREE: usize = 1;
/// How many letters change places: by which of them a word begins tells in which copies it stands as it was.
const KINDS: u32 = 7;
/// The shortest word that changes.
const LEAST: usize = 4;

/// How a copy spells.
pub(crate) struct Spelling {
    copy: u32,
    letters: Vec<usize>,
    digits: Vec<usize>,
}

impl Spelling {
    /// The spelling of a copy, from 1.
    pub(crate) fn of(copy: u32) -> Self {
        let digits = order(copy, 10 - FREE).into_iter().map(|it| it + FREE);
        Self {
            copy,
            letters: order(copy, KINDS as usize),
            digits: (0..FREE).chain(digits).collect(),
        }
    }

    /// A text as this copy has it.
    pub(crate) fn copied(&self, text: &str) -> String {
        let mut copy = String::with_capacity(text.len());
        for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let from = article(word);
            let (before, rest) = word.split_at(from);
            copy.push_str(before);
            if self.is_kept(rest) {
                copy.push_str(rest);
            } else {
                copy.extend(rest.chars().map(|c| self.spell(c)));
            }
        }
        copy
    }

    /// Whether a word stands in this copy as it was: a short one, and about one in seven of the others.
    fn is_kept(&self, word: &str) -> bool {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        let short = letters().next().is_some() && letters().count() < LEAST;
        let first = letters().find_map(|c| LETTERS.iter().find_map(|own| place(own, c)));
        let wide = letters().next().is_some_and(|c| c as u32 >= 0x2e80);
        !wide && (short || first == Some((self.copy % KINDS) as usize))
    }

    /// A character as this copy has it.
    fn spell(&self, c: char) -> char {
        if c.is_ascii_punctuation() || c.is_whitespace() {
            return c;
        }
        let exchanged = |all: &[&str], order: &[usize]| {
            let (own, place) = all.iter().find_map(|own| Some((own, place(own, c)?)))?;
            own.chars().nth(*order.get(place)?)
        };
        let moved = |first: u32, count: u32| {
            let place = (c as u32)
                .checked_sub(first)
                .filter(|it| *it < count && it % 3 != self.copy % 3)?;
            let third = (place / 3 + 397 * self.copy) % (count / 3);
            char::from_u32(first + third * 3 + place % 3)
        };
        match c as u32 {
            0x4e00..0x9ffc => moved(0x4e00, 0x51fc),
            0xac00..0xd7a4 => moved(0xac00, 0x2ba4),
            _ => exchanged(LETTERS, &self.letters).or_else(|| exchanged(DIGITS, &self.digits)),
        }
        .unwrap_or(c)
    }
}

/// So many places in an order of their own: that of the copy among all orders (Lehmer's code).
fn order(copy: u32, count: usize) -> Vec<usize> {
    let mut left: Vec<usize> = (0..count).collect();
    // A step that is prime to the number of orders leads through all of them, and far each time.
    let mut code = copy as usize * 1933;
    let mut order = Vec::new();
    while !left.is_empty() {
        let at = code % left.len();
        code /= left.len().max(1);
        order.push(left.remove(at));
    }
    order
}

/// Where a character stands among some.
fn place(all: &str, c: char) -> Option<usize> {
    all.chars().position(|it| it == c)
}

/// How many bytes at the beginning of a word are an Arabic article, with a particle before it.
fn article(word: &str) -> usize {
    let bare = word.strip_prefix(['و', 'ب', 'ف', 'ك']).unwrap_or(word);
    let of = |word: &str| word.strip_prefix("ال").map(str::len);
    of(word).or_else(|| of(bare)).map_or(0, |rest| word.len() - rest)
}
