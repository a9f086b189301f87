"""Builds networks with PyTorch and runs them on the meta device; prints the best time of each in milliseconds.

Nothing is initialised and nothing computed, which is the least PyTorch can do to tell parameters and shapes.
"""

import json
import sys
import time
import warnings

warnings.simplefilter("ignore")
import torch
import torchvision

for name in dir(torch.nn.init):
    if name.endswith("_") and not name.startswith("_"):
        setattr(torch.nn.init, name, lambda tensor, *args, **kwargs: tensor)


def once(name):
    started = time.perf_counter()
    model = getattr(torchvision.models, name)().eval().to("meta")
    with torch.no_grad():
        model(torch.empty(1, 3, 224, 224, device="meta"))
    sum(p.numel() for p in model.parameters())
    return (time.perf_counter() - started) * 1000


rounds = int(sys.argv[1])
print(json.dumps({name: min(once(name) for _ in range(rounds)) for name in sys.argv[2:]}))
