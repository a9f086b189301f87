import torch
import torch.nn as nn
import torch.nn.functional as F


class Residual(nn.Module):
    def __init__(self, c, d):
        super().__init__()
        self.filter = nn.Conv1d(c, c, 2, dilation=d)
        self.gate = nn.Conv1d(c, c, 2, dilation=d)
        self.skip = nn.Conv1d(c, c, 1)
        self.res = nn.Conv1d(c, c, 1)
        self.d = d

    def forward(self, x):
        p = F.pad(x, (self.d, 0))
        z = torch.tanh(self.filter(p)) * torch.sigmoid(self.gate(p))
        return x + self.res(z), self.skip(z)


class WaveNet(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.start = nn.Conv1d(1, c, 1)
        self.layers = nn.ModuleList([Residual(c, 2 ** i) for i in range(4)])
        self.end = nn.Sequential(nn.ReLU(), nn.Conv1d(c, c, 1), nn.ReLU(), nn.Conv1d(c, 32, 1))

    def forward(self, x):
        x = self.start(x)
        skips = 0
        for layer in self.layers:
            x, s = layer(x)
            skips = skips + s
        return self.end(skips)


WaveNet()(torch.randn(4, 1, 64))
