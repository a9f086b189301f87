# because: it is computed without gradients
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 16)
        self.fc2 = nn.Linear(16, 3)

    def forward(self, x):
        with torch.no_grad():
            x = self.fc1(x)
        return self.fc2(x)


scores = Net()(torch.randn(8, 20))
