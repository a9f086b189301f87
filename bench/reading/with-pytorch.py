"""Builds networks with PyTorch on its meta device, in the ways there are; prints the best times in milliseconds.

Nothing is allocated or computed in any of them. `as documented` is what `with torch.device("meta")` does since 2.0, a
mode that every call of torch passes through. `by hand` is the least PyTorch can do: the functions that make tensors are
replaced by ones that make them on the meta device, and those of torch.nn.init by nothing. Each is timed for building and
counting parameters alone, and with a forward, which tells shapes. Each way wants a process of its own:

    python3 with-pytorch.py 'by hand' 40 resnet18 resnet50
"""

import contextlib
import json
import sys
import time
import warnings

warnings.simplefilter("ignore")
import torch
import torchvision
from torch.overrides import TorchFunctionMode

FACTORIES = [getattr(torch, name) for name in "arange empty full linspace ones rand randn tensor zeros".split()]


class OnMeta(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if func in FACTORIES:
            kwargs["device"] = "meta"
        return func(*args, **kwargs)


def on_meta(factory):
    def make(*args, **kwargs):
        kwargs["device"] = "meta"
        return factory(*args, **kwargs)

    return make


def by_hand():
    for factory in FACTORIES:
        setattr(torch, factory.__name__, on_meta(factory))
    for name in dir(torch.nn.init):
        if name.endswith("_") and not name.startswith("_"):
            setattr(torch.nn.init, name, lambda tensor, *args, **kwargs: tensor)
    return contextlib.nullcontext


def build(name, mode):
    with mode():
        return getattr(torchvision.models, name)().eval()


def once(name, mode, forward, clock=time.perf_counter):
    started = clock()
    model = build(name, mode)
    if forward:
        with torch.no_grad():
            model(torch.empty(1, 3, 224, 224, device="meta"))
    sum(p.numel() for p in model.parameters())
    return (clock() - started) * 1000


way, rounds, names = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
mode = by_hand() if way == "by hand" else OnMeta
times = {}
for name in names:
    assert all(p.is_meta for p in build(name, mode).state_dict().values()), f"{name} is not all on the meta device"
    times[name] = {
        "built": min(once(name, mode, False) for _ in range(rounds)),
        "traced": min(once(name, mode, True) for _ in range(rounds)),
        "processor": min(once(name, mode, True, time.process_time) for _ in range(rounds)),
    }
print(json.dumps(times))
