//! Sentences of the evaluation sets, one by one: is the language of a single sentence found?

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use hexapla::accession::identify::identify;

use crate::scores::sets;

/// The languages that most news are written in, as far as the sets have them; Serbian in both scripts.
const NEWS: &str = "ar bg bn cs da de el en es fa fi fr he hi hr hu id it ja ko nb nl pl pt ro ru sk \
    sr sr-Latn sv th tr uk ur vi zh";

/// Languages of the sets that are not written in Latin letters, and which of them have capitals.
const OTHER_LETTERS: &str = "ar as bg bn el fa gu he hi ja ko mr ru sr ta te th uk ur zh zh-Hans";
const OTHER_CAPITALS: &str = "bg el ru sr uk";

/// Words that only English sentences hold two of.
const ENGLISH: &str = "the of and to is are was were with this that for from you your have has been which \
    will can not by it as be or an at on";

/// A language is measured where it has so many sentences, and on so many at most.
const FEWEST: usize = 20;
const MOST: usize = 150;

/// Whether a word is in a list.
fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|it| it == word)
}

/// The sentences of a text: lines, cut after each stop.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    let mut cut = String::new();
    for (place, letter) in text.char_indices() {
        cut.push(letter);
        let next = text[place + letter.len_utf8()..].chars().next();
        let ends = ".!?।։።។".contains(letter) && next.is_some_and(char::is_whitespace);
        if ends || "。！？".contains(letter) {
            cut.push('\n');
        }
    }
    let lines: Vec<_> =
        cut.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    lines.into_iter()
}

/// Whether a line is a whole sentence, by its form.
fn is_sentence(line: &str) -> bool {
    let letters = line.chars().filter(|it| it.is_alphabetic()).count();
    let wide = line.chars().any(|it| ('\u{2E80}'..'\u{D7FF}').contains(&it));
    line.ends_with(['.', '!', '?', '।', '։', '።', '។', '。', '！', '？'])
        && letters >= if wide { 12 } else { 30 }
}

/// Whether a line is an entry of a list, or holds an address: a name, a dash or colon, and what it is.
fn is_entry(line: &str) -> bool {
    let label = line.split_once(": ").map_or("", |it| it.0);
    let named = line.split(' ').nth(1).is_some_and(|it| it == "—" || it == "–");
    let plain = |it: char| it.is_alphanumeric() || it == ' ';
    let labelled = (1..=30).contains(&label.chars().count()) && label.chars().all(plain);
    let marks = ["\\", "://", "@", " -- "];
    named || labelled || marks.iter().any(|mark| line.contains(mark))
}

/// Whether a line is written in the language of its text, as far as one sees without knowing the language:
/// in its letters, in words rather than names, and not left in English.
fn is_own(lang: &str, line: &str) -> bool {
    let letters = line.chars().filter(|it| it.is_alphabetic());
    let (latin, all) = letters.fold((0, 0), |(latin, all), it| {
        let is_latin = it < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&it);
        (latin + u32::from(is_latin), all + 1)
    });
    let own = (latin * 2 > all) != among(OTHER_LETTERS, lang);
    let words: Vec<_> = line
        .split(' ')
        .map(|word| word.trim_matches(|it: char| ".,;:!?()\"«»„“”’‘'".contains(it)))
        .filter(|word| !word.is_empty())
        .collect();
    let small = words.iter().filter(|word| word.chars().all(char::is_lowercase)).count();
    let capitals = !among(OTHER_LETTERS, lang) || among(OTHER_CAPITALS, lang);
    let english: BTreeSet<_> =
        words.iter().map(|it| it.to_lowercase()).filter(|it| among(ENGLISH, it)).collect();
    own && (!capitals || small >= 5 && small * 2 >= words.len())
        && (lang == "en" || english.len() < 2)
}

/// The texts of one set with their languages.
fn texts(folder: &Path) -> Option<Vec<(String, String)>> {
    let truth = fs::read_to_string(folder.join("truth.tsv")).ok()?;
    let rows = truth.lines().filter_map(|line| {
        let mut columns = line.split('\t');
        let text = fs::read_to_string(folder.join("t").join(columns.next()?)).ok()?;
        Some((super::canonical(columns.nth(1)?).to_owned(), text))
    });
    Some(rows.collect())
}

/// The sentences of the sets by language, evenly drawn; `None` where the sets are not unpacked.
fn material() -> Option<BTreeMap<String, Vec<String>>> {
    let sets = sets();
    let mut voices: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for set in ["debnews-s", "debnews-m", "gnome-s", "gnome-m"] {
        for (lang, text) in texts(&sets.join(set))? {
            let fit = |line: &String| is_sentence(line) && !is_entry(line) && is_own(&lang, line);
            for line in sentences(&text).filter(fit) {
                voices.entry(line).or_default().insert(lang.clone());
            }
        }
    }
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (line, langs) in voices {
        // What stands under two languages was not translated into one of them.
        if let (1, Some(lang)) = (langs.len(), langs.into_iter().next()) {
            found.entry(lang).or_default().push(line);
        }
    }
    found.retain(|_, lines| lines.len() >= FEWEST);
    for lines in found.values_mut() {
        let step = lines.len().div_ceil(MOST);
        *lines = std::mem::take(lines).into_iter().step_by(step).collect();
    }
    Some(found)
}

/// Prints what the sentences of a language were taken for.
fn show(lang: &str, lines: &[String]) {
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    for line in lines {
        *taken.entry(identify(line).lang.to_string()).or_default() += 1;
    }
    eprintln!("{lang}: {} sentences, {taken:?}", lines.len());
}

#[test]
fn single_sentences_of_news_score_as_recorded() {
    let Some(found) = material() else {
        eprintln!("skipped: the evaluation sets are not unpacked");
        return;
    };
    for (lang, lines) in &found {
        show(lang, lines);
    }
    let pairs = |news: bool| -> Vec<_> {
        let some = found.iter().filter(|(lang, _)| !news || among(NEWS, lang));
        some.flat_map(|(lang, lines)| lines.iter().map(|line| (lang.clone(), line.clone())))
            .collect()
    };
    super::must_not_fall("identify-news", &pairs(true));
    super::must_not_fall("identify-single", &pairs(false));
}
