//! Collating as a reader of a synopsis meets it: what stands where, and which facts differ.

use hexapla::collate::align_file::Fault;
use hexapla::collate::ledger::Mark;
use hexapla::collate::{self, Evidence, Guide, Kind, Lexicon, Synopsis, Witness};
use hexapla::vocab::lang::Lang;
use proptest::prelude::*;

use crate::archive::{Scratch, stdout};

/// What is made of some versions where a curator has a word in it.
fn guided(witnesses: &[Witness], guide: &Guide) -> (Synopsis, Vec<Fault>) {
    collate::collate_guided(witnesses, &Evidence::of(witnesses), &Lexicon::default(), guide)
}

/// A version of a statement; the first passage is its title.
fn witness(tag: &str, passages: &[&str]) -> Witness {
    Witness {
        name: format!("{tag}/statement"),
        lang: Lang::parse(tag).unwrap(),
        passages: passages.iter().map(|it| (*it).to_owned()).collect(),
    }
}

/// Three versions of a communiqué; the Polish one is missing its third passage, the French one has the
/// last passage first and another number of boats.
fn flood() -> Vec<Witness> {
    let english = [
        "Flood on the Selna",
        "The Selna rose by 340 centimetres on 12 March 2024 near Brenov.",
        "Some 2,500 people left their homes in Brenov and Kalvary.",
        "The Red Cross opened 14 shelters in Ostrava.",
        "Minister Anna Kowalska thanked 61 volunteers from Vienna.",
    ];
    let polish = [
        "Powódź na Selnie",
        "Poziom Selny podniósł się o 340 centymetrów 12 marca 2024 r. koło Brenova.",
        "Około 2500 osób opuściło domy w Brenov i Kalvary.",
        "Minister Anna Kowalska podziękowała 61 ochotnikom z Wiednia.",
    ];
    let french = [
        "Crue de la Selna",
        "La ministre Anna Kowalska a remercié 61 bénévoles de Vienne.",
        "La Selna est montée de 340 centimètres le 12 mars 2024 près de Brenov.",
        "Quelque 2\u{a0}500 personnes ont quitté leurs maisons à Brenov et Kalvary.",
        "La Croix-Rouge a ouvert 19 abris à Ostrava.",
    ];
    vec![witness("en", &english), witness("pl", &polish), witness("fr", &french)]
}

/// The unit in which a version has a passage.
fn unit_of(synopsis: &Synopsis, witness: usize, passage: u32) -> usize {
    synopsis
        .units
        .iter()
        .position(|unit| unit.cells[witness].parts.iter().any(|part| part.passage == passage))
        .unwrap()
}

#[test]
fn moved_and_missing_passages_are_told() {
    let synopsis = collate::collate(&flood(), &Lexicon::default());
    for (polish, english) in [(1, 1), (2, 2), (3, 4)] {
        assert_eq!(unit_of(&synopsis, 1, polish), unit_of(&synopsis, 0, english));
    }
    let thanks = unit_of(&synopsis, 0, 4);
    assert_eq!(unit_of(&synopsis, 2, 1), thanks);
    assert_eq!(synopsis.mark(thanks, 2), Mark::Moved);
    let entry = synopsis.entry(thanks, 2).unwrap();
    assert_eq!(entry.behind, Some(unit_of(&synopsis, 2, 0) as u32));
    assert!(entry.again.is_empty() && entry.confidence >= 50, "{entry:?}");
    assert_eq!(synopsis.mark(thanks, 1), Mark::Present);
    assert_eq!(synopsis.mark(unit_of(&synopsis, 0, 3), 1), Mark::Missing);
    assert_eq!(synopsis.tally(1).missing, 1);
}

#[test]
fn only_the_figure_that_differs_is_a_finding() {
    let synopsis = collate::collate(&flood(), &Lexicon::default());
    let found: Vec<(Kind, &[(u32, String)])> =
        synopsis.findings.iter().map(|it| (it.kind, it.readings.as_slice())).collect();
    let readings = [(0, "14".to_owned()), (2, "19".to_owned())];
    assert_eq!(found, [(Kind::Number, readings.as_slice())]);
}

#[test]
fn a_hedge_that_is_dropped_is_a_finding() {
    let mut witnesses = flood();
    witnesses[2].passages[3] = witnesses[2].passages[3].replace("Quelque", "Un total de");
    let synopsis = collate::collate(&witnesses, &Lexicon::default());
    let hedge = synopsis.findings.iter().find(|it| it.kind == Kind::Hedge).unwrap();
    let words: Vec<&str> = hedge.readings.iter().map(|it| it.1.as_str()).collect();
    assert_eq!(words, ["some", "około", ""]);
}

#[test]
fn a_text_against_itself_is_the_diagonal() {
    let one = flood().remove(0);
    let two = Witness { name: "en/other".into(), ..one.clone() };
    let synopsis = collate::collate(&[one, two], &Lexicon::default());
    assert_eq!(synopsis.units.len(), 5);
    for (place, unit) in synopsis.units.iter().enumerate() {
        assert_eq!(unit.cells[0], unit.cells[1]);
        assert_eq!(unit.cells[0].parts[0].passage, place as u32);
    }
    assert!(synopsis.findings.is_empty());
}

#[test]
fn the_curators_alignment_is_law() {
    let text = "statement,unit,document,passage,words\n\
        flood,a,en/statement,2,Some 2500\n\
        flood,a,en/statement,9,\n\
        flood,b,en/statement,3,\n\
        flood,b,pl/statement,3,Około\n";
    let (pins, faults) = collate::align_file::read(text);
    assert!(faults.is_empty());
    let guide = Guide { pins, ..Guide::default() };
    let (synopsis, faults) = guided(&flood(), &guide);
    assert_eq!(faults.iter().map(|it| it.line).collect::<Vec<_>>(), [2, 3]);
    let unit = unit_of(&synopsis, 0, 3);
    assert_eq!(unit_of(&synopsis, 1, 2), unit);
    assert!(synopsis.units[unit].reviewed);
}

#[test]
fn an_alignment_that_waits_for_review_changes_nothing() {
    let text = "statement,unit,document,passage,words,status\n\
        flood,b,en/statement,3,,automatic\n\
        flood,b,pl/statement,3,,automatic\n\
        flood,b,pl/statement,3,Nothing,automatic\n";
    let (pins, _) = collate::align_file::read(text);
    let guide = Guide { pins, ..Guide::default() };
    let (synopsis, faults) = guided(&flood(), &guide);
    assert_eq!(synopsis, collate::collate(&flood(), &Lexicon::default()));
    assert_eq!(faults.iter().map(|it| it.line).collect::<Vec<_>>(), [4]);
}

#[test]
fn what_is_learned_depends_on_the_statements_alone() {
    let one = |at: usize| -> Vec<Witness> {
        let mut all = flood();
        for witness in &mut all {
            witness.passages.rotate_left(at % 3);
        }
        all
    };
    let synopsis = |lexicon: &Lexicon| collate::collate(&flood(), lexicon);
    let learned = synopsis(&collate::lessons::learn(4, &one));
    assert_eq!(synopsis(&collate::lessons::learn(4, &|at| one(3 - at))), learned);
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(synopsis(&alone.install(|| collate::lessons::learn(4, &one))), learned);
}

/// A book of 500 passages: each names three numbers of its own.
fn book(tag: &str, told: impl Fn(usize) -> String, lacking: std::ops::Range<usize>) -> Witness {
    let passages: Vec<String> = (0..500).filter(|it| !lacking.contains(it)).map(told).collect();
    witness(tag, &passages.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_book_is_collated_across_its_quires() {
    let english =
        |it| format!("Then {} people went to house {} by {}.", it + 1100, it + 2100, it + 5100);
    let polish =
        |it| format!("Potem {} osób do domu {} przez {}.", it + 1100, it + 2100, it + 5100);
    let book = [book("en", english, 0..0), book("pl", polish, 100..180)];
    let synopsis = collate::collate(&book, &Lexicon::default());
    let joined = |it: &u32| {
        let english = if *it < 100 { *it } else { it + 80 };
        unit_of(&synopsis, 0, english) == unit_of(&synopsis, 1, *it)
    };
    let found = (0..420).filter(joined).count();
    assert!(found > 410, "{found} of 420 passages");
    let held = |it: &collate::Unit| it.cells[0].parts.len();
    assert_eq!(synopsis.units.iter().map(held).sum::<usize>(), 500);
}

#[test]
fn align_tells_what_the_ledger_says() {
    let scratch = Scratch::new();
    for (witness, name) in flood().iter().zip(["en", "pl", "fr"]) {
        scratch.write(&format!("seeds/{name}.txt"), witness.passages.join("\n\n"));
        scratch.write(&format!("seeds/{name}.txt.meta.yaml"), "statement: flood\n");
    }
    let said = stdout(&scratch.run(&["align", "seeds", "--format", "json"]));
    let cells: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let moved: Vec<_> = cells.iter().filter(|it| it["entry"] == "moved").collect();
    assert_eq!(moved.len(), 1, "{said}");
    assert_eq!((&moved[0]["file"], &moved[0]["line"]), (&"fr.txt".into(), &3.into()));
    assert_eq!(moved[0]["behind"], "u1");
    assert!(cells.iter().all(|it| it["entry_confidence"].as_u64().is_some_and(|it| it <= 100)));
}

/// A few sentences out of a small vocabulary.
fn any_witness() -> impl Strategy<Value = Witness> {
    let word =
        prop::sample::select(vec!["Brenov", "2500", "people", "left", "12 March", "؛", "", "水"]);
    let passage = prop::collection::vec(word, 0..12).prop_map(|words| words.join(" ") + ".");
    let passages = prop::collection::vec(passage, 0..6);
    let tag = prop::sample::select(vec!["en", "ar", "zh", "pl"]);
    (tag, passages, 0..1000_u32).prop_map(|(tag, passages, number)| Witness {
        name: format!("{tag}/{number}"),
        lang: Lang::parse(tag).unwrap(),
        passages,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_byte_of_every_version_is_in_one_place(witnesses in prop::collection::vec(any_witness(), 1..4)) {
        let synopsis = collate::collate(&witnesses, &Lexicon::default());
        for (place, witness) in witnesses.iter().enumerate() {
            for (passage, text) in witness.passages.iter().enumerate() {
                let parts = synopsis.units.iter().flat_map(|unit| &unit.cells[place].parts);
                let mut own: Vec<(u32, u32)> = parts
                    .filter(|part| part.passage as usize == passage)
                    .map(|part| (part.from, part.to))
                    .collect();
                own.sort_unstable();
                let mut end = 0;
                for (from, to) in own {
                    prop_assert_eq!(from, end);
                    end = to;
                }
                prop_assert_eq!(end as usize, text.len());
            }
        }
    }

    #[test]
    fn swapping_versions_swaps_the_result(witnesses in prop::collection::vec(any_witness(), 2..4)) {
        let mut names: Vec<&String> = witnesses.iter().map(|it| &it.name).collect();
        names.sort_unstable();
        names.dedup();
        prop_assume!(names.len() == witnesses.len());
        let straight = collate::collate(&witnesses, &Lexicon::default());
        let mut turned: Vec<Witness> = witnesses.clone();
        turned.reverse();
        let back = collate::collate(&turned, &Lexicon::default());
        prop_assert_eq!(straight.units.len(), back.units.len());
        for (a, b) in straight.units.iter().zip(&back.units) {
            let cells: Vec<_> = b.cells.iter().rev().cloned().collect();
            prop_assert_eq!(&a.cells, &cells);
        }
    }
}
