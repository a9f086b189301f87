import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { torchCalls, writtenArgument } from '../../ask/torch-calls.js';
import { callsOf, statementsOf, targetsOf } from '../../ask/tree.js';

const LOSS = (target: string): string => `
import torch.nn as nn
import torch.nn.functional as F

criterion = nn.CrossEntropyLoss()

def loss_of(net, x, y):
    return criterion(net(x), ${target})
`;

export const oneHotTarget: Check = {
  id: 'one-hot-target',
  title: 'Cross entropy with whole numbers for probabilities',
  severity: 'error',
  why: 'cross_entropy takes targets of the scores’ own shape for probabilities, which have to be floats: the whole numbers of one_hot raise an error.',
  instead: 'Give it the numbers of the classes: criterion(scores, labels).',
  needs: 'What one_hot gives, as it is, as the target of CrossEntropyLoss or cross_entropy.',
  wrong: [LOSS('F.one_hot(y, 10)').replace('10))\n', '10))  # <--\n')],
  right: [LOSS('y'), LOSS('F.one_hot(y, 10).float()'), LOSS('F.one_hot(y, 10).argmax(dim=1)')],
  *run(program) {
    if (!program.source.includes('one_hot(')) return;
    const written = new Map<tree.Expression, string>(
      torchCalls(program).map(({ call, path }) => [call, path]),
    );
    const losses = lossesMade(program, written);
    const isOneHot = (node: tree.Expression): boolean => written.get(node) === 'torch.nn.functional.one_hot';
    for (const call of callsOf(program)) {
      const isLoss =
        written.get(call) === 'torch.nn.functional.cross_entropy' || losses.has(call.callee.span.text);
      const target = isLoss ? writtenArgument(call, 1, 'target') : undefined;
      if (target === undefined || !isOneHot(target)) continue;
      yield {
        at: call.span,
        message: `${target.span.text} gives whole numbers, one row for each example: cross_entropy takes class numbers, or floats.`,
        evidence: [],
      };
    }
  },
};

/** Names that stand for CrossEntropyLoss and nothing else. */
function lossesMade(program: Program, written: ReadonlyMap<tree.Expression, string>): ReadonlySet<string> {
  const made = new Set<string>();
  const others = new Set<string>();
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Assign') continue;
    const isLoss = written.get(one.value) === 'torch.nn.CrossEntropyLoss';
    // `criterion = nn.CrossEntropyLoss().to(device)`
    const isMoved = /^(torch\.)?nn\.CrossEntropyLoss\([^()]*\)\.(to|cuda)\(/.test(one.value.span.text);
    for (const name of targetsOf(one)) (isLoss || isMoved ? made : others).add(name);
  }
  return new Set([...made].filter((name) => !others.has(name)));
}
