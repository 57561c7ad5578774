#!/usr/bin/env python3
"""Learns the weights in src/arrange/weights.rs from measured pairs.

usage: pip install numpy scikit-learn
       make-weights.py first|second weights.rs STEM…

`cargo run --release --example measures -- SET STEM` writes STEM.first and STEM.second of a set whose
truth is known: rows of little-endian f32, first and second text, 1 for versions of one statement and 0
for others, then the measures of src/arrange/pair.rs, before and after the archive's own lexicon. Four
models are learned, for both rounds, for pairs across languages and for pairs within one, each a logistic
regression over standardised measures in which a set counts by the 0.3rd power of its size. What is
measured in the second round hangs on the models of the first: so measure, learn `first`, measure again,
learn `second`; each leaves the other's models in the file as they are.
"""
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

HEAD = '''//! What each measure of a pair weighs in the verdict. Made by `src/tables/make-weights.py`; not edited by
//! hand.

use super::pair::MEASURES;

'''


def read(path):
    raw = np.fromfile(path, dtype="<f4")
    width = 3 + WIDTH
    rows = raw.reshape(-1, width)
    return rows[:, 3:], rows[:, 2]


def learn(sets, same):
    xs, ys, ws = [], [], []
    for x, y in sets:
        chosen = (x[:, SAME] > 0.5) == same
        x, y = x[chosen], y[chosen]
        xs.append(x)
        ys.append(y)
        ws.append(np.full(len(y), 2e4 / max(1, len(y)) ** 0.7))
    x, y, w = np.vstack(xs), np.hstack(ys), np.hstack(ws)
    scaler = StandardScaler().fit(x)
    flat = scaler.scale_ < 1e-6
    scaler.scale_[flat] = 1.0
    model = LogisticRegression(C=0.3, max_iter=500).fit(scaler.transform(x), y, sample_weight=w)
    weights = model.coef_[0] / scaler.scale_
    bias = model.intercept_[0] - (weights * scaler.mean_).sum()
    weights[np.std(x, axis=0) < 1e-6] = 0.0
    return bias, weights


def show(name, what, bias, weights):
    rows = "".join(f"        {value:.4f},\n" for value in weights)
    return (f"/// {what}: where the verdict starts, and what each measure weighs.\n"
            f"pub(super) const {name}: (f32, [f32; MEASURES]) = (\n    {bias:.4f},\n    [\n{rows}    ],\n);\n")


WIDTH, SAME = 60, 23

NAMES = {"first": ("FIRST", "Before the lexicon"), "second": ("SECOND", "With the lexicon")}

if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in NAMES:
        sys.exit(__doc__)
    turn, path, stems = sys.argv[1], sys.argv[2], sys.argv[3:]
    parts = open(path).read().split("/// With the lexicon, across", 1)
    parts = [parts[0][len(HEAD):], "/// With the lexicon, across" + parts[1]]
    name, what = NAMES[turn]
    sets = [read(stem + "." + turn) for stem in stems]
    text = show(name + "_ACROSS", what + ", across languages", *learn(sets, False)) + "\n"
    text += show(name + "_WITHIN", what + ", within one language", *learn(sets, True)) + "\n"
    parts[list(NAMES).index(turn)] = text
    with open(path, "w") as out:
        out.write(HEAD + "".join(parts).rstrip("\n") + "\n")
