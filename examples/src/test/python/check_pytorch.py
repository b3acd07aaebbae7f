"""Checks the way from PyTorch to ndgrad and back with the real libraries (needs torch, safetensors and numpy).

usage: python check_pytorch.py     in this folder, after `mvn package`

PyTorch saves a network, in each of its forms; the example from-pytorch loads it, trains it and saves it; PyTorch
opens that and must get as many digits right.
"""

import gzip
import pathlib
import re
import subprocess
import tempfile

import numpy
import torch
from safetensors.torch import load_file, save_file
from torch import nn

EXAMPLES = pathlib.Path(__file__).resolve().parents[3]
DIGITS = EXAMPLES / "src/main/resources/org/ndgrad/examples/digits.csv.gz"


class Cnn(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 8, 3), nn.BatchNorm2d(8), nn.ReLU())
        self.head = nn.Linear(8, classes)

    def forward(self, x):
        return self.head(self.features(x).mean((2, 3)))


def right(path):
    model = Cnn(10)
    model.load_state_dict(load_file(path))
    model.eval()
    rows = torch.tensor(numpy.loadtxt(gzip.open(DIGITS), delimiter=",", dtype=numpy.float32))
    with torch.no_grad():
        found = model((rows[:, :64] / 16).reshape(-1, 1, 8, 8)).argmax(1)
    return int((found == rows[:, 64]).sum())


def main():
    torch.manual_seed(1)
    with tempfile.TemporaryDirectory() as folder:
        for ending in "pt", "safetensors":
            start = pathlib.Path(folder, "start." + ending)
            model = Cnn(4)
            torch.save(model.state_dict(), start) if ending == "pt" else save_file(model.state_dict(), start)
            end = pathlib.Path(folder, "end.safetensors")
            jar = EXAMPLES / "target/examples.jar"
            run = subprocess.run(["java", "-jar", jar, "from-pytorch", start, end], text=True, capture_output=True)
            assert run.returncode == 0, run.stderr
            here = int(re.search(r"right on (\d+) of", run.stdout).group(1))
            there = right(end)
            print(f".{ending}: ndgrad gets {here} digits right, PyTorch {there}")
            assert here == there


main()
