import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8 * 13 * 13, 16))

    def forward(self, a, b):
        return self.features(a), self.features(b)


model = Net()
one, other = model(torch.randn(4, 1, 28, 28), torch.randn(4, 1, 28, 28))
loss = F.pairwise_distance(one, other).mean()
loss.backward()
