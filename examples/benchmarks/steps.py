"""Times the training steps of Workload.java in PyTorch and prints a line for each: its name and microseconds a step."""

import sys
import time

import torch
from torch import nn

WARM_UP = 1.5
WINDOWS = 5
WINDOW = 0.3


def network(sizes, activation, dropout=0.0):
    layers = []
    for index, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(inputs, outputs))
        if index < len(sizes) - 2:
            layers.append(activation())
            if dropout:
                layers.append(nn.Dropout(dropout))
    return nn.Sequential(*layers)


def regression(sizes, batch, activation, optimizer, **options):
    model = network(sizes, activation)
    data = torch.rand(batch, sizes[0]), torch.rand(batch, sizes[-1])
    return training_step(model, *data, nn.MSELoss(), optimizer(model.parameters(), **options))


def classification(sizes, batch, activation, optimizer, dropout=0.0, **options):
    model = network(sizes, activation, dropout)
    data = torch.rand(batch, sizes[0]), torch.randint(sizes[-1], (batch,))
    return training_step(model, *data, nn.CrossEntropyLoss(), optimizer(model.parameters(), **options))


def training_step(model, x, y, loss_function, optimizer):
    def step():
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()

    return step


WORKLOADS = {
    "W2": lambda: regression([2, 10, 10, 2], 1, nn.ReLU, torch.optim.SGD, lr=0.01),
    "W3": lambda: regression([1, 15, 1], 144, nn.Tanh, torch.optim.Adam, lr=0.01),
    "W4": lambda: classification([784, 256, 128, 10], 64, nn.ReLU, torch.optim.Adam, dropout=0.2, lr=0.001),
    "W4t": lambda: classification([784, 256, 128, 10], 128, nn.Tanh, torch.optim.SGD, lr=0.001),
    "W5": lambda: classification([1024, 1024, 1024, 10], 256, nn.ReLU, torch.optim.SGD, lr=0.001),
}


def run(step, seconds, at_least):
    """Runs steps for so many seconds and returns how long one took on average."""
    count = 0
    start = time.perf_counter()
    passed = 0.0
    while passed < seconds or count < at_least:
        step()
        count += 1
        passed = time.perf_counter() - start
    return passed / count


def microseconds(step, warm_up=WARM_UP, warm_up_steps=50, windows=WINDOWS, window=WINDOW):
    """Returns the best of several windows, as Stopwatch.java does."""
    run(step, warm_up, warm_up_steps)
    return min(run(step, window, 1) for _ in range(windows)) * 1e6


if __name__ == "__main__":
    torch.manual_seed(1)
    for name in sys.argv[1:] or WORKLOADS:
        print(f"{name} {microseconds(WORKLOADS[name]()):.2f}", flush=True)
