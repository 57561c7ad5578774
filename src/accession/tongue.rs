//! The language of a text by its script and its commonest words: a measure for few languages.

use crate::vocab::lang::Lang;

/// Common words by language.
const WORDS: &[(&str, &str)] = &[
    ("pl", "w z na się nie jest że do oraz przez i o po są"),
    ("fr", "le la les des et du une est dans que pour sur au"),
    ("en", "the of and to in is that for on with was by are"),
    ("de", "der die und das den von mit ist des im für dem nicht"),
    ("es", "el la los de las y en que una por del con se"),
    ("pt", "o os de do da e em que uma para com não dos"),
    ("it", "il di che e la per un del della in non sono"),
    ("tr", "ve bir bu için ile da de olarak olan"),
    ("ru", "и в не на что с по из для что как был"),
    ("uk", "і в не на що з та до у від як про був"),
    ("kk", "және мен бұл үшін бір деп де да бойынша"),
    ("nl", "de het een van en in is dat op te zijn met voor"),
    ("cs", "a v na se je že s o do ve pro jsou"),
    ("sv", "och att det i en som är på för av med"),
    ("hu", "a az és hogy nem is egy van meg"),
    ("fa", "و در به از که این را با است"),
    ("ar", "في من على أن إلى عن التي هذا"),
];

/// What a text is taken to be written in.
pub(crate) fn identify(text: &str) -> Lang {
    let count = |from: char, to: char| text.chars().filter(|c| (from..=to).contains(c)).count();
    let scripts = [
        ("ja", count('\u{3040}', '\u{30ff}') * 3),
        ("zh", count('\u{4e00}', '\u{9fff}')),
        ("ko", count('\u{ac00}', '\u{d7a3}')),
        ("hi", count('\u{900}', '\u{97f}')),
        ("el", count('\u{370}', '\u{3ff}')),
        ("he", count('\u{5d0}', '\u{5ea}')),
        ("ka", count('\u{10a0}', '\u{10ff}')),
    ];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let script = scripts.into_iter().max_by_key(|it| it.1).filter(|it| it.1 * 2 > letters);
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let score = |list: &str| {
        words.iter().filter(|word| list.split(' ').any(|it| it == word.as_str())).count()
    };
    let spoken = WORDS.iter().map(|it| (it.0, score(it.1))).max_by_key(|it| it.1).filter(|it| it.1 > 1);
    let tag = script.or(spoken).map_or("und", |it| it.0);
    Lang::parse(tag).unwrap_or_else(Lang::undetermined)
}
