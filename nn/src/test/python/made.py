"""Tensors made from a seed, to the same numbers as the test class Made, and what is kept of a tensor: the class Digest.

Used by make_differential.py. All numbers are exact in float32, so that float32 and float64 begin with the same ones.
"""

import dataclasses
import math

import torch

DTYPES = {"float64": torch.float64, "int64": torch.int64, "bool": torch.bool}
BITS = 20
FEW = 16


def draw(seed, positions):
    """Numbers below 2^20: a bijection of the positions, as long as these are below 2^20, too."""
    keys = (seed * 0x9E3779B97F4A7C15) & (2**64 - 1)
    mask = (1 << BITS) - 1
    k = (positions + (positions >> BITS) * 77777) & mask
    for shift in (44, 24, 4):
        k = k ^ ((keys >> shift) & mask)
        k = (k * 0xB4F2D) & mask
        k = k ^ (k >> 9)
    return k


@dataclasses.dataclass
class Made:
    """A recipe: real numbers between low and high, or whole ones below a bound, or a permutation; and how they lie."""

    shape: list
    seed: int = 0
    low: float = -2
    high: float = 2
    below: int = 0
    permutation: bool = False
    symmetric: bool = False
    diagonal: float = 0
    dtype: str = "float64"
    layout: str = "plain"
    requires_grad: bool = True

    def json(self):
        wanted = {field.name for field in dataclasses.fields(self) if getattr(self, field.name) != field.default}
        wanted |= {"requires_grad"} | (set() if self.below or self.permutation else {"low", "high"})
        wanted -= {"low", "high"} if self.below or self.permutation else set()
        return {"made": {name: getattr(self, name) for name in sorted(wanted)}}

    def tensor(self, real, shake=0):
        """The tensor, whose numbers are changed by up to half a unit in the last place of float32 if it shall shake."""
        dtype = real if self.dtype == "float64" else DTYPES[self.dtype]
        numbers = self.numbers().to(dtype)
        assert self.dtype != "float64" or torch.equal(numbers.double(), self.numbers().double()), self
        if shake and self.dtype == "float64" and not self.below:
            numbers *= 1 + 2.0**-23 * (draw(shake, torch.arange(numbers.numel())).reshape(numbers.shape) / 2**BITS - 0.5)
        return laid_out(numbers, self.shape, self.layout).requires_grad_(self.requires_grad)

    def numbers(self):
        shape = base_shape(self.shape, self.layout)
        positions = torch.arange(math.prod(shape))
        if self.permutation:
            return ((positions * 611953 + self.seed) % len(positions)).reshape(shape)
        if self.symmetric:
            n = shape[-1]
            row, column = positions // n % n, positions % n
            positions = positions // (n * n) * n * n + torch.minimum(row, column) * n + torch.maximum(row, column)
        k = draw(self.seed, positions)
        if self.below:
            return (k * self.below >> BITS).reshape(shape)
        real = (self.low + (self.high - self.low) * (k.double() + 0.5) / 2**BITS).reshape(shape)
        real = (real * 2**22).round() / 2**22  # exact in float32, also next to a diagonal
        return real + self.diagonal * torch.eye(*shape[-2:], dtype=real.dtype) if self.diagonal else real


def base_shape(shape, layout):
    return [1, *shape[1:]] if layout == "expanded" and shape else list(shape)


def laid_out(numbers, shape, layout):
    """The same numbers in other places of memory, between which there is NaN, or what is most like it."""
    if not shape:
        return numbers
    reverse = list(range(len(shape)))[::-1]
    gap = math.nan if numbers.dtype.is_floating_point else 0
    if layout == "expanded":
        return numbers.expand(shape)
    if layout == "transposed":
        return numbers.permute(reverse).contiguous().permute(reverse)
    if layout == "offset":
        return torch.full((numbers.numel() + 5,), gap, dtype=numbers.dtype)[3:-2].copy_(numbers.flatten()).view(shape)
    if layout == "sliced":
        return torch.full((*shape[:-1], 2 * shape[-1] + 1), gap, dtype=numbers.dtype)[..., 1::2].copy_(numbers)
    return numbers


def digest(value, rounded, shaken):
    """What is kept of a float64 tensor, and how far its float32 counterpart strays from it.

    A few elements may be near by luck. Then it counts as well how far float64 strays if the inputs shake, four times.
    """
    y = value.detach().double().flatten()
    assert y.isfinite().all()
    n = len(y)
    strays = torch.zeros(max(n, 1))
    if n and value.dtype == torch.float64:
        strays = (rounded.detach().double().flatten() - y).abs() + 2.0**-24 * y.abs()
        if n <= FEW:
            strays = 4 * torch.stack([strays, *((each.detach().flatten() - y).abs() for each in shaken)]).amax(0)
        assert strays.isfinite().all(), "float32 overflows"
    else:
        assert torch.equal(value, rounded)
    weights = 2 * (draw(7, torch.arange(n)).double() + 0.5) / 2**BITS - 1
    places = [0, n - 1, *((draw(8, torch.arange(6)) * n) >> BITS).tolist()] if n else []
    return {
        "shape": list(value.shape),
        "dtypes": [str(each.dtype).removeprefix("torch.") for each in (value, rounded)],
        "sum": short(y.sum()), "weighted": short((weights * y).sum()), "absolute": short(y.abs().sum()),
        "min": short(y.min()) if n else 0, "max": short(y.max()) if n else 0,
        "samples": [short(y[place]) for place in places],
        "mean_error": short(strays.mean(), 3), "max_error": short(strays.max(), 3),
    }


def short(number, digits=16):
    return float(f"{float(number):.{digits}g}")
