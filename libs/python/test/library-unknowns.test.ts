import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';

function run(source: string): Interpreter {
  const python = new Interpreter();
  const outcome = python.runModule(source, 'program.py');
  expect(outcome.kind === 'raised' ? outcome.error.message : outcome.kind).toBe('finished');
  return python;
}

describe('what nobody can know by reading is unknown, and says why', () => {
  it.each([
    ['drawn-number', 'import random; x = random.randint(1, 3)', 'random.randint is drawn at random'],
    ['drawn-array', 'import numpy as np; x = np.random.rand(3)', 'numpy.random.rand is not known here'],
    ['clock', 'import time; x = time.time() - 1', 'time.time reads the clock'],
    ['date', 'from datetime import datetime; x = datetime.now().year', 'datetime.datetime is not known here'],
    ['file-on-disk', 'import os; x = os.path.exists("a")', 'os.path.exists asks the disk, which is not read'],
    [
      'path-on-disk',
      'from pathlib import Path; x = Path("a").exists()',
      'Path.exists asks the disk, which is not read',
    ],
    ['environment', 'import os; x = os.environ["HOME"]', "the environment variable 'HOME' is not known here"],
    ['source-of-function', 'import inspect; x = inspect.getsource(len)', 'inspect.getsource is not read'],
    ['json-file', 'import json; x = json.load(None)', 'files are not read'],
    [
      'large-array',
      'import numpy as np; x = np.zeros((1000, 1000))',
      'an array of shape (1000, 1000) is not computed',
    ],
    [
      'rare-arguments',
      'import numpy as np; x = np.unique(np.zeros((2, 2)), axis=0)',
      'unique with these arguments is not computed',
    ],
    ['array-of-words', 'import numpy as np; x = np.array(["a"])', 'an array of something other than numbers'],
    [
      'integer-beyond-doubles',
      'import numpy as np; x = np.array([2**62]) + 1',
      'the integer 4611686018427387904 is too large for exact arrays',
    ],
  ])('%s', (_name, source, reason) => {
    const python = run(`${source}\nprint(x)`);
    expect(python.output).toBe('<unknown>\n');
    expect(python.unknowns.map((unknown) => unknown.reason)).toContain(reason);
  });

  it('a command line that has to name something', () => {
    const python = run(
      'import argparse\np = argparse.ArgumentParser()\np.add_argument("data")\np.add_argument("--lr", type=float, default=0.1)\n' +
        'p.add_argument("--out", required=True)\na = p.parse_args()\nprint(a.lr, a.data, a.out)',
    );
    expect(python.output).toBe('0.1 <unknown> <unknown>\n');
  });

  it('what NumPy writes to in a way that is not told of is not known any more', () => {
    const python = run(
      'import numpy as np\na = np.array([1.0, 5.0])\nnp.cumsum(a, out=a)\nprint(a[1])\nprint(a.shape)',
    );
    expect(python.output).toBe('<unknown>\n(2,)\n');
    expect(python.errors).toEqual([]);
  });

  it('shuffling leaves the list, and a note', () => {
    const python = run('import random\nl = [2, 1]\nrandom.seed(0)\nrandom.shuffle(l)\nprint(l)');
    expect(python.output).toBe('[2, 1]\n');
    expect(python.notes.map((note) => note.message)).toEqual([expect.stringContaining('random.shuffle')]);
  });

  it('folders are not made, and a note says so', () => {
    const python = run('import os\nos.makedirs("out", exist_ok=True)');
    expect(python.notes.map((note) => note.kind)).toEqual(['refused']);
  });

  it('a value unknown inside JSON makes the text unknown', () => {
    expect(run('import json, time\nprint(json.dumps({"t": [time.time()]}))').output).toBe('<unknown>\n');
  });

  it('an enumeration with unknown values keeps its members apart', () => {
    const python = run(
      'import enum, elsewhere\nclass W(enum.Enum):\n    A = elsewhere.a\n    B = elsewhere.b\nprint(len(W), W.A.name, W.B.name)',
    );
    expect(python.output).toBe('2 A B\n');
  });
});

describe('progress bars', () => {
  it('go over what they are given', () => {
    const python = run(
      'from tqdm import tqdm, trange\nfrom tqdm.auto import tqdm as auto\nbar = tqdm([1, 2], desc="x")\n' +
        'for x in bar:\n    bar.set_postfix(loss=x)\n    print(x)\nfor i in trange(2): print(i)\n' +
        'for i, x in enumerate(auto("ab")): print(i, x)\nprint(len(bar))',
    );
    expect(python.output).toBe('1\n2\n0\n1\n0 a\n1 b\n2\n');
    expect(python.notes).toEqual([]);
  });

  it('over an unknown loader run zero times and say so', () => {
    const python = run(
      'from tqdm import tqdm\nimport loaders\nfor x in tqdm(loaders.train, leave=False): print(x)',
    );
    expect(python.output).toBe('');
    expect(python.notes.map((note) => note.kind)).toContain('unknown-loop');
  });
});

describe('an array that something unknown is written into', () => {
  const start = `
import os
import numpy as np
unknown = os.environ["N"]
a = np.zeros((3, 2))
view = a[1]
`;
  it.each([
    ['at a known place', 'a[0, 0] = unknown', 'a.shape, a[1, 1]', '(3, 2) <unknown>'],
    ['at an unknown place', 'a[unknown] = 1', 'a.shape, a[1, 1]', '(3, 2) <unknown>'],
    ['a row of it, in a list', 'a[0] = [unknown, 1]', 'a.sum()', '<unknown>'],
    ['is no more known through a view', 'a[0] = unknown', 'view.shape, view[0]', '(2,) <unknown>'],
    [
      'or after it was computed with',
      'a[0] = unknown',
      '(a * 2 + 1).reshape(2, 3).shape, (a * 2)[0, 0]',
      '(2, 3) <unknown>',
    ],
    [
      'put together with another',
      'a[0] = unknown',
      'np.concatenate([a, a]).shape, np.concatenate([a, a])[5, 1]',
      '(6, 2) <unknown>',
    ],
    [
      'written into another',
      'a[0] = unknown\nb = np.ones((2, 2))\nb[:] = a[:2]',
      'b.shape, b[0, 0]',
      '(2, 2) <unknown>',
    ],
    ['has lengths that are known', 'a[0] = unknown', 'len(a), a.size, a.ndim', '3 6 2'],
    ['picks as many as nobody knows', 'a[0] = unknown\nb = np.arange(3)[a[:, 0] > 0]', 'b', '<unknown>'],
    ['leaves others known', 'b = np.ones(2)\na[0] = unknown', 'b[0], np.zeros((3, 2))[0, 0]', '1.0 0.0'],
  ])('%s', (_, write, shown, text) => {
    expect(run(`${start}${write}\nprint(${shown})`).output).toBe(`${text}\n`);
  });

  it('is gone over row by row and element by element', () => {
    expect(
      run(`${start}a[0] = unknown\nprint(len([1 for row in a for x in row]), [x for x in view])`).output,
    ).toBe('6 [<unknown>, <unknown>]\n');
  });
});
