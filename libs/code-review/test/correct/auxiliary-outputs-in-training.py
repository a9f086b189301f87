import torch
import torch.nn as nn
import torchvision
def make(n):
    m = torchvision.models.inception_v3(pretrained=True, aux_logits=True)
    m.AuxLogits.fc = nn.Linear(768, n)
    m.fc = nn.Linear(2048, n)
    return m
net = make(5)
opt = torch.optim.SGD(net.parameters(), 1e-3, momentum=0.9)
crit = nn.CrossEntropyLoss()
for epoch in range(10):
    for phase in ['train', 'val']:
        net.train() if phase == 'train' else net.eval()
        for x, y in loaders[phase]:
            opt.zero_grad()
            with torch.set_grad_enabled(phase == 'train'):
                if phase == 'train':
                    out, aux = net(x)
                    loss = crit(out, y) + 0.4 * crit(aux, y)
                    loss.backward()
                    opt.step()
                else:
                    loss = crit(net(x), y)
