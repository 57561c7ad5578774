//! Versions of one statement find each other, others do not, and curators have the last word.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hexapla::arrange::{
    Again, Archive, Arranged, Leaf, Options, Relation, Seen, Signature, Standing, Strictness,
    arrange, arrange_again, arrange_lean, sign,
};
use hexapla::config::{Config, Written};
use hexapla::pipeline::{self, Gathered};
use hexapla::vocab::lang::Lang;
use hexapla::vocab::page::{Head, Page};
use proptest::prelude::*;

use crate::scores::{must_not_fall, sets, table};

/// A statement in three languages, another story of the same day, and a text about something else; all
/// written for this test.
const TEXTS: &[(&str, &str, &str, &str)] = &[
    (
        "en/flood",
        "en",
        "Ministry of Brandovia on the flood in Velgrad",
        "On 14 March 2019 the river Moravka left its bed near Velgrad, the Ministry of the Interior said.

        About 3,450 people were brought to safety. Minister Petr Kovalsky thanked 218 soldiers and the volunteers from Zelenograd.

        The bridge at Kamenica will stay closed until 2 April. Engineers from Slovenia and Austria are helping.

        President Novotna visits Velgrad on Thursday and will speak with the families.",
    ),
    (
        "pl/powodz",
        "pl",
        "Ministerstwo Brandowii o powodzi w Velgradzie",
        "14 marca 2019 roku rzeka Moravka wystąpiła z brzegów koło Velgradu, poinformowało Ministerstwo Spraw Wewnętrznych.

        Około 3450 osób przewieziono w bezpieczne miejsce. Minister Petr Kowalski podziękował 218 żołnierzom i ochotnikom z Zelenogradu.

        Most w Kamenicy pozostanie zamknięty do 2 kwietnia. Pomagają inżynierowie ze Słowenii i Austrii.

        Prezydent Novotna odwiedzi Velgrad w czwartek i porozmawia z rodzinami.",
    ),
    (
        "ru/navodnenie",
        "ru",
        "Министерство Брандовии о наводнении в Велграде",
        "14 марта 2019 года река Моравка вышла из берегов около Велграда, сообщило Министерство внутренних дел.

        Около 3450 человек вывезли в безопасное место. Министр Петр Ковальский поблагодарил 218 солдат и добровольцев из Зеленограда.

        Мост в Каменице останется закрытым до 2 апреля. Помогают инженеры из Словении и Австрии.

        Президент Новотна посетит Велград в четверг и поговорит с семьями.",
    ),
    (
        "pl/agencja",
        "pl",
        "Velgrad pod wodą: mieszkańcy czekają na pomoc",
        "Mieszkańcy Velgradu od trzech dni nie mają prądu. Sklepy są zamknięte, a na rynku stoją wojskowe ciężarówki.

        Nikt nam nic nie mówi, opowiada piekarka Jana Horak. Wodę przywożą strażacy, ale starcza tylko dla 40 rodzin dziennie.

        Opozycja w Zelenogradzie żąda dymisji rządu i powołania komisji. Rzecznik rządu nie odpowiedział na pytania.

        W zeszłym roku podobna powódź zniszczyła 12 domów.",
    ),
    (
        "de/museum",
        "de",
        "Museum in Lindenau zeigt alte Karten",
        "Das Museum in Lindenau zeigt ab dem 7. Oktober alte Karten aus der Sammlung Hagedorn.

        Die 96 Blätter stammen aus Antwerpen und Venedig. Sie wurden zwei Jahre lang in Leipzig gereinigt.

        Der Eintritt kostet 6 Euro; Kinder zahlen nichts.",
    ),
];

fn leaf(name: &str, tag: &str, title: &str, body: &str) -> Leaf {
    let body = body.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let page = Page { head: Head::new(title, Lang::parse(tag).unwrap()), body };
    let signature = sign(&page);
    Leaf { name: name.into(), head: Arc::new(page.head), digest: String::new(), signature }
}

fn leaves() -> Vec<Leaf> {
    TEXTS.iter().map(|(name, tag, title, body)| leaf(name, tag, title, body)).collect()
}

fn arranged(leaves: Vec<Leaf>) -> Arranged {
    arrange(leaves, &Standing::new(), &Options::default())
}

/// The names of the versions of each statement, by slug.
fn members(archive: &Archive) -> BTreeMap<&str, Vec<&str>> {
    let name = |id: hexapla::arrange::DocumentId| archive.documents[id.0 as usize].name.as_str();
    let row = |it: &hexapla::arrange::Statement| -> Vec<&str> {
        it.versions.iter().map(|version| name(version.document)).collect()
    };
    archive.statements.iter().map(|it| (it.slug.as_str(), row(it))).collect()
}

fn only_members(archive: &Archive) -> Vec<Vec<&str>> {
    members(archive).into_values().collect()
}

const FLOOD: [&str; 3] = ["en/flood", "pl/powodz", "ru/navodnenie"];

#[test]
fn versions_meet_and_the_story_of_the_day_is_related() {
    let archive = arranged(leaves()).archive;
    assert_eq!(only_members(&archive), [FLOOD]);
    let statement = &archive.statements[0];
    let related: Vec<&str> = statement
        .related
        .iter()
        .map(|it| archive.documents[it.document.0 as usize].name.as_str())
        .collect();
    assert_eq!(related, ["pl/agencja"]);
    for version in &statement.versions {
        assert_eq!(version.relation, Relation::Translation);
        assert!(version.confidence >= 80, "{version:?}");
    }
    let reasons = statement.versions[0].reason.as_ref().unwrap().in_words("pl/powodz");
    for word in ["5 numbers (", "2 dates (14 March, 2 April)", "names (", "5 of 5 passages agree"] {
        assert!(reasons.contains(word), "{reasons}");
    }
    let owners: Vec<bool> = archive.documents.iter().map(|it| it.statement.is_some()).collect();
    assert_eq!(owners, [false, true, false, true, true]);
}

#[test]
fn neither_order_nor_threads_can_be_seen() {
    let here = arranged(leaves());
    let mut backwards = leaves();
    backwards.reverse();
    assert_eq!(arranged(backwards), here);
    for threads in [1, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| arranged(leaves())), here);
    }
}

#[test]
fn unknown_languages_do_not_part_versions() {
    let unknown: Vec<Leaf> =
        TEXTS.iter().map(|(name, _, title, body)| leaf(name, "und", title, body)).collect();
    assert_eq!(only_members(&arranged(unknown).archive), [FLOOD]);
}

#[test]
fn a_text_printed_again_joins() {
    let mut all = leaves();
    let (_, tag, title, body) = TEXTS[1];
    let again = format!("{body}\n\nUdostępnij ten artykuł\n\nCzytaj także: pogoda na jutro");
    all.push(leaf("pl/przedruk", tag, title, &again));
    let archive = arranged(all).archive;
    assert_eq!(only_members(&archive), [["en/flood", "pl/powodz", "pl/przedruk", "ru/navodnenie"]]);
    let relations: Vec<Relation> =
        archive.statements[0].versions.iter().map(|it| it.relation).collect();
    let (new, again) = (Relation::Translation, Relation::Republication);
    assert_eq!(relations, [new, again, again, new]);
}

/// What an outlet leaves out or adds makes no other statement.
#[test]
fn an_edited_printing_joins() {
    let (_, tag, title, body) = TEXTS[0];
    let blocks: Vec<&str> = body.split("\n\n").collect();
    for left_out in 0..blocks.len() {
        let kept = (0..).zip(&blocks).filter(|it| it.0 != left_out).map(|it| *it.1);
        let kept: Vec<&str> = kept.chain(["Read also: the weather"]).collect();
        for title in [title, "What happened in Velgrad"] {
            let mut all = leaves();
            all.push(leaf("en/shorter", tag, title, &kept.join("\n\n")));
            let expected = ["en/flood", "en/shorter", "pl/powodz", "ru/navodnenie"];
            let archive = arranged(all).archive;
            assert_eq!(only_members(&archive), [expected], "without block {left_out}: {title}");
        }
    }
}

/// What says the same in other numbers is another report of the same office.
#[test]
fn another_report_in_the_same_words_does_not_join() {
    let (_, tag, title, body) = TEXTS[0];
    let figures =
        [("14 March", "21 May"), ("3,450", "1,270"), ("218", "95"), ("2 April", "9 June")];
    let other = figures.iter().fold(body.to_owned(), |text, (old, new)| text.replace(old, new));
    let mut all = leaves();
    all.push(leaf("en/other", tag, title, &other));
    assert_eq!(only_members(&arranged(all).archive), [FLOOD]);
}

/// However short a text is and however often it is printed, word for word, it is one statement; what says another
/// number is another one, be it in the title, and so is what a curator keeps alone.
#[test]
fn what_is_printed_again_word_for_word_is_one_statement() {
    let notice = "The office in Harrow Lane is closed on Monday. Come back on Tuesday at 9.";
    let mut all = leaves();
    let often = |at: usize| leaf(&format!("en/notice-{at:02}"), "en", "Closed", notice);
    all.extend((0..30).map(often));
    all.push(leaf("en/other", "en", "Closed", &notice.replace('9', "8")));
    let (_, tag, title, body) = TEXTS[1];
    let headline = |at: usize| if at < 3 { title } else { "Powódź trwa" };
    all.extend((0..5).map(|at| leaf(&format!("pl/z-{at}"), tag, headline(at), body)));
    let alone = leaf("en/z-alone", "en", "Closed", notice);
    let press = "All that the papers wrote of us, year by year, in the order of the days.";
    let year = |of: &str, at: usize, body: &str| {
        leaf(&format!("en/{of}-{at}"), "en", &format!("Press of 199{at}"), body)
    };
    all.extend((7..9).flat_map(|at| [year("notices", at, notice), year("years", at, press)]));
    let head = Head { statement: Some("none".into()), ..Head::clone(&alone.head) };
    all.push(Leaf { head: Arc::new(head), ..alone });
    let archive = arranged(all).archive;
    let members = only_members(&archive);
    let sizes: Vec<usize> = members.iter().map(Vec::len).collect();
    assert_eq!(sizes, [30, FLOOD.len() + 5], "{members:?}");
    assert!(members[0].iter().all(|it| it.starts_with("en/notice-")), "{members:?}");
    for version in archive.statements.iter().flat_map(|it| &it.versions) {
        assert!(version.confidence >= 80, "{version:?}");
    }
    let printed = &archive.statements[0].versions;
    assert!(printed.iter().all(|it| it.relation == Relation::Republication));
    assert!(printed.iter().all(|it| it.reason.is_some()));
}

#[test]
fn pins_are_law() {
    let pin = |name: &str, pin: &str| {
        let mut all = leaves();
        let pinned = all.iter_mut().find(|leaf| leaf.name == name).unwrap();
        Arc::make_mut(&mut pinned.head).statement = Some(pin.into());
        arranged(all)
    };
    let alone = pin("pl/powodz", "none");
    assert_eq!(only_members(&alone.archive), [["en/flood", "ru/navodnenie"]]);
    let named = pin("pl/powodz", "velgrad-flood");
    assert_eq!(members(&named.archive), BTreeMap::from([("velgrad-flood", FLOOD.to_vec())]));
    let version = &named.archive.statements[0].versions[1];
    assert!(version.pinned && version.confidence == 100);
    let moved = pin("de/museum", "maps");
    assert_eq!(members(&moved.archive)["maps"], ["de/museum"]);
    let bad = pin("pl/powodz", "Velgrad Flood!");
    assert_eq!(only_members(&bad.archive), [FLOOD]);
    assert_eq!(bad.diagnostics.len(), 1);
    assert_eq!(bad.diagnostics[0].code.id(), "HX201");
    assert_eq!(bad.diagnostics[0].hint, "write `statement: velgrad-flood`");
}

#[test]
fn a_page_that_names_a_statement_joins_what_stands_in_it() {
    let standing: Standing = FLOOD.map(|name| (name.to_owned(), "flood".to_owned())).into();
    let arranged = |pinned: &str, standing: &Standing| {
        let mut all = leaves();
        let leaf = all.iter_mut().find(|leaf| leaf.name == pinned).unwrap();
        Arc::make_mut(&mut leaf.head).statement = Some("flood".into());
        arrange(all, standing, &Options::default())
    };
    let joined = arranged("de/museum", &standing);
    let all = ["de/museum", FLOOD[0], FLOOD[1], FLOOD[2]];
    assert_eq!(members(&joined.archive)["flood"], all);
    let pinned = joined.archive.statements[0].versions.iter().filter(|it| it.pinned).count();
    assert_eq!(pinned, 1, "nobody else becomes the curator's word");
    // The next build comes to the same.
    let mut next = standing;
    next.insert("de/museum".into(), "flood".into());
    assert_eq!(members(&arranged("de/museum", &next).archive)["flood"], all);
    // What stands there without being like any of them does not stay.
    assert_eq!(members(&arranged("pl/powodz", &next).archive)["flood"], FLOOD);
}

#[test]
fn one_pin_brings_strangers_together_and_two_pins_part_versions() {
    let mut all = leaves();
    for leaf in &mut all {
        Arc::make_mut(&mut leaf.head).statement = match leaf.name.as_str() {
            "de/museum" | "en/flood" => Some("one".into()),
            "pl/powodz" => Some("two".into()),
            _ => None,
        };
    }
    let archive = arranged(all).archive;
    let members = members(&archive);
    assert!(members["one"].starts_with(&["de/museum", "en/flood"]), "{members:?}");
    assert!(members["two"].contains(&"pl/powodz") && !members["two"].contains(&"en/flood"));
}

#[test]
fn names_stay_and_changes_are_told() {
    let standing: Standing = [("en/flood", "old"), ("ru/navodnenie", "old")]
        .into_iter()
        .map(|(name, slug)| (name.to_owned(), slug.to_owned()))
        .collect();
    let told = arrange(leaves(), &standing, &Options::default());
    assert_eq!(members(&told.archive), BTreeMap::from([("old", FLOOD.to_vec())]));
    let messages: Vec<String> =
        told.diagnostics.iter().map(|it| format!("{} {}", it.code.id(), it.message)).collect();
    assert_eq!(messages, ["HX202 `pl/powodz` joined statement `old`"]);
}

#[test]
fn a_title_hangs_on_its_statement_alone() {
    let named = |leaves: Vec<Leaf>| {
        let archive = arranged(leaves).archive;
        let flood = archive.statements.iter().find(|it| it.versions.len() == 3).unwrap();
        (flood.title.clone(), flood.slug.clone())
    };
    let alone =
        named(leaves().into_iter().filter(|it| FLOOD.contains(&it.name.as_str())).collect());
    // Other texts make names and numbers of one version after the other frequent, and so worth less.
    for (_, tag, title, body) in TEXTS {
        let words: Vec<&str> = body.split_whitespace().collect();
        let others = words.chunks(9).enumerate().map(|(at, some)| {
            leaf(&format!("{tag}/other-{at}"), tag, &format!("{title} {at}"), &some.join(" "))
        });
        assert_eq!(named(leaves().into_iter().chain(others).collect()), alone, "{tag}");
    }
}

#[test]
fn settings_are_heard() {
    let options = Options { related: false, ..Options::default() };
    let archive = arrange(leaves(), &Standing::new(), &options).archive;
    assert!(archive.statements[0].related.is_empty());
    for strictness in [Strictness::Strict, Strictness::Loose] {
        let options = Options { strictness, ..Options::default() };
        let archive = arrange(leaves(), &Standing::new(), &options).archive;
        assert_eq!(only_members(&archive), [FLOOD], "{strictness:?}");
    }
}

#[test]
fn an_empty_archive_is_arranged() {
    assert_eq!(arranged(Vec::new()), Arranged::default());
    let blank = arranged(vec![leaf("a", "en", "", ""), leaf("b", "pl", "", "")]);
    assert!(blank.archive.statements.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_texts_can_be_arranged(
        bodies in prop::collection::vec("(\\PC{0,30}|[a-zA-Z0-9 .,\n]{0,120}|[а-я0-9 \n]{0,80})", 0..12),
        tags in prop::collection::vec("(en|pl|ru|zh|ar|und)", 12),
    ) {
        let leaves: Vec<Leaf> = bodies
            .iter()
            .zip(&tags)
            .enumerate()
            .map(|(at, (body, tag))| leaf(&format!("{tag}/{at}"), tag, "", body))
            .collect();
        for it in &leaves {
            prop_assert_eq!(Signature::from_bytes(&it.signature.to_bytes()), Some(it.signature.clone()));
        }
        let mut backwards = leaves.clone();
        backwards.reverse();
        let here = arranged(leaves);
        for (at, statement) in here.archive.statements.iter().enumerate() {
            for version in &statement.versions {
                let owner = here.archive.documents[version.document.0 as usize].statement;
                prop_assert_eq!(owner.map(|it| it.0 as usize), Some(at));
            }
        }
        prop_assert_eq!(arranged(backwards), here);
    }
}

/// A made-up word: syllables in which the vowels are those of a language.
fn word(number: usize, lang: usize) -> String {
    let syllable = |at: u32| {
        let consonant = b"bdfgklmnprstvz"[number / 14_usize.pow(at) % 14];
        [char::from(consonant), ['a', 'e', 'i', 'o', 'u'][lang]]
    };
    (0..3).flat_map(syllable).collect()
}

/// A version of a made-up statement: words of its language, and names and numbers that it shares with the
/// others. What was `edited` says something else in one passage.
fn version(statement: usize, lang: usize, edited: usize) -> Leaf {
    let tag = ["en", "pl", "de", "fr", "it"][lang];
    let passage = |place: usize| {
        let own = if place == 2 { statement + 1000 * edited } else { statement };
        let common = |at: usize| word((own * 7 + place * 31 + at * at * 3) % 90, lang);
        let common: Vec<String> = (0..12).map(common).collect();
        let rare = word(5000 + own * 40 + place, lang);
        let name = |at: usize| word(9000 + own * 3 + at, 0);
        format!(
            "{} Ka{} {rare} {} Mo{} {}.",
            common[..6].join(" "),
            name(place % 3),
            own * 17 + place * 1009 + 100,
            name((place + 1) % 3),
            common[6..].join(" "),
        )
    };
    let body: Vec<String> = (0..5).map(passage).collect();
    let title = format!("Ra{} {}", word(7000 + statement, 0), word(statement % 90, lang));
    leaf(&format!("{tag}/{statement:04}"), tag, &title, &body.join("\n\n"))
}

#[test]
fn one_more_text_does_not_cost_a_full_run() {
    let (standing, options) = (Standing::new(), Options::default());
    let mut leaves: Vec<Leaf> = (0..56).map(|at| version(at / 4, at % 4, 0)).collect();
    let (arranged, seen) = arrange_again(leaves.clone(), &standing, &options, &Seen::default());
    assert_eq!(arranged.archive.statements.len(), 14);
    assert_eq!(seen.measured(), seen.pairs());
    let (again, nothing_new) = arrange_again(leaves.clone(), &standing, &options, &seen);
    assert_eq!((again, nothing_new.measured(), nothing_new.searched()), (arranged, 0, 0));
    assert_eq!((nothing_new.glossed(), seen.glossed() % leaves.len()), (0, 0));
    leaves.push(version(3, 4, 0));
    let (more, now) = arrange_again(leaves.clone(), &standing, &options, &seen);
    let (measured, pairs) = (now.measured(), now.pairs());
    assert!(measured > 0 && measured * 4 < pairs, "{measured} of {pairs}");
    let (searched, all) = (now.searched(), seen.searched());
    assert!(searched > 0 && searched * 2 < all, "{searched} of {all}");
    assert_eq!(more, arrange(leaves, &standing, &options));
}

#[test]
fn signatures_kept_elsewhere_are_fetched_only_for_what_is_told_anew() {
    let (standing, options) = (Standing::new(), Options::default());
    let mut leaves: Vec<Leaf> = (0..56).map(|at| version(at / 4, at % 4, 0)).collect();
    leaves.sort_by(|a, b| a.name.cmp(&b.name));
    let fetched = AtomicUsize::new(0);
    let again = |at: usize| {
        fetched.fetch_add(1, Ordering::Relaxed);
        leaves[at].signature.clone()
    };
    let lean =
        |leaf: &Leaf| Leaf { signature: leaf.signature.clone().kept_elsewhere(), ..leaf.clone() };
    let lean: Vec<Leaf> = leaves.iter().map(lean).collect();
    let first = (&Seen::default(), &again as Again);
    let (arranged, seen) = arrange_lean(lean.clone(), &standing, &options, first);
    assert_eq!(arranged, arrange(leaves.clone(), &standing, &options));
    assert!(fetched.swap(0, Ordering::Relaxed) >= leaves.len());
    let (same, _) = arrange_lean(lean, &standing, &options, (&seen, &again));
    assert_eq!((same, fetched.into_inner()), (arranged, 0));
}

#[test]
fn texts_in_which_nothing_has_changed_are_not_glossed_beforehand() {
    let (standing, options) = (Standing::new(), Options::default());
    let mut leaves: Vec<Leaf> = (0..200).map(|at| version(at / 4, at % 4, 0)).collect();
    let (_, mut seen) = arrange_again(leaves.clone(), &standing, &options, &Seen::default());
    let all = seen.glossed();
    assert!(all >= leaves.len());
    let mut few = 0;
    for at in [13, 77, 140, 141] {
        leaves[at] = version(at / 4, at % 4, 1);
        let (edited, now) = arrange_again(leaves.clone(), &standing, &options, &seen);
        assert_eq!(edited, arrange(leaves.clone(), &standing, &options));
        assert!(now.measured() > 0);
        few += usize::from(now.glossed() > 0 && now.glossed() * 8 < all);
        seen = now;
    }
    assert!(few > 0, "each edit had all of {all} texts glossed");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn what_an_earlier_run_has_seen_changes_nothing(
        steps in prop::collection::vec((0..8_usize, 0..12_usize, 0..4_usize), 1..12)
    ) {
        let (standing, options) = (Standing::new(), Options::default());
        let mut leaves: BTreeMap<(usize, usize), Leaf> =
            (0..24).map(|at| ((at / 4, at % 4), version(at / 4, at % 4, 0))).collect();
        let mut seen = Seen::default();
        for (what, statement, lang) in steps {
            match what {
                0 => drop(leaves.remove(&(statement, lang))),
                1 | 2 => drop(leaves.insert((statement, lang), version(statement, lang, what))),
                3 => drop(leaves.insert((statement + 50, lang), version(statement, lang, 1))),
                // The same text is printed again, under a name before the first one or behind.
                4 | 5 => {
                    let own = version(statement, lang, 0);
                    let name = own.name.replace('/', if what == 4 { "/!" } else { "/~" });
                    leaves.insert((statement + 50 * what, lang), Leaf { name, ..own });
                }
                _ => drop(leaves.insert((statement, lang), version(statement, lang, 0))),
            }
            let now: Vec<Leaf> = leaves.values().cloned().collect();
            let (kept, next) = arrange_again(now.clone(), &standing, &options, &seen);
            prop_assert_eq!(kept, arrange(now, &standing, &options));
            seen = next;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn what_an_earlier_run_has_found_changes_nothing_in_a_larger_archive(
        steps in prop::collection::vec((0..7_usize, 0..24_usize, 0..5_usize), 2..4)
    ) {
        let (standing, options) = (Standing::new(), Options::default());
        let mut leaves: BTreeMap<(usize, usize), Leaf> =
            (0..96).map(|at| ((at / 4, at % 4), version(at / 4, at % 4, 0))).collect();
        let now: Vec<Leaf> = leaves.values().cloned().collect();
        let (_, mut seen) = arrange_again(now, &standing, &options, &Seen::default());
        for (what, statement, lang) in steps {
            let place = (statement, lang);
            match what {
                0 => drop(leaves.remove(&place)),
                1 | 2 => drop(leaves.insert(place, version(statement, lang, what))),
                3 => drop(leaves.insert((statement + 50, lang), version(statement, lang, 1))),
                // The same text is said to be in another language.
                4 => {
                    let other = Lang::parse(["sv", "und", "cs", "hu", "ro"][lang]).unwrap();
                    leaves.entry(place).and_modify(|it| Arc::make_mut(&mut it.head).lang = other);
                }
                _ => drop(leaves.insert(place, version(statement, lang, 0))),
            }
            let now: Vec<Leaf> = leaves.values().cloned().collect();
            let (kept, next) = arrange_again(now.clone(), &standing, &options, &seen);
            prop_assert_eq!(kept, arrange(now, &standing, &options));
            seen = next;
        }
    }
}

/// A set arranged as `hexapla group` does it, and the true statement of each file.
pub(crate) fn grouped(folder: &Path) -> Option<(Gathered, BTreeMap<String, String>)> {
    let truth = table(&folder.join("truth.tsv"))?;
    let truth = truth.iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let texts = folder.join("t");
    let config = Config::new(&texts, Written::default());
    Some((pipeline::gather(&texts, &config, &|_| {}).unwrap(), truth))
}

/// How many pairs of versions were found, how many are true, and how many are both.
pub(crate) fn pairs(found: &Gathered, truth: &BTreeMap<String, String>) -> [u64; 3] {
    let pairs = |counts: Vec<u64>| -> u64 { counts.iter().map(|n| n * (n - 1) / 2).sum() };
    let (mut said, mut true_, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (at, document) in found.archive.documents.iter().enumerate() {
        let own = document.statement.map_or(at as u32 + 1_000_000, |it| it.0);
        let statement = truth[&found.intakes[&document.name].seed].as_str();
        *said.entry(own).or_insert(0_u64) += 1;
        *true_.entry(statement).or_insert(0_u64) += 1;
        *both.entry((own, statement)).or_insert(0_u64) += 1;
    }
    [said.into_values().collect(), true_.into_values().collect(), both.into_values().collect()]
        .map(pairs)
}

/// Pair F1 of the groups found against the true statement of each document, in ten-thousandths.
fn pair_f1(found: &Gathered, truth: &BTreeMap<String, String>) -> u64 {
    let [said, true_, both] = pairs(found, truth);
    20_000 * both / (said + true_).max(1)
}

#[test]
fn evaluation_sets_score_as_recorded() {
    let sets = sets();
    let sets_of_all_kinds = [
        "debnews-s",
        "debnews-noisy-s",
        "debnews-m",
        "gnome-s",
        "gnome-noisy-s",
        "gnome-m",
        "quran-align",
        "udhr-align",
    ];
    for set in sets_of_all_kinds {
        let Some((found, truth)) = grouped(&sets.join(set)) else {
            eprintln!("skipped: {set} is not unpacked in {}", sets.display());
            continue;
        };
        must_not_fall(&format!("group-{set}"), pair_f1(&found, &truth));
    }
}

/// A text as another outlet of its language prints it: each outlet does something else to it.
fn edited(text: &str, outlet: usize) -> String {
    let blocks: Vec<&str> = text.split("\n\n").filter(|it| !it.trim().is_empty()).collect();
    let (middle, many) = (blocks.len() / 2, blocks.len() > 2);
    let kept = |at: usize| match outlet % 5 {
        0 => !many || at != middle,
        1 => !many || at == 0 || at % 3 != 2,
        _ => true,
    };
    let mut blocks: Vec<String> =
        (0..).zip(blocks).filter(|(at, _)| kept(*at)).map(|(_, it)| it.to_owned()).collect();
    match outlet % 5 {
        2 => {
            blocks = blocks.chunks(2).map(|it| it.join(" ")).collect();
        }
        3 => {
            blocks.insert(0, "What is told of the matter today".to_owned());
        }
        4 => {
            for block in blocks.iter_mut().skip(1) {
                let end = block.char_indices().rev().nth(8).map_or(block.len(), |it| it.0);
                block.truncate(end);
            }
            blocks.push("Share this".to_owned());
        }
        _ => {}
    }
    blocks.join("\n\n")
}

#[test]
fn edited_printings_score_as_recorded() {
    let sets = sets();
    for set in ["debnews-s", "gnome-s"] {
        let Ok(truth) = fs::read_to_string(sets.join(set).join("truth.tsv")) else {
            eprintln!("skipped: {set} is not unpacked in {}", sets.display());
            continue;
        };
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("t")).unwrap();
        let mut rows = Vec::new();
        for (at, line) in truth.lines().enumerate() {
            let (name, rest) = line.split_once('\t').unwrap();
            let text = fs::read_to_string(sets.join(set).join("t").join(name)).unwrap();
            let put = |name: &str, text: &str| fs::write(folder.path().join("t").join(name), text);
            put(name, &text).unwrap();
            rows.push(line.to_owned());
            if at % 3 == 0 {
                put(&format!("again-{name}"), &edited(&text, at / 3)).unwrap();
                rows.push(format!("again-{name}\t{rest}"));
            }
        }
        fs::write(folder.path().join("truth.tsv"), rows.join("\n")).unwrap();
        let (found, truth) = grouped(folder.path()).unwrap();
        must_not_fall(&format!("group-edited-{set}"), pair_f1(&found, &truth));
    }
}
