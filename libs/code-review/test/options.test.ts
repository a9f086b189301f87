import { describe, expect, it } from '@jest/globals';
import { openReviewer } from '../src/review.js';
import type { ReviewOptions } from '../src/review.js';

const reviewer = openReviewer();

function found(code: string, options: ReviewOptions = {}): string[] {
  return reviewer
    .review(code, options)
    .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ check, line }) => `${line} ${check}`);
}

const NET = `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3)
        self.fc = nn.Linear(8 * 26 * 26, 12)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return self.fc(x.view(x.size(0), -1))
`;

describe('a network that the file never calls', () => {
  it.each<[string, ReviewOptions, string[]]>([
    ['nothing-is-said', {}, []],
    ['the-input-fits', { inputs: [[1, 28, 28]] }, []],
    ['another-height-and-width', { inputs: [[1, 32, 32]] }, ['9 flatten-size']],
    ['more-channels', { inputs: [[3, 28, 28]] }, ['8 shape-conv-channels']],
    ['outputs-as-classes', { inputs: [[1, 28, 28]], classes: 12 }, []],
    ['outputs-other-than-classes', { inputs: [[1, 28, 28]], classes: 10 }, ['9 target-range']],
  ])('%s', (_, options, expected) => {
    expect(found(NET, options)).toEqual(expected);
  });

  it('refuses every input that its first layer takes', () => {
    const code = `
import torch.nn as nn
net = nn.Sequential(
    nn.Linear(20, 64),
    nn.ReLU(),
    nn.Linear(32, 3),
)
`;
    expect(found(code)).toEqual(['6 shape-linear-in']);
  });

  it('takes one of the inputs that its first layer takes', () => {
    const code = `
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(1000, 32)
        self.rnn = nn.GRU(32, 64, batch_first=True)
        self.head = nn.Linear(64, 5)

    def forward(self, text):
        out, state = self.rnn(self.words(text))
        return self.head(state.squeeze(0)), out.permute(0, 2, 1)
`;
    expect(found(code)).toEqual([]);
  });
});

describe('a network for inputs of one length or batch alone', () => {
  it.each([
    [
      'positions-of-fixed-length',
      `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(1000, 32)
        self.places = nn.Parameter(torch.zeros(1, 50, 32))
        self.head = nn.Linear(50 * 32, 4)

    def forward(self, text):
        x = self.words(text) + self.places
        return self.head(x.view(x.size(0), -1))
`,
    ],
    [
      'state-of-fixed-batch',
      `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(1000, 32)
        self.rnn = nn.LSTM(32, 64, batch_first=True)
        self.start = torch.zeros(1, 16, 64)
        self.head = nn.Linear(64, 4)

    def forward(self, text):
        out, state = self.rnn(self.words(text), (self.start, self.start))
        return self.head(out)
`,
    ],
  ])('%s', (_, code) => {
    expect(found(code)).toEqual([]);
  });
});

describe('what only a notebook understands', () => {
  const notebook = (...lines: readonly string[]): string =>
    JSON.stringify({ cells: [{ cell_type: 'code', source: lines.map((line) => `${line}\n`) }] });

  it('keeps what a shell command gives unknown', () => {
    const code = notebook("version = !git describe | grep -o 'v[0-9]*'", 'print(version[0].strip())');
    expect(found(code, { filename: 'work.ipynb' })).toEqual([]);
  });

  it('leaves a string that goes on with % as it is', () => {
    const lines = ['import torch', 'print("of type \\', '%s instead" % torch.Tensor)', ''];
    expect(found(lines.join('\n'))).toEqual([]);
  });

  it('leaves a comparison over several lines as it is', () => {
    expect(found('import torch\nx = (\n    torch.ones(3).sum()\n    != 3\n)\n')).toEqual([]);
  });
});

describe('an answer in words', () => {
  const WORDS =
    '# Answer\n\nThe network has no pooling layers, and will overfit:\nfor example it uses nn.Linear twice.\n\n- the loss is wrong\n';

  it.each(['answer.md', 'answer.txt'])('has-no-program-in-it: %s', (filename) => {
    expect(reviewer.review(WORDS, { filename }).findings).toEqual([]);
  });

  it('is-a-program-all-the-same-where-lines-are-statements', () => {
    expect(
      found('import torch\nimport torch.nn as nn\nnorm = nn.Layernorm(64)\n', { filename: 'answer.txt' }),
    ).toEqual(['3 unknown-attribute']);
  });
});
