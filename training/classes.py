"""What the programs that tell several classes apart have in common: trees, cross-validation, command line."""

import argparse
import pathlib

import catboost
import numpy as np

from model import write
from train import BORDERS, SEED


def parameters(classes, **own):
    return {
        "loss_function": "MultiClass",
        "classes_count": len(classes),
        "depth": 4,
        "l2_leaf_reg": 3,
        "bootstrap_type": "Bernoulli",
        "subsample": 0.8,
        "random_seed": SEED,
        "thread_count": 2,
        "verbose": False,
        "allow_writing_files": False,
        **own,
    }


def folders():
    """The folder of the data, and that of the model, if one is to be written."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    return arguments.data, arguments.out


def train(features, label, weight, fold, chosen, path):
    """Writes the model of all rows, if there is a path, and gives the scores of each row by the other folds' model."""
    pool = catboost.Pool(features, label, weight=weight)
    pool.quantize(border_count=BORDERS)
    if path:
        write(catboost.CatBoost(chosen).fit(pool), path)
    scores = np.zeros((len(label), chosen["classes_count"]))
    for part in range(fold.max() + 1):
        model = catboost.CatBoost(chosen).fit(pool.slice(np.flatnonzero(fold != part)))
        held = np.flatnonzero(fold == part)
        scores[held] = model.predict(features[held], prediction_type="RawFormulaVal")
    return scores
