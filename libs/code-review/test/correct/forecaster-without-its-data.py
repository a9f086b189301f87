import torch
from torch import nn
class T(nn.Module):
    def __init__(self, input_dim, horizon, d_model=48, nhead=4):
        super().__init__()
        self.proj = nn.Linear(input_dim, d_model)
        layer = nn.TransformerEncoderLayer(d_model=d_model, nhead=nhead, dim_feedforward=96, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, num_layers=1)
        self.head = nn.Linear(d_model, horizon)
    def forward(self, x):
        z = self.encoder(self.proj(x))
        return self.head(z.mean(dim=1))
