"""Trains the block scorer, cross-validated by domain, and writes src/verdicts/model/content.bin.

    python training/train.py --data DIR [--out src/verdicts/model]

DIR is where `cargo run --release --example training_data` wrote the features. See training/README.md.
"""

import argparse
import datetime
import json
import pathlib
import urllib.parse

import catboost
import numpy as np

from model import write

SEED = 20261125
FOLDS = 4
BLOCKS_PER_PAGE = 160
# The corpus has languages and layouts that the other sets lack.
CORPUS_WEIGHT = 3
PARAMETERS = {
    "loss_function": "Logloss",
    "iterations": 600,
    "depth": 6,
    "learning_rate": 0.07,
    "l2_leaf_reg": 3,
    "random_strength": 0.2,
    "rsm": 0.3,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.8,
    "score_function": "L2",
    "boosting_type": "Plain",
    "random_seed": SEED,
    "thread_count": 2,
    "verbose": False,
    "allow_writing_files": False,
}
BORDERS = 62
# As in src/verdicts/judge.rs.
BETA, CERTAIN, LEAST = 0.8, 0.65, 0.08
LICENCES = {
    "wcxb-dev": "WCXB development set, CC BY 4.0",
    "magic-article-dev": "magic-html, Apache-2.0",
    "magic-forum-dev": "magic-html, Apache-2.0",
    "readability": "Readability's test pages, Apache-2.0",
    "corpus": "this project's corpus, MIT OR Apache-2.0",
}
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
        self.pages = [json.loads(line) for line in (folder / "pages.jsonl").read_text().split("\n")]
        read = lambda name, kind: np.fromfile(folder / name, dtype=kind)
        self.labels = read("labels.f32", "<f4")
        self.words = read("words.f32", "<f4")
        self.features = np.memmap(folder / "features.f32", dtype="<f4", mode="r").reshape(len(self.labels), len(self.names))
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
    """The decision of src/verdicts/judge.rs: the prefix of best expected Fβ, and all that is certain."""
    if not len(scores):
        return scores > 1
    order = np.argsort(-scores)
    shared, chosen = np.cumsum((scores * words)[order]), np.cumsum(words[order])
    best = scores[order][np.argmax(shared / (chosen + BETA**2 * (scores * words).sum() + 1e-9))]
    return scores >= max(min(best, CERTAIN), LEAST)


def folds(domains):
    order = np.unique(domains)
    np.random.default_rng(SEED).shuffle(order)
    number = {name: index % FOLDS for index, name in enumerate(order)}
    return np.array([number[name] for name in domains])


def weights(data):
    """Each page weighs the same, save that the corpus's weigh more; blocks weigh by their words, longer ones a little less than that.

    Of pages with many blocks a sample is taken, whose weights make up for the rest: 0 for the others.
    """
    weight = data.words**0.75 + 1.0
    counts = np.diff(data.starts)[data.page_of]
    share = np.minimum(1.0, BLOCKS_PER_PAGE / counts)
    weight = np.where(np.random.default_rng(SEED).random(len(weight)) < share, weight, 0.0)
    sums = np.bincount(data.page_of, weights=weight, minlength=len(data.pages))
    usable = np.bincount(data.page_of, weights=data.labels, minlength=len(data.pages)) > 0
    page = 150 * usable * np.where(data.sets == "corpus", CORPUS_WEIGHT, 1)
    return weight / np.maximum(sums[data.page_of], 1e-9) * page[data.page_of]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--out")
    parser.add_argument("--no-validation", action="store_true")
    arguments = parser.parse_args()
    data = Data(arguments.data)
    print(len(data.pages), "pages", len(data.labels), "blocks", len(data.names), "features")
    data.report("ceiling", data.evaluate(data.labels, lambda labels, words: labels >= 0.5))
    weight = weights(data)
    rows = np.flatnonzero(weight > 0)
    # A label between 0 and 1 says that the gold covers a part of the block; such a block weighs less.
    certainty = 0.2 + 0.8 * np.abs(data.labels - 0.5) * 2
    target = (data.labels >= 0.5).astype(int)
    pool = catboost.Pool(np.ascontiguousarray(data.features[rows]), target[rows], weight=(weight * certainty)[rows])
    pool.quantize(border_count=BORDERS)
    if arguments.out:
        model = catboost.CatBoost(PARAMETERS).fit(pool)
        write(model, pathlib.Path(arguments.out) / "content.bin")
        write_scores(data, model)
        note = {"features": len(data.names), "date": datetime.date.today().isoformat(), "seed": SEED,
                "command": "python3 training/train.py --data DIR --out src/verdicts/model",
                "parameters": PARAMETERS, "pages": {s: int((data.sets == s).sum()) for s in dict.fromkeys(data.sets)},
                "licences": LICENCES}
    if not arguments.out or not arguments.no_validation:
        figures = validate(data, weight, rows, pool)
        if arguments.out:
            note["words_f1_cross_validated_by_domain"] = figures
    if arguments.out:
        (pathlib.Path(arguments.out) / "content.json").write_text(json.dumps(note, indent=2) + "\n")


def write_scores(data, model):
    """What tests/trainer.rs compares the crate's scores with."""
    lines = []
    for number in np.flatnonzero(data.sets == "corpus"):
        part = slice(data.starts[number], data.starts[number + 1])
        scores = model.predict(np.ascontiguousarray(data.features[part]), prediction_type="Probability")[:, 1]
        lines.append(f"{data.pages[number]['id']}\t{len(scores)}\t{scores.mean():.5f}\t{(scores**2).mean():.5f}\n")
    (pathlib.Path(__file__).parent.parent / "tests" / "trainer_scores.tsv").write_text("".join(lines))


def validate(data, weight, rows, pool):
    fold = folds(data.domains)[data.page_of]
    scores = np.zeros(len(data.labels), dtype=np.float32)
    for number in range(FOLDS):
        model = catboost.CatBoost(PARAMETERS).fit(pool.slice(np.flatnonzero(fold[rows] != number)))
        held = np.flatnonzero(fold == number)
        scores[held] = model.predict(data.features[held], prediction_type="Probability")[:, 1]
        print("fold", number, datetime.datetime.now().time(), flush=True)
    scores.tofile(data.folder / "scores.f32")
    result = data.evaluate(scores, choose)
    data.report("cross-validated", result)
    best = np.zeros(len(data.pages))
    for threshold in np.linspace(0.05, 0.95, 19):
        best = np.maximum(best, data.evaluate(scores, lambda scores, words: scores >= threshold))
    data.report("with the ideal threshold of each page", best)
    return {s: round(float(result[data.sets == s].mean()), 4) for s in dict.fromkeys(data.sets)}


if __name__ == "__main__":
    main()
