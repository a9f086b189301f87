import { beforeAll, describe, expect, it } from '@jest/globals';
import { openReader } from '@tensormark/frameworks';
import { graphOf } from '../../src/kinds/code/graph.js';

let reader: Awaited<ReturnType<typeof openReader>>;
beforeAll(async () => {
  reader = await openReader();
});

const graphIn = (source: string, input: readonly number[]) =>
  graphOf(reader.read(source, { filename: 'answer.py', inputs: [input] }))[0];

const RESIDUAL = `import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.body = nn.Conv2d(16, 16, 3, padding=1)
        self.fc = nn.Linear(16 * 8 * 8, 10)

    def forward(self, x):
        x = self.stem(x)
        x = x + self.body(x)
        return self.fc(x.flatten(1))
`;

const deep = (blocks: number) => `import torch.nn as nn

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Linear(8, 8)
        self.two = nn.ReLU()

    def forward(self, x):
        return x + self.two(self.one(x))

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(*[Block() for _ in range(${blocks})])

    def forward(self, x):
        return self.blocks(x)
`;

describe('a network as a graph', () => {
  it('each-call-with-its-shape-its-parameters-and-what-it-takes', () => {
    const graph = graphIn(RESIDUAL, [3, 8, 8]);
    expect(graph?.says).toBe('The forward pass for one input in 5 steps.');
    expect(graph?.steps).toEqual([
      { operation: expect.any(String), from: [], shapes: [[1, 3, 8, 8]] },
      { operation: 'Conv2d', name: 'stem', from: [0], shapes: [[1, 16, 8, 8]], parameters: 432, line: 11 },
      { operation: 'Conv2d', name: 'body', from: [1], shapes: [[1, 16, 8, 8]], parameters: 2320, line: 12 },
      { operation: 'add', from: [1, 2], shapes: [[1, 16, 8, 8]], line: 12 },
      { operation: 'flatten', from: [3], shapes: [[1, 1024]], line: 13 },
      { operation: 'Linear', name: 'fc', from: [4], shapes: [[1, 10]], parameters: 10_250, line: 13 },
    ]);
  });

  it('a-layer-that-is-called-twice-has-its-parameters-once', () => {
    const twice = RESIDUAL.replace('x = x + self.body(x)', 'x = self.body(self.body(x))');
    expect(graphIn(twice, [3, 8, 8])?.steps.map(({ parameters }) => parameters ?? 0)).toEqual([
      0, 432, 2320, 0, 0, 10_250,
    ]);
  });

  it('where-there-are-many-a-module-is-told-as-one-step', () => {
    const graph = graphIn(deep(30), [8]);
    expect(graph?.says).toBe('The forward pass for one input in 30 steps, each module told as one.');
    expect(graph?.steps[1]).toEqual({
      operation: 'Block',
      name: 'blocks.0',
      from: [0],
      shapes: [[1, 8]],
      parameters: 72,
    });
    expect(graph?.steps.slice(2).map(({ from }) => from)).toEqual(
      Array.from({ length: 29 }, (_, at) => [at + 1]),
    );
  });

  it('says-where-an-error-is-raised-and-that-what-follows-is-assumed', () => {
    const graph = graphIn(RESIDUAL.replace('16 * 8 * 8', '7'), [3, 8, 8]);
    expect(graph?.says).toBe('The forward pass for one input in 5 steps. Sizes after an error are assumed.');
    expect(graph?.steps.map(({ raises }) => raises)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'RuntimeError',
    ]);
  });

  it('nothing-where-there-is-no-network', () => {
    expect(graphIn('x = 1\n', [3, 8, 8])).toBeUndefined();
  });
});
