# finds: vanishing-gradient
import torch
import torch.nn as nn
import torch.nn.functional as F

layers = [nn.Linear(20, 16), nn.Sigmoid()]  # <--
for _ in range(9):
    layers += [nn.Linear(16, 16), nn.Sigmoid()]
model = nn.Sequential(*layers, nn.Linear(16, 3))
scores = model(torch.randn(8, 20))
