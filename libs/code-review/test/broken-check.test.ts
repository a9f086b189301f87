import { describe, expect, it } from '@jest/globals';
import { judged, openReviewer } from '../src/review.js';
import { CHECKS } from '../src/checks/table.js';
import type { Check } from '../src/check.js';
import { openProgramReader } from '@tensormark/frameworks';

const BREAKS: Check = {
  id: 'breaks',
  title: 'A check that breaks',
  severity: 'error',
  why: 'It looks for what is not there.',
  instead: 'Look first.',
  needs: 'nothing',
  wrong: [],
  right: [],
  *run({ body }) {
    yield { at: body[0]?.span ?? never(), message: 'Found before it broke.', evidence: [] };
    throw new SyntaxError('Invalid regular expression');
  },
};

function never(): never {
  throw new Error('the program has a first statement');
}

const UNSTEPPED = `
import torch
import torch.nn as nn

model = nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
for _ in range(10):
    loss = nn.functional.mse_loss(model(torch.randn(8, 4)), torch.randn(8, 1))
    loss.backward()
    optimizer.step()
`;

describe('a check that breaks', () => {
  it('takes nothing from what others find', () => {
    const program = openProgramReader().read(UNSTEPPED, { filename: 'train.py' });
    const without = judged(program, CHECKS);
    const { findings, broken } = judged(program, [BREAKS, ...CHECKS]);
    expect(without.findings.length).toBeGreaterThan(0);
    expect(findings).toEqual(without.findings);
    expect(broken).toEqual([{ check: 'breaks', error: 'SyntaxError: Invalid regular expression' }]);
  });

  it('is said to whoever reads the review', () => {
    const { unknowns } = openReviewer().review(UNSTEPPED, { checks: [BREAKS] });
    expect(unknowns.map(({ what }) => what).join()).toMatch(/whether breaks holds.*fault of Tensormark/);
  });
});

/** What a program goes over may be anything, and what is written is no pattern to search with. */
describe('what a loop goes over', () => {
  it.each([
    'itertools.chain(a[1:], [b-a, c])',
    'zip(*[iter(rows)] * 2)',
    "open('a(b.txt')",
    '{**a, "[z-a]": 1}',
    '(a)+(b)+[*c]',
  ])('%s', (items) => {
    const text = `
import itertools
import torch

def evaluate(model, a, b, c, rows):
    correct, total = 0, 0
    for x, y in ${items}:
        correct += (model(x).argmax(1) == y).sum().item()
        total += 1
    return correct / total
`;
    expect(openReviewer().review(text).broken).toEqual([]);
  });
});
