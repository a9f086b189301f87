def train_epoch(model, dataloader, optimizer, criterion, device):
    model.train()
    running = 0
    for inputs, labels in tqdm(dataloader):
        inputs, labels = inputs.to(device), labels.to(device)
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimizer.step()
        running += loss.item() * inputs.size(0)
    return running / len(dataloader.dataset)


def evaluate(model, dataloader, criterion, device):
    model.eval()
    y_true, y_pred = [], []
    total = 0
    with torch.no_grad():
        for inputs, labels in dataloader:
            inputs, labels = inputs.to(device), labels.to(device)
            outputs = model(inputs)
            total += criterion(outputs, labels)
            y_pred.extend(outputs.argmax(dim=1).cpu().numpy())
            y_true.extend(labels.cpu().numpy())
    return total / len(dataloader), accuracy_score(y_true, y_pred)
