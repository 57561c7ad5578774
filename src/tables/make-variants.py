#!/usr/bin/env python3
"""Makes harder sets from sets whose truth is known, for learning the weights of arranging.

usage: make-variants.py SET FOLDER

SET holds `t/` and `truth.tsv` (file, statement, language). Written below FOLDER, each a set of its own,
all chance taken from the file names, so that the same set gives the same variants:

damaged    up to 40 % of the blocks of each text dropped, a block moved, blocks of other texts and furniture
           put in
halved     the first and the second half of each text as two statements: stories on one event that share
           names and days
renumbered some statements once more with six and more other numbers: announcements after one template
reprinted  each text once more in its language, shortened, with furniture: reprints
small-N    archives of three to sixteen texts: some statements and single texts
"""
import hashlib
import os
import random
import re
import sys

FURNITURE = ["Share", "Read also", "Print this page", "© All rights reserved", "Subscribe to our newsletter",
             "Photo: archive", "Follow us", "Comments (0)", "Home / News / Society"]


def read(folder):
    rows = [line.rstrip("\n").split("\t") for line in open(folder + "/truth.tsv", encoding="utf-8")]
    texts = {}
    for name, statement, lang in (row[:3] for row in rows):
        text = open(f"{folder}/t/{name}", encoding="utf-8").read()
        blocks = [block for block in re.split(r"\n\s*\n", text) if block.strip()]
        texts[name] = (statement, lang, blocks)
    return texts


def write(folder, rows):
    os.makedirs(folder + "/t", exist_ok=True)
    with open(folder + "/truth.tsv", "w", encoding="utf-8") as truth:
        for name, statement, lang, blocks in rows:
            if blocks:
                open(f"{folder}/t/{name}", "w", encoding="utf-8").write("\n\n".join(blocks) + "\n")
                truth.write(f"{name}\t{statement}\t{lang}\n")


def dice(*words):
    return random.Random(int.from_bytes(hashlib.sha256("\0".join(words).encode()).digest()[:8], "big"))


def damaged(texts, name, most=0.4):
    statement, lang, blocks = texts[name]
    roll = dice("damaged", name)
    share = roll.uniform(0, most)
    kept = [block for block in blocks if roll.random() >= share] or blocks[:1]
    if len(kept) > 3 and roll.random() < 0.6:
        size = roll.randint(1, max(1, len(kept) // 4))
        at = roll.randrange(len(kept) - size + 1)
        moved, kept = kept[at:at + size], kept[:at] + kept[at + size:]
        at = roll.randrange(len(kept) + 1)
        kept[at:at] = moved
    others = sorted(texts)
    for _ in range(roll.randint(0, max(1, len(kept) // 6))):
        kept.insert(roll.randrange(len(kept) + 1), roll.choice(texts[roll.choice(others)][2]))
    for _ in range(roll.randint(0, 3)):
        kept.insert(roll.choice([0, len(kept)]), roll.choice(FURNITURE))
    return name, statement, lang, kept


def halved(texts):
    for name, (statement, lang, blocks) in texts.items():
        if len(blocks) >= 6:
            for part in (0, 1):
                kept = blocks[:len(blocks) // 2] if part == 0 else blocks[len(blocks) // 2:]
                yield f"{part}-{name}", f"{part}-{statement}", lang, kept
        else:
            yield name, statement, lang, blocks


def renumbered(texts):
    for name, (statement, lang, blocks) in texts.items():
        yield name, statement, lang, blocks
        table = {}

        def other(match, statement=statement, table=table):
            digits = match.group()
            if digits not in table:
                roll = dice("number", statement, digits)
                table[digits] = "".join(roll.choice("0123456789") for _ in digits) if roll.random() < 0.7 else digits
            return table[digits]

        copy = [re.sub(r"[0-9]+", other, block) for block in blocks]
        changed = sum(1 for digits, new in table.items() if digits != new)
        if changed >= 6 and dice("copy", statement).random() < 0.4:
            yield "r-" + name, "r-" + statement, lang, copy


def reprinted(texts):
    for name, (statement, lang, blocks) in texts.items():
        yield name, statement, lang, blocks
        roll = dice("again", name)
        if roll.random() < 0.3:
            kept = [block for block in blocks if roll.random() >= 0.2] or blocks
            yield "p-" + name, statement, lang, kept + [roll.choice(FURNITURE)]


def small(texts, number):
    roll = dice("small", str(number))
    groups = {}
    for name, (statement, _, _) in sorted(texts.items()):
        groups.setdefault(statement, []).append(name)
    chosen = roll.sample(sorted(groups), min(len(groups), roll.randint(1, 4)))
    names = [name for key in chosen for name in groups[key][:roll.randint(1, 5)]]
    names += roll.sample(sorted(texts), min(len(texts), roll.randint(2, 5)))
    return [(name, *texts[name]) for name in sorted(set(names))[:16]]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, target = sys.argv[1:]
    texts = read(source)
    write(target + "/damaged", [damaged(texts, name) for name in texts])
    write(target + "/halved", list(halved(texts)))
    write(target + "/renumbered", list(renumbered(texts)))
    write(target + "/reprinted", list(reprinted(texts)))
    for number in range(30):
        write(f"{target}/small-{number:02}", small(texts, number))
