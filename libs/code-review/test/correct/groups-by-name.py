import torch
from torch import optim


class Trainer:
    def __init__(self, model, batches, rate):
        self.model, self.batches, self.rate = model, batches, rate

    def prepare(self):
        groups = []
        group = {'lr': self.rate, 'params': []}
        for name, parameter in self.model.named_parameters():
            if 'words' in name:
                group['params'].append(parameter)
        groups.append(group)
        group = {'lr': 50 * self.rate, 'params': []}
        for name, parameter in self.model.named_parameters():
            if 'tags' in name or name.startswith('head'):
                group['params'].append(parameter)
        groups.append(group)
        self.optimizer = optim.AdamW(groups, weight_decay=1e-2)

    def train(self, epochs):
        self.prepare()
        self.model.train()
        for _ in range(epochs):
            for batch in self.batches:
                loss = self.model(**batch).loss
                loss.backward()
                self.optimizer.step()
                self.optimizer.zero_grad()
