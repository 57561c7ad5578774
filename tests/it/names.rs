//! Names across scripts: one entry a name with its forms, learned from alignments, corrected by a curator.

use hexapla::collate::names::curated::Curated;
use hexapla::collate::names::{self, Gathering, Names, Sightings};
use hexapla::collate::{self, Lexicon, Witness};
use hexapla::config::{Config, Written};
use hexapla::pipeline;
use hexapla::vocab::codes::Code;
use hexapla::vocab::lang::Lang;

/// A version of a statement; the first passage is its title.
fn witness(tag: &str, passages: &[&str]) -> Witness {
    Witness {
        name: format!("{tag}/statement"),
        lang: Lang::parse(tag).unwrap(),
        passages: passages.iter().map(|it| (*it).to_owned()).collect(),
    }
}

/// An invented statement in five languages.
fn visit() -> Vec<Witness> {
    let text: &[(&str, [&str; 3])] = &[
        (
            "en",
            [
                "Visit",
                "On Monday the minister Zoran Tokabev met reporters in Marvistan.",
                "Reporters asked Tokabev about 340 boats.",
            ],
        ),
        (
            "pl",
            [
                "Wizyta",
                "W poniedziałek minister Zoran Tokabew spotkał dziennikarzy w Marwistanie.",
                "Dziennikarze pytali Tokabewa o 340 łodzi.",
            ],
        ),
        (
            "ru",
            [
                "Визит",
                "В понедельник министр Зоран Токабев встретил журналистов в Марвистане.",
                "Журналисты спросили Токабева о 340 лодках.",
            ],
        ),
        (
            "ar",
            [
                "زيارة",
                "التقى الوزير زوران توكابيف صحفيين يوم الاثنين في مارفيستان.",
                "وسأل الصحفيون توكابيف عن 340 قاربا.",
            ],
        ),
        (
            "ja",
            [
                "訪問",
                "ゾラン・トカベフ大臣は月曜日、マルビスタンで記者団と会った。",
                "記者団は340隻の船についてトカベフに尋ねた。",
            ],
        ),
    ];
    text.iter().map(|(tag, passages)| witness(tag, passages)).collect()
}

/// Another in three.
fn talks() -> Vec<Witness> {
    let text: &[(&str, [&str; 3])] = &[
        (
            "en",
            [
                "Talks",
                "Talks in Marvistan ended after 17 hours.",
                "The delegation thanked Tokabev.",
            ],
        ),
        (
            "fr",
            [
                "Pourparlers",
                "Les pourparlers au Marvistan ont pris fin après 17 heures.",
                "La délégation a remercié Tokabev.",
            ],
        ),
        ("zh", ["会谈", "马尔维斯坦的会谈在17小时后结束。", "代表团感谢托卡别夫。"]),
    ];
    text.iter().map(|(tag, passages)| witness(tag, passages)).collect()
}

fn sightings() -> Vec<Sightings> {
    let sight = |witnesses: Vec<Witness>| {
        names::sightings(&witnesses, &collate::collate(&witnesses, &Lexicon::default()))
    };
    [visit(), talks()].into_iter().map(sight).collect()
}

fn gathered() -> Gathering {
    let mut gathering = Gathering::default();
    for (at, sightings) in (0..).zip(sightings()) {
        gathering.add(at, &sightings);
    }
    gathering
}

/// Every entry as its heading and its forms with their languages.
fn shown(names: &Names) -> Vec<String> {
    let line = |name: &names::Name| {
        let forms = name.forms.iter().map(|it| format!("{} {}", it.lang.as_str(), it.written));
        format!("{}: {}", name.slug, forms.collect::<Vec<_>>().join(", "))
    };
    names.entries.iter().map(line).collect()
}

#[test]
fn a_name_has_one_entry_with_its_forms_in_every_script() {
    let names = gathered().names(&Curated::default());
    assert_eq!(
        shown(&names),
        [
            "marvistan: ar مارفيستان, en Marvistan, fr Marvistan, ja マルビスタン, pl Marwistanie, ru Марвистане, zh 马尔维斯坦",
            "tokabev: ar توكابيف, en Tokabev, fr Tokabev, ja トカベフ, pl Tokabewa, ru Токабева, zh 托卡别夫",
            "zoran-tokabev: ar زوران توكابيف, en Zoran Tokabev, ja ゾラン・トカベフ, pl Zoran Tokabew, ru Зоран Токабев",
        ]
    );
    let tokabev = &names.entries[1];
    assert_eq!(tokabev.kin, [2]);
    let english = tokabev.forms.iter().find(|it| it.lang.as_str() == "en").unwrap();
    assert!(english.places.iter().any(|it| it.statement == 1));
}

#[test]
fn the_curators_word_on_names_is_law() {
    let text = "join:\n  - [Marvistan, Tokabev]\nrename: { 'pl:Tokabewa': The minister }\nhide:\n  - Zoran Tokabev\n  - Nobody\n";
    let curated = Curated::read(text).unwrap();
    let gathering = gathered();
    let names = gathering.names(&curated);
    assert_eq!(names.entries.len(), 1);
    assert_eq!(names.entries[0].heading, ("The minister".to_owned(), None));
    let strangers = curated.strangers(text, &gathering);
    assert_eq!(strangers.len(), 1);
    assert_eq!((strangers[0].line, strangers[0].message.contains("Nobody")), (6, true));

    let split = Curated::read("split:\n  - ['en:Marvistan', 'ru:Марвистане']\n").unwrap();
    let apart = gathering.names(&split);
    let of = |tag: &str, written: &str| {
        apart.entries.iter().position(|name| {
            name.forms.iter().any(|it| it.lang.as_str() == tag && it.written == written)
        })
    };
    assert_ne!(of("en", "Marvistan"), of("ru", "Марвистане"));
    assert!(Curated::read("joins: []").is_err());
}

#[test]
fn the_program_shows_names_and_reads_the_curators_word() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    for witness in visit() {
        let tag = witness.lang.as_str();
        let [title, body @ ..] = witness.passages.as_slice() else { continue };
        let head = format!("---\ntitle: {title}\nlang: {tag}\nstatement: visit\n---\n\n");
        write(&format!("content/{tag}/visit.md"), &(head + &body.join("\n\n") + "\n"));
    }
    write("content/names.yaml", "rename:\n  Tokabev: The minister\nhide: [Nobody]\n");
    let config = Config::new(folder.path(), Written::default());
    let outcome = pipeline::build(&config, &|_| ()).unwrap();
    let said = |it: &hexapla::vocab::diagnostic::Diagnostic| it.code == Code::BadName;
    let faults: Vec<_> = outcome.diagnostics.iter().filter(|it| said(it)).collect();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].place.line, 3);
    let page =
        |name: &str| std::fs::read_to_string(folder.path().join("public").join(name)).unwrap();
    assert!(page("names.html").contains("names/the-minister.html"));
    let name = page("names/the-minister.html");
    for form in ["Tokabev", "Tokabewa", "Токабева", "توكابيف", "トカベフ"] {
        assert!(name.contains(form), "{form}: {name}");
    }
    assert!(name.contains("../statements/visit.html#u2"), "{name}");
}

#[test]
fn sightings_can_be_kept() {
    for sightings in sightings() {
        let kept = serde_json::to_string(&sightings).unwrap();
        assert_eq!(serde_json::from_str::<Sightings>(&kept).unwrap(), sightings);
    }
}
