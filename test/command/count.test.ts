import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensormark-count-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function count(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'count', ...args], { cwd: folder }, (error, output, errors) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output, errors });
    });
  });
}

/** Writes a file into the folder that the command runs in; gives its name. */
function file(name: string, content: string): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
  return name;
}

const MODEL = `import torch.nn as nn

class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3, bias=False)
        self.fc = nn.Linear(width * 4, 10)

    def forward(self, x):
        return self.fc(nn.functional.adaptive_avg_pool2d(self.conv(x), 2).flatten(1))
`;

/** Attention by hand with a token of its own: work and parameters that no layer has. */
const TOKEN = `import torch
from torch import nn

class Pool(nn.Module):
    def __init__(self):
        super().__init__()
        self.token = nn.Parameter(torch.zeros(1, 1, 8))
        self.key = nn.Linear(8, 8)
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(self, x):
        weights = self.token @ self.key(x).transpose(1, 2)
        y = weights.softmax(-1) @ x
        return self.attention(y, x, x)[0]
`;

const LANGUAGE = `from torch import nn

class Model(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.rows = nn.Embedding(vocabulary, 4)
        self.head = nn.Linear(4, vocabulary)

    def forward(self, tokens):
        return self.head(self.rows(tokens))
`;

const shape = z.array(z.number());
const Counted = z.strictObject({
  name: z.string().nullable(),
  parameters: z.string().nullable(),
  trainable: z.string().nullable(),
  buffers: z.string().nullable(),
  multiplyAccumulates: z.string().nullable(),
  inputs: z.array(shape),
  output: z.union([shape, z.array(shape)]).nullable(),
  followed: z.enum(['to-its-output', 'without-input', 'to-an-error', 'to-an-unknown']),
  layers: z.array(
    z.strictObject({
      name: z.string(),
      type: z.string(),
      output: z.union([shape, z.array(shape)]).nullable(),
      parameters: z.string(),
      multiplyAccumulates: z.string().nullable(),
      line: z.number().nullable(),
    }),
  ),
  operations: z.array(
    z.strictObject({
      name: z.string(),
      module: z.string(),
      calls: z.number(),
      output: z.union([shape, z.array(shape)]).nullable(),
      multiplyAccumulates: z.string(),
      line: z.number().nullable(),
    }),
  ),
  errors: z.array(z.object({ line: z.number().nullable(), file: z.string().optional(), says: z.string() })),
  unknowns: z.array(
    z.object({
      line: z.number().nullable(),
      file: z.string().optional(),
      what: z.string(),
      bears: z.enum(['network', 'surroundings']),
    }),
  ),
  unread: z.string().nullable(),
  candidates: z.array(z.object({ name: z.string(), line: z.number() })),
  advice: z.array(z.string()),
});

async function counted(...args: string[]): Promise<z.infer<typeof Counted> & { code: number }> {
  const { code, output } = await count(...args, '--json');
  return { ...Counted.parse(JSON.parse(output)), code };
}

describe('tensormark count', () => {
  it('reads-a-class-and-follows-its-forward-pass', async () => {
    expect(await counted(file('net.py', MODEL), '--input', '3,32,32')).toMatchObject({
      code: 0,
      name: 'Net',
      parameters: '546',
      trainable: '546',
      buffers: '0',
      multiplyAccumulates: String(8 * 27 * 30 * 30 + 320),
      inputs: [[1, 3, 32, 32]],
      output: [1, 10],
      followed: 'to-its-output',
      layers: [
        { name: 'conv', type: 'Conv2d', output: [1, 8, 30, 30], parameters: '216', line: 6 },
        { name: 'fc', type: 'Linear', output: [1, 10], parameters: '330', line: 7 },
      ],
      errors: [],
      unknowns: [],
    });
  });

  it('shows-what-no-layer-holds-or-does', async () => {
    const found = await counted(file('token.py', TOKEN), '--input', '5,8');
    // the layers and loose parameters add up to the whole, and so does their work with the operations'
    const sum = (
      all: readonly { [key in 'parameters' | 'multiplyAccumulates']?: string | null }[],
      of: 'parameters' | 'multiplyAccumulates',
    ): bigint => all.reduce((total, each) => total + BigInt(each[of] ?? 0), 0n);
    expect(found.parameters).toBe(String(8 + 72 + (3 * 8 * 8 + 24 + 72)));
    expect(sum(found.layers, 'parameters')).toBe(BigInt(found.parameters ?? -1));
    expect(sum([...found.layers, ...found.operations], 'multiplyAccumulates')).toBe(
      BigInt(found.multiplyAccumulates ?? -1),
    );
    expect(found.layers.map(({ name, type }) => [name, type])).toEqual([
      ['token', 'Parameter'],
      ['key', 'Linear'],
      ['attention', 'MultiheadAttention'],
    ]);
    expect(found.operations).toEqual([
      { name: 'matmul', module: '', calls: 1, output: [1, 1, 5], multiplyAccumulates: '40', line: 12 },
      { name: 'matmul', module: '', calls: 1, output: [1, 1, 8], multiplyAccumulates: '40', line: 13 },
    ]);
    const { output } = await count('token.py', '--input', '5,8');
    expect(output).toMatch(/^token Parameter +\[1, 1, 8\] +8 +/m);
    expect(output).toMatch(/^matmul line 12 +\[1, 1, 5\] +– +40 /m);
  });

  it('takes-a-call', async () => {
    const { parameters } = await counted(
      file('net.py', MODEL),
      '--call',
      'Net(width=16)',
      '--input',
      '3,32,32',
    );
    expect(parameters).toBe(String(16 * 27 + 16 * 4 * 10 + 10));
  });

  it('shows-modules-down-to-a-depth', async () => {
    const path = file(
      'deep.py',
      'from torch import nn\nnet = nn.Sequential(nn.Sequential(nn.Linear(2, 2)))\n',
    );
    expect((await count(path, '--depth', '1')).output).not.toContain('Linear');
    expect((await count(path, '--depth', '2')).output).toContain('Linear');
  });

  it('gives-token-ids-to-a-network-that-begins-with-an-embedding', async () => {
    const path = file('language.py', LANGUAGE);
    const call = ['--call', 'Model(vocabulary=50)'];
    for (const input of ['7', '7:int64']) {
      expect(await counted(path, ...call, '--input', input)).toMatchObject({
        code: 0,
        output: [1, 7, 50],
        multiplyAccumulates: String(7 * 4 * 50),
      });
    }
    expect(await counted(path, ...call, '--input', '7:float32')).toMatchObject({
      code: 1,
      errors: [{ line: 10, says: expect.stringContaining('Expected tensor for argument #1') }],
    });
  });

  it('counts-without-an-input-only-what-needs-none', async () => {
    const found = await counted(file('net.py', MODEL));
    expect(found).toMatchObject({
      code: 0,
      parameters: '546',
      multiplyAccumulates: null,
      output: null,
      followed: 'without-input',
    });
    expect(found.layers.map(({ multiplyAccumulates }) => multiplyAccumulates)).toEqual([null, null]);
    const { output } = await count('net.py');
    expect(output).toContain('give the shape of the input with --input');
    expect(output).not.toContain('multiply-adds');
  });

  it('takes-the-input-from-the-file-and-says-so', async () => {
    const path = file('calls.py', `${MODEL}\nimport torch\nNet()(torch.zeros(2, 3, 16, 16))\n`);
    const { code, output } = await count(path);
    expect(code).toBe(0);
    expect(output).toMatch(/^input +\[2, 3, 16, 16\] +as the file has it$/m);
    expect(output).toMatch(/^output +\[2, 10\]$/m);
  });

  it('shows-errors-on-their-lines-and-goes-on', async () => {
    const path = file('broken.py', MODEL.replace('width * 4, 10', 'width * 5, 10'));
    const { code, output } = await count(path, '--input', '3,32,32');
    expect(code).toBe(1);
    expect(output).toMatch(
      /line 10: RuntimeError: mat1 and mat2 shapes cannot be multiplied \(1x32 and 40x10\)/,
    );
    expect(output).toMatch(/output +\[1, 10\]/);
  });

  it('names-the-file-of-what-stands-in-another', async () => {
    file(
      'parts/blocks.py',
      "from torch import nn\nimport monai\n\ndef body():\n    return monai.create_model('x')\n",
    );
    const path = file(
      'uses.py',
      'from torch import nn\nfrom blocks import body\n\nclass Net(nn.Module):\n    def __init__(self):\n' +
        '        super().__init__()\n        self.body = body()\n        self.fc = nn.Linear(3, 2)\n',
    );
    const { unknowns } = await counted(path, '--path', 'parts');
    expect(unknowns).toEqual([
      {
        line: 2,
        file: expect.stringMatching(/blocks\.py$/),
        what: 'the module monai is not known here',
        bears: 'network',
      },
    ]);
    const { output } = await count(path, '--path', 'parts');
    expect(output).toMatch(
      /Not known, and the counts may rest on it:\n {2}\S*blocks\.py, line 2: the module monai/,
    );
    expect(output).toContain('Say where monai can be imported from: --path FOLDER');
  });

  it('keeps-what-the-network-does-not-rest-on-out-of-the-way', async () => {
    const path = file('plots.py', `import matplotlib.pyplot as plt\n${MODEL}\nplt.plot([1, 2])\n`);
    const { code, output } = await count(path, '--input', '3,32,32');
    expect(code).toBe(0);
    expect(output).not.toContain('matplotlib');
    expect(output).toMatch(/that the network does not rest on .* --json has/);
    const { unknowns } = await counted(path, '--input', '3,32,32');
    expect(unknowns).toContainEqual({
      line: 1,
      what: expect.stringContaining('matplotlib'),
      bears: 'surroundings',
    });
  });

  it('does-not-pass-off-what-it-knows-of-a-network-as-the-whole', async () => {
    const path = file(
      'missing.py',
      'from torch import nn\nfrom blocks_that_are_not_here import Block\n\nclass Net(nn.Module):\n' +
        '    def __init__(self):\n        super().__init__()\n        self.block = Block()\n' +
        '        self.fc = nn.Linear(3, 2)\n    def forward(self, x):\n        return self.fc(self.block(x))\n',
    );
    expect(await counted(path, '--input', '3')).toMatchObject({
      code: 1,
      output: null,
      followed: 'to-an-unknown',
    });
    const { output } = await count(path, '--input', '3');
    expect(output).toContain('comes to something that is not known');
    expect(output).toContain('line 2: blocks_that_are_not_here.Block is not known here');
    expect(output).toContain('Say where blocks_that_are_not_here can be imported from');
  });

  it.each<[string, string, string[], string[]]>([
    ['a-file-without-a-model', 'x = 1\n', [], ['no class derived from nn.Module']],
    [
      'a-bracket-left-open',
      'from torch import nn\nnet = nn.Linear(2, 3\n',
      [],
      ["line 2: SyntaxError: '(' was never closed"],
    ],
    [
      'arguments-that-are-needed',
      LANGUAGE,
      [],
      ['its constructor needs vocabulary', "--call 'Model(vocabulary=…)'"],
    ],
    ['a-class-that-needs-arguments', LANGUAGE, ['--class', 'Model'], ["--call 'Model(vocabulary=…)'"]],
    ['a-class-that-is-not-there', MODEL, ['--class', 'Nett'], ['there is no class Nett', 'there is Net']],
    [
      'a-call-of-nothing',
      MODEL,
      ['--call', 'Nett()'],
      ["NameError: name 'Nett' is not defined", 'Models here: Net (line 3)'],
    ],
    ['a-call-that-is-no-expression', MODEL, ['--call', 'Net('], ['SyntaxError']],
    [
      'a-library-that-is-not-there',
      '',
      ['--call', 'torchvision.models.swin_t()'],
      ['Say where torchvision can be imported from: --path FOLDER'],
    ],
    [
      'an-input-with-its-batch',
      MODEL,
      ['--input', '1,3,32,32'],
      ['The input was [1, 1, 3, 32, 32]: --input is written without the batch'],
    ],
    [
      'too-few-inputs',
      MODEL.replace('(self, x)', '(self, x, y)'),
      ['--input', '3,32,32'],
      [
        'missing 1 required positional argument',
        'Give --input once for each input of the network; 1 was given.',
      ],
    ],
  ])('%s-is-said', async (_case, source, args, said) => {
    const { code, output } = await count(file('asked.py', source), ...args);
    expect(code).toBe(1);
    for (const each of said) expect(output).toContain(each);
    expect(output).not.toMatch(/line 0|undefined/);
  });

  it('counts-a-network-of-torchvision-without-its-source', async () => {
    const { code, output } = await count(
      file('fine_tuned.py', 'import torchvision\nnet = torchvision.models.resnet18(num_classes=10)\n'),
    );
    expect(code).toBe(0);
    expect(output).toContain('11,181,642');
  });

  it('names-the-other-models-of-a-file', async () => {
    const path = file(
      'two.py',
      `${MODEL}\nclass Other(nn.Module):\n    def __init__(self):\n        super().__init__()\n`,
    );
    const { output } = await count(path);
    expect(output).toContain('Other models here: Net (line 3); --class NAME counts one.');
  });

  it.each<[string, string[], RegExp]>([
    ['options-of-code-with-yaml', ['plain.yaml', '--input', '3,32,32'], /a YAML file says itself/],
    ['an-element-type-that-is-none', ['net.py', '--input', '3:int7'], /no element type/],
    ['a-depth-of-nothing', ['net.py', '--depth', '0'], /is no depth/],
    ['call-and-class', ['net.py', '--call', 'Net()', '--class', 'Net'], /not both/],
  ])('%s-is-wrong-usage', async (_case, args, message) => {
    const { code, errors } = await count(...args);
    expect(code).toBe(2);
    expect(errors).toMatch(message);
  });

  it('reads-layers-from-yaml-and-names-the-line-of-a-mistake', async () => {
    const good = file(
      'good.yaml',
      'input: [3, 32, 32]\nlayers:\n  - Conv2d: {out_channels: 8, kernel_size: 3}\n  - ReLU\n',
    );
    expect(await counted(good)).toMatchObject({
      parameters: '224',
      output: [1, 8, 30, 30],
    });
    const bad = file(
      'bad.yaml',
      'input: [3, 32, 32]\nlayers:\n  - ReLU\n  - Conv2D: {out_channels: 8, kernel_size: 3}\n',
    );
    const refused = await count(bad);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.errors).toMatch(/bad\.yaml:4:\d+: .*did you mean Conv2d/);
  });

  it.each<[string, string]>([
    ['a-loop-without-end', 'while True:\n    pass\n'],
    ['a-huge-power', 'x = 10 ** 10 ** 10\n'],
    ['a-huge-string', "x = 'a' * 10 ** 12\n"],
    ['no-python', '\u0000\u0001\u0002'],
    ['nothing', ''],
  ])('%s-ends-with-a-message', async (_case, source) => {
    const { code, output } = await count(file('odd.py', source));
    expect(code).toBe(1);
    expect(output).not.toBe('');
  });
});
