import { torchModule as pt, type Written } from './written.js';

/** The same with other ends, joins and repetitions. */
export const TORCH_ENDINGS: readonly Written[] = [
  [
    'shared-conv-used-three-times',
    pt(
      `
self.c0 = nn.Conv2d(1, 8, 3, padding=1)
self.c = nn.Conv2d(8, 8, 3, padding=1)
self.f = nn.Linear(8, 10)`,
      `
x = self.c0(x)
for _ in range(5):
    x = torch.relu(self.c(x))
return self.f(x.mean((2,3)))`,
    ),
    { convs: 1, res: 0 },
  ],
  [
    'transformer-layer',
    pt(
      `
self.emb = nn.Linear(28, 32)
self.enc = nn.TransformerEncoder(nn.TransformerEncoderLayer(32, 4, 64, batch_first=True), 2)
self.f = nn.Linear(32, 10)`,
      `
x = self.emb(x.squeeze(1))
return self.f(self.enc(x).mean(1))`,
    ),
    { reads: 1, logits: 1, raw: 1, drop: 1, convs: 0, relu: 1, res: 1 },
  ],
  [
    'sequential-with-functional-names',
    `from torch import nn
net = nn.Sequential(
  nn.Conv2d(1, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU(inplace=True),
  nn.Conv2d(8, 16, 3, stride=2), nn.ReLU6(), nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.AlphaDropout(.1), nn.Linear(16, 10), nn.LogSoftmax(dim=1))`,
    { reads: 1, logits: 1, raw: 0, bias: 1, bn: 1, relu: 1, convs: 1, res: 0, nopool: 1 },
  ],
  [
    'unused-layers-made',
    pt(
      `
self.c1 = nn.Conv2d(1, 4, 3, padding=1)
self.c2 = nn.Conv2d(4, 4, 3, padding=1)
self.pool = nn.MaxPool2d(2)
self.bn = nn.BatchNorm2d(4)
self.drop = nn.Dropout()
self.fc = nn.Linear(4*784, 10)`,
      `
x = F.elu(self.c2(F.elu(self.c1(x))))
return self.fc(x.view(x.size(0), -1))`,
    ),
    { reads: 1, logits: 1, raw: 1, drop: 0, bn: 0, relu: 0, nopool: 1, convs: 1, res: 0 },
  ],
  [
    'scale-and-bias-only-add',
    pt(
      `
self.fc = nn.Linear(784, 10)
self.b = nn.Parameter(torch.zeros(10))`,
      `
return self.fc(x.flatten(1)) + self.b`,
    ),
    { reads: 1, logits: 1, raw: 1, res: 0 },
  ],
  [
    'squeeze-excite-multiply',
    pt(
      `
self.c = nn.Conv2d(1, 8, 3)
self.s = nn.Linear(8, 8)
self.fc = nn.Linear(8, 10)`,
      `
x = self.c(x)
w = torch.sigmoid(self.s(x.mean((2,3))))[:, :, None, None]
return self.fc((x * w).mean((2,3)))`,
    ),
    { reads: 1, logits: 1, raw: 1, res: 0 },
  ],
  [
    'highway',
    pt(
      `
self.inp = nn.Linear(784, 64)
self.h = nn.Linear(64, 64); self.t = nn.Linear(64, 64)
self.fc = nn.Linear(64, 10)`,
      `
x = self.inp(x.flatten(1))
t = torch.sigmoid(self.t(x))
x = t * torch.relu(self.h(x)) + (1 - t) * x
return self.fc(x)`,
    ),
    { reads: 1, logits: 1, raw: 1, res: '?' },
  ],
  [
    'loss-scaled-logits',
    pt(
      `
self.fc = nn.Linear(784, 10)`,
      `
return self.fc(x.flatten(1)) / 2.0`,
    ),
    { raw: 1 },
  ],
  [
    'sigmoid-method',
    pt(
      `
self.fc = nn.Linear(784, 10)`,
      `
return self.fc(x.flatten(1)).sigmoid()`,
    ),
    { raw: 0 },
  ],
  [
    'exp-normalised',
    pt(
      `
self.fc = nn.Linear(784, 10)`,
      `
e = self.fc(x.flatten(1)).exp()
return e / e.sum(1, keepdim=True)`,
    ),
    { raw: '?' },
  ],
  [
    'averaged-probabilities',
    pt(
      `
self.a = nn.Linear(784, 10); self.b = nn.Linear(784, 10)`,
      `
x = x.flatten(1)
return (torch.softmax(self.a(x), 1) + torch.softmax(self.b(x), 1)) / 2`,
    ),
    { reads: 1, logits: 1, raw: 0 },
  ],
  [
    'convolution-with-weights-of-its-own',
    pt(
      `
self.w1 = nn.Parameter(torch.randn(8, 1, 3, 3)); self.w2 = nn.Parameter(torch.randn(8, 8, 3, 3))
self.fc = nn.Linear(8, 10)`,
      `
x = F.relu(F.conv2d(x, self.w1))
x = F.relu(F.conv2d(x, self.w2))
x = F.relu(F.conv2d(x, self.w2))
return self.fc(x.mean((2, 3)))`,
    ),
    { reads: 1, logits: 1, convs: 1, relu: 1, res: 0 },
  ],
  [
    'identity-block-with-a-conv-of-another-size-as-shortcut',
    pt(
      `
self.a = nn.Conv2d(1, 8, 3, padding=1); self.b = nn.Conv2d(1, 8, 5, padding=2)
self.fc = nn.Linear(8, 10)`,
      `
x = self.a(x) + self.b(x)
return self.fc(x.mean((2, 3)))`,
    ),
    { res: '?', convs: 1 },
  ],
  [
    'mask-added-to-scores',
    pt(
      `
self.q = nn.Linear(28, 28); self.fc = nn.Linear(28, 10)`,
      `
x = x.squeeze(1)
s = self.q(x) @ x.transpose(1, 2)
s = s + (x.sum(-1, keepdim=True) == 0).float() * -1e9
return self.fc((s.softmax(-1) @ x).mean(1))`,
    ),
    { res: '?', reads: 1, logits: 1, raw: 1 },
  ],
  [
    'pytorch-of-a-wrong-shape',
    pt(
      `
self.c = nn.Conv2d(3, 8, 3); self.fc = nn.Linear(8, 10)`,
      `
return self.fc(self.c(x).mean((2, 3)))`,
    ),
    { reads: 0 },
  ],
];
