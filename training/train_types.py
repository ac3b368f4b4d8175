"""Trains the page type model, cross-validated by domain, and writes src/verdicts/model/types.bin. Then reports the
text's quality anew, as the choice of its blocks hangs on the type.

    python training/train_types.py --data DIR [--out src/verdicts/model]

DIR is where `cargo run --release --example training_data -- --types` wrote. See training/README.md.
"""

import json

import numpy as np
from scipy.special import softmax

from classes import folders, parameters, train
from train import MORE_RECALL, Data, domain, folds, report

TYPES = ["article", "forum", "product", "collection", "listing", "documentation", "service"]
PARAMETERS = parameters(TYPES, iterations=150, learning_rate=0.14, rsm=0.2)
# Sets of one type each would drown the others.
SET_WEIGHT = {"wcxb-dev": 1.0, "corpus": 1.5}
OTHER_WEIGHT = 0.3


def main():
    folder, out = folders()
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
    fold = folds(np.array([domain(page) for page in pages]))
    scores = train(features, label, weight, fold, PARAMETERS, out and out / "types.bin")
    guessed = scores.argmax(1)
    # What the text is worth where its choice hangs on how likely the types are.
    data = Data(folder)
    powers = np.exp(softmax(scores, axis=1) @ np.log([MORE_RECALL.get(name, 1.0) for name in TYPES]))
    more = {(page["set"], page["id"]): power for page, power in zip(pages, powers)}
    of_page = np.array([more.get((page["set"], page["id"]), 1.0) for page in data.pages])
    report(data, np.fromfile(folder / "scores.f32", dtype="<f4"), of_page)
    for s in dict.fromkeys(sets):
        print(f"{s}: {(guessed == label)[sets == s].mean():.3f} of {(sets == s).sum()}")
    mine = sets == "wcxb-dev"
    for number, name in enumerate(TYPES):
        of = mine & (label == number)
        print(f"  {name}: {(guessed == number)[of].mean():.3f} of {of.sum()}, taken for",
              {TYPES[n]: int(c) for n, c in enumerate(np.bincount(guessed[of], minlength=len(TYPES))) if c and n != number})


if __name__ == "__main__":
    main()
