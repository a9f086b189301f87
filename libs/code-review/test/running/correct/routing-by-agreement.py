import torch
import torch.nn as nn
import torch.nn.functional as F


def squash(x):
    size = (x**2).sum(-1, keepdim=True)
    return size / (1 + size) * x / (torch.sqrt(size) + 1e-8)


class Capsules(nn.Module):
    def __init__(self):
        super().__init__()
        self.votes = nn.Parameter(0.1 * torch.randn(1, 10, 4, 8, 6))
        self.fc = nn.Linear(20, 60)

    def forward(self, x):
        parts = squash(self.fc(x).view(-1, 10, 1, 6, 1).squeeze(-1)).unsqueeze(-1)
        votes = torch.matmul(self.votes, parts).squeeze(-1)
        agreement = torch.zeros(x.size(0), 10, 4, 1)
        for _ in range(2):
            share = F.softmax(agreement, dim=2)
            whole = squash((share * votes).sum(dim=1, keepdim=True))
            agreement = agreement + (votes * whole).sum(-1, keepdim=True)
        return whole.squeeze(1).norm(dim=-1)


lengths = Capsules()(torch.randn(8, 20))
