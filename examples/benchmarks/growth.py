"""Prints how time grows with size in PyTorch, a line for each point as GrowthCurves.java does: chart, size, µs."""

import torch
from torch import nn

from steps import classification, microseconds

ELEMENTS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]
MATRICES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
BATCHES = [1, 4, 16, 64, 256, 1024, 4096]
WIDTHS = [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096]
DEPTHS = [2, 5, 10, 20, 50, 100, 200, 500, 1000]
BATCH = 32


def elementwise(operation):
    def prepare(size):
        x = torch.rand(size)
        return lambda: operation(x)

    return prepare


def matmul(n):
    a = torch.rand(n, n)
    return lambda: a @ a


def training(batch, sizes):
    return classification(sizes, batch, nn.ReLU, torch.optim.SGD, lr=0.001)


def curve(chart, sizes, prepare):
    for size in sizes:
        time = microseconds(prepare(size), warm_up=0.3, warm_up_steps=3, windows=3, window=0.06)
        print(f"{chart} {size} {time:.3f}", flush=True)


if __name__ == "__main__":
    torch.manual_seed(1)
    with torch.no_grad():
        curve("add", ELEMENTS, elementwise(lambda x: x + x))
        curve("exp", ELEMENTS, elementwise(torch.exp))
        curve("tanh", ELEMENTS, elementwise(torch.tanh))
        curve("sum", ELEMENTS, elementwise(torch.sum))
        curve("matmul", MATRICES, matmul)
    curve("batch", BATCHES, lambda batch: training(batch, [784, 256, 128, 10]))
    curve("width", WIDTHS, lambda width: training(BATCH, [784, width, width, 10]))
    curve("depth", DEPTHS, lambda depth: training(BATCH, [10] * (depth + 1)))
