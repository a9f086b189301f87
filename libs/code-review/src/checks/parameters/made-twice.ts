import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsOf, targetsOf } from '../../ask/tree.js';

export const madeTwice: Check = {
  id: 'made-twice',
  title: 'Two names for one and the same',
  severity: 'warning',
  why: 'Both stand for the same value: the one that was to be different was copied and not changed.',
  instead: 'Compute the second from what it is named after: (1 - a) ** 0.5.',
  needs:
    'Two statements beside each other that give different names the same formula: a power, a root, a logarithm.',
  wrong: [
    `
class Schedule:
    def __init__(self, alphas):
        self.root_alphas = alphas ** 0.5
        self.root_rest = alphas ** 0.5  # <--
`,
  ],
  right: [
    `
def grown(A, rows, x, y, width, step):
    A[:rows, step] = x ** step * y
    A[rows:, step] = x ** step * y
    start_row = width ** 2 + step
    start_col = width ** 2 + step
    return A[start_row:, start_col:]
`,
    `
import torch
import torch.nn as nn

class Encoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width // 2
        self.depth = width // 2
        self.hidden = nn.Linear(20, 16)
        self.to_mean, self.to_logvar = nn.Linear(16, 4), nn.Linear(16, 4)

    def forward(self, x):
        h = torch.relu(self.hidden(x))
        mean = self.to_mean(h)
        logvar = self.to_logvar(h)
        return mean, logvar
`,
  ],
  *run(program) {
    const all = statementsOf(program);
    for (const [at, one] of all.entries()) {
      const next = all[at + 1];
      if (one.kind !== 'Assign' || next?.kind !== 'Assign') continue;
      const [name = ''] = targetsOf(one);
      const [other = ''] = targetsOf(next);
      if (one.targets.length !== 1 || next.targets.length !== 1 || name === other) continue;
      if (one.value.span.text.length < 6 || one.value.span.text !== next.value.span.text) continue;
      if (!isFormula(one.value) || !isNamedInIt(name, other, one.value.span.text)) continue;
      // One after the other, from the same place on.
      if (
        next.span.place.line !== one.span.place.endLine + 1 ||
        next.span.place.column !== one.span.place.column
      )
        continue;
      yield {
        at: next.span,
        message: `${other} is given the same as ${name}.`,
        evidence: [places(['the other', one.span])],
      };
    }
  },
};

/** Whether the first is named after something in the formula, by that in which the names differ: `root_alphas`, `root_rest` of alphas. */
function isNamedInIt(name: string, other: string, formula: string): boolean {
  if (name.includes('[')) return false;
  const [parts, others] = [name, other].map((text) => text.toLowerCase().split(/[^a-z0-9]+|_/));
  const own = parts?.filter((part) => part !== '' && others?.includes(part) === false) ?? [];
  return own.some((part) =>
    new RegExp(String.raw`(^|[^a-z])${part}|_${part}|${part}s?\b`).test(formula.toLowerCase()),
  );
}

/** A power, a root or a logarithm of something: what nobody computes twice for two names. */
function isFormula(value: tree.Expression): boolean {
  const { text } = value.span;
  if (value.kind === 'BinOp') return /\*\*/.test(text) && /[A-Za-z]/.test(text.replaceAll(/\*\*.*$/g, ''));
  return value.kind === 'Call' && /^(torch|np|math)\.(sqrt|rsqrt|exp|log|log1p)\(/.test(text);
}
