"""Checks the ONNX files of a folder with onnx.checker and runs them in onnxruntime: python check_onnx.py FOLDER.

ModelsTest writes such a folder with -Donnx.folder=FOLDER: NAME.onnx, and in NAME.safetensors an input and our output.
Needs onnx, onnxruntime, safetensors.
"""

import pathlib
import sys

import numpy
import onnx
import onnxruntime
from safetensors.numpy import load_file

worst = 0.0
files = sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))
for file in files:
    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    case = load_file(file.with_suffix(".safetensors"))
    session = onnxruntime.InferenceSession(file)
    (output,) = session.run(None, {"input": case["input"]})
    assert output.shape == case["output"].shape, file
    apart = float(numpy.abs(output - case["output"]).max())
    worst = max(worst, apart)
    print(f"{file.name}: {len(model.graph.node)} nodes, input {session.get_inputs()[0].shape}, difference {apart:.1e}")
assert files and worst <= 1e-5, worst
print(f"{len(files)} files, onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}, largest difference {worst:.1e}")
