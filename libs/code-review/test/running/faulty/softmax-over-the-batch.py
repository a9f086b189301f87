# finds: rows-mixed
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.score = nn.Linear(20, 16)
        self.out = nn.Linear(16, 3)

    def forward(self, x):
        return self.out(F.softmax(self.score(x), dim=0))


model = Net()  # <--
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(5):
    inputs = torch.randn(16, 20)
    targets = torch.randint(0, 3, (16,))
    optimizer.zero_grad()
    loss = criterion(model(inputs), targets)
    loss.backward()
    optimizer.step()
