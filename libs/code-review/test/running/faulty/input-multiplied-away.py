# finds: input-ignored
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        gate = F.softmax(self.fc1(x).mean(dim=1, keepdim=True), dim=1)
        return self.fc2(gate.expand(-1, 64))


model = Net()  # <--
scores = model(torch.randn(8, 20))
