import torch
import torch.nn as nn
from torchvision.models import resnet34, ResNet34_Weights
class DecoderBlock(nn.Module):
    def __init__(self, i, s, o):
        super().__init__()
        self.up = nn.ConvTranspose2d(i, i // 2, 2, 2)
        self.conv = nn.Sequential(nn.Conv2d(i // 2 + s, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))
    def forward(self, x, skip):
        return self.conv(torch.cat([self.up(x), skip], 1))
class ResUNet(nn.Module):
    def __init__(self, n=1):
        super().__init__()
        r = resnet34(weights=ResNet34_Weights.DEFAULT)
        self.stem = nn.Sequential(r.conv1, r.bn1, r.relu)
        self.pool = r.maxpool
        self.e1, self.e2, self.e3, self.e4 = r.layer1, r.layer2, r.layer3, r.layer4
        self.d4 = DecoderBlock(512, 256, 256)
        self.d3 = DecoderBlock(256, 128, 128)
        self.d2 = DecoderBlock(128, 64, 64)
        self.d1 = DecoderBlock(64, 64, 64)
        self.head = nn.Sequential(nn.Upsample(scale_factor=2, mode='bilinear', align_corners=False), nn.Conv2d(64, n, 1))
    def forward(self, x):
        s = self.stem(x)
        a = self.e1(self.pool(s)); b = self.e2(a); c = self.e3(b); d = self.e4(c)
        return self.head(self.d1(self.d2(self.d3(self.d4(d, c), b), a), s))
model = ResUNet().cuda()
opt = torch.optim.Adam(model.parameters(), 1e-4)
lossf = nn.BCEWithLogitsLoss()
for epoch in range(10):
    for img, mask in train_loader:
        img, mask = img.cuda(), mask.cuda()
        opt.zero_grad()
        out = model(img)
        loss = lossf(out, mask)
        loss.backward()
        opt.step()
