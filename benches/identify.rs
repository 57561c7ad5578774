//! How fast languages are identified: one sentence, one paragraph and one document at a time.

use divan::Bencher;
use divan::counter::BytesCount;
use hexapla::accession::identify::identify;

/// Sentences of languages in the four most frequent scripts, and one that shares its script with none.
const SENTENCES: [&str; 8] = [
    "The spokesman said on Wednesday that the situation in the city was stable again after the protests.",
    "Rzecznik ministerstwa poinformował w środę, że sytuacja w mieście po protestach jest stabilna.",
    "El portavoz dijo el miércoles que la situación en la ciudad era estable después de las protestas.",
    "Sözcü çarşamba günü protestoların ardından kentte durumun yeniden sakin olduğunu söyledi.",
    "Представитель министерства сообщил в среду, что обстановка в городе после протестов спокойная.",
    "قال المتحدث باسم الوزارة يوم الأربعاء إن الوضع في المدينة مستقر بعد الاحتجاجات.",
    "发言人周三表示，抗议活动过后，该市的局势已经稳定，医院将继续为伤者提供治疗。",
    "Ο εκπρόσωπος δήλωσε την Τετάρτη ότι η κατάσταση στην πόλη είναι ήρεμη μετά τις διαδηλώσεις.",
];

fn main() {
    divan::main();
}

/// Every sentence repeated so many times, one text a language.
#[divan::bench(args = [1, 5, 30])]
fn texts_of_sentences(bencher: Bencher, sentences: usize) {
    let texts: Vec<String> =
        SENTENCES.iter().map(|sentence| format!("{sentence} ").repeat(sentences)).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| texts.iter().map(|text| u64::from(identify(text).confidence)).sum::<u64>());
}
