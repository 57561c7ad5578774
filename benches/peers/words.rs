//! Ten languages in ten scripts, as far as made-up texts need them: frequent words, and how a syllable
//! is written.

/// A language that texts are made in.
pub struct Tongue {
    /// Its tag.
    pub tag: &'static str,
    /// Its frequent words, by which it can be told from others.
    pub small_words: &'static [&'static str],
    /// What stands between two words.
    pub space: &'static str,
    /// What ends a sentence.
    pub stop: &'static str,
    /// How its consonants are written, in the order of [`CONSONANTS`].
    consonants: [&'static str; 14],
    /// How its vowels are written, in the order of [`VOWELS`].
    vowels: [&'static str; 5],
    /// How the parts of a syllable are put together.
    script: Script,
}

/// How consonant and vowel make a syllable.
#[derive(PartialEq)]
enum Script {
    /// One after the other, with capitals.
    Cased,
    /// One after the other.
    Caseless,
    /// Some vowels stand before the consonant: Thai.
    Around,
    /// A block of two letters: Hangul.
    Block,
    /// A character for each syllable: Han.
    Whole,
}

/// The consonants of made-up names.
const CONSONANTS: &str = "bdfgklmnprstvz";

/// The vowels of made-up names.
const VOWELS: &str = "aeiou";

/// The places of the consonants among the initials of Hangul, and of the vowels among its medials.
const HANGUL: ([u32; 14], [u32; 5]) =
    ([7, 3, 17, 0, 15, 5, 6, 2, 17, 5, 9, 16, 7, 12], [0, 5, 20, 8, 13]);

/// Characters by which Chinese writes foreign syllables: a row a consonant, a column a vowel.
const HAN: [&str; 14] = [
    "巴贝比博布",
    "达德迪多杜",
    "法费菲福弗",
    "加格吉戈古",
    "卡克基科库",
    "拉莱利洛鲁",
    "马梅米莫穆",
    "纳内尼诺努",
    "帕佩皮波普",
    "拉雷里罗鲁",
    "萨塞西索苏",
    "塔特蒂托图",
    "瓦韦维沃武",
    "扎泽齐佐祖",
];

/// All languages.
pub const TONGUES: [Tongue; 10] = [
    Tongue {
        tag: "en",
        small_words: &[
            "the", "of", "and", "to", "in", "that", "was", "for", "with", "which", "by", "from",
            "this", "have", "were", "their", "been", "not", "they", "would", "after", "said",
        ],
        space: " ",
        stop: ".",
        consonants: ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"],
        vowels: ["a", "e", "i", "o", "u"],
        script: Script::Cased,
    },
    Tongue {
        tag: "ru",
        small_words: &[
            "и",
            "в",
            "не",
            "на",
            "что",
            "как",
            "это",
            "по",
            "из",
            "для",
            "также",
            "после",
            "были",
            "который",
            "при",
            "его",
            "она",
            "они",
            "только",
            "было",
            "все",
            "между",
        ],
        space: " ",
        stop: ".",
        consonants: ["б", "д", "ф", "г", "к", "л", "м", "н", "п", "р", "с", "т", "в", "з"],
        vowels: ["а", "е", "и", "о", "у"],
        script: Script::Cased,
    },
    Tongue {
        tag: "el",
        small_words: &[
            "και",
            "το",
            "της",
            "του",
            "στην",
            "από",
            "για",
            "με",
            "που",
            "είναι",
            "στο",
            "των",
            "δεν",
            "τα",
            "ότι",
            "ήταν",
            "μετά",
            "αυτό",
            "έχει",
            "τους",
            "όπως",
            "κατά",
        ],
        space: " ",
        stop: ".",
        consonants: ["μπ", "ντ", "φ", "γκ", "κ", "λ", "μ", "ν", "π", "ρ", "σ", "τ", "β", "ζ"],
        vowels: ["α", "ε", "ι", "ο", "ου"],
        script: Script::Cased,
    },
    Tongue {
        tag: "ar",
        small_words: &[
            "في", "من", "على", "إلى", "أن", "التي", "الذي", "هذا", "كان", "عن", "مع", "بعد", "بين",
            "كما", "قال", "خلال", "وقد", "ولم", "هذه", "حيث", "لكن", "عند",
        ],
        space: " ",
        stop: ".",
        consonants: ["ب", "د", "ف", "غ", "ك", "ل", "م", "ن", "ب", "ر", "س", "ت", "ف", "ز"],
        vowels: ["ا", "", "ي", "و", "و"],
        script: Script::Caseless,
    },
    Tongue {
        tag: "he",
        small_words: &[
            "של", "את", "על", "לא", "הוא", "היא", "כי", "עם", "זה", "אל", "גם", "היה", "אשר", "כל",
            "בין", "לפני", "אחרי", "אך", "כדי", "יותר", "או", "הם",
        ],
        space: " ",
        stop: ".",
        consonants: ["ב", "ד", "פ", "ג", "ק", "ל", "מ", "נ", "פ", "ר", "ס", "ט", "ו", "ז"],
        vowels: ["א", "", "י", "ו", "ו"],
        script: Script::Caseless,
    },
    Tongue {
        tag: "hi",
        small_words: &[
            "के",
            "की",
            "में",
            "है",
            "और",
            "से",
            "को",
            "का",
            "यह",
            "पर",
            "ने",
            "लिए",
            "था",
            "नहीं",
            "कि",
            "भी",
            "एक",
            "हो",
            "बाद",
            "साथ",
            "थे",
            "गया",
        ],
        space: " ",
        stop: "।",
        consonants: ["ब", "द", "फ", "ग", "क", "ल", "म", "न", "प", "र", "स", "त", "व", "ज"],
        vowels: ["ा", "े", "ि", "ो", "ु"],
        script: Script::Caseless,
    },
    Tongue {
        tag: "ka",
        small_words: &[
            "და",
            "რომ",
            "არის",
            "ამ",
            "იყო",
            "მისი",
            "შემდეგ",
            "როგორც",
            "მაგრამ",
            "არ",
            "ეს",
            "მას",
            "ასევე",
            "რომელიც",
            "უნდა",
            "მათ",
            "შორის",
            "თუ",
            "ერთ",
            "იმ",
        ],
        space: " ",
        stop: ".",
        consonants: ["ბ", "დ", "ფ", "გ", "კ", "ლ", "მ", "ნ", "პ", "რ", "ს", "ტ", "ვ", "ზ"],
        vowels: ["ა", "ე", "ი", "ო", "უ"],
        script: Script::Caseless,
    },
    Tongue {
        tag: "th",
        small_words: &[
            "ที่",
            "และ",
            "ของ",
            "ใน",
            "เป็น",
            "ได้",
            "ว่า",
            "มี",
            "จะ",
            "ไม่",
            "ให้",
            "การ",
            "กับ",
            "จาก",
            "โดย",
            "หรือ",
            "นี้",
            "แต่",
            "ซึ่ง",
            "หลัง",
        ],
        space: "",
        stop: " ",
        consonants: ["บ", "ด", "ฟ", "ก", "ค", "ล", "ม", "น", "พ", "ร", "ส", "ต", "ว", "ซ"],
        vowels: ["า", "เ", "ิ", "โ", "ุ"],
        script: Script::Around,
    },
    Tongue {
        tag: "ko",
        small_words: &[
            "그",
            "이",
            "및",
            "것이",
            "있다",
            "했다",
            "대한",
            "위해",
            "그리고",
            "등",
            "수",
            "또한",
            "한다",
            "에서",
            "으로",
            "후",
            "지난",
            "통해",
            "밝혔다",
            "때문에",
        ],
        space: " ",
        stop: ".",
        consonants: [""; 14],
        vowels: [""; 5],
        script: Script::Block,
    },
    Tongue {
        tag: "zh",
        small_words: &[
            "的", "在", "是", "了", "和", "有", "不", "这", "为", "我们", "他们", "以及", "对",
            "中", "也", "将", "与", "表示", "进行", "已经",
        ],
        space: "",
        stop: "。",
        consonants: [""; 14],
        vowels: [""; 5],
        script: Script::Whole,
    },
];

impl Tongue {
    /// Whether its names begin with a capital.
    pub fn has_case(&self) -> bool {
        self.script == Script::Cased
    }

    /// Writes a syllable, given the places of its consonant and its vowel.
    pub fn syllable(&self, (consonant, vowel): (usize, usize), to: &mut String) {
        match self.script {
            Script::Block => {
                let (initials, medials) = HANGUL;
                let code = 0xAC00 + (initials[consonant] * 21 + medials[vowel]) * 28;
                to.extend(char::from_u32(code));
            }
            Script::Whole => to.extend(HAN[consonant].chars().nth(vowel)),
            Script::Around if vowel % 2 == 1 => {
                to.push_str(self.vowels[vowel]);
                to.push_str(self.consonants[consonant]);
            }
            _ => {
                to.push_str(self.consonants[consonant]);
                to.push_str(self.vowels[vowel]);
            }
        }
    }
}

/// How many consonants and vowels there are to choose from.
pub const LETTERS: (u64, u64) = (CONSONANTS.len() as u64, VOWELS.len() as u64);
