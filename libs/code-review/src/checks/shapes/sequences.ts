import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { errorCheck } from '../../ask/error-check.js';
import { inputOf, inWords, layerOf } from '../../ask/errors.js';
import { numbersOf } from '../../ask/facts.js';
import { layerCalls, nativeCalls, recurrentCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { isFirstStep, isWhole } from './first-step.js';

const RECURRENT = /^(RNN|LSTM|GRU)(Cell)?$/;

export const rnnLayout = errorCheck(
  {
    id: 'rnn-layout',
    title: 'A recurrent layer and its data of other layouts',
    why: 'Without batch_first the layer takes (time, batch, features), and its hidden state is (layers, batch, hidden); other shapes raise an error.',
    instead:
      'Make input_size the last dimension of the data, set batch_first=True where the batch comes first, and shape the hidden state as (layers, batch, hidden).',
    needs: 'A call of the layer on tensors of known shapes.',
    onSupposed: true,
    wrong: [
      `
import torch
import torch.nn as nn
rnn = nn.LSTM(input_size=10, hidden_size=20)
x = torch.randn(5, 7, 12)
out, state = rnn(x)  # <--
`,
      `
import torch
import torch.nn as nn
rnn = nn.RNN(10, 20, batch_first=True)
x = torch.randn(5, 7, 10)
h = torch.zeros(1, 7, 20)
out, h = rnn(x, h)  # <--
`,
      `
import torch
import torch.nn as nn

class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(8, 16, num_layers=2, batch_first=True)
        self.head = nn.Linear(16, 5)

    def forward(self, words):
        state = torch.zeros(1, 4, 16)
        out, state = self.rnn(words, state)  # <--
        return self.head(out)
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
rnn = nn.GRU(10, 20, num_layers=2, batch_first=True)
out, h = rnn(torch.randn(5, 7, 10), torch.zeros(2, 5, 20))
`,
    ],
  },
  (error) => {
    const layer = layerOf(error);
    const at = error.moment.span;
    if (layer?.layer === undefined || at === undefined || !RECURRENT.test(layer.layer.type)) return undefined;
    const isRefused =
      /input\.size\(-1\) must be equal to input_size|Expected hidden|batch size \d+ doesn't match|Expected input to be|should also be \d-D|inconsistent/.test(
        error.message,
      );
    if (!isRefused) return undefined;
    const shape = inputOf(error)?.shape;
    return {
      at,
      message: `${layer.type} does not take data or a hidden state of this shape.`,
      evidence: [
        ...(shape === undefined
          ? []
          : [{ kind: 'shapes', shapes: [{ what: 'it is given', shape }] } as const]),
        places(['the layer', layer.span]),
        inWords(error),
      ],
    };
  },
);

const FIRST = (given: string): string => `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(100, 32)
        self.rnn = nn.GRU(32, 64, batch_first=True)
        self.head = nn.Linear(64, 2)

    def forward(self, text):
        out, _ = self.rnn(self.words(text))
        ${given}

Reader()(torch.randint(0, 100, (8, 12)))
`;

export const rnnLastStep: Check = {
  id: 'rnn-last-step',
  title: 'The last of the batch is taken for the last step',
  severity: 'warning',
  why: 'Without batch_first the outputs are (time, batch, features), with it (batch, time, features): the last along the other dimension is another example.',
  instead:
    'Take out[-1] without batch_first and out[:, -1] with it, or make the layer with the other setting.',
  needs: 'The outputs of a recurrent layer whose setting is known, with the last taken along one dimension.',
  wrong: [
    `
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(1000, 32)
        self.rnn = nn.LSTM(32, 64)
        self.head = nn.Linear(64, 2)

    def forward(self, text):
        out, _ = self.rnn(self.words(text))
        return self.head(out[:, -1, :])  # <--
`,
    `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(1000, 32)
        self.body = nn.TransformerEncoder(nn.TransformerEncoderLayer(32, 4), 2)  # <--
        self.head = nn.Linear(32, 2)

    def forward(self, text):
        states = self.body(self.words(text))
        return self.head(states.mean(dim=1))

scores = Reader()(torch.randint(0, 1000, (16, 20)))
`,
    `
import torch
import torch.nn as nn

class Watcher(nn.Module):
    def __init__(self):
        super().__init__()
        self.each = nn.Linear(20, 32)
        self.rnn = nn.LSTM(32, 64)
        self.head = nn.Linear(64, 2)

    def forward(self, video):
        steps = [torch.relu(self.each(video[:, at])) for at in range(video.size(1))]
        out, _ = self.rnn(torch.stack(steps, dim=0).transpose_(0, 1))
        return self.head(out[:, -1, :])  # <--

scores = Watcher()(torch.randn(4, 10, 20))
`,
    `
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.words = nn.Embedding(words, 32)
        self.rnn = nn.GRU(32, 64, batch_first=True)
        self.head = nn.Linear(64, 2)

    def forward(self, text):
        out, _ = self.rnn(self.words(text))
        return self.head(out[:, :, -1])  # <--
`,
    FIRST('return self.head(out[:, 0])  # <--'),
  ],
  right: [
    FIRST('return torch.stack([self.head(out[:, at]) for at in range(out.size(1))], 1)'),
    `
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(1000, 32)
        self.rnn = nn.LSTM(32, 64, batch_first=True)
        self.plain = nn.GRU(64, 64)
        self.head = nn.Linear(64, 2)

    def forward(self, text):
        out, (h, c) = self.rnn(self.words(text))
        other, last = self.plain(out.transpose(0, 1))
        return self.head(out[:, -1, :]) + self.head(other[-1]) + self.head(h[-1])
`,
  ],
  *run(program) {
    yield* poolsOverBatch(program);
    const seen = new Set<number>();
    const outputs = new Set(
      recurrentCalls(program).flatMap(({ result }) =>
        Array.isArray(result) && isValue(result[0]) ? [result[0].id] : [],
      ),
    );
    if (outputs.size === 0) return;
    for (const value of everyValue(program)) {
      const { made, span } = value;
      if (made.kind !== 'operation' || made.name !== 'getitem' || span === undefined) continue;
      const [of, key] = made.args.positional;
      if (!isValue(of) || !outputs.has(of.id) || of.made.kind !== 'layer' || seen.has(span.start)) continue;
      const batchFirst = of.made.module.layer?.config['batch_first'] === true;
      const [first, second, third] = Array.isArray(key) ? key : [key];
      const { config } = of.made.module.layer ?? {};
      if (isWhole(first) && isWhole(second) && third === -1n && config?.['hidden_size'] !== 1) {
        seen.add(span.start);
        yield {
          at: span,
          message: 'This is the last feature of every step, not what the last step gives.',
          evidence: [places(['the layer', of.made.module.span])],
        };
        continue;
      }
      if (isFirstStep(program, of, span, [first, second])) {
        seen.add(span.start);
        yield {
          at: span,
          message: 'This is what the first step gives, which has seen nothing of the steps after it.',
          instead: `Take the last step: ${batchFirst ? 'out[:, -1]' : 'out[-1]'}.`,
          evidence: [places(['the layer', of.made.module.span])],
        };
        continue;
      }
      const along = first === -1n ? 0 : isWhole(first) && second === -1n ? 1 : undefined;
      // Where time comes first, the last step is along dimension 0.
      if (along === undefined || along === (batchFirst ? 1 : 0) || of.shape?.length === 2) continue;
      // With batch_first, the last of the batch may well be meant where it is one alone.
      if (
        batchFirst &&
        (of.shape === undefined ? isTurned(of) || !goesOverBatches(program) : of.shape[0] === 1)
      )
        continue;
      if (!batchFirst && isTurned(of)) continue;
      seen.add(span.start);
      yield {
        at: span,
        message: batchFirst
          ? 'With batch_first this is the last example of the batch, not the last step.'
          : 'Without batch_first this is the last example of the batch, not the last step.',
        evidence: [places(['the layer', of.made.module.span])],
      };
    }
  },
};

/** Whether the program trains in batches that loaders give. */
function goesOverBatches({ source }: Program): boolean {
  return /DataLoader|\w*(loader|iterator)\b/i.test(source) && !/batch_size\s*=\s*1\b/.test(source);
}

/** Outputs of a transformer without batch_first of which the mean is taken over dimension 1, and goes to the last layer. */
function* poolsOverBatch(program: Program): Generator<Found> {
  const seen = new Set<number>();
  const encoders = nativeCalls(program, 'TransformerEncoder', 'TransformerEncoderLayer');
  if (encoders.length === 0) return;
  for (const { args, moment } of callsNamed(program, 'mean')) {
    const [states] = args.positional;
    const at = moment.span;
    if (!isValue(states) || at === undefined || seen.has(at.start)) continue;
    const call = encoders.find(({ result }) => result === states);
    const [data] = call?.args.positional ?? [];
    if (call === undefined || argument(args, 'dim', 1) !== 1n || !isValue(data)) continue;
    const isTimeFirst = call.module.modules.some(
      ({ module }) => module.layer?.config['batch_first'] === false,
    );
    const words = wordsOf(data);
    if (!isTimeFirst || words === undefined) continue;
    seen.add(at.start);
    // The encoder has copies of the layer that it was given.
    const layer = program.modules.find(({ type }) => type === 'TransformerEncoderLayer');
    yield {
      at: layer?.span ?? at,
      message:
        'Without batch_first dimension 1 is the batch: the mean that is taken is over examples, not over the words of each.',
      evidence: [places(['the mean', at], ['what it is given', data.span])],
    };
  }
}

/** What an embedding made of indices that were not turned. */
function wordsOf(value: Value, depth = 0): Value | undefined {
  if (makerOf(value) === 'Embedding') {
    const [indices] = value.inputs;
    return indices !== undefined && !/^(t|T|permute|transpose)$/.test(makerOf(indices)) ? value : undefined;
  }
  const [first] = value.inputs;
  return first !== undefined && depth < 6 && /^(add|mul|Dropout|dropout|LayerNorm|div)$/.test(makerOf(value))
    ? wordsOf(first, depth + 1)
    : undefined;
}

/** Values that indexing gave, which are no calls of their own where nothing is known. */
function everyValue(program: Program): Value[] {
  const found = new Map<number, Value>();
  for (const kind of ['call', 'module-call'] as const)
    for (const { args, result } of eventsOf(program, kind)) {
      for (const datum of [...args.positional, result]) if (isValue(datum)) found.set(datum.id, datum);
    }
  return [...found.values()];
}

/** Whether the data were turned on purpose before the layer, so that time comes first in one of the usual senses. */
function isTurned(outputs: Value): boolean {
  const [data] = outputs.inputs;
  return (
    data === undefined ||
    (!isBroughtBack(data) &&
      /^(permute|transpose_?|swapaxes|stack|cat|unsqueeze|view|reshape)$/.test(makerOf(data)))
  );
}

/** Steps stacked one by one, and turned so that the batch comes first: `torch.stack(steps, dim=0).transpose(0, 1)`. */
function isBroughtBack({ made, inputs }: Value): boolean {
  if (made.kind !== 'operation' || !/^transpose_?$/.test(made.name)) return false;
  const dims = made.args.positional.slice(1).join();
  const [stack] = inputs;
  return (
    (dims === '0,1' || dims === '1,0') &&
    stack?.made.kind === 'operation' &&
    stack.made.name === 'stack' &&
    (argument(stack.made.args, 'dim', 1) ?? 0n) === 0n
  );
}

/** Indices of a type that an embedding does not take, where their shape is not known. */
export function* indicesOfOtherType(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { module, args, moment } of layerCalls(program, 'Embedding')) {
    const [indices] = args.positional;
    const at = moment.span;
    if (!isValue(indices) || at === undefined || seen.has(at.start)) continue;
    const kind = indices.shape === undefined ? numbersOf(indices) : undefined;
    if (kind !== 'float32' && kind !== 'float64') continue;
    seen.add(at.start);
    yield {
      at,
      message: `Embeddings are looked up with whole numbers, and this one with ${kind}.`,
      evidence: [places(['the indices', indices.span], ['the embedding', module.span])],
    };
  }
}

/** States of a shape that a recurrent layer does not take, where what it reads is not known. */
export function* statesOfOtherShape(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { module, args, moment } of recurrentCalls(program)) {
    const [input, given] = args.positional;
    const at = moment.span;
    const { layer } = module;
    if (layer === undefined || at === undefined || seen.has(at.start)) continue;
    if (isValue(input) && input.shape !== undefined) continue;
    const states: readonly Datum[] = Array.isArray(given) ? given : [given];
    const { num_layers: layers, bidirectional, hidden_size: hidden, proj_size: projected } = layer.config;
    if (
      typeof layers !== 'number' ||
      typeof hidden !== 'number' ||
      (typeof projected === 'number' && projected > 0)
    )
      continue;
    const count = layers * (bidirectional === true ? 2 : 1);
    const state = states.find(
      (datum): datum is Value =>
        isValue(datum) &&
        datum.shape?.length === 3 &&
        (datum.shape[0] !== count || datum.shape[2] !== hidden),
    );
    if (state?.shape === undefined) continue;
    seen.add(at.start);
    yield {
      at,
      message: `${layer.type} takes a state of shape [${count}, batch, ${hidden}], and is given [${state.shape.join(', ')}].`,
      evidence: [
        { kind: 'shapes', shapes: [{ what: 'the state is', shape: state.shape }] },
        places(['the layer', module.span], ['the state', state.span]),
      ],
    };
  }
}
