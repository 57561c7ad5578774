#!/usr/bin/env python3
"""Makes harder sets from sets whose truth is known, for learning the weights of arranging.

usage: make-variants.py FOLDER SET…

SET holds `t/` and `truth.tsv` (file, statement, language). Written below FOLDER/SET, each a set of its own,
all chance taken from the file names, so that the same set gives the same variants:

damaged    up to 40 % of the blocks of each text dropped, a block moved, blocks of other texts and furniture
           put in
halved     the first and the second half of each text as two statements: stories on one event that share
           names and days
retold     two stories on one event: every second block of a text, and the others in another order among
           blocks of a text about something else
renumbered some statements once more with six and more other numbers: announcements after one template
reprinted  each text once more in its language, shortened, with furniture: reprints
small-N    archives of three to sixteen texts: some statements and single texts
medium/KIND-N  archives of eight to twenty-four statements, whole or of one of the kinds above but reprinted

Below FOLDER/mixed, from all SETs together:

small-N    archives of three to twenty texts, most of them about something else than any other; every second
           archive of the first blocks of its texts alone, every third of texts in unknown languages
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


def retold(texts):
    languages, statements = {}, sorted({row[0] for row in texts.values()})
    for name, (statement, lang, _) in sorted(texts.items()):
        languages.setdefault((statement, lang), name)
    for name, (statement, lang, blocks) in texts.items():
        if len(blocks) < 6:
            yield name, statement, lang, blocks
            continue
        yield "0-" + name, "0-" + statement, lang, blocks[::2]
        roll = dice("retold", statement)
        others = [roll.choice(statements) for _ in range(3)]
        found = [languages[other, lang] for other in others if (other, lang) in languages]
        rest = blocks[1::2] + (texts[found[0]][2][2:7] if found else [])
        places = [roll.random() for _ in range(400)]
        order = sorted(range(len(rest)), key=lambda at: places[at * 400 // len(rest) if len(rest) > 400 else at])
        yield "1-" + name, "1-" + statement, lang, [rest[at] for at in order]


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


def medium(rows, name):
    roll, groups, related = dice("medium", name), {}, {}
    for row in rows:
        groups.setdefault(row[1], []).append(row)
    for key in groups:
        related.setdefault(re.sub("^[01r]-", "", key), []).append(key)
    chosen = roll.sample(sorted(related), min(len(related), roll.randint(8, 24)))
    return [row for base in chosen for key in related[base] for row in groups[key][:roll.randint(1, 6)]]


def mixed(texts, number):
    roll = dice("mixed", str(number))
    groups = {}
    for name, (statement, _, _) in sorted(texts.items()):
        groups.setdefault(statement, []).append(name)
    chosen = roll.sample(sorted(groups), roll.randint(0, 3))
    names = [name for key in chosen for name in roll.sample(groups[key], min(len(groups[key]), roll.randint(2, 4)))]
    names += [roll.choice(groups[key]) for key in roll.sample(sorted(groups), roll.randint(3, 8))]
    first = roll.randint(2, 6) if number % 2 else None
    rows = [(name, *texts[name]) for name in sorted(set(names))]
    return [(name, key, lang if number % 3 else "und", blocks[:first]) for name, key, lang, blocks in rows]


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    together = {}
    for source in sys.argv[2:]:
        texts, base = read(source), os.path.basename(source.rstrip("/"))
        target = f"{sys.argv[1]}/{base}"
        kinds = {variant.__name__: list(variant(texts)) for variant in (halved, retold, renumbered, reprinted)}
        kinds["damaged"] = [damaged(texts, name) for name in texts]
        for kind, rows in kinds.items():
            write(f"{target}/{kind}", rows)
        kinds["whole"] = [(name, *row) for name, row in texts.items()]
        for kind in sorted(kinds.keys() - {"reprinted"}):
            for number in range(8):
                write(f"{target}/medium/{kind}-{number}", medium(kinds[kind], f"{base} {kind} {number}"))
        for number in range(30):
            write(f"{target}/small-{number:02}", small(texts, number))
        together |= {f"{base}-{name}": (f"{base}-{row[0]}", *row[1:]) for name, row in texts.items()}
    for number in range(200):
        write(f"{sys.argv[1]}/mixed/small-{number:03}", mixed(together, number))
