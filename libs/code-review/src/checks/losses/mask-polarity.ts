import { eachNode, isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { padMaskOf } from '../../ask/pad-masks.js';
import { places } from '../../ask/places.js';
import { callsOf, classesOf, functionsAround, statementsIn, targetsOf } from '../../ask/tree.js';

/**
 * What a mask is true of: of what is to be seen, or of what is to be left out; or of a triangle the wrong way round, a place and all after
 * it, or all before it.
 */
type Polarity = 'seen' | 'left out' | 'ahead' | 'behind';

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
  ],
  right: [
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

/** The last statement before, in the same function, that gives a name its value; undefined where there are several. */
function madeAt(program: Program, node: tree.Expression): tree.Assign | undefined {
  if (node.kind !== 'Name') return undefined;
  const home = functionsAround(program, node.span).at(-1);
  const body = home?.body ?? program.body;
  const before = statementsIn(body).filter(
    (one) => one.span.end <= node.span.start && targetsOf(one).includes(node.id),
  );
  const last = before.at(-1);
  // Under a condition of its own it may not have been made here.
  return last?.kind === 'Assign' && last.targets.length === 1 && body.includes(last) ? last : undefined;
}

/** Methods and functions that leave what a mask is true of. */
const SAME =
  /^(unsqueeze|squeeze|view|reshape|expand|expand_as|repeat|repeat_interleave|to|bool|byte|float|int|long|type|cuda|transpose|permute|unfold|rearrange|clone|contiguous|flatten|detach)$/;

function polarityOf(program: Program, node: tree.Expression, depth = 0): Polarity | undefined {
  if (depth > 12) return undefined;
  const of = (one: tree.Expression | undefined): Polarity | undefined =>
    one && polarityOf(program, one, depth + 1);
  if (node.kind === 'Compare') return ofComparison(node, of);
  if (node.kind === 'UnaryOp') return node.operator === '~' ? turned(of(node.operand)) : undefined;
  if (node.kind === 'BinOp') {
    if (node.operator === '-' && /^1(\.0?)?$/.test(node.left.span.text)) return turned(of(node.right));
    const [one, other] = [of(node.left), of(node.right)];
    return (node.operator === '&' || node.operator === '*' || node.operator === '|') && one === other
      ? one
      : undefined;
  }
  if (node.kind === 'Subscript') return /None|:/.test(node.index.span.text) ? of(node.value) : undefined;
  if (node.kind === 'Name') return of(madeAt(program, node)?.value);
  if (node.kind === 'Attribute')
    return /^m?T$/.test(node.attribute) ? mirrored(of(node.value)) : of(bufferOf(program, node));
  if (node.kind !== 'Call') return undefined;
  const triangle = /^(?:torch|np)\.(tril|triu)$/.exec(node.callee.span.text)?.[1];
  if (triangle !== undefined) return ofTriangle(program, triangle, node);
  const [first] = node.args;
  if (node.callee.kind === 'Attribute') {
    const { attribute, value } = node.callee;
    const isFunction = value.kind === 'Name' && /^(torch|F|einops|np)$/.test(value.id);
    const subject = isFunction ? first : value;
    if (attribute === 'logical_not') return turned(of(subject));
    if (attribute === 'ne' || attribute === 'eq')
      return ofEquality(subject, isFunction ? node.args[1] : first, attribute === 'eq', of);
    // Places of a picture that is laid out with zeros around it.
    if (attribute === 'unfold' && subject !== undefined && isOnes(program, subject)) return 'seen';
    if (/^(transpose|permute|t|swapaxes)$/.test(attribute)) return mirrored(of(subject));
    return SAME.test(attribute) ? of(subject) : undefined;
  }
  return SAME.test(node.callee.span.text) ? of(first) : undefined;
}

/** The lower triangle of ones is of what came before and is there to be seen, the upper without the diagonal of what is to come. */
function ofTriangle(program: Program, triangle: string, { args, keywords }: tree.Call): Polarity | undefined {
  const [ones] = args;
  const diagonal = (args[1] ?? keywords.find(({ name }) => name === 'diagonal' || name === 'k')?.value)?.span
    .text;
  if (ones === undefined || !isOnes(program, ones)) return undefined;
  const isWhole = diagonal === undefined || diagonal === '0';
  if (triangle === 'tril') return isWhole ? 'seen' : diagonal === '-1' ? 'behind' : undefined;
  return isWhole ? 'ahead' : diagonal === '1' ? 'left out' : undefined;
}

/** What a buffer was registered with that a module has under one name: `self.tril`. */
function bufferOf(program: Program, { span: { text } }: tree.Expression): tree.Expression | undefined {
  const name = /^self\.(\w+)$/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const made: tree.Expression[] = [];
  eachNode(program.body, (node) => {
    if (node.kind === 'Call' && node.callee.span.text === 'self.register_buffer') {
      const [key, value] = node.args;
      if (value !== undefined && key?.span.text.slice(1, -1) === name) made.push(value);
    }
    if (node.kind === 'Assign' && targetsOf(node).includes(text)) made.push(node.value);
  });
  return made.length === 1 ? made[0] : undefined;
}

const TURNED: Readonly<Record<Polarity, Polarity>> = {
  seen: 'left out',
  'left out': 'seen',
  ahead: 'behind',
  behind: 'ahead',
};

/** A triangle with rows and columns exchanged is the other one. */
function mirrored(polarity: Polarity | undefined): Polarity | undefined {
  return polarity === 'ahead' ? 'seen' : polarity === 'behind' ? 'left out' : polarity;
}

function turned(polarity: Polarity | undefined): Polarity | undefined {
  return polarity && TURNED[polarity];
}

function ofComparison(
  { left, operators, comparators }: tree.Comparison,
  of: (one: tree.Expression | undefined) => Polarity | undefined,
): Polarity | undefined {
  const [operator] = operators;
  const [right] = comparators;
  if (operators.length !== 1 || right === undefined) return undefined;
  if (operator === '!=' || operator === '==') return ofEquality(left, right, operator === '==', of);
  // Positions before the end of each sequence.
  if (/arange\(/.test(left.span.text) && /len/i.test(right.span.text))
    return operator === '<' ? 'seen' : operator === '>=' ? 'left out' : undefined;
  return undefined;
}

/** Of `left == right`, or of `left != right`. */
function ofEquality(
  left: tree.Expression | undefined,
  right: tree.Expression | undefined,
  isEqual: boolean,
  of: (one: tree.Expression | undefined) => Polarity | undefined,
): Polarity | undefined {
  if (left === undefined || right === undefined) return undefined;
  // Tokens themselves, compared with what pads them.
  if (isPadding(right) || isPadding(left)) return isEqual ? 'left out' : 'seen';
  if (!/^(0|1|False|True)(\.0?)?$/.test(right.span.text)) return undefined;
  const known = of(left);
  const isZero = /^(0|False)/.test(right.span.text);
  if (known !== undefined) return isEqual === isZero ? turned(known) : known;
  return isZero && isTokens(left) ? (isEqual ? 'left out' : 'seen') : undefined;
}

function isPadding({ span: { text } }: tree.Expression): boolean {
  return /^(self\.|\w+\.)*\w*pad(ding)?(_?(idx|id|index|token|token_id|value))?(\(\))?$/i.test(text);
}

function isTokens({ span: { text } }: tree.Expression): boolean {
  return /^(self\.)?(src|tgt|trg|tokens?|input_ids|token_ids|words|sentences?)$/i.test(text);
}

function isOnes(program: Program, node: tree.Expression): boolean {
  const value = node.kind === 'Name' ? madeAt(program, node)?.value : node;
  return value !== undefined && value.span.text.startsWith('torch.ones(');
}
