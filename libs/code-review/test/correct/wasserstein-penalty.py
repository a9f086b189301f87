import torch
import torch.autograd as autograd
import torch.nn as nn

critic = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 1))
generator = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 2))
opt_c = torch.optim.Adam(critic.parameters(), lr=1e-4, betas=(0.5, 0.9))
opt_g = torch.optim.Adam(generator.parameters(), lr=1e-4, betas=(0.5, 0.9))
one = torch.tensor(1.0)


def penalty(real, fake):
    alpha = torch.rand(real.size(0), 1).expand(real.size())
    mixed = (alpha * real + (1 - alpha) * fake).requires_grad_(True)
    scores = critic(mixed)
    gradients = autograd.grad(
        outputs=scores,
        inputs=mixed,
        grad_outputs=torch.ones_like(scores),
        create_graph=True,
        retain_graph=True,
        only_inputs=True,
    )[0]
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean() * 10


for iteration in range(10000):
    for p in critic.parameters():
        p.requires_grad = True
    for _ in range(5):
        real = torch.randn(256, 2)
        critic.zero_grad()
        fake = generator(torch.randn(256, 2)).detach()
        d_real = critic(real).mean()
        d_fake = critic(fake).mean()
        loss_c = d_fake - d_real + penalty(real, fake)
        loss_c.backward()
        opt_c.step()
    for p in critic.parameters():
        p.requires_grad = False
    generator.zero_grad()
    loss_g = -critic(generator(torch.randn(256, 2))).mean()
    loss_g.backward()
    opt_g.step()
