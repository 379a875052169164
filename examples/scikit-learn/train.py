"""Trains a classifier of wines with scikit-learn and writes what the pipeline goes by."""

import argparse
import csv
import json
import pathlib
import sys

try:
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score, log_loss
    from sklearn.model_selection import cross_val_score, train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
except ImportError:
    sys.exit(f"scikit-learn isn't installed for {sys.executable}: install it, or let PYTHON name an interpreter that has it")


def read(path):
    """Returns the names of the features, and ids, labels and features of the rows."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    if header[:2] != ["id", "cultivar"]:
        raise SystemExit(f"expected the columns id,cultivar,... in {path}, found {header[:2]}")
    return header[2:], [r[0] for r in rows], [r[1] for r in rows], [[float(v) for v in r[2:]] for r in rows]


def export(model, features, folder):
    """Writes the model as JSON: weights say all there is to it, and JSON runs no code when it is read."""
    scaler, classifier = model[0], model[1]
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        "features": features,
        "classes": list(classifier.classes_),
        "means": scaler.mean_.tolist(),
        "scales": scaler.scale_.tolist(),
        "coefficients": classifier.coef_.tolist(),
        "intercepts": classifier.intercept_.tolist(),
    }
    (folder / "model.json").write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")
    signature = {
        "inputs": [{"name": "features", "datatype": "FP64", "shape": [-1, len(features)]}],
        "outputs": [
            {"name": "cultivar", "datatype": "BYTES", "shape": [-1]},
            {"name": "probabilities", "datatype": "FP64", "shape": [-1, len(weights["classes"])]},
        ],
    }
    (folder / "signature.json").write_text(json.dumps(signature, indent=2) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, default="data/wine.csv")
    parser.add_argument("--out", type=pathlib.Path, default="out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--C", type=float, default=1.0)
    options = parser.parse_args()

    features, ids, labels, rows = read(options.data)
    train, test = train_test_split(
        list(range(len(rows))), test_size=0.4, stratify=labels, random_state=options.seed
    )
    test.sort()
    x_train, y_train = [rows[i] for i in train], [labels[i] for i in train]
    x_test, y_test = [rows[i] for i in test], [labels[i] for i in test]
    print(f"{len(rows)} rows, {len(features)} features; {len(train)} to train on, {len(test)} held out")

    model = make_pipeline(StandardScaler(), LogisticRegression(C=options.C, max_iter=1000))
    folds = cross_val_score(model, x_train, y_train, cv=5)
    for number, accuracy in enumerate(folds, 1):
        print(f"fold {number}/5: accuracy {accuracy:.4f}")
    model.fit(x_train, y_train)

    classes = list(model.classes_)
    probabilities = model.predict_proba(x_test)
    predicted = model.predict(x_test)
    export(model, features, options.out / "model")
    with open(options.out / "predictions.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "label", "prediction", *(f"score_{c}" for c in classes), "alcohol"])
        for row, i in enumerate(test):
            strength = "strong" if rows[i][0] >= 13 else "light"
            writer.writerow([ids[i], labels[i], predicted[row], *map(float, probabilities[row]), strength])
    metrics = {
        "cv": {"accuracy": float(folds.mean())},
        "test": {
            "accuracy": float(accuracy_score(y_test, predicted)),
            "log_loss": float(log_loss(y_test, probabilities, labels=classes)),
        },
    }
    (options.out / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    (options.out / "params.yaml").write_text(
        f"model: LogisticRegression\nC: {options.C}\nseed: {options.seed}\nheld_out: {len(test)}\n", encoding="utf-8"
    )
    print("training-side metrics:", json.dumps(metrics))


if __name__ == "__main__":
    main()
