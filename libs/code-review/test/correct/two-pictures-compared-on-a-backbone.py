import torch
import torch.nn as nn
import torchvision


class Compared(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = torchvision.models.resnet18(weights=None)
        self.backbone.conv1 = nn.Conv2d(1, 64, kernel_size=7, stride=2, padding=3, bias=False)
        width = self.backbone.fc.in_features
        # The same layers without the last.
        self.backbone = nn.Sequential(*list(self.backbone.children())[:-1])
        self.head = nn.Sequential(nn.Linear(2 * width, 256), nn.ReLU(inplace=True), nn.Linear(256, 1))

    def features(self, x):
        return self.backbone(x).flatten(1)

    def forward(self, one, other):
        return self.head(torch.cat((self.features(one), self.features(other)), dim=1))


def train(model, device, train_loader, optimizer):
    model.train()
    criterion = nn.BCEWithLogitsLoss()
    for one, other, same in train_loader:
        one, other, same = one.to(device), other.to(device), same.to(device)
        optimizer.zero_grad()
        loss = criterion(model(one, other).squeeze(1), same)
        loss.backward()
        optimizer.step()


network = Compared().to("cuda")
