import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { statementsIn, statementsOf } from '../../ask/tree.js';

const SOLVED = (last: string, step: string): string => `
import torch
import torch.nn as nn
net = nn.Linear(4, 1)
x, y = torch.randn(32, 4), torch.randn(32, 1)
optimizer = torch.optim.LBFGS(net.parameters(), lr=0.5)
for round in range(10):
    def closure():
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(net(x), y)
        loss.backward()
        ${last}
    ${step}
`;

export const closureMissing: Check = {
  id: 'closure-missing',
  title: 'LBFGS stepped without a closure',
  severity: 'error',
  why: 'LBFGS computes the loss several times for one step, and raises an error where it is given no function that does so.',
  instead: 'optimizer.step(closure), with a closure that computes the loss, calls backward() and returns it.',
  needs: 'A step of torch.optim.LBFGS that is given nothing.',
  wrong: [SOLVED('return loss', 'optimizer.step()  # <--')],
  right: [SOLVED('return loss', 'optimizer.step(closure)')],
  *run(program) {
    const seen = new Set<number>();
    for (const { of, closure, moment } of eventsOf(program, 'step')) {
      const at = moment.span;
      if (of === 'manual' || of.kind !== 'optimizer' || of.type !== 'LBFGS' || closure) continue;
      if (at === undefined || seen.has(at.start) || !/\.step\(\s*\)$/.test(at.text)) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'LBFGS is to be given a closure here.',
        evidence: [places(['the optimiser', of.made.span])],
      };
    }
  },
};

export const closureReturn: Check = {
  id: 'closure-return',
  title: 'A closure that does not return the loss',
  severity: 'error',
  why: 'LBFGS takes what the closure returns for the loss: of None it can make no number, and raises an error.',
  instead: 'End the closure with return loss.',
  needs:
    'A function of the file that calls backward() and returns nothing, given to a step of torch.optim.LBFGS.',
  wrong: [SOLVED('pass', 'optimizer.step(closure)').replace('def closure():', 'def closure():  # <--')],
  right: [SOLVED('return loss', 'optimizer.step(closure)')],
  *run(program) {
    if (!program.source.includes('LBFGS')) return;
    const seen = new Set<number>();
    for (const { of, moment } of eventsOf(program, 'step')) {
      if (of === 'manual' || of.kind !== 'optimizer' || of.type !== 'LBFGS') continue;
      const name = /\.step\(\s*(?:closure\s*=\s*)?(\w+)\s*\)$/.exec(moment.span?.text ?? '')?.[1];
      const closure = name === undefined ? undefined : functionCalled(program, name);
      if (closure === undefined || seen.has(closure.span.start)) continue;
      const body = statementsIn(closure.body);
      if (body.some(({ kind }) => kind === 'Return') || !/\.backward\(/.test(closure.span.text)) continue;
      seen.add(closure.span.start);
      yield {
        at: closure.nameSpan,
        message: `${closure.name} computes the loss and returns nothing.`,
        evidence: [places(['it is given here', moment.span])],
      };
    }
  },
};

/** The one function of a name. */
function functionCalled(program: Program, name: string): tree.FunctionDefinition | undefined {
  const found = statementsOf(program).filter(
    (one): one is tree.FunctionDefinition => one.kind === 'FunctionDef' && one.name === name,
  );
  return found.length === 1 ? found[0] : undefined;
}
