import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { holds, loopsOf, statementsIn } from '../../ask/tree.js';

const PHASES = (size: string, mark = ''): string => `
import torch
import torch.nn as nn
from somewhere import loaders, sizes
net = nn.Linear(8, 3)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for epoch in range(5):
    for phase in ['train', 'val']:
        net.train(phase == 'train')
        total = 0.0
        for x, y in loaders[phase]:
            optimizer.zero_grad()
            with torch.set_grad_enabled(phase == 'train'):
                loss = nn.functional.cross_entropy(net(x), y)
                if phase == 'train':
                    loss.backward()
                    optimizer.step()
            total += loss.item() * x.size(0)
        print(phase, sizes[phase])
        print(total / sizes[${size}])${mark}
        if phase == 'train':
            print(sizes['train'])
`;

export const phaseFixed: Check = {
  id: 'phase-fixed',
  title: 'In each phase the size or data of the same one',
  severity: 'warning',
  why: 'The loop goes over training and validation, and what it takes here is of one of them in both: figures of the other are wrong.',
  instead: 'Index by the phase that the loop is in.',
  needs:
    'A loop over the names of phases in which a division or a loop takes a fixed one of them, of what is indexed by the phase or has its name.',
  wrong: [PHASES("'train'", '  # <--')],
  right: [PHASES('phase')],
  *run(program) {
    if (!/\bfor\s+\w+\s+in\s+[[(]\s*['"]/.test(program.source)) return;
    for (const outer of loopsOf(program)) {
      if (outer.kind !== 'For' || outer.target.kind !== 'Name') continue;
      const phases = phasesIn(outer.iterable);
      if (phases === undefined) continue;
      const phase = outer.target.id;
      const byPhase = subscriptsIn(outer).filter(({ index }) => index.span.text === phase);
      // What a condition on the phase holds is of one phase.
      const guarded = statementsIn(outer.body).filter(
        (one) => one.kind === 'If' && new RegExp(String.raw`\b${phase}\b`).test(one.test.span.text),
      );
      for (const { node, index } of takenIn(outer)) {
        if (index.kind !== 'Constant' || typeof index.value !== 'string' || !phases.has(index.value))
          continue;
        const like = byPhase.find(
          (one) =>
            one.value.span.text === node.value.span.text || /size|len|load/i.test(node.value.span.text),
        );
        if (like === undefined || guarded.some(({ span }) => holds(span, node.span))) continue;
        const [rest = ''] = node.span.source.text.slice(node.span.end, node.span.end + 200).split('\n');
        if (new RegExp(String.raw`\bif\s+${phase}\b`).test(rest)) continue;
        yield {
          at: node.span,
          message: `${node.span.text} is of ${index.value} whatever ${phase} is.`,
          evidence: [places([`indexed by ${phase}`, like.span])],
        };
      }
    }
  },
};

/** The names of phases that a loop goes over: at least two, one of training. */
function phasesIn(iterable: tree.Expression): ReadonlySet<string> | undefined {
  if (iterable.kind !== 'List' && iterable.kind !== 'Tuple') return undefined;
  const names = iterable.items.flatMap((item) =>
    item.kind === 'Constant' && typeof item.value === 'string' ? [item.value] : [],
  );
  return names.length === iterable.items.length &&
    names.length > 1 &&
    names.some((name) => /train/i.test(name))
    ? new Set(names)
    : undefined;
}

function subscriptsIn(root: object): tree.Subscript[] {
  const found: tree.Subscript[] = [];
  eachNode(root, (node) => {
    if (node.kind === 'Subscript') found.push(node);
  });
  return found;
}

/** What a division divides by, and what a loop over batches goes over. */
function* takenIn(
  outer: tree.For,
): Generator<{ readonly node: tree.Subscript; readonly index: tree.Expression }> {
  const roots: tree.Expression[] = [];
  eachNode(outer.body, (node) => {
    if (node.kind === 'BinOp' && node.operator === '/') roots.push(node.right);
    if (node.kind === 'For') roots.push(node.iterable);
  });
  for (const root of roots) for (const node of subscriptsIn([root])) yield { node, index: node.index };
}
