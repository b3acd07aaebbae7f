"""Writes small files of NumPy, good ones and ones to be refused, into the resources of NumpyTest.

Needs numpy; run it in this directory: python make_npy.py
"""
import os
import struct

import numpy as np

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "npy")
TYPES = ["bool", "uint8", "int8", "int16", "uint16", "float16", "int32", "uint32", "float32", "float64", "int64", "uint64"]


def path(name):
    return os.path.join(FOLDER, name)


def values(dtype, order="C"):
    """0 … 5, and the largest number of unsigned types but uint64; 0 and 1 of booleans."""
    x = np.arange(6).reshape(2, 3).astype(dtype)
    if dtype in ("uint8", "uint16", "uint32"):
        x[1, 2] = np.iinfo(dtype).max
    return np.asarray(x, order=order)


def raw(name, header, data, version=(1, 0), form="<H"):
    with open(path(name), "wb") as file:
        file.write(b"\x93NUMPY" + bytes(version) + struct.pack(form, len(header)) + header + data)


def main():
    os.makedirs(FOLDER, exist_ok=True)
    np.savez(path("stored.npz"), **{t: values(t) for t in TYPES})
    np.savez_compressed(path("fortran.npz"), **{t: values(t, "F") for t in TYPES})
    np.savez(path("big.npz"), **{t: values(t).astype(np.dtype(t).newbyteorder(">")) for t in TYPES})
    np.savez(path("shapes.npz"), **{
        "scalar": np.float64(2.5), "empty": np.zeros((0, 4), "f4"), "block/0.weight": np.arange(3),
        "fortran": np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)), "é": np.ones(1)})
    np.savez(path("none.npz"))
    np.save(path("matrix.npy"), values("float64"))
    np.save(path("row.npy"), np.arange(300, dtype="f4"))
    np.save(path("scalar.npy"), np.int64(7))
    text = b"{ \"shape\":(2 ,3L) ,\n'fortran_order':False,'descr':'<f8'}"
    raw("keys.npy", text, values("float64").tobytes())
    raw("version2.npy", text, values("float64").tobytes(), (2, 0), "<I")
    raw("version3.npy", text.replace(b"3L", b"3"), values("float64").tobytes(), (3, 0), "<I")
    refused = {
        "object": np.array([None, {}], dtype=object), "text": np.array(["a", "bc"]), "bytes": np.array([b"a"]),
        "complex": np.ones(2, "c8"), "dates": np.array(["2020-01-01"], "M8[D]"), "fields": np.zeros(2, "i4,f8"),
        "extended": np.ones(2, "longdouble"), "void": np.zeros(2, "V2")}
    for name, array in refused.items():
        np.save(path("refused_" + name + ".npy"), array, allow_pickle=True)


main()
