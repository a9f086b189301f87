import torch
import torch.nn as nn
from torch.cuda.amp import autocast, GradScaler
from torch.utils.data import DataLoader
from torchvision import datasets, transforms, models

dev = torch.device('cuda')
tf = transforms.Compose([transforms.RandomCrop(32, padding=4), transforms.RandomHorizontalFlip(), transforms.ToTensor(),
                         transforms.Normalize((0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616))])
dl = DataLoader(datasets.CIFAR10('data', train=True, download=True, transform=tf), batch_size=128, shuffle=True, num_workers=4)
net = models.resnet18(num_classes=10).to(dev)
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=30)
crit = nn.CrossEntropyLoss()
scaler = GradScaler()
for epoch in range(30):
    net.train()
    for x, y in dl:
        x, y = x.to(dev), y.to(dev)
        opt.zero_grad()
        with autocast():
            loss = crit(net(x), y)
        scaler.scale(loss).backward()
        scaler.unscale_(opt)
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        scaler.step(opt)
        scaler.update()
    sched.step()
