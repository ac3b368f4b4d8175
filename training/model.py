"""Writes CatBoost's oblivious trees in the format that src/verdicts/model.rs reads and describes."""

import json
import pathlib
import struct
import tempfile

import numpy as np


def write(model, path):
    path = pathlib.Path(path)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "model.json"
        model.save_model(str(file), format="json")
        dump = json.loads(file.read_text())
    scale, biases = dump["scale_and_bias"]
    trees = dump["oblivious_trees"]
    outputs = len(biases)
    used = {}
    for tree in trees:
        for split in tree["splits"]:
            used.setdefault(split["float_feature_index"], len(used))
    largest = max(abs(value) for tree in trees for value in tree["leaf_values"]) * scale
    unit = largest / 32767
    blob = [b"UHM2", struct.pack("<III", outputs, len(used), len(trees)), struct.pack("<f", unit)]
    blob += [struct.pack("<f", bias) for bias in biases]
    blob += [struct.pack("<H", number) for number in used]
    for tree in trees:
        blob.append(struct.pack("<B", len(tree["splits"])))
        for split in tree["splits"]:
            blob.append(struct.pack("<Hf", used[split["float_feature_index"]], split["border"]))
        leaves = np.rint(np.array(tree["leaf_values"]) * scale / unit).astype(int)
        assert len(leaves) == outputs << len(tree["splits"])
        blob.append(leaves.astype("<i2").tobytes())
    path.write_bytes(b"".join(blob))
    print(path, path.stat().st_size, "bytes", len(used), "features", len(trees), "trees")
