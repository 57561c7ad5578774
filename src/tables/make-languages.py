#!/usr/bin/env python3
"""Makes `languages.bin`, `languages.tsv` and `codes.tsv`: language identification, names and codes of languages.

    python3 -m venv v && v/bin/pip install numpy scipy
    OMP_NUM_THREADS=1 v/bin/python src/tables/make-languages.py WORK [--sentences FILE]

WORK is a scratch folder for the packages (about 1 GB). Needs npm, pip and apt-get with a Debian source;
see `README.md` for the packages and licences. With `--sentences` the texts that were kept apart are written
as `language <TAB> sentence`, for the test that measures on them.
"""

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "make_languages"))

import fetch
import learn
import names
import neighbours
import pack
import samples
from sources import SCRIPT

# For each script of several languages: shortest and longest sequence, rank, entries.
PLAN = {
    "Latn": ((2, 6), 32, 32000), "Cyrl": ((2, 5), 16, 10000), "Arab": ((2, 5), 16, 8000), "Deva": ((2, 5), 8, 6000),
    "Beng": ((2, 4), 8, 2000), "Ethi": ((2, 4), 8, 2000), "Hebr": ((2, 4), 8, 1500), "Tibt": ((2, 4), 8, 1500),
    "Mymr": ((2, 4), 8, 1500), "Hani": ((1, 2), 8, 6000),
}
# How much a mistake weighs: more for the languages that most news are written in.
NEWS = dict.fromkeys(
    "en es fr de it pt nl pl ru uk tr ar fa hi bn ur id vi ja zh-Hans zh-Hant ro hu cs sv da fi he bg sr sk nb "
    "mr pa sw am az kk uz ca lt lv et sl mk sq be".split(), 1.7)
WEIGHT = NEWS | {
    "hr": 2, "sr-Latn": 1.6, "bs": 1.4, "ms": 1.5, "gl": 1.6, "sco": 0.6, "ast": 0.8, "ary": 0.6, "arz": 0.6,
    "rue": 0.7, "nds": 0.8, "skr": 0.6, "nr": 1.3, "nn": 1.2}
# What a language is ahead of others before anything is read, in natural log odds: most texts are in the languages of
# most news. Bosnian is taken for its neighbours more often than it is written.
AHEAD = dict.fromkeys([*NEWS, "hr", "sr-Latn", "ko", "el", "th", "ta"], 0.2) | {"bs": -1.0}
TRUST = {"udhr": 2.0, "man": 0.7, "libreoffice": 0.7, "cldr": 0.5, "words": 0.5}


def weights(labels, sources, tags):
    size = np.maximum(np.bincount(labels, minlength=len(tags)), 1)
    weight = np.array([WEIGHT.get(tag, 1) for tag in tags]) / np.sqrt(size)
    weight = weight[labels] * np.array([TRUST.get(source, 1) for source in sources])
    return (weight / weight.mean()).astype(np.float32)


def cluster(script, chosen):
    """The packed classifier of one script."""
    lengths, rank, entries = PLAN[script]
    tags = sorted({tag for tag, _, _ in chosen})
    labels = np.array([tags.index(tag) for tag, _, _ in chosen])
    texts, sources = [text for _, _, text in chosen], [source for _, source, _ in chosen]
    vocabulary = learn.choose(texts, labels, len(tags), lengths, entries)
    matrix, weight = learn.matrix(texts, vocabulary, lengths), weights(labels, sources, tags)
    steps = max(400, len(texts) * 8 // 2048)
    model = learn.train(matrix, labels, weight, len(tags), rank, steps // 2)
    english = tags.index("en") if "en" in tags else -1
    kept = ~learn.doubtful(matrix, labels, model, english, np.array(sources) == "udhr")
    model = learn.train(matrix[kept], labels[kept], weight[kept], len(tags), rank, steps)
    ahead = np.array([AHEAD.get(tag, 0) for tag in tags])
    model = (model[0], model[1], model[2] + ahead)
    print(script, len(tags), "languages", len(texts), "texts", len(vocabulary), "entries", flush=True)
    return pack.cluster(script, lengths, tags, vocabulary, model)


def near(learnt, tags):
    """What tells the languages of a group apart, packed."""
    vocabulary, model = neighbours.group(learnt, tags)
    lengths = neighbours.BEGINNINGS[0], neighbours.BEGINNINGS[-1]
    return pack.cluster("near", lengths, tags, vocabulary, model, crowd=8)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    work = Path(sys.argv[1])
    work.mkdir(parents=True, exist_ok=True)
    root = fetch.fetch(work.resolve())
    names.write(root, SCRIPT, HERE / "languages.tsv")
    names.write_codes(root, HERE / "codes.tsv")
    learnt, apart = samples.read(root)
    if "--sentences" in sys.argv:
        target = Path(sys.argv[sys.argv.index("--sentences") + 1])
        target.write_text("".join(f"{tag}\t{' '.join(text.split())}\n" for tag, text in apart), "utf-8")
    chosen = samples.choose(learnt, PLAN)
    parts = [cluster(script, chosen[script]) for script in PLAN]
    parts += [near(learnt, group.split()) for group in neighbours.GROUPS]
    (HERE / "languages.bin").write_bytes(pack.MAGIC + b"".join(parts))


if __name__ == "__main__":
    main()
