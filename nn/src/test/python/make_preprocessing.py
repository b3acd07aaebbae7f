"""Writes ../resources/golden/preprocessing.json: what scikit-learn's scalers and encoders give, for PreprocessingTest.

Run with scikit-learn 1.9: python make_preprocessing.py. Nothing in the build needs Python.
"""

import json
import pathlib

import numpy
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, StandardScaler

HERE = pathlib.Path(__file__).parent


def scalers(train, test):
    for scaler in (StandardScaler(), MinMaxScaler(), RobustScaler()):
        scaler.fit(train)
        encoded = scaler.transform(test)
        yield type(scaler).__name__, {
            "train": train.tolist(),
            "test": test.tolist(),
            "transformed": encoded.tolist(),
            "inverse": scaler.inverse_transform(test).tolist(),
        }


def encoders(train, test):
    for encoder in (OneHotEncoder(sparse_output=False), OrdinalEncoder()):
        encoder.fit(train)
        yield type(encoder).__name__, {
            "train": train.T.tolist(),
            "test": test.T.tolist(),
            "categories": [each.tolist() for each in encoder.categories_],
            "transformed": encoder.transform(test).tolist(),
        }


def unknown(train, test):
    one_hot = OneHotEncoder(sparse_output=False, handle_unknown="ignore").fit(train)
    ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(train)
    return {
        "train": train.T.tolist(),
        "test": test.T.tolist(),
        "ones": one_hot.transform(test).tolist(),
        "numbers": ordinal.transform(test).tolist(),
    }


def main():
    rng = numpy.random.default_rng(15)
    train = rng.normal(size=(23, 5)) * [1, 1e-3, 1e6, 30, 0] + [0, 5, -1e6, 2, 7]
    train[3, 3] = 1e5  # an outlier
    test = rng.normal(size=(6, 5)) * [3, 1e-3, 1e6, 30, 1] + [0, 5, -1e6, 2, 7]
    ports = numpy.array([["Q", "10", "é"], ["S", "9", "z"], ["C", "10", "Z"], ["S", "-1", "é"]])
    golden = dict(scalers(train, test)) | dict(encoders(ports, ports[[3, 1, 1, 0]]))
    golden["unknown"] = unknown(ports, numpy.array([["Q", "11", "Z"], ["", "9", "?"], ["T", "0", "x"]]))
    text = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in golden.items())
    (HERE / "../resources/golden/preprocessing.json").write_text("{" + text + "}\n")


main()
