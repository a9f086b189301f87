import { add, choose, scale, sub } from '../engine/elementwise.js';
import { filled } from '../engine/arrays.js';
import { matmul } from '../engine/products.js';
import { mean, softmax } from '../engine/reductions.js';
import { concatenate, expand, pad, permute, reshape, slice, swap } from '../engine/structure.js';
import { constant, hosted, scalar, type Value } from '../engine/value.js';
import { executor, type Executor, type Output, type RunningCall } from '../running/call.js';
import { dropout } from './dropout.js';
import { linear } from './linear.js';

const NOWHERE = Number.NEGATIVE_INFINITY;

/** A mask as what is added to scores: truth values stand for minus infinity where they say so. */
function additive(mask: Value, meaning: 'true-is-hidden' | 'true-is-seen'): Value {
  if (mask.dtype !== 'bool') return mask;
  const shown = meaning === 'true-is-seen' ? mask : sub(scalar(1), mask);
  const zeros = scalar(0);
  return choose(shown, zeros, scalar(NOWHERE));
}

/** 0 on and below the diagonal, minus infinity above. */
function causal(rows: number, columns: number): Value {
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) values.fill(NOWHERE, row * columns + row + 1, (row + 1) * columns);
  for (let row = columns; row < rows; row += 1) values.fill(0, row * columns, (row + 1) * columns);
  return hosted(values, [rows, columns]);
}

interface Weighing {
  readonly mask: Value | null;
  readonly factor: number;
  readonly dropout: number;
  readonly call: RunningCall;
}

/** `softmax(Q Kᵀ · factor + mask) V`, and the weights. */
function attend(
  query: Value,
  key: Value,
  value: Value,
  { mask, factor, dropout: p, call }: Weighing,
): { readonly output: Value; readonly weights: Value } {
  const scores = matmul(scale(query, factor), swap(key, -2, -1));
  const weights = softmax(mask ? add(scores, mask) : scores, -1);
  const used = p > 0 ? dropout(weights, p, call.random) : weights;
  return { output: matmul(used, value), weights: used };
}

function scaledDotProduct(call: RunningCall): Value {
  if (call.flag('enable_gqa')) return call.refuse('it shares keys among groups of heads (enable_gqa)');
  const [query, key, value] = [call.value('query'), call.value('key'), call.value('value')];
  const given = call.optional('attn_mask');
  const mask = call.flag('is_causal')
    ? causal(query.shape.at(-2) ?? 1, key.shape.at(-2) ?? 1)
    : given && additive(given, 'true-is-seen');
  const factor = call.optionalNumber('scale') ?? 1 / Math.sqrt(query.shape.at(-1) ?? 1);
  return attend(query, key, value, { mask, factor, dropout: call.number('dropout_p'), call }).output;
}

interface Projections {
  readonly query: Value;
  readonly key: Value;
  readonly value: Value;
}

function project(call: RunningCall, inputs: Projections, width: number): Projections {
  const packed = call.state('in_proj_weight');
  const bias = call.state('in_proj_bias');
  const part = (at: number): Value | null => bias && slice(bias, 0, at * width, width);
  const weight = (at: number, name: string): Value =>
    packed ? slice(packed, 0, at * width, width) : call.parameter(`${name}_proj_weight`);
  return {
    query: linear(inputs.query, weight(0, 'q'), part(0)),
    key: linear(inputs.key, weight(1, 'k'), part(1)),
    value: linear(inputs.value, weight(2, 'v'), part(2)),
  };
}

/** As `multi_head_attention_forward`, worked batch first. */
function multihead(call: RunningCall): Output {
  const given = call.value('query');
  const batched = given.shape.length === 3;
  const first = (x: Value): Value => {
    if (!batched) return reshape(x, [1, ...x.shape]);
    return call.flag('batch_first') ? x : permute(x, [1, 0, 2]);
  };
  const width = call.number('embed_dim');
  const heads = call.number('num_heads');
  const inputs = { query: first(given), key: first(call.value('key')), value: first(call.value('value')) };
  let { query, key, value } = project(call, inputs, width);
  const [batch = 1, targets = 1] = query.shape;
  let sources = key.shape[1] ?? 1;
  let mask = masksOf(call, { batch, heads, targets, sources });
  const [extraKey, extraValue] = [call.state('bias_k'), call.state('bias_v')];
  if (extraKey && extraValue) {
    key = concatenate([key, expand(extraKey, [batch, 1, width])], 1);
    value = concatenate([value, expand(extraValue, [batch, 1, width])], 1);
    mask = mask && pad(mask, 3, 0, 1);
    sources += 1;
  }
  const size = width / heads;
  const split = (x: Value, length: number): Value =>
    permute(reshape(x, [batch, length, heads, size]), [0, 2, 1, 3]);
  let [k, v] = [split(key, sources), split(value, sources)];
  if (call.flag('add_zero_attn')) {
    const zeros = constant(filled([batch * heads * size], 0), [batch, heads, 1, size]);
    k = concatenate([k, zeros], 2);
    v = concatenate([v, zeros], 2);
    mask = mask && pad(mask, 3, 0, 1);
    sources += 1;
  }
  const { output, weights } = attend(split(query, targets), k, v, {
    mask,
    factor: 1 / Math.sqrt(size),
    dropout: call.training ? call.number('dropout') : 0,
    call,
  });
  const joined = reshape(permute(output, [0, 2, 1, 3]), [batch, targets, width]);
  const mixed = linear(joined, call.parameter('out_proj.weight'), call.state('out_proj.bias'));
  const placed = batched && !call.flag('batch_first') ? permute(mixed, [1, 0, 2]) : mixed;
  const result = reshape(placed, call.shape);
  if (!call.flag('need_weights')) return [result, null];
  const shown = call.flag('average_attn_weights') ? mean(weights, [1]) : weights;
  return [result, reshape(shown, call.output(1).shape)];
}

/** Both masks as one that is added: `[batch or 1, heads or 1, targets or 1, sources]`. */
function masksOf(
  call: RunningCall,
  size: {
    readonly batch: number;
    readonly heads: number;
    readonly targets: number;
    readonly sources: number;
  },
): Value | null {
  const { batch, heads, targets, sources } = size;
  const between = call.optional('attn_mask');
  const padding = call.optional('key_padding_mask');
  const parts: Value[] = [];
  if (between) {
    const lead = between.shape.length === 2 ? [1, 1] : [batch, heads];
    const mask = reshape(additive(between, 'true-is-hidden'), [...lead, targets, sources]);
    parts.push(expand(mask, [...lead, targets, sources]));
  } else if (call.flag('is_causal')) {
    return call.refuse('it is causal without a mask');
  }
  if (padding) parts.push(reshape(additive(padding, 'true-is-hidden'), [batch, 1, 1, sources]));
  const [one, other] = parts;
  if (one && other) return add(expand(one, [batch, one.shape[1] ?? 1, targets, sources]), other);
  return one ? expandRows(one, targets) : null;
}

/** A learnt or zero source is added to each row, so each row must be there. */
function expandRows(mask: Value, targets: number): Value {
  const [b = 1, h = 1, , s = 1] = mask.shape;
  return expand(mask, [b, h, targets, s]);
}

export const ATTENTION: readonly Executor[] = [
  executor('MultiheadAttention', multihead),
  executor('scaled_dot_product_attention', scaledDotProduct),
];
