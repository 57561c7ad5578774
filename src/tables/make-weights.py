#!/usr/bin/env python3
"""Learns the weights in src/arrange/weights.rs from measured pairs.

usage: pip install numpy scikit-learn
       make-weights.py weights.rs MEASURES…

Each MEASURES file is what `cargo run --release --example measures -- SET FILE` writes of a set whose
truth is known: rows of little-endian f32, first and second text, 1 for versions of one statement and 0
for others, then the measures of src/arrange/pair.rs. Two models are learned, for pairs across languages
and for pairs in one language, each a logistic regression over standardised measures in which a set
counts by the 0.3rd power of its size.
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
    rows = "".join(f"    {value:.4f},\n" for value in weights)
    return (f"/// What a pair {what} starts from.\n"
            f"pub(super) const {name}_BIAS: f32 = {bias:.4f};\n"
            f"/// What each measure of a pair {what} weighs.\n"
            f"pub(super) const {name}: [f32; MEASURES] = [\n{rows}];\n")


WIDTH, SAME = 52, 23

if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sets = [read(path) for path in sys.argv[2:]]
    across, within = learn(sets, False), learn(sets, True)
    with open(sys.argv[1], "w") as out:
        out.write(HEAD + show("ACROSS", "across languages", *across) + "\n"
                  + show("SAME_LANGUAGE", "in one language", *within))
