"""Writes ../resources/torch/optimizers.pt for TorchOptimizersTest: states of PyTorch's optimizers as torch.save writes
them, with the parameters when they were saved and after three steps more.

Run with PyTorch 2.13: python make_torch_optimizers.py. Nothing in the build needs Python.
"""

import copy
import pathlib

import torch
from torch import optim

OUT = pathlib.Path(__file__).parent.parent / "resources" / "torch"
EVERY = "SGD Adam AdamW NAdam RAdam Adamax Adagrad Adadelta RMSprop Rprop ASGD Adafactor Muon LBFGS".split()
NEW = ("maximize", "foreach", "fused", "capturable", "differentiable", "decoupled_weight_decay")


def rate(number=0.05):
    return torch.tensor(number, dtype=torch.float64)


def step(optimizer, parameters):
    w, v = parameters
    weights = torch.arange(1, 7, dtype=torch.float64).reshape(2, 3) / 4

    def closure():
        optimizer.zero_grad()
        loss = (weights * (w - 1) ** 2).sum() + (v - w.T).tanh().square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)


def case(name, steps=3, old=False, start="far", **options):
    w = (torch.arange(6, dtype=torch.float64).reshape(2, 3) / 3).requires_grad_()
    v = (torch.ones(3, 2, dtype=torch.float64) / 2).requires_grad_()
    if start == "least":
        w, v = (torch.ones(shape, dtype=torch.float64, requires_grad=True) for shape in ((2, 3), (3, 2)))
    optimizer = getattr(optim, name)([w, v], **options)
    for _ in range(steps):
        step(optimizer, (w, v))
    saved = copy.deepcopy(optimizer.state_dict())
    if old:  # as before 1.12: counts are no tensors, newer options are not there
        for group in saved["param_groups"]:
            for key in NEW:
                group.pop(key, None)
        for state in saved["state"].values():
            state["step"] = int(state["step"])
    before = [each.detach().clone() for each in (w, v)]
    for _ in range(3):
        step(optimizer, (w, v))
    return {"optimizer": saved, "before": before, "after": [w.detach(), v.detach()]}


def cases():
    for name in EVERY:
        yield name, case(name)
        if name not in ("Muon", "LBFGS"):
            yield name + "#rate", case(name, lr=rate())
    yield "SGD#momentum", case("SGD", momentum=0.9, nesterov=True, weight_decay=torch.tensor(0.25, dtype=torch.float64))
    yield "SGD#foreach", case("SGD", momentum=0.9, foreach=True)
    yield "Adam#betas", case("Adam", lr=rate(), betas=(rate(0.75), rate(0.9)))
    yield "Adam#fused", case("Adam", lr=0.1, fused=True, amsgrad=True)
    yield "Adam#old", case("Adam", lr=0.1, old=True)
    yield "AdamW#old", case("AdamW", lr=0.1, old=True)
    yield "NAdam#old", case("NAdam", old=True)
    yield "RAdam#old", case("RAdam", old=True)
    yield "Adafactor#eps", case("Adafactor", eps=(1e-10, 1e-2))
    yield "RMSprop#centered", case("RMSprop", centered=True, momentum=0.5)
    yield "Muon#match", case("Muon", adjust_lr_fn="match_rms_adamw")
    yield "LBFGS#wolfe", case("LBFGS", line_search_fn="strong_wolfe", max_iter=3)
    yield "LBFGS#short", case("LBFGS", lr=0.1, max_iter=3, history_size=2)
    yield "LBFGS#evaluations", case("LBFGS", lr=rate(), max_iter=4, max_eval=3)
    yield "LBFGS#one", case("LBFGS", steps=1, max_iter=1)
    yield "LBFGS#unused", case("LBFGS", steps=0, max_iter=3)
    yield "LBFGS#least", case("LBFGS", start="least")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    torch.save(dict(cases()), OUT / "optimizers.pt")


if __name__ == "__main__":
    main()
