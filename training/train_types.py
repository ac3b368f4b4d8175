"""Trains the page type model, cross-validated by domain, and writes src/verdicts/model/types.bin.

    python training/train_types.py --data DIR [--out src/verdicts/model]

DIR is where `cargo run --release --example training_data -- --types` wrote. See training/README.md.
"""

import argparse
import json
import pathlib

import catboost
import numpy as np

from model import write
from train import SEED, domain, folds

TYPES = ["article", "forum", "product", "collection", "listing", "documentation", "service"]
PARAMETERS = {
    "loss_function": "MultiClass",
    "classes_count": len(TYPES),
    "iterations": 150,
    "depth": 4,
    "learning_rate": 0.14,
    "l2_leaf_reg": 3,
    "rsm": 0.2,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.8,
    "random_seed": SEED,
    "thread_count": 2,
    "verbose": False,
    "allow_writing_files": False,
}
# Sets of one type each would drown the others.
SET_WEIGHT = {"wcxb-dev": 1.0, "corpus": 1.5}
OTHER_WEIGHT = 0.3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--out")
    arguments = parser.parse_args()
    folder = pathlib.Path(arguments.data)
    pages = [json.loads(line) for line in (folder / "type_pages.jsonl").read_text().split("\n")]
    width = len((folder / "type_names.txt").read_text().split("\n"))
    features = np.fromfile(folder / "types.f32", dtype="<f4").reshape(len(pages), width)
    known = np.array([page["type"] in TYPES for page in pages])
    pages, features = [page for page, keep in zip(pages, known) if keep], features[known]
    label = np.array([TYPES.index(page["type"]) for page in pages])
    sets = np.array([page["set"] for page in pages])
    weight = np.array([SET_WEIGHT.get(s, OTHER_WEIGHT) for s in sets])
    # A frequent type must not drown a rare one.
    weight *= (1 / np.bincount(label, weights=weight, minlength=len(TYPES))[label]) ** 0.3
    weight /= weight.mean()
    pool = catboost.Pool(features, label, weight=weight)
    pool.quantize(border_count=62)
    if arguments.out:
        write(catboost.CatBoost(PARAMETERS).fit(pool), pathlib.Path(arguments.out) / "types.bin")
    fold = folds(np.array([domain(page) for page in pages]))
    scores = np.zeros((len(pages), len(TYPES)))
    for part in range(fold.max() + 1):
        model = catboost.CatBoost(PARAMETERS).fit(pool.slice(np.flatnonzero(fold != part)))
        scores[fold == part] = model.predict(features[fold == part], prediction_type="RawFormulaVal")
    guessed = scores.argmax(1)
    for s in dict.fromkeys(sets):
        print(f"{s}: {(guessed == label)[sets == s].mean():.3f} of {(sets == s).sum()}")
    mine = sets == "wcxb-dev"
    for number, name in enumerate(TYPES):
        of = mine & (label == number)
        print(f"  {name}: {(guessed == number)[of].mean():.3f} of {of.sum()}, taken for",
              {TYPES[n]: int(c) for n, c in enumerate(np.bincount(guessed[of], minlength=len(TYPES))) if c and n != number})


if __name__ == "__main__":
    main()
