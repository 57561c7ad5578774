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
bulletins  some statements once more with every number another, and up to half of the blocks of other texts:
           what an institution says every month in the same words
reprinted  some texts once more in their language, edited as outlets do: blocks left out or added, another
           title, words changed, all of it in other words but for names and numbers (as a second translation
           is), blocks joined or parted, a figure put right
unfinished some texts with up to four fifths of their blocks as another version, mostly the English one, has them:
           translations left half done, as manuals and wikis have them
small-N    archives of three to sixteen texts: some statements, reprints and single texts
press-N    archives of one language: texts, reprints, and bulletins
medium/KIND-N  archives of eight to twenty-four statements, whole or of one of the kinds above

Below FOLDER/mixed, from all SETs together:

small-N    archives of three to twenty texts, most of them about something else than any other; every second
           archive of the first blocks of its texts alone, every third of texts in unknown languages

Below FOLDER/few/learn and FOLDER/few/test, each from one half of the statements of all SETs together:

notices-N  archives of two to some forty texts of one sentence to some pages each, every third of one language, with
           versions, reprints and many texts about something else; two of five of them with texts that are halved,
           retold, renumbered or bulletins: where little is said, two texts agree in it by chance
medium-SIZE-N  the same with so many texts, or somewhat more
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


def bulletins(texts):
    languages = {}
    for name, (_, lang, _) in sorted(texts.items()):
        languages.setdefault(lang, []).append(name)
    for name, (statement, lang, blocks) in texts.items():
        yield name, statement, lang, blocks
        roll = dice("bulletin", statement)
        if roll.random() < 0.5:
            continue
        share = roll.choice([0, 0, 0.25, 0.5])
        other = lambda match, statement=statement: dice("figure", statement, match.group()).choice(
            [str(int(match.group()) + add) for add in (1, 2, 7, 13, 40)])
        copy = [re.sub(r"[0-9]+", other, block) for block in blocks]
        for at in range(1, len(copy)):
            if dice("block", statement, str(at * 40 // len(copy))).random() < share:
                copy[at] = roll.choice(texts[roll.choice(languages[lang])][2])
        if len({digits for block in blocks for digits in re.findall("[0-9]+", block)}) >= 2:
            yield "b-" + name, "b-" + statement, lang, copy


def reworded(roll, block, share, names=False):
    parts = re.findall(r"\S+|\s+", block)
    if sum(len(part) for part in parts) > 12 * len(parts):
        parts = [block[at:at + 2] for at in range(0, len(block), 2)]
    kept = []
    for part in parts:
        chance = roll.random()
        if chance > share or part.isspace() or names and (part[0].isupper() or re.search("[0-9]", part)):
            kept.append(part)
        elif chance > share / 2:
            kept.append(roll.choice(parts))
    return "".join(kept)


def edited(roll, blocks, others):
    """A text as an outlet prints it again: one to three things are done to it."""
    kept = list(blocks)
    for deed in roll.sample(["cut", "cut", "lines", "words", "words again", "figure", "joined", "parted", "added", "title"],
                            roll.choice([1, 1, 2, 3])):
        at = roll.randrange(len(kept))
        if deed == "cut":
            share = roll.uniform(0, 0.5)
            kept = kept[:1] + [block for block in kept[1:] if roll.random() >= share]
            if len(kept) == len(blocks) > 3:
                del kept[roll.randrange(1, len(kept))]
        elif deed == "lines":
            for _ in range(roll.randint(1, 4)):
                kept.insert(roll.choice([0, len(kept)]), roll.choice(FURNITURE))
        elif deed == "words":
            share = roll.uniform(0.01, 0.12)
            kept = [reworded(roll, block, share) for block in kept]
        elif deed == "words again":
            share = roll.uniform(0.3, 0.8)
            kept = [reworded(roll, block, share, True) for block in kept]
        elif deed == "figure":
            figures = [at for at, block in enumerate(kept) if re.search("[0-9]", block)]
            if len({it for block in kept for it in re.findall("[0-9]+", block)}) >= 4:
                at = roll.choice(figures)
                kept[at] = re.sub("[0-9]+", str(roll.randint(1, 3000)), kept[at], count=1)
        elif deed == "joined":
            kept = [" ".join(kept[at:at + 2]) for at in range(0, len(kept), 2)]
        elif deed == "parted":
            kept = [part for block in kept for part in re.split(r"(?<=[.!?。！？।])\s*(?=\S)", block)]
        elif deed == "added":
            for _ in range(max(1, int(len(kept) * roll.uniform(0, 0.5)))):
                kept.insert(roll.randrange(1, len(kept) + 1), roll.choice(roll.choice(others)[2]))
        elif deed == "title":
            kept = [roll.choice(others)[2][0]] + kept[1:]
    return [block for block in kept if block.strip()] or list(blocks)


def reprinted(texts):
    languages = {}
    for _, row in sorted(texts.items()):
        languages.setdefault(row[1], []).append(row)
    for name, (statement, lang, blocks) in texts.items():
        yield name, statement, lang, blocks
        roll = dice("again", name)
        for again in range(roll.choice([0, 0, 0, 1, 1, 2])):
            yield f"p{again}-{name}", statement, lang, edited(roll, blocks, languages[lang])


def unfinished(texts):
    sources = {}
    for _, (statement, lang, blocks) in sorted(texts.items()):
        if statement not in sources or lang.startswith("en"):
            sources[statement] = blocks
    for name, (statement, lang, blocks) in texts.items():
        roll, source = dice("unfinished", name), sources[statement]
        share = roll.choice([0, roll.uniform(0.1, 0.8)])
        if abs(len(source) - len(blocks)) <= len(source) // 10:
            blocks = [source[at * len(source) // len(blocks)] if roll.random() < share else block
                      for at, block in enumerate(blocks)]
        yield name, statement, lang, blocks


def small(texts, again, number):
    roll = dice("small", str(number))
    groups = {}
    for name, (statement, _, _) in sorted(texts.items()):
        groups.setdefault(statement, []).append(name)
    chosen = roll.sample(sorted(groups), min(len(groups), roll.randint(1, 4)))
    names = [name for key in chosen for name in groups[key][:roll.randint(1, 5)]]
    names += roll.sample(sorted(texts), min(len(texts), roll.randint(2, 5)))
    chosen = sorted(set(names))[:16]
    return [(name, *texts[name]) for name in chosen] + [row for name in chosen for row in again.get(name, [])]


def medium(rows, name):
    roll, groups, related = dice("medium", name), {}, {}
    for row in rows:
        groups.setdefault(row[1], []).append(row)
    for key in groups:
        related.setdefault(re.sub("^[01rb]-", "", key), []).append(key)
    chosen = roll.sample(sorted(related), min(len(related), roll.randint(8, 24)))
    return [row for base in chosen for key in related[base] for row in groups[key][:roll.randint(1, 6)]]


def press(texts, again, number):
    roll, languages = dice("press", str(number)), {}
    for name, row in sorted(texts.items()):
        languages.setdefault(row[1], []).append(name)
    names = languages[roll.choice(sorted(languages))]
    chosen = roll.sample(names, min(len(names), roll.randint(3, 12)))
    return [row for name in chosen for row in [(name, *texts[name]), *again.get(name, [])]]


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


def brief(blocks, letters):
    """The first sentences of a text, until they have so many letters, each two of Chinese or Japanese for one."""
    kept, count = [], 0
    for block in blocks:
        kept.append("")
        for sentence in re.split(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？।։])\s*(?=\S)", block.strip()):
            kept[-1] = f"{kept[-1]} {sentence}".strip()
            count += len(sentence) + len(re.findall("[\u3040-\u30ff\u4e00-\u9fff]", sentence))
            if count >= letters:
                return kept
    return kept


def notices(texts, number, sizes=(2, 3, 4, 6, 8, 12, 16, 24, 40)):
    roll, groups, languages, related = dice("notices", str(number)), {}, {}, {}
    for name, (statement, lang, _) in sorted(texts.items()):
        groups.setdefault(statement, []).append(name)
        languages.setdefault(lang, []).append(name)
    for statement in sorted(groups):
        related.setdefault(re.sub("^[01rb]-", "", statement), []).append(statement)
    spoken = roll.choice([lang for lang, names in sorted(languages.items()) if len(names) >= 30])
    size, lengths = roll.choice(sizes), [100, 160, 250, 400, 600, 900, 1500, 3000, 6000]
    lengths = lengths if roll.random() < 0.3 else [roll.choice(lengths)]
    translated, again, rows, told = roll.choice([0, 0.2, 0.5, 0.9]), roll.choice([0, 0.1, 0.3]), [], set()
    names = languages[spoken] if number % 3 == 0 else sorted(texts)
    for name in roll.sample(names, len(names)):
        base = re.sub("^[01rb]-", "", texts[name][0])
        if base in told or len(rows) >= size:
            continue
        told.add(base)
        letters, both = roll.choice(lengths), roll.random() < 0.5
        for statement in related[base] if both else [texts[name][0]]:
            names = [it for it in groups[statement] if number % 3 or texts[it][1] == spoken]
            count = roll.randint(2, 5) if number % 3 and roll.random() < translated else 1
            for name in roll.sample(names, min(len(names), count)):
                _, lang, blocks = texts[name]
                blocks = brief(blocks, letters * roll.uniform(0.8, 1.25))
                rows.append((name, statement, lang, blocks))
                if roll.random() < again:
                    rows.append((f"p-{name}", statement, lang, edited(roll, blocks, [(statement, lang, blocks)])))
    return rows


RETOLD = (halved, retold, renumbered, bulletins)
KINDS = (*RETOLD, reprinted, unfinished)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    together = {}
    for source in sys.argv[2:]:
        texts, base = read(source), os.path.basename(source.rstrip("/"))
        target = f"{sys.argv[1]}/{base}"
        kinds = {variant.__name__: list(variant(texts)) for variant in KINDS}
        kinds["damaged"] = [damaged(texts, name) for name in texts]
        for kind, rows in kinds.items():
            write(f"{target}/{kind}", rows)
        kinds["whole"] = [(name, *row) for name, row in texts.items()]
        for kind in sorted(kinds):
            for number in range(8):
                write(f"{target}/medium/{kind}-{number}", medium(kinds[kind], f"{base} {kind} {number}"))
        again, other = {}, {}
        for kind, found in (("reprinted", again), ("bulletins", other)):
            for row in kinds[kind]:
                if row[0] not in texts:
                    found.setdefault(row[0].partition("-")[2], []).append(row)
        for number in range(30):
            write(f"{target}/small-{number:02}", small(texts, again, number))
            both = {name: again.get(name, []) + other.get(name, []) for name in texts}
            write(f"{target}/press-{number:02}", press(texts, both, number))
        together |= {f"{base}-{name}": (f"{base}-{row[0]}", *row[1:]) for name, row in texts.items()}
    for number in range(200):
        write(f"{sys.argv[1]}/mixed/small-{number:03}", mixed(together, number))
    for half in (0, 1):
        some = {name: row for name, row in together.items() if (dice("half", row[0]).random() < 0.5) == (half == 0)}
        kinds = [some] * 6 + [{row[0]: row[1:] for row in variant(some)} for variant in RETOLD]
        target = f"{sys.argv[1]}/few/{('learn', 'test')[half]}"
        for number in range(3000):
            write(f"{target}/notices-{number:04}", notices(dice("kind", str(number)).choice(kinds), number))
        for size in (60, 120, 240, 400, 800):
            for number in range(9):
                rows = notices(dice("kind", f"{size} {number}").choice(kinds), size * 1000 + number, [size])
                write(f"{target}/medium-{size}-{number}", rows)
