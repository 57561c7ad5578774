#!/usr/bin/env python3
"""Learns the weights in src/arrange/weights.rs, networks.rs, within_network.rs, sparse_networks.rs and
third_networks.rs from measured pairs.

usage: pip install numpy scikit-learn
       make-weights.py first|second weights.rs STEM[=WEIGHT]…
       make-weights.py networks networks.rs STEM[=WEIGHT]…
       make-weights.py within within_network.rs STEM[=WEIGHT]…
       make-weights.py sparse sparse_networks.rs STEM[=WEIGHT]…
       make-weights.py thirds third_networks.rs STEM[=WEIGHT]…

`cargo run --release --example measures -- STEM SET…` writes STEM.first, STEM.second and STEM.thirds of sets
whose truth is known (also of those of make-sets.py, and of what make-variants.py makes of all): rows of
little-endian f32, first and second text, 1 for versions of one statement and 0 for others, then the
measures of src/arrange/pair.rs, before and after the archive's own lexicon, or what src/arrange/thirds.rs
says after it. In all that is learned a set counts by the 0.3rd power of its size, times its weight, and
measures are standardised.

Four sums are learned, for pairs across languages and within one, before the lexicon, each pair for itself,
and with it: logistic regressions. For pairs across languages, with the lexicon, there are two networks
besides: one for the pair's own measures, one for what the first says and how the pair stands among its
rivals. For pairs within one language there is one of the pair's own measures, learned from both looks. Two more
like the first two are for all pairs in archives where few texts have versions, and learned from both looks. A last
network hears what third texts say. Each is the mean of several that begin by another chance.

What is measured hangs on what was learned before: so measure, learn `first`, measure again, learn `second`
and `networks`, measure again, learn `thirds`; each leaves the others as they are. What `within` is
learned from hangs on nothing that is learned; that of `sparse` only in how a pair stands among its rivals.
The networks that are in use were learned from the sets and their variants, those of a pair as measured
without networks and with earlier ones. For them, whole sets, halved and renumbered ones counted twice, and
medium archives that are halved, retold or renumbered one and a half times: there most depends on what two
texts do not share. For third texts, whole sets counted eight times, halved, renumbered, reprinted and damaged
ones four times, bulletins twice, and all that is noisy or of chapters twice what others of their kind do:
there most depends on what others say. For one language, whole sets counted six times, halved and retold
ones three times, renumbered ones and bulletins twice: all that is against joining what is alike; this network
alone was also learned from the sets of make-sets.py and their variants, counted half, and from unfinished
translations of all sets. For sparse archives, those in `few/learn` alone, medium ones counted twice.
"""
import sys
import textwrap

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

HEAD = '''//! What each measure of a pair weighs in the verdict. Made by `src/tables/make-weights.py`; not edited by
//! hand.

use super::pair::MEASURES;

/// Where a verdict starts, and what each measure weighs, in ten-thousandths.
pub(super) type Weights = (i32, [i32; MEASURES]);

'''


THIRDS = '''//! The network of what third texts say. Made by `src/tables/make-weights.py`; not edited by hand.

use super::net::Net;
use super::thirds::SAID;

'''


WITHIN = '''//! The network of a verdict within one language. Made by `src/tables/make-weights.py`; not edited by hand.

use super::net::Net;
use super::pair::OWN as MEASURED;

'''


SPARSE = '''//! The networks of a verdict in an archive where few texts have versions. Made by `src/tables/make-weights.py`;
//! not edited by hand.

use super::net::Net;
use super::pair::{MEASURES, OWN as MEASURED};

'''


NETWORKS = '''//! The networks of a verdict across languages, with the lexicon. Made by `src/tables/make-weights.py`; not
//! edited by hand.

use super::net::Net;
use super::pair::{ACROSS, MEASURES, OWN as MEASURED};

'''


def read(stem, turn):
    path, _, weight = stem.partition("=")
    raw = np.fromfile(f"{path}.{turn}", dtype="<f4").reshape(-1, 3 + WIDTHS.get(turn, WIDTH))
    raw = raw[::len(raw) // MOST + 1]
    return raw[:, 3:].copy(), raw[:, 2], float(weight or 1)


def gather(sets, same=None):
    xs, ys, ws = [], [], []
    for x, y, weight in sets:
        chosen = np.ones(len(x), bool) if same is None else (x[:, SAME] > 0.5) == same
        xs.append(x[chosen])
        ys.append(y[chosen])
        ws.append(np.full(chosen.sum(), weight * 2e4 / max(1, chosen.sum()) ** 0.7))
    return np.vstack(xs), np.hstack(ys), np.hstack(ws)


def learn(x, y, w):
    scaler = StandardScaler().fit(x)
    scaler.scale_[scaler.scale_ < 1e-6] = 1.0
    model = LogisticRegression(C=0.3, max_iter=500).fit(scaler.transform(x), y, sample_weight=w)
    weights = model.coef_[0] / scaler.scale_
    return model.intercept_[0] - (weights * scaler.mean_).sum(), weights


class Nets:
    """The mean of networks of one hidden layer, as one network whose numbers are in ten-thousandths."""

    def __init__(self, x, y, w, count, hidden, rounds, alpha=0.1, examples=160_000):
        deviation = x.std(axis=0)
        self.mean = np.round(x.mean(axis=0) * 1e4)
        self.scale = np.round(1e4 / np.where(deviation < 1e-4, 1e9, deviation))
        self.starts, self.weights, self.answers, self.start = [], [], [], 0.0
        for seed in range(count):
            some = np.random.RandomState(seed).choice(len(y), examples, p=w / w.sum())
            model = MLPClassifier((hidden,), alpha=alpha, max_iter=rounds, batch_size=256,
                                  learning_rate_init=2e-3, random_state=seed)
            model.fit(self.standard(x[some]), y[some])
            self.weights.append(model.coefs_[0])
            self.starts.append(model.intercepts_[0])
            self.answers.append(model.coefs_[1][:, 0] / count)
            self.start += model.intercepts_[1][0] / count
        whole = lambda numbers: np.round(np.asarray(numbers) * 1e4)
        self.weights, self.starts = whole(np.hstack(self.weights)), whole(np.hstack(self.starts))
        self.answers, self.start = whole(np.hstack(self.answers)), whole(self.start)

    def standard(self, x):
        return np.clip((x - self.mean / 1e4) * self.scale / 1e4, -FAR, FAR)

    def says(self, x):
        units = self.standard(x) @ (self.weights / 1e4) + self.starts / 1e4
        return np.maximum(units, 0) @ (self.answers / 1e4) + self.start / 1e4

    def show(self, name, inputs, what):
        lines = lambda numbers: textwrap.fill(", ".join(numbers), 98, break_on_hyphens=False)
        row = lambda numbers: "[" + ", ".join(figure(it) for it in numbers) + "]"
        pairs = [f"({figure(mean)}, {figure(scale)})" for mean, scale in zip(self.mean, self.scale)]
        return (f"/// {what}.\n#[rustfmt::skip]\n"
                f"pub(super) static {name}: Net<{inputs}, {len(self.starts)}> = Net {{\n"
                f"inputs: [\n{lines(pairs)},\n],\n"
                f"weights: [\n{lines(row(it) for it in self.weights)},\n],\n"
                f"starts:\n{lines([row(self.starts)])},\n"
                f"answer: ({figure(self.start)},\n{lines([row(self.answers)])}),\n}};\n")


def figure(number):
    return f"{int(number):_}" if abs(number) >= 1e4 else str(int(number))


def show(name, what, bias, weights):
    rows = "".join(f"        {round(value * 1e4):_},\n" for value in weights)
    return f"/// {what}.\npub(super) const {name}: Weights = (\n    {round(bias * 1e4):_},\n    [\n{rows}    ],\n);\n"


# How many measures there are, how many are the pair's own, how many of these say something across languages,
# and which say that both texts are in one language and what the alignment gains (src/arrange/pair.rs).
WIDTH, OWN, ACROSS, SAME, GAIN = 72, 58, 50, 23, 34

# How many numbers third texts say (src/arrange/thirds.rs).
WIDTHS = {"thirds": 14}

# What each kind of evidence counts in the likeness of a pair.
SHARES = np.array([1.0, 1.0, 1.0, 0.7, 0.7, 0.7, 1.5])

# Bounds of inputs (src/arrange/net.rs, src/arrange/verdicts.rs).
FAR, SURE = 5.0, 12.0

# The most pairs of a set that are learned from: every second, third, … is.
MOST = 20000

# How many measures at the end compare the first verdict on a pair with those on its rivals.
CONTEST = 3

NAMES = {"first": ("FIRST", "Before the lexicon"), "second": ("SECOND", "With the lexicon")}


def learn_sums(turn, path, sets):
    old = open(path).read()
    starts = [old.find(f"/// {what}, across") for _, what in NAMES.values()] + [len(old)]
    parts = [old[start:end] for start, end in zip(starts, starts[1:])]
    name, what = NAMES[turn]
    if turn == "first":
        for x, _, _ in sets:
            x[:, -CONTEST:] = 0.0
    parts[list(NAMES).index(turn)] = (
        show(name + "_ACROSS", what + ", across languages", *learn(*gather(sets, False))) + "\n"
        + show(name + "_WITHIN", what + ", within one language", *learn(*gather(sets, True))))
    return HEAD + "".join(parts)


def two_networks(x, y, w, measures, shape):
    count, name = measures
    own = Nets(x[:, :count], y, w, 4, *shape)
    said = np.clip(own.says(x[:, :count]), -SURE, SURE)
    likeness = x[:, 0:len(SHARES) * 3:3] @ SHARES
    standing = Nets(np.column_stack([said, likeness, x[:, GAIN], x[:, OWN:]]), y, w, 2, 8, 16)
    return (own.show("OWN", name, "What a pair's own measures say") + "\n"
            + standing.show("STANDING", "{ MEASURES - MEASURED + 3 }",
                            "What that, the likeness, the gain and the standing among rivals say"))


def learn_networks(sets):
    x, y, w = gather(sets, False)
    return NETWORKS + two_networks(x, y, w, (ACROSS, "ACROSS"), (16, 24))


def learn_within(sets):
    x, y, w = gather(sets, True)
    nets = Nets(x[:, :OWN], y, w, 4, 24, 30, 0.03, 500_000)
    return WITHIN + nets.show("WITHIN", "MEASURED", "What a pair's own measures say")


def learn_sparse(sets):
    x, y, w = gather(sets)
    return SPARSE + two_networks(x, y, w, (OWN, "MEASURED"), (24, 32))


def learn_thirds(sets):
    nets = Nets(*gather(sets), 4, 16, 32, 0.005, 300_000)
    return THIRDS + nets.show("THIRDS", "SAID", "What third texts say of a pair")


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in (*NAMES, "networks", "within", "sparse", "thirds"):
        sys.exit(__doc__)
    turn, path, stems = sys.argv[1], sys.argv[2], sys.argv[3:]
    looks = {"networks": ["second"], "within": ["first", "second"], "sparse": ["first", "second"]}.get(turn, [turn])
    sets = [read(stem, look) for stem in stems for look in looks]
    learners = {"networks": learn_networks, "within": learn_within, "sparse": learn_sparse, "thirds": learn_thirds}
    told = learners[turn](sets) if turn in learners else learn_sums(turn, path, sets)
    with open(path, "w") as out:
        out.write(told.rstrip("\n") + "\n")
