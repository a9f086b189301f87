import torch
from torch.utils.data import DataLoader
from tqdm import tqdm

import losses
from setup import pick_device, read_arrays


def fit(config, model, batches, optimizer, children, strength):
    model.train()
    total = 0.0
    device = pick_device()
    for index, inputs in enumerate(tqdm(batches)):
        inputs = inputs.to(device)
        optimizer.zero_grad()
        rebuilt = model(inputs)
        if hasattr(config, "sliced") and config.sliced:
            loss, error, penalty = losses.sliced(inputs, model.encode(inputs), rebuilt)
        else:
            loss, error, penalty = losses.sparse(children=children, true=inputs, rebuilt=rebuilt, strength=strength)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / (index + 1), error, penalty, model


def check(model, batches, children, strength):
    model.eval()
    total = 0.0
    device = pick_device()
    with torch.no_grad():
        for index, inputs in enumerate(tqdm(batches)):
            inputs = inputs.to(device)
            loss, _, _ = losses.sparse(children=children, true=inputs, rebuilt=model(inputs), strength=strength)
            total += loss.item()
    return total / (index + 1)


def train(model, config):
    known, held_out = read_arrays(config)
    model = model.to(pick_device())
    children = list(model.children())
    if config.drop:
        batches = DataLoader(known, batch_size=config.size, shuffle=True, drop_last=True)
        others = DataLoader(held_out, batch_size=config.size, drop_last=True)
    else:
        batches = DataLoader(known, batch_size=config.size, shuffle=True)
        others = DataLoader(held_out, batch_size=config.size)
    optimizer = torch.optim.Adam(model.parameters(), lr=config.rate)
    history = []
    for epoch in range(config.epochs):
        last, error, penalty, trained = fit(config, model, batches, optimizer, children, config.strength)
        if config.test:
            figure = check(trained, others, children, config.strength)
        else:
            figure = last
        history.append(figure)
        if (
            config.patience
            != 0
        ) and figure > min(history):
            break
    return model, history
