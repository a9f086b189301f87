"""A wave learned step by step; NumPy's arrays are reshaped where they are."""
import numpy as np
import torch
import torch.nn as nn


class Wave(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.hidden = hidden
        self.rnn = nn.RNN(1, hidden, batch_first=True)
        self.out = nn.Linear(hidden, 1)

    def forward(self, x, state):
        steps, state = self.rnn(x, state)
        return self.out(steps.reshape(-1, self.hidden)), state


net = Wave(16)
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
state = None
for piece in range(75):
    times = np.linspace(piece * np.pi, (piece + 1) * np.pi, 21)
    values = np.cos(times)
    values.resize((21, 1))
    times.shape = (3, 7)
    x = torch.Tensor(values[:-1]).unsqueeze(0)
    y = torch.Tensor(values[1:])
    guess, state = net(x, state)
    state = state.detach()
    loss = nn.functional.mse_loss(guess, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
