"""Writes ../resources/error_inputs.jsonl.gz: calls that PyTorch refuses, for ErrorInputsTest.

Run with PyTorch 2.13: python make_error_inputs.py. Nothing in the build needs Python.

A line is a call in the form of the conformance cases, with PyTorch's error. Calls come from the error inputs of PyTorch's
operator database, from its sample inputs changed in one place (another type, another number of dims, a number out of
range), and from refusals.py. Only what PyTorch refuses is written, once for each operation, argument and message. What is left
out is counted by its reason; -v names it.
"""

import collections
import gzip
import json
import math
import pathlib
import re
import sys
import types
import unittest
import warnings

import torch

sys.modules.setdefault("expecttest", types.SimpleNamespace(TestCase=unittest.TestCase))  # only PyTorch's own tests need it
from torch.testing._internal.common_methods_invocations import op_db  # noqa: E402

from refusals import refusals  # noqa: E402

HERE = pathlib.Path(__file__).parent
DTYPES = {"float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"}
FEW = 2000  # elements of a tensor beyond which a call is left out
SKIPPED = collections.Counter()
ENDS = {"nn.functional.embedding_bag"}  # some changed calls of which end the process
CANNOT_BE_WRITTEN = {  # in Java, by what PyTorch says
    "a choice that is an enum here": r"is not a valid value for reduction|abc is not valid|[Aa]pproximate argument must|reduce argument must be|(linear|nearest|cubic) mode needs",
    "an argument that is missing": r"missing \d|required positional|At least one of 'min' or 'max'",
    "two arguments that exclude each other": r"only one of size or scale_factor",
    "a count of numbers that the signature fixes": r"values to unpack|rotation dims == 2|output_size(\.size\(\))? must be \d|should contain one int \(got"
                                                   r"|Input dimension should be at least",
    "a number as a tensor": r"start must be an 0-dim|tensor_indices_or_sections",
    "a size of the output beforehand": r"allocated size does not match",
    "kernels that PyTorch lacks for half types": r"not implemented for '(Half|BFloat16)'",
    "an error inside PyTorch": r"INTERNAL ASSERT|doesn't match the broadcast shape \[1, 1\]",
    "a view of memory that the file does not hold": r"storage offset [1-9]",
}


def known():
    """PyTorch's names of the operations that there are here, from docs/ops.md."""
    page = (HERE.parents[3] / "docs" / "ops.md").read_text()
    rows = [line.replace("\\|", "").split("|") for line in page.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall("`([^`]+)`", row[3])}


def tagged(value):
    if isinstance(value, torch.Tensor):
        name = str(value.dtype).removeprefix("torch.")
        if name not in DTYPES or value.layout != torch.strided:
            raise ValueError("a type of tensor that there is not here")
        if value.numel() > FEW:
            raise ValueError("a large tensor")
        data = value.detach().flatten().double() if value.is_floating_point() else value.flatten()
        return {"tensor": {"dtype": name, "shape": list(value.shape), "requires_grad": value.requires_grad,
                           "data": [number(each) for each in data.tolist()]}}
    if value is None:
        return {"none": True}
    if value is Ellipsis:
        return {"ellipsis": True}
    if isinstance(value, slice):
        return {"slice": [tagged(each) for each in (value.start, value.stop, value.step)]}
    if isinstance(value, (list, tuple)):
        return {"list": [tagged(each) for each in value]}
    kinds = {bool: "bool", int: "int", float: "float", str: "str", torch.dtype: "dtype"}
    if type(value) not in kinds:
        raise ValueError("a value that only Python has")
    kind = kinds[type(value)]
    if kind == "dtype" and str(value).removeprefix("torch.") not in DTYPES:
        raise ValueError("a type of tensor that there is not here")
    return {kind: str(value).removeprefix("torch.") if kind == "dtype" else number(value)}


def number(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return round(value, 3) if isinstance(value, float) else value


def refusal(op, args, kwargs):
    """PyTorch's error, or none."""
    try:
        op(*args, **kwargs)
    except Exception as e:  # whatever it is
        return e
    return None


def changed(value):
    """A value of a sample changed in one place, in several ways."""
    if isinstance(value, torch.Tensor):
        plain = value.detach()
        for dtype in (torch.float32, torch.int64, torch.int32, torch.bool):
            if plain.dtype != dtype and (plain.is_floating_point() != dtype.is_floating_point or not plain.is_floating_point()):
                yield plain.to(dtype)
        yield plain.flatten()[:1].sum().to(plain.dtype)
        yield plain.unsqueeze(0)
        if plain.dim():
            yield plain[:0]
            yield torch.cat([plain, plain])
            yield plain.select(0, 0) if len(plain) else plain.sum(0)
        if plain.dtype == torch.int64:
            yield plain + 100
            yield plain - 100
    elif isinstance(value, bool) or value is None or isinstance(value, str):
        return
    elif isinstance(value, int):
        yield from (-100, 100, -1, 0)
    elif isinstance(value, float):
        yield from (-1.0, 0.0, 2.0, math.nan)
    elif isinstance(value, (list, tuple)) and value:
        for i, each in enumerate(value):
            for other in changed(each):
                yield type(value)([*value[:i], other, *value[i + 1:]])
        yield type(value)([*value, value[0]])
        yield type(value)(value[1:])


def changed_calls(op):
    samples = list(op.sample_inputs("cpu", torch.float32))[:12]
    for sample in samples:
        args = [sample.input, *sample.args]
        for i, value in enumerate(args):
            for other in changed(value):
                yield i, [*args[:i], other, *args[i + 1:]], sample.kwargs
        for key, value in sample.kwargs.items():
            for other in changed(value):
                yield key, args, {**sample.kwargs, key: other}


def calls(names):
    """(where it comes from, name, variant, function, what was changed, arguments, named arguments)"""
    functions = {}
    for op in op_db:
        name = "attr_T" if op.name == "T" else op.name
        if name not in names and op.name not in names or "complex" in op.variant_test_name:
            continue
        functions.setdefault(op.name, op)
        if op.error_inputs_func is not None:
            for error in op.error_inputs("cpu"):
                sample = error.sample_input
                yield "database", op.name, op.variant_test_name, op, None, [sample.input, *sample.args], sample.kwargs
    for name, args, kwargs in refusals():
        if name in functions:
            yield "own", name, "", functions[name], None, args, kwargs
        else:
            print("unknown:", name, file=sys.stderr)
    for op in op_db:
        if op.name in functions and torch.float32 in op.dtypes and op.name not in ENDS:
            for place, args, kwargs in changed_calls(op):
                yield "changed", op.name, op.variant_test_name, op, place, args, kwargs


def why_not(error, kwargs):
    """Why a refusal cannot be written in Java, or none."""
    if "out" in kwargs or "generator" in kwargs:
        return "an argument out"
    if isinstance(error, (TypeError, AttributeError)):
        return "a type of an argument that does not compile"
    if "output_size" in kwargs and "repeats" in kwargs:
        return "a size of the output beforehand"
    for reason, pattern in CANNOT_BE_WRITTEN.items():
        if re.search(pattern, str(error)):
            return reason
    return None


def main():
    torch.set_num_threads(1)
    torch.manual_seed(0)
    warnings.simplefilter("ignore")
    lines, seen = [], set()
    for kind, name, variant, op, place, args, kwargs in calls(known()):
        error = refusal(op, args, kwargs)
        if error is None:
            SKIPPED[f"{kind}: PyTorch takes it"] += 1
            if kind == "own":
                print("taken by PyTorch:", name, args, kwargs, file=sys.stderr)
            continue
        reason = why_not(error, kwargs)
        message = str(error).splitlines()[0][:200]
        key = name, place, re.sub(r"[-\d.]+|\[[^\]]*\]", "#", message)
        if reason is None and kind == "changed" and key in seen:
            reason = "again what was refused before"
        try:
            tags = [tagged(each) for each in args], {each: tagged(value) for each, value in kwargs.items()}
        except ValueError as e:
            reason = reason or str(e)
        if reason:
            SKIPPED[f"{kind}: {reason}"] += 1
            if kind == "own" or "-v" in sys.argv:
                print("left out:", reason, name, repr(error)[:150], file=sys.stderr)
            continue
        seen.add(key)
        lines.append({"op": name, "variant": variant, "id": f"{name}#{len(lines)}", "args": tags[0], "kwargs": tags[1],
                      "kind": kind, "error": type(error).__name__, "message": message})
    out = HERE.parent / "resources" / "error_inputs.jsonl.gz"
    text = "\n".join(json.dumps(each, separators=(",", ":"), allow_nan=False) for each in lines) + "\n"
    out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(collections.Counter(each["kind"] for each in lines), out.stat().st_size, "bytes")
    for reason, count in sorted(SKIPPED.items()):
        print(f"{count:6} {reason}")


main()
