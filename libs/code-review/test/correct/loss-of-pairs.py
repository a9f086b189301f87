import torch
import torch.nn as nn


class PairLoss(nn.Module):
    def __init__(self, temperature=0.5):
        super().__init__()
        self.temperature = temperature

    def forward(self, first, second):
        both = nn.functional.normalize(torch.cat((first, second)), dim=1)
        alike = torch.exp(both @ both.T / self.temperature)
        others = alike.sum(dim=1) - torch.diag(alike)
        pair = torch.exp((both.roll(len(first), 0) * both).sum(dim=-1) / self.temperature)
        return -torch.log(pair / others).mean()


def train(encoder, loader, epochs=10):
    criterion = PairLoss()
    optimizer = torch.optim.Adam(encoder.parameters(), lr=3e-4)
    for _ in range(epochs):
        for (first, second), _ in loader:
            loss = criterion(encoder(first), encoder(second))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
