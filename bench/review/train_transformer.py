"""Train a small encoder-decoder transformer to put the digits of a number in order."""

import argparse
import math
import os
import random
from dataclasses import dataclass

import torch
import torch.nn as nn
from torch.optim.lr_scheduler import LambdaLR
from torch.utils.data import DataLoader, Dataset, random_split

PAD, START, END = 0, 1, 2
FIRST_DIGIT = 3
VOCABULARY = FIRST_DIGIT + 10


@dataclass
class Settings:
    width: int = 128
    heads: int = 4
    layers: int = 3
    feed_forward: int = 512
    dropout: float = 0.1
    longest: int = 16
    batch_size: int = 64
    epochs: int = 10
    learning_rate: float = 3e-4
    warmup: int = 400
    clip: float = 1.0
    smoothing: float = 0.1
    seed: int = 7


class DigitsDataset(Dataset):
    """Random runs of digits and the same digits sorted, padded to one length; each is drawn when it is asked for."""

    def __init__(self, count, longest, seed):
        self.count = count
        self.longest = longest
        self.seed = seed

    def __len__(self):
        return self.count

    def draw(self, index):
        generator = random.Random(1_000_003 * self.seed + index)
        length = generator.randint(3, self.longest - 2)
        return [generator.randint(0, 9) for _ in range(length)]

    def encode(self, digits):
        tokens = [START] + [FIRST_DIGIT + digit for digit in digits] + [END]
        tokens += [PAD] * (self.longest - len(tokens))
        return torch.tensor(tokens, dtype=torch.long)

    def __getitem__(self, index):
        digits = self.draw(index)
        return self.encode(digits), self.encode(sorted(digits))


class PositionalEncoding(nn.Module):
    def __init__(self, width, longest, dropout):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        position = torch.arange(longest).unsqueeze(1)
        frequency = torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
        table = torch.zeros(1, longest, width)
        table[0, :, 0::2] = torch.sin(position * frequency)
        table[0, :, 1::2] = torch.cos(position * frequency)
        self.register_buffer("table", table)

    def forward(self, x):
        return self.dropout(x + self.table[:, : x.size(1)])


class Attention(nn.Module):
    """Attention of several heads, of a sequence to itself or to another."""

    def __init__(self, width, heads, dropout):
        super().__init__()
        assert width % heads == 0
        self.heads = heads
        self.head_width = width // heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.dropout = nn.Dropout(dropout)

    def split(self, x):
        batch, length, _ = x.shape
        return x.view(batch, length, self.heads, self.head_width).transpose(1, 2)

    def forward(self, x, memory, mask=None):
        query = self.split(self.query(x))
        key = self.split(self.key(memory))
        value = self.split(self.value(memory))
        scores = query @ key.transpose(-2, -1) / math.sqrt(self.head_width)
        if mask is not None:
            scores = scores.masked_fill(mask == 0, -1e9)
        weights = self.dropout(torch.softmax(scores, dim=-1))
        mixed = (weights @ value).transpose(1, 2).contiguous()
        batch, length = mixed.shape[:2]
        return self.out(mixed.view(batch, length, self.heads * self.head_width))


class FeedForward(nn.Sequential):
    def __init__(self, width, hidden, dropout):
        super().__init__(
            nn.Linear(width, hidden),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, width),
        )


class EncoderLayer(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.norm1 = nn.LayerNorm(settings.width)
        self.norm2 = nn.LayerNorm(settings.width)
        self.attention = Attention(settings.width, settings.heads, settings.dropout)
        self.feed_forward = FeedForward(settings.width, settings.feed_forward, settings.dropout)
        self.dropout = nn.Dropout(settings.dropout)

    def forward(self, x, mask):
        normed = self.norm1(x)
        x = x + self.dropout(self.attention(normed, normed, mask))
        return x + self.dropout(self.feed_forward(self.norm2(x)))


class DecoderLayer(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.norm1 = nn.LayerNorm(settings.width)
        self.norm2 = nn.LayerNorm(settings.width)
        self.norm3 = nn.LayerNorm(settings.width)
        self.own = Attention(settings.width, settings.heads, settings.dropout)
        self.cross = Attention(settings.width, settings.heads, settings.dropout)
        self.feed_forward = FeedForward(settings.width, settings.feed_forward, settings.dropout)
        self.dropout = nn.Dropout(settings.dropout)

    def forward(self, x, memory, own_mask, memory_mask):
        normed = self.norm1(x)
        x = x + self.dropout(self.own(normed, normed, own_mask))
        x = x + self.dropout(self.cross(self.norm2(x), memory, memory_mask))
        return x + self.dropout(self.feed_forward(self.norm3(x)))


class Transformer(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.width = settings.width
        self.embedding = nn.Embedding(VOCABULARY, settings.width, padding_idx=PAD)
        self.positions = PositionalEncoding(settings.width, settings.longest, settings.dropout)
        self.encoder = nn.ModuleList(EncoderLayer(settings) for _ in range(settings.layers))
        self.decoder = nn.ModuleList(DecoderLayer(settings) for _ in range(settings.layers))
        self.encoder_norm = nn.LayerNorm(settings.width)
        self.decoder_norm = nn.LayerNorm(settings.width)
        self.head = nn.Linear(settings.width, VOCABULARY)
        self.initialise()

    def initialise(self):
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)

    @staticmethod
    def padding_mask(tokens):
        return (tokens != PAD).unsqueeze(1).unsqueeze(2)

    @staticmethod
    def causal_mask(tokens):
        length = tokens.size(1)
        triangle = torch.tril(torch.ones(length, length, device=tokens.device)).bool()
        return triangle.unsqueeze(0).unsqueeze(0)

    def embed(self, tokens):
        return self.positions(self.embedding(tokens) * math.sqrt(self.width))

    def encode(self, source):
        mask = self.padding_mask(source)
        x = self.embed(source)
        for layer in self.encoder:
            x = layer(x, mask)
        return self.encoder_norm(x), mask

    def decode(self, target, memory, memory_mask):
        mask = self.padding_mask(target) & self.causal_mask(target)
        x = self.embed(target)
        for layer in self.decoder:
            x = layer(x, memory, mask, memory_mask)
        return self.head(self.decoder_norm(x))

    def forward(self, source, target):
        memory, memory_mask = self.encode(source)
        return self.decode(target, memory, memory_mask)


def warmup_schedule(warmup):
    def factor(step):
        step = max(step, 1)
        return min(step / warmup, math.sqrt(warmup / step))

    return factor


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def token_accuracy(logits, expected):
    predicted = logits.argmax(dim=-1)
    kept = expected != PAD
    return (predicted[kept] == expected[kept]).float().mean().item()


def train_epoch(model, loader, optimizer, scheduler, criterion, device, clip):
    model.train()
    total, batches = 0.0, 0
    for source, target in loader:
        source, target = source.to(device), target.to(device)
        given, expected = target[:, :-1], target[:, 1:]
        optimizer.zero_grad()
        logits = model(source, given)
        loss = criterion(logits.reshape(-1, VOCABULARY), expected.reshape(-1))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        scheduler.step()
        total += loss.item()
        batches += 1
    return total / max(batches, 1)


@torch.no_grad()
def evaluate(model, loader, criterion, device):
    model.eval()
    losses, accuracies = [], []
    for source, target in loader:
        source, target = source.to(device), target.to(device)
        given, expected = target[:, :-1], target[:, 1:]
        logits = model(source, given)
        loss = criterion(logits.reshape(-1, VOCABULARY), expected.reshape(-1))
        losses.append(loss.item())
        accuracies.append(token_accuracy(logits, expected))
    return sum(losses) / len(losses), sum(accuracies) / len(accuracies)


@torch.no_grad()
def greedy(model, source, longest):
    """Says one token after another, each the likeliest."""
    model.eval()
    memory, memory_mask = model.encode(source)
    said = torch.full((source.size(0), 1), START, dtype=torch.long, device=source.device)
    for _ in range(longest - 1):
        logits = model.decode(said, memory, memory_mask)
        following = logits[:, -1].argmax(dim=-1, keepdim=True)
        said = torch.cat([said, following], dim=1)
        if (following == END).all():
            break
    return said


def save(model, optimizer, epoch, path):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--folder", default="runs")
    arguments = parser.parse_args()
    settings = Settings(epochs=arguments.epochs)
    torch.manual_seed(settings.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    data = DigitsDataset(20000, settings.longest, settings.seed)
    train_set, valid_set = random_split(data, [18000, 2000])
    train_loader = DataLoader(train_set, batch_size=settings.batch_size, shuffle=True)
    valid_loader = DataLoader(valid_set, batch_size=settings.batch_size)

    model = Transformer(settings).to(device)
    print(f"{count_parameters(model):,} parameters")
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, betas=(0.9, 0.98))
    scheduler = LambdaLR(optimizer, warmup_schedule(settings.warmup))
    criterion = nn.CrossEntropyLoss(ignore_index=PAD, label_smoothing=settings.smoothing)

    os.makedirs(arguments.folder, exist_ok=True)
    best = float("inf")
    for epoch in range(1, settings.epochs + 1):
        loss = train_epoch(model, train_loader, optimizer, scheduler, criterion, device, settings.clip)
        valid_loss, accuracy = evaluate(model, valid_loader, criterion, device)
        print(f"epoch {epoch}: loss {loss:.4f}, held out {valid_loss:.4f}, right {accuracy:.2%}")
        if valid_loss < best:
            best = valid_loss
            save(model, optimizer, epoch, os.path.join(arguments.folder, "best.pt"))

    source, target = next(iter(valid_loader))
    said = greedy(model, source[:4].to(device), settings.longest)
    for row, wanted in zip(said.tolist(), target[:4].tolist()):
        print(row, wanted)


if __name__ == "__main__":
    main()
