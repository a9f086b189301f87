import { describe, expect, it } from '@jest/globals';
import { isValue, openProgramReader } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';

const reader = openProgramReader();

describe('what is not known of a call and has no part in the shape', () => {
  it.each([
    ['F.dropout(torch.ones(2, 3), options.rate, training=options.training)', [2, 3]],
    ['F.leaky_relu(torch.ones(2, 3), negative_slope=options.slope)', [2, 3]],
    // Whether that is refused hangs on the rate.
    ['F.dropout(torch.ones(2, 3, dtype=torch.int64), options.rate)', undefined],
    ['F.dropout(options.rows, options.rate)', undefined],
    ['torch.zeros(3, 4, device=options.device)', [3, 4]],
    ['torch.arange(5, device=options.device, dtype=torch.float32)', [5]],
    ['torch.rand(2, 3, generator=options.generator, pin_memory=options.pinned)', [2, 3]],
    ['torch.ones_like(torch.zeros(2, 6), device=options.device)', [2, 6]],
    ['torch.tensor([[1, 2]], device=options.device)', [1, 2]],
    ['torch.randint(options.words, (4, 5))', [4, 5]],
    ['torch.randint(0, options.words, (4, 5), device=options.device)', [4, 5]],
    ['torch.randint(high=options.words, size=(3, 2))', [3, 2]],
    ['torch.randint(0, 10, (options.rows, 2))', undefined],
    ['torch.full((2, 3), options.value, dtype=torch.int64)', [2, 3]],
    // A whole number makes whole numbers.
    ['torch.full((2, 3), options.value)', undefined],
    ['torch.full_like(torch.zeros(3, 1), options.value)', [3, 1]],
    ["torch.zeros(3, 4).masked_fill(options.mask, float('-inf'))", [3, 4]],
    ['torch.zeros(3, 4).clamp(min=options.least)', [3, 4]],
    ['torch.as_tensor(options.rows, dtype=torch.float32).view(8, 2)', [8, 2]],
    ['torch.LongTensor(options.rows).reshape((8, 2))', [8, 2]],
    ['torch.LongTensor(options.rows).view(-1, 2)', undefined],
    // Nobody knows of what type.
    ['options.rows.view(8, 2)', undefined],
    // What it is, and whether it learns, does hang on these.
    ['torch.zeros(3, 4, dtype=options.dtype)', undefined],
    ['torch.zeros(3, options.width, device=options.device)', undefined],
  ])('%s has its shape', (made, shape) => {
    const { events } = reader.read(`
import torch
import torch.nn.functional as F
from somewhere import options
print(${made})
`);
    const results = events.flatMap((event) =>
      event.kind === 'call' && isValue(event.result) ? [event.result.shape] : [],
    );
    expect(results.at(-1)).toEqual(shape);
  });

  it('is kept: the device is none that is known', () => {
    const { events } = reader.read(`
import torch
from somewhere import options
table = torch.zeros(3, 4, device=options.device)
`);
    const made = events.find((event) => event.kind === 'call' && event.name === 'zeros');
    expect(made?.kind === 'call' && made.args.named.has('device')).toBe(true);
  });
});

describe('what a call says of the shape of what it makes of something unknown', () => {
  const last = (program: string): readonly number[] | undefined => {
    const { events } = reader.read(program);
    const calls = events.flatMap((event) =>
      event.kind === 'call' && event.name === 'print' ? [event.args.positional[0]] : [],
    );
    const printed = calls.at(-1);
    return isValue(printed) ? printed.shape : undefined;
  };

  const letters = `
import torch
text = open('input.txt').read()
stoi = {ch: i for i, ch in enumerate(sorted(set(text)))}
data = torch.tensor([stoi[c] for c in text], dtype=torch.long)
train = data[:int(0.9 * len(data))]
ix = torch.randint(len(train) - 32, (16,))
`;

  it.each([
    ['data[i:i + 32]', [16, 32]],
    ['data[i + 1:i + 32 + 1]', [16, 32]],
    ['train[i:i + 32]', [16, 32]],
    // One that begins elsewhere may be of any length.
    ['data[i:n + 32]', undefined],
    ['data[:i]', undefined],
    ['data[i:i + 32:2]', undefined],
  ])('windows %s of letters', (window, shape) => {
    expect(last(`${letters}n = len(text)\nprint(torch.stack([${window} for i in ix]))\n`)).toEqual(shape);
  });

  const picture = `
import numpy as np
import torch
from PIL import Image
from torchvision import transforms
tf = transforms.Compose([transforms.Resize((48, 64)), transforms.ToTensor()])
`;

  it.each([
    ["tf(Image.open('a.png').convert('RGB'))", [3, 48, 64]],
    ["tf(Image.open('a.png').convert('L'))", [1, 48, 64]],
    // Nobody knows how many channels the file has, or how large it is.
    ["tf(Image.open('a.png'))", undefined],
    ["transforms.ToTensor()(Image.open('a.png').convert('RGB'))", undefined],
    ["torch.from_numpy(np.array(Image.open('a.png').convert('L').resize((64, 48))))", [48, 64]],
    ["torch.from_numpy(np.array(Image.open('a.png').convert('RGB').resize((64, 48))))", [48, 64, 3]],
    ["torch.from_numpy(np.array(Image.open('a.png').convert('L')))", undefined],
    ["torch.tensor(np.array(Image.open('a.png').convert('L').resize((64, 48))) > 127)", [48, 64]],
    ["torch.from_numpy(np.array(Image.open('a.png').convert('L').resize((64, 48))) / 255)", [48, 64]],
    // Lists put one after the other, of which one may be of any length.
    ["torch.tensor([1] + [int(c) for c in open('a.txt').read()], dtype=torch.long)", undefined],
    ['torch.from_numpy(np.random.randn(8, 3))', [8, 3]],
    ['torch.FloatTensor(np.random.random(size=(8, 3)))', [8, 3]],
    ['torch.tensor(np.random.randint(0, 5, (8,)))', [8]],
    ['torch.tensor(np.random.choice(5, 8))', undefined],
    ['torch.from_numpy(3 * np.random.rand(8, 1) + 2 + 0.1 * np.random.randn(8, 1))', [8, 1]],
    ['torch.from_numpy(np.random.rand(8) + np.random.randn(8, 1))', [8, 8]],
    ['torch.from_numpy(np.random.rand(8) + np.random.randn(7))', undefined],
    ['torch.from_numpy(np.square(np.linspace(0, 1, 8))[:, None] + np.random.randn(8, 1))', [8, 1]],
    ['torch.from_numpy((np.random.randn(8, 1) > 0.5).astype(np.float32))', [8, 1]],
    ['torch.from_numpy(np.random.randn(8, 3) @ np.ones(3))', [8]],
    ['torch.from_numpy(np.random.randn(8, 3).dot(2.0))', [8, 3]],
    ['torch.from_numpy(np.random.randn(8, 3).reshape(-1, 4))', [6, 4]],
    ['torch.from_numpy(np.random.randn(8, 3)[:5, 0])', [5]],
    ['torch.from_numpy(np.random.randn(8, 3)[[0, 1]])', undefined],
  ])('pictures and what is drawn: %s', (made, shape) => {
    expect(last(`${picture}print(${made})\n`)).toEqual(shape);
  });
});

describe('examples that a data set of the program takes of what it holds', () => {
  const WINDOWS = `
import numpy as np
import pandas as pd
import torch
from torch.utils.data import DataLoader, TensorDataset
from sklearn.preprocessing import MinMaxScaler
rows = pd.read_csv('rows.csv')['count'].values.astype('float32').reshape(-1, 1)
rows = MinMaxScaler().fit_transform(rows)
x, y = [], []
for at in range(len(rows) - 12):
    x.append(rows[at:at + 12])
    y.append(rows[at + 12])
`;
  const PAIRS = `
import random
from torchvision import datasets, transforms
from torch.utils.data import DataLoader, Dataset

class Pairs(Dataset):
    def __init__(self, base):
        self.base = base

    def __len__(self):
        return len(self.base)

    def __getitem__(self, at):
        one, kind = self.base[at]
        other, _ = self.base[random.randrange(len(self.base))]
        return one, other, kind
`;
  const batch = (program: string): (readonly number[] | undefined)[] => {
    const { events } = reader.read(`${program}    print(batch)\n`);
    const [first] = events.flatMap((event) =>
      event.kind === 'call' && event.name === 'print' ? [event.args.positional[0]] : [],
    );
    return Array.isArray(first) ? first.map((part: Datum) => (isValue(part) ? part.shape : undefined)) : [];
  };

  it.each([
    [
      'windows that a loop gathers',
      'torch.tensor(np.array(x)), torch.tensor(np.array(y))',
      [
        [8, 12, 1],
        [8, 1],
      ],
    ],
    ['as floats', 'torch.FloatTensor(x), torch.FloatTensor(y)[:, 0]', [[8, 12, 1], [8]]],
    [
      'axes exchanged',
      'torch.tensor(np.array(x)).permute(0, 2, 1), torch.tensor(y)',
      [
        [8, 1, 12],
        [8, 1],
      ],
    ],
  ])('%s', (_, parts, shapes) => {
    expect(batch(`${WINDOWS}for batch in DataLoader(TensorDataset(${parts}), 8):\n`)).toEqual(shapes);
  });

  it.each([
    ['transforms.ToTensor()', [[16, 1, 28, 28], [16, 1, 28, 28], undefined]],
    ['None', [undefined, undefined, undefined]],
  ])('pictures of a published set through %s', (transform, shapes) => {
    const set = `datasets.MNIST('.', train=True, transform=${transform})`;
    expect(batch(`${PAIRS}for batch in DataLoader(Pairs(${set}), 16):\n`)).toEqual(shapes);
  });
});

describe('a tensor of an array that something unknown was written into', () => {
  it('has its shape and type, and elements that nobody knows', () => {
    const { events } = reader.read(`
import numpy as np
import torch
from somewhere import rows
table = np.zeros((2, 3), dtype=np.float32)
for at in range(2):
    table[at] = rows[at]
made = torch.from_numpy(table)
print(made)
print(made.sum().item())
`);
    const printed = events.flatMap((event) =>
      event.kind === 'call' && event.name === 'print' ? [event.args.positional[0]] : [],
    );
    const [made, sum] = printed;
    expect(isValue(made) && [made.shape, made.dtype]).toEqual([[2, 3], 'float32']);
    expect(isValue(sum)).toBe(true);
  });
});

describe('batches that a function of the program puts together', () => {
  const LOADER = `
import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Dataset

class Rows(Dataset):
    def __init__(self, texts):
        self.texts = texts

    def __len__(self):
        return 100

    def __getitem__(self, at):
        return torch.zeros(20), 1, torch.tensor(self.texts[at])
`;
  const printed = (collate: string, size = 16): readonly Datum[] => {
    const { events } = reader.read(`${LOADER}
def train(texts):
    for batch in DataLoader(Rows(texts), ${size}, collate_fn=${collate}):
        print(batch)
`);
    return events.flatMap((event) =>
      event.kind === 'call' && event.name === 'print' ? event.args.positional : [],
    );
  };

  it('have the shape that it gives them', () => {
    const [batch] = printed('lambda rows: torch.stack([row[0] for row in rows])');
    expect(isValue(batch) && [batch.shape, batch.made.kind]).toEqual([[16, 20], 'batch']);
  });

  it('know what their parts were made of', () => {
    const [batch] = printed('lambda rows: (pad_sequence([row[2] for row in rows]), len(rows))');
    expect(Array.isArray(batch) && batch.length).toBe(2);
    const [texts] = Array.isArray(batch) ? batch : [];
    expect(isValue(texts) && [texts.made.kind, texts.shape]).toEqual(['batch', undefined]);
    const [filled] = isValue(texts) ? texts.inputs : [];
    expect(filled?.made.kind === 'operation' && filled.made.name).toBe('pad_sequence');
  });

  it('have no shape where there are too many examples to put together', () => {
    const [batch] = printed('lambda rows: torch.stack([row[0] for row in rows])', 1000);
    expect(isValue(batch) && [batch.shape, batch.made.kind]).toEqual([undefined, 'batch']);
  });
});
