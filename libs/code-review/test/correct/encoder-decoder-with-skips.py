import torch
import torch.nn as nn
def block(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.ReLU(inplace=True), nn.Conv2d(o, o, 3, padding=1), nn.ReLU(inplace=True))
class UNet(nn.Module):
    def __init__(self, classes=4):
        super().__init__()
        self.d1, self.d2, self.mid = block(3, 16), block(16, 32), block(32, 64)
        self.up2 = nn.ConvTranspose2d(64, 32, 2, stride=2); self.u2 = block(64, 32)
        self.up1 = nn.ConvTranspose2d(32, 16, 2, stride=2); self.u1 = block(32, 16)
        self.out = nn.Conv2d(16, classes, 1)
        self.pool = nn.MaxPool2d(2)
    def forward(self, x):
        a = self.d1(x); b = self.d2(self.pool(a)); c = self.mid(self.pool(b))
        b = self.u2(torch.cat([self.up2(c), b], 1))
        a = self.u1(torch.cat([self.up1(b), a], 1))
        return self.out(a)
model = UNet()
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
ce = nn.CrossEntropyLoss()
x = torch.randn(4, 3, 32, 32); y = torch.randint(0, 4, (4, 32, 32))
for i in range(10):
    loss = ce(model(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
