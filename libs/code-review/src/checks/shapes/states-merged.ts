import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { recurrentStates } from '../../ask/recurrent-states.js';
import { statementsIn, statementsOf } from '../../ask/tree.js';
import { spreadOut } from '../../ask/makings.js';

export const statesMerged: Check = {
  id: 'states-merged',
  title: 'States of different examples merged by a view',
  severity: 'warning',
  why: 'The last state is (layers × directions, batch, hidden): a view that merges layers or directions takes neighbours in the batch for them.',
  instead:
    'Put both directions together by torch.cat([h[-2], h[-1]], dim=1), or bring the batch first: h.permute(1, 0, 2).reshape(batch, -1).',
  needs: 'The state of a recurrent layer of several layers or directions, straight to view or reshape.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn
rnn = nn.GRU(8, 16, bidirectional=True, batch_first=True)
out, h = rnn(torch.randn(4, 10, 8))
last = h.view(-1, 32)  # <--
`,
    `
import torch.nn as nn

class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(8, 16, num_layers=2, batch_first=True)
        self.head = nn.Linear(32, 5)

    def forward(self, words):
        out, (h, c) = self.rnn(words)
        return self.head(h.reshape(words.size(0), 32))  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
rnn = nn.GRU(8, 16, num_layers=2, bidirectional=True, batch_first=True)
out, h = rnn(torch.randn(4, 10, 8))
apart = h.view(2, 2, 4, 16)
last = h.permute(1, 0, 2).reshape(4, -1)
single = h[-1].view(4, 16)
`,
  ],
  *run(program) {
    if (!/\.(view|reshape)\(/.test(program.source)) return;
    yield* mergedWhereSeveral(program);
    const states = statesIn(program);
    if (states.size === 0) return;
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, 'view', 'reshape')) {
      const [state, ...given] = args.positional;
      const at = moment.span;
      if (!isValue(state) || at === undefined || seen.has(at.start)) continue;
      const layer = states.get(state);
      if (layer === undefined) continue;
      const sizes = spreadOut(given);
      if (!isMerged(state, sizes, layer)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `The state of ${layer.type} has its layers and directions first, and this merges them over examples.`,
        evidence: [
          ...(state.shape === undefined
            ? []
            : [{ kind: 'shapes', shapes: [{ what: 'the state', shape: state.shape }] } as const]),
          places(['the layer', layer.span]),
        ],
      };
    }
  },
};

/**
 * The same where layers or directions are only a setting: `if self.bidirectional: hidden = hidden.view(batch_size, 2 * size)`, of what a
 * recurrent layer gives second.
 */
function* mergedWhereSeveral(program: Program): Generator<Found> {
  for (const owner of statementsOf(program)) {
    if (owner.kind !== 'FunctionDef' || !/\b(bidirectional|num_layers|n_layers)\b/.test(owner.span.text))
      continue;
    const body = statementsIn(owner.body);
    const states = new Set(
      body.flatMap((one) => {
        const [, state = ''] =
          (one.kind === 'Assign' &&
            /rnn|gru|lstm/i.test(one.value.span.text) &&
            /^\w+,\s*\(?(\w+)\b/.exec(one.span.text)) ||
          [];
        return state === '' ? [] : [state];
      }),
    );
    for (const asked of body) {
      if (asked.kind !== 'If' || !/bidirectional|num_layers\s*>|n_layers\s*>/.test(asked.test.span.text))
        continue;
      for (const one of asked.body) {
        const [, name = '', from = ''] =
          /^(\w+)\s*=\s*(\w+)\.(?:view|reshape)\(\s*(?:batch_?size|\w+\.size\(0\)|bs|b)\s*,[^,]*\*[^,]*\)$/.exec(
            one.span.text,
          ) ?? [];
        if (one.kind !== 'Assign' || !states.has(from) || name === '') continue;
        if (
          body.some(
            (other) =>
              other.kind === 'Assign' &&
              other !== one &&
              other.span.start < one.span.start &&
              new RegExp(String.raw`^${from}\s*=`).test(other.span.text),
          )
        )
          continue;
        yield {
          at: one.span,
          message: `${from} has its layers and directions first, and this merges them over examples.`,
          evidence: [],
        };
      }
    }
  }
}

/** The last states that recurrent layers of several layers or directions give, with those layers. */
function statesIn(program: Program): ReadonlyMap<Value, ProgramModule> {
  const found = new Map<Value, ProgramModule>();
  for (const { module, layers, directions, states } of recurrentStates(program)) {
    if (!(layers * directions > 1)) continue;
    for (const state of states) if (isValue(state)) found.set(state, module);
  }
  return found;
}

/** Whether sizes that begin with the batch end with more than one state has. */
function isMerged({ shape }: Value, sizes: readonly Datum[], layer: ProgramModule): boolean {
  const [first, ...rest] = sizes;
  const hidden = Number(layer.layer?.config['hidden_size'] ?? 0);
  if (hidden === 0 || rest.length === 0 || rest.length > 2) return false;
  if (shape !== undefined && shape[1] === 1) return false;
  const isBatch = first === -1n || isValue(first) || (shape !== undefined && first === BigInt(shape[1] ?? 0));
  if (!isBatch || (shape !== undefined && first !== -1n && !isValue(first) && shape[0] === Number(first)))
    return false;
  let width = 1;
  for (const size of rest) {
    if (size === -1n && first !== -1n) return isValue(first) ? isSizeOfBatch(first) : true;
    if (typeof size !== 'bigint' || size < 1n) return false;
    width *= Number(size);
  }
  return width > hidden && width % hidden === 0;
}

/** `x.size(0)`, `x.shape[0]`: what code that brings the batch first calls the batch. */
function isSizeOfBatch(value: Value): boolean {
  return /batch|\bbs\b|size\(0\)|shape\[0\]/i.test(value.span?.text ?? '');
}
