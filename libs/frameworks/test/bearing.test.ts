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
