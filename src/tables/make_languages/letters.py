"""Texts as `src/accession/identify/letters.rs` spells them; the two must agree.

Letters of one script in lower case as an array of code points; one space for anything else.
"""

import re
from pathlib import Path

import numpy as np

SPACE, APOSTROPHE = 0x20, 0x27
APOSTROPHES = [ord(c) for c in "'`´‘’ʹʻʼʾʿ"]
RANGE = re.compile(r"\((0x\w+), (0x\w+), Script::(\w+)\)")
SOURCE = Path(__file__).parents[2] / "accession" / "identify" / "scripts.rs"
SILENT = re.compile("[\u00ad\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06ed]")
ADDRESS = re.compile(r"(?<!\S)(?:[^\s/]*@\S*|\S*://\S*|www\.\S*)")


def read_scripts():
    """The number of the script of every code point, and the numbers of the scripts by name."""
    ranges = [(int(a, 16), int(b, 16), name) for a, b, name in RANGE.findall(SOURCE.read_text("utf-8"))]
    numbers = {name: i + 1 for i, name in enumerate(sorted({name for _, _, name in ranges}))}
    scripts = np.zeros(0x110000, np.uint8)
    for first, last, name in ranges:
        scripts[first:last + 1] = numbers[name]
    return scripts, numbers


SCRIPTS, NUMBERS = read_scripts()
LOWER = np.arange(0x110000, dtype=np.uint32)
for code in [*range(0x41, 0x590), *range(0x1E00, 0x2000), *range(0x2C60, 0x2C80), *range(0xA640, 0xA800)]:
    LOWER[code] = ord(chr(code).lower()[0])
MEMBERS = {"Latn": ["Latn", "Zinh"], "Cyrl": ["Cyrl", "Zinh"], "Hani": ["Hani", "Kana", "Bopo"]}


def letters(text, script):
    text = ADDRESS.sub(" ", SILENT.sub("", text))
    codes = np.frombuffer(text.encode("utf-32-le", "ignore"), np.uint32)
    member = np.isin(SCRIPTS[codes], [NUMBERS[name] for name in MEMBERS.get(script, [script])])
    spelt = np.where(member, LOWER[codes], SPACE).astype(np.uint32)
    before, after = np.roll(member, 1), np.roll(member, -1)
    before[:1] = after[-1:] = False
    spelt[np.isin(codes, APOSTROPHES) & ~member & before & after] = APOSTROPHE
    spelt = np.concatenate(([SPACE], spelt, [SPACE])).astype(np.uint32)
    kept = np.ones(len(spelt), bool)
    kept[1:] = (spelt[1:] != SPACE) | (spelt[:-1] != SPACE)
    return spelt[kept]


def share(text, scripts):
    """Letters of the given scripts and all letters in a text."""
    codes = SCRIPTS[np.frombuffer(text.encode("utf-32-le", "ignore"), np.uint32)]
    codes = codes[codes > 0]
    return int(np.isin(codes, [NUMBERS[name] for name in scripts]).sum()), len(codes)
