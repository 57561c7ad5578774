//! Alterations planted in real aligned texts: figures changed, hedges and negations dropped, names exchanged.

use std::collections::BTreeSet;

use hexapla::collate::{Kind, Part, Synopsis, Witness};
use hexapla::vocab::evidence::quantity::{Measure, Quantity, quantities};
use hexapla::vocab::lang::Lang;

/// How languages say "about" in front of a figure.
const ABOUT: &[(&str, &str)] = &[
    ("ca", "aproximadament "),
    ("cs", "přibližně "),
    ("da", "omkring "),
    ("de", "etwa "),
    ("el", "περίπου "),
    ("en", "about "),
    ("es", "unos "),
    ("fi", "noin "),
    ("fr", "environ "),
    ("hr", "oko "),
    ("hu", "körülbelül "),
    ("it", "circa "),
    ("ja", "約"),
    ("ko", "약 "),
    ("nl", "ongeveer "),
    ("pl", "około "),
    ("pt", "cerca de "),
    ("ru", "около "),
    ("sv", "ungefär "),
    ("zh", "约"),
];

/// Words without which a sentence says the opposite.
const NOT: &[(&str, &str)] = &[
    ("ca", "no"),
    ("da", "ikke"),
    ("de", "nicht"),
    ("en", "not"),
    ("es", "no"),
    ("fi", "ei"),
    ("fr", "pas"),
    ("hr", "ne"),
    ("it", "non"),
    ("nl", "niet"),
    ("pl", "nie"),
    ("pt", "não"),
    ("ru", "не"),
    ("sv", "inte"),
    ("uk", "не"),
];

/// A generator of numbers that always rolls the same (xorshift, Marsaglia 2003).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// A figure that was altered: version, passage, and what stands there now.
pub(crate) struct Planted {
    pub(crate) version: u32,
    pub(crate) passage: u32,
    pub(crate) measure: Measure,
    pub(crate) value: u64,
}

/// Firm figures of a unit, but for number words, which have no digit to alter: version, passage and figure.
fn figures(witnesses: &[Witness], synopsis: &Synopsis, unit: usize) -> Vec<(u32, u32, Quantity)> {
    let mut figures = Vec::new();
    for (version, (cell, own)) in (0..).zip(synopsis.units[unit].cells.iter().zip(witnesses)) {
        for part in cell.parts.iter().filter(|it| it.passage > 0) {
            let text = &own.passages[part.passage as usize];
            let all = quantities(text, &own.lang);
            let is_word = |it: &Quantity| {
                let words = &text[it.from as usize..it.to as usize];
                !words.contains(char::is_numeric) && !matches!(own.lang.base(), "zh" | "ja")
            };
            let inside =
                |it: &Quantity| it.firm && !is_word(it) && it.from >= part.from && it.to <= part.to;
            figures.extend(all.into_iter().filter(inside).map(|it| (version, part.passage, it)));
        }
    }
    figures
}

/// Changes one digit; nothing where there is none in ASCII.
fn slip(words: &str, dice: &mut Dice) -> Option<String> {
    let digits: Vec<usize> =
        words.char_indices().filter(|it| it.1.is_ascii_digit()).map(|it| it.0).collect();
    let at = *digits.get(dice.roll(digits.len().max(1)))?;
    let old = words[at..=at].parse::<u32>().ok()?;
    let new = (old + 1 + dice.roll(8) as u32) % 10;
    let new = if new == 0 { (old % 8) + 1 } else { new };
    (new != old).then(|| format!("{}{new}{}", &words[..at], &words[at + 1..]))
}

/// Alters up to twelve figures of a statement that another version of the unit states, too.
pub(crate) fn alter(
    witnesses: &mut [Witness],
    synopsis: &Synopsis,
    dice: &mut Dice,
) -> Vec<Planted> {
    let mut planted: Vec<Planted> = Vec::new();
    for unit in 0..synopsis.units.len() {
        let all = figures(witnesses, synopsis, unit);
        let shared = |it: &&(u32, u32, Quantity)| {
            let same = |other: &(u32, u32, Quantity)| {
                other.0 != it.0 && (other.2.measure, other.2.value) == (it.2.measure, it.2.value)
            };
            all.iter().any(same)
        };
        let shared: Vec<&(u32, u32, Quantity)> = all.iter().filter(shared).collect();
        if shared.is_empty() || planted.len() >= 12 {
            continue;
        }
        let &(version, passage, figure) = shared[dice.roll(shared.len())];
        if planted.iter().any(|it| (it.version, it.passage) == (version, passage)) {
            continue;
        }
        let own = &mut witnesses[version as usize];
        let (from, to) = (figure.from as usize, figure.to as usize);
        let mut text = own.passages[passage as usize].clone();
        let Some(words) = slip(&text[from..to], dice) else { continue };
        text.replace_range(from..to, &words);
        let other = |it: &Quantity| {
            it.firm
                && it.from == figure.from
                && it.measure == figure.measure
                && it.value != figure.value
        };
        // Some digits belong to a figure that is not read as a whole: then nothing was altered.
        let Some(now) = quantities(&text, &own.lang).into_iter().find(other) else { continue };
        own.passages[passage as usize] = text;
        planted.push(Planted { version, passage, measure: now.measure, value: now.value });
    }
    planted
}

/// Beginnings of words that say already that a figure behind them is not exact.
const HEDGED: &str = "about around approx circa nearly almost than over under least most upto some environ près plus \
                      moins dépass quelque presque jusqu etwa ungefähr ungefähr rund fast mehr weniger über unter \
                      knapp bis mindest höchst unos unas casi más menos cerca hasta sobre aproxim superior alrededor \
                      circa quasi più meno oltre fino quase mais até oko više gotovo manje preko omkring mere næsten \
                      mindst mindre færre flere op cirka ca godt nästan över mer färre fler minst upp närmare drygt knappt \
                      ungef noin yli lähes alle melkein ongeveer meer bijna zo minder tot około ponad prawie blisko \
                      niemal mniej do около более почти свыше менее до больше körülbelül mintegy több közel kb \
                      kevesebb přes téměř asi zhruba více méně až περίπου πάνω σχεδόν περισσ gairebé més menys prop \
                      quasi 約 およそ ほぼ 최소 약 거의 대략 约 大约 超过 近 至少";

/// What says that a figure in front of it is not exact, written without spaces between words.
const HEDGED_BEHIND: &str =
    "以上 以下 以内 未満 超 越 近く 余 ほど 程度 前後 まで も 이상 이하 여 정도 가량 多 余 左右";

/// What says the same as words of their own.
const HEDGED_AFTER: [&str; 14] = [
    "or so",
    "or more",
    "or less",
    "kadar",
    "fazla",
    "o más",
    "o menos",
    "o más o menos",
    "circa",
    "ca",
    "environ",
    "felett",
    "alatt",
    "aproximadament",
];

/// Whether a number that stands free in the text and counts something is exact, by the words near it; nothing of
/// other numbers.
fn is_exact(text: &str, lang: &Lang, it: &Quantity) -> Option<bool> {
    let (before, behind) = (&text[..it.from as usize], &text[it.to as usize..]);
    let wide = |c: char| c as u32 >= 0x2E80;
    let near: Vec<char> = before.to_lowercase().chars().rev().take(18).collect();
    let near: String = near.into_iter().rev().collect();
    let words =
        || near.rsplit(|c: char| !c.is_alphabetic() && !wide(c)).filter(|it| !it.is_empty());
    let hedges = |it: &str| {
        HEDGED.split(' ').any(|hedge| {
            it.starts_with(hedge) && (hedge.chars().count() > 4 || it == hedge)
                || hedge.starts_with(wide) && it.ends_with(hedge)
        })
    };
    let next: String = behind.chars().take(16).collect();
    let spoken = words_of(&next);
    let after = HEDGED_BEHIND.split(' ').any(|hedge| next.contains(hedge))
        || HEDGED_AFTER.iter().any(|hedge| spoken.contains(&format!(" {hedge} ")));
    let said = words().take(2).any(hedges);
    let open = !said && (after || words().any(hedges));
    let alone = before.ends_with(wide) && !before.ends_with(['第', '제', '、', '（', '「']);
    let free = (before.ends_with(' ') || alone) && behind.starts_with(|c| c == ' ' || wide(c));
    let counts = behind.trim_start().starts_with(|c: char| {
        let counted = wide(c) && !"年月日号號時分、。）版回番次년월일호시".contains(c);
        c.is_lowercase() || c == '%' || lang.base() == "de" && c.is_alphabetic() || counted
    });
    let last = before.trim_end().rsplit(' ').next().unwrap_or("");
    let name = last.starts_with(char::is_uppercase) && !last.ends_with('.') && !said;
    (free && counts && !name && !open).then_some(!said)
}

/// The words of a text in small letters, with one space around each.
fn words_of(text: &str) -> String {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    words.fold(String::from(" "), |all, word| all + word + " ")
}

/// Says "about" before a figure in all versions but one that do not say it already, in up to three units and for
/// another version each time; gives these versions. One that lacks a hedge already is none of them.
pub(crate) fn hedge(witnesses: &mut [Witness], synopsis: &Synopsis, dice: &mut Dice) -> Vec<u32> {
    let mut exact: Vec<u32> = Vec::new();
    let lacking = synopsis.findings.iter().filter(|it| it.kind == Kind::Hedge);
    let lacking: Vec<u32> =
        lacking.flat_map(|it| &it.readings).filter(|it| it.1.is_empty()).map(|it| it.0).collect();
    let plain = witnesses.to_vec();
    for unit in 0..synopsis.units.len() {
        let all = figures(&plain, synopsis, unit);
        let values: BTreeSet<u64> = all.iter().map(|it| it.2.value).collect();
        let same = values.into_iter().find_map(|value| same(&plain, &all, value));
        let Some(same) = same.filter(|_| exact.len() < 3) else { continue };
        let bare = |it: &&(u32, u32, Quantity)| {
            let own = &plain[it.0 as usize];
            is_exact(&own.passages[it.1 as usize], &own.lang, &it.2) == Some(true)
        };
        let same: Vec<_> = same.iter().filter(bare).collect();
        if same.len() < 3 {
            continue;
        }
        let free = |it: &&&(u32, u32, Quantity)| !exact.contains(&it.0) && !lacking.contains(&it.0);
        let free: Vec<u32> = same.iter().filter(free).map(|it| it.0).collect();
        let Some(&alone) = free.get(dice.roll(free.len().max(1))) else { continue };
        for (version, passage, it) in same.iter().filter(|it| it.0 != alone) {
            let own = &mut witnesses[*version as usize];
            let word = about(own).unwrap_or_default();
            // What was said before it in the same passage has moved it.
            let text = &mut own.passages[*passage as usize];
            let moved = text.len() - plain[*version as usize].passages[*passage as usize].len();
            text.insert_str(it.from as usize + moved, word);
        }
        exact.push(alone);
    }
    exact
}

/// How the language of a version says "about".
fn about(it: &Witness) -> Option<&'static str> {
    ABOUT.iter().find(|about| about.0 == it.lang.base()).map(|it| it.1)
}

/// Where the versions of a unit state a value, if three do, each once, and all could say "about" there.
fn same(
    witnesses: &[Witness],
    all: &[(u32, u32, Quantity)],
    value: u64,
) -> Option<Vec<(u32, u32, Quantity)>> {
    let same = |it: &&(u32, u32, Quantity)| (it.2.measure, it.2.value) == (Measure::Number, value);
    let same: Vec<_> = all.iter().filter(same).copied().collect();
    let once = same.windows(2).all(|it| it[0].0 != it[1].0);
    let year = (100_000..=210_000).contains(&value) || !value.is_multiple_of(100);
    let free = |it: &(u32, u32, Quantity)| {
        let own = &witnesses[it.0 as usize];
        is_exact(&own.passages[it.1 as usize], &own.lang, &it.2).is_some() && about(own).is_some()
    };
    (value >= 200 && once && !year && same.len() >= 3 && same.iter().all(free)).then_some(same)
}

/// The version as another outlet might print it: without the one "not" of a passage.
pub(crate) fn stated(own: &Witness) -> Option<Witness> {
    let word = format!(" {} ", NOT.iter().find(|it| it.0 == own.lang.base())?.1);
    let once = |it: &&String| it.matches(&word).count() == 1;
    let at = own.passages.iter().skip(1).position(|it| once(&it))? + 1;
    let mut printed = Witness { name: format!("{}-again", own.name), ..own.clone() };
    printed.passages[at] = printed.passages[at].replacen(&word, " ", 1);
    Some(printed)
}

/// The names inside a part, as they are written in Latin letters with a capital: where and what.
fn names<'a>(witness: &'a Witness, part: &Part) -> Vec<(usize, &'a str)> {
    let text = &witness.passages[part.passage as usize][part.from as usize..part.to as usize];
    let mut at = 0;
    let mut names = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let inside = text[..at].chars().rev().take(2).any(char::is_lowercase);
        if inside
            && word.is_ascii()
            && word.len() >= 5
            && word.starts_with(|c: char| c.is_ascii_uppercase())
        {
            names.push((part.from as usize + at, word));
        }
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    names
}

/// Writes another name of the statement for one that all versions of a line write alike, in up to two units
/// far from each other, in another version each time; gives version, and what stands there now.
pub(crate) fn rename(
    witnesses: &mut [Witness],
    synopsis: &Synopsis,
    dice: &mut Dice,
) -> Vec<(u32, String)> {
    let mut shared: Vec<(usize, u32, Part, usize, String)> = Vec::new();
    for (unit, row) in synopsis.units.iter().enumerate() {
        for line in row.lines.iter().filter(|it| it.parts.len() >= 3) {
            let (version, part) = line.parts[dice.roll(line.parts.len())];
            for (at, name) in names(&witnesses[version as usize], &part) {
                let has = |it: &(u32, Part)| {
                    names(&witnesses[it.0 as usize], &it.1).iter().any(|it| it.1 == name)
                };
                if line.parts.iter().all(has) {
                    shared.push((unit, version, part, at, name.to_owned()));
                }
            }
        }
    }
    let mut renamed: Vec<(u32, String)> = Vec::new();
    let mut touched: Vec<(usize, [&str; 2])> = Vec::new();
    let plain = witnesses.to_vec();
    for (unit, version, part, at, name) in &shared {
        let far = |it: &&(usize, u32, Part, usize, String)| {
            it.0.abs_diff(*unit) > 3 && it.4[..3] != name[..3]
        };
        let Some(other) = shared.iter().find(far) else { continue };
        let whole = |word: &str| {
            let near = &synopsis.units[unit.saturating_sub(1)..synopsis.units.len().min(unit + 2)];
            let cells = near.iter().flat_map(|unit| unit.cells.iter().zip(&plain));
            let parts = cells.flat_map(|(cell, own)| cell.parts.iter().map(move |it| (own, it)));
            let texts = parts.map(|(own, it)| {
                &own.passages[it.passage as usize][it.from as usize..it.to as usize]
            });
            texts.map(|text| text.matches(&word[..4]).count()).sum::<usize>()
        };
        // The name stands here once in each version, and the other one nowhere near.
        let once = synopsis.units[*unit].cells.iter().filter(|it| !it.parts.is_empty()).count();
        if renamed.len() == 2 || whole(name) != once || whole(&other.4) > 0 {
            continue;
        }
        // Each alteration stands alone: no other was made near it, nor with one of its names.
        let names = [name.as_str(), other.4.as_str()];
        let alone = touched.iter().all(|(place, used)| {
            place.abs_diff(*unit) > 3 && !used.iter().any(|it| names.contains(it))
        });
        if alone && renamed.iter().all(|it| it.0 != *version) {
            touched.push((*unit, names));
            witnesses[*version as usize].passages[part.passage as usize]
                .replace_range(*at..at + name.len(), &other.4);
            renamed.push((*version, other.4.clone()));
        }
    }
    renamed
}
