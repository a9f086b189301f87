import { argument, isValue } from '@tensormark/frameworks';
import type { Program, ProgramLoader, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { makingOf } from '../../ask/data-sets.js';
import { spreadOut } from '../../ask/makings.js';
import { recurrentCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { ownDimension, rankOfMaps } from './rows-swapped.js';

export const batchAsTime: Check = {
  id: 'batch-as-time',
  title: 'A batch of sequences read as if time came first',
  severity: 'warning',
  why: 'A DataLoader puts examples in dimension 0, which a recurrent layer without batch_first takes for time: it reads from one example on to the next, and the steps of each are apart.',
  instead: 'Make the layer with batch_first=True, or turn the data: x.transpose(0, 1).',
  needs:
    'A recurrent layer without batch_first that is given the embeddings of what a DataLoader gives, or its sequences as they are.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn

class Player(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 64, 8, stride=4)
        self.rnn = nn.LSTM(400, 128)  # <--
        self.out = nn.Linear(64 * 128, 6)

    def forward(self, x):
        maps = torch.relu(self.conv(x))
        states, _ = self.rnn(maps.view(maps.size(0), maps.size(1), -1))
        return self.out(states.flatten(1))

scores = Player()(torch.zeros(32, 4, 84, 84))
`,
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

class Watcher(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 8, stride=4)
        self.rnn, self.out = nn.LSTM(3200, 128), nn.Linear(128, 6)

    def forward(self, frames):
        maps = torch.relu(self.conv(frames))
        states, _ = self.rnn(maps.view(maps.size(0), 1, -1))
        return self.out(states[-1])

scores = Watcher()(torch.zeros(10, 3, 84, 84))
`,
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
    for (const { module, args, moment } of recurrentCalls(program)) {
      const at = module.span;
      const [data] = args.positional;
      if (at === undefined || seen.has(at.start)) continue;
      if (module.layer?.config['batch_first'] !== false || at.source.file !== program.file) continue;
      const given = isValue(data) ? data : undefined;
      const maps = given && mapsIn(given);
      if (maps !== undefined) {
        seen.add(at.start);
        yield {
          at,
          message: `This ${module.type} takes (time, batch, …), and the maps of a convolution have the batch first.`,
          evidence: [places(['it is called here', moment.span], ['the maps', maps.span])],
        };
        continue;
      }
      const batch = given && batchIn(given);
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

/** Maps of a convolution that are laid out as (batch, channels, numbers), each channel for a step, and left so. */
function mapsIn(value: Value): Value | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 8; depth++) {
    const { made, shape }: Value = current;
    const maps: Value | undefined = current.inputs[0];
    if (maps !== undefined && made.kind === 'operation' && /^(view|reshape|flatten)$/.test(made.name)) {
      if ((rankOfMaps(maps) ?? 0) < 4) return undefined;
      const [first, second] = spreadOut(made.args.positional.slice(1));
      const isNamed = made.name !== 'flatten' && ownDimension(first ?? null, maps) === 0;
      const isKept =
        shape !== undefined && maps.shape !== undefined
          ? shape.length === 3 && shape[0] === maps.shape[0] && shape[1] === maps.shape[1] && shape[1] !== 1
          : isNamed && ownDimension(second ?? null, maps) === 1;
      return isKept ? maps : undefined;
    }
    if (!/^(to|cuda|float|Dropout|dropout|relu|ReLU|Linear|contiguous)$/.test(makerOf(current)))
      return undefined;
    current = maps;
  }
  return undefined;
}

/** Whether a loader gathers examples as DataLoader does by itself. */
export function putsExamplesFirst(program: Program, loader: ProgramLoader): boolean {
  const call = makingOf(program, loader);
  if (loader.named.has('collate_fn') || loader.named.get('batch_size') === null) return false;
  if (call === undefined) return true;
  const size = argument(call.args, 'batch_size', 2);
  return size !== null && call.args.positional.length <= 7;
}
