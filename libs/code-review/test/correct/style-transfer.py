import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
import torchvision.models as models

device = torch.device('cpu')
content, style = torch.rand(1, 3, 128, 128), torch.rand(1, 3, 128, 128)


def gram(x):
    a, b, c, d = x.size()
    f = x.view(a * b, c * d)
    return torch.mm(f, f.t()).div(a * b * c * d)


class ContentLoss(nn.Module):
    def __init__(self, target):
        super().__init__()
        self.target = target.detach()

    def forward(self, x):
        self.loss = F.mse_loss(x, self.target)
        return x


class StyleLoss(nn.Module):
    def __init__(self, target):
        super().__init__()
        self.target = gram(target).detach()

    def forward(self, x):
        self.loss = F.mse_loss(gram(x), self.target)
        return x


cnn = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU()).eval()
model = nn.Sequential()
contents, styles = [], []
for i, layer in enumerate(cnn.children()):
    model.add_module(f'layer_{i}', layer)
    if isinstance(layer, nn.Conv2d):
        loss = ContentLoss(model(content).detach())
        model.add_module(f'content_{i}', loss)
        contents.append(loss)
        loss = StyleLoss(model(style).detach())
        model.add_module(f'style_{i}', loss)
        styles.append(loss)
image = content.clone()
image.requires_grad_(True)
model.eval()
model.requires_grad_(False)
optimizer = optim.LBFGS([image])
run = [0]
while run[0] <= 300:

    def closure():
        with torch.no_grad():
            image.clamp_(0, 1)
        optimizer.zero_grad()
        model(image)
        style_score, content_score = 0, 0
        for s in styles:
            style_score += s.loss
        for c in contents:
            content_score += c.loss
        loss = style_score * 1e6 + content_score
        loss.backward()
        run[0] += 1
        return style_score + content_score

    optimizer.step(closure)
