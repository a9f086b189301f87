"""A classifier around networks of libraries that are not read: their parameters are there all the same."""
import torch
import torch.nn as nn
import torchvision
from einops import rearrange, repeat


class Plain(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.body = torchvision.models.resnet18(num_classes=classes)

    def forward(self, x):
        return self.body(x)


class Frozen(nn.Module):
    def __init__(self, arch, classes):
        super().__init__()
        self.body = getattr(torchvision.models, arch)(weights="DEFAULT")
        for p in self.body.parameters():
            p.requires_grad = False
        self.body.fc = nn.Linear(self.body.fc.in_features, classes)

    def forward(self, x):
        return self.body(x)


class WithToken(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.layer = nn.TransformerEncoderLayer(width, 4, batch_first=True)
        self.head = nn.Linear(width, classes)

    def forward(self, x):
        token = repeat(self.token, "1 1 d -> b 1 d", b=x.shape[0])
        words = torch.cat([token, rearrange(x, "b d h w -> b (h w) d")], dim=1)
        return self.head(self.layer(words)[:, 0])


def fit(model, loader, epochs):
    optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-3)
    for epoch in range(epochs):
        model.train()
        for images, labels in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()


plain = Plain(10)
optimizer = torch.optim.SGD(plain.parameters(), lr=0.1)
fit(Frozen("resnet50", 10), training_loader, 5)
fit(WithToken(64, 10), other_loader, 5)
