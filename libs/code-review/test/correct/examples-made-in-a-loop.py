"""Learns which of three numbers is the largest, from twenty thousand examples that a loop draws."""

import random

import torch
import torch.nn as nn
from torch.utils.data import DataLoader, Dataset


class LargestOfThree(Dataset):
    def __init__(self, count, seed):
        generator = random.Random(seed)
        self.examples = []
        for _ in range(count):
            numbers = [generator.uniform(-1, 1) for _ in range(3)]
            self.examples.append((torch.tensor(numbers), numbers.index(max(numbers))))

    def __len__(self):
        return len(self.examples)

    def __getitem__(self, index):
        return self.examples[index]


model = nn.Sequential(nn.Linear(3, 32), nn.ReLU(), nn.Linear(32, 3))
loader = DataLoader(LargestOfThree(20000, seed=3), batch_size=64, shuffle=True)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()

for epoch in range(5):
    model.train()
    total = 0.0
    for numbers, largest in loader:
        optimizer.zero_grad()
        loss = criterion(model(numbers), largest)
        loss.backward()
        optimizer.step()
        total += loss.item()
    print(epoch, total / len(loader))
