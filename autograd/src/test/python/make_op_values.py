"""Writes ../resources/golden/op_values.json: values and gradients by PyTorch (float64), for PytorchValuesTest.

Run with PyTorch 2.13 from this folder: python make_op_values.py. Nothing in the build needs Python.

Each case names an operation of PytorchValuesTest, its inputs, its value, and per floating input the gradient of the sum
of the value's elements weighted with 0.75 + 0.5 sin(1.7 i). "special" cases hold infinities, NaN, zeros, ties and the
edges of domains; "ordinary" ones a few common points.
"""

import itertools
import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
INF, NAN = math.inf, math.nan

UNARY = {
    "abs": torch.abs, "sign": torch.sign, "neg": torch.neg, "square": torch.square, "reciprocal": torch.reciprocal,
    "exp": torch.exp, "exp2": torch.exp2, "expm1": torch.expm1, "log": torch.log, "log2": torch.log2,
    "log10": torch.log10, "log1p": torch.log1p, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt,
    "sin": torch.sin, "cos": torch.cos, "tan": torch.tan, "asin": torch.asin, "acos": torch.acos, "atan": torch.atan,
    "sinh": torch.sinh, "cosh": torch.cosh, "tanh": torch.tanh,
    "asinh": torch.asinh, "acosh": torch.acosh, "atanh": torch.atanh,
    "erf": torch.erf, "erfc": torch.erfc,
    "floor": torch.floor, "ceil": torch.ceil, "round": torch.round, "trunc": torch.trunc, "frac": torch.frac,
    "relu": F.relu, "relu6": F.relu6, "selu": F.selu, "sigmoid": torch.sigmoid, "logsigmoid": F.logsigmoid,
    "softplus": F.softplus, "softsign": F.softsign, "gelu": F.gelu, "silu": F.silu,
    "geluTanh": lambda x: F.gelu(x, approximate="tanh"),
    "leakyRelu": lambda x: F.leaky_relu(x, 0.1), "elu": lambda x: F.elu(x, 2.0),
    "hardtanh": lambda x: F.hardtanh(x, -1, 1), "clamp": lambda x: torch.clamp(x, -1, 1),
    "softplusBeta2Threshold3": lambda x: F.softplus(x, 2, 3),
    "add1": lambda x: x + 1, "sub1": lambda x: x - 1, "rsub1": lambda x: 1 - x, "mul2": lambda x: x * 2,
    "div3": lambda x: x / 3, "rdiv2": lambda x: 2 / x,
    "pow0": lambda x: x ** 0, "pow1": lambda x: x ** 1, "pow2": lambda x: x ** 2, "pow3": lambda x: x ** 3,
    "powHalf": lambda x: x ** 0.5, "powMinus1": lambda x: x ** -1, "powMinus2": lambda x: x ** -2.0,
    "twoToThe": lambda x: 2 ** x, "zeroToThe": lambda x: 0.0 ** x,
}
BINARY = {
    "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div, "pow": torch.pow,
    "maximum": torch.maximum, "minimum": torch.minimum, "atan2": torch.atan2, "xlogy": torch.xlogy,
    "logaddexp": torch.logaddexp, "remainder": torch.remainder,
    "floorDivide": lambda a, b: torch.div(a, b, rounding_mode="floor"),
}
DISCRETE = {
    "eq": torch.eq, "ne": torch.ne, "lt": torch.lt, "le": torch.le, "gt": torch.gt, "ge": torch.ge,
    "logicalAnd": torch.logical_and, "logicalOr": torch.logical_or, "logicalXor": torch.logical_xor,
}
TESTS = {"isnan": torch.isnan, "isinf": torch.isinf, "isfinite": torch.isfinite, "logicalNot": torch.logical_not}
REDUCTIONS = {
    "sum": torch.sum, "mean": torch.mean, "prod": torch.prod, "amax": torch.amax, "amin": torch.amin,
    "maxDim": lambda x: torch.max(x, -1).values, "minDim": lambda x: torch.min(x, -1).values,
    "logsumexp": lambda x: torch.logsumexp(x, -1), "var": torch.var, "std": torch.std,
    "varPopulation": lambda x: torch.var(x, correction=0), "stdPopulation": lambda x: torch.std(x, correction=0),
    "norm0": lambda x: torch.linalg.vector_norm(x, 0), "norm1": lambda x: torch.linalg.vector_norm(x, 1),
    "norm2": lambda x: torch.linalg.vector_norm(x, 2), "norm3": lambda x: torch.linalg.vector_norm(x, 3),
    "normInf": lambda x: torch.linalg.vector_norm(x, INF), "normMinusInf": lambda x: torch.linalg.vector_norm(x, -INF),
    "softmax": lambda x: torch.softmax(x, -1), "logSoftmax": lambda x: torch.log_softmax(x, -1),
}
POSITIONS = {"argmax": lambda x: torch.argmax(x, -1), "argmin": lambda x: torch.argmin(x, -1)}
OTHERS = {"any": torch.any, "all": torch.all}

POINTS = [-INF, -1000.0, -20.5, -2.5, -1.5, -1.0, -0.5, -1e-10, -0.0, 0.0, 1e-10, 0.5, 1.0, 1.5, 2.5, 3.5, 6.0, 20.5,
          1000.0, INF, NAN]
PAIRS = list(itertools.product([-INF, -2.0, -1.0, -0.0, 0.0, 0.5, 1.0, 3.0, INF, NAN], repeat=2))
ORDINARY = [-1.7, -0.6, 0.3, 0.9, 1.4]
POSITIVE = [0.2, 0.7, 1.1, 1.9, 3.3]
VECTORS = [[1.0, 3.0, 3.0], [2.0, 2.0, 2.0, 2.0], [0.0, 2.0, 3.0], [0.0, 5.0, 0.0], [0.0, 0.0], [5.0], [-4.0, 4.0, 1.0],
           [1.0, NAN, 2.0], [INF, 1.0], [-INF, 1.0], [-INF, -INF], [INF, INF], [INF, -INF], [1000.0, 1000.0],
           [-1000.0, -1000.0], [1000.0, 0.0], [-0.0, 0.0], [0.3, -0.7, 1.9, 0.4, -2.2]]


# Where we do otherwise, for a reason; PytorchValuesTest pins what we do.
LEFT_OUT = {
    "powHalf": {-INF},  # infinite, as IEEE 754 and as PyTorch itself with a tensor as exponent
    **{op: {-INF, INF} for op in ("silu", "gelu", "geluTanh", "softsign")},  # NaN there; here what they tend to
}
FINITE_ONLY = {
    "prod",  # PyTorch divides the product by the element; we multiply the others
    "var", "varPopulation",  # the gradient at an infinite element is NaN
    "normInf", "normMinusInf",  # NaN passes into the gradient
}


def points(op):
    return [p for p in POINTS if p not in LEFT_OUT.get(op, ())]


def vectors(op):
    return [v for v in VECTORS if op not in FINITE_ONLY or all(map(math.isfinite, v))]


def plain(values):
    return [v if isinstance(v, (bool, int)) or math.isfinite(v) else {INF: "inf", -INF: "-inf"}.get(v, "nan") for v in values]


def tensor(x):
    return {"shape": list(x.shape), "values": plain(x.detach().flatten().tolist())}


def case(kind, op, f, *inputs):
    leaves = [torch.tensor(x, dtype=torch.float64).requires_grad_() for x in inputs]
    y = f(*leaves)
    row = {"kind": kind, "op": op, "inputs": [tensor(x) for x in leaves], "value": tensor(y)}
    if y.requires_grad:
        weights = 0.75 + 0.5 * torch.sin(1.7 * torch.arange(y.numel(), dtype=torch.float64)).reshape(y.shape)
        grads = torch.autograd.grad(y, leaves, weights, allow_unused=True)
        row["grads"] = [tensor(torch.zeros_like(x) if g is None else g) for g, x in zip(grads, leaves)]
    return row


cases = []
for op, f in UNARY.items():
    domain = POSITIVE if op in ("log", "log2", "log10", "sqrt", "rsqrt", "powHalf") else ORDINARY
    domain = [0.1, -0.4, 0.8] if op in ("asin", "acos", "atanh", "log1p") else [1.3, 2.0, 7.7] if op == "acosh" else domain
    cases += [case("ordinary", op, f, domain), case("special", op, f, points(op))]
for op, f in TESTS.items():
    cases.append(case("special", op, f, POINTS))
for op, f in BINARY.items():
    cases += [case("ordinary", op, f, POSITIVE, ORDINARY),
              case("special", op, f, [a for a, _ in PAIRS], [b for _, b in PAIRS])]
cases += [case("ordinary", op, f, [1.0, -1.0, 0.7, -5.5], [0.1, 0.3, -0.2, 1.1])
          for op, f in BINARY.items() if op in ("remainder", "floorDivide")]
for op, f in DISCRETE.items():
    cases.append(case("special", op, f, [a for a, _ in PAIRS], [b for _, b in PAIRS]))
for op, f in {**REDUCTIONS, **POSITIONS, **OTHERS}.items():
    cases += [case("special", op, f, v) for v in vectors(op)]
    if op not in ("maxDim", "minDim", "amax", "amin", "argmax", "argmin", "normInf", "normMinusInf"):
        cases.append(case("special", op, f, []))
    cases.append(case("special", op, f, 2.5))
    cases.append(case("ordinary", op, f, [[0.3, -0.7, 1.9], [0.4, -2.2, 1.1]]))
cases.append(case("special", "sqrtOfSumOfSquares", lambda x: (x * x).sum().sqrt(), [0.0, 0.0]))
cases.append(case("special", "whereSqrt", lambda x: torch.where(x > 0, x.sqrt(), torch.zeros_like(x)), [-1.0, 0.0, 4.0]))
cases.append(case("special", "indexSelect002", lambda x: torch.index_select(x, 0, torch.tensor([0, 0, 2])), [1.0, 2.0, 3.0]))
cases.append(case("ordinary", "matmul", torch.matmul, [[0.3, -0.7, 1.9], [0.4, -2.2, 1.1]], [[1.0, 2.0], [0.5, -1.0], [3.0, 0.1]]))
cases.append(case("ordinary", "matmul", torch.matmul, [0.3, -0.7, 1.9], [[1.0, 2.0], [0.5, -1.0], [3.0, 0.1]]))
cases.append(case("ordinary", "lerp", torch.lerp, [0.3, -0.7], [1.9, 2.5], [0.25, 0.8]))

out = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "op_values.json"
out.write_text("[\n" + ",\n".join(json.dumps(row, separators=(",", ":"), allow_nan=False) for row in cases) + "\n]\n")
print(len(cases), "cases,", out.stat().st_size, "bytes")
