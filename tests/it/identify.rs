//! Language identification on sentences written for this test, and its recorded scores on real ones.

mod news;

use std::collections::BTreeMap;
use std::fs;

use hexapla::accession::identify::{Sharpened, identify, identify_with};
use hexapla::vocab::lang::Lang;

use crate::scores::sets;

/// One news-like sentence a language.
const SENTENCES: &[(&str, &str)] = &[
    ("pl", "Rzecznik ministerstwa poinformował w środę, że sytuacja w mieście jest stabilna."),
    ("en", "The spokesman said on Wednesday that the situation in the city was stable."),
    ("de", "Der Sprecher teilte am Mittwoch mit, dass die Lage in der Stadt ruhig sei."),
    ("fr", "Le porte-parole a déclaré mercredi que la situation dans la ville était stable."),
    ("es", "El portavoz dijo el miércoles que la situación en la ciudad era estable."),
    ("pt", "O porta-voz disse na quarta-feira que a situação na cidade não é preocupante."),
    ("it", "Il portavoce ha detto mercoledì che la situazione nella città era stabile."),
    ("nl", "De woordvoerder zei woensdag dat de toestand in de stad rustig is."),
    (
        "ca",
        "El portaveu va dir dimecres que la situació a la ciutat era estable amb el nou govern.",
    ),
    ("ro", "Purtătorul de cuvânt a declarat miercuri că situația din oraș este stabilă."),
    ("cs", "Mluvčí ve středu oznámil, že situace ve městě je klidná."),
    ("sk", "Hovorca v stredu oznámil, že situácia v meste je pokojná."),
    ("hu", "A szóvivő szerdán közölte, hogy a városban nyugodt a helyzet."),
    ("fi", "Tiedottaja sanoi keskiviikkona, että tilanne kaupungissa on rauhallinen."),
    ("et", "Pressiesindaja ütles kolmapäeval, et olukord linnas on rahulik."),
    ("lv", "Preses pārstāvis trešdien paziņoja, ka stāvoklis pilsētā ir mierīgs."),
    ("lt", "Atstovas trečiadienį pranešė, kad padėtis mieste yra rami."),
    ("sv", "Talesmannen sade på onsdagen att läget i staden var lugnt."),
    ("da", "Talsmanden sagde onsdag, at situationen i byen er rolig."),
    ("hr", "Glasnogovornik je u srijedu priopćio da je stanje u gradu mirno."),
    ("nb", "Talspersonen sa onsdag at situasjonen i byen er rolig."),
    ("sr-Latn", "Portparol je u sredu saopštio da je stanje u gradu mirno."),
    ("id", "Juru bicara mengatakan pada hari Rabu bahwa situasi di kota tersebut sudah stabil."),
    ("ms", "Jurucakap itu berkata pada hari Rabu bahawa keadaan di bandar itu stabil."),
    ("gl", "O voceiro dixo o mércores que a situación na cidade era estable."),
    ("tr", "Sözcü çarşamba günü kentte durumun sakin olduğunu söyledi."),
    ("az", "Nümayəndə çərşənbə günü şəhərdə vəziyyətin sabit olduğunu bildirdi."),
    ("uz", "Matbuot kotibi chorshanba kuni shaharda vaziyat barqaror ekanini maʼlum qildi."),
    ("vi", "Người phát ngôn hôm thứ Tư cho biết tình hình trong thành phố vẫn ổn định."),
    ("sw", "Msemaji alisema Jumatano kwamba hali katika mji huo ni shwari."),
    ("sq", "Zëdhënësi tha të mërkurën se gjendja në qytet është e qetë."),
    ("eu", "Bozeramaileak asteazkenean esan zuen hiriko egoera lasaia dela."),
    ("cy", "Dywedodd y llefarydd ddydd Mercher fod y sefyllfa yn y ddinas yn dawel."),
    ("ru", "Представитель министерства сообщил в среду, что обстановка в городе спокойная."),
    ("uk", "Речник міністерства повідомив у середу, що становище в місті спокійне."),
    ("be", "Прадстаўнік міністэрства паведаміў у сераду, што становішча ў горадзе спакойнае."),
    ("bg", "Говорителят съобщи в сряда, че положението в града е спокойно."),
    ("sr", "Портпарол је у среду саопштио да је стање у граду мирно."),
    ("mk", "Портпаролот во средата соопшти дека состојбата во градот е мирна."),
    ("kk", "Министрліктің өкілі сәрсенбі күні қаладағы жағдай тұрақты екенін хабарлады."),
    ("ky", "Министрликтин өкүлү шаршемби күнү шаардагы абал туруктуу экенин билдирди."),
    ("tg", "Сухангӯи вазорат рӯзи чоршанбе гуфт, ки вазъият дар шаҳр ором аст."),
    ("tt", "Министрлык вәкиле чәршәмбе көнне шәһәрдә хәл тыныч булуын белдерде."),
    ("mn", "Яамны төлөөлөгч лхагва гарагт хотод байдал тогтвортой байгааг мэдэгдэв."),
    ("el", "Ο εκπρόσωπος δήλωσε την Τετάρτη ότι η κατάσταση στην πόλη είναι ήρεμη."),
    ("hy", "Խոսնակը չորեքշաբթի օրը հայտնեց, որ քաղաքում իրավիճակը կայուն է։"),
    ("ka", "სპიკერმა ოთხშაბათს განაცხადა, რომ ქალაქში ვითარება სტაბილურია."),
    ("he", "הדובר אמר ביום רביעי כי המצב בעיר רגוע."),
    ("ar", "قال المتحدث يوم الأربعاء إن الوضع في المدينة مستقر."),
    ("fa", "سخنگو روز چهارشنبه گفت که وضعیت در شهر آرام است."),
    ("ur", "ترجمان نے بدھ کو کہا کہ شہر میں صورت حال پرامن ہے۔"),
    ("ps", "ویاند د چارشنبې په ورځ وویل چې په ښار کې وضعیت ارام دی."),
    ("ug", "باياناتچى چارشەنبە كۈنى شەھەردىكى ۋەزىيەتنىڭ مۇقىم ئىكەنلىكىنى ئېيتتى."),
    ("hi", "प्रवक्ता ने बुधवार को कहा कि शहर में स्थिति शांत है।"),
    ("mr", "प्रवक्त्याने बुधवारी सांगितले की शहरातील परिस्थिती शांत आहे."),
    ("ne", "प्रवक्ताले बुधबार सहरको अवस्था शान्त रहेको बताए।"),
    ("bn", "মুখপাত্র বুধবার বলেছেন যে শহরের পরিস্থিতি শান্ত রয়েছে।"),
    ("as", "মুখপাত্ৰজনে বুধবাৰে কয় যে চহৰখনৰ পৰিস্থিতি শান্ত হৈ আছে।"),
    ("ta", "நகரில் நிலைமை அமைதியாக உள்ளது என்று பேச்சாளர் புதன்கிழமை கூறினார்."),
    ("te", "నగరంలో పరిస్థితి ప్రశాంతంగా ఉందని ప్రతినిధి బుధవారం చెప్పారు."),
    ("gu", "પ્રવક્તાએ બુધવારે કહ્યું કે શહેરમાં પરિસ્થિતિ શાંત છે."),
    ("si", "නගරයේ තත්ත්වය සන්සුන් බව ප්‍රකාශකයා බදාදා පැවසීය."),
    ("th", "โฆษกกล่าวเมื่อวันพุธว่าสถานการณ์ในเมืองสงบ"),
    ("lo", "ໂຄສົກກ່າວໃນວັນພຸດວ່າສະຖານະການໃນເມືອງສະຫງົບ"),
    ("km", "អ្នកនាំពាក្យបាននិយាយនៅថ្ងៃពុធថាស្ថានភាពក្នុងទីក្រុងមានភាពស្ងប់ស្ងាត់។"),
    ("my", "မြို့တွင်း အခြေအနေ တည်ငြိမ်ကြောင်း ပြောရေးဆိုခွင့်ရှိသူက ဗုဒ္ဓဟူးနေ့တွင် ပြောသည်။"),
    ("am", "ቃል አቀባዩ ረቡዕ ዕለት በከተማዋ ያለው ሁኔታ የተረጋጋ መሆኑን ተናግረዋል።"),
    ("ko", "대변인은 수요일 시내 상황이 안정적이라고 밝혔다."),
    ("ja", "報道官は水曜日、市内の情勢は安定していると述べた。"),
    ("zh-Hans", "发言人周三表示，该市的局势已经稳定，医院将继续为伤者提供治疗。"),
    ("zh-Hant", "發言人週三表示，該市的局勢已經穩定，醫院將繼續為傷者提供治療。"),
];

fn tag(text: &str) -> String {
    identify(text).lang.to_string()
}

#[test]
fn one_sentence_is_enough() {
    let wrong: Vec<_> = SENTENCES
        .iter()
        .map(|&(lang, text)| (lang, tag(text)))
        .filter(|(lang, found)| lang != found)
        .collect();
    assert_eq!(wrong, []);
}

#[test]
fn names_numbers_and_addresses_do_not_mislead() {
    let names =
        "路透社报道，Kassym-Jomart Tokayev 与 Antonio Guterres 周三在 Astana 讨论了 OTS 的合作。";
    assert_eq!(tag(names), "zh-Hans");
    let url =
        "Президент приехал в город: https://www.example.org/the-president-came-to-the-city-today";
    assert_eq!(tag(url), "ru");
    assert_eq!(
        tag("Mehr dazu am 12.05.2023 um 14:30 Uhr auf www.example.org/news/the/latest"),
        "de"
    );
}

#[test]
fn a_text_without_letters_is_undetermined() {
    for text in ["", " \n\t", "12.05.2023 — 14:30", "🙂🙂 !!!", "\u{0}\u{FFFD}\u{202E}"] {
        let found = identify(text);
        assert!(found.lang.is_undetermined(), "{text:?}");
        assert_eq!(found.confidence, 0, "{text:?}");
    }
}

#[test]
fn confidence_grows_with_the_text() {
    let (_, sentence) = SENTENCES[0];
    let word = identify("na");
    let long = identify(&sentence.repeat(4));
    assert!(word.confidence < 500, "{word:?}");
    assert!(long.confidence > 900, "{long:?}");
}

#[test]
fn long_texts_are_read_in_pieces() {
    let text = "Представитель министерства сообщил об этом журналистам в среду. ".repeat(4000);
    assert_eq!(tag(&text), "ru");
}

#[test]
fn an_archive_draws_doubtful_texts_to_its_languages() {
    let long: Vec<String> = SENTENCES.iter().map(|(_, text)| text.repeat(3)).collect();
    let texts: Vec<_> = SENTENCES
        .iter()
        .zip(&long)
        .filter(|((lang, _), _)| ["pl", "ru", "kk", "en"].contains(lang))
        .flat_map(|(_, text)| vec![(text.as_str(), identify(text)); 8])
        .collect();
    let archive = Sharpened::learn(&texts);
    for (lang, text) in SENTENCES {
        assert_eq!(identify_with(text, &archive).lang.as_str(), *lang, "clear texts stay");
    }
    let doubtful = "W Astanie";
    let (alone, there) = (identify(doubtful), identify_with(doubtful, &archive));
    assert_eq!(there.lang, Lang::parse("pl").unwrap());
    assert!(there.confidence > alone.confidence || there.lang != alone.lang);
    let backwards: Vec<_> = texts.iter().rev().cloned().collect();
    assert_eq!(Sharpened::learn(&backwards), archive);
}

/// The scores that must not fall: name, share of correct answers in thousandths.
fn recorded(name: &str) -> u32 {
    let scores = fs::read_to_string("tests/gold/scores.txt").unwrap();
    let line = scores.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap();
    (line.trim().parse::<f64>().unwrap() * 1000.0).round() as u32
}

/// The mean over the languages of the share of correct answers, in thousandths.
fn score(texts: &[(String, String)]) -> u32 {
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (lang, text) in texts {
        let (right, all) = counts.entry(lang).or_default();
        *all += 1;
        let found = identify(text).lang;
        *right += u32::from(found.as_str() == lang || lang == "zh" && found.base() == lang);
    }
    let shares = counts.values().map(|&(right, all)| f64::from(right) / f64::from(all));
    (shares.sum::<f64>() * 1000.0 / counts.len() as f64).floor() as u32
}

/// Compares a score with the recorded one, and prints both.
fn must_not_fall(name: &str, texts: &[(String, String)]) {
    let (now, before) = (score(texts), recorded(name));
    eprintln!("{name} {now}/1000 on {} texts, recorded {before}/1000", texts.len());
    assert!(now >= before, "{name}: {now} < {before}; recorded in tests/gold/scores.txt");
}

#[test]
fn sentences_of_many_languages_score_as_recorded() {
    // Written by `make-languages.py --sentences`; none of them was learnt from.
    let Ok(path) = std::env::var("HEXAPLA_SENTENCES") else {
        eprintln!("skipped: HEXAPLA_SENTENCES names no file of sentences");
        return;
    };
    let lines = fs::read_to_string(path).unwrap();
    let texts: Vec<_> = lines
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(_, text)| text.chars().filter(|c| c.is_alphabetic()).count() >= 25)
        .map(|(lang, text)| (lang.to_owned(), text.to_owned()))
        .collect();
    must_not_fall("identify-sentences", &texts);
}

#[test]
fn questions_of_installers_score_as_recorded() {
    // Written by `measure-languages.py`; no text of these packages was learnt from.
    score_as_recorded("HEXAPLA_QUESTIONS", "identify-questions");
}

#[test]
fn messages_of_programs_score_as_recorded() {
    // Written by `measure-catalogues.py`; no text of these programs was learnt from.
    score_as_recorded("HEXAPLA_CATALOGUES", "identify-catalogues");
}

/// Compares what the sentences of a file score with what is recorded under a name.
fn score_as_recorded(variable: &str, name: &str) {
    let Ok(path) = std::env::var(variable) else {
        eprintln!("skipped: {variable} names no file of sentences");
        return;
    };
    let lines = fs::read_to_string(path).unwrap();
    let texts: Vec<_> = lines
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(lang, text)| (lang.to_owned(), text.to_owned()))
        .collect();
    must_not_fall(name, &texts);
}

#[test]
fn documents_of_the_evaluation_sets_score_as_recorded() {
    for (set, name) in [("debnews-m", "identify-debnews"), ("gnome-m", "identify-gnome")] {
        let folder = sets().join(set);
        let Ok(truth) = fs::read_to_string(folder.join("truth.tsv")) else {
            eprintln!("skipped: {} is not unpacked", folder.display());
            continue;
        };
        let texts: Vec<_> = truth
            .lines()
            .filter_map(|line| {
                let mut columns = line.split('\t');
                let text = fs::read_to_string(folder.join("t").join(columns.next()?)).ok()?;
                Some((canonical(columns.nth(1)?).to_owned(), text))
            })
            .collect();
        must_not_fall(name, &texts);
    }
}

/// The tag that identification gives for a locale code of the sets.
fn canonical(code: &str) -> &str {
    match code {
        "pt_BR" => "pt",
        "sr@latin" => "sr-Latn",
        "zh_CN" => "zh-Hans",
        "no" => "nb",
        code => code,
    }
}
