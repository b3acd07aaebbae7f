"""The calls of make_differential.py that count, compare bits, or go by another name."""

from differential_cases import call, real, square, whole


def counting():
    for layout, shape in (("sliced", [4097]), ("transposed", [33, 1025]), ("offset", [65537])):
        x = whole(*shape, below=97, layout=layout)
        y = whole(*shape, below=89, layout="plain")
        for name in ("bitwise_and", "bitwise_or", "bitwise_xor"):
            yield call(name, x, y)
        yield call("bitwise_not", x)
        few = whole(*shape, below=7, layout="plain")
        yield call("bitwise_left_shift", x, few)
        yield call("bitwise_right_shift", x, few)
        yield call("unique", x, return_inverse=True, return_counts=True)
        yield call("unique_consecutive", whole(*shape, below=2, layout=layout), return_inverse=True, return_counts=True)
        yield call("isin", x, whole(33, below=97))
        yield call("isin", real(*shape, layout=layout, grad=False), real(257, grad=False))
        yield call("searchsorted", real(257, grad=False), real(*shape, layout=layout, grad=False), False)
        yield call("searchsorted", whole(257, below=97), x, True)
        yield call("bucketize", real(*shape, layout=layout, grad=False), real(65, grad=False), True)
        yield call("histc", real(*shape, layout=layout, grad=False), 33, -1.5, 1.25)
        yield call("msort", real(*shape, layout=layout))
        yield call("type_as", real(*shape, layout=layout), real(1, grad=False))
    for layout in ("sliced", "offset"):
        yield call("bincount", whole(4097, below=97, layout=layout), minlength=101)
        yield call("bincount", whole(65537, below=97, layout=layout), real(65537, grad=False))
    yield call("broadcast_to", real(33, 1, layout="sliced"), [5, 33, 129])
    yield call("expand_as", real(33, 1, layout="offset"), real(5, 33, 129, grad=False))
    yield call("reshape_as", real(33, 1025, layout="transposed"), real(1025, 33, grad=False))
    yield call("view_as", real(33, 1025), real(1025, 33, grad=False))
    yield call("inverse", square(65, layout="transposed"))
    yield call("vector_norm", real(33, 1025, layout="transposed"), 3.0, [1])
