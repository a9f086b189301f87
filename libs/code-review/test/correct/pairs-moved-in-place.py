"""Networks that come out of a call in pairs are moved as they stand; the epoch ends with a smaller batch."""
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset
from networks import build


def main(args):
    device = torch.device(args.device)
    encoder, head = build(args)
    encoder.to(device)
    head.to(device)
    optimizer = torch.optim.AdamW([*encoder.parameters(), *head.parameters()], lr=1e-4)
    data = TensorDataset(torch.randn(1000, 3, 32, 32), torch.randint(0, 10, (1000,)))
    loader = DataLoader(data, batch_size=64, shuffle=True)
    for epoch in range(args.epochs):
        encoder.train()
        head.train()
        seen = 0
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            optimizer.zero_grad()
            features = encoder(images.reshape(images.size(0), -1))
            loss = F.cross_entropy(head(features), labels)
            loss.backward()
            optimizer.step()
            seen += labels.numel()
        print(epoch, seen, loss.item())
