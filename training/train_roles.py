"""Trains the role model on the corpus, cross-validated by page, and writes src/verdicts/model/roles.bin.

    python training/train_roles.py --data DIR --out src/verdicts/model

DIR/roles.f32 is what `training_data --roles` wrote. See training/README.md.
"""

import argparse
import pathlib
import struct
import tempfile

import lightgbm as lgb
import numpy as np

from train import SEED, write

ROLES = ["title", "byline", "content", "comment", "navigation", "breadcrumb", "pagination", "recommendation", "share",
         "comment_form", "form", "advert", "consent", "legal", "other"]
PARAMETERS = {
    "objective": "binary", "num_leaves": 10, "learning_rate": 0.12, "min_data_in_leaf": 4, "feature_fraction": 0.25,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 2.0, "verbose": -1, "num_threads": 2, "seed": SEED,
    "deterministic": True,
}
TREES = 45
FOLDS = 6


def fit(features, target, weight):
    return lgb.train(PARAMETERS, lgb.Dataset(features, target, weight=weight), num_boost_round=TREES)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--width", type=int, required=True, help="features a block")
    parser.add_argument("--out")
    arguments = parser.parse_args()
    rows = np.fromfile(pathlib.Path(arguments.data) / "roles.f32", dtype="<f4").reshape(-1, arguments.width + 2)
    page, role, features = rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2:]
    # A frequent role must not drown a rare one.
    counts = np.bincount(role, minlength=len(ROLES)).clip(1)
    weight = (200 / counts[role]) ** 0.5
    fold = np.random.default_rng(SEED).permutation(page.max() + 1)[page] % FOLDS
    scores = np.full((len(role), len(ROLES)), -99.0)
    models = []
    for number in range(len(ROLES)):
        target = (role == number).astype(float)
        for part in range(FOLDS):
            inside = fold != part
            scores[~inside, number] = fit(features[inside], target[inside], weight[inside]).predict(features[~inside], raw_score=True)
        models.append(fit(features, target, weight))
    outside = [n for n in range(len(ROLES)) if ROLES[n] not in ("title", "content")]
    for n in outside:
        mine = role == n
        right = (np.array(outside)[scores[:, outside].argmax(1)] == n)[mine].mean()
        print(f"{ROLES[n]}: {mine.sum()} blocks, cross-validated {right:.3f}")
    mine = np.isin(role, outside)
    print("all:", (np.array(outside)[scores[:, outside].argmax(1)] == role)[mine].mean())
    if arguments.out:
        blob = b""
        for model in models:
            with tempfile.NamedTemporaryFile() as file:
                write(model, pathlib.Path(file.name))
                part = pathlib.Path(file.name).read_bytes()
            blob += struct.pack("<I", len(part)) + part
        (pathlib.Path(arguments.out) / "roles.bin").write_bytes(blob)
        print(len(blob), "bytes")


if __name__ == "__main__":
    main()
