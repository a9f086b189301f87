# because: the elements of a tensor are changed in place; written to a new tensor it could be run
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
        x[:, 0] = 0
        return self.fc2(x)


scores = Net()(torch.randn(8, 20))
