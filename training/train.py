"""Trains the two passes of the block scorer, cross-validated by domain, and writes the model files.

    python training/train.py --data DIR --sets SET... [--out src/verdicts/model]

DIR is where `cargo run --example training_data` wrote the features. See training/README.md.
"""

import argparse
import datetime
import json
import pathlib
import struct
import subprocess
import urllib.parse

import lightgbm as lgb
import numpy as np

SEED = 20261124
FOLDS = 4
BLOCKS_PER_PAGE = 160
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 31,
    "learning_rate": 0.09,
    "max_bin": 63,
    "min_data_in_leaf": 25,
    "min_sum_hessian_in_leaf": 0.05,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "num_threads": 2,
    "seed": SEED,
    "deterministic": True,
    "force_col_wise": True,
}
TREES = (200, 100)
# The second pass sees the first's scores and overfits them unless it is held back.
SECOND = {"num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 100, "lambda_l2": 20.0}
SHARED = {"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "gob"}


def domain(page):
    host = urllib.parse.urlparse(page["url"] or "").hostname or page["id"]
    parts = host.split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in SHARED else 2
    return ".".join(parts[-keep:])


class Data:
    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.folder = folder
        self.names = (folder / "names.txt").read_text().split("\n")
        self.names2 = (folder / "names2.txt").read_text().split("\n")
        self.pages = [json.loads(line) for line in (folder / "pages.jsonl").read_text().split("\n")]
        read = lambda name, kind: np.fromfile(folder / name, dtype=kind)
        self.labels = read("labels.f32", "<f4")
        self.words = read("words.f32", "<f4")
        self.features = read("features.f32", "<f4").reshape(len(self.labels), len(self.names))
        counts = np.array([page["blocks"] for page in self.pages])
        self.page_of = np.repeat(np.arange(len(self.pages)), counts)
        self.starts = np.concatenate([[0], np.cumsum(counts)]).astype(int)
        token_starts = np.concatenate([[0], np.cumsum(read("token_counts.u32", "<u4"))]).astype(int)
        tokens, gold = read("tokens.u32", "<u4"), read("gold.u32", "<u4")
        gold_starts = np.concatenate([[0], np.cumsum(read("gold_counts.u32", "<u4"))]).astype(int)
        # Per page: for each token its block and its number in the page's vocabulary; the gold's counts of it.
        self.vocabulary = []
        for number in range(len(self.pages)):
            first, last = self.starts[number], self.starts[number + 1]
            part = tokens[token_starts[first] : token_starts[last]]
            block = np.repeat(np.arange(last - first), np.diff(token_starts[first : last + 1]))
            golden = gold[gold_starts[number] : gold_starts[number + 1]]
            _, inverse = np.unique(np.concatenate([part, golden]), return_inverse=True)
            size = inverse.max() + 1 if len(inverse) else 0
            counts_gold = np.bincount(inverse[len(part) :], minlength=size)
            self.vocabulary.append((inverse[: len(part)], block, counts_gold, len(golden)))
        self.domains = np.array([domain(page) for page in self.pages])
        self.sets = np.array([page["set"] for page in self.pages])
        self.types = np.array([page["type"] for page in self.pages])

    def f1(self, number, chosen):
        tokens, block, gold, gold_size = self.vocabulary[number]
        mine = tokens[chosen[block]] if len(block) else tokens
        if gold_size == 0 or len(mine) == 0:
            return float(gold_size == 0 and len(mine) == 0)
        shared = np.minimum(np.bincount(mine, minlength=len(gold)), gold).sum()
        return 2 * shared / (len(mine) + gold_size)

    def evaluate(self, scores, choose):
        result = np.zeros(len(self.pages))
        for number in range(len(self.pages)):
            part = slice(self.starts[number], self.starts[number + 1])
            result[number] = self.f1(number, choose(scores[part], self.words[part]))
        return result

    def report(self, name, result):
        line = " ".join(f"{s}={result[self.sets == s].mean():.4f}" for s in dict.fromkeys(self.sets))
        print(f"{name}: {line}", flush=True)
        wcxb = self.sets == "wcxb-dev"
        if wcxb.any():
            kinds = sorted(set(self.types[wcxb]))
            print("   ", " ".join(f"{k}={result[wcxb & (self.types == k)].mean():.3f}" for k in kinds), flush=True)


def choose(scores, words):
    """The decision of src/verdicts/judge.rs: the prefix of best expected F1, and all from 0.5 on."""
    order = np.argsort(-scores)
    shared, chosen = np.cumsum((scores * words)[order]), np.cumsum(words[order])
    if not len(order):
        return scores > 1
    best = scores[order][np.argmax(2 * shared / (chosen + (scores * words).sum() + 1e-9))]
    return scores >= min(best, 0.5)


def folds(domains):
    order = np.unique(domains)
    np.random.default_rng(SEED).shuffle(order)
    number = {name: index % FOLDS for index, name in enumerate(order)}
    return np.array([number[name] for name in domains])


def weights(data):
    """Each page weighs the same; blocks weigh by their words, longer ones a little less than that.

    Of pages with many blocks a sample is taken, whose weights make up for the rest: 0 for the others.
    """
    weight = data.words**0.75 + 1.0
    counts = np.diff(data.starts)[data.page_of]
    share = np.minimum(1.0, BLOCKS_PER_PAGE / counts)
    weight = np.where(np.random.default_rng(SEED).random(len(weight)) < share, weight, 0.0)
    sums = np.bincount(data.page_of, weights=weight, minlength=len(data.pages))
    usable = np.bincount(data.page_of, weights=data.labels, minlength=len(data.pages)) > 0
    return weight / np.maximum(sums[data.page_of], 1e-9) * 150 * usable[data.page_of]


def dataset(features, data, weight, names):
    """One data set for all folds: finding the bins takes longer than growing the trees."""
    # A label between 0 and 1 says that the gold covers a part of the block; such a block weighs less.
    target = (data.labels >= 0.5).astype(np.float32)
    certainty = 0.2 + 0.8 * np.abs(data.labels - 0.5) * 2
    params = {"max_bin": PARAMETERS["max_bin"], "bin_construct_sample_cnt": 60000, "verbose": -1}
    rows = np.flatnonzero(weight > 0)
    full = lgb.Dataset(
        features[rows], target[rows], weight=(weight * certainty)[rows], feature_name=names, params=params,
        free_raw_data=False,
    ).construct()
    return full, rows


def fit(full, inside, trees, changes=()):
    full, rows = full
    return lgb.train(PARAMETERS | dict(changes), full.subset(np.flatnonzero(inside[rows])), num_boost_round=trees)


def cross_validate(data, full, features, trees, weight, changes=()):
    fold = folds(data.domains)[data.page_of]
    scores = np.zeros(len(data.labels), dtype=np.float32)
    for number in range(FOLDS):
        model = fit(full, (fold != number) & (weight > 0), trees, changes)
        scores[fold == number] = model.predict(features[fold == number])
        print("fold", number, datetime.datetime.now().time(), flush=True)
    return scores


def write(model, path):
    """The format is described in src/verdicts/model.rs."""
    trees = model.dump_model()["tree_info"]
    used, nodes, roots = {}, [], []

    def floor(value):
        single = np.float32(value)
        return float(single if float(single) <= value else np.nextafter(single, np.float32(-np.inf)))

    for tree in trees:
        roots.append(len(nodes))
        stack = [(tree["tree_structure"], None)]
        while stack:
            node, parent = stack.pop()
            here = len(nodes)
            if parent is not None:
                nodes[parent][1] = here - parent
            if "leaf_value" in node and "split_feature" not in node:
                nodes.append([0xFFFF, 0, node["leaf_value"]])
                continue
            feature = used.setdefault(node["split_feature"], len(used))
            assert node["decision_type"] == "<="
            nodes.append([feature, 0, floor(node["threshold"])])
            stack.append((node["right_child"], here))
            stack.append((node["left_child"], None))
    with open(path, "wb") as file:
        file.write(b"UHM1" + struct.pack("<III", len(used), len(roots), len(nodes)))
        file.write(b"".join(struct.pack("<H", feature) for feature in used))
        file.write(b"".join(struct.pack("<I", root) for root in roots))
        file.write(b"".join(struct.pack("<HHf", *node) for node in nodes))
    print(path, path.stat().st_size, "bytes", len(used), "features", len(nodes), "nodes")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--sets", nargs="+", required=True)
    parser.add_argument("--out")
    arguments = parser.parse_args()
    data = Data(arguments.data)
    print(len(data.pages), "pages", len(data.labels), "blocks", len(data.names), "features")
    data.report("ceiling", data.evaluate(data.labels, lambda labels, words: labels >= 0.5))
    weight = weights(data)
    full = dataset(data.features, data, weight, data.names)
    first = cross_validate(data, full, data.features, TREES[0], weight)
    inside = weight > 0
    if arguments.out:
        out = pathlib.Path(arguments.out)
        out.mkdir(parents=True, exist_ok=True)
        write(fit(full, inside, TREES[0]), out / "first.bin")
    first.tofile(data.folder / "first.f32")
    data.report("first pass", data.evaluate(first, choose))
    subprocess.run(
        ["cargo", "run", "--release", "--example", "training_data", "--", "--out",
         str(data.folder), "--first", str(data.folder / "first.f32"), *arguments.sets],
        check=True,
    )
    context = np.fromfile(data.folder / "context.f32", dtype="<f4").reshape(len(data.labels), len(data.names2))
    both = np.concatenate([data.features, context], axis=1)
    names = data.names + data.names2
    full = dataset(both, data, weight, names)
    if arguments.out:
        write(fit(full, inside, TREES[1], SECOND), out / "second.bin")
    second = cross_validate(data, full, both, TREES[1], weight, SECOND)
    second.tofile(data.folder / "second.f32")
    data.report("second pass", data.evaluate(second, choose))


if __name__ == "__main__":
    main()
