import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { functionsAround, statementsOf, targetsOf } from '../../ask/tree.js';

const MIXED = (loss: string): string => `
import numpy as np
import torch

def step(network, x, y, criterion):
    share = np.random.beta(0.2, 0.2)
    order = torch.randperm(x.size(0))
    mixed = share * x + (1 - share) * x[order]${loss.includes('order') ? '' : '  # <--'}
    answer = network(mixed)
    return ${loss}
`;

export const mixedLabels: Check = {
  id: 'mixed-labels',
  title: 'Pictures that are mixed, and labels that are not',
  severity: 'warning',
  why: 'Half of what a mixed picture shows is of another example: judged by the labels of the first alone, the network is told that it is not there.',
  instead: 'Mix the losses too: share * loss(answer, y) + (1 - share) * loss(answer, y[order]).',
  needs: 'Examples mixed with themselves in another order, and that order used for nothing else.',
  wrong: [MIXED('criterion(answer, y)')],
  right: [MIXED('share * criterion(answer, y) + (1 - share) * criterion(answer, y[order])')],
  *run(program) {
    if (!/randperm|permutation/.test(program.source)) return;
    for (const statement of statementsOf(program)) {
      const order = statement.kind === 'Assign' ? mixedBy(statement.value) : undefined;
      if (order === undefined) continue;
      const home = functionsAround(program, statement.span).at(-1);
      const text = home?.span.text ?? program.source;
      const said = text.match(new RegExp(String.raw`\b${order}\b`, 'g'))?.length ?? 0;
      const isDrawn = isDrawnHere(program, order, home);
      // Where it is made and where it mixes.
      if (
        !isDrawn ||
        said !== 2 ||
        !/loss|criterion|cross_entropy|\bcrit\b/i.test(text) ||
        /\breturn mixed|return\s+\w+,/.test(text)
      )
        continue;
      yield {
        at: statement.span,
        message: `The examples are mixed by ${order}, and their labels are not.`,
        evidence: [],
      };
    }
  },
};

/** `share * x + (1 - share) * x[order]`: the name of the order. */
function mixedBy(value: tree.Expression): string | undefined {
  if (value.kind !== 'BinOp' || value.operator !== '+') return undefined;
  const { left, right } = value;
  if (left.kind !== 'BinOp' || left.operator !== '*' || right.kind !== 'BinOp' || right.operator !== '*')
    return undefined;
  if (!/^\(?\s*1(\.0?)?\s*-/.test(right.left.span.text)) return undefined;
  const taken = right.right;
  if (taken.kind !== 'Subscript' || taken.value.span.text !== left.right.span.text) return undefined;
  const order = /^(\w+)(\s*,\s*(:|\.\.\.))*$/.exec(taken.index.span.text)?.[1];
  return order !== undefined && /\D/.test(order) ? order : undefined;
}

function isDrawnHere(program: Program, order: string, home: tree.FunctionDefinition | undefined): boolean {
  return statementsOf(program).some(
    (one) =>
      one.kind === 'Assign' &&
      targetsOf(one).includes(order) &&
      /randperm|permutation/.test(one.value.span.text) &&
      functionsAround(program, one.span).at(-1) === home,
  );
}
