"""Times the operations of Cliffs.java, all or those named, in PyTorch and prints a line for each: its name and
microseconds."""

import sys

import torch
from torch.nn import functional

from steps import microseconds

TYPES = {"float32": torch.float32, "float64": torch.float64}
SIZES = [10_000, 100_000, 1_000_000]
COLUMNS = 64


def uniform(dtype, low, high, n):
    return (low + (high - low) * torch.rand(n, dtype=torch.float64)).to(dtype)


def table(dtype, n):
    return uniform(dtype, 0, 1, n // COLUMNS * COLUMNS).reshape(-1, COLUMNS)


def rows(dtype, n):
    return uniform(dtype, 0, 1, n).reshape(-1, 100)


def index(bound, n):
    return torch.randint(bound, (n,))


def value(operation, x):
    def run():
        with torch.no_grad():
            operation(x)

    return run


def both_ways(operation, x):
    leaf = x.clone().requires_grad_()
    ones = torch.ones_like(operation(leaf))

    def run():
        leaf.grad = None
        operation(leaf).backward(ones)

    return run


def function(operation, low, high, run=value):
    return lambda dtype, n: run(operation, uniform(dtype, low, high, n))


def function_of_two(operation, low, high):
    def prepare(dtype, n):
        y = uniform(dtype, low, high, n)
        return value(lambda x: operation(x, y), uniform(dtype, low, high, n))

    return prepare


def at(operation, run=value):
    """Returns an operation on a vector with as many indices as elements."""

    def prepare(dtype, n):
        indices = index(n, n)
        return run(lambda x: operation(x, indices), uniform(dtype, 0, 1, n))

    return prepare


def embedding(run):
    def prepare(dtype, n):
        indices = index(n // COLUMNS, n // COLUMNS)
        return run(lambda x: functional.embedding(indices, x), table(dtype, n))

    return prepare


def gather(dtype, n):
    indices = index(100, n).reshape(-1, 100)
    return value(lambda x: x.gather(1, indices), rows(dtype, n))


def gather_of_columns(dtype, n):
    indices = index(n // COLUMNS, n // COLUMNS * COLUMNS).reshape(-1, COLUMNS)
    return value(lambda x: x.gather(0, indices), table(dtype, n))


def index_select_of_columns(dtype, n):
    indices = index(COLUMNS, COLUMNS)
    return value(lambda x: x.index_select(1, indices), table(dtype, n))


def index_select_of_narrow_rows(dtype, n):
    indices = index(n // 5, n // 5)
    return value(lambda x: x.index_select(0, indices), uniform(dtype, 0, 1, n).reshape(-1, 5))


def scatter_of_rows(dtype, n):
    indices = index(100, n).reshape(-1, 100)
    y = rows(dtype, n)
    return value(lambda x: x.scatter(1, indices, y), rows(dtype, n))


def scatter_add(dtype, n):
    indices = index(n, n)
    x = uniform(dtype, 0, 1, n)
    return value(lambda zero: zero.scatter_add(0, indices, x), torch.zeros(n, dtype=dtype))


def scatter_reduce(dtype, n):
    indices = index(n, n)
    y = uniform(dtype, 0, 1, n)
    return value(lambda x: x.scatter_reduce(0, indices, y, "amax"), uniform(dtype, 0, 1, n))


def of_table(operation):
    return lambda dtype, n: value(operation, table(dtype, n))


def of_rows(operation, run):
    return lambda dtype, n: run(operation, rows(dtype, n))


def cross_entropy(classes, low, high):
    def prepared(dtype, n):
        labels = index(classes, n // classes)
        return both_ways(
            lambda x: functional.cross_entropy(x.reshape(-1, classes), labels), uniform(dtype, low, high, n)
        )

    return prepared


def loss(function, most, low, high):
    def prepared(dtype, n):
        targets = uniform(dtype, low, high, n)
        return both_ways(lambda x: function(x, targets), uniform(dtype, -most, most, n))

    return prepared


def searchsorted(dtype, n):
    row = uniform(dtype, 0, 1, n).sort()[0]
    return value(lambda x: torch.searchsorted(row, x), uniform(dtype, 0, 1, n))


FLOATING = {
    "erf": function(torch.erf, -3, 3),
    "erfc": function(torch.erfc, -3, 3),
    "erfinv": function(torch.erfinv, -1, 1),
    "lgamma": function(torch.lgamma, 0, 10),
    "lgamma_of_both_signs": function(torch.lgamma, -3, 3),
    "digamma": function(torch.digamma, 0, 10),
    "digamma_of_both_signs": function(torch.digamma, -3, 3),
    "polygamma_1": function(lambda x: torch.polygamma(1, x), 0, 10),
    "logit": function(torch.logit, 0.01, 0.99),
    "sinc": function(torch.sinc, -3, 3),
    "asin": function(torch.asin, -1, 1),
    "acos": function(torch.acos, -1, 1),
    "atanh": function(torch.atanh, -1, 1),
    "sinh": function(torch.sinh, -3, 3),
    "log1p": function(torch.log1p, 0, 10),
    "frac": function(torch.frac, -3, 3),
    "hardshrink": function(functional.hardshrink, -3, 3),
    "exp": function(torch.exp, -3, 3),
    "exp2": function(torch.exp2, -3, 3),
    "expm1": function(torch.expm1, -3, 3),
    "log": function(torch.log, 0, 10),
    "log2": function(torch.log2, 0, 10),
    "log10": function(torch.log10, 0, 10),
    "cosh": function(torch.cosh, -3, 3),
    "tanh": function(torch.tanh, -3, 3),
    "sigmoid": function(torch.sigmoid, -3, 3),
    "silu": function(functional.silu, -3, 3),
    "elu": function(functional.elu, -3, 3),
    "softplus": function(functional.softplus, -3, 3),
    "mish": function(functional.mish, -3, 3),
    "leakyRelu": function(functional.leaky_relu, -3, 3),
    "softshrink": function(functional.softshrink, -3, 3),
    "hardswish": function(functional.hardswish, -5, 5),
    "softsign": function(functional.softsign, -3, 3),
    "isfinite": function(torch.isfinite, -3, 3),
    "acosh": function(torch.acosh, 1, 9),
    "entr": function(torch.special.entr, 0, 1),
    "sin": function(torch.sin, -3, 3),
    "gelu_by_tanh": function(lambda x: functional.gelu(x, approximate="tanh"), -3, 3),
    "hypot": function_of_two(torch.hypot, -3, 3),
    "atan2": function_of_two(torch.atan2, -3, 3),
    "pow": function_of_two(torch.pow, 0.1, 3),
    "floorDivide": function_of_two(torch.floor_divide, -9, 9),
    "remainder": function_of_two(torch.remainder, -9, 9),
    "logaddexp": function_of_two(torch.logaddexp, -3, 3),
    "logaddexp2": function_of_two(torch.logaddexp2, -3, 3),
    "xlogy": function_of_two(torch.xlogy, 0.1, 3),
    "where": function_of_two(lambda x, y: torch.where(x > y, x, y), -3, 3),
    "maskedFill": function_of_two(lambda x, y: x.masked_fill(x > y, 0), -3, 3),
    "addcmul": function_of_two(lambda x, y: torch.addcmul(x, y, x, value=0.5), -3, 3),
    "addcdiv": function_of_two(lambda x, y: torch.addcdiv(x, y, x, value=0.5), 1, 3),
    "lerp": function_of_two(lambda x, y: torch.lerp(x, y, y), 0, 1),
    "clamp": function_of_two(lambda x, y: torch.clamp(x, y, y), -3, 3),
    "sort": function(lambda x: x.sort(dim=0, stable=True)[0], 0, 1),
    "topk": function(lambda x: x.topk(5, 0)[0], 0, 1),
    "topk_of_columns": of_table(lambda x: x.topk(5, 0)[0]),
    "median": function(torch.median, 0, 1),
    "nansum": function(torch.nansum, 0, 1),
    "sum": function(torch.sum, 0, 1),
    "amax": function(torch.amax, 0, 1),
    "amax_of_rows": of_table(lambda x: x.amax(1)),
    "argmax": function(torch.argmax, 0, 1),
    "argmax_of_columns": of_table(lambda x: x.argmax(0)),
    "var": function(torch.var, 0, 1),
    "softmax_of_columns": of_table(lambda x: x.softmax(0)),
    "softmax_of_rows": of_table(lambda x: x.softmax(1)),
    "cumprod_of_rows": of_table(lambda x: x.cumprod(1)),
    "cummax": function(lambda x: x.cummax(0)[0], 0, 1),
    "repeatInterleave": function(lambda x: x.repeat_interleave(2, 0), 0, 1),
    "tril": of_table(torch.tril),
    "searchsorted": searchsorted,
    "scatterReduce": scatter_reduce,
    "indexSelect": at(lambda x, i: x.index_select(0, i)),
    "gather": gather,
    "gather_of_columns": gather_of_columns,
    "indexSelect_of_columns": index_select_of_columns,
    "indexSelect_of_narrow_rows": index_select_of_narrow_rows,
    "scatter_of_rows": scatter_of_rows,
    "take": at(torch.take),
    "get": at(lambda x, i: x[i]),
    "embedding": embedding(value),
    "scatterAdd": scatter_add,
    "erf/both_ways": function(torch.erf, -3, 3, both_ways),
    "lgamma/both_ways": function(torch.lgamma, 0, 10, both_ways),
    "sinc/both_ways": function(torch.sinc, -3, 3, both_ways),
    "exp2/both_ways": function(torch.exp2, -3, 3, both_ways),
    "get/both_ways": at(lambda x, i: x[i], both_ways),
    "embedding/both_ways": embedding(both_ways),
    "layerNorm/both_ways": of_rows(lambda x: functional.layer_norm(x, (100,)), both_ways),
    "batchNorm/both_ways": of_rows(lambda x: functional.batch_norm(x, None, None, training=True), both_ways),
    "logSoftmax_of_rows/both_ways": of_rows(lambda x: x.log_softmax(1), both_ways),
    "crossEntropy/both_ways": cross_entropy(100, 0, 1),
    "crossEntropy_of_5000_classes/both_ways": cross_entropy(5000, -5, 5),
    "binaryCrossEntropyWithLogits/both_ways": loss(functional.binary_cross_entropy_with_logits, 5, 0, 1),
    "smoothL1Loss/both_ways": loss(functional.smooth_l1_loss, 2, -2, 2),
}

INTEGRAL = {
    "trapezoid": torch.trapezoid,
    "trapezoid_of_columns": lambda x: torch.trapezoid(x[: len(x) // COLUMNS * COLUMNS].view(-1, COLUMNS), dim=0),
    "trapezoid_by_places": lambda x: torch.trapezoid(x, x),
    "cumulativeTrapezoid": torch.cumulative_trapezoid,
    "cumsum": lambda x: x.cumsum(0),
    "diff": torch.diff,
    "sum_of_columns": lambda x: x[: len(x) // COLUMNS * COLUMNS].view(-1, COLUMNS).sum(0),
    "roll": lambda x: x.roll(17),
    "bincount": torch.bincount,
    "nonzero": torch.nonzero,
}


def show(name, n, run):
    time = microseconds(run, warm_up=0.2, warm_up_steps=3, windows=40, window=0.005)
    print(f"{name}/{n} {time:.2f}", flush=True)


if __name__ == "__main__":
    torch.manual_seed(1)
    only = sys.argv[1:] or [*FLOATING, *INTEGRAL]
    for name, prepare in FLOATING.items():
        if name not in only:
            continue
        for type_name, dtype in TYPES.items():
            for n in SIZES:
                show(f"{name}/{type_name}", n, prepare(dtype, n))
    for name, operation in INTEGRAL.items():
        if name not in only:
            continue
        for n in SIZES:
            show(f"{name}/int64", n, value(operation, index(1000, n)))
