#!/usr/bin/env python3
"""Makes concepts.bin, the table of concepts, from four packages of Unicode CLDR.

usage: npm pack cldr-localenames-full@48 cldr-dates-full@48 cldr-annotations-full@48 cldr-numbers-full@48
       (unpack each into a folder of its name without the version)
       pip install anyascii
       make-concepts.py FOLDER concepts.bin

What it takes: names of territories and languages, exemplar cities, months, weekdays, words for
thousand to 10^12, and the names and keywords of emoji, which are a dictionary of common nouns.
The stem of a word and its hash are those of src/vocab/evidence (words.rs, hash.rs); both must change
together. The layout is described in src/vocab/evidence/concepts.rs.
"""
import collections
import json
import pathlib
import re
import struct
import sys
import unicodedata

from anyascii import anyascii

MOST = 5            # a key with more concepts says too little
LEAST_KEYS = 300    # a language with fewer keys is left out
SAME = {"zh-Hant": "zh", "sr-Latn": "sr", "pt-PT": "pt", "nb": "no"}  # variants that share one row
CONTINUOUS = re.compile(
    "[\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e01-\u0fff\u1000-\u109f\u1780-\u17ff]+")
MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
                   "\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
ARABIC = re.compile("[\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
HANGUL = re.compile("[\uac00-\ud7af]")
PLAIN = str.maketrans("أإآٱىیئةکؤ", "اااايييهكو")


def is_latin(c):
    return unicodedata.name(c, "").startswith("LATIN") or c in "ªº"


def fold(word):
    folded = []
    for c in MARKS.sub("", word):
        if c.isascii():
            folded.append(c.lower())
        elif is_latin(c):
            folded.append("".join(x for x in anyascii(c).lower() if x.isalpha()))
        elif ARABIC.match(c):
            folded.append(c.translate(PLAIN))
        else:
            folded.append(c.lower())
    return "".join(folded)


def arabic_prefix(word):
    particle = 1 if word[:1] in "وفبكل" and word else 0

    def article(at):
        pair = word[at:at + 2]
        return pair == "ال" or at == 0 and pair == "لل"

    prefix = particle + 2 if article(particle) else 2 if article(0) else 0
    return prefix if len(word) >= prefix + 3 else 0


def stem(word):
    word = fold(word)
    if ARABIC.search(word):
        word = word[arabic_prefix(word):]
    if HANGUL.search(word):
        return word
    return word[:min(6, max(4, len(word) - 2))]


def keys(name):
    """The keys under which a name is found: runs of unspaced scripts whole, words by stem."""
    for run in CONTINUOUS.findall(name):
        if len(run) >= 2:
            yield fold(run)
    rest = CONTINUOUS.sub(" ", name)
    words = [w for w in re.findall(r"[^\W\d_]+(?:[\u0900-\u0dff\u0300-\u036f]+[^\W\d_]*)*", rest)]
    if len(words) == 1 and len(words[0]) >= (2 if HANGUL.search(words[0]) else 3):
        yield stem(words[0])
    elif len(words) <= 4:
        for word in words:
            if len(word) >= (2 if HANGUL.search(word) else 4):
                yield stem(word)


def fingerprint(key):
    value = 0xcbf29ce484222325
    for byte in key.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001b3) & 0xffffffffffffffff
    value = ((value ^ value >> 33) * 0xff51afd7ed558ccd) & 0xffffffffffffffff
    value = ((value ^ value >> 33) * 0xc4ceb9fe1a85ec53) & 0xffffffffffffffff
    return (value ^ value >> 33) >> 40


def load(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


class Table:
    """Concept -> words, language by language."""

    def __init__(self, root):
        self.root = root
        self.ids = {}
        for i in range(12):
            self.ids["month", str(i + 1)] = i
        for i, day in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]):
            self.ids["day", day] = 12 + i
        for i in range(4):
            self.ids["ten", 3 * (i + 1)] = 19 + i
        self.words = collections.defaultdict(lambda: collections.defaultdict(set))

    def add(self, lang, concept, name):
        lang = SAME.get(lang, lang)
        number = self.ids.setdefault(concept, len(self.ids))
        for key in keys(name):
            self.words[lang][key].add(number)

    def locale(self, lang):
        self.names(lang)
        self.dates(lang)
        self.cities(lang)
        self.magnitudes(lang)
        self.annotations(lang)

    def names(self, lang):
        base = self.root / "cldr-localenames-full/main" / lang
        data = load(base / "territories.json")
        if data:
            for code, name in data["main"][lang]["localeDisplayNames"]["territories"].items():
                if name != code and "alt" not in code.replace("-alt-variant", "").replace(
                        "-alt-short", ""):
                    self.add(lang, ("territory", code.split("-")[0]), name)
        data = load(base / "languages.json")
        if data:
            for code, name in data["main"][lang]["localeDisplayNames"]["languages"].items():
                if name != code and "-" not in code and code in self.known:
                    self.add(lang, ("language", code), name)

    def dates(self, lang):
        data = load(self.root / "cldr-dates-full/main" / lang / "ca-gregorian.json")
        if not data:
            return
        calendar = data["main"][lang]["dates"]["calendars"]["gregorian"]
        for kind, field in (("month", "months"), ("day", "days")):
            for form in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    for code, name in calendar[field][form][width].items():
                        if not re.search(r"\d", name) and not re.match(r"M\d", name):
                            self.add(lang, (kind, code), name.strip("."))

    def cities(self, lang):
        data = load(self.root / "cldr-dates-full/main" / lang / "timeZoneNames.json")
        if not data:
            return
        zones = data["main"][lang]["dates"]["timeZoneNames"].get("zone", {})

        def walk(node, path):
            for name, value in node.items():
                if name == "exemplarCity":
                    self.add(lang, ("city", path), value)
                elif isinstance(value, dict):
                    walk(value, name)

        walk(zones, "")

    def magnitudes(self, lang):
        data = load(self.root / "cldr-numbers-full/main" / lang / "numbers.json")
        if not data:
            return
        numbers = data["main"][lang]["numbers"]
        for width in ("long", "short"):
            formats = numbers.get("decimalFormats-numberSystem-latn", {}).get(width, {})
            for name, pattern in formats.get("decimalFormat", {}).items():
                power, _, rest = name.partition("-")
                zeros = len(power) - 1
                if zeros in (3, 6, 9, 12) and pattern.count("0") == 1 and "alt" not in rest:
                    word = pattern.replace("0", "").replace("'", "").strip(" .\u00a0")
                    if len(word) >= 3:
                        self.add(lang, ("ten", zeros), word)

    def annotations(self, lang):
        data = load(self.root / "cldr-annotations-full/annotations" / lang / "annotations.json")
        if not data:
            return
        for symbol, entry in data["annotations"].get("annotations", {}).items():
            if symbol in self.symbols:
                for name in entry.get("default", []) + entry.get("tts", []):
                    self.add(lang, ("symbol", symbol), name)

    def choose(self, langs):
        """Symbols and languages that enough locales name."""
        seen = collections.Counter()
        for lang in langs:
            data = load(self.root / "cldr-annotations-full/annotations" / lang / "annotations.json")
            if data:
                seen.update(k for k in data["annotations"].get("annotations", {})
                            if "\u200d" not in k and not re.search("[\U0001f3fb-\U0001f3ff]", k))
        self.symbols = {s for s, n in seen.items() if n >= 40}
        seen = collections.Counter()
        for lang in langs:
            data = load(self.root / "cldr-localenames-full/main" / lang / "languages.json")
            if data:
                names = data["main"][lang]["localeDisplayNames"]["languages"]
                seen.update(c for c, n in names.items() if n != c)
        self.known = {c for c, n in seen.items() if n >= 60}

    def transliteration(self):
        data = load(self.root / "cldr-dates-full/main/zh/timeZoneNames.json")
        text = json.dumps(data["main"]["zh"]["dates"]["timeZoneNames"]["zone"], ensure_ascii=False)
        data = load(self.root / "cldr-localenames-full/main/zh/territories.json")
        text += "".join(data["main"]["zh"]["localeDisplayNames"]["territories"].values())
        count = collections.Counter(c for c in text if "\u4e00" <= c <= "\u9fff")
        drop = set("岛群和国共洲部北南东西中新大亚时间地区圣联合")
        return sorted(ord(c) for c, n in count.items() if n >= 2 and c not in drop)


def pack(table, langs):
    header = table.transliteration()
    out = [b"HXC1", struct.pack("<H", len(header)), *(struct.pack("<H", c) for c in header)]
    bodies = []
    for lang in langs:
        rows, lists, places = {}, [], {}
        for key, concepts in sorted(table.words[lang].items()):
            concepts = tuple(sorted(concepts))
            if len(concepts) > MOST or not key:
                continue
            value = concepts[0]
            if len(concepts) > 1:
                if concepts not in places:
                    places[concepts] = len(lists)
                    lists += [len(concepts), *concepts]
                value = 0x8000 + places[concepts]
            rows.setdefault(fingerprint(key), value)
        longest = max((len(k) for k in table.words[lang]), default=0)
        keys = b"".join(struct.pack("<IH", p, v)[:3] + struct.pack("<H", v)
                        for p, v in sorted(rows.items()))
        bodies.append((lang, len(rows), min(longest, 12), keys,
                       b"".join(struct.pack("<H", x) for x in lists)))
    bodies = [b for b in bodies if b[1] >= LEAST_KEYS]
    out.append(struct.pack("<H", len(bodies)))
    at = sum(map(len, out)) + 20 * len(bodies)
    for lang, count, longest, keys, lists in bodies:
        out.append(lang.encode().ljust(8, b"\0") + struct.pack(
            "<IIHBB", at, at + len(keys), count, longest, 0))
        at += len(keys) + len(lists)
    for _, _, _, keys, lists in bodies:
        out += [keys, lists]
    return b"".join(out)


def main():
    root = pathlib.Path(sys.argv[1])
    everywhere = sorted(p.name for p in (root / "cldr-localenames-full/main").iterdir())
    langs = [x for x in everywhere if "-" not in x or x in SAME]
    table = Table(root)
    table.choose(langs)
    for lang in langs:
        table.locale(lang)
    packed = pack(table, sorted(table.words))
    pathlib.Path(sys.argv[2]).write_bytes(packed)
    print(len(table.ids), "concepts,", len(packed), "bytes")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main()
