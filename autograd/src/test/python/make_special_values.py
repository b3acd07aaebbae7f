"""Writes ../resources/golden/special_values.csv: special functions and their slopes by mpmath, for UlpTest.

Run with mpmath 1.3 from this folder: python make_special_values.py. Nothing in the build needs Python.

A row is a function's name, a number x, the value and the slope there, both to 34 digits. Half of the numbers are float32.
"""

import math
import pathlib
import random
import struct

from mpmath import mp, mpf

mp.dps = 60
GAUSS = 2 / mp.sqrt(mp.pi)


def phi(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def erfinv(x):
    # mpmath starts from doubles, which have no logarithm at the smallest numbers
    return x / GAUSS if abs(x) < mpf(10) ** -40 else mp.erfinv(x)


FUNCTIONS = {
    "erf": (mp.erf, lambda x: GAUSS * mp.exp(-x * x), -7, 7),
    "erfc": (mp.erfc, lambda x: -GAUSS * mp.exp(-x * x), -7, 28),
    "erfinv": (erfinv, lambda x: mp.exp(erfinv(x) ** 2) / GAUSS, -1, 1),
    "gelu": (lambda x: x * phi(x), lambda x: phi(x) + x * mp.npdf(x), -39, 10),
    "lgamma": (lambda x: mp.loggamma(x).real, lambda x: mp.psi(0, x), 0, 20),
    "digamma": (lambda x: mp.psi(0, x), lambda x: mp.psi(1, x), 0, 20),
    "trigamma": (lambda x: mp.psi(1, x), lambda x: mp.psi(2, x), 0, 20),
}


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def points(name, low, high):
    draw = random.Random(name)
    numbers = [draw.uniform(low, high) for _ in range(120)]
    edge = 1 if name == "erfinv" else 60
    powers = [2.0 ** k for k in (-1074, -1060, -1022, -1000, -500, -149, -126, -100, -60, -30, -10, -3, -1, 0, 1, 3, 5)]
    powers = [s * p for p in powers for s in ((1, -1) if low < 0 else (1,))]
    near = [draw.choice([1, -1]) * 10 ** draw.uniform(-12, 0) for _ in range(40)] if low < 0 else []
    near += [1 + draw.choice([1, -1]) * 10 ** draw.uniform(-15, -1) for _ in range(20)] if name == "lgamma" else []
    near += [1 - 10 ** draw.uniform(-15, -1) for _ in range(20)] if name == "erfinv" else []
    near += [10 ** draw.uniform(1, 30) for _ in range(20)] if low == 0 else []
    all_points = [single(n) for n in numbers[:60] + near[::2]] + numbers[60:] + near[1::2] + powers
    return sorted({x for x in all_points if abs(x) < edge or low == 0})


def text(x):
    return mp.nstr(x, 34) if mp.isfinite(x) else str(float(x))


rows = []
for name, (f, slope, low, high) in FUNCTIONS.items():
    for x in points(name, low, high):
        if not (name == "erfinv" and abs(x) >= 1):
            rows.append(f"{name},{x!r},{text(f(mpf(x)))},{text(slope(mpf(x)))}")
out = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "special_values.csv"
out.write_text("\n".join(rows) + "\n")
print(len(rows), "rows,", out.stat().st_size, "bytes")
