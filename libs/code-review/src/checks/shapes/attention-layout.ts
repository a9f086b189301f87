import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { layerCalls, nativeCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { putsExamplesFirst } from './batch-as-time.js';
import { isWhole } from './first-step.js';

const PATCHES = `
import torch
import torch.nn as nn
cut = nn.Conv2d(3, 32, 4, stride=4)
norm = nn.LayerNorm(32)
patches = cut(torch.randn(8, 3, 32, 32)).flatten(2).transpose(1, 2)
`;

const TAGGER = (names: string, settings: string): string => `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from texts import Texts, ${names}

class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.drop = nn.Embedding(900, 64), nn.Dropout(0.1)
        layer = nn.TransformerEncoderLayer(64, 4${settings})  # <--
        self.body, self.head = nn.TransformerEncoder(layer, 2), nn.Linear(64, 12)

    def forward(self, text):
        x = self.drop(self.words(text) * 8 + places(text))
        return self.head(self.body(x))

tagger = Tagger()
for text, tags in DataLoader(Texts(), batch_size=16):
    loss = nn.functional.cross_entropy(tagger(text).flatten(0, 1), tags.flatten())
`;

export const attentionLayout: Check = {
  id: 'attention-layout',
  title: 'Attention over the examples of a batch',
  severity: 'warning',
  why: 'Without batch_first the first dimension is the sequence: each patch looks at the same patch of other pictures, and at nothing of its own.',
  instead: 'Make the layer with batch_first=True.',
  needs:
    'Patches of pictures, [batch, patches, width], or the embedded words of what a DataLoader gives, handed to an attention layer without batch_first.',
  onSupposed: true,
  wrong: [
    `${PATCHES}
attention = nn.MultiheadAttention(32, 4)  # <--
x = norm(patches)
out, weights = attention(x, x, x)
`,
    `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(100, 32)
        self.places = nn.Parameter(torch.zeros(1, 50, 32))
        self.body = nn.TransformerEncoder(nn.TransformerEncoderLayer(32, 4), 2)  # <--
        self.head = nn.Linear(32 * 50, 2)

    def forward(self, text):
        x = self.body(self.words(text) + self.places)
        return self.head(x.reshape(x.size(0), -1))
`,
    TAGGER('tags, places', ''),
  ],
  right: [
    `${PATCHES}
attention, other = nn.MultiheadAttention(32, 4, batch_first=True), nn.MultiheadAttention(32, 4)
x = norm(patches)
out, weights = attention(x, x, x)
turned = x.transpose(0, 1)
also, more = other(turned, turned, turned)
`,
    TAGGER('tags, places', ', batch_first=True').replace('  # <--', ''),
    TAGGER('tags, places', '').replace('  # <--', '').replace('tagger(text)', 'tagger(text.t())'),
    TAGGER('tags, places', '')
      .replace('  # <--', '')
      .replace('batch_size=16', 'batch_size=16, collate_fn=places'),
  ],
  *run(program) {
    if (!/MultiheadAttention|Transformer/.test(program.source)) return;
    const seen = new Set<number>();
    const calls = [
      ...layerCalls(program, 'MultiheadAttention'),
      ...nativeCalls(program, 'TransformerEncoder', 'TransformerDecoder', 'Transformer'),
    ];
    for (const { module, args, moment, result } of calls) {
      const [query] = args.positional;
      const isAttention =
        module.layer?.type === 'MultiheadAttention' && module.layer.config['batch_first'] !== true;
      const isEncoder =
        module.type.startsWith('Transformer') &&
        module.isNative &&
        module.modules.some(({ module: { layer } }) => layer?.config['batch_first'] === false);
      if ((!isAttention && !isEncoder) || !isValue(query)) continue;
      const patches =
        patchesIn(query) ??
        positionsIn(query) ??
        (isAveragedOverBatch(program, result)
          ? undefined
          : batchIn(program, query, isStepTaken(program, result)));
      const layer = isEncoder
        ? (program.modules.find(({ type, isNative }) => type === `${module.type}Layer` && isNative) ?? module)
        : module;
      const at = layer?.span ?? moment.span;
      if (patches === undefined || at === undefined || at.source.file !== program.file || seen.has(at.start))
        continue;
      seen.add(at.start);
      yield {
        at,
        message:
          'The batch comes first in what this layer is given, and it takes the first dimension for the sequence.',
        evidence: [places(['the batch comes first here', patches.span], ['attention', moment.span])],
      };
    }
  },
};

/** Whether the mean of what attention gives is taken over dimension 1, of which another check speaks. */
function isAveragedOverBatch(program: Program, states: Datum | undefined): boolean {
  return callsNamed(program, 'mean').some(
    ({ args }) => args.positional[0] === states && argument(args, 'dim', 1) === 1n,
  );
}

/** Whether a step is taken along dimension 1 of what attention gives, `states[:, -1, :]`, and goes to a layer: it is of three then. */
function isStepTaken(program: Program, states: Datum | undefined): boolean {
  return eventsOf(program, 'module-call').some(({ args: { positional } }) => {
    const [given] = positional;
    if (!isValue(given) || given.made.kind !== 'operation' || given.made.name !== 'getitem') return false;
    const [of, key] = given.made.args.positional;
    const [first, second, third] = Array.isArray(key) ? key : [];
    return of === states && isWhole(first) && (second === -1n || second === 0n) && isWhole(third);
  });
}

/** The batch of a DataLoader, examples first, whose words were embedded, or whose sequences are of vectors, and nothing turned. */
function batchIn(program: Program, value: Value, isOfVectors: boolean): Value | undefined {
  const pending: { readonly of: Value; readonly isEmbedded: boolean }[] = [{ of: value, isEmbedded: false }];
  for (let steps = 0; steps < 80; steps++) {
    const current = pending.shift();
    if (current === undefined) return undefined;
    const { of, isEmbedded } = current;
    if (of.made.kind === 'batch') {
      const isSequence = isEmbedded || (of.shape === undefined ? isOfVectors : of.shape.length === 3);
      return isSequence && putsExamplesFirst(program, of.made.loader) ? of : undefined;
    }
    const name = makerOf(of);
    if (
      name === 'Embedding'
        ? !isEmbedded
        : KEEPS.test(name) || /^(long|int|float|div|Variable|cuda)$/.test(name)
    )
      pending.push(
        ...of.inputs.map((input) => ({ of: input, isEmbedded: isEmbedded || name === 'Embedding' })),
      );
  }
  return undefined;
}

const KEEPS = /^(add|mul|cat|LayerNorm|Dropout|dropout|Linear|GELU|gelu|ReLU|relu|contiguous|to|Identity)$/;

/** The patches of pictures, batch first, that a value consists of, where nothing has turned them since. */
function patchesIn(value: Value): Value | undefined {
  const pending = [value];
  for (let steps = 0; steps < 200; steps++) {
    const current = pending.shift();
    if (current === undefined) return undefined;
    const name = makerOf(current);
    if (/^(transpose|permute|swapaxes)$/.test(name)) return arePatches(current) ? current : undefined;
    // Blocks add what attention gave to what it was given.
    if (KEEPS.test(name)) pending.push(...current.inputs);
  }
  return undefined;
}

/** Where positions [1, length, width] are added, the same for all of dimension 0, which is the batch then. */
function positionsIn(value: Value): Value | undefined {
  const pending = [value];
  for (let steps = 0; steps < 60; steps++) {
    const current = pending.shift();
    if (current === undefined) return undefined;
    const name = makerOf(current);
    if (name === 'add' && current.inputs.some(arePositions))
      return current.inputs.some(isTurned) ? undefined : current;
    if (KEEPS.test(name)) pending.push(...current.inputs);
  }
  return undefined;
}

/** Whether something was turned on its way to where positions are added: then it is these that lie otherwise. */
function isTurned(value: Value): boolean {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 8; depth++) {
    const name = makerOf(current);
    if (/^(t|T|transpose|permute|swapaxes)$/.test(name)) return true;
    if (name !== 'Embedding' && !KEEPS.test(name)) return false;
    [current] = current.inputs;
  }
  return false;
}

/** A parameter or buffer of shape [1, length, width], or its first places. */
function arePositions(value: Value): boolean {
  const [table] = value.inputs;
  const isCut =
    value.made.kind === 'operation' &&
    value.made.name === 'getitem' &&
    Array.isArray(value.made.args.positional[1]) &&
    value.made.args.positional[1].length === 2;
  const of = isCut ? table : value;
  const [one, length = 0] = of?.shape ?? [];
  return of?.made.kind === 'parameter' && of.shape?.length === 3 && one === 1 && length > 1;
}

/** `conv(x).flatten(2).transpose(1, 2)`: the places of a picture as a sequence, batch first. */
function arePatches(value: Value): boolean {
  if (value.made.kind !== 'operation') return false;
  const { name, args } = value.made;
  const [first] = value.inputs;
  const dims = [argument(args, 'dim0', 1), argument(args, 'dim1', 2)];
  const isTurned =
    name === 'permute'
      ? args.positional.slice(1).join() === '0,2,1'
      : dims.some((dim) => dim === 1n || dim === -2n) && dims.some((dim) => dim === 2n || dim === -1n);
  if (!isTurned || first === undefined || makerOf(first) !== 'flatten') return false;
  const [maps] = first.inputs;
  const start = first.made.kind === 'operation' ? argument(first.made.args, 'start_dim', 1) : undefined;
  return start === 2n && maps !== undefined && /^Conv2d$|^BatchNorm2d$/.test(makerOf(maps));
}
