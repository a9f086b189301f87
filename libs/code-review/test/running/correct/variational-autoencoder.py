import torch
import torch.nn as nn
import torch.nn.functional as F


class Variational(nn.Module):
    def __init__(self, code=6):
        super().__init__()
        self.into = nn.Linear(64, 32)
        self.mean = nn.Linear(32, code)
        self.spread = nn.Linear(32, code)
        self.back = nn.Linear(code, 32)
        self.out = nn.Linear(32, 64)

    def sample(self, mean, spread):
        deviation = torch.exp(0.5 * spread)
        noise = torch.randn_like(deviation)
        return mean + noise * deviation

    def forward(self, x):
        h = F.relu(self.into(x))
        mean, spread = self.mean(h), self.spread(h)
        code = self.sample(mean, spread)
        return torch.sigmoid(self.out(F.relu(self.back(code)))), mean, spread


model = Variational()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for step in range(100):
    x = torch.rand(16, 64)
    optimizer.zero_grad()
    again, mean, spread = model(x)
    fit = F.binary_cross_entropy(again, x, reduction='sum')
    prior = -0.5 * torch.sum(1 + spread - mean.pow(2) - spread.exp())
    loss = fit + prior
    loss.backward()
    optimizer.step()
