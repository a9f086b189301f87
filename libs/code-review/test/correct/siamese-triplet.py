import torch
import torch.nn as nn
import torch.nn.functional as F


class Embedder(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 5), nn.PReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 5), nn.PReLU(), nn.MaxPool2d(2)
        )
        self.fc = nn.Sequential(nn.Linear(32 * 4 * 4, 64), nn.PReLU(), nn.Linear(64, 2))

    def forward(self, x):
        x = self.features(x)
        return F.normalize(self.fc(x.view(x.size(0), -1)), dim=1)


class Triplet(nn.Module):
    def __init__(self, net, margin=1.0):
        super().__init__()
        self.net, self.margin = net, margin

    def forward(self, a, p, n):
        a, p, n = self.net(a), self.net(p), self.net(n)
        d_pos = (a - p).pow(2).sum(1)
        d_neg = (a - n).pow(2).sum(1)
        return F.relu(d_pos - d_neg + self.margin).mean()


model = Triplet(Embedder())
optimizer = torch.optim.Adam(model.parameters(), 1e-3)
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=3)
for epoch in range(10):
    losses = []
    for _ in range(100):
        batch = [torch.randn(32, 1, 28, 28) for _ in range(3)]
        loss = model(*batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    scheduler.step(sum(losses) / len(losses))
