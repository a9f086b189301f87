import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, classesOf, methodOf } from '../../ask/tree.js';

export const workerRng: Check = {
  id: 'worker-rng',
  title: 'NumPy’s random numbers in the workers of a loader',
  severity: 'remark',
  why: 'Before PyTorch 1.9 every worker starts with the same state of NumPy, so that all of them draw the same numbers, in every epoch.',
  instead: 'Draw with torch or random, or give the loader a worker_init_fn that seeds NumPy.',
  needs:
    'A data set that draws with NumPy when an item is asked for, and a loader over it with workers of its own.',
  wrong: [
    `
import numpy as np
from torch.utils.data import DataLoader, Dataset

class Noisy(Dataset):
    def __init__(self, rows):
        self.rows = rows
    def __len__(self):
        return len(self.rows)
    def __getitem__(self, at):
        return self.rows[at] + np.random.randn(20)  # <--

loader = DataLoader(Noisy(np.zeros((100, 20))), batch_size=10, num_workers=4)
`,
  ],
  right: [
    `
import numpy as np
from torch.utils.data import DataLoader, Dataset

class Noisy(Dataset):
    def __init__(self, rows):
        self.rows = rows
    def __len__(self):
        return len(self.rows)
    def __getitem__(self, at):
        return self.rows[at] + np.random.randn(20)

def seed(worker):
    np.random.seed(worker)

loader = DataLoader(Noisy(np.zeros((100, 20))), batch_size=10, num_workers=4, worker_init_fn=seed)
other = DataLoader(Noisy(np.zeros((100, 20))), batch_size=10)
`,
  ],
  *run(program) {
    const loaders = loadersWithWorkers(program);
    if (loaders.length === 0) return;
    for (const cls of classesOf(program)) {
      const item = methodOf(cls, '__getitem__');
      const draw = item && firstDraw(item);
      if (draw === undefined || !new RegExp(`\\b${cls.name}\\s*\\(`).test(program.source)) continue;
      yield {
        at: draw.span,
        message: `Items of ${cls.name} are drawn with NumPy in workers that no one seeds.`,
        evidence: [places(['the loader', loaders[0]?.span])],
      };
    }
  },
};

/** Loaders with workers, where none in the file seeds them. */
function loadersWithWorkers(program: Program): tree.Call[] {
  const found: tree.Call[] = [];
  if (/worker_init_fn/.test(program.source)) return found;
  for (const node of callsOf(program)) {
    if (!/(^|\.)DataLoader$/.test(node.callee.span.text)) continue;
    const workers = node.keywords.find(({ name }) => name === 'num_workers')?.value;
    if (workers?.kind === 'Constant' && typeof workers.value === 'bigint' && workers.value > 0n)
      found.push(node);
  }
  return found;
}

function firstDraw(method: tree.FunctionDefinition): tree.Call | undefined {
  let found: tree.Call | undefined;
  eachNode(method.body, (node) => {
    if (node.kind === 'Call' && /^(np|numpy)\.random\./.test(node.callee.span.text)) found ??= node;
  });
  return found;
}
