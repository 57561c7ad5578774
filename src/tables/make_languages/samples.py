"""Chooses and cuts the texts that are learnt from, and those that are kept apart for measuring."""

import collections
import random
import re
import unicodedata
import zlib

import letters
from sources import SCRIPT, SOURCES

# Letters learnt from per language, shared out among its sources in these proportions.
LETTERS = 220_000
PORTION = {"udhr": 3, "man": 0.35, "libreoffice": 0.5, "cldr": 0.3, "django": 0.5, "words": 0.35}
READ = 1_500_000  # bytes of a source in a language that are looked at
CLUSTER = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani"}
MEMBERS = {"Hani": ["Hani", "Kana"], "Kore": ["Hang"]}
TRANSLITERATED = ("cldr", "mediawiki", "wordpress", "libreoffice", "django")
SERBIAN = str.maketrans(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš")) | {"љ": "lj", "њ": "nj", "џ": "dž"}
    | dict(zip("АБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ", "ABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ")) | {"Љ": "Lj", "Њ": "Nj", "Џ": "Dž"})

MARKUP = [(re.compile(pattern), by) for pattern, by in [
    (r"<!--.*?-->|<[^<>]{1,300}>", " "),
    (r"(?i)\{\{(?:plural|grammar|gender)[^|{}]*\|([^{}|]*)[^{}]*\}\}", r"\1"), (r"\{\{[^{}]*\}\}|\{[^{}]*\}", " "),
    (r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1"), (r"\[?https?:\S+|\b[\w.]+@[\w.]+|&[a-z]+;|&#\d+;", " "),
    (r"%\([^)]*\)[a-z]|%[-0-9.$]*[a-zA-Z%]|\$\d|\$[A-Za-z_]+|%\d|@[A-Za-z_]+@?", " "),
    (r"(?<=\w)[~_&](?=\w)|[~&](?=\w)|_(?=\w)", ""), (r"\\[nt\"]|'{2,}|={2,}|[*#|_^~`\\]+|\s+", " "), (" +", " ")]]
SENTENCE = re.compile(r"(?<=[.!?։።။])\s+(?=\S)|(?<=[。！？।])\s*")


def cluster_of(tag):
    return CLUSTER.get(SCRIPT[tag], SCRIPT[tag])


def sentences(text):
    for pattern, by in MARKUP:
        text = pattern.sub(by, text)
    return [part.strip() for part in SENTENCE.split(unicodedata.normalize("NFC", text))]


def proper(tag, text):
    """Whether a text is mostly in the script of its language, and long enough to say anything."""
    if len(text.encode()) < 18:
        return False
    cluster = cluster_of(tag)
    own, all_letters = letters.share(text, MEMBERS.get(cluster, [cluster]))
    return own >= 8 and own >= 0.7 * all_letters


def read(root):
    """Texts to learn from by language and source, and texts kept apart as (language, text)."""
    learnt, apart = collections.defaultdict(lambda: collections.defaultdict(list)), []
    seen, size = set(), collections.Counter()
    for source, reader in SOURCES.items():
        for tag, part, text in reader(root):
            if size[tag, source] > READ or tag not in SCRIPT:
                continue
            for sentence in sentences(text):
                mark = (tag, zlib.crc32(sentence.encode()))
                if mark in seen or not proper(tag, sentence):
                    continue
                seen.add(mark)
                size[tag, source] += len(sentence.encode())
                # Every third article of the declaration is for measuring only.
                if source == "udhr" and part % 3 == 2:
                    apart.append((tag, sentence))
                    continue
                learnt[tag][source].append(sentence)
                if tag == "sr" and source in TRANSLITERATED:
                    learnt["sr-Latn"][source].append(sentence.translate(SERBIAN))
    return learnt, apart


def allot(sizes):
    """How much is taken of each source: all of the small ones, the rest in proportion."""
    taken, left, open_sources = {}, LETTERS, sorted(sizes)
    while open_sources:
        weight = sum(PORTION.get(source, 1) for source in open_sources)
        small = [s for s in open_sources if sizes[s] <= left * PORTION.get(s, 1) / weight]
        for source in small or open_sources:
            taken[source] = min(sizes[source], left * PORTION.get(source, 1) / weight)
        if not small:
            break
        left -= sum(sizes[source] for source in small)
        open_sources = [s for s in open_sources if s not in small]
    return taken


def choose(learnt, scripts):
    """(language, source, letters) of the chosen texts in the given scripts, by script."""
    chance, chosen = random.Random(1), collections.defaultdict(list)
    for tag in sorted(tag for tag in learnt if cluster_of(tag) in scripts):
        taken = allot({source: sum(map(len, texts)) for source, texts in learnt[tag].items()})
        for source, texts in sorted(learnt[tag].items()):
            texts = texts if source == "udhr" else joined(texts, chance)
            chance.shuffle(texts)
            left = taken[source]
            for text in texts:
                if left <= 0:
                    break
                left -= len(text)
                spelt = letters.letters(cut(text, chance), cluster_of(tag))
                if len(spelt) > 5:
                    chosen[cluster_of(tag)].append((tag, source, spelt))
    return chosen


def joined(texts, chance):
    """Runs of one to three neighbours as one text: many are short."""
    runs, start = [], 0
    while start < len(texts):
        length = chance.choice([1, 1, 2, 3])
        runs.append(" . ".join(texts[start:start + length]))
        start += length
    return runs


def cut(text, chance):
    """At most 250 characters, and sometimes no more than 60."""
    length = 250 if len(text) > 300 else 60 if len(text) > 100 and chance.random() < 0.3 else len(text)
    start = chance.randrange(len(text) - length + 1)
    return text[start:start + length]
