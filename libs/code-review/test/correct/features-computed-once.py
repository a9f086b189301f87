import torch, torch.nn as nn
from torchvision import models, transforms, datasets
from torch.utils.data import DataLoader
dev = 'cuda' if torch.cuda.is_available() else 'cpu'
tf = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(), transforms.Normalize([.485,.456,.406],[.229,.224,.225])])
ds = datasets.ImageFolder('imgs', tf)
dl = DataLoader(ds, 32)
backbone = models.resnet50(weights=models.ResNet50_Weights.IMAGENET1K_V2)
backbone = nn.Sequential(*list(backbone.children())[:-1]).to(dev).eval()
feats, labs = [], []
with torch.no_grad():
    for x, y in dl:
        f = backbone(x.to(dev)).flatten(1)
        feats.append(f.cpu()); labs.append(y)
feats = torch.cat(feats); labs = torch.cat(labs)
clf = nn.Linear(2048, len(ds.classes))
opt = torch.optim.AdamW(clf.parameters(), lr=1e-3)
for ep in range(50):
    perm = torch.randperm(len(feats))
    for i in range(0, len(feats), 64):
        idx = perm[i:i + 64]
        opt.zero_grad()
        loss = nn.functional.cross_entropy(clf(feats[idx]), labs[idx])
        loss.backward()
        opt.step()
