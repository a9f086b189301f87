import { argument, isValue } from '@tensormark/frameworks';
import type { Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { recurrentCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';

const TURNS = /^(t|T|permute|transpose|swapaxes|movedim|pad_sequence|stack|rearrange)$/;

export const packLayout: Check = {
  id: 'pack-layout',
  title: 'Sequences packed along the batch instead of time',
  severity: 'warning',
  why: 'Without batch_first, pack_padded_sequence takes (time, batch, features): of data with the batch first it packs examples for steps, and lengths are those of others.',
  instead: 'Hand pack_padded_sequence batch_first=True, as the recurrent layer has it.',
  needs:
    'pack_padded_sequence without batch_first whose result goes to a recurrent layer with batch_first=True.',
  wrong: [
    `
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(5000, 100)
        self.lstm = nn.LSTM(100, 128, batch_first=True)
        self.head = nn.Linear(128, 12)

    def forward(self, words, lengths):
        packed = pack_padded_sequence(self.words(words), lengths, enforce_sorted=False)  # <--
        states, _ = self.lstm(packed)
        states, _ = pad_packed_sequence(states, batch_first=True)
        return self.head(states)
`,
  ],
  right: [
    `
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(5000, 100)
        self.lstm = nn.LSTM(100, 128, batch_first=True)
        self.plain = nn.GRU(128, 64)
        self.head = nn.Linear(64, 12)

    def forward(self, words, lengths):
        packed = pack_padded_sequence(self.words(words), lengths, batch_first=True)
        states, _ = self.lstm(packed)
        states, _ = pad_packed_sequence(states, batch_first=True)
        states, _ = self.plain(pack_padded_sequence(states.transpose(0, 1), lengths))
        return self.head(pad_packed_sequence(states)[0])
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, 'pack_padded_sequence')) {
      const at = moment.span;
      if (at === undefined || seen.has(at.start)) continue;
      const [data] = args.positional;
      const first = argument(args, 'batch_first', 2);
      if ((first !== undefined && first !== false) || !isValue(data) || isTurned(data)) continue;
      const layer = nextRecurrent(program, moment.at);
      if (layer?.layer?.config['batch_first'] !== true || unpacksTimeFirst(program)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `The sequences are packed as (time, batch, …), and ${layer.type} and its data have the batch first.`,
        evidence: [places(['the layer', layer.span], ['the data', data.span])],
      };
    }
  },
};

/** The recurrent layer that is called next. */
function nextRecurrent(program: Program, after: number): ProgramModule | undefined {
  return recurrentCalls(program).find(({ moment }) => moment.at > after)?.module;
}

/** Whether what was packed was turned on purpose, or put together by something that puts time first. */
function isTurned(value: Value): boolean {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 12; depth++) {
    if (TURNS.test(makerOf(current))) return true;
    [current] = current.inputs;
  }
  return false;
}

function unpacksTimeFirst(program: Program): boolean {
  return callsNamed(program, 'pad_packed_sequence').some(
    ({ args }) => argument(args, 'batch_first', 1) !== true,
  );
}
