import { isValue } from '@tensormark/frameworks';
import type { CallArguments, Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { spreadOut } from '../../ask/makings.js';
import { nativeCalls, recurrentCalls } from '../../ask/module-calls.js';
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
    for (const { module, args, moment } of nativeCalls(program, 'LSTM')) {
      const at = moment.span;
      if (at === undefined || seen.has(at.start)) continue;
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

const TAGGER = (state: string): string => `
import torch
import torch.nn as nn

class Tagger(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.embed, self.head = nn.Embedding(words, 100), nn.Linear(400, 30)
        self.lstm = nn.LSTM(100, 200, 3, batch_first=True, bidirectional=True)

    def forward(self, words):
        x = self.embed(words)
        state = ${state}
        out, _ = self.lstm(x, (state, state))  # <--
        return self.head(out)

def train(loader, words):
    model = Tagger(len(words))
    for inputs, tags in loader:
        print(model(inputs))
`;

export const stateSizes: Check = {
  id: 'state-sizes',
  title: 'A first state of another size than the layer has',
  severity: 'error',
  why: 'There is a state for each layer and direction, as wide as the layer: others are refused.',
  instead: 'Make it torch.zeros(num_layers * 2, batch, hidden_size) where the layer goes both ways.',
  needs: 'A recurrent layer that is given a state made of sizes, of which the first or the last is known.',
  wrong: [TAGGER('x.new_zeros(3, x.size(0), 200)'), TAGGER('torch.zeros(6, x.size(0), 100)')],
  right: [TAGGER('x.new_zeros(6, x.size(0), 200)').replace('  # <--', '')],
  *run(program) {
    const seen = new Set<number>();
    for (const { module, args, moment } of recurrentCalls(program)) {
      const at = moment.span;
      const { layer } = module;
      if (at === undefined || layer === undefined || seen.has(at.start)) continue;
      const { type, config } = layer;
      const given = args.named.get('hx') ?? args.positional[1];
      const states = Array.isArray(given) ? given : type === 'LSTM' ? [] : [given];
      const wanted = [
        Number(config['num_layers'] ?? 1) * (config['bidirectional'] === true ? 2 : 1),
        Number(config['hidden_size']),
      ] as const;
      if (Number(config['proj_size'] ?? 0) > 0) continue;
      for (const state of states) {
        const sizes = isValue(state) ? madeOfSizes(state) : undefined;
        if (!isValue(state) || sizes?.length !== 3 || seen.has(at.start)) continue;
        const [rows, , width] = sizes;
        const isOf = (size: Datum | undefined, right: number): boolean =>
          typeof size !== 'bigint' || Number(size) === right;
        if (isOf(rows, wanted[0]) && isOf(width, wanted[1])) continue;
        seen.add(at.start);
        yield {
          at,
          message: `The layer wants a state of [${wanted[0]}, batch, ${wanted[1]}], and this has ${sizes.map((size) => (typeof size === 'bigint' ? String(size) : '?')).join(', ')}.`,
          evidence: [places(['the state', state.span], ['the layer', module.span])],
        };
      }
    }
  },
};

function sizesOf(value: Value): number | undefined {
  return madeOfSizes(value)?.length;
}

/** The sizes that a tensor is made of; undefined for any other. */
function madeOfSizes({ made, shape, inputs }: Value): readonly Datum[] | undefined {
  const given = (
    name: string | undefined,
    args: CallArguments | undefined,
    skipped: number,
  ): readonly Datum[] | undefined => {
    if (args === undefined || !/^(zeros|ones|randn|rand|empty)$/.test(name ?? '')) return undefined;
    const named: Datum | undefined = args.named.get('size');
    return spreadOut(named === undefined ? args.positional.slice(skipped) : [named]);
  };
  if (made.kind === 'fresh') return shape?.map((size) => BigInt(size)) ?? given(made.by, made.args, 0);
  if (made.kind !== 'operation') return undefined;
  if (/^(to|cuda|requires_grad|Variable|float|detach)$/.test(made.name))
    return inputs[0] && madeOfSizes(inputs[0]);
  return made.name.startsWith('new_')
    ? given(made.name.slice(4), made.args, 1)
    : given(made.name, made.args, 0);
}
