//! How fast raw texts are taken in: ten thousand texts of three kilobytes.

use divan::Bencher;
use divan::counter::BytesCount;
use hexapla::accession::{Options, accession};

/// How many texts there are.
const TEXTS: usize = 10_000;

fn main() {
    divan::main();
}

/// One sentence in each of five scripts; `{}` stands for a number.
const SENTENCES: [&str; 5] = [
    "The council of Kelmen said that pier {} will be mended before the next winter comes.",
    "Совет города Кельмен сообщил, что причал номер {} починят до наступления зимы.",
    "قال مجلس مدينة كلمن إن الرصيف رقم {} سيتم إصلاحه قبل حلول فصل الشتاء.",
    "凯尔门市议会表示，第{}号码头将在冬季到来之前修好，渔民可以免费停靠。",
    "केलमेन की परिषद ने कहा कि घाट संख्या {} की मरम्मत सर्दी से पहले कर दी जाएगी।",
];

/// A text of about three kilobytes with furniture around it; no two are alike, and five scripts take turns.
fn text(number: usize) -> String {
    let sentence = SENTENCES.get(number % SENTENCES.len()).copied().unwrap_or_default();
    let wanted = 3000 / 9;
    let paragraph = |from: usize| {
        let mut text = String::new();
        for at in from.. {
            if text.len() >= wanted {
                break;
            }
            text += &sentence.replace("{}", &(number * 97 + at).to_string());
            text.push(' ');
        }
        text
    };
    let body: Vec<String> = (0..9).map(|at| paragraph(at * 4)).collect();
    format!(
        "Evening Bell\n\nNews\n\nThe council speaks of pier {number}\n\nPublished 3 May 2021\n\n{}\n\n\
         Read also: The ferry\n\nShare: Mail | Print\n\n© Evening Bell. All rights reserved.\n",
        body.join("\n\n")
    )
}

/// Survey and intake, on one core.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ten_thousand_texts(bencher: Bencher) {
    let texts: Vec<String> = (0..TEXTS).map(text).collect();
    let names: Vec<String> = (0..TEXTS).map(|at| format!("{at:05}.txt")).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let fetch = |name: &str| {
        let at: usize = name.get(..5)?.parse().ok()?;
        texts.get(at).map(|text| text.as_bytes().to_vec())
    };
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let work = || {
            let archive = accession(&names, &fetch, &Options::default());
            let take = |(name, text): (&String, &String)| {
                archive.take(name, text.as_bytes(), &|_| None).documents.len()
            };
            names.iter().zip(&texts).map(take).sum::<usize>()
        };
        one.as_ref().map_or(0, |pool| pool.install(work))
    });
}
