# because: in a way that is not recorded
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 16)
        self.fc2 = nn.Linear(16, 3)

    def forward(self, x):
        x = self.fc1(x)
        return self.fc2(torch.index_fill(x, 1, torch.tensor([0]), 1.0))


scores = Net()(torch.randn(8, 20))
