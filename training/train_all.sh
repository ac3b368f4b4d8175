#!/bin/sh
# Trains all models: training/train_all.sh DIR SET... (see training/README.md).
set -eu
cd "$(dirname "$0")/.."
dir=$1
shift
data() { cargo run --release --example training_data -- --out "$dir" "$@" corpus; }
model=src/verdicts/model
data "$@"
python3 training/train.py --data "$dir" --out $model
data --types "$@"
python3 training/train_types.py --data "$dir" --out $model
data --roles training/role_labels.tsv "$@"
python3 training/train_roles.py --data "$dir" --out $model
