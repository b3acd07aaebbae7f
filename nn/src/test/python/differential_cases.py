"""The calls of make_differential.py: (PyTorch's name, arguments, named arguments), in families."""

import itertools
import math

import torch

from made import Made

SMALL = [([4097], "sliced"), ([4097], "offset"), ([65537], "offset"), ([65537], "plain"), ([4097], "plain"),
         ([65537], "sliced"), ([257, 17], "expanded")]
MEDIUM = [([33, 1025], "transposed"), ([33, 1025], "expanded"), ([33, 1025], "sliced"), ([33, 1025], "offset"),
          ([33, 1025], "plain"), ([5, 33, 129], "transposed"), ([17, 5, 257], "sliced")]
LARGE = [([1000003], "plain"), ([100003, 1], "sliced"), ([1000003], "offset"), ([1000003], "sliced"),
         ([100003, 1], "transposed"), ([100003, 1], "expanded"), ([1000, 1003], "transposed"), ([3, 333337], "expanded")]


def real(*shape, layout="plain", low=-2, high=2, grad=True, **more):
    return Made(list(shape), low=low, high=high, layout=layout, requires_grad=grad, **more)


def positive(*shape, layout="plain", grad=True):
    return real(*shape, layout=layout, low=0.25, high=2.25, grad=grad)


def whole(*shape, below, layout="plain", dtype="int64"):
    return Made(list(shape), below=below, layout=layout, dtype=dtype, requires_grad=False)


def permuted(*shape, layout="plain"):
    return Made(list(shape), permutation=True, layout=layout, dtype="int64", requires_grad=False)


def mask(*shape, layout="plain", below=2):
    return whole(*shape, below=below, layout=layout, dtype="bool")


def square(n, *batch, layout="plain", diagonal=1, symmetric=False, wide=0.03125):
    return real(*batch, n, n, layout=layout, low=-wide, high=wide, diagonal=diagonal, symmetric=symmetric)


def call(name, *args, **kwargs):
    return name, list(args), kwargs


UNARY = {  # the ranges of the inputs
    (-2, 2): "abs neg positive sign square exp exp2 expm1 sin cos sinh cosh tanh asinh atan erf erfc sinc isnan isinf "
             "isfinite logical_not nan_to_num relu:nn.functional",
    (0.25, 2.25): "log log2 log10 log1p sqrt rsqrt reciprocal lgamma digamma special.entr",
    (-0.75, 0.75): "tan asin acos atanh erfinv",
    (-32, 32): "floor ceil trunc frac round deg2rad rad2deg sigmoid",
    (-8, 8): "relu6 hardtanh leaky_relu elu celu selu gelu silu mish logsigmoid softplus softsign hardsigmoid hardswish "
             "hardshrink softshrink tanhshrink :nn.functional",
}
OPTIONS = {"nn.functional.leaky_relu": [0.25], "nn.functional.elu": [1.5], "nn.functional.celu": [0.75],
           "nn.functional.hardtanh": [-2.5, 3.0], "nn.functional.softplus": [2.0, 6.0], "nn.functional.hardshrink": [1.25],
           "nn.functional.softshrink": [1.25]}


def unary_names():
    for bounds, names in UNARY.items():
        prefix = "nn.functional." if names.endswith(":nn.functional") and bounds == (-8, 8) else ""
        for name in names.removesuffix(":nn.functional").split():
            name = "nn.functional.relu" if name == "relu" else prefix + name
            yield name, bounds
    yield "acosh", (1.25, 3.25)
    yield "logit", (0.25, 0.75)


def turns(forms):
    return itertools.cycle(forms)


def elementwise():
    small, medium, large = turns(SMALL), turns(MEDIUM), turns(LARGE)
    for name, bounds in unary_names():
        for shape, layout in (next(small), next(medium), next(medium), next(large)):
            yield call(name, real(*shape, layout=layout, low=bounds[0], high=bounds[1]), *OPTIONS.get(name, []))
    yield call("nn.functional.gelu", real(33, 1025, low=-8, high=8, layout="transposed"), approximate="tanh")
    yield call("nn.functional.threshold", real(65537, layout="offset"), 0.5, -3.0)
    yield call("nn.functional.threshold", real(33, 1025, layout="sliced"), 0.5, -3.0)
    yield call("round", real(33, 1025, low=-32, high=32, layout="transposed"), decimals=1)
    yield call("polygamma", 1, positive(4097, layout="sliced"))
    yield call("polygamma", 2, positive(33, 129, layout="transposed"))
    for low, high in ((-1.0, 1.5), (None, 0.5), (-0.5, None)):
        yield call("clamp", real(33, 1025, layout="transposed"), low, high)
    yield call("clamp", real(33, 1025, layout="sliced"), real(1025), real(33, 1))
    yield call("clamp", real(1000003), -1.0, 1.0)
    yield call("clamp_min", real(4097, layout="sliced"), 0.25)
    yield call("clamp_min", real(33, 1025, layout="transposed"), real(33, 1))
    yield call("clamp_max", real(100003, 1), 0.25)
    yield call("clamp_max", real(33, 1025), real(1025, layout="offset"))
    yield call("heaviside", real(33, 1025, layout="transposed", grad=False), real(1025, grad=False))


def pairs(make=real, other=real):
    """Operands of many layouts, and such that broadcast."""
    yield make(33, 1025, layout="transposed"), other(33, 1025)
    yield make(33, 1025, layout="sliced"), other(1025, layout="offset")
    yield make(33, 1, layout="transposed"), other(1, 1025, layout="sliced")
    yield make(65537, layout="offset"), other(65537, layout="sliced")
    yield make(4097, layout="sliced"), other(1)
    yield make(7, 1, 129, layout="expanded"), other(33, 1, layout="offset")
    yield make(100003, 1), other(7, layout="sliced")
    yield make(1000003), other(1000003, layout="offset")
    yield make(1000, 1003, layout="transposed"), other(1000, 1003)


def apart(*shape, layout="plain", grad=True):
    return real(*shape, layout=layout, low=2.5, high=6.5, grad=grad)


def few(*shape, layout="plain"):
    """Numbers of which many are equal, and many are zero."""
    return whole(*shape, below=3, layout=layout, dtype="float64")


def binary():
    for turn, name in enumerate(("add", "sub", "rsub", "mul", "maximum", "minimum", "fmax", "fmin", "copysign", "atan2", "hypot",
                                 "logaddexp", "logaddexp2", "max", "min", "ldexp")):
        for i, (a, b) in enumerate(pairs()):
            if i % 4 == turn % 4 or i in (1, 2) or name in ("add", "mul"):
                yield call(name, a, b)
    for name in ("div", "true_divide", "remainder", "fmod", "pow", "float_power", "xlogy", "special.xlog1py"):
        other = apart if name in ("div", "true_divide", "remainder", "fmod") else positive
        make = positive if name in ("pow", "float_power") else real
        for i, (a, b) in enumerate(pairs(make, other)):
            if i % 2 == 0 or i == 1:
                yield call(name, a, b)
    for name in ("eq", "ne", "lt", "le", "gt", "ge", "logical_and", "logical_or", "logical_xor", "isclose"):
        for i, (a, b) in enumerate(pairs(few, few)):
            if i in (0, 2, 3):
                yield call(name, a, b)
    for mode in ("floor", "trunc"):
        yield call("div", real(33, 1025, layout="transposed", grad=False), apart(1025, grad=False), rounding_mode=mode)
    yield call("floor_divide", real(33, 1025, layout="transposed", grad=False), apart(33, 1, grad=False))
    yield call("add", real(33, 1025, layout="transposed"), real(1025), alpha=2.5)
    yield call("sub", real(4097, layout="sliced"), real(4097), alpha=-0.5)
    for name, number in (("__radd__", 1.5), ("__rsub__", 1.5), ("__rmul__", -2.5), ("__rdiv__", 2.5), ("__rpow__", 2.0),
                         ("pow", 3), ("pow", 2), ("pow", 0.5), ("pow", -1.5), ("pow", 4), ("pow", -2)):
        yield call(name, positive(33, 1025, layout="transposed"), number)
        yield call(name, positive(65537, layout="sliced"), number)
    for name, third in (("addcmul", real), ("addcdiv", positive)):
        yield call(name, real(33, 1025, layout="transposed"), real(1025), third(33, 1, layout="sliced"), value=0.75)
        yield call(name, real(100003, 1), real(100003, 1, layout="sliced"), third(100003, 1))
    yield call("lerp", real(33, 1025, layout="transposed"), real(1025), real(33, 1, low=0, high=1))
    yield call("lerp", real(65537, layout="sliced"), real(65537, layout="offset"), 0.25)
    yield call("where", real(33, 1), mask(33, 1025, layout="transposed"), real(1025, layout="sliced"))
    yield call("where", real(100003, 1, layout="sliced"), mask(100003, 1), real(1))
    yield call("masked_fill", real(33, 1025, layout="transposed"), mask(1025), 1.5)
    yield call("masked_fill", real(100003, 1, layout="sliced"), mask(100003, 1), -1.5)
    yield call("nn.functional.prelu", real(5, 33, 257, layout="transposed"), real(33))
    yield call("nn.functional.prelu", real(65537, layout="sliced"), real(1))
    yield call("nn.functional.glu", real(33, 1026, layout="transposed"), 1)
    yield call("nn.functional.glu", real(34, 1025, layout="sliced"), 0)
    yield call("to", real(33, 1025, layout="transposed", grad=False), torch.int64)
    yield call("to", whole(33, 1025, below=1000, layout="transposed"), torch.float64)


def reduced():
    """Inputs and dims."""
    yield real(65537, layout="offset"), ()
    yield real(4097, layout="sliced"), (0,)
    yield real(33, 1025, layout="transposed"), (1,)
    yield real(33, 1025, layout="sliced"), (0,)
    yield real(5, 33, 129, layout="transposed"), (1,)
    yield real(17, 5, 257, layout="sliced"), (2,)
    yield real(33, 1025, layout="expanded"), (1,)
    yield real(100003, 1), (0,)
    yield real(1000003, layout="plain"), (0,)
    yield real(3, 333337, layout="transposed"), (1,)
    yield real(1000, 1003, layout="sliced"), (0,)


def reductions():
    turn = turns(range(3))
    for name in ("sum", "mean", "nansum", "nanmean", "amax", "amin", "logsumexp", "var", "std", "linalg.vector_norm", "norm",
                 "count_nonzero", "any", "all", "prod", "aminmax", "var_mean", "std_mean", "argmax", "argmin", "max", "min"):
        chosen = next(turn)
        for i, (x, dims) in enumerate(reduced()):
            if i > 2 and i % 3 != chosen and name not in ("sum", "mean", "var"):
                continue
            if x.layout == "expanded" and name in ("argmax", "argmin", "max", "min"):
                continue
            if name == "prod":
                x.low, x.high = 0.9921875, 1.0078125
            if name in ("any", "all", "count_nonzero"):
                x = whole(*x.shape, below=1000 if name == "all" else 2, layout=x.layout, dtype="float64")
            if name in ("linalg.vector_norm", "norm"):
                yield call(name, x, 2, *([list(dims)] if dims else []))
            elif not dims:
                yield call(name, *([x, [0]] if name == "logsumexp" else [x]))
            elif name == "aminmax":
                yield call(name, x, dim=dims[0])
            elif name == "count_nonzero":
                yield call(name, x, dims[0])
            else:
                several = name in ("sum", "mean", "amax", "amin", "logsumexp", "nansum", "nanmean")
                yield call(name, x, list(dims) if several else dims[0], keepdim=i % 2 == 0)
    for dims in ([0, 2], [1, 2], [0, 1]):
        yield call("sum", real(17, 33, 129, layout="transposed"), dims)
        yield call("var", real(17, 33, 129, layout="sliced"), dims)
        yield call("amax", real(17, 33, 129, layout="transposed"), dims)
        yield call("logsumexp", real(17, 33, 129, layout="sliced"), dims)
    for p in (0.5, 1, 3, 0, math.inf, -math.inf):
        yield call("linalg.vector_norm", real(33, 1025, layout="transposed"), p, [1])
        yield call("linalg.vector_norm", real(4097, layout="sliced"), p)
    yield call("sum_to_size", real(17, 33, 129, layout="transposed"), 33, 1)
    yield call("sum_to_size", real(33, 1025, layout="expanded"), 1, 1025)
    yield call("var", real(33, 1025, layout="transposed"), 0, correction=0)
    yield call("std", real(65537, layout="sliced"), correction=2)
    for name in ("softmax", "log_softmax", "nn.functional.softmin"):
        for x, dim in ((real(33, 1025, layout="transposed", low=-8, high=8), 1), (real(33, 1025, layout="sliced"), 0),
                       (real(5, 33, 129, layout="transposed"), 1), (real(65537, layout="offset"), 0),
                       (real(33, 1025, low=-8, high=8), 1), (real(4097, 7), 1), (real(100003, 7, layout="sliced"), 1),
                       (real(3, 333337), 1)):
            yield call(name, x, dim=dim) if name.endswith("softmin") else call(name, x, dim)
    yield call("cov", real(17, 1025, layout="transposed"))
    yield call("cov", real(33, 4097, layout="sliced"), correction=0)
    yield call("corrcoef", real(17, 1025, layout="transposed"))


def cumulative():
    for name in ("cumsum", "cumprod", "logcumsumexp", "cummax", "cummin"):
        near = {"low": 0.9921875, "high": 1.0078125} if name == "cumprod" else {}
        yield call(name, real(4097, layout="sliced", **near), 0)
        yield call(name, real(33, 1025, layout="transposed", **near), 1)
        yield call(name, real(33, 1025, layout="sliced", **near), 0)
        yield call(name, real(65537, layout="offset", **near), 0)
        yield call(name, real(5, 33, 129, layout="transposed", **near), 1)
        if name != "cumprod":
            yield call(name, real(1000003, **near), 0)
    yield call("diff", real(33, 1025, layout="transposed"), 1, 1)
    yield call("diff", real(65537, layout="sliced"), 3, 0)
    yield call("diff", real(33, 1025), 2, 0)
    for name in ("trapezoid", "cumulative_trapezoid"):
        yield call(name, real(33, 1025, layout="transposed"), dx=0.25, dim=1)
        yield call(name, real(33, 1025, layout="sliced"), real(1025, layout="offset"), dim=1)
        yield call(name, real(65537, layout="offset"), dx=0.5, dim=0)


def sorting():
    for x, dim in ((real(65537, layout="sliced"), 0), (real(33, 1025, layout="transposed"), 1),
                   (real(33, 1025, layout="sliced"), 0), (real(1000003), 0)):
        yield call("sort", x, dim, True)
        yield call("argsort", x, dim)
        yield call("topk", x, 17, dim)
        yield call("topk", x, 5, dim, False)
        yield call("kthvalue", x, 16, dim)
        yield call("median", x, dim)
        yield call("nanmedian", x, dim)
        yield call("quantile", x, 0.375, dim)
        yield call("nanquantile", x, 0.75, dim, interpolation="midpoint")
        yield call("invariant.mode", whole(*x.shape, below=50, layout=x.layout, dtype="float64"), dim)
    yield call("sort", real(4097, layout="offset"), 0, False)
    yield call("median", real(65537, layout="sliced"))
    yield call("nanmedian", real(33, 1025, layout="transposed"))


def shaping():
    yield call("reshape", real(33, 1025, layout="transposed"), [1025, 33])
    yield call("reshape", real(33, 1025, layout="sliced"), [-1])
    yield call("view", real(33, 1025), [11, 3, 1025])
    yield call("ravel", real(33, 1025, layout="transposed"))
    yield call("flatten", real(5, 33, 129, layout="transposed"), 1)
    yield call("unflatten", real(33, 1025, layout="sliced"), 1, [25, 41])
    yield call("squeeze", real(100003, 1, layout="transposed"), 1)
    yield call("unsqueeze", real(33, 1025, layout="transposed"), 1)
    yield call("expand", real(33, 1, layout="sliced"), [5, 33, 129])
    yield call("broadcast_to", real(1, 1025, layout="offset"), [33, 1025])
    yield call("expand_as", real(33, 1), real(33, 1025, grad=False))
    for name in ("clone", "contiguous", "t", "T", "mT", "fliplr", "flipud"):
        yield call(name, real(33, 1025, layout="transposed"))
        yield call(name, real(33, 1025, layout="sliced"))
    for name in ("atleast_1d", "atleast_2d", "atleast_3d"):
        yield call(name, real(4097, layout="sliced"))
    yield call("permute", real(5, 33, 129, layout="sliced"), [2, 0, 1])
    yield call("transpose", real(5, 33, 129, layout="transposed"), 0, 2)
    yield call("movedim", real(5, 33, 129, layout="sliced"), 0, 2)
    yield call("narrow", real(33, 1025, layout="transposed"), 1, 17, 900)
    yield call("slice_copy", real(33, 1025, layout="transposed"), 1, 3, 1020, 7)
    yield call("select", real(33, 1025, layout="transposed"), 1, 1000)
    yield call("as_strided", real(65537), [129, 33], [401, 3], 17)
    yield call("as_strided", real(4097), [4000, 17], [1, 5], 3)
    yield call("unfold", real(33, 1025, layout="transposed"), 1, 65, 3)
    yield call("flip", real(5, 33, 129, layout="transposed"), [0, 2])
    yield call("roll", real(33, 1025, layout="sliced"), [5, -700], [0, 1])
    yield call("roll", real(65537, layout="offset"), 40000)
    yield call("rot90", real(33, 1025, layout="transposed"), 1, [0, 1])
    yield call("nn.functional.pixel_shuffle", real(2, 27, 33, 17, layout="transposed"), 3)
    yield call("nn.functional.pixel_unshuffle", real(2, 3, 66, 34, layout="sliced"), 2)
    yield call("repeat", real(33, 129, layout="transposed"), [2, 3, 2])
    yield call("tile", real(33, 129, layout="sliced"), [3, 2])
    yield call("repeat_interleave", real(33, 129, layout="transposed"), 7, 1)
    yield call("repeat_interleave", real(1025, 33, layout="sliced"), whole(1025, below=4), 0)
    for pad in ([3, 5], [1, 2, 3, 4]):
        for mode in ("reflect", "replicate", "circular"):
            yield call("nn.functional.pad", real(2, 3, 65, 129, layout="transposed")
                       if len(pad) > 2 else real(3, 4, 1025, layout="sliced"), pad, mode=mode)
        yield call("nn.functional.pad", real(33, 1025, layout="transposed"), pad, "constant", 1.5)
    yield call("constant_pad_nd", real(33, 1025, layout="sliced"), [-2, 3, 4, -5], 0.5)
    yield call("diag", real(257, layout="sliced"), 3)
    yield call("diag", real(257, 1025, layout="transposed"), -5)
    yield call("diagflat", real(257, layout="sliced"), 1)
    yield call("diag_embed", real(33, 65, layout="transposed"), 1)
    yield call("diagonal", real(33, 65, 129, layout="transposed"), 3, 1, 2)
    yield call("trace", real(257, 1025, layout="transposed"))
    yield call("tril", real(3, 129, 257, layout="transposed"), 5)
    yield call("triu", real(3, 129, 257, layout="sliced"), -5)
    yield call("block_diag", real(33, 65, layout="transposed"), real(129, 17, layout="sliced"))
    parts = (real(33, 257, layout="transposed"), real(33, 129, layout="sliced"), real(33, 1, layout="expanded"))
    yield call("cat", list(parts), 1)
    yield call("hstack", list(parts))
    yield call("cat", [real(500001), real(500002, layout="sliced")], 0)
    same = (real(33, 257, layout="transposed"), real(33, 257, layout="sliced"), real(33, 257, layout="expanded"))
    yield call("stack", list(same), 1)
    for name in ("vstack", "dstack", "column_stack"):
        yield call(name, list(same))
    yield call("split", real(33, 1025, layout="transposed"), 300, 1)
    yield call("split_with_sizes", real(33, 1025, layout="sliced"), [25, 600, 400], 1)
    yield call("tensor_split", real(33, 1025, layout="transposed"), 4, 1)
    yield call("chunk", real(1025, 33, layout="transposed"), 4, 0)
    yield call("unbind", real(3, 4097, layout="sliced"))
    yield call("broadcast_tensors", real(33, 1, layout="sliced"), real(1025, layout="offset"))
    yield call("meshgrid", real(129, layout="sliced"), real(257, layout="offset"), indexing="xy")
    yield call("cartesian_prod", real(129, layout="sliced"), real(65), real(3))


def indexing():
    x = [real(33, 1025, layout=layout) for layout in ("transposed", "sliced", "expanded")]
    yield call("__getitem__", x[0], [slice(3, 30, 2), slice(None, 1000, 3)])
    yield call("__getitem__", x[1], [whole(4097, below=33), whole(4097, below=1025, layout="sliced")])
    yield call("__getitem__", x[0], mask(33, 1025, layout="sliced"))
    yield call("__getitem__", real(1000003), whole(65537, below=1000003))
    yield call("gather", x[0], 1, whole(33, 700, below=1025, layout="transposed"))
    yield call("gather", x[1], 0, whole(65, 1025, below=33))
    yield call("gather", real(100003, 1), 0, whole(200003, 1, below=100003))
    yield call("index_select", x[0], 1, whole(2000, below=1025, layout="sliced"))
    yield call("index_select", real(65537, 3, layout="sliced"), 0, whole(40000, below=65537))
    yield call("take", x[0], whole(129, 257, below=33825, layout="transposed"))
    yield call("take_along_dim", x[1], whole(33, 129, below=1025), 1)
    yield call("masked_select", x[0], mask(33, 1025))
    yield call("masked_select", real(100003, 1, layout="sliced"), mask(100003, 1))
    for name in ("nonzero", "argwhere"):
        yield call(name, whole(33, 1025, below=2, layout="transposed", dtype="float64"))
    yield call("scatter", x[0], 1, permuted(33, 1025, layout="expanded"), real(33, 1025, layout="sliced"))
    yield call("scatter", real(65537, layout="offset"), 0, permuted(65537), real(65537, layout="sliced"))
    yield call("scatter", x[1], 1, permuted(33, 1025, layout="expanded"), 2.5)
    for dim, index in ((1, whole(33, 2000, below=1025)), (0, whole(257, 1025, below=33, layout="transposed"))):
        yield call("scatter_add", x[dim], dim, index, real(*index.shape, layout="sliced"))
        for how in ("sum", "mean", "amax", "amin"):
            yield call("scatter_reduce", x[dim], dim, index, real(*index.shape, layout="transposed"), reduce=how)
    yield call("scatter_reduce", x[0], 1, whole(33, 1500, below=1025), positive(33, 1500), reduce="prod", include_self=False)
    yield call("scatter_add", real(17), 0, whole(1000003, below=17), real(1000003))
    yield call("index_add", x[0], 0, whole(129, below=33), real(129, 1025, layout="sliced"), alpha=0.5)
    yield call("index_add", x[1], 1, whole(2000, below=1025), real(33, 2000, layout="transposed"))
    yield call("index_copy", x[0], 1, permuted(1025), real(33, 1025, layout="sliced"))
    yield call("index_fill", x[0], 1, whole(100, below=1025), 1.5)
    yield call("index_put", x[0], [whole(4097, below=33), whole(4097, below=1025)], real(4097, layout="sliced"), True)
    yield call("masked_scatter", x[0], mask(33, 1025), real(33825, layout="sliced"))
    yield call("select_scatter", x[0], real(33, layout="sliced"), 1, 700)
    yield call("slice_scatter", x[0], real(33, 300, layout="transposed"), 1, 5, 905, 3)
    yield call("diagonal_scatter", real(257, 1025, layout="transposed"), real(257, layout="sliced"), 3)
    yield call("nn.functional.embedding", real(4097, 17, layout="sliced"), whole(33, 129, below=4097, layout="transposed"))
    yield call("nn.functional.embedding", real(65, 33), whole(4097, below=65), padding_idx=3)
    for how in ("sum", "mean", "max"):
        yield call("nn.functional.embedding_bag", real(4097, 17), whole(513, 9, below=4097), mode=how)
    yield call("nn.functional.one_hot", whole(129, 33, below=65, layout="transposed"), 65)


def all_cases():
    from differential_counting import counting
    from differential_layers import layers
    for family in (elementwise, binary, reductions, cumulative, sorting, shaping, indexing, *layers(), counting):
        yield from family()
