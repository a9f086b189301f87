import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { callsOfModule } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { recurrentStates } from '../../ask/recurrent-states.js';

const READER = (last: string, layers = 2): string => `
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(8, 16, num_layers=${layers}, batch_first=True)
        self.head = nn.Linear(16, 5)

    def forward(self, words):
        out, (h, c) = self.rnn(words)
        ${last}
        return self.head(last)
`;

export const rnnFirstLayer: Check = {
  id: 'rnn-first-layer',
  title: 'The state of the first of several layers',
  severity: 'warning',
  why: 'The last states are (layers, batch, hidden): h[0] is of the first layer, and what the layers above it work out is thrown away.',
  instead: 'Take the last layer’s state, h[-1].',
  needs:
    'A recurrent layer of one direction and several layers, of whose state only the first is taken and whose outputs are not used.',
  onSupposed: true,
  wrong: [READER('last = h[0]  # <--'), READER('last = h[0, :, :]  # <--')],
  right: [
    READER('last = h[-1]'),
    READER('last = h[0]', 1),
    READER('last = h[0] + h[1]'),
    READER('last = h[0] + out[:, -1]'),
  ],
  *run(program) {
    if (!/\[\s*0\s*[\],]/.test(program.source)) return;
    const states = statesIn(program);
    if (states.size === 0) return;
    const taken = new Map<ProgramModule, { readonly first: Value[]; others: number }>();
    for (const { args, result } of callsNamed(program, 'getitem', '__getitem__')) {
      const [state, key] = args.positional;
      const module = isValue(state) ? states.get(state) : undefined;
      if (module === undefined || !isValue(result)) continue;
      const entry = taken.get(module) ?? { first: [], others: 0 };
      const at: Datum | undefined = Array.isArray(key) ? key[0] : key;
      if (at === 0n) entry.first.push(result);
      else entry.others++;
      taken.set(module, entry);
    }
    const used = usedBeside(program, states);
    for (const [module, { first, others }] of taken) {
      const [one] = first;
      const at = one?.span;
      if (at === undefined || at.source.file !== program.file || others > 0 || used.has(module)) continue;
      yield {
        at,
        message: `This is the state of the first of ${String(module.layer?.config['num_layers'])} layers of ${module.type}.`,
        evidence: [places(['the layer', module.span])],
      };
    }
  },
};

/** The hidden states that recurrent layers of one direction and several layers give. */
function statesIn(program: Program): ReadonlyMap<Value, ProgramModule> {
  const found = new Map<Value, ProgramModule>();
  for (const { module, layers, directions, states } of recurrentStates(program)) {
    const [hidden] = states;
    if (layers > 1 && directions === 1 && isValue(hidden)) found.set(hidden, module);
  }
  return found;
}

/** Layers of which something else is used: their outputs, or their whole state. */
function usedBeside(program: Program, states: ReadonlyMap<Value, ProgramModule>): ReadonlySet<ProgramModule> {
  const outputs = new Map<Value, ProgramModule>(states);
  for (const module of new Set(states.values()))
    for (const { result } of callsOfModule(program, module)) {
      const [out]: readonly Datum[] = Array.isArray(result) ? result : [];
      if (isValue(out)) outputs.set(out, module);
    }
  const used = new Set<ProgramModule>();
  const uses = (data: Iterable<Datum>, isPick: boolean): void => {
    for (const datum of data) {
      const module = isValue(datum) ? outputs.get(datum) : undefined;
      if (module === undefined || (isPick && isValue(datum) && states.has(datum))) continue;
      used.add(module);
    }
  };
  for (const { name, args } of eventsOf(program, 'call'))
    uses(
      args.positional.flatMap((one): readonly Datum[] => (Array.isArray(one) ? one : [one])),
      /getitem/.test(name),
    );
  for (const { module, args } of eventsOf(program, 'module-call'))
    if (!module.layer || !/^(RNN|LSTM|GRU)$/.test(module.layer.type)) uses(args.positional, false);
    else uses(args.positional.slice(1).flat(), false);
  return used;
}
