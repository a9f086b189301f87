import torch
import torch.nn as nn
from torch import optim


class Reader(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.rnn = nn.GRU(width, hidden, batch_first=True)

    def forward(self, x):
        return self.rnn(x)[1]


class Teller(nn.Module):
    """Tells the next steps one by one, each of the one before."""

    def __init__(self, width, hidden):
        super().__init__()
        self.rnn, self.out = nn.GRU(width, hidden, batch_first=True), nn.Linear(hidden, width)

    def forward(self, x, state):
        told, state = self.rnn(x, state)
        return self.out(told), state


reader, teller = Reader(8, 64), Teller(4, 64)
optimizer = optim.Adam([*reader.parameters(), *teller.parameters()], lr=1e-3)
near = nn.MSELoss()
seen, ahead = torch.randn(256, 30, 8), torch.randn(256, 12, 4)
for epoch in range(100):
    for start in range(0, 256, 32):
        x, y = seen[start : start + 32], ahead[start : start + 32]
        state = reader(x)
        last, told = torch.zeros(32, 1, 4), []
        for step in range(12):
            last, state = teller(last, state)
            told.append(last)
        loss = near(torch.cat(told, 1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
