#!/usr/bin/env python3
"""Learns the weights in src/arrange/weights.rs from measured pairs.

usage: pip install numpy scikit-learn
       make-weights.py first|second weights.rs STEM[=WEIGHT]…

`cargo run --release --example measures -- STEM SET…` writes STEM.first and STEM.second of sets whose
truth is known (also of those that make-variants.py makes of them): rows of little-endian f32, first and
second text, 1 for versions of one statement and 0 for others, then the measures of src/arrange/pair.rs,
before and after the archive's own lexicon. Four models are learned, for pairs across languages and within
one, before the lexicon, each pair for itself, and with it. Each is a logistic regression over standardised
measures in which a set counts by the 0.3rd power of its size, times its weight. What is measured hangs on
the models before: so measure, learn `first`, measure again, learn `second`; each leaves the other models in
the file as they are.
"""
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

HEAD = '''//! What each measure of a pair weighs in the verdict. Made by `src/tables/make-weights.py`; not edited by
//! hand.

use super::pair::MEASURES;

/// Where a verdict starts, and what each measure weighs, in ten-thousandths.
pub(super) type Weights = (i32, [i32; MEASURES]);

'''


def read(stem, turn):
    path, _, weight = stem.partition("=")
    raw = np.fromfile(f"{path}.{turn}", dtype="<f4").reshape(-1, 3 + WIDTH)
    raw = raw[::len(raw) // MOST + 1]
    return raw[:, 3:].copy(), raw[:, 2], float(weight or 1)


def learn(sets, same):
    xs, ys, ws = [], [], []
    for x, y, weight in sets:
        chosen = (x[:, SAME] > 0.5) == same
        xs.append(x[chosen])
        ys.append(y[chosen])
        ws.append(np.full(chosen.sum(), weight * 2e4 / max(1, chosen.sum()) ** 0.7))
    x, y, w = np.vstack(xs), np.hstack(ys), np.hstack(ws)
    scaler = StandardScaler().fit(x)
    scaler.scale_[scaler.scale_ < 1e-6] = 1.0
    model = LogisticRegression(C=0.3, max_iter=500).fit(scaler.transform(x), y, sample_weight=w)
    weights = model.coef_[0] / scaler.scale_
    return model.intercept_[0] - (weights * scaler.mean_).sum(), weights


def show(name, what, bias, weights):
    rows = "".join(f"        {round(value * 1e4):_},\n" for value in weights)
    return f"/// {what}.\npub(super) const {name}: Weights = (\n    {round(bias * 1e4):_},\n    [\n{rows}    ],\n);\n"


WIDTH, SAME = 64, 23

# The most pairs of a set that are learned from: every second, third, … is.
MOST = 20000

# How many measures at the end compare the first verdict on a pair with those on its rivals.
CONTEST = 3

NAMES = {"first": ("FIRST", "Before the lexicon"), "second": ("SECOND", "With the lexicon")}

if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in NAMES:
        sys.exit(__doc__)
    turn, path, stems = sys.argv[1], sys.argv[2], sys.argv[3:]
    old = open(path).read()
    starts = [old.find(f"/// {what}, across") for _, what in NAMES.values()] + [len(old)]
    parts = [old[start:end] for start, end in zip(starts, starts[1:])]
    name, what = NAMES[turn]
    sets = [read(stem, turn) for stem in stems]
    if turn == "first":
        for x, _, _ in sets:
            x[:, -CONTEST:] = 0.0
    parts[list(NAMES).index(turn)] = (
        show(name + "_ACROSS", what + ", across languages", *learn(sets, False)) + "\n"
        + show(name + "_WITHIN", what + ", within one language", *learn(sets, True)) + "\n")
    with open(path, "w") as out:
        out.write(HEAD + "".join(parts).rstrip("\n") + "\n")
