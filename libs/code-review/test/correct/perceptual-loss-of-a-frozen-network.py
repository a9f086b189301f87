import torch, torch.nn as nn
from torchvision.models import vgg19
class PerceptualLoss(nn.Module):
    def __init__(self, layers=(3, 8, 17, 26)):
        super().__init__()
        vgg = vgg19(pretrained=True).features
        self.slices = nn.ModuleList()
        prev = 0
        for l in layers:
            self.slices.append(nn.Sequential(*list(vgg.children())[prev:l + 1]))
            prev = l + 1
        for p in self.parameters():
            p.requires_grad = False
        self.register_buffer('mean', torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1))
        self.register_buffer('std', torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1))
    def forward(self, x, y):
        x, y = (x - self.mean) / self.std, (y - self.mean) / self.std
        loss = 0.0
        for s in self.slices:
            x, y = s(x), s(y)
            loss = loss + nn.functional.l1_loss(x, y.detach())
        return loss
net = nn.Sequential(nn.Conv2d(3, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, 12, 3, padding=1), nn.PixelShuffle(2)).cuda()
perc = PerceptualLoss().cuda().eval()
opt = torch.optim.Adam(net.parameters(), 1e-4)
for lr_img, hr_img in dataloader:
    lr_img, hr_img = lr_img.cuda(), hr_img.cuda()
    sr = net(lr_img)
    loss = nn.functional.l1_loss(sr, hr_img) + 0.1 * perc(sr, hr_img)
    opt.zero_grad()
    loss.backward()
    opt.step()
