"""A loop that is handed everything, its scheduler too, and waits for enough examples before each step."""
import torch


def fit(stream, judge_on, model, criterion, optimizer, scheduler, rounds, wanted=64):
    for turn in range(rounds):
        scheduler.step()
        model.train()
        waiting = []
        for example in stream:
            waiting.append(example)
            if len(waiting) < wanted:
                continue
            inputs, targets = (torch.stack(part) for part in zip(*waiting))
            waiting = []
            optimizer.zero_grad()
            criterion(model(inputs), targets).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            total = sum(criterion(model(inputs), targets).item() for inputs, targets in judge_on)
        print(turn, total / len(judge_on))
