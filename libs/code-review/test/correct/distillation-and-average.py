import copy

import torch
import torch.nn as nn
import torch.nn.functional as F

teacher = nn.Sequential(nn.Linear(32, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, 10))
student = nn.Sequential(nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 10))
teacher.load_state_dict(torch.load('teacher.pt'))
teacher.eval()
average = copy.deepcopy(student)
for p in average.parameters():
    p.requires_grad_(False)
optimizer = torch.optim.SGD(student.parameters(), lr=0.1, momentum=0.9, nesterov=True)
T = 4.0
for step in range(1000):
    x, y = torch.randn(64, 32), torch.randint(0, 10, (64,))
    with torch.no_grad():
        soft = F.softmax(teacher(x) / T, dim=1)
    logits = student(x)
    loss = F.kl_div(F.log_softmax(logits / T, dim=1), soft, reduction='batchmean') * T * T
    loss = loss + 0.1 * F.cross_entropy(logits, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        for a, s in zip(average.parameters(), student.parameters()):
            a.mul_(0.99).add_(s, alpha=0.01)
