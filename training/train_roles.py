"""Trains the role model, cross-validated by page, and writes src/verdicts/model/roles.bin.

    python training/train_roles.py --data DIR [--out src/verdicts/model]

DIR is where `cargo run --release --example training_data -- --roles training/role_labels.tsv` wrote. See training/README.md.
"""

import argparse
import pathlib

import catboost
import numpy as np

from model import write
from train import SEED

ROLES = ["title", "byline", "content", "comment", "navigation", "breadcrumb", "pagination", "recommendation", "share",
         "comment_form", "form", "advert", "consent", "legal", "other"]
PARAMETERS = {
    "loss_function": "MultiClass",
    "classes_count": len(ROLES),
    "iterations": 400,
    "depth": 4,
    "learning_rate": 0.15,
    "l2_leaf_reg": 3,
    "rsm": 0.3,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.8,
    "random_seed": SEED,
    "thread_count": 2,
    "verbose": False,
    "allow_writing_files": False,
}
FOLDS = 6
# So many blocks of a role weigh fully in a page.
ROWS = 20
# The corpus has roles that the other pages have few of.
CORPUS_WEIGHT = 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--out")
    arguments = parser.parse_args()
    folder = pathlib.Path(arguments.data)
    width = len((folder / "role_names.txt").read_text().split("\n"))
    rows = np.fromfile(folder / "roles.f32", dtype="<f4").reshape(-1, width + 2)
    page, role, features = rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2:]
    pages = (folder / "role_pages.txt").read_text().split("\n")
    # A frequent role must not drown a rare one, nor a page's menu of hundreds what other pages' menus look like.
    counts = np.bincount(role, minlength=len(ROLES)).clip(1)
    in_page = np.unique(page * len(ROLES) + role, return_inverse=True, return_counts=True)
    weight = (200 / counts[role]) ** 0.5 * np.minimum(1, ROWS / in_page[2][in_page[1]]) ** 0.5
    corpus = np.array([name.startswith("corpus/") for name in pages])[page]
    weight[corpus] *= CORPUS_WEIGHT
    # What is nothing in particular is many things.
    weight[role == ROLES.index("other")] *= 1.9
    pool = catboost.Pool(features, role, weight=weight)
    pool.quantize(border_count=62)
    if arguments.out:
        write(catboost.CatBoost(PARAMETERS).fit(pool), pathlib.Path(arguments.out) / "roles.bin")
    fold = np.random.default_rng(SEED).permutation(page.max() + 1)[page] % FOLDS
    scores = np.zeros((len(role), len(ROLES)))
    for part in range(FOLDS):
        model = catboost.CatBoost(PARAMETERS).fit(pool.slice(np.flatnonzero(fold != part)))
        held = np.flatnonzero(fold == part)
        scores[held] = model.predict(features[held], prediction_type="RawFormulaVal")
    outside = [n for n in range(len(ROLES)) if ROLES[n] not in ("title", "content")]
    guessed = np.array(outside)[scores[:, outside].argmax(1)]
    for name, those in [("corpus", corpus), ("pages labelled by block", ~corpus)]:
        print(name)
        for n in outside:
            mine = those & (role == n)
            print(f"  {ROLES[n]}: {mine.sum()} blocks, cross-validated {(guessed == n)[mine].mean():.3f}")
        mine = those & np.isin(role, outside)
        means = [(guessed == role)[mine & (page == n)].mean() for n in np.unique(page[mine])]
        print(f"  all: {(guessed == role)[mine].mean():.3f}, mean of the pages {np.mean(means):.3f}")


if __name__ == "__main__":
    main()
