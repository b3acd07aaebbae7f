"""Writes ../resources/golden/metrics.jsonl.gz: values of metrics by scikit-learn, for GoldenMetricsTest.

Run with scikit-learn 1.9: python make_metrics.py. Nothing in the build needs Python.

A line is a set of predictions and targets, with the values of all metrics that take such; null where scikit-learn gives
NaN, or a number that it calls ill-defined. Float32 predictions are given to scikit-learn as float64: metrics add up in
float64. Probabilities from logits are not so
small that scikit-learn bounds them. Scores are multiples of 1/8 or 1/64 in most sets, so that there are many ties.
"""

import gzip
import json
import math
import pathlib
import warnings

import numpy as np
from sklearn import metrics as m
from sklearn.exceptions import UndefinedMetricWarning

RNG = np.random.default_rng(15)
OUT = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "metrics.jsonl.gz"
LINES = []


def value(call, *args, **options):
    """Returns the value, None where scikit-learn gives NaN or warns that it is ill-defined."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UndefinedMetricWarning)
        warnings.filterwarnings("error", message="No positive class")
        try:
            number = call(*args, **options)
        except (UndefinedMetricWarning, UserWarning):
            return None
    return None if isinstance(number, float) and math.isnan(number) else number


def write(kind, predicted, targets, values, dtype="float64"):
    line = {"kind": kind, "dtype": dtype, "shape": list(np.shape(predicted)), "predicted": np.ravel(predicted).tolist(),
            "targets": np.ravel(targets).tolist(), "values": values}
    LINES.append(json.dumps(line, allow_nan=False))


SCORES = {"precision": m.precision_score, "recall": m.recall_score, "f1": m.f1_score}
ZERO = {"ZERO": 0, "ONE": 1, "LEAVE_OUT": np.nan}


def averages(targets, predicted, kinds):
    return {f"{name}_{kind}_{zero}": value(score, targets, predicted, average=kind, zero_division=number)
            for name, score in SCORES.items() for kind in kinds for zero, number in ZERO.items()}


def classes(predicted, targets):
    count = int(max(max(predicted), max(targets), 1)) + 1
    labels = range(count)
    values = {"accuracy": m.accuracy_score(targets, predicted)}
    values |= averages(targets, predicted, ["macro", "micro", "weighted"] + (["binary"] if count == 2 else []))
    for name, by in {"": None, "_TRUE_CLASS": "true", "_PREDICTED_CLASS": "pred", "_ALL": "all"}.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            matrix = m.confusion_matrix(targets, predicted, labels=labels, normalize=by)
        values["confusion" + name] = matrix.ravel().tolist()
    write("classes", predicted, targets, values)


def each_against_the_rest(score, targets, predicted):
    each = [value(score, one, column) for one, column in zip(np.eye(predicted.shape[1])[targets].T, predicted.T)]
    return None if None in each else float(np.mean(each))


def several(predicted, targets, logits=False, dtype="float64"):
    count = predicted.shape[1]
    shown = predicted.astype(dtype)
    wide = shown.astype("float64")
    probabilities = wide
    if logits:
        probabilities = np.exp(wide - wide.max(1, keepdims=True))
        probabilities /= probabilities.sum(1, keepdims=True)
    guesses = wide.argmax(1)
    values = {"accuracy": m.accuracy_score(targets, guesses)}
    values |= averages(targets, guesses, ["macro", "micro", "weighted"] + (["binary"] if count == 2 else []))
    if count > 2:
        values["top_2"] = m.top_k_accuracy_score(targets, wide, k=2, labels=range(count))
        values["roc_auc"] = value(m.roc_auc_score, targets, probabilities, multi_class="ovr", labels=range(count))
    else:
        values["roc_auc"] = each_against_the_rest(m.roc_auc_score, targets, probabilities)
    values["average_precision"] = each_against_the_rest(m.average_precision_score, targets, probabilities)
    values["log_loss"] = m.log_loss(targets, probabilities, labels=range(count))
    write("logits" if logits else "probabilities", shown, targets, values, dtype)


def two(predicted, targets, logits=False, dtype="float64"):
    shown = np.asarray(predicted, dtype)
    wide = shown.astype("float64")
    probabilities = 1 / (1 + np.exp(-np.clip(wide, -700, None))) if logits else wide
    values = {"accuracy": m.accuracy_score(targets, probabilities >= 0.5)}
    values |= averages(targets, (probabilities >= 0.5).astype(int), ["binary", "macro", "micro", "weighted"])
    values["log_loss"] = m.log_loss(targets, probabilities, labels=[0, 1])
    values["roc_auc"] = value(m.roc_auc_score, targets, wide)
    values["average_precision"] = value(m.average_precision_score, targets, wide)
    if values["roc_auc"] is not None:
        fpr, tpr, thresholds = m.roc_curve(targets, wide)
        values["roc_curve"] = [fpr.tolist(), tpr.tolist(), thresholds[1:].tolist()]  # the first one is infinite
    if values["average_precision"] is not None:
        values["precision_recall_curve"] = [part.tolist() for part in m.precision_recall_curve(targets, wide)]
    write("binary logits" if logits else "binary", shown, targets, values, dtype)


def numbers(predicted, targets, dtype="float64"):
    p, y = np.asarray(predicted, dtype), np.asarray(targets, dtype)
    wide, right = p.astype("float64"), y.astype("float64")
    values = {name: value(getattr(m, name), right, wide) for name in (
        "mean_absolute_error", "mean_squared_error", "root_mean_squared_error", "mean_absolute_percentage_error", "r2_score")}
    write("numbers", p, y, values, dtype)


def random_classes(count, size):
    targets = RNG.integers(0, count, size)
    return np.where(RNG.random(size) < 0.6, targets, RNG.integers(0, count, size)), targets


def random_probabilities(count, size, parts):
    return RNG.multinomial(parts, RNG.dirichlet(np.full(count, 0.7), size)) / parts


def make():
    classes([1], [1])
    classes([0], [0])
    classes([0, 0, 0], [1, 1, 1])
    classes([1, 1, 1], [0, 0, 0])
    classes([0, 1, 0, 1], [0, 0, 0, 0])
    classes([0, 0, 0, 0], [0, 1, 2, 0])  # classes that are never predicted
    classes([0, 1, 2, 0], [0, 0, 0, 0])  # classes that are never present
    classes([2, 2, 4], [2, 4, 4])  # classes that do not occur at all
    classes([3, 3, 3], [5, 5, 5])
    for count in (2, 2, 2, 3, 3, 5, 10, 30):
        for size in (2, 7, 40):
            classes(*random_classes(count, size))
    several(np.full((6, 3), 0.25) + [0.25, 0, 0], np.array([0, 1, 2, 0, 1, 2]))
    several(np.eye(4), np.array([0, 1, 2, 3]))
    several(np.eye(4), np.array([1, 0, 3, 2]))
    several(np.eye(3)[[0, 0, 0, 1]], np.array([0, 1, 0, 1]))  # a class that is never present
    several(np.full((4, 4), 0.25), np.array([0, 1, 2, 3]))
    for count in (2, 3, 5, 10):
        for size in (5, 30):
            for dtype in ("float64", "float32"):
                targets = RNG.integers(0, count, size)
                several(random_probabilities(count, size, 8), targets, dtype=dtype)
                several(random_probabilities(count, size, 64), targets, dtype=dtype)
                several(RNG.normal(0, 3, (size, count)), targets, logits=True, dtype=dtype)
    several(np.array([[10.0, 0, -10], [-10, 10, 0], [0, -10, 10]]), np.array([1, 1, 2]), logits=True)
    two([0.5], [1])
    two([0.5, 0.5], [0, 1])
    two([0.1, 0.9], [1, 0])
    two([0.1, 0.9], [0, 1])
    two([0, 1, 0, 1], [1, 0, 0, 1])  # sure and wrong
    two([0.2, 0.4, 0.6], [1, 1, 1])  # one class
    two([0.2, 0.4, 0.6], [0, 0, 0])
    two([0.2, 0.3, 0.4], [0, 1, 0])  # never predicted
    two([0.0, -0.0, 0.25, 0.25], [0, 1, 1, 0])
    for size in (2, 3, 5, 10, 25, 60, 200):
        for dtype in ("float64", "float32"):
            targets = RNG.integers(0, 2, size)
            two(RNG.integers(0, 9, size) / 8, targets, dtype=dtype)
            two(np.clip(RNG.normal(0.3 + 0.4 * targets, 0.3), 0, 1), targets, dtype=dtype)
            two(RNG.normal(2 * targets - 1, 2), targets, logits=True, dtype=dtype)
            two(np.round(RNG.normal(2 * targets - 1, 2)), targets, logits=True, dtype=dtype)
    two([-800.0, 800, 3, -3], [0, 1, 0, 1], logits=True)
    numbers([1.5], [1.0])  # R² of one sample
    numbers([1.0, 2, 3], [1.0, 2, 3])
    numbers([2.0, 2, 2], [2.0, 2, 2])  # targets that are all equal
    numbers([2.0, 2, 2.5], [2.0, 2, 2])
    numbers([3.0, 2, 1], [1.0, 2, 3])
    numbers([0.5, 1], [0.0, 1])  # a target of 0
    numbers([[0.5, 2], [-1, 2], [7, 2]], [[0.0, 2], [-1, 2], [8, 2]])
    for size in (2, 3, 10, 50):
        for shape in ((size,), (size, 1), (size, 3)):
            for dtype in ("float64", "float32"):
                targets = RNG.normal(0, 1, shape)
                numbers(targets + RNG.normal(0, 0.5, shape), targets, dtype)
                numbers(1e4 + targets + RNG.normal(0, 0.5, shape), 1e4 + targets, dtype)
    LINES.sort(key=lambda line: json.loads(line)["kind"])
    with gzip.GzipFile(OUT, "wb", mtime=0) as file:
        file.write("".join(line + "\n" for line in LINES).encode())
    print(len(LINES), "sets,", sum(len(json.loads(line)["values"]) for line in LINES), "values,", OUT.stat().st_size, "bytes")


make()
