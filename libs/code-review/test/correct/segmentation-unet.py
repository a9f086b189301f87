import torch
import torch.nn as nn
import torch.nn.functional as F


class DoubleConv(nn.Module):
    def __init__(self, c_in, c_out, mid=None):
        super().__init__()
        mid = mid or c_out
        self.block = nn.Sequential(
            nn.Conv2d(c_in, mid, 3, padding=1, bias=False),
            nn.BatchNorm2d(mid),
            nn.ReLU(inplace=True),
            nn.Conv2d(mid, c_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(c_out),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.block(x)


class Up(nn.Module):
    def __init__(self, c_in, c_out):
        super().__init__()
        self.up = nn.ConvTranspose2d(c_in, c_in // 2, 2, stride=2)
        self.conv = DoubleConv(c_in, c_out)

    def forward(self, x1, x2):
        x1 = self.up(x1)
        dy, dx = x2.size(2) - x1.size(2), x2.size(3) - x1.size(3)
        x1 = F.pad(x1, [dx // 2, dx - dx // 2, dy // 2, dy - dy // 2])
        return self.conv(torch.cat([x2, x1], dim=1))


class UNet(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        self.inc = DoubleConv(channels, 16)
        self.down1 = nn.Sequential(nn.MaxPool2d(2), DoubleConv(16, 32))
        self.down2 = nn.Sequential(nn.MaxPool2d(2), DoubleConv(32, 64))
        self.up1 = Up(64, 32)
        self.up2 = Up(32, 16)
        self.out = nn.Conv2d(16, classes, 1)

    def forward(self, x):
        x1 = self.inc(x)
        x2 = self.down1(x1)
        x3 = self.down2(x2)
        return self.out(self.up2(self.up1(x3, x2), x1))


def dice(prediction, target, eps=1e-6):
    inter = 2 * (prediction * target).sum(dim=(-1, -2))
    sums = prediction.sum(dim=(-1, -2)) + target.sum(dim=(-1, -2))
    return 1 - ((inter + eps) / (sums + eps)).mean()


net = UNet(3, 2)
optimizer = torch.optim.RMSprop(net.parameters(), lr=1e-5, momentum=0.9)
criterion = nn.CrossEntropyLoss() if net.out.out_channels > 1 else nn.BCEWithLogitsLoss()
for epoch in range(5):
    net.train()
    for i in range(100):
        images, masks = torch.randn(2, 3, 96, 97), torch.randint(0, 2, (2, 96, 97))
        predicted = net(images)
        loss = criterion(predicted, masks)
        loss += dice(F.softmax(predicted, dim=1).float(), F.one_hot(masks, 2).permute(0, 3, 1, 2).float())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
