import { beforeAll, describe, expect, it } from '@jest/globals';
import { countParameters } from '@tensormark/network';
import { moduleRows, openReader } from '@tensormark/frameworks';
import type { CodeReader, ModelReading, ReadOptions } from '@tensormark/frameworks';

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

const IMPORTS = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

function read(body: string, options: ReadOptions = {}): ModelReading {
  return reader.read(IMPORTS + body, options);
}

function parametersOf({ network }: ModelReading): number | undefined {
  return network && Number(countParameters(network).parameters);
}

function errorsOf({ errors }: ModelReading): string[] {
  return errors.map(({ type, message, place, during }) => `${during} ${place.line}: ${type}: ${message}`);
}

describe('choosing the network', () => {
  it('a-class-that-needs-arguments-is-taken-as-main-makes-it', () => {
    const reading = read(
      `
class Net(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.Sequential(*[nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
    def forward(self, x):
        return self.layers(x)

def main():
    model = Net([4, 8, 2])
    print(model(torch.zeros(1, 4)).shape)

if __name__ == '__main__':
    main()
`,
      { inputs: [[4]] },
    );
    expect(reading.chosen).toMatchObject({ kind: 'instance', name: 'Net' });
    expect(parametersOf(reading)).toBe(4 * 8 + 8 + 8 * 2 + 2);
    expect(reading.unchosen).toBeUndefined();
  });

  const TWO = `
class Part(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layer = nn.Linear(width, width)
    def forward(self, x):
        return self.layer(x)

class Whole(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.part = Part(width)
    def forward(self, x):
        return self.part(x)
`;

  it('takes-the-last-class-that-no-other-uses', () => {
    const reading = read(TWO);
    expect(reading.chosen).toEqual({ kind: 'class', name: 'Whole', line: 12 });
    expect(parametersOf(reading)).toBe(20);
    expect(reading.candidates).toEqual([
      {
        kind: 'class',
        name: 'Part',
        line: 5,
        usedBy: ['Whole'],
        needs: ['width'],
      },
      { kind: 'class', name: 'Whole', line: 12, usedBy: [], needs: [] },
    ]);
  });

  it('takes-an-instance-before-a-class', () => {
    const reading = read(`${TWO}\nnet = Whole(8)\nloss = nn.MSELoss()\n`);
    expect(reading.chosen).toEqual({ kind: 'instance', name: 'net', type: 'Whole', line: 19 });
    expect(parametersOf(reading)).toBe(72);
  });

  it('takes-the-outermost-of-several-instances', () => {
    const reading = read(
      'encoder = nn.Sequential(nn.Linear(2, 3))\nmodel = nn.Sequential(encoder, nn.Linear(3, 1))\n',
    );
    expect(reading.chosen).toMatchObject({ kind: 'instance', name: 'model' });
    expect(parametersOf(reading)).toBe(13);
  });

  it('follows-an-explicit-call', () => {
    expect(parametersOf(read(TWO, { call: 'Part(width=2)' }))).toBe(6);
  });

  it('follows-a-class-name', () => {
    expect(read(TWO, { className: 'Whole' }).chosen).toMatchObject({ name: 'Whole' });
    expect(read(TWO, { className: 'Hole' }).unchosen).toBe(
      'there is no class Hole derived from nn.Module; there is Part, Whole',
    );
  });

  it('says-what-a-constructor-needs', () => {
    const reading = read(
      'class Net(nn.Module):\n    def __init__(self, a, b, c=1):\n        super().__init__()\n',
    );
    expect(reading.network).toBeUndefined();
    expect(reading.unchosen).toBe(
      'Net (line 4) cannot be made without being told how: its constructor needs a, b; give a call such as Net(...)',
    );
  });

  it('says-that-there-is-none', () => {
    expect(read('x = 1\n').unchosen).toBe(
      'there is no class derived from nn.Module or keras.Model, and no instance of one',
    );
  });
});

describe('finding the inputs', () => {
  const NET = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
    def forward(self, x):
        return self.conv(x)
`;

  it('counts-only-where-nothing-says-what-goes-in', () => {
    const reading = read(NET);
    expect(reading).toMatchObject({ traced: false, inputs: { source: 'none', types: [] } });
    expect(parametersOf(reading)).toBe(112);
  });

  it('takes-a-call-of-the-network-in-the-file', () => {
    const reading = read(`${NET}\nnet = Net()\nprint(net(torch.randn(2, 3, 9, 9)).shape)\n`);
    expect(reading.inputs).toEqual({ source: 'called', types: [{ shape: [2, 3, 9, 9], dtype: 'float32' }] });
    expect(reading.outputs).toMatchObject({ shape: [2, 4, 7, 7] });
    expect(reading.printed).toBe('torch.Size([2, 4, 7, 7])\n');
  });

  it('takes-a-random-tensor-of-the-file', () => {
    const reading = read(`${NET}\nx = torch.rand(1, 3, 8, 8)\n`);
    expect(reading.inputs).toMatchObject({ source: 'made', types: [{ shape: [1, 3, 8, 8] }] });
  });

  it('takes-the-shape-that-a-summary-asks-for', () => {
    const reading = read(`${NET}\nfrom torchsummary import summary\nsummary(Net(), (3, 6, 6))\n`);
    expect(reading.inputs).toMatchObject({ source: 'made', types: [{ shape: [1, 3, 6, 6] }] });
  });

  it('gives-indices-to-an-embedding', () => {
    const reading = read('net = nn.Sequential(nn.Embedding(10, 4), nn.Linear(4, 2))\n', {
      inputs: [[7]],
      batch: 3,
    });
    expect(reading.inputs.types).toEqual([{ shape: [3, 7], dtype: 'int64' }]);
    expect(reading.outputs).toMatchObject({ shape: [3, 7, 2] });
  });

  it('gives-each-of-two-inputs-what-it-takes', () => {
    const reading = read(
      `
class Mixed(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(5, 4)
        self.word = nn.Embedding(9, 4)
    def forward(self, x, w):
        return self.dense(x) + self.word(w)
`,
      { inputs: [[5], []] },
    );
    expect(errorsOf(reading)).toEqual([]);
    expect(reading.inputs.types.map(({ dtype }) => dtype)).toEqual(['float32', 'int64']);
  });
});

describe('going on after errors', () => {
  it('finds-every-mismatch-on-the-way', () => {
    const reading = read(
      `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 32, 3)
        self.fc1 = nn.Linear(100, 50)
        self.fc2 = nn.Linear(60, 10)
    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.conv2(x))
        x = x.flatten(1)
        x = self.fc1(x)
        return self.fc2(x)
`,
      { inputs: [[3, 32, 32]] },
    );
    expect(errorsOf(reading)).toEqual([
      'forward 14: RuntimeError: Given groups=1, weight of size [32, 8, 3, 3], expected input[1, 16, 32, 32] to have 8 channels, but got 16 channels instead',
      'forward 16: RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x28800 and 100x50)',
      'forward 17: RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x50 and 60x10)',
    ]);
    expect(reading.outputs).toMatchObject({ shape: [1, 10] });
    expect(reading.traced).toBe(true);
  });

  it('names-a-missing-attribute-and-reads-what-follows', () => {
    const reading = read(
      `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 4)
        self.fc2 = nn.Linear(5, 2)
    def forward(self, x):
        x = self.relu(self.fc1(x))
        return self.fc3(self.fc2(x))
`,
      { inputs: [[8]] },
    );
    expect(errorsOf(reading)).toEqual([
      "forward 11: AttributeError: 'Net' object has no attribute 'relu'",
      "forward 12: AttributeError: 'Net' object has no attribute 'fc3'",
    ]);
  });

  it('takes-the-output-of-a-recurrent-layer-where-its-tuple-was-handed-on', () => {
    const reading = read(
      `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(6, 12, batch_first=True)
        self.fc = nn.Linear(12, 3)
    def forward(self, x):
        return self.fc(self.rnn(x))
`,
      { inputs: [[5, 6]] },
    );
    expect(errorsOf(reading)).toEqual([
      "forward 11: TypeError: linear(): argument 'input' (position 1) must be Tensor, not tuple",
    ]);
    expect(reading.outputs).toMatchObject({ shape: [1, 5, 3] });
  });

  it('reports-a-missing-super-call', () => {
    const reading = read(
      'class Net(nn.Module):\n    def __init__(self):\n        self.fc = nn.Linear(1, 1)\n',
    );
    expect(errorsOf(reading)).toEqual([
      'constructor 6: AttributeError: cannot assign module before Module.__init__() call',
    ]);
    expect(reading.unchosen).toContain('it could not be made: AttributeError');
  });

  it('reports-a-wrong-argument-of-a-constructor', () => {
    const reading = read('net = nn.Sequential(nn.Conv2d(3, 8, kernel=3))\n');
    expect(errorsOf(reading)).toEqual([
      "module 4: TypeError: Conv2d.__init__() got an unexpected keyword argument 'kernel'",
    ]);
  });

  it('reads-on-past-a-syntax-error', () => {
    const reading = read('x = (1,\n\nnet = nn.Linear(3, 4)\n');
    expect(reading.syntaxErrors.length).toBeGreaterThan(0);
    expect(parametersOf(reading)).toBe(16);
  });

  it('ends-an-endless-forward-by-its-budget', () => {
    const reading = read(
      'class Net(nn.Module):\n    def forward(self, x):\n        while True:\n            x = x + 1\n',
      { inputs: [[3]], budgets: { steps: 20_000 } },
    );
    expect(reading.traced).toBe(false);
    expect(reading.errors[0]).toMatchObject({ type: 'BudgetError', during: 'forward' });
  });
});

describe('what assignments to layers mean', () => {
  const BACKBONE =
    'backbone = nn.Sequential(nn.Conv2d(3, 8, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 1000))\n';

  it('replaced-head', () => {
    const reading = read(`${BACKBONE}backbone[3] = nn.Linear(backbone[3].in_features, 5)\n`, {
      inputs: [[3, 9, 9]],
    });
    expect(reading.outputs).toMatchObject({ shape: [1, 5] });
    expect(parametersOf(reading)).toBe(3 * 8 * 9 + 8 + 45);
  });

  it('assigning-out-features-changes-nothing', () => {
    const reading = read(`${BACKBONE}backbone[3].out_features = 5\n`, { inputs: [[3, 9, 9]] });
    expect(reading.outputs).toMatchObject({ shape: [1, 1000] });
  });

  it('assigning-a-stride-changes-the-layer', () => {
    const reading = read('conv = nn.Conv2d(1, 1, 3)\nconv.stride = (2, 2)\nnet = nn.Sequential(conv)\n', {
      inputs: [[1, 9, 9]],
    });
    expect(reading.outputs).toMatchObject({ shape: [1, 1, 4, 4] });
  });

  it('frozen-parameters-are-not-trainable', () => {
    const { network } = read(`${BACKBONE}for p in backbone[0].parameters():\n    p.requires_grad = False\n`);
    expect(network && Number(countParameters(network).trainable)).toBe(9000);
  });

  it('layers-in-a-plain-list-are-no-parameters', () => {
    const reading = read(
      'class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]\n    def forward(self, x):\n        for layer in self.layers:\n            x = layer(x)\n        return x\n',
      { inputs: [[2]] },
    );
    expect(parametersOf(reading)).toBe(0);
    expect(reading.outputs).toMatchObject({ shape: [1, 2] });
  });

  it('tied-weights-count-once', () => {
    const reading = read(
      'class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(4, 4, bias=False)\n        self.b = nn.Linear(4, 4, bias=False)\n        self.b.weight = self.a.weight\n',
    );
    expect(parametersOf(reading)).toBe(16);
    expect(reading.network?.parameters.map(({ names }) => names)).toEqual([['a.weight', 'b.weight']]);
  });

  it('weight-norm-puts-two-parameters-for-one', () => {
    const reading = read('net = nn.utils.weight_norm(nn.Linear(3, 4))\n', { inputs: [[3]] });
    expect(reading.network?.parameters.map(({ names }) => names[0])).toEqual([
      'bias',
      'weight_g',
      'weight_v',
    ]);
    expect(parametersOf(reading)).toBe(4 + 4 + 12);
  });

  it('a-lazy-layer-gets-its-shape-at-its-first-call', () => {
    const reading = read('net = nn.Sequential(nn.LazyLinear(5), nn.ReLU(), nn.LazyLinear(2))\n', {
      inputs: [[7]],
    });
    expect(errorsOf(reading)).toEqual([]);
    expect(parametersOf(reading)).toBe(7 * 5 + 5 + 12);
  });
});

describe('fragments', () => {
  it('usual-names-need-no-import', () => {
    const reading = reader.read('net = nn.Sequential(nn.Linear(3, 4), nn.ReLU())\n');
    expect(parametersOf(reading)).toBe(16);
    expect(reading.notes.map(({ message }) => message)).toContain(
      'nn is not imported; it is taken for torch.nn',
    );
  });

  it('a-library-nobody-knows-is-an-unknown-with-its-line', () => {
    const reading = read('import pretrainedmodels\nnet = pretrainedmodels.create_model("resnet18")\n');
    expect(reading.unknowns.map(({ line, what }) => `${line}: ${what}`)).toEqual([
      '4: the module pretrainedmodels is not known here',
    ]);
    expect(reading.errors).toEqual([]);
  });
});

describe('rows of a table of layers', () => {
  it('give-type-depth-outputs-counts-and-line', () => {
    const reading = read(
      `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU())
        self.fc = nn.Linear(8, 3)
    def forward(self, x):
        return self.fc(self.body(x).flatten(1))
`,
      { inputs: [[1, 4, 4]] },
    );
    const rows = moduleRows(reading).map(
      ({ path, type, depth, outputs, ownParameters, parameters, multiplyAccumulates, line }) => [
        path,
        type,
        depth,
        outputs,
        Number(ownParameters),
        Number(parameters),
        Number(multiplyAccumulates),
        line,
      ],
    );
    expect(rows).toEqual([
      ['', 'Net', 0, [[1, 3]], 0, 47, 96, 7],
      ['body', 'Sequential', 1, [[1, 2, 2, 2]], 0, 20, 72, 8],
      ['body.0', 'Conv2d', 2, [[1, 2, 2, 2]], 20, 20, 72, 8],
      ['body.1', 'ReLU', 2, [[1, 2, 2, 2]], 0, 0, 0, 8],
      ['fc', 'Linear', 1, [[1, 3]], 27, 27, 24, 9],
    ]);
  });

  it('tells what an imported file lacks apart from what the network rests on', () => {
    const sources = new Map([
      [
        'blocks',
        'import PIL\nimport pretrainedmodels\n\ndef body():\n    return pretrainedmodels.create_model("x")\n\ndef show(x):\n    PIL.Image.open(x)\n',
      ],
    ]);
    const { unknowns, network } = read(
      `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        import blocks
        self.body = blocks.body()
        self.fc = nn.Linear(2, 2)
`,
      {
        resolver: (name) => {
          const source = sources.get(name);
          return source === undefined ? undefined : { source, filename: `${name}.py`, isPackage: false };
        },
      },
    );
    expect(network?.parameters).toHaveLength(2);
    expect(unknowns.map(({ what, bears, place }) => [place.file, what, bears])).toEqual([
      ['blocks.py', 'the module PIL is not known here', 'surroundings'],
      ['blocks.py', 'the module pretrainedmodels is not known here', 'network'],
    ]);
  });
});
