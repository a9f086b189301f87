import { PyTuple, toArray } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { operation } from '@tensormark/network';
import { asCount } from '../arguments.js';
import { applyOperation } from '../operations.js';
import { TensorObject } from '../tensor/tensor.js';
import { applyTo } from './apply-named.js';
import { tensorOf } from './derived.js';

function apply(rt: Runtime, name: string, ...args: readonly PyValue[]): PyValue {
  const definition = operation(name);
  return definition === undefined
    ? rt.unknown(`${name} is not interpreted`)
    : applyOperation(rt, definition, args);
}

function pieces(rt: Runtime, tensor: PyValue, count: bigint): readonly PyValue[] {
  if (tensor === null) return Array.from({ length: Number(count) }, () => null);
  return toArray(rt, applyTo(rt, 'chunk', tensor, count));
}

interface Projections {
  readonly weights: readonly PyValue[];
  readonly biases: readonly PyValue[];
}

/** Query, key and value of several heads: (tokens, batch, width) becomes (batch · heads, tokens, width / heads). */
function intoHeads(rt: Runtime, tensor: PyValue, batch: bigint, heads: bigint): PyValue {
  const source = tensorOf(rt, tensor, 'multi_head_attention_forward');
  const [tokens = 1, , width = 1] = source.shape;
  const size = BigInt(Math.floor(width / Number(heads)));
  const apart = applyTo(rt, 'reshape', source, BigInt(tokens), batch * heads, size);
  return applyTo(rt, 'transpose', apart, 0n, 1n);
}

function attended(
  rt: Runtime,
  [query, key, value]: readonly [PyValue, PyValue, PyValue],
  { weights, biases }: Projections,
  heads: bigint,
  mask: PyValue,
  output: readonly [weight: PyValue, bias: PyValue],
): readonly [PyValue, PyValue] {
  const source = tensorOf(rt, query, 'multi_head_attention_forward');
  const [tokens = 1, batch = 1, width = 1] = source.shape;
  const projected = [query, key, value].map((tensor, at) =>
    intoHeads(rt, apply(rt, 'linear', tensor, weights[at] ?? null, biases[at] ?? null), BigInt(batch), heads),
  );
  const [q = null, k = null, v = null] = projected;
  const scores = apply(rt, 'bmm', q, applyTo(rt, 'transpose', k, 1n, 2n));
  const masked =
    mask instanceof TensorObject && mask.dtype !== 'bool' ? apply(rt, 'add', scores, mask) : scores;
  const shares = apply(rt, 'softmax', masked, -1n);
  const mixed = applyTo(rt, 'transpose', apply(rt, 'bmm', shares, v), 0n, 1n);
  const flat = applyTo(rt, 'reshape', mixed, BigInt(tokens * batch), BigInt(width));
  const result = apply(rt, 'linear', flat, ...output);
  const shape = [tokens, batch].map(BigInt);
  const perHead = applyTo(rt, 'reshape', shares, BigInt(batch), heads, BigInt(tokens), -1n);
  return [applyTo(rt, 'reshape', result, ...shape, -1n), perHead];
}

/** Attention as one function, with its weights given: what `nn.MultiheadAttention` calls. */
const multiHeadAttention: NativeImplementation = (rt, ...given) => {
  const [query, key, value, , heads, packed, bias, , , , , outWeight, outBias] = given;
  const [, needWeights, mask, apart, qWeight, kWeight, vWeight, , , average] = given.slice(14);
  const isApart = rt.truth(apart ?? false);
  const weights = isApart ? [qWeight, kWeight, vWeight] : pieces(rt, packed ?? null, 3n);
  const source = tensorOf(rt, query ?? null, 'multi_head_attention_forward');
  const isBatched = source.shape.length === 3;
  const batched = [query, key, value].map((tensor) =>
    isBatched ? (tensor ?? null) : applyTo(rt, 'unsqueeze', tensor ?? null, 1n),
  );
  const [q = null, k = null, v = null] = batched;
  const [output, shares] = attended(
    rt,
    [q, k, v],
    { weights: weights.map((weight) => weight ?? null), biases: pieces(rt, bias ?? null, 3n) },
    BigInt(asCount(rt, heads ?? null)),
    mask ?? null,
    [outWeight ?? null, outBias ?? null],
  );
  const result = isBatched ? output : applyTo(rt, 'squeeze', output, 1n);
  if (!rt.truth(needWeights ?? true)) return new PyTuple([result, null]);
  const averaged = rt.truth(average ?? true) ? applyTo(rt, 'mean', shares, 1n) : shares;
  return new PyTuple([result, isBatched ? averaged : applyTo(rt, 'squeeze', averaged, 0n)]);
};

export const attentionFunctions: Readonly<Record<string, NativeImplementation>> = {
  'multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True, is_causal=False)':
    multiHeadAttention,
};
