import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { classesOf, methodOf, statementsOf, targetsOf } from '../../ask/tree.js';

const PAIRS = `
import random
import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset

class Pairs(Dataset):
    def __init__(self, names):
        self.names = names

    def __len__(self):
        return len(self.names)

    def __getitem__(self, index):
        image = np.array(Image.open(self.names[index]))
`;
const TURNED = `
        if random.random() > 0.5:
            image = image[:, ::-1].copy()
        return torch.from_numpy(image)
`;

const SEEDING = /^(random|np\.random|numpy\.random)\.seed$|^torch\.(cuda\.)?manual_seed$/;

export const fixedSeed: Check = {
  id: 'fixed-seed',
  title: 'A constant seed each time an item is asked for',
  severity: 'warning',
  why: 'Set to the same seed for every item, the numbers that follow are the same for all of them in every epoch: what looks random is one fixed change.',
  instead: 'Set the seed once at the start of the program, or draw it anew for every item.',
  needs: 'A constant seed set in __getitem__, and numbers drawn after it.',
  wrong: [`${PAIRS}        random.seed(42)  # <--${TURNED}`],
  right: [
    `${PAIRS}        random.seed(index)${TURNED}`,
    `${PAIRS}        random.seed(np.random.randint(2147483647))${TURNED}`,
  ],
  *run(program) {
    if (!/seed\(/.test(program.source)) return;
    for (const definition of classesOf(program)) {
      const method = methodOf(definition, '__getitem__');
      if (method === undefined) continue;
      for (const seeding of seedingsIn(program, method)) {
        const after = method.span.text.slice(seeding.span.end - method.span.start);
        if (!/rand|shuffle|choice|sample|transform|aug|normal|uniform/i.test(after)) continue;
        yield {
          at: seeding.span,
          message: `Every item of ${definition.name} starts its random numbers from the same seed.`,
          evidence: [],
        };
      }
    }
  },
};

/** Calls in a method that set a seed to a constant, under no condition of their own. */
function seedingsIn(program: Program, method: tree.FunctionDefinition): tree.Call[] {
  const found: tree.Call[] = [];
  for (const statement of method.body) {
    if (statement.kind !== 'Expr') continue;
    eachNode(statement, (node) => {
      const [seed] = node.kind === 'Call' && SEEDING.test(node.callee.span.text) ? node.args : [];
      if (node.kind === 'Call' && seed !== undefined && isConstant(program, method, seed)) found.push(node);
    });
  }
  return found;
}

/** A number, or a name that the file gives a number once and the method nothing. */
function isConstant(program: Program, method: tree.FunctionDefinition, seed: tree.Expression): boolean {
  if (seed.kind === 'Constant') return true;
  if (seed.kind !== 'Name') return false;
  const bindings = statementsOf(program).filter((statement) => targetsOf(statement).includes(seed.id));
  const [only] = bindings;
  return (
    bindings.length === 1 &&
    only?.kind === 'Assign' &&
    only.value.kind === 'Constant' &&
    (only.span.start < method.span.start || only.span.start > method.span.end)
  );
}
