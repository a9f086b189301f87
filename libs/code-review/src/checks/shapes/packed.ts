import { argument, isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const PACKED = (rest: string, mark = ''): string => `
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence
from torch.utils.data import DataLoader

def collate(rows):
    texts = [torch.tensor(row) for row in rows]
    return pad_sequence(texts, batch_first=True), torch.tensor([len(text) for text in texts])

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.rnn = nn.Embedding(100, 16, padding_idx=0), nn.GRU(16, 32, batch_first=True)

    def forward(self, ids, lengths):
        packed = pack_padded_sequence(self.words(ids), lengths${rest})${mark}
        return self.rnn(packed)[1][-1]

net = Reader()
data = [[int(word) for word in line.split()] for line in open('lines.txt')]
for ids, lengths in DataLoader(data, batch_size=8, shuffle=True, collate_fn=collate):
    net(ids, lengths)
`;

export const packedUnsorted: Check = {
  id: 'packed-unsorted',
  title: 'Sequences packed in no order of length',
  severity: 'warning',
  why: 'Unless told otherwise pack_padded_sequence wants the longest sequence first, and raises "lengths array must be sorted in decreasing order" for nearly every batch.',
  instead: 'Give it enforce_sorted=False, or sort the batch by length.',
  needs:
    'Sequences of a loader’s batch that are packed without enforce_sorted=False, in a program that sorts nothing.',
  wrong: [PACKED(', batch_first=True', '  # <--')],
  right: [PACKED(', batch_first=True, enforce_sorted=False')],
  *run(program) {
    if (
      !/pack_padded_sequence/.test(program.source) ||
      /sort(?!ed\s*=)|argsort|key\s*=/i.test(program.source.replaceAll(/enforce_sorted/g, ''))
    )
      return;
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, 'pack_padded_sequence')) {
      const [input, lengths] = args.positional;
      const at = moment.span;
      if (at === undefined || seen.has(at.start) || at.source.file !== program.file) continue;
      const isSorted = argument(args, 'enforce_sorted', 3);
      if ((isSorted !== undefined && isSorted !== true) || !isValue(input)) continue;
      const given = isValue(lengths) ? lengths : input;
      const batch = batchOf(given) ?? batchOf(input);
      // One at a time is in order.
      if (batch?.made.kind !== 'batch' || batch.made.loader.batchSize === 1) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The sequences are packed as they come, and nothing sorts them by length.',
        evidence: [places(['the batch', batch.span])],
      };
    }
  },
};

function batchOf(value: Value): Value | undefined {
  let found: Value | undefined;
  comesOf(value, (one) => {
    if (one.made.kind === 'batch') found ??= one;
    return one.made.kind === 'batch';
  });
  return found;
}

export const packedTurned: Check = {
  id: 'packed-turned',
  title: 'A batch packed as if time came first',
  severity: 'error',
  why: 'Without batch_first=True dimension 0 is taken for time: the lengths are as many as there are examples, and fit no more.',
  instead: 'Give pack_padded_sequence batch_first=True as well.',
  needs: 'Sequences that pad_sequence filled up with batch_first=True, packed without it.',
  wrong: [PACKED(', enforce_sorted=False', '  # <--')],
  right: [PACKED(', batch_first=True, enforce_sorted=False')],
  *run(program) {
    if (!/pack_padded_sequence/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, 'pack_padded_sequence')) {
      const [input] = args.positional;
      const at = moment.span;
      if (!isValue(input) || at === undefined || seen.has(at.start)) continue;
      if (argument(args, 'batch_first', 2) !== undefined) continue;
      const filled = filledIn(input);
      if (filled?.made.kind !== 'operation' || argument(filled.made.args, 'batch_first', 1) !== true)
        continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The sequences were filled up with the batch first, and are packed with time first.',
        evidence: [places(['they were filled up here', filled.span])],
      };
    }
  },
};

const KEEPING = /^(Embedding|Dropout|dropout|to|cuda|cpu|float|long|relu|Linear|LayerNorm)$/;

/** Where sequences were filled up that keep their layout up to here. */
function filledIn(value: Value): Value | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; depth < 30 && current !== undefined; depth++) {
    if (makerOf(current) === 'pad_sequence') return current;
    if (current.made.kind !== 'batch' && !KEEPING.test(makerOf(current))) return undefined;
    [current] = current.inputs;
  }
  return undefined;
}
