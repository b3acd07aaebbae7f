"""Adds rows that PyTorch's own optimizer tests lack to ../resources/optimizers, for OptimizersTest: options together,
groups that differ in more than the rate, parameters without gradients, schedules one in another. Single numbers of a
state, such as ASGD's eta, have the default type, float32, here as there.

Run with PyTorch 2.13: python make_optimizers.py [FOLDER]. Nothing in the build needs Python. The file keeps the rows
that came from PyTorch's tests; those whose ids begin with "own." are written anew. With a folder, only these go there.
"""

import gzip
import json
import pathlib
import sys
import zlib

import torch
from torch import optim
from torch.optim import lr_scheduler as lr

OUT = pathlib.Path(__file__).parent.parent / "resources" / "optimizers"
SAVED = (1, 2, 3, 5, 8, 13, 21, 30)
SHAPES = {"x": (12, 4), "y": (12, 2), "w1": (5, 4), "b1": (5,), "w2": (2, 5), "b2": (2,)}
START = 0.1
STEPS = 60
METRIC = [1 - 0.05 * (t % 11) + 0.3 * (t > 20) for t in range(STEPS)]
WEIGHTS = ["w1", "w2"]
BIASES = ["b1", "b2"]


def written(tensor):
    return {"dtype": "float64", "shape": list(tensor.shape), "data": tensor.detach().reshape(-1).tolist()}


def trajectory(name, label, options, steps=30, trained=("w1", "b1", "w2", "b2"), groups=None, **extra):
    torch.manual_seed(zlib.crc32(f"{name}#{label}".encode()))
    problem = {key: torch.randn(shape, dtype=torch.float64) for key, shape in SHAPES.items()}
    row = {"kind": "optimizer", "optimizer": name, "id": f"own.{name}#{label}", "options": options}
    row |= {"groups": groups} if groups else {}
    row |= extra
    row["problem"] = {key: written(each) for key, each in problem.items()}
    p = {key: each.requires_grad_(key in trained) for key, each in problem.items()}
    given = [{**group, "params": [p[each] for each in group["params"]]} for group in groups or [{"params": trained}]]
    optimizer = getattr(optim, name)(given, **options)
    losses, parameters = [], {}
    for step in range(1, steps + 1):
        if step == extra.get("halve_lr_before_step"):
            for group in optimizer.param_groups:
                group["lr"] /= 2

        def closure():
            optimizer.zero_grad()
            loss = ((torch.tanh(p["x"] @ p["w1"].T + p["b1"]) @ p["w2"].T + p["b2"] - p["y"]) ** 2).mean()
            loss.backward()
            for each in extra.get("no_gradient_every_third_step", []) if step % 3 == 0 else []:
                p[each].grad = None
            return loss

        losses.append(optimizer.step(closure).item())
        if step in SAVED:
            parameters[str(step)] = {each: written(p[each]) for each in trained}
    return row | {"losses": losses, "parameters": parameters}


def schedule(name, label, options, make=None, cycles=False):
    optimizer = optim.SGD([torch.zeros(1, requires_grad=True)], START, momentum=0.9)
    scheduler = make(optimizer) if make else getattr(lr, name)(optimizer, **options)
    rates, momenta = [], []
    plateau = isinstance(scheduler, lr.ReduceLROnPlateau)
    for t in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        if plateau:
            scheduler.step(METRIC[t])
        elif t < STEPS - 1:
            scheduler.step()
    row = {"kind": "schedule", "schedule": name, "id": f"own.{name}#{label}", "options": options, "start": START, "rates": rates}
    return row | ({"momenta": momenta} if cycles else {}) | ({"metric": METRIC} if plateau else {})


def clipping(label, max_norm, norm_type, scale):
    torch.manual_seed(zlib.crc32(label.encode()))
    before = [scale * torch.randn(shape, dtype=torch.float64) for shape in ((3, 2), (4,))]
    parameters = [torch.zeros_like(each, requires_grad=True) for each in before]
    for parameter, gradient in zip(parameters, before):
        parameter.grad = gradient.clone()
    row = {"kind": "clip", "id": f"own.{label}", "before": [written(each) for each in before]}
    if norm_type is None:
        torch.nn.utils.clip_grad_value_(parameters, max_norm)
        row |= {"clip_value": max_norm}
    else:
        total = torch.nn.utils.clip_grad_norm_(parameters, max_norm, norm_type).item()
        name = "Infinity" if norm_type == float("inf") else norm_type
        row |= {"max_norm": max_norm, "norm_type": name, "total": total}
    return row | {"after": [written(each.grad) for each in parameters]}


def parts(*makers):
    return lambda optimizer: [make(optimizer) for make in makers]


def trajectories():
    decays = [{"params": WEIGHTS, "weight_decay": 0.2}, {"params": BIASES, "lr": 0.05}]
    third = {"no_gradient_every_third_step": ["w1", "b2"]}
    yield trajectory("SGD", "nesterov-maximize", {"lr": 0.01, "momentum": 0.9, "nesterov": True, "maximize": True, "weight_decay": 0.1})
    yield trajectory("SGD", "third", {"lr": 0.05, "momentum": 0.9, "dampening": 0.2}, **third)
    yield trajectory("SGD", "groups", {"lr": 0.1, "momentum": 0.5},
                     groups=[{"params": WEIGHTS, "momentum": 0.9, "nesterov": True}, {"params": BIASES, "weight_decay": 0.3, "lr": 0.02}])
    yield trajectory("Adam", "third-amsgrad", {"lr": 0.05, "amsgrad": True, "betas": [0.8, 0.9]}, **third)
    yield trajectory("Adam", "groups", {"lr": 0.03, "eps": 1e-3},
                     groups=[{"params": WEIGHTS, "amsgrad": True, "weight_decay": 0.1}, {"params": BIASES, "betas": [0.5, 0.7], "maximize": True}])
    yield trajectory("Adam", "decoupled", {"lr": 0.03, "weight_decay": 0.1, "decoupled_weight_decay": True})
    yield trajectory("Adam", "beta1-zero", {"lr": 0.03, "betas": [0.0, 0.9]})
    yield trajectory("AdamW", "groups", {"lr": 0.03}, groups=[{"params": WEIGHTS}, {"params": BIASES, "weight_decay": 0.0}])
    yield trajectory("AdamW", "third", {"lr": 0.1, "amsgrad": True, "maximize": True, "weight_decay": 0.3}, **third)
    yield trajectory("NAdam", "third", {"lr": 0.05, "momentum_decay": 0.1, "decoupled_weight_decay": True, "weight_decay": 0.2}, **third)
    yield trajectory("NAdam", "maximize", {"lr": 0.02, "betas": [0.7, 0.99], "maximize": True})
    yield trajectory("RAdam", "betas", {"lr": 0.05, "betas": [0.9, 0.6]})
    yield trajectory("RAdam", "third", {"lr": 0.05, "weight_decay": 0.1, "maximize": True}, **third)
    yield trajectory("Adamax", "groups", {"lr": 0.03, "betas": [0.6, 0.8]}, groups=decays)
    yield trajectory("Adamax", "third", {"lr": 0.05, "eps": 0.01}, **third)
    yield trajectory("Adagrad", "groups", {"lr": 0.1, "lr_decay": 0.1}, groups=decays)
    yield trajectory("Adagrad", "third", {"lr": 0.2, "initial_accumulator_value": 0.1, "maximize": True}, **third)
    yield trajectory("Adadelta", "groups", {"lr": 0.9, "rho": 0.5}, groups=decays)
    yield trajectory("Adadelta", "third", {"lr": 1.0, "weight_decay": 0.2}, **third)
    yield trajectory("RMSprop", "centered-groups", {"lr": 0.01, "centered": True, "momentum": 0.8}, groups=decays)
    yield trajectory("RMSprop", "third", {"lr": 0.02, "alpha": 0.7, "eps": 0.01, "momentum": 0.5, "maximize": True}, **third)
    yield trajectory("Rprop", "third", {"lr": 0.01, "etas": [0.4, 1.5], "step_sizes": [1e-4, 0.1]}, **third)
    yield trajectory("Rprop", "groups", {"lr": 0.02}, groups=[{"params": WEIGHTS, "etas": [0.3, 1.1]}, {"params": BIASES, "step_sizes": [1e-3, 0.05]}])
    yield trajectory("ASGD", "third", {"lr": 0.1, "t0": 4, "alpha": 0.9, "lambd": 0.02}, **third)
    yield trajectory("ASGD", "groups", {"lr": 0.1}, groups=decays)
    yield trajectory("Adafactor", "third", {"lr": 0.1, "beta2_decay": -0.5, "d": 1.2}, **third)
    yield trajectory("Adafactor", "eps", {"lr": 0.1, "eps": [1e-10, 1e-2], "weight_decay": 0.1, "maximize": True})
    yield trajectory("Muon", "plain", {"lr": 0.05, "nesterov": False, "weight_decay": 0.0, "ns_steps": 3}, trained=("w1", "w2"))
    yield trajectory("Muon", "match-rms", {"lr": 0.02, "adjust_lr_fn": "match_rms_adamw", "momentum": 0.7}, trained=("w1", "w2"))
    yield trajectory("LBFGS", "wolfe-short", {"lr": 0.5, "line_search_fn": "strong_wolfe", "max_iter": 4, "history_size": 3}, steps=13)
    yield trajectory("LBFGS", "evaluations", {"lr": 0.2, "max_iter": 8, "max_eval": 5, "history_size": 4}, steps=13)
    yield trajectory("LBFGS", "three-steps", {"tolerance_grad": 1e-6}, steps=3)


def schedules():
    yield schedule("StepLR", "one", {"step_size": 1, "gamma": 0.9})
    yield schedule("MultiStepLR", "zero", {"milestones": [30, 2, 2], "gamma": 0.3})
    yield schedule("ConstantLR", "raise", {"factor": 1.0, "total_iters": 3})
    yield schedule("LinearLR", "down", {"start_factor": 1.0, "end_factor": 0.1, "total_iters": 20})
    yield schedule("PolynomialLR", "cubic", {"total_iters": 30, "power": 3.0})
    yield schedule("CosineAnnealingLR", "up-again", {"T_max": 9, "eta_min": 0.02})
    yield schedule("CosineAnnealingWarmRestarts", "triple", {"T_0": 2, "T_mult": 3, "eta_min": 0.005})
    yield schedule("OneCycleLR", "epochs", {"max_lr": 0.5, "epochs": 6, "steps_per_epoch": 10, "base_momentum": 0.7, "max_momentum": 0.99}, cycles=True)
    yield schedule("OneCycleLR", "phases", {"max_lr": 0.5, "total_steps": 60, "three_phase": True, "pct_start": 0.4}, cycles=True)
    yield schedule("CyclicLR", "down", {"base_lr": 0.01, "max_lr": 0.2, "step_size_up": 4, "step_size_down": 9, "mode": "triangular2"}, cycles=True)
    yield schedule("CyclicLR", "range", {"base_lr": 0.01, "max_lr": 0.2, "step_size_up": 5, "mode": "exp_range", "gamma": 0.9, "base_momentum": 0.5}, cycles=True)
    yield schedule("ReduceLROnPlateau", "cooldown", {"mode": "max", "factor": 0.6, "patience": 1, "cooldown": 3, "min_lr": 0.01,
                                                     "threshold_mode": "abs", "threshold": 0.02})
    yield schedule("SequentialLR", "three", {"described": "Constant(0.5, 4), then Linear(1.0, 0.3, 10) from step 6, then Exponential(0.9) from step 20"},
                   lambda o: lr.SequentialLR(o, parts(lambda q: lr.ConstantLR(q, 0.5, 4), lambda q: lr.LinearLR(q, 1.0, 0.3, 10),
                                                      lambda q: lr.ExponentialLR(q, 0.9))(o), [6, 20]))
    yield schedule("ChainedScheduler", "three", {"described": "Linear(0.2, 1.0, 8) times Step(10, 0.5) times Polynomial(40, 2)"},
                   lambda o: lr.ChainedScheduler(parts(lambda q: lr.LinearLR(q, 0.2, 1.0, 8), lambda q: lr.StepLR(q, 10, 0.5),
                                                       lambda q: lr.PolynomialLR(q, 40, 2))(o)))
    yield schedule("ChainedScheduler", "cosine", {"described": "Cosine(15, 0.01) times Exponential(0.97)"},
                   lambda o: lr.ChainedScheduler(parts(lambda q: lr.CosineAnnealingLR(q, 15, 0.01), lambda q: lr.ExponentialLR(q, 0.97))(o)))


def rows():
    yield from trajectories()
    yield from schedules()
    yield clipping("clip_norm#infinity", 0.5, float("inf"), 3)
    yield clipping("clip_norm#p", 1.5, 3.5, 2)
    yield clipping("clip_norm#small", 1e9, 2.0, 1)
    yield clipping("clip_value#1", 0.7, None, 2)


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "optimizers.jsonl.gz"
    kept = []
    if path.exists():
        kept = [each for each in gzip.decompress(path.read_bytes()).decode().splitlines() if '"id":"own.' not in each]
    lines = kept + [json.dumps(row, separators=(",", ":")) for row in rows()]
    path.write_bytes(gzip.compress("".join(each + "\n" for each in lines).encode(), mtime=0))


if __name__ == "__main__":
    main()
