import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { givenIn, leavesOf, targetsAt } from '../../ask/targets.js';
import { torchCalls } from '../../ask/torch-calls.js';
import { callsOf, statementsOf } from '../../ask/tree.js';

const READER = (line: string): string => `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(8, 16)
        self.out = nn.Linear(16, 2)

    def forward(self, x, h0, c0):
        ${line}
        return self.out(hidden[-1])
`;

/** What the states of an LSTM are called: what it gives, and what it keeps. */
const HIDDEN = /^(self\.)?(h|hidden|hid)(_?(n|t|0|x|s|state|states|prev|last))?_?\d*$/i;
const CELL = /^(self\.)?(c|cell|cel)(_?(n|t|0|x|s|state|states|prev|last))?_?\d*$/i;

export const lstmStatesCrossed: Check = {
  id: 'lstm-states-crossed',
  title: 'The two states of an LSTM in each other’s place',
  severity: 'warning',
  why: 'PyTorch’s LSTM takes and gives (h, c), the hidden state first; under crossed names the cell’s memory is used as its output.',
  instead: 'output, (h, c) = lstm(x, (h0, c0)).',
  needs: 'A call of nn.LSTM or nn.LSTMCell with a pair whose names say cell first and hidden second.',
  wrong: [
    READER('output, (cell, hidden) = self.lstm(x)  # <--'),
    READER('output, (hidden, cell) = self.lstm(x, (c0, h0))  # <--'),
  ],
  right: [
    READER('output, (hidden, cell) = self.lstm(x, (h0, c0))'),
    READER('output, (c, h) = self.lstm(x, (c0, h0)); hidden = c'),
  ],
  *run(program) {
    if (!program.source.includes('LSTM')) return;
    const made = lstmsOf(program);
    if (made.size === 0) return;
    const kept = new Map<tree.Expression, tree.Statement>();
    for (const one of statementsOf(program)) if (one.kind === 'Assign') kept.set(one.value, one);
    for (const call of callsOf(program)) {
      const isCell = made.get(call.callee.span.text);
      if (isCell === undefined) continue;
      const statement = kept.get(call);
      const [target] = statement === undefined ? [] : targetsAt(statement);
      const taken = isCell ? target : target?.kind === 'Tuple' ? target.items[1] : undefined;
      const given = call.args[1] ?? call.keywords.find(({ name }) => name === 'hx')?.value;
      // Crossed on both sides, it is a matter of names alone.
      const [isTaken, isGiven] = [isCrossed(taken), isCrossed(given)];
      if (isTaken === isGiven) continue;
      const pair = isTaken ? taken : given;
      if (pair === undefined) continue;
      yield {
        at: pair.span,
        message: `${call.callee.span.text} ${isTaken ? 'gives' : 'takes'} the hidden state first and the cell’s second: ${pair.span.text} has them the other way round.`,
        evidence: [],
      };
    }
  },
};

/** What is made an LSTM, by name, and whether it is one for single steps. */
export function lstmsOf(program: Program): ReadonlyMap<string, boolean> {
  const calls = new Map<tree.Expression, string>(torchCalls(program).map(({ call, path }) => [call, path]));
  const made = new Map<string, boolean>();
  const others = new Set<string>();
  for (const one of statementsOf(program)) {
    for (const { target, value } of givenIn(one)) {
      const [, kind] = /^torch\.nn\.(LSTM|LSTMCell)$/.exec(calls.get(value) ?? '') ?? [];
      for (const { span } of leavesOf(target))
        if (kind === undefined) others.add(span.text);
        else made.set(span.text, kind === 'LSTMCell');
    }
  }
  for (const name of others) made.delete(name);
  return made;
}

/** Whether a pair of states has the cell first, by its names. */
export function isCrossed(pair: tree.Expression | undefined): boolean {
  if (pair?.kind !== 'Tuple' || pair.items.length !== 2) return false;
  const [first = '', second = ''] = pair.items.map(({ span }) => span.text);
  return CELL.test(first) && HIDDEN.test(second);
}
