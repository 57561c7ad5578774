//! What languages are called in themselves.

use crate::vocab::lang::Lang;

/// Names that languages give themselves, by tag, in the order of the tags.
const AUTONYMS: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("az", "azərbaycan"),
    ("be", "беларуская"),
    ("bg", "български"),
    ("bn", "বাংলা"),
    ("ca", "català"),
    ("cs", "čeština"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "español"),
    ("et", "eesti"),
    ("fa", "فارسی"),
    ("fi", "suomi"),
    ("fr", "français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("hy", "հայերեն"),
    ("id", "Bahasa Indonesia"),
    ("it", "italiano"),
    ("ja", "日本語"),
    ("ka", "ქართული"),
    ("kk", "қазақ тілі"),
    ("ko", "한국어"),
    ("ky", "кыргызча"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("nl", "Nederlands"),
    ("no", "norsk"),
    ("pl", "polski"),
    ("pt", "português"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
    ("sr", "српски"),
    ("sr-Latn", "srpski"),
    ("sv", "svenska"),
    ("sw", "Kiswahili"),
    ("tg", "тоҷикӣ"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "українська"),
    ("und", "—"),
    ("ur", "اردو"),
    ("uz", "oʻzbek"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

/// The name a language gives itself; its tag where that is not known.
pub(super) fn autonym(lang: &Lang) -> &str {
    let find = |tag: &str| AUTONYMS.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name);
    find(lang.as_str()).or_else(|| find(lang.base())).unwrap_or(lang.as_str())
}
