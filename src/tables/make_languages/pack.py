"""Writes the table that `src/accession/identify/table.rs` reads.

All numbers are little-endian. After the line `hexapla-languages 2` follows for each script: its four-letter
code; shortest and longest sequence, bucket bits, rank, number of languages, binary log of the units of score
in one natural unit (one byte each); the number of entries (four bytes); a tag of eight bytes a language,
filled up with zeros; a bias of four bytes a language; for each of the `rank` dimensions a weight of two bytes
a language; the starts of the buckets (two bytes, one more than there are buckets); a mark of two bytes an
entry; `rank` numbers of one byte an entry. Groups of close languages follow in the same form under the code
`near`, with the lengths of beginnings.
"""

import struct

import numpy as np

MEAN = 64
MAGIC = b"hexapla-languages 2\n"


def quantised(model):
    """The learnt numbers as whole numbers, and the binary log of the units in a natural unit."""
    rows, outputs, biases = model
    # Balance the dimensions so that all of them use the whole range of a byte.
    peak = np.quantile(np.abs(rows), 0.9995, axis=0)
    fine = 127.0 / peak
    outputs = outputs / fine[:, None]
    log = int(np.log2(2047.0 / np.abs(outputs).max()))
    unit = 2.0 ** log
    rows = np.clip(np.rint(rows * fine), -127, 127).astype(np.int8)
    return rows, np.rint(outputs * unit).astype(np.int16), np.rint(biases * unit * MEAN).astype(np.int32), log + 6


def cluster(script, lengths, tags, vocabulary, model, crowd=1):
    """One cluster; a bucket holds `crowd` entries or half as many."""
    rows, outputs, biases, log = quantised(model)
    bits = max(1, int(np.ceil(np.log2(len(vocabulary) / crowd))))
    starts = np.searchsorted(vocabulary >> np.uint32(32 - bits), np.arange((1 << bits) + 1))
    assert len(vocabulary) < 65536 and len(tags) < 256
    return b"".join([
        script.encode(), bytes([*lengths, bits, rows.shape[1], len(tags), log]), struct.pack("<I", len(vocabulary)),
        *(tag.encode().ljust(8, b"\0") for tag in tags),
        biases.astype("<i4").tobytes(), outputs.astype("<i2").tobytes(),
        starts.astype("<u2").tobytes(), (vocabulary & np.uint32(0xFFFF)).astype("<u2").tobytes(), rows.tobytes(),
    ])
