import { isValue } from '@tensormark/frameworks';
import type { Datum, ModuleCalled, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { nativeCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { isPlaceBefore, pieceBehind, pieceOf } from './shifted.js';
import type { Piece } from './shifted.js';

const MODEL = (call: string): string => `
import torch
import torch.nn as nn

class Writer(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.places = nn.Embedding(100, 32), nn.Embedding(64, 32)
        self.body = nn.TransformerEncoder(nn.TransformerEncoderLayer(32, 4, batch_first=True), 2)
        self.head = nn.Linear(32, 100)

    def forward(self, text):
        x = self.words(text) + self.places(torch.arange(text.size(1)))
        mask = nn.Transformer.generate_square_subsequent_mask(text.size(1))
        ${call}
        return self.head(x)
`;
const LEARN = `
model = Writer()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
texts = torch.randint(0, 100, (8, 33))
for step in range(10):
    scores = model(texts[:, :-1])
    loss = nn.functional.cross_entropy(scores.reshape(-1, 100), texts[:, 1:].reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;
const WINDOWS = LEARN.replace(
  'texts = torch.randint(0, 100, (8, 33))',
  "text = torch.load('text.pt')\n\ndef batch(at, length):\n    rows = torch.randint(len(text) - length, (at,))\n    one = torch.stack([text[i : i + length] for i in rows])\n    return one, torch.stack([text[i + 1 : i + 1 + length] for i in rows])",
)
  .replace('scores = model(texts[:, :-1])', 'x, y = batch(8, 32)\n    scores = model(x)')
  .replace('texts[:, 1:].reshape(-1)', 'y.reshape(-1)');
const LEARN_CUT = LEARN.replace('model(texts[:, :-1])', 'model(texts)[:, :-1]');

export const causalMask: Check = {
  id: 'causal-mask',
  title: 'A decoder that sees what it is to predict',
  severity: 'warning',
  why: 'Without a causal mask each place attends to the words after it, of which the next is its target: the loss falls to nothing, and what is generated is nonsense.',
  instead: 'Give the attention a causal mask: generate_square_subsequent_mask(length), or is_causal=True.',
  needs:
    'A loss whose targets are a sequence without its first element, or a window of it one place on, and attention without a mask over the same sequence without its last, or the window, before the network or after it.',
  wrong: [
    `${MODEL('x = self.body(x)  # <--')}${WINDOWS}`,
    `${MODEL('x = self.body(x)  # <--')}${LEARN}`,
    `${MODEL('x = self.body(x)  # <--')}${LEARN_CUT}`,
  ],
  right: [
    `${MODEL('x = self.body(x, mask=mask)')}${WINDOWS}`,
    `${MODEL('x = self.body(x)')}${WINDOWS.replace('i + 1 : i + 1 + length', 'i : i + length')}`,
    `${MODEL('x = self.body(x, mask=mask)')}${LEARN}`,
    `${MODEL('x = self.body(x)')}${LEARN.replace('texts[:, :-1]', 'texts[:, 1:]')}`,
    `${MODEL('x = self.body(x, mask=mask)')}${LEARN_CUT}`,
  ],
  *run(program) {
    if (!/1\s*:|:\s*-1/.test(program.source)) return;
    if (!/Transformer|Attention|softmax|scaled_dot/i.test(program.source)) return;
    const attentions = attentionsIn(program);
    if (attentions.length === 0) return;
    const attention = givenToAttention(program);
    const seen = new Set<number>();
    for (const { input, target } of eventsOf(program, 'loss')) {
      if (input === undefined || !isValue(target)) continue;
      const targets = pieceBehind(target);
      if (targets === undefined) continue;
      const given = ancestorsOf(input, attention);
      const cuts = sequencesTold([...given], targets, attention);
      if (cuts.length === 0) continue;
      const isOfCut = (value: Value): boolean => {
        const above = ancestorsOf(value, attention);
        return cuts.some((cut) => above.has(cut));
      };
      for (const { result, own, at } of attentions) {
        if (!given.has(result) || at === undefined || seen.has(at.start)) continue;
        if (own.some((value) => !isOfCut(value))) continue;
        seen.add(at.start);
        yield {
          at,
          message: 'Attention goes over the words that are to be predicted, and no mask hides those to come.',
          evidence: [places(['the targets', target.span])],
        };
      }
    }
  },
};

/**
 * What of the sequence of the targets the network is told: what begins one place before them, or all of it where the outputs
 * lose their last.
 */
function sequencesTold(given: readonly Value[], targets: Piece, attention: Given): readonly Value[] {
  const pieces = given.flatMap((value) => {
    const piece = pieceOf(value);
    return piece === undefined ? [] : [{ value, piece }];
  });
  const told = pieces.filter(({ piece }) => !piece.isOpen && isPlaceBefore(piece, targets));
  if (told.length > 0) return told.map(({ value }) => value);
  const { whole } = targets;
  const isCutAfter =
    isWithoutFirst(targets) &&
    pieces.some(
      ({ value, piece }) =>
        piece.from === 0 && endsBeforeLast(value) && ancestorsOf(value, attention).has(whole),
    );
  return isCutAfter ? [whole] : [];
}

const isWithoutFirst = ({ from, of, isOpen }: Piece): boolean => from === 1 && of === undefined && isOpen;

/** Attention without a mask for what is to come: its result, and what of it has to be of the sequence itself. */
interface Unmasked {
  readonly result: Value;
  readonly own: readonly Value[];
  readonly at: Value['span'];
}

const NATIVE = [
  'Transformer',
  'TransformerEncoder',
  'TransformerEncoderLayer',
  'TransformerDecoder',
  'TransformerDecoderLayer',
  'MultiheadAttention',
];

function attentionsIn(program: Program): Unmasked[] {
  const found: Unmasked[] = [];
  for (const call of nativeCalls(program, ...NATIVE)) {
    const result = resultOf(call);
    if (result === undefined || call.moment.span?.source.file !== program.file) continue;
    const own = unmasked(call);
    if (own !== undefined) found.push({ result, own, at: call.moment.span });
  }
  for (const { name, result, args } of callsNamed(program, 'scaled_dot_product_attention', 'softmax')) {
    if (!isValue(result) || result.span?.source.file !== program.file) continue;
    if (name === 'scaled_dot_product_attention') {
      const [query, keys, , mask] = args.positional;
      const causal = args.named.get('is_causal');
      if (
        isValue(query) &&
        isValue(keys) &&
        !isGiven(mask ?? args.named.get('attn_mask')) &&
        (causal ?? false) === false
      )
        found.push({ result, own: [query, keys], at: result.span });
    }
    if (name === 'softmax') {
      const product = productUnder(result);
      if (product !== undefined) found.push({ result, own: product.inputs.slice(0, 2), at: result.span });
    }
  }
  return found;
}

function resultOf({ result }: ModuleCalled): Value | undefined {
  const first: Datum | undefined = Array.isArray(result) ? result[0] : result;
  return isValue(first) ? first : undefined;
}

function isGiven(datum: Datum | undefined): boolean {
  return datum !== undefined && datum !== null;
}

/** What of a call of PyTorch's own attention is of the sequence that has no mask; undefined where it has one. */
function unmasked({ module, args }: ModuleCalled): readonly Value[] | undefined {
  const { positional, named } = args;
  const masks: Readonly<Record<string, readonly [string, number]>> = {
    Transformer: ['tgt_mask', 3],
    TransformerEncoder: ['mask', 1],
    TransformerEncoderLayer: ['src_mask', 1],
    TransformerDecoder: ['tgt_mask', 2],
    TransformerDecoderLayer: ['tgt_mask', 2],
    MultiheadAttention: ['attn_mask', 5],
  };
  const mask = masks[module.type];
  if (mask === undefined || isGiven(named.get(mask[0])) || isGiven(positional[mask[1]])) return undefined;
  if ([...named].some(([name, datum]) => name.endsWith('is_causal') && datum !== false)) return undefined;
  const at = module.type === 'Transformer' ? 1 : 0;
  const first = positional[at] ?? named.get(at === 1 || /Decoder/.test(module.type) ? 'tgt' : 'src');
  if (module.type === 'MultiheadAttention') {
    const keys = positional[1] ?? named.get('key');
    return isValue(first) && isValue(keys) ? [first, keys] : undefined;
  }
  return isValue(first) ? [first] : undefined;
}

/** The product of queries and keys that a softmax is taken of, scaled and no more. */
function productUnder(softmax: Value): Value | undefined {
  let [current] = softmax.inputs;
  for (let depth = 0; current !== undefined && depth < 6; depth++) {
    const name = makerOf(current);
    if (/^(matmul|bmm)$/.test(name)) {
      const [, keys] = current.inputs;
      return keys !== undefined && /^(transpose|permute|mT|swapaxes)$/.test(makerOf(keys))
        ? current
        : undefined;
    }
    if (!/^(div|mul|truediv)$/.test(name)) return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

/** What PyTorch's own attention is given, by what it gives: its inside is not followed where shapes are known. */
type Given = ReadonlyMap<Value, readonly Value[]>;

function givenToAttention(program: Program): Given {
  const found = new Map<Value, readonly Value[]>();
  for (const call of nativeCalls(program, ...NATIVE)) {
    const result = resultOf(call);
    if (result === undefined) continue;
    found.set(result, [...call.args.positional, ...call.args.named.values()].filter(isValue));
  }
  return found;
}

function ancestorsOf(root: Value, attention: Given): ReadonlySet<Value> {
  const found = new Set<Value>();
  const pending = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (value === undefined || found.has(value)) continue;
    found.add(value);
    pending.push(...value.inputs, ...(attention.get(value) ?? []));
  }
  return found;
}

/** Whether a value is another without its last element along the sequence: `x[:, :-1]`. */
function endsBeforeLast({ made }: Value): boolean {
  if (made.kind !== 'operation') return false;
  const [, key] = made.args.positional;
  const parts: readonly Datum[] = Array.isArray(key) ? key : key === undefined ? [] : [key];
  return parts.some((part) => {
    const held = typeof part === 'object' && part !== null && 'holds' in part ? part.holds : undefined;
    return held?.kind === 'slice' && held.stop === -1n;
  });
}
