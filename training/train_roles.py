"""Trains the role model, cross-validated by page, and writes src/verdicts/model/roles.bin.

    python training/train_roles.py --data DIR [--out src/verdicts/model]

DIR is where `cargo run --release --example training_data -- --roles training/role_labels.tsv` wrote. See training/README.md.
"""

import numpy as np

from classes import folders, parameters, train
from train import SEED

ROLES = ["title", "byline", "content", "comment", "navigation", "breadcrumb", "pagination", "recommendation", "share",
         "comment_form", "form", "advert", "consent", "legal", "other"]
PARAMETERS = parameters(ROLES, iterations=400, learning_rate=0.28, rsm=0.3)
FOLDS = 6
# So many blocks of a role weigh fully in a page.
ROWS = 20
# The corpus has roles that the other pages have few of.
CORPUS_WEIGHT = 3


def main():
    folder, out = folders()
    width = len((folder / "role_names.txt").read_text().split("\n"))
    rows = np.fromfile(folder / "roles.f32", dtype="<f4").reshape(-1, width + 2)
    page, role, features = rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2:]
    pages = (folder / "role_pages.txt").read_text().split("\n")
    # A frequent role must not drown a rare one, nor a page's menu of hundreds what other pages' menus look like.
    counts = np.bincount(role, minlength=len(ROLES)).clip(1)
    in_page = np.unique(page * len(ROLES) + role, return_inverse=True, return_counts=True)
    weight = (200 / counts[role]) ** 0.25 * np.minimum(1, ROWS / in_page[2][in_page[1]]) ** 0.5
    corpus = np.array([name.startswith("corpus/") for name in pages])[page]
    weight[corpus] *= CORPUS_WEIGHT
    # What is nothing in particular is many things.
    weight[role == ROLES.index("other")] *= 1.4
    fold = np.random.default_rng(SEED).permutation(page.max() + 1)[page] % FOLDS
    scores = train(features, role, weight, fold, PARAMETERS, out and out / "roles.bin")
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
