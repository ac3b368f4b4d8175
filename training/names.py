"""What the words of tags, class names, ids and roles say of a block: a logistic regression, and its table.

A block sees each word at three reaches: at its own container, one to three containers up, farther up. A word counts
once at each reach, however often it comes there. The sum of the weights is one feature of the scorer's, `names`; so
that the trees don't trust it more than it deserves, the pages that they learn from get it from a regression over
other domains. src/verdicts/names.rs sums up in the same way.
"""

import struct

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

REACHES = 3
NEAR = 3
# A word of fewer domains is learned by heart.
LEAST_DOMAINS = 6
C = 0.005
UNIT = 1 / 32


class Names:
    def __init__(self, data):
        """Reads which words each block sees, as a matrix of blocks × (word, reach)."""
        read = lambda name: np.fromfile(data.folder / name, dtype="<u4")
        counts = read("container_counts.u32").astype(np.int64)
        starts = np.concatenate([[0], np.cumsum(counts)])
        # Containers are numbered through over all pages; the last one stands for the parent of a root.
        none = starts[-1]
        parents = read("container_parents.u32").astype(np.int64)
        offsets = np.repeat(starts[:-1], counts)
        parents = np.append(np.where(parents == 0xFFFFFFFF, none, parents + offsets), none)
        containers = read("container_of.u32").astype(np.int64) + starts[data.page_of]
        words = read("names.u32")
        rows = np.repeat(np.arange(none), read("name_counts.u32"))
        self.hashes, numbers = np.unique(words, return_inverse=True)
        pages = np.repeat(np.arange(len(counts)), counts)[rows]
        domains = np.unique(data.domains, return_inverse=True)[1][pages]
        pairs = np.unique(numbers.astype(np.int64) * (domains.max() + 1) + domains) // (domains.max() + 1)
        frequent = np.bincount(pairs, minlength=len(self.hashes)) >= LEAST_DOMAINS
        self.hashes = self.hashes[frequent]
        column = np.where(frequent, np.cumsum(frequent) - 1, -1)[numbers]
        keep = column >= 0
        shape = (none + 1, len(self.hashes))
        own = sparse.csr_matrix((np.ones(keep.sum(), np.float32), (rows[keep], column[keep])), shape=shape)
        used, self.row_of = np.unique(containers, return_inverse=True)
        near, at = [], used
        for _ in range(NEAR):
            at = parents[at]
            near.append(own[at])
        far = sparse.csr_matrix((len(used), shape[1]), dtype=np.float32)
        at = parents[at]
        while (at != none).any():
            far = far + own[at]
            at = parents[at]
        self.matrix = sparse.hstack([own[used], sum(near), far], format="csr")
        self.matrix.data[:] = 1

    def fit(self, rows, target, weight):
        """The weights learned from those blocks, in units; the intercept is left to the trees."""
        regression = LogisticRegression(C=C, max_iter=300, tol=1e-5)
        regression.fit(self.matrix[self.row_of[rows]], target, sample_weight=weight)
        return np.clip(np.rint(regression.coef_[0] / UNIT), -127, 127)

    def values(self, weights):
        """The feature for all blocks."""
        return ((self.matrix @ weights.astype(np.float32)) * np.float32(UNIT))[self.row_of].astype(np.float32)


def learn(names, rows, target, weight, fold, folds):
    """The feature for all blocks: of the rows' own folds from the others, of all others from all rows; and the weights."""
    weights = names.fit(rows, target, weight)
    values = names.values(weights)
    for number in range(folds):
        inside = fold[rows] == number
        if inside.any():
            part = names.values(names.fit(rows[~inside], target[~inside], weight[~inside]))
            values[rows[inside]] = part[rows[inside]]
    return values, weights


def write(names, weights, path):
    """`UHN1`, the number of words, then for each its hash and its weights at the three reaches, words by hash."""
    table = weights.reshape(REACHES, -1).astype(np.int8).T
    kept = np.flatnonzero((table != 0).any(axis=1))
    blob = [b"UHN1", struct.pack("<I", len(kept))]
    blob += [struct.pack("<I3b", int(names.hashes[n]), *map(int, table[n])) for n in kept]
    path.write_bytes(b"".join(blob))
    print(path, path.stat().st_size, "bytes", len(kept), "words")
