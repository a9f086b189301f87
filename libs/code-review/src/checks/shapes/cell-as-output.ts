import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { torchCalls } from '../../ask/torch-calls.js';
import { givenIn, namesGivenAt, targetsAt } from '../../ask/targets.js';
import { callsOf, functionsAround, holds, statementsIn, statementsOf, usesOf } from '../../ask/tree.js';
import { isCrossed, lstmsOf } from './lstm-states-crossed.js';

const STEPPER = (given: string, read: string): string => `
import torch
import torch.nn as nn

class Stepper(nn.Module):
    def __init__(self):
        super().__init__()
        self.low, self.high = nn.LSTMCell(4, 32), nn.LSTMCell(32, 32)
        self.head = nn.Linear(32, 4)

    def forward(self, steps, low, low_memory, high, high_memory):
        given = []
        for step in steps:
            low, low_memory = self.low(step, (low, low_memory))
            high, high_memory = self.high(${given}, (high, high_memory))${given === 'low' ? '' : '  # <--'}
            given.append(self.head(${read}))
        return torch.stack(given)
`;

export const cellAsOutput: Check = {
  id: 'cell-as-output',
  title: 'The memory of an LSTM in place of its output',
  severity: 'warning',
  why: 'An LSTM lets out of its cell what its output gate passes, the hidden state; the cell by itself is not bounded, and is its own to keep.',
  instead: 'Pass on the first of the two, h of h, c = cell(x, (h, c)).',
  needs:
    'A cell whose hidden state goes nowhere but back into it, and whose second state goes into the next layer.',
  wrong: [STEPPER('low_memory', 'high')],
  right: [
    STEPPER('low', 'high'),
    STEPPER('low', 'torch.cat([high, high_memory], 1)').replace('nn.Linear(32', 'nn.Linear(64'),
  ],
  *run(program) {
    if (!program.source.includes('LSTMCell')) return;
    const made = lstmsOf(program);
    if (![...made.values()].includes(true)) return;
    const kept = new Map<tree.Expression, tree.Statement>();
    for (const one of statementsOf(program)) if (one.kind === 'Assign') kept.set(one.value, one);
    const linears = linearsOf(program);
    const told = new Set<number>();
    for (const call of callsOf(program)) {
      const statement = kept.get(call);
      const [pair] = statement === undefined ? [] : targetsAt(statement);
      if (made.get(call.callee.span.text) !== true || pair?.kind !== 'Tuple' || isCrossed(pair)) continue;
      const around = functionsAround(program, call.span).at(-1);
      const [hidden, cell] = pair.items;
      if (around === undefined || hidden?.kind !== 'Name' || cell?.kind !== 'Name') continue;
      if (hidden.id === cell.id || isReadElsewhere(around, hidden.id, made)) continue;
      for (const taker of callsOf(program)) {
        const [given] = taker.args;
        const callee = taker.callee.span.text;
        if (given?.kind !== 'Name' || given.id !== cell.id || !holds(around.span, taker.span)) continue;
        if ((!made.has(callee) && !linears.has(callee)) || told.has(taker.span.start)) continue;
        told.add(taker.span.start);
        yield {
          at: taker.span,
          message: `${callee} is given ${cell.id}, the memory of ${call.callee.span.text}; what that puts out is ${hidden.id}, which nothing else reads.`,
          evidence: [places(['both come from here', call.span])],
          // Well-known programs pass it on to another cell, and learn all the same.
          ...(made.has(callee) && { severity: 'design' as const }),
        };
      }
    }
  },
};

/** Whether anything but the layers’ own pairs of states reads a hidden state. */
function isReadElsewhere(
  around: tree.FunctionDefinition,
  name: string,
  made: ReadonlyMap<string, boolean>,
): boolean {
  const own: Span[] = statementsIn(around.body).flatMap((one) => namesGivenAt(one).map(({ span }) => span));
  eachNode(around.body, (node) => {
    if (node.kind !== 'Call' || !made.has(node.callee.span.text)) return;
    const state = node.args[1] ?? node.keywords.find((one) => one.name === 'hx')?.value;
    if (state !== undefined) own.push(state.span);
  });
  return usesOf(around.body, name).some((use) => !own.some((one) => holds(one, use)));
}

/** What is made a linear layer, by the names that it is kept under. */
function linearsOf(program: Program): ReadonlySet<string> {
  const made = new Set<tree.Expression>(
    torchCalls(program).flatMap(({ call, path }) => (path === 'torch.nn.Linear' ? [call] : [])),
  );
  return new Set(
    statementsOf(program)
      .flatMap((one) => givenIn(one))
      .flatMap(({ target, value }) => (made.has(value) ? [target.span.text] : [])),
  );
}
