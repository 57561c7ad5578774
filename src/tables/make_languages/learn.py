"""Learns one linear classifier of low rank for each script that several languages share.

The features are sequences of so many letters (`lengths`: the shortest and the longest) inside words (spaces at both ends count as letters).
A text is the mean of the vectors of its sequences; a language scores the product of that mean with its own
vector, plus a bias. Both are learnt together by Adam on the cross-entropy, with many features dropped at
random, since the texts of software are not the texts that will be asked about.
"""

import numpy as np
import scipy.sparse as sp

from letters import SPACE

SEED, PRIME, SPREAD = np.uint32(0x811C9DC5), np.uint32(0x01000193), np.uint32(0x9E3779B1)
ID_BITS = 26
RARE = 8


def mix(h):
    h = (h ^ (h >> np.uint32(15))) * SPREAD
    return h ^ (h >> np.uint32(13))


def sequences(text, lengths):
    """Yields (positions, hashes, hashes of the sequence without its last letter) for each length."""
    space = text == SPACE
    hashes, valid = (SEED ^ text) * PRIME, np.ones(len(text), bool)
    if lengths[0] == 1:
        position = np.nonzero(~space)[0]
        yield position, mix(hashes[position]), None
    for length in range(2, lengths[1] + 1):
        size = len(text) - length + 1
        if size <= 0:
            return
        shorter = hashes[:size]
        hashes = (shorter ^ text[length - 1:]) * PRIME
        valid = valid[:size] & (~space[length - 2:length - 2 + size] if length > 2 else True)
        position = np.nonzero(valid)[0]
        yield position, mix(hashes[position]), mix(shorter[position]) if length > lengths[0] else None


def join(samples):
    text = np.concatenate(samples)
    return text, np.repeat(np.arange(len(samples), dtype=np.int32), [len(s) for s in samples])


def choose(samples, labels, count, lengths, entries):
    """The hashes of the sequences that tell most about the language, with all their beginnings.

    The measure is the divergence of the languages given the sequence from all languages alike,
    weighted by how frequent the sequence is, every language counting the same.
    """
    text, owner = join(samples)
    shift = np.uint32(32 - ID_BITS)
    seen = np.zeros(1 << ID_BITS, np.int32)
    for _, h, _ in sequences(text, lengths):
        seen += np.bincount(h >> shift, minlength=1 << ID_BITS).astype(np.int32)
    frequent = np.nonzero(seen >= RARE)[0]
    number = np.full(1 << ID_BITS, -1, np.int32)
    number[frequent] = np.arange(len(frequent), dtype=np.int32)
    table = np.zeros(len(frequent) * count, np.int32)
    full, parent = np.zeros(len(frequent), np.uint32), np.full(len(frequent), -1, np.int32)
    total = np.zeros(count)
    for position, h, before in sequences(text, lengths):
        feature, label = number[h >> shift], labels[owner[position]]
        total += np.bincount(label, minlength=count)
        kept = feature >= 0
        table += np.bincount(feature[kept].astype(np.int64) * count + label[kept], minlength=len(table)).astype(np.int32)
        full[feature[kept]] = h[kept]
        if before is not None:
            parent[feature[kept]] = number[before[kept] >> shift]
    share = table.reshape(-1, count) / total.astype(np.float32)
    whole = share.sum(1, keepdims=True)
    worth = np.sum(share * np.log(np.maximum(share * count / whole, 1e-6)), axis=1)
    chosen = np.zeros(len(frequent), bool)
    left = min(entries, len(frequent))
    for feature in np.argsort(-worth, kind="stable"):
        line = []
        while feature >= 0 and not chosen[feature]:
            line.append(feature)
            feature = parent[feature]
        if len(line) > left:
            break
        chosen[line] = True
        left -= len(line)
    return np.unique(full[chosen])


def matrix(samples, vocabulary, lengths):
    """How often each sample holds each sequence of the vocabulary, divided by how many it holds."""
    text, owner = join(samples)
    rows, columns = [], []
    for position, h, _ in sequences(text, lengths):
        place = np.minimum(np.searchsorted(vocabulary, h), len(vocabulary) - 1)
        kept = vocabulary[place] == h
        rows.append(owner[position[kept]])
        columns.append(place[kept].astype(np.int32))
    rows, columns = np.concatenate(rows), np.concatenate(columns)
    counts = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(samples), len(vocabulary)))
    return scaled(counts)


def scaled(counts):
    total = np.asarray(counts.sum(1)).ravel()
    total[total == 0] = 1
    return (sp.diags((1 / total).astype(np.float32)) @ counts).tocsr()


class Adam:
    """Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015."""

    def __init__(self, value, rate):
        self.value, self.rate, self.time = value, rate, 0
        self.mean, self.square = np.zeros_like(value), np.zeros_like(value)

    def step(self, gradient, factor):
        self.time += 1
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.001 * (gradient * gradient - self.square)
        mean, square = self.mean / (1 - 0.9 ** self.time), self.square / (1 - 0.999 ** self.time)
        self.value -= factor * self.rate * mean / (np.sqrt(square) + 1e-8)


def train(texts, labels, weights, count, rank, steps, rate=0.05, drop=0.5, decay=0.0005, smooth=0.05):
    """Vectors of the sequences, vectors of the languages, biases of the languages."""
    random = np.random.default_rng(0)
    rows = Adam((random.standard_normal((texts.shape[1], rank)) * 0.1).astype(np.float32), rate)
    outputs = Adam((random.standard_normal((rank, count)) * 0.1).astype(np.float32), rate * 0.3)
    biases = Adam(np.zeros(count, np.float32), rate * 0.1)
    batch, step = min(2048, texts.shape[0] // 8), 0
    while step < steps:
        order = random.permutation(texts.shape[0])
        for start in range(0, len(order) - batch + 1, batch):
            some = order[start:start + batch]
            part = texts[some]
            part.data = part.data * (random.random(len(part.data), dtype=np.float32) > drop)
            part = scaled(part)
            hidden = part @ rows.value
            error = softmax(hidden @ outputs.value + biases.value) - smooth / count
            error[np.arange(len(some)), labels[some]] -= 1 - smooth
            error *= (weights[some] / len(some))[:, None]
            back = np.asarray(part.T @ (error @ outputs.value.T))
            factor = max(0.0, 1 - step / steps)
            step += 1
            outputs.step(hidden.T @ error, factor)
            rows.step(back, factor)
            biases.step(error.sum(0), factor)
            rows.value *= 1 - decay * factor
            outputs.value *= 1 - decay * factor
    return rows.value, outputs.value, biases.value


def softmax(scores):
    scores = np.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)


def doubtful(texts, labels, model, english, trusted):
    """Samples that are plainly another language: strings that nobody has translated."""
    rows, outputs, biases = model
    chance = softmax(texts @ rows @ outputs + biases)
    best = chance.argmax(1)
    sure = chance[np.arange(len(best)), best] > np.where(best == english, 0.6, 0.97)
    return (best != labels) & sure & ~trusted
