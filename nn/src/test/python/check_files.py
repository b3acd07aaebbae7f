"""Checks that NumPy and safetensors open what Numpy, Safetensors and Checkpoint write, and the other way round.

Needs numpy, torch and safetensors, and the class path of the tests of nn:

    python check_files.py CLASS_PATH

Files of the libraries, of all types and shapes, are read by Exchange, written anew and compared here bit for bit.
"""
import itertools
import os
import subprocess
import sys
import tempfile

import numpy as np
import safetensors
import safetensors.torch
import torch

SHAPES = [(), (0,), (1,), (5,), (0, 4), (2, 3), (2, 3, 4), (1, 2, 1, 3), (2, 0, 3), (70_001,)]
NUMPY_TYPES = ["?", "u1", "i1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]
WIDER = {"u2": "i4", "u4": "i8", "u8": "i8"}
TORCH_TYPES = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16,
               torch.bfloat16, torch.float32, torch.float64]
random = np.random.default_rng(0)


def array(code, shape):
    """Random bits, NaN and infinities among them; those of uint64 stay below 2^63."""
    count = int(np.prod(shape))
    if code == "?":
        return random.integers(0, 2, count).astype(bool).reshape(shape)
    x = np.frombuffer(random.bytes(count * np.dtype(code).itemsize), code).reshape(shape)
    return x >> np.uint64(1) if code == "u8" else x


def numpy_files(folder):
    expected = {}
    orders = {
        "c": lambda x: x,
        "fortran": lambda x: np.asarray(x, order="F"),
        "big": lambda x: x.astype(x.dtype.newbyteorder(">")),
    }
    for code, (order, change) in itertools.product(NUMPY_TYPES, orders.items()):
        arrays = {"x%d" % i: array(code, shape) for i, shape in enumerate(SHAPES)}
        name = "%s-%s" % (np.dtype(code).name, order)
        for key, x in arrays.items():
            file = "%s-%s.npy" % (name, key)
            np.save(os.path.join(folder, file), change(x))
            expected[file] = {"": x}
        save = np.savez if order == "c" else np.savez_compressed
        save(os.path.join(folder, name + ".npz"), **{key: change(x) for key, x in arrays.items()})
        expected[name + ".npz"] = expected["compressed-" + name + ".npz"] = arrays
    return expected


def check_numpy(folder, expected):
    count = 0
    for file, arrays in expected.items():
        loaded = np.load(os.path.join(folder, file))
        loaded = {"": loaded} if file.endswith(".npy") else dict(loaded)
        assert loaded.keys() == arrays.keys(), file
        for key, x in arrays.items():
            code = x.dtype.str[1:]
            x = x.astype(WIDER.get(code, x.dtype))
            y = loaded[key]
            assert (y.dtype, y.shape) == (x.dtype, x.shape), (file, key, y.dtype, y.shape)
            if "fortran" in file and code[0] == "f":  # elements that change places pass through registers: NaN is NaN
                assert np.array_equal(x, y, equal_nan=True), (file, key)
            else:
                assert y.tobytes() == x.tobytes(), (file, key)
            count += 1
    return count


def bits(x):
    return x.reshape(-1).view(torch.uint8).numpy().tobytes() if x.numel() else b""


def main():
    with tempfile.TemporaryDirectory() as folder:
        theirs, ours = os.path.join(folder, "theirs"), os.path.join(folder, "ours")
        os.mkdir(theirs)
        arrays = numpy_files(theirs)
        tensors = {}
        for dtype, (i, shape) in itertools.product(TORCH_TYPES, enumerate(SHAPES)):
            x = torch.zeros(shape, dtype=dtype)
            if x.numel():
                code = "?" if dtype == torch.bool else "u1"
                bits_of_x = array(code, (x.numel() * x.element_size(),)).copy()
                x = torch.from_numpy(bits_of_x).view(dtype).reshape(shape)
            tensors["%s.%d é" % (dtype, i)] = x
        safetensors.torch.save_file(tensors, os.path.join(theirs, "all.safetensors"))

        subprocess.run(["java", "-cp", sys.argv[1], "org.ndgrad.nn.io.Exchange", theirs, ours], check=True)

        print("numpy %s: %d files, %d arrays equal" % (np.__version__, len(arrays), check_numpy(ours, arrays)))
        loaded = safetensors.torch.load_file(os.path.join(ours, "all.safetensors"))
        assert loaded.keys() == tensors.keys()
        for name, x in tensors.items():
            y = loaded[name]
            assert (y.dtype, y.shape) == (x.dtype, x.shape) and bits(y) == bits(x), name
        print("safetensors %s: %d tensors equal" % (safetensors.__version__, len(tensors)))
        run = safetensors.torch.load_file(os.path.join(ours, "run.ckpt"))
        assert run["model.weight"].shape == (2, 3), run.keys()
        print("a checkpoint: %s" % list(run))


main()
