import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { callsOf, statementsOf } from '../../ask/tree.js';

const PLAN = (factor: string): string => `
import torch
from torch.optim.lr_scheduler import LambdaLR

def plan(model, base=0.1):
    optimizer = torch.optim.SGD(model.parameters(), lr=base)
    return optimizer, LambdaLR(optimizer, lr_lambda=lambda epoch: ${factor})  # <--
`;

export const rateTwice: Check = {
  id: 'rate-twice',
  title: 'The learning rate multiplied by itself',
  severity: 'warning',
  why: 'LambdaLR multiplies the rate of the optimiser by what the function gives: one that gives the rate itself makes it the square.',
  instead: 'Give the factor alone: lambda epoch: 0.95 ** epoch.',
  needs:
    'The function of a LambdaLR that gives a product with the name that the optimiser was given for its rate.',
  wrong: [PLAN('base * 0.95 ** epoch')],
  right: [
    PLAN('0.95 ** epoch').replace('  # <--', ''),
    PLAN('base * 0.95 ** epoch').replace('lr=base', 'lr=1.0').replace('  # <--', ''),
  ],
  *run(program) {
    if (!program.source.includes('LambdaLR(')) return;
    const rates = ratesIn(program);
    for (const call of callsOf(program)) {
      if (!/(^|\.)LambdaLR$/.test(call.callee.span.text)) continue;
      const given = call.keywords.find(({ name }) => name === 'lr_lambda')?.value ?? call.args[1];
      const factor = given?.kind === 'Lambda' ? given.body : undefined;
      const rate = factor?.kind === 'BinOp' && factor.operator === '*' ? firstFactor(factor) : undefined;
      if (rate === undefined || !rates.has(rate.span.text)) continue;
      yield {
        at: call.span,
        message: `${rate.span.text} is the rate of the optimiser already.`,
        evidence: [],
      };
    }
  },
};

function firstFactor(node: tree.Expression): tree.Expression {
  return node.kind === 'BinOp' && node.operator === '*' ? firstFactor(node.left) : node;
}

/** The names that optimisers are given for their rates. */
function ratesIn(program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  for (const one of statementsOf(program)) {
    if (
      one.kind !== 'Assign' ||
      one.value.kind !== 'Call' ||
      !/optim\.|Adam|SGD|RMSprop/.test(one.value.callee.span.text)
    )
      continue;
    const given = one.value.keywords.find(({ name }) => name === 'lr')?.value ?? one.value.args[1];
    if (given !== undefined && given.kind !== 'Constant') found.add(given.span.text);
  }
  return found;
}
