"""More calls of make_differential.py: products, linear algebra, and what networks are made of."""

import math

from differential_cases import call, positive, real, square, whole

F = "nn.functional."


def products():
    t, s, o, e = "transposed", "sliced", "offset", "expanded"
    for a, b in (((257, 129), (129, 65)), ((1025, 33), (33, 1025)), ((4097, 3), (3, 7)), ((1, 65537), (65537, 2))):
        for left, right in (("plain", "plain"), (t, "plain"), (s, t), (o, s)):
            yield call("matmul", real(*a, layout=left), real(*b, layout=right))
    yield call("matmul", real(100003, 1), real(1, 7, layout=s))
    yield call("matmul", real(1025, 513, layout=t), real(513, 769))
    yield call("matmul", real(17, 65, 33, layout=t), real(33, 129, layout=s))
    yield call("matmul", real(5, 1, 65, 33, layout=s), real(3, 33, 17, layout=t))
    yield call("matmul", real(17, 65, 33, layout=e), real(17, 33, 5, layout=e))
    yield call("__rmatmul__", real(129, 65, layout=t), real(257, 129))
    yield call("mm", real(257, 129, layout=e), real(129, 65))
    yield call("bmm", real(17, 65, 33, layout=t), real(17, 33, 129, layout=s))
    yield call("bmm", real(513, 3, 5, layout=s), real(513, 5, 2))
    yield call("mv", real(1025, 257, layout=t), real(257, layout=s))
    yield call("mv", real(33, 1025), real(1025, layout=o))
    for name in ("dot", "vdot"):
        yield call(name, real(65537, layout=s), real(65537, layout=o))
    yield call("dot", real(1000003), real(1000003))
    yield call("linalg.vecdot", real(33, 1025, layout=t), real(33, 1025, layout=s))
    yield call("inner", real(33, 257, layout=t), real(65, 257, layout=s))
    yield call("outer", real(257, layout=s), real(1025, layout=o))
    yield call("cross", real(1025, 3, layout=t), real(1025, 3, layout=s), dim=1)
    yield call("linalg.cross", real(3, 4097, layout=t), real(3, 4097, layout=s), dim=0)
    yield call("linalg.multi_dot", [real(129, 17, layout=t), real(17, 257), real(257, 33, layout=s)])
    yield call("linalg.matrix_power", square(65, layout=t), 5)
    yield call("linalg.matrix_power", square(65), -2)
    yield call("addmm", real(257, 65, layout=t), real(257, 129, layout=s), real(129, 65), beta=0.5, alpha=1.5)
    yield call("addmv", real(1025), real(1025, 257, layout=t), real(257, layout=s), beta=0.5, alpha=1.5)
    yield call("addr", real(257, 129, layout=t), real(257, layout=s), real(129), beta=0.5, alpha=1.5)
    yield call("addbmm", real(65, 33, layout=t), real(9, 65, 17, layout=s), real(9, 17, 33, layout=t), beta=0.5, alpha=2.0)
    yield call("baddbmm", real(9, 65, 33, layout=t), real(9, 65, 17), real(9, 17, 33, layout=s), beta=0.5, alpha=2.0)
    yield call(F + "linear", real(257, 129, layout=t), real(65, 129, layout=s), real(65))
    yield call(F + "linear", real(17, 33, 65, layout=t), real(129, 65))
    yield call(F + "linear", real(4097, 10), real(3, 10, layout=t), real(3))
    yield call(F + "bilinear", real(129, 33, layout=t), real(129, 17, layout=s), real(9, 33, 17), real(9))
    yield call("einsum", "bij,bkj->bik", real(9, 33, 65, layout=t), real(9, 17, 65, layout=s))
    yield call("einsum", "ij,jk,kl->il", real(33, 65), real(65, 17, layout=t), real(17, 129))
    yield call("einsum", "abc,cb->a", real(65, 33, 17, layout=t), real(17, 33, layout=s))
    yield call("tensordot", real(33, 17, 65, layout=t), real(17, 65, 9, layout=s), dims=2)
    yield call("kron", real(17, 9), real(33, 5, layout=s))


def linear_algebra():
    t, s = "transposed", "sliced"
    yield call("linalg.cholesky", square(129, symmetric=True, diagonal=2, layout=t))
    yield call("linalg.cholesky", square(33, 5, symmetric=True, diagonal=2, layout=s), upper=True)
    yield call("linalg.qr", square(129, layout=t))
    yield call("linalg.qr", real(257, 65, layout=s, low=-0.03125, high=0.03125, diagonal=1))
    yield call("linalg.lu", square(129, layout=t))
    for n, layout in ((129, t), (257, "plain")):
        yield call("linalg.inv", square(n, layout=layout))
        yield call("linalg.solve", square(n, layout=layout), real(n, 17, layout=s))
        yield call("linalg.det", square(n, layout=layout, wide=0.0078125))
        yield call("linalg.slogdet", square(n, layout=layout))
        yield call("logdet", square(n, layout=layout, wide=0.0078125))
    yield call("linalg.inv", square(17, 33, layout=t))
    yield call("linalg.solve", square(33, 9, layout=s), real(9, 33, 5, layout=t))
    yield call("linalg.solve", square(129, layout=t), real(17, 129), left=False)
    yield call("linalg.solve_triangular", square(129, diagonal=2), real(129, 33, layout=t), upper=False)
    yield call("linalg.solve_triangular", square(257, layout=t), real(257, 5, layout=s), upper=True, unitriangular=True)
    yield call("linalg.solve_triangular", square(65, 5, layout=s), real(5, 17, 65), upper=True, left=False)
    yield call("cholesky_solve", real(129, 17, layout=t), square(129, diagonal=2))
    yield call("cholesky_inverse", square(65, diagonal=2, layout=t))
    yield call("linalg.lstsq", real(257, 33, layout=t, low=-0.03125, high=0.03125, diagonal=1), real(257, 5), driver="gels")
    yield call("linalg.pinv", real(129, 33, layout=t, low=-0.03125, high=0.03125, diagonal=1))
    yield call("linalg.matrix_rank", square(65, layout=t))
    yield call("linalg.eigvalsh", square(129, symmetric=True, layout=t))
    yield call("linalg.svdvals", real(129, 65, layout=t))
    yield call("invariant.eigh", square(65, symmetric=True, layout=t, wide=0.5))
    yield call("invariant.svd", real(65, 33, layout=s))
    yield call("matrix_exp", square(65, layout=t, diagonal=0))
    yield call("matrix_exp", square(17, 9, layout=s, diagonal=0))
    for order in ("fro", "nuc", 1, 2, -1):
        yield call("linalg.matrix_norm", real(129, 65, layout=t), order)
    yield call("linalg.norm", real(33, 1025, layout=t))
    yield call("linalg.cond", square(65, layout=t))


def convolutions():
    t, s, e = "transposed", "sliced", "expanded"
    yield call(F + "conv1d", real(2, 4, 4097, layout=s), real(7, 4, 5, layout=t), real(7), 1, 2)
    yield call(F + "conv1d", real(3, 6, 1025, layout=t), real(9, 2, 3), None, 3, 1, 2, 3)
    yield call(F + "conv2d", real(2, 3, 65, 129, layout=t), real(8, 3, 3, 3), real(8), 1, 1)
    yield call(F + "conv2d", real(1, 16, 33, 65, layout=s), real(33, 16, 5, 5, layout=t), real(33), 2, 2)
    yield call(F + "conv2d", real(2, 6, 33, 65), real(12, 1, 3, 3, layout=s), real(12), 1, 1, 1, 6)
    yield call(F + "conv2d", real(2, 4, 65, 33, layout=e), real(6, 4, 3, 2), None, [2, 1], [1, 3], [2, 3])
    yield call(F + "conv2d", real(2, 33, 65, 33), real(17, 33, 1, 1, layout=t), real(17))
    yield call(F + "conv2d", real(3, 8, 129, 127), real(16, 8, 3, 3), real(16), 1, 1)
    yield call(F + "conv3d", real(1, 3, 9, 17, 33, layout=t), real(5, 3, 3, 3, 3, layout=s), real(5), 1, 1)
    yield call(F + "conv_transpose1d", real(2, 4, 1025, layout=s), real(4, 5, 5, layout=t), real(5), 2, 1, 1)
    yield call(F + "conv_transpose2d", real(2, 5, 33, 65, layout=t), real(5, 6, 3, 3), real(6), 2, 1, 1)
    yield call(F + "conv_transpose2d", real(1, 4, 33, 17), real(4, 3, 3, 5, layout=s), None, 1, 2, 0, 2, 2)
    yield call(F + "conv_transpose3d", real(1, 3, 5, 9, 17, layout=s), real(3, 4, 3, 3, 3), real(4), 2, 1)
    yield call(F + "unfold", real(2, 3, 65, 33, layout=t), [3, 5], 2, 1, 2)
    yield call(F + "fold", real(2, 45, 529, layout=s), [25, 27], [3, 5])


def pooling():
    t, s = "transposed", "sliced"
    for d, shape in ((1, (5, 7, 1025)), (2, (2, 5, 65, 129)), (3, (2, 3, 9, 17, 33))):
        yield call(F + f"max_pool{d}d", real(*shape, layout=t), 3, 2, 1, 1, True, return_indices=True)
        yield call(F + f"max_pool{d}d", real(*shape, layout=s), 2)
        yield call(F + f"avg_pool{d}d", real(*shape, layout=t), 3, 2, 1, True, False)
        yield call(F + f"avg_pool{d}d", real(*shape, layout=s), 2)
        sizes = [7, 5, 11][:d] if d > 1 else 129
        yield call(F + f"adaptive_avg_pool{d}d", real(*shape, layout=t), sizes)
        yield call(F + f"adaptive_max_pool{d}d", real(*shape, layout=s), sizes, True)
    yield call(F + "max_pool2d", real(4, 8, 129, 257), 3, 2, 1)
    yield call(F + "max_pool2d", real(2, 3, 65, 65), 3, 1, 1, 2)


def resampling():
    t, s = "transposed", "sliced"
    for mode, shape, size in (("nearest", (2, 3, 65, 129), [97, 61]), ("nearest-exact", (2, 3, 65, 129), [97, 61]),
                              ("bilinear", (2, 3, 65, 129), [97, 61]), ("bicubic", (2, 3, 65, 129), [97, 61]),
                              ("area", (2, 3, 65, 129), [31, 41]), ("linear", (3, 5, 1025), [1537]),
                              ("trilinear", (1, 3, 9, 17, 33), [13, 11, 41]), ("nearest", (3, 5, 4097), [1025])):
        yield call(F + "interpolate", real(*shape, layout=t), size, mode=mode)
        if mode in ("bilinear", "bicubic", "linear", "trilinear"):
            yield call(F + "interpolate", real(*shape, layout=s), size, mode=mode, align_corners=True)
    yield call(F + "interpolate", real(2, 3, 65, 129, layout=s), None, 1.75, mode="bilinear")
    for mode in ("bilinear", "bicubic"):
        yield call(F + "interpolate", real(2, 3, 65, 129, layout=t), [31, 41], mode=mode, antialias=True)
    for mode in ("bilinear", "nearest", "bicubic"):
        for padding in ("zeros", "border", "reflection"):
            yield call(F + "grid_sample", real(2, 3, 33, 65, layout=t), real(2, 41, 29, 2, layout=s, low=-1.5, high=1.5),
                       mode, padding, align_corners=padding == "border")
    yield call(F + "grid_sample", real(1, 2, 9, 17, 33, layout=t), real(1, 7, 11, 13, 3, low=-1, high=1), align_corners=False)
    yield call(F + "affine_grid", real(3, 2, 3, layout=t), [3, 1, 33, 65], align_corners=False)
    yield call(F + "affine_grid", real(2, 3, 4, layout=s), [2, 1, 9, 17, 33], align_corners=True)


def normalization():
    t, s, e = "transposed", "sliced", "expanded"
    for name in ("layer_norm", "rms_norm"):
        bias = lambda n: {"bias": real(n)} if name == "layer_norm" else {}
        yield call(F + name, real(33, 1025, layout=t), [1025], weight=real(1025, layout=s), **bias(1025))
        yield call(F + name, real(4097, 17), [17], weight=real(17), **bias(17))
        yield call(F + name, real(3, 333337, layout=s), [333337])
    yield call(F + "group_norm", real(5, 12, 33, 17, layout=t), 4, real(12), real(12))
    yield call(F + "group_norm", real(3, 6, 1025, layout=s), 3)
    yield call(F + "instance_norm", real(5, 7, 1025, layout=t), weight=real(7), bias=real(7))
    for shape in ((257, 33), (5, 7, 33, 65), (65, 9, 129)):
        c = shape[1]
        for layout in (t, s, "plain"):
            yield call(F + "batch_norm", real(*shape, layout=layout), real(c, grad=False), positive(c, grad=False), real(c),
                       real(c), True)
        yield call(F + "batch_norm", real(*shape, layout=t), real(c, grad=False), positive(c, grad=False), real(c), real(c),
                   False)
    yield call(F + "local_response_norm", real(3, 17, 33, 17, layout=t), 5, 0.01)
    yield call(F + "normalize", real(33, 1025, layout=t), 2.0, 1)
    yield call(F + "normalize", real(1025, 33, layout=s), 3.0, 0)
    yield call("renorm", real(33, 1025, layout=t), 2, 0, 10.0)
    yield call(F + "cosine_similarity", real(33, 1025, layout=t), real(33, 1025, layout=s), 1)
    yield call("dist", real(33, 1025, layout=t), real(1025, layout=s), 2)
    yield call("dist", real(65537, layout=s), real(65537), 3)
    yield call(F + "pairwise_distance", real(1025, 33, layout=t), real(1025, 33, layout=s))
    for p in (2.0, 1.0, 3.0):
        yield call("cdist", real(129, 17, layout=t), real(65, 17, layout=s), p)
    yield call("cdist", real(5, 33, 9, layout=s), real(5, 257, 9, layout=t), 2.0)
    q, k, v = real(2, 3, 65, 17, layout=t), real(2, 3, 129, 17, layout=s), real(2, 3, 129, 33, layout=e)
    yield call(F + "scaled_dot_product_attention", q, k, v)
    yield call(F + "scaled_dot_product_attention", q, k, v, is_causal=True)
    yield call(F + "scaled_dot_product_attention", q, k, v, attn_mask=real(65, 129, grad=False))


def losses():
    t, s, e = "transposed", "sliced", "expanded"
    for reduction in ("mean", "sum", "none"):
        for name in ("mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss"):
            yield call(F + name, real(33, 1025, layout=t), real(33, 1025, layout=s), reduction=reduction)
        yield call(F + "mse_loss", real(100003, 1), real(100003, 1), reduction=reduction)
        inside = lambda *shape, **more: real(*shape, low=0.0625, high=0.9375 - 0.375, **more)
        yield call(F + "binary_cross_entropy", inside(33, 1025, layout=t), inside(33, 1025, grad=False), reduction=reduction)
        yield call(F + "binary_cross_entropy_with_logits", real(33, 1025, layout=s, low=-8, high=8),
                   inside(33, 1025, grad=False), pos_weight=positive(1025, grad=False), reduction=reduction)
        for shape, layout in (((1025, 33), t), ((4097, 10), "plain"), ((33, 1025), s)):
            n, c = shape
            yield call(F + "cross_entropy", real(n, c, layout=layout, low=-8, high=8), whole(n, below=c), reduction=reduction)
            yield call(F + "nll_loss", real(n, c, layout=layout), whole(n, below=c), reduction=reduction,
                       weight=positive(c, grad=False))
        yield call(F + "cross_entropy", real(5, 9, 33, 17, layout=t), whole(5, 33, 17, below=9), reduction=reduction,
                   weight=positive(9, grad=False), label_smoothing=0.25)
        yield call(F + "cross_entropy", real(257, 33, layout=t), positive(257, 33, layout=s), reduction=reduction)
        yield call(F + "kl_div", real(257, 33, layout=t), positive(257, 33, layout=s), reduction=reduction)
        yield call(F + "gaussian_nll_loss", real(257, 33, layout=t), real(257, 33), positive(257, 33, layout=s),
                   reduction=reduction)
        yield call(F + "poisson_nll_loss", real(257, 33, layout=t), positive(257, 33, layout=s), reduction=reduction)
        yield call(F + "hinge_embedding_loss", real(257, 33, layout=t), real(257, 33, grad=False), reduction=reduction)
        yield call(F + "margin_ranking_loss", real(4097, layout=s), real(4097), real(4097, grad=False), 0.5,
                   reduction=reduction)
        yield call(F + "soft_margin_loss", real(257, 33, layout=t), real(257, 33, grad=False), reduction=reduction)
        yield call(F + "multi_margin_loss", real(257, 33, layout=t), whole(257, below=33), reduction=reduction)
        yield call(F + "multilabel_margin_loss", real(257, 33, layout=t), whole(257, 33, below=33), reduction=reduction)
        yield call(F + "multilabel_soft_margin_loss", real(257, 33, layout=t),
                   whole(257, 33, below=2, dtype="float64"), reduction=reduction)
        yield call(F + "cosine_embedding_loss", real(257, 33, layout=t), real(257, 33, layout=s), whole(257, below=2),
                   reduction=reduction)
        yield call(F + "triplet_margin_loss", real(257, 33, layout=t), real(257, 33, layout=s), real(257, 33, layout=e),
                   reduction=reduction)


def windows():
    t, s = "transposed", "sliced"
    for d, shape in ((1, (5, 7, 1025)), (2, (2, 5, 65, 129)), (3, (2, 3, 9, 17, 33))):
        yield call(F + f"lp_pool{d}d", real(*shape, layout=t), 2, 3, 2, True)
        yield call(F + f"lp_pool{d}d", positive(*shape, layout=s), 1.5, 2)
        room = math.prod(2 * n for n in shape[2:])
        yield call(F + f"max_unpool{d}d", real(*shape, layout=t), whole(*shape, below=room), 2)
    yield call(F + "max_unpool2d", real(3, 33, 65), whole(3, 33, 65, below=65 * 130), 3, 2, 1, [65, 130])
    for d, shape, sizes in ((2, (2, 5, 65, 129), [33, 100]), (3, (2, 3, 9, 17, 33), [5, 13, 20])):
        samples = real(2, shape[1], d, low=0, high=1, grad=False)
        yield call(F + f"fractional_max_pool{d}d", real(*shape, layout=t), 2, sizes, return_indices=True, _random_samples=samples)
    yield call(F + "channel_shuffle", real(3, 12, 33, 17, layout=t), 3)
    yield call(F + "rrelu", real(33, 1025, layout=t), 0.25, 0.5)
    for reduction in ("mean", "sum", "none"):
        yield call(F + "linear_cross_entropy", real(257, 65, layout=t), real(33, 65, layout=s), whole(257, below=33), reduction=reduction)
        scores = real(65, 5, 29, low=-8, high=-0.25, layout=t)
        yield call(F + "ctc_loss", scores, whole(5, 17, below=28, layout=s), [65, 64, 33, 9, 20], [17, 16, 12, 12, 0], blank=28,
                   reduction=reduction, zero_infinity=True)


def layers():
    return products, linear_algebra, convolutions, pooling, resampling, normalization, losses, windows
