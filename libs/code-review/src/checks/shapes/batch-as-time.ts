import { argument } from '@tensormark/frameworks';
import type { Program, ProgramLoader, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { makingOf } from '../../ask/data-sets.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const batchAsTime: Check = {
  id: 'batch-as-time',
  title: 'A batch of sequences read as if time came first',
  severity: 'warning',
  why: 'A DataLoader puts examples in dimension 0, which a recurrent layer without batch_first takes for time: it reads from one example on to the next, and the steps of each are apart.',
  instead: 'Make the layer with batch_first=True, or turn the data: x.transpose(0, 1).',
  needs:
    'A recurrent layer without batch_first that is given the embeddings of what a DataLoader gives, or its sequences as they are.',
  wrong: [
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from text import Words
words = nn.Embedding(5000, 64)
rnn = nn.LSTM(64, 128, num_layers=2)  # <--
head = nn.Linear(128, 5000)
for x, y in DataLoader(Words(), batch_size=32):
    states, _ = rnn(words(x))
    loss = nn.functional.cross_entropy(head(states).transpose(1, 2), y)
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from text import Words, gathered
words = nn.Embedding(5000, 64)
rnn = nn.LSTM(64, 128, num_layers=2, batch_first=True)
other = nn.GRU(64, 128)
for x, y in DataLoader(Words(), batch_size=32):
    states, _ = rnn(words(x))
    turned, _ = other(words(x).transpose(0, 1))
    again, _ = other(words(x.t()))
for x, y in DataLoader(Words(), batch_size=32, collate_fn=gathered):
    plain, _ = other(words(x))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { module, args, moment } of eventsOf(program, 'module-call')) {
      const at = module.span;
      const [data] = args.positional;
      if (!/^(RNN|LSTM|GRU)$/.test(module.layer?.type ?? '') || at === undefined || seen.has(at.start))
        continue;
      if (module.layer?.config['batch_first'] !== false || at.source.file !== program.file) continue;
      const batch = typeof data === 'object' && data !== null && 'inputs' in data ? batchIn(data) : undefined;
      if (batch?.made.kind !== 'batch' || !putsExamplesFirst(program, batch.made.loader)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `This ${module.type} takes (time, batch, …), and what the DataLoader gives has the batch first.`,
        evidence: [places(['it is called here', moment.span], ['the batch', batch.span])],
      };
    }
  },
};

/** The part of a batch that is embedded word by word, or that are sequences of vectors, with nothing turned on the way. */
function batchIn(value: Value): Value | undefined {
  let isEmbedded = false;
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 20; depth++) {
    if (current.made.kind === 'batch') return isEmbedded || current.shape?.length === 3 ? current : undefined;
    const name = makerOf(current);
    if (name === 'Embedding') isEmbedded = true;
    else if (
      !/^(to|cuda|float|long|Dropout|dropout|LayerNorm|relu|ReLU|Linear|Variable|contiguous)$/.test(name)
    )
      return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

/** Whether a loader gathers examples as DataLoader does by itself. */
function putsExamplesFirst(program: Program, loader: ProgramLoader): boolean {
  const call = makingOf(program, loader);
  if (loader.named.has('collate_fn') || loader.named.get('batch_size') === null) return false;
  if (call === undefined) return true;
  const size = argument(call.args, 'batch_size', 2);
  return size !== null && call.args.positional.length <= 7;
}
