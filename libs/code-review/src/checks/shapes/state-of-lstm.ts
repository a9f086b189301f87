import { isValue } from '@tensormark/frameworks';
import type { CallArguments, Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { spreadOut } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const PRICES = (state: string): string => `
import torch
import torch.nn as nn
from prices import days, prices

class Prices(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.head = nn.LSTM(5, 64, 2, batch_first=True), nn.Linear(64, 1)

    def start(self, count):
        return ${state}

    def forward(self, x):
        out, state = self.lstm(x, self.start(x.size(0)))  # <--
        return self.head(out[:, -1])

model = Prices()
loss = nn.functional.mse_loss(model(days), prices)
`;

export const stateOfLstm: Check = {
  id: 'state-of-lstm',
  title: 'One tensor where an LSTM wants two',
  severity: 'error',
  why: 'An LSTM has a state and a cell: of one tensor it takes the two apart along the first dimension, the layers, and refuses what comes of it.',
  instead: 'Give it both: self.lstm(x, (h0, c0)).',
  needs: 'An LSTM called with a tensor of three dimensions for its state.',
  wrong: [PRICES('torch.zeros(2, count, 64)')],
  right: [PRICES('torch.zeros(2, count, 64), torch.zeros(2, count, 64)').replace('  # <--', '')],
  *run(program) {
    const seen = new Set<number>();
    for (const { module, args, moment } of eventsOf(program, 'module-call')) {
      const at = moment.span;
      if (at === undefined || (module.layer?.type ?? module.type) !== 'LSTM' || seen.has(at.start)) continue;
      const state = args.named.get('hx') ?? args.positional[1];
      if (!isValue(state) || sizesOf(state) !== 3) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The LSTM is given one tensor for its state, and wants a pair of them.',
        evidence: [places(['the tensor', state.span], ['the layer', module.span])],
      };
    }
  },
};

/** How many dimensions a tensor has that is made of sizes; undefined for any other. */
function sizesOf({ made, shape, inputs }: Value): number | undefined {
  const counted = (
    name: string | undefined,
    args: CallArguments | undefined,
    skipped: number,
  ): number | undefined => {
    if (args === undefined || !/^(zeros|ones|randn|rand|empty)$/.test(name ?? '')) return undefined;
    const named: Datum | undefined = args.named.get('size');
    return spreadOut(named === undefined ? args.positional.slice(skipped) : [named]).length;
  };
  if (made.kind === 'fresh') return shape?.length ?? counted(made.by, made.args, 0);
  if (made.kind !== 'operation') return undefined;
  if (/^(to|cuda|requires_grad|Variable|float|detach)$/.test(made.name))
    return inputs[0] && sizesOf(inputs[0]);
  return made.name.startsWith('new_')
    ? counted(made.name.slice(4), made.args, 1)
    : counted(made.name, made.args, 0);
}
