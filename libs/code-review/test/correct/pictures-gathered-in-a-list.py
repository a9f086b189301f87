"""Pictures read one by one into a list, and a network that measures itself how wide its pictures come out."""

import os

import cv2
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

SIDE, ROWS = 50, 100


def gathered(folders):
    pictures, kinds = [], []
    for kind, folder in enumerate(folders):
        for name in os.listdir(folder):
            picture = cv2.imread(os.path.join(folder, name), cv2.IMREAD_GRAYSCALE)
            if picture is None:
                continue
            pictures.append(cv2.resize(picture, (SIDE, SIDE)))
            kinds.append(kind)
    order = np.random.permutation(len(pictures))
    return np.array(pictures)[order], np.array(kinds)[order]


class Seer(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second, self.third = nn.Conv2d(1, 32, 5), nn.Conv2d(32, 64, 5), nn.Conv2d(64, 128, 5)
        self.width = None
        self.seen(torch.randn(1, 1, SIDE, SIDE))
        self.hidden, self.out = nn.Linear(self.width, 512), nn.Linear(512, 2)

    def seen(self, x):
        for layer in (self.first, self.second, self.third):
            x = F.max_pool2d(F.relu(layer(x)), 2)
        if self.width is None:
            self.width = x[0].numel()
        return x

    def forward(self, x):
        x = self.seen(x).view(-1, self.width)
        return self.out(F.relu(self.hidden(x)))


pictures, kinds = gathered(["cats", "dogs"])
X = torch.Tensor(pictures).view(-1, SIDE, SIDE) / 255.0
y = torch.tensor(kinds, dtype=torch.long)
kept = len(X) // 10
net = Seer()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for epoch in range(3):
    for at in range(0, len(X) - kept, ROWS):
        end = min(at + ROWS, len(X) - kept)
        optimizer.zero_grad()
        loss = F.cross_entropy(net(X[at:end].view(-1, 1, SIDE, SIDE)), y[at:end])
        loss.backward()
        optimizer.step()
    print(epoch, loss.item())
right = 0
with torch.no_grad():
    for at in range(len(X) - kept, len(X)):
        scores = net(X[at].view(-1, 1, SIDE, SIDE))[0]
        right += int(torch.argmax(scores) == y[at])
print(right / kept)
