import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision import models

def distil(loader, T=4.0, alpha=0.7, epochs=10):
    teacher = models.resnet34(weights='DEFAULT')
    teacher.fc = nn.Linear(512, 10)
    teacher.load_state_dict(torch.load('teacher.pt'))
    student = models.resnet18(num_classes=10)
    opt = torch.optim.SGD(student.parameters(), lr=0.05, momentum=0.9)
    teacher.eval()
    for e in range(epochs):
        student.train()
        for x, y in loader:
            with torch.no_grad():
                t = teacher(x)
            s = student(x)
            soft = F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction='batchmean') * T * T
            loss = alpha * soft + (1 - alpha) * F.cross_entropy(s, y)
            opt.zero_grad()
            loss.backward()
            opt.step()
    return student
