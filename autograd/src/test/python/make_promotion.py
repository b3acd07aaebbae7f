"""Writes ../resources/golden/promotion.json: PyTorch's result types of sums, for PromotionTest.

Run with PyTorch 2.13 from this folder: python make_promotion.py. Nothing in the build needs Python.
"""

import json
import pathlib

import torch

NAMES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"]


def name(result):
    return str(result.dtype).removeprefix("torch.")


rows = []
for a in NAMES:
    x = torch.ones(2, dtype=getattr(torch, a))
    for b in NAMES:
        y = torch.ones(2, dtype=getattr(torch, b))
        rows.append({"a": a, "b": b, "tensors": name(x + y), "scalar": name(x + y[0]), "scalars": name(x[0] + y[0]), "div": name(x / y)})
numbers = [{"a": a, "whole": name(torch.ones(2, dtype=getattr(torch, a)) + 1),
            "fraction": name(torch.ones(2, dtype=getattr(torch, a)) + 0.5)} for a in NAMES]
out = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "promotion.json"
out.write_text("{\n\"pairs\": [\n" + ",\n".join(map(json.dumps, rows)) + "\n],\n\"numbers\": [\n"
               + ",\n".join(map(json.dumps, numbers)) + "\n]\n}\n")
