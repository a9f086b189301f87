import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision import datasets, transforms
from torch.utils.data import DataLoader
from tqdm import tqdm

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
pipeline = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
train_loader = DataLoader(datasets.MNIST("digits", train=True, download=True, transform=pipeline), batch_size=64, shuffle=True)
test_loader = DataLoader(datasets.MNIST("digits", train=False, transform=pipeline), batch_size=256)


class Warped(nn.Module):
    def __init__(self):
        super().__init__()
        self.locate = nn.Sequential(nn.Conv2d(1, 8, 7), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 11 * 11, 6))
        self.locate[4].weight.data.zero_()
        self.locate[4].bias.data.copy_(torch.tensor([1, 0, 0, 0, 1, 0], dtype=torch.float))
        self.body = nn.Sequential(nn.Conv2d(1, 16, 5), nn.ReLU(), nn.MaxPool2d(4), nn.Flatten(), nn.Linear(16 * 36, 10))

    def straighten(self, x):
        grid = F.affine_grid(self.locate(x).view(-1, 2, 3), x.size(), align_corners=False)
        return F.grid_sample(x, grid, align_corners=False)

    def forward(self, x):
        return self.body(self.straighten(x))


net = Warped().to(device)
optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)


def one_epoch(epoch):
    net.train()
    running = 0.0
    for number, (digits, labels) in enumerate(tqdm(train_loader)):
        digits, labels = digits.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = F.cross_entropy(net(digits), labels)
        loss.backward()
        optimizer.step()
        running += loss.item()
    print(epoch, running / len(train_loader))


def measure(loader):
    net.eval()
    right = 0
    with torch.no_grad():
        for digits, labels in loader:
            digits = digits.to(device)
            guesses = net(digits).argmax(dim=1).cpu()
            right += guesses.eq(labels).sum().item()
    return right / len(loader.dataset)


for epoch in range(10):
    one_epoch(epoch)
    print(measure(test_loader))

with torch.no_grad():
    some = next(iter(test_loader))[0].to(device)
    before = some.cpu()
    after = net.straighten(some).cpu()
    print((before - after).abs().mean())
