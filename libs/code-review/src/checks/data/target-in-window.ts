import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsOf, targetsOf } from '../../ask/tree.js';

const WINDOWS = (target: string, mark = ''): string => `
import numpy as np
import torch

def windows(series, length):
    x, y = [], []
    for at in range(len(series) - length):
        x.append(series[at:at + length])
        y.append(${target})${mark}
    return torch.tensor(np.array(x)), torch.tensor(np.array(y))
`;

export const targetInWindow: Check = {
  id: 'target-in-window',
  title: 'The value to be foretold is one of those that are given',
  severity: 'warning',
  why: 'A window series[i:i+n] ends with series[i+n-1]: a target that lies in it is copied, not foretold, and every figure looks too good.',
  instead: 'Take the value after the window: series[i + n].',
  needs:
    'A loop that gathers windows of a series, and of the same series single values that lie within them.',
  wrong: [
    WINDOWS('series[at + length - 1]', '  # <--'),
    WINDOWS('number[series[at + length - 1]]', '  # <--')
      .replace(
        'x.append(series[at:at + length])',
        'x.append([number[one] for one in series[at:at + length]])',
      )
      .replace('(series, length)', '(series, number, length)'),
  ],
  right: [
    WINDOWS('series[at + length]'),
    WINDOWS('series[at + length - 1, 0]'),
    WINDOWS('labels[at + length - 1]'),
  ],
  *run(program) {
    for (const loop of statementsOf(program)) {
      if (loop.kind !== 'For' || loop.target.kind !== 'Name') continue;
      const kept = loop.body.flatMap((one) => {
        const call = one.kind === 'Expr' && one.value.kind === 'Call' ? one.value : undefined;
        const given = call?.callee.span.text.endsWith('.append') === true ? call.args[0] : undefined;
        const meant = given?.kind === 'Name' ? valueOf(loop.body, given.id) : given;
        const taken = meant && takenIn(meant);
        return taken === undefined ? [] : [{ at: one, taken }];
      });
      const compact = (node: tree.Expression): string => node.span.text.replaceAll(/\s/g, '');
      for (const { taken } of kept) {
        if (taken.index.kind !== 'Slice' || taken.index.lower?.span.text !== loop.target.id) continue;
        const end = taken.index.upper && compact(taken.index.upper);
        const inside = kept.find(
          (other) =>
            other.taken.value.span.text === taken.value.span.text &&
            end !== undefined &&
            compact(other.taken.index) === `${end}-1`,
        );
        if (inside === undefined) continue;
        yield {
          at: inside.at.span,
          message: `${inside.taken.span.text} is the last value of the window ${taken.span.text}.`,
          evidence: [places(['the window', taken.span])],
        };
      }
    }
  },
};

/** What is taken of a series, as it is or each of it looked up: `series[a:b]`, `[index[c] for c in text[a:b]]`, `index[text[b]]`. */
function takenIn(node: tree.Expression): tree.Subscript | undefined {
  if (node.kind === 'Subscript')
    return node.index.kind === 'Subscript' && node.index.index.kind !== 'Slice' ? node.index : node;
  if (node.kind !== 'ListComp' || node.clauses.length !== 1) return undefined;
  const iterable = node.clauses[0]?.iterable;
  return iterable?.kind === 'Subscript' ? iterable : undefined;
}

function valueOf(body: readonly tree.Statement[], name: string): tree.Expression | undefined {
  const made = body.filter((one) => targetsOf(one).includes(name));
  const [only] = made;
  return made.length === 1 && only?.kind === 'Assign' ? only.value : undefined;
}
