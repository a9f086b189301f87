import type { Check } from '../../check.js';
import { dataOf, isTrainedOn, loaderArgument } from '../../ask/data-sets.js';

const BEGINNING = `
import torch
import torch.nn as nn
from torchvision import datasets, transforms
from torch.utils.data import DataLoader
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
digits = datasets.MNIST("data", train=True, download=True, transform=transforms.ToTensor())
`;

const LOOP = `
for images, labels in loader:
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(images), labels).backward()
    optimizer.step()
`;

export const noShuffle: Check = {
  id: 'no-shuffle',
  title: 'Data to learn from in the same order every epoch',
  severity: 'design',
  why: 'Batches that come in the order of the file, perhaps class by class, pull the weights one way after the other.',
  instead: 'Make the loader for training with shuffle=True.',
  needs: 'A loader over one of torchvision’s own data sets, whose batches gradients are computed of.',
  wrong: [
    `${BEGINNING}
loader = DataLoader(digits, batch_size=64)  # <--
${LOOP}`,
    `${BEGINNING}
loader = DataLoader(digits, 64, False)  # <--
${LOOP}`,
  ],
  right: [
    `${BEGINNING}
loader = DataLoader(digits, batch_size=64, shuffle=True)
${LOOP}`,
    `${BEGINNING}
sampler = torch.utils.data.RandomSampler(digits)
loader = DataLoader(digits, batch_size=64, sampler=sampler)
${LOOP}`,
    `${BEGINNING}
from torchvision import models
body, features, numbers = models.resnet18(weights="DEFAULT"), [], []
with torch.no_grad():
    for images, labels in DataLoader(digits, batch_size=64):
        features.append(body(images.expand(-1, 3, -1, -1)))
        numbers.append(labels)
head = torch.nn.Linear(1000, 10)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
loss = torch.nn.functional.cross_entropy(head(torch.cat(features)), torch.cat(numbers))
loss.backward()
optimizer.step()
`,
  ],
  *run(program) {
    for (const loader of program.loaders) {
      const at = loader.made.span;
      const data = dataOf(loader);
      if (at === undefined || data === undefined || data.train === false) continue;
      if (loader.named.has('sampler') || loader.named.has('batch_sampler') || loader.named.has('kwargs'))
        continue;
      if (/\*/.test(at.text)) continue;
      const shuffle = loaderArgument(program, loader, 'shuffle', 2);
      if (shuffle !== undefined && shuffle !== false && shuffle !== null) continue;
      if (loaderArgument(program, loader, 'sampler', 3) !== undefined) continue;
      if (!isTrainedOn(program, loader)) continue;
      yield {
        at,
        message: 'The loader that is learned from goes over its data in the same order every time.',
        ...(data.name === 'ImageFolder' && { severity: 'warning' as const }),
        evidence: [],
      };
    }
  },
};
