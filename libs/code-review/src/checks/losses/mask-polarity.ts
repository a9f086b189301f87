import { isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { madeAt, polarityOf } from '../../ask/mask-polarity.js';
import type { Polarity } from '../../ask/mask-polarity.js';
import { padMaskOf } from '../../ask/pad-masks.js';
import { places } from '../../ask/places.js';
import { callsOf, classesOf } from '../../ask/tree.js';

const SCORES = `
import torch
import torch.nn as nn

def attend(q, k, v, tokens, pad_idx):
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
`;

export const maskInverted: Check = {
  id: 'mask-inverted',
  title: 'A mask that leaves out what is to be seen',
  severity: 'warning',
  why: 'All that counts is taken out of attention and the padding is all that is left: the network learns from nothing.',
  instead:
    'Turn the mask round: scores.masked_fill(~mask, float("-inf")), or tokens == pad for what is left out.',
  needs:
    'A mask that is true of real tokens or places, where what is true is filled with −∞ or ignored; or the other way round.',
  wrong: [
    `
import torch
import torch.nn as nn

class Steps(nn.Module):
    def __init__(self, width, heads, depth):
        super().__init__()
        self.layers = nn.ModuleList([nn.MultiheadAttention(width, heads) for _ in range(depth)])

    def forward(self, x):
        seen = torch.tril(torch.ones((x.size(0), x.size(0)), dtype=torch.bool, device=x.device))
        for layer in self.layers:
            x = x + layer(x, x, x, attn_mask=seen)[0]  # <--
        return x
`,
    `
import torch
import torch.nn as nn

class Head(nn.Module):
    def __init__(self, width, most):
        super().__init__()
        self.k, self.q, self.v = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)
        self.register_buffer('tril', torch.tril(torch.ones(most, most)))

    def forward(self, x):
        t = x.size(1)
        scores = self.q(x) @ self.k(x).transpose(-2, -1) * x.size(-1) ** -0.5
        scores = scores.masked_fill(self.tril[:t, :t] == 1, float('-inf'))  # <--
        return torch.softmax(scores, dim=-1) @ self.v(x)
`,
    `${SCORES}    seen = torch.triu(torch.ones(q.size(-2), q.size(-2)))
    scores = scores.masked_fill(seen == 0, float('-inf'))  # <--
    return scores.softmax(-1) @ v
`,
    `${SCORES}    mask = (tokens != pad_idx).unsqueeze(1)
    scores = scores.masked_fill(mask, float('-inf'))  # <--
    return scores.softmax(-1) @ v
`,
    `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(100, 32, padding_idx=0)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(32, 4, batch_first=True), 2)

    def forward(self, tokens):
        mask = tokens != 0
        return self.encoder(self.embedding(tokens), src_key_padding_mask=mask)  # <--
`,
    `
import torch.nn as nn
import torch.nn.functional as F

class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.ask = nn.Embedding(100, 32, padding_idx=0), nn.Linear(32, 32)

    def attend(self, x, padding):
        allowed = padding.unsqueeze(1)
        return F.scaled_dot_product_attention(self.ask(x), x, x, attn_mask=allowed)  # <--

    def forward(self, tokens):
        return self.attend(self.embed(tokens), tokens == 0)
`,
    `
import torch

def attend(q, k, v, mask):
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    scores = scores.masked_fill(mask == 1, float('-inf'))  # <--
    return scores.softmax(-1) @ v

def before(length):
    return torch.tril(torch.ones(length, length))

x = torch.randn(2, 5, 8)
print(attend(x, x, x, before(5)))
`,
  ],
  right: [
    // One function is given masks of either kind, and nobody can tell which it was written for.
    `
import torch

def attend(q, k, v, mask):
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    scores = scores.masked_fill(mask == 1, float('-inf'))
    return scores.softmax(-1) @ v

x = torch.randn(2, 5, 8)
print(attend(x, x, x, torch.triu(torch.ones(5, 5), diagonal=1)))
`,
    `
import torch.nn as nn
import torch.nn.functional as F

class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.ask = nn.Embedding(100, 32, padding_idx=0), nn.Linear(32, 32)

    def attend(self, x, padding):
        allowed = (~padding).unsqueeze(1)
        return F.scaled_dot_product_attention(self.ask(x), x, x, attn_mask=allowed)

    def forward(self, tokens):
        return self.attend(self.embed(tokens), tokens == 0)
`,
    `
import torch
import torch.nn as nn

class Head(nn.Module):
    def __init__(self, width, most):
        super().__init__()
        self.k, self.q, self.v = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)
        self.register_buffer('tril', torch.tril(torch.ones(most, most)))

    def forward(self, x):
        t = x.size(1)
        scores = self.q(x) @ self.k(x).transpose(-2, -1) * x.size(-1) ** -0.5
        scores = scores.masked_fill(self.tril[:t, :t] == 0, float('-inf'))
        return torch.softmax(scores, dim=-1) @ self.v(x)
`,
    `${SCORES}    mask = (tokens != pad_idx).unsqueeze(1)
    scores = scores.masked_fill(~mask, float('-inf'))
    scores = scores.masked_fill(mask == 0, -1e9)
    scores = scores.masked_fill(torch.eq(mask, 0), -1e9).masked_fill(mask.eq(False), -1e9)
    ahead = (torch.triu(torch.ones(q.size(-2), q.size(-2))) == 1).transpose(0, 1)
    scores = scores.masked_fill(ahead == 0, float('-inf')).masked_fill(~ahead, -1e9)
    return scores.masked_fill((tokens == pad_idx).unsqueeze(1), -1e9).softmax(-1) @ v
`,
    `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(100, 32, padding_idx=0)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(32, 4, batch_first=True), 2)

    def forward(self, tokens):
        mask = tokens != 0
        return self.encoder(self.embedding(tokens), src_key_padding_mask=~mask)
`,
  ],
  *run(program) {
    if (!/masked_fill|padding_mask|attn_mask/.test(program.source)) return;
    const found: { readonly at: tree.Call; readonly mask: tree.Expression; readonly said: string }[] = [];
    for (const node of callsOf(program)) {
      const name = node.callee.kind === 'Attribute' ? node.callee.attribute : node.callee.span.text;
      if (/^masked_fill_?$/.test(name)) {
        const [mask, value] = node.callee.span.text.startsWith('torch.') ? node.args.slice(1) : node.args;
        const filled = value ?? node.keywords.find((one) => one.name === 'value')?.value;
        if (mask === undefined || filled === undefined || !isLeast(program, filled)) continue;
        if (isOfPairs(program, node)) continue;
        const polarity = polarityOf(program, mask);
        const said = polarity && FILLED[polarity];
        if (said !== undefined) found.push({ at: node, mask, said });
        continue;
      }
      for (const { name: key, value } of node.keywords) {
        if (/^((src|tgt|memory)_)?key_padding_mask$/.test(key ?? '') && polarityOf(program, value) === 'seen')
          found.push({
            at: node,
            mask: value,
            said: `${key ?? ''} is true of what is to be ignored, and this mask of what is to be seen.`,
          });
        if (
          /^(attn_mask|mask|src_mask|tgt_mask)$/.test(key ?? '') &&
          polarityOf(program, value) === 'seen' &&
          isTruth(program, value) &&
          isAttention(program, node)
        )
          found.push({
            at: node,
            mask: value,
            said: `${key ?? ''} is true of what no query may look at, and this mask of what is to be seen.`,
          });
        if (
          key === 'attn_mask' &&
          name.endsWith('scaled_dot_product_attention') &&
          polarityOf(program, value) === 'left out'
        )
          found.push({
            at: node,
            mask: value,
            said: 'attn_mask is true of what takes part here, and this mask of what is to be left out.',
          });
      }
    }
    for (const { at, mask, said } of found)
      yield { at: at.span, message: said, evidence: [places(['the mask', madeAt(program, mask)?.span])] };
    const seen = new Set(found.map(({ at }) => at.span.start));
    for (const one of ofPadding(program)) if (!seen.has(one.at.start)) yield one;
  },
};

/** Whether a mask is one of truth values, and not of numbers that are added to the scores. */
function isTruth(program: Program, node: tree.Expression): boolean {
  const made = madeAt(program, node)?.value ?? node;
  return made.kind === 'Compare' || /\bbool\b/.test(made.span.text);
}

/** Whether a call is one of PyTorch's own attention, or of a layer that is made of it. */
function isAttention(program: Program, { span }: tree.Call): boolean {
  return eventsOf(program, 'module-call').some(
    ({ module, moment }) =>
      moment.span?.start === span.start &&
      moment.span.end === span.end &&
      module.isNative &&
      /^(MultiheadAttention|Transformer\w*)$/.test(module.type),
  );
}

/** Scores of ordered pairs, which no weights are made of: half of them is of no use. */
function isOfPairs(program: Program, { span }: tree.Call): boolean {
  const home = classesOf(program).find((one) => one.span.start <= span.start && span.end <= one.span.end);
  return home !== undefined && !/softmax|att(n|ention)/i.test(home.span.text);
}

/** Masks that another function made of padding, and attention takes for the opposite. */
function* ofPadding(program: Program): Generator<Found> {
  if (!program.source.includes('padding_idx')) return;
  const seen = new Set<number>();
  const calls = [
    ...callsNamed(program, 'masked_fill', 'masked_fill_', 'scaled_dot_product_attention'),
    ...eventsOf(program, 'module-call').filter(({ module }) => module.isNative),
  ];
  for (const call of calls) {
    const at = call.moment.span;
    if (at === undefined || at.source.file !== program.file || seen.has(at.start)) continue;
    if (call.kind === 'call' && call.name.startsWith('masked_fill')) {
      const [, mask, filled] = call.args.positional;
      const isMost =
        typeof filled === 'number' ? filled < -1000 : typeof filled === 'bigint' && filled < -1000n;
      if (!isMost || !isValue(mask) || padMaskOf(program, mask) !== 'words') continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The mask is true of the words, and what it is true of is filled: only the padding is left.',
        evidence: [places(['the mask', mask.span])],
      };
      continue;
    }
    const isProduct = call.kind === 'call';
    const name = isProduct ? 'attn_mask' : 'key_padding_mask';
    const mask = call.args.named.get(name) ?? call.args.named.get(`src_${name}`);
    if (!isValue(mask) || padMaskOf(program, mask) !== (isProduct ? 'padding' : 'words')) continue;
    seen.add(at.start);
    yield {
      at,
      message: isProduct
        ? 'attn_mask is true of what takes part here, and this mask of the padding.'
        : 'key_padding_mask is true of what is to be ignored, and this mask of the words.',
      evidence: [places(['the mask', mask.span])],
    };
  }
}

/** What is wrong with filling what a mask is true of. */
const FILLED: Readonly<Partial<Record<Polarity, string>>> = {
  seen: 'The mask is true of what is to be seen, and what it is true of is filled.',
  behind:
    'The mask is true of the places before, and what it is true of is filled: only what is to come is left.',
};

/** Whether something is so small that softmax gives it nothing. */
function isLeast(program: Program, node: tree.Expression): boolean {
  const text = node.span.text.replaceAll(/\s|_/g, '');
  if (
    /-(float\(['"]inf|np\.inf|torch\.inf|math\.inf|inf)|['"]-inf|NEGINF|finfo\(.*\)\.min|^-1?\d*(e\d+|0{4,})/i.test(
      text,
    )
  )
    return true;
  if (/^-torch\.finfo\(.*\)\.max$/.test(text)) return true;
  const made = node.kind === 'Name' ? madeAt(program, node) : undefined;
  return made?.kind === 'Assign' && made.value.kind !== 'Name' && isLeast(program, made.value);
}
