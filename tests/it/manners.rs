//! Facts that a language tells in its own manner: an hour, a year of its calendar, its units and its decimals are
//! no other facts, and are told where they are altered.

use crate::facts::findings;

/// Facts that two versions tell alike and a third in the manner of its own language: what the two say, and what the
/// third says before and behind the fact, the fact as it should be and as it should not.
type Fact = ([(&'static str, &'static str); 2], &'static str, [&'static str; 4]);

/// Hours, years of another calendar, units and decimals.
const OWN_MANNER: [Fact; 5] = [
    (
        [
            ("en", "The council of Lindau met at 7:45 p.m. with Viktor Palmgren."),
            ("de", "Der Rat von Lindau trat um 19.45 Uhr mit Viktor Palmgren zusammen."),
        ],
        "fr",
        ["Le conseil de Lindau s'est réuni à ", " avec Viktor Palmgren.", "19 h 45", "18 h 45"],
    ),
    (
        [
            ("en", "The dam at Lindau was opened in 2022 by Viktor Palmgren."),
            ("de", "Der Damm bei Lindau wurde 2022 von Viktor Palmgren eröffnet."),
        ],
        "fa",
        ["سد لینداو در سال ", " توسط ویکتور پالمگرن افتتاح شد.", "۱۴۰۱", "۱۴۰۸"],
    ),
    (
        [
            ("en", "Viktor Palmgren left Lindau on 12 April 2025 by train."),
            ("de", "Viktor Palmgren verließ Lindau am 12. April 2025 mit dem Zug."),
        ],
        "fa",
        ["ویکتور پالمگرن در ", " لینداو را با قطار ترک کرد.", "۲۳ فروردین ۱۴۰۴", "۲۸ فروردین ۱۴۰۴"],
    ),
    (
        [
            ("de", "Viktor Palmgren fuhr von Lindau 80 Kilometer nach Norden."),
            ("fr", "Viktor Palmgren a parcouru 80 kilomètres au nord de Lindau."),
        ],
        "en",
        ["Viktor Palmgren drove ", " miles north from Lindau.", "50", "40"],
    ),
    (
        [
            ("en", "The price in Lindau rose by 35.2 percent, said Viktor Palmgren."),
            ("de", "Der Preis in Lindau stieg um 35,2 Prozent, sagte Viktor Palmgren."),
        ],
        "fa",
        ["ویکتور پالمگرن گفت قیمت در لینداو ", " درصد افزایش یافت.", "۳۵/۲", "۳۸/۲"],
    ),
];

#[test]
fn a_fact_in_the_manner_of_its_language_is_told_only_if_it_differs() {
    for ([one, other], tag, [front, behind, same, differs]) in OWN_MANNER {
        let told = |fact: &str| {
            let third = [front, fact, behind].concat();
            let texts = [one, other, (tag, third.as_str())];
            findings(&texts.map(|(tag, text)| (tag, [text, "", "", "", "", ""])))
        };
        assert_eq!(told(same), [], "{same}");
        assert!(!told(differs).is_empty(), "{differs}");
    }
}

#[test]
fn the_minutes_of_an_hour_are_not_what_a_hedge_belongs_to() {
    let texts = [
        ("en", "The ferry Sirena ran aground at 11:20 p.m., some 12 miles off the island of Veld."),
        (
            "de",
            "Die Fähre Sirena lief um 23.20 Uhr rund 20 Kilometer vor der Insel Veld auf Grund.",
        ),
        (
            "nl",
            "De veerboot Sirena liep om 23.20 uur zo'n 20 kilometer voor het eiland Veld aan de grond.",
        ),
    ];
    assert_eq!(findings(&texts.map(|(tag, text)| (tag, [text, "", "", "", "", ""]))), []);
}
