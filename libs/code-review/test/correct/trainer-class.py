import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Numbers(Dataset):
    def __init__(self, n):
        self.x = torch.randn(n, 16)
        self.y = (self.x.sum(1) > 0).long()

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return {'features': self.x[i], 'label': self.y[i]}


class Trainer:
    def __init__(self, model, train_loader, val_loader, lr=1e-3, patience=3):
        self.model = model
        self.train_loader = train_loader
        self.val_loader = val_loader
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=lr)
        self.criterion = nn.CrossEntropyLoss()
        self.best, self.bad, self.patience = float('inf'), 0, patience
        self.history = {'train': [], 'val': []}

    def _step(self, batch):
        logits = self.model(batch['features'])
        return self.criterion(logits, batch['label']), logits

    def _train_epoch(self):
        self.model.train()
        total = 0.0
        for batch in self.train_loader:
            loss, _ = self._step(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            total += loss.item() * batch['label'].size(0)
        return total / len(self.train_loader.dataset)

    @torch.no_grad()
    def _validate(self):
        self.model.eval()
        total, correct = 0.0, 0
        for batch in self.val_loader:
            loss, logits = self._step(batch)
            total += loss.item() * batch['label'].size(0)
            correct += (logits.argmax(-1) == batch['label']).sum().item()
        return total / len(self.val_loader.dataset), correct / len(self.val_loader.dataset)

    def fit(self, epochs):
        for epoch in range(epochs):
            train = self._train_epoch()
            val, accuracy = self._validate()
            self.history['train'].append(train)
            self.history['val'].append(val)
            if val < self.best:
                self.best, self.bad = val, 0
                torch.save(self.model.state_dict(), 'best.pt')
            else:
                self.bad += 1
                if self.bad >= self.patience:
                    break


model = nn.Sequential(nn.Linear(16, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 2))
Trainer(
    model, DataLoader(Numbers(1000), batch_size=50, shuffle=True), DataLoader(Numbers(200), batch_size=50)
).fit(20)
