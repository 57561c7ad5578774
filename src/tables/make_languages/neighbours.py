"""Learns what tells close languages apart: beginnings of words and whole words, by logistic regression in each group.

What `telling.txt` knows beforehand is added to what is learnt.

Only sources that exist in all languages of a group are learnt from: they say the same in each of them, so that
their subjects, which would mislead elsewhere, cancel out.
"""

import random
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

import letters
from learn import PRIME, SEED, mix, softmax

GROUPS = ["bs hr sl sr-Latn", "da nb nn sv", "id ms", "ca es gl pt"]
SCRIPT = "Latn"
BEGINNINGS, WORD = range(3, 7), 40
ENTRIES, RARE, PENALTY, STEPS = 4000, 6, 1e-4, 50
FEWEST, MOST, SHORT = 150, 5000, 25
TELLING, HAND = Path(__file__).with_name("telling.txt"), 2.0  # and how many log odds a word in it makes
SUBJECTS = ("cldr", "words")  # lists, not texts


def sequences(text):
    """Yields (positions of words, hashes) of the beginnings of words and the whole words in letters."""
    spaces = np.nonzero(text == letters.SPACE)[0]
    start, size = spaces[:-1] + 1, np.diff(spaces) - 1
    start, size = start[size > 0], size[size > 0]
    text = np.concatenate((text, np.full(WORD, letters.SPACE, np.uint32)))
    hashes = np.full(len(start), SEED ^ np.uint32(letters.SPACE)) * PRIME
    for length in range(1, WORD):
        hashes = (hashes ^ text[start + length - 1]) * PRIME
        if length in BEGINNINGS:
            yield start[size > length], mix(hashes[size > length])
        whole = size == length
        yield start[whole], mix((hashes[whole] ^ np.uint32(letters.SPACE)) * PRIME)


def matrix(texts, vocabulary=None):
    """How often each text holds each sequence of the vocabulary, and the vocabulary: all that are not rare."""
    text = np.concatenate(texts)
    owner = np.repeat(np.arange(len(texts)), [len(it) for it in texts])
    found = [(owner[start], hashes) for start, hashes in sequences(text)]
    rows, hashes = (np.concatenate(part) for part in zip(*found))
    if vocabulary is None:
        vocabulary, counts = np.unique(hashes, return_counts=True)
        vocabulary = vocabulary[counts >= RARE]
    place = np.minimum(np.searchsorted(vocabulary, hashes), len(vocabulary) - 1)
    kept = vocabulary[place] == hashes
    ones = np.ones(kept.sum(), np.float32)
    return sp.csr_matrix((ones, (rows[kept], place[kept])), shape=(len(texts), len(vocabulary))), vocabulary


def material(learnt, tags):
    """Texts, the place of their language, and their weight: sources and languages weigh alike."""
    chance, texts, labels, weights = random.Random(1), [], [], []
    for source in sorted(learnt[tags[0]]):
        sentences = [[it for it in learnt[tag].get(source, []) if len(it) > SHORT] for tag in tags]
        fewest = min(map(len, sentences))
        if source in SUBJECTS or fewest < FEWEST:
            continue
        for place, own in enumerate(sentences):
            some = chance.sample(own, min(MOST, len(own)))
            texts += [letters.letters(it, SCRIPT) for it in some]
            labels += [place] * len(some)
            weights += [min(fewest, MOST) ** 0.5 / len(some)] * len(some)
    weights = np.array(weights)
    return texts, np.array(labels), weights / weights.sum()


def train(counts, labels, weights, languages):
    """Log odds of each sequence and each language."""
    truth = np.eye(languages)[labels]

    def loss(numbers):
        rows, biases = numbers[:-languages].reshape(-1, languages), numbers[-languages:]
        chance = softmax(counts @ rows + biases)
        error = (chance - truth) * weights[:, None]
        value = -weights @ np.log(chance[np.arange(len(labels)), labels] + 1e-12) + PENALTY * (rows ** 2).sum()
        return value, np.concatenate((np.asarray(counts.T @ error + 2 * PENALTY * rows).ravel(), error.sum(0)))

    start = np.zeros((counts.shape[1] + 1) * languages)
    numbers = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return numbers[:-languages].reshape(-1, languages), numbers[-languages:]


def hashed(pattern):
    """The hash of a word or a beginning (`stem-`)."""
    text = (" " + pattern + " ").removesuffix("- ").encode("utf-32-le")
    value = int(SEED)
    for code in np.frombuffer(text, np.uint32):
        value = (value ^ int(code)) * int(PRIME) & 0xFFFFFFFF
    return mix(np.array([value], np.uint32))[0]


def known(tags):
    """What the table written by hand says of the languages of a group: a row of log odds by hash."""
    rows = {}
    for block in TELLING.read_text("utf-8").split("\n\n"):
        lines = [line.split(":") for line in block.splitlines() if line[:1] not in "#"]
        named = {tag for tag, _ in lines for tag in tag.split()}
        for writers, patterns in lines if named <= set(tags) else []:
            row = [-HAND * (tag in named and tag not in writers.split()) for tag in tags]
            rows |= {hashed(pattern): np.array(row) for pattern in patterns.split()}
    return rows


def group(learnt, tags):
    """The sequences that tell most, and (rows, outputs, biases) as `learn.train` gives them."""
    texts, labels, weights = material(learnt, tags)
    counts, vocabulary = matrix(texts)
    rows, _ = train(counts, labels, weights, len(tags))
    worth = np.square(rows - rows.mean(1, keepdims=True)).sum(1) * np.asarray(counts.sum(0)).ravel()
    best = np.sort(np.argsort(-worth, kind="stable")[:ENTRIES])
    rows, biases = train(counts[:, best], labels, weights, len(tags))
    told = dict(zip(vocabulary[best], rows))
    for sequence, row in known(tags).items():
        told[sequence] = told.get(sequence, 0) + row
    vocabulary = np.array(sorted(told), np.uint32)
    return vocabulary, (np.array([told[it] for it in vocabulary]), np.eye(len(tags)), biases)
