#!/usr/bin/env python3
"""Makes dates.tsv, the names of months and weekdays, from the npm package `cldr-dates-full`.

Usage: npm pack cldr-dates-full && tar xzf cldr-dates-full-*.tgz && make-dates.py package > dates.tsv

One row a name: name, kind (`m` month, `d` weekday), number (1-12; Monday is 1), languages by their
base subtag, with regional usage merged into the language. Names are in lower case without a final full
stop. Numbers and one-letter names are left out.
"""
import json
import pathlib
import sys
import unicodedata

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DROPPED = {"\u0640"} | {chr(c) for c in range(0x064B, 0x0660)} | {"\u200e", "\u200f", "\u061c"}

# Forms in the press that the registry does not list.
MORE = {
    "ar": {1: ["كانون الثاني"], 2: ["شباط"], 3: ["آذار", "مارس"], 4: ["نيسان"], 5: ["أيار", "مايو"],
           6: ["حزيران"], 7: ["تموز"], 8: ["آب"], 9: ["أيلول"], 10: ["تشرين الأول"],
           11: ["تشرين الثاني"], 12: ["كانون الأول"]},
    "en": {9: ["sept"]},
    "fi": {n: [m + "kuuta", m + "kuun"] for n, m in enumerate(
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split(), 1)},
    "la": dict(enumerate([["ianuarii"], ["februarii"], ["martii"], ["aprilis"], ["maii"], ["iunii"],
                          ["iulii"], ["augusti"], ["septembris"], ["octobris"], ["novembris"],
                          ["decembris"]], 1)),
}


MORE_DAYS = {"ar": {1: ["الإثنين", "الاثنين"], 3: ["الأربعاء", "الاربعاء"], 7: ["الأحد"]}}


# Greek capitals have no accents, so that small letters are compared without them.
GREEK = str.maketrans("άέήίϊΐόύϋΰώς", "αεηιιιουυυωσ")


def fold(name):
    text = unicodedata.normalize("NFC", name.lower()).translate(GREEK)
    text = "".join(c for c in text if c not in DROPPED)
    return " ".join(text.split()).rstrip(".").strip()


def good(name):
    # Marks count: the name of May is one letter and one vowel sign in Bengali and Tamil.
    letters = [c for c in name if c.isalpha() or unicodedata.category(c)[0] == "M"]
    return len(letters) >= 2 and not any(c.isdigit() for c in name) and "\t" not in name


def main(package):
    rows = {}

    def add(name, kind, number, lang):
        name = fold(name)
        if good(name):
            rows.setdefault((name, kind, number), set()).add(lang)

    for folder in sorted((pathlib.Path(package) / "main").iterdir()):
        lang = folder.name.split("-")[0]
        path = folder / "ca-gregorian.json"
        if lang == "root" or lang == "und" or not path.exists():
            continue
        dates = json.loads(path.read_text())["main"][folder.name]["dates"]["calendars"]["gregorian"]
        for shape in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in dates["months"][shape][width].items():
                    add(name, "m", int(number), lang)
            for day, name in dates["days"][shape]["wide"].items():
                add(name, "d", DAYS.index(day) + 1, lang)
    for lang, months in MORE.items():
        for number, names in months.items():
            for name in names:
                add(name, "m", number, lang)
    for lang, days in MORE_DAYS.items():
        for number, names in days.items():
            for name in names:
                add(name, "d", number, lang)
    for (name, kind, number), langs in sorted(rows.items()):
        print(name, kind, number, ",".join(sorted(langs)), sep="\t")


main(sys.argv[1])
