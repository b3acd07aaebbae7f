"""Times convolutions here and in PyTorch in turns, and prints the medians and their ratios.

Needs PyTorch and the packaged benchmarks: mvn -ntp -DskipTests package; python examples/benchmarks/conv2d.py
"""

import json
import os
import statistics
import subprocess
import tempfile
import time

import torch

ROUNDS = 5
SHAPES = ["64x3x32k3", "1x64x56k3", "16x64x16k1"]
JAR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "target", "benchmarks.jar")


def ours():
    with tempfile.NamedTemporaryFile(suffix=".json") as results:
        command = ["java", "-jar", JAR, "Conv2dBenchmark", "-rf", "json", "-rff", results.name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return {
            (run["params"]["shape"], run["benchmark"].rsplit(".", 1)[1]): run["primaryMetric"]["score"]
            for run in json.load(results)
        }


def seconds(step):
    for _ in range(20):
        step()
    windows = []
    for _ in range(3):
        count = 0
        start = time.perf_counter()
        while time.perf_counter() - start < 1:
            step()
            count += 1
        windows.append((time.perf_counter() - start) / count)
    return statistics.mean(windows)


def theirs():
    results = {}
    for shape in SHAPES:
        images, channels, size, kernel = map(int, shape.replace("k", "x").split("x"))
        x = torch.randn(images, channels, size, size, requires_grad=True)
        weight = torch.randn(64, channels, kernel, kernel, requires_grad=True)
        bias = torch.randn(64, requires_grad=True)
        gradient = torch.randn(images, 64, size, size)

        def convolve():
            return torch.nn.functional.conv2d(x, weight, bias, padding=kernel // 2)

        def forward():
            with torch.no_grad():
                convolve()

        def forward_backward():
            torch.autograd.grad(convolve(), [x, weight, bias], gradient)

        results[shape, "forward"] = seconds(forward) * 1e6
        results[shape, "forwardBackward"] = seconds(forward_backward) * 1e6
    return results


rounds = []
for index in range(ROUNDS):
    rounds.append((ours(), theirs()))
    print(f"round {index + 1} of {ROUNDS}", flush=True)
print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads; microseconds, medians of {ROUNDS} rounds")
print(f"{'':30} {'ndgrad':>10} {'PyTorch':>10} {'ratio':>7}")
for key in rounds[0][1]:
    mine = statistics.median(a[key] for a, _ in rounds)
    other = statistics.median(b[key] for _, b in rounds)
    print(f"{' '.join(key):30} {mine:10.0f} {other:10.0f} {mine / other:7.2f}")
