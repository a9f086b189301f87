import torch
import torch.nn as nn
import torch.nn.functional as F


def drop_path(x, chance, training):
    if not training:
        return x
    shape = (x.shape[0],) + (1,) * (x.ndim - 1)
    return x * x.new_empty(shape).bernoulli_(1 - chance) / (1 - chance)


class DropPath(nn.Module):
    def __init__(self, chance):
        super().__init__()
        self.chance = chance

    def forward(self, x):
        if not self.training:
            return x
        keep = 1 - self.chance
        kept = keep + torch.rand((x.shape[0], 1), dtype=x.dtype, device=x.device)
        return x.div(keep) * kept.floor_()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(20, 32)
        self.blocks = nn.ModuleList([nn.Linear(32, 32) for _ in range(3)])
        self.drop = DropPath(0.2)
        self.head = nn.Linear(32, 4)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = x + self.drop(F.relu(block(x)))
        return self.head(x + drop_path(torch.tanh(x), 0.1, self.training))


scores = Net()(torch.randn(8, 20))
