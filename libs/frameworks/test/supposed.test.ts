import { describe, expect, test } from '@jest/globals';
import { openProgramReader } from '@tensormark/frameworks';
import type { Supposed } from '@tensormark/frameworks';

const reader = openProgramReader();

function supposedOf(source: string): readonly Supposed[] {
  const runs = reader.read(source).supposed.flat();
  return [...runs, ...(runs[0]?.again?.() ?? [])];
}

const TORCH = 'import torch\nimport torch.nn as nn\n';

const TAGGER = (width: string): string => `${TORCH}
class Tagger(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_dim, num_tags):
        super().__init__()
        self.words = nn.Embedding(vocab_size, embedding_dim)
        self.rnn = nn.LSTM(embedding_dim, hidden_dim, batch_first=True, bidirectional=True)
        self.tags = nn.Linear(${width}, num_tags)

    def forward(self, ids):
        states, _ = self.rnn(self.words(ids))
        return self.tags(states)
`;

describe('networks of which the program shows no sizes', () => {
  test('made-with-sizes-apart-and-called-on-indices', () => {
    const runs = supposedOf(TAGGER('2 * hidden_dim'));
    expect(runs.length).toBeGreaterThan(1);
    for (const { sizes, isWhole } of runs) {
      expect(isWhole).toBe(true);
      expect([...(sizes?.keys() ?? [])]).toEqual(['vocab_size', 'embedding_dim', 'hidden_dim', 'num_tags']);
      expect(new Set(sizes?.values()).size).toBe(4);
    }
  });

  test('refused-whatever-the-sizes-are', () => {
    const runs = supposedOf(TAGGER('hidden_dim'));
    expect(runs.map(({ isWhole, alike }) => [isWhole, alike])).toEqual(
      Array.from({ length: 4 }, () => [false, undefined]),
    );
    for (const { events } of runs)
      expect(events.at(-1)).toMatchObject({
        kind: 'error',
        message: expect.stringMatching(/^mat1 and mat2/),
      });
  });

  test('refused-where-two-sizes-differ', () => {
    const apart = supposedOf(TAGGER('2 * embedding_dim')).filter(({ alike }) => alike !== undefined);
    expect(apart.map(({ alike }) => alike)).toEqual([
      ['embedding_dim', 'hidden_dim'],
      ['embedding_dim', 'hidden_dim'],
    ]);
  });

  test('not-refused-where-one-size-may-be-twice-another', () => {
    expect(
      supposedOf(`${TORCH}
class Merge(nn.Module):
    def __init__(self, encoder_dim, decoder_dim):
        super().__init__()
        self.encoder = nn.GRU(encoder_dim, encoder_dim, batch_first=True, bidirectional=True)
        self.out = nn.Linear(decoder_dim, decoder_dim)

    def forward(self, x):
        states, _ = self.encoder(x)
        return self.out(states)
`),
    ).toEqual([]);
  });

  test('state-of-an-lstm-is-two-tensors', () => {
    const runs = supposedOf(`${TORCH}
class Letters(nn.Module):
    def __init__(self, n_letters, hidden_size):
        super().__init__()
        self.rnn = nn.LSTM(n_letters, hidden_size, num_layers=2)
        self.out = nn.Linear(hidden_size, n_letters)

    def forward(self, letters, state):
        given, state = self.rnn(letters, state)
        return self.out(given), state
`);
    expect(runs.length).toBeGreaterThan(1);
    expect(runs.every(({ isWhole }) => isWhole)).toBe(true);
  });

  test('settings-of-a-configuration-that-nobody-knows', () => {
    const runs = supposedOf(`${TORCH}
class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.heads = config.n_heads
        self.qkv = nn.Linear(config.hidden_size, 3 * config.hidden_size)

    def forward(self, x):
        b, t, c = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        return q.view(b, t, self.heads, c // self.heads)
`);
    expect(runs.length).toBeGreaterThan(1);
    expect(runs.every(({ input }) => input.length === 3)).toBe(true);
  });

  test('a-list-of-sizes-has-sizes-that-differ', () => {
    const runs = supposedOf(`${TORCH}
class Stack(nn.Module):
    def __init__(self, in_features, hidden_dims):
        super().__init__()
        layers, before = [], in_features
        for size in hidden_dims:
            layers.append(nn.Linear(in_features, size))
            before = size
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)
`);
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.every(({ isWhole }) => !isWhole)).toBe(true);
  });

  test.each([
    ['seen-through-a-view-to-rows', 'x', 'self.one(x.view(x.size(0), -1))', [[6, 64]]],
    ['seen-through-a-permutation', 'x', 'self.maps(x.permute(0, 2, 1))', [[6, 48, 64]]],
    ['seen-through-a-dimension-put-in', 'x', 'self.one(x.squeeze(1))', [[6, 1, 64]]],
    ['seen-through-what-a-number-picks', 'x', 'self.one(x[:, -1, :])', [[6, 12, 64]]],
    ['a-pair', 'pair', 'self.two(pair[0]) + self.two(pair[1])', [[6, 64]]],
    ['a-batch-by-names', 'batch', "self.two(batch['image'])", [[6, 64]]],
    ['a-batch-of-attributes', 'batch', 'self.two(batch.features)', [[6, 64]]],
    ['two-that-are-joined', 'left, right', 'self.one(torch.cat([left, right], dim=1))', [[6, 32]]],
  ])('%s', (_, given, body, shapes) => {
    const runs = supposedOf(`${TORCH}
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.one = nn.Linear(width, 3)
        self.two = nn.Linear(width, 5)
        self.maps = nn.Conv1d(width, 7, 3)

    def forward(self, ${given}):
        return ${body}
`);
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.every(({ isWhole }) => isWhole)).toBe(true);
    expect(runs.map(({ input }) => input)).toEqual(expect.arrayContaining(shapes));
  });

  test('modules-that-stand-for-others-are-none-of-the-program', () => {
    const { modules, events } = reader.read(TAGGER('2 * hidden_dim'));
    expect(modules.filter(({ type }) => type === 'Tagger')).toHaveLength(1);
    expect(events.filter(({ kind }) => kind === 'error')).toEqual([]);
  });
});

describe('what a network is given, told from its layers backwards', () => {
  test('a-dimension-kept-by-a-maximum-and-lost-in-a-view', () => {
    const runs = supposedOf(`${TORCH}
class Points(nn.Module):
    def __init__(self, wide):
        super().__init__()
        self.each, self.all = nn.Conv1d(3, 512, 1), nn.Linear(512, wide)

    def forward(self, x):
        x = self.each(x.transpose(1, 2))
        x = torch.max(x, 2, keepdim=True)[0]
        return self.all(x.view(-1, 512))
`);
    expect(runs.every(({ isWhole }) => isWhole)).toBe(true);
  });
});
