"""Writes ../resources/golden/prints.json: how PyTorch prints tensors, for PrintsTest.

Run with PyTorch 2.13 from this folder: python make_prints.py. Nothing in the build needs Python.

Each case has a dtype, a shape, its values, or the first one, the step and their number where they are many, how it came
to be ("leaf" requires a gradient, "result" is computed from one, "transposed" swaps the last two dimensions) and what
PyTorch prints between "tensor(" and the shape or dtype.
"""

import json
import math
import pathlib
import random
import re

import torch

INF, NAN = math.inf, math.nan
FLOATS = ["float32", "float64", "float16", "bfloat16"]
INTEGERS = ["int64", "int32", "int16", "int8", "uint8"]
SUFFIX = re.compile(r",\s+(dtype|size|requires_grad|grad_fn)=.*$", re.DOTALL)
cases = []


def plain(value):
    return value if isinstance(value, int) or math.isfinite(value) else {INF: "inf", -INF: "-inf"}.get(value, "nan")


def case(dtype, shape, values=None, steps=None, origin="constant"):
    wide = torch.tensor(values, dtype=torch.float64 if dtype in FLOATS else torch.int64) if steps is None \
        else steps[0] + torch.arange(steps[2], dtype=torch.float64 if dtype in FLOATS else torch.int64) * steps[1]
    x = wide.to(getattr(torch, dtype)).reshape(shape)
    row = {"dtype": dtype, "shape": list(shape)}
    row |= {"values": [plain(v) for v in x.flatten().tolist()]} if steps is None else {"steps": steps}
    if origin == "leaf":
        x.requires_grad_()
    elif origin == "result":
        x = x.requires_grad_() * 1
    elif origin == "transposed":
        x = x.transpose(-1, -2)
    text = str(x)
    cases.append(row | {"origin": origin, "print": SUFFIX.sub("", text.removeprefix("tensor(").removesuffix(")"))})


scalars = [0.0, -0.0, 1.0, -1.0, 2.5, -2.5, 0.1, 1 / 3, 1e-4, 9.9e-5, -1e-5, 999.0, 12345.0, 65504.0, 99999.0, 1e8 - 8, 1e8,
           1e8 + 8, -1e8, 1e9, 123456.789, 0.03125, 0.09375, 1.00005, 0.99995, 1e-8, 1e30, 1e-30, 1e-40, INF, -INF, NAN]
for value in scalars:
    case("float32", [], [value])
for value in [1e8, 1e8 + 1, 0.00015, 1e-4, 1e-5, 5e-324, 1.7976931348623157e308, -1e100, 1e-100, 0.00005, 1.00005, 9.99995,
              2.00015, 0.03125, 99999.99995, 2.0 ** 53 + 2]:
    case("float64", [], [value])
for dtype in ["float16", "bfloat16"]:
    for value in [0.0, -0.0, 1.0, 0.1, -2.5, 65504.0, 1e-4, 6e-8, 1e-6, 3.140625, 1000.5, INF, NAN]:
        case(dtype, [], [value])
for dtype in INTEGERS:
    case(dtype, [], [7])
    case(dtype, [3], [1, 20, 100])
    case(dtype, [2, 3], [0, 1, 2, 3, 4, 127])
    case(dtype, [0], [])
for dtype in INTEGERS[:4]:
    case(dtype, [4], [-1, 10, -100, 0])
case("int64", [2], [9999999999999999, 1])
case("int64", [3], [2 ** 63 - 1, -2 ** 63, 2 ** 53 + 1])
case("int64", [2, 2], [2 ** 53 + 1, -2 ** 53 - 1, 0, 5])
case("bool", [], [1])
case("bool", [], [0])
case("bool", [3], [1, 0, 1])
case("bool", [2], [1, 1])
case("bool", [2, 2], [0, 0, 0, 0])
case("bool", [2, 2, 1], [0, 1, 1, 0])

vectors = [
    [1.0, 2.0], [1.0, -2.0, 3.0], [1.0, 20.0, 300.0], [1.0, 1000.0], [1.0, 1001.0], [1.0, 2000.0, 3.0], [0.0, 5.0], [-0.0, 5.0],
    [0.0, 0.0], [-0.0, -0.0], [1.5, 2.0], [1.5, -2.0, 100.25], [0.5, 499.5], [0.5, 500.5], [1e-4, 1e-3], [9e-5, 1e-3], [0.0, 1e-5],
    [1e8, 1e6], [1e8, 2e8], [1e8, 1.0], [2e8, 3e8], [1e10, 2e10], [-1e10, 0.0], [1.0, NAN], [NAN, NAN], [INF, 1.0], [-INF, 1.0],
    [INF, NAN], [-INF], [1.5, NAN, -INF, INF], [NAN, 1e10], [-INF, 1e-6, 2.0], [1e-8, 1.5], [0.03125, 0.09375, 0.15625],
    [123.456, 0.001], [10.0, 0.5, NAN], [1e3, 1e0, -INF], [0.0, 1e30], [1e-30, 1e30], [NAN, 0.0], [-0.0, INF]]
for values in vectors:
    case("float32", [len(values)], values)
for values in [[1e-300, 1e300], [1e308, 5e307], [1.00005, 0.00025], [1e-100], [1e100, -1e101], [1 / 3, 2 / 3], [2.0 ** 52 + 0.5],
               [0.1 + 0.2], [1e8, 99999999.5], [1e8 + 0.5, 1e8]]:
    case("float64", [len(values)], values)
for dtype in ["float16", "bfloat16"]:
    for values in [[1.0, 2.0], [0.1, 0.2], [1.0, 60000.0], [1e-4, 1.0], [NAN, 1.5, -INF], [0.03125, -0.09375], [0.0, 6e-8]]:
        case(dtype, [len(values)], values)

for dtype in FLOATS:
    case(dtype, [0], [])
    case(dtype, [2, 0], [])
    case(dtype, [2, 2], [1.5, -2.0, 100.25, 4.0])
    case(dtype, [1, 1, 1], [3.0])
    case(dtype, [2, 2, 2], [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
case("float32", [0, 3, 0], [])
case("float32", [3, 1], [1.0, 10.5, -100.0])
case("float32", [2, 1, 3], [1.0, NAN, 3.0, INF, 5.0, 6.5])
case("float32", [2, 2, 1, 2], [0.5 * i for i in range(8)])
case("float32", [1, 2, 1, 2, 1], [1e-6, 1.0, 2.0, 3.0])
case("float32", [2, 3], [1.0, 2.0, 3.0, 4.0, 5.0, 6.5], origin="transposed")
case("int64", [2, 2, 3], list(range(12)), origin="transposed")
for dtype in FLOATS:
    case(dtype, [2], [1.0, 2.5], origin="leaf")
    case(dtype, [2], [1.0, 2.5], origin="result")
case("float32", [], [4.0], origin="leaf")
case("float64", [], [1e-7], origin="result")
case("float32", [0], [], origin="leaf")

for dtype, shape, steps in [
        ("int64", [1000], [0, 1, 1000]), ("int64", [1001], [0, 1, 1001]), ("int64", [5000], [-2500, 1, 5000]),
        ("float32", [1001], [0.0, 1.0, 1001]), ("float32", [1001], [0.5, 0.25, 1001]), ("float64", [2000], [1e-5, 1.0, 2000]),
        ("float16", [1200], [-1.0, 0.5, 1200]), ("bfloat16", [1200], [-1.0, 0.5, 1200]), ("float32", [20000], [0.0, 1e-3, 20000]),
        ("int32", [100, 100], [0, 1, 10000]), ("float32", [100, 100], [0.0, 1.0, 10000]), ("float32", [3, 400], [0.0, 0.5, 1200]),
        ("float32", [400, 3], [0.0, 0.5, 1200]), ("int64", [6, 200], [0, 1, 1200]), ("int64", [7, 200], [0, 1, 1400]),
        ("int64", [200, 6], [0, 1, 1200]), ("int64", [10, 10, 11], [0, 1, 1100]), ("float32", [2, 3, 200], [-600.0, 1.0, 1200]),
        ("float32", [7, 2, 2, 40], [0.0, 0.125, 1120]), ("int64", [1, 1, 1001], [0, 1, 1001]), ("int64", [1001, 1], [0, 1, 1001]),
        ("float64", [8, 8, 8, 8], [0.0, 1.0, 4096]), ("bool", [1500], [0, 1, 1500]), ("uint8", [1001], [0, 0, 1001])]:
    case(dtype, shape, steps=steps)

for shape in [[1, 30], [30], [3, 40], [2, 2, 25], [2, 1, 1, 1, 12], [9], [10], [11]]:  # lines of 80 columns
    for dtype in ["float32", "float64", "int64", "bool", "uint8"]:
        n = math.prod(shape)
        case(dtype, shape, steps=[0.5, 1.0, n] if dtype in FLOATS else [0, 0 if dtype == "bool" else 1, n])
for n in [1, 2, 3, 4, 40, 1000]:
    case("int64", [n], steps=[2 ** 62, 1, n])
    case("float32", [n], steps=[0.0, 0.0, n])
    case("float32", [n], steps=[-1e-6, 1e-3, n])
    case("int64", [3, n], steps=[-5, 10 ** 6, 3 * n])
case("float32", [50], [NAN, INF] * 25)
case("float32", [50], [NAN, 1.0] * 25)
case("float64", [26], [-INF] + [1.0] * 25)
case("float64", [1, 1, 1, 1, 1, 1, 1, 1, 1001], steps=[0.0, 1e-9, 1001])
case("int64", [2, 1001], steps=[-2 ** 62, 1, 2002])
case("int64", [1] * 20 + [30], steps=[0, 1, 30])

rng = random.Random(0)
for i in range(30):
    dtype = rng.choice(FLOATS)
    size = 10.0 ** rng.uniform(-4, 4)
    spread = rng.choice([0.0, 1.0, 3.0])
    shape = rng.choice([[4], [2, 3], [2, 2, 2]])
    case(dtype, shape, [rng.gauss(0, 1) * size * 10.0 ** rng.uniform(-spread, spread) for _ in range(math.prod(shape))])

out = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "prints.json"
out.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
print(len(cases), "cases")
