import { beforeAll, describe, expect, it } from '@jest/globals';
import { openReader } from '@tensormark/frameworks';
import type { CodeReader, ReadOptions } from '@tensormark/frameworks';

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

const NET = `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.fc = nn.Linear(4, width)
    def forward(self, x):
        return self.fc(x)
`;

function bearings(source: string, options: ReadOptions = { inputs: [[4]] }): string[] {
  return reader.read(source, options).unknowns.map(({ line, bears }) => `${line} ${bears}`);
}

describe('unknowns of the surroundings', () => {
  it('a-plot-is-no-part-of-the-network', () => {
    expect(
      bearings(
        `import matplotlib.pyplot as plt\n${NET}net = Net()\nplt.plot([1, 2])\nplt.show()\nprint(plt.gca())\n`,
      ),
    ).toEqual(['1 surroundings']);
  });

  it('data-that-nobody-has-is-no-part-of-the-network', () => {
    expect(
      bearings(
        `${NET}import pandas as pd\ntable = pd.read_csv('a.csv')\nrows = table.values.sum() / 2\nnet = Net()\n`,
      ),
    ).toEqual(['10 surroundings']);
  });
});

describe('decisions on unknowns', () => {
  const TRAINING = `import pandas as pd
${NET}
from torch.utils.data import DataLoader
loader = DataLoader(pd.read_csv('a.csv'), batch_size=4)
net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
best = None
for epoch in range(3):
    total, correct, losses = 0, 0, []
    for x, y in loader:
        out = net(x)
        loss = nn.functional.cross_entropy(out, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        total += y.size(0)
        correct += (out.argmax(1) == y).sum().item()
    print(f'{epoch}: {correct / total:.3f}', loss.item(), sum(losses) / len(losses))
    if best is None or correct / total > best:
        best = correct / total
        torch.save(net.state_dict(), 'best.pt')
    for group in optimizer.param_groups:
        group['lr'] = 0.1 / total
while True:
    out = net(torch.randn(1, 4))
    if pd.Timestamp.now() > best:
        break
`;

  it('a-training-loop-over-unknown-data-raises-nothing-and-leaves-the-network-alone', () => {
    const reading = reader.read(TRAINING, { inputs: [[4]] });
    expect(reading.errors).toEqual([]);
    expect(new Set(reading.unknowns.map(({ bears }) => bears))).toEqual(new Set(['surroundings']));
    expect(reading.traced).toBe(true);
  });

  it('a-vocabulary-of-unknown-words-has-no-known-size', () => {
    const reading = reader.read(
      `${NET}
words = {}
for line in open('words.txt'):
    for word in line.split():
        if word not in words:
            words[word] = len(words)
net = Net(len(words))
`,
      { inputs: [[4]] },
    );
    expect(reading.unknowns.map(({ bears }) => bears)).toContain('network');
    expect(reading.network?.parameters).toEqual([]);
  });

  it('a-vocabulary-kept-by-an-object-of-the-program', () => {
    const reading = reader.read(
      `${NET}
class Words:
    def __init__(self):
        self.index, self.words = {}, []
    def add(self, word):
        if word not in self.index:
            self.words.append(word)
            self.index[word] = len(self.words) - 1
    def __len__(self):
        return len(self.words)
class Corpus:
    def __init__(self, path):
        self.words = Words()
        self.read(path)
    def read(self, path):
        with open(path) as lines:
            for line in lines:
                for word in line.split():
                    self.words.add(word)
corpus = Corpus('words.txt')
net = Net(len(corpus.words))
`,
      { inputs: [[4]] },
    );
    expect(reading.unknowns.map(({ bears }) => bears)).toContain('network');
    expect(reading.network?.parameters).toEqual([]);
  });

  it('a-width-that-an-unknown-may-have-changed', () => {
    const source = `import settings\n${NET}width = 4\nif settings.WIDE:\n    width = 16\nnet = Net(width)\n`;
    expect(bearings(source)).toEqual(['1 network']);
  });

  it('a-width-that-no-way-changes', () => {
    const source = `import settings\n${NET}width = 4\nif settings.LOUD:\n    print(width)\nnet = Net(width)\n`;
    expect(bearings(source)).toEqual(['1 surroundings']);
  });

  it('freezing-that-hangs-on-an-unknown', () => {
    const source = `import settings\n${NET}net = Net()\nif settings.FREEZE:\n    for p in net.parameters():\n        p.requires_grad = False\n`;
    expect(bearings(source)).toEqual(['1 network']);
  });

  it('a-function-that-may-have-returned-early', () => {
    const source = `import settings\n${NET}
def width():
    if settings.WIDE:
        return 16
    return 4
net = Net(width())
`;
    expect(bearings(source)).toEqual(['1 network']);
  });

  it('keywords-that-are-unknown', () => {
    const source = `import settings\n${NET}net = Net(**settings.OPTIONS)\n`;
    expect(bearings(source)).toEqual(['1 network']);
  });

  it('an-error-on-a-way-that-may-not-be-taken-is-unsure', () => {
    const source = `import settings\n${NET}width = None\nif settings.WIDE:\n    width = 16\nnet = Net(width * 2)\n`;
    const { errors } = reader.read(source, { inputs: [[4]] });
    expect(errors.map(({ type, unsure }) => [type, unsure])).toEqual([['TypeError', true]]);
  });

  it('an-error-that-comes-whatever-is-unknown-is-sure', () => {
    const source = `import settings\n${NET}if settings.WIDE:\n    print(1)\nnet = Net(undefined_name)\n`;
    const { errors } = reader.read(source, { inputs: [[4]] });
    expect(errors.map(({ type, unsure }) => [type, unsure])).toEqual([['NameError', undefined]]);
  });
});

describe('unknowns of the network', () => {
  const config = `import settings\n${NET}`;

  it('a-size-that-is-unknown', () => {
    expect(bearings(`${config}net = Net(settings.WIDTH)\n`)).toEqual(['1 network']);
  });

  it('a-size-that-is-unknown-inside-a-tuple', () => {
    const source = `import settings\nfrom torch import nn\nnet = nn.Sequential(nn.Conv2d(1, 2, (3, settings.K)))\n`;
    expect(bearings(source)).toEqual(['1 network']);
    expect(reader.read(source).errors).toEqual([]);
  });

  it('a-module-of-the-network-that-is-unknown', () => {
    expect(bearings(`${config}net = Net()\nnet.tail = settings.Tail()\n`)).toEqual(['1 network']);
  });

  it('a-base-class-that-is-unknown', () => {
    expect(bearings(`${config}class More(Net, settings.Mixin):\n    pass\nnet = More()\n`)).toEqual([
      '1 network',
    ]);
  });

  it('a-decision-in-the-forward', () => {
    const source = `import settings
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
    def forward(self, x):
        if settings.TWICE:
            x = self.fc(x)
        return self.fc(x)
`;
    expect(bearings(source)).toEqual(['1 network']);
  });

  it('what-the-forward-itself-cannot-know', () => {
    const source = `from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
    def forward(self, x):
        y = self.fc(x)
        return y[y > 0]
`;
    expect(bearings(source)).toEqual(['8 network']);
  });

  it('everything-where-no-network-was-found', () => {
    expect(bearings('import matplotlib.pyplot as plt\nplt.show()\n')).toEqual(['1 network']);
  });
});

describe('programs with data that nobody has', () => {
  const comesTo = (source: string): unknown => {
    const { errors, unknowns, traced } = reader.read(source, { inputs: [[4]] });
    return { errors, bearing: unknowns.filter(({ bears }) => bears === 'network'), traced };
  };
  const STANDS = { errors: [], bearing: [], traced: true };

  it('an-agent-that-plays-until-it-is-done', () => {
    expect(
      comesTo(`import gymnasium
from itertools import count
${NET}
world = gymnasium.make('CartPole-v1')
net = Net()
net.rewards = []
for episode in count(1):
    state, info = world.reset()
    for step in range(10000):
        state, reward, done, *rest = world.step(net(torch.tensor(state)).argmax().item())
        net.rewards.append(reward)
        if done:
            break
    if sum(net.rewards) / len(net.rewards) > world.spec.reward_threshold:
        print(f'solved after {episode} episodes of {step} steps')
        break
`),
    ).toEqual(STANDS);
  });

  it('a-long-loop-over-known-data-is-not-followed-to-its-end', () => {
    expect(
      comesTo(`${NET}
net = Net()
x, y = torch.randn(64, 4), torch.randn(64, 8)
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(10_000_000):
    loss = ((net(x) - y) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print('%.3f after %d' % (loss.item(), epoch))
`),
    ).toEqual(STANDS);
  });

  it('a-generator-of-batches-from-files', () => {
    expect(
      comesTo(`import glob
${NET}
def batches(folder):
    for name in glob.glob(folder + '/*.npy'):
        with open(name, 'rb') as file:
            yield torch.tensor(list(file.read()))
net = Net()
seen = 0
for batch in batches('data'):
    seen += len(batch)
    loss = net(batch).sum()
print(loss.item() / seen)
`),
    ).toEqual(STANDS);
  });

  it('words-counted-and-padded', () => {
    expect(
      comesTo(`from collections import Counter
${NET}
counts = Counter()
with open('corpus.txt', encoding='utf-8') as lines:
    for line in lines:
        counts.update(line.lower().split())
index = {'<pad>': 0}
for word, count in counts.most_common(1000):
    index[word] = len(index)
encoded = [[index.get(word, 0) for word in line.split()] for line in open('corpus.txt')]
longest = max(len(line) for line in encoded)
padded = [line + [index['<pad>']] * (longest - len(line)) for line in encoded]
print(len(index), longest, index['the'], padded[0][:5], 100 * len(padded) / len(index))
net = Net()
`),
    ).toEqual(STANDS);
  });
});
