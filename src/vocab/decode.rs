//! Bytes become text: byte order mark, declaration, then detection; `encoding_rs` and `chardetng` live
//! here and nowhere else.

use std::borrow::Cow;
use std::str;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes at the start of a file may hold a declaration of its encoding.
const DECLARED_WITHIN: usize = 4096;

/// How many bytes detection looks at; enough for certainty, and a bound for huge files.
const DETECTED_WITHIN: usize = 1 << 18;

/// A text and how it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without byte order mark; line ends are as they were.
    pub text: Cow<'a, str>,
    /// Name of the encoding after the WHATWG Encoding Standard in lower case, such as `windows-1251`.
    pub encoding: String,
    /// Whether bytes that do not fit the encoding became replacement characters.
    pub lossy: bool,
}

/// Reads bytes as text; `None` where they are no text in any encoding.
///
/// `label` is the encoding that somebody states for the file: it wins over everything but a byte order
/// mark. UTF-8 is recognised before a declaration inside the text is believed, because a text that is
/// well-formed UTF-8 by chance does not exist, and wrong declarations do.
pub fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Option<Decoded<'a>> {
    if let Some(decoded) = utf32(bytes) {
        return Some(decoded);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(decoded(encoding, bytes.get(mark..).unwrap_or_default()));
    }
    if let Some(encoding) = label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        return Some(decoded(encoding, bytes));
    }
    if let Some(encoding) = utf16(bytes) {
        return Some(decoded(encoding, bytes));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return (!is_binary(bytes)).then(|| Decoded {
            text: Cow::Borrowed(text),
            encoding: name(UTF_8),
            lossy: false,
        });
    }
    if is_binary(bytes) {
        return None;
    }
    let damaged = is_damaged_utf8(bytes).then_some(UTF_8);
    let encoding = damaged.or_else(|| declared(bytes)).unwrap_or_else(|| detected(bytes));
    Some(decoded(encoding, bytes))
}

/// The name of an encoding as it is recorded.
fn name(encoding: &'static Encoding) -> String {
    encoding.name().to_ascii_lowercase()
}

/// Decodes with a known encoding.
fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: name(encoding), lossy }
}

/// Whether bytes are no text: more than one control character in fifty bytes. A few NULs are no more than
/// a scratch in a text; what is packed or compiled has far more of such bytes.
fn is_binary(bytes: &[u8]) -> bool {
    let seen = bytes.get(..DETECTED_WITHIN).unwrap_or(bytes);
    let controls = seen
        .iter()
        .filter(|&&byte| byte == 0x7f || byte < 0x20 && !matches!(byte, 8..=13 | 0x1a | 0x1b))
        .count();
    controls * 50 > seen.len()
}

/// Whether bytes are UTF-8 in which something broke: far more good sequences than bad ones.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.get(..DETECTED_WITHIN).unwrap_or(bytes).utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// The encoding that an HTML or XML text declares for itself.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes).to_ascii_lowercase();
    let is_marked = |mark: &[u8]| start.windows(mark.len()).any(|window| window == mark);
    if !is_marked(b"<meta") && !start.starts_with(b"<?xml") {
        return None;
    }
    let text = String::from_utf8_lossy(&start);
    let label = ["charset=", "encoding="].iter().find_map(|key| {
        let value = text.split_once(key)?.1.trim_start_matches(['"', '\'', ' ']);
        value.split(['"', '\'', ' ', ';', '>', '?', '/']).next()
    })?;
    // A file that declares a sixteen-bit encoding in single bytes is not written in it.
    Encoding::for_label(label.as_bytes()).filter(|it| it.is_ascii_compatible())
}

/// What the statistics of the bytes point to.
fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..DETECTED_WITHIN).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a byte order mark: in one of the two byte orders, blanks, line ends and digits stand
/// where texts have them, and nothing is malformed.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 8
        || !bytes.len().is_multiple_of(2)
        || !bytes.iter().take(DETECTED_WITHIN).any(|&byte| byte == 0)
    {
        return None;
    }
    let seen = bytes.get(..DETECTED_WITHIN).unwrap_or(bytes);
    let commons = |high: usize| {
        let low = 1 - high;
        let common = |pair: &&[u8]| {
            pair.get(high) == Some(&0) && pair.get(low).is_some_and(|&b| is_common(b))
        };
        seen.chunks_exact(2).filter(common).count()
    };
    let (little, big) = (commons(1), commons(0));
    let (encoding, found, other) =
        if little >= big { (UTF_16LE, little, big) } else { (UTF_16BE, big, little) };
    let enough = found * 40 >= seen.len() / 2 && found > 4 * other;
    (enough && is_clean(encoding, seen)).then_some(encoding)
}

/// UTF-32 with a byte order mark, which the Encoding Standard does not know; in the order of small machines
/// its mark begins as that of UTF-16 does.
fn utf32<'a>(bytes: &[u8]) -> Option<Decoded<'a>> {
    let (encoding, read): (_, fn([u8; 4]) -> u32) = match bytes.get(..4)? {
        [0xff, 0xfe, 0, 0] => ("utf-32le", u32::from_le_bytes),
        [0, 0, 0xfe, 0xff] => ("utf-32be", u32::from_be_bytes),
        _ => return None,
    };
    let mut chunks = bytes.get(4..)?.chunks_exact(4);
    let units = chunks.by_ref().map(|it| it.try_into().map_or(u32::MAX, read));
    let characters: Vec<Option<char>> = units.map(char::from_u32).collect();
    let lossy = characters.contains(&None) || !chunks.remainder().is_empty();
    let text: String = characters.into_iter().map(|it| it.unwrap_or('\u{fffd}')).collect();
    Some(Decoded { text: text.into(), encoding: encoding.to_owned(), lossy })
}

/// Whether a byte is one of the ASCII characters that texts in every script hold.
fn is_common(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'.' | b',' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z')
}

/// Whether bytes decode without fault and without control characters.
fn is_clean(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.is_some_and(|text| {
        !text.chars().any(|c| c == '\0' || c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Министерство иностранных дел сообщает: переговоры состоялись в понедельник, \
        стороны обсудили вопросы безопасности и договорились о новой встрече.";

    fn found(bytes: &[u8]) -> (String, String) {
        let decoded = decode(bytes, None).unwrap();
        (decoded.encoding, decoded.text.into_owned())
    }

    /// Round trip through a legacy encoding.
    fn legacy(label: &str, text: &str) -> (String, String) {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable, "{label} cannot write the sample");
        found(&bytes)
    }

    #[test]
    fn legacy_encodings_are_detected() {
        for (label, text) in [
            ("windows-1251", RUSSIAN),
            ("koi8-r", RUSSIAN),
            (
                "windows-1256",
                "أصدرت وزارة الخارجية بيانا بشأن الأحداث الأخيرة في البلاد، وقالت فيه إن الوضع مستقر.",
            ),
            ("gb18030", "外交部就部分外国媒体的报道发表评论，指出这些报道是片面的，不符合事实。"),
            ("big5", "外交部就部分外國媒體的報導發表評論，指出這些報導是片面的，不符合事實。"),
            (
                "shift_jis",
                "外務省は一部の外国メディアの報道について談話を発表し、一方的であると指摘した。",
            ),
            (
                "euc-kr",
                "외교부는 일부 외국 언론의 보도에 대하여 논평을 발표하고 사실과 다르다고 지적하였다.",
            ),
            (
                "windows-1250",
                "Ministerstwo Spraw Zagranicznych uważa za stosowne zwrócić uwagę na następujące kwestie, żądania zostały spełnione.",
            ),
        ] {
            let (_, read) = legacy(label, text);
            assert_eq!(read, text, "{label}");
        }
    }

    #[test]
    fn sixteen_bits_are_read_with_and_without_mark() {
        for big in [false, true] {
            let unit = |it: u16| if big { it.to_be_bytes() } else { it.to_le_bytes() };
            for text in [RUSSIAN, "Plain words, 2022.\nAnd more words."] {
                let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
                assert_eq!(found(&bytes).1, text);
                let marked: Vec<u8> = unit(0xfeff).into_iter().chain(bytes).collect();
                assert_eq!(found(&marked).1, text);
            }
        }
    }

    #[test]
    fn thirty_two_bits_are_read_with_their_mark() {
        for (mark, order) in
            [('\u{feff}', u32::to_le_bytes as fn(u32) -> [u8; 4]), ('\u{feff}', u32::to_be_bytes)]
        {
            let text: Vec<u8> =
                format!("{mark}{RUSSIAN}").chars().flat_map(|c| order(c as u32)).collect();
            let (encoding, read) = found(&text);
            assert!(encoding.starts_with("utf-32"), "{encoding}");
            assert_eq!(read, RUSSIAN);
            assert!(decode(&text[..text.len() - 1], None).unwrap().lossy);
        }
    }

    #[test]
    fn a_broken_byte_does_not_change_the_encoding() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 2);
        bytes.push(0xd0);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!((decoded.encoding.as_str(), decoded.lossy), ("utf-8", true));
        assert!(decoded.text.starts_with("Министерство"));
    }

    #[test]
    fn a_few_nuls_make_no_text_unreadable() {
        let scratched = RUSSIAN.replacen("дел", "д\0л", 1);
        assert_eq!(found(scratched.as_bytes()), ("utf-8".to_owned(), scratched.clone()));
        let (encoding, text) = legacy("windows-1251", &scratched);
        assert_eq!((encoding.as_str(), text), ("windows-1251", scratched));
    }

    #[test]
    fn a_declaration_and_a_label_are_believed() {
        let html = b"<html><head><meta charset='iso-8859-2'></head><p>\xb1\xea";
        assert!(found(html).1.ends_with("ąę"));
        assert_eq!(decode(b"\xe9", Some("windows-1251")).unwrap().text, "й");
    }

    #[test]
    fn pictures_and_programs_are_no_text() {
        let noise: Vec<u8> =
            (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise, None), None);
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None), None);
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0", None), None);
    }
}
