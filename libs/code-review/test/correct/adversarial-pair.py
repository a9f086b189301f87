import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
from torchvision.utils import save_image

latent, size = 100, 64
device = 'cuda' if torch.cuda.is_available() else 'cpu'


def weights_init(m):
    name = m.__class__.__name__
    if name.find('Conv') != -1:
        nn.init.normal_(m.weight.data, 0.0, 0.02)
    elif name.find('BatchNorm') != -1:
        nn.init.normal_(m.weight.data, 1.0, 0.02)
        nn.init.constant_(m.bias.data, 0)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(latent, 256, 4, 1, 0, bias=False),
            nn.BatchNorm2d(256),
            nn.ReLU(True),
            nn.ConvTranspose2d(256, 128, 4, 2, 1, bias=False),
            nn.BatchNorm2d(128),
            nn.ReLU(True),
            nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(True),
            nn.ConvTranspose2d(64, 3, 4, 2, 1, bias=False),
            nn.Tanh(),
        )

    def forward(self, z):
        return self.main(z)


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(3, 64, 4, 2, 1, bias=False),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(64, 128, 4, 2, 1, bias=False),
            nn.BatchNorm2d(128),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(128, 1, 8, 1, 0, bias=False),
            nn.Sigmoid(),
        )

    def forward(self, x):
        return self.main(x).view(-1)


data = datasets.CIFAR10('data', download=True, transform=transforms.ToTensor())
loader = DataLoader(data, batch_size=128, shuffle=True, num_workers=2)
g, d = Generator().to(device), Discriminator().to(device)
g.apply(weights_init)
d.apply(weights_init)
criterion = nn.BCELoss()
fixed = torch.randn(64, latent, 1, 1, device=device)
opt_d = torch.optim.Adam(d.parameters(), lr=2e-4, betas=(0.5, 0.999))
opt_g = torch.optim.Adam(g.parameters(), lr=2e-4, betas=(0.5, 0.999))
g_losses = []
for epoch in range(25):
    for i, batch in enumerate(loader, 0):
        d.zero_grad()
        real = batch[0].to(device)
        b = real.size(0)
        label = torch.full((b,), 1.0, device=device)
        err_real = criterion(d(real), label)
        err_real.backward()
        fake = g(torch.randn(b, latent, 1, 1, device=device))
        label.fill_(0.0)
        err_fake = criterion(d(fake.detach()), label)
        err_fake.backward()
        opt_d.step()

        g.zero_grad()
        label.fill_(1.0)
        err_g = criterion(d(fake), label)
        err_g.backward()
        opt_g.step()
        g_losses.append(err_g.item())
        if i % 500 == 0:
            with torch.no_grad():
                samples = g(fixed).detach().cpu()
            save_image(samples, f'{epoch}.png', normalize=True)
