//! Which writing system a character belongs to, and which one a text is mostly written in.
//!
//! Knows blocks of Unicode and nothing of languages. Digits and punctuation belong to no script.

/// A writing system, named by its ISO 15924 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Script {
    Latn,
    /// Combining marks, which go with the script around them.
    Zinh,
    Grek,
    Cyrl,
    Armn,
    Hebr,
    Arab,
    Syrc,
    Thaa,
    Nkoo,
    Deva,
    Beng,
    Guru,
    Gujr,
    Orya,
    Taml,
    Telu,
    Knda,
    Mlym,
    Sinh,
    Thai,
    Laoo,
    Tibt,
    Mymr,
    Geor,
    Hang,
    Ethi,
    Cher,
    Cans,
    Khmr,
    Mong,
    Olck,
    Tfng,
    Kana,
    Bopo,
    Hani,
    Yiii,
    Mtei,
}

impl Script {
    /// The ISO 15924 code of the scripts that several languages share; empty for the others.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Latn => "Latn",
            Self::Cyrl => "Cyrl",
            Self::Hebr => "Hebr",
            Self::Arab => "Arab",
            Self::Deva => "Deva",
            Self::Beng => "Beng",
            Self::Tibt => "Tibt",
            Self::Mymr => "Mymr",
            Self::Ethi => "Ethi",
            Self::Hani => "Hani",
            _ => "",
        }
    }
}

/// How many scripts there are, for the length of tables.
const COUNT: usize = Script::Mtei as usize + 1;

/// First character, last character and script of the blocks, ascending.
const RANGES: &[(u32, u32, Script)] = &[
    (0x0041, 0x005A, Script::Latn),
    (0x0061, 0x007A, Script::Latn),
    (0x00C0, 0x00D6, Script::Latn),
    (0x00D8, 0x00F6, Script::Latn),
    (0x00F8, 0x02AF, Script::Latn),
    (0x0300, 0x036F, Script::Zinh),
    (0x0370, 0x03FF, Script::Grek),
    (0x0400, 0x052F, Script::Cyrl),
    (0x0531, 0x058F, Script::Armn),
    (0x0591, 0x05F4, Script::Hebr),
    (0x0610, 0x061A, Script::Arab),
    (0x0620, 0x065F, Script::Arab),
    (0x066E, 0x06D3, Script::Arab),
    (0x06D5, 0x06EF, Script::Arab),
    (0x06FA, 0x06FF, Script::Arab),
    (0x0700, 0x074F, Script::Syrc),
    (0x0750, 0x077F, Script::Arab),
    (0x0780, 0x07BF, Script::Thaa),
    (0x07CA, 0x07FF, Script::Nkoo),
    (0x08A0, 0x08FF, Script::Arab),
    (0x0900, 0x0963, Script::Deva),
    (0x0971, 0x097F, Script::Deva),
    (0x0980, 0x09E5, Script::Beng),
    (0x09F0, 0x09FF, Script::Beng),
    (0x0A00, 0x0A65, Script::Guru),
    (0x0A70, 0x0A7F, Script::Guru),
    (0x0A80, 0x0AE5, Script::Gujr),
    (0x0AF9, 0x0AFF, Script::Gujr),
    (0x0B00, 0x0B65, Script::Orya),
    (0x0B71, 0x0B7F, Script::Orya),
    (0x0B80, 0x0BE5, Script::Taml),
    (0x0C00, 0x0C65, Script::Telu),
    (0x0C80, 0x0CE5, Script::Knda),
    (0x0D00, 0x0D65, Script::Mlym),
    (0x0D7A, 0x0D7F, Script::Mlym),
    (0x0D80, 0x0DE5, Script::Sinh),
    (0x0E01, 0x0E4E, Script::Thai),
    (0x0E80, 0x0ECF, Script::Laoo),
    (0x0EDC, 0x0EDF, Script::Laoo),
    (0x0F00, 0x0F1F, Script::Tibt),
    (0x0F35, 0x0FFF, Script::Tibt),
    (0x1000, 0x103F, Script::Mymr),
    (0x1050, 0x108F, Script::Mymr),
    (0x109A, 0x109F, Script::Mymr),
    (0x10A0, 0x10FF, Script::Geor),
    (0x1100, 0x11FF, Script::Hang),
    (0x1200, 0x1360, Script::Ethi),
    (0x1380, 0x139F, Script::Ethi),
    (0x13A0, 0x13FF, Script::Cher),
    (0x1400, 0x167F, Script::Cans),
    (0x1780, 0x17D3, Script::Khmr),
    (0x1820, 0x18AF, Script::Mong),
    (0x1C50, 0x1C7F, Script::Olck),
    (0x1E00, 0x1EFF, Script::Latn),
    (0x1F00, 0x1FFF, Script::Grek),
    (0x2C60, 0x2C7F, Script::Latn),
    (0x2D30, 0x2D7F, Script::Tfng),
    (0x2DE0, 0x2DFF, Script::Cyrl),
    (0x3041, 0x30FF, Script::Kana),
    (0x3105, 0x312F, Script::Bopo),
    (0x3400, 0x4DBF, Script::Hani),
    (0x4E00, 0x9FFF, Script::Hani),
    (0xA000, 0xA4CF, Script::Yiii),
    (0xA640, 0xA69F, Script::Cyrl),
    (0xA720, 0xA7FF, Script::Latn),
    (0xA9E0, 0xA9FF, Script::Mymr),
    (0xAA60, 0xAA7F, Script::Mymr),
    (0xAB00, 0xAB2F, Script::Ethi),
    (0xABC0, 0xABED, Script::Mtei),
    (0xAC00, 0xD7A3, Script::Hang),
    (0xF900, 0xFAFF, Script::Hani),
    (0xFB50, 0xFDFF, Script::Arab),
    (0xFE70, 0xFEFC, Script::Arab),
    (0xFF66, 0xFF9F, Script::Kana),
    (0x20000, 0x3134F, Script::Hani),
];

/// The script of a character; `None` for digits, punctuation, symbols and scripts not listed.
pub(super) fn script_of(character: char) -> Option<Script> {
    let code = u32::from(character);
    if code < 0xC0 {
        return character.is_ascii_alphabetic().then_some(Script::Latn);
    }
    // The scripts of most texts are found without a search.
    match code {
        0xC0..=0x24F if code != 0xD7 && code != 0xF7 => return Some(Script::Latn),
        0x400..=0x52F => return Some(Script::Cyrl),
        0x4E00..=0x9FFF => return Some(Script::Hani),
        _ => {}
    }
    let at = RANGES.partition_point(|&(_, last, _)| last < code);
    RANGES.get(at).filter(|&&(first, _, _)| first <= code).map(|&(_, _, script)| script)
}

/// How much of each script a text holds, in bytes of UTF-8.
///
/// Bytes, not characters: a character of Han or Devanagari says more than a Latin letter, so a Chinese
/// text full of Latin names stays Chinese.
#[derive(Clone, Debug)]
pub(super) struct Census([u32; COUNT]);

impl Census {
    /// Counts the letters of some words.
    pub(super) fn of<'t>(words: impl Iterator<Item = &'t str>) -> Self {
        let mut counts = [0; COUNT];
        for character in words.flat_map(str::chars) {
            let script = script_of(character);
            if let Some(count) = script.and_then(|script| counts.get_mut(script as usize)) {
                *count += character.len_utf8() as u32;
            }
        }
        Self(counts)
    }

    /// Bytes in this script.
    pub(super) fn bytes(&self, script: Script) -> u32 {
        self.0.get(script as usize).copied().unwrap_or(0)
    }

    /// Bytes in all scripts.
    pub(super) fn total(&self) -> u32 {
        self.0.iter().sum::<u32>() - self.bytes(Script::Zinh)
    }

    /// The script with most bytes and these bytes, Chinese characters, kana and bopomofo counted as
    /// one; `None` for a text without letters.
    pub(super) fn main(&self) -> Option<(Script, u32)> {
        let east = self.bytes(Script::Hani) + self.bytes(Script::Kana) + self.bytes(Script::Bopo);
        RANGES
            .iter()
            .map(|&(_, _, script)| match script {
                Script::Hani | Script::Kana | Script::Bopo => (Script::Hani, east),
                Script::Zinh => (script, 0),
                _ => (script, self.bytes(script)),
            })
            .filter(|&(_, bytes)| bytes > 0)
            .max_by_key(|&(script, bytes)| (bytes, std::cmp::Reverse(script)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_ascend_and_do_not_overlap() {
        for pair in RANGES.windows(2) {
            assert!(pair[0].0 <= pair[0].1 && pair[0].1 < pair[1].0, "{pair:?}");
        }
    }

    #[test]
    fn digits_and_punctuation_belong_to_no_script() {
        for character in "0 9 . , ; „ — ، ؟ ٣ ३ । ๓ 。 「 （ × ÷ ་".chars() {
            assert_eq!(script_of(character).filter(|s| *s != Script::Tibt), None, "{character}");
        }
    }

    #[test]
    fn a_chinese_text_full_of_latin_names_is_chinese() {
        let text = "据 Reuters 报道，Kassym-Jomart Tokayev 周三在 Astana 会见代表团。";
        let census = Census::of(text.split(' '));
        assert_eq!(census.main().map(|(script, _)| script), Some(Script::Hani));
    }

    #[test]
    fn a_text_without_letters_has_no_script() {
        assert_eq!(Census::of(["12.05.2023,", "—", "%"].into_iter()).main(), None);
    }
}
