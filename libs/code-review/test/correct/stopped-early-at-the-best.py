import copy
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, random_split
from torchvision import datasets, transforms

tf = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
full = datasets.MNIST('data', train=True, download=True, transform=tf)
train_set, val_set = random_split(full, [50000, 10000])
train_dl = DataLoader(train_set, batch_size=64, shuffle=True)
val_dl = DataLoader(val_set, batch_size=256)
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
crit = nn.CrossEntropyLoss()
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
best_loss = float('inf')
best_weights = None
patience, waited = 5, 0
for epoch in range(50):
    model.train()
    for x, y in train_dl:
        opt.zero_grad()
        crit(model(x), y).backward()
        opt.step()
    model.eval()
    total = 0.0
    with torch.no_grad():
        for x, y in val_dl:
            total += crit(model(x), y).item() * x.size(0)
    val = total / len(val_set)
    if val < best_loss:
        best_loss = val
        waited = 0
        best_weights = copy.deepcopy(model.state_dict())
    else:
        waited += 1
        if waited >= patience:
            break
model.load_state_dict(best_weights)
torch.save(model.state_dict(), 'best.pt')
