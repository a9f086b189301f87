import torch
import torch.nn as nn
import torch.nn.functional as F
class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(1, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 5), nn.ReLU(), nn.MaxPool2d(2))
        self.fc = nn.Linear(32 * 4 * 4, 32)
    def once(self, x):
        return F.normalize(self.fc(self.conv(x).flatten(1)), dim=1)
    def forward(self, a, b):
        return self.once(a), self.once(b)
def contrastive(za, zb, same, margin=1.0):
    d = F.pairwise_distance(za, zb)
    return (same * d.pow(2) + (1 - same) * F.relu(margin - d).pow(2)).mean()
net = Siamese()
opt = torch.optim.Adam(net.parameters(), 1e-3)
a, b, same = torch.rand(8, 1, 28, 28), torch.rand(8, 1, 28, 28), torch.randint(0, 2, (8,)).float()
for _ in range(10):
    loss = contrastive(*net(a, b), same)
    opt.zero_grad(); loss.backward(); opt.step()
