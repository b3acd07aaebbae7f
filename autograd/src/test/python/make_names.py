"""Writes the public names of PyTorch, of functions and others, one a line: python make_names.py > ../resources/golden/pytorch-names.txt"""

import torch

HOMES = [torch, torch.Tensor, torch.nn.functional, torch.linalg, torch.special, torch.autograd]

names = {name for home in HOMES for name in dir(home) if name[0].islower()}
print("\n".join(sorted(names)))
