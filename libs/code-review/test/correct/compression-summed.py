import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU())
        self.fc_mu = nn.Linear(256, 16)
        self.fc_logvar = nn.Linear(256, 16)
        self.dec = nn.Sequential(nn.Linear(16, 256), nn.ReLU(), nn.Linear(256, 784))
    def reparameterize(self, mu, logvar):
        eps = torch.randn_like(mu)
        return mu + eps * torch.exp(0.5 * logvar)
    def forward(self, x):
        h = self.enc(x)
        mu, logvar = self.fc_mu(h), self.fc_logvar(h)
        return self.dec(self.reparameterize(mu, logvar)), mu, logvar

train = DataLoader(datasets.FashionMNIST('d', train=True, download=True, transform=transforms.ToTensor()), 100, shuffle=True)
model = VAE()
optimizer = torch.optim.Adam(model.parameters(), 1e-3)
bce = nn.BCEWithLogitsLoss(reduction='sum')
for ep in range(5):
    tot = 0
    for img, _ in train:
        out, mu, logvar = model(img)
        kl = -0.5 * torch.sum(1 + logvar - mu ** 2 - logvar.exp())
        loss = (bce(out, img.view(img.size(0), -1)) + kl) / img.size(0)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        tot += loss.item()
    print(ep, tot / len(train))
