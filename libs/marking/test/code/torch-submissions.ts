import { torchModule as pt, type Written } from './written.js';

/** A small classifier of 1 × 28 × 28 pictures as it may be written in PyTorch. */
export const TORCH_SUBMISSIONS: readonly Written[] = [
  [
    'functional-everything',
    pt(
      `
self.c1 = nn.Conv2d(1, 8, 3, padding=1, bias=False)
self.b1 = nn.BatchNorm2d(8)
self.c2 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
self.b2 = nn.BatchNorm2d(8)
self.fc = nn.Linear(8*14*14, 10)`,
      `
x = F.relu(self.b1(self.c1(x)))
y = F.relu(self.b2(self.c2(x)))
x = x + y
x = F.max_pool2d(x, 2)
x = F.dropout(x, 0.5, self.training)
return self.fc(x.flatten(1))`,
    ),
    { reads: 1, logits: 1, raw: 1, budget: 1, bias: 1, drop: 1, bn: 1, relu: 1, nopool: 0, convs: 1, res: 1 },
  ],
  [
    'methods-and-torch-functions',
    pt(
      `
self.c1 = nn.Conv2d(1, 8, 3, padding=1)
self.c2 = nn.Conv2d(8, 8, 3, padding=1)
self.fc = nn.Linear(8*14*14, 10)`,
      `
x = self.c1(x).relu()
y = torch.relu_(self.c2(x))
x = torch.add(x, y)
x = torch.max_pool2d(x, 2)
x = torch.dropout(x, 0.5, self.training)
return torch.softmax(self.fc(torch.flatten(x, 1)), 1)`,
    ),
    { reads: 1, logits: 1, raw: 0, drop: 1, bn: 0, relu: 1, nopool: 0, convs: 1, res: 1 },
  ],
  [
    'clamp-as-relu',
    pt(
      `
self.c1 = nn.Conv2d(1, 8, 3, stride=2, padding=1)
self.c2 = nn.Conv2d(8, 8, 3, stride=2, padding=1)
self.fc = nn.Linear(8*7*7, 10)`,
      `
x = self.c1(x).clamp(min=0)
x = torch.maximum(self.c2(x), torch.zeros(()))
return self.fc(torch.flatten(x, 1))`,
    ),
    { reads: 1, logits: 1, raw: 1, nopool: 1, convs: 1, res: 0 },
  ],
  [
    'functional-bn',
    pt(
      `
self.c1 = nn.Conv2d(1, 8, 3, stride=2, padding=1)
self.register_buffer('m', torch.zeros(8)); self.register_buffer('v', torch.ones(8))
self.fc = nn.Linear(8*14*14, 10)`,
      `
x = F.batch_norm(self.c1(x), self.m, self.v, training=self.training)
return self.fc(torch.flatten(F.leaky_relu(x), 1))`,
    ),
    { bn: 1, bias: 0, convs: 0, res: 0, relu: '?' },
  ],
  [
    'two-branches-of-single-layers',
    pt(
      `
self.a = nn.Linear(784, 10)
self.b = nn.Linear(784, 10)`,
      `
x = x.flatten(1)
return self.a(x) + self.b(x)`,
    ),
    { raw: 1, convs: 0, res: '?' },
  ],
  [
    'rnn-by-hand',
    pt(
      `
self.w = nn.Linear(28, 32)
self.u = nn.Linear(32, 32)
self.o = nn.Linear(32, 10)`,
      `
x = x.squeeze(1)
h = torch.zeros(x.size(0), 32)
for t in range(28):
    h = torch.tanh(self.w(x[:, t]) + self.u(h))
return self.o(h)`,
    ),
    { reads: 1, logits: 1, raw: 1, convs: 0, res: '?' },
  ],
  [
    'projection-shortcut',
    pt(
      `
self.body = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8))
self.short = nn.Conv2d(1, 8, 1)
self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10))`,
      `
return self.head(F.relu(self.body(x) + self.short(x)))`,
    ),
    { reads: 1, logits: 1, raw: 1, bias: 1, relu: 1, convs: 1, res: 1, nopool: 1 },
  ],
  [
    'dense-concatenation',
    pt(
      `
self.c1 = nn.Conv2d(1, 8, 3, padding=1)
self.c2 = nn.Conv2d(9, 8, 3, padding=1)
self.fc = nn.Linear(17, 10)`,
      `
y = torch.cat([x, F.relu(self.c1(x))], 1)
y = torch.cat([y, F.relu(self.c2(y))], dim=1)
return self.fc(y.mean((2, 3)))`,
    ),
    { reads: 1, logits: 1, raw: 1, convs: 1, res: 0 },
  ],
  [
    'sum-of-list',
    pt(
      `
self.c0 = nn.Conv2d(1, 8, 3, padding=1)
self.convs = nn.ModuleList([nn.Conv2d(8, 8, 3, padding=1) for _ in range(2)])
self.fc = nn.Linear(8, 10)`,
      `
x = self.c0(x)
for c in self.convs:
    x = sum([x, F.relu(c(x))])
return self.fc(x.mean(dim=[2, 3]))`,
    ),
    { reads: 1, logits: 1, raw: 1, convs: 1, res: 1 },
  ],
  [
    'subtracting',
    pt(
      `
self.c1 = nn.Conv2d(1, 1, 3, padding=1)
self.fc = nn.Linear(784, 10)`,
      `
x = x - self.c1(x)
return self.fc(x.flatten(1))`,
    ),
    { res: '?' },
  ],
  [
    'stack-sum',
    pt(
      `
self.c0 = nn.Conv2d(1, 8, 3, padding=1)
self.c1 = nn.Conv2d(8, 8, 3, padding=1)
self.fc = nn.Linear(8, 10)`,
      `
x = self.c0(x)
x = torch.stack([x, self.c1(x)]).sum(0)
return self.fc(F.adaptive_avg_pool2d(x, 1).squeeze())`,
    ),
    { res: '?', convs: 1 },
  ],
  [
    'softmax-in-training-only',
    pt(
      `
self.fc = nn.Linear(784, 10)`,
      `
x = self.fc(x.flatten(1))
if self.training:
    return x
return F.softmax(x, dim=1)`,
    ),
    { reads: 1, logits: 1, raw: '?', convs: 0 },
  ],
  [
    'logits-and-probabilities',
    pt(
      `
self.fc = nn.Linear(784, 10)`,
      `
x = self.fc(x.flatten(1))
return x, F.softmax(x, dim=1)`,
    ),
    { reads: 1, logits: '?', raw: '?' },
  ],
  [
    'probabilities-and-logits',
    pt(
      `
self.fc = nn.Linear(784, 10)`,
      `
x = self.fc(x.flatten(1))
return F.softmax(x, dim=1), x`,
    ),
    { reads: 1, logits: '?', raw: '?' },
  ],
  [
    'bias-through-dropout',
    pt(
      `
self.c = nn.Conv2d(1, 8, 3)
self.d = nn.Dropout2d(0.2)
self.b = nn.BatchNorm2d(8)
self.f = nn.Linear(8, 10)`,
      `
return self.f(self.b(self.d(self.c(x))).mean((2,3)))`,
    ),
    { drop: 1 },
  ],
  [
    'bias-through-pool',
    pt(
      `
self.c = nn.Conv2d(1, 8, 3)
self.b = nn.BatchNorm2d(8)
self.f = nn.Linear(8, 10)`,
      `
return self.f(self.b(F.max_pool2d(self.c(x), 2)).mean((2,3)))`,
    ),
    { nopool: 0 },
  ],
  [
    'bias-through-view',
    pt(
      `
self.c = nn.Linear(784, 64)
self.b = nn.BatchNorm1d(64)
self.f = nn.Linear(64, 10)`,
      `
x = self.c(x.view(-1, 784)).view(-1, 64)
return self.f(torch.relu(self.b(x)))`,
    ),
    { bias: '?', relu: 1, raw: 1, convs: 0 },
  ],
  [
    'bias-none-lazy',
    pt(
      `
self.c = nn.LazyConv2d(8, 3, bias=False)
self.b = nn.LazyBatchNorm2d()
self.f = nn.LazyLinear(10)`,
      `
return self.f(torch.relu(self.b(self.c(x))).flatten(1))`,
    ),
    { reads: 1, bias: 1, relu: 1, raw: 1, convs: 0, bn: 1 },
  ],
];
