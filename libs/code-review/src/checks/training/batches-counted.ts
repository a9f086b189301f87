import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { goneOver } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { functionsAround, loopsOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';
import { isOneByOne } from './metrics.js';

type AugAssign = Extract<tree.Statement, { kind: 'AugAssign' }>;

const EVALUATED = (counted: string, mark = ''): string => `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from pictures import pictures
from networks import Net
net = Net()
test_loader = DataLoader(pictures, batch_size=64)
net.eval()
correct, total = 0, 0
with torch.no_grad():
    for images, labels in test_loader:
        predicted = net(images).argmax(1)
        correct += (predicted == labels).sum().item()
        total += ${counted}${mark}
print(correct / total)
`;

export const batchesCounted: Check = {
  id: 'batches-counted',
  title: 'Right answers divided by a count of batches',
  severity: 'warning',
  why: 'Each turn adds the right answers of a whole batch and counts 1: the accuracy comes out as many times too large as a batch has examples.',
  instead: 'Count the examples of each batch: total += labels.size(0).',
  needs:
    'A loop over a loader that adds up the right answers of each batch, and the number 1 to what their sum is divided by.',
  wrong: [EVALUATED('1', '  # <--')],
  right: [EVALUATED('labels.size(0)'), EVALUATED('1').replace('batch_size=64', 'batch_size=1')],
  *run(program) {
    if (!/\+=\s*1\b/.test(program.source)) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For') continue;
      const over = barBehind(program, goneOver(loop.iterable)).span.text;
      if (!/load|_dl$/i.test(over) || isOneByOne(program, over)) continue;
      const added = statementsIn(loop.body).filter(
        (one): one is AugAssign => one.kind === 'AugAssign' && one.operator === '+',
      );
      const right = added
        .filter(({ value }) => isCountOfRight(value.span.text))
        .map((one) => targetsOf(one)[0]);
      for (const counted of added) {
        const [name = ''] = targetsOf(counted);
        if (!/^1(\.0)?$/.test(counted.value.span.text) || !loop.body.includes(counted)) continue;
        const divided = divisionOf(program, loop, right, name);
        if (divided === undefined || added.filter((one) => targetsOf(one)[0] === name).length > 1) continue;
        yield {
          at: counted.span,
          message: `${name} counts batches, and the right answers of all their examples are divided by it.`,
          evidence: [places(['it is divided here', divided.span])],
        };
        return;
      }
    }
  },
};

/** `(predicted == labels).sum().item()`: how many are right in a batch, and no share of them. */
function isCountOfRight(text: string): boolean {
  return (
    /==|\.eq\(/.test(text) && /\bsum\(/.test(text) && !/mean|\/|len\(|\.size\(|shape|accuracy/.test(text)
  );
}

/** Where one of some sums is divided by a name, in the function around a loop. */
function divisionOf(
  program: Program,
  loop: tree.For,
  sums: readonly (string | undefined)[],
  name: string,
): tree.Expression | undefined {
  const around = functionsAround(program, loop.span).at(-1)?.body ?? program.body;
  let found: tree.Expression | undefined;
  eachNode(around, (node) => {
    if (node.kind !== 'BinOp' || node.operator !== '/') return;
    const by = node.right.span.text.replace(/^float\((.*)\)$/, '$1');
    const left = node.left.span.text.replaceAll(
      /float\(|\.(item|double|float)\(\)|\b100(\.0*)?\b|[\s*()]/g,
      '',
    );
    if (by === name && sums.includes(left)) found ??= node;
  });
  return found;
}

/** What a bar of progress that was made before is put around. */
function barBehind(program: Program, over: tree.Expression): tree.Expression {
  const [made, ...others] = statementsOf(program).filter((one) => targetsOf(one).includes(over.span.text));
  return made?.kind === 'Assign' && others.length === 0 ? goneOver(made.value) : over;
}
