"""Adds cases that PyTorch's own module tests lack to ../resources/modules, for ModulesTest: unusual strides, dilations,
groups, padding modes, batches of nothing, inputs without a batch, masks, projections, and modules that they leave out.

Run with PyTorch 2.13: python make_modules.py [FOLDER]. Nothing in the build needs Python. A file keeps the lines that
came from PyTorch's tests; lines whose ids begin with "own." are written anew. With a folder, only these lines go there.

To add a case, append a line to the list of its module: new cases change no numbers of others.
"""

import gzip
import json
import pathlib
import sys
import zlib

import torch
from torch import nn

OUT = pathlib.Path(__file__).parent.parent / "resources" / "modules"
CASES = []


class Real:
    """A tensor of normal numbers that requires a gradient, unless told otherwise; of a form if one is given."""

    def __init__(self, *shape, grad=True, form=lambda x: x):
        self.shape, self.grad, self.form = shape, grad, form

    def tensor(self):
        return self.form(torch.randn(self.shape)).detach().requires_grad_(self.grad)


def real(*shape, **options):
    return Real(*shape, **options)


def positive(*shape, **options):
    return Real(*shape, form=lambda x: x.abs() + 0.1, **options)


def plain(*shape):
    return Real(*shape, grad=False)


def whole(below, *shape):
    return Real(*shape, grad=False, form=lambda x: torch.randint(0, below, x.shape))


def indices(pool, shape):
    """The values of a pool that returns indices, and these, as two inputs."""
    return Pooled(pool, shape)


class Pooled:
    def __init__(self, pool, shape):
        self.pool, self.shape = pool, shape


def case(module, *args, inputs, named=None, evaluation=False, **kwargs):
    CASES.append((module, args, kwargs, inputs, named or {}, evaluation))


def drawn(values):
    result = []
    for value in values:
        if isinstance(value, Pooled):
            values, places = value.pool(torch.randn(value.shape))
            result += [values.detach().requires_grad_(), places]
        else:
            result.append(drawn_one(value))
    return result


def drawn_one(value):
    if isinstance(value, Real):
        return value.tensor()
    return tuple(drawn_one(each) for each in value) if isinstance(value, tuple) else value


def flat(value):
    if isinstance(value, torch.Tensor):
        return [value]
    return [each for one in value for each in flat(one)] if isinstance(value, (tuple, list)) else []


def number(value):
    if isinstance(value, float) and value != value:
        return "NaN"
    return {float("inf"): "Infinity", float("-inf"): "-Infinity"}.get(value, value)


def written(tensor):
    return {"dtype": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape),
            "data": [number(each) for each in tensor.detach().reshape(-1).tolist()]}


def tagged(value):
    if value is None:
        return {"none": True}
    if isinstance(value, torch.Tensor):
        return {"tensor": written(value) | {"requires_grad": value.requires_grad}}
    for kind, name in ((bool, "bool"), (int, "int"), (float, "float"), (str, "str")):
        if isinstance(value, kind):
            return {name: value}
    return {"list": [tagged(each) for each in value]}


def tagged_call(args, kwargs):
    return {"args": [tagged(each) for each in args], "kwargs": {name: tagged(each) for name, each in kwargs.items()}}


def line(name, number, args, kwargs, inputs, named, evaluation):
    torch.manual_seed(zlib.crc32(f"{name}#{number}".encode()))
    args, kwargs = drawn(args), {key: drawn_one(value) for key, value in kwargs.items()}
    module = getattr(nn, name)(*args, **kwargs).train(not evaluation)
    inputs, named = drawn(inputs), {key: drawn_one(value) for key, value in named.items()}
    lazy = any(nn.parameter.is_lazy(each) for each in module.parameters())
    if lazy:
        with torch.no_grad():
            module.eval()(*inputs, **named)
        module.train(not evaluation)
    for each in [*module.parameters(), *module.buffers()]:
        if each.is_floating_point() and each.numel():
            # batch norms and the like begin with ones and zeros, which hide mistakes
            each.data.copy_(each.data + 0.1 * torch.rand_like(each))
    row = {"module": name, "id": f"own.{name}#{number}", "training": not evaluation, "constructor": tagged_call(args, kwargs),
           **tagged_call(inputs, named)}
    row |= {"lazy": True} if lazy else {}
    row["state"] = {key: written(value) for key, value in module.state_dict().items()}
    outputs = flat(module(*inputs, **named))
    cotangents = [torch.randn_like(each) if each.requires_grad else None for each in outputs]
    leaves = [each for each in flat([*inputs, *named.values()]) if each.requires_grad]
    parameters = dict(module.named_parameters())
    pairs = [(out, seed) for out, seed in zip(outputs, cotangents) if seed is not None]
    grads = torch.autograd.grad([out for out, _ in pairs], leaves + list(parameters.values()), [seed for _, seed in pairs],
                                allow_unused=True) if pairs and leaves + list(parameters.values()) else []
    grads = [None if each is None else written(each) for each in grads]
    row |= {"outputs": [written(each) for each in outputs],
            "cotangents": [None if each is None else written(each) for each in cotangents], "grads": grads[:len(leaves)],
            "parameter_grads": dict(zip(parameters, grads[len(leaves):])),
            "buffers_after": {key: written(value) for key, value in module.named_buffers()}}
    return json.dumps(row, separators=(",", ":"), allow_nan=False)


def save(folder, name, lines):
    path = folder / f"{name}.jsonl.gz"
    kept = []
    if path.exists():
        kept = [each for each in gzip.decompress(path.read_bytes()).decode().splitlines() if '"id":"own.' not in each]
    text = "".join(each + "\n" for each in kept + lines)
    if not path.exists() or gzip.decompress(path.read_bytes()).decode() != text:
        path.write_bytes(gzip.compress(text.encode(), mtime=0))


def main():
    import module_cases  # noqa: F401  the list, which calls case()

    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_default_dtype(torch.float64)
    by_module = {}
    for name, *rest in CASES:
        lines = by_module.setdefault(name, [])
        lines.append(line(name, len(lines), *rest))
    for name, lines in by_module.items():
        save(folder, name, lines)


if __name__ == "__main__":
    sys.modules["make_modules"] = sys.modules["__main__"]
    main()
