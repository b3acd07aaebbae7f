"""Writes ../resources/differential.jsonl.gz: PyTorch's values and gradients at large and odd sizes, for DifferentialTest.

Run with PyTorch 2.13: python make_differential.py. Nothing in the build needs Python.

A line is a call of an operation by PyTorch's name. Its tensors are recipes (see made.py), and so are the cotangents, which
follow from the case. Of each output and gradient the file holds sums, extremes and a few elements, by PyTorch in float64,
and how far PyTorch strays from them in float32: the measure of how exact a float32 result can be expected to be.
"""

import gzip
import json
import math
import pathlib
import sys

import torch

from differential_cases import all_cases
from made import FEW, Made, digest

COTANGENTS = ["plain", "transposed", "plain", "sliced", "expanded", "offset"]
LONG = 110_000  # elements of a case in all beyond which it is left to the long form, but for the smallest of an operation


def invariant_eigh(x):
    """A function of a symmetric matrix, for which the signs of eigenvectors do not matter."""
    values, vectors = torch.linalg.eigh(x)
    return vectors @ torch.diag_embed(torch.tanh(values)) @ vectors.mT


def invariant_svd(x):
    u, s, vt = torch.linalg.svd(x, full_matrices=False)
    return u @ torch.diag_embed(torch.tanh(s)) @ vt


def trigamma(x):
    """PyTorch's is off by 1e-9; this one is exact for the derivatives of digamma, too."""
    z = x + 20
    tail = sum(b / z ** (2 * k + 3) for k, b in enumerate((1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66)))
    return sum((x + k) ** -2 for k in range(20)) + 1 / z + 1 / (2 * z * z) + tail


class Digamma(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        context.save_for_backward(x)
        return torch.digamma(x)

    @staticmethod
    def backward(context, g):
        return g * trigamma(context.saved_tensors[0])


OWN = {
    "digamma": Digamma.apply, "polygamma": lambda n, x: trigamma(x) if n == 1 else torch.polygamma(n, x),
    "nn.functional.hardsigmoid": lambda x: (x / 6 + 0.5).clamp(0, 1),  # the slope of PyTorch's is 1/6 in float32
    "where": lambda x, condition, other: torch.where(condition, x, other),  # as in PyTorch's cases
    "invariant.mode": lambda x, dim: torch.mode(x, dim).values,  # which one of equals it is, is left open
    "T": lambda x: x.T, "mT": lambda x: x.mT,
    "nn.functional.embedding": lambda table, index, **more: torch.nn.functional.embedding(index, table, **more),
    "nn.functional.embedding_bag": lambda table, index, **more: torch.nn.functional.embedding_bag(index, table, **more),
    "searchsorted": lambda row, x, right: torch.searchsorted(row.sort().values, x, right=right),
    "bucketize": lambda x, row, right: torch.bucketize(x, row.sort().values, right=right),
    "type_as": lambda x, other: x.type_as(other), "vector_norm": torch.linalg.vector_norm,
    "invariant.eigh": invariant_eigh, "invariant.svd": invariant_svd,
}


def resolve(name):
    if name in OWN:
        return OWN[name]
    found = torch
    for part in name.split("."):
        found = getattr(found, part, None)
    return found or getattr(torch.Tensor, name)


def tagged(value):
    if isinstance(value, Made):
        return value.json()
    if value is None:
        return {"none": True}
    if value is Ellipsis:
        return {"ellipsis": True}
    if isinstance(value, slice):
        return {"slice": [tagged(value.start), tagged(value.stop), tagged(value.step)]}
    if isinstance(value, (list, tuple)):
        return {"list": [tagged(each) for each in value]}
    if value in (math.inf, -math.inf):
        return {"float": "Infinity" if value > 0 else "-Infinity"}
    kind = {bool: "bool", int: "int", float: "float", str: "str", torch.dtype: "dtype"}[type(value)]
    return {kind: str(value).removeprefix("torch.") if kind == "dtype" else value}


def seeded(value, seeds):
    """Gives each recipe a seed of its own; a list stays one, a tuple too."""
    if isinstance(value, Made):
        value.seed = next(seeds)
    elif isinstance(value, (list, tuple)):
        for each in value:
            seeded(each, seeds)


def built(value, dtype, leaves, shake):
    if isinstance(value, Made):
        tensor = value.tensor(dtype, shake)
        if value.requires_grad:
            leaves.append(tensor)
        return tensor
    if isinstance(value, (list, tuple)):
        return type(value)(built(each, dtype, leaves, shake) for each in value)
    return dtype if value is torch.float64 else value


def run(name, args, kwargs, dtype, cotangents, shake=0):
    """Returns outputs, gradients, recipes of cotangents and how many elements all of them have."""
    leaves = []
    args = built(args, dtype, leaves, shake)
    outputs = resolve(name)(*args, **{key: built(each, dtype, leaves, shake) for key, each in kwargs.items()})
    outputs = [outputs] if isinstance(outputs, torch.Tensor) else list(outputs)
    recipes = [Made(list(y.shape), 1001 + i, -1, 1, layout=cotangents, requires_grad=False)
               if y.requires_grad else None for i, y in enumerate(outputs)]
    roots = [(y, made.tensor(dtype, shake).to(y.dtype)) for y, made in zip(outputs, recipes) if made]
    gradients = []
    if roots and leaves:
        gradients = torch.autograd.grad([y for y, _ in roots], leaves, [g for _, g in roots], allow_unused=True)
        gradients = [torch.zeros_like(x) if g is None else g for g, x in zip(gradients, leaves)]
    numel = sum(each.numel() for each in [*outputs, *gradients, *leaves])
    return outputs, gradients, recipes, numel


def line(index, name, args, kwargs):
    seeds = iter(range(100 * index + 1, 100 * index + 100))
    seeded(args, seeds)
    seeded(list(kwargs.values()), seeds)
    cotangents = COTANGENTS[index % len(COTANGENTS)]
    outputs, gradients, recipes, numel = run(name, args, kwargs, torch.float64, cotangents)
    rounded, rounded_gradients, _, _ = run(name, args, kwargs, torch.float32, cotangents)
    shaken = []
    if any(y.numel() <= FEW for y in outputs + gradients):
        shaken = [run(name, args, kwargs, torch.float64, cotangents, shake) for shake in (11, 12, 13, 14)]
    return {
        "op": name, "id": f"{name}#{index}", "long": numel,
        "args": [tagged(each) for each in args], "kwargs": {key: tagged(each) for key, each in kwargs.items()},
        "cotangents": [made and made.json() for made in recipes],
        "outputs": [digest(y, rounded[i], [each[0][i] for each in shaken]) for i, y in enumerate(outputs)],
        "grads": [digest(x, rounded_gradients[i], [each[1][i] for each in shaken]) for i, x in enumerate(gradients)],
    }


def main():
    torch.set_num_threads(1)  # sums are in one order
    lines = []
    for index, (name, args, kwargs) in enumerate(all_cases()):
        try:
            lines.append(line(index, name, args, kwargs))
        except Exception as e:  # all of them are to be seen at once
            print(f"{name}#{index} {args} {kwargs}: {type(e).__name__} {e}"[:600], file=sys.stderr)
    smallest = {}
    for each in lines:
        smallest[each["op"]] = min(each["long"], smallest.get(each["op"], each["long"]))
    for each in lines:
        each["long"] = each["long"] > max(LONG, smallest[each["op"]])
    out = pathlib.Path(__file__).parent.parent / "resources" / "differential.jsonl.gz"
    text = "\n".join(json.dumps(each, separators=(",", ":"), allow_nan=False) for each in lines) + "\n"
    out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(len(lines), "cases,", sum(each["long"] for each in lines), "long,", out.stat().st_size, "bytes")


main()
