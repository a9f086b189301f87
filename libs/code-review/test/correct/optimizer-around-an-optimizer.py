"""An optimiser of the program's own that hands its groups to another, and steps twice on each batch."""
import torch


class TwoStep(torch.optim.Optimizer):
    def __init__(self, params, base, radius=0.05, **settings):
        super().__init__(params, dict(radius=radius, **settings))
        self.base = base(self.param_groups, **settings)
        self.param_groups = self.base.param_groups

    @torch.no_grad()
    def ascend(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                self.state[p]["before"] = p.data.clone()
                p.add_(p.grad * group["radius"])
        self.zero_grad()

    @torch.no_grad()
    def descend(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.data = self.state[p]["before"]
        self.base.step()
        self.zero_grad()


def train(model, loader, criterion, rate):
    optimizer = TwoStep(model.parameters(), torch.optim.SGD, lr=rate, momentum=0.9)
    for inputs, labels in loader:
        criterion(model(inputs), labels).mean().backward()
        optimizer.ascend()
        criterion(model(inputs), labels).mean().backward()
        optimizer.descend()
