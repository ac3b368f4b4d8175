"""Trains the block scorer, cross-validated by domain, and writes content.bin and names.bin in src/verdicts/model.

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
from names import Names, learn, write as write_names

SEED = 20261125
FOLDS = 4
BLOCKS_PER_PAGE = 160
# The corpus has languages and layouts that the other sets lack.
CORPUS_WEIGHT = 2
# Of a page that has labels for some blocks only.
SEGMENTS_WEIGHT = 0.4
# Of a copy whose text is cut short, in which the rest of the page prevails.
SHORTENED_WEIGHT = 0.4
# A shorter text that comes again may be another.
COPY_WORDS = 3
PARAMETERS = {
    "loss_function": "Logloss",
    "iterations": 400,
    "depth": 6,
    "learning_rate": 0.085,
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
# As in src/verdicts/choice.rs: β, and the score from which on a block is taken in any case.
CURVE = {"precision": (0.5, 0.75), "balance": (0.9, 0.65), "recall": (2.0, 0.3)}
LEAST = 0.08
# What β is multiplied by on pages of these types.
MORE_RECALL = {"listing": 1.5, "collection": 1.2, "service": 1.2}
# Sets whose gold mostly begins with the title, which is a matter of the option `include_title`.
WITH_TITLE = {"magic-forum-dev"}
LICENCES = {
    "wcxb-dev": "WCXB development set, CC BY 4.0",
    "magic-article-dev": "magic-html, Apache-2.0",
    "magic-forum-dev": "magic-html, Apache-2.0",
    "readability": "Readability's test pages, Apache-2.0",
    "trafilatura-dev": "Trafilatura's evaluation pages, Apache-2.0",
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
        labels = read("labels.f32", "<f4")
        self.labelled = ~np.isnan(labels)
        self.labels = np.nan_to_num(labels)
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
        self.settle_copies()
        self.domains = np.array([domain(page) for page in self.pages])
        self.sets = np.array([page["set"] for page in self.pages])
        self.types = np.array([page["type"] for page in self.pages])
        self.in_corpus = np.char.startswith(self.sets, "corpus")
        self.is_shortened = np.char.endswith(self.sets, "shortened")
        self.headline = np.array(self.features[:, self.names.index("is_headline")]) > 0
        lines = (pathlib.Path(__file__).parent / "wrong_gold.tsv").read_text().splitlines()
        wrong = {(s, name): why for s, name, why in (line.split("\t") for line in lines)}
        self.wrong = np.array([wrong.get((page["set"], page["id"]), "") for page in self.pages])
        # Pages whose gold is segments of the text, and of what is not text.
        self.in_segments = np.bincount(self.page_of, weights=~self.labelled, minlength=len(self.pages)) > 0

    def settle_copies(self):
        """Of a part that a page has more than once, the first copy gets the labels of content.

        The gold has it once, and the alignment finds it in whichever copy comes handy: noise to learn from. A single
        text that comes again, such as a teaser's, stays as the alignment has it.
        """
        for number, (tokens, block, _, _) in enumerate(self.vocabulary):
            first, last = self.starts[number : number + 2]
            ends = np.searchsorted(block, np.arange(last - first + 1))
            copies = {}
            for index in range(last - first):
                text = tokens[ends[index] : ends[index + 1]]
                if len(text) >= COPY_WORDS:
                    copies.setdefault(text.tobytes(), []).append(index)
            copied = np.zeros(last - first + 2, dtype=bool)
            for group in copies.values():
                copied[np.array(group) + 1] = len(group) > 1
            in_run = copied[1:-1] & (copied[:-2] | copied[2:])
            for group in copies.values():
                labels = self.labels[np.array(group) + first]
                if in_run[group].all() and labels.max() >= 0.5 > labels.min():
                    self.labels[np.array(group) + first] = np.sort(labels)[::-1]

    def measure(self, number, chosen):
        """Precision, recall and F1 by words."""
        tokens, block, gold, gold_size = self.vocabulary[number]
        mine = tokens[chosen[block]] if len(block) else tokens
        if gold_size == 0 or len(mine) == 0:
            return (float(gold_size == 0 and len(mine) == 0),) * 3
        shared = np.minimum(np.bincount(mine, minlength=len(gold)), gold).sum()
        return shared / len(mine), shared / gold_size, 2 * shared / (len(mine) + gold_size)

    def evaluate(self, scores, choose):
        """Precision, recall and F1 of each page; NaN where the gold is no text."""
        result = np.full((len(self.pages), 3), np.nan)
        for number in np.flatnonzero(~self.in_segments):
            part = slice(self.starts[number], self.starts[number + 1])
            result[number] = self.measure(number, choose(number, scores[part], self.words[part]))
        return result

    def evaluate_text(self, scores, favour, more):
        """The same for what comes out as text: without the title, unless that is all or the gold begins with it."""
        def text(number, scores, words):
            chosen = choose(scores, words, favour, more[number])
            title = self.headline[self.starts[number] : self.starts[number + 1]]
            if self.sets[number] in WITH_TITLE:
                return chosen | title
            return chosen & ~title if (chosen & ~title).any() else chosen

        return self.evaluate(scores, text)

    def segments(self, scores):
        """Precision, recall and F1 by labelled blocks of the pages whose gold is segments."""
        shared = chosen_count = true = 0
        for number in np.flatnonzero(self.in_segments):
            part = slice(self.starts[number], self.starts[number + 1])
            known = self.labelled[part]
            chosen, label = choose(scores[part], self.words[part])[known], self.labels[part][known] >= 0.5
            shared, chosen_count, true = shared + (chosen & label).sum(), chosen_count + chosen.sum(), true + label.sum()
        return shared / chosen_count, shared / true, 2 * shared / (chosen_count + true)

    def report(self, name, f1):
        sets = [s for s in dict.fromkeys(self.sets[~self.is_shortened]) if not np.isnan(f1[self.sets == s]).all()]
        for what, those in [
            ("", ~self.is_shortened),
            (", without gold that is empty or not in the page", ~self.is_shortened & ~np.isin(self.wrong, ["empty", "by script"])),
            (", without wrong gold", ~self.is_shortened & (self.wrong == "")),
        ]:
            mean = lambda mask: np.nanmean(f1[mask & those])
            print(f"{name}{what}:", " ".join(f"{s}={mean(self.sets == s):.4f}" for s in sets), flush=True)
            wcxb = self.sets == "wcxb-dev"
            if wcxb.any():
                kinds = sorted(set(self.types[wcxb]))
                print("   ", " ".join(f"{k}={mean(wcxb & (self.types == k)):.3f}" for k in kinds), flush=True)
        return {s: round(float(np.nanmean(f1[self.sets == s])), 4) for s in sets}


def choose(scores, words, favour="balance", more=1.0):
    """The decision of src/verdicts/choice.rs: the prefix of best expected Fβ, and all that is certain."""
    if not len(scores):
        return scores > 1
    beta, certain = CURVE[favour]
    beta *= more
    order = np.argsort(-scores)
    shared, chosen = np.cumsum((scores * words)[order]), np.cumsum(words[order])
    best = scores[order][np.argmax(shared / (chosen + beta**2 * (scores * words).sum() + 1e-9))]
    return scores >= max(min(best, certain), LEAST)


def expected_f1(scores, words, chosen):
    shared, expected = (scores * words)[chosen].sum(), (scores * words).sum()
    return 2 * shared / max(words[chosen].sum() + expected, 1e-9)


def doubted(expected, words, path_share):
    """What src/verdicts/confidence.rs makes of the expected F1, before it is put right by what is measured."""
    total = words.sum()
    if total <= 0:
        return 0.0
    paths = total / max((words * path_share).sum(), 1e-9)
    evidence = min(total**2 / (words**2).sum(), 1 + 50 * max(paths - 1, 0))
    return (evidence * expected + 0.5 * 0.5) / (evidence + 0.5)


def folds(domains):
    order = np.unique(domains)
    np.random.default_rng(SEED).shuffle(order)
    number = {name: index % FOLDS for index, name in enumerate(order)}
    return np.array([number[name] for name in domains])


def weights(data):
    """Each page weighs the same, save that the corpus's weigh more, those of segments and shortened copies less; blocks weigh by their words, longer ones a little less than that.

    Of pages with many blocks a sample is taken, whose weights make up for the rest: 0 for the others.
    """
    weight = (data.words**0.75 + 1.0) * data.labelled
    counts = np.diff(data.starts)[data.page_of]
    share = np.minimum(1.0, BLOCKS_PER_PAGE / counts)
    weight = np.where(np.random.default_rng(SEED).random(len(weight)) < share, weight, 0.0)
    sums = np.bincount(data.page_of, weights=weight, minlength=len(data.pages))
    usable = np.bincount(data.page_of, weights=data.labels, minlength=len(data.pages)) > 0
    kind = np.where(data.in_corpus, CORPUS_WEIGHT, np.where(data.in_segments, SEGMENTS_WEIGHT, 1.0))
    kind[data.is_shortened] *= SHORTENED_WEIGHT
    return weight / np.maximum(sums[data.page_of], 1e-9) * (150 * usable * kind)[data.page_of]


class Trainer:
    def __init__(self, data):
        self.data = data
        self.weight = weights(data)
        self.weight /= self.weight[self.weight > 0].mean()
        # A label between 0 and 1 says that the gold covers a part of the block; such a block weighs less.
        self.certainty = 0.2 + 0.8 * np.abs(data.labels - 0.5) * 2
        self.target = (data.labels >= 0.5).astype(int)
        self.fold = folds(data.domains)[data.page_of]
        self.names = Names(data)
        self.names_column = data.names.index("names")

    def features(self, rows, names):
        features = np.array(self.data.features[rows])
        features[:, self.names_column] = names[rows]
        return features

    def fit(self, rows):
        """Learns from those blocks: the trees, the weights of the names, and the feature that comes of them."""
        names, weights = learn(self.names, rows, self.target[rows], self.weight[rows], self.fold, FOLDS)
        weight = (self.weight * self.certainty)[rows]
        pool = catboost.Pool(self.features(rows, names), self.target[rows], weight=weight)
        pool.quantize(border_count=BORDERS)
        return catboost.CatBoost(PARAMETERS).fit(pool), weights, names

    def scores(self, model, rows, names):
        return model.predict(self.features(rows, names), prediction_type="Probability")[:, 1]

    def write(self, folder):
        rows = np.flatnonzero(self.weight > 0)
        model, weights, _ = self.fit(rows)
        write(model, folder / "content.bin")
        write_names(self.names, weights, folder / "names.bin")
        # What tests/trainer.rs compares the crate's scores with.
        names, lines = self.names.values(weights), []
        for number in np.flatnonzero(self.data.sets == "corpus"):
            scores = self.scores(model, np.arange(*self.data.starts[number : number + 2]), names)
            lines.append(f"{self.data.pages[number]['id']}\t{len(scores)}\t{scores.mean():.5f}\t{(scores**2).mean():.5f}\n")
        (pathlib.Path(__file__).parent.parent / "tests" / "trainer_scores.tsv").write_text("".join(lines))

    def validate(self):
        data = self.data
        scores = np.zeros(len(data.labels), dtype=np.float32)
        for number in range(FOLDS):
            model, _, names = self.fit(np.flatnonzero((self.weight > 0) & (self.fold != number)))
            held = np.flatnonzero(self.fold == number)
            scores[held] = self.scores(model, held, names)
            print("fold", number, datetime.datetime.now().time(), flush=True)
        scores.tofile(data.folder / "scores.f32")
        return report(data, scores)


def report(data, scores, more=None):
    """Prints what the scores of cross-validation are worth; `more` is what β is multiplied by for each page."""
    more = np.ones(len(data.pages)) if more is None else more
    result = data.evaluate_text(scores, "balance", more)
    figures = data.report("cross-validated", result[:, 2])
    best = np.full(len(data.pages), np.nan)
    for threshold in np.linspace(0.05, 0.95, 19):
        best = np.fmax(best, data.evaluate(scores, lambda _, scores, words: scores >= threshold)[:, 2])
    data.report("with the ideal threshold of each page", best)
    if data.in_segments.any():
        print("segments, by labelled blocks: P={:.3f} R={:.3f} F1={:.3f}".format(*data.segments(scores)))
    wcxb = data.sets == "wcxb-dev"
    for favour in CURVE:
        means = data.evaluate_text(scores, favour, more)[wcxb].mean(axis=0)
        print("wcxb-dev, favour {}: P={:.3f} R={:.3f} F1={:.3f}".format(favour, *means))
    expected = np.zeros(len(data.pages))
    path_share = np.array(data.features[:, data.names.index("path.page_share")])
    for number in range(len(data.pages)):
        part = slice(data.starts[number], data.starts[number + 1])
        words, score = data.words[part], scores[part]
        chosen = choose(score, words, more=more[number])
        expected[number] = doubted(expected_f1(score, words, chosen), words, path_share[part])
    measured = ~data.in_segments & ~data.is_shortened
    for part in np.array_split(np.flatnonzero(measured)[np.argsort(expected[measured])], 12):
        print(f"{len(part)} pages: expected, with doubt, {expected[part].mean():.3f}, measured {result[part, 2].mean():.3f}")
    return figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--out")
    parser.add_argument("--no-validation", action="store_true")
    arguments = parser.parse_args()
    data = Data(arguments.data)
    print(len(data.pages), "pages", len(data.labels), "blocks", len(data.names), "features")
    data.report("ceiling", data.evaluate(data.labels, lambda _, labels, words: labels >= 0.5)[:, 2])
    trainer = Trainer(data)
    folder = arguments.out and pathlib.Path(arguments.out)
    if folder:
        trainer.write(folder)
    figures = None if folder and arguments.no_validation else trainer.validate()
    if folder:
        note = {"features": len(data.names), "date": datetime.date.today().isoformat(), "seed": SEED,
                "command": "python3 training/train.py --data DIR --out src/verdicts/model",
                "parameters": PARAMETERS, "pages": {s: int((data.sets == s).sum()) for s in dict.fromkeys(data.sets)},
                "licences": LICENCES, "words_f1_cross_validated_by_domain": figures}
        (folder / "content.json").write_text(json.dumps(note, indent=2) + "\n")


if __name__ == "__main__":
    main()
