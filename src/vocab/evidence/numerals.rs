//! Words for small numbers in many languages: enough to know that `five` and `5` are one.
//!
//! A word counts where it begins with one of the forms and ends at most three letters later, so that
//! inflected forms are met; a form with a full stop behind it must be the whole word.

use super::quantity::{Measure, Quantity};
use crate::vocab::lang::Lang;
use crate::vocab::letter::is_letter;

/// By language: numbers, each followed by its forms.
const WORDS: &[(&str, &str)] = &[
    (
        "ar",
        "2 اثن اثنان اثنين 3 ثلاث 4 أربع 5 خمس 6 ست ستة 7 سبع 8 ثماني ثمان 9 تسع 10 عشر 20 عشرين عشرون 30 ثلاثين ثلاثون 40 أربعين 50 خمسين خمسون 100 مئة مائة 1000 ألف",
    ),
    (
        "be",
        "2 два дзве двух 3 тры трох 4 чатыр 5 пяць пяці 6 шэсць шасці 7 сем сямі 8 восем васьмі 9 дзевяць 10 дзесяц 100 сто. 1000 тысяч",
    ),
    (
        "bg",
        "2 два две двама 3 три трима 4 четири 5 пет петима 6 шест 7 седем 8 осем 9 девет 10 десет 11 единадесет 12 дванадесет 15 петнадесет 20 двадесет 30 тридесет 100 сто. 1000 хиляда хиляди",
    ),
    ("bn", "2 দুই দুটি 3 তিন 4 চার 5 পাঁচ 6 ছয় 7 সাত 8 আট 9 নয় 10 দশ 100 শত একশ 1000 হাজার"),
    (
        "ca",
        "2 dos dues 3 tres 4 quatre 5 cinc 6 sis 7 set 8 vuit 9 nou 10 deu 11 onze 12 dotze 15 quinze 20 vint 30 trenta 100 cent 1000 mil",
    ),
    (
        "cs",
        "2 dva dvě dvou dvěma druh 3 tři tří třem třech třet 4 čtyř čtvrt 5 pět pěti pát 6 šest 7 sedm 8 osm 9 devět devíti 10 deset desíti 11 jedenáct 12 dvanáct 15 patnáct 20 dvacet 30 třicet 100 sto. set. 1000 tisíc",
    ),
    (
        "da",
        "2 to. begge anden. andet. 3 tre. tredj 4 fire. fjerde 5 fem. femte 6 seks sjette 7 syv. syvende 8 otte ottende 9 ni. niende 10 ti. tiende 11 elleve 12 tolv 15 femten 20 tyve 30 tredive 100 hundred 1000 tusind",
    ),
    (
        "de",
        "2 zwei zweite beide 3 drei dritt 4 vier 5 fünf 6 sechs 7 sieben siebt 8 acht 9 neun 10 zehn 11 elf 12 zwölf 15 fünfzehn 20 zwanzig 30 dreißig 40 vierzig 50 fünfzig 100 hundert einhundert 1000 tausend eintausend",
    ),
    (
        "el",
        "2 δύο δυο 3 τρεις τρία τριών 4 τέσσερ τεσσάρ 5 πέντε 6 έξι 7 επτά εφτά 8 οκτώ οχτώ 9 εννέα εννιά 10 δέκα 11 έντεκα 12 δώδεκα 20 είκοσι 30 τριάντα 100 εκατό 1000 χίλι χιλιάδ",
    ),
    (
        "en",
        "2 two. second. both. twice. 3 three. third 4 four. fourth 5 five. fifth 6 six. sixth 7 seven. seventh 8 eight. eighth 9 nine. ninth 10 ten. tenth 11 eleven 12 twelve dozen twelfth 13 thirteen 14 fourteen 15 fifteen 16 sixteen 17 seventeen 18 eighteen 19 nineteen 20 twenty 30 thirty 40 forty 50 fifty 60 sixty 70 seventy 80 eighty 90 ninety 100 hundred 1000 thousand",
    ),
    (
        "es",
        "2 dos. segund ambos ambas 3 tres. tercer 4 cuatro cuart 5 cinco quint 6 seis. sext 7 siete séptim sétim 8 ocho octav 9 nueve noven 10 diez décim 11 once. 12 doce 13 trece 14 catorce 15 quince 20 veinte 30 treinta 40 cuarenta 50 cincuenta 100 cien. ciento 1000 mil.",
    ),
    (
        "et",
        "2 kaks kahe 3 kolm 4 neli nelja 5 viis viie 6 kuus kuue 7 seits 8 kaheksa 9 üheksa 10 kümme 100 sada saja 1000 tuhat tuhan",
    ),
    (
        "fa",
        "2 دو. 3 سه. 4 چهار 5 پنج 6 شش 7 هفت 8 هشت 9 نه. 10 ده. 11 یازده 12 دوازده 20 بیست 30 سی. 100 صد یکصد 1000 هزار",
    ),
    (
        "fi",
        "2 kaksi kahde kahta toinen toise 3 kolm kolma 4 neljä neljän neljäs 5 viisi viide viittä viides 6 kuusi kuude kuudes 7 seitsem 8 kahdeksa 9 yhdeksä 10 kymmen 100 sata sada 1000 tuhat tuhan",
    ),
    (
        "fr",
        "2 deux second 3 trois 4 quatre quatri 5 cinq 6 six. sixi 7 sept. septi 8 huit 9 neuf. neuvi 10 dix. dixi 11 onze 12 douze 13 treize 14 quatorze 15 quinze 16 seize 20 vingt 30 trente 40 quarante 50 cinquante 60 soixante 100 cent. cents. centaine 1000 mille. millier",
    ),
    (
        "he",
        "2 שני שתי 3 שלוש שלושה 4 ארבע 5 חמש חמישה 6 שש שישה 7 שבע 8 שמונה 9 תשע 10 עשר 20 עשרים 100 מאה מאות 1000 אלף אלפי",
    ),
    (
        "hi",
        "2 दो. दोनों 3 तीन 4 चार 5 पांच पाँच 6 छह छः 7 सात 8 आठ 9 नौ. 10 दस. 11 ग्यारह 12 बारह 20 बीस 100 सौ 1000 हजार हज़ार",
    ),
    (
        "hr",
        "2 dva dvije dvoje 3 tri. troje 4 četir 5 pet. 6 šest 7 sedam 8 osam 9 devet 10 deset 20 dvadeset 100 sto. stotin 1000 tisuć",
    ),
    (
        "hu",
        "2 kettő két másod 3 három harmad 4 négy negyed 5 öt 6 hat. hatod 7 hét. heted 8 nyolc 9 kilenc 10 tíz 11 tizenegy 12 tizenkettő 20 húsz 30 harminc 100 száz 1000 ezer",
    ),
    ("hy", "2 երկու 3 երեք 4 չորս 5 հինգ 6 վեց 7 յոթ 8 ութ 9 ինը 10 տաս 100 հարյուր 1000 հազար"),
    (
        "id",
        "2 dua kedua 3 tiga ketiga 4 empat 5 lima 6 enam 7 tujuh 8 delapan 9 sembilan 10 sepuluh 11 sebelas 12 belas 20 puluh 100 seratus ratus 1000 seribu ribu",
    ),
    (
        "it",
        "2 due. second entramb 3 tre. terz 4 quattro quart 5 cinque quint 6 sei. sest 7 sette settim 8 otto ottav 9 nove. nono. nona. 10 dieci decim 11 undici 12 dodici 15 quindici 20 venti 30 trenta 100 cento 1000 mille mila",
    ),
    ("ka", "2 ორ 3 სამ 4 ოთხ 5 ხუთ 6 ექვს 7 შვიდ 8 რვა 9 ცხრა 10 ათ 100 ას 1000 ათას"),
    (
        "kk",
        "2 екі 3 үш 4 төрт 5 бес 6 алты 7 жеті 8 сегіз 9 тоғыз 10 он. 20 жиырма 30 отыз 100 жүз 1000 мың",
    ),
    (
        "lt",
        "2 du. dvi dviej 3 trys trij 4 keturi 5 penki 6 šeši 7 septyni 8 aštuoni 9 devyni 10 dešimt 100 šimt 1000 tūkst",
    ),
    (
        "lv",
        "2 divi div 3 trīs 4 četri 5 pieci piec 6 seši seš 7 septiņ 8 astoņ 9 deviņ 10 desmit 100 simt 1000 tūksto",
    ),
    (
        "mk",
        "2 два две 3 три 4 четири 5 пет 6 шест 7 седум 8 осум 9 девет 10 десет 100 сто. 1000 илјад",
    ),
    (
        "nb",
        "2 to. begge annen. andre. 3 tre. tredje 4 fire. fjerde 5 fem. femte 6 seks sjette 7 sju. syv. sjuende syvende 8 åtte åttende 9 ni. niende 10 ti. tiende 11 elleve 12 tolv 20 tjue 100 hundre 1000 tusen",
    ),
    (
        "nl",
        "2 twee tweede beide 3 drie derde 4 vier 5 vijf 6 zes 7 zeven 8 acht 9 negen 10 tien 11 elf 12 twaalf 15 vijftien 20 twintig 30 dertig 100 honderd 1000 duizend",
    ),
    (
        "pl",
        "2 dwa. dwie. dwóch dwu. dwoma obie oba. drug 3 trzy trzech trzej trzec 4 czter czwart 5 pięć pięci piąt 6 sześć sześci 7 siedem siedmi 8 osiem ośmi 9 dziewięć dziewięci 10 dziesięć dziesięci 11 jedenaś 12 dwanaś dwunast 15 piętnaś 20 dwadzieś 30 trzydzieś 100 sto. stu. 1000 tysiąc tysięc",
    ),
    (
        "pt",
        "2 dois. duas. segund ambos ambas 3 três terceir 4 quatro quart 5 cinco quint 6 seis. sext 7 sete. sétim 8 oito oitav 9 nove. nono. nona. 10 dez. décim 11 onze 12 doze 15 quinze 20 vinte 30 trinta 100 cem. cento 1000 mil.",
    ),
    (
        "ro",
        "2 doi. două 3 trei 4 patru 5 cinci 6 șase 7 șapte 8 opt. 9 nouă 10 zece 11 unsprezece 12 doisprezece 20 douăzeci 100 sută sute 1000 mie. mii.",
    ),
    (
        "ru",
        "2 два. две. двух двум двое второ обе. оба. 3 три. трех трёх трем трое трет 4 четыр четвер 5 пять пяти пятер пят 6 шесть шести шестер 7 семь семи семер 8 восемь восьми 9 девять девяти 10 десять десяти 11 одиннадцат 12 двенадцат 15 пятнадцат 20 двадцат 30 тридцат 40 сорок 50 пятьдесят 100 сто. ста. 1000 тысяч",
    ),
    (
        "sk",
        "2 dva dve dvoch 3 tri. troch 4 štyri štyroch 5 päť piati 6 šesť 7 sedem 8 osem 9 deväť 10 desať 20 dvadsať 100 sto. 1000 tisíc",
    ),
    (
        "sl",
        "2 dva dve dveh 3 tri. treh 4 štiri 5 pet. petih 6 šest 7 sedem 8 osem 9 devet 10 deset 100 sto. 1000 tisoč",
    ),
    (
        "sq",
        "2 dy. dyja 3 tre. tri. 4 katër 5 pesë 6 gjashtë 7 shtatë 8 tetë 9 nëntë 10 dhjetë 100 qind 1000 mijë",
    ),
    (
        "sr",
        "2 два две dva dve 3 три tri. 4 четири četiri 5 пет pet. 6 шест šest 7 седам sedam 8 осам osam 9 девет devet 10 десет deset 100 сто. sto. 1000 хиљад hiljad",
    ),
    (
        "sv",
        "2 två. andra båda 3 tre. tredje 4 fyra fjärde 5 fem. femte 6 sex. sjätte 7 sju. sjunde 8 åtta åttonde 9 nio. nionde 10 tio. tionde 11 elva 12 tolv 15 femton 20 tjugo 100 hundra 1000 tusen",
    ),
    (
        "sw",
        "2 mbili wawili 3 tatu watatu 4 nne wanne 5 tano watano 6 sita 7 saba 8 nane 9 tisa 10 kumi 100 mia 1000 elfu",
    ),
    (
        "tr",
        "2 iki ikinci 3 üç 4 dört 5 beş 6 altı 7 yedi 8 sekiz 9 dokuz 10 on. 11 onbir 12 oniki 20 yirmi 30 otuz 100 yüz 1000 bin.",
    ),
    (
        "uk",
        "2 два. дві. двох двом двоє обид 3 три. трьох троє трет 4 чотир четвер 5 п'ять п’ять п'яти п’яти п'ят п’ят 6 шість шести 7 сім. семи 8 вісім восьми 9 дев'ят дев’ят 10 десят 11 одинадцят 12 дванадцят 20 двадцят 30 тридцят 100 сто. ста. 1000 тисяч",
    ),
    ("ur", "2 دو. دونوں 3 تین 4 چار 5 پانچ 6 چھ 7 سات 8 آٹھ 9 نو. 10 دس. 20 بیس 100 سو. 1000 ہزار"),
    ("vi", "2 hai. 3 ba. 4 bốn 5 năm. 6 sáu 7 bảy 8 tám 9 chín 10 mười 100 trăm 1000 nghìn ngàn"),
];

/// Single characters that are numbers in Chinese and Japanese, and Korean words.
const SIGNS: &[(&str, u64)] = &[
    ("一", 1),
    ("二", 2),
    ("两", 2),
    ("兩", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("八", 8),
    ("九", 9),
    ("十", 10),
    ("百", 100),
    ("千", 1000),
    ("하나", 1),
    ("두", 2),
    ("둘", 2),
    ("세", 3),
    ("셋", 3),
    ("네", 4),
    ("다섯", 5),
    ("여섯", 6),
    ("일곱", 7),
    ("여덟", 8),
    ("아홉", 9),
    ("열", 10),
];

/// Adds the small numbers that a passage spells out.
pub(super) fn spelled(text: &str, lang: &Lang, found: &mut Vec<Quantity>) {
    let quantity = |from: usize, word: &str, value: u64| Quantity {
        from: from as u32,
        to: (from + word.len()) as u32,
        measure: Measure::Number,
        value: value * 100,
        firm: false,
    };
    if matches!(lang.base(), "zh" | "ja" | "ko" | "yue") {
        for &(sign, value) in SIGNS {
            found.extend(text.match_indices(sign).map(|(from, word)| quantity(from, word, value)));
        }
        return;
    }
    let base = if lang.base() == "bs" { "hr" } else { lang.base() };
    let Some((_, forms)) = WORDS.iter().find(|it| it.0 == base) else { return };
    let forms = parsed(forms);
    let mut from = 0;
    for word in text.split(|c: char| !(is_letter(c) || c == '\'' || c == '’')) {
        let first = word.chars().next().into_iter().flat_map(char::to_lowercase).next();
        if first.is_some_and(|first| forms.iter().any(|it| it.first == first)) {
            let folded = word.to_lowercase();
            found.extend(values(&forms, &folded).into_iter().map(|it| quantity(from, word, it)));
        }
        let next = text.get(from + word.len()..).and_then(|rest| rest.chars().next());
        from += word.len() + next.map_or(0, char::len_utf8);
    }
}

/// A form of a number word.
struct Form<'a> {
    first: char,
    letters: &'a str,
    /// Whether it must be the whole word.
    whole: bool,
    value: u64,
}

/// The forms of a language, apart.
fn parsed(forms: &str) -> Vec<Form<'_>> {
    let mut parsed = Vec::new();
    let mut value = 0;
    for form in forms.split(' ') {
        if let Ok(number) = form.parse() {
            value = number;
        } else if let Some(first) = form.chars().next() {
            let letters = form.trim_end_matches('.');
            parsed.push(Form { first, letters, whole: letters != form, value });
        }
    }
    parsed
}

/// The values that a word in lower case can have.
fn values(forms: &[Form], word: &str) -> Vec<u64> {
    let mut values = Vec::new();
    for form in forms {
        let tail = word.strip_prefix(form.letters);
        let met =
            tail.is_some_and(
                |tail| {
                    if form.whole { tail.is_empty() } else { tail.chars().count() <= 3 }
                },
            );
        if met && !values.contains(&form.value) {
            values.push(form.value);
        }
    }
    values
}
