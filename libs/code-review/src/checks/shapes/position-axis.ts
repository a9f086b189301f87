import { isValue } from '@tensormark/frameworks';
import type { Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { crossedEncodings } from '../../ask/encodings.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { layerCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';

const ENCODING = `
import torch
import torch.nn as nn

class Positions(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer('pe', torch.randn(100, 1, 16))

    def forward(self, x):
        return x + self.pe[:x.size(0)]`;

const NETWORK = `

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.positions = nn.Embedding(50, 16), Positions()
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 2, batch_first=BATCH), 2)

    def forward(self, words):
        return self.encoder(self.positions(self.words(words)))

out = Net()(torch.randint(0, 50, (4, 20)))
`;

const LEARNED = `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.words, self.positions = nn.Embedding(50, 16), nn.Embedding(100, 16)
        self.encoder = nn.TransformerEncoder(layer, 2)

    def forward(self, words):
        at = torch.arange(words.SIZE, device=words.device).unsqueeze(AXIS)`;
import { nodesOf } from '../../ask/tree.js';

const LOOKED_UP = `
        return self.encoder(self.words(words) + self.positions(at))

out = Net(nn.TransformerEncoderLayer(16, 2, batch_first=BATCH))(torch.randint(0, 50, (4, 20)))
`;

const READER = (sum: string, settings: string): string => `
import torch
import torch.nn as nn

class Places(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.pe = nn.Parameter(torch.randn(300, 300, width))

    def forward(self, x):
        return ${sum}

class Reader(nn.Module):
    def __init__(self, count, width):
        super().__init__()
        self.marks, self.places, self.drop = nn.Embedding(count, width), Places(width), nn.Dropout(0.1)
        layer = nn.TransformerEncoderLayer(width, 4${settings})
        self.encoder = nn.TransformerEncoder(layer, 3)

    def forward(self, text):
        marks = self.places(self.marks(text))
        marks = self.drop(marks)
        return self.encoder(marks)
`;

export const positionAxis: Check = {
  id: 'position-axis',
  title: 'Positions counted over the batch',
  severity: 'warning',
  why: 'Counted over the batch, every word of an example gets the same position, that of the example in its batch.',
  instead: 'Keep the encoding as (1, length, width) and add self.pe[:, :x.size(1)].',
  needs:
    'An encoding cut to x.size(0) and added to x, and a layer with batch_first=True that takes the sum; or cut to x.size(1), and a layer without.',
  onSupposed: true,
  wrong: [
    `${ENCODING}  # <--${NETWORK.replace('BATCH', 'True')}`,
    `${LEARNED.replace('SIZE', 'size(0)').replace('AXIS', '1')}  # <--${LOOKED_UP.replace('BATCH', 'True')}`,
    READER('x + self.pe[:, :x.size(1)].detach()  # <--', ''),
    READER('x + self.pe[:x.shape[0]]  # <--', ', batch_first=True'),
  ],
  right: [
    `${LEARNED.replace('SIZE', 'size(1)').replace('AXIS', '0')}${LOOKED_UP.replace('BATCH', 'True')}`,
    `${LEARNED.replace('SIZE', 'size(0)').replace('AXIS', '1')}${LOOKED_UP.replace('BATCH', 'False')}`,
    `${ENCODING}${NETWORK.replace(', batch_first=BATCH', '').replace('self.words(words)', 'self.words(words.t())')}`,
    READER('x + self.pe[:, :x.size(1)].detach()', ', batch_first=True'),
    READER('x + self.pe[:x.shape[0]]', ''),
    READER('x + self.pe[:, :x.size(1)].detach()', '').replace(
      'marks = self.drop(marks)',
      'marks = marks.transpose(0, 1)',
    ),
  ],
  *run(program) {
    const crossed = crossedEncodings(program);
    for (const { sum, along, layer } of crossed)
      yield {
        at: sum,
        message: `Positions are counted along dimension ${along} here, and the attention that takes the sum has the sequence in dimension ${1 - along}.`,
        evidence: [places(['this layer takes the sum', layer])],
        ...(along === 1 && { instead: 'Make the layer with batch_first=True, or count along dimension 0.' }),
      };
    if (crossed.length > 0) return;
    if (!/\bpe\b|pos/i.test(program.source) || !/batch_first\s*=\s*True/.test(program.source)) return;
    yield* countedOverBatch(program);
    for (const sum of sumsWithRows(program)) {
      const added = eventsOf(program, 'call').filter(
        ({ moment, result }) =>
          isValue(result) && moment.span?.start === sum.start && moment.span.end === sum.end,
      );
      const taker = eventsOf(program, 'module-call').find(({ module, args }) => {
        const [given] = args.positional;
        return (
          takesBatchFirst(module) &&
          isValue(given) &&
          added.some(({ result }) => isValue(result) && isFrom(given, result))
        );
      });
      if (taker === undefined) continue;
      yield {
        at: sum,
        message:
          'The encoding is cut to the number of examples and not to that of positions: the batch comes first.',
        evidence: [places(['this layer takes the batch first', taker.module.span])],
      };
    }
  },
};

/** `torch.arange(x.size(0)).unsqueeze(1)` looked up in a table of positions, and the sum taken with the batch first. */
function* countedOverBatch(program: Program): Generator<Found> {
  for (const { args, result, moment } of callsNamed(program, 'unsqueeze')) {
    const [counted, dimension] = args.positional;
    const at = moment.span;
    if (!isValue(counted) || !isValue(result) || dimension !== 1n || at === undefined) continue;
    if (!/\barange\((0,\s*)?\w+\.(size\(0\)|shape\[0\])\s*[,)]/.test(at.text)) continue;
    const isLookedUp = layerCalls(program, 'Embedding').some(({ args }) => args.positional[0] === result);
    const taker = eventsOf(program, 'module-call').find(({ module, args: { positional } }) => {
      const [given] = positional;
      return takesBatchFirst(module) && isValue(given) && isFrom(given, result);
    });
    if (!isLookedUp || taker === undefined) continue;
    yield {
      at,
      message: 'These positions count the examples of the batch: all words of one get the same.',
      evidence: [places(['this layer takes the batch first', taker.module.span])],
    };
    return;
  }
}

function takesBatchFirst(module: ProgramModule): boolean {
  return [module, ...module.modules.map((one) => one.module)].some(({ layer }) =>
    isBatchFirst(layer?.config),
  );
}

function isBatchFirst(config: Readonly<Record<string, unknown>> | undefined): boolean {
  return config?.['batch_first'] === true;
}

function isFrom(given: Value, sum: Value): boolean {
  return comesOf(given, (value) => value === sum);
}

/** Sums `x + pe[:x.size(0)]` of the program. */
function sumsWithRows(program: Program): Span[] {
  const found: Span[] = [];
  for (const node of nodesOf(program, 'BinOp')) {
    if (node.operator !== '+') continue;
    const name = node.left.span.text;
    const { right } = node;
    if (right.kind !== 'Subscript' || !/pe\b|pos/i.test(right.value.span.text)) continue;
    const first = right.index.kind === 'Tuple' ? right.index.items[0] : right.index;
    if (first?.kind !== 'Slice' || first.lower !== undefined || first.upper === undefined) continue;
    const bound = first.upper.span.text.replaceAll(/\s/g, '');
    if (bound === `${name}.size(0)` || bound === `${name}.shape[0]`) found.push(node.span);
  }
  return found;
}
