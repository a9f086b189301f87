import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, statementsOf, targetsOf } from '../../ask/tree.js';

const GROWS = /^(append|extend|insert|add|update|setdefault)$/;

export const listRepeated: Check = {
  id: 'list-repeated',
  title: 'One list under several indices',
  severity: 'warning',
  why: 'Multiplying a list copies no list in it: all places hold one and the same, and what is put into one is in all.',
  instead: 'Make a new one for each place: [[] for _ in range(n)].',
  needs:
    'A list of one list, dictionary or set times a number, under a name, and something put into one of its places, with no place given a value of its own.',
  wrong: [
    `
import torch
names = ['total', 'box', 'class']
losses = [[]] * len(names)  # <--
for part in (torch.rand(3), torch.rand(3)):
    for at, value in enumerate(part):
        losses[at].append(value)
total = sum(losses[0])
`,
    `
import torch
rows, columns = 3, 4
confusion = [[0] * columns] * rows  # <--
for truth, guess in [(0, 1), (2, 2)]:
    confusion[truth][guess] += 1
`,
  ],
  right: [
    `
import torch
names = ['total', 'box', 'class']
losses = [[] for _ in names]
for part in (torch.rand(3), torch.rand(3)):
    for at, value in enumerate(part):
        losses[at].append(value)
`,
    `
steps = [[]] * 3
for at in range(3):
    steps[at] = [at]
    steps[at].append(0)
shape = [[2, 3]] * 4
sizes = [row[0] for row in shape]
`,
  ],
  *run(program) {
    if (!/\]\s*\*|\*\s*\[/.test(program.source)) return;
    for (const made of statementsOf(program)) {
      if (made.kind !== 'Assign' || made.targets.length !== 1 || !repeatsOne(made.value)) continue;
      const [name = ''] = targetsOf(made);
      if (!/^(self\.)?\w+$/.test(name)) continue;
      const isOwn = !name.startsWith('self.');
      const home = isOwn ? functionsAround(program, made.span).at(-1)?.body : undefined;
      const put = putInto(home ?? program.body, name);
      if (put === undefined) continue;
      yield {
        at: made.span,
        message: `All places of ${name} are one and the same list.`,
        evidence: [places(['something is put into one of them', put.span])],
      };
    }
  },
};

/** `[[]] * n`: a list of a single thing that can be changed, several times. */
function repeatsOne(value: tree.Expression): boolean {
  if (value.kind !== 'BinOp' || value.operator !== '*') return false;
  const [list, times] = value.left.kind === 'List' ? [value.left, value.right] : [value.right, value.left];
  if (list.kind !== 'List' || list.items.length !== 1) return false;
  if (times.kind === 'Constant' && (times.value === 1n || times.value === 0n)) return false;
  const [item] = list.items;
  return item !== undefined && canChange(item);
}

function canChange(item: tree.Expression): boolean {
  if (/^(List|ListComp|Dict|DictComp|Set|SetComp)$/.test(item.kind)) return true;
  if (item.kind === 'BinOp') return item.operator === '*' && [item.left, item.right].some(isList);
  return item.kind === 'Call' && /^(list|dict|set)$/.test(item.callee.span.text);
}

function isList({ kind }: tree.Expression): boolean {
  return kind === 'List';
}

/** Where something is put into one place of a list; undefined where places are given values of their own. */
function putInto(body: readonly tree.Statement[], name: string): tree.Expression | undefined {
  let put: tree.Expression | undefined;
  let isGiven = false;
  const isPlace = (node: tree.Expression): boolean =>
    node.kind === 'Subscript' && node.value.span.text === name;
  eachNode(body, (node) => {
    if (node.kind === 'Assign' && node.targets.some((target) => target.kind === 'Subscript')) {
      for (const target of node.targets)
        if (target.kind === 'Subscript') {
          if (isPlace(target)) isGiven = true;
          if (isPlace(target.value)) put ??= target;
        }
    }
    if (node.kind === 'AugAssign' && node.target.kind === 'Subscript' && isPlace(node.target.value))
      put ??= node.target;
    if (node.kind === 'Call' && node.callee.kind === 'Attribute' && GROWS.test(node.callee.attribute))
      if (isPlace(node.callee.value)) put ??= node.callee;
  });
  return isGiven ? undefined : put;
}
