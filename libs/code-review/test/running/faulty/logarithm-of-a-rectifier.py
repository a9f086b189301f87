# finds: not-finite
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        x = torch.log(F.relu(self.fc1(x)))  # <--
        return self.fc2(x)


model = Net()
scores = model(torch.randn(8, 20))
