import type { GivenCode } from '../../src/claims/given-code.js';

/** Code that the claims of the tests are about. */
export const CODES = {
  /** Two wide convolutions with nothing between, softmax before cross entropy; no pooling, no dropout. */
  digits: {
    code: `import torch
import torch.nn as nn


class DigitNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 512, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(512, 512, kernel_size=3, padding=1)
        self.fc = nn.Linear(512 * 28 * 28, 10)
        self.softmax = nn.Softmax(dim=1)

    def forward(self, x):
        x = self.conv1(x)
        x = self.conv2(x)
        x = torch.flatten(x, 1)
        return self.softmax(self.fc(x))
`,
    input: [1, 28, 28],
    loss: 'CrossEntropyLoss',
  },
  /** A sound network: three convolutions with batch norm, ReLU and max pooling, dropout, two linear layers. */
  photos: {
    code: `import torch.nn as nn
import torch.nn.functional as F


class PhotoNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 5, stride=2, padding=2)
        self.bn1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(64)
        self.conv3 = nn.Conv2d(64, 128, 3, padding=1, bias=False)
        self.pool = nn.MaxPool2d(2)
        self.drop = nn.Dropout(0.5)
        self.fc1 = nn.Linear(128 * 4 * 4, 100)
        self.fc2 = nn.Linear(100, 10)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.pool(F.relu(self.bn2(self.conv2(x))))
        x = self.pool(F.relu(self.conv3(x)))
        x = x.flatten(1)
        x = self.drop(F.relu(self.fc1(x)))
        return self.fc2(x)
`,
    input: [3, 32, 32],
  },
  /** A training program: gradients are never zeroed, evaluation stays in training mode. */
  training: {
    code: `import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

train_set = TensorDataset(torch.randn(512, 20), torch.randint(0, 3, (512,)))
test_set = TensorDataset(torch.randn(128, 20), torch.randint(0, 3, (128,)))
train_loader = DataLoader(train_set, batch_size=32, shuffle=True)
test_loader = DataLoader(test_set, batch_size=32)

model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
criterion = nn.CrossEntropyLoss()

for epoch in range(10):
    model.train()
    for x, y in train_loader:
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()

    correct = 0
    with torch.no_grad():
        for x, y in test_loader:
            correct += (model(x).argmax(1) == y).sum().item()
    print(epoch, correct / 128)
`,
  },
  /** A sound training program. */
  sound: {
    code: `import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

train_set = TensorDataset(torch.randn(512, 20), torch.randint(0, 3, (512,)))
train_loader = DataLoader(train_set, batch_size=64, shuffle=True)

model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
criterion = nn.CrossEntropyLoss()

for epoch in range(10):
    for x, y in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
`,
  },
  /** The linear layer takes fewer features than the convolutions give. */
  shapes: {
    code: `import torch.nn as nn
import torch.nn.functional as F


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3)
        self.conv2 = nn.Conv2d(16, 32, 3)
        self.pool = nn.MaxPool2d(2)
        self.fc1 = nn.Linear(32 * 8 * 8, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(x.size(0), -1)
        x = F.relu(self.fc1(x))
        return self.fc2(x)
`,
    input: [3, 32, 32],
  },
  /** Layers written as YAML: five convolutions, no activation at all. */
  layers: {
    code: `input: [3, 32, 32]
layers:
  - Conv2d: { name: conv1, out_channels: 16, kernel_size: 3 }
  - Conv2d: { name: conv2, out_channels: 16, kernel_size: 3 }
  - Conv2d: { name: conv3, out_channels: 32, kernel_size: 3, stride: 2 }
  - Conv2d: { name: conv4, out_channels: 32, kernel_size: 3 }
  - Conv2d: { name: conv5, out_channels: 64, kernel_size: 3 }
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: { name: fc, out_features: 5 }
`,
  },
} satisfies Readonly<Record<string, GivenCode>>;
