import type { GivenCode } from '../../src/claims/given-code.js';

/** Programs that what students say of training is about. */
export const PROGRAMS = {
  /** A training program of a convolutional network: no gradient is zeroed, nothing is shuffled, and dropout stays on in the test. */
  photosTrained: {
    code: `import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

train = DataLoader(datasets.CIFAR10('.', train=True, transform=transforms.ToTensor()), batch_size=64, shuffle=False)
test = DataLoader(datasets.CIFAR10('.', train=False, transform=transforms.ToTensor()), batch_size=64)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 5)
        self.bn1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.pool = nn.MaxPool2d(2)
        self.drop = nn.Dropout(0.5)
        self.fc1 = nn.Linear(64 * 6 * 6, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(-1, 64 * 6 * 6)
        x = self.drop(F.relu(self.fc1(x)))
        return self.fc2(x)

net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.01)
loss_fn = nn.CrossEntropyLoss()
for epoch in range(10):
    for images, labels in train:
        out = net(images)
        loss = loss_fn(out, labels)
        loss.backward()
        opt.step()

correct = 0
for images, labels in test:
    pred = net(images).argmax(1)
    correct += (pred == labels).sum().item()
print(correct / len(test.dataset))
`,
    input: [3, 32, 32],
  },
  /** An LSTM whose output goes through a sigmoid before cross entropy. */
  tagger: {
    code: `import torch
import torch.nn as nn

class Tagger(nn.Module):
    def __init__(self, vocab=5000, dim=100, hidden=128, classes=2):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.lstm = nn.LSTM(dim, hidden, num_layers=2, batch_first=True, dropout=0.3)
        self.out = nn.Linear(hidden, classes)

    def forward(self, x):
        e = self.embed(x)
        h, _ = self.lstm(e)
        return torch.sigmoid(self.out(h[:, -1]))
`,
    input: [20],
    loss: 'CrossEntropyLoss',
  },
  /** Blocks of two convolutions without biases, average pooling, a mean over the map. */
  blocks: {
    code: `import torch
import torch.nn as nn
import torch.nn.functional as F

class Block(nn.Module):
    def __init__(self, c_in, c_out):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(x)))

class Net(nn.Module):
    def __init__(self, classes=5):
        super().__init__()
        self.b1 = Block(3, 32)
        self.b2 = Block(32, 64)
        self.pool = nn.AvgPool2d(2)
        self.head = nn.Linear(64, classes)

    def forward(self, x):
        x = self.pool(self.b1(x))
        x = self.pool(self.b2(x))
        x = x.mean(dim=(2, 3))
        return self.head(x)
`,
    input: [3, 64, 64],
  },
  /** A training program that does all that such programs should. */
  careful: {
    code: `import torch
from torch import nn, optim
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

device = "cuda" if torch.cuda.is_available() else "cpu"
tf = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
train_loader = DataLoader(datasets.MNIST("data", train=True, download=True, transform=tf), batch_size=128, shuffle=True)
test_loader = DataLoader(datasets.MNIST("data", train=False, transform=tf), batch_size=1000)

model = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10)).to(device)
optimizer = optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.5)
criterion = nn.CrossEntropyLoss()

for epoch in range(15):
    model.train()
    for x, y in train_loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
    scheduler.step()
    model.eval()
    right = 0
    with torch.no_grad():
        for x, y in test_loader:
            right += (model(x.to(device)).argmax(1) == y.to(device)).sum().item()
    print(epoch, right / len(test_loader.dataset))
`,
  },
  /** A bidirectional GRU, trained for a number by squared errors. */
  counter: {
    code: `import torch
import torch.nn as nn

class Counter(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(8, 32, bidirectional=True)
        self.fc = nn.Linear(64, 1)

    def forward(self, x):
        out, h = self.rnn(x)
        return self.fc(out[-1])

net = Counter()
opt = torch.optim.Adam(net.parameters(), lr=1e-3)
x = torch.randn(20, 16, 8)
y = torch.randn(16, 1)
for step in range(200):
    opt.zero_grad()
    loss = nn.functional.mse_loss(net(x), y)
    loss.backward()
    opt.step()
`,
  },
} satisfies Readonly<Record<string, GivenCode>>;
