#!/usr/bin/env python3
"""Learns the weights in src/arrange/weights.rs from measured pairs.

usage: pip install numpy scikit-learn
       make-weights.py glance|first|second weights.rs STEM…

`cargo run --release --example measures -- STEM SET…` writes STEM.first and STEM.second of sets whose
truth is known (also of those that make-variants.py makes of them): rows of little-endian f32, first and second text, 1 for versions of one statement and 0
for others, then the measures of src/arrange/pair.rs, before and after the archive's own lexicon. Nine models
are learned, for pairs across languages without and with many numbers and for pairs within one: at a glance,
each pair for itself; before the lexicon, with the glance at the rivals; and with the lexicon. Each is a logistic regression over
standardised measures in which a set counts by the 0.3rd power of its size. What is measured hangs on the
models before: so measure, learn `glance`, measure again, learn `first`, measure again, learn `second`;
each leaves the other models in the file as they are.
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


def read(path):
    raw = np.fromfile(path, dtype="<f4")
    width = 3 + WIDTH
    rows = raw.reshape(-1, width)
    return rows[:, 3:].copy(), rows[:, 2]


def gathered(sets, same):
    xs, ys, ws = [], [], []
    for x, y in sets:
        chosen = (x[:, SAME] > 0.5) == same
        x, y = x[chosen], y[chosen]
        xs.append(x)
        ys.append(y)
        ws.append(np.full(len(y), 2e4 / max(1, len(y)) ** 0.7))
    x, y, w = np.vstack(xs), np.hstack(ys), np.hstack(ws)
    scaler = StandardScaler().fit(x)
    scaler.scale_[scaler.scale_ < 1e-6] = 1.0
    return x, y, w, scaler


def unscaled(bias, coefficients, scaler):
    weights = coefficients / scaler.scale_
    return bias - (weights * scaler.mean_).sum(), weights


def learn_within(sets):
    x, y, w, scaler = gathered(sets, True)
    model = LogisticRegression(C=0.3, max_iter=500).fit(scaler.transform(x), y, sample_weight=w)
    return [unscaled(model.intercept_[0], model.coef_[0], scaler)]


def learn_across(sets):
    """Two models at once, for texts without numbers and for texts with many, mixed in between."""
    x, y, w, scaler = gathered(sets, False)
    rich = np.clip((x[:, NUMERALS] - FEW) / (MANY - FEW), 0, 1)[:, None]
    one = np.hstack([np.full((len(x), 1), 10.0), scaler.transform(x)])
    both = np.hstack([one * (1 - rich), one * rich])
    model = LogisticRegression(C=0.3, max_iter=500, fit_intercept=False).fit(both, y, sample_weight=w)
    halves = np.split(model.coef_[0], 2)
    return [unscaled(half[0] * 10.0, half[1:], scaler) for half in halves]


def show(name, what, bias, weights):
    rows = "".join(f"        {round(value * 1e4):_},\n" for value in weights)
    return f"/// {what}.\npub(super) const {name}: Weights = (\n    {round(bias * 1e4):_},\n    [\n{rows}    ],\n);\n"


WIDTH, SAME, NUMERALS = 61, 23, 49

# As in src/arrange/verdicts.rs.
FEW, MANY = 1.0, 2.5

# How many measures at the end compare the glance at a pair with that at its rivals.
CONTEST = 3

NAMES = {"glance": ("GLANCE", "At a glance"), "first": ("FIRST", "Before the lexicon"),
         "second": ("SECOND", "With the lexicon")}

if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in NAMES:
        sys.exit(__doc__)
    turn, path, stems = sys.argv[1], sys.argv[2], sys.argv[3:]
    marks = [f"/// {what}, across" for _, what in NAMES.values()]
    old = open(path).read()
    starts = [old.find(mark) for mark in marks] + [len(old)]
    parts = [old[start:end] for start, end in zip(starts, starts[1:])]
    name, what = NAMES[turn]
    sets = [read(stem + (".second" if turn == "second" else ".first")) for stem in stems]
    if turn == "glance":
        for x, _ in sets:
            x[:, -CONTEST:] = 0.0
    models = learn_across(sets) + learn_within(sets)
    kinds = [("_POOR", "across languages, without numbers"), ("_RICH", "across languages, with many numbers"),
             ("_WITHIN", "within one language")]
    text = "".join(show(name + end, f"{what}, {kind}", *model) + "\n" for (end, kind), model in zip(kinds, models))
    parts[list(NAMES).index(turn)] = text
    with open(path, "w") as out:
        out.write(HEAD + "".join(parts).rstrip("\n") + "\n")
