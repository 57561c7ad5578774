//! Words that multiply a number: `2.5 million`, `25 mil millones`, `3億5千萬`, `milioni 350`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::forms::{Form, Forms, When};
use super::numbers::han_unit;
use super::scripts::{Script, script};
use super::spellings::plain;
use crate::vocab::yaml;

/// Signs of money.
const MONEY: &[char] = &['$', '€', '£', '¥', '₹', '₩', '₽', '₪', '₺', '₦', '₫', '฿', '₴', '₸'];

/// What the unit 千 begins that is no thousand: kilometres, kilograms, kilowatts.
const KILO: &[char] = &['米', '克', '瓦', '伏', '赫', '卡', '字', '帕'];

/// Words of which a magnitude is only the beginning, in scripts without spaces.
const OTHER_WORDS: &[&str] = &["พันธ", "ร้อยละ", "พันเอก", "พันตำรวจ", "ພັນທ", "ພັນລະ"];

/// Behind what the Korean unit 조 counts trillions, and no articles of a law.
const COUNTED: &[&str] =
    &["원", "달러", "유로", "엔", "위안", "루피", "여", "명", "개", "루블", "동", "파운드"];

/// The table as it is written: powers of ten, each followed by its words, by language.
#[derive(Deserialize)]
struct Rows {
    behind: BTreeMap<String, String>,
    before: BTreeMap<String, String>,
}

/// The magnitudes of languages.
struct Table {
    behind: BTreeMap<String, Forms<u32>>,
    before: BTreeMap<String, Forms<u32>>,
}

/// Reads the table that the program carries.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = yaml::read::<Rows>(include_str!("../../tables/magnitudes.yaml"));
        let rows = rows.unwrap_or(Rows { behind: BTreeMap::new(), before: BTreeMap::new() });
        let read = |rows: BTreeMap<String, String>| {
            let forms = |(lang, row): (String, String)| {
                (lang, Forms::read(&row, |it| it.parse::<u32>().ok()))
            };
            rows.into_iter().map(forms).collect()
        };
        Table { behind: read(rows.behind), before: read(rows.before) }
    })
}

/// Whether the magnitudes of a language are known.
pub(super) fn are_known(base: &str) -> bool {
    matches!(base, "zh" | "yue" | "ja" | "ko") || table().behind.contains_key(alias(base))
}

/// What multiplies the number that ends at an offset: the factor, the last of its parts, and the offset behind it.
pub(super) fn behind(text: &str, number: (usize, usize), base: &str) -> Option<(u64, u64, usize)> {
    let rest = text.get(number.1..)?;
    if matches!(base, "zh" | "yue" | "ja" | "ko") {
        return signs(text, number, base);
    }
    let forms = table().behind.get(alias(base))?;
    if rest.trim_start().starts_with(|c| script(c) == Script::Continuous) {
        return runs(forms, text, number.1);
    }
    let money = text.get(..number.0).is_some_and(|it| it.trim_end().ends_with(MONEY));
    let at = number.1 + gap(rest)?;
    let at = if base == "ro" && text.get(at..)?.starts_with("de ") { at + 3 } else { at };
    let (power, end) = word(forms, text, at, money)?;
    let next = text.get(end..).and_then(gap).filter(|it| *it > 0);
    let more = next.and_then(|it| word(forms, text, end + it, false));
    let more = more.filter(|it| it.0 > power && it.0 >= 6);
    let (power, end) = more.map_or((power, end), |it| (power + it.0, it.1));
    let factor = 10_u64.checked_pow(power)?;
    Some((factor, factor, end))
}

/// What multiplies the number that begins at an offset, from in front: the factor, and where its word begins.
pub(super) fn before(text: &str, at: usize, base: &str) -> Option<(u64, usize)> {
    let forms = table().before.get(alias(base))?;
    let front = text.get(..at)?.trim_end();
    let letter = |c: char| !matches!(script(c), Script::Other | Script::Digit);
    let from = front.trim_end_matches(letter).len();
    let near = at - front.len() <= 3;
    let forms = forms.of(&plain(front.get(from..)?));
    let form = forms.first().filter(|_| near)?;
    Some((10_u64.checked_pow(form.means)?, from))
}

/// A magnitude that a word is by itself, such as the second one of `five million`.
pub(super) fn named(word: &str, base: &str) -> Option<u64> {
    let forms = table().behind.get(alias(base))?.of(word);
    let form = forms.first().filter(|it| it.when != When::Money && it.letters.len() > 3)?;
    10_u64.checked_pow(form.means)
}

/// The bytes of what may stand between a number and its magnitude.
fn gap(rest: &str) -> Option<usize> {
    let length =
        rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}', '-']).len();
    (length <= 3).then_some(length)
}

/// The power that the word at an offset is, and the offset behind it.
fn word(forms: &Forms<u32>, text: &str, at: usize, money: bool) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let end = rest.find(|c| matches!(script(c), Script::Other | Script::Digit));
    let end = end.unwrap_or(rest.len());
    let sum = money || rest.get(end..)?.starts_with(MONEY);
    let counts = |it: &&&Form<u32>| it.when != When::Money || sum;
    let found = forms.of(&plain(rest.get(..end)?));
    Some((found.iter().find(counts)?.means, at + end))
}

/// The magnitudes at an offset in a script without spaces between words, one behind another: `หมื่นล้าน`.
fn runs(forms: &Forms<u32>, text: &str, from: usize) -> Option<(u64, u64, usize)> {
    let at = from + gap(text.get(from..)?)?;
    let (mut factor, mut end) = (1_u64, at);
    while let Some(form) = text.get(end..).and_then(|it| longest(forms, it)) {
        factor = factor.checked_mul(10_u64.checked_pow(form.means)?)?;
        end += form.letters.len();
    }
    (end > at).then_some((factor, factor, end))
}

/// The longest form with which a run of letters begins.
fn longest<'a>(forms: &'a Forms<u32>, run: &str) -> Option<&'a Form<u32>> {
    if OTHER_WORDS.iter().any(|it| run.starts_with(it)) {
        return None;
    }
    forms.begun(run).into_iter().max_by_key(|it| it.letters.len())
}

/// The units of Chinese, Japanese and Korean right behind a number: `千萬`, `천만`, `万亿`.
fn signs(text: &str, number: (usize, usize), base: &str) -> Option<(u64, u64, usize)> {
    let (mut factor, mut end) = (1_u64, number.1);
    while let Some(rest) = text.get(end..)
        && let Some(c) = rest.chars().next()
        && let Some(unit) = unit(c, base)
    {
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '千' && behind.starts_with(KILO)
            || c == '百' && behind.starts_with('分')
            || c == '조' && !is_trillion(text.get(..number.0)?, behind)
        {
            break;
        }
        factor = factor.checked_mul(unit)?;
        end += c.len_utf8();
    }
    (end > number.1).then_some((factor, factor, end))
}

/// Whether the Korean 조 between two texts counts trillions.
fn is_trillion(before: &str, behind: &str) -> bool {
    let next = behind.trim_start();
    let counted =
        next.starts_with(char::is_numeric) || COUNTED.iter().any(|it| next.starts_with(it));
    counted && !before.ends_with('제')
}

/// The value of a unit.
fn unit(c: char, base: &str) -> Option<u64> {
    match c {
        '십' => Some(10),
        '백' => Some(100),
        '천' => Some(1000),
        '만' => Some(10_000),
        '억' => Some(100_000_000),
        '조' | '兆' => Some(1_000_000_000_000),
        '萬' | '億' | '万' | '亿' | '千' | '百' => han_unit(c),
        '十' if base != "ja" => han_unit(c),
        _ => None,
    }
}

/// The tag under which the table has a language.
fn alias(base: &str) -> &str {
    match base {
        "sh" => "sr",
        "no" => "nb",
        "prs" => "fa",
        _ => base,
    }
}
